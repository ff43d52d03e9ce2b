"""Where the main text of a page of any shape stands: the element that its prose gathers in.

Prose is text outside links, in lines long enough to be sentences. From <body> the way leads
down as long as one box holds nearly all of it; what is marked as standing beside is not weighed.
"""

from .. import parse
from ..parse import Element
from . import _marks
from ._blocks import BLOCKS, SILENT, leads

_FLOW = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl pre blockquote figure hr details".split())  # what a text is made of
_SENTENCE = 25  # characters from which a line may be one
_WIDE = 0.6  # share of a box's prose that one box in it has to hold for the way to lead there
_CLOSE = 0.85  # the same within what is marked as the post
_LITTLE = 200  # characters of a page that hardly has a text
_PICTURE = 10  # characters that a picture counts for


class Weights:
    """The prose in each block of a page, in characters, weighed in one pass."""

    def __init__(self, tree: Element) -> None:
        self.prose: dict[Element, float] = {}
        self.body = tree.find("body")
        for self.beside in (stands_beside, _is_chrome):  # a name can lie
            if self.body is not None and self.prose.get(self.body, 0) < _LITTLE:
                self._visit(self.body)

    def region(self) -> Element | None:
        """The innermost element that holds nearly all prose of the page; None where there is none."""
        if self.body is None or not self.prose[self.body]:
            return None
        marked = self._marked(self.body)
        found, share = (marked, _CLOSE) if marked is not None else (self.body, _WIDE)
        while (inner := self._inner(found, share)) is not None:
            found = inner
        return found

    def _marked(self, body: Element) -> Element | None:
        """The one <article> or <main> that holds half of the prose at least."""
        for kind in ("article", "main"):
            best = max((e for e in body.iter(kind) if e in self.prose), key=self.prose.__getitem__, default=None)
            if best is not None and self.prose[best] >= self.prose[body] / 2:
                return best
        return None

    def _inner(self, box: Element, share: float) -> Element | None:
        """The one box within that holds this share of the prose; None where text stands beside it."""
        inner = [child for child in box if child in self.prose]
        flowing = sum(self.prose[child] for child in inner if child.tag in _FLOW)
        best = max((child for child in inner if child.tag not in _FLOW), key=self.prose.__getitem__, default=None)
        most = self.prose[box]
        leads = best is not None and self.prose[best] >= share * most and flowing <= (1 - share) / 2 * most
        return best if leads else None

    def _visit(self, element: Element) -> tuple[int, int, float]:
        """Characters outside links and within them that belong to the block around, and prose within."""
        plain, linked, prose = _length(element.text), 0, 0.0
        for child in element:
            if isinstance(child.tag, str) and child.tag not in SILENT and not self.beside(child):
                more, more_linked, more_prose = self._visit(child)
                prose += more_prose
                plain, linked = plain + more, linked + more_linked
            plain += _length(child.tail)
        if element.tag == "a" and leads(element):  # what is all one link, as a card is, is no prose
            return 0, linked + plain, 0.0 if parse.words(element) else prose
        if element.tag == "img":
            return 0, 0, _PICTURE
        block = element.tag in BLOCKS
        prose += _worth(plain, linked) if block else 0
        if prose or block:
            self.prose[element] = prose
        return (0, 0, prose) if block else (plain, linked, prose)


def _length(text: str | None) -> int:
    """Characters of a text; those of scripts that say more with one count for two."""
    text = text.strip() if text else ""
    return len(text) if text.isascii() else 2 * len(text.encode("utf-8", "replace")) // 3


def _worth(plain: int, linked: int) -> float:
    if plain < linked:
        return 0
    return plain if plain >= _SENTENCE else plain / 5


def stands_beside(element: Element) -> bool:
    return _is_chrome(element) or _marks.is_beside(element) or _marks.is_hidden(element)


def _is_chrome(element: Element) -> bool:
    return element.tag in {"nav", "aside", "form", "footer"} and not _marks.is_note(element)
