"""The element that holds a post's body, and what in it is the blog's and no post's: learned from known bodies."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from . import parse
from .parse import Element
from .template import LINE, PLACE, Key, Rule, Sample, Template, apply, label, squash, ways

_SHARE = 0.6  # of the samples, that an XPath has to be right on
_WAYS = 40  # XPaths that are held against the samples, those most voted for
_HELD = 0.9  # of a body's words, that its node holds
_ALIKE = 0.5  # F1 of the words of a node and a body, from which the one is taken for the other
_LOST = 0.15  # of the words of a body read off its page alone: they may be share bars and the like
_LITTLE, _MUCH = 0.05, 0.3  # of these words, that a template finds beside them
_SILENT = frozenset("script style noscript template".split())
_LEADING = frozenset("nav aside form button".split())
_NO_PROSE = _LEADING | {"header", "footer", "h1"}
_BLOCKS = frozenset("p div ul ol dl section footer header center".split())
_KEPT = frozenset("figure figcaption img picture video audio iframe table pre code blockquote math svg".split())
_LABEL = 12  # letters of a word such as "Tags"


def rule(samples: Sequence[Sample]) -> Rule | None:
    """The XPath of the node that is most like the bodies that the keys know."""
    known = [(tree, _bag(parse.fragment(key.html))) for tree, key in told(samples)]
    votes: Counter[str] = Counter()
    for tree, bag in known:
        votes.update({way for node in _holding(tree, bag) for way in ways(node)})
    ranked = []
    for xpath, _ in votes.most_common(_WAYS):
        scores = [_likeness(parse.xpath(xpath)(tree), bag) for tree, bag in known]
        alike = sum(score > _ALIKE for score in scores)
        ranked.append((round(sum(scores), 1), not PLACE.search(xpath), alike, -len(xpath), xpath))
    _, _, agreed, _, xpath = max(ranked, default=(0.0, False, 0, 0, ""))
    return Rule("body", xpath, agreed=agreed, of=len(known)) if agreed >= max(2, _SHARE * len(known)) else None


def holds(template: Template, samples: Sequence[Sample]) -> bool:
    """Whether what a template leaves of a body is the body, on most samples."""
    known = told(samples)
    return sum(_is_body(apply(template, tree).body, key) for tree, key in known) >= max(2, _SHARE * len(known))


def _is_body(body: Element | None, key: Key) -> bool:
    """Whether an element has the words of a body; of one read off the page alone also when it has much more.

    A little more is a byline or a footer. Much more is prose, which a reading of one page may lose.
    """
    if body is None:
        return False
    own, bag = _bag(body), _bag(parse.fragment(key.html))
    if key.told:
        return _f1(own, bag) > _ALIKE
    lost, more = (bag - own).total(), (own - bag).total()
    return lost <= _LOST * bag.total() and not _LITTLE * bag.total() < more < _MUCH * bag.total()


def told(samples: Sequence[Sample]) -> list[Sample]:
    """The samples whose body is known: where the blog itself tells some, those alone."""
    known = [sample for sample in samples if sample[1].html]
    sure = [sample for sample in known if sample[1].told]
    return sure if len(sure) > 1 else known


def _pieces(e: Element) -> Iterator[str]:
    if e.tag not in _SILENT:
        yield e.text or ""
        for child in e:
            yield from _pieces(child)
            yield child.tail or ""


def _bag(e: Element) -> Counter[str]:
    return Counter(re.findall(r"\w+", " ".join(_pieces(e)).casefold()))


def _likeness(nodes: Sequence[Element], bag: Counter[str]) -> float:
    """How alike the words of the first node and a body are, as F1."""
    return _f1(_bag(nodes[0]), bag) if nodes else 0.0


def _f1(own: Counter[str], bag: Counter[str]) -> float:
    return 2 * (own & bag).total() / max(1, own.total() + bag.total())


def _holding(tree: Element, bag: Counter[str]) -> list[Element]:
    """The two smallest elements that hold nearly all the words of a body."""
    hits = sizes(tree, lambda text: sum(word in bag for word in re.findall(r"\w+", text.casefold())))
    enough = _HELD * min(bag.total(), max(hits.values(), default=0))
    letters = sizes(tree, len)
    held = sorted((e for e, hit in hits.items() if hit >= enough > 0), key=lambda e: letters[e])
    return [e for e in held if e.tag not in {"body", "html"}][:2] or held[:1]


def sizes(tree: Element, measure: Callable[[str], int]) -> dict[Element, int]:
    """The measure of all text within each element, last element first; what is silent has none."""
    found: dict[Element, int] = {}
    for e in reversed(list(tree.iter())):
        inside = sum(found.get(child, 0) + measure(child.tail or "") for child in e)
        found[e] = 0 if e.tag in _SILENT else measure(e.text or "") + inside
    return found


# what is not the post's


@dataclass(frozen=True, slots=True)
class _Post:
    """What a key knows of a body, to hold the parts of its node against."""

    words: str
    squashed: str
    tags: frozenset[str]  # of its HTML
    labels: tuple[str, ...]  # that the post is filed under
    told: bool
    common: frozenset[str]  # what is said on most pages, squashed


def drops(xpath: str, samples: Sequence[Sample]) -> tuple[str, ...]:
    """What is within the body's node on several pages and in no post: XPaths from the body."""
    known = [(nodes[0], key) for tree, key in told(samples) if (nodes := parse.xpath(xpath)(tree))]
    common = _common([node for node, _ in known])
    bodies = [(body, post) for body, key in known if (post := _post(body, key, common))]
    votes: Counter[str] = Counter()
    for body, post in bodies:
        votes.update({way for e in _alien(body, post) for way in _droppers(e, post) if e in parse.xpath(way)(body)})
    several = [way for way, count in votes.most_common() if count >= 2]
    sure = [w for w in several if all(_is_alien(e, post) for body, post in bodies for e in parse.xpath(w)(body))]
    return tuple(_needed(sure, [body for body, _ in bodies]))


