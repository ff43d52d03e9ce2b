"""What happens while archiving, as values.

The library never prints. It tells a Listener; the journal, the progress line and the
log are three of them. str() of an event is one line for a person, its fields are for
programs.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar

from .model import Media, plain


@dataclass(frozen=True, slots=True)
class Event:
    level: ClassVar[int] = logging.INFO

    def to_dict(self) -> dict[str, Any]:
        """{"event": its name in lower case, and its fields}, as JSON holds them."""
        event: Any = type(self)
        name, told = _told(event)
        return {"event": name, **{each: plain(getattr(self, each)) for each in told}}


@cache
def _told(event: type[Any]) -> tuple[str, tuple[str, ...]]:
    return event.__name__.lower(), tuple(f.name for f in fields(event) if f.repr)


@dataclass(frozen=True, slots=True)
class Fetched(Event):
    url: str
    status: int  # HTTP
    size: int  # bytes
    seconds: float
    level: ClassVar[int] = logging.DEBUG

    def __str__(self) -> str:
        return f"{self.status} {self.url} ({self.size:,} bytes, {self.seconds:.2f} s)"


@dataclass(frozen=True, slots=True)
class Found(Event):
    post: str  # id
    url: str
    title: str
    stated: int | None = None  # posts in the whole blog, where the listing says so
    level: ClassVar[int] = logging.DEBUG

    def __str__(self) -> str:
        return f"found {self.url} {self.title}"


@dataclass(frozen=True, slots=True)
class Saved(Event):
    media: Media
    level: ClassVar[int] = logging.DEBUG

    def __str__(self) -> str:
        return f"saved {self.media.path} from {self.media.from_}"


@dataclass(frozen=True, slots=True)
class Rescued(Event):
    """A picture was saved, but not from where the post says it is."""

    media: Media

    def __str__(self) -> str:
        return f"rescued {self.media.url} from {self.media.from_}"


@dataclass(frozen=True, slots=True)
class Wrote(Event):
    post: str  # id
    path: str  # posix, relative to the archive folder
    sha256: str  # hex, of the file as written
    halves: tuple[str, str] = field(default=("", ""), repr=False)  # likewise, above and below the mark of comments

    def __str__(self) -> str:
        return f"wrote {self.path}"


@dataclass(frozen=True, slots=True)
class Unchanged(Event):
    post: str  # id
    path: str
    level: ClassVar[int] = logging.DEBUG

    def __str__(self) -> str:
        return f"unchanged {self.path}"


@dataclass(frozen=True, slots=True)
class Kept(Event):
    """A file was left as a person made it."""

    post: str  # id
    path: str
    why: str
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return f"kept {self.path}: {self.why}"


NESTING = "nesting"  # what is lost, and no word with it, when a post is nested deeper than any reader follows


@dataclass(frozen=True, slots=True)
class Lost(Event):
    """A part of a post could not be had: a picture, its comments, some of its words."""

    post: str  # id
    what: str  # the picture's address, or the part in words
    why: str
    status: int = 0  # HTTP, where a server answered
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return f"lost {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """A post, or the rest of a listing, could not be had."""

    url: str
    why: str
    post: str = ""  # id; '' for a listing
    level: ClassVar[int] = logging.ERROR

    def __str__(self) -> str:
        return f"failed {self.url}: {self.why}"


@dataclass(frozen=True, slots=True)
class Withheld(Event):
    """A post was seen that is not public; it is not saved, and that is no fault."""

    url: str
    why: str
    post: str  # id
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return f"not saved {self.url}: {self.why}"


@dataclass(frozen=True, slots=True)
class Gone(Event):
    """A post that the archive holds is on the blog no more; post and file stay."""

    post: str  # id
    url: str
    why: str
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return f"gone {self.url}: {self.why}; what was saved of it stays"


@dataclass(frozen=True, slots=True)
class Held(Event):
    """Most of the blog changed at once, and no file was touched."""

    why: str
    level: ClassVar[int] = logging.ERROR

    def __str__(self) -> str:
        return f"held back: {self.why}"


@dataclass(frozen=True, slots=True)
class Instead(Event):
    """What was asked for is gone, and something else is read in its place."""

    url: str
    from_: str  # where it is read from
    why: str
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return f"{self.url} {self.why}: reading {self.from_}"


@dataclass(frozen=True, slots=True)
class Needs(Event):
    """What was written shows whole only with a setting of the site generator."""

    posts: int  # written in this run that need it
    setting: str
    level: ClassVar[int] = logging.WARNING

    def __str__(self) -> str:
        return (
            f"{self.posts:,} {'post holds' if self.posts == 1 else 'posts hold'} HTML, shown only with {self.setting}"
        )


Listener = Callable[[Event], None]

_logger = logging.getLogger("blogark")


def log(event: Event) -> None:
    """The default listener: the "blogark" logger."""
    _logger.log(event.level, "%s", event)


def tee(*listeners: Listener) -> Listener:
    """One listener that tells all of these, in order."""

    def tell(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return tell


class Relay:
    """A listener that any thread may tell: what others say waits for the thread that made it to tell something."""

    def __init__(self, listen: Listener) -> None:
        self._listen, self._home = listen, threading.get_ident()
        self._waiting: deque[Event] = deque()

    def __call__(self, event: Event) -> None:
        self._waiting.append(event)
        while self._waiting and threading.get_ident() == self._home:
            self._listen(self._waiting.popleft())
