"""What the columns of a table of posts are called, and where the texts lie that are not in it."""

import json
import re
from collections.abc import Iterable

_COLUMNS = {  # what each field is called, the surest first
    "title": "title post_title web_title subject name",
    "ricos": "rich_content",
    "html": "content_html html body_html post_content content body",
    "markdown": "content_markdown markdown body_markdown",
    "plain": "plain_content content_text text",
    "url": "post_page_url url permalink canonical_url link",
    "slug": "slug",
    "id": "internal_id id post_id uid guid",
    "published": "published_date publish_date published_at post_date published date pub_date created_at",
    "updated": "last_published_date updated_at last_updated modified",
    "author": "author authors author_name",
    "categories": "categories category",
    "main": "main_category",
    "tags": "tags content_tags labels all_tags",
    "status": "status is_published publish draft",
    "cover": "cover_image thumbnail_url featured_image image",
    "summary": "excerpt custom_excerpt subtitle web_subtitle summary meta_description description",
}
_KNOWN = {name: field for field, names in _COLUMNS.items() for name in names.split()}


def fields(header: list[str]) -> dict[str, str]:
    """Which column has which field."""
    found = {re.sub(r"\W+", "_", name.strip().lower()).strip("_"): name for name in header}
    pairs = {field: column for name, column in reversed(found.items()) if (field := _KNOWN.get(name))}
    for field, wanted in _COLUMNS.items():
        if best := next((found[name] for name in wanted.split() if name in found), ""):
            pairs[field] = best
    return {column: field for field, column in pairs.items()}


def listed(text: str) -> list[str]:
    """The names in a cell: a JSON list, or parted by semicolons or commas."""
    if text.startswith("["):
        try:
            return [str(each) for each in json.loads(text)]
        except (ValueError, RecursionError):
            pass
    return [name for each in re.split(r"\s*;\s*" if ";" in text else r"\s*,\s*", text) if (name := each.strip())]


def table(names: Iterable[str]) -> str:
    """Which of a folder's files is the table of its Markdown: NAME.csv, beside NAME/ with all of it; '' for none."""
    names = list(names)
    folders = {name.rpartition("/")[0] for name in names if name.lower().endswith(".md")}
    return next((name for name in names if name.endswith(".csv") and folders == {name[:-4]}), "")
