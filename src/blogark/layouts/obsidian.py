"""Obsidian: a vault. Properties that it knows, tags as it has them, comments below, links that are relative."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ..model import Post
from . import _prose, plain

MARKS, COMMENTS, INDEX = plain.MARKS, plain.COMMENTS, plain.INDEX
HTML, MORE, REDIRECTS = plain.HTML, plain.MORE, plain.REDIRECTS
path, media, comments, link = plain.path, plain.media, plain.comments, plain.link


def front(post: Post, path: str) -> Mapping[str, Any]:
    """A moment is told without its offset, as a property of Obsidian's type "Date & time" is."""
    tags = {tag: _tag(tag) for tag in post.tags}
    return {
        **plain.front(post, path),
        "aliases": (post.title,) if post.title else (),
        "date": _local(post.published),
        "updated": _local(post.updated),
        "categories": post.categories,
        "tags": tuple(dict.fromkeys(filter(None, tags.values()))),
        "other_terms": tuple(tag for tag, written in tags.items() if not written),
    }


def _local(when: date | datetime | None) -> date | datetime | None:
    return when.replace(tzinfo=None) if isinstance(when, datetime) else when


def _tag(words: str) -> str:
    """Letters, digits, _, - and /, and not without a letter (https://help.obsidian.md/tags); '' for what is of none."""
    parts = (re.sub(r"[^\w-]+", "-", part).strip("-") for part in words.split("/"))
    tag = "/".join(filter(None, parts))
    return tag if not tag or re.search(r"[^\W\d]", tag) else f"_{tag}"


_SIGNS = re.compile(r"\\[\s\S]|%%|==|(?<![\w&/\[(])#(?=[\w/-])|\^(?=[A-Za-z0-9-]+$)", re.M)


def body(markdown: str) -> str:
    """Text that Obsidian would hide, mark or take for a tag, as text."""
    return _prose.in_prose(markdown, lambda text: _SIGNS.sub(_plain, text))


def _plain(sign: re.Match[str]) -> str:
    return sign[0] if sign[0][0] == "\\" else "".join(f"\\{letter}" for letter in sign[0])
