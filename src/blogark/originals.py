"""Where the original of a picture lies: the rules of originals.json, as questions about an address.

Each row there has its own examples, which are tests. The rules are facts about hosts, gathered from what their
addresses look like; a rule that is wrong costs one request, since the address as written is tried after it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import unquote

from . import data, urls

table = partial(data.table, "originals")  # originals.json as it stands
_MOST = 7  # addresses tried for one picture before the one that is written
_ELSEWHERE = 2  # addresses tried after it
_DEEPEST = 4  # rules that lead on from each other
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    to: tuple[str, ...]
    inner: bool  # what it makes is percent-encoded, perhaps twice

    def rewrite(self, url: str) -> Iterator[str]:
        if found := self.pattern.match(url):
            for template in self.to:
                made = found.expand(template)
                yield _decoded(made) if self.inner else made


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a dead photo service's picture may be found by in an archive of the web."""

    pages: tuple[str, ...]  # pages that showed it
    prefixes: tuple[str, ...]  # beginnings of addresses of the picture itself, the best first
    mark: str = ""  # what its address contains; '' when nothing is known of it


def candidates(*declared: str) -> tuple[str, ...]:
    """Addresses to try for one picture, the best first; `declared` are those its page names, likewise."""
    best = list(dict.fromkeys(each for url in declared for each in _expand(url, 0)))
    late = [made for url in best for rule in _rules("elsewhere") for made in rule.rewrite(url)]
    return tuple(dict.fromkeys([*best[:-1][:_MOST], *best[-1:], *late[:_ELSEWHERE]]))


def _expand(url: str, depth: int) -> Iterator[str]:
    """The originals that rules make of an address, their own first, then itself."""
    if depth < _DEEPEST:
        for rule in _rules("originals"):
            for made in rule.rewrite(url):
                if made != url:
                    yield from _expand(made, depth + 1)
    yield url


def referer(url: str, post: str) -> str:
    """What a browser that shows the picture is best said to come from; the post, but for hosts that mind it."""
    return next((made for rule in _rules("referers") for made in rule.rewrite(url)), post)


def lookups(url: str) -> Lookups | None:
    """For a picture of a photo service that numbers them: where captures of it may be; None for others."""
    for pattern, pages, prefixes in _services():
        if found := pattern.match(url):
            names = found.groupdict()
            if "number" in names:
                names["id"] = _base36(int(names["number"]))
            elif "{number}" in "".join(prefixes):  # TwitPic's servers: the id as a number, read in base 36
                names = {"id": names["id"].lower(), "number": str(int(names["id"], 36))}
            filled = [tuple(each.format(**names) for each in part) for part in (pages, prefixes)]
            return Lookups(filled[0], filled[1], names.get("number", ""))
    return None


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def is_dead(url: str) -> bool:
    """Whether nobody answers for its host any more, or somebody else does."""
    return bool(_pattern("dead").search(urls.host(url)))


def is_ignored(url: str) -> bool:
    """Faces of commenters and buttons: no picture of a post."""
    return bool(_pattern("ignored").search(url))


def is_media_host(url: str) -> bool:
    """Whether files there belong to the blogs of a known platform."""
    return bool(_pattern("media_hosts").search(urls.host(url)))


def placeholder(sha256: str, asked: str, at: str) -> str:
    """What a host says instead of a picture: by its bytes, or by the name of the file that it sends who asks to;
    '' for a picture.
    """
    if known := table()["placeholders"].get(sha256):
        return str(known)
    name = _name(at)
    says = name != _name(asked) and _pattern("placeholder_addresses").search(name)
    return "its host's sign for a missing picture" if says else ""


def _name(url: str) -> str:
    return unquote(urls.path(url).rpartition("/")[2]).replace("-", "_")


def is_notice(words: str) -> bool:
    """Whether a page says that its host closed, that the blog was taken away, or that its name is for sale."""
    return bool(_pattern("notices").search(words))


def same(url: str, other: str) -> bool:
    """Whether two addresses are of one picture at any size, on http or https."""
    return not {bare(each) for each in candidates(url)}.isdisjoint({bare(each) for each in candidates(other)})


def bare(url: str) -> str:
    """The address without scheme, www and port 80."""
    return re.sub(r"^https?://(?:www\.)?|:80(?=/)", "", url)


def _decoded(url: str) -> str:
    """An address that another one carries."""
    while re.match(r"https?%|https?://[^/]*%2F", url, re.I):
        url = unquote(url)
    url = url.strip('"')
    return f"https:{url}" if url.startswith("//") else url


def _made(rows: Iterable[dict[str, Any]]) -> tuple[_Rule, ...]:
    return tuple(_Rule(re.compile(row["from"], re.I), tuple(row["to"]), row.get("inner", False)) for row in rows)


@cache
def _rules(kind: str) -> tuple[_Rule, ...]:
    return _made(table()[kind])


@cache
def _services() -> tuple[tuple[re.Pattern[str], list[str], list[str]], ...]:
    return tuple((re.compile(row["from"]), row["pages"], row["prefixes"]) for row in table()["services"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table()[name], re.I)
