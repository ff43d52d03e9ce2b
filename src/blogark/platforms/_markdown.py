"""Markdown that a blog was written in, as HTML (CommonMark, tables and struck words of GFM, footnotes left as text)."""

import re
from functools import cache
from html import escape
from typing import Any

# Liquid and Hugo have tags of their own for what Markdown has signs for.
_LIQUID_CODE = re.compile(r"\{%-?\s*highlight\s+([\w+#.-]+)[^%]*%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}", re.S)
_HUGO_CODE = re.compile(
    r"\{\{[<%]\s*highlight\s+\"?([\w+#.-]+)\"?[^>%]*[>%]\}\}\n?(.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}", re.S
)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_FIGURE = re.compile(r"\{\{[<%]\s*(?:figure|img)\s+([^>]*?)/?\s*[>%]\}\}")
_VALUE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "gist": "https://gist.github.com/",
}
_PLAYER = re.compile(
    r"\{\{[<%]\s*(youtube|vimeo|gist)\s+(?:id=)?\"?([^\s\">%]+)\"?(?:\s+\"?([^\s\">%]+)\"?)?[^>%]*[>%]\}\}"
)
_ATTRIBUTES = re.compile(r"^\{:[^}\n]*\}[ \t]*$|(?<=\S)\{:\s*[.#][^}\n]*\}", re.M)  # of kramdown
_SITE = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url|github\.url)|(?=[\"']))\s*(?:[\"']([^\"']*)[\"']\s*\|\s*\w+_url\s*)?-?\}\}"
)


def html(text: str) -> str:
    """The same as HTML."""
    return shown(_plain(text.replace("\r\n", "\n")))


def shown(markdown: str, breaks: bool = False) -> str:
    """What a platform keeps as CommonMark with GFM's tables and strikethrough, as the HTML that it shows.

    `breaks`: a new line is one in the post too.
    """
    return str(_reader(breaks).render(markdown))


@cache
def _reader(breaks: bool) -> Any:
    from markdown_it import MarkdownIt  # a tenth of `import blogark`

    return MarkdownIt("commonmark", {"html": True, "breaks": breaks}).enable(["table", "strikethrough"])


def _plain(text: str) -> str:
    """Tags of site generators as the Markdown or HTML that they stand for; others stay as they are."""
    fence = "\n```{}\n{}\n```\n"
    text = _HUGO_CODE.sub(
        lambda m: fence.format(m[1], m[2]), _LIQUID_CODE.sub(lambda m: fence.format(m[1], m[2]), text)
    )
    text = _FIGURE.sub(_figure, _RAW.sub("", text))
    text = _PLAYER.sub(lambda m: f"<{_PLAYERS[m[1]]}{m[2]}{f'/{m[3]}' if m[3] else ''}>", text)
    return _SITE.sub(lambda m: m[1] or "", _ATTRIBUTES.sub("", text))


def _figure(found: re.Match[str]) -> str:
    told = {m[1]: m[2] or m[3] or m[4] or "" for m in _VALUE.finditer(found[1])}
    if not (src := told.get("src") or told.get("link")):
        return found[0]
    caption = told.get("caption") or told.get("title", "")
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'\n<figure><img src="{escape(src)}" alt="{escape(told.get("alt", ""))}">{below}</figure>\n'
