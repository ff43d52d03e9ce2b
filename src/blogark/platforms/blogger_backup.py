"""Blogger's own export: the backup file of old, and feed.atom of Takeout since 2024, alone or in its zip."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import IO

from .. import parse, torn, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Comment, Entry, Page
from ..web import Web
from . import _backup, _export, _fragments
from ._fragments import Fragment, Where

post = _export.post
_SIGN = re.compile(
    rb"<(?:\w+:)?feed[\s>].*?(?:blogger\.com,1999:blog-\d+\.archive|kind#(?:settings|template|comment)|schemas\.google\.com/blogger/20\d\d"
    rb"|kind#post)",
    re.S,
)
_LIVE = re.compile(rb"<(?:\w+:)?(?:totalResults|startIndex)>|rel=[\"']next[\"']")  # a feed's page, not the whole
_KIND = re.compile(rb"kind#(post|comment|page|settings|template)\b|<blogger:type>\s*(POST|COMMENT|PAGE)\b")
_POSTS = re.compile(rb"<blogger:type>\s*(?:POST|PAGE)\b")
_BLOG = re.compile(rb"blogger\.com,1999:blog-(\d+)")
_WHEN = re.compile(rb"<(?:\w+:)?published>\s*([^<\s]+)")
_UNDER = re.compile(rb"in-reply-to\b[^>]*?\bref\s*=\s*[\"']([^\"']+)|<blogger:parent>\s*([^<\s]+)")
_ID = re.compile(rb"<(?:\w+:)?id>\s*([^<\s]+)")
_PATH = re.compile(rb"<blogger:filename>\s*(/[^<\s]+)")
_ADDRESS = re.compile(rb"(https?://[\w.-]+)(/\d{4}/\d{2}/[\w.%-]+\.html)")
_HOME = re.compile(rb"<(?:\w+:)?link\b(?=[^>]*\brel=[\"']alternate)[^>]*?\bhref=[\"'](https?://[^\"']+)")


def claims(page: Page) -> Claim:
    """Not of a page of a live feed, nor of the comments that one left on the blogs of others."""
    known = _SIGN.search(page.body) and not _LIVE.search(page.body)
    return Claim.EXPORT if known and (b"<blogger:type>" not in page.body or _POSTS.search(page.body)) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The blog's own address; '' when neither the feed's head nor Takeout's settings nor its own links tell."""
    head = re.split(rb"<(?:\w+:)?entry[\s>]", page.body, maxsplit=1)[0]
    if found := _HOME.search(head):
        return found[1].decode("utf-8", "replace")
    told = _settings(page, web)
    named = told.get("custom_domain") or told.get("subdomain", "")
    if named:
        return f"https://{named if '.' in named else f'{named}.blogspot.com'}/"
    return _linked(page, web)


def _linked(page: Page, web: Web) -> str:
    """The host that the posts name most often with the path of a post of theirs."""
    paths, hosts = set[bytes](), Counter[tuple[bytes, bytes]]()
    with _fragments.opened(web, page.url) as file:
        for each in _fragments.fragments(file, "entry", page.url):
            paths.update(_PATH.findall(each.data))
            hosts.update(set(_ADDRESS.findall(each.data)))
    votes = Counter(host for (host, path), count in hosts.items() if path in paths for _ in range(count))
    return f"{votes.most_common(1)[0][0].decode()}/" if votes else ""


def _settings(page: Page, web: Web) -> dict[str, str]:
    with suppress(FetchError, ReadError):
        return _backup.settings(parse.text(web.get(urls.join(page.url, "settings.csv"))))
    return {}


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found = False
    for part in _export.files(page, web, lambda other: bool(claims(other)), _BLOG):
        with _fragments.opened(web, part.url) as file:
            for each in _export.ahead(_entries(part, file, web)):
                found = True
                yield each
    if not found:
        raise ReadError(page.at, _export.nothing(page, "entry"))


def _entries(page: Page, file: IO[bytes], web: Web) -> Iterator[Entry]:
    posts, comments, root = list[tuple[str, Where]](), defaultdict[str, list[Where]](list), b""
    for each in _fragments.fragments(file, "entry", page.url):
        kind = (_said(_KIND, each) or "post").lower()
        if kind in {"post", "page"}:
            posts.append((_said(_ID, each), _fragments.where(each, _said(_WHEN, each))))
        elif kind == "comment":
            comments[_said(_UNDER, each)].append(_fragments.where(each, _said(_WHEN, each)))
    file.seek(0)
    root = _fragments.root(file.read(1 << 16))
    told = _settings(page, web)
    head = _backup.Head(
        home(page, web), told.get("locale", "").replace("_", "-"), _backup.zone(told.get("time_zone", ""))
    )
    for tag, place in sorted(posts, key=lambda each: each[1].order, reverse=True):
        read = partial(_read, file, root)
        said = (_backup.comment(read(each)[0], head, tag) for each in sorted(comments[tag], key=lambda c: c.order))
        item, fault = read(place)
        heard: list[Comment] = [each for each in said if each]
        made = _backup.post(item, heard, head, _export.address(page, _backup.number(tag)))
        yield _export.entry(made, fault, place)


def _read(file: IO[bytes], root: bytes, place: Where) -> tuple[parse.Element, str]:
    return torn.element(_fragments.read(file, place), root)


def _said(find: re.Pattern[bytes], item: Fragment) -> str:
    found = find.search(item.data)
    return next(chain(filter(None, found.groups()), [b""])).decode("utf-8", "replace") if found else ""
