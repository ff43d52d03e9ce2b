"""Sitemaps (sitemaps.org/protocol): the addresses a site tells search engines."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from .. import dates, parse, urls
from ..errors import ArchiveError
from ..model import Page
from ..parse import Element
from ..web import Web

_ANY = re.compile("")
_MOST_FILES = 1_000  # of one index; the protocol allows 50,000, no blog needs them
_MOST_BYTES = 64 << 20  # of one file unpacked; the protocol allows 50 MiB
_USUAL = (
    "sitemap.xml sitemap_index.xml sitemap-index.xml wp-sitemap.xml sitemap-0.xml sitemap/sitemap-index.xml".split()
)
_OTHERS = re.compile(r"(?:categor|taxonom|tag|author|user|image|video|attachment|product)[^/]*$", re.I)
_POSTS = re.compile(r"(?:^|[-_/.])(?:posts?|blog|articles?|entries)(?:[-_/.]|$)[^/]*$", re.I)
_PAGES = re.compile(r"(?:^|[-_/.])pages?(?:[-_.]|$)[^/]*$", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that a sitemap names."""

    url: str  # absolute
    lastmod: date | datetime | None = None  # its last change
    twins: tuple[tuple[str, str], ...] = ()  # (hreflang, address) of itself and its translations, where they are named

    @property
    def lang(self) -> str:
        """The language that it is in; '' where the sitemap does not tell."""
        return next((lang for lang, url in self.twins if url == self.url and lang != "x-default"), "")


def find(base: str, web: Web) -> Iterator[Place]:
    """Every page in the sitemaps of the site of a blog at `base`: those that robots.txt names, else the usual ones."""
    usual = [urls.join(base, "sitemap.xml"), *(urls.root(base) + name for name in _USUAL)]
    for files in (_named(urls.root(base), web), *([url] for url in dict.fromkeys(usual))):
        places = list(_walk(files, web))
        yield from places
        if places:
            return


def _named(root: str, web: Web) -> list[str]:
    """The Sitemap lines of robots.txt, which a web that crawls has asked for anyway."""
    try:
        page = web.get(f"{root}robots.txt")
    except ArchiveError:
        return []
    lines = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", parse.text(page), re.I | re.M)
    return [url for line in dict.fromkeys(lines) if urls.is_web(url := urls.join(root, line))]


def read(url: str, web: Web, only: re.Pattern[str] = _ANY) -> Iterator[Place]:
    """Every page of the sitemap at `url`, and of those that it lists; nothing where there is none.

    `only`: of no sitemaps but those whose address this finds.
    """
    return _walk([url], web, only)


def _walk(waiting: list[str], web: Web, only: re.Pattern[str] = _ANY) -> Iterator[Place]:
    asked: set[str] = set()
    while waiting and len(asked) < _MOST_FILES:
        here = waiting.pop(0)
        if here in asked:
            continue
        asked.add(here)
        nested, found = _places(here, web)
        if nested:
            waiting += filter(only.search, _of_posts(place.url for place in found))
        elif only.search(here):
            yield from found
            if found and "page=" in here and not waiting:
                waiting.append(_following(here))


def _of_posts(files: Iterable[str]) -> list[str]:
    """The files of an index without those named for what is no post."""
    kept = [url for url in files if not _OTHERS.search(urls.path(url))]
    told = any(_POSTS.search(urls.path(url)) for url in kept)
    return [url for url in kept if not (told and _PAGES.search(urls.path(url)))]


def _following(url: str) -> str:
    """Blogger's index names only the first twenty of its files; the others are there all the same."""
    head, _, number = url.rpartition("page=")
    return f"{head}page={int(number) + 1}" if number.isdigit() else url


def _places(url: str, web: Web) -> tuple[bool, list[Place]]:
    """Whether it is an index, and what it lists."""
    try:
        page = _unpacked(web.get(url, fresh=True))
        if not parse.text(page).lstrip("\ufeff \t\r\n").startswith("<"):
            lines = parse.text(page).split()
            return False, [Place(line) for line in lines if line.startswith(("http://", "https://"))]
        root = parse.xml(page)
    except ArchiveError:
        return False, []
    found = [_place(e, loc, url) for e in root for loc in e.iterfind("{*}loc") if loc.text and loc.text.strip()]
    return str(root.tag).rpartition("}")[2] == "sitemapindex", [place for place in found if urls.is_web(place.url)]


def _unpacked(page: Page) -> Page:
    if not page.body.startswith(b"\x1f\x8b"):
        return page
    try:
        return replace(page, body=zlib.decompressobj(31).decompress(page.body, _MOST_BYTES))
    except zlib.error:
        return replace(page, body=b"")


def _place(entry: Element, loc: Element, base: str) -> Place:
    links = [e for e in entry.iterfind("{*}link") if e.get("hreflang") and e.get("href")]
    twins = tuple((e.get("hreflang", ""), urls.join(base, e.get("href", ""))) for e in links)
    return Place(urls.join(base, loc.text or ""), dates.machine(entry.findtext("{*}lastmod") or ""), twins)
