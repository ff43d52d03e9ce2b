"""What a page's head says of the post that the page is of: JSON-LD (schema.org) and meta elements."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .. import dates, parse, urls
from ..parse import Element
from . import _byline

_POSTS = frozenset(
    "BlogPosting Article NewsArticle SocialMediaPosting TechArticle Report Review LiveBlogPosting".split()
)
_METAS = {
    "title": ("og:title", "twitter:title", "dc.title"),
    "site": ("og:site_name", "application-name"),
    "cover": ("og:image",),
    "keywords": ("keywords",),
    "published": (
        "article:published_time datepublished og:published_time article:published og:article:published_time "
        "dcterms.created dcterms.date dc.date.issued dc.date.created dc.date citation_publication_date citation_date "
        "parsely-pub-date sailthru.date publishdate publish_date pubdate date.release date"
    ).split(),
    "updated": ("article:modified_time", "og:updated_time", "datemodified"),
    "author": (
        "author article:author dc.creator dcterms.creator parsely-author sailthru.author citation_author byl"
    ).split(),
}


@dataclass(frozen=True, slots=True)
class Head:
    author: str = ""  # by JSON-LD
    byline: str = ""  # by meta, which as often names the site
    published: date | datetime | None = None
    updated: date | datetime | None = None
    headline: str = ""
    titles: tuple[str, ...] = ()  # with the site's name or without
    site: str = ""  # the blog's name
    cover: str = ""  # as written: relative, maybe


def read(tree: Element) -> Head:
    told = next(iter(_postings(tree)), {})
    metas = _metas(tree)
    whole = " ".join(parse.words(e) for e in list(tree.iter("title"))[:1])
    return Head(
        _said(told.get("author")),
        next(filter(_byline.is_name, [_person(metas["author"])]), ""),
        dates.machine(str(told.get("datePublished") or metas["published"])),
        dates.machine(str(told.get("dateModified") or metas["updated"])),
        _said(told.get("headline")),
        tuple(filter(None, (_said(metas["title"]), whole))),
        _said(metas["site"]),
        metas["cover"],
    )


def addresses(tree: Element, base: str) -> tuple[str, ...]:
    """The addresses, canonical or short, at which a page says that it is."""
    rels = frozenset({"canonical", "shortlink", "amphtml"})
    return tuple(urls.join(base, e.get("href", "")) for e in tree.iter("link") if e.get("rel", "").lower() in rels)


def keywords(tree: Element) -> tuple[str, ...]:
    """Keywords by JSON-LD, else by a meta element."""
    told = next(iter(_postings(tree)), {}).get("keywords") or _metas(tree)["keywords"]
    said = told.split(",") if isinstance(told, str) else _listed(told)
    return tuple(dict.fromkeys(filter(None, map(_said, said))))


def _said(text: Any) -> str:
    """Words of a machine's; '' for a template's place that nothing was put into."""
    found = " ".join(text.split()) if isinstance(text, str) else ""
    return "" if "{{" in found else found


def _metas(tree: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for m in tree.iter("meta"):
        name = m.get("property") or m.get("name") or m.get("itemprop") or ""
        said.setdefault(name.lower(), m.get("content", ""))
    return {field: next((said[name] for name in names if said.get(name)), "") for field, names in _METAS.items()}


def _postings(tree: Element) -> Iterator[Mapping[str, Any]]:
    """Each posting with its author's name in place of the author; what else has a day comes after."""
    others = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", ""):
            nodes = list(_nodes(_parsed(script.text or "")))
            names = {node["@id"]: node.get("name") for node in nodes if isinstance(node.get("@id"), str)}
            for node in nodes:
                told = {**node, "author": _names(node.get("author"), names)}
                if not _POSTS.isdisjoint(_listed(node.get("@type"))):
                    yield told
                elif "datePublished" in node:
                    others.append({**told, "headline": ""})  # a page, a recipe, a picture: its name is not the title
    yield from others


def _parsed(text: str) -> Any:
    """JSON, though some themes wrap it in a comment or end it with a semicolon."""
    start, end = re.search(r"[\[{]", text), max(text.rfind("]"), text.rfind("}"))
    try:
        return json.loads(text[start.start() : end + 1], strict=False) if start else None
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    for each in _listed(value):
        if isinstance(each, list):
            yield from _nodes(each)
        elif isinstance(each, dict):
            yield each
            for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _nodes(each.get(inner))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(author: Any, names: Mapping[str, Any]) -> str:
    """Every author's name, as a list in words."""
    found = (_person(named) for each in _listed(author) for named in _listed(_named(each, names)))
    return ", ".join(dict.fromkeys(filter(_byline.is_name, found)))


def _named(author: Any, names: Mapping[str, Any]) -> Any:
    return author.get("name") or names.get(str(author.get("@id"))) if isinstance(author, dict) else author


def _person(text: Any) -> str:
    """A name without the address that some write behind it."""
    return re.sub(r"[\s,(|–—-]*https?:\S+$", "", _said(text)).removeprefix("By ").removeprefix("by ")
