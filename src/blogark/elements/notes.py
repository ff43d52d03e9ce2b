"""Footnotes, as Markdown Extra, Pandoc, Hugo, GitHub, WordPress, Word, Ghost, Substack, docutils and hands write them.

A number that leads to a note becomes a mark, its note moves to the end of the post. That it is a note is told by
what both say: the note leads back, or its name says so, or it begins with the number.
"""

import re
from functools import lru_cache
from itertools import count, islice

from ..build import bare, clean, drop, is_blank, is_empty, text, wrap_runs
from ..canon import afterwards, classed, element, having
from ..parse import Element, make

_NAMED = re.compile(
    r"(?:user-content-)?(?:fn|footnote|endnote|note|ftnt?|_ftn|_edn|sdfootnote|easy-footnote-bottom|cite[_-]?note|fnote|f|_)"
    r"(?!ref|-?anchor|_?ref)[-_:.]?[\w:.-]*$",
    re.I,
)
NUMBER = re.compile(r"\s*+(?:[\[(]\s*+)?(\d{1,4}|[a-zA-Z]|[ivxlc]{2,5}|[*†‡§¶]{1,3})\s*+[\])]?\.?\s*$")
_BACK = re.compile(r"[\s↩︎↑^⏎⤴🔝↵⇑▲\ufe0e\ufe0f\u200d]*$")
_WORDS_BACK = re.compile(r"(?:jump|go|scroll)?\s*(?:back|up|return)\b|zurück|retour|volver", re.I)
_SAYS_BACK = re.compile(r"ref|back|return|anchor|link$", re.I)
_BOXES = frozenset("footnote li p div td dt dd aside section tr table".split())
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "article", "main")
_WORD = re.compile(r"#(_ftn|_edn)ref(\d+)$")  # Word's notes lead back and are called accordingly, if only by half
_SAYS_NOTE = classed("fn", "footnote", "footnote-ref")
_FRAME = classed("footnotes", "footnote", "footnotes-sep")
_UNSEEN = classed("sr-only", "visually-hidden", "screen-reader-text")
_MANY = 8  # blocks that one note may go on for


@element("a", where=having("href", re.compile("#")))
def reference(e: Element) -> Element:
    """A number that leads to a note."""
    number = NUMBER.match(text(e)) if len(e) < 3 else None
    box = _note_of(e, number[1]) if number else None
    if box is None or number is None:
        return e
    if box.tag != "footnote":
        if _is_in_spans(e):
            return e
        box = _take(box, e, number[1])
    _unbracket(e)
    return mark(box)


def _is_in_spans(e: Element) -> bool:
    """Whether it is in a table that is to stay HTML, where no mark is read and its note would have none."""
    return any(
        table.find(f".//*[@{name}]") is not None
        for table in e.iterancestors("table")
        for name in ("colspan", "rowspan")
    )


def mark(note: Element) -> Element:
    number = note.get("data-footnote", "")
    return make("sup", number, **{"data-footnote": number})


@lru_cache(maxsize=1)
def _names(root: Element) -> tuple[dict[str, Element], dict[Element, int], set[str]]:
    """Every element that an address can lead to, by its name; where it stands; labels in use. Of the page at hand."""
    names: dict[str, Element] = {}
    order: dict[Element, int] = {}
    for at, e in enumerate(root.iter()):
        for name in (e.get("id"), e.get("name")):
            if name:
                names.setdefault(name, e)
                order[e] = at
        if e.tag == "a":
            order[e] = at
            if found := _WORD.search(e.get("href", "")):
                names.setdefault(found[1] + found[2], e)
    return names, order, set()


afterwards(_names.cache_clear)


def _fragment(e: Element) -> str:
    return (e.get("href") or "").partition("#")[2]


