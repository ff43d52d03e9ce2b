"""Dates as blogs print them for people, in any order, language and calendar.

A line is cut into tokens and each token becomes one letter (`_kind`): 1 a number up to 12, M the
name of a month, w a weekday, punctuation itself. Then one regex over those letters (`_shapes`)
knows every order that dates are printed in, and a reader for each makes days of its parts.
Nothing is guessed: a month without a day, "3 days ago" and a clock time are no dates, and a
numeric date that can be read two ways is both until the rest of the blog settles it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate

from .data import table

YEARS = range(1990, 2101)  # no blog is older
ORDERS = ("DMY", "MDY")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date in words for people, and where in the text it stands with its weekday, time and era."""

    start: int  # offset into the text as given
    end: int
    day: date | None  # None when it can be read two ways
    either: tuple[date, date] | None = None  # read as day/month and as month/day; with dots `day` is the former
    form: str = ""  # the only order this numeric date can be read in; "" when it tells nothing of the blog's

    def settle(self, order: str) -> date | None:
        """The day in a blog that writes `order`: "DMY", "MDY" or "" for unknown."""
        return self.either[ORDERS.index(order)] if self.either and order in ORDERS else self.day


def find(text: str, lang: str = "") -> Printed | None:
    """The first date in a line of text."""
    return next(find_all(text, lang), None)


def find_all(text: str, lang: str = "") -> Iterator[Printed]:
    """Every date in `text`, in order. `lang` (BCP 47) settles month names that languages disagree on."""
    tokens = _tokens().findall(plain(text))
    letters = "".join(map(_kind, tokens))
    offsets: list[int] = []
    for found in _shapes().finditer(letters):
        offsets = offsets or [0, *accumulate(map(len, tokens))]
        start, end = offsets[found.start()], offsets[found.end()]
        shape, first = found.lastgroup or "", found.lastindex or 0
        parts = {part: tokens[found.start(first + n)] for n, part in enumerate(shape.partition("_")[0], 1)}
        persian = any("۰" <= c <= "۹" for c in text[start:end])
        day, either, form = _READERS.get(shape, _read)(parts, re.split("[-_]", lang.lower())[0], persian)
        if day or either:
            yield Printed(start, end, day, either, form)


_Read = tuple[date | None, tuple[date, date] | None, str]
_ERAS = {"平成": 1988, "令和": 2018, "昭和": 1925, "民國": 1911, "民国": 1911, "h": 1988, "H": 1988}


def _read(parts: dict[str, str], lang: str, persian: bool) -> _Read:
    """Year, month and day each in its place; an era counts from its own year."""
    number = _number_of(parts["y"])
    year = number + _ERAS[parts["e"]] if "e" in parts else number
    return day_of(year, _month(parts["m"], lang), _number_of(parts["d"]), persian), None, ""


def _read_last(parts: dict[str, str], lang: str, persian: bool) -> _Read:
    """Numbers with the year last. Between dots only day.month is usual: German, Russian, Czech, Turkish …"""
    year, a, b = year_of(parts["y"]), int(parts["d"]), int(parts["m"])
    dmy, mdy = day_of(year, b, a, persian), day_of(year, a, b, persian)
    if year not in YEARS:  # Thai and Persian years go with day/month only
        return dmy, None, ""
    if dmy and mdy:
        return (dmy if dmy == mdy or parts["s"] == "." else None), ((dmy, mdy) if dmy != mdy else None), ""
    return dmy or mdy, None, "DMY" if dmy else "MDY"


def _read_short(parts: dict[str, str], lang: str, persian: bool) -> _Read:
    """A year of two digits: last, but first in some languages. 1.2.11 may be a version; 01.02.11, 16.2.11 are not."""
    a, b, c = (int(parts[part]) for part in "dmy")
    if lang in {"eu", "ja", "ko", "ne", "zh"} and len(parts["d"]) == 2 and (day := day_of(year_of(parts["d"]), b, c)):
        return day, None, ""
    padded = len(parts["d"] + parts["m"]) == 4 or a > 12
    if len(parts["y"]) < 2 or (parts["s"] == "." and not (padded and b <= 12)):
        return None, None, ""
    return _read_last(parts, lang, persian)


def _read_korean(parts: dict[str, str], lang: str, persian: bool) -> _Read:
    """11. 5. 16. is 2011 in Korean; Croatian and Serbian put a dot there too, after the year."""
    if lang not in {"", "ko"}:
        parts = dict(parts, y=parts["d"], d=parts["y"])
    return (day_of(year_of(parts["y"]), int(parts["m"]), int(parts["d"])) if len(parts["y"]) == 2 else None), None, ""


_READERS = {"dsmy": _read_last, "dsmy_short": _read_short, "ymd_korean": _read_korean}


