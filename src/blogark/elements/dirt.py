"""What twenty-five years of software left around a post's words."""

import re

from ..build import drop, is_blank, text
from ..canon import classed, element, having, wording
from ..data import table
from ..parse import Element, make

# Buttons, counters, advertisements and lists of other posts that software adds to every post: silent by name.
FURNITURE = tuple(" ".join(line for lines in table("elements/furniture").values() for line in lines).split())


_ROOT = re.compile(r"^(?:jp-relatedposts|mc_embed_signup|disqus_thread|(?:taboola|google_ads|div-gpt-ad)[_-][\w-]+)$")


@element("div", "p", "ul", "span", "section", "aside", "nav", "form", "ins", "a", where=classed(*FURNITURE))
@element("div", "section", where=having("id", _ROOT))
def furniture(e: Element) -> None:
    return None


@element("a", where=classed("wp-block-file__button"))
def button(e: Element) -> Element | None:
    """A file's second link, beside its name."""
    before = e.getprevious()
    return None if before is not None and before.get("href") == e.get("href") else e


@element("a", where=classed("more-link", "read-more-link", "jump-link"))
def more(e: Element) -> Element | None:
    """The way from a list of posts to the rest of one: it says nothing once the rest is there."""
    return None if "#more" in e.get("href", "") or is_blank(text(e)) else e


@element("a", where=classed(
    *"anchor headerlink header-anchor heading-anchor anchor-link permalink hash-link direct-link anchorjs-link".split(),
    *"heading-link octicon-link".split(),
))  # fmt: skip
def handle(e: Element) -> Element | None:
    """The sign beside a heading that shows its address."""
    return None if len(text(e).strip()) < 2 or not re.search(r"\w", text(e)) else e


_MANY = 100  # elements in a sentence
_INLINE = frozenset("span em strong i b u font a label small".split())


@element("button", where=lambda e: True)
def pressed(e: Element) -> Element | None:
    """A word of a sentence that shows more when pressed, like a definition: it stays."""
    above = e.getparent()
    while above is not None and above.tag in _INLINE:
        above = above.getparent()
    if above is None or above.tag != "p" or len(above) > _MANY:
        return None
    sentence = " ".join(text(above).split())
    word = " ".join(text(e).split())
    if sentence.startswith(word) or sentence.endswith(word):
        return None
    e.tag = "span"
    return e


# --- lists that Word drew by hand

_MSO = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_BULLET = re.compile(r"\s*([·•§▪◦‣o–-]|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])[\s\xa0]+")


@element("p", where=having("style", _MSO))
def word_list(e: Element) -> Element:
    """Paragraphs with a bullet and a number of levels, as items."""
    lists: list[Element] = []
    line: Element | None = e
    while line is not None and line.tag == "p" and (found := _MSO.search(line.get("style", "").lower())):
        after = line.getnext() if is_blank(line.tail) else None
        level, marker = int(found[1]), _unmark(line)
        del lists[level:]
        while len(lists) < level:
            made = make("ol" if marker[-1:] in (".", ")") else "ul")
            if lists:
                if not len(lists[-1]):
                    lists[-1].append(make("li"))
                lists[-1][-1].append(made)
            lists.append(made)
        if line is not e:
            drop(line)
        lists[-1].append(_item(line))
        line = after
    return lists[0]


def _unmark(line: Element) -> str:
    """Take an item's marker from it."""
    for span in line.iter("span"):
        if re.search(r"mso-list:\s*ignore", span.get("style", ""), re.I):
            marker = text(span).strip()
            drop(span)
            return marker
    if found := _BULLET.match(line.text or ""):
        line.text = (line.text or "")[found.end() :]
        return found[1]
    return ""


def _item(line: Element) -> Element:
    item = make("li", line.text or "")
    item.extend(list(line))
    return item


_DOTS = re.compile(r"\s*[·•]\s*(?:\xa0[\s\xa0]*|\s{2,})")


@wording("·", "•")
def dotted(root: Element) -> None:
    """Paragraphs that begin with a dot and an indent, two or more of them."""
    done: set[Element] = set()
    for e in list(root.iter("p", "div")):
        run: list[Element] = []
        line: Element | None = e
        while line is not None and line not in done and line.tag == e.tag and _DOTS.match(line.text or ""):
            run.append(line)
            line = line.getnext() if is_blank(line.tail) else None
        done.update(run)
        if len(run) < 2:
            continue
        items = make("ul")
        e.addprevious(items)
        for line in run:
            line.text = _DOTS.sub("", line.text or "", count=1)
            items.append(_item(line))
            drop(line)
