"""Posts read from HTML, of whatever theme: from microformats where there are any, else from shape and wording.

`listing` reads a page that carries several posts, `post` the own page of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from .. import dates, parse, urls
from ..model import Page
from ..parse import Element
from . import _about, _blocks, _body, _byline, _comments, _days, _head, _hints, _marks, _own, _pager, _stretch, _title
from ._blocks import Block, squash
from ._item import Item, filled
from ._stretch import Stretch

_ENOUGH = 3  # posts that show how a listing cuts them
_EXCERPT = 800  # characters of the longest excerpts


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Item, ...] = ()
    older: tuple[str, ...] = ()  # addresses of pages that may hold older posts, likeliest first
    archives: tuple[str, ...] = ()  # addresses of month archives that the page links to


def is_cut(text: str) -> bool:
    return _own.CUT.search(text) is not None


def settle(items: Sequence[Item], order: str = "") -> tuple[tuple[Item, ...], str]:
    """Items with their printed dates read in the order that the blog uses, and that order; '' while unknown."""
    printed = [item.printed for item in items if item.printed]
    hints = [_month(item.url) for item in items if item.printed]
    order = order or dates.order(printed, hints)
    return tuple(_settled(item, order) for item in items), order


def _settled(item: Item, order: str) -> Item:
    if item.printed is None or (item.published is not None and not _is_universal(item.published)):
        return item
    day, month = item.printed.settle(order), _month(item.url)
    if day is None and item.printed.either and month:
        day = next((each for each in item.printed.either if (each.year, each.month) == month), None)
    if isinstance(item.published, datetime):
        return replace(item, published=_at(item.published, day)) if day else item
    return replace(item, published=day)


def _at(moment: datetime, day: date) -> datetime:
    """A moment told in UTC at the nearest offset, in whole hours, where it is of the day printed beside it."""
    if abs(day - moment.date()) != timedelta(1):
        return moment
    hours = sorted(range(-12, 15), key=abs)
    there = (moment.astimezone(timezone(timedelta(hours=each))) for each in hours)
    return next((each for each in there if each.date() == day), moment)


def _is_universal(published: date | datetime) -> bool:
    """Whether a moment is told in UTC: the day that the blog prints beside it is its own, and may be the next."""
    return isinstance(published, datetime) and not published.utcoffset()


def _month(url: str) -> tuple[int, int] | None:
    found = dates.from_url(url)
    return found[:2] if found else None


def listing(page: Page) -> Listing:
    """Every post that the page shows, in its order, and where the older ones are."""
    tree = parse.tree(page)
    stretches = _stretch.several(tree, page.at)
    boxes = [_blocks.scope_copy(stretch.elements) for stretch in stretches]
    blocks = [_blocks.blocks(box) for box in boxes]
    repeated, lang = _body.repeated(blocks), language(tree)
    permalinks = _stretch.permalinks(stretches, page.at)
    items = [
        _item(stretch, box, every, _body.Found(url=url, base=page.at, lang=lang, repeated=repeated))
        for stretch, box, every, url in zip(stretches, boxes, blocks, permalinks, strict=True)
    ]
    dated = _with_day_headers(tree, stretches, items, lang)
    shown = _as_cut(tuple(item for item in dated if item.url))
    own = {urls.key(item.url) for item in shown}
    older = tuple(url for url in _pager.older(tree, page.at) if urls.key(url) not in own)
    return Listing(shown, older, _pager.archives(tree, page.at))


def _as_cut(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Posts of which the page shows the same small piece each, most of them broken off in a sentence, are all cut."""
    texts = [parse.words(parse.fragment(item.html)) for item in items if item.html] if len(items) >= _ENOUGH else []
    if len(texts) < _ENOUGH or any(item.cut for item in items) or max(map(len, texts)) > _EXCERPT:
        return items
    broken = sum(text[-1:].isalnum() or text[-1:] in {",", "…"} for text in texts)
    alike = min(map(len, texts)) >= 0.8 * max(map(len, texts))
    return tuple(replace(item, cut=True) for item in items) if broken > len(texts) / 2 and alike else items


def post(page: Page, known: Item | None = None) -> Item:
    """The post that a page is of; `known`, what a listing showed of it, tells where to look."""
    tree, known = parse.tree(page), known or Item()
    head, lang = _head.read(tree), language(tree)
    stretch = _own.stretch(tree, page.at, head, known)
    if stretch is None:
        return Item(url=page.at)
    box = _blocks.scope_copy(stretch.elements, stretch.apart)
    found = _body.Found(base=page.at, lang=lang, told=head.author, byline=head.byline)
    item = _item(stretch, box, _blocks.blocks(box), found)
    (item,) = _with_day_headers(tree, [stretch], [item], lang)
    title = item.title or ("" if known.html else _title.told(tree, page.at, head))
    item = _told(replace(item, author=_name([item.author], title)), tree, head, page.at, stretch)
    return replace(
        item,
        url=urls.clean(canonical(tree, page.at)),
        title=title,
        count=item.count if item.count is not None else _comments.stated(tree),
        cut=False,
    )


