"""What is known of each platform: known.json, a row each, as `blogark platforms` and README show it."""

import json
from functools import cache
from pathlib import Path

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
    told = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return tuple({**row, "modules": " ".join(row["modules"])} for row in told)


def lines() -> list[list[str]]:
    """The table's cells line by line, the heads first, a dash for an empty one."""
    return [list(COLUMNS.values()), *([row[name] or "–" for name in COLUMNS] for row in rows())]


def table() -> str:
    """The table as GFM."""
    head, *rest = lines()
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rest))
