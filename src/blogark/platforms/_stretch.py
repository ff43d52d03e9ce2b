"""Which stretches of a page are posts: by microformats and class names, else by the shape of its headings."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .. import dates, parse, urls
from ..parse import Element
from . import _blocks, _body, _byline, _lines, _marks
from ._blocks import squash

HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_ANCHOR = " ¶#§🔗"  # signs of a link to the heading itself
_SIGNS = frozenset("∞ # ¶ § ★ ☆ ⚑ ※ ⊕ ◆ → 🔗".split())
_PERMALINK = frozenset({"permalink", "permanent link", "link", "퍼머링크", "고유 주소", "パーマリンク", "permalien"})
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?", re.I)
_BYLINE = 240  # characters of a line that still is a byline
_CELL = 60  # characters beside a title that make a table's cell a post
_FEWEST = 3  # dated lines that make a table of contents


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a page that is one post."""

    elements: tuple[Element, ...]  # neighbours
    heading: Element | None = None  # the element that holds the title
    apart: bool = False  # the last element is the body, the others stand above it

    @property
    def title(self) -> str:
        return parse.words(self.heading).rstrip(_ANCHOR) if self.heading is not None else ""


def several(tree: Element, base: str) -> list[Stretch]:
    """The posts of a listing, in its order."""
    return marked(tree, base) or _shaped(tree, base) or marked(tree, base, beside=True)


def permalink(heading: Element, base: str) -> str:
    """The address that a heading links to or stands in a link to; '' for none that could be a post's."""
    told = parse.words(heading)  # a post without a title has an empty link
    links = [*heading.iter("a"), *list(heading.iterancestors("a"))[:1]]
    found = (urls.join(base, href) for a in links if (href := a.get("href")) and (parse.words(a) or not told))
    return next((urls.clean(url) for url in found if _could_be_post(url, base)), "")


def permalinks(stretches: Sequence[Stretch], base: str) -> list[str]:
    """For each box of a list the one address in the blog that it links to; '' where there are more, or none."""
    lists = len(stretches) > 1 or _marks.is_list(base)
    return [_sole(stretch, base) if lists else "" for stretch in stretches]


def _sole(stretch: Stretch, base: str) -> str:
    links = [a for element in stretch.elements for a in element.iter("a") if a.get("href")]
    bare = [a for a in links if not parse.words(a) and next(a.iter("img"), None) is None]
    signs = [a for a in links if _is_sign(parse.words(a))]
    talks = [a for a in links if "#comment" in a.get("href", "")]
    for likely in (bare, signs, talks, links):
        found = {urls.key(url): urls.clean(url) for a in likely if _could_be_post(url := _page_of(a, base), base)}
        if len(found) == 1:
            return next(iter(found.values()))
    return ""


def _is_sign(text: str) -> bool:
    """Whether a link's words are those of one to the post itself: a sign, a day, an hour, "permalink"."""
    found = dates.find(text) if 0 < len(text) <= 40 else None
    return (
        text in _SIGNS
        or text.casefold() in _PERMALINK
        or _CLOCK.fullmatch(text) is not None
        or (found is not None and found.end - found.start >= len(text) - 8)
    )


def _page_of(a: Element, base: str) -> str:
    return urls.join(base, a.get("href", "")).partition("#")[0]


def _could_be_post(url: str, base: str) -> bool:
    return (
        urls.is_web(url)
        and urls.domain(url) == urls.domain(base)
        and urls.key(url) != urls.key(urls.root(base))
        and not _marks.is_list(url)
    )


def marked(tree: Element, base: str, beside: bool = False) -> list[Stretch]:
    """What is marked as posts; `beside`: though it stands in what is named as beside them."""
    found = [element for element in _marks.posts(tree) if beside or not _marks.is_chrome(element)]
    return [Stretch((element,), _heading_in(element, base)) for element in found]


