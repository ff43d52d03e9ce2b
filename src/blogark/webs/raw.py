"""What the net answers in the runs over one archive: kept as it came, and answered from again.

A run that was stopped is gone on with: for a day, what it was answered is not asked for again. Without the net
everything that was ever kept answers.
"""

import json
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from .. import disk
from ..errors import FetchError, Missing
from ..model import Options, Page, plain
from ._version import version

if TYPE_CHECKING:
    from ._coded import Exchange
    from .tape import Tape

FILE = "raw.warc.gz"
_FRESH = timedelta(days=1)


class Raw:
    """The memory of one run; it knows nothing before `open`, and holds back what it hears until `begin`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._tape: Tape | None = None
        self._unfinished = Path()
        self._since = 0  # bytes: where in the WARC the answers begin that are as good as new
        self._keeps = False
        self._waiting: list[Exchange] = []

    def open(self, folder: Path) -> None:
        """Answer from what the archive in this folder holds. StoreError when that is damaged."""
        own = folder / ".blogark"
        if self._tape is None and (self._options.raw != "none" or (own / FILE).exists()):
            from .tape import Tape  # warcio and requests, where they are used

            self._tape, self._unfinished = Tape(own / FILE, _about(self._options)), own / "unfinished.json"
            self._since = self._begun()

    def begin(self) -> None:
        """From now on what is heard is kept, and what was heard before."""
        if self._tape is None or self._options.raw == "none" or self._options.offline:
            return
        self._keeps = True
        if not self._unfinished.exists():
            told = {"raw": self._since, "began": plain(datetime.now(UTC))}
            disk.replace(self._unfinished, json.dumps(told) + "\n")
        for exchange in self._waiting:
            self._tape.hear(exchange)
        self._waiting.clear()

    def finish(self) -> None:
        """The run came to its end: the next one asks again."""
        with disk.guard(self._unfinished):
            if self._keeps:
                self._unfinished.unlink(missing_ok=True)

    def hear(self, exchange: "Exchange") -> None:
        """Keep an answer."""
        if self._keeps and self._tape:
            self._tape.hear(exchange)
        elif self._options.raw != "none":
            exchange.body.seek(0)
            self._waiting.append(replace(exchange, body=BytesIO(exchange.body.read())))

    def recall(self, url: str, *, fresh: bool = False) -> Page | None:
        """The page as it was answered, if that is good enough still; FetchError for what is known to be gone."""
        if self._tape is None:
            return None
        if self._options.offline:
            return self._tape.web.get(url)
        capture = None if fresh or self._options.refresh else self._tape.index.find(url)
        if capture is None or capture.offset < self._since:
            return None
        try:
            return self._tape.web.get(url)
        except FetchError:
            if capture.status in {404, 410}:
                raise
            return None

    def restore(self, url: str, to: Path) -> Page | None:
        """The body of a picture that was kept, where nobody is to be asked."""
        if self._tape and self._options.offline:
            with suppress(Missing):
                return self._tape.web.save(url, to)
        return None

    def _begun(self) -> int:
        """Where the answers of a run begin that was stopped of late, else where those of this run will."""
        assert self._tape is not None
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(disk.read(self._unfinished))
            age = datetime.now(UTC) - datetime.fromisoformat(told["began"])
            if abs(age) < _FRESH:
                return int(told["raw"])
        with disk.guard(self._unfinished):
            self._unfinished.unlink(missing_ok=True)
        return self._tape.index.end


def _about(options: Options) -> dict[str, str]:
    """What a WARC says of how it was made: never a secret."""
    chosen = {f.name: getattr(options, f.name) for f in fields(Options) if f.name not in {"headers", "cookies"}}
    said = {name: value for name, value in chosen.items() if value != getattr(Options(), name)}
    return {
        "software": f"blogark/{version()}",
        "robots": "obey" if options.robots else "ignore",
        "options": json.dumps(plain(said), ensure_ascii=False) if said else "",
    }
