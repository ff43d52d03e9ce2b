"""One blog, from what a person typed to a folder of Markdown: list, read, write.

Each post is written as soon as it is whole; links that gain a target later are mended in
a last pass. The one room where errors become events.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from . import canon, choose, errors, index, markdown, parse, render, rescue, urls
from .chosen import too_early, too_late, wanted
from .desk import COMMENTS, Desk, tell_depth
from .errors import ArchiveError, FetchError, Incomplete, SourceError, StoreError
from .events import NESTING, Failed, Found, Listener, Relay, Unchanged, Withheld, log, tee
from .model import Blog, Entry, Options, Page, Post, Report
from .source import Net, Source, default_name, net, open_source, place
from .store import Store
from .tally import Tally
from .web import Fresh, Web
from .webs.raw import Raw

_DEFAULTS = Options()
_PASSING = frozenset({"found_in", "lesson"})  # of an entry's data: what changes while the post stays as it is
_OLD_IN_A_ROW = 30  # entries from before `since`, after which a listing is taken to hold no newer ones


def archive(
    source: str,
    into: Path | str | None = None,
    options: Options = _DEFAULTS,
    listen: Listener = log,
    *,
    net: Net = net,
) -> Report:
    """Save the blog at `source` (address, folder of saved pages, archive folder) into the folder `into`.

    Gives the account of the run; a post or picture that cannot be had is told and counted,
    and ends nothing. Raises SourceError when nothing reads the source, StoreError when the
    folder cannot be trusted or written. `net` reaches the world outside: the seam for tests.
    """
    began, raw, listen = time.monotonic(), Raw(options), Relay(listen)
    root = Path(into) if into is not None else place(source)
    with ExitStack() as stack:
        held = root is not None and (root / ".blogark").is_dir()
        store = stack.enter_context(alone(root, source, raw)) if root and held else None
        opened = open_source(source, options, listen, partial(net, raw=raw))
        if store is None:
            store = stack.enter_context(alone(root or Path(opened.name), source, raw))
        run = _Run(opened, store, options, listen)
        run.remember()
        raw.begin()
        report = run.save(began)
        raw.finish()
        return report


@contextmanager
def alone(root: Path, source: str, raw: Raw) -> Iterator[Store]:
    """The folder to write into, and in it what was answered before."""
    typed = Path(source)
    if typed.is_dir() and root != typed and root.resolve().is_relative_to(typed.resolve()):
        raise StoreError(f"{root} lies inside its own source {typed}; choose another folder with -o")
    with Store.alone(root) as store:
        raw.open(root)
        yield store


def posts(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> Iterator[Post]:
    """Every post of `source`, read one by one, with its Markdown; nothing is written.

    An archive folder asks nobody. A post that cannot be read is told and skipped;
    Incomplete is raised at the end.
    """
    failures: list[str] = []
    tell = tee(lambda event: failures.append(str(event)) if isinstance(event, Failed) else None, listen)
    for number, post in enumerate(_read_all(source, options, tell), 1):
        made = render.draft(post, "none")
        tell_depth(made, tell)
        yield replace(post, markdown=markdown.write(made.body))
        if number == options.limit:
            break
    if failures:
        raise Incomplete(tuple(failures))


def entries(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> Iterator[Entry]:
    """What the listing of `source` knows of its posts; none of them is read, nothing is written."""
    opened = open_source(source, options, listen)
    _, platform = choose.platform(opened.page, options.platform)
    for number, (entry, *_) in enumerate(readings(platform, opened, options, listen), 1):
        listen(Found(entry.id, entry.url, entry.title, entry.stated))
        yield entry
        if number == options.limit:
            break


def explain(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> dict[str, Any]:
    """Per field of a post, what is believed of `source` and why: {"platform": …, "fields": {name: evidence}}.

    Reads a few sample posts, writes nothing.
    """
    opened = open_source(source, options, listen)
    name, platform = choose.platform(opened.page, options.platform)
    told = getattr(platform, "explain", None)
    entry = next(listing(platform, opened, options, listen), None)
    fields = (
        told(entry, opened.web) if told and entry else {"fields": {"all": {"evidence": f"{name}'s own interfaces"}}}
    )
    return {"source": opened.page.at, "platform": name, **fields}


def to_markdown(html: str, base: str = "") -> str:
    """A post's HTML as CommonMark + GFM; addresses are made absolute against `base`."""
    return markdown.write(canon.canonical(parse.fragment(html), base))


