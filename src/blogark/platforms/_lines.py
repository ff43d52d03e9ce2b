"""What single lines and links beside a body are: links to lists of posts or to comments, day headers, bios."""

import re
from itertools import islice

from .. import dates, parse
from ..dates import Printed
from ..parse import Element
from . import _marks
from ._blocks import BLOCKS, Block, squash

_FILES = re.compile(
    r"/(?:search/label|labels?|tags?|categor[a-zí]*|topics?)(?:[/:]|$)|[?&](?:cat|tag|category|label|topic)=", re.I
)
_BIO = re.compile(r"(?:^|[\s_-])(?:authors?|bio|about-author)(?:$|[\s_-])", re.I)
_FILED = re.compile(r"(?:^|[\s_-])(?:categor(?:y|ies)|tags?|labels?|topics?)(?:$|[\s_-])", re.I)
_COMMENTS = re.compile(r"#(?:comments?|respond|reply|disqus_thread|isso-thread|comment-form)\b[\w-]*$|/comment/reply/")
_FOLDER = re.compile(r"^(?:https?://[^/]+)?(?!.*(?:author|user|profile|people|/~|/@))(?:/[\w-]+)*/([\w%-]+)/?$", re.I)
_LONGEST = 240  # characters of a line beside a body
_SHORT = 60  # characters of a day's header


def files(text: str, block: Block) -> bool:
    """Whether a word beside a post is a link to those filed under it."""
    links = [a for a in block.links if text in parse.words(a) or parse.words(a) in text]
    filed = any({"tag", "category"} & set(a.get("rel", "").split()) or _FILES.search(a.get("href", "")) for a in links)
    named = (e for e in _marks.marked(block.element) if _FILED.search(e.get("class", "")))
    return (
        filed or any(text in parse.words(e) for e in named) or any(_is_folder(text, a.get("href", "")) for a in links)
    )


def _is_folder(text: str, href: str) -> bool:
    """Whether an address ends in the very word, as a folder: "Recipes" at /recipes/ or /blog/recipes."""
    last = _FOLDER.search(href)
    return last is not None and squash(last[1]) == squash(text)


def leads_to_comments(a: Element) -> bool:
    return _COMMENTS.search(a.get("href", "")) is not None


def is_bio(block: Block) -> bool:
    """Whether it stands in a box about who wrote."""
    return any(_BIO.search(e.get("class", "")) for e in (block.element, *islice(block.element.iterancestors(), 3)))


def day_header(element: Element, lang: str = "") -> Printed | None:
    """The date that is all an element says."""
    if not isinstance(element.tag, str) or element.tag in {"script", "style", "a", "option"} or len(element) > 3:
        return None
    text = _said(element)
    if not 6 <= len(text) <= _SHORT or _marks.is_chrome(element):
        return None
    found = dates.find(text, lang)
    if not found or len(text) - (found.end - found.start) > 3:
        return None
    in_list = element.tag not in BLOCKS and any(True for _ in element.iterancestors("li"))
    return None if in_list else found


def _said(element: Element) -> str:
    """The words of an element that says no more than a line; '' for others, without reading them to the end."""
    said = ""
    for text in element.itertext():
        said += str(text)
        if len(said) > _LONGEST and len(said.split()) > _SHORT:
            return ""
    return " ".join(said.split())
