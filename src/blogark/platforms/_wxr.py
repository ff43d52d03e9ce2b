"""An <item> of WordPress's export as a post. Elements are those of wp-admin/includes/export.php."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from .. import dates, names, urls
from ..model import Comment, Post
from ..parse import Element
from . import _wp
from ._autop import autop

_SPACES = (("wordpress.org/export", "wp:"), ("content", "content:"), ("purl.org/dc", "dc:"))
_GALLERY = re.compile(r"\[gallery\b([^\]]*)\]")
_DRAFTS = frozenset({"draft", "pending", "future", "trash"})


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says once for all its items."""

    home: str = ""
    lang: str = ""
    authors: Mapping[str, str] = field(default_factory=dict)  # shown name by login
    paths: Mapping[str, str] = field(default_factory=dict)  # of categories, by their short name
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # attachment's number -> address, post's number


def values(item: Element) -> dict[str, str]:
    """The text of each child by its name, WordPress's own behind "wp:"; of several the first."""
    found: dict[str, str] = {}
    for child in item:
        if isinstance(tag := child.tag, str):
            found.setdefault(_name(tag), _text(child))
    return found


@lru_cache(512)
def _name(tag: str) -> str:
    space, _, name = tag.lstrip("{").rpartition("}")
    if not space:
        return name
    if "/excerpt" in space:
        return f"excerpt:{name}"
    return next((f"{prefix}{name}" for sign, prefix in _SPACES if sign in space), f"{space} {name}")


def _text(e: Element) -> str:
    return (e.text or "") if len(e) == 0 else "".join(map(str, e.itertext()))


def post(item: Element, head: Head, fallback: str) -> Post:
    """The post; `fallback` is its address where it has none."""
    told = values(item)
    number, status = told.get("wp:post_id", "").strip(), told.get("wp:status", "publish").strip() or "publish"
    body = told.get("content:encoded", "")
    published, updated = _moment(told, "post_date"), _moment(told, "post_modified")
    url = _address(told, head, fallback)
    comments = tuple(_comments(item, url))
    metas, terms = dict(_metas(item)), _terms(item)
    return Post(
        id=number if number not in ("", "0") else told.get("guid", "").strip() or url,
        url=url,
        slug=_slug(told, url),
        title=_wp.plain(told.get("title", "")),
        html=_GALLERY.sub(lambda found: _gallery(found, number, head), autop(body)),
        summary=_wp.summary(told.get("excerpt:encoded", ""), body),
        author=_author(told, head),
        published=published,
        updated=updated if updated != published else None,
        categories=_categories(terms, head),
        tags=_wp.distinct(name for domain, _, name in terms if domain in ("post_tag", "tag")),
        kind="page" if told.get("wp:post_type", "").strip() == "page" else "post",
        draft=status in _DRAFTS,
        lang=head.lang,
        cover=head.files.get(metas.get("_thumbnail_id", ""), ("", ""))[0],
        comment_count=len(comments),
        comments=comments,
        extra=_extra(told, status),
    )


def _author(told: Mapping[str, str], head: Head) -> str:
    login = told.get("dc:creator", "").strip()
    return head.authors.get(login) or login


def _slug(told: Mapping[str, str], url: str) -> str:
    own = names.own_slug(url) if url.startswith("http") and "?" not in url else ""
    return own or names.own_slug(f"/{told.get('wp:post_name', '').strip()}")


def _extra(told: Mapping[str, str], status: str) -> dict[str, str]:
    """What keeps strangers out, where something does."""
    if status not in ("publish", "draft"):
        return {"status": status}
    return {"status": "password"} if told.get("wp:post_password", "").strip() else {}


def _address(told: Mapping[str, str], head: Head, fallback: str) -> str:
    for name in ("link", "guid"):
        url = urls.join(head.home, told.get(name, "").strip()) if told.get(name, "").strip() else ""
        if urls.is_web(url) and (name == "link" or "?p" in url):
            return url
    number = told.get("wp:post_id", "").strip()
    return urls.join(head.home, f"?p={number}") if head.home and number else fallback


def _moment(told: Mapping[str, str], name: str) -> date | datetime | None:
    wall, universal = _wp.naive(told.get(f"wp:{name}")), _wp.naive(told.get(f"wp:{name}_gmt"))
    if name == "post_date" and not (wall or universal):
        return dates.machine(told.get("pubDate", ""))
    return _wp.at(wall, universal, _wp.between(wall, universal))


def _terms(item: Element) -> list[tuple[str, str, str]]:
    """What it is filed under: taxonomy, short name, name."""
    return [(e.get("domain", ""), e.get("nicename", ""), _wp.plain(_text(e))) for e in item.iterchildren("category")]


def _categories(terms: list[tuple[str, str, str]], head: Head) -> tuple[str, ...]:
    """The first WXR says everything twice, and names a taxonomy one time only."""
    if not any(domain for domain, _, _ in terms):
        return _wp.distinct(iter(_wp.told([name for _, _, name in terms])))
    own = [(nice, name) for domain, nice, name in terms if domain == "category"]
    return _wp.distinct(
        head.paths.get(nice) or name for nice, name in own if not _wp.is_no_category({"slug": nice, "name": name})
    )


def _metas(item: Element) -> Iterator[tuple[str, str]]:
    for e in item.iterchildren("{*}postmeta"):
        if _name(e.tag) == "wp:postmeta":
            meta = values(e)
            yield meta.get("wp:meta_key", "").strip(), meta.get("wp:meta_value", "").strip()


def _comments(item: Element, url: str) -> Iterator[Comment]:
    """What was said and let through; no pings."""
    for e in item.iterchildren("{*}comment"):
        if _name(e.tag) == "wp:comment":
            said = values(e)
            number = said.get("wp:comment_id", "").strip()
            let, kind = said.get("wp:comment_approved", "1").strip(), said.get("wp:comment_type", "").strip()
            if let in {"1", "approve"} and kind in {"", "comment"}:
                yield Comment(
                    number,
                    _wp.plain(said.get("wp:comment_author", "")),
                    autop(said.get("wp:comment_content", "")).strip(),
                    _moment(said, "comment_date"),
                    f"{url}#comment-{number}" if url.startswith("http") else said.get("wp:comment_author_url", ""),
                    _parent(said),
                )


def _parent(said: Mapping[str, str]) -> str:
    number = said.get("wp:comment_parent", "").strip()
    return "" if number == "0" else number


def _gallery(found: re.Match[str], number: str, head: Head) -> str:
    """The pictures that a [gallery] shows: those that it names, else all that were sent with the post."""
    named = re.search(r"""\b(?:ids|include)=["']?([\d, ]+)""", found[1])
    ids = re.findall(r"\d+", named[1]) if named else [n for n, (_, of) in head.files.items() if of == number]
    shown = [head.files[n][0] for n in ids if n in head.files]
    return "".join(f'<p><img src="{url}"></p>' for url in shown) or found[0]
