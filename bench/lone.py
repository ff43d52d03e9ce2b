"""Single pages outside any blog: how much of their posts is read right, ours beside other extractors.

    python bench/lone.py FOLDER…               folders of pages with truth, in any of these shapes:
        */source.html, expected.html, expected-metadata.json      title, byline, publishedTime
        fixtures/*.html, expected/*.md                            front matter in JSON: title, author, published
        truth-from-feed.json and pages named as their URLs        an entry's title, author, published, content_html
        truth.json and pages by name                              title, author, date; with, without: parts of the body
        *.testhtml, *.json                                        title, author
    python bench/lone.py FOLDER… --half kept   only pages that are held out (kept) or open (seen); both by default
    python bench/lone.py FOLDER… --worst 20    and the pages that ours reads worst, never those held out

Body: F1 of the bag of words. Title and author: equal but for white space; `loose` also case, quotes, dashes and
"by". Day: the calendar day. Each only where truth is.
"""

import argparse
import json
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean, median
from time import process_time
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from markdown_it import MarkdownIt

from blogark import parse, to_markdown
from blogark.errors import ArchiveError
from blogark.model import Entry, Page
from blogark.platforms import _read
from blogark.platforms._item import Item


@dataclass(frozen=True)
class Got:
    body: str = ""  # its words, or as HTML
    title: str = ""
    author: str = ""
    day: str = ""  # 2011-05-16


@dataclass(frozen=True)
class Case:
    name: str
    url: str
    data: bytes
    truth: Got
    wanted: tuple[str, ...] = ()  # parts of the body, where its whole is not known
    unwanted: tuple[str, ...] = ()
    fields: frozenset[str] = field(default_factory=frozenset)

    @property
    def kept(self) -> bool:
        return zlib.crc32(self.name.encode()) % 2 == 1


# -- the shapes of truth --


def cases(folder: Path) -> Iterator[Case]:
    for shape in (_readability, _markdown, _feed, _parts, _recipes):
        yield from shape(folder)


def _readability(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("**/expected-metadata.json")):
        told, source = json.loads(file.read_text("utf-8")), file.with_name("source.html")
        if source.exists():
            body = _text(file.with_name("expected.html").read_text("utf-8"))
            truth = Got(body, told.get("title") or "", told.get("byline") or "", (told.get("publishedTime") or "")[:10])
            data = source.read_bytes()
            yield Case(file.parent.name, _address(data) or "http://fakehost/test/page.html", data, truth)


def _markdown(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("**/expected/*.md")):
        source = file.parent.parent / "fixtures" / f"{file.stem}.html"
        front = re.match(r"```json\n(.*?)\n```\n", text := file.read_text("utf-8"), re.S)
        if front and source.exists():
            data, told = source.read_bytes(), json.loads(front[1])
            named = re.search(rb'<!--\s*\{"url":\s*"([^"]+)"', data[:2000])
            url = named[1].decode() if named else _address(data) or "https://example.com/post"
            body = rendered(text[front.end() :])
            truth = Got(body, told.get("title", ""), told.get("author", ""), (told.get("published") or "")[:10])
            yield Case(file.stem, url, data, truth)


def _feed(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("**/truth-from-feed.json")):
        told = json.loads(file.read_text("utf-8"))
        saved = {
            _letters(str(path.relative_to(file.parent))): path for path in file.parent.rglob("*") if path.is_file()
        }
        for entry in (entry for blog in (told if isinstance(told, list) else [told]) for entry in blog["entries"]):
            parts = urlsplit(entry["url"])
            names = (f"{parts.netloc}{parts.path}", parts.path)
            path = next((saved[key] for name in names if (key := _letters(name)) in saved), None)
            if path:
                day = re.sub(r"T.*(?:Z|\+00:00)$", "", entry["published"])[:10]
                truth = Got(_text(entry["content_html"]), entry["title"], entry["author"], day)
                yield Case(entry["url"], entry["url"], path.read_bytes(), truth)


def _parts(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("**/truth.json")):
        for name, by_tool in json.loads(file.read_text("utf-8")).items():
            told = by_tool.get("trafilatura")
            path = next(file.parent.glob(f"**/{name}"), None)
            if told and path:
                truth = Got("", told.get("title", ""), told.get("author", ""), told.get("date", ""))
                yield Case(name, told["url"], path.read_bytes(), truth, (*told["with"],), (*told["without"],))


def _recipes(folder: Path) -> Iterator[Case]:
    for file in sorted(folder.glob("**/*.testhtml")):
        told = json.loads(file.with_suffix(".json").read_text("utf-8"))
        truth = Got("", told.get("title", ""), told.get("author", ""))
        yield Case(file.stem, told.get("canonical_url") or "https://example.com/post", file.read_bytes(), truth)


def _address(data: bytes) -> str:
    """What a saved page calls itself."""
    told = rb'<link[^>]+rel="canonical"[^>]+href="(https?:[^"]+)"|property="og:url"\s+content="(https?:[^"]+)"'
    found = re.search(told, data)
    return (found[1] or found[2]).decode("utf-8", "replace") if found else ""


def _letters(name: str) -> str:
    return re.sub(r"(?:\.html?)?$|[\W_]+", "", unquote(name)).casefold()


def _text(html: str) -> str:
    body = parse.fragment(html)
    for silent in list(body.iter("script", "style", "template")):
        parse.drop(silent)
    return " ".join(map(str, body.itertext()))


def rendered(markdown: str) -> str:
    return _text(MarkdownIt("gfm-like", {"linkify": False}).render(re.sub(r"\[\^\w+\]:?", "", markdown)))


