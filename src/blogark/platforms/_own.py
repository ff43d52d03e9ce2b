"""Which stretch of a page is the post that the page is of.

What is marked as the post is believed while it holds the page's prose; else the title's
heading and the element that the prose gathers in are the post.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import parse, urls
from ..parse import Element
from . import _main, _marks, _stretch, _title
from ._blocks import BLOCKS, squash
from ._head import Head
from ._item import Item
from ._stretch import Stretch

CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")
_LEAST = 0.3  # share of the page's prose that what is marked as its post has to hold
_START = 60  # letters of a body that tell it from others
_ABOVE = 600  # characters of what may stand between a title and the text
_LONG = 1000  # characters of a title that are compared


def stretch(tree: Element, base: str, head: Head, known: Item) -> Stretch | None:
    """The stretch that is the page's post, None on a page without one; `known` is what a listing showed of it."""
    title, said = known.title, squash(re.sub(r"<[^>]+>", "", known.html))
    start = said[:_START]
    weights = _main.Weights(tree)
    found = _marked(tree, base, head, _wanted(title)) or _headed(tree, base, title, start)
    main = weights.region()
    if main is not None and start and not title:
        least = weights.prose[main] / 2 if known.cut else 0.8 * len(said)
        main = _beginning(start, least, weights, main)
    if found is not None and (main is None or _is_enough(found, main, weights)):
        outside = found.heading is not None and found.elements[0] not in {found.heading, *found.heading.iterancestors()}
        return _around(found.elements[0], found.heading) if outside and len(found.elements) == 1 else found
    if main is None:
        return None
    top = next(iter(_titles(tree, base, _wanted(title))), None) if title else None
    return _around(main, top if top is not None else _title.heading(tree, base, head))


def _beginning(start: str, least: float, weights: _main.Weights, main: Element) -> Element:
    """The innermost element that holds the beginning and so much prose; `main` where none does."""
    held = [e for e, prose in weights.prose.items() if prose >= least and start in squash(parse.words(e))]
    return min(held, key=lambda e: len(parse.words(e)), default=main)


def _is_enough(found: Stretch, main: Element, weights: _main.Weights) -> bool:
    """Whether a stretch has its share of the prose, or is a body by name, and the prose stands elsewhere."""
    body, around = found.elements[-1], {main, *main.iterancestors()}
    named = not _marks.BODY.isdisjoint(_marks.tokens(body)) and bool(parse.words(body))
    apart = body not in around and body not in set(main.iter()) and found.heading is not None
    return (named and apart) or _holds(found, weights) >= _LEAST * weights.prose[main]


def _holds(found: Stretch, weights: _main.Weights) -> float:
    """Prose in a stretch; what none was weighed in is marked as beside, yet was chosen."""
    return sum(weights.prose.get(element, 0) for element in found.elements)


def _marked(tree: Element, base: str, head: Head, wanted: re.Pattern[str] | None) -> Stretch | None:
    """Of what is marked as posts the one with the title, else the longest."""
    if not (marked := _stretch.marked(tree, base)):
        body = _marks.body(tree)
        return _around(body, _title.heading(tree, base, head)) if body is not None else None
    found = max(marked, key=lambda each: (_is_of(each, base, wanted), len(parse.words(each.elements[0]))))
    if wanted is None and not _is_titled(found.heading):
        return replace(found, heading=_better(found.heading, tree, base, head))
    beside = (_titles(tree, base, wanted) if wanted else [])[:1] if found.heading is None else []
    return replace(found, heading=beside[0]) if beside else found


def _is_titled(heading: Element | None) -> bool:
    return heading is not None and (heading.tag == "h1" or not _marks.TITLE.isdisjoint(_marks.tokens(heading)))


def _better(heading: Element | None, tree: Element, base: str, head: Head) -> Element | None:
    """The page's title in place of a heading that nothing says to be one."""
    found = _title.heading(tree, base, head)
    return found if found is not None else None if _title.told(tree, base, head) else heading


def _headed(tree: Element, base: str, title: str, start: str) -> Stretch | None:
    """The smallest stretch around the title that a listing showed."""
    for heading in _titles(tree, base, wanted) if (wanted := _wanted(title)) else []:
        top = _stretch.around(heading, start)
        return Stretch((top, *(_stretch.following(top, heading) if top is heading else ())), heading)
    return None


def _around(main: Element, heading: Element | None) -> Stretch:
    """The main text with what stands between the title and it."""
    if heading is None or main in {heading, *heading.iterancestors()}:
        return Stretch((main,), heading)
    return Stretch((*_between(heading, main), main), heading, apart=True)


def _between(heading: Element, main: Element) -> Iterator[Element]:
    """What begins with or after a heading and ends before the main text, but what stands beside both."""
    path = {main, *main.iterancestors()}
    top = heading
    while (parent := top.getparent()) is not None and parent not in path:
        top = parent
    each: Element | None = top
    while each is not None:
        if each in path:
            each = next(iter(each), None) if each is not main else None
        else:
            if each.tag in BLOCKS and not _main.stands_beside(each) and len(parse.words(each)) < _ABOVE:
                yield each
            each = each.getnext()


def _wanted(title: str) -> re.Pattern[str] | None:
    """What a page's heading is, or begins with, when a listing showed this title of it."""
    said = squash(CUT.sub("", title[:_LONG]))
    cut = CUT.search(title) or len(title) > _LONG
    return re.compile(re.escape(said) + (".*" if cut else ""), re.S) if said else None


def _is_of(stretch: Stretch, base: str, title: re.Pattern[str] | None) -> bool:
    if stretch.heading is None:
        return False
    link = _stretch.permalink(stretch.heading, base)
    if link:
        return urls.key(link) == urls.key(base)
    return title is not None and title.fullmatch(squash(stretch.title)) is not None


def _titles(tree: Element, base: str, title: re.Pattern[str] | None) -> list[Element]:
    """Elements that hold the title that a listing showed, likeliest first."""
    found = []
    for element in tree.iter(*_stretch.HEADINGS, "b", "strong", "font", "span", "div", "td"):
        text = squash(parse.words(element)) if title and len(element) < 8 else ""
        if title and title.fullmatch(text) and _title.could_be(element, base):
            found.append(element)
    if title and title.pattern.endswith(".*"):  # what begins so: the title, and all that holds it
        found = [e for e in found if not any(e in other.iterancestors() for other in found)]
    return found
