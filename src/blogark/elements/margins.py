"""Notes that stand in the margin, or hidden behind their number."""

import re

from ..build import drop, is_empty, text
from ..canon import classed, element
from ..parse import Element, make
from .notes import NUMBER, label, mark, strip

_SHOWS = ("label", "input", "sup", "a")


@element("span", "small", "aside", "div", where=classed(
    *"sidenote marginnote footnoteContent modern-footnotes-footnote__note footnote_tooltip".split()
))  # fmt: skip
def sidenote(e: Element) -> Element | None:
    """A note beside its text, not below it."""
    before = e.getprevious()
    if before is not None and before.tag == "sup" and _says_the_same(before, e):
        return None
    while before is not None and before.tag in _SHOWS and not before.tail and _shows_number(before):
        shown, before = before, before.getprevious()
        drop(shown)
    above = e.getparent()
    if before is None and above is not None and NUMBER.match(above.text or ""):
        above.text = None
    body = next((up for up in e.iterancestors() if up.tag == "body"), e.getroottree().getroot())
    note = make("footnote", e.text or "", **{"data-footnote": label(e.getroottree().getroot(), "1")})
    for child in list(e):
        note.append(child)
    strip(note, r"\d{1,3}")
    body.append(note)
    return mark(note)


def _shows_number(e: Element) -> bool:
    return not e.get("data-footnote") and (is_empty(e) or NUMBER.match(text(e)) is not None)


def _says_the_same(number: Element, e: Element) -> bool:
    """Whether the note that stands below already has these words."""
    known = next((said for inner in number.iter("sup") if (said := inner.get("data-footnote"))), "")
    notes = [note for note in e.getroottree().getroot().iter("footnote") if note.get("data-footnote") == known]
    letters = re.sub(r"\W", "", text(e))
    return any(letters.endswith(re.sub(r"\W", "", text(note))) for note in notes if known)
