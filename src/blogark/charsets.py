"""Bytes to text: by what is declared where that can be true, else by what the bytes look like; and no more characters
than a tree may hold."""

import codecs
import re
import sys
from collections.abc import Iterator

# What a label says is not what its writers meant: the WHATWG Encoding Standard's supersets.
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "euc_kr": "cp949", "shift_jis": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
_ALIASES = {"x-sjis": "cp932", "windows-31j": "cp932", "windows-949": "cp949", "x-euc-jp": "euc_jp", "x-gbk": "gb18030"}
_NO_CHARSETS = frozenset({"punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape"})  # Python's own
_BOMS = (  # and what "<" begins as, where there is none (XML 1.0, appendix F)
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)")
_HEAD = 4096  # bytes in which a page says its charset; browsers look at 1,024
_TOLERATED = 1000  # one broken character in so many is a slip, not another charset
_KANA = 10  # bytes, one in so many of which begins a hiragana in what is Japanese
_CHANCE = 16  # bytes beyond one a character that no text in another charset has by chance


def decode(data: bytes, content_type: str = "") -> str:
    """`data` as text; a declaration that its own bytes contradict is not believed."""
    declared = [name for name in _declared(data, content_type) if name]
    if declared and not declared[0].startswith("utf-8") and _is_utf8(data):
        return data.decode("utf-8")
    for name in declared:
        decoded = data.decode(name, "replace")
        if decoded.count("\ufffd") * _TOLERATED <= len(decoded):
            return decoded
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _detect(data, declared)


def stated(head: bytes) -> str:
    """The charset that the beginning of a file states, by Python's name; '' when it does not say."""
    return next(filter(None, _declared(head, "")), "")


def guess(data: bytes) -> str:
    """The charset of a text that states none, by what its beginning looks like."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:  # else it is only cut within a character
            return _looks(data) or "utf-8"
    return "utf-8"


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 beyond chance: no other charset's words follow its rule for long."""
    try:
        return len(data.decode("utf-8")) <= len(data) - _CHANCE
    except UnicodeDecodeError:
        return False


def _declared(data: bytes, content_type: str) -> Iterator[str]:
    yield from (name for bom, name in _BOMS if data.startswith(bom))
    by_http = _codec(found[1]) if (found := _CHARSET.search(content_type)) else ""
    by_page = [_codec(m[1].decode("ascii")) for m in (_META.search(data[:_HEAD]), _XML.search(data[:_HEAD])) if m]
    # Latin-1 was HTTP's own default (RFC 2616 3.7.1): servers send it for whatever they serve.
    yield from [*by_page, by_http] if by_http == "cp1252" else [by_http, *by_page]


def _codec(label: str) -> str:
    """Python's name for a charset label, '' when unknown."""
    label = label.lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
        b"a".decode(name, "replace")
    except (LookupError, ValueError):
        return ""
    if name in _NO_CHARSETS:
        return ""
    # A page that could be read far enough to find its meta is not UTF-16, whatever that says.
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _MEANT.get(name, name)


def _detect(data: bytes, declared: list[str]) -> str:
    return data.decode(_looks(data) or (declared[0] if declared else "cp1252"), "replace")


def _looks(data: bytes) -> str:
    """By a detector that is shown only what is not plain ASCII markup; '' when it does not know."""
    from charset_normalizer import detect  # UnicodeDammit asks whichever detector happens to be installed

    # No second byte of a two-byte character lies below 0x40 but in GB 18030's rare four-byte ones.
    words = re.sub(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>|[\x00-\x3f]{3,}", b" ", data, flags=re.S | re.I)[:65536]
    kana = len(re.findall(rb"\xa4[\xa1-\xf3]", words))  # hiragana in EUC-JP; in EUC-KR lone letters, that nobody writes
    high = len(re.findall(rb"[\x80-\xff]", words))
    return "euc_jp" if kana * _KANA > high else _codec(detect(words)["encoding"] or "")


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # not allowed in XML 1.0, yet feeds hold them
_REFERENCE = re.compile(r"&#(?:x([\da-f]+)|(\d+));?", re.I | re.A)


def clean(text: str) -> str:
    """Text without the control characters that no XML, and so no element, may hold."""
    return _CONTROL.sub("", text)


def lawful(source: str) -> str:
    """XML without its declaration, and without what no XML may hold, also where that is written as a reference."""
    return _REFERENCE.sub(_lawful, clean(re.sub(r"^\s*<\?xml[^>]*\?>", "", source, count=1))).strip()


def _lawful(reference: re.Match[str]) -> str:
    digits = (reference[1] or reference[2]).lstrip("0")
    number = int(digits, 16 if reference[1] else 10) if 0 < len(digits) < 8 else 0
    return reference[0] if 0 < number <= sys.maxunicode and clean(chr(number)) else ""
