"""What the file system is asked for: files whole or not at all, lines that a crash cannot tear."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import StoreError


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """What the file system refuses, as a StoreError that names the file."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def replace(target: Path, text: str) -> None:
    """Write the file beside its place and rename it: a reader sees the old one or the new one."""
    part = target.with_name(".blogark.part")
    with guard(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(text.encode("utf-8", "replace"))
        part.replace(target)


def append(path: Path, lines: Iterable[str], *, sync: bool = False) -> int:
    """Add lines; the offset in bytes at which the first of them begins."""
    with guard(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            offset = file.tell()
            file.write("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
            if sync:
                file.flush()
                os.fsync(file.fileno())
    return offset


def read(path: Path) -> str:
    """The text of a file; '' when it is not there."""
    with guard(path):
        return path.read_text("utf-8", "replace") if path.exists() else ""


def move(file: Path, target: Path) -> None:
    """Rename a file, over another if need be."""
    with guard(target):
        file.replace(target)


def take(path: Path, use: Callable[[str, int], None]) -> None:
    """use(line, its offset in bytes) for every line of a file of JSON lines; StoreError for one that is damaged."""
    for number, offset, line in _lines(path):
        try:
            use(line, offset)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}, line {number} is damaged: {error}") from error


def _lines(path: Path) -> Iterator[tuple[int, int, str]]:
    """(number, offset in bytes, text) of each line; a last line that a crash cut short is cut off."""
    offset = 0
    with guard(path):
        if not path.exists():
            return
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    os.truncate(path, offset)
                    return
                yield number, offset, line.decode("utf-8", "replace").rstrip("\n")
                offset += len(line)


def sync(paths: Iterable[Path]) -> None:
    """Return when the bytes of these files are on the disk."""
    for path in paths:
        if path.exists():
            with guard(path), path.open("rb") as file:
                os.fsync(file.fileno())
