"""The desk where posts become files: one archive folder, one layout. Everything here may be done again."""

from collections.abc import Callable

from . import images, parse, render, urls
from .choose import Layout
from .events import NESTING, Kept, Listener, Lost
from .links import site
from .model import Post
from .store import Store, sidecar

COMMENTS = "comments"  # what is lost when a blog counts more than it shows
Fetch = Callable[[render.Draft], None]  # have what the draft shows in the archive


class Desk:
    """`comments` is where they go; `tell` hears what becomes of files, `remember` what is no news for a person."""

    def __init__(
        self,
        store: Store,
        layout: Layout,
        comments: str,
        tell: Listener,
        remember: Listener,
        fetch: Fetch | None = None,
    ) -> None:
        self.store, self.layout, self.comments = store, layout, comments
        self._tell, self._remember, self._fetch = tell, remember, fetch

    def keep(self, post: Post) -> None:
        """Remember the post, and write it."""
        self.store.add(post)
        missing = (post.comment_count or 0) - len(post.comments)
        if missing > 0 and self.comments != "none":
            self._tell(Lost(post.id, COMMENTS, f"{missing} of {post.comment_count} are not shown by the blog"))
        else:
            self.store.journal.note_found(post.id, COMMENTS)
        self.write(post)

    def write(self, post: Post) -> None:
        """The post's file and its comments', where they differ from what they should be."""
        made = render.draft(post, self.comments)
        tell_depth(made, self._tell)
        if self._fetch:
            self._fetch(made)
        path = self.store.place(post, self.layout.path(post))
        self._put(made, path, self._tell)
        self._put_sidecar(post, sidecar(path))

    def mend(self) -> None:
        """Write again the posts whose links gained a target, or whose own or whose targets' path changed."""
        moved = self.store.settle(self.layout.path)
        for post_id in sorted(self.store.gained() | moved | self._linking_to(moved, self.store.names_to_settle())):
            if post := self.store.post(post_id):
                path = self.store.journal.places[post_id].path
                self._put(render.draft(post, self.comments), path, self._remember)
                self._put_sidecar(post, sidecar(path))
        self.store.journal.note_settled()
        self.store.remember_names()

    def _put(self, made: render.Draft, path: str, tell: Listener) -> None:
        links, near, places = self.store.links, _near(made.post), self.store.journal.places
        keys = set(map(urls.key, made.links()))
        loose = frozenset(key for key in keys if links.is_own(key, near) and links.surely(key) not in places)
        text = made.text(self.layout, lambda url: self._resolve(url, path, near))
        for event in self.store.put(made.post.id, path, text):
            tell(event)
        self.store.journal.note_loose(made.post.id, loose)

    def _put_sidecar(self, post: Post, path: str) -> None:
        """The comments' own file, under the same promise as the post's; none where comments go elsewhere now."""
        key = f"{post.id} comments"
        if self.comments == "sidecar" and post.comments:
            near = _near(post)
            for event in self.store.put(key, path, render.sidecar(post, lambda url: self._resolve(url, path, near))):
                (self._tell if isinstance(event, Kept) else self._remember)(event)
        else:
            self.store.withdraw(key, path)

    def _resolve(self, url: str, path: str, near: str) -> str:
        """From an address in the file `path`, of a post at the host `near`, to what we hold for it, else the address.

        Of another post's address the fragment is left off: its file has no such anchor.
        """
        if media := self.store.journal.media.get(images.short(url)):
            return self.layout.link(path, media.path)
        there, fragment = self.store.path_of(urls.key(url), near), url.partition("#")[2]
        if there == path and fragment:
            return f"#{fragment}"
        return self.layout.link(path, there) if there else url

    def _linking_to(self, moved: set[str], hosts: set[str]) -> set[str]:
        """Ids of the posts that name one of these hosts, or the permalink of one of these posts."""
        tails = {post.url.rstrip("/").rpartition("/")[2] for each in moved if (post := self.store.post(each))} | hosts
        found = self.store.posts() if tails else ()
        return {
            p.id for p in found for text in (p.html, *(c.html for c in p.comments)) if any(t in text for t in tails)
        }


def _near(post: Post) -> str:
    return site(urls.key(post.url))


def tell_depth(made: render.Draft, tell: Listener) -> None:
    """Tell when a post is nested deeper than any reader follows."""
    if parse.is_flat(made.body):
        tell(Lost(made.post.id, NESTING, "some of its lists and quotes, nested too deep; every word is here"))
