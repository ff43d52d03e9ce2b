"""Dates and comment counts: as machines write them, and as blogs print them for people."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from itertools import pairwise

from .data import table
from .printed import ORDERS, YEARS, Printed, day_of, find, find_all, fold, plain, year_of

__all__ = ["Count", "Printed", "count", "find", "find_all", "from_url", "machine", "number", "order"]

# -- machines ---------------------------------------------------------------------------

_CLOCK = r"(?P<H>\d\d?):?(?P<M>\d\d)(?::?(?P<S>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"\s*(?P<zone>[A-Za-z]+(?![\w+-])|(?:GMT|UTC)?[+-]\d\d?:?\d\d|[+-]\d\d)?(?:\s*[(\[].{,60})?"
_TIME = rf"(?:,?\s+{_CLOCK}{_ZONE})?"
_DAY_NAME = r"(?:[A-Za-z]{3,9}\.?,?\s+)?"
_MACHINE = (
    rf"(?P<y>\d{{4}})-(?P<m>\d\d?)-(?P<d>\d\d?)(?:(?:[Tt]|\s+){_CLOCK}{_ZONE})?",  # ISO 8601, RFC 3339
    rf"(?P<y>\d{{4}})(?P<m>\d\d)(?P<d>\d\d)(?:[Tt]{_CLOCK}{_ZONE})?",  # ISO 8601, basic
    rf"{_DAY_NAME}(?P<d>\d\d?)[\s-]+(?P<b>[A-Za-z]{{3,9}})\.?,?[\s-]+(?P<y>\d{{4}}|\d\d){_TIME}",  # RFC 822
    rf"{_DAY_NAME}(?P<b>[A-Za-z]{{3,9}})\s+(?P<d>\d\d?)\s+{_CLOCK}{_ZONE}\s+(?P<y>\d{{4}})",  # C's asctime
    rf"{_DAY_NAME}(?P<b>[A-Za-z]{{3,9}})\s+(?P<d>\d\d?),?\s+(?P<y>\d{{4}})\s+{_CLOCK}{_ZONE}",  # JavaScript's Date
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.A)  # as most write it
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HOURS = {  # RFC 822 §5.1, and what feeds write beside it
    "utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "ast": -4, "adt": -3, "bst": 1, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "hkt": 8,
    "sgt": 8, "kst": 9, "jst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip


def machine(text: str) -> date | datetime | None:
    """A date as ISO 8601, RFC 822 or C write it: an aware datetime where an offset is given, else the day."""
    line = (text or "")[:120].strip()
    if _RFC_3339.fullmatch(line):
        with suppress(ValueError):
            moment = datetime.fromisoformat(line).replace(microsecond=0)
            return moment if moment.year in YEARS else None
    found = next((m for m in (re.fullmatch(shape, line) for shape in _MACHINE) if m), None)
    try:
        return _instant(found.groupdict()) if found else None
    except ValueError:
        return None


def _instant(part: dict[str, str | None]) -> date | datetime | None:
    name = (part.get("b") or "")[:3].lower()
    month = _ENGLISH.index(name) + 1 if name else int(part["m"] or 0)
    day = date(year_of(part["y"] or ""), month, int(part["d"] or 0))
    offset = _offset((part["zone"] or "").lower())
    if day.year not in YEARS:
        return None
    if offset is None:
        return day
    clock = time(int(part["H"] or 0), int(part["M"] or 0), min(int(part["S"] or 0), 59))  # leap seconds are written :60
    return datetime.combine(day, clock, timezone(offset))


def _offset(zone: str) -> timedelta | None:
    """+0900, +09:00, GMT+9:00 or a name; None for a name nobody knows."""
    if hours := re.fullmatch(r"(?:gmt|utc)?([+-])(\d\d?):?(\d\d)?", zone):
        sign, h, m = hours.groups()
        return timedelta(hours=int(h), minutes=int(m or 0)) * (-1 if sign == "-" else 1)
    return timedelta(hours=_HOURS[zone]) if zone in _HOURS else None


# -- addresses ----------------------------------------------------------------------------

_IN_PATH = re.compile(
    r"/(\d{4})/(\d\d?)(?:/(\d\d?))?(?=/|$)|/(\d{4})-(\d\d)-(\d\d)(?=[-/_.]|$)|/(\d{4})(\d\d)(\d\d)(?=[-/_.]|$)"
    r"|/(\d{4})_(\d\d)()_\d\d_archive\b"  # Blogger before 2006: a month's page, the post a fragment of it
)


def from_url(url: str) -> tuple[int, int, int | None] | None:
    """Year, month and, where it is there, day in the path of an address."""
    path = re.sub(r"^[\w+.-]*://[^/]*|[?#].*", "", url[:2000], flags=re.DOTALL)
    for found in _IN_PATH.finditer(path):
        year, month, *day = (int(part or 0) for part in found.groups() if part is not None)
        if year in YEARS and 1 <= month <= 12:
            return year, month, day[0] if day and day_of(year, month, day[0]) else None
    return None


def day_in_url(url: str) -> date | None:
    """The day in the path of an address, where it names a whole one."""
    found = from_url(url)
    return day_of(found[0], found[1], found[2]) if found and found[2] else None


# -- people -----------------------------------------------------------------------------


def order(found: Sequence[Printed], hints: Sequence[tuple[int, int] | None] = ()) -> str:
    """ "DMY" or "MDY", as most evidence of one blog has it; "" when it is silent or divided.

    Evidence is a numeric date that has one reading, a date that fits the (year, month) of its
    post's URL in one reading only, and a listing that is in order in one reading only.
    """
    votes = Counter(one.form for one in found if one.form)
    for one, hint in zip(found, hints, strict=False):
        votes.update(_only(one.either is not None and _month_of(one.settle(o)) == hint for o in ORDERS))
    votes.update(_only(_in_order([day for one in found if (day := one.settle(o))]) for o in ORDERS))
    best = [*votes.most_common(2), ("", 0), ("", 0)]
    return best[0][0] if best[0][1] > best[1][1] else ""


def _only(fits: Iterable[bool]) -> list[str]:
    """The order that fits, when one does and the other does not."""
    orders = [name for name, fit in zip(ORDERS, fits, strict=True) if fit]
    return orders if len(orders) == 1 else []


def _month_of(day: date | None) -> tuple[int, int] | None:
    return (day.year, day.month) if day else None


def _in_order(days: list[date]) -> bool:
    pairs = [*pairwise(days)]
    return len(set(days)) >= 3 and (all(a >= b for a, b in pairs) or all(a <= b for a, b in pairs))


# -- counts -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """Words that speak of a post's comments, and where in the text they stand."""

    start: int  # offset into the text as given
    end: int
    number: int | None  # comments; None where the words give none: "Leave a comment", "Comments off"


