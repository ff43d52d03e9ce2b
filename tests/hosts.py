"""A web of hosts on 127.0.0.1: names that resolve to public addresses, behind each a Site, or nothing.

    with Hosts({"some.blog.example": Site(...), "gone.example": None}) as hosts:
        archive("http://some.blog.example", into, net=hosts.net)

A name that is not given does not resolve. One that is None resolves, and nobody answers there. Time passes only
by sleeping, which takes none. `Library` is a small Wayback Machine: index (CDX) and replay.
"""

import json
import re
import socket
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from loopback import Answer, Request, Site, redirect

from blogark.events import Listener
from blogark.model import Options, Page
from blogark.webs.live import Live

ARCHIVE = "web.archive.org"


class Hosts:
    """Sites by name; closed together."""

    def __init__(
        self, sites: Mapping[str, Site | None], library: "Library | None" = None, ports: Mapping[str, int] | None = None
    ) -> None:
        """`ports`: of sites that live elsewhere, by name."""
        self.sites, self._ports = dict(sites), dict(ports or {})
        self.now, self.slept = 1000.0, list[float]()
        self.asked: list[str] = []  # names, in the order they were resolved
        if library is not None:
            self.sites[ARCHIVE] = library.site
        self._names = [*self.sites, *self._ports]

    def net(self, home: str, options: Options, tell: Listener, **more: Any) -> Live:
        """What archive() takes as its way to the net."""
        seams = {"resolve": self.resolve, "connect": self.connect, "sleep": self.sleep, "clock": self.clock}
        return _Bare(options, tell, home=home, **seams, **more)

    def resolve(self, host: str, port: int) -> list[tuple[str, int]]:
        self.asked.append(host)
        if host not in self._names:
            raise socket.gaierror(-2, "Name or service not known")
        return [(f"93.184.215.{self._names.index(host)}", port)]

    def connect(self, address: tuple[str, int], seconds: float) -> socket.socket:
        port = self.ports[self._names[int(address[0].rpartition(".")[2])]]
        if not port:
            raise ConnectionRefusedError(111, "Connection refused")
        return socket.create_connection(("127.0.0.1", port), seconds)

    @property
    def ports(self) -> dict[str, int]:
        """By name; 0 where nobody answers."""
        return {name: site.port if site else 0 for name, site in self.sites.items()} | self._ports

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def clock(self) -> float:
        return self.now

    def hits(self, name: str) -> list[str]:
        site = self.sites[name]
        return site.hits if site else []

    def close(self) -> None:
        for site in self.sites.values():
            if site:
                site.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Bare(Live):
    """A Live that speaks of https, and asks without: certificates are another test's matter."""

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        return _as_asked(url, super().get(_bare(url), fresh=fresh, referer=referer))

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        return _as_asked(url, super().save(_bare(url), to, referer=referer))


def _bare(url: str) -> str:
    return re.sub("^https:", "http:", url)


def _as_asked(url: str, page: Page) -> Page:
    scheme = url.partition(":")[0]
    return replace(page, url=url, at=re.sub("^http:", f"{scheme}:", page.at))


@dataclass(frozen=True)
class Held:
    """One capture."""

    at: str  # YYYYMMDDhhmmss
    url: str
    body: bytes | str = b""
    kind: str = "image/png"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)  # as its server sent them

    def column(self, name: str) -> str:
        """What the index says of it under this name."""
        known = {"timestamp": self.at, "original": self.url, "length": str(len(self.body)), "mimetype": self.kind}
        return {**known, "statuscode": str(self.status), "urlkey": key(self.url)}[name]


class Library:
    """An index and replays of these captures, as web.archive.org answers for them; `rows`: of an answer at most."""

    def __init__(self, held: Iterable[Held] = (), rows: int = 10**6) -> None:
        self.held, self._rows = list(held), rows
        self.site = Site(self._answer)

    @property
    def questions(self) -> list[dict[str, str]]:
        """What the index was asked."""
        return [dict(parse_qsl(urlsplit(hit).query)) for hit in self.site.hits if hit.startswith("/cdx/")]

    @property
    def replays(self) -> list[str]:
        return [hit for hit in self.site.hits if hit.startswith("/web/")]

    def _answer(self, request: Request) -> Answer | str | None:
        if request.path.startswith("/cdx/search/cdx?"):
            return self._index(parse_qsl(urlsplit(request.path).query))
        asked = re.fullmatch(r"/web/(\d+)id_/(.+)", request.path)
        near = [each for each in self.held if asked and key(each.url) == key(asked[2])]
        if not asked or not near:
            return Answer(404, "<p>Not archived.</p>", {"Content-Type": "text/html"})
        found = min(near, key=lambda each: abs(int(each.at) - int(asked[1].ljust(14, "0"))))
        if (found.at, found.url) != (asked[1], asked[2]):
            return redirect(f"/web/{found.at}id_/{found.url}")
        origin = {f"X-Archive-Orig-{name}": value for name, value in found.headers.items()}
        return Answer(found.status, found.body, {"Content-Type": found.kind, "Memento-Datetime": found.at, **origin})

    def _index(self, query: Sequence[tuple[str, str]]) -> Answer:
        asked = dict(query)
        rows = sorted(
            (each for each in self.held if _matches(each, asked.get("matchType", "exact"), asked["url"])),
            key=lambda each: (key(each.url), each.at),
        )
        rows = [each for each in rows if each.at[: len(asked.get("to", ""))] <= asked.get("to", "9")]
        rows = [each for each in rows if all(_passes(each, value) for name, value in query if name == "filter")]
        rows = list(_collapsed(rows, asked.get("collapse", "")))
        start = int(asked.get("resumeKey", "0"))
        most = min(int(asked.get("limit", "150000")), self._rows)
        names = asked["fl"].split(",")
        lines: list[list[str]] = [names] if rows else []
        lines += [[each.column(name) for name in names] for each in rows[start : start + most]]
        if len(rows) > start + most and "showResumeKey" in asked:
            lines += [[], [str(start + most)]]
        return Answer(200, json.dumps(lines), {"Content-Type": "application/json"})


def key(url: str) -> str:
    """What the index holds an address by: scheme, www, port and case aside."""
    return re.sub(r"^https?://(?:www\.)?([^/:]+)(?::\d+)?", r"\1", url.lower()).rstrip("/")


def _matches(held: Held, how: str, url: str) -> bool:
    return key(held.url).startswith(key(url)) if how == "prefix" else key(held.url) == key(url)


def _passes(held: Held, condition: str) -> bool:
    name, _, pattern = condition.lstrip("!").partition(":")
    return bool(re.fullmatch(pattern, held.column(name))) != condition.startswith("!")


def _collapsed(rows: Iterable[Held], by: str) -> Iterable[Held]:
    last: object = None
    for each in rows:
        mark = {"urlkey": key(each.url), "digest": hash((key(each.url), each.body)), "": object()}[by]
        if mark != last:
            yield each
        last = mark