# -- the extractors --


def ours(case: Case) -> Got:
    with suppress(ArchiveError):
        page = Page(case.url, case.data, {"content-type": "text/html"}, 200)
        post = _read.from_page(page, Entry(case.url, case.url), Item(url=case.url))
        return Got(post.html, post.title, post.author, str(post.day or ""))
    return Got()


def trafilatura(**options: bool) -> Callable[[Case], Got]:
    from trafilatura import bare_extraction

    def run(case: Case) -> Got:
        found = bare_extraction(
            case.data, url=case.url, with_metadata=True, include_comments=False, include_tables=True, **options
        )
        if found is None:
            return Got()
        return Got(found.text or "", found.title or "", found.author or "", found.date or "")

    return run


def readability(case: Case) -> Got:
    from readability import Document

    document = Document(parse.decode(case.data))
    return Got(lxml.html.fromstring(document.summary()).text_content(), document.short_title())


def resiliparse(case: Case) -> Got:
    from resiliparse.extract.html2text import extract_plain_text

    return Got(extract_plain_text(parse.decode(case.data), main_content=True, comments=False))


def tools() -> Iterator[tuple[str, Callable[[Case], Got]]]:
    yield "blogark", ours
    for package, made in (
        ("trafilatura", lambda: trafilatura()),
        ("trafilatura", lambda: trafilatura(fast=True)),
        ("trafilatura", lambda: trafilatura(favor_precision=True)),
        ("trafilatura", lambda: trafilatura(favor_recall=True)),
    ):
        with suppress(ImportError):
            yield package, made()
    for name, run in (("readability", readability), ("resiliparse", resiliparse)):
        with suppress(ImportError):
            __import__(name)
            yield name, run


# -- the measure --


def bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"[぀-ヿ一-鿿]|[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def f1(got: Counter[Any], truth: Counter[Any]) -> float:
    both = (got & truth).total()
    return 2 * both / max(got.total() + truth.total(), 1) if got or truth else 1.0


def body_of(case: Case, got: Got) -> float | None:
    if not case.wanted:
        return f1(bag(got.body), bag(case.truth.body)) if case.truth.body.strip() else None
    said = " ".join(got.body.split())
    right = sum(" ".join(part.split()) in said for part in case.wanted)
    wrong = sum(" ".join(part.split()) in said for part in case.unwanted)
    return 2 * right / (right + wrong + len(case.wanted))


def strict(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def loose(text: str) -> str:
    folded = strict(text).casefold().translate(dict(zip(map(ord, "‘’“”–—‐"), "''\"\"---", strict=True)))
    return re.sub(r"^(?:posted |written )?by:?\s+", "", folded)


def share(right: list[bool]) -> str:
    return f"{100 * sum(right) / len(right):5.1f}" if right else "    -"


def row(name: str, every: list[tuple[Case, Got]], seconds: float) -> str:
    bodies = [score for case, got in every if (score := body_of(case, got)) is not None]
    told = {
        (key, fold): [
            fold(getattr(got, key)) == fold(value) for case, got in every if (value := getattr(case.truth, key))
        ]
        for key in ("title", "author", "day")
        for fold in (strict, loose)
    }
    cells = [
        share(told[key, fold])
        for key, fold in (("title", strict), ("title", loose), ("author", strict), ("author", loose), ("day", strict))
    ]
    return " ".join(
        [
            f"{name:24}",
            f"{mean(bodies):.3f} {median(bodies):.3f}" if bodies else "    -     -",
            *cells,
            f"{len(every) / seconds:7.1f}",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", choices=["seen", "kept"])
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--only", default="", help="one tool")
    options = parser.parse_args()
    ran = {name: run for name, run in named() if options.only in name}
    for folder in options.folders:
        every = list(cases(folder))
        for half in (options.half,) if options.half else ("seen", "kept"):
            chosen = [case for case in every if case.kept == (half == "kept")]
            counts = {
                key: sum(bool(getattr(case.truth, key)) for case in chosen)
                for key in ("body", "title", "author", "day")
            }
            print(f"\n{folder.name}, {half}: {len(chosen)} pages, truth of {counts}")
            print(f"{'':24} body   med.  title loose author loose   day  pages/s")
            for name, run in ran.items() if chosen else ():
                start = process_time()
                got = [(case, run(case)) for case in chosen]
                seconds = process_time() - start
                if name == "blogark":  # the words that are written: formulas are no letters apart
                    got = [(case, replace(each, body=rendered(to_markdown(each.body)))) for case, each in got]
                print(row(name, got, seconds), flush=True)
                if name == "blogark" and half == "seen":
                    worst(got, options.worst)


def named() -> Iterator[tuple[str, Callable[[Case], Got]]]:
    variants = iter(("", " fast", " precision", " recall"))
    for name, run in tools():
        yield name + (next(variants) if name == "trafilatura" else ""), run


def worst(got: list[tuple[Case, Got]], most: int) -> None:
    scored = sorted(((body_of(case, each), case, each) for case, each in got), key=lambda row: (row[0] is None, row[0]))
    for score, case, each in scored[:most]:
        print(f"   {score} {case.name} | {len(bag(each.body))} words of {len(bag(case.truth.body))}")
    for key in ("title", "author", "day") if most else ():
        for case, each in got:
            truth, said = getattr(case.truth, key), getattr(each, key)
            if truth and loose(said) != loose(truth):
                print(f"   {key}: {case.name[:50]} | {said!r} | truth {truth!r}")


if __name__ == "__main__":
    main()