# Thousands are parted by a comma, a dot, an apostrophe or a space that does not break; by any space in some languages.
_NUMBER = r"(?:\d{1,3}(?:[,.'\xa0\u202f\u2009%s]\d{3})++|\d{1,9}+)(?!\d)"
_SPACED = re.compile("(?:be|bg|cs|et|fi|fr|hu|hy|ka|kk|lt|lv|nb|nn|no|pl|ru|sk|sv|uk|$)")
_LETTER = r"[^\W\d_\u0e00-\u0eff\u2e80-\uffff]"  # of a script that puts spaces between words


def count(text: str, lang: str = "") -> Count | None:
    """The first phrase in `text` that counts comments, else the first that speaks of them; None without either."""
    line, (words, left, right) = plain(text), _counting(bool(_SPACED.match(lang[:2].lower())))
    silent = None
    if words.search(line):
        line = _without_dates(line, find_all(text, lang))
    for word in words.finditer(line):
        before = left.search(line, max(0, word.start() - 24), word.start())
        if counted := _counted(word, before, right.match(line, word.end())):
            return counted
        if word["word"] and not silent:
            silent = Count(*word.span(), None)
    return silent


def _counted(word: re.Match[str], before: re.Match[str] | None, after: re.Match[str] | None) -> Count | None:
    """What the number or number word beside `word` makes of it."""
    if word["none"] or word["two"]:
        return Count(*word.span(), 2 if word["two"] else 0)
    if before and before["number"] and not (before["number"].isdigit() and int(before["number"]) in YEARS):
        return Count(before.start("number"), word.end(), _value(before["number"]))
    for known, side in (("before", before), ("ones", before), ("after", after)):
        if side and known in side.re.groupindex and (said := side[known]):
            start, end = min(word.start(), side.start(known)), max(word.end(), side.end(known))
            return Count(start, end, _said(known).get(fold(said)))
    if after and (digits := after["boxed"] or after["stated"] or after["plain"]):
        return Count(word.start(), after.end(), _value(digits))
    return None


@cache
def _said(kind: str) -> dict[str, int]:
    return {fold(word): number for word, number in table("counts")[kind].items()}


def _without_dates(line: str, dates: Iterable[Printed]) -> str:
    """`line` with nothing in it that a date's numbers could be taken for, and as long as before."""
    kept, at = [], 0
    for one in dates:
        kept += [line[at : one.start], "\0" * (one.end - one.start)]
        at = one.end
    return "".join([*kept, line[at:]])


@cache
def _counting(spaced: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What speaks of comments; the number that may end right before it; the number that may begin right after it."""
    known = table("counts")
    said = {key: "|".join(sorted(words, key=len, reverse=True)) for key, words in known.items() if key != "about"}
    figure, units = _NUMBER % (" " if spaced else ""), f"(?:{said['units']})"
    kinds = rf"(?P<word>{said['words']})|(?P<weak>{said['weak']})|(?P<none>{said['none']})|(?P<two>{said['two']})"
    words = rf"(?<!{_LETTER})(?:{kinds})(?!{_LETTER})"
    left = (
        rf"(?:(?<!\d[-:.,/])(?<![A-Za-z\d_$#€£/])(?P<number>{figure})\s{{0,3}}{units}?\s?(?:の|的|의|new)?\s?"
        rf"|(?<!{_LETTER})(?P<before>{said['before']})\s{{0,3}}|(?:\A|[^\w\s]\s{{0,3}}|\n)(?P<ones>{said['ones']})\s)\Z"
    )
    right = (
        rf"[수数數]?\s{{0,3}}(?:[(\[]\s?(?P<boxed>{figure})\s?{units}?\s?[)\]]"
        rf"|:\s{{0,2}}(?P<stated>{figure}){units}?(?![-.:,/]?\d)"
        rf"|(?P<plain>{figure})(?:\s?{units}|(?![-.:,/]\d)(?=\s{{0,3}}(?:\Z|[^\w\s%]|\n|{said['others']})))"
        rf"|(?P<after>{said['after']})(?!{_LETTER}))"
    )
    return re.compile(words, re.I), re.compile(left, re.I), re.compile(right, re.I)


def number(text: str) -> int | None:
    """A lone number, in any digits and grouping."""
    lone = plain(text[:60]).strip(" \t\r\n()[]:")
    return _value(lone) if re.fullmatch(_NUMBER % " ", lone) else None


def _value(digits: str) -> int:
    return int("".join(c for c in digits if c.isdigit()))
