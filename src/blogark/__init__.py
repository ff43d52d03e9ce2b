"""blogark: point it at a blog, and it saves all of it as Markdown.

    from blogark import archive, posts

    for post in posts("https://some.blog"):
        print(post.day, post.title, post.comment_count, post.markdown)

    report = archive("https://some.blog", "some-blog")
"""

from typing import TYPE_CHECKING, Any

from .errors import (
    ArchiveError,
    FetchError,
    Held,
    Incomplete,
    Missing,
    ReadError,
    Refused,
    SourceError,
    StoreError,
)
from .model import Blog, Claim, Comment, Entry, Job, Media, Options, Page, Post, Report

if TYPE_CHECKING:
    from .archive import archive, entries, posts, to_markdown

__all__ = [
    "ArchiveError",
    "Blog",
    "Claim",
    "Comment",
    "Entry",
    "FetchError",
    "Held",
    "Incomplete",
    "Job",
    "Media",
    "Missing",
    "Options",
    "Page",
    "Post",
    "ReadError",
    "Refused",
    "Report",
    "SourceError",
    "StoreError",
    "archive",
    "entries",
    "posts",
    "to_markdown",
]


def __getattr__(name: str) -> Any:
    """What works is loaded when it is first used: importing the nouns costs nothing."""
    if name in {"archive", "entries", "posts", "to_markdown"}:
        from . import archive as room

        globals().update({work: getattr(room, work) for work in ("archive", "entries", "posts", "to_markdown")})
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