def _read_all(source: str, options: Options, tell: Listener) -> Iterator[Post]:
    if (Path(source) / ".blogark" / "archive.json").is_file():
        yield from (post for post in Store(Path(source)).posts() if wanted(post, options))
        return
    opened = open_source(source, options, tell)
    _, platform = choose.platform(opened.page, options.platform)
    for entry, by, web in readings(platform, opened, options, tell):
        post = read(by, entry, web, tell)
        if post and wanted(post, options):
            yield post


Reading = tuple[Entry, choose.Platform, Web]  # what a listing names, who reads it, and from where


def readings(platform: choose.Platform, source: Source, options: Options, tell: Listener) -> Iterator[Reading]:
    """What the listing names; where that is one post at most, also what captures of the blog name beside it."""
    live = set()
    for entry in listing(platform, source, options, tell):
        live.add(urls.key(entry.url))
        yield entry, platform, source.web
    former = source.former() if len(live) <= 1 and not options.chooses else None
    if former:
        with suppress(SourceError):
            _, platform = choose.platform(former.page, options.platform)
        for entry in listing(platform, former, options, tell):
            if urls.key(entry.url) not in live:
                yield entry, platform, former.web


def listing(platform: choose.Platform, source: Source, options: Options, tell: Listener) -> Iterator[Entry]:
    """The entries that the filters may choose, each once; an error here ends the listing, not the run."""
    seen: set[str] = set()
    old = 0
    with care(source.page.at, "", tell):
        for entry in platform.entries(source.page, source.web):
            keys = {f"id {entry.id}", *([] if urls.is_front(entry.url) else [urls.key(entry.url)])}
            if keys & seen:
                continue
            seen |= keys
            old = old + 1 if too_early(entry.published, options) else 0
            if old == _OLD_IN_A_ROW:
                return
            if not old and not too_late(entry.published, options):
                yield entry


def read(platform: choose.Platform, entry: Entry, web: Web, tell: Listener) -> Post | None:
    """The post, or None after telling why not."""
    with care(entry.url, entry.id, tell):
        return platform.post(entry, web)
    return None


@contextmanager
def care(url: str, post: str, tell: Listener) -> Iterator[None]:
    """The one place where an error stops being an exception: it is told, and the rest goes on."""
    try:
        yield
    except StoreError:
        raise  # nothing can go on without a place to keep it
    except errors.Withheld as error:
        tell(Withheld(url, error.why, post))
    except FetchError as error:
        where = "" if urls.key(error.url) == urls.key(url) else f" ({error.url})"
        tell(Failed(url, error.why + where, post))
    except ArchiveError as error:
        tell(Failed(url, getattr(error, "why", str(error)), post))
    except Exception as error:
        tell(Failed(url, f"{type(error).__name__}: {error}", post))


