"""TTXML, the backup of Tistory until its zips, of Textcube and Tattertools: posts with comments and attached files.

Elements are those of Textcube's document (blog, post, comment, attachment); times are seconds since 1970.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from html import escape

from ..errors import ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _export, _fragments
from ._atom import paragraphs

post = _export.post
_SIGN = re.compile(rb"<blog\s[^>]*type=[\"']tattertools/")
_KOREAN = timezone(timedelta(hours=9))  # Tistory keeps no other clock
_WHEN = re.compile(rb"<published>\s*(\d+)")
_SHOWN = re.compile(r"\[##_(\w+)\|(.*?)_##\]", re.S)  # [##_1C|name.jpg|width="500" alt="…"|caption_##]
_GALLERY = frozenset({"Gallery", "iMazing", "Jukebox"})
_HTML = re.compile(r"</?(?:p|div|br|span|table|ul|ol|h\d|img|a)\b", re.I)


def claims(page: Page) -> Claim:
    return Claim.EXPORT if _SIGN.search(page.body[:4096]) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The blog's address, where its settings hold one."""
    setting = re.search(rb"<setting>.*?</setting>", page.body[:262144], re.S)
    found = re.search(rb"<(?:url|homepage|defaultUrl)>\s*(https?://[^<\s]+)", setting[0]) if setting else None
    return found[1].decode("utf-8", "replace") if found else ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, count = home(page, web), 0
    for name in ("post", "notice"):
        for each, fault, place in _fragments.elements(page, web, name, _WHEN):
            count += 1
            yield _export.entry(_post(each, root, page, name), fault, place)
    if not count:
        raise ReadError(page.at, _export.nothing(page, "post"))


def _post(e: Element, root: str, page: Page, name: str) -> Post:
    number, slogan = _text(e, "id"), e.get("slogan", "")
    published, updated = _moment(_text(e, "published")), _moment(_text(e, "modified"))
    seen, comments = _text(e, "visibility") or "public", tuple(_comments(e, ""))
    place = f"{root.rstrip('/')}/{number}" if root and number else _export.address(page, f"{name}-{number or slogan}")
    return Post(
        id=number if name == "post" and number else f"{name}-{number or slogan}",
        url=place,
        slug=slogan,
        title=_text(e, "title"),
        html=_body(e),
        published=published or _moment(_text(e, "created")),
        updated=updated if updated != published else None,
        categories=(_text(e, "category"),) if _text(e, "category") else (),
        tags=tuple(dict.fromkeys(tag for each in e.iterchildren("tag") if (tag := (each.text or "").strip()))),
        kind="page" if name == "notice" else "post",
        draft=seen in {"draft", "reserved"},
        comment_count=len(comments),
        comments=comments,
        extra={"status": seen} if seen not in {"public", "syndicated", "draft"} else {},
    )


def _text(e: Element, path: str) -> str:
    return (e.findtext(path) or "").strip()


def _moment(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), _KOREAN) if int(seconds) > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _body(e: Element) -> str:
    """The text with its attached files in their places, as data where the backup holds their bytes."""
    written = e.findtext("content") or ""
    html = written if _HTML.search(written) else paragraphs(written)
    files: dict[str, tuple[str, str]] = {}
    for each in e.iterchildren("attachment"):
        data, kind = "".join((each.findtext("content") or "").split()), each.get("mime", "image/jpeg")
        files[_text(each, "name")] = f"data:{kind};base64,{data}" if data else "", _text(each, "label")
    return _SHOWN.sub(lambda found: _shown(found, files), html)


def _shown(found: re.Match[str], files: Mapping[str, tuple[str, str]]) -> str:
    kind, parts = found[1], found[2].split("|")
    names = parts[:-2:2] if kind in _GALLERY else parts[0::3] if kind[:1].isdigit() else parts[:1]
    made = []
    for name in names:
        src, label = files.get(name, ("", ""))
        caption = parts[parts.index(name) + 2] if kind[:1].isdigit() and len(parts) > parts.index(name) + 2 else ""
        alt = re.search(r'\balt="([^"]*)"', found[2])
        img = f'<img src="{escape(src or name)}" alt="{alt[1] if alt else escape(label)}">'
        made.append(f"<figure>{img}<figcaption>{caption}</figcaption></figure>")
    return "".join(made)


def _comments(e: Element, parent: str) -> Iterator[Comment]:
    """What was said, answers behind what they answer; secrets only as a sign that they were there."""
    for number, each in enumerate(e.iterchildren("comment"), 1):
        own = _text(each, "id") or (f"{parent}.{number}" if parent else str(number))
        if _text(each, "isFiltered") not in ("", "0"):
            continue
        yield Comment(
            own,
            _text(each, "commenter/name"),
            paragraphs(each.findtext("content") or ""),
            _moment(_text(each, "written")),
            _text(each, "commenter/homepage"),
            parent,
        )
        yield from _comments(each, own)
