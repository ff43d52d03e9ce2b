"""Feeds in XML: Atom 0.3 and 1.0, RSS 0.9x to 2.0, RSS 1.0 (RDF); by feedparser what is too torn for lxml."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from .. import charsets, parse, urls
from ..errors import ReadError
from ..model import Page
from ..parse import Element
from ._atom import Atom, listed, paragraphs
from ._atom_json import attributes, records, string

_SPACES = {  # of what stands beside a format's own names, by what tells it; any other goes by its prefix
    "purl.org/dc/elements": "dc", "purl.org/dc/terms": "dcterms", "modules/content": "content", "mrss": "media",
    "itunes": "itunes", "modules/slash": "slash", "syndication/thread": "thr", "opensearch": "opensearch",
    "2005/Atom": "atom", "feedburner": "feedburner", "1999/xhtml": "xhtml",
}  # fmt: skip
_MEANS = {  # what each of Atom's names is called elsewhere, the surest first
    "title": ("title", "atom:title", "dc:title", "media:title"),
    "content": ("content:encoded", "content", "atom:content", "xhtml:body", "xhtml:div", "body", "fullitem"),
    "summary": ("description", "summary", "atom:summary", "dc:description", "itunes:summary"),
    "published": (
        "published", "issued", "pubdate", "created", "atom:published", "dcterms:issued", "dcterms:created", "dc:date",
    ),
    "updated": ("updated", "modified", "atom:updated", "dcterms:modified"),
    "id": ("id", "guid", "atom:id"),
    "total": ("thr:total", "slash:comments", "lj:reply-count"),
    "totalResults": ("opensearch:totalresults",),
    "generator": ("generator",),
    "language": ("language", "dc:language"),
}  # fmt: skip
_AUTHORS = ("author", "dc:creator", "atom:author", "dc:author", "itunes:author")
_CATEGORIES = frozenset({"category", "dc:subject", "atom:category"})
_LINKS = {  # relations of what RSS has elements for
    "feedburner:origlink": "alternate", "link": "alternate", "comments": "replies", "enclosure": "enclosure",
    "media:content": "image", "media:thumbnail": "image",
}  # fmt: skip
_MARKUP = re.compile(r"</?(?:p|br|div|a|img|h\d|[uo]l|li|b|i|em|strong|pre|code|table|blockquote|span)\b[^<>]*>", re.I)
_C1 = {n: bytes([n]).decode("cp1252", "ignore") for n in range(0x80, 0xA0)}  # as HTML reads &#146;, XML does not
_OWN_OFFSET = re.compile(r"[+-](?!00:?00)\d\d:?\d\d$")
_BASE, _LANG = (f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("base", "lang"))
_MOST_TORN = 2 << 20  # characters; feedparser can be kept busy for ever
_POST = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>])", re.I)
_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.I)


def feed(page: Page) -> tuple[Atom, list[Atom]]:
    """A feed and its entries; ReadError when the page is none."""
    text = parse.text(page)
    if not _ROOT.search(text):
        raise ReadError(page.url, "is no feed" if text.strip() else "is empty, no feed")
    root = parse.xml(page)
    head, entries = _xml_feed(root, page.at)
    if len(text) < _MOST_TORN and len(entries) < len(_POST.findall(text)):
        rescued = _torn(text)
        if len(rescued[1]) > len(entries):
            return rescued
    if head is None:
        raise ReadError(page.url, "is no feed")
    return head, entries


def _xml_feed(root: Element, at: str) -> tuple[Atom | None, list[Atom]]:
    if _local(root) not in {"feed", "rss", "rdf", "channel"}:
        return None, []
    channel = root.find("{*}channel")
    head = root if channel is None else channel
    found = [e for box in dict.fromkeys((head, root)) for e in box if _local(e) in {"item", "entry"}]
    return _of_xml(head, at), [_of_xml(entry, at) for entry in found]


def _local(element: Element) -> str:
    tag = element.tag
    return re.split("[}:]", tag)[-1].lower() if isinstance(tag, str) else ""


def _of_xml(entry: Element, at: str) -> Atom:
    named: dict[str, list[Element]] = {}
    for child in entry:
        if isinstance(child.tag, str):
            named.setdefault(_name(child, entry), []).append(child)
    values = {name: text for name in _MEANS if (text := _value(name, named)) is not None}
    about = next((str(v) for k, v in entry.attrib.items() if str(k).endswith("}about")), "")
    if about:
        values.setdefault("id", about)
    if lang := entry.get(_LANG) or (named["content"][0].get(_LANG) if "content" in named else ""):
        values.setdefault("language", lang)
    answered = named.get("thr:in-reply-to", [])
    base = next((str(e.base) for e in [*named.get("content", ()), entry] if e.base and _based(e)), "")
    return Atom(
        values,
        tuple(_links(named, about, at)),
        tuple(_category(e) for name in _CATEGORIES & set(named) for e in named[name]),
        next((who for name in _AUTHORS if (who := listed([_who(e) for e in named.get(name, ())]))), ""),
        answered[0].get("ref", "") if answered else "",
        urls.join(at, base) if base else "",
    )


def _name(child: Element, entry: Element) -> str:
    """A format's own name as it is, in lower case, any other behind the usual prefix of its namespace."""
    space, _, local = str(child.tag).lstrip("{").rpartition("}")
    if not space or str(entry.tag).startswith(f"{{{space}}}"):
        return local.lower()
    known = next((prefix for sign, prefix in _SPACES.items() if sign in space), child.prefix)
    return f"{known}:{local}".lower() if known else local.lower()


