"""Secrets: the cookies and headers a person lends us, for the blog's own host alone."""

from http.cookiejar import MozillaCookieJar
from urllib.parse import urlsplit

from requests.cookies import RequestsCookieJar

from ..errors import SourceError
from ..model import Options

_SHORT = 6  # characters
_PORTS = {"http": 80, "https": 443}


class Secrets:
    """What goes to `home`'s host and, with secrets in use, what that host gave us for them."""

    def __init__(self, options: Options, home: str) -> None:
        self._home = _origin(home)
        self._headers = {name.strip(): value.strip() for name, value in options.headers if name.lower() != "cookie"}
        self.names = frozenset(name.strip().lower() for name, _ in options.headers)
        self.jar = _cookies(options)  # what the host sets while it knows us joins these, and stays here

    @property
    def told(self) -> frozenset[str]:
        """What a server may repeat of them; what is shorter stands in any header."""
        words = (word for value in self._headers.values() for word in value.split())
        return frozenset(filter(lambda word: len(word) >= _SHORT, [*words, *(each.value or "" for each in self.jar)]))

    def __contains__(self, url: str) -> bool:
        """Whether `url` is on the blog's own host: the same origin, or the same host with TLS added."""
        scheme, host, port = self._home
        same = {self._home, ("https", host, 443)} if (scheme, port) == ("http", 80) else {self._home}
        return bool(host) and bool(self._headers or len(self.jar)) and _origin(url) in same

    def headers(self, url: str) -> dict[str, bytes]:
        return {name: value.encode() for name, value in self._headers.items()} if url in self else {}


def _origin(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", "", 0


def _cookies(options: Options) -> RequestsCookieJar:
    jar = RequestsCookieJar()
    for name, value in options.headers:
        pairs = value.split(";") if name.lower() == "cookie" else ()
        for pair in pairs:  # as cookies, since requests drops a Cookie header once the server sets a cookie too
            key, _, said = pair.strip().partition("=")
            jar.set(key, said)
    if options.cookies in {"firefox", "chrome"}:
        raise SourceError(f"--cookies {options.cookies}: reading a browser's cookies is not built yet; give a file")
    if options.cookies:
        jar.update(_file(options.cookies))
    return jar


def _file(path: str) -> MozillaCookieJar:
    """Netscape's cookies.txt, as browsers' add-ons and curl write it."""
    jar = MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except (OSError, ValueError) as error:
        why = (
            getattr(error, "strerror", None)
            or "these are no cookies in Netscape's format, as add-ons of browsers and curl write it"
        )
        raise SourceError(f"--cookies {path}: {why}") from error
    for cookie in jar:
        cookie.expires = cookie.expires or None  # browsers' add-ons write 0 for "until the browser closes"
    return jar
