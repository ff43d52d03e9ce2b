"""A post as the text of its file: front matter, body, comments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from . import canon, comments, markdown, parse, urls
from .choose import Layout
from .layouts import _front
from .model import Post
from .parse import Element

Resolve = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A post's trees, parsed once: asked for their addresses, then written."""

    post: Post
    body: Element
    thread: Element | None

    def pictures(self) -> Iterator[str]:
        """Addresses of what the post shows, each as the post names it."""
        yield from (address for _, name, address in self._addresses() if name == "src")
        if self.post.cover:
            yield self.post.cover

    def links(self) -> Iterator[str]:
        yield from (address for _, name, address in self._addresses() if name == "href")

    def _addresses(self) -> Iterator[tuple[Element, str, str]]:
        for tree in (self.body, self.thread):
            if tree is not None:
                yield from canon.addresses(tree)

    def text(self, layout: Layout, resolve: Resolve) -> str:
        """The file; every address passes `resolve`. The trees are used up."""
        cover = resolve(self.post.cover) if self.post.cover else ""
        head = _front.front_matter(layout.front(replace(self.post, cover=cover)), layout.MARKS)
        canon.repoint(self.body, resolve)
        body = layout.body(markdown.write(self.body))
        if self.thread is None:
            return f"{head}\n{body}" if body else head
        own = urls.key(self.post.url)  # comments have their addresses there, and no anchors here
        canon.repoint(self.thread, lambda url: url if urls.key(url) == own else resolve(url))
        return f"{head}\n{body}\n{comments.MARK}\n\n{layout.body(markdown.write(self.thread))}"


def draft(post: Post, mode: str) -> Draft:
    """The post's trees; the comments' only where they go below the body."""
    inline = mode == "inline" and post.comments
    body = canon.canonical(parse.fragment(post.html), post.url)
    return Draft(post, body, comments.thread(post.comments, post.url) if inline else None)


def sidecar(post: Post) -> str:
    """The comments as YAML, to lie beside the post."""
    return _front.dump(comments.records(post.comments, post.url))
