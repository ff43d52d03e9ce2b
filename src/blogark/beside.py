"""Where captures of a blog lie besides its own host: an interface, mobile pages, the host that all countries shared."""

import re
from collections.abc import Callable
from contextlib import suppress

from . import originals, urls
from .errors import FetchError, Missing, ReadError
from .model import Page
from .parse import tree, words
from .webs.wayback import Wayback

_LINKS = 3  # to other pages of its host; a blog's front page has more
_NOTICE = 1500  # letters; a page with more of them is no mere notice
_BESIDE = (
    (re.compile(r"https?://([\w-]+)\.egloos\.com/?.*"), r"https://api.egloos.com/\1/"),
    (re.compile(r"https?://blog\.daum\.net/([\w.-]+).*"), r"http://m.blog.daum.net/\1/"),
    (re.compile(r"https?://([\w-]+)\.blogspot\.(?!com(?:/|$))[\w.]+(/.*)?"), r"http://\1.blogspot.com/"),
)


def open_first(library: Wayback, url: str, until: str, below: Callable[[str], str]) -> Page:
    """The page of the blog at `url` as captured before `until`, else that of a place beside it.

    All that is captured `below` these is known from then on; pages that are mere notices do not count.
    Raises Missing where there is none, FetchError where the Wayback Machine does not say.
    """
    places = [url, *(found.expand(to) for pattern, to in _BESIDE if (found := pattern.fullmatch(url)))]
    for number, start in enumerate(places, 1):
        try:
            page = library.open(start, below(start), until, is_closed)
        except Missing:
            if number == len(places):
                raise
            continue
        for place in places[number:]:
            with suppress(FetchError):
                library.sweep(place)
        return page
    raise AssertionError("the last try returns or raises")


def is_closed(page: Page) -> bool:
    """Whether this is a notice in place of a blog: it closed, moved away, or its domain is for sale."""
    try:
        root = tree(page)
    except ReadError:
        return True
    said, links = words(root), {urls.join(page.at, a.get("href", "")) for a in root.iter("a")}
    own = {urls.key(link) for link in links if urls.host(link) == urls.host(page.at) and urls.path(link).strip("/")}
    return len(said) <= _NOTICE and len(own) <= _LINKS and originals.is_notice(said)
