"""What the file system is asked for: files whole or not at all, lines that a crash cannot tear."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO

from .errors import StoreError

_BLOCK = 1 << 12  # bytes


class guard:  # noqa: N801 - reads as the verb it is, in `with guard(path)`
    """What the file system refuses, as a StoreError that names the file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise StoreError(f"{self._path}: {error.strerror or error}") from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of this file; StoreError while another process, or another part of this one, holds it.

    The system lets go of it when a process dies, however it does.
    """
    with guard(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    with file:
        try:
            _lock(file)
        except OSError as error:
            raise StoreError(f"{path.parent.parent}: another run is writing there; wait until it ends") from error
        yield


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def replace(target: Path, content: str | bytes) -> None:
    """Write the file beside its place and rename it: a reader sees the old one or the new one."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    part = target.parent / ".blogark.part"
    with guard(target):
        try:
            _write(part, data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(part, data)
        part.replace(target)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as file:
        _add(file, data)


def _add(file: IO[bytes], data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


class Lines:
    """The file `path`, to add lines to; it is opened for the first one, and stays open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None
        self._end = 0  # bytes in it

    def add(self, line: str | bytes) -> int:
        """The offset in bytes at which the line begins, which the system has when this returns."""
        with guard(self._path):
            if self._file is None:
                self._file = _to_add_to(self._path)
                self._end = self._file.tell()
            data = (line if isinstance(line, bytes) else line.encode("utf-8", "replace")) + b"\n"
            _add(self._file, data)
        self._end += len(data)
        return self._end - len(data)

    def close(self) -> None:
        if self._file:
            self._file.close()
        self._file = None


def _to_add_to(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("ab", buffering=0)


def append(path: Path, line: str) -> None:
    """Add one line."""
    with closing(Lines(path)) as file:
        file.add(line)


def mend(path: Path) -> None:
    """Cut off a last line that a crash cut short."""
    with guard(path):
        if path.exists():
            with path.open("rb") as file:
                end = _end(file)
            if end < path.stat().st_size:
                os.truncate(path, end)


def is_torn(path: Path) -> bool:
    """Whether a crash cut the last line of a file short."""
    with guard(path):
        if not path.exists():
            return False
        with path.open("rb") as file:
            return _end(file) < path.stat().st_size


def _end(file: IO[bytes]) -> int:
    """Where the last whole line of a file ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(end - _BLOCK, 0)
        file.seek(start)
        if (found := file.read(end - start).rfind(b"\n")) >= 0:
            return start + found + 1
        end = start
    return 0


def read(path: Path) -> str:
    """The text of a file; '' when it is not there."""
    with guard(path):
        return path.read_text("utf-8", "replace") if path.exists() else ""


def content(path: Path) -> bytes | None:
    """The bytes of a file; None when it is not there."""
    with guard(path), suppress(FileNotFoundError, NotADirectoryError):
        return path.read_bytes()
    return None


def holds(path: Path) -> bool:
    """Whether the file is there, with something in it: a power cut may leave an empty one."""
    return path.exists() and path.stat().st_size > 0


def move(file: Path, target: Path) -> None:
    """Rename a file, over another if need be."""
    with guard(target):
        file.replace(target)


def link(file: Path, to: Path) -> None:
    """Have the bytes of `file` at `to`, too: the same file, or a copy where the file system has no links."""
    with guard(to):
        try:
            os.link(file, to)
        except OSError:
            shutil.copy2(file, to)


def drop(file: Path, root: Path) -> None:
    """Take away a file, and the folders up to `root` where nothing else is in them."""
    with suppress(OSError):
        file.unlink()
        for folder in (file.parent, *file.parent.parents):
            folder.rmdir()
            if folder == root:
                return


def take(path: Path, use: Callable[[str, int], None]) -> None:
    """use(line, its offset in bytes) for every line of a file of JSON lines; StoreError for one that is damaged."""
    for number, offset, line in lines(path):
        try:
            use(line, offset)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreError(f"{path}, line {number} is damaged: {error}") from error


def lines(path: Path) -> Iterator[tuple[int, int, str]]:
    """(number, offset in bytes, text) of each line; a last line that a crash cut short is none."""
    offset = 0
    with guard(path):
        if not path.exists():
            return
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    return
                yield number, offset, line.decode("utf-8", "replace").rstrip("\n")
                offset += len(line)


def sync(paths: Sequence[Path]) -> None:
    """Return when the bytes of these files are on the disk."""
    if not _flush({path.parent for path in paths}):
        for path in paths:
            with guard(path), suppress(FileNotFoundError), path.open("rb", buffering=0) as file:
                os.fsync(file.fileno())


def _flush(folders: Iterable[Path]) -> bool:
    """Have the whole file systems of these folders on their disks; False where that cannot be asked for at once."""
    ask, systems = _syncfs(), dict[int, Path]()
    for folder in folders if ask else ():
        with suppress(OSError):
            systems[folder.stat().st_dev] = folder
    return ask is not None and all(_is_flushed(folder, ask) for folder in systems.values())


def _is_flushed(folder: Path, ask: Callable[[int], int]) -> bool:
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            return ask(number) == 0
        finally:
            os.close(number)
    return False


@cache
def _syncfs() -> Callable[[int], int] | None:
    """As syncfs(2) of Linux: one wait for many files."""
    return getattr(ctypes.CDLL(None), "syncfs", None) if sys.platform == "linux" else None