def year_of(digits: str) -> int:
    """A year; of two digits, one in 1990–2089."""
    return int(digits) if len(digits) > 2 else int(digits) + (1900 if int(digits) >= 90 else 2000)


def _number_of(token: str) -> int:
    return 1 if token == "元" else int(token)  # the first year of an era


def _month(token: str, lang: str) -> int:
    """1–12, of the Jalali calendar 101–112; 0 for a name that means several and `lang` does not say which."""
    if token.isdigit():
        return int(token)
    word = fold(token)
    month = table("dates")["months"].get(word, 0)
    return month if isinstance(month, int) else month.get(lang, 0)


def day_of(year: int, month: int, day: int, persian: bool = False) -> date | None:
    """The Gregorian day, from Thai (+543) and Persian years too; None for one that is not, or of no blog."""
    try:
        if month > 100 or (persian and 1300 <= year <= 1450):
            made = _jalali(year, month % 100, day)
        else:
            made = date(year - 543 if 2400 <= year <= 2700 else year, month, day)
    except ValueError:
        return None
    return made if made.year in YEARS else None


def _jalali(year: int, month: int, day: int) -> date:
    """By the 33-year cycle, exact from 1206 to 1498: ICU's persncal.cpp, whose epoch is Julian day 1948320."""

    def start(y: int) -> int:
        return 1948319 + 365 * (y - 1) + (8 * y + 21) // 33 - 1721425

    days = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    found = start(year) + days + day
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30) and found <= start(year + 1)):
        raise ValueError
    return date.fromordinal(found)


