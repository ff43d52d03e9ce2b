"""Where a blog's feeds are: those that a page names, and where feeds usually are."""

import re
from itertools import product, takewhile

from .. import dates, urls
from ..parse import Element

_TYPES = [f"application/{kind}" for kind in ("atom+xml", "feed+json", "json", "rss+xml", "rdf+xml")]
_NOT_POSTS = re.compile(
    r"comment|/(?:categor(?:y|ies)|tags?|label|author|users?|search|topics?|archives?)/|/-/|[?&](?:cat|tag|author|s|q)="
    r"|podcast|/wp-json/|oembed",
    re.I,
)
_FEED = re.compile(
    r"/(?:feeds?|rss2?|atom|rdf)/?$|/feeds?/(?:posts?|all|default|full)\b|\.(?:rss|atom|rdf)$"
    r"|/(?:index|feed|rss2?|atom|posts?|blog|all)\.(?:rss|atom|rdf)?\.?(?:xml|json)$|[?&](?:feed|format)=(?:rss|atom|feed)"
    r"|feedburner\.com/",
    re.I,
)
_USUAL = (
    "feed/", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "rss", "posts/index.xml", "feed.atom",
    "index.rss", "feeds/all.atom.xml", "feeds/posts/default", "atom", "rss/", "blog/feed.xml", "blog/rss.xml",
    "blog/atom.xml", "blog/index.xml", "blog/feed/",
)  # fmt: skip


def links(tree: Element, base: str) -> tuple[str, ...]:
    """Addresses of the feeds of the blog's posts that a page at `base` names, the best first.

    Feeds of comments, categories, tags, authors and of the page itself are left out; where the head names none,
    links to what is called a feed stand in.
    """
    found = [e for e in tree.iter("link") if _is_feed_link(e)]
    found = found or [a for a in tree.iter("a") if _is_own_feed(urls.join(base, a.get("href", "")), base)]
    ranked = sorted(found, key=lambda e: _rank(e, tree.get("lang") or "", base))
    named = dict.fromkeys(urls.join(base, e.get("href", "")) for e in ranked if not _is_partial(e, base))
    return tuple(url for url in named if urls.is_web(url))


def _is_feed_link(e: Element) -> bool:
    kind, href = (e.get("type") or "").partition(";")[0].strip().lower(), e.get("href", "")
    if kind == "application/json" and "feed" not in f"{href} {e.get('title', '')}".lower():
        return False
    return "alternate" in (e.get("rel") or "").lower().split() and kind in _TYPES and bool(href.strip())


def _is_own_feed(url: str, base: str) -> bool:
    near = urls.domain(url) == urls.domain(base) or "feedburner" in urls.host(url)
    return urls.is_web(url) and near and _FEED.search(url) is not None


def _is_partial(e: Element, base: str) -> bool:
    """Whether this is a feed of something else than all posts."""
    url = urls.join(base, e.get("href", ""))
    own = urls.key(base) + "/"
    of_page = dates.from_url(base) is not None and urls.key(url).startswith(own)
    title = re.sub(r".*[»|:>–-]\s", "", e.get("title", ""))  # the blog's own name may speak of comments
    return of_page or _NOT_POSTS.search(url[len(urls.root(url)) - 1 :]) is not None or dates.count(title) is not None


def _rank(e: Element, lang: str, base: str) -> tuple[bool, bool, int, int, bool, int]:
    """Of the page's language first, of all subjects, of its own part of the site, whole, and of what tells most."""
    title, url = e.get("title", ""), urls.join(base, e.get("href", ""))
    other = bool(lang and e.get("hreflang") and e.get("hreflang", "")[:2].lower() != lang[:2].lower())
    some = re.search(r"\b(?:categor|tag|author)", title, re.I) is not None
    own, there = (urls.path(address).split("/")[1:-1] for address in (base, url.rstrip("/")))
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, there, strict=False)))
    short = re.search(r"summar|excerpt|headline|short", f"{url} {title}", re.I) is not None
    kind = (e.get("type") or "").partition(";")[0].strip().lower()
    return other, some, len(there) - shared, -shared, short, _TYPES.index(kind) if kind in _TYPES else 0


def guesses(base: str) -> tuple[str, ...]:
    """Where the feed of a blog at `base` usually is, for a page that names none: in its own folder, then the host's."""
    folder = urls.join(base, ".")
    return tuple(dict.fromkeys(urls.join(at, name) for at, name in product((folder, urls.root(base)), _USUAL)))
