"""Pictures: what saving them takes, against a plain download of the same addresses one after another.

    python bench/pictures.py                     60 pictures of 50 KB over 12 hosts that answer after 50 ms
    python bench/pictures.py --pictures 300 --hosts 3 --wait 0.2 --kilobytes 500
    python bench/pictures.py --captures          what is lost is looked for in a Wayback Machine, as often as it bears
    python bench/pictures.py --pictures 1 --hosts 1 --kilobytes 512000     memory stays flat

The hosts are servers on this machine; what a network adds is only the wait. `blogark` also reads the blog's page,
hashes the pictures and syncs them to the disk. A second line is of the sixty pictures over fourteen hosts, most of them
bad, of tests/test_rescue.py.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import requests
from homemade import PNG, Told, blog
from hosts import Held, Hosts, Library
from loopback import Answer, Request, Site
from test_rescue import BLOG, SAMPLE, served, told

from blogark import Options, archive


def site(kilobytes: int, wait: float) -> Site:
    chunk = bytes(1 << 10)

    def answer(request: Request) -> Answer:
        def wire(handler: Any) -> None:
            time.sleep(wait)
            start = PNG + request.path.encode()
            handler.put(
                f"HTTP/1.1 200 OK\r\nContent-Length: {len(start) + len(chunk) * kilobytes}\r\n\r\n".encode() + start
            )
            for _ in range(kilobytes):
                handler.wfile.write(chunk)

        return Answer(wire=wire)

    return Site(answer)


def one_by_one(sites: dict[str, Site], shown: list[tuple[str, str]], into: Path) -> float:
    """Seconds for a loop over requests' session."""
    session, began = requests.Session(), time.perf_counter()
    for number, (host, path) in enumerate(shown):
        with (
            session.get(sites[host].url + path, stream=True, timeout=60) as answer,
            (into / str(number)).open("wb") as file,
        ):
            for chunk in answer.iter_content(1 << 16):
                file.write(chunk)
    return time.perf_counter() - began


def with_blogark(sites: dict[str, Site], shown: list[tuple[str, str]], into: Path) -> float:
    body = "<p>Words.</p>" + "".join(f'<img src="http://{host}{path}">' for host, path in shown) + "<p>More.</p>"
    home = Site(blog(Told("/post.html", "Post", body=body)))
    with Hosts({**sites, "some.blog.example": home}) as hosts:
        began = time.perf_counter()
        report = archive("http://some.blog.example", into, Options(wayback="never"), print_lost, net=hosts.net)
        seconds = time.perf_counter() - began
    assert report.media == len(shown), f"{report.media} of {len(shown)} pictures"
    return seconds


class InTime(Hosts):
    """Hosts where waiting takes its time."""

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def clock(self) -> float:
        return time.monotonic()


def mixed_one_by_one(hosts: Hosts) -> tuple[float, int]:
    """Seconds for a loop over requests' session that goes on after errors; how many answers had status 200."""
    session, got, began = requests.Session(), 0, time.perf_counter()
    for shown in SAMPLE:
        port = hosts.ports.get(shown.host, 0)  # no such host fails at once, as where nobody listens
        try:
            answer = session.get(f"http://127.0.0.1:{port or 1}{shown.path}", timeout=60)
            got += answer.status_code == 200
        except requests.RequestException:
            continue
    return time.perf_counter() - began, got


def mixed(captures: bool) -> str:
    held = [Held("20110601000000", shown.url, shown.body or b"") for shown in SAMPLE if shown.captured]
    sites: dict[str, Site | None] = {**served(), "some.blog.example": Site(blog(*told())), "refuses.example": None}
    with InTime(sites, Library(held)) as hosts, tempfile.TemporaryDirectory() as into:
        plain, got = mixed_one_by_one(hosts)
        began = time.perf_counter()
        options = Options(wayback="auto" if captures else "never", delay=0)
        report = archive(BLOG, Path(into) / "a", options, lambda event: None, net=hosts.net)
        ours = time.perf_counter() - began
    there = sum(shown.body is not None and (captures or not shown.captured) for shown in SAMPLE)
    return (
        f"good and bad hosts: one by one {plain:.2f} s ({got} answers with status 200) · "
        f"blogark {ours:.2f} s ({report.media} of {there} pictures that there are)"
    )


def print_lost(event: object) -> None:
    if type(event).__name__ in {"Lost", "Failed"}:
        print(event, file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--hosts", type=int, default=12)
    parser.add_argument("--wait", type=float, default=0.05, metavar="SECONDS")
    parser.add_argument("--kilobytes", type=int, default=50)
    parser.add_argument("--captures", action="store_true")
    given = parser.parse_args()
    sites = {f"host-{n}.example": site(given.kilobytes, given.wait) for n in range(given.hosts)}
    shown = [(f"host-{n % given.hosts}.example", f"/{n}.png") for n in range(given.pictures)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        plain = one_by_one(sites, shown, Path(one))
        ours = with_blogark(sites, shown, Path(two))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"one by one {plain:.2f} s · blogark {ours:.2f} s · {plain / ours:.1f} times as fast · at most {memory} MiB")
    if given.pictures > 1:
        print(mixed(given.captures))


if __name__ == "__main__":
    main()