def _told(item: Item, tree: Element, head: _head.Head, base: str, stretch: Stretch) -> Item:
    """An item with what only the page's head, its address or its marks outside the post say of it."""
    inside = {each for element in stretch.elements for each in element.iter()}
    published, printed = item.published or head.published, item.printed
    if published is None and printed is None:
        published = dates.day_in_url(base)
    if published is None and printed is None:
        published, printed = _about.moment(tree, inside)
    return replace(
        item,
        author=item.author or _about.author(tree, inside),
        published=published,
        printed=printed,
        cover=item.cover or _about.cover(stretch.elements, base, item.html),
        updated=item.updated or (head.updated if head.updated != head.published else None),
    )


def language(tree: Element) -> str:
    """The language that the page says it is in; '' when it does not."""
    return str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()


def canonical(tree: Element, base: str) -> str:
    """The address that a page gives as its own, where that is of the same blog; else where it was found."""
    for link in tree.iter("link"):
        if link.get("rel") == "canonical" and (url := urls.join(base, link.get("href", ""))):
            return url if urls.host(url) == urls.host(base) and urls.path(url) != "/" else base
    return base


def _item(stretch: Stretch, box: Element, every: list[Block], found: _body.Found) -> Item:
    """The post in a stretch of a page, of which `box` is a copy and `every` the blocks."""
    hints = _hints.read(box, found.base)
    told = _stretch.permalink(stretch.heading, found.base) if stretch.heading is not None else ""
    found.url = told or hints.url or found.url
    scope = box[-1] if stretch.apart else box
    kept = (
        [] if _is_line(box, stretch.title, found) else _kept(scope, _within(scope, every, found), stretch.title, found)
    )
    cut = found.more or hints.cut or not kept or is_cut(kept[-1].text) or _leads_on(box, found.url, kept)
    return replace(
        filled(hints, Item(printed=found.printed, count=found.count, tags=found.tags)),
        url=found.url,
        title=stretch.title,
        html=_blocks.carve(box, kept),
        author=_name([found.author, *_fuller(found.told, hints.author), *found.guessed], stretch.title),
        cut=cut,
    )


def _is_line(box: Element, title: str, found: _body.Found) -> bool:
    """Whether a title and its day are all that a stretch says: "5 Mar 2021: The ferry"."""
    line = _byline.read(parse.words(box).replace(title, " ", 1)) if title else _byline.Byline()
    if line.printed is None or line.rest or next(box.iter("img"), None) is not None:
        return False
    found.printed = line.printed
    return True


def _fuller(told: str, marked: str) -> tuple[str, str]:
    """The name by JSON-LD before the one that is marked, but where that says more of the same."""
    return (marked, told) if marked.startswith(told) else (told, marked)


def _name(likely: Sequence[str], title: str) -> str:
    """The first that is not the title once more."""
    return next((name for name in likely if name and (not title or squash(title) not in squash(name))), "")


def _leads_on(box: Element, url: str, kept: Sequence[Block]) -> bool:
    """Whether a link outside the body says "read more" and leads to the post's own page."""
    inside = {a for block in kept for a in block.links}
    links = (a for a in box.iter("a") if a not in inside and _byline.says_more(parse.words(a)))
    return any(urls.key(urls.join(url, a.get("href", ""))) == urls.key(url) for a in links) if url else False


def _within(scope: Element, every: list[Block], found: _body.Found) -> list[Block]:
    """The blocks in an element, after what the others say of the post is noted."""
    within = set(scope.iter())
    for block in every:
        if block.element not in within:
            found.take(block)
    return [block for block in every if block.element in within]


def _kept(box: Element, every: list[Block], title: str, found: _body.Found) -> list[Block]:
    """The blocks of the body: within the element that is marked as one, else between byline and footer."""
    junk = {inner for e in _marks.junk(box) for inner in e.iter()}
    every = [block for block in every if block.element not in junk]
    marked = _marks.body(box)
    if marked is None or _marks.BODY.isdisjoint(_marks.tokens(marked)):
        return _body.between(every if marked is None else _within(marked, every, found), title, found)
    within = set(marked.iter())
    inside = [block for block in every if block.element in within or marked in set(block.element.iter())]
    beside = [block for block in every if block not in inside]
    if inside and squash(inside[0].text) == squash(title) not in {"", *(squash(block.text) for block in beside)}:
        inside.pop(0)
    for block in beside:
        if squash(block.text) != squash(title):
            found.take(block)
    found.inside = True
    return _body.trimmed([block for block in inside if not _marks.is_chrome(block.element)], found)


def _with_day_headers(tree: Element, stretches: list[Stretch], items: list[Item], lang: str) -> Iterator[Item]:
    """Posts without a date of their own take the day header above them."""
    if all(item.published or item.printed for item in items):
        yield from items
        return
    above = _days.above(tree, stretches, lang)
    for item, day in zip(items, above, strict=True):
        undated = item.published is None and item.printed is None
        yield replace(item, printed=day) if undated else item
