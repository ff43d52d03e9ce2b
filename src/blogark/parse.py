"""Bytes to text to trees, or a ReadError that says which page.

The only room that knows BeautifulSoup and that makes lxml elements: everybody else is
passed an `Element`. One parse a page: `tree` and `soup` remember what they made for as
long as the Page lives.
"""

import json as _json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from weakref import WeakKeyDictionary

from lxml import etree

from . import mend, urls
from .charsets import clean as clean
from .charsets import decode, lawful
from .errors import ReadError
from .model import Page

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

Element: TypeAlias = etree._Element
strip_tags = etree.strip_tags

_DEEPEST = 250  # elements within each other; libxml2 drops what lies deeper than 256

_trees: WeakKeyDictionary[Page, Element] = WeakKeyDictionary()
_soups: WeakKeyDictionary[Page, "BeautifulSoup"] = WeakKeyDictionary()


def text(page: Page) -> str:
    """The page as text: by HTTP, BOM, meta or XML declaration, else by what its bytes look like."""
    return decode(page.body, page.headers.get("content-type", ""))


def tree(page: Page) -> Element:
    """The page's HTML, parsed once; comments and processing instructions left out."""
    found = _trees.get(page)
    if found is None:
        found = _trees[page] = document(text(page), page.url)
        _rebase(found, page.at)
    return found


def _rebase(root: Element, at: str) -> None:
    """Make addresses absolute on a page whose <base> says that they start elsewhere (HTML Standard 4.2.3)."""
    told = next((base.get("href", "") for base in root.iter("base") if base.get("href")), "")
    start = urls.join(at, told) if told else at
    if urls.join(start, "x") != urls.join(at, "x"):
        for e in root.iter(etree.Element):
            for name in ("href", "src", "data-src", "poster"):
                if (value := e.get(name)) and not value.startswith("#"):
                    e.set(name, urls.join(start, str(value)))


def document(source: str, url: str = "") -> Element:
    """The <html> element of a whole page; ReadError when there is nothing in it."""
    data = source.encode("utf-8", "replace").translate(_SPACES, CONTROLS)
    root = _parse(data)
    if root is None:
        raise ReadError(url, "is empty")
    if b"<" not in data:
        raise ReadError(url, "is no HTML")
    if "\ufffe" in source or "\uffff" in source or _ODD_REFERENCE.search(data):
        _clean_text(root)
    return root


def fragment(source: str) -> Element:
    """The <body> element around a post's HTML, its text without characters that cannot be seen."""
    data = source.encode("utf-8", "replace").translate(_SPACES, CONTROLS)
    data = b"<!DOCTYPE html><html><body>%b</body></html>" % data
    root = _parse(data)
    assert root is not None  # there is a <body> in it
    if any(sign in source for sign in _ODD) or _ODD_REFERENCE.search(data):
        _clean_text(root)
    if _FLAT in source and root.find(f".//wbr[@{_FLAT}]") is not None:
        root.set(_FLAT, "")
    body = next(root.iterchildren("body"), None)
    body = root if body is None else body
    if signs := {sign for letter, find in _WORDINGS if letter in source for sign in find(source)}:
        body.set("data-signs", " ".join(signs))
    return body


def _one(sign: str) -> Callable[[str], tuple[str, ...]]:
    return lambda source: (sign,) if sign in source else ()


# Text that is markup to some program, by a letter that goes with it: one is found twenty times as fast as several.
_WORDINGS: tuple[tuple[str, Callable[[str], Iterable[str]]], ...] = (
    ("\\", _one("\\")),
    ("$", re.compile(r"\$\$|\$latex").findall),
    ("[", re.compile(r"\[(?:caption|embed|youtube|vimeo|dailymotion|soundcloud|video|audio)").findall),
    ("(", _one("createSummaryAndThumb")),
    ("_", _one("google_ad_")),
    ("|", _one("adsbygoogle")),
    ("·", _one("·")),
    ("•", _one("•")),
)
CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_SPACES = bytes.maketrans(b"\f", b" ")  # a space to HTML, an error to XML
_ODD = "\u200b\ufeff\ufffe\uffff"  # spaces that have no width; no characters at all
UNSEEN = re.compile(f"[{re.escape(CONTROLS.decode())}{_ODD}]")
_ODD_REFERENCE = re.compile(
    rb"&(?:#0*(?:[1-8]|1[124-9]|2\d|3[01]|127|8203|65279|6553[45])(?!\d)"
    rb"|#[xX]0*(?:[1-8bBcCeEfF]|1[\da-fA-F]|7[fF]|200[bB]|[fF][eE][fF][fF]|[fF]{3}[eEfF])(?![\da-fA-F])"
    rb"|ZeroWidthSpace|Negative\w+Space)"
)


def _clean_text(root: Element) -> None:
    for e in root.iter():
        if e.text:
            e.text = _seen(e.text)
        if e.tail:
            e.tail = _seen(e.tail)
        values = {str(name): str(value) for name, value in e.attrib.items()}
        seen = {name: _seen(value) for name, value in values.items()}
        if seen != values:
            e.attrib.clear()
            for name, value in seen.items():
                with suppress(ValueError):  # of a name that lxml reads, and cannot write
                    e.set(name, value)


