"""What the net answers in the runs over one archive: kept as it came, and answered from again.

A run that was stopped is gone on with: for a day, what it was answered is not asked for again. Without the net
everything that was ever kept answers.
"""

import json
import threading
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import disk
from ..errors import FetchError, Missing
from ..model import Options, Page, plain
from ._version import version

if TYPE_CHECKING:
    from ._coded import Exchange
    from .tape import Tape

FILE = "raw.warc.gz"
_FRESH = timedelta(days=1)
_VALIDATORS = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))


class Raw:
    """The memory of one run; it knows nothing before `open`, and holds back what it hears until `begin`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._tape: Tape | None = None
        self._file, self._making = Path(), threading.Lock()
        self._unfinished = Path()
        self.resumes = False  # the run before this one did not come to its end
        self._told: dict[str, Any] = {}  # of that run
        self._since = self._met = 0  # bytes: where in the WARC answers begin that are as good as new, and those of now
        self._keeps = False
        self._waiting: list[Exchange] = []

    def open(self, folder: Path) -> None:
        """Answer from what the archive in this folder holds. StoreError when that is damaged."""
        own = folder / ".blogark"
        if self._unfinished.name:
            return
        self._unfinished = own / "unfinished.json"
        self.resumes = self._is_there()
        with suppress(ValueError, TypeError):
            self._told = {**json.loads(disk.read(self._unfinished) or "{}")}
        self._file = own / FILE
        if self._file.exists() or (self._options.offline and self._options.raw != "none"):
            self._met = self._made().index.end
        self._since = self._begun()

    def begin(self, update: bool = False) -> bool:
        """From now on what is heard is kept, and what was heard before.

        `update`: the folder holds an archive. Whether it did when the run began that this one goes on with, if any.
        """
        update = bool(self._told.get("update")) if self.resumes else update
        if self._options.offline:
            return update
        self._mark(self._since, update)
        self._keeps = self._options.raw != "none"
        waiting, self._waiting = self._waiting, []
        for exchange in waiting:
            self.hear(exchange)
        return update

    def undo(self, update: bool) -> None:
        """Forget what was heard: nothing came of it. Of a first run that was stopped, posts did; it is not believed."""
        if self._tape and self._keeps and update:
            self._tape.cut(self._since)
        elif self._tape and not self._options.offline:
            self._mark(self._tape.index.end, update)
        self.finish(keep=not update)

    def finish(self, *, keep: bool = False) -> None:
        """The run came to its end: the next one asks again."""
        with disk.guard(self._unfinished):
            if not self._options.offline and not keep:
                self._unfinished.unlink(missing_ok=True)

    def hear(self, exchange: "Exchange") -> None:
        """Keep an answer."""
        if self._keeps:
            self._made().hear(exchange)
        elif self._options.raw != "none":
            exchange.body.seek(0)
            self._waiting.append(replace(exchange, body=BytesIO(exchange.body.read())))

    def keep(self, url: str, file: Path, kind: str) -> None:
        """Keep a body of this media type that came in parts; they are kept as they came, and none is the whole."""
        if self._keeps:
            self._made().keep(url, file, kind)

    def recall(self, url: str, *, fresh: bool = False) -> Page | None:
        """The page as it was answered, if that is good enough still; FetchError for what is known to be gone."""
        if self._tape is None:
            return None
        if self._options.offline:
            return self._tape.web.get(url)
        capture = None if self._options.refresh else self._tape.index.find(url)
        if capture is None or capture.offset < self._since or (fresh and capture.offset >= self._met):
            return None
        try:
            return self._tape.web.get(url)
        except FetchError:
            if capture.status in {404, 410}:
                raise
            return None

    def conditions(self, url: str) -> dict[str, str]:
        """Headers that ask for a page only where it is not as it was kept (RFC 9110 §13.1)."""
        capture = self._tape.index.find(url) if self._tape and not self._options.refresh else None
        if capture is None or capture.status != 200 or self._tape is None:
            return {}
        with suppress(FetchError), self._tape.web.record(capture) as record:
            if not record.rec_headers.get_header("WARC-Truncated"):
                said = {asks: record.http_headers.get_header(tells) for asks, tells in _VALIDATORS}
                return {name: value for name, value in said.items() if value}
        return {}

    def unchanged(self, url: str) -> Page | None:
        """The page as it was kept, as the server says that it is so still; None where that cannot be read."""
        with suppress(FetchError):
            return self._tape.web.get(url) if self._tape else None
        return None

    def restore(self, url: str, to: Path) -> Page | None:
        """The body of a picture that was kept, where nobody is to be asked."""
        if self._tape and self._options.offline:
            with suppress(Missing):
                return self._tape.web.save(url, to)
        return None

    def _made(self) -> "Tape":
        """Where it is kept, made for the first answer."""
        from .tape import Tape  # warcio and requests, where they are used

        with self._making:
            self._tape = self._tape or Tape(self._file, _about(self._options))
        return self._tape

    def _is_there(self) -> bool:
        with disk.guard(self._unfinished):
            return self._unfinished.exists()

    def _begun(self) -> int:
        """Where the answers of a run begin that was stopped of late, else where those of this run will."""
        with suppress(ValueError, KeyError, TypeError):
            age = datetime.now(UTC) - datetime.fromisoformat(self._told["began"])
            if abs(age) < _FRESH:
                return int(self._told["raw"])
        self._told.pop("began", None)
        return self._met

    def _mark(self, since: int, update: bool) -> None:
        """Note on disk, as long as the run goes on, from where it can be gone on with."""
        began = self._told.get("began") or plain(datetime.now(UTC))
        told = {"raw": since, "began": began, "update": update}
        if told != self._told:
            disk.replace(self._unfinished, json.dumps(told) + "\n")


def _about(options: Options) -> dict[str, str]:
    """What a WARC says of how it was made: never a secret."""
    chosen = {f.name: getattr(options, f.name) for f in fields(Options) if f.name not in {"headers", "cookies"}}
    said = {name: value for name, value in chosen.items() if value != getattr(Options(), name)}
    return {
        "software": f"blogark/{version()}",
        "robots": "obey" if options.robots else "ignore",
        "options": json.dumps(plain(said), ensure_ascii=False) if said else "",
    }
