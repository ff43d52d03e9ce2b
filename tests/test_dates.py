"""Dates and comment counts: readable cases in fixtures/, laws over any text and over all of CLDR."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blogark import dates
from blogark.dates import Printed, count, find, find_all, from_url, machine, number, order

ROOT = Path(__file__).parent.parent
KST = timezone(timedelta(hours=9))


def cases(name: str) -> list[tuple[str, str, str]]:
    """Text, language, what is expected."""
    return [*lines(name)]


def lines(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (ROOT / "fixtures" / name).read_text("utf-8").splitlines():
        if line and not line.startswith("# ") and line != "#":
            text, lang, expected = line.rsplit(" | ", 2)
            text = re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), text).replace("\\n", "\n")
            yield text, "" if lang == "-" else lang, expected


def marked(text: str) -> tuple[str, tuple[int, int] | None]:
    """The text without its guillemets, and where they stood."""
    if "«" not in text:
        return text, None
    return re.sub("[«»]", "", text), (text.index("«"), text.index("»") - 1)


def told(found: Printed | None) -> str:
    if found is None:
        return "none"
    return str(found.day) if found.day else " or ".join(map(str, found.either or ()))


@pytest.mark.parametrize(("text", "lang", "expected"), cases("dates.txt"))
def test_printed(text: str, lang: str, expected: str) -> None:
    text, span = marked(text)
    found = find(text, lang)
    assert told(found) == expected
    if span and found:
        assert text[found.start : found.end] == text[slice(*span)]


@pytest.mark.parametrize(("text", "lang", "expected"), cases("counts.txt"))
def test_counted(text: str, lang: str, expected: str) -> None:
    text, span = marked(text)
    found = count(text, lang)
    assert ("none" if found is None else "?" if found.number is None else str(found.number)) == expected
    if span and found:
        assert text[found.start : found.end] == text[slice(*span)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011-05-16T15:05:07Z", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("2011-05-16T15:05:07.123+09:00", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("2011-05-16T15:05:07+0900", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("2011-05-16T15:05+09", datetime(2011, 5, 16, 15, 5, tzinfo=KST)),
        ("2011-05-16t15:05:07,5z", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("2011-05-16 15:05:07 +0900", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("2011-05-16 15:05:07 UTC", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("20110516T150507Z", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("2011-05-16T23:59:60Z", datetime(2011, 5, 16, 23, 59, 59, tzinfo=UTC)),
        ("2011-05-16T15:05:07", date(2011, 5, 16)),
        ("2011-05-16 15:05:07", date(2011, 5, 16)),
        ("2011-05-16", date(2011, 5, 16)),
        (" 2011-05-16\n", date(2011, 5, 16)),
        ("20110516", date(2011, 5, 16)),
        ("Mon, 16 May 2011 15:05:07 +0900", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("Mon, 16 May 2011 15:05:07 GMT", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("16 May 11 15:05 EST", datetime(2011, 5, 16, 15, 5, tzinfo=timezone(timedelta(hours=-5)))),
        ("Mon, 16 May 2011 15:05:07 PDT", datetime(2011, 5, 16, 15, 5, 7, tzinfo=timezone(timedelta(hours=-7)))),
        ("Mon, 16 May 2011 15:05:07 KST", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("Mon, 16 May 2011 15:05:07 JST", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("Monday, 16-May-11 15:05:07 GMT", datetime(2011, 5, 16, 15, 5, 7, tzinfo=UTC)),
        ("Mon, 16 May 2011 15:05:07 -0330", datetime(2011, 5, 16, 15, 5, 7, tzinfo=timezone(-timedelta(hours=3.5)))),
        ("Mon, 16 May 2011 15:05:07 XYZ", date(2011, 5, 16)),
        ("Mon, 16 May 2011 15:05:07", date(2011, 5, 16)),
        ("16 May 2011", date(2011, 5, 16)),
        ("Mon May 16 15:05:07 2011", date(2011, 5, 16)),
        ("Mon May 16 15:05:07 +0900 2011", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        ("Mon May 16 2011 15:05:07 GMT+0900 (KST)", datetime(2011, 5, 16, 15, 5, 7, tzinfo=KST)),
        *((text, None) for text in (
            "", "0000-00-00", "0000-00-00T00:00:00Z", "2011-05", "2011", "2011-05-32", "2011-02-30T00:00:00Z",
            "2011-13-01", "2011-05-16T25:00:00Z", "2011-05-16T15:05:07+99:00", "1970-01-01T00:00:00Z", "2150-01-01",
            "now", "Mon, 32 May 2011",
            "Mon, 16 Foo 2011 15:05:07 GMT", "5/16/2011", "1305525907", "16. Mai 2011", "2011-05-16T", "９９９９-05-16",
        )),
    ],
)  # fmt: skip
def test_machine(text: str, expected: date | datetime | None) -> None:
    found = machine(text)
    assert (found, type(found)) == (expected, type(expected))
    if isinstance(found, datetime) and isinstance(expected, datetime):
        assert found.utcoffset() == expected.utcoffset()


def test_machine_of_nothing() -> None:
    assert machine(None) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://some.blog/2011/05/post.html", (2011, 5, None)),
        ("https://some.blog/2011/05/16/post", (2011, 5, 16)),
        ("https://some.blog/2011/5/6/", (2011, 5, 6)),
        ("https://some.blog/2011/05/16-things.html", (2011, 5, None)),
        ("https://some.blog/2011/05/", (2011, 5, None)),
        ("https://some.blog/2011/05", (2011, 5, None)),
        ("https://some.blog/2011-05-16-slug", (2011, 5, 16)),
        ("https://some.blog/p/2011-05-16.html", (2011, 5, 16)),
        ("https://some.blog/entry/20110516/1305525907", (2011, 5, 16)),
        ("https://some.blog/2011_05_01_archive.html#123", (2011, 5, None)),
        ("https://some.blog/2011/02/31/post", (2011, 2, None)),
        ("https://web.archive.org/web/20180101000000/http://some.blog/2011/05/post.html", (2011, 5, None)),
        ("/2011/05/post.html", (2011, 5, None)),
        ("https://some.blog/2011/13/post.html", None),
        ("https://some.blog/1911/05/post.html", None),
        ("https://some.blog/search?updated-max=2011-05-16T19:00", None),
        ("https://some.blog/?p=/2011/05/16/", None),
        ("https://2011-05-16.some.blog/post", None),
        ("https://some.blog/123456", None),
        ("https://some.blog/2011", None),
        ("", None),
    ],
)
def test_from_url(url: str, expected: tuple[int, int, int | None] | None) -> None:
    assert from_url(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3), ("0", 0), ("1,234", 1234), ("1.234", 1234), ("1\u00a0234", 1234), ("1 234", 1234), ("1'234", 1234),
        ("1,234,567", 1234567), ("１２", 12), ("٣", 3), ("۱۲", 12), ("१२", 12), (" (13) ", 13), ("2011", 2011),
        ("", None), ("three", None), ("1.2", None), ("1,2345", None), ("3 comments", None),
        ("-3", None), ("9" * 6000, None),
    ],
)  # fmt: skip
def test_number(text: str, expected: int | None) -> None:
    assert number(text) == expected


def ordered(*texts: str, hints: tuple[tuple[int, int] | None, ...] = ()) -> str:
    return order([found for text in texts if (found := find(text))], hints)


def test_order_by_a_day_that_is_no_month() -> None:
    assert ordered("5/6/2018", "3/17/2018") == "MDY"
    assert ordered("5/6/2018", "17/3/2018") == "DMY"
    assert ordered("5/6/2018") == ordered() == ordered("16 May 2011", "2011-05-16") == ""


def test_order_by_address() -> None:
    assert ordered("5/6/2018", hints=((2018, 5),)) == "MDY"
    assert ordered("5/6/2018", hints=((2018, 6),)) == "DMY"
    assert ordered("5/6/2018", "7/8/2018", hints=(None, (2018, 7))) == "MDY"
    assert ordered("5/6/2018", hints=((2018, 9),)) == ""


def test_order_by_a_listing_that_runs_one_way() -> None:
    assert ordered("3/4/2018", "2/5/2018", "1/6/2018") == ""  # down by month, up by day
    assert ordered("6/5/2018", "6/3/2018", "5/7/2018") == "MDY"
    assert ordered("5/7/2018", "6/3/2018", "6/5/2018") == "MDY"
    assert ordered("7/6/2018", "3/6/2018", "5/5/2018") == "DMY"
    assert ordered("6/5/2018", "6/3/2018") == ""


def test_order_divided() -> None:
    assert ordered("17/3/2018", "3/17/2018") == ""
    assert ordered("17/3/2018", "3/17/2018", "4/17/2018") == "MDY"


def test_settle() -> None:
    found = find("5/6/2018")
    assert found and found.day is None and found.settle("") is None
    assert found.settle("DMY") == date(2018, 6, 5) and found.settle("MDY") == date(2018, 5, 6)
    plain = find("16 May 2011")
    assert plain and plain.settle("MDY") == plain.settle("") == date(2011, 5, 16)
    dotted = find("05.06.2011")
    assert dotted and dotted.settle("") == date(2011, 6, 5) and dotted.settle("MDY") == date(2011, 5, 6)


def test_every_date_of_a_line() -> None:
    text = "May 16, 2011 — updated 17.05.2011 (was 5/6/2011)"
    assert [text[f.start : f.end] for f in find_all(text)] == ["May 16, 2011", "17.05.2011", "5/6/2011"]


anything = (
    st.text()
    | st.text("0123456789./-:,() \u00a0\u200f年月日년월일MayH平成at3")
    | st.from_regex(r"(\d{1,4}[-/. ]){1,5}")
)


@settings(max_examples=500, deadline=None)
@given(anything)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for found in find_all(text):
        assert 0 <= found.start < found.end <= len(text)
        assert found.day or found.either
    for counted in [count(text)]:
        assert counted is None or 0 <= counted.start < counted.end <= len(text)
    assert number(text) is None or number(text) >= 0  # type: ignore[operator]
    machine(text), from_url(text)


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1 ", " ", ".", "1/", "a", "may ", "16 ", "11. 5. 16", "(", "년", "comment ", "댓글", "3 "]
)
def test_a_megabyte_of_anything_is_read_to_its_end(piece: str) -> None:
    """Where a pattern backtracks, this does not come to its end within the limit of a test."""
    text = (piece * 1_000_000)[:1_000_000]
    assert machine(text) is None and from_url(text) is None
    assert all(found.day or found.either for found in find_all(text))
    if piece not in {"comment ", "댓글"}:  # whose every word is looked at
        assert count(text) is None


def test_importing_loads_no_table() -> None:
    code = "import blogark.printed; assert not blogark.printed.table.cache_info().currsize"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "src")})


def maker() -> ModuleType:
    pytest.importorskip("babel")
    script = ROOT / "bench" / "make_date_tables.py"
    if not script.exists():
        pytest.skip("only in the repository")
    spec = importlib.util.spec_from_file_location("make_date_tables", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_is_what_the_script_makes() -> None:
    made, kept = maker(), dates.table("dates")
    if made.table()["made"] != kept["made"]:
        pytest.skip(f"another Babel than {kept['made']}")
    assert made.text() == made.TABLE.read_text("utf-8")


# Telugu's full form parts day and month by a comma, as no other does; the Irish September is two words.
# Irish and Albanian weekdays are two words, of which the first is left out.
UNREAD = {("te", "full"), ("ga", "full"), ("ga", "long"), ("sq", "full")}


@pytest.mark.parametrize("style", ["full", "long", "medium"])
def test_every_date_of_cldr_is_read(style: str) -> None:
    made = maker()
    from babel.dates import format_date

    wrong = []
    for locale in made.LOCALES:
        for day in (date(2000 + n % 26, n % 12 + 1, 13 + n % 16) for n in range(48)):
            text = format_date(day, style, locale=locale)
            found = find(f"Ann | {text} | 3", locale.partition("_")[0])
            if not found or found.settle("DMY") != day or found.start != 6 or text[found.end - 6 :].strip(" ."):
                wrong.append((locale, text, found))
    assert [case for case in wrong if (case[0], style) not in UNREAD] == []


def test_the_data_files_are_whole() -> None:
    for name in ("dates", "counts"):
        assert json.loads((ROOT / "src" / "blogark" / f"{name}.json").read_text("utf-8")) == dates.table(name)
