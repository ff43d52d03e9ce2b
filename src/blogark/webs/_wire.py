"""The wire under the session: connections only to addresses that were checked, read no longer than a deadline.

An adversary's web leads to private addresses, gives a name another address between check and use, and drips
a byte a minute for ever. requests minds none of this, so its connections are made and read here.
"""

import http.client
import io
import ipaddress
import math
import socket
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from ..errors import FetchError, Missing, Refused
from ._faults import Unreached
from ._version import version

Address = tuple[str, int]  # IP, port
Resolve = Callable[[str, int], list[Address]]
Connect = Callable[[Address, float], socket.socket]  # the number is a time-out in seconds

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: how networks without IPv4 spell an IPv4 address
_TRIES = 4  # addresses of one host that are tried


def resolve(host: str, port: int) -> list[Address]:
    """The system's answer; OSError or UnicodeError when there is none."""
    return [(str(found[4][0]), int(found[4][1])) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(ip: str) -> bool:
    """Whether anybody on the internet would reach the same machine there."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        nat64 = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
        address = address.ipv4_mapped or address.sixtofour or nat64 or address
    site_local = getattr(address, "is_site_local", False)  # of IPv6 alone
    return address.is_global and not (address.is_multicast or address.is_reserved or site_local)


class Wire(HTTPAdapter):
    """requests' adapter over such connections, one request at a time; `guarded` refuses private addresses."""

    def __init__(self, resolve: Resolve, connect: Connect, clock: Callable[[], float]) -> None:
        self.guarded = True
        self._resolve, self._connect, self._clock = resolve, connect, clock
        self._url, self._seconds, self._end = "", math.inf, math.inf
        super().__init__()

    def begin(self, url: str, seconds: float) -> None:
        """From now on errors are about `url`, and its answer must be read within this time."""
        self._url, self._seconds, self._end = url, seconds, self._clock() + seconds

    def check(self) -> None:
        if self._clock() > self._end:
            raise FetchError(self._url, f"the answer took longer than {self._seconds:,.0f} s")

    def leads_home(self, url: str) -> bool:
        """Whether the host of `url` has private addresses only; False when it has none."""
        try:
            host, port = urlsplit(url).hostname, urlsplit(url).port or 80
            return bool(host) and not any(is_public(ip) for ip, _ in self._addresses(host or "", port))
        except (Missing, ValueError):
            return False

    def dial(self, host: str, port: int, seconds: float) -> socket.socket:
        """A connection to `host`: resolved once, checked, and connected to what was checked."""
        failure = OSError("no address")
        for address in self._checked(host, port)[:_TRIES]:
            try:
                made = self._connect(address, seconds)
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return made
            except OSError as error:
                failure = error
        said = "no answer in time" if isinstance(failure, TimeoutError) else failure.strerror or str(failure)
        raise Unreached(failure.errno or 0, said) from failure

    def _checked(self, host: str, port: int) -> list[Address]:
        addresses = self._addresses(host, port)
        allowed = [a for a in addresses if not self.guarded or is_public(a[0])]
        if not allowed:
            why = f"private address {addresses[0][0]} behind a public blog's link: --allow-private if that is meant"
            raise Refused(self._url, why)
        return allowed

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as error:
            raise Missing(self._url, f"no such host: {host} ({error.strerror})") from error
        except (OSError, UnicodeError) as error:
            raise Missing(self._url, f"no such host: {host}") from error
        if not addresses:
            raise Missing(self._url, f"no such host: {host}")
        return addresses

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Behind a proxy names are resolved there: what we can look up here is checked here."""
        url = request.url or ""
        if select_proxy(url, options.get("proxies")):
            with suppress(Missing):
                self._checked(urlsplit(url).hostname or "", urlsplit(url).port or 80)
        return super().send(request, *args, **options)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self, self.dial)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _pools(self, lambda host, port, s: socket.create_connection((host, port), s))
        return manager


class _Session(requests.Session):
    """Redirects are followed by hand; requests would still read their bodies to the end, of any size."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def session(wire: Wire) -> requests.Session:
    """requests' session over the wire, honest about who asks."""
    session = _Session()
    session.headers["User-Agent"] = f"blogark/{version()} (+https://github.com/blogark/blogark)"
    session.headers["Accept-Language"] = "*, en;q=0.5"  # a blog's own language first
    session.auth = lambda request: request  # else requests sends what ~/.netrc holds for a host
    session.mount("http://", wire)
    session.mount("https://", wire)
    return session


def _pools(wire: Wire, dial: Callable[[str, int, float], socket.socket]) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's pools by scheme, their connections opened by `dial` and read under the wire's deadline."""
    answer = cast(type[http.client.HTTPResponse], partial(_Answer, wire.check))

    def opened(self: Any) -> socket.socket:
        return dial(self.host, self.port, float(self.timeout or 0) or 10.0)

    def made(pool: type[HTTPConnectionPool], connection: type[HTTPConnection]) -> type[HTTPConnectionPool]:
        own = type(connection.__name__, (connection,), {"response_class": answer, "_new_conn": opened})
        return type(pool.__name__, (pool,), {"ConnectionCls": own})

    return {"http": made(HTTPConnectionPool, HTTPConnection), "https": made(HTTPSConnectionPool, HTTPSConnection)}


class _Answer(http.client.HTTPResponse):
    """http.client's response, its head and body read from `_Timed`."""

    def __init__(self, check: Callable[[], None], sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp: Any = io.BufferedReader(_Timed(self.fp.detach(), check))


class _Timed(io.RawIOBase):
    """A socket's bytes, with a look at the deadline after every piece: time-outs alone bound only each piece."""

    def __init__(self, raw: io.RawIOBase, check: Callable[[], None]) -> None:
        self._raw, self._check = raw, check

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        size: int | None = self._raw.readinto(buffer)
        self._check()
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()
