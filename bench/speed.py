"""Body to Markdown: what it costs, as a ratio to lxml's parse of the same bodies in the same run.

    python bench/speed.py                      the bodies of fixtures/
    python bench/speed.py bodies.jsonl         an HTML body a line, under the key "html"
    python bench/speed.py FOLDER --rounds 9    every .html (its <body>) and .jsonl below it

Peers come with `pip install -e '.[bench]'`; one that is not installed is named as such.
"""

import argparse
import importlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time

import lxml.html

from blogark import to_markdown

Convert = Callable[[str], object]
PEERS = (("markdownify", "markdownify"), ("html2text", "html2text"), ("html_to_markdown", "convert"))


def bodies(path: Path) -> Iterator[str]:  # of a file, or of every file below a folder
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix in (".html", ".md", ".jsonl") or file.parent.name == "feeds":
                yield from bodies(file)
        return
    source = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".jsonl":
        yield from (json.loads(line)["html"] for line in source.splitlines())
    elif path.suffix == ".md":  # cases, each a title, HTML and Markdown
        yield from re.split(r"^\.\n", source, flags=re.M)[1::3]
    elif source.startswith("{"):  # Blogger's feed
        yield from (entry["content"]["$t"] for entry in json.loads(source)["feed"].get("entry", ()))
    elif source.strip():
        page = lxml.html.document_fromstring(source.encode())
        yield from (lxml.html.tostring(body, encoding="unicode") for body in page.iter("body"))


def tools() -> Iterator[tuple[str, Convert | None]]:  # None: not installed
    yield from (("lxml's parse alone", lxml.html.fromstring), ("blogark", to_markdown))
    for module, function in PEERS:
        try:
            yield module, getattr(importlib.import_module(module), function)
        except ImportError:
            yield module, None


def seconds(convert: Convert, documents: list[str]) -> float:
    start = process_time()
    for document in documents:
        convert(document)
    return process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("path", nargs="?", type=Path, default=Path(__file__).parent.parent / "fixtures")
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    documents = [body for body in bodies(given.path) if body.strip()]
    size = len("".join(documents).encode()) / 1e6
    print(f"{len(documents):,} bodies, {size:.2f} MB, {given.rounds} rounds, medians")
    for name, convert in tools():
        if convert is None:
            print(f"{name:20} not installed")
            continue
        seconds(convert, documents[:20])
        rounds = [(seconds(convert, documents), seconds(lxml.html.fromstring, documents)) for _ in range(given.rounds)]
        took, ratio = median(own for own, _ in rounds), median(own / floor for own, floor in rounds)
        print(f"{name:20}{ratio:7.1f} x lxml{len(documents) / took:9,.0f} bodies/s{size / took:7.1f} MB/s")


if __name__ == "__main__":
    main()
