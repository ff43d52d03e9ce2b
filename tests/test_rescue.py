"""Sixty pictures over fourteen hosts, good and bad: all that can be had is had, in one run and after any crash."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from homemade import GIF, PNG, Told, blog
from hosts import Held, Hosts, Library
from loopback import Answer, Request, Servable, Site, ranged, redirect, truncated

from blogark import archive
from blogark.events import Event, Lost, Rescued, Saved
from blogark.verify import Fault, verify

BLOG = "http://some.blog.example"
PAGE = Answer(200, "<!DOCTYPE html><p>Sorry.</p>", {"Content-Type": "image/png"})


@dataclass(frozen=True)
class Shown:
    """A picture of the sample."""

    host: str
    path: str  # as the post writes it
    body: bytes | None  # what it should be saved as; None: it cannot be had
    pages: dict[str, Servable]  # what the host answers
    captured: bool = False

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


def picture(host: str, number: int) -> bytes:
    return (GIF if number % 2 else PNG) + f"{host} {number} ".encode() * (2000 + number * 500)


def asked_by_a_post(body: bytes) -> Callable[[Request], Answer]:
    return lambda request: Answer(200, body) if request.headers.get("referer", "").startswith(BLOG) else Answer(403)


def broken_off_at_first(body: bytes) -> Callable[[Request], Answer]:
    """The rest is had by asking for it."""
    rest: Any = ranged(body)
    return lambda request: rest(request) if "range" in request.headers else truncated(body[:-20], len(body))


def in_drops(body: bytes) -> Answer:
    def wire(handler: Any) -> None:
        handler.put(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for start in range(0, len(body), 97):
            handler.put(body[start : start + 97])

    return Answer(wire=wire)


def _sample() -> Iterator[Shown]:
    def at(host: str, count: int, make: Callable[[bytes], Servable | None], *, had: bool, captured: int = 0) -> Any:
        """`count` pictures of a host, the first `captured` of which the Wayback Machine holds."""
        for n in range(count):
            body, path = picture(host, n), f"/{n}/img.png"
            answer = make(body)
            yield Shown(
                host,
                path,
                body if had or n < captured else None,
                {path: answer} if answer else {},
                not had and n < captured,
            )

    yield from at("good.example", 7, lambda body: body, had=True)
    yield from at("wrong-type.example", 4, lambda body: Answer(200, body, {"Content-Type": "text/html"}), had=True)
    yield from at("minds.example", 5, asked_by_a_post, had=True)
    yield from at("breaks.example", 4, broken_off_at_first, had=True)
    yield from at("slow.example", 3, in_drops, had=True)
    yield from at("none.example", 5, lambda body: None, had=False, captured=3)
    yield from at("no-such-host.example", 5, lambda body: None, had=False, captured=3)
    yield from at("refuses.example", 3, lambda body: None, had=False, captured=2)
    yield from at("pages.example", 5, lambda body: PAGE, had=False, captured=3)
    yield from at("cut.example", 3, lambda body: truncated(body[:30], len(body)), had=False, captured=1)
    yield from at("loops.example", 3, lambda body: redirect("/0/img.png"), had=False, captured=1)
    yield from at("empty.example", 3, lambda body: b"", had=False, captured=2)
    for n in range(4):  # the same bytes as good.example's, under the same names
        yield Shown(
            "twin.example", f"/{n}/img.png", picture("good.example", n), {f"/{n}/img.png": picture("good.example", n)}
        )
    for n in range(6):  # of the last three there is only the thumbnail
        body, size = picture("bp", n), "s0" if n < 3 else "s320"
        yield Shown("1.bp.blogspot.com", f"/-a/{n}/s320/img.png", body, {f"/-a/{n}/{size}/img.png": body})


SAMPLE = list(_sample())
LOST = {shown.url for shown in SAMPLE if shown.body is None}


def told() -> list[Told]:
    """Six posts that show them all, hosts mixed."""
    mixed = [SAMPLE[n::6] for n in range(6)]
    return [
        Told(
            f"/2011/05/post-{n}.html",
            f"The {n}th day",
            f"2011-05-{n + 10}",
            body="<p>Words.</p>"
            + "".join(f'<p><img src="{each.url}" alt="{n}"></p>' for each in shown)
            + "<p>More.</p>",
        )
        for n, shown in enumerate(mixed)
    ]


def served() -> dict[str, Site]:
    """The hosts of the sample where somebody answers."""
    pages: dict[str, dict[str, Servable]] = {}
    for shown in SAMPLE:
        pages.setdefault(shown.host, {}).update(shown.pages)
    nobody = ("no-such-host.example", "refuses.example")
    return {name: Site(found) for name, found in pages.items() if name not in nobody}


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    sites = {"some.blog.example": Site(blog(*told())), **served()}
    held = [Held("20110601000000", shown.url, shown.body or b"") for shown in SAMPLE if shown.captured]
    with Hosts({**sites, "refuses.example": None}, Library(held)) as found:
        yield found


def visible(root: Path) -> dict[str, bytes]:
    """All that a person sees of an archive."""
    files = (path for path in root.rglob("*") if path.is_file() and ".blogark" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_the_sample_is_what_it_says() -> None:
    assert len(SAMPLE) == 60 and len({shown.host for shown in SAMPLE}) == 14
    assert len({shown.url for shown in SAMPLE}) == 60 and 10 < len(LOST) < 20


def test_all_that_can_be_had_is_had_and_the_rest_is_named(hosts: Hosts, tmp_path: Path) -> None:
    events: list[Event] = []
    report = archive(BLOG, tmp_path, listen=events.append, net=hosts.net)
    assert (report.code, len(report.lost), report.media) == (3, len(LOST), 60 - len(LOST))
    assert report.rescued == sum(shown.captured for shown in SAMPLE) == sum(isinstance(e, Rescued) for e in events)
    files = visible(tmp_path)
    assert {body for name, body in files.items() if name.startswith("media/")} == {
        each.body for each in SAMPLE if each.body
    }
    texts = "".join(body.decode() for name, body in files.items() if name.startswith("posts/"))
    shown = re.findall(r"!\[\d\]\(([^)]+)\)", texts)
    assert len(shown) == 60 and {url for url in shown if url.startswith("http")} == LOST
    assert all(f"media/{url.rpartition('/')[2]}" in files for url in shown if not url.startswith("http"))
    assert all(url in files["INDEX.md"].decode() for url in LOST)
    assert {event.what for event in events if isinstance(event, Lost)} == LOST
    for event in events:
        if isinstance(event, Saved | Rescued):
            assert files[event.media.path] == next(each.body for each in SAMPLE if each.url == event.media.url)


def test_a_second_run_loses_nothing_new_and_asks_only_for_what_is_lost(hosts: Hosts, tmp_path: Path) -> None:
    archive(BLOG, tmp_path, net=hosts.net)
    before = visible(tmp_path)
    asked = {name: len(site.hits) for name, site in hosts.sites.items() if site}
    report = archive(str(tmp_path), net=hosts.net)
    assert (report.code, len(report.lost), report.rescued) == (0, len(LOST), 0) and visible(tmp_path) == before
    again = {name for name, site in hosts.sites.items() if site and len(site.hits) > asked[name]}
    lost = {shown.host for shown in SAMPLE if shown.body is None} - {"no-such-host.example", "refuses.example"}
    assert again == lost | {"some.blog.example"}, "not even the Wayback Machine"


CHILD = """
import json, os, signal, sys
sys.path.insert(0, sys.argv[1])
from hosts import Hosts
from blogark import archive
ports, event, number = json.loads(sys.argv[3]), sys.argv[4], int(sys.argv[5])

