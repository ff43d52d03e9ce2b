"""XML of export files: an element at a time, cut out of its file, mended where it is torn; no entities, no DTD."""

import re
from contextlib import suppress
from html import escape
from html.entities import html5

from lxml import etree

from . import parse
from .errors import ReadError
from .model import Page
from .parse import Element


def element(data: bytes, root: bytes = b"") -> tuple[Element, str]:
    """An element cut out of an XML document with the opening tag `root`, and how it is torn: '' when it is not.

    What is torn is mended as far as can be; ReadError when nothing is left.
    """
    with suppress(etree.XMLSyntaxError):
        return _within(data, root, _STRICT), ""
    text = parse.clean(data.decode("utf-8", "replace"))
    try:
        return _within(text.encode(), root, _STRICT), ""
    except etree.XMLSyntaxError as error:
        fault = str(error).partition(", line")[0]
    if unknown := set(re.findall(r"Namespace prefix (\S+)", fault)) | set(re.findall(r"<([\w-]+):", text)):
        missing = [name for name in unknown if f"xmlns:{name}".encode() not in root and f"xmlns:{name}" not in text]
        root = root.removesuffix(b">") + b"".join(b' xmlns:%b="%b"' % (n.encode(), n.encode()) for n in missing) + b">"
    text = _CDATA.sub(_as_one, _HALF.sub("\ufffd", text))
    named = re.sub(r"<!\[CDATA\[.*?\]\]>|&(?!#\w+;)(?:(\w+);)?", _as_character, text, flags=re.S)
    benign = any(sign in fault for sign in ("]]>", "Namespace prefix", "not a valid URI"))
    with suppress(etree.XMLSyntaxError):
        return _within(named.encode("utf-8", "replace"), root, _STRICT), ""
    try:
        return _within(named.encode("utf-8", "replace"), root, _MENDING), "" if benign else fault
    except etree.XMLSyntaxError as error:
        raise ReadError("", f"is no XML: {fault}") from error


def fault(page: Page) -> str:
    """Where the XML of a page is broken, in words; '' where it is not."""
    try:
        etree.fromstring(page.body, _STRICT)
    except etree.XMLSyntaxError as error:
        return f"line {error.lineno}: {error.msg.partition(', line')[0]}"
    return ""


def _within(data: bytes, root: bytes, parser: etree.XMLParser) -> Element:
    name = re.match(rb"<([\w:.-]+)", root)
    found = etree.fromstring(b"%b%b</%b>" % (root, data, name[1]) if name else data, parser)
    if found is None or (name and not len(found)):
        raise ReadError("", "is no XML: no element is in it")
    return found[0] if name else found


def _as_one(section: re.Match[str]) -> str:
    """CDATA to the end of its element: whoever wrote it forgot that `]]>` within would end it."""
    return section[1] + section[3].replace(_END, "]]>").replace("]]>", _END) + section[4]


def _as_character(found: re.Match[str]) -> str:
    """A character that HTML has a name for and XML has none; an ampersand that begins no reference as one."""
    if found[0].startswith("<") or f"{found[1]};" in _XML_NAMES:
        return found[0]
    return escape(html5.get(f"{found[1]};", found[0]) if found[1] else found[0])


_HALF = re.compile(r"&#(?:x0*d[89a-f][0-9a-f]{2}|0*(?:55[3-9]|56\d|57[0-3])\d\d|5529[6-9]);", re.I)  # U+D800 to U+DFFF
_CDATA = re.compile(r"(<([\w:.-]+)>\s*<!\[CDATA\[)(.*?)(\]\]>\s*</\2>)", re.S)
_END = "]]]]><![CDATA[>"  # how `]]>` is written within CDATA
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_STRICT, _MENDING = (
    etree.XMLParser(recover=mend, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False)
    for mend in (False, True)
)
