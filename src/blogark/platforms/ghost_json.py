"""Ghost's own export: its database as JSON; posts as HTML, else as mobiledoc, lexical or Markdown."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import dates
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..web import Web, stream
from . import _export, _ghost_doc, _markdown, _records
from ._records import Record

post = _export.post
_SIGN = re.compile(
    rb'\s*\{\s*"(?:db|meta|data)"\s*:.{0,4000}?"(?:posts|posts_authors|posts_tags|tags|users|settings|integrations|migrations'
    rb'|roles|products|benefits|snippets|newsletters|custom_theme_settings)"\s*:\s*\[',
    re.S,
)
_DATA = r'"data"\s*:\s*\{'
_HERE = "__GHOST_URL__"


@dataclass(slots=True)
class _Tables:
    """The small tables, and where the posts are."""

    posts: list[tuple[str, int, int]] = field(default_factory=list)  # published, offset, size
    named: dict[str, dict[str, Any]] = field(default_factory=dict)  # tags and users by id
    links: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))  # "tags 12" -> ids
    metas: dict[str, dict[str, Any]] = field(default_factory=dict)  # by post
    settings: dict[str, str] = field(default_factory=dict)


def claims(page: Page) -> Claim:
    known = _SIGN.match(page.body) and (b'"exported_on"' in page.body or b'"posts"' in page.body)
    return Claim.EXPORT if known else Claim.NO


def home(page: Page, web: Web) -> str:
    """The blog's own address, where its settings say it; exports of Ghost since 4.0 do not."""
    found = re.search(rb'"(?:canonical_url|site_url|blog_url)"[^{}]{0,200}?"value"\s*:\s*"(https?://[^"]+)"', page.body)
    return found[1].decode("utf-8", "replace") if found else ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root = home(page, web)
    with stream(web, page.url) as file:
        tables = _Tables()
        for record in _records.records(file, _DATA, page.url):
            _note(tables, record)
        if not tables.posts:
            raise ReadError(page.at, "no post is in this export")
        for _, offset, size in sorted(tables.posts, reverse=True):
            file.seek(offset)
            yield _export.entry(_post(page, root, tables, Record("posts", offset, file.read(size)).value()))


def _note(tables: _Tables, record: Record) -> None:
    if record.table not in {"posts", "tags", "users", "posts_tags", "posts_authors", "posts_meta", "settings"}:
        return
    told = record.value()
    match record.table:
        case "posts":
            when = str(told.get("published_at") or told.get("updated_at") or told.get("created_at") or "")
            tables.posts.append((when, record.offset, len(record.data)))
        case "tags" | "users":
            tables.named[f"{record.table} {told.get('id')}"] = told
        case "posts_tags" | "posts_authors":
            other = told.get("tag_id") or told.get("author_id")
            order = dates.number(str(told.get("sort_order"))) or 0
            tables.links[f"{record.table} {told.get('post_id')}"].append((order, str(other)))
        case "posts_meta":
            tables.metas[str(told.get("post_id"))] = told
        case "settings":
            tables.settings[str(told.get("key"))] = str(told.get("value") or "")


def _post(page: Page, root: str, tables: _Tables, told: Mapping[str, Any]) -> Post:
    number, slug, status = (str(told.get(name) or "") for name in ("id", "slug", "status"))
    url = f"{root.rstrip('/')}/{slug}/" if root and slug else _export.address(page, slug or number)

    def here(text: Any) -> str:
        return str(text or "").replace(f"{_HERE}/", f"{root.rstrip('/')}/" if root else "file:///")

    body = told.get("html") or _ghost_doc.html(told.get("mobiledoc"), told.get("lexical"))
    published = dates.machine(str(told.get("published_at") or "")) or dates.machine(str(told.get("created_at") or ""))
    shut = str(told.get("visibility") or "public")
    return Post(
        id=number or slug,
        url=url,
        slug=slug,
        title=str(told.get("title") or ""),
        html=here(body or _markdown.html(str(told.get("markdown") or ""))),
        summary=str(told.get("custom_excerpt") or ""),
        author=", ".join(_names(tables, "users", f"posts_authors {number}") or _author(tables, told)),
        published=published,
        updated=dates.machine(str(told.get("updated_at") or "")),
        tags=tuple(n for n in _names(tables, "tags", f"posts_tags {number}") if not n.startswith("#")),
        kind="page" if told.get("type") == "page" or told.get("page") in (1, True) else "post",
        draft=status in {"draft", "scheduled"},
        lang=str(told.get("locale") or tables.settings.get("locale") or tables.settings.get("lang") or ""),
        cover=here(told.get("feature_image") or told.get("image")),
        extra={
            **({"visibility": shut} if shut not in {"", "public"} else {}),
            **({"status": status} if status == "scheduled" else {}),
        },
    )


def _names(tables: _Tables, table: str, links: str) -> list[str]:
    found = (tables.named.get(f"{table} {other}", {}) for _, other in sorted(tables.links.get(links, ())))
    return [str(each["name"]) for each in found if each.get("name")]


def _author(tables: _Tables, told: Mapping[str, Any]) -> list[str]:
    who = tables.named.get(f"users {told.get('author_id')}", {}).get("name")
    return [str(who)] if who else []
