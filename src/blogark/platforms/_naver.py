"""What stands around a post of Naver's in places of its own: tags and comments."""

from collections.abc import Iterator
from urllib.parse import unquote_plus

from .. import urls
from ..errors import FetchError, ReadError
from ..model import Comment
from ..web import Web
from . import _api
from ._api import Record
from ._atom import paragraphs

MOBILE, DESKTOP = "https://m.blog.naver.com/", "https://blog.naver.com/"
_CBOX = "https://apis.naver.com/commentBox/cbox/web_naver_list_json.json"
_ASKED: dict[str, str | int] = {
    "ticket": "blog", "pool": "blogid", "templateId": "default", "lang": "ko", "listType": "OBJECT",
    "pageType": "more", "pageSize": 100, "indexSize": 10, "replyPageSize": 10, "initialize": "true", "sort": "NEW",
}  # fmt: skip


def tags(blog: str, number: str, web: Web) -> tuple[str, ...]:
    """The post's tags; () where they cannot be had."""
    url = urls.query(f"{DESKTOP}BlogTagListInfo.naver", blogId=blog, logNo=number, viewType="S")
    told = _api.records(_api.tried(url, web, MOBILE), "taglist")
    return _api.texts(tag for each in told for tag in unquote_plus(_api.text(each.get("tagName"))).split(","))


def comments(blog: str, number: str, box: str, web: Web) -> tuple[Comment, ...]:
    """The post's comments, those that only its author may read left out; `box`: the blog's number, '' when unknown."""
    try:
        if not box:
            url = f"{MOBILE}api/blogs/{blog}/posts/{number}/comments-info"
            box = _api.text(_api.at(_api.ask(url, web, MOBILE), "result", "blogNo"))
        found = {each.id: each for each in _comments(f"{box}_201_{number}", box, web)} if box else {}
    except (FetchError, ReadError):
        return ()
    return tuple(sorted(found.values(), key=lambda each: int(each.id) if each.id.isdigit() else 0))


def _comments(name: str, box: str, web: Web) -> Iterator[Comment]:
    page, last = 1, 1
    while page <= last:
        data = _api.ask(urls.query(_CBOX, **_ASKED, objectId=name, groupId=box, page=page), web, MOBILE)
        told = _api.records(data, "result", "commentList")
        yield from _api.threads(told, _comment, "replyList")
        last = _api.number(_api.at(data, "result", "pageModel", "totalPages")) or 1 if told else 0
        page += 1


def _comment(told: Record, parent: str) -> Comment | None:
    number, above = (_api.text(told.get(name)) for name in ("commentNo", "parentCommentNo"))
    made = Comment(
        number,
        _api.text(told.get("userName") or told.get("maskedUserName")),
        paragraphs(_api.text(told.get("contents"))),
        _api.when(told.get("regTime")),
        parent=above if above != number else parent,
    )
    return None if told.get("secret") or told.get("deleted") else made
