"""Posts in a table of comma-separated values, by its columns' names: Wix, Beehiiv, Buttondown, Bear and others."""

import csv
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from io import TextIOWrapper

from .. import dates, names, urls
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _export, _fragments, _markdown, _ricos
from ._atom import paragraphs

post = _export.post
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
    "categories": "categories main_category category",
    "tags": "tags content_tags labels all_tags",
    "status": "status is_published publish draft",
    "cover": "cover_image thumbnail_url featured_image image",
    "summary": "excerpt custom_excerpt subtitle web_subtitle summary meta_description description",
}
_KNOWN = {name: field for field, names in _COLUMNS.items() for name in names.split()}
_TEXT = frozenset({"ricos", "html", "markdown", "plain"})
_DRAFT = frozenset({"draft", "false", "unpublished", "scheduled", "0", "no"})
_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{24}")
csv.field_size_limit(64 << 20)


def claims(page: Page) -> Claim:
    line = page.body[:65536].lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    if page.kind in {"text/html", "application/xml", "application/json"} or "," not in line or "\r" in line:
        return Claim.NO
    fields = set(_fields(next(csv.reader([line]), [])).values())
    return Claim.EXPORT if {"title", "published"} <= fields and fields & _TEXT else Claim.NO


def _fields(header: list[str]) -> dict[str, str]:
    """Which column has which field."""
    found = {re.sub(r"\W+", "_", name.strip().lower()).strip("_"): name for name in header}
    pairs = {field: column for name, column in reversed(found.items()) if (field := _KNOWN.get(name))}
    for field, wanted in _COLUMNS.items():
        if best := next((found[name] for name in wanted.split() if name in found), ""):
            pairs[field] = best
    return {column: field for field, column in pairs.items()}


def entries(page: Page, web: Web) -> Iterator[Entry]:
    places: list[tuple[str, int]] = []
    with _fragments.opened(web, page.url) as file, tempfile.TemporaryFile() as spool:
        rows = csv.DictReader(TextIOWrapper(file, "utf-8-sig", "replace", newline=""))
        fields = _fields(list(rows.fieldnames or ()))
        try:
            for row in rows:
                told = {fields[name]: (value or "").strip() for name, value in row.items() if name in fields}
                places.append((_export.sortable(dates.machine(told.get("published", ""))), spool.tell()))
                spool.write(json.dumps(told).encode() + b"\n")
        except csv.Error as error:
            raise ReadError(page.at, f"is torn on line {rows.line_num:,}: {error}") from error
        if not places:
            raise ReadError(page.at, "has columns of a blog and no post")
        for _, place in sorted(places, reverse=True):
            spool.seek(place)
            yield _export.entry(_post(json.loads(spool.readline()), page))


def _post(told: Mapping[str, str], page: Page) -> Post:
    slug = told.get("slug", "").strip("/")
    url = told.get("url", "")
    tags = tuple(tag for tag in _listed(told.get("tags", "")) if not _NUMBER.fullmatch(tag))
    return Post(
        id=told.get("id") or slug or url or told.get("title", ""),
        url=url if urls.is_web(url) else _export.address(page, slug or told.get("id", "") or told.get("title", "")),
        slug=slug or names.own_slug(url),
        title=told.get("title", ""),
        html=_body(told),
        summary=told.get("summary", ""),
        author=", ".join(_listed(told.get("author", ""))),
        published=dates.machine(told.get("published", "")),
        updated=dates.machine(told.get("updated", "")),
        categories=tuple(_listed(told.get("categories", ""))),
        tags=tags,
        draft=told.get("status", "").lower() in _DRAFT or not told.get("published"),
        cover=_ricos.picture(cover) if (cover := told.get("cover", "")).startswith(("wix:", "http")) else "",
    )


def _body(told: Mapping[str, str]) -> str:
    written = told.get("markdown", "")
    return (
        _ricos.html(told.get("ricos", ""))
        or told.get("html", "")
        or (_markdown.html(written) if written else "")
        or paragraphs(told.get("plain", ""))
    )


def _listed(text: str) -> list[str]:
    """The names in a cell: a JSON list, or parted by semicolons or commas."""
    if text.startswith("["):
        try:
            return [str(each) for each in json.loads(text)]
        except ValueError:
            pass
    return [name for each in re.split(r"\s*;\s*" if ";" in text else r"\s*,\s*", text) if (name := each.strip())]
