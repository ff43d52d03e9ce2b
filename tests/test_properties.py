"""What holds for anything: names, front matter, addresses, dates, the journal. Seeded: the same examples every time."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from blogark import Post, dates, disk, names, parse, urls
from blogark.events import Event, Failed, Lost, Rescued, Saved, Wrote
from blogark.journal import Journal
from blogark.layouts import _front, plain
from blogark.model import Media, Page
from blogark.printed import find_all
from blogark.store import Store

settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")

NASTY = (
    *("../../../etc/passwd", "..\\..\\windows", "a\x00b", "\x1b[2J\x1b]0;title\x07", "CON", "aux.md", "nul "),
    *("com1.txt", "LPT9", "trailing.", "trailing ", " . ", ".", "..", "~", "-rf", "\u202egnp.exe"),
    *("\u2066a\u2069", "\ufeffbom", "a\u200bb", "a\nb", "a\r\nb", "a\u2028b", "a\x85b", "a\tb", "café"),
    *("cafe\u0301", "CAFÉ", "ﬁ", "ſ", "İ", "ß", "ẞ", "Å", "\u212b", "null", "~", "yes", "No", "on", "0o17"),
    *("0x1F", "1e3", ".inf", "12:30:45", "2011-05-16", "=", "<<", "!tag", "&a", "*a", "- a", "? a", ": a"),
    *("a: b", "a #b", "#a", "%a", "@a", "`a", "---", "...", "'", '"', "\\", "{a", "[a", "]", "|", ">", "😀"),
    *("\U0010ffff", "\ufffd", "\ufffe", "\x7f", "\x80", "\x9b31m", "\xa0", "\u3000", " ", ""),
    *(":)", ":a", "1,000", "1_000", "0b1", "1.", "+1", "12e03", ".5", "1:30", "0.1.2", "1,000.5", "\t", "a: ", " #"),
    *("x" * 300, "가" * 300),
)  # fmt: skip
sound = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
texts = st.sampled_from(NASTY) | sound | st.lists(st.sampled_from(NASTY), max_size=3).map(" ".join)
broken = st.text(st.sampled_from("\ud800\udfffab "), max_size=4)  # as JSON may escape it
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
# Half hours west of Greenwich are left out: Psych reads -03:30 as -02:30.
offsets = st.sampled_from([*range(-12, 15), 5.5, 5.75, 9.5]).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 12, 31), timezones=offsets).map(
    lambda moment: moment.replace(microsecond=0)
)


# -- names

UNSAFE = re.compile(r'[\x00-\x20\x7f-\x9f<>:"/\\|?*~]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|^[-.]|[. ]$')
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.I)


def is_safe(name: str) -> bool:
    return 0 < len(name.encode()) <= 120 and not UNSAFE.search(name) and not DEVICE.match(name)


def folded(name: str) -> str:
    """What a file system that minds neither case nor composition knows a name by."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


@settings(max_examples=400)
@given(texts, texts | broken, st.none() | days, st.sampled_from(["post", "page"]), st.booleans())
def test_a_post_has_a_safe_place_for_any_title(own: str, title: str, day: date | None, kind: Any, draft: bool) -> None:
    post = Post("1", f"http://a.example/{own}", slug=own, title=title, published=day, kind=kind, draft=draft)
    path = plain.path(post)
    folder, _, name = path.rpartition("/")
    assert is_safe(name) and re.fullmatch(r"posts/(\d{4}|undated)|pages|drafts", folder), path
    assert plain.path(post) == path


@settings(max_examples=400)
@given(texts | broken, st.text("0123456789abcdef", min_size=64, max_size=64), st.sampled_from([".png", ".jpg", ".bin"]))
def test_a_picture_has_a_safe_name_for_any_address(own: str, digest: str, extension: str) -> None:
    for url in (f"http://a.example/{own}", f"http://a.example/x?file={own}", f"data:{own}", own):
        made = names.media(url, digest, extension)
        assert (
            is_safe(made) and made.endswith(f"-{digest[:8]}{extension}") and made == names.media(url, digest, extension)
        )


