"""A blog's feed: where it is, what it tells of each post, page by page to its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from .. import dates, parse, urls
from ..errors import Missing, ReadError
from ..model import Page
from ..parse import Element
from ..web import Web
from . import _atom_json, _atom_xml, _byline, _page
from ._atom import Atom, plain_title
from ._feedlinks import guesses, links
from ._item import Item

__all__ = ["Feed", "atoms", "guesses", "links", "pages", "read"]

_MOST_PAGES = 2_000  # of one feed; WordPress gives ten posts a page
_WHOLE = 1_500  # characters of a description that no summary has
_RELATIVE = re.compile(r"\s(?:href|src|poster)\s*=\s*[\"']?+(?!#|[a-z][\w+.-]*:|//)", re.I)
_LABEL = 30  # characters of "Filed under:", in any language
_SERVICE = re.compile(r"(?:https?:)?//(?:feeds\d*|feedads|pixel|stats)\.", re.I)


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed."""

    title: str = ""
    items: tuple[Item, ...] = ()
    next: str = ""  # address of the feed's next page, or of its archive of older posts (RFC 5005); '' for none
    stated: int | None = None  # posts in the whole blog, where the feed says so
    generator: str = ""  # the program that made it, as it names itself
    lang: str = ""  # BCP 47
    home: str = ""  # address of the page that it is the feed of


def atoms(page: Page) -> tuple[Atom, list[Atom]]:
    """A feed and its entries as they were written; ReadError when the page is none."""
    first = page.body.lstrip()[:1]
    as_json = first == b"{" or ("json" in page.kind and first != b"<")
    return _atom_json.feed(page) if as_json else _atom_xml.feed(page)


def read(page: Page) -> Feed:
    """What a feed tells: Atom, RSS, RDF or JSON Feed; ReadError when the page is none of these.

    `cut` is said of an item with a summary only, and of a body that ends in an ellipsis or a link to the rest.
    Where a feed names no day of publication at all, that of the last change stands for it.
    """
    head, entries = atoms(page)
    undated = not any(entry.text("published") for entry in entries)
    whole = any(len(entry.text("summary")) > _WHOLE for entry in entries if not entry.text("content"))
    tagged = any(_terms(entry, category=False) for entry in entries)
    items = tuple(_item(entry, page.at, whole, tagged) for entry in entries)
    if undated:
        items = tuple(replace(item, published=item.updated) for item in items)
    following = next((url for rel in ("next", "next-archive", "prev-archive") if (url := head.link(rel))), "")
    home = head.link("alternate", "text/html") or head.link("alternate")
    return Feed(
        plain_title(head.text("title")),
        tuple(item if item.author or not head.author else replace(item, author=head.author) for item in items),
        urls.join(page.at, following) if following else "",
        dates.number(head.text("totalResults")),
        head.text("generator"),
        head.text("language").replace("_", "-"),
        urls.join(page.at, home) if home else "",
    )


def pages(url: str, web: Web) -> Iterator[Feed]:
    """A feed page by page until one brings nothing new, with what is new in each; never stopping for a short one.

    A page that the feed itself names must be there (FetchError, ReadError); of those that WordPress and Ghost
    number without naming them the last one is found by its absence.
    """
    seen, asked, named = set[tuple[str, str, str]](), set[str](), True
    while url and url not in asked and len(asked) < _MOST_PAGES:
        asked.add(url)
        try:
            feed = read(web.get(url, fresh=True))
        except (Missing, ReadError):
            if named:
                raise
            return
        items = tuple(item for item in feed.items if (item.id, item.url, item.title) not in seen)
        if not items:
            return
        seen |= {(item.id, item.url, item.title) for item in items}
        yield replace(feed, items=items)
        named, url = bool(feed.next), feed.next or _numbered(url, feed)


def _numbered(url: str, feed: Feed) -> str:
    """The following page of a feed, as WordPress and Ghost number them without naming them."""
    made = feed.generator.lower()
    if "wordpress" in made or (not made and re.search(r"/feed/?(?:\?paged=\d+)?$|[?&]feed=", url)):
        number = re.search(r"[?&]paged=(\d+)", url)
        return urls.query(url, paged=int(number[1]) + 1 if number else 2)
    if "ghost" in made and (path := re.fullmatch(r"(.*/rss)/?(?:(\d+)/)?", url)):
        return f"{path[1]}/{int(path[2] or 1) + 1}/"
    return ""


# one post


def _item(entry: Atom, at: str, whole: bool, tagged: bool) -> Item:
    url = urls.clean(urls.join(at, _address(entry)))
    content, summary = entry.text("content"), entry.text("summary")
    told = content or (summary if whole else "")
    html = _based(told or summary, entry.base, url)
    body = parse.fragment(html)
    terms, categories = _terms(entry, category=False), _terms(entry, category=True)
    if any([_drop_services(body), _drop_footer(body, url), _drop_labels(body, {*terms, *categories})]):
        html = parse.html(body, inner=True)
    text = parse.words(body)
    return Item(
        url=url,
        title=plain_title(entry.text("title")),
        html=html,
        author=entry.author,
        published=_when(entry, "published"),
        updated=_when(entry, "updated"),
        count=_count(entry),
        categories=categories if tagged else (),
        tags=terms if tagged else categories,
        cut=not told or _page.is_cut(text) or _leads_on(body, text, url),
        id=entry.text("id"),
        summary=_own_summary(summary, text) if told else "",
        cover=_cover(entry, html),
        lang=entry.text("language").replace("_", "-"),
    )


