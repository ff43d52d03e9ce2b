"""Sitemaps (sitemaps.org/protocol): the addresses a site tells search engines."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from .. import dates, parse, urls
from ..errors import FetchError, ReadError
from ..model import Page
from ..parse import Element
from ..web import Web

_ANY = re.compile("")
_WHOLE = re.compile(r"https?://[^\s\[\]]+")  # needs no joining, and is spared it a million times
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
        places = _walk(files, web)
        if first := next(places, None):
            yield first
            yield from places
            return


def _named(root: str, web: Web) -> list[str]:
    """The Sitemap lines of robots.txt, which a web that crawls has asked for anyway."""
    try:
        page = web.get(f"{root}robots.txt")
    except (FetchError, ReadError):
        return []
    lines = re.findall(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", parse.text(page), re.I | re.M)
    return [url for line in dict.fromkeys(lines) if urls.is_web(url := urls.join(root, line))]


def read(url: str, web: Web, only: re.Pattern[str] = _ANY) -> Iterator[Place]:
    """Every page of the sitemap at `url`, and of those that it lists; nothing where there is none.

    `only`: of no sitemaps but those whose address this finds.
    """
    return _walk([url], web, only)


def _walk(waiting: list[str], web: Web, only: re.Pattern[str] = _ANY) -> Iterator[Place]:
    asked, before = set[str](), ""
    while waiting and len(asked) < _MOST_FILES:
        here = waiting.pop(0)
        if here in asked:
            continue
        asked.add(here)
        page = _page(here, web)
        digest = sha256(page.body).hexdigest() if page else before
        if page is None or digest == before:  # the same again, whatever its address
            continue
        before, found, index = digest, False, list[str]()
        for nested, place in _places(page):
            found = True
            if not nested and only.search(here):
                yield place
            elif nested and len(index) < _MOST_FILES:
                index.append(place.url)
        waiting += list(filter(only.search, _of_posts(index)))[: _MOST_FILES - len(waiting)]
        if found and not index and "page=" in here and not waiting and only.search(here):
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


def _page(url: str, web: Web) -> Page | None:
    try:
        return _unpacked(web.get(url, fresh=True))
    except (FetchError, ReadError):
        return None


def _places(page: Page) -> Iterator[tuple[bool, Place]]:
    """What a sitemap lists, each with whether it is an index that does; nothing of what is no sitemap."""
    if not parse.text(page).lstrip("\ufeff \t\r\n").startswith("<"):
        lines = (line[0] for line in re.finditer(r"\S+", parse.text(page)))
        yield from ((False, Place(line)) for line in lines if line.startswith(("http://", "https://")))
        return
    for root, e in parse.xml_parts(page):
        for loc in e.iterfind("{*}loc"):
            if loc.text and loc.text.strip() and urls.is_web((place := _place(e, loc, page.url)).url):
                yield root == "sitemapindex", place


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
    told, changed = (loc.text or "").strip(), entry.findtext("{*}lastmod")
    url = told if _WHOLE.fullmatch(told) else urls.join(base, told)
    return Place(url, dates.machine(changed) if changed else None, twins)