def _seen(text: str) -> str:
    return clean(UNSEEN.sub("", text).replace("\f", " "))


def _parse(data: bytes) -> Element | None:
    parser = _parser(huge=False)
    root = _feed(data, parser)
    faults = {entry.type_name for entry in parser.error_log}
    if "ERR_TAG_NAME_MISMATCH" in faults and (mended := mend.mend(data)) != data:
        root = _feed(data := mended, parser := _parser(huge=False))
        faults = {entry.type_name for entry in parser.error_log}
    if "ERR_RESOURCE_LIMIT" in faults:
        root = _feed(_flatten(data), _parser(huge=True))
        if root is not None:
            root.set(_FLAT, "")
    return root


_FLAT = "data-flat"
_MARK = b" <wbr data-flat> "  # where tags are left out; goes with a post's HTML wherever that goes


def is_flat(e: Element) -> bool:
    """Whether a fragment was nested deeper than a tree can hold, and had tags left out."""
    return e.getroottree().getroot().get(_FLAT) is not None


def _parser(huge: bool) -> etree.HTMLParser:
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)


def _feed(data: bytes, parser: etree.HTMLParser) -> Element | None:
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr".split())


def _flatten(data: bytes) -> bytes:
    """The same words with the tags left out that open deeper than lxml can hold."""
    depth = 0

    def keep(tag: re.Match[bytes]) -> bytes:
        nonlocal depth
        if tag[2].lower() in _VOID:
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < _DEEPEST else b" "
        depth += 1
        return tag[0] if depth <= _DEEPEST else b" " if depth > _DEEPEST + 1 else _MARK

    return _TAG.sub(keep, data)


def make(tag: str, text: str = "", **attributes: str) -> Element:
    """A new element; a trailing underscore of an attribute's name is dropped (class_)."""
    made = _MAKER.makeelement(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_"), clean(value))
    if text:
        made.text = clean(text)
    return made


_MAKER = etree.HTMLParser()


def soup(page: Page) -> "BeautifulSoup":
    """The page as BeautifulSoup: for what lxml cannot mend. It costs 12 times as much."""
    from bs4 import BeautifulSoup

    found = _soups.get(page)
    if found is None:
        found = _soups[page] = BeautifulSoup(text(page), "lxml")
    return found


_WARY: Any = {
    "recover": True, "huge_tree": True, "resolve_entities": False, "no_network": True, "load_dtd": False,
}  # fmt: skip


def xml(page: Page) -> Any:
    """The root element of an XML page, mended where it is torn; no entities, no DTD, no net."""
    root = etree.fromstring(_xml_bytes(page), etree.XMLParser(**_WARY))
    if root is None:
        raise ReadError(page.url, "is not XML")
    return root


def xml_parts(page: Page) -> Iterator[tuple[str, Element]]:
    """(name of the root, element below it), one after another as `xml` would read them: of a page of any length only
    one is held."""
    depth, root = 0, ""
    for event, e in etree.iterparse(BytesIO(_xml_bytes(page)), events=("start", "end"), **_WARY):
        depth += 1 if event == "start" else -1
        root = root or str(e.tag).rpartition("}")[2]
        if depth == 1 and event == "end":
            yield root, e
            e.clear()
            while (before := e.getprevious()) is not None:
                drop(before)


def _xml_bytes(page: Page) -> bytes:
    source = lawful(text(page))
    if not source.startswith("<"):
        raise ReadError(page.url, "is not XML")
    return source.encode("utf-8", "replace")


def json(page: Page) -> Any:
    try:
        return _whole(_json.loads(text(page)))
    except (ValueError, RecursionError) as error:
        raise ReadError(page.url, f"is not JSON: {error}") from error


def _whole(value: Any) -> Any:
    """The value with no half of a character, which JSON may spell: nothing can be written with it."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return {_whole(k): _whole(v) for k, v in value.items()} if isinstance(value, dict) else value


def html(element: Element, *, inner: bool = False) -> str:
    """An element as HTML, or only what is within it."""
    text = str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    return text[text.index(">") + 1 : text.rindex("</")] if inner and "</" in text else "" if inner else text


@lru_cache(1024)
def xpath(expression: str) -> Callable[[Element], list[Element]]:
    """What finds the elements that an XPath 1.0 names, seen from an element; compiled once."""
    return cast("Callable[[Element], list[Element]]", etree.XPath(expression, smart_strings=False))


def as_xml(root: Any) -> bytes:
    """A tree that `xml` read, as a file."""
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


is_name = re.compile(r"[a-z_][\w.-]*", re.I | re.A).fullmatch  # of an element, without a prefix, as XPath has it


def drop(element: Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def words(element: Element) -> str:
    """The text within an element, white space folded."""
    return " ".join("".join(map(str, element.itertext())).split())