def _note_of(e: Element, number: str) -> Element | None:
    """The block that holds the note which `e` refers to."""
    name = _fragment(e)
    names, order, _ = _names(e.getroottree().getroot())
    target = names.get(name) if name else None
    if target is None or (target.tag != "footnote" and order[target] <= order.get(e, 0)):  # that is the way back
        return None
    box = _box(target)
    if box is None or box.tag == "footnote":
        return box
    if any(inner is e for inner in box.iter("a")) or next(box.iter(*_HEADS), None) is not None:
        return None
    words = " ".join(text(box).split())
    begins = re.match(rf"\W*{re.escape(number)}(?!\w)", words) is not None
    back = _leads_back(box, e)
    if _NAMED.match(name) and len(words) > len(number) and (number[0].isdigit() or back or begins or box.tag == "li"):
        return box
    return box if back or ((box.tag == "li" or begins) and _is_raised(e)) else None


def _box(target: Element) -> Element | None:
    for above in (target, *target.iterancestors()):
        if above.tag in _BOXES:
            if above.tag == "td":  # the number has a cell of its own
                return above if above is target else above.getparent()
            return above
    return None


def _leads_back(box: Element, e: Element) -> bool:
    names = _names_of(e)
    return any(_fragment(a) in names for a in box.iter("a"))


def _names_of(e: Element) -> set[str]:
    return {name for one in (e, *list(e.iterancestors())[:2]) for name in (one.get("id"), one.get("name")) if name}


def _is_raised(e: Element) -> bool:
    """Whether the number is written as those of notes are."""
    above, bracketed = e.getparent(), text(e).strip()[:1] in ("[", "(") or _ahead(e).endswith("[")
    raised = e.find("sup") is not None or (above is not None and (above.tag == "sup" or _SAYS_NOTE(above)))
    return bracketed or raised


def _ahead(e: Element) -> str:
    """The text right before an element."""
    above, before = e.getparent(), e.getprevious()
    return (before.tail if before is not None else above.text if above is not None else "") or ""


def _unbracket(e: Element) -> None:
    """[<a>1</a>] has brackets enough."""
    above, before, ahead, after = e.getparent(), e.getprevious(), _ahead(e), e.tail or ""
    if not (ahead.endswith("[") and after.startswith("]")):
        return
    e.tail = after[1:]
    if before is not None:
        before.tail = ahead[:-1]
    elif above is not None:
        above.text = ahead[:-1]


# --- the note


def _take(box: Element, e: Element, number: str) -> Element:
    """Move a note, without its number and the way back, to where Markdown has notes."""
    body = next((above for above in box.iterancestors() if above.tag == "body"), box.getroottree().getroot())
    (names, *_), name = _names(e.getroottree().getroot()), _fragment(e)
    note = make("footnote", id=clean(name), **{"data-footnote": label(body.getroottree().getroot(), number)})
    more, back = _more(box), _names_of(e)
    _keep_count(box)
    _fill(note, box, names[name])
    for part in more:
        drop(part)
        note.append(part)
    for a in list(note.iter("a")):
        if "#" in a.get("href", "") and _is_way_back(a, back):
            drop(a)
    strip(note, re.escape(number))
    names[name] = note
    body.append(note)
    return note


def _keep_count(box: Element) -> None:
    """Before the first note leaves a list: what stays of it keeps the number that it had."""
    above = box.getparent()
    if above is None or above.tag != "ol" or above.get("data-counted"):
        return
    above.set("data-counted", "yes")
    numbers = count(_number(above.get("start")) or 1)
    for item in above.iterchildren("li"):
        number = _number(item.get("value"))
        numbers = count(number) if number else numbers
        item.set("value", str(next(numbers)))


def _number(said: str | None) -> int:
    return int(said) if said and re.fullmatch(r"\d{1,9}", said) else 0


def label(root: Element, number: str) -> str:
    """The number of a note, or where another has it the next that is free."""
    taken = _names(root)[2]
    free = re.sub(r"\W", "", number)
    while not free or free in taken:
        free = str(int(free) + 1) if free.isdecimal() else str(len(taken) + 1)
    taken.add(free)
    return free