def _based(element: Element) -> bool:
    return any(e.get(_BASE) for e in (element, *element.iterancestors()))


def _value(name: str, named: Mapping[str, list[Element]]) -> str | None:
    """What the surest element says, None where there is none; of several dates one at the blog's own offset."""
    found = [_content(e, name) for source in _MEANS[name] for e in named.get(source, ())]
    told = [text for text in found if text.strip()]
    if name == "published":
        told = sorted(told, key=lambda text: not _OWN_OFFSET.search(text.strip()))
    return next(iter(told or found), None)


def _content(element: Element, name: str) -> str:
    """The text of an element; of one that may hold markup, as HTML, however it is wrapped."""
    text = "".join(map(str, element.itertext())).translate(_C1)
    kind = element.get("type", "")
    if element.get("mode") == "base64" or ("/" in kind and not re.search(r"text|xml|html", kind)):
        text = _decoded(text)
    if name not in {"content", "summary"}:
        return text
    children = [child for child in element if isinstance(child.tag, str)]
    if children:
        sole = len(children) == 1 and not (element.text or "").strip() and _local(children[0]) in {"div", "body"}
        return _markup(children[0] if sole else element)
    is_atom = "atom" in str(element.tag).lower()
    return paragraphs(text) if is_atom and kind in {"", "text", "text/plain"} and not _MARKUP.search(text) else text


def _markup(element: Element) -> str:
    """What is within an element, as HTML without namespaces."""
    for e in element.iter():
        if isinstance(e.tag, str):
            name = e.tag.rpartition("}")[2]
            e.tag = name if parse.is_name(name) else "span"
    return re.sub(r"(<[^<>]*?)\sxmlns(?::\w+)?=\"[^\"]*\"", r"\1", parse.html(element, inner=True))


def _decoded(text: str) -> str:
    try:
        return charsets.decode(b64decode(text, validate=False))
    except ValueError:
        return text


def _category(e: Element) -> dict[str, str]:
    term = (e.get("term") or "".join(map(str, e.itertext()))).strip()
    pairs = {"term": term, "label": e.get("label", ""), "scheme": e.get("scheme") or e.get("domain") or ""}
    return {name: value for name, value in pairs.items() if value}


def _who(e: Element) -> str:
    name = e.find("{*}name")
    return "".join(map(str, (e if name is None else name).itertext()))


def _links(named: Mapping[str, list[Element]], about: str, at: str) -> Iterator[dict[str, str]]:
    elements = [(rel, e) for name, rel in _LINKS.items() for e in named.get(name, ())]
    elements += [("alternate", e) for e in named.get("atom:link", ())]
    elements += [("image", e) for group in named.get("media:group", ()) for e in group if _local(e) == "content"]
    for rel, e in elements:
        href = e.get("href") or e.get("url") or e.text or ""
        kind = "image/*" if rel == "image" and e.get("medium") == "image" else ""
        if href.strip():
            known = {str(k).rpartition("}")[2]: str(v) for k, v in e.attrib.items()}
            full = urls.join(urls.join(at, str(e.base or "")), href)
            yield {"rel": rel, **({"type": kind} if kind else {}), **known, "href": full}
    for e in named.get("guid", ()):
        if e.get("isPermaLink", "true").lower() != "false" and urls.is_web((e.text or "").strip()):
            yield {"rel": "alternate", "href": str(e.text).strip()}
    if urls.is_web(about):
        yield {"rel": "alternate", "href": about}


def _torn(text: str) -> tuple[Atom, list[Atom]]:
    """By feedparser, which reads what is hardly XML."""
    import feedparser  # takes longer to import than this whole program

    source = charsets.lawful(text).encode("utf-8", "replace")
    try:
        read = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    except Exception:  # of what is torn enough it may raise anything
        return Atom({}, (), ()), []
    return _of_torn(read.feed), [_of_torn(entry) for entry in read.entries]


def _of_torn(entry: Mapping[str, Any]) -> Atom:
    values = {name: string(entry.get(name)) for name in "title summary published updated id generator".split()}
    values["total"] = string(entry.get("thr_total") or entry.get("slash_comments"))
    values["content"] = next((string(c.get("value")) for c in records(entry.get("content"))), "")
    values["language"] = string(entry.get("language"))
    told = [string(who.get("name")) for who in records(entry.get("authors"))] or [string(entry.get("author"))]
    terms, links = (attributes(entry.get(name)) for name in ("tags", "links"))
    return Atom({k: v for k, v in values.items() if v}, links, terms, listed(told))
