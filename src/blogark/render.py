"""A post as the text of its file: front matter, body, comments."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from . import canon, comments, images, markdown, parse, urls
from .choose import Layout
from .images import Wanted
from .layouts import _front
from .model import Post, plain
from .parse import Element

Resolve = Callable[[str], str]
_CUT = "\ue0c7"  # of Unicode's private use: no text has it
# As WordPress and Blogger write it in an editor, and in the pages they make.
_MORE = re.compile(r"""<!--\s*more\b.*?-->|<(a|span)\s+(?:name|id)=["']?more(?:-\d+)?["']?\s*>\s*</\1>""", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """A post's trees, parsed once: asked for their addresses, then written."""

    post: Post
    body: Element
    thread: Element | None
    inline: bool  # whether the thread is written below the body

    def wanted(self) -> Iterator[Wanted]:
        """The pictures and files of the post, each as the post names it; of a linked thumbnail the original."""
        for tree in self._trees(self.thread):
            around = {img: a for img, a in _alone(tree) if _is_original(a, self.post.url)}
            linked = set(around.values())
            for e, name, address in canon.addresses(tree):
                if name == "src":
                    yield self._shown(e, around.get(e))
                elif e not in linked and (found := images.linked(address, self.post.url, around=False)):
                    yield found
        if self.post.cover:
            yield Wanted(self.post.cover)

    def _shown(self, img: Element, a: Element | None) -> Wanted:
        larger = (urls.join(self.post.url, each) for each in images.larger(img.get("data-larger", "")))
        return Wanted(img.get("src", ""), (*([a.get("href", "")] if a is not None else []), *larger))

    def links(self) -> Iterator[str]:
        for tree in self._trees(self.thread):
            yield from (address for _, name, address in canon.addresses(tree) if name == "href")

    def _trees(self, thread: Element | None) -> list[Element]:
        return [self.body] if thread is None else [self.body, thread]

    def repointed(self, resolve: Resolve) -> "Draft":
        """The same with every address passed through `resolve`; these trees are used up."""
        own = urls.key(self.post.url)  # comments have their addresses there, and no anchors here
        _repoint(self.body, self.post.url, resolve)
        if self.thread is not None and self.inline:
            _repoint(self.thread, self.post.url, lambda url: url if urls.key(url) == own else resolve(url))
        cover = resolve(self.post.cover) if self.post.cover else ""
        return self if cover == self.post.cover else replace(self, post=replace(self.post, cover=cover))

    def text(self, layout: Layout, path: str = "") -> str:
        """The file at `path`."""
        beside = self.thread is not None and not self.inline  # they have a file of their own
        post = self.post if beside or not self.post.comments else replace(self.post, comments=())
        head = _front.front_matter(layout.front(post, path), layout.MARKS)
        body = _cut(layout.body(markdown.write(self.body)), layout.MORE)
        if self.thread is None or not self.inline:
            return f"{head}\n{body}" if body else head
        return f"{head}\n{body}\n{comments.MARK}\n\n{layout.body(markdown.write(self.thread))}"


def _alone(tree: Element) -> Iterator[tuple[Element, Element]]:
    """Pictures that have a link for themselves, with their links."""
    for img in tree.iter("img"):
        a = next(img.iterancestors("a"), None)
        if a is not None and len(list(a.iter("img"))) == 1:
            yield img, a


def _is_original(a: Element, post: str) -> bool:
    """Whether the link leads to the original of the picture in it."""
    found = images.linked(a.get("href", ""), post, around=True)
    return found is not None and found.picture


def _repoint(tree: Element, post: str, resolve: Resolve) -> None:
    """Every address passes `resolve`; a thumbnail and its link lead to the one file that is held."""
    for img, a in list(_alone(tree)):
        if resolve(img.get("src", "")) != img.get("src") and _is_original(a, post):
            a.set("href", img.get("src", ""))
    canon.repoint(tree, resolve)


def _cut(text: str, more: str) -> str:
    """The sign where a blog's front page cuts the post as the generator's, between two paragraphs; elsewhere none."""
    before, sign, after = text.partition(_CUT)
    if not sign:
        return text
    if before.endswith("\n\n") and after.strip():
        return f"{before}{more}\n\n{after.lstrip()}"
    return re.sub(rf"^[ >]*{_CUT}\n(?:[ >]*\n)?|{_CUT}", "", text, count=1, flags=re.M).rstrip("\n") + "\n"


def draft(post: Post, mode: str, *, more: bool = False) -> Draft:
    """The post's trees; the comments' where they are written at all. `more`: with the sign where the blog cut it."""
    html = _MORE.sub(_CUT, post.html, count=1) if more else post.html
    body = canon.canonical(parse.fragment(html), post.url)
    shows = mode != "none" and post.comments
    return Draft(post, body, comments.thread(post.comments, post.url) if shows else None, mode == "inline")


def sidecar(post: Post, path: str, resolve: Resolve) -> str:
    """The comments as data, in a file of their own: YAML or, as `path` ends, JSON."""
    records = comments.records(post.comments, post.url, lambda tree: _repoint(tree, post.url, resolve))
    return json.dumps(plain(records), ensure_ascii=False, indent=1) if path.endswith(".json") else _front.dump(records)
