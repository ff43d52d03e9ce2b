"""An entry of Movable Type's text, as it was cut out of its file, as a post."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from .. import dates, names, urls
from ..model import Comment, Page, Post
from . import _export, _markdown
from ._autop import autop

_SECTION = "-----"
_NAMES = "AUTHOR|TITLE|BASENAME|STATUS|ALLOW COMMENTS|CONVERT BREAKS|ALLOW PINGS|PRIMARY CATEGORY|CATEGORY|DATE|TAGS"
_LINE = re.compile(rf"({_NAMES}|UNIQUE URL|IMAGE|NO ENTRY|EMAIL|IP|URL|BLOG NAME):[ \t]*(.*)")
_KIND = re.compile(r"(BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):[ \t]*")
_WHEN = re.compile(r"(\d\d?)/(\d\d?)/(\d{4}) (\d\d?):(\d\d):(\d\d)(?: *([AP])M)?", re.I)


def sortable(data: bytes) -> str:
    found = re.search(rb"(?m)^DATE:[ \t]*([^\r\n]*)", data)
    when = _WHEN.match(found[1].decode("ascii", "replace")) if found else None
    return _moment(when).isoformat() if when else ""


def _moment(found: re.Match[str]) -> datetime:
    """Month/day/year, in twelve or in twenty-four hours."""
    month, day, year, hour, minute, second = map(int, found.groups()[:6])
    if half := found[7]:
        hour = hour % 12 + (12 if half.upper() == "P" else 0)
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return datetime.min


def _day(text: str) -> date | None:
    """The day: without a zone nobody knows the moment."""
    found = _WHEN.match(text)
    day = _moment(found).date() if found else None
    return day if day and day.year > 1 else dates.day_in_url(text)


def _values(lines: Sequence[str]) -> tuple[dict[str, list[str]], str]:
    """KEY: value lines by key, and what follows them."""
    told: dict[str, list[str]] = {}
    for number, line in enumerate(lines):
        found = _LINE.match(line)
        if not found and line.strip():
            return told, "\n".join(lines[number:])
        if found:
            told.setdefault(found[1], []).append(found[2].strip())
    return told, ""


def post(text: str, page: Page, number: str) -> Post:
    head, *sections = re.split(rf"(?m)^{_SECTION}[ \t]*$\n?", text)
    told = {key: values[0] for key, values in _values(head.split("\n"))[0].items()}
    every = _values(head.split("\n"))[0]
    parts: dict[str, str] = {}
    comments: list[Comment] = []
    for section in sections:
        kind, _, content = section.lstrip("\n").partition("\n")
        if found := _KIND.fullmatch(kind):
            if found[1] == "COMMENT":
                comments.append(_comment(content, len(comments) + 1))
            elif found[1] != "PING":
                parts.setdefault(found[1], content.strip("\n"))
    slug, url = told.get("BASENAME", ""), told.get("UNIQUE URL", "")
    body = "\n\n".join(filter(None, (parts.get("BODY"), parts.get("EXTENDED BODY"))))
    return Post(
        id=slug or url or number,
        url=url if urls.is_web(url) else _export.address(page, slug or number),
        slug=slug.rpartition("/")[2] or names.own_slug(url),
        title=told.get("TITLE", ""),
        html=_html(body, told.get("CONVERT BREAKS", "")),
        summary=parts.get("EXCERPT", "").strip(),
        author=told.get("AUTHOR", ""),
        published=_day(told.get("DATE", "")),
        categories=tuple(dict.fromkeys(filter(None, every.get("PRIMARY CATEGORY", []) + every.get("CATEGORY", [])))),
        tags=tuple(dict.fromkeys(_tags(told.get("TAGS", "")))),
        draft=told.get("STATUS", "Publish").lower() != "publish",
        cover=told.get("IMAGE", ""),
        comment_count=len(comments),
        comments=tuple(comments),
    )


def _html(body: str, breaks: str) -> str:
    """The body; where Movable Type makes its paragraphs when it shows it, with them."""
    if breaks.startswith("markdown"):
        return _markdown.html(body)
    return autop(body) if breaks in {"1", "__default__", "convert_breaks"} else body


def _tags(text: str) -> Iterator[str]:
    for quoted, bare in re.findall(r'"([^"]*)"|([^,]+)', text):
        if tag := (quoted or bare).strip():
            yield tag


def _comment(text: str, number: int) -> Comment:
    told, content = _values(text.split("\n"))
    first = {key: values[0] for key, values in told.items()}
    return Comment(
        str(number),
        first.get("AUTHOR", ""),
        autop(content.strip()).strip(),
        _day(first.get("DATE", "")),
        first.get("URL", ""),
    )
