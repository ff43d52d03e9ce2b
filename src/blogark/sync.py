"""A run over an archive made before: what of it was listed again, and whether the rest must be."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from .model import Entry
from .store import Store

_MARGIN = timedelta(days=1)  # what happened while a run went on may be older than the last that it saw
_ENOUGH = 30  # entries in a row, newest first, that are here already as they are listed


class Sync:
    """`spares`: the archive is known to be whole, so that a listing need not go on beyond what is known."""

    def __init__(self, store: Store, *, spares: bool) -> None:
        self._store, self._spares = store, spares
        self._known = set(store.live())
        self._seen: set[str] = set()  # ids of posts that were listed
        self._row, self._day = 0, date.max
        self._stated: int | None = None
        self.new = 0  # posts that the archive has not

    @property
    def known(self) -> int:
        """Posts of the archive that the blog has, as far as was known before this run."""
        return len(self._known)

    def heed(self, entry: Entry, *, same: bool) -> None:
        """Hear of an entry under the id that it has here; `same`: it is here, and listed as it was."""
        here = self._store.holds_post(entry.id)
        self.new += not here
        self._stated = self._stated if entry.stated is None else entry.stated
        self._seen.add(entry.id)
        day = self._day_of(entry) if same else None
        if not same:
            self._row, self._day = 0, date.max
        elif day:  # where days rise, something was pinned above, or this is no order of days
            self._row = self._row + 1 if day <= self._day else 1
            self._day = day

    def enough(self) -> bool:
        """Whether all that is new must have been listed: only known posts came of late, and their number is right."""
        if not self._spares or self._row < max(1, min(_ENOUGH, self.known)):
            return False
        stated = (self._store.journal.whole or {}).get("stated")
        return self._stated is None or (stated is not None and self._stated == stated + self.new)

    def saw(self, post_id: str) -> bool:
        """Whether the post was listed."""
        return post_id in self._seen

    def since(self) -> datetime | None:
        """The moment from which changes may not be here: a day before the last that the archive knows of."""
        now, found = datetime.now(UTC), list[datetime]()
        for post in self._store.posts():
            told = (post.published, post.updated, *(comment.published for comment in post.comments))
            stamps = [each for each in told if isinstance(each, datetime) and each.tzinfo and each <= now]
            found = [max(found + stamps)] if stamps else found
        return found[0] - _MARGIN if found else None

    def unseen(self) -> Iterator[str]:
        """Ids of the known posts that were not listed."""
        left = self._known - self._seen
        return (post_id for post_id in self._store.live() if post_id in left)

    def returned(self) -> Iterator[str]:
        """Ids of posts that were gone, and are listed again."""
        return (post_id for post_id in list(self._store.journal.gone) if post_id in self._seen)

    def _day_of(self, entry: Entry) -> date | None:
        found = entry.published
        if found is None and (post := self._store.post(entry.id)):
            found = post.published
        return found.date() if isinstance(found, datetime) else found
