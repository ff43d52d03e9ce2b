"""Where a page of a blog says that older posts are."""

import re

from .. import parse, urls
from ..parse import Element
from . import _hints, _words

_LONG = 12  # characters that a pager link may say beside the words that make it one
_NUMBER = re.compile(r"(?:page|paged?|p|seite|pagina)[/=_-]?(\d+)")


def older(tree: Element, base: str) -> tuple[str, ...]:
    """Pages that may hold older posts, likeliest first; one already seen is the way back.

    By the theme's own name for the link, by its words, by its number. "Previous page" comes
    last: some languages lead back in time with it, others to where one came from.
    """
    links = [(a, urls.join(base, a.get("href", ""))) for a in tree.iter("a", "link") if a.get("href")]
    links = [(a, url.partition("#")[0]) for a, url in links if urls.domain(url) == urls.domain(base)]
    links = [(a, url) for a, url in links if urls.key(url) != urls.key(base) and url.startswith(("http", "file:"))]
    ways = (
        [url for a, url in links if _hints.leads_older(a)],
        [url for a, url in links if _says(a, words("older"))],
        _next_number(links, base),
        [url for a, url in links if _says(a, words("previous"))],
    )
    return tuple(dict.fromkeys(url for way in ways for url in way))


def _says(a: Element, words: re.Pattern[str]) -> bool:
    text = (parse.words(a) or a.get("title") or a.get("aria-label") or "").strip(" «»‹›<>←→|·•")
    found = words.search(text) if a.tag == "a" and len(text) < 60 else None
    return found is not None and not words("newer").search(text) and len(text) <= len(found[0]) + _LONG


def _next_number(links: list[tuple[Element, str]], base: str) -> list[str]:
    """In a row of numbered pages, the one after this."""
    numbered = {int(text): url for a, url in links if a.tag == "a" and re.fullmatch(r"\d{1,4}", text := parse.words(a))}
    here = _NUMBER.search(base)
    following = int(here[1]) + 1 if here else 2
    told = following in numbered and _NUMBER.search(numbered[following])
    return [numbered[following]] if told else []


def archives(tree: Element, base: str) -> tuple[str, ...]:
    """Addresses of month archives, newest first."""
    found = dict.fromkeys(urls.join(base, a.get("href") or a.get("value") or "") for a in tree.iter("a", "option"))
    months = [url for url in found if _hints.MONTH_ARCHIVE.search(urls.path(url)) and urls.host(url) == urls.host(base)]
    return tuple(sorted(months, key=urls.path, reverse=True))
