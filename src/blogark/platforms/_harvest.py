"""Posts that a page names by bare links: an archive by years, a table of contents, the front of a site."""

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator

from .. import dates, parse, urls
from ..parse import Element
from . import _byline, _marks
from ._item import Item
from ._shapes import Shapes, is_other
from ._stretch import HEADINGS

_FEWEST = 3  # links of one kind that make a list of posts where no post is known yet
_LINE = frozenset({"li", "tr", "p", "article", "dd", "dt", "section", "div"})
_DOOR = re.compile(
    r"archives?|archiv|archivo|arkiv|arquivo|all(?:-?posts)?|posts?|blog|articles?|writings?|journal|essays?|notes|"
    r"stories|diary|weblog|year-archive|news|entries|글|목록|記事一覧|一覧",
    re.I,
)
_LABEL = re.compile(r"/(?:tags?|labels?|topics?|categor(?:y|ies))/[^/]+/?$", re.I)
_TO_ALL = re.compile(
    r"(?:all|more|older|see all|view all)\s+(?:blog\s+)?(?:posts|articles|entries|writings?)|archives?", re.I
)


def links(tree: Element, base: str, known: Container[str], shapes: Shapes) -> tuple[Item, ...]:
    """The posts that a page links to: of an address like the known posts', and standing where links to those stand.

    `known` holds urls.key of posts. Where the page links to none of them, the most numerous links of one kind are it.
    """
    found = [(a, url) for a, url in _own_links(tree, base) if not is_other(url, shapes.under) or urls.key(url) in known]
    places = {_place(a) for a, url in found if urls.key(url) in known}
    if not places and not shapes:
        counts = Counter(_place(a) for a, _ in found)
        places = {place for place, count in counts.most_common(1) if count >= _FEWEST}
    chosen: dict[str, list[tuple[Element, str]]] = {}
    for a, url in found:
        if urls.key(url) in known or shapes.tell(url) or (_place(a) in places and (not shapes or shapes.fit(url))):
            chosen.setdefault(urls.key(url), []).append((a, url))
    return tuple(_item(each) for each in chosen.values())


def apart(tree: Element, base: str, shown: Collection[Item]) -> tuple[Item, ...]:
    """Posts with a heading and a day that stand apart from those shown, as the newest often does, large and above."""
    shapes, had = Shapes(), {urls.key(item.url) for item in shown}
    shapes.add(item.url for item in shown)
    if len(shown) < _FEWEST:
        return ()
    links = ([*h.iter("a"), *h.iterancestors("a")] for h in tree.iter(*HEADINGS))
    named = [(each[0], urls.clean(urls.join(base, each[0].get("href", "")))) for each in links if each]
    news = [(a, url) for a, url in named if urls.host(url) == urls.host(base) and urls.key(url) not in had]
    found = {urls.key(url): _item([(a, url)]) for a, url in news if shapes.fit(url) and not _marks.is_chrome(a)}
    return tuple(item for item in found.values() if item.published or item.printed)


def doors(tree: Element, base: str, under: str) -> tuple[str, ...]:
    """Pages of the blog that may list all its posts, likeliest first: those called so, by address or by words."""
    found: dict[str, int] = {}
    for a in tree.iter("a"):
        url = urls.join(base, a.get("href", "")).partition("#")[0]
        if urls.host(url) == urls.host(base) and urls.path(url).startswith(under) and urls.key(url) != urls.key(base):
            last = re.sub(r"\.\w{2,5}$", "", urls.path(url).rstrip("/").rpartition("/")[2])
            named, said = _DOOR.fullmatch(last), _TO_ALL.fullmatch(parse.words(a).strip(" →»>."))
            if (named or said) and "?" not in url:
                rank = 0 if said or re.match(r"arch|ark|arq|all|year", last, re.I) else 1
                found[url] = min(rank, found.get(url, 2))
    first = {urls.key(url): url for url in sorted(found, key=lambda url: found[url], reverse=True)}
    return tuple(sorted(first.values(), key=lambda url: found[url]))


def labels(tree: Element, base: str) -> tuple[str, ...]:
    """Pages of labels that a page links to."""
    found = (urls.join(base, a.get("href", "")).partition("#")[0] for a in tree.iter("a"))
    return tuple(dict.fromkeys(u for u in found if urls.host(u) == urls.host(base) and _LABEL.search(urls.path(u))))


def _own_links(tree: Element, base: str) -> Iterator[tuple[Element, str]]:
    for a in tree.iter("a"):
        url = urls.join(base, a.get("href", "")).partition("#")[0]
        if a.get("href") and urls.is_web(url) and urls.host(url) == urls.host(base) and not _marks.is_chrome(a):
            yield a, urls.clean(url)


def _place(a: Element) -> str:
    return "/".join(f"{e.tag}.{e.get('class', '')}" for e in (a, *a.iterancestors()))


def _item(found: list[tuple[Element, str]]) -> Item:
    """One post of the links to it: the one that says most is its title."""
    a, url = max(found, key=lambda each: len(_title(each[0])))
    line = _line(a, url)
    stamp = next((moment for e in line.iter("time") if (moment := dates.machine(e.get("datetime", "")))), None)
    printed = None if stamp else dates.find(parse.words(line).replace(parse.words(a), " ", 1)[:200])
    return Item(url=url, title=_title(a), published=stamp, printed=printed)


def _title(a: Element) -> str:
    headings = [parse.words(e) for e in a.iter(*HEADINGS)]
    said = headings[0] if headings else parse.words(a)
    return "" if _byline.says_more(said) or len(said) > 200 else said


def _line(a: Element, url: str) -> Element:
    """The outermost element around a link that holds no link to another page."""
    found = a
    for above in a.iterancestors():
        others = (urls.join(url, each.get("href", "")) for each in above.iter("a"))
        if above.tag not in {*_LINE, "h2", "h3", "h4", "span", "td"} or any(
            urls.key(each) != urls.key(url) for each in others
        ):
            break
        found = above
    return found
