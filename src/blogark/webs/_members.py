"""Where each record of a WARC lies: in a gzip member of its own (RFC 1952 §2.2), or one after another, not packed."""

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, cast

_SIGN = b"\x1f\x8b\x08"
_READ = 1 << 16  # bytes
_GROWN = 1 << 20  # bytes unpacked at a time, whatever they were packed into


def members(path: Path, start: int = 0) -> Iterator[tuple[int, int]]:
    """(offset, length) in bytes of each whole member, from the one at `start` on; damage is passed over."""
    with path.open("rb") as file:
        size = path.stat().st_size
        while start < size:
            length = _length(file, start)
            if length:
                yield start, length
                start += length
            else:
                start = _next(file, start + 1, size)


def is_whole(path: Path, offset: int, length: int) -> bool:
    """Whether a gzip member lies just there, undamaged."""
    with path.open("rb") as file:
        return _length(file, offset) == length


def plain(file: IO[bytes], size: int) -> Iterator[tuple[int, int]]:
    """(offset, length) in bytes of each whole record of a file of this size; what is none is passed over."""
    file.seek(0)
    while line := file.readline(_READ):
        offset = file.tell() - len(line)
        if line.startswith(b"WARC/"):
            end = _end(file)
            if end <= size:
                yield offset, end - offset
            file.seek(end if end <= size else offset + len(line))


def _end(file: IO[bytes]) -> int:
    """Where the record ends whose headers begin here; beyond all files when they do not say."""
    length = 1 << 62
    while (line := file.readline(_READ)).strip():
        if said := re.fullmatch(rb"content-length\s*:\s*(\d{1,15})\s*", line, re.I):
            length = int(said[1])
    return file.tell() + length


def is_one_piece(path: Path) -> bool:
    """Whether the file was packed as a whole, so that no record can be reached but through all before it."""
    if not is_packed(path):
        return False
    with gzip.open(path) as file:
        try:
            second, _ = list(islice(plain(cast(IO[bytes], file), 1 << 60), 2))[1]
        except (IndexError, EOFError, OSError, zlib.error):
            return False
    with path.open("rb") as packed:
        return _unpacked(packed, second + 1) > second


def _unpacked(file: IO[bytes], most: int) -> int:
    """Bytes that the first member unpacks to, as far as that."""
    member, size = zlib.decompressobj(31), 0
    with suppress(zlib.error):
        while size < most and not member.eof and (piece := member.unconsumed_tail or file.read(_READ)):
            size += len(member.decompress(piece, _GROWN))
    return size


def is_packed(path: Path) -> bool:
    """Whether the file begins as gzip files do."""
    with path.open("rb") as file:
        return file.read(len(_SIGN)) == _SIGN


def _length(file: IO[bytes], start: int) -> int:
    """Bytes of the member at `start`; 0 for what is none, or is not whole."""
    file.seek(start)
    member, read, grown = zlib.decompressobj(31), 0, b""
    try:
        while not member.eof:
            packed = member.unconsumed_tail or file.read(_READ)
            read += 0 if member.unconsumed_tail else len(packed)
            if not packed and not grown:
                return 0
            grown = member.decompress(packed, _GROWN)
    except zlib.error:
        return 0
    return read - len(member.unused_data)


def _next(file: IO[bytes], start: int, size: int) -> int:
    """Where the next member may begin."""
    while start < size:
        file.seek(start)
        piece = file.read(_READ)
        if (found := piece.find(_SIGN)) >= 0:
            return start + found
        start += max(len(piece) - len(_SIGN) + 1, 1)
    return size
