"""What a post shows, by a reader of its plain Markdown that is none of the generators."""

import re
from pathlib import Path

from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)


def as_read(markdown: str) -> html.HtmlElement:
    return html.fragment_fromstring(READER.render(markdown), create_parent="article")


def plain_bodies(archive: Path, comments: bool = False) -> dict[str, str]:
    """The Markdown of each post, without front matter, by its permalink."""
    found = {}
    for path in archive.rglob("*.md"):
        front, mark, body = path.read_text("utf-8").partition("\n---\n")
        if mark and (source := re.search("^source: (.*)$", front, re.M)):
            found[source[1].strip("'")] = body if comments else body.partition("<!-- comments -->")[0]
    return found