class _Run:
    """One source, saved into one store."""

    def __init__(self, source: Source, store: Store, options: Options, listen: Listener) -> None:
        self.source, self.store, self.options = replace(source, former=self._former), store, options
        self._ask_former, self._asked_former = source.former, False
        held = store.settings
        name, self.platform = choose.platform(source.page, options.platform or held.get("platform", ""))
        self.layout_name = options.layout if options.layout != "plain" else held.get("layout", "plain")
        self.layout = choose.layout(self.layout_name)
        self.comments = options.comments or held.get("comments") or self.layout.COMMENTS
        self.blog = Blog(source.page.at, index.title(source.page), name)
        media = options.media and (not held.get("media", True) or store.misses_media())
        self.afresh = media or self.comments != held.get("comments", self.comments)  # every file is made again
        self.tally = Tally.over(store.journal.told)
        self.remembered = tee(store.journal.hear if not options.offline else store.journal.hear_gains, listen)
        self.tell = tee(self.tally, self.remembered)
        leads = options.wayback == "always"
        self.rescue = rescue.Rescue(source.pictures, store, self.layout, self.tell, source.library, leads=leads)
        fetch = self._fetch if options.media else None
        self.desk = Desk(store, self.layout, self.comments, self.tell, self.remembered, fetch)

    def save(self, began: float) -> Report:
        chosen = 0
        for entry, platform, web in readings(self.platform, self.source, self.options, self.tell):
            with care(entry.url, entry.id, self.tell):
                chosen += self._take(entry, platform, web)
            if chosen and chosen == self.options.limit:
                break
        self._hold_against_stated()
        if self._asked_former and not self.options.offline:
            self.store.journal.note_captures(self.blog.url, ())
        self.desk.mend()
        index.write(self.store, self.blog, self.layout)
        self.store.journal.note_told()
        blog = replace(self.blog, stated=self.tally.stated)
        return self.tally.report(blog, self.store.root, len(self.store.journal.media), time.monotonic() - began)

    def _former(self) -> Source | None:
        """The blog in captures, unless a run before this one has read it there to the end."""
        self._asked_former = self.options.refresh or self.blog.url not in self.store.journal.captures
        return self._ask_former() if self._asked_former else None

    def _hold_against_stated(self) -> None:
        """Tell when the whole listing gave fewer posts than the blog says it has."""
        stated, found = self.tally.stated or 0, self.tally.count(Found)
        if self.options.chooses:
            return
        if stated:
            self.store.remember(stated=stated)
        if found < stated:
            self.tell(Failed(self.blog.url, f"the blog says it has {stated:,} posts, its listings named {found:,}"))

    def remember(self) -> None:
        """Refuse a folder that holds another blog; else write down what this one is of."""
        held = self.store.settings.get("blog", "")
        here = default_name(self.blog.url) if self.blog.url.startswith("http") else self.source.name
        if held and held not in (here, self.source.name):
            raise StoreError(f"{self.store.root} holds another blog ({held}); choose another folder with -o")
        self.store.remember(
            source=self.store.settings.get("source", self.source.typed),
            blog=held or here,
            title=self.store.settings.get("title") or self.blog.title,
            platform=self.blog.platform,
            layout=self.layout_name,
            comments=self.comments,
            media=self.options.media,
        )
        typed = self.source.typed if "://" in self.source.typed else ""
        self.store.called(index.hosts(self.source.page, Page(typed)))

    def _take(self, entry: Entry, platform: choose.Platform, web: Web) -> bool:
        """Save one post, unless it is here or not wanted; whether the filters chose it."""
        listed = _mark(entry)
        if known := self.store.id_at(entry.url):
            entry = replace(entry, id=known)  # one post, whichever listing named it and by what number
        whole = not self.options.refresh and self.store.is_whole(entry.id, listed)
        again = self.afresh or set(self.store.journal.lost.get(entry.id, ())) - {COMMENTS, NESTING}
        if whole and not again and not self.options.chooses:
            self.tell(Found(entry.id, entry.url, entry.title, entry.stated))
            self.tell(Unchanged(entry.id, self.store.journal.places[entry.id].path))
            return True
        changed = self.store.journal.listed.get(entry.id, listed) != listed
        web = Fresh(web) if changed else web
        post = self.store.post(entry.id) if whole else read(platform, entry, web, self.tell)
        if post and not wanted(post, self.options):
            return False
        self.tell(Found(entry.id, entry.url, entry.title, entry.stated))
        if post and whole and not again:
            self.tell(Unchanged(entry.id, self.store.journal.places[entry.id].path))
        elif post:
            self.desk.keep(replace(post, id=entry.id))
            self.store.journal.note_listed(entry.id, listed)
            self.store.journal.note_found(entry.id, entry.url)
        return True

    def _fetch(self, made: render.Draft) -> None:
        self.rescue.fetch(made.wanted(), made.post)


def _mark(entry: Entry) -> str:
    """What the listing says of a post, as a digest: while it stays, the post is not read again."""
    data = {k: v for k, v in entry.data.items() if k not in _PASSING} if isinstance(entry.data, dict) else entry.data
    said = (entry.title, entry.published, entry.updated, entry.comment_count, data)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:16]
