"""Daum Blog, which closed in 2022: from captures of its mobile pages, else of its frames within frames."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import dates, parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _api, _read
from ._item import Item

MOBILE, DESKTOP = "http://m.blog.daum.net/", "http://blog.daum.net/"
_POST = re.compile(r"^/([\w.-]+)/(\d+)$")
_INNER = re.compile(r"/(?:BlogTypeView|ArticleContentsView|BlogView)\.do\?")
_MOST_FRAMES = 3  # within each other
_TITLES = ("cB_Title", "tit_view", "tit_blogview")
_BODY = ("contentDiv", "article_view", "view_content", "tt_article_useless_p_margin")


def claims(page: Page) -> Claim:
    return Claim.OURS if urls.host(page.at) in {"blog.daum.net", "m.blog.daum.net"} else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    """What was captured that has a post's address, the newest first; else what the pages lead to."""
    blog = urls.path(page.at).strip("/").partition("/")[0]
    found = (_POST.search(urls.path(url)) for url in web.urls() if urls.host(url).endswith("blog.daum.net"))
    numbers = {int(each[2]) for each in found if each and each[1] == blog}
    for number in sorted(numbers, reverse=True):
        yield _api.fed(Item(f"{DESKTOP}{blog}/{number}", id=str(number)))
    yield from () if numbers else _api.surveyed(page, web)


def post(entry: Entry, web: Web) -> Post:
    fault: FetchError | ReadError = ReadError(entry.url, "no capture shows the post")
    for start in (entry.url.replace(DESKTOP, MOBILE), entry.url):
        try:
            pages = list(_frames(web.get(start), web))
        except (FetchError, ReadError) as error:
            fault = error
            continue
        body = next((e for page in reversed(pages) if (e := _body(page)) is not None), None)
        read = _read.from_page(pages[:2][-1], entry, entry.data["item"])
        html = _api.without(body) if body is not None else read.html
        if html:
            tree = parse.tree(pages[:2][-1])
            above = parse.words(tree).partition(parse.words(parse.fragment(html))[:40])[0]
            printed = dates.find(above)
            published = read.published or (printed.day if printed else None)
            return replace(read, html=html, title=_title(tree) or read.title, published=published)
    raise fault


def _frames(page: Page, web: Web) -> Iterator[Page]:
    """The page, and what its frames show of the post, one within the other."""
    yield page
    for _ in range(_MOST_FRAMES):
        frames = parse.tree(page).iter("frame", "iframe")
        inner = (urls.join(page.at, e.get("src", "")) for e in frames)
        url = next(filter(_INNER.search, inner), "")
        if not url:
            return
        page = web.get(url, referer=page.at)
        yield page


def _title(tree: Element) -> str:
    named = _api.one(tree, *_TITLES)
    return parse.words(named) if named is not None else _api.meta(tree, "og:title")


def _body(page: Page) -> Element | None:
    tree = parse.tree(page)
    named = next((e for e in tree.iter() if e.get("id") in _BODY), None)
    found = named if named is not None else _api.one(tree, *_BODY)
    alone = "ArticleContentsView" in page.at and found is None
    return next(tree.iter("body"), None) if alone else found
