"""Addresses: when two of them are one page, and what belongs to what."""

import ipaddress
import re
from contextlib import suppress
from functools import cache, lru_cache
from unicodedata import normalize
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from publicsuffixlist import PublicSuffixList

# Parameters that change how a page looks or who sent the reader, never which page it is.
_NOISE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|amp|share|nb|replytocom|showcomment|commentpage|spref)=|(?:m|amp)=?[01]?$"
    r"|(?:(?:php|asp)?sess(?:ion)?_?id|jsessionid)=|s(?:id)?=[\da-f]{32}$",
    re.I,
)
_BYTES = "surrogateescape"  # as Python keeps bytes that are no Unicode
# Google sent readers of one Blogger blog to blogspot.<their country>; .com is canonical.
_COUNTRY = re.compile(r"\.blogspot\.(?:[a-z]{2}|com?\.[a-z]{2})$")


_ABSOLUTE = re.compile(r"https?://[\w.:-]+(?:/[^\s?#;\\\[\]]*)?(?:\?[^\s#;\\\[\]]+)?")


# Most addresses: nothing to be evened out, and parts that are told apart at once.
_PLAIN = re.compile(r"https?://(?:www\.)?([a-z\d-]+(?:\.[a-z\d-]+)*)((?:/[\w~.-]+)*)/?", re.A)
_PARTS = re.compile(r"(https?)://([a-z\d-]+(?:\.[a-z\d-]+)*)((?:/[\w~.%-]*)*)", re.A)


def join(base: str, address: str) -> str:
    """`address` as written in a page at `base`, made absolute; '' when it is no address."""
    if _ABSOLUTE.fullmatch(address):
        return address
    try:
        return urljoin(base, address.strip().replace("\n", "").replace("\r", "").replace("\t", ""))
    except ValueError:
        return ""


@lru_cache(4096)
def split(url: str) -> SplitResult:
    """The parts of an address; empty ones where it is none: half an IPv6 address, a port beyond 65535."""
    if plain := _PARTS.fullmatch(url):
        return SplitResult(plain[1], plain[2], plain[3], "", "")
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.port != 0:
            return parts
    return urlsplit("")


@lru_cache(4096)
def key(url: str) -> str:
    """Equal for addresses of one page: scheme, www, country domain, noise, fragment, last slash aside."""
    if (plain := _PLAIN.fullmatch(url)) and ".blogspot." not in url and "/index." not in url:
        return plain[1] + plain[2]
    parts = split(url)
    if url and not any(parts):
        return url
    name = f"{host(url)}:{parts.port}" if parts.port not in (None, 80, 443) else host(url)
    path = re.sub(r"/{2,}", "/", _decoded(parts.path)).rstrip("/")
    path = re.sub(r"/index\.(?:html?|php)$", "", path)
    kept = sorted(parse_qsl("&".join(_telling(parts.query)), keep_blank_values=True, errors=_BYTES))
    return name + path + (f"?{urlencode(kept, errors=_BYTES)}" if kept else "")


def _decoded(path: str) -> str:
    """One form for all spellings; bytes that are no UTF-8 stay encoded, else many would be one."""
    try:
        return normalize("NFC", unquote(path, errors="strict"))
    except UnicodeDecodeError:
        return re.sub("%[0-9a-f]{2}", lambda byte: byte[0].upper(), path, flags=re.I)


def clean(url: str) -> str:
    """The permalink without what says only how it was reached: noise and fragment dropped, the rest as it is."""
    if _PARTS.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(query="&".join(_telling(parts.query)), fragment=""))


def _telling(query: str) -> list[str]:
    return [pair for pair in query.split("&") if pair and not _NOISE.match(pair)]


@lru_cache(4096)
def host(url: str) -> str:
    """The host in lower case, without www, at its canonical domain; '' for none."""
    try:
        name = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return _COUNTRY.sub(".blogspot.com", name)


def domain(url: str) -> str:
    """The registered domain that answers for a host: example.co.kr for a.b.example.co.kr; an IP is itself."""
    return _registered(host(url))


@lru_cache(1024)
def _registered(name: str) -> str:
    return name if "." not in name or is_ip(name) else _suffixes().privatesuffix(name) or name


def is_local(url: str) -> bool:
    """Whether an address is one of this machine or a bare IP: no public service knows the blog there."""
    name = host(url)
    return is_ip(name) or name in {"", "localhost"} or name.endswith((".localhost", ".local", ".test", ".invalid"))


def is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def path(url: str) -> str:
    """The decoded path of an address, '' for none."""
    return unquote(split(url).path)


def query(url: str, **values: str | int) -> str:
    """`url` with these parameters set, in order; '-' is written for '_' in their names."""
    parts = split(url)
    wanted = {name.replace("_", "-"): str(value) for name, value in values.items()}
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in wanted]
    return urlunsplit(parts._replace(query=urlencode([*pairs, *wanted.items()], quote_via=quote, safe=":")))


def root(url: str) -> str:
    """scheme://host:port/ of an address."""
    parts = split(url)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def is_front(url: str) -> bool:
    """Whether an address is that of a whole site: many things may link to it, none of them is it."""
    return not path(url).strip("/") and "?" not in url


def is_web(url: str) -> bool:
    """Whether this is an address that can be asked for."""
    return url.startswith(("http://", "https://", "file:"))
