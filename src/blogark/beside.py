"""Where captures of a blog lie besides its own host: an interface, mobile pages, the host that all countries shared."""

import re
from collections.abc import Callable
from contextlib import suppress

from .errors import FetchError, Missing
from .model import Page
from .webs.wayback import Wayback

_BESIDE = (
    (re.compile(r"https?://([\w-]+)\.egloos\.com/?.*"), r"https://api.egloos.com/\1/"),
    (re.compile(r"https?://blog\.daum\.net/([\w.-]+).*"), r"http://m.blog.daum.net/\1/"),
    (re.compile(r"https?://([\w-]+)\.blogspot\.(?!com(?:/|$))[\w.]+(/.*)?"), r"http://\1.blogspot.com/"),
)


def open_first(
    library: Wayback, url: str, until: str, below: Callable[[str], str], closed: Callable[[Page], bool]
) -> Page:
    """The page of the blog at `url` as captured before `until`, else that of a place beside it.

    All that is captured `below` these is known from then on; `closed` tells pages that are mere notices.
    Raises Missing where there is none, FetchError where the Wayback Machine does not say.
    """
    places = [url, *(found.expand(to) for pattern, to in _BESIDE if (found := pattern.fullmatch(url)))]
    for number, start in enumerate(places, 1):
        try:
            page = library.open(start, below(start), until, closed)
        except Missing:
            if number == len(places):
                raise
            continue
        for place in places[number:]:
            with suppress(FetchError):
                library.sweep(place)
        return page
    raise AssertionError("the last try returns or raises")
