"""Naver Blog: by the interface of its mobile site, thirty posts a request; else by its desktop site's, or RSS.

Without a Referer of its mobile site it answers 403. Posts are read from their mobile pages, which need no frame.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote_plus

from .. import parse, urls
from ..errors import FetchError, ReadError, Withheld
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _api, _naver, _read
from ._api import Record
from ._item import Item
from ._naver import DESKTOP, MOBILE

_HOSTS = frozenset({"blog.naver.com", "m.blog.naver.com", "rss.blog.naver.com"})
_FRAME = re.compile(rb"""<i?frame[^>]+src=["'][^"']*/Post(?:List|View)\.(?:naver|nhn)\?blogId=([\w-]+)""")
_NAMED = re.compile(r"[?&]blogId=([\w-]+)|naver\.com/(?!Post\w+\.)([A-Za-z0-9][\w-]{1,29})|//([\w-]+)\.blog\.me")
_BODY = ("se-main-container", "se_component_wrap", "se3_view", "se_doc_viewer", "post_ct")


def claims(page: Page) -> Claim:
    own = urls.host(page.at) in _HOSTS or urls.host(page.at).endswith(".blog.me") or _FRAME.search(page.body)
    return Claim.OURS if own else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    framed, named = _FRAME.search(page.body), _NAMED.search(page.at)
    blog = framed[1].decode() if framed else next(filter(None, named.groups()), "") if named else ""
    if not blog:
        raise ReadError(page.at, "names no blog of Naver's; write it as https://blog.naver.com/NAME")
    yield from _api.first(
        lambda: _api.pages(lambda number: _mobile(blog, number, web), lambda told: _entry(blog, told), 1),
        lambda: _api.pages(lambda number: _desktop(blog, number, web), lambda told: _entry(blog, told), 1),
        lambda: _fed(blog, web),
    )


def post(entry: Entry, web: Web) -> Post:
    blog, number = urls.path(entry.url).strip("/").split("/")[:2]
    try:
        tree, item = parse.tree(page := _page(blog, number, web)), entry.data["item"]
        if (body := _api.one(tree, *_BODY)) is None:
            raise ReadError(page.url, "shows no post")
    except (FetchError, ReadError) as error:
        if entry.data.get("closed"):
            raise Withheld(entry.url, "is not open to all") from error
        raise
    shown = (_api.one(tree, name) for name in ("se_publishDate", "_postAddDate", "blog__date", "blog_date"))
    printed = next((parse.words(e) for e in shown if e is not None), "")
    item = replace(
        item,
        html=_api.without(body, "se-documentTitle", "se_documentTitle", "se-sticker"),
        title=item.title or _api.meta(tree, "og:title"),
        author=_api.meta(tree, "naverblog:nickname", "og:article:author") or item.author,
        published=item.published or _api.when(printed),
        tags=_naver.tags(blog, number, web) or item.tags,
    )
    said = () if item.count == 0 else _naver.comments(blog, number, entry.data.get("blog") or "", web)
    return _read.made(entry, item, said)


def _mobile(blog: str, number: int, web: Web) -> tuple[list[Record], int]:
    url = urls.query(f"{MOBILE}api/blogs/{blog}/post-list", categoryNo=0, itemCount=30, page=number)
    return _api.needed(_api.ask(url, web, MOBILE, fresh=True), url, "result", "items"), number + 1


def _desktop(blog: str, number: int, web: Web) -> tuple[list[Record], int]:
    """The list of its desktop site, which is JSON but for stray backslashes."""
    url = urls.query(f"{DESKTOP}PostTitleListAsync.naver", blogId=blog, viewdate="", currentPage=number, categoryNo=0)
    page = web.get(urls.query(url, parentCategoryNo="", countPerPage=30), fresh=True, referer=f"{DESKTOP}{blog}")
    data = parse.json(replace(page, body=re.sub(rb"""\\(?!["\\/bfnrtu])""", b"", page.body)))
    return _api.needed(data, url, "postList"), number + 1


def _entry(blog: str, told: Record) -> Entry | None:
    number = _api.text(told.get("logNo"))
    if not number or told.get("thisDayPostInfo"):  # what was written on this day years ago, put in between
        return None
    item = Item(
        f"{DESKTOP}{blog}/{number}",
        _api.text(told.get("titleWithInspectMessage")) or unquote_plus(_api.text(told.get("title"))),
        published=_api.when(told.get("addDate"), _api.SEOUL),
        count=_api.number(told.get("commentCnt", told.get("commentCount"))),
        categories=_api.texts([told.get("categoryName")]),
        id=number,
    )
    closed = any(told.get(name) is True for name in ("notOpen", "buddyOpen", "bothBuddyOpen"))
    return _api.fed(item, closed=closed, blog=_api.text(told.get("blogNo")))


def _fed(blog: str, web: Web) -> Iterator[Entry]:
    for each in _api.named([f"https://rss.blog.naver.com/{blog}.xml"], [], web, re.compile(r"/\d+$")):
        number = urls.path(each.url).rpartition("/")[2]
        yield replace(each, id=number, url=f"{DESKTOP}{blog}/{number}")


def _page(blog: str, number: str, web: Web) -> Page:
    try:
        page = web.get(f"{MOBILE}{blog}/{number}", referer=MOBILE)
        if _api.one(parse.tree(page), *_BODY) is not None:
            return page
    except FetchError as error:
        if error.status in (404, 410):
            raise
    return web.get(urls.query(f"{DESKTOP}PostView.naver", blogId=blog, logNo=number), referer=MOBILE)