def _heading_in(element: Element, base: str) -> Element | None:
    titles = [e for e in _marks.named(element, _marks.TITLE) if e.tag != "a" or parse.words(e)]
    body = _marks.body(element)
    inside = set(body.iterdescendants()) if body is not None else set()
    headings = [e for e in (*titles, *element.iter(*HEADINGS)) if e not in inside and not _marks.is_chrome(e)]
    linked = next((e for e in headings if permalink(e, base)), next(iter(headings), None))
    return linked if linked is not None else next(_unmarked_titles(element, base, inside), None)


def _unmarked_titles(element: Element, base: str, inside: set[Element]) -> Iterator[Element]:
    """What some name outside the body says to be a title, and leads to a post."""
    titled = (e for e in _marks.marked(element) if e is not element and e not in inside and _marks.looks_titled(e))
    return (e for e in titled if parse.words(e) and permalink(e, base))


def _shaped(tree: Element, base: str) -> list[Stretch]:
    """Headings that link into the blog, alike in where they stand, with the most text between them."""
    groups: dict[str, list[Element]] = {}
    for element in tree.iter(*HEADINGS, "b", "strong", "a"):
        if _is_title(element, base) and not _marks.is_chrome(element):
            groups.setdefault(_shape(element), []).append(element)
    found = [(headings, _between(headings)) for headings in groups.values()]
    found = [each for each in found if len(each[0]) > 1 or not _holds_several(each[1][0], groups.values())]
    scored = [(sum(map(_score, each)) * _weight(headings, base), each) for headings, each in found]
    best, lines = max(scored, key=lambda pair: pair[0], default=(0, []))[1], _contents(tree, base)
    dated = any(map(_is_dated, best))
    if len(best) == 1 and best[0].heading is not None and best[0].heading.tag not in HEADINGS and not dated:
        return lines  # a button
    return best if best and (len(lines) < _FEWEST or dated) else lines


def _holds_several(stretch: Stretch, groups: Iterable[list[Element]]) -> bool:
    """Whether a stretch holds all of several headings of one shape: those are posts, and it is the page."""
    within = {inner for element in stretch.elements for inner in element.iter()}
    return any(len(headings) > 2 and within.issuperset(headings) for headings in groups)


def _weight(headings: list[Element], base: str) -> float:
    """Bold lines are titles less often than headings are, a lone one hardly ever, nor one that leads to this page."""
    if len(headings) == 1 and urls.key(permalink(headings[0], base)) == urls.key(base):
        return 0.1
    return 3 if headings[0].tag in HEADINGS else 2 if len(headings) > 1 else 0.5


def _contents(tree: Element, base: str) -> list[Stretch]:
    """The lines of a page that lists no more than titles and dates."""
    groups: dict[str, list[Stretch]] = {}
    for a in tree.iter("a"):
        line = next((e for e in a.iterancestors() if e.tag in _blocks.BLOCKS), a)
        alone = len({urls.join(base, each.get("href", "")) for each in line.iter("a")}) == 1
        if alone and parse.words(a) and permalink(a, base) and not _marks.is_chrome(a):
            rest = _byline.read(parse.words(line).replace(parse.words(a), "", 1))
            if rest.printed and not rest.rest:
                groups.setdefault(_shape(a), []).append(Stretch((line,), a))
    return max(groups.values(), key=len, default=[])


def _is_title(element: Element, base: str) -> bool:
    """A heading, or a line of its own set bold or bare, that is one link into the blog and nothing else."""
    links = [element] if element.tag == "a" else list(element.iter("a"))
    if not links and element.tag in HEADINGS and any(True for _ in element.iterancestors("a")):
        return permalink(element, base) != "" and parse.words(element) != ""  # a card: all of it is the link
    if len(links) != 1 or not permalink(element, base):
        return False
    text, link = parse.words(element), parse.words(links[0])
    if element.tag in HEADINGS and not text:
        return not any(True for _ in element.iter("img"))
    if not text or len(link) < 0.6 * len(text) or _byline.says_more(text):
        return False
    return element.tag in HEADINGS or (not _byline.leads_on(text) and (element.tag != "a" or _stands_alone(element)))


