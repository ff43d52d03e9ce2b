"""A post as one place shows it: a listing page, its own page, a feed."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from ..dates import Printed


@dataclass(frozen=True, slots=True)
class Item:
    """What one page or feed knows of a post."""

    url: str = ""  # permalink, absolute; '' when the page names none
    title: str = ""
    html: str = ""  # body
    author: str = ""
    published: date | datetime | None = None
    updated: date | datetime | None = None
    printed: Printed | None = None  # the date in words, where no machine date says it
    count: int | None = None  # comments
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cut: bool = False  # the body goes on on the post's own page
    id: str = ""  # the platform's own, where the markup names it
    summary: str = ""  # plain text
    cover: str = ""  # absolute URL of the lead picture
    lang: str = ""  # BCP 47


def filled(first: Item, second: Item, *names: str) -> Item:
    """`first` with what `second` says in those of these fields, or of all, that are empty in it."""
    empty = [name for name in names or _NAMES if getattr(first, name) in ("", (), None)]
    return replace(first, **{name: getattr(second, name) for name in empty})


_NAMES = tuple(each.name for each in fields(Item))
