"""An archive held against what its blog's authors wrote: figures, and what is wrong, readable."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from blogark import Options, Post, archive, posts

from .content import LEAK, Told, filled
from .site import Blog

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
_PLAIN = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚", "'"), "…": "...", "–": "--", "—": "---"})
_FLAT = str.maketrans("", "", "\u00a0\u00ad\u200b\u200d\ufeff")
KINDS = ("headings", "links", "pictures", "code", "rows", "items", "quotes", "notes")
OPTIONS = Options(wayback="never", delay=0)


@dataclass(frozen=True)
class Shape:
    """The words of a body, and its structures by kind; alike where two bodies read alike."""

    words: Counter[str]
    parts: Mapping[str, Counter[str]]


@dataclass
class Score:
    """Figures from 0 to 1, means over the posts found; `wrong` says every single difference."""

    expected: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    right: dict[str, list[float]] = field(default_factory=dict)  # field or kind -> one figure a post
    wrong: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    requests: int = 0  # pages asked for; pictures and robots.txt are not counted
    allowed: int = 0
    code: int = 0  # exit status of the run

    def add(self, name: str, figure: float, told: str) -> None:
        self.right.setdefault(name, []).append(figure)
        if figure < 1:
            self.wrong.append(f"{name} {figure:.2f} {told}")

    def told(self, name: str) -> list[str]:
        return [told for told in self.wrong if told.startswith(f"{name} ")]

    def mean(self, name: str) -> float:
        figures = self.right.get(name, [])
        return sum(figures) / len(figures) if figures else 1.0


def score(blog: Blog, folder: Path) -> Score:
    """The blog archived into `folder`, and what became of it."""
    report = archive(blog.url, folder, OPTIONS, lambda event: None)
    asked = [hit for hit in blog.site.hits if not _is_picture(hit) and hit != "/robots.txt"]
    result = Score(len(blog.posts), requests=len(asked), allowed=blog.allowed, code=report.code)
    wanted = {unquote(path): slug for slug, path in blog.paths.items()}
    written = dict(_files(folder))
    slugs = {path: wanted.get(_path(front.get("source", ""))) for path, (front, _) in written.items()}
    result.extra += sorted(
        f"{written[path][0].get('source')} in {path.name}"
        for path, slug in slugs.items()
        if not slug and _path(written[path][0].get("source")) not in blog.optional
    )
    by_slug = {slug: path for path, slug in slugs.items() if slug}
    result.extra += sorted(f"{path.name} again" for path, slug in slugs.items() if slug and by_slug[slug] != path)
    read = {wanted.get(_path(post.url), ""): post for post in posts(str(folder), OPTIONS, lambda event: None)}
    seen = _Seen(
        {path.resolve(): slug for path, slug in slugs.items() if slug},
        wanted,
        {_hash(data): name for name, data in blog.pictures.items()},
    )
    for told in blog.posts:
        if told.slug not in by_slug:
            result.missing.append(told.slug)
            continue
        path = by_slug[told.slug]
        front, body = written[path]
        _hold_fields(result, blog, told, front)
        _hold_body(result, blog, told, seen.shape(body, path))
        _hold_comments(result, blog, told, front, read.get(told.slug))
    result.leaks += [f"{path.name}: {sorted(set(found))}" for path, found in _leaks(written)]
    return result


def _files(folder: Path) -> Iterable[tuple[Path, tuple[dict[str, object], str]]]:
    for path in sorted((folder / "posts").rglob("*.md")):
        _, front, text = path.read_text("utf-8").split("---\n", 2)
        yield path, (yaml.safe_load(front), text.split("<!-- comments -->")[0])


def _leaks(written: Mapping[Path, tuple[Mapping[str, object], str]]) -> Iterable[tuple[Path, list[str]]]:
    texts = ((path, " ".join(map(str, front.values())) + body) for path, (front, body) in written.items())
    return ((path, found) for path, text in texts if (found := LEAK.findall(text)))


def _is_picture(path: str) -> bool:
    return bool(re.search(r"\.(?:png|jpe?g|gif|webp|svg|ico)(?:$|\?)", path))


def _path(url: object) -> str:
    parts = urlsplit(str(url))
    return unquote(parts.path + (f"?{parts.query}" if parts.query else ""))


# -- fields ---------------------------------------------------------------------------------------


def _hold_fields(result: Score, blog: Blog, told: Told, front: Mapping[str, object]) -> None:
    moment = told.moment.astimezone(blog.zone) if blog.zone else told.moment
    said = front.get("date")
    held: dict[str, tuple[object, object]] = {
        "title": (_plain(str(front.get("title", ""))), _plain(told.title)),
        "day": (_day(said, moment if "instant" in blog.tells else None), moment.date()),
    }
    if "author" in blog.tells:
        held["author"] = (front.get("author"), told.by)
    if "instant" in blog.tells:
        held["instant"] = (_utc(said), _utc(moment))
    for name, (is_, should) in held.items():
        result.add(name, float(is_ == should), f"{told.slug}: {is_!r}, not {should!r}")
    for name, key, want in (("tags", "tags", told.tags), ("category", "categories", (told.category,))):
        if name in blog.tells:
            got = Counter(_listed(front.get(key)))
            result.add(name, f1(got, Counter(map(str.casefold, want))), f"{told.slug}: {sorted(got)}, not {want}")


def _listed(value: object) -> list[str]:
    return [str(item).casefold() for item in value] if isinstance(value, list) else []


def _day(said: object, moment: datetime | None) -> object:
    """The day said, of a moment in the post's own zone: many sites print that and say the moment in UTC."""
    if isinstance(said, datetime):
        return (said.astimezone(moment.tzinfo) if said.tzinfo and moment else said).date()
    return said


