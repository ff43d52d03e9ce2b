"""What lies near in the Wayback Machine: the pictures of a host or folder, learned by one question for all of them."""

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from .. import urls
from ..errors import FetchError

_MOST = 100_000  # captures that are remembered, of all places


class Row(Protocol):
    @property
    def url(self) -> str: ...


Captured = TypeVar("Captured", bound=Row)


@dataclass
class Near(Generic[Captured]):
    """`ask` answers for all captures below a place: them, and whether they are all.

    A place is worth a question of its own when a second picture below it is asked for.
    """

    ask: Callable[[str], tuple[list[Captured], bool]]
    _common: dict[str, str] = field(default_factory=dict)  # by host: the place below which all that was asked for lies
    _folders: set[str] = field(default_factory=set)  # places of what was asked for
    _large: set[str] = field(default_factory=set)  # places of which nobody tells all
    _known: dict[str, list[Captured]] = field(default_factory=dict)  # by place, the last learned last

    def find(self, url: str, prefix: bool) -> list[Captured] | None:
        """Captures of this address, or of all that begin with it; None where they are to be asked for."""
        key = bare(url)
        known = self._covering(key)
        if known is None:
            known = next(
                (rows for place in self._worthwhile(url, key) if (rows := self._learn(place, url)) is not None), None
            )
        if known is None:
            return None
        found = [row for row in known if (bare(row.url).startswith(key) if prefix else bare(row.url) == key)]
        return found or (None if "?" in key else found)  # the index has an order of its own for a query

    def _covering(self, key: str) -> list[Captured] | None:
        return next((rows for place, rows in self._known.items() if key.startswith(place)), None)

    def _worthwhile(self, url: str, key: str) -> Iterable[str]:
        """The host, or as much of it as is known to matter, then the folder: each when it was asked about before."""
        host, folder = urls.host(url), _folder(key)
        before = self._common.get(host)
        common = self._common[host] = folder if before is None else _folder(posixpath.commonprefix([before, key]))
        places = [common] * (before is not None) + [folder] * (folder in self._folders)
        self._folders.add(folder)
        return [place for place in dict.fromkeys(places) if place not in self._large]

    def _learn(self, place: str, url: str) -> list[Captured] | None:
        try:
            rows, whole = self.ask(f"{url.partition('://')[0]}://{place}")
        except FetchError:  # it may be too much to tell
            rows, whole = [], False
        if not whole:
            self._large.add(place)
            return None
        self._known[place] = rows
        while sum(map(len, self._known.values())) > _MOST:
            del self._known[next(iter(self._known))]
        return rows


def _folder(key: str) -> str:
    path = key.partition("?")[0]
    return (path.rpartition("/")[0] or path) + "/"


def bare(url: str) -> str:
    """What the index holds an address by, nearly: without scheme, www, port 80, and in small letters."""
    rest = url.lower().partition("://")[2]
    return rest.removeprefix("www.").replace(":80/", "/", 1)
