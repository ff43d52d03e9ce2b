"""Tistory's backup since its zips: a folder for each post with NUMBER-title.html and its pictures in img/."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from .. import parse, urls
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import DIRECTORY, Web
from . import _export

post = _export.post
_POST = re.compile(r"(?:^|/)(\d+)/\1[-_.][^/]*html$", re.M)
_KOREAN = timezone(timedelta(hours=9))
_WHEN = re.compile(r"(\d{4})[-./]\s?(\d\d?)[-./]\s?(\d\d?)\.?\s+(\d\d?):(\d\d)(?::(\d\d))?")
_TITLE = ("title-article", "title", "tit_post", "entry-title")
_DATE = ("date", "txt_date", "published")
_CATEGORY = ("category", "txt_category")
_BODY = ("contents_style", "tt_article_useless_p_margin", "article-view", "article_view", "entry-content", "area_view")
_TAGS = ("tags", "tag", "area_tag", "list_tag")


def claims(page: Page) -> Claim:
    return Claim.EXPORT if page.kind == DIRECTORY and _POST.search(parse.text(page)) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    numbered = [(int(found[1]), url) for url in web.urls() if (found := _POST.search(urls.path(url)))]
    if not numbered:
        raise ReadError(page.at, "no post is in this backup")
    numbers = {url: str(number) for number, url in sorted(numbered, reverse=True)}
    for each in _export.sound(numbers, web):
        yield _export.entry(_post(each, numbers[each.url]))


def _post(page: Page, number: str) -> Post:
    tree = parse.tree(page)
    title = _words(tree, _TITLE) or next((parse.words(e) for e in tree.iter("h1", "h2", "title")), "")
    body = _first(tree, _BODY)
    if body is None:
        body = next(tree.iter("article", "body"), tree)
    for names in (_TITLE, _DATE, _CATEGORY):
        if (inner := _first(body, names)) is not None and inner is not body:
            parse.drop(inner)
    category, tags = _words(tree, _CATEGORY), _first(tree, _TAGS)
    found = tags.iter("a", "li") if tags is not None else ()
    named = dict.fromkeys(name for e in found if (name := parse.words(e).lstrip("#")))
    loose = re.findall(r"#([^#]+)", parse.words(tags)) if tags is not None else []
    return Post(
        id=number,
        url=page.url,
        title=title,
        html=parse.html(body, inner=True).strip(),
        published=_moment(_words(tree, _DATE)),
        categories=(category,) if category else (),
        tags=tuple(named) or tuple(name.strip() for name in loose),
        draft=not parse.words(body) and not title,
    )


def _first(tree: Element, names: tuple[str, ...]) -> Element | None:
    for name in names:
        for e in tree.iter():
            if name in e.get("class", "").split():
                return e
    return None


def _words(tree: Element, names: tuple[str, ...]) -> str:
    found = _first(tree, names)
    return parse.words(found) if found is not None else ""


def _moment(text: str) -> datetime | None:
    """The printed moment; Tistory's clock is that of Korea."""
    found = _WHEN.search(text)
    try:
        return datetime(*(int(part or 0) for part in found.groups()), tzinfo=_KOREAN) if found else None  # type: ignore[arg-type, misc]
    except ValueError:
        return None
