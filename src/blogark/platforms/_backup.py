"""An <entry> of Blogger's export, as it was until 2024 and as Takeout gives it since, as a post or a comment.

The old one is GData 2 (tag:blogger.com ids, kind# categories, thr:); the new one has elements of its own in the
namespace http://schemas.google.com/blogger/2018, times in UTC, and the path of a post without its host.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from io import StringIO
from zoneinfo import ZoneInfo

from .. import dates, names, urls
from ..model import Comment, Post
from ..parse import Element
from ._atom import plain_title

_LABEL = "http://www.blogger.com/atom/ns#"


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says once for all its entries."""

    home: str = ""
    lang: str = ""
    zone: ZoneInfo | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def settings(text: str) -> dict[str, str]:
    """The first row of Takeout's settings.csv, by the end of its columns' names."""
    rows = csv.DictReader(StringIO(text))
    first = next(iter(rows), {})
    wanted = ("time_zone", "locale", "subdomain", "custom_domain")
    return {
        name: value.strip()
        for column, value in first.items()
        if isinstance(value, str) and value.strip()
        for name in wanted
        if str(column).lower().replace(" ", "_").endswith(name)
    }


def zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


def number(tag: str) -> str:
    """The number in "tag:blogger.com,1999:blog-B.post-P"."""
    return tag.strip().rpartition("-")[2]


def post(entry: Element, comments: Sequence[Comment], head: Head, fallback: str) -> Post:
    """The post; `fallback` is its address where it has none."""
    told = dict(_values(entry))
    path = told.get("blogger:filename", "")
    url = urls.clean(_link(entry, "alternate")) or (urls.join(head.home, path) if head.home and path else "")
    status = told.get("blogger:status", "").lower()
    total = dates.number(told.get("total", ""))
    published, updated = (_moment(told.get(name, ""), head) for name in ("published", "updated"))
    return Post(
        id=number(told.get("id", "")) or url or fallback,
        url=url or fallback,
        slug=_slug(url or path),
        title=plain_title(told.get("title", "")),
        html=told.get("content", ""),
        summary=" ".join(told.get("blogger:metaDescription", "").split()),
        author=_author(entry),
        published=published or _moment(told.get("blogger:created", ""), head),
        updated=updated,
        tags=tuple(dict.fromkeys(_labels(entry))),
        kind="page" if _is_page(entry, told) else "post",
        draft=status in {"draft", "scheduled", "soft_trashed"} or _is_draft(entry) or bool(told.get("blogger:trashed")),
        lang=head.lang,
        comment_count=max(total or 0, len(comments)),
        comments=tuple(comments),
        extra={"status": status} if status and status not in {"live", "draft"} else {},
    )


def _slug(url: str) -> str:
    return "" if "?" in url else names.own_slug(url)


def comment(entry: Element, head: Head, post: str) -> Comment | None:
    """What was said and let through; None for spam and what waits."""
    told = dict(_values(entry))
    if told.get("blogger:status", "LIVE").upper() not in {"LIVE", "PUBLISHED", ""}:
        return None
    parent = told.get("blogger:inReplyTo", "").strip()
    related = re.search(r"/comments/default/(\d+)", _link(entry, "related"))
    return Comment(
        number(told.get("id", "")),
        _author(entry),
        told.get("content", "") or told.get("summary", ""),
        _moment(told.get("published", ""), head),
        _link(entry, "alternate"),
        number(parent) if parent and number(parent) != number(post) else related[1] if related else "",
    )


def _values(entry: Element) -> Iterator[tuple[str, str]]:
    for child in entry:
        if isinstance(tag := child.tag, str):
            text = "".join(map(str, child.itertext())) if len(child) else child.text or ""
            name = _name(tag)
            yield name, text if name == "content" else text.strip()


@lru_cache(512)
def _name(tag: str) -> str:
    space, _, name = tag.lstrip("{").rpartition("}")
    return f"blogger:{name}" if "blogger/20" in space else name


def _link(entry: Element, rel: str) -> str:
    found = (e.get("href", "") for e in entry.iterchildren("{*}link") if e.get("rel", "alternate") == rel)
    return next(found, "").strip()


def _author(entry: Element) -> str:
    return next((" ".join((e.text or "").split()) for e in _within(entry, "author", "name")), "")


def _within(entry: Element, outer: str, inner: str) -> Iterator[Element]:
    return (e for each in entry.iterchildren(f"{{*}}{outer}") for e in each.iterchildren(f"{{*}}{inner}"))


def _labels(entry: Element) -> Iterator[str]:
    for e in entry.iterchildren("{*}category"):
        scheme = e.get("scheme", "")
        if (scheme == _LABEL or scheme.startswith("tag:blogger.com")) and (term := " ".join(e.get("term", "").split())):
            yield term


def _is_page(entry: Element, told: Mapping[str, str]) -> bool:
    kinds = (e.get("term", "") for e in entry.iterchildren("{*}category"))
    return told.get("blogger:type") == "PAGE" or any(term.endswith("kind#page") for term in kinds)


def _is_draft(entry: Element) -> bool:
    return any((e.text or "").strip() == "yes" for e in _within(entry, "control", "draft"))


def _moment(text: str, head: Head) -> date | datetime | None:
    moment = dates.machine(text)
    local = head.zone and isinstance(moment, datetime) and text.strip().endswith("Z")
    return moment.astimezone(head.zone) if local and isinstance(moment, datetime) else moment
