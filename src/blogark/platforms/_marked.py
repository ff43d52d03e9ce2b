"""Bodies that a platform keeps as Markdown, as the HTML that it shows."""

from functools import cache
from typing import Any


def html(markdown: str, breaks: bool = False) -> str:
    """CommonMark with GFM's tables and strikethrough; `breaks`: a new line is one in the post too."""
    return str(_reader(breaks).render(markdown))


@cache
def _reader(breaks: bool) -> Any:
    from markdown_it import MarkdownIt  # a tenth of `import blogark`

    return MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable(["table", "strikethrough"])
