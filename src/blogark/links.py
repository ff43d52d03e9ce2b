"""Which post an address leads to: at any name of the blog, in any of the forms that links take."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import urls

# What may be left off an address, as urls.key has it, while it leads to the same post.
_LEFT_OFF = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"\?.*", ""),
        (r"/comment-page-\d+$", ""),
        (r"/amp(?:\.html)?$", ""),
        (r"^([^/]+)/m/", r"\1/"),
        (r"^m\.", ""),
    )
)
_NUMBER = re.compile(r"\?(?:.*&)?(?:p|page_id)=(\d+)$")  # WordPress: what `?p=` says is the post's id
_MONTH = re.compile(r"/(\d{4})/(\d{1,2})(?:/\d{1,2})?/[^/?]+$")
_NAME = re.compile(r"/([^/?]*?[^\W\d_][^/?]*?)(?:\.\w{3,5})?$")


class Links:
    """Posts by their addresses. `told`: the blog's names, hosts as `site` gives them, each with the same paths."""

    def __init__(self, told: Iterable[str]) -> None:
        self.told = set(told)
        self.homes: set[str] = set()  # hosts of permalinks
        self._posts: dict[str, str] = {}  # post id by urls.key of a permalink, former ones too
        self._others: dict[str, str] = {}  # post id by what else leads there; '' where it may be one of several
        self._ids: set[str] = set()

    def add(self, post: Mapping[str, Any]) -> None:
        """Learn the addresses of a post, given as `Post.to_dict` gives it."""
        key, number = urls.key(post["url"]), post["id"]
        self._ids.add(number)
        if not urls.is_front(post["url"]):
            self._posts[key] = number
            self.homes |= {site(key)} - {""}
            if named := _named(key, (post.get("published") or "")[:7]):
                self._learn(named, number)
        for other in post.get("also", ()):
            if not urls.is_front(other):
                self._learn(urls.key(other), number)

    def _learn(self, key: str, post: str) -> None:
        self._others[key] = post if self._others.get(key, post) == post else ""

    def at(self, url: str) -> str:
        """The id of the post whose permalink this is, now or once; '' for none."""
        return self._posts.get(urls.key(url), "")

    def once_at(self, url: str) -> str:
        """The id of the one post that says it is at this address, too; '' for none."""
        return self._others.get(urls.key(url), "")

    def is_own(self, key: str, near: str) -> bool:
        """Whether an address is at one of the blog's hosts; `near`: that of the post that has the link."""
        here = site(key)
        if here == near or here in self.told or here in self.homes:
            return True
        bare = here.removeprefix("m.")
        return bare != here and (bare in self.told or bare in self.homes)

    def lead(self, key: str, near: str | None = None) -> str:
        """The id of the post that a link leads to, given as urls.key gives it; '' for none, or none for sure.

        `near` as for is_own; None for a link that is known to be the blog's own.
        """
        own = near is None or self.is_own(key, near)  # as every permalink is
        return (self.surely(key) or self._maybe(key)) if own else ""

    def surely(self, key: str) -> str:
        """The same by permalinks alone: what nothing that is learned later changes."""
        if key in self._posts or site(key) not in self.told:
            return self._posts.get(key, "")
        return next((self._posts[each] for each in self._at_all(key) if each in self._posts), "")

    def _maybe(self, key: str) -> str:
        for form in (key, *_shorter(key)):
            number = _NUMBER.search(form)
            others = (self._others.get(name) for each in self._at_all(form) for name in (each, _dated(each)))
            if found := self.surely(form) or (number and self._ids & {number[1]}) or next(filter(None, others), ""):
                return found if isinstance(found, str) else found.pop()
        return ""

    def _at_all(self, key: str) -> Iterator[str]:
        """The same address at each of the blog's names."""
        yield key
        if (here := site(key)) in self.told:
            yield from (each + key[len(here) :] for each in sorted(self.told - {here}))


def site(key: str) -> str:
    """Host and port of an address, given as urls.key gives it; '' for none."""
    return key.partition("/")[0].partition("?")[0]


def _named(key: str, month: str) -> str:
    """A post by month and last word of its address, which blogs keep when the rest of their addresses changes."""
    name = _NAME.search(key)
    return f"{site(key)}/{month} {name[1].casefold()}" if month and name else ""


def _dated(key: str) -> str:
    month = _MONTH.search(key)
    return _named(key, f"{month[1]}-{month[2]:0>2}") if month else ""


def _shorter(key: str) -> Iterator[str]:
    for pattern, instead in _LEFT_OFF:
        shorter = pattern.sub(instead, key)
        if shorter != key and "/" in shorter:
            yield (key := shorter)
