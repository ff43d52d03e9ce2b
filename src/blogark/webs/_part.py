"""A part: the file that a body goes into, and goes on in where it stopped."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO

from ..errors import FetchError, StoreError
from ._faults import Passing

_AGAIN = 64  # bytes of what is held that are asked for again: when they differ, the file is another one by now


class Part:
    """The file `to` of one request for `url`."""

    def __init__(self, url: str, to: Path) -> None:
        self._url, self._to = url, to
        with self._kept():
            self._start = max(to.stat().st_size - _AGAIN, 0) if to.exists() else 0  # bytes

    @property
    def wanted(self) -> dict[str, str]:
        """Headers that ask for the rest; the body as it is, since ranges of packed bodies do not fit together."""
        return {"Accept-Encoding": "identity"} | ({"Range": f"bytes={self._start}-"} if self._start else {})

    def fits(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether the answer is the whole body, or just the rest asked for, of a file that is the same still.

        RFC 9110 §15.3.7: a part may start elsewhere than asked; 416 says that there is none.
        """
        if status != 206:
            return status != 416
        starts = headers.get("content-range", "").startswith(f"bytes {self._start}-")
        return starts and "content-encoding" not in headers and not self._stale(headers)

    @contextmanager
    def opened(self, status: int, headers: Mapping[str, str]) -> Iterator[IO[bytes]]:
        """The file, where the rest of the body goes, else empty; Passing when it is not whole afterwards."""
        if status != 206:
            with self._kept(), self._to.open("wb") as file:
                yield file
            return
        with self._kept(), self._to.open("r+b") as file:
            file.seek(self._start)
            held = file.read(_AGAIN)
            file.seek(self._start)
            try:
                yield file
            finally:
                end = self._compared(file, held)
            total = re.fullmatch(r"bytes \d+-\d+/(\d{1,18})", headers.get("content-range", ""))
            if total and int(total[1]) != end:
                raise Passing(FetchError(self._url, f"the body broke off: {end:,} of {total[1]} bytes"))

    def _compared(self, file: IO[bytes], held: bytes) -> int:
        """Where the body ended; Passing when it does not go on what was held, which is thrown away then."""
        end = file.tell()
        file.seek(self._start)
        if file.read(min(len(held), end - self._start)) != held[: end - self._start]:
            raise self.drop(206)
        file.truncate(max(end, self._start + len(held)))
        return end

    def drop(self, status: int) -> Passing:
        """Start over: what is held cannot be gone on with."""
        with self._kept():
            self._to.unlink(missing_ok=True)
        return Passing(FetchError(self._url, "the server sends another part of the file than asked for", status))

    def _stale(self, headers: Mapping[str, str]) -> bool:
        try:
            changed = parsedate_to_datetime(headers["last-modified"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return False
        return changed > self._to.stat().st_mtime

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(f"{self._to} cannot be written: {error.strerror or error}") from error
