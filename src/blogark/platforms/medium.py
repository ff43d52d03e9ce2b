"""Medium: by feed, which holds the ten newest posts, and by the blog's own sitemap; posts by their own pages.

Its interfaces answer nobody who is not signed in; what a page refuses is taken from the feed. Responses are counted,
not saved. All that Medium lets go is in the zip that it makes for who asks.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _read
from ._item import Item

_SIGNS = re.compile(rb"""content=["']medium://|<link[^>]+href=["']https://[^"']*cdn-client\.medium\.com""")
_POST = re.compile(r"(?:^|[-/])([0-9a-f]{8,12})$")
_CUT = re.compile(rb'"isLockedPreviewOnly":\s*true')
_FREE = re.compile(rb'"isAccessibleForFree":\s*"?false', re.I)
_COUNTS = re.compile(rb'"postResponses":\{[^{}]*"count":(\d+)|"responsesCount":(\d+)')
_FED = 10  # posts of a feed, which has no second page


def claims(page: Page) -> Claim:
    own = urls.domain(page.at) == "medium.com" or _SIGNS.search(page.body[:200_000])
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    feed, sitemap = _places(page)
    found = dict[str, Entry]()
    for each in _api.named([feed], [sitemap] if sitemap else [], web, _POST):
        number = _POST.search(urls.path(each.url))
        name = number[1] if number else each.url
        if name not in found:
            found[name] = replace(each, id=name)
            yield found[name]
    if not found:
        yield from _api.surveyed(page, web)
    elif len(found) == _FED and all(entry.data["item"].html for entry in found.values()):
        raise ReadError(
            sitemap or feed, "Medium tells only its ten newest posts; ask Medium for the export, and save that too"
        )


def post(entry: Entry, web: Web) -> Post:
    item: Item = entry.data["item"]
    try:
        read, body = _read.post(entry, web), web.get(entry.url).body
    except (FetchError, ReadError):
        if not item.html:
            raise
        return replace(_read.made(entry, item), partial="its page was refused: a preview" if item.cut else "")
    whole = item.html if item.html and not item.cut else read.html
    counts = _COUNTS.search(body)
    told = int(next(filter(None, counts.groups()))) if counts else read.comment_count
    cut = _CUT.search(body) or (_FREE.search(body) and item.cut)
    return replace(read, html=whole, comment_count=told, partial="paywalled" if cut else "")


def _places(page: Page) -> tuple[str, str]:
    """The blog's feed, and its sitemap: that of medium.com is everybody's, so of a publication there is none."""
    root, first = urls.root(page.at), urls.path(page.at).strip("/").partition("/")[0]
    if urls.host(page.at) != "medium.com":
        return f"{root}feed", f"{root}sitemap/sitemap.xml"
    if not first:
        raise ReadError(page.at, "names no one's blog; write it as https://medium.com/@NAME")
    own = f"https://{first[1:].lower()}.medium.com/sitemap/sitemap.xml" if first.startswith("@") else ""
    return f"{root}feed/{first}", own
