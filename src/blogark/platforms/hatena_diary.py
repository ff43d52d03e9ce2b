"""Hatena Diary's own XML, which it gave until it closed: a <day> for each day, with its entries in Hatena's notation.

An entry begins with a line `*time*[category]title`; comments are the day's, so its first entry has them.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime

from .. import dates
from ..errors import ReadError
from ..model import Claim, Comment, Entry, Page, Post
from ..parse import Element
from ..web import Web
from . import _api, _export, _fragments, _hatena_marks
from ._atom import paragraphs

post = _export.post
_SIGN = re.compile(rb"<diary\b[^>]*>\s*(?:<!--.*?-->\s*)?<day\s[^>]*\bdate=", re.S)
_WHEN = re.compile(rb"<day\s[^>]*?\bdate=[\"']([\d-]+)")
_ENTRY = re.compile(r"^\*(?=[^*\s/)])", re.M)
_TITLE = re.compile(r"(?:([\w-]+)\*)?((?:\[[^\]\n:]+\])*)(.*)")
_BREAK = re.compile(r"<br\s*/?>", re.I)


def claims(page: Page) -> Claim:
    return Claim.EXPORT if _SIGN.search(page.body[:8192]) else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    count = 0
    for day, fault, place in _fragments.elements(page, web, "day", _WHEN):
        for made in reversed(list(_posts(day, page))):
            count += 1
            yield _export.entry(made, fault, place)
    if not count:
        raise ReadError(page.at, _export.nothing(page, "day"))


def _posts(day: Element, page: Page) -> Iterator[Post]:
    """The entries of a day, in order; what stands before the first of them has the day's title."""
    on, comments = day.get("date", ""), tuple(_comments(day))
    first, *others = _ENTRY.split((day.findtext("body") or "").replace("\r\n", "\n"))
    told = [("", "", day.get("title", ""), first)] if first.strip() else []
    for each in others:
        line, _, text = each.partition("\n")
        found = _TITLE.match(line)
        told.append((*(found.groups("") if found else ("", "", line)), text))
    for number, (name, filed, title, text) in enumerate(told, 1):
        said = comments if number == 1 else ()
        place = f"{on.replace('-', '')}-{name or number}"
        yield Post(
            id=place,
            url=_export.address(page, place),
            slug="" if name.isdigit() or re.fullmatch(r"p\d+", name) else name,
            title=" ".join(re.sub(r"<[^>]*>", "", title).split()),
            html=_hatena_marks.html(text),
            published=_moment(name, on),
            tags=_api.texts(re.findall(r"\[([^\]]+)\]", filed)),
            comment_count=len(said),
            comments=said,
        )


def _moment(name: str, on: str) -> date | datetime | None:
    """The second that an entry is named after, else its day."""
    day, moment = dates.machine(on), _api.when(name, _api.TOKYO) if len(name) > 8 else None
    return moment if isinstance(moment, datetime) and day and abs((moment.date() - day).days) <= 1 else day


def _comments(day: Element) -> Iterator[Comment]:
    for number, e in enumerate(day.iterfind("comments/comment"), 1):
        name, moment = (e.findtext("username") or "").strip(), _api.when(e.findtext("timestamp"), _api.TOKYO)
        body = paragraphs(_BREAK.sub("\n", e.findtext("body") or ""))
        yield Comment(f"{day.get('date', '')}-{number}", name, body, moment)