@settings(max_examples=60)
@given(st.lists(texts, min_size=2, max_size=6))
@example(["café", "cafe\u0301", "CAFÉ", "Cafe\u0301"])
@example(["ẞ", "ß", "ss", "SS", "ſs"])
@example(["İ", "i\u0307", "I", "i", "ı"])
def test_places_differ_where_neither_case_nor_composition_counts(titles: list[str]) -> None:
    with TemporaryDirectory() as folder, Store.alone(Path(folder)) as store:
        posts = [Post(str(n), f"http://a.example/?p={n}", title=title) for n, title in enumerate(titles)]
        paths = [store.place(post, plain.path(post)) for post in posts]
    assert len(set(map(folded, paths))) == len(paths)
    assert all(is_safe(path.rpartition("/")[2]) for path in paths)


# -- front matter

values = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "author": texts,
        "date": days | moments,
        "updated": moments,
        "source": st.just("https://a.example/가?b=1&c=#d"),
        "comment_count": st.integers(0, 10**6),
        "tags": st.lists(texts, min_size=1, max_size=3).map(tuple),
        "draft": st.just(True),
    },
)


SIGNS = (*"aYnéß가漢ªΩ09_./%-: #,'", "no", "ON", "True", "null", "https://", "0x1F", "1e3", "\U00020000")
wordy = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)


@settings(max_examples=500)
@given(texts | wordy, days | moments | st.booleans() | st.integers())
@example("https://a.example/no", True)
@example("y", False)
@example("a ", 0)
@example("\U00020000", 0)
def test_what_is_written_without_asking_pyyaml_is_what_it_writes(words: str, value: Any) -> None:
    said = {"text": words, "words": (words, "a"), "value": value, words: "key", "lines": [words], "deep": {"a": words}}
    assert _front.dump(said) == "".join(_front._yaml({name: each}) for name, each in said.items())


def block(said: dict[str, Any]) -> str:
    text = _front.front_matter(said, plain.MARKS)
    assert text.startswith("---\n") and text.endswith("---\n") and text.count("\n---\n") == 1
    return text.removeprefix("---\n").removesuffix("---\n")


def known(said: dict[str, Any]) -> dict[str, Any]:
    """What front matter is to say of this: nothing of what is empty."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in said.items() if v not in ("", ())}


def ruamel(version: tuple[int, int], kind: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        reader = pytest.importorskip("ruamel.yaml").YAML(typ=kind, pure=True)
        reader.version = version
        return reader.load(text)

    return read


def same(read: Any, said: Any) -> bool:
    """Equal, and of the same type; ruamel's readers of YAML give moments in UTC without saying so."""
    if isinstance(said, dict):
        return isinstance(read, dict) and read.keys() == said.keys() and all(same(read[k], said[k]) for k in said)
    if isinstance(said, list):
        return isinstance(read, list) and len(read) == len(said) and all(map(same, read, said))
    if isinstance(said, datetime) and isinstance(read, datetime) and read.tzinfo is None:
        read = read.replace(tzinfo=UTC)
    return type(read) is type(said) and bool(read == said)


READERS: dict[str, Callable[[str], Any]] = {
    "PyYAML": yaml.safe_load,
    "libyaml": lambda text: yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)),
    "ruamel 1.2": ruamel((1, 2), "safe"),
    "ruamel 1.1": ruamel((1, 1), "safe"),
}


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=250)
@given(said=values)
def test_front_matter_reads_back_as_it_was_written(reader: str, said: dict[str, Any]) -> None:
    assert same(READERS[reader](block(said)) or {}, known(said))


def examples(number: int) -> list[dict[str, Any]]:
    """That many front matters, each nasty text in some of them."""
    made = [{"title": one, "author": two, "tags": (one, two)} for one, two in zip(NASTY, reversed(NASTY), strict=True)]
    made = [{k: v for k, v in each.items() if v not in ("", ("", ""))} for each in made]

    @settings(max_examples=number, database=None)
    @given(values)
    def take(said: dict[str, Any]) -> None:
        made.append(said)

    take()
    return [known(each) for each in made]


PSYCH = """require 'psych'; require 'json'; require 'date'
shown = lambda { |v| case v
  when Hash then v.transform_values(&shown)
  when Array then v.map(&shown)
  when Time then {'moment' => v.to_i}
  when Date then {'day' => v.iso8601}
  else v end }
puts JSON.generate(JSON.parse(STDIN.read).map { |text| shown.(Psych.safe_load(text, permitted_classes: [Date, Time])) })
"""


def told(value: Any) -> Any:
    """As the Ruby above shows it."""
    if isinstance(value, datetime):
        return {"moment": int(value.timestamp())}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, dict):
        return {k: told(v) for k, v in value.items()}
    return [told(v) for v in value] if isinstance(value, list) else value


