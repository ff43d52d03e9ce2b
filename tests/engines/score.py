"""The figures of one engine or of all: `PYTHONPATH=src:tests python -m engines.score [-v] [NAME …]`.

-v says every difference; `--serve NAME` builds the blog and serves it until Enter, for looking at it.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from . import ENGINES, build
from .compare import KINDS, Score, score
from .site import Absent

FIELDS = ("title", "author", "day", "instant", "tags", "category", "comments", "remarks", "body", *KINDS)


def line(name: str, result: Score, seconds: float) -> str:
    figures = " ".join(f"{field}={result.mean(field):.3f}" for field in FIELDS if field in result.right)
    found = f"found={result.expected - len(result.missing)}/{result.expected} extra={len(result.extra)}"
    asked = f"leaks={len(result.leaks)} requests={result.requests}/{result.allowed} code={result.code}"
    return f"{name:18} {found} {asked} {figures} ({seconds:.0f} s)"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ENGINES))
    parser.add_argument("-v", action="store_true", help="say every difference")
    parser.add_argument("-k", "--keep", type=Path, help="build and archive into this folder, and leave it there")
    parser.add_argument("--serve", action="store_true", help="serve until Enter instead of archiving")
    options = parser.parse_args(argv)
    for name in options.names or ENGINES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = (options.keep or Path(temporary)).resolve() / name
            try:
                blog = build(name, folder)
            except Absent as absent:
                print(f"{name:18} skipped: {absent}")
                continue
            try:
                if options.serve:
                    input(f"{blog.url} ")
                    continue
                start = time.perf_counter()
                result = score(blog, folder / "archive")
                print(line(name, result, time.perf_counter() - start), flush=True)
                if options.v:
                    for kind in ("missing", "extra", "leaks", "wrong"):
                        print(*(f"    {kind}: {told}" for told in getattr(result, kind)), sep="\n")
            finally:
                blog.close()
                blog.site.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
