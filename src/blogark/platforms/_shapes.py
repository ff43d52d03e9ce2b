"""Which addresses are like those of a blog's posts, learned from posts that are known."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from .. import urls

_LISTS = re.compile(
    r"tags?|categor(?:y|ies|ia|ias|ie|ies)|kategorien?|authors?|users?|members?|page-?\d*|search|labels?|topics?|series|"
    r"archives?|feeds?|rss|atom|amp|print|embed|taxonomy|term|projects?|portfolio|docs?|gallery|shop|cart|login|"
    r"comments?|trackback|wp-\w+|(?:tag|category|author|page):.+",
    re.I,
)
_PAGES = re.compile(
    r"about(?:-?(?:me|us))?|contact(?:-?us)?|index-?\d*|home|now|uses|links|blogroll|cv|resume|privacy(?:-?policy)?|"
    r"imprint|impressum|datenschutz|legal|terms|license|404|offline|newsletter|subscribe|thanks|thank-you|guestbook|"
    r"sign-?(?:up|in)|register|pricing|login|false|null|undefined|none|talks|speaking|colophon|faq|sitemap|all|blog|posts?|articles?|writings?|notes|journal|year-archive|[a-z]{2}",
    re.I,
)
_VIEWS = re.compile(r"print|amp|share|replytocom|preview|s|q|paged?|cat|tag|author|feed|lang|hl", re.I)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|xml|css|js|json|txt|ico|mp[34])$", re.I)
_TIMES = re.compile(r"(?:19|20)\d\d(?:/\d\d){0,2}|.*\d{4}_\d\d_\d\d(?:_archive)?\.html?|.*/\d{4}_\d\d\.html?")

Form = tuple[str, ...]


def is_other(url: str, under: str = "/") -> bool:
    """Whether an address says by itself that it is no post: a list of posts, a view of one, a page about something.

    `under` is the path that the blog lies under, which says nothing.
    """
    *above, last = _segments(url, under) or [""]
    names = {name for name, _ in parse_qsl(urls.split(url).query, keep_blank_values=True)}
    bare = re.sub(r"\.\w{2,5}$", "", last)
    return (
        any(map(_LISTS.fullmatch, [*above, bare]))
        or (_PAGES.fullmatch(bare) is not None and not names)
        or any(map(_VIEWS.fullmatch, names))
        or _FILE.search(last) is not None
        or (not last and not names)
        or _TIMES.fullmatch("/".join([*above, last])) is not None
    )


def _segments(url: str, under: str = "/") -> list[str]:
    path = urls.path(url)
    return [part for part in path.removeprefix(under if path.startswith(under) else "").split("/") if part]


def _form(url: str) -> Form:
    """The kinds of its parts: a year, a number, a word; the end of its name; the names in its query."""
    parts = _segments(url)
    end = re.search(r"\.\w{2,5}$", parts[-1]) if parts else None
    return (*map(_kind, parts), end[0] if end else "/", *sorted(n for n, _ in parse_qsl(urls.split(url).query)))


def _kind(part: str) -> str:
    if re.fullmatch(r"(?:19|20)\d\d", part):
        return "year"
    return "number" if part.isdigit() else "word"


@dataclass
class Shapes:
    """The forms of known posts' addresses, and which folders of each form are the same for all of them."""

    under: str = "/"  # path of the blog
    _found: dict[Form, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: Iterable[str]) -> None:
        for url in known:
            self._found[_form(url)].append(_segments(url))

    def __bool__(self) -> bool:
        return bool(self._found)

    def fit(self, url: str) -> bool:
        """Whether an address is of a form that several posts have, or that the only known posts have."""
        form, parts = _form(url), _segments(url)
        known = self._found.get(form, [])
        if not known or (len(known) == 1 and len(self._found) > 1):
            return False
        same = _same(known)
        under = "/" + "".join(f"{parts[n]}/" for n, _ in same) if [n for n, _ in same] == [*range(len(same))] else "/"
        return all(parts[n] == word for n, word in same) and not is_other(url, max(under, self.under, key=len))

    def tell(self, url: str) -> bool:
        """Whether moreover the form is one that other pages hardly have: with a date, or in a folder of its own."""
        form = _form(url)
        return self.fit(url) and ("year" in form or "number" in form or bool(_same(self._found[form])))


def _same(known: list[list[str]]) -> list[tuple[int, str]]:
    """The folders that all these addresses share, by place."""
    last = len(known[0]) - 1
    columns = enumerate(zip(*known, strict=True))
    return [(n, parts[0]) for n, parts in columns if n < last and len(set(parts)) == 1 and _kind(parts[0]) == "word"]
