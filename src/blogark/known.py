"""What is known of each platform: known.json, a row each, as `blogark platforms` and README show it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

COLUMNS = {
    "name": "Platform",
    "live": "A living blog is read by",
    "export": "Exports read",
    "comments": "Comments",
    "originals": "Original pictures",
    "notes": "Notes",
}


@cache
def rows() -> tuple[dict[str, str], ...]:
    """Each platform as `COLUMNS` name it, all words; and "modules", which read it, with spaces between."""
    return tuple(
        {**{name: row[name] for name in COLUMNS}, "modules": " ".join(row["modules"] + row["files"])} for row in _told()
    )


def all_modules() -> frozenset[str]:
    """The modules that read any of them."""
    return frozenset(name for row in _told() for name in row["modules"] + row["files"])


def of_files() -> frozenset[str]:
    """Of these modules those that read exports, and nothing else."""
    return frozenset(name for row in _told() for name in row["files"])


@cache
def _told() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return found


def lines() -> list[list[str]]:
    """The table's cells line by line, the heads first, a dash for an empty one."""
    return [list(COLUMNS.values()), *([row[name] or "–" for name in COLUMNS] for row in rows())]


def table() -> str:
    """The table as GFM."""
    head, *rest = lines()
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rest))
