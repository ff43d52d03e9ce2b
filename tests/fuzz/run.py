"""Throw damaged bytes at the readers: python tests/fuzz/run.py [TARGET…] [--runs N] [--seed N] [--keep DIR].

With atheris (`pip install 'blogark[fuzz]'`) and one target what is tried next follows what was reached; else, or with
`--plain`, a seeded mutator works on the seeds alone: ten times as many inputs a second. A crash, or an input of more
than `SLOW` seconds, ends the run, unless `--keep DIR` is given: then each is kept there as a file beside its traceback,
one of a kind, and the run goes on. The short run is CI's; the long one is

    for target in markdown page feed sitemap blog warc saved export zip mhtml; do
        nice python tests/fuzz/run.py $target --plain --runs 150000 --keep finds
        nice python tests/fuzz/run.py $target --runs 10000 --keep finds --corpus corpus/$target
    done
"""

import argparse
import hashlib
import importlib.util
import random
import re
import sys
import tempfile
import time
import traceback
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

SLOW = 5.0  # seconds of the processor for one input
LONGEST = 12_000  # bytes of an input
HANGS = 60  # seconds, after which atheris gives an input up
_PIECES = re.compile(rb"<[^>]*>|&[^;\s]{1,9};|[\w-]+|\s+|.", re.S)
_ODD = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"<!--", b"-->", b"]]>", b"<![CDATA[", b"&#0;", b"&#x110000;",
    b"&#xD800;", b"-1", b"0", b"99999999999999999999", b"1e999", b"null", b"[]", b"{}", b'""', b"NaN", b"true", b"http://[",
    b"http://a:99999/", b"//", b"?page=", b"javascript:", b"data:,", b"\r\n\r\n", b"Content-Length: 9999999999",
    b"0000-00-00", b"9999-12-31T23:59:59-23:59", b"0001-01-01T00:00:00+14:00", b"<table>",
    b"<td rowspan=99999 colspan=99999>",
    b"<pre>", b"<svg>", b"<math>", b"<template>", b"<p>", b"<a href=", b"<img src=", b"xml:base='", b"\x1f\x8b\x08",
)  # fmt: skip


class Find(Exception):
    """An input that does harm."""


def mutated(data: bytes, seeds: list[bytes], chance: random.Random) -> bytes:
    """`data` with some of its pieces or bytes dropped, doubled, moved, or changed for odd ones or another seed's."""
    pieces = _PIECES.findall(data[:LONGEST]) if chance.random() < 0.7 else [bytes([byte]) for byte in data[:LONGEST]]
    for _ in range(1 << chance.randrange(5)):
        at, size = chance.randrange(len(pieces) + 1), 1 << chance.randrange(7)
        other = chance.choice(seeds)
        start = chance.randrange(len(other) + 1)
        pieces[at : at + chance.choice((0, 1, size))] = chance.choice(
            (
                [],
                pieces[at : at + size] * 2,
                [chance.choice(_ODD)],
                pieces[at : at + 1] * size,
                [other[start : start + size * 4]],
                [chance.randbytes(min(size, 8))],
                pieces[: at // 2],
            )
        )
    return b"".join(pieces)[:LONGEST]


class Watch:
    """Runs inputs of one target, and says what happened."""

    def __init__(self, name: str, keep: Path | None) -> None:
        self.name, self.keep, self.count, self.slowest, self.finds = name, keep, 0, 0.0, set[str]()

    def __call__(self, data: bytes) -> None:
        from targets import run

        began, what, told = time.process_time(), "", ""
        try:
            run(self.name, data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            what, told = f"{type(error).__name__}-{Path(where.filename).stem}-{where.lineno}", traceback.format_exc()
        seconds = time.process_time() - began
        self.count, self.slowest = self.count + 1, max(self.slowest, seconds)
        if seconds > SLOW:
            what, told = what or "slow", f"{told}{seconds:.1f} s"
        if what:
            self._found(what, told, data)

    def _found(self, what: str, told: str, data: bytes) -> None:
        if self.keep is None:
            raise Find(f"{self.name}: {what}\n{told}\n{data[:2000]!r}")
        if what not in self.finds:
            self.finds.add(what)
            stem = self.keep / f"{self.name}-{what}-{hashlib.sha256(data).hexdigest()[:8]}"
            stem.with_suffix(".input").write_bytes(data)
            stem.with_suffix(".txt").write_text(told, "utf-8", "replace")

    def __str__(self) -> str:
        return f"{self.name}: {self.count:,} inputs, the slowest {self.slowest:.2f} s, {len(self.finds)} finds"


def plainly(watch: Watch, runs: int, seed: int) -> None:
    from targets import SEEDS

    seeds, chance = SEEDS[watch.name](), random.Random(seed)
    for data in seeds:
        watch(data)
    while watch.count < runs:
        watch(mutated(chance.choice(seeds), seeds, chance))


def guided(watch: Watch, runs: int, seed: int, corpus: Path | None) -> None:
    """Does not return: atheris ends the process."""
    import atheris

    with atheris.instrument_imports(include=["blogark"]):
        from targets import SEEDS
    seeds, folder = SEEDS[watch.name](), corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds):
        (folder / str(number)).write_bytes(data[:LONGEST])

    def mutate(data: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return mutated(data, seeds, chance)[:most]

    told = [f"-runs={runs}", f"-seed={seed}", f"-timeout={HANGS}", f"-max_len={LONGEST}", "-rss_limit_mb=4096"]
    quiet = ["-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={watch.keep or folder}/"]
    atheris.Setup([sys.argv[0], *told, *quiet, str(folder)], watch, custom_mutator=mutate)
    atheris.Fuzz()


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("targets", nargs="*")
    told.add_argument("--runs", type=int, default=1000)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--keep", type=Path)
    told.add_argument("--corpus", type=Path, help="where atheris keeps what reached further")
    told.add_argument("--plain", action="store_true")
    asked = told.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True, exist_ok=True)
    if not asked.plain and len(asked.targets) == 1 and importlib.util.find_spec("atheris"):
        guided(Watch(asked.targets[0], asked.keep), asked.runs, asked.seed, asked.corpus)
    from targets import TARGETS

    for name in asked.targets or TARGETS:
        plainly(watch := Watch(name, asked.keep), asked.runs, asked.seed)
        print(watch, flush=True)


if __name__ == "__main__":
    main()
