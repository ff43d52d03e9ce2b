"""Who wrote and when, where neither the post nor the page's head says it: what the page marks around the post."""

import re
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from .. import dates, parse, urls
from ..dates import Printed
from ..parse import Element
from . import _byline, _hints, _marks, _words

_AUTHOR = re.compile(r"(?:^|[\s_-])(?:authors?|byline|autor|auteur|writer)(?:$|[\s_-])", re.I)
_DATE = re.compile(r"date|time|publish|posted|byline|meta|info", re.I)
_NOT_THEIRS = re.compile(r"comment|related|recent|popular|sidebar|widget|(?<!h-)(?<!v)card|teaser|footer|promo", re.I)
_COVER = re.compile(
    r"(?:^|[\s_-])(?:feature|featured|cover|hero|lead|thumbnail|post-image|article-image|header-image|banner)"
    r"(?:$|[\s_-])",
    re.I,
)
_LINE = 120  # characters of what may say so


def author(tree: Element, inside: Container[Element]) -> str:
    """The name that an element is marked with as the author's, or that links to those that somebody wrote."""
    marked = (e for e in _marks.marked(tree) if _AUTHOR.search(f"{e.get('class', '')} {e.get('rel', '')}"))
    links = (a for a in tree.iter("a") if _hints.WRITER.search(a.get("href", "")) or a.get("rel") == "author")
    theirs = (e for each in (marked, links) for e in each if e not in inside and _is_theirs(e))
    names = (_name(each) for e in theirs if len(parse.words(e)) <= _LINE for each in (e, *e.iter("a")))
    return next(filter(None, names), "") or next(_introduced(tree), "")


def _introduced(tree: Element) -> Iterator[str]:
    """Names set apart right after "written by": a box about who writes, on every page of a blog."""
    for e in tree.iter("strong", "b", "a", "em"):
        before, parent = e.getprevious(), e.getparent()
        said = ((before.tail if before is not None else parent.text if parent is not None else "") or "").strip()
        if said and _words.of("by").fullmatch(f"{said} ") and _is_theirs(e) and (name := _name(e)):
            yield name


def portrayed(tree: Element) -> Iterator[Element]:
    """Elements that say a name and nothing else, close behind a picture of the same name, outside figures."""
    for img in tree.iter("img"):
        alt, box = img.get("alt", "").strip(), img
        if not _byline.is_written_like_a_name(alt) or _marks.is_masthead(img):
            continue
        for box in islice(img.iterancestors(), 3):
            said = [e for e in box.iterdescendants() if isinstance(e.tag, str) and parse.words(e) == alt]
            if said and box.tag not in {"figure", "a"} and not _NOT_THEIRS.search(str(box.get("class", ""))):
                yield said[-1]
            if said:
                break


def _name(element: Element) -> str:
    text = parse.words(element)
    if not 0 < len(text) <= _LINE:
        return ""
    line = _byline.read(text)
    return next(filter(_byline.is_written_like_a_name, (line.author, *line.rest)), "")


def moment(tree: Element, inside: Container[Element]) -> tuple[date | datetime | None, Printed | None]:
    """The first machine's date that the page marks, else the first printed one in an element named after dates."""
    for e in tree.iter("time"):
        if e not in inside and _is_theirs(e) and (found := dates.machine(e.get("datetime", ""))):
            return found, None
    named = (e for e in _marks.marked(tree) if _DATE.search(f"{e.get('class', '')} {e.get('itemprop', '')}"))
    texts = (text for e in named if e not in inside and len(text := parse.words(e)) <= _LINE and _is_theirs(e))
    return None, next(filter(None, map(dates.find, texts)), None)


def cover(elements: Iterable[Element], base: str, html: str) -> str:
    """The address of the picture that a theme shows above a post, where it is not in the body too; '' for none."""
    for e in (img for element in elements for img in element.iter("img")):
        around = (e, *islice(e.iterancestors(), 3))
        named = any(_COVER.search(f"{each.get('class', '')} {each.get('id', '')}") for each in around)
        source = e.get("data-src") or e.get("src") or ""
        if named and source and source.rpartition("/")[2] not in html and not source.startswith("data:"):
            return urls.join(base, source)
    return ""


def _is_theirs(element: Element) -> bool:
    """Whether nothing around an element says that it is of something else than the post."""
    around = (f"{e.get('class', '')} {e.get('id', '')}" for e in (element, *element.iterancestors()) if e.tag != "body")
    own = next(element.iterancestors("article", "footer"), None)  # an article's footer is its own
    footer = own is not None and own.tag == "footer" and next(own.iterancestors("article"), None) is None
    return not footer and not _marks.is_chrome(element) and not any(map(_NOT_THEIRS.search, around))