def _utc(value: object) -> object:
    return value.timestamp() if isinstance(value, datetime) and value.tzinfo else value


def _hold_comments(result: Score, blog: Blog, told: Told, front: Mapping[str, object], post: Post | None) -> None:
    if not blog.remarks:
        return
    want = blog.remarks.get(told.slug, ())
    said = front.get("comment_count") or 0
    result.add("comments", float(said == len(want)), f"{told.slug}: {said}, not {len(want)}")
    got = post.comments if post else ()
    texts = {comment.id: _plain(html.fromstring(f"<div>{comment.html}</div>").text_content()) for comment in got}
    have = Counter((comment.author, texts[comment.id], texts.get(comment.parent, "")) for comment in got)
    should = Counter((remark.author, _plain(remark.text), _plain(remark.parent)) for remark in want)
    result.add("remarks", f1(have, should), f"{told.slug}: {_differ(have, should)}")


# -- bodies ---------------------------------------------------------------------------------------


def _hold_body(result: Score, blog: Blog, told: Told, got: Shape) -> None:
    markdown = filled(blog.bodies.get(told.slug, told.body), "post:{}".format, "media:{}".format)
    want = shape(markdown, str, str)
    if "language" not in blog.tells:
        got, want = _speechless(got), _speechless(want)
    result.add("body", f1(got.words, want.words), f"{told.slug}: {_differ(got.words, want.words)}")
    for kind in KINDS:
        if got.parts[kind] or want.parts[kind]:
            difference = _differ(got.parts[kind], want.parts[kind])
            result.add(kind, f1(got.parts[kind], want.parts[kind]), f"{told.slug}: {difference}")


def _speechless(given: Shape) -> Shape:
    code = Counter(re.sub(r"^\w*\|", "|", text) for text in given.parts["code"].elements())
    return Shape(given.words, {**given.parts, "code": code})


@dataclass
class _Seen:
    """Turns what the files refer to back into `post:` and `media:` addresses."""

    slugs: Mapping[Path, str]
    paths: Mapping[str, str]  # permalink's path -> slug
    names: Mapping[str, str]  # SHA-256 -> picture

    def shape(self, markdown: str, at: Path) -> Shape:
        return shape(markdown, lambda href: self._link(href, at), lambda src: self._picture(src, at))

    def _link(self, href: str, at: Path) -> str:
        if urlsplit(href).scheme:
            slug = self.paths.get(_path(href)) if "127.0.0.1" in href else None
        else:
            slug = self.slugs.get((at.parent / unquote(href.partition("#")[0])).resolve())
        return f"post:{slug}" if slug else self._picture(href, at)

    def _picture(self, src: str, at: Path) -> str:
        path = at.parent / unquote(src)
        if urlsplit(src).scheme or not path.is_file():
            return src
        return f"media:{self.names.get(_hash(path.read_bytes()), path.name)}"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def shape(markdown: str, link: Callable[[str], str], picture: Callable[[str], str]) -> Shape:
    """What a Markdown text says. A small picture counts as the one it stands for."""
    tree = html.fromstring(f"<div>{_MARKDOWN.render(markdown)}</div>")
    images = [picture(image.get("src", "")).replace("media:small-", "media:") for image in tree.iter("img")]
    links = []
    for a in tree.iter("a"):
        href = a.get("href", "")
        if not href.startswith("#fn") and a.find(".//img") is None:
            links.append(f"{link(href)}|{_plain(a.text_content())}")
    parts = {
        "headings": [f"{h.tag} {_plain(h.text_content())}" for n in range(1, 7) for h in tree.iter(f"h{n}")],
        "links": links,
        "pictures": images,
        "code": [_code(pre) for pre in tree.iter("pre")],
        "rows": ["|".join(_plain(c.text_content()) for c in row if c.tag in {"td", "th"}) for row in tree.iter("tr")],
        "items": [_item(li) for li in tree.iter("li") if "footnote-item" not in li.get("class", "")],
        "quotes": [_plain(q.text_content()) for q in tree.iter("blockquote")],
        "notes": [
            _plain(li.text_content().replace("↩︎", ""))
            for li in tree.iter("li")
            if "footnote-item" in li.get("class", "")
        ],
    }
    words = Counter(re.findall(r"\w+", _plain(tree.text_content())))
    return Shape(words, {kind: Counter(found) for kind, found in parts.items()})


def _code(pre: html.HtmlElement) -> str:
    inner = pre.find("code")
    language = re.search(r"language-(\S+)", inner.get("class", "") if inner is not None else "")
    return f"{language[1] if language else ''}|{pre.text_content().strip()}"


def _item(li: html.HtmlElement) -> str:
    depth = sum(1 for _ in li.iterancestors("ul", "ol"))
    own = "".join(li.xpath("text() | ./p//text() | ./*[not(self::ul or self::ol or self::p)]//text()"))
    return f"{depth} {li.getparent().tag} {_plain(own)}"


def _plain(text: str) -> str:
    """Typographers and white space make no difference."""
    return " ".join(text.translate(_FLAT).translate(_PLAIN).split())


def f1(got: Counter, want: Counter) -> float:
    if not got and not want:
        return 1.0
    return 2 * (got & want).total() / (got.total() + want.total())


def _differ(got: Counter, want: Counter) -> str:
    lacks, more = [str(x) for x in (want - got).elements()], [str(x) for x in (got - want).elements()]
    return f"lacks {lacks[:6]}, has {more[:6]}"[:500]
