"""Pictures: what saving them takes, against a plain download of the same addresses one after another.

    python bench/pictures.py                     60 pictures of 50 KB over 12 hosts that answer after 50 ms
    python bench/pictures.py --pictures 300 --hosts 3 --wait 0.2 --kilobytes 500
    python bench/pictures.py --pictures 1 --hosts 1 --kilobytes 512000     memory stays flat

The hosts are servers on this machine; what a network adds is only the wait. `blogark` also reads the blog's page,
hashes the pictures and syncs them to the disk.
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
from hosts import Hosts
from loopback import Answer, Request, Site

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


def print_lost(event: object) -> None:
    if type(event).__name__ in {"Lost", "Failed"}:
        print(event, file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=60)
    parser.add_argument("--hosts", type=int, default=12)
    parser.add_argument("--wait", type=float, default=0.05, metavar="SECONDS")
    parser.add_argument("--kilobytes", type=int, default=50)
    given = parser.parse_args()
    sites = {f"host-{n}.example": site(given.kilobytes, given.wait) for n in range(given.hosts)}
    shown = [(f"host-{n % given.hosts}.example", f"/{n}.png") for n in range(given.pictures)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        plain = one_by_one(sites, shown, Path(one))
        ours = with_blogark(sites, shown, Path(two))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"one by one {plain:.2f} s · blogark {ours:.2f} s · {plain / ours:.1f} times as fast · at most {memory} MiB")


if __name__ == "__main__":
    main()
