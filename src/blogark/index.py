"""The index, INDEX.md: every post by year, and what is lost. No clock, no requests: unchanged archive, same file."""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from . import links, markdown, parse, urls
from .choose import Layout
from .desk import COMMENTS
from .errors import ReadError
from .model import Blog, Page
from .parse import Element, make
from .store import Store

_Row = tuple[str, str, str, str]  # day, path, title, what is to be said of it


def title(page: Page) -> str:
    """What the blog calls itself: by og:site_name, by its feed's title, else by the page's."""
    try:
        tree = parse.tree(page)
    except ReadError:
        return ""
    names = (
        *(meta.get("content", "") for meta in tree.iter("meta") if meta.get("property") == "og:site_name"),
        *(link.get("title", "") for link in tree.iter("link") if re.search("atom|rss", link.get("type", ""))),
        *(parse.words(element) for element in tree.iter("title")),
    )
    return next((name for each in names if (name := " ".join(re.sub(r"\W+(?:Atom|RSS)$", "", each).split()))), "")


def hosts(*pages: Page) -> set[str]:
    """The hosts that a blog's front page says it is at, as links.site gives them, with those that answered for it."""
    named = {url for page in pages for url in (page.url, page.at)}
    for page in pages:
        try:
            heads = parse.tree(page).iter("link")
        except ReadError:
            continue
        named |= {urls.join(page.at, e.get("href", "")) for e in heads if _is_home(e)}
    return {links.site(urls.key(url)) for url in named if url.startswith("http")}


def _is_home(link: Element) -> bool:
    feed = link.get("rel") == "alternate" and re.search("atom|rss", link.get("type", ""))
    return bool(feed) or link.get("rel", "").lower() in {"canonical", "edituri", "openid.delegate", "search", "self"}


def write(store: Store, blog: Blog, layout: Layout) -> None:
    """Make it anew where it would differ."""
    years: dict[str, list[_Row]] = defaultdict(list)
    cut, short = list[_Row](), list[_Row]()
    for post_id, place in store.journal.places.items():
        if card := store.cards.get(post_id):
            gone = " (gone from the blog)" if post_id in store.journal.gone else ""
            row = card.day, place.path, f"{card.title or 'Untitled'}{gone}", ""
            years[card.day[:4]].append(row)
            if card.partial:
                cut.append((*row[:3], card.partial))
            if card.missing and store.settings.get("comments") != "none":
                short.append((*row[:3], f"{card.missing:,} of {card.counted:,} are not here"))
    title = store.settings.get("title") or store.settings.get("blog") or blog.url
    sections = [_section("h1", title, *_account(store, sum(map(len, years.values()))))]
    for year, rows in sorted(years.items(), reverse=True):
        sections.append(_section("h2", year or "Undated", _posts(rows, layout)))
    for name, rows in (("Cut short", cut), ("Comments that are counted, and not here", short)):
        sections += [_section("h2", name, _posts(rows, layout))] if rows else []
    for name, items in (("Lost", _lost(store, layout)), ("Not public, and not saved", _withheld(store))):
        sections += [_section("h2", name, items)] if len(items) else []
    store.write(layout.INDEX, "\n".join(sections))


def _account(store: Store, posts: int) -> Iterator[Element]:
    """How many posts there are, where the blog says that it has more."""
    stated = store.settings.get("stated") or 0
    if stated > posts:
        yield make("p", f"{posts:,} of the {stated:,} posts that the blog says it has.")


def _section(tag: str, title: str, *content: Element) -> str:
    body = make("body")
    body.append(make(tag, title))
    body.extend(content)
    return markdown.write(body)


def _posts(rows: Iterable[_Row], layout: Layout) -> Element:
    found = make("ul")
    for day, path, name, why in sorted(rows, reverse=True):
        item = make("li", f"{day} " if day else "")
        item.append(make("a", name, href=_relative(path, layout)))
        item[0].tail = parse.clean(f": {why}") if why else None
        found.append(item)
    return found


def _relative(path: str, layout: Layout) -> str:
    return posixpath.relpath(f"/{path}", f"/{posixpath.dirname(layout.INDEX)}")


def _lost(store: Store, layout: Layout) -> Element:
    """Posts, pictures and other parts of posts; comments are told with their posts."""
    found = make("ul")
    for post_id, losses in sorted(store.journal.lost.items()):
        for what, why in sorted(losses.items()):
            if what == COMMENTS and store.holds_post(post_id):
                continue
            item = _named(what, why)
            if place := store.journal.places.get(post_id):
                item[0].tail = f"{item[0].tail}, in "
                item.append(make("a", place.path, href=_relative(place.path, layout)))
            found.append(item)
    return found


def _withheld(store: Store) -> Element:
    found = make("ul")
    found.extend([_named(url, why) for url, why in sorted(store.journal.withheld.values())])
    return found


def _named(what: str, why: str) -> Element:
    item = make("li")
    item.append(make("a", what, href=what) if what.startswith("http") else make("span", what))
    item[0].tail = parse.clean(f": {why}")
    return item
