"""The account of a run: events counted into a Report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from .events import NESTING, Event, Failed, Found, Kept, Lost, Rescued, Unchanged, Withheld, Wrote
from .model import Blog, Report


@dataclass
class Tally:
    """A listener that counts. What an earlier run told already sets no exit status again."""

    told: frozenset[tuple[str, str]] = frozenset()  # (post id, what): losses of earlier runs
    stated: int | None = None
    _counts: dict[type[Event], int] = field(default_factory=dict)
    _lost: list[str] = field(default_factory=list)
    _failures: list[str] = field(default_factory=list)
    _withheld: list[str] = field(default_factory=list)
    _code: int = 0
    _found: dict[str, str] = field(default_factory=dict)  # addresses by post id

    @classmethod
    def over(cls, lost: Mapping[str, Mapping[str, str]]) -> Self:
        """A tally that knows what a journal says is lost: by post id, what and why."""
        return cls(frozenset((post, what) for post, losses in lost.items() for what in losses))

    def __call__(self, event: Event) -> None:
        self._counts[type(event)] = self._counts.get(type(event), 0) + 1
        match event:
            case Found(post, url, _, stated):
                self._found[post] = url
                self.stated = self.stated if stated is None else stated
            case Failed(url, why, post):
                self._failures.append(f"{url}: {why}")
                self._fault(1, (post, url))
            case Withheld(url, why):
                self._withheld.append(f"{url}: {why}")
            case Lost(post, what, why):
                of = f" of {self._found[post]}" if post in self._found and "://" not in what else ""
                self._lost.append(f"{what}{of}: {why}")
                if what != NESTING:
                    self._fault(3, (post, what))

    def _fault(self, code: int, what: tuple[str, str]) -> None:
        if what not in self.told and self._code != 1:
            self._code = code

    def count(self, kind: type[Event]) -> int:
        return self._counts.get(kind, 0)

    def report(self, blog: Blog, folder: Path, media: int, seconds: float) -> Report:
        """`media`: pictures and attachments that the archive holds."""
        return Report(
            blog=blog,
            stated=self.stated,
            found=self.count(Found),
            written=self.count(Wrote),
            unchanged=self.count(Unchanged),
            kept=self.count(Kept),
            gone=0,
            media=media,
            rescued=self.count(Rescued),
            lost=tuple(self._lost),
            failures=tuple(self._failures),
            withheld=tuple(self._withheld),
            seconds=seconds,
            code=self._code or (0 if self.count(Found) > len(self._withheld) else 1),
            folder=folder,
        )
