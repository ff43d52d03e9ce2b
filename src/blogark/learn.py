"""A blog's template, learned from some of its posts.

A sample is the own page of a post and its key: what a feed, a listing or structured data says of that post. Nodes
that say what the key says vote for XPaths by names (class, id, itemprop), by place only at last, and each XPath is
held against all samples before it is believed. What the body's node holds beside the words of the key, or says alike
on page after page, is the blog's and no post's: it is dropped. The idea is BlogForever's (WIMS 2014).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from . import bodies, parse
from .parse import Element
from .template import LINE, PLACE, READ, Key, Rule, Sample, Template, label, moment, said, squash, ways

_SHARE = 0.6  # of the samples, that an XPath has to be right on
_WAYS = 40  # XPaths of a field that are held against the samples, those most voted for
_BESIDE = frozenset("head title nav aside footer select".split())


def learn(samples: Sequence[Sample]) -> Template:
    """The template of two samples or more: the rules that hold on most of them."""
    if len(samples) < 2:
        return Template(samples=len(samples))
    found = tuple(rule for field in _SAYS if (rule := _rule(field, samples)))
    bare = Template(found, (), len(samples))
    body = bodies.rule(samples)
    whole = replace(bare, rules=(*found, body), drop=bodies.drops(body.xpath, samples)) if body else bare
    return whole if bodies.holds(whole, samples) else bare


def _rule(field: str, samples: Sequence[Sample]) -> Rule | None:
    """The XPath that is right on most samples; of equals the one that `_worth` prefers."""
    known = [sample for sample in samples if getattr(sample[1], field) not in (None, "", ())]
    if len(known) < 2 or (field == "count" and len({key.count for _, key in known}) < 2):
        return None
    votes: Counter[Rule] = Counter()
    for tree, key in known:
        votes.update({rule for node in _lines(tree) for rule in _SAYS[field](node, key)})
    asked = samples if field == "tags" else known
    ranked = []
    for rule, _ in votes.most_common(_WAYS):
        held = replace(rule, agreed=sum(_is_right(rule, sample) for sample in asked), of=len(asked))
        ranked.append((held.agreed, _worth(rule, known), held))
    best = max(ranked, key=lambda each: each[:2], default=None)
    return best[2] if best and best[0] >= max(2, _SHARE * len(asked)) else None


def _is_right(rule: Rule, sample: Sample) -> bool:
    tree, key = sample
    nodes = parse.xpath(rule.xpath)(tree)
    if rule.field == "tags":
        return set(map(squash, READ["tags"](nodes, rule))) == set(map(squash, key.tags))
    if not nodes:
        return False
    if rule.field == "published":
        return _is_of_day(nodes[0], key)
    read, known = READ[rule.field](nodes, rule), getattr(key, rule.field)
    return bool(read == known) if rule.field == "count" else squash(read) == squash(known)


def _worth(rule: Rule, known: Sequence[Sample]) -> tuple[float, ...]:
    """What decides between XPaths that are right alike."""
    nodes = [found for tree, _ in known if (found := parse.xpath(rule.xpath)(tree))]
    firsts = [found[0] for found in nodes]
    exact = sum(isinstance(moment(node)[0], datetime) for node in firsts) if rule.field == "published" else 0
    shown = sum(not any(e.tag in _BESIDE for e in (node, *node.iterancestors())) for node in firsts)
    others = 0 if rule.field == "tags" else sum(map(len, nodes)) - len(nodes)
    placed = len(PLACE.findall(rule.xpath))
    return exact, shown, not rule.before + rule.after, -placed, -others, -rule.xpath.count("/"), -len(rule.xpath)


# which nodes say what the key says


def _lines(tree: Element) -> Iterator[Element]:
    """Elements of a page that say a line and no more, and its meta elements."""
    letters = bodies.sizes(tree, len)
    return (e for e, size in reversed(letters.items()) if 0 < size <= 2 * LINE or e.tag == "meta")


def _says(field: str) -> Callable[[Element, Key], Iterator[Rule]]:
    def find(node: Element, key: Key) -> Iterator[Rule]:
        known, text = getattr(key, field), said(node)
        if squash(text) == squash(known):
            yield from (Rule(field, way) for way in ways(node))
        elif field == "author" and (around := _around(text, known)):
            yield from (Rule(field, way, *around) for way in ways(node))

    return find


def _around(text: str, name: str) -> tuple[str, str] | None:
    """What a line says before a name, and the sign that parts it from what follows."""
    before, found, after = text.partition(name)
    sign = re.match(r"\s*(?:[|·•,/–—-]|(?:on|am|le|el|il|em|op)\b)", after)
    if not found or len(before) > 20 or re.search(r"\d", before) or (after and not sign):
        return None
    return before, sign[0].rstrip() if sign else ""


def _says_day(node: Element, key: Key) -> Iterator[Rule]:
    marked = " ".join([said(node)[:LINE], *map(str, node.attrib.values())])
    if any(str(day.day) in marked for day in _days(key.published)) and _is_of_day(node, key):
        yield from (Rule("published", way) for way in ways(node))


def _is_of_day(node: Element, key: Key) -> bool:
    published, printed = moment(node)
    if isinstance(published, datetime) and isinstance(key.published, datetime):
        return published == key.published or published.date() == key.published.date()
    days = {_day(published)} if published else {printed.day, *(printed.either or ())} if printed else set()
    return bool(days & _days(key.published))


def _day(published: date | datetime) -> date:
    return published.date() if isinstance(published, datetime) else published


def _days(published: date | datetime | None) -> set[date]:
    """The days that a blog may print for a moment: one told in UTC may be of the day before or after there."""
    universal = isinstance(published, datetime) and not published.utcoffset()
    around = (-1, 0, 1) if universal else (0,)
    return {_day(published) + timedelta(days) for days in around} if published else set()


def _says_count(node: Element, key: Key) -> Iterator[Rule]:
    if str(key.count) in (text := said(node)) and len(text) < 60 and READ["count"]([node], _COUNT) == key.count:
        yield from (replace(_COUNT, xpath=way) for way in ways(node))


def _says_tag(node: Element, key: Key) -> Iterator[Rule]:
    if node.tag == "a" and squash(label(node)) in set(map(squash, key.tags)):
        folder = node.get("href", "").partition("#")[0].rstrip("/").rpartition("/")[0]
        leads = f'[contains(@href,"{folder}/")]' if folder and '"' not in folder else ""
        yield from (Rule("tags", way + leads) for way in ways(node))


_COUNT = Rule("count", "")
_SAYS = {
    "title": _says("title"),
    "author": _says("author"),
    "published": _says_day,
    "count": _says_count,
    "tags": _says_tag,
}
