"""LiveJournal's and Dreamwidth's exports: the XML of export_do.bml, month by month, and what ljdump and others keep."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from .. import dates
from ..errors import ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _export, _fragments
from ._autop import autop

post = _export.post
_SIGN = re.compile(rb"<livejournal\b|<event>\s*(?:<[\w-]+>|<!\[CDATA)|<lj_?dump\b")
_WHEN = re.compile(rb"<event_?time>\s*(?:<!\[CDATA\[)?\s*([^<\]]+)")
_TAGS = frozenset({"taglist", "tags", "prop_taglist"})
_NOTES = {"current_mood": "mood", "current_music": "music", "current_location": "location"}
_LJ = re.compile(r"<lj\s+(?:user|comm)=[\"']?([\w-]+)[\"']?[^>]*>(?:</lj>)?", re.I)
_CUT = re.compile(r"</?lj-(?:cut|raw|embed|template)\b[^>]*>", re.I)


def claims(page: Page) -> Claim:
    head = page.body[:262144]
    known = _SIGN.search(head) and _WHEN.search(head) and head.lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"<")
    return Claim.EXPORT if known else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    count = 0
    for part in _export.files(page, web, lambda other: bool(claims(other))):
        for name in ("entry", "event"):
            found = 0
            for each, fault, place in _fragments.elements(part, web, name, _WHEN):
                found += 1
                yield _export.entry(_post(each, part, place.offset), fault, place)
            count += found
            if found:  # an <entry> holds its text as <event>
                break
    if not count:
        raise ReadError(page.at, _export.nothing(page, "entry"))


def _post(e: Element, page: Page, offset: int) -> Post:
    told = {str(each.tag).lower().replace("_", ""): (each.text or "") for each in e if isinstance(each.tag, str)}
    props = _props(e)
    number, body = told.get("itemid") or told.get("ditemid") or "", told.get("event") or told.get("body") or ""
    url, comments = told.get("url", "").strip(), tuple(_comments(e))
    shut = told.get("security", "public").strip() or "public"
    counted = dates.number(told.get("replycount", ""))
    return Post(
        id=number.strip() or f"entry-{offset}",
        url=url if url.startswith("http") else _export.address(page, f"entry-{number.strip() or offset}"),
        slug=_export.slug(url),
        title=" ".join(told.get("subject", "").split()),
        html=_html(body, "1" in (props.get("opt_preformatted"), props.get("opt_preformatted_html"))),
        author=(told.get("poster") or told.get("author") or "").strip(),
        published=_day(told.get("eventtime", "")),
        tags=tuple(tag for each in props.get("taglist", "").split(",") if (tag := each.strip())),
        comment_count=max(counted, len(comments)) if counted is not None else len(comments) if comments else None,
        comments=comments,
        extra={
            **({"status": "private" if shut == "private" else "friends"} if shut not in {"public", ""} else {}),
            **{name: props[key] for key, name in _NOTES.items() if props.get(key)},
        },
    )


def _props(e: Element) -> Mapping[str, str]:
    """What goes with an entry: elements of their own, or <prop name= value=> in <props>."""
    found: dict[str, str] = {}
    for each in e.iter():
        name = str(each.tag).lower() if isinstance(each.tag, str) else ""
        if name == "prop" and each.get("name"):
            found[each.get("name", "")] = each.get("value") or (each.text or "").strip()
        elif name in _TAGS or name in _NOTES or name.startswith("opt_preformatted"):
            found["taglist" if name in _TAGS else name] = (each.text or "").strip()
    return found


def _day(text: str) -> date | None:
    """The day that the writer's own clock showed; nobody knows its zone."""
    found = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _html(body: str, whole: bool) -> str:
    """An entry as it is shown: its line breaks, its people as links, its cuts open."""
    named = _LJ.sub(lambda m: f'<a href="https://{m[1].replace("_", "-")}.livejournal.com/">{escape(m[1])}</a>', body)
    opened = _CUT.sub("", named)
    return opened if whole else autop(opened)


def _comments(e: Element) -> Iterator[Comment]:
    for number, each in enumerate(e.iter("comment"), 1):
        told = {str(c.tag).lower(): (c.text or "") for c in each if isinstance(c.tag, str)}
        who = told.get("author") or told.get("poster") or told.get("user") or each.get("user") or ""
        name = next((c.findtext("name") or "" for c in each.iterchildren("author")), "")
        if each.get("state", "A") in {"A", "F"}:
            parent = told.get("parent_itemid") or told.get("parentid") or each.get("parentid") or ""
            yield Comment(
                told.get("itemid") or told.get("id") or each.get("id") or str(number),
                (name or who).strip(),
                autop(told.get("event") or told.get("body") or told.get("text") or "").strip(),
                dates.machine(told.get("eventtime") or told.get("date") or ""),
                parent="" if parent.strip() == "0" else parent.strip(),
            )
