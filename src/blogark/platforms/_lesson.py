"""What a blog teaches of its own markup: sample posts with what is known of them, learned from when one is read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from .. import learn, parse, urls
from ..errors import FetchError, ReadError
from ..model import Page, plain
from ..template import Fields, Key, Rule, Template, apply, squash
from ..web import Web
from . import _contrast, _labels, _page
from ._item import Item

_MOST = 8  # sample posts
_SHOWN = ("img", "iframe", "video", "audio", "object", "embed", "picture", "svg", "canvas", "input")
_Vote = tuple[Item, Item, bool]  # what was known, what the page says alone, whether a feed told
FIELDS = ("title", "author", "published", "count", "tags", "body")


@dataclass(slots=True)
class Memory:
    """What was learned of a blog, in this run or before it."""

    learned: "Learned | None" = None
    before: bool = False  # in an earlier run


@dataclass(frozen=True, slots=True)
class Lesson:
    """Addresses of sample posts, and what feed or listing says of each. All entries of a blog share one."""

    samples: tuple[tuple[Item, bool], ...] = field(default=(), repr=False)  # and whether a feed tells it
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    @classmethod
    def of(cls, told: Sequence[Item], shown: Sequence[Item], start: Page) -> "Lesson":
        """Some posts spread over what a feed tells and the first listing shows."""
        by_key = {urls.key(item.url): (item, False) for item in shown} | {
            urls.key(item.url): (item, True) for item in told
        }
        every = list(by_key.values())
        step = max(1, len(every) / _MOST)
        return cls(tuple(every[int(n * step)] for n in range(min(_MOST, len(every)))), memory(start))


@dataclass(slots=True)
class Learned:
    """What came of a lesson."""

    template: Template = field(default_factory=Template)
    whole: bool = False  # no page has a field that the template does not know
    pages: dict[str, Page] = field(default_factory=dict)  # samples fetched and not yet read as posts, by urls.key
    pictures: frozenset[str] = frozenset()  # that several of them show in their heads: the blog's, not a post's
    clouds: frozenset[tuple[str, ...]] = frozenset()  # labels that most of them show alike
    column: frozenset[tuple[str, ...]] | None = None  # see _labels.filed
    both: bool = False  # posts are filed under tags, and under categories
    strangers: frozenset[str] = frozenset()  # names that pages show, of none who wrote


_memories: WeakKeyDictionary[Page, Memory] = WeakKeyDictionary()  # by the page that a blog is read from


def memory(start: Page) -> Memory:
    return _memories.setdefault(start, Memory())


def learned(lesson: Lesson, web: Web, order: str) -> Learned | None:
    """What the samples teach, or taught before; their pages are asked for once. None where there are too few."""
    known = lesson.memory
    if known.learned is None and len(lesson.samples) > 1:
        known.learned = _learn(lesson, web, order)
    return known.learned


def again(lesson: Lesson, web: Web, order: str) -> Learned | None:
    """What the samples teach now, as what was learned before does not fit any more."""
    lesson.memory.learned, lesson.memory.before = None, False
    return learned(lesson, web, order)


def teach(start: Page, told: Mapping[str, Any]) -> None:
    """Take for granted what `told` an earlier run. Raises TypeError, KeyError or ValueError when that is nothing."""
    rows = {name: frozenset(map(tuple, told[name])) for name in ("clouds", "column") if told[name] is not None}
    template = told["template"]
    rules = tuple(Rule(**rule) for rule in template["rules"])
    found = Learned(
        Template(rules, tuple(template["drop"]), template["samples"]),
        told["whole"],
        pictures=frozenset(told["pictures"]),
        clouds=rows["clouds"],
        column=rows.get("column"),
        both=told["both"],
        strangers=frozenset(told["strangers"]),
    )
    _memories[start] = Memory(found, before=True)


def told(start: Page) -> dict[str, Any] | None:
    """What was learned of the blog at this page, as JSON holds it and `teach` takes it; None for nothing."""
    found = memory(start).learned
    if found is None:
        return None
    values = {f.name: getattr(found, f.name) for f in fields(found) if f.name != "pages"}
    return {name: plain(sorted(value) if isinstance(value, frozenset) else value) for name, value in values.items()}


def _learn(lesson: Lesson, web: Web, order: str) -> Learned:
    pages: dict[str, Page] = {}
    votes: list[_Vote] = []
    for item, fed in lesson.samples:
        try:
            page = web.get(item.url)
            (vote,), _ = _page.settle([alone(page, item)], order)
        except (FetchError, ReadError):
            continue  # told when the post itself is read
        pages[urls.key(item.url)] = page
        votes.append((item, vote, fed))
    places = [(parse.tree(page), page.at) for page in pages.values()]
    trees = [tree for tree, _ in places]
    rows = [set(_labels.rows(*place)) for place in places]
    heads = [_labels.keywords(tree) for tree in trees]
    clouds = _often((row for each in (*rows, heads) for row in each), max(3, len(votes) // 2 + 1))
    votes = [(item, replace(vote, tags=() if vote.tags in clouds else vote.tags), fed) for item, vote, fed in votes]
    votes = _signed(votes, trees)
    template = learn.learn([(tree, _key(*vote)) for tree, vote in zip(trees, votes, strict=True)])
    shown = _often([picture(*place) for place in places], 2)
    whole = _is_whole(template, [vote for _, vote, _ in votes])
    names = _strangers([(vote, item.author) for item, vote, fed in votes if fed])
    column = _labels.column(places)
    both = any(all(_labels.filed(*place, clouds, column)) for place in places)
    return Learned(template, whole, pages, shown, clouds, column, both, names)


def _signed(votes: list[_Vote], trees: Sequence[parse.Element]) -> list[_Vote]:
    """The votes; where few tell who wrote, with the names that the pages hold by contrast, unless one gainsays them."""
    told = [item.author or vote.author for item, vote, _ in votes]
    if 2 * sum(map(bool, told)) >= len(votes):
        return votes
    names = _contrast.authors([(tree, vote) for tree, (_, vote, _) in zip(trees, votes, strict=True)])
    if not names or any(author and squash(author) != squash(name) for author, name in zip(told, names, strict=True)):
        return votes
    return [(item, replace(vote, author=name), fed) for (item, vote, fed), name in zip(votes, names, strict=True)]


_Said = TypeVar("_Said")


def _often(said: Iterable[_Said], least: int) -> frozenset[_Said]:
    """What so many of the pages say, one like the other."""
    return frozenset(each for each, count in Counter(said).items() if each and count >= least)


def _strangers(votes: Sequence[tuple[Item, str]]) -> frozenset[str]:
    """Names that pages show, read alone, and that the feed says are not those of who wrote: the site's."""
    told = [(vote.author, author) for vote, author in votes if vote.author and author]
    return frozenset(name for name, _ in told) - frozenset(
        name for name, author in told if squash(name) == squash(author)
    )


