"""blogark: point it at a blog, and it saves all of it as Markdown.

from blogark import archive, posts

for post in posts("https://some.blog"):
    print(post.day, post.title, post.comment_count, post.markdown)

report = archive("https://some.blog", "some-blog")
"""

from .archive import archive, entries, posts, to_markdown
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
from .rewrite import rewrite

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
    "rewrite",
    "to_markdown",
]