def _post(body: Element, key: Key, common: frozenset[str]) -> _Post | None:
    html = parse.fragment(key.html)
    if _likeness([body], _bag(html)) < _ALIKE:
        return None
    words, tags = parse.words(html), frozenset(str(e.tag) for e in html.iter())
    return _Post(words, squash(words), tags, tuple(map(squash, key.tags)), key.told, common)


def _common(bodies: Sequence[Element]) -> frozenset[str]:
    counts = Counter(said for body in bodies for said in {squash(parse.words(e)) for e in body.iterdescendants()})
    return frozenset(said for said, count in counts.items() if said and count >= max(3, _SHARE * len(bodies)))


def _droppers(e: Element, post: _Post) -> Iterator[str]:
    """XPaths by name or words: what stands in a place here is something else in the next post."""
    for way in ways(e):
        if not PLACE.search(way) and ("@" in way.rpartition("/")[2] or e.tag in _NO_PROSE):
            yield f".{way}"
    above = {a.get("href", "").rstrip("/").rpartition("/")[0] for a in e.iter("a")}
    if _is_label_row(e, post) and len(above) == 1 and (folder := above.pop()) and '"' not in folder:
        yield f'.//{e.tag}[.//a[contains(@href,"{folder}/")] and not(.//p)]'
    if squash(text := parse.words(e)) in post.common and len(text) < LINE and '"' not in text:
        yield f'.//{e.tag}[normalize-space(.)="{text}"]'


def _alien(body: Element, post: _Post) -> Iterator[Element]:
    """The outermost elements of a body that say what the post does not."""
    for e in body:
        if _is_alien(e, post):
            yield e
        else:
            yield from _alien(e, post)


def _is_alien(e: Element, post: _Post) -> bool:
    """Whether an element is none of the post: by a key that has the whole body, else by what all pages say alike."""
    text = parse.words(e)
    if not text or any(each.tag in _KEPT for each in e.iter()):
        return False
    if (e.tag in _LEADING and e.tag not in post.tags) or _is_label_row(e, post):
        return True
    if not post.told:
        return (squash(text) in post.common or squash(text) not in post.squashed) and _is_beside(e)
    return squash(text) not in post.squashed if re.search(r"\w", text) else text not in post.words


def _is_beside(e: Element) -> bool:
    """Whether a block leads elsewhere, or is named: an author who says the same in every post does neither."""
    linked = sum(len(parse.words(a)) for a in e.iter("a"))
    return e.tag in _NO_PROSE or (
        e.tag in _BLOCKS and (2 * linked > len(parse.words(e)) or (e.tag != "p" and "class" in e.attrib))
    )


def _is_label_row(e: Element, post: _Post) -> bool:
    """Whether an element links to what the post is filed under, and says nothing else but a word."""
    linked = [squash(label(a)) for a in e.iter("a")]
    rest = len(squash(parse.words(e))) - sum(map(len, linked))
    return bool(linked) and all(each in post.labels for each in linked) and rest <= _LABEL


def _needed(found: Sequence[str], bodies: Sequence[Element]) -> Iterator[str]:
    """The fewest of these that together find all that they find."""
    done: set[Element] = set()
    for way in found:
        nodes = {e for body in bodies for e in parse.xpath(way)(body)}
        if nodes - done:
            done |= {inner for e in nodes for inner in e.iter()}
            yield way
