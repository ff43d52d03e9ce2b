"""Posts in a table of comma-separated values, by its columns' names: Wix, Beehiiv, Buttondown, Bear and others."""

import csv
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from urllib.parse import quote

from .. import dates, names, parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import DIRECTORY, Web
from . import _columns, _export, _fragments, _markdown, _ricos
from ._atom import paragraphs

post = _export.post
_TEXT = frozenset({"ricos", "html", "markdown", "plain"})
_DRAFT = frozenset({"draft", "false", "unpublished", "scheduled", "0", "no"})
_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9a-f]{24}")
csv.field_size_limit(64 << 20)


def claims(page: Page) -> Claim:
    """Also of a folder whose table has no texts: they lie beside it, each under its row's slug (Buttondown)."""
    if page.kind == DIRECTORY:
        return Claim.EXPORT if _columns.table(parse.text(page).split("\n")) else Claim.NO
    line = page.body[:65536].lstrip(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    if page.kind in {"text/html", "application/xml", "application/json"} or "," not in line or "\r" in line:
        return Claim.NO
    fields = set(_columns.fields(next(csv.reader([line]), [])).values())
    return Claim.EXPORT if {"title", "published"} <= fields and fields & _TEXT else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    if page.kind == DIRECTORY:
        page = web.get(urls.join(page.url, quote(_columns.table(parse.text(page).split("\n")))))
    places: list[tuple[str, int]] = []
    with _fragments.opened(web, page.url) as file, tempfile.TemporaryFile() as spool:
        rows = csv.DictReader(TextIOWrapper(file, "utf-8-sig", "replace", newline=""))
        fields = _columns.fields(list(rows.fieldnames or ()))
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
            told = json.loads(spool.readline())
            yield _export.entry(_post({**told, "markdown": told.get("markdown") or _beside(told, page, web)}, page))


def _post(told: Mapping[str, str], page: Page) -> Post:
    slug = told.get("slug", "").strip("/")
    url = told.get("url", "")
    tags = tuple(tag for tag in _columns.listed(told.get("tags", "")) if not _NUMBER.fullmatch(tag))
    return Post(
        id=told.get("id") or slug or url or told.get("title", ""),
        url=url if urls.is_web(url) else _export.address(page, slug or told.get("id", "") or told.get("title", "")),
        slug=slug or names.own_slug(url),
        title=told.get("title", ""),
        html=_body(told),
        summary=told.get("summary", ""),
        author=", ".join(_columns.listed(told.get("author", ""))),
        published=dates.machine(told.get("published", "")),
        updated=dates.machine(told.get("updated", "")),
        categories=tuple(
            dict.fromkeys(name for key in ("main", "categories") for name in _columns.listed(told.get(key, "")))
        ),
        tags=tags,
        draft=told.get("status", "").lower() in _DRAFT or not told.get("published"),
        cover=_ricos.picture(cover) if (cover := told.get("cover", "")).startswith(("wix:", "http")) else "",
    )


def _beside(told: Mapping[str, str], page: Page, web: Web) -> str:
    """The text of a row without one, from the file of its name; '' where there is none."""
    try:
        text = parse.text(web.get(f"{page.url[:-4]}/{quote(told['slug'])}.md")) if not _TEXT & set(told) else ""
    except (FetchError, KeyError):
        return ""
    return re.sub(r"\A\ufeff?<!--.*?-->", "", text)  # how its editor was set


def _body(told: Mapping[str, str]) -> str:
    written = told.get("markdown", "")
    return (
        _ricos.html(told.get("ricos", ""))
        or told.get("html", "")
        or (_markdown.html(written) if written else "")
        or paragraphs(told.get("plain", ""))
    )
