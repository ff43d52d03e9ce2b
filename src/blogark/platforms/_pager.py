"""Where a page of a blog says that older posts are."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from .. import dates, parse, urls
from ..parse import Element
from . import _marks, _words

_LONG = 12  # characters that a pager link may say beside the words that make it one
_NUMBER = re.compile(
    r"(?:(?<![a-z])(?:pages?|paged|pg|p|pagen_1|seite|pagina|sida|strona|stranica)|(?-i:[a-z]Page)|page_?(?:no|num|number|index))[/=:_-]?(\d+)",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_FIGURE = re.compile(r"(?!19[89]\d|20\d\d)[1-9]\d{0,3}")  # four digits are a year, rather


def older(tree: Element, base: str) -> tuple[str, ...]:
    """Pages that may hold older posts, likeliest first; one already seen is the way back.

    By the theme's own name for the link, by its words, by its number. "Previous page" comes
    last: some languages lead back in time with it, others to where one came from.
    """
    links = _links(tree, base)
    ways = (
        [url for a, url in links if _marks.leads_older(a)],
        [url for a, url in links if _says(a, _words.of("older")) and not _is_back(a)],
        _next_number(links, base),
        [url for a, url in links if _says(a, _words.of("previous"))],
        [url for _, url in links if _follows(url, base)],
    )
    return tuple(dict.fromkeys(url for way in ways for url in way))


def _links(tree: Element, base: str) -> list[tuple[Element, str]]:
    """The links to other pages of the blog."""
    found: dict[str, str] = {}
    for href in {a.get("href", "") for a in tree.iter("a", "link")}:
        url = urls.join(base, href).partition("#")[0]
        ours = url.startswith(("http", "file:")) and urls.domain(url) == urls.domain(base)
        if href and ours and urls.key(url) != urls.key(base):
            found[href] = url
    return [(a, found[href]) for a in tree.iter("a", "link") if (href := a.get("href", "")) in found]


def _text(a: Element) -> str:
    return (parse.words(a) or a.get("title") or a.get("aria-label") or "").strip(" «»‹›<>←→|·•")


def _says(a: Element, words: re.Pattern[str]) -> bool:
    text = _text(a)
    found = words.search(text) if a.tag == "a" and len(text) < 60 else None
    if found is None or _words.of("newer").search(text):
        return False
    more = _words.of("more").search(text)
    if more and len(more[0]) > len(found[0]):
        return False
    return len(text) <= len(found[0]) + _LONG


def _is_back(a: Element) -> bool:
    """Whether a link says no more than that it leads to the page before."""
    return _words.of("previous").fullmatch(_text(a)) is not None


def _next_number(links: Sequence[tuple[Element, str]], base: str) -> list[str]:
    """In a row of numbered pages, the one after this; the days of a calendar are none."""
    texts = ((parse.words(a).strip("[]()"), url) for a, url in links if a.tag == "a")
    row = {int(text): url for text, url in texts if _FIGURE.fullmatch(text) and not dates.from_url(url)}
    here = _NUMBER.search(base)
    following = (int(here[1]) if here else _unlinked(row)) + 1
    alike = Counter(re.sub(r"\d+", "0", url) for url in row.values())
    if following not in row or not (_NUMBER.search(row[following]) or alike[re.sub(r"\d+", "0", row[following])] > 1):
        return []
    return [row[following]]


def _follows(url: str, base: str) -> bool:
    """Whether an address is that of the page after this one, by the number in it and nothing else."""
    number, here = _NUMBER.search(url), _NUMBER.search(base)
    rest, own = (urls.key(_NUMBER.sub("", each)).rstrip("/?") for each in (url, base))
    return number is not None and int(number[1]) == (int(here[1]) if here else 1) + 1 and rest == own


def _unlinked(row: Iterable[int]) -> int:
    """The page that a row of numbers is on: the one without a link, 1 when all have one."""
    known = {*row}
    gaps = [n for n in (number - 1 for number in sorted(known)) if n > 0 and n not in known]
    return next((n for n in gaps if n - 1 in known), gaps[0] if gaps else 1)


def archives(tree: Element, base: str) -> tuple[str, ...]:
    """Addresses of month archives, newest first."""
    hrefs = {a.get("href") or a.get("value") or "" for a in tree.iter("a", "option")}
    found = {urls.join(base, href) for href in hrefs if _YEAR.search(href)}
    months = [url for url in found if _marks.MONTH_ARCHIVE.search(urls.path(url)) and urls.host(url) == urls.host(base)]
    return tuple(sorted(months, key=lambda url: (urls.path(url), url), reverse=True))