def _stands_alone(a: Element) -> bool:
    """Whether a link is all that its block or line says, and the block no heading or list item."""
    top = a
    for element in a.iterancestors():
        if element.tag in {*HEADINGS, "b", "strong", "li"}:
            return False
        if element.tag in _blocks.BLOCKS:
            return parse.words(element) == parse.words(a) or _is_line(top)
        top = element if parse.words(element) == parse.words(a) else top
    return False


def _is_line(element: Element) -> bool:
    """Whether line breaks or blocks stand before and after an element, and no words between."""
    before, after, parent = element.getprevious(), element.getnext(), element.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    ends = _blocks.BLOCKS | {"br"}
    alone = (before is None or before.tag in ends) and (after is None or after.tag in ends)
    return alone and not text.strip() and not (element.tail or "").strip()


def _shape(element: Element) -> str:
    return "/".join(str(e.tag) for e in [element, *element.iterancestors()] if e.tag not in {"font", "span", "center"})


def _between(headings: list[Element]) -> list[Stretch]:
    """For each heading the largest stretch around it that holds no other of them."""
    if len(headings) == 1:
        return [Stretch((around(headings[0]),), headings[0])]
    held: dict[Element, int] = {}
    for heading in headings:
        for element in (heading, *heading.iterancestors()):
            held[element] = held.get(element, 0) + 1
    return [_largest(heading, held) for heading in headings]


def _largest(heading: Element, held: dict[Element, int]) -> Stretch:
    top = heading
    while (parent := top.getparent()) is not None and held[parent] == 1:
        top = parent
    elements = [top]
    if _is_only_head(top, heading):
        elements += following(top, heading, held)
    while len(elements) > 1 and (elements[-1].tag in {"br", "hr"} or _lines.day_header(elements[-1])):
        if (elements[-1].tail or "").strip():
            break
        elements.pop()  # it stands above the next post
    return Stretch(tuple(elements), heading)


def following(top: Element, heading: Element, held: Container[Element] = ()) -> Iterator[Element]:
    """The neighbours of a post's head up to the next post or what stands beside the posts."""
    following = top.getnext()
    while following is not None and not _begins_another(following, heading, held):
        yield following
        following = following.getnext()


def _is_only_head(top: Element, heading: Element) -> bool:
    """Whether there is title and byline, and the body is among what follows."""
    box = _blocks.scope_copy([top])
    return not _body.between(_blocks.blocks(box), parse.words(heading), _body.Found())


def _begins_another(element: Element, heading: Element, held: Container[Element]) -> bool:
    other = (element.tag == heading.tag and element.tag in HEADINGS) or _marks.is_chrome(element)
    return element in held or other or _body.is_pager(_blocks.Block(element))


def _score(stretch: Stretch) -> int:
    """How much a stretch looks like a post: its text outside links, more with a date in it."""
    plain = sum(map(_plain_text, stretch.elements))
    return min(plain, 2000) * (2 if _is_dated(stretch) else 1)


def _is_dated(stretch: Stretch) -> bool:
    text = " ".join(parse.words(element) for element in stretch.elements)
    return bool(dates.find(text[: 2 * _BYLINE]) or dates.find(text[-2 * _BYLINE :]))


def _plain_text(element: Element) -> int:
    """Characters outside links; of a card, which is one link, those outside its heading."""
    linked = (next(a.iter(*HEADINGS), a) for a in element.iter("a"))
    return len(parse.words(element)) - sum(len(parse.words(each)) for each in linked)


def around(heading: Element, start: str = "") -> Element:
    """The smallest element around a heading that holds a body too: one that starts so, else some text or a picture."""
    found = heading
    for element in heading.iterancestors():
        if element.tag in {"body", "html"} or _marks.is_chrome(element):
            break
        found = element
        if start in squash(parse.words(element)) if start else _holds_body(element, heading):
            break
    return found


def _holds_body(element: Element, heading: Element) -> bool:
    text = _plain_text(element) - len(parse.words(heading))
    return text > (_CELL if element.tag == "td" else _BYLINE) or any(e.tag == "img" for e in element.iter())