@cache
def _plainer() -> dict[int, str]:
    """Characters that stand for a plainer one, one for one, so that offsets stay: digits, bidi marks, punctuation."""
    digits = {ord(zero) + n: str(n) for zero in table("dates")["zeros"] for n in range(10)}
    marks = dict.fromkeys([0x61C, 0x200B, 0xFEFF, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")
    signs = zip("（）［］：／．，、،٬。‐‑‒–−－—｜·•’＋⁄", "()[]:/.,,,,.------||||'+/", strict=True)
    return digits | marks | {ord(sign): plain for sign, plain in signs}


def plain(text: str) -> str:
    return text if text.isascii() else text.translate(_plainer())


# Accents and Arabic vowels are often left out; Arabic and Persian have each their own yeh and kaf.
_ALIKE = dict.fromkeys([*range(0x300, 0x370), *range(0x64B, 0x660), 0x640, 0x200C, 0x200D])
_ALIKE |= {ord("ı"): "i", ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک"}


def fold(word: str) -> str:
    """`word` as the tables spell it: no case, no accents, no comma or dot at its end, one kind of space."""
    import unicodedata

    bare = unicodedata.normalize("NFKD", word.casefold()).translate(_ALIKE).casefold()
    return " ".join(bare.rstrip(".,").split())


@cache
def _tokens() -> re.Pattern[str]:
    marks = r"\s\d!-/:-@\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf×÷\u2000-\u200b\u200e-\u206f\u2190-\u2bff"
    word = rf"[^{marks}\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]"
    return re.compile(
        r"\d{1,9}|\s{1,400}|[AaPp]\.\s?[Mm]\b\.?|[Dd]'"
        r"|[ก-ฮเ-ไ][ก-ฺเ-๎]{0,2}\.[ก-ฮ]{1,2}\.|[ກ-ໝ]{1,3}\.[ກ-ໝ]{1,2}\."  # Thai ม.ค., Lao ມ.ກ.
        r"|[Tt](?:háng|HÁNG|hg)\.?\s?(?:\d\d?|(?i:mười\s(?:một|hai))|[^\W\d_]{1,9})"  # Vietnamese months are numbered
        r"|(?:كانون|تشرين)\s\w{1,9}"  # the Levant has two Kanuns and two Tishrins
        rf"|{word}{{1,40}}|(?:(?<=\d)|(?<=\d\s))[년월일시분초](?!요일)|[가-힣]{{1,40}}|平成|令和|昭和|民[國国]|[上下]午|午[前後]|凌晨|[早晚]上"
        r"|[月火水木金土日]曜日?|(?:星期|週|周|礼拜|禮拜)[一二三四五六日天]|(?:十[一二]?|[一二三四五六七八九])月|.",
        re.DOTALL,
    )


@lru_cache(4096)
def _kind(token: str) -> str:
    """What `token` is in a date, as one letter: see `_shapes`."""
    if "0" <= token[0] <= "9":
        return _number_kind(token)
    if token.isspace():
        return " "
    word = fold(token)
    if word in table("dates")["months"]:
        return "M"
    return _kinds().get(word) or _kinds().get(word.replace(" ", "")) or _stray(token[0])


def _number_kind(token: str) -> str:
    number = int(token)
    if len(token) < 3:
        return "1" if 1 <= number <= 12 else "2" if 13 <= number <= 31 else "0"
    if len(token) == 3:
        return "3"
    known = len(token) == 4 and any(number - off in YEARS for off in (0, 543))
    return "9" if known or (len(token) == 4 and 1300 <= number <= 1450) else "N"


@cache
def _kinds() -> dict[str, str]:
    return {word: kind for kind, words in table("dates")["kinds"].items() for word in words.split()}


def _stray(char: str) -> str:
    """Punctuation is itself; x a letter, c one of a script that writes no spaces, * any other sign."""
    if not char.isalpha():
        return char if char in ".,:/-()[]|+@#$='_" else "*"
    return "c" if char >= "\u2e80" or any(first <= char <= last for first, last in _UNSPACED) else "x"


_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))  # Thai, Lao, Burmese, Khmer


@cache
def _shapes() -> re.Pattern[str]:
    """Every order that dates are printed in, over the letters of `_kind`.

    1 2 0 numbers of two digits: up to 12, up to 31, others; 3 of three digits; 9 a year; N any other
    M month name  w v weekday, short weekday  f filler: of, de, at  o ordinal ending  g word for year
    Y m d H n s  年 月 日 時 分 秒   E I era, its first year   a am, pm   h hour   t the T of ISO   z zone   V version
    """
    n = "[012]"
    time = (
        rf"(?:a ?)?{n}(?:[:.]{n}(?:[:.]{n})?| ?[hH] ?(?:{n} ?n?)?(?: ?{n} ?s)?| ?(?=a))"
        rf"(?: ?a)?(?: ?z)?(?: ?[+-](?:N|{n}:{n}))?"
    )
    alone = r"(?![01239NxMo_=])(?![-/:.,][01239NxM])"  # no part of a longer number, version, slug
    day, month = r"([12])(?:\.?[-(]?[of]\)?|\.)?", r"(M|1(?= ?m))(?:\.| ?m)?"
    cjk = r"(1) ?m ?([12]) ?d"
    shapes = {
        "ysmd": rf"(9) ?(?P<s1>[-/.]) ?(1) ?(?P=s1) ?([12])\.?{alone}",
        "ymd_cjk": rf"(9) ?Y ?{cjk}",
        "eymd": rf"(E) ?([0123I]) ?Y ?{cjk}",
        "eymd_dots": rf"([Eh])([12])\.(1)\.([12]){alone}",
        "dmy": rf"{day}[ /-]?(?:f ?){{0,2}}{month}[ ,/-]{{0,2}}(?:f\.? ?){{0,2}}(9){alone.replace('xM', '')}",
        "mdy": rf"{month}[ -]?(?:f )?{day}[ ,-]{{1,2}}(?:[wv],? )?(?:f )?(9)(?!:?[01239N])",
        "mdy_unix": rf"{month} {day} {time} (?:z )?(9)(?![01239N])",
        "ymd_words": rf"(9)(?:\(f\)f)?(?: ?g)?[ .,/-]{{0,2}}(?:f )?{month}[ -]?{day}(?: f\.)?{alone}(?!,? ?9)",
        "ydm_words": rf"(9)\.? ?g\.? ?{day} ?{month}",
        "dsmy": rf"([12]) ?(?P<s2>[-/.]) ?([12]) ?(?P=s2) ?(9){alone.replace('x', '')}",
        "ymd_korean": r"([012])\. (1)\. ([12])\.(?![01239N])(?! 9)",
        "dsmy_short": rf"([012])(?P<s3>[/.]) ?([12])(?P=s3) ?([012]){alone}",
    }
    before = rf"(?:{time}[ ,|-]{{1,3}}(?:f\.? ?)?)?(?:[(\[]?[wvM](?:[ -][wvMf])?\.?[)\]]?[.,]{{0,2}} ?(?:f ){{0,2}})?"
    after = (
        r"(?: ?g\.?)?\.?(?:[ ,]{0,2}[(\[][wvmd]\.?[)\]]|,? ?w(?:[ -][wv])?|, ?v\.?| v\.?(?=\Z| ?[|,(]| [012]))?"
        rf"(?:(?:t|[ ,:|(@-]{{1,3}})(?:f\.? ?){{0,3}}{time}(?![-/:.,]?[01239N])\)?)?"
    )
    apart = r"(?<![01239NxMwvfoghtza_/=#$+'])(?<![01239Nxc_]-)(?<![01239N][.,:])(?<!x\.)(?<!V)(?<!V )(?<!V\.)(?<!V\. )"
    one_of = "|".join(f"(?P<{name}>{shape})" for name, shape in shapes.items())
    return re.compile(rf"(?=[0129MwvEah(\[]){apart}{before}(?:{one_of}){after}")
