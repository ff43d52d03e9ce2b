"""What a page's head says of the post that the page is of: JSON-LD (schema.org) and meta elements."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import dates
from ..parse import Element
from . import _byline

_POSTS = frozenset({"BlogPosting", "Article", "NewsArticle", "SocialMediaPosting"})
_METAS = {
    "published": ("article:published_time", "datePublished", "dcterms.created", "dc.date.issued"),
    "updated": ("article:modified_time", "dateModified"),
    "author": ("author", "article:author", "dc.creator", "parsely-author"),
}


@dataclass(frozen=True, slots=True)
class Head:
    author: str = ""
    published: date | datetime | None = None
    updated: date | datetime | None = None


def read(tree: Element) -> Head:
    told = next(iter(_postings(tree)), {})
    metas = _metas(tree)
    name = str(told.get("author") or metas["author"])
    return Head(
        name if _byline.is_name(name) else "",
        dates.machine(str(told.get("datePublished") or metas["published"])),
        dates.machine(str(told.get("dateModified") or metas["updated"])),
    )


def _metas(tree: Element) -> dict[str, str]:
    said = {
        (m.get("property") or m.get("name") or m.get("itemprop") or ""): m.get("content", "") for m in tree.iter("meta")
    }
    return {field: next((said[name] for name in names if name in said), "") for field, names in _METAS.items()}


def _postings(tree: Element) -> Iterator[Mapping[str, Any]]:
    """Each posting with its author's name in place of the author."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json":
            nodes = list(_nodes(_parsed(script.text or "")))
            names = {node["@id"]: node.get("name") for node in nodes if isinstance(node.get("@id"), str)}
            for node in nodes:
                if not _POSTS.isdisjoint(_listed(node.get("@type"))):
                    yield {**node, "author": _name(node.get("author"), names)}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in _listed(value):
        if isinstance(each, dict):
            yield each
            yield from _nodes(each.get("@graph"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(author: Any, names: Mapping[str, Any]) -> str:
    found = next((each for each in _listed(author) if each), "")
    if isinstance(found, dict):
        found = found.get("name") or names.get(str(found.get("@id"))) or ""
    return found if isinstance(found, str) else ""