def _address(entry: Atom) -> str:
    """The permalink: HTML before what is no page; an id that is an address where no link is."""
    found = entry.link("alternate", "text/html") or entry.link("alternate")
    return found or (entry.text("id") if urls.is_web(entry.text("id")) else "")


def _when(entry: Atom, name: str) -> date | datetime | None:
    """A date as machines write it; the day of one as people do."""
    told, found = dates.machine(text := entry.text(name)), None
    if told is None and text:
        found = dates.find(text[:120], entry.text("language"))
    return found.day if found else told


def _terms(entry: Atom, category: bool) -> tuple[str, ...]:
    """Tags, or what its scheme calls categories."""
    terms = (
        c.get("label") or c.get("term", "")
        for c in entry.categories
        if category == (re.search(r"categor(?:y|ies)\b", c.get("scheme", ""), re.I) is not None)
        if not c.get("scheme", "").endswith("#kind")
    )
    return tuple(dict.fromkeys(plain_title(term) for term in terms if term.strip()))


def _count(entry: Atom) -> int | None:
    """Comments, as the entry or its link to them states (RFC 4685)."""
    counts = (link.get("count", "") for link in entry.links if link.get("rel") == "replies")
    return next((n for text in (entry.text("total"), *counts) if (n := dates.number(text)) is not None), None)


def _based(html: str, base: str, url: str) -> str:
    """A body whose addresses are relative to something else than its post, with absolute ones."""
    if not base or not _RELATIVE.search(html) or urls.join(base, ".") == urls.join(url, "."):
        return html
    body = parse.fragment(html)
    for e in body.iter():
        for name in {"href", "src", "poster"} & set(map(str, e.attrib)):
            if _RELATIVE.match(f' {name}="{e.get(name)}'):
                e.set(name, urls.join(base, e.get(name, "")))
    return parse.html(body, inner=True)


def _drop_services(body: Element) -> bool:
    """Take away the buttons and counting pixels of feed services; whether there were any."""
    found = [e for e in body.iter("a", "img") if _SERVICE.match(e.get("href") or e.get("src") or "")]
    silent = [e for e in found if not parse.words(e)]
    for e in silent:
        parse.drop(e)
    return bool(silent)


def _drop_footer(body: Element, url: str) -> bool:
    """Take away the line "The post X appeared first on Y", which WordPress puts below bodies, in any language."""
    last = body[-1] if len(body) else None
    links = list(last.iter("a")) if last is not None and last.tag == "p" else []
    if last is None or len(links) != 2:
        return False
    post, home = (urls.join(url, a.get("href", "")) for a in links)
    beside = len(parse.words(last)) - sum(len(parse.words(a)) for a in links)
    if urls.key(post) != urls.key(url) or beside > 60 or not urls.key(url).startswith(urls.key(home)):
        return False
    parse.drop(last)
    return True


def _drop_labels(body: Element, terms: set[str]) -> bool:
    """Take away a last line of links to the post's own labels; whether there was one."""
    run: list[Element] = []
    for e in reversed(body):
        if e.tag != "a" or parse.words(e) not in terms or len((e.tail or "").strip()) > _LABEL:
            break
        run.append(e)
    before = run[-1].getprevious() if run else None
    if before is None or before.tag != "br" or len((before.tail or "").strip()) > _LABEL:
        return False
    for e in (*run, before):
        body.remove(e)
    return True


def _leads_on(body: Element, text: str, url: str) -> bool:
    """Whether a body ends in a link to the rest of it."""
    links = list(body.iter("a"))
    said = parse.words(links[-1]) if links else ""
    if not said or not text.rstrip(" ]).»→").endswith(said.rstrip(" ]).»→")):
        return False
    to = urls.join(url, links[-1].get("href", ""))
    return urls.key(to).partition("?")[0] == urls.key(url).partition("?")[0] and (
        "#more" in to or _byline.says_more(said)
    )


def _own_summary(summary: str, text: str) -> str:
    """A summary as plain text, where somebody wrote it: not the beginning of the body, cut by a program."""
    plain = parse.words(parse.fragment(summary)) if summary else ""
    start = re.sub(r"\W*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$", "", plain)
    return "" if text.startswith(start[:80]) or _page.is_cut(plain) else plain


def _cover(entry: Atom, html: str) -> str:
    """The picture that the feed shows beside the post, where it is none of those within it."""
    found = (
        link.get("href", "")
        for link in entry.links
        if link.get("rel") in {"image", "enclosure"}
        if link.get("type", "image/" if link.get("rel") == "image" else "").startswith("image/")
    )
    url = next((each for each in found if urls.is_web(each) and "avatar" not in each), "")
    stem = re.sub(r"(?:-\d+x\d+)?\.\w+$", "", urls.path(url).rpartition("/")[2])
    return "" if stem and stem in html else url
