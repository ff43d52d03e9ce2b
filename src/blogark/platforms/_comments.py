"""The comments that a post's own page shows, with what they answer, and how many it says there are."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from .. import dates, parse, urls
from ..model import Comment
from ..parse import Element
from . import _marks

# Blogger: li#c123, dt#c123; WordPress: li#comment-123, #div-comment-123; others number them alike.
_ID = re.compile(r"(?:(?:li-|div-|isso-)?comment[-_]?|cmt[-_]?|c)(\d{1,20})", re.I)
_CONTENT = (
    "comment-content wp-block-comment-content comment-body comment-text comment_text comment__content comment-entry "
    "e-content"
).split()
_AUTHOR = (
    "fn user comment-author wp-block-comment-author-name comment_author comment-user-name comment-poster "
    "comment__author author p-author comment-name name"
).split()
_WHEN = (
    "comment-timestamp datetime comment-metadata wp-block-comment-date comment_time comment-date comment-time "
    "commentmetadata comment-meta date dt-published"
).split()
_ASIDE = "comment-awaiting-moderation reply comment-reply comment-reply-link".split()
_PINGS = frozenset({"pingback", "trackback"})
_SAYING = frozenset({"p", "blockquote", "ul", "ol", "pre"})
_SAID = re.compile(
    r"\s*(?:said|says|ha detto|a dit|dijo|disse|hat gesagt|schrieb|говорит|пишет|님의 말|님|:|：|…|\.\.\.)+\s*$", re.I
)


def read(tree: Element, base: str, order: str = "") -> tuple[Comment, ...]:
    """Every comment in the page, in its order; `order` settles dates that can be read two ways."""
    marked = {element: found[1] for element in tree.iter("li", "div", "dt", "article") if (found := _mark(element))}
    outer = {e: i for e, i in marked.items() if not any(i == marked.get(above) for above in e.iterancestors())}
    made = (_comment(element, number, outer, base, order) for element, number in outer.items())
    return tuple(comment for comment in made if comment.html)


def _mark(element: Element) -> re.Match[str] | None:
    found, classes = _ID.fullmatch(element.get("id", "")), _classes(element)
    if found and any(_PINGS & _classes(e) for e in (element, *element.iterancestors("li"))):
        return None
    named = {"comment", "comment-author", "comment-block", "h-cite"} & classes
    return found if found and (named or element.tag in {"li", "dt"} or "comment" in element.get("id", "")) else None


def pings(tree: Element) -> int:
    """How many mentions by other blogs stand among the comments, where WordPress counts them as comments."""
    return sum(bool(_PINGS & _classes(e)) for e in tree.iter("li"))


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").lower().split())


def _comment(element: Element, number: str, marked: dict[Element, str], base: str, order: str) -> Comment:
    own = _rows(element) if element.tag == "dt" else [element]
    inside = [e for top in own for e in _own(top, marked)]
    parent = next((marked[e] for e in element.iterancestors() if e in marked), "")
    hrefs = (a.get("href", "") for a in inside if a.tag == "a")
    link = next((href for href in hrefs if number in href and "#" in href), "")
    about = {e for names in (_AUTHOR, _WHEN, _ASIDE) if (top := _first(inside, names)) is not None for e in top.iter()}
    content = _first(inside, _CONTENT)
    alone = content is not None and about.isdisjoint(content.iter())
    html = parse.html(content, inner=True).strip() if content is not None and alone else _paragraphs(inside, about)
    return Comment(
        id=number,
        author=_name(inside),
        html=html,
        published=_when(inside, order),
        url=urls.join(base, link) if link else "",
        parent=parent,
    )


def _paragraphs(inside: list[Element], about: set[Element]) -> str:
    """Where nothing is named as what the comment says alone: its paragraphs, but not those with who, when, "reply"."""
    own = set(inside)
    said = [e for e in inside if e.tag in _SAYING and about.isdisjoint(e.iter()) and own.issuperset(e.iter())]
    outer = [e for e in said if not any(above in said for above in e.iterancestors()) and parse.words(e)]
    return "".join(parse.html(e) for e in outer).strip()


def _rows(term: Element) -> list[Element]:
    """A <dt> and the <dd>s that belong to it: Blogger's comments before 2012."""
    rows = [term]
    following = term.getnext()
    while following is not None and following.tag == "dd":
        rows.append(following)
        following = following.getnext()
    return rows


def _own(element: Element, marked: dict[Element, str]) -> Iterator[Element]:
    """What stands in a comment but not in the answers to it."""
    yield element
    for child in element:
        if isinstance(child.tag, str) and child not in marked:
            yield from _own(child, marked)


def _first(elements: list[Element], names: list[str]) -> Element | None:
    for name in names:
        for element in elements:
            if name in element.get("class", "").split() and element.tag != "li":
                return element
    return None


def _name(inside: list[Element]) -> str:
    found = _first(inside, _AUTHOR)
    found = found if found is not None else next((e for e in inside if e.tag == "cite"), None)
    if found is None:
        return ""
    names = [parse.words(e) for e in found.iter("a", "b", "cite") if parse.words(e)]
    return _SAID.sub("", names[-1] if names else parse.words(found))


def _when(inside: list[Element], order: str) -> date | datetime | None:
    for element in inside:
        if element.tag in {"time", "abbr"} and (
            moment := dates.machine(element.get("datetime") or element.get("title") or "")
        ):
            return moment
    found = _first(inside, _WHEN)
    printed = dates.find(parse.words(found)) if found is not None else None
    return printed.settle(order) if printed else None


def stated(tree: Element) -> int | None:
    """How many comments the page says it has: by the heading of its comments."""
    for element in tree.iter():
        if isinstance(element.tag, str) and _is_section(element):
            for heading in element.iter("h2", "h3", "h4", "h5", "p", "a", "span", "div", "strong"):
                text = parse.words(heading)
                found = dates.count(text) if len(text) < 80 else None
                if found and found.number is not None:
                    return found.number
            return None
    return None


def _is_section(element: Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    return not _SECTIONS.isdisjoint(names) and _marks.POST.isdisjoint(names)


_SECTIONS = frozenset(
    "comments comments-area comment-list comments-block wp-block-comments entry-comments comment-section post-comments "
    "isso-thread disqus_thread".split()
)
