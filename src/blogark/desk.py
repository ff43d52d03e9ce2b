"""The desk where posts become files: one archive folder, one layout. Everything here may be done again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from . import images, parse, render, urls
from .choose import Layout
from .events import NESTING, Kept, Listener, Lost, Needs
from .layouts._prose import has_html
from .links import site
from .model import Post
from .reading import care
from .store import Store

COMMENTS = "comments"  # what is lost when a blog counts more than it shows
Fetch = Callable[[render.Draft], None]  # have what the draft shows in the archive
BATCH = 64  # posts that are written together where nobody waits for the first of them
FEW = 8  # where their pictures are waited for
_MOST = 1 << 19  # characters of their HTML
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Placed:
    """A post whose addresses are those of its place."""

    made: render.Draft
    path: str  # posix, relative to the archive folder
    loose: frozenset[str]  # the post's links into its blog that have no target yet, by urls.key


class Desk:
    """`comments` is where they go; `tell` hears what becomes of files, `remember` what is no news for a person.

    `batch` posts are written together, each step taken for all of them before the next: with the code of one step at
    hand in the processor, many take a fifth less time than one by one. `done` is called with each that has its file.
    """

    def __init__(
        self,
        store: Store,
        layout: Layout,
        comments: str,
        tell: Listener,
        remember: Listener,
        fetch: Fetch | None = None,
        done: Callable[[Post], None] | None = None,
        batch: int = BATCH,
    ) -> None:
        self.store, self.layout, self.comments = store, layout, comments
        self._tell, self._remember, self._fetch, self._done, self._batch = tell, remember, fetch, done, batch
        self._ready: list[Post] = []
        self._about: dict[str, str] = {}  # paths of the posts before one in its batch, by id
        self._html: set[str] = set()  # ids of posts that hold HTML
        self._written: set[str] = set()  # ids

    def keep(self, post: Post) -> None:
        """Remember the post, and write it."""
        self.store.add(post)
        missing = (post.comment_count or 0) - len(post.comments)
        if missing > 0 and self.comments != "none":
            self._tell(Lost(post.id, COMMENTS, f"{missing} of {post.comment_count} were not found on its page"))
        else:
            self.store.journal.note_found(post.id, COMMENTS)
        self.write(post)

    def write(self, post: Post) -> None:
        """The post's file and its comments', where they differ from what they should be: now, or with its batch."""
        self._ready.append(post)
        if len(self._ready) >= self._batch or sum(len(each.html) for each in self._ready) > _MOST:
            self.flush()

    def flush(self) -> None:
        """Write the posts that are ready; what cannot be written is told of."""
        work: list[tuple[Post, Any]] = [(post, post) for post in self._ready]
        self._ready.clear()
        for step in (self._draft, self._furnish, self._text, self._save):
            work = list(self._each(step, work))
        self._about.clear()

    def _each(self, step: Callable[[Any], Any], work: Iterable[tuple[Post, Any]]) -> Iterator[tuple[Post, Any]]:
        for post, given in work:
            with care(post.url, post.id, self._tell):
                yield post, step(given)

    def mend(self, *, every: bool = False) -> None:
        """Write again the posts whose links gained a target, or whose own or whose targets' path changed.

        `every`: also all that were not written yet.
        """
        self.flush()
        moved = self.store.settle(self.layout.path, self.layout.comments)
        changed = self.store.gained() | moved | self._linking_to(moved, self.store.names_to_settle())
        for post_id in sorted(changed | (self.store.journal.places.keys() - self._written if every else set())):
            if post := self.store.post(post_id):
                with care(post.url, post.id, self._tell):
                    placed, text = self._text(self._place(self._draft(post)))
                    self._put(placed, text, self._remember)
                    self._put_sidecar(post, self.layout.comments(placed.path))
        self.store.journal.note_settled()
        self.store.remember_names()
        if self._html:
            self._tell(Needs(len(self._html), self.layout.HTML))

    # the steps

    def _draft(self, post: Post) -> render.Draft:
        return render.draft(post, self.comments, more=bool(self.layout.MORE))

    def _furnish(self, made: render.Draft) -> _Placed:
        """With what it shows and where it lies: after the post before it, so that a run that was killed in a batch
        has the same files as one that goes on from there."""
        tell_depth(made, self._tell)
        if self._fetch:
            self._fetch(made)
        placed = self._place(made)
        self._about[made.post.id] = placed.path
        return placed

    def _place(self, made: render.Draft) -> _Placed:
        path = self.store.place(made.post, self.layout.path(made.post))
        links, home, places = self.store.links, near(made.post), self.store.journal.places
        keys = set(map(urls.key, made.links()))
        own = {key for key in keys if links.is_own(key, home)}
        loose = frozenset(key for key in own if links.surely(key) not in places)
        media, strange = self.store.journal.media, keys - own

        def resolve(url: str) -> str:
            leads_out = url.startswith("http") and urls.key(url) in strange and url not in media
            return url if leads_out else self._resolve(url, path, home, self._about)

        return _Placed(made.repointed(resolve), path, loose)

    def _text(self, placed: _Placed) -> tuple[_Placed, str]:
        return placed, placed.made.text(self.layout, placed.path)

    def _save(self, file: tuple[_Placed, str]) -> None:
        placed, text = file
        post = placed.made.post
        self._written.add(post.id)
        self._put(placed, text, self._tell)
        self._put_sidecar(post, self.layout.comments(placed.path))
        if self._done:
            self._done(post)

    def _put(self, placed: _Placed, text: str, tell: Listener) -> None:
        post_id = placed.made.post.id
        if self.layout.HTML and has_html(text.partition(f"\n{self.layout.MARKS[1]}\n")[2]):
            self._html.add(post_id)
        for event in self.store.put(post_id, placed.path, text):
            tell(event)
        self.store.journal.note_loose(post_id, placed.loose)

    def _put_sidecar(self, post: Post, path: str) -> None:
        """The comments' own file, under the same promise as the post's; none where comments go elsewhere now."""
        key = f"{post.id} comments"
        if self.comments == "sidecar" and post.comments:
            home = near(post)
            text = render.sidecar(post, path, lambda url: self._resolve(url, path, home))
            for event in self.store.put(key, path, text):
                (self._tell if isinstance(event, Kept) else self._remember)(event)
        else:
            self.store.withdraw(key, path)

    def _resolve(self, url: str, path: str, home: str, about: Mapping[str, str] = _NONE) -> str:
        found = lead(self.store, self.layout, url, path, home, about)[1]
        return found or url.removeprefix("file://")  # of a disk not there

    def _linking_to(self, moved: set[str], hosts: set[str]) -> set[str]:
        """Ids of the posts that name one of these hosts, or the permalink of one of these posts."""
        tails = {post.url.rstrip("/").rpartition("/")[2] for each in moved if (post := self.store.post(each))} | hosts
        found = self.store.posts() if tails else ()
        return {
            p.id for p in found for text in (p.html, *(c.html for c in p.comments)) if any(t in text for t in tails)
        }


def lead(
    store: Store, layout: Layout, url: str, path: str, home: str, about: Mapping[str, str] = _NONE
) -> tuple[str, str]:
    """The file that we hold for an address in the file `path`, of a post at the host `home`, and its address there.

    ("", "") for what is not held. Of another post's address a fragment is left to the layout. `about`: paths of posts
    that are about to be written, by id.
    """
    if media := store.journal.media.get(images.short(url)):
        return media.path, layout.link(path, media.path)
    post_id = store.links.lead(urls.key(url), home)
    place = store.journal.places.get(post_id)
    there = place.path if place else about.get(post_id, "")
    if not there:
        return "", ""
    page, _, fragment = url.partition("#")
    if there == path and fragment:
        return path, f"#{fragment}"
    if layout.REDIRECTS:  # by the address that the site shows it at, which files beside files need not
        page = store.permalink(post_id)
    return there, layout.link(path, there, f"{page}#{fragment}" if fragment else page)


def near(post: Post) -> str:
    """The host that a post is at, as links.site gives it."""
    return site(urls.key(post.url))


def tell_depth(made: render.Draft, tell: Listener) -> None:
    """Tell when a post is nested deeper than any reader follows."""
    if parse.is_flat(made.body):
        tell(Lost(made.post.id, NESTING, "some of its lists and quotes, nested too deep; every word is here"))