def alone(page: Page, known: Item) -> Item:
    """What a page says, read by itself."""
    item = _page.post(page, known)
    return item if item.tags else replace(item, tags=_labels.read(parse.tree(page), page.at))


def picture(tree: parse.Element, base: str) -> str:
    """The picture that a page's head shows for it (ogp.me); '' for none."""
    metas = (m for m in tree.iter("meta") if (m.get("property") or m.get("name")) in {"og:image", "twitter:image"})
    return next((urls.join(base, url) for m in metas if (url := m.get("content", "").strip())), "")


def _key(item: Item, vote: Item, fed: bool) -> Key:
    """What is known of a post: by feed or listing, and where they are silent by its own page read alone."""
    told = bool(fed and item.html and not item.cut)
    return Key(
        title=item.title if item.title and not _page.is_cut(item.title) else vote.title,
        author=item.author or vote.author if fed else vote.author or item.author,
        published=item.published or vote.published,
        html=item.html if told else vote.html,
        told=told,
        tags=item.tags or vote.tags,
        count=item.count if item.count is not None else vote.count,
    )


def _is_whole(template: Template, votes: Iterable[Item]) -> bool:
    """Whether there is a rule for whatever any page was found to say."""
    silent = ["html" if name == "body" else name for name in FIELDS if not template.rule(name)]
    return all(getattr(vote, name) in ("", (), None) for vote in votes for name in silent)


def read(learned: Learned, tree: parse.Element) -> Item:
    """A page's fields by the template, as an item; what is not found is empty."""
    found = apply(learned.template, tree)
    told = {name: getattr(found, name) for name in (*FIELDS, "printed") if name != "body"}
    return Item(html=_html(found), **told)


def _html(found: Fields) -> str:
    """The body as HTML, from where it begins to say or show something."""
    if found.body is None:
        return ""
    for e in list(found.body.iter("h1", "h2", "h3"))[:1]:
        if found.title and parse.words(e) == found.title:
            parse.drop(e)
    for e in list(found.body.iterdescendants()):
        if parse.words(e) or any(True for _ in e.iter(*_SHOWN)) or (e.tail or "").strip():
            break
        parse.drop(e)
    return parse.html(found.body, inner=True).strip()


def purged(item: Item, learned: Learned) -> Item:
    """An item without what the blog says on all its pages."""
    author = "" if item.author in learned.strangers else item.author
    return replace(item, author=author, tags=() if item.tags in learned.clouds else item.tags)


def filed(item: Item, shown: tuple[_labels.Row, _labels.Row], both: bool) -> Item:
    """An item with tags and categories apart where its page links to both, or where the blog has `both`.

    A feed gives them in one list, and often in another case. `shown`: the tags and the categories on its page.
    """
    tags, categories = shown
    told, named = (frozenset(map(squash, each)) for each in (item.tags, tags + categories))
    if not categories or not (tags or both) or item.categories:
        return replace(item, tags=tags) if told == named and tags else item
    rest = tuple(tag for tag in item.tags if squash(tag) not in set(map(squash, categories)))
    return replace(item, tags=tags if told <= named else rest, categories=categories)


def explained(learned: Learned, fed: bool) -> dict[str, Any]:
    """The evidence for each field, as JSON holds it; `fed`: a feed told of the newest posts."""
    fields: dict[str, Any] = {}
    for name in FIELDS:
        rule = learned.template.rule(name)
        alone = {"evidence": "the feed, else each page by itself" if fed else "each page by itself"}
        key = "what the feed says" if fed else "what listings and each page by itself say"
        fields[name] = alone if rule is None else {
            "evidence": f"the blog's own template, held against {key}", "xpath": rule.xpath,
            "agreed": rule.agreed, "of": rule.of, **({"before": rule.before} if rule.before else {}),
        }  # fmt: skip
    return {"samples": learned.template.samples, "fields": fields, "drop": list(learned.template.drop)}
