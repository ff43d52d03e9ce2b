"""What a person has in hand, as a Web: one export file, the files of a zip or of a folder.

Files are read where they lie, members of a zip through an unnamed copy on the disk: nothing is unpacked under a name
that the zip chose. A picture that a post names by its old address is found by the end of its path.
"""

import codecs
import mimetypes
import os
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from posixpath import splitext
from typing import IO
from urllib.parse import quote, unquote, urlsplit

from ..errors import FetchError, Missing, SourceError
from ..model import Page
from ..web import DIRECTORY

ROOT = "file:///"  # as if it were the whole disk: an archive of it does not change when it is moved
WHOLE = 4 << 20  # bytes up to which a page's body is all of the file
HEAD = 1 << 18  # bytes of its beginning, for what is longer
_PAGE = 64 << 20  # bytes of a web page, which is always read whole
_MEMBER = 8 << 30  # bytes that one member of a zip may unpack to
_RATIO = 250  # times its packed size that a member may unpack to, beyond the first
_FREE = 64 << 20  # bytes
_MEMBERS = 500_000
_PIECE = 1 << 20
_LITTLE = 1 << 15
_WIDE = frozenset({codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE})
_SIGN = b"PK\x03\x04"
_UTF8 = 0x800  # the flag of a name in UTF-8 (APPNOTE 4.4.4); other names are in whatever their maker's system had
_CHARSETS = ("utf-8", "euc-kr")  # Apple's zips, Korean Windows': neither reads what is in the other
_TORN = (zipfile.BadZipFile, zlib.error, LZMAError, struct.error, EOFError, OverflowError)
_DAMAGED = (*_TORN, RuntimeError, OSError, ValueError)
_TELLING = 8  # letters of a file's name that nothing else is likely to be called
_KINDS = {".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".csv": "text/csv", ".md": "text/markdown"}


class Exported:
    """The Web of one file, of the members of a zip or the files of a folder; nothing is asked of the net.

    SourceError for what cannot be read at all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._zip = _opened(path) if path.is_file() and _is_zip(path) else None
        members = [each for each in self._zip.infolist() if _is_ours(each)] if self._zip else []
        if len(members) > _MEMBERS:
            raise SourceError(f"{path}: a zip of {len(members):,} files is none that a blog gives")
        if sum(each.compress_size for each in members) > path.stat().st_size:
            raise SourceError(f"{path} is a damaged zip: its files lie upon each other")
        self._members = {_name(each): each for each in members}
        self._many = self._zip is not None or path.is_dir()
        self._names = list(self._members) if self._zip else _files(self._path)
        self.opened: set[str] = set()  # addresses of what was read as a stream
        self._known, self._tails = frozenset(self._names), _tails(self._names)

    def urls(self) -> Iterator[str]:
        return map(_url, self._names)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        if url == ROOT and self._many:
            names = "\n".join(name.replace("\n", " ") for name in self._names)
            return Page(url, names.encode("utf-8", "replace"), {"content-type": DIRECTORY})
        name = self._find(url)
        said = _kind(name)
        with self._raw(name) as file:
            body = _upto(WHOLE + 1, file)
            text = body.decode("utf-16", "ignore").encode("utf-8", "replace") if body[:2] in _WIDE else body
            kind = said or _sniffed(text[:1024])
            if kind == "text/html":
                return Page(url, body + _upto(_PAGE - len(body), file), {"content-type": kind})
        return Page(url, text if len(text) <= WHOLE else text[:HEAD], {"content-type": kind})

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        name = self._find(url)
        with self._raw(name) as file, to.open("wb") as out:
            shutil.copyfileobj(file, out, _PIECE)
        return Page(url, b"", {"content-type": _kind(name)}, at=_url(name))

    def open(self, url: str) -> IO[bytes]:
        """The file at `url`, to read from anywhere in it; the caller closes it."""
        name = self._find(url)
        self.opened.add(_url(name))
        if self._zip is None:
            return self._file(name).open("rb")
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        with self._raw(name) as file:
            shutil.copyfileobj(file, copy, _PIECE)
        copy.seek(0)
        return copy

    @contextmanager
    def _raw(self, name: str) -> Iterator[IO[bytes]]:
        """A file from its beginning; FetchError for what is damaged, encrypted, or a bomb."""
        if self._zip is None:
            with self._file(name).open("rb") as file:
                yield file
            return
        try:
            member = self._members[name]
            most = min(_MEMBER, _FREE + _RATIO * member.compress_size)
            if member.file_size > most:
                raise FetchError(_url(name), f"unpacks to {member.file_size:,} bytes of {member.compress_size:,}")
            with self._zip.open(member) as file:
                yield file
        except _DAMAGED as error:
            why = "is locked by a password" if "encrypt" in str(error) else f"is damaged: {error}"
            raise FetchError(f"{self._path.name}/{name}", why) from error

    def _file(self, name: str) -> Path:
        return self._path / name if self._many else self._path

    def _find(self, url: str) -> str:
        name = unquote(urlsplit(url).path, errors="surrogateescape").lstrip("/")
        if url.startswith("file:") and name in self._known:
            return name
        parts = PurePosixPath(name).parts
        two = "/".join(parts[-2:]).casefold() if len(parts) > 1 else ""
        alone = parts[-1].casefold() if parts and len(re.findall(r"\w", parts[-1])) >= _TELLING else ""
        found = self._tails.get(two, "") or self._tails.get(alone, "")
        if not found:
            raise Missing(url, f"not in {self._path.name}", 404)
        return found


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SIGN)) == _SIGN or zipfile.is_zipfile(file)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise SourceError(f"{path} is a damaged zip: {error}") from error


def _files(path: Path) -> list[str]:
    return [path.name] if path.is_file() else sorted(_below(path), key=lambda name: name.split("/"))


def _below(root: Path) -> Iterator[str]:
    """The files of a folder, hidden ones and what lies outside it left out."""
    folders, start = [str(root)], len(str(root / "x")) - 1
    while folders:
        with os.scandir(folders.pop()) as found:
            for each in found:
                if each.name.startswith("."):
                    continue
                if each.is_dir(follow_symlinks=False):
                    folders.append(each.path)
                elif each.is_file() and (not each.is_symlink() or Path(each.path).resolve().is_relative_to(root)):
                    yield each.path[start:].replace(os.sep, "/")


def _upto(most: int, file: IO[bytes]) -> bytes:
    """So many bytes of a file; of the many small ones no buffer for a large one is made."""
    body = file.read(_LITTLE)
    return body + file.read(most - _LITTLE) if len(body) == _LITTLE else body


def _is_ours(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(_name(member)).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    link = stat.S_ISLNK(member.external_attr >> 16)  # what it holds is a path of its maker's disk
    return bool(parts) and not member.is_dir() and not link and not hidden


def _name(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if not name.isascii() and not member.flag_bits & _UTF8:
        name = next(filter(None, (_decoded(name, charset) for charset in _CHARSETS)), name)
    return name.replace("\\", "/").lstrip("/")


def _decoded(name: str, charset: str) -> str:
    """What zipfile took for cp437, as that is what APPNOTE says; '' where it is not in this charset."""
    try:
        return name.encode("cp437").decode(charset)
    except UnicodeError:
        return ""


def _url(name: str) -> str:
    return ROOT + quote(name, errors="surrogateescape")


def _tails(names: list[str]) -> dict[str, str]:
    """Files that no page is, by the last one and two parts of their names, where only one has them."""
    found: dict[str, str] = {}
    for name in names:
        if _kind(name).partition("/")[0] in {"image", "audio", "video", "application"}:
            parts = PurePosixPath(name.casefold()).parts
            for tail in {parts[-1], "/".join(parts[-2:])}:
                found[tail] = "" if tail in found else name
    return found


def _kind(name: str) -> str:
    """The media type by the name; '' where that says nothing of the content."""
    kind = _KINDS.get(splitext(name)[1].lower()) or mimetypes.guess_type(name)[0] or ""
    return "" if kind in {"text/plain", "application/octet-stream"} else kind


def _sniffed(head: bytes) -> str:
    if re.match(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<!--[^>]*saved from)", head, re.I):
        return "text/html"
    return "application/xml" if re.match(rb"(?:\xef\xbb\xbf)?\s*<", head) else "text/plain"
