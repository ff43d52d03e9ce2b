"""Feeds of the Blogger family, as Atom (RFC 4287) or as Google's JSON of it, in one shape."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import parse
from ..errors import ReadError
from ..model import Page


@dataclass(frozen=True, slots=True)
class Atom:
    """One <entry> or <feed>, whichever way it was written."""

    values: Mapping[str, str]  # text by local name
    links: tuple[Mapping[str, str], ...]
    categories: tuple[Mapping[str, str], ...]
    author: str = ""
    answers: str = ""  # id of what it replies to (RFC 4685)

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()

    @property
    def identity(self) -> str:
        """Its id, else what tells it from others."""
        return self.text("id") or self.link("alternate") + self.text("published") + self.text("title")

    def link(self, rel: str, kind: str = "") -> str:
        """The address of the first link of that relation (and media type)."""
        found = (link for link in self.links if link.get("rel", "alternate") == rel)
        return next((link.get("href", "") for link in found if not kind or link.get("type", kind) == kind), "")


def feed(page: Page) -> tuple[Atom, list[Atom]]:
    """A feed and its entries; ReadError when the page is none."""
    body = page.body.lstrip()[:1]
    if body == b"{" or "json" in page.kind:
        data = parse.json(page)
        if not isinstance(data, dict) or not isinstance(data.get("feed"), dict):
            raise ReadError(page.url, "is no feed")
        return _of_json(data["feed"]), [_of_json(entry) for entry in _records(data["feed"].get("entry"))]
    root = parse.xml(page)
    if str(root.tag).rpartition("}")[2] != "feed":
        raise ReadError(page.url, "is no Atom feed")
    return _of_xml(root), [_of_xml(entry) for entry in root.iterfind("{*}entry")]


def _of_json(entry: Mapping[str, Any]) -> Atom:
    values = {name.rpartition("$")[2]: _text(value) for name, value in entry.items() if isinstance(value, dict)}
    authors = [_text(author.get("name")) for author in _records(entry.get("author"))]
    answered = _attributes(entry.get("thr$in-reply-to"))
    return Atom(
        values,
        _attributes(entry.get("link")),
        _attributes(entry.get("category")),
        next(iter(authors), ""),
        answered[0].get("ref", "") if answered else "",
    )


def _records(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list that may be one object, or hold anything: servers and proxies send what they like."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _attributes(value: Any) -> tuple[Mapping[str, str], ...]:
    return tuple({k: v for k, v in record.items() if isinstance(v, str)} for record in _records(value))


def _text(value: Any) -> str:
    return parse.clean(str(value.get("$t") or "")) if isinstance(value, dict) else ""


def _of_xml(entry: Any) -> Atom:
    values = {
        str(child.tag).rpartition("}")[2]: _content(child) for child in reversed(entry) if isinstance(child.tag, str)
    }
    name, answered = entry.find("{*}author/{*}name"), entry.find("{*}in-reply-to")
    return Atom(
        values,
        tuple(dict(link.attrib) for link in entry.iterfind("{*}link")),
        tuple(dict(category.attrib) for category in entry.iterfind("{*}category")),
        (name.text or "").strip() if name is not None else "",
        answered.get("ref", "") if answered is not None else "",
    )


def _content(element: Any) -> str:
    """The text of an Atom text construct; what type="xhtml" holds as markup, as HTML."""
    if len(element) and element.get("type") == "xhtml":
        return parse.html(element[0], inner=True)
    return "".join(map(str, element.itertext()))


def plain_title(text: str) -> str:
    """A title as text: feeds escape it once more, or put tags into it, as they please."""
    bare = re.sub(r"</?(?:b|i|em|strong|span|font|sup|sub|br|u|a)\b[^>]*>", "", text) if "<" in text else text
    return " ".join(html.unescape(bare).split())


def pages(first: str, get: Any, following: Any) -> Iterator[tuple[Atom, list[Atom]]]:
    """Feed after feed until one is empty or brings nothing new, never stopping for a short one.

    `get(url)` gives a Page; `following(received, entries)` the address after so many entries.
    """
    seen: set[str] = set()
    url, received = first, 0
    while True:
        head, entries = feed(get(url))
        new = [entry for entry in entries if entry.identity not in seen]
        if not new:
            return
        seen |= {entry.identity for entry in new}
        received += len(entries)
        yield head, new
        url = following(received, entries)
