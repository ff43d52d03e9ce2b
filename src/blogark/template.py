"""Where the fields of a post stand in a blog's pages: XPath strings, and reading a page by them."""

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from . import dates, parse
from .dates import Printed
from .parse import Element

PLACE = re.compile(r"\[\d+\]")  # in an XPath that goes by place
LINE = 200  # characters of what is a field's line and no paragraph


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one post from elsewhere than its page's layout."""

    title: str = ""
    author: str = ""
    published: date | datetime | None = None
    html: str = ""  # the whole body
    told: bool = True  # the body is the blog's own word, not read off the page
    tags: tuple[str, ...] = ()
    count: int | None = None  # comments


Sample = tuple[Element, Key]


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a field stands, and how far that was borne out."""

    field: str
    xpath: str
    before: str = ""  # what the element says before the value, and after it
    after: str = ""
    agreed: int = 0  # samples on which it gives what the key says
    of: int = 0  # samples whose key knows the field


@dataclass(frozen=True, slots=True)
class Template:
    """XPath strings and nothing else: it can be pickled, and kept as JSON."""

    rules: tuple[Rule, ...] = ()
    drop: tuple[str, ...] = ()  # from the body: what is none of it
    samples: int = 0  # pages that it was learned from

    def rule(self, field: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.field == field), None)


@dataclass(frozen=True, slots=True)
class Fields:
    """What a page says, read by a template."""

    title: str = ""
    author: str = ""
    published: date | datetime | None = None
    printed: Printed | None = None  # where no machine date says it
    count: int | None = None  # comments
    tags: tuple[str, ...] = ()
    body: Element | None = None  # a copy, without what is dropped


def apply(template: Template, tree: Element) -> Fields:
    """A page's fields; one without a rule, or whose rule finds nothing here, is left empty."""
    found: dict[str, Any] = {}
    beside: list[Element] = []  # of the body: what says the title, the author, the day
    for rule in template.rules:
        nodes = parse.xpath(rule.xpath)(tree)
        if nodes and rule.field == "published":
            found["published"], found["printed"] = moment(nodes[0])
        elif nodes and rule.field == "body":
            found["body"] = _without(nodes[0], template.drop, beside)
        elif nodes:
            found[rule.field] = READ[rule.field](nodes, rule)
        beside += nodes[:1] if rule.field in {"title", "author", "published"} else []
    return Fields(**found)


def _without(body: Element, drop: Sequence[str], beside: Sequence[Element]) -> Element:
    kept = copy.deepcopy(body)
    kept.tail = None
    within = [path for node in beside if (path := _path(body, node))]
    found = [kept.find(path) for path in within] + [node for xpath in drop for node in parse.xpath(xpath)(kept)]
    for node in found:
        if node is not None:
            parse.drop(node)
    return kept


def _path(body: Element, node: Element) -> str:
    """The way from a body to an element within it; '' for one that is not."""
    if body not in node.iterancestors():
        return ""
    whole = body.getroottree()
    return whole.getelementpath(node)[len(whole.getelementpath(body)) :].lstrip("/")


def said(node: Element) -> str:
    """The words of an element, or the content of a meta."""
    return node.get("content", "").strip() if node.tag == "meta" else parse.words(node)


def moment(node: Element) -> tuple[date | datetime | None, Printed | None]:
    """The moment that an element's attributes tell, else the date in its words."""
    for e in (node, *node.iter("time", "abbr")):
        for name in ("datetime", "content", "title"):
            if (value := e.get(name)) and (found := dates.machine(value)):
                return found, None
    return None, dates.find(said(node)[:LINE])


def _text(nodes: Sequence[Element], rule: Rule) -> str:
    text = said(nodes[0])
    if not text.startswith(rule.before):
        return ""
    text = text[len(rule.before) :]
    return (text.partition(rule.after)[0] if rule.after else text).strip()


def _number(nodes: Sequence[Element], _: Rule) -> int | None:
    text = said(nodes[0])[:LINE]
    counted = dates.count(text)
    return counted.number if counted else dates.number(text)


def _labels(nodes: Sequence[Element], _: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(label, nodes))))


def label(node: Element) -> str:
    """A tag as a link shows it, without the signs around it."""
    return said(node).lstrip("#").strip(" ,;")


READ: Mapping[str, Callable[[Sequence[Element], Rule], Any]] = {
    "title": _text,
    "author": _text,
    "count": _number,
    "tags": _labels,
}


def squash(text: str) -> str:
    """Letters and digits alone, case apart: what typography and white space leave of a text."""
    return re.sub(r"[\W_]+", "", text).casefold() or text.strip()


# XPaths to a node


def ways(node: Element) -> Iterator[str]:
    """XPaths that lead to a node: by its own names, by those of what it stands in, by its place in that."""
    tag, own = str(node.tag), list(_names(node))
    if not parse.is_name(tag):
        return
    yield from (f"//{tag}{name}" for name in own or [""])
    for n, above in enumerate(node.iterancestors()):
        if n > 5 or above.tag in {"body", "html", "head"}:
            return
        if not parse.is_name(str(above.tag)):
            continue
        outer = list(_names(above))[:3] or ([""] if above.tag in {"article", "main", "header", "h1", "h2"} else [])
        for name in outer:
            yield f"//{above.tag}{name}{'/' if n == 0 else '//'}{tag}"
            yield from (f"//{above.tag}{name}//{tag}{each}" for each in own[:2])
            if n < 3:
                yield f"//{above.tag}{name}/{_steps(node, above)}"


def _names(e: Element) -> Iterator[str]:
    """Predicates on what an element is called; a name with a long number in it is one post's alone."""
    for name in ("itemprop", "property", "rel", "name", "id"):
        if (value := e.get(name)) and not re.search(r"\d{2}|[\"']", value):
            yield f'[@{name}="{value}"]'
    for token in e.get("class", "").split():
        if not re.search(r"\d{3}|[\"']", token):
            yield f'[contains(concat(" ",normalize-space(@class)," ")," {token} ")]'


def _steps(node: Element, above: Element) -> str:
    steps: list[str] = []
    while node is not above:
        tag = str(node.tag) if parse.is_name(str(node.tag)) else "*"
        number = sum(1 for _ in node.itersiblings(tag, preceding=True)) + 1
        steps.insert(0, f"{tag}[{number}]")
        parent = node.getparent()
        assert parent is not None
        node = parent
    return "/".join(steps)
