"""WordPress's own export, WXR 1.0 to 1.2: an RSS feed with all that a blog holds, in one file or several."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import IO

from .. import torn
from ..errors import ReadError
from ..model import Claim, Entry, Page
from ..parse import Element
from ..web import Web
from . import _export, _fragments, _wp, _wxr
from ._fragments import Fragment, Where

post = _export.post
_SIGN = re.compile(rb"xmlns:[\w.-]+\s*=\s*[\"']https?://wordpress\.org/export/\d")
_IN = rb"\s*>\s*(?:<!\[CDATA\[\s*)?"
_DATE = re.compile(rb"<[\w.-]+:post_date" + _IN + rb"([\d: -]{10,19})")
_TYPE = re.compile(rb"<[\w.-]+:post_type" + _IN + rb"([\w-]+)")
_STATUS = re.compile(rb"<[\w.-]+:status" + _IN + rb"([\w-]+)")
_FILE = {
    name: re.compile(rb"<[\w.-]+:%b" % name + _IN + rb"([^\s<\]]+)")
    for name in (b"post_id", b"attachment_url", b"post_parent")
}
_NO_POSTS = re.compile(
    r"attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+|acf-\w+"
    r"|feedback|amp_validated_url|jp_\w+|elementor_\w+|scheduled-action|shop_\w+|jetpack_\w+|wpcf7_contact_form"
)
_BLOG = re.compile(rb"<[\w.-]+:base_blog_url>([^<]*)")
_MOST = 64 << 20  # bytes of a head that is looked at


def claims(page: Page) -> Claim:
    return Claim.EXPORT if _SIGN.search(page.body[:65536]) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The blog's own address; '' when the file does not say."""
    return _home(page)


def _home(page: Page) -> str:
    head = re.split(rb"<item[\s>]", page.body, maxsplit=1)[0]
    for tag in (rb"[\w.-]+:base_blog_url", rb"link", rb"[\w.-]+:base_site_url"):
        if found := re.search(rb"<%b>\s*(?:<!\[CDATA\[)?\s*(https?://[^\s<\]]+)" % tag, head):
            return found[1].decode("utf-8", "replace")
    return ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    seen: dict[str, str] = {}  # address by number
    for part in _export.files(page, web, lambda other: bool(claims(other)), _BLOG):
        with _fragments.opened(web, part.url) as file:
            for each in _export.ahead(_entries(part, file)):
                twice = seen.setdefault(each.id, each.url) != each.url  # makers of WXR number things as they please
                yield replace(each, id=each.url) if twice else each
    if not seen:
        raise ReadError(page.at, _export.nothing(page, "item"))


def _entries(page: Page, file: IO[bytes]) -> Iterator[Entry]:
    places, files = list[Where](), dict[str, tuple[str, str]]()
    for each in _fragments.fragments(file, "item", page.url):
        if _said(_TYPE, each) == "attachment":
            number, url, of = (_said(find, each) for find in _FILE.values())
            files[number] = url, of
        elif not _NO_POSTS.fullmatch(_said(_TYPE, each)) and _said(_STATUS, each) not in {"inherit", "auto-draft"}:
            places.append(_fragments.where(each, _said(_DATE, each)))
    start = min((place.offset for place in places), default=0)
    file.seek(0)
    top = file.read(min(start, _MOST))
    head, root = _head(page, top, files), _fragments.root(top)
    for place in sorted(places, key=lambda place: place.order, reverse=True):
        yield _entry(page, head, root, place, _fragments.read(file, place))


def _said(find: re.Pattern[bytes], item: Fragment) -> str:
    """What an element of WordPress's own says: those stand behind the body, which may speak of WXR itself."""
    found = find.search(item.data, max(item.data.rfind(b":encoded>"), 0)) or find.search(item.data)
    return found[1].decode("utf-8", "replace") if found else ""


def _entry(page: Page, head: _wxr.Head, root: bytes, place: Where, data: bytes) -> Entry:
    item, fault = torn.element(data, root)
    told = _wxr.post(item, head, _export.address(page, f"item-{place.offset}"))
    return _export.entry(told, fault, place)


def _head(page: Page, top: bytes, files: dict[str, tuple[str, str]]) -> _wxr.Head:
    root, lang = _fragments.root(top), re.search(rb"<language>\s*([\w-]+)", top)
    authors = [_wxr.values(e) for e in _all(top, "author", root)]
    terms = [_wxr.values(e) for e in _all(top, "category", root)]
    named = {term.get("wp:category_nicename", ""): term for term in terms}
    return _wxr.Head(
        _home(page),
        lang[1].decode() if lang else "",
        {who.get("wp:author_login", "").strip(): _wp.plain(who.get("wp:author_display_name")) for who in authors},
        {nice: "/".join(_path(nice, named)) for nice in named if nice},
        files,
    )


def _all(top: bytes, name: str, root: bytes) -> Iterator[Element]:
    for each in _fragments.fragments(BytesIO(top), name):
        yield torn.element(each.data, root)[0]


def _path(nice: str, terms: dict[str, dict[str, str]]) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    while nice in terms and nice not in seen:
        seen.add(nice)
        found.insert(0, _wp.plain(terms[nice].get("wp:cat_name")))
        nice = terms[nice].get("wp:category_parent", "").strip()
    return found