def die(told):
    global number
    number -= type(told).__name__ == event
    if not number:
        os.kill(os.getpid(), signal.SIGKILL)

archive("http://some.blog.example", sys.argv[2], listen=die, net=Hosts({}, ports=ports).net)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("event", "number"),
    [("Saved", 1), ("Saved", 9), ("Rescued", 2), ("Lost", 3), ("Wrote", 3), ("Wrote", 6), ("Fetched", 40)],
)
def test_killed_anywhere_and_run_again_it_ends_the_same(hosts: Hosts, tmp_path: Path, event: str, number: int) -> None:
    archive(BLOG, tmp_path / "whole", net=hosts.net)
    here = str(Path(__file__).parent)
    command = [sys.executable, "-c", CHILD, here, str(tmp_path / "torn"), json.dumps(hosts.ports), event, str(number)]
    killed = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert killed.returncode == -9, killed.stderr
    assert visible(tmp_path / "torn") != visible(tmp_path / "whole")
    assert archive(BLOG, tmp_path / "torn", net=hosts.net).code == 3, "nobody was told of what is lost yet"
    assert visible(tmp_path / "torn") == visible(tmp_path / "whole")
    assert archive(BLOG, tmp_path / "torn", net=hosts.net).code == 0
    faults: list[Fault] = []
    verify(tmp_path / "torn", faults.append)
    told = [(fault.kind, fault.what) for fault in faults]
    assert sorted(told) == sorted(("lost", url) for url in LOST)
