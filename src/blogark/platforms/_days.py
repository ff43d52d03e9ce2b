"""Day headers: a line with nothing but a date that stands above the posts of that day."""

from collections import Counter
from collections.abc import Sequence

from .. import parse
from ..dates import Printed
from ..parse import Element
from . import _lines
from ._stretch import Stretch

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})

Header = tuple[Element, Printed]


def above(tree: Element, stretches: Sequence[Stretch], lang: str) -> list[Printed | None]:
    """For each stretch the date in the header above it, None where none belongs to it.

    Headers are known by being several of one shape; a lone one has to be marked, and to stand right above the posts.
    """
    found = _candidates(tree, stretches, lang)
    used = {header[0]: stretch for header, stretch in zip(reversed(found), reversed(stretches), strict=True) if header}
    shapes = Counter(map(_shape, used))
    believed = {e for e, first in used.items() if shapes[_shape(e)] > 1 or _is_right_above(e, first.elements[0])}
    return [header[1] if header and header[0] in believed else None for header in found]


def _candidates(tree: Element, stretches: Sequence[Stretch], lang: str) -> list[Header | None]:
    """The last header before each stretch that stands beside it or beside what it stands in."""
    firsts = {stretch.elements[0] for stretch in stretches}
    inside = {e for stretch in stretches for top in stretch.elements for e in top.iter()}
    found: list[Header | None] = []
    headers: dict[Element | None, Header] = {}  # the last one in each container
    latest: list[Element | None] = []
    for element in tree.iter():
        if element in firsts:
            around = set(element.iterancestors())
            near = next((parent for parent in reversed(latest) if parent in around), None)
            found.append(headers.get(near))
            if len(found) == len(stretches):
                break
        elif element not in inside and (printed := _lines.day_header(element, lang)):
            top = _whole(element)
            headers[top.getparent()] = (top, printed)
            latest.append(top.getparent())
    return found


def _whole(element: Element) -> Element:
    """The outermost element that says no more than this one."""
    said = parse.words(element)
    while (parent := element.getparent()) is not None and parse.words(parent) == said:
        element = parent
    return element


def _shape(element: Element) -> tuple[str, ...]:
    inner = next(element.iterdescendants(), element)
    return str(element.tag), element.get("class", ""), str(inner.tag), inner.get("class", "")


def _is_right_above(header: Element, first: Element) -> bool:
    """Whether a header is marked as one, and what follows it is the post or holds it."""
    following = header.getnext()
    while following is not None and following.tag in {"br", "hr"}:
        following = following.getnext()
    if following is None or following not in {first, *first.iterancestors()}:
        return False
    return any(e.tag in _HEADINGS or "date" in e.get("class", "").lower() for e in header.iter())