@pytest.mark.engines
def test_jekylls_yaml_reads_front_matter_as_it_was_written() -> None:
    if not shutil.which("ruby"):
        pytest.skip("needs ruby, whose YAML is Jekyll's")
    said = [each for each in examples(300) if each]
    asked = json.dumps([block(each) for each in said])
    run = subprocess.run(
        ["ruby", "-e", PSYCH], input=asked, capture_output=True, text=True, encoding="utf-8", check=True
    )
    read = json.loads(run.stdout)
    assert [pair for pair in zip(read, map(told, said), strict=True) if pair[0] != pair[1]] == []


@pytest.mark.engines
def test_hugos_yaml_reads_front_matter_as_it_was_written(tmp_path: Path) -> None:
    hugo = shutil.which("hugo") or shutil.which("hugo", path=str(Path(sys.executable).parent))
    if not hugo:
        pytest.skip("needs hugo")
    (tmp_path / "hugo.toml").write_text("buildFuture = true\nbuildDrafts = true\nbuildExpired = true\n")
    said = [{**each, "title": each.get("title", "x")} for each in examples(150)]
    (tmp_path / "content").mkdir()
    for number, each in enumerate(said):
        (tmp_path / f"content/{number}.md").write_bytes(f"---\n{block(each)}---\nbody\n".encode())
    command = [hugo, "convert", "toJSON", "-o", str(tmp_path / "out")]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=100)
    for number, each in enumerate(said):
        text = next((tmp_path / "out").rglob(f"{number}.md")).read_text("utf-8")
        read, _ = json.JSONDecoder().raw_decode(text)
        for name, value in each.items():
            if isinstance(value, datetime):
                assert datetime.fromisoformat(read[name].replace("Z", "+00:00")) == value
            elif isinstance(value, date):
                assert read[name][:10] == value.isoformat()
            else:
                assert read[name] == value


# -- addresses

addresses = st.text(max_size=60) | st.builds(
    lambda scheme, host, path, query, end: f"{scheme}://{host}/{path}{f'?{query}' if query else ''}{end}",
    st.sampled_from(["http", "https", "HTTP", "file"]),
    st.sampled_from(
        ["a.example", "WWW.a.example", "a.example:80", "a.example:8080", "[::1]", "[::1", "a:b", "한글.kr", "a@b"]
    ),
    st.text("ab/.%2Fé?#가 ", max_size=20),
    st.text("abm=1&%2F+ ", max_size=20),
    st.sampled_from(["", "#", "#c1", "/", "//", "/index.html"]),
)


@settings(max_examples=500)
@given(addresses, addresses)
def test_any_address_is_borne(url: str, base: str) -> None:
    for made in (
        urls.key(url),
        urls.clean(url),
        urls.join(base, url),
        urls.domain(url),
        urls.path(url),
        urls.root(url),
    ):
        assert isinstance(made, str)
    assert urls.query(url, a=1) and urls.split(url).port != 0
    assert isinstance(names.own_slug(url), str) and isinstance(urls.is_local(url), bool)


@settings(max_examples=500)
@given(addresses)
@example("https://www.a.example/2011/05/a-post.html")
@example("http://www.com/a_b~c/")
@example("https://a.blogspot.co.kr/2011/05/a.html")
@example("http://a.example/about/index.html")
def test_a_key_is_of_the_page_however_it_is_reached(url: str) -> None:
    assert urls.clean(urls.clean(url)) == urls.clean(url)
    parts = urls.split(url)
    if (
        parts.scheme in {"http", "https"}
        and parts.hostname
        and ":" not in parts.hostname
        and not url.endswith(("#", "?"))
    ):
        assert urls.key(urls.clean(url)) == urls.key(url)
        assert urls.key(parts._replace(fragment="x").geturl()) == urls.key(url)
        assert urls.key(f"http://{urls.key(url)}") == urls.key(url)


# -- dates


@settings(max_examples=500)
@given(days | moments)
def test_a_date_as_machines_write_it_comes_back(when: date | datetime) -> None:
    assert dates.machine(when.isoformat()) == when
    if isinstance(when, datetime):
        assert dates.machine(when.strftime("%a, %d %b %Y %H:%M:%S %z")) == when


