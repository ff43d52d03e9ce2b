"""Sitemaps (sitemaps.org/protocol): the addresses a site tells search engines."""

from collections.abc import Iterator

from .. import parse, urls
from ..errors import ArchiveError
from ..web import Web

_MOST_FILES = 1_000  # of one index; the protocol allows 50,000, no blog needs them


def read(url: str, web: Web) -> Iterator[str]:
    """Every page address of the sitemap at `url`, and of those that it lists; nothing where there is none."""
    waiting, asked = [url], set[str]()
    while waiting and len(asked) < _MOST_FILES:
        here = waiting.pop(0)
        if here in asked:
            continue
        asked.add(here)
        kind, found = _locations(here, web)
        if kind == "sitemapindex":
            waiting += found
        else:
            yield from found
            if found and "page=" in here and not waiting:
                waiting.append(_following(here))


def _following(url: str) -> str:
    """Blogger's index names only the first twenty of its files; the others are there all the same."""
    head, _, number = url.rpartition("page=")
    return f"{head}page={int(number) + 1}" if number.isdigit() else url


def _locations(url: str, web: Web) -> tuple[str, list[str]]:
    try:
        root = parse.xml(web.get(url, fresh=True))
    except ArchiveError:
        return "", []
    kind = str(root.tag).rpartition("}")[2]
    return kind, [urls.join(url, loc.text) for loc in root.iterfind("{*}*/{*}loc") if loc.text]
