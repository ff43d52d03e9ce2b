"""One run: a source saved into an archive folder, made by it or brought up to date."""

import hashlib
import time
from dataclasses import replace

from . import choose, errors, index, redirects, render, rescue, urls
from .chosen import wanted
from .desk import BATCH, COMMENTS, FEW, Desk
from .errors import FetchError, Missing, StoreError
from .events import NESTING, Event, Failed, Found, Gone, Held, Listener, Unchanged, tee
from .held import LEAST, Suspicion, Waiting
from .merge import Side
from .model import Blog, Entry, Options, Page, Post, Report
from .reading import Listing, care, note, read, teach
from .source import Source
from .store import Store
from .sync import Sync
from .tally import Tally
from .web import Fresh, Web

_PASSING = frozenset({"found_in", "lesson", "sweep"})  # of an entry's data: changes while the post stays as it is


class Run:
    """One source, saved into one store; StoreError when that holds another blog."""

    def __init__(self, source: Source, store: Store, options: Options, listen: Listener) -> None:
        self.source, self.store, self.options = replace(source, former=self._former), store, options
        self._ask_former, self._asked_former = source.former, False
        held = store.settings
        self.side = Side(source, store)
        name, self.platform = choose.platform(source.page, self.side.platform(options.platform))
        self.layout_name = options.layout if options.layout != "plain" else held.get("layout", "plain")
        self.layout = choose.layout(self.layout_name)
        self.redirects = redirects.wanted(options.redirects or held.get("redirects", False), self.layout)
        self.comments = options.comments or held.get("comments") or self.layout.COMMENTS
        self.blog = Blog(self.side.url, index.title(source.page), name)
        media = options.media and (not held.get("media", True) or store.misses_media())
        moves = self.comments != held.get("comments", self.comments)
        self.afresh = media or moves or held.get("afresh", False)  # every file is made again
        self.tally = Tally.over(store.journal.told)
        self.late: list[Event] | None = []  # what the journal hears once the blog is believed
        self.remembered = tee(self._remember, listen)
        self.tell = tee(self.tally, self.remembered)
        leads = options.wayback == "always"
        self.rescue = rescue.Rescue(source.pictures, store, self.layout, self.tell, source.library, leads=leads)
        fetch = self._fetch if options.media else None
        batch = 1 if source.live else FEW if options.media else BATCH
        self.desk = Desk(store, self.layout, self.comments, self.tell, self.remembered, fetch, self._done, batch)
        self._listed: dict[str, str] = {}  # what was listed of the posts at the desk
        self.fresh = Fresh(source.web)

        self.signature = self.side.settings(self.platform, name)
        if self.layout_name != (laid := held.get("layout", self.layout_name)):
            raise StoreError(f"{store.root} is laid out as {laid}; `blogark write` makes another of it with -o")

    def _sign(self) -> None:
        """Write down what the folder is of."""
        self.store.remember(
            **self.signature,
            title=self.store.settings.get("title") or self.blog.title,
            layout=self.layout_name,
            **({"redirects": True} if self.redirects else {}),
            comments=self.comments,
            media=self.options.media,
            **({"afresh": True} if self.afresh else {}),
        )
        typed = self.source.typed if "://" in self.source.typed else ""
        self.store.called(index.hosts(self.source.page, Page(typed)))

    def save(self, began: float, *, update: bool, resumes: bool) -> Report:
        """The account of the run; Held, and nothing written, when most of what the archive holds changed at once.

        `update`: the folder held an archive when this run began, or the one that this one `resumes`.
        """
        if not update:
            self._sign()
        asks = not (self.options.chooses or self.options.offline or self.options.refresh or self.afresh)
        known = self.store.journal.whole is not None and self._is_home()
        self.update, self.sync = update, Sync(self.store, spares=update and asks and known and not resumes)
        self.waiting, self.suspicion = Waiting(self.store.spool), Suspicion(self.sync.known)
        if not self.options.refresh:
            teach(self.platform, self.source.page, self.store)
        listing = Listing(self.platform, self.source, self.options, self.tell, self.sync.enough)
        self._list(listing)
        if listing.spared:
            self._list_changed()
            self._pass()
        short = self._is_short()
        told = self._is_all_live() and (listing.bare or (listing.whole and not short))
        vanished = set(filter(self._is_listed_here, self.sync.unseen()) if told else ())
        self._judge(vanished)
        self._sign()
        self._write()
        self._mark_gone(vanished)
        self._note(listing)
        if self._asked_former and not self.options.offline:
            self.store.journal.note_captures(self.blog.url, ())
        note(self.platform, self.source.page, self.store)
        self.desk.mend(every=self.afresh)
        if self.afresh and not (self.options.chooses or self.options.offline):
            self.store.remember(afresh=False)
        index.write(self.store, self.blog, self.layout)
        self.store.journal.note_told()
        if self.redirects:
            redirects.write(self.store, self.layout, self.remembered)
        blog = replace(self.blog, stated=self.tally.stated)
        report = self.tally.report(blog, self.store.root, len(self.store.journal.media), time.monotonic() - began)
        return replace(report, gone=len(self.store.journal.gone), index=self.layout.INDEX)

    def _is_home(self) -> bool:
        """Whether the source is the one that the archive is of: of another one, such as a folder, less is expected."""
        return urls.key(self.store.settings.get("source", "")) == urls.key(self.source.typed)

    def _is_listed_here(self, post_id: str) -> bool:
        """Whether this source once listed the post: what only an export had is not missed on the blog."""
        return self.side.key(post_id) in self.store.journal.listed

    def _is_all_live(self) -> bool:
        """Whether a post that the source does not list is one that its blog had: none was read from captures."""
        return self._is_home() and self.blog.url not in self.store.journal.captures

    def _former(self) -> Source | None:
        """The blog in captures, unless a run before this one has read it there to the end, or read it alive."""
        asked = self.blog.url in self.store.journal.captures
        lived = self.update and self.sync.known >= LEAST and not asked
        self._asked_former = not lived and (self.options.refresh or not asked)
        return self._ask_former() if self._asked_former else None

    # listing and reading

    def _list(self, listing: Listing) -> None:
        chosen = 0
        for entry, platform, web in listing.readings():
            with care(entry.url, entry.id, self.tell):
                chosen += self._take(entry, platform, web)
            if chosen and chosen == self.options.limit:
                break

    def _list_changed(self) -> None:
        """Of the posts that were not listed again, those that the blog says were changed."""
        tells = getattr(self.platform, "news", None) if any(self.sync.unseen()) else None
        if tells and (since := self.sync.since()):
            with care(self.source.page.at, "", self.tell):
                for entry in tells(self.source.page, self.source.web, since):
                    if not self.sync.saw(self.store.id_at(entry.url) or entry.id):
                        with care(entry.url, entry.id, self.tell):
                            self._take(entry, self.platform, self.source.web)

    def _take(self, entry: Entry, platform: choose.Platform, web: Web) -> bool:
        """Save one post, unless it is here or not wanted; whether the filters chose it."""
        listed = _mark(entry)
        if known := self.side.known(entry):
            entry = replace(entry, id=known)  # one post, whichever listing named it and by what number
        key = self.side.key(entry.id)
        same = self.store.is_whole(entry.id, listed, key)
        self.sync.heed(entry, same=same)
        whole, again = same and not self.options.refresh, self.afresh or self._lacks(entry.id)
        if whole and not again and not self.options.chooses:
            self._tell_unchanged(entry)
            return True
        changed = self.store.journal.listed.get(key, listed) != listed
        if changed:
            web = self.fresh if web is self.source.web else Fresh(web)
        post = self.store.post(entry.id) if whole else read(platform, entry, web, self.tell)
        if post and not wanted(post, self.options):
            return False
        if post and whole and not again:
            self._tell_unchanged(entry)
            return True
        self.tell(Found(entry.id, entry.url, entry.title, entry.stated))
        if post:
            self._keep(self.side.merged(replace(post, id=entry.id)), listed)
        return True

    def _lacks(self, post_id: str) -> bool:
        """Whether a part of a post was lost that may be had now."""
        return bool(set(self.store.journal.lost.get(post_id, ())) - {COMMENTS, NESTING})

    def _tell_unchanged(self, entry: Entry) -> None:
        self.tell(Found(entry.id, entry.url, entry.title, entry.stated))
        self.tell(Unchanged(entry.id, self.store.journal.places[entry.id].path))

    def _pass(self) -> None:
        """The known posts that were not listed, as nothing new is among them: files and pictures that miss are made."""
        for post_id in filter(self._is_listed_here, list(self.sync.unseen())):
            if post := self.store.post(post_id):
                key = self.side.key(post_id)
                listed = self.store.journal.listed[key]
                if self.store.is_whole(post_id, listed, key) and not self._lacks(post_id):
                    self._tell_unchanged(Entry(post.id, post.url, post.title))
                else:
                    self.tell(Found(post.id, post.url, post.title))
                    self._keep(post, listed)

    # writing

    def _keep(self, post: Post, listed: str) -> None:
        """Write the post; what is to be judged first waits."""
        old = self.store.post(post.id)
        if old:
            self.suspicion.compare(old, post)
        if self.update or (old and old.text != post.text):
            self.waiting.add(post, listed)
        else:
            self._give(post, listed)

    def _judge(self, vanished: set[str]) -> None:
        why = "" if self.options.accept else self.suspicion.verdict(vanished)
        if why:
            self.waiting.drop()
            self.tell(Held(why))
            raise errors.Held(why)
        late, self.late = self.late or [], None
        for event in late:
            self._remember(event)

    def _write(self) -> None:
        """What waited."""
        if (self.options.chooses or self.options.offline) and self.sync.new:
            self.store.journal.note_partial()
        for post, listed in self.waiting:
            with care(post.url, post.id, self.tell):
                self._give(post, listed)
        self.desk.flush()
        self.waiting.drop()

    def _give(self, post: Post, listed: str) -> None:
        """To the desk."""
        self._listed[post.id] = listed
        self.desk.keep(post)

    def _done(self, post: Post) -> None:
        if listed := self._listed.pop(post.id, ""):
            self.store.journal.note_listed(self.side.key(post.id), listed)
        self.store.journal.note_found(post.id, post.url)

    def _mark_gone(self, vanished: set[str]) -> None:
        for post_id in list(self.sync.returned()):
            self.store.journal.note_back(post_id)
        for post_id in sorted(vanished) if self.source.live and not self.options.offline else ():
            post = self.store.post(post_id)
            if post and (why := self._gone(post.url)):
                self.tell(Gone(post_id, post.url, why))

    def _gone(self, url: str) -> str:
        """What the blog answers in place of a post; '' when it does not say that there is none."""
        try:
            self.fresh.get(url)
        except Missing as error:
            return error.why if error.status in {404, 410} else ""
        except FetchError:
            pass
        return ""

    def _note(self, listing: Listing) -> None:
        """Note whether all of the blog is here: then the next listing need not go to its end."""
        if self.options.chooses or self.options.offline or not self._is_home():
            return
        if (listing.whole or listing.spared) and not self.tally.count(Failed):
            self.store.journal.note_whole(self.tally.stated)
        else:
            self.store.journal.note_partial()

    def _is_short(self) -> bool:
        """Tell when the whole listing gave fewer posts than the blog says it has."""
        stated, found = self.tally.stated or 0, self.tally.count(Found)
        if stated and not self.options.chooses:
            self.store.remember(stated=stated)
        short = found < stated and not self.options.chooses
        if short:
            self.tell(Failed(self.blog.url, f"the blog says it has {stated:,} posts, its listings named {found:,}"))
        return short

    def _remember(self, event: Event) -> None:
        if self.late is not None and self.update and isinstance(event, Failed):
            self.late.append(event)
        elif self.options.offline:
            self.store.journal.hear_gains(event)
        else:
            self.store.journal.hear(event)

    def _fetch(self, made: render.Draft) -> None:
        self.rescue.fetch(made.wanted(), made.post)


def _mark(entry: Entry) -> str:
    """What the listing says of a post, as a digest: while it stays, the post is not read again."""
    data = {k: v for k, v in entry.data.items() if k not in _PASSING} if isinstance(entry.data, dict) else entry.data
    said = (entry.title, entry.published, entry.updated, entry.comment_count, data)
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:16]
