"""Kill -9 at random moments over a blog on a faulty server: every archive ends as the unbroken run's, byte for byte.

    python bench/kills.py --kills 200 --posts 300
    python bench/kills.py --kills 200 --posts 300 --update

With --update it is the second run that is killed: some posts are new by then, some edited, some commented on. Prints a
line a trial: its kills, the posts' pages that were asked for again, the files that differ. Exits 1 when one does, or
when more pages were asked for again than were on their way when the run was killed: one a kill.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from homemade import GIF, Told, blog, comment  # noqa: E402
from loopback import Answer, Request, Served, Site, as_answer, reset, truncated  # noqa: E402

RUN = """import sys
from blogark import Options, archive
from blogark.webs.live import Live
def net(home, options, tell, **more):
    return Live(options, tell, home=home, sleep=lambda seconds: None, **more)
sys.exit(archive(sys.argv[1], sys.argv[2], Options(wayback="never"), net=net).code)
"""
EVERY = 9  # one answer in so many is bad the first time
LISTED = 10  # posts a page


class Faulty:
    """The blog, some of whose pages and pictures are refused, cut short or broken off at first."""

    def __init__(self, posts: int) -> None:
        self.asked: Counter[str] = Counter()
        told = [_told(number, posts) for number in range(posts)]
        pictures = {f"{number}.gif": GIF + str(number).encode() for number in range(posts)}
        self._pages = {**blog(*told, **pictures), **_listings(told)}
        self._posts = posts

    def grow(self) -> None:
        """Some new posts, some that were edited, some with a comment more; each of them shows it in the listing."""
        every = [_told(number, self._posts) for number in range(-5, self._posts)]
        for number in range(0, self._posts, 17):
            told, said = every[number + 5], comment(number, "Ann", f"Comment on {number}.")
            body = told.body.replace("words of its own", "words, of which some came later")
            more = said + comment(number + 10_000, "Bo", "And another.")
            every[number + 5] = replace(told, body=body if number % 2 else told.body, count=2, comments=more)
        pictures = {f"{number}.gif": GIF + str(number).encode() for number in range(-5, self._posts)}
        self._pages = {**blog(*every, **pictures), **_listings(every)}

    def __call__(self, request: Request) -> Served | None:
        self.asked[request.path] += 1
        found = self._pages.get(request.path)
        if found is None or callable(found) or not is_bad(request.path) or self.asked[request.path] > 1:
            return None if callable(found) else found
        body = as_answer(found, request.path).body
        whole = body if isinstance(body, bytes) else body.encode()
        return random.choice([Answer(503), reset(), truncated(whole[: len(whole) // 2], len(whole))])


def is_bad(path: str) -> bool:
    return sum(path.encode()) % EVERY == 0


def _told(number: int, posts: int) -> Told:
    links = "".join(f'<p>See <a href="{_path(n % posts)}">that</a>.</p>' for n in (number + 1, number * 7, number + 40))
    body = f"<p>Post {number} has some words of its own.</p>{links}<p><img src='/{number}.gif'></p>"
    title = "Memo" if number % 10 == 3 else f"Title {number}"
    said = comment(number, "Ann", f"Comment on {number}.")
    return Told(_path(number), title, f"20{10 + number % 9}-0{1 + number % 8}-11", body=body, count=1, comments=said)


def _path(number: int) -> str:
    return f"/2011/{'post' if number % 10 != 3 else 'memo'}-{number}.html"


def _listings(told: list[Told]) -> dict[str, Served]:
    """The front page and those behind it."""
    pages: dict[str, Served] = {}
    for start in range(0, len(told), LISTED):
        older = (
            f"<a rel='next' href='/page/{start // LISTED + 2}'>Older posts</a>" if start + LISTED < len(told) else ""
        )
        listed = "".join(each.listed() for each in told[start : start + LISTED])
        name = f"/page/{start // LISTED + 1}" if start else "/"
        body = f"<body><h1><a href='/'>A blog</a></h1>{listed}{older}</body>"
        pages[name] = f"<html><head><title>A blog</title></head>{body}</html>"
    return pages


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".blogark" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def run(url: str, folder: Path, seconds: float | None = None) -> int | None:
    """The exit status of a run; None when it was killed after this time."""
    process = subprocess.Popen([sys.executable, "-c", RUN, url, str(folder)], stderr=subprocess.PIPE)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return None


def trial(
    site: Site, faulty: Faulty, into: Path, seconds: float, whole: dict[str, bytes], before: Path | None
) -> tuple[int, bool]:
    """Kill runs at random moments until one ends: how often, and whether it ended as the unbroken one did.

    `before`: the archive that they bring up to date. Without it each run goes on where the last was, so that short ones
    are killed all over the blog.
    """
    faulty.asked.clear()
    kills = 0
    if before:
        shutil.copytree(before, into)
    while kills < 8 and run(site.url, into, random.uniform(0.2, seconds if before else seconds / 4)) is None:
        kills += 1
    code = run(site.url, into)
    posts = {path: asked for path, asked in faulty.asked.items() if path.endswith(".html")}
    again = sum(asked - 1 - is_bad(path) for path, asked in posts.items())
    there = tree(into)
    differ = [name for name in sorted({*whole, *there}) if whole.get(name) != there.get(name)]
    print(
        f"{into.name}: {kills} kills, exit {code}, {again} pages asked for again, {len(differ)} files differ",
        *differ[:9],
    )
    return kills, not differ and again <= kills


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--posts", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--update", action="store_true")
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    faulty = Faulty(chosen.posts)
    with Site(faulty) as site, tempfile.TemporaryDirectory() as folder:
        for name in ("cold", "whole"):
            faulty.asked.clear()
            began = time.monotonic()
            code = run(site.url, Path(folder) / name)
            seconds = time.monotonic() - began
        before = Path(folder) / "cold" if chosen.update else None
        if before:
            faulty.grow()
            faulty.asked.clear()
            began = time.monotonic()
            code = run(site.url, Path(folder) / "whole")
            seconds = time.monotonic() - began
        whole = tree(Path(folder) / "whole")
        print(f"unbroken: exit {code}, {len(whole)} files, {faulty.asked.total()} requests, {seconds:.1f} s")
        killed, good = 0, True
        while killed < chosen.kills and good:
            random.seed(chosen.seed + killed)
            kills, good = trial(site, faulty, Path(folder) / f"after-{killed}-{chosen.seed}", seconds, whole, before)
            killed += kills
            chosen.seed += 1
    print(f"{killed} kills: {'every tree is the same' if good else 'NOT the same'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