@settings(max_examples=500)
@given(st.text("0123456789-/.:, TZ+年月日MayJn", max_size=40) | texts)
def test_no_date_is_read_that_is_not_written(text: str) -> None:
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    for found in (dates.machine(text), *(printed.day for printed in find_all(text))):
        day = found.date() if isinstance(found, datetime) else found
        if day and not re.search("[年年号]|[۰-۹]", text):
            assert f"{day.year % 100:02}" in digits and str(day.day) in digits


@settings(max_examples=200)
@given(days, st.sampled_from(["en", "de", "fr", "ko", "ja", "ru", "es", "it", "pt", "pl", "zh", "tr", "nl"]),
       st.sampled_from(["full", "long", "medium"]))  # fmt: skip
def test_a_printed_day_comes_back(day: date, lang: str, style: str) -> None:
    from babel.dates import format_date

    assume(day.day > 12 and day.year >= 2000)  # below, and of years of two digits, its order is another matter
    found = next(find_all(f"Ann | {format_date(day, style, locale=lang)} | 3", lang), None)
    assert found and found.settle("DMY") == day


# -- the journal

ids = st.sampled_from(["1", "2", "a b", "가\u2028나", 'q"\\', "\x00"])
paths = st.sampled_from(["posts/a.md", "posts/A.md", "posts/b.md", "media/가.png"])
medias = st.builds(Media, ids, ids, paths, st.sampled_from(["aa", "bb"]), st.integers(0, 9), st.just("image/png"))
news = st.one_of(
    st.builds(Wrote, ids, paths, st.sampled_from(["00", "11"])),
    st.builds(Saved, medias),
    st.builds(Lost, ids, ids, texts),
)
facts = st.one_of(
    news,
    st.builds(Rescued, medias),
    st.builds(Failed, ids, texts, ids),
    st.tuples(st.just("note_listed"), ids, texts),
    st.tuples(st.just("note_found"), ids, ids),
    st.tuples(st.just("note_captures"), ids, st.lists(st.tuples(ids, ids), max_size=2)),
    st.tuples(st.just("note_loose"), ids, st.frozensets(ids, max_size=2)),
    st.tuples(st.just("note_moving"), st.dictionaries(ids, paths, max_size=2)),
    st.tuples(st.just("note_lifted")),
    st.tuples(st.just("note_settled")),
)


def tell(journal: Journal, fact: Any) -> None:
    if isinstance(fact, Event):
        journal.hear(fact)
    else:
        getattr(journal, fact[0])(*fact[1:])


def state(journal: Journal) -> dict[str, Any]:
    return {
        name: json.loads(json.dumps(value, default=_plainly)) for name, value in vars(journal).items() if name[0] != "_"
    }


def _plainly(value: Any) -> Any:
    return sorted(value) if isinstance(value, set | frozenset) else astuple(value)


@settings(max_examples=150)
@given(facts=st.lists(facts, max_size=12), tear=st.floats(0, 1))
def test_a_journal_torn_anywhere_is_a_journal_of_less(facts: list[Any], tear: float) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "journal.jsonl"
        journal, states = stack.enter_context(closing(Journal(path))), []
        states.append(state(journal))
        for fact in facts:
            size = path.stat().st_size if path.exists() else 0
            tell(journal, fact)
            if path.exists() and path.stat().st_size > size:
                states.append(state(journal))
        whole = path.read_bytes() if path.exists() else b""
        assert state(Journal(path)) == state(journal) == states[-1] and len(states) == whole.count(b"\n") + 1
        torn = whole[: round(len(whole) * tear)]
        path.write_bytes(torn)
        disk.mend(path)
        again = Journal(path)
        assert state(again) == states[torn.count(b"\n")] and path.read_bytes() == torn[: torn.rfind(b"\n") + 1]


@settings(max_examples=100)
@given(st.lists(news, max_size=12))
def test_what_is_known_is_not_noted_again(facts: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        last: dict[Any, Any] = {}
        with closing(Journal(path)) as journal:
            for fact in facts:
                tell(journal, fact)
                key = fact.media.url if isinstance(fact, Saved) else (fact.post, getattr(fact, "what", None))
                last[type(fact), key] = fact
        size = path.stat().st_size if path.exists() else 0
        with closing(Journal(path)) as again:
            for fact in last.values():
                tell(again, fact)
        assert (path.stat().st_size if path.exists() else 0) == size


# -- what JSON may hold


@given(broken)
def test_half_a_character_in_json_is_none(half: str) -> None:
    read = parse.json(Page("http://a.example/", json.dumps({"title": half, "ids": [half]}).encode()))
    read["title"].encode()
    read["ids"][0].encode()