def _fill(note: Element, box: Element, target: Element) -> None:
    """What the note's box gives: its content, or of several notes in one paragraph the one."""
    whole: Element | None = None
    if box.tag in ("tr", "table"):
        for inner in box.iter("tr", "td", "th", "tbody", "table"):
            inner.tag = "div"
        whole = box
    elif box.tag == "dt" and (after := box.getnext()) is not None and after.tag == "dd":
        drop(box)
        whole = bare(after, "div")
    elif box.tag == "p" and _heads(box) > 1 and (start := _child_of(box, target)) is not None:
        whole = _until_next(start)
    drop(box if whole is None else whole)
    if whole is None:
        note.text = box.text
        note.extend(list(box))
    else:
        note.append(whole)


def _heads(box: Element) -> int:
    named = (e for e in box.iter("a", "sup", "span") if e.get("id") or e.get("name"))
    return sum(1 for e in islice((e for e in named if NUMBER.match(text(e)) or is_empty(e)), 2))


def _child_of(box: Element, e: Element) -> Element | None:
    while (above := e.getparent()) is not None and above is not box:
        e = above
    return e if above is box else None


def _until_next(start: Element) -> Element:
    part = make("p")
    start.addprevious(part)
    e: Element | None = start
    while e is not None and (e is start or not _begins_note(e)):
        after = e.getnext()
        part.append(e)
        e = after
    return part


def _begins_note(e: Element) -> bool:
    named = next((a for a in e.iter() if a.get("id") or a.get("name")), None)
    return named is not None and bool(re.match(r"\W*\w{1,3}(?!\w)", text(e).strip() or (e.tail or "").strip()))


def _more(box: Element) -> list[Element]:
    """Further paragraphs of a note, when the note after it shows where they end."""
    found: list[Element] = []
    e = box.getnext() if box.tag == "p" else None
    while e is not None and e.tag in ("p", "ul", "ol", "blockquote") and len(found) < _MANY:
        if _begins_note(e):
            return found
        found.append(e)
        e = e.getnext()
    return []


def _is_way_back(a: Element, names: set[str]) -> bool:
    words, name = text(a).strip(), _fragment(a)
    if not name or name in names or _BACK.match(words):
        return _BACK.match(words) is not None or name in names
    says = " ".join((name, a.get("class", ""), a.get("role", ""), a.get("rel", "")))
    return _SAYS_BACK.search(says) is not None and (len(words) < 4 or _WORDS_BACK.match(words) is not None)


def strip(e: Element, number: str) -> None:
    """Take the note's number (a pattern), and the space around it, from its beginning."""
    counted = e.tag != "footnote" or is_blank(e.text)
    e.text = re.sub(rf"^[\s\xa0]*(?:\^|[\[(]?{number}[\])]?[.:)]?(?=[\s\xa0]|$))?[\s\xa0]*", "", e.text or "")
    if e.text or not len(e):
        return
    first = e[0]
    if first.tag in ("p", "div", "dd") or (first.tag == "span" and (first.text or "").startswith("^")):
        strip(first, number)
    elif first.tag in ("a", "sup", "span", "b", "strong", "em", "i", "label") and (
        is_empty(first) or (counted and (found := NUMBER.match(text(first))) and re.fullmatch(number, found[1]))
    ):
        drop(first)
        strip(e, number)


@element("footnote")
def kept(e: Element) -> Element:
    if any(child.tag != "p" for child in e):
        wrap_runs(e, lambda: make("p"))
    return bare(e, "", "data-footnote")


def _is_of_frame(e: Element) -> bool:
    """Whether it is the line above notes, or GitHub's heading there that only screen readers read out."""
    above = e.getparent()
    return above is not None and _FRAME(above) and (e.tag == "hr" or _UNSEEN(e))


@element("hr", "h2", "h3", where=_is_of_frame)
def separator(e: Element) -> None:
    return None
