"""Exports whose values are not what their platform writes: posts or a clear error, never a mistake of ours."""

import csv
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from handed import EXPORTS, zipped

from blogark import handed
from blogark.choose import all_platforms
from blogark.errors import ArchiveError

STRANGE = [
    None,
    [],
    {},
    [None],
    {"a": 1},
    "",
    "x",
    "[",
    "²",
    -1,
    1e308,
    True,
    "9" * 400,
    "0000-00-00",
    "http://[",
    "[" * 3000,
]
LEXICAL = [
    '{"root":{"children":[{"type":"paragraph","children":3}]}}',
    '{"root":{"children":[{"type":"text","format":"x"},{"type":"heading","tag":3},{"type":"list"}]}}',
    '{"version":"0.3.1","sections":[[1,"p",[[0,[5],1,"x"]]],[10,99],[2]]}',
    '{"nodes":[{"type":"HEADING","headingData":{"level":"x"}}]}',
    '{"nodes":3}',
]
Path_ = tuple[str | int, ...]


def take(path: Path) -> None:
    """All of an export, read as a run reads it."""
    with suppress(ArchiveError):
        found = handed.take(path)
        if found:
            platform = all_platforms()[found.export or "generic"]
            for entry in platform.entries(found.page, found.web):
                platform.post(entry, found.web)


def places(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Where values stand in JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*at, key)
        yield from places(each, (*at, key))


GHOST = json.loads((EXPORTS / "ghost.json").read_text("utf-8"))


@pytest.mark.parametrize("table", GHOST["db"][0]["data"])
def test_any_value_of_a_database_may_be_anything(table: str, tmp_path: Path) -> None:
    for at in places(GHOST["db"][0]["data"][table]):
        for strange in [*STRANGE, *(LEXICAL if at[-1] in {"lexical", "mobiledoc"} else ())]:
            told = json.loads((EXPORTS / "ghost.json").read_text("utf-8"))
            holder = told["db"][0]["data"][table]
            for key in at[:-1]:
                holder = holder[key]
            holder[at[-1]] = strange
            (tmp_path / "ghost.json").write_text(json.dumps(told), "utf-8")
            take(tmp_path / "ghost.json")


COLUMNS = {
    "Title": "T",
    "Slug": "t",
    "Published Date": "2020-01-01T00:00:00Z",
    "Main Category": "Tea",
    "Tags": '["x"]',
    "Cover Image": "wix:image://v1/c/c.jpg",
    "Rich Content": "{}",
    "Post Page URL": "/post/t",
    "Internal ID": "i1",
    "Status": "published",
    "HTML": "<p>x</p>",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_any_cell_of_a_table_may_be_anything(column: str, tmp_path: Path) -> None:
    for strange in (each for each in (*STRANGE, *LEXICAL, "wix:", "wix:image://") if isinstance(each, str)):
        with (tmp_path / "posts.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerows([COLUMNS, COLUMNS.values(), (COLUMNS | {column: strange}).values()])
        take(tmp_path / "posts.csv")


@pytest.mark.parametrize(
    "name", ["date", "tags", "category", "author", "draft", "slug", "permalink", "image", "weight"]
)
def test_any_value_of_front_matter_may_be_anything(name: str, tmp_path: Path) -> None:
    written = [
        "[",
        "{a: {b: []}}",
        "!!python/object:x",
        "&a [*a]",
        "12:99:99",
        "190:20:30",
        "|",
        "{? [a] : b}",
        "[[1]]",
    ]
    for strange in (*written, *map(str, STRANGE)):
        post = f"---\ntitle: T\n{name}: {strange}\n---\nx\n"
        take(zipped(tmp_path / "site.zip", {"_posts/2020-01-01-t.md": post}))


def test_a_cell_without_its_address_is_no_mistake_of_ours(tmp_path: Path) -> None:
    rows = "post_id,post_date,is_published,title\n1.one,x,x,x\n,,,\n²,0000,true\n"
    take(zipped(tmp_path / "substack.zip", {"posts.csv": rows, "posts/1.one.html": "x"}))
    take(zipped(tmp_path / "letters.zip", {"emails.csv": "subject\nx\n", "emails/x.md": "x"}))
    take(zipped(tmp_path / "none.zip", {"emails.csv": "", "emails/x.md": "x"}))
