"""A blog's entries and posts, asked of its platform; here errors become events, and the rest goes on."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from . import choose, disk, errors, urls
from .choose import Platform
from .chosen import too_early, too_late
from .errors import ArchiveError, FetchError, Missing, ReadError, SourceError, StoreError
from .events import Failed, Listener, Withheld
from .model import Entry, Options, Page, Post
from .source import Source
from .store import Store
from .web import Web, stream
from .webs._version import version

_OLD_IN_A_ROW = 30  # entries from before `since`, after which a listing is taken to hold no newer ones


Reading = tuple[Entry, Platform, Web]  # what a listing names, who reads it, and from where


class Listing:
    """The entries that the filters may choose, each once; an error here ends the listing, not the run.

    `enough` says before each further page whether what was listed will do.
    """

    def __init__(
        self,
        platform: Platform,
        source: Source,
        options: Options,
        tell: Listener,
        enough: Callable[[], bool] = lambda: False,
    ) -> None:
        self._platform, self._source, self._options, self._tell = platform, source, options, tell
        self._enough = enough
        self.whole = False  # it came to its end, and nothing went wrong
        self.spared = False  # it ended where there was enough
        self._why = ""  # it ended too early
        self.bare = False  # it was answered, and no post was in the answers

    def __iter__(self) -> Iterator[Entry]:
        some = False
        with care(self._source.page.at, "", self._tell):
            try:
                for entry in self._entries():
                    some = True
                    yield entry
                self.whole = not self._options.chooses
            except _EnoughError:
                self.spared = True
            except (ReadError, Missing) as error:
                self._why = error.why
                self.bare = not some and (not isinstance(error, Missing) or bool(error.status))
                raise

    def _entries(self) -> Iterator[Entry]:
        seen: set[str] = set()
        old = 0
        for entry in self._platform.entries(self._source.page, _Sparing(self._source.web, self._enough)):
            keys = {f"id {entry.id}", *([] if urls.is_front(entry.url) else [urls.key(entry.url)])}
            if keys & seen:
                continue
            seen |= keys
            old = old + 1 if too_early(entry.published, self._options) else 0
            if old == _OLD_IN_A_ROW:
                return
            if not old and not too_late(entry.published, self._options):
                yield entry

    def readings(self) -> Iterator[Reading]:
        """What the listing names; where that is one post at most, also what captures of the blog name beside it."""
        platform, live = self._platform, set[str]()
        for entry in self:
            live.add(urls.key(entry.url))
            yield entry, platform, self._source.web
        if left := [url for url in self._source.unread() if url not in self._why]:
            why = f"other exports lie beside it, each to be read alone: {', '.join(left)}"
            self._tell(Failed(self._source.page.at, why))
        former = None if len(live) > 1 or self.spared or self._options.chooses else self._source.former()
        if former:
            with suppress(SourceError):
                _, platform = choose.platform(former.page, self._options.platform)
            for entry in Listing(platform, former, self._options, self._tell):
                if urls.key(entry.url) not in live:
                    yield entry, platform, former.web


class _EnoughError(Exception):
    """No further page is wanted."""


class _Sparing:
    """A web that asks for no further page once there is enough."""

    def __init__(self, web: Web, enough: Callable[[], bool]) -> None:
        self._web, self._enough = web, enough
        self.save, self.urls, self.open = web.save, web.urls, partial(stream, web)

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        if self._enough():
            raise _EnoughError
        return self._web.get(url, fresh=fresh, referer=referer)


def teach(platform: Platform, start: Page, store: Store) -> None:
    """Let the platform read the blog by what it learned of it in an earlier run; of another blogark it is no use."""
    by, text = getattr(platform, "teach", None), disk.read(store.template)
    with suppress(ValueError, TypeError, KeyError, AttributeError):  # what is damaged is learned again
        if by and text and (told := json.loads(text))["by"] == version():
            by(start, told["learned"])


def note(platform: Platform, start: Page, store: Store) -> None:
    """Keep what the platform learned of the blog."""
    tells = getattr(platform, "learned", None)
    if tells and (learned := tells(start)):
        text = json.dumps({"by": version(), "learned": learned}, ensure_ascii=False, indent=1) + "\n"
        if text != disk.read(store.template):
            disk.replace(store.template, text)


def read(platform: Platform, entry: Entry, web: Web, tell: Listener) -> Post | None:
    """The post, or None after telling why not."""
    with care(entry.url, entry.id, tell):
        return platform.post(entry, web)
    return None


@contextmanager
def care(url: str, post: str, tell: Listener) -> Iterator[None]:
    """The one place where an error stops being an exception: it is told, and the rest goes on."""
    try:
        yield
    except (StoreError, BrokenPipeError):
        raise  # nothing can go on without a place to keep it, or with nobody who listens
    except errors.Withheld as error:
        tell(Withheld(url, error.why, post))
    except FetchError as error:
        where = "" if urls.key(error.url) == urls.key(url) else f" ({error.url})"
        tell(Failed(url, error.why + where, post))
    except ArchiveError as error:
        tell(Failed(url, getattr(error, "why", str(error)), post))
    except Exception as error:
        tell(Failed(url, f"{type(error).__name__}: {error}", post))
