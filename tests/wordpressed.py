"""A double of WordPress: its interface, feed, sitemap and pages, each of which can be closed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from loopback import Answer, Request, Served

ZONE = timedelta(hours=9)
CATEGORIES = {
    1: {"name": "미분류", "slug": "uncategorized", "parent": 0},
    2: {"name": "여행", "slug": "travel", "parent": 0},
    3: {"name": "일본 &amp; 한국", "slug": "japan", "parent": 2},
}
TAGS = {7: "KT", 8: "R&amp;B"}
USERS = {1: "철수", 2: "Ann &amp; Bo"}


@dataclass(frozen=True)
class Said:
    id: int
    author: str = "Cy"
    text: str = "<p>Well said.</p>"
    parent: int = 0
    type: str = "comment"
    at: datetime = datetime(2012, 1, 1, 8, 30)


@dataclass(frozen=True)
class Told:
    id: int
    title: str
    at: datetime  # on the blog's clock
    html: str = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun.</p>"
    author: int = 1
    categories: tuple[int, ...] = (1,)
    tags: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    excerpt: str = ""
    cover: str = ""
    password: str = ""
    edited: datetime | None = None
    gmt: str | None = None  # where an importer left another than the right one

    @property
    def path(self) -> str:
        return f"/{self.at:%Y/%m}/post-about-{self.id}/"


def many(count: int, said: int = 0) -> list[Told]:
    """Posts, newest first; each third of them with `said` comments, the second of which answers the first."""
    start = datetime(2015, 6, 1, 0, 30)
    return [
        Told(
            n,
            f"Post number {n}",
            start - timedelta(days=count - n, minutes=n),
            f"<p>Words of number {n}, and some more of them so that it reads as one.</p>",
            said=tuple(Said(n * 1000 + k, parent=n * 1000 if k == 1 else 0) for k in range(said if n % 3 == 0 else 0)),
        )
        for n in range(count, 0, -1)
    ]


@dataclass
class Double:
    posts: Sequence[Told]
    rest: str = "on"  # on, plain (?rest_route=), untold, or what it answers: html, 401, 404
    comments: str = "on"  # on, or the status that the interface answers for them
    feed: str = "full"  # full, summary, off
    sitemap: bool = True
    pretty: bool = True
    users: bool = True
    heeds: bool = True  # ?post= of comments
    tells: bool = True  # what was changed since a moment
    most: int = 100
    size: int = 10  # posts a page, and of the feed
    thread: int = 50  # comments a page
    korean: bool = False
    blocks: bool = False  # a post's own page as themes of blocks have it
    zone: Mapping[str, Any] = field(default_factory=lambda: {"timezone_string": "Asia/Seoul", "gmt_offset": 9})

    def __call__(self, request: Request) -> Served | None:
        path, asked = urlsplit(request.path).path, {k: v[0] for k, v in parse_qs(urlsplit(request.path).query).items()}
        self.home = f"http://{request.headers['host']}"
        if path.startswith("/wp-json/") or "rest_route" in asked:
            route = asked.get("rest_route", path.removeprefix("/wp-json"))
            served = self.rest in ({"plain"} if "rest_route" in asked else {"on", "untold"})
            return self.interface(route, asked) if served else self.closed()
        if path == "/feed/" and self.feed != "off":
            return self.rss(int(asked.get("paged", 1)))
        if path.startswith("/wp-sitemap") and self.sitemap:
            return self.map(path)
        return self.html(path, asked)

    def closed(self) -> Served:
        if self.rest == "html":
            return "<!DOCTYPE html><html><body>Checking your browser</body></html>"
        status = int(self.rest) if self.rest.isdigit() else 404
        return Answer(status, json.dumps({"code": "rest_no_route", "data": {"status": status}}))

    # the interface

    def interface(self, route: str, asked: dict[str, str]) -> Served | None:
        if route == "/":
            return _json({"name": "Blog", **self.zone})
        what = route.removeprefix("/wp/v2/").strip("/")
        if what == "comments" and self.comments != "on":
            return Answer(int(self.comments), json.dumps({"code": "rest_forbidden"}))
        if int(asked.get("per_page", 10)) > self.most:
            return Answer(400, json.dumps({"code": "rest_invalid_param"}))
        if what == "users" and not self.users:
            return Answer(401, json.dumps({"code": "rest_user_cannot_view"}))
        every = {
            "posts": lambda: [self.post_json(p, "_embed" in asked) for p in self.chosen(asked)],
            "comments": lambda: self.comments_json(asked),
            "categories": lambda: [{"id": n, **c} for n, c in CATEGORIES.items()],
            "tags": lambda: [{"id": n, "name": name} for n, name in TAGS.items()],
            "users": lambda: [{"id": n, "name": name} for n, name in USERS.items()],
        }[what]()
        size, page = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        pages = -(-len(every) // size)
        if page > max(1, pages) and what != "comments":
            return Answer(400, json.dumps({"code": "rest_post_invalid_page_number"}))
        totals = {"X-WP-Total": str(len(every)), "X-WP-TotalPages": str(pages)}
        return _json(every[(page - 1) * size : page * size], **totals)

    def chosen(self, asked: dict[str, str]) -> Sequence[Told]:
        numbers = asked.get("include", "").split(",") if "include" in asked else None
        found = [p for p in self.posts if numbers is None or str(p.id) in numbers]
        if asked.get("orderby") == "modified" and self.tells:
            found.sort(key=lambda p: p.edited or p.at, reverse=True)
        return [p for p in found if not self.tells or is_after(p.edited or p.at, asked.get("modified_after", ""))]

    def post_json(self, post: Told, embed: bool) -> dict[str, Any]:
        shown = "" if post.password else post.html
        gmt = f"{post.at - ZONE:%Y-%m-%dT%H:%M:%S}" if post.gmt is None else post.gmt
        told = {
            "id": post.id,
            "date": f"{post.at:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": gmt,
            "modified": f"{post.edited or post.at:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{post.edited - ZONE:%Y-%m-%dT%H:%M:%S}" if post.edited else gmt,
            "link": self.home + post.path,
            "type": "post",
            "title": {"rendered": ("Protected: " if post.password else "") + post.title},
            "content": {"rendered": shown, "protected": bool(post.password)},
            "excerpt": {"rendered": post.excerpt or f"{shown[:40]} [&hellip;]</p>"},
            "author": post.author,
            "categories": list(post.categories),
            "tags": list(post.tags),
        }
        terms = [
            [{"id": n, "taxonomy": "category", **CATEGORIES[n]} for n in post.categories],
            [{"id": n, "taxonomy": "post_tag", "name": TAGS[n]} for n in post.tags],
        ]
        hidden = {"code": "rest_user_invalid_id", "data": {"status": 404}}
        author = {"id": post.author, "name": USERS[post.author]} if self.users else hidden
        media = [{"id": 9, "source_url": post.cover}] if post.cover else []
        return told | (
            {"_embedded": {"author": [author], "wp:term": terms, "wp:featuredmedia": media}} if embed else {}
        )

    def comments_json(self, asked: dict[str, str]) -> list[dict[str, Any]]:
        wanted = set(map(int, asked["post"].split(","))) if self.heeds and "post" in asked else None
        latest = asked.get("order") == "desc"
        found = [
            {
                "id": said.id,
                "post": post.id,
                "parent": said.parent,
                "author_name": said.author,
                "date": f"{said.at:%Y-%m-%dT%H:%M:%S}",
                "date_gmt": f"{said.at - ZONE:%Y-%m-%dT%H:%M:%S}",
                "content": {"rendered": said.text},
                "link": f"{self.home}{post.path}#comment-{said.id}",
                "type": said.type,
            }
            for post in self.posts
            for said in post.said
            if said.type == "comment" and not post.password and (wanted is None or post.id in wanted)
            if not self.tells or is_after(said.at, asked.get("after", ""))
        ]
        return sorted(found, key=lambda said: str(said["date"]), reverse=True) if latest else found

    # feed and sitemap

    def rss(self, page: int) -> Served | None:
        shown = self.posts[(page - 1) * self.size : page * self.size]
        if not shown:
            return None
        return Answer(
            200,
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Blog</title><language>ko-KR</language>'
            f"<generator>https://wordpress.org/?v=6.8</generator>{''.join(map(self.item, shown))}</channel></rss>",
            {"Content-Type": "application/rss+xml; charset=UTF-8"},
        )

    def item(self, post: Told) -> str:
        body = post.html.split("<!--nextpage-->")[0]
        body = _FORM if post.password else body
        whole = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if self.feed == "full" else ""
        names = [CATEGORIES[n]["name"] for n in post.categories] + [TAGS[n] for n in post.tags]
        return (
            f"<item><title>{post.title}</title><link>{self.home}{post.path}</link>"
            f"<pubDate>{post.at - ZONE:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
            f"<dc:creator><![CDATA[{USERS[post.author].replace('&amp;', '&')}]]></dc:creator>"
            + "".join(f"<category>{name}</category>" for name in names)
            + f'<guid isPermaLink="false">{self.home}/?p={post.id}</guid>'
            f"<description><![CDATA[{body[:30]} [&#8230;]]]></description>{whole}"
            f"<slash:comments>{len(post.said)}</slash:comments></item>"
        )

    def map(self, path: str) -> Served | None:
        posts = [post.path for post in self.posts]
        named = {
            "/wp-sitemap.xml": ["/wp-sitemap-posts-post-1.xml", "/wp-sitemap-posts-page-1.xml"],
            "/wp-sitemap-posts-post-1.xml": ["/", *posts],
            "/wp-sitemap-posts-page-1.xml": ["/about/"],
        }.get(path)
        kind, each = ("sitemapindex", "sitemap") if path == "/wp-sitemap.xml" else ("urlset", "url")
        locations = "".join(f"<{each}><loc>{self.home}{at}</loc></{each}>" for at in named or ())
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><{kind} xmlns="{space}">{locations}</{kind}>' if named else None

    # pages

    def html(self, path: str, asked: dict[str, str]) -> Served | None:
        if path == "/about/":
            return self.page("<article class='page type-page'><h1>About</h1><p>Me.</p></article>", "About")
        if path == "/" or path.startswith("/page/"):
            number = int(path.strip("/").removeprefix("page/") or 1)
            shown = self.posts[(number - 1) * self.size : number * self.size]
            older = f'<a class="next page-numbers" href="{self.home}/page/{number + 1}/">Older posts</a>'
            more = f'<nav class="pagination">{older if number * self.size < len(self.posts) else ""}</nav>'
            return self.page("".join(map(self.listed, shown)) + more) if shown else None
        for post in self.posts:
            if path.startswith(post.path):
                return self.own(post, path.removeprefix(post.path).strip("/"))
        return None

    def page(self, main: str, title: str = "") -> str:
        root = {"on": "/wp-json/", "plain": "/?rest_route=/"}.get(self.rest, "")
        link = f'<link rel="https://api.w.org/" href="{self.home}{root}">' if root else ""
        feed = f'<link rel="alternate" type="application/rss+xml" title="Blog &raquo; Feed" href="{self.home}/feed/">'
        lang = "ko-KR" if self.korean else "en-US"
        return (
            f'<!DOCTYPE html><html lang="{lang}"><head><title>{title} &#8211; Blog</title>'
            f'<meta name="generator" content="WordPress 6.8">{link}{feed if self.feed != "off" else ""}</head>'
            f'<body><header><p class="site-title"><a href="{self.home}/">Blog</a></p></header><main>{main}</main>'
            '<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent Posts</h2><ul><li>'
            f'<a href="{self.home}/about/">About</a></li></ul></section></aside></body></html>'
        )

    def head(self, post: Told, level: int) -> str:
        iso, link = f"{post.at:%Y-%m-%dT%H:%M:%S}+09:00", f'<a href="{self.home}{post.path}" rel="bookmark">'
        day = f"{post.at.year}년 {post.at.month}월 {post.at.day}일" if self.korean else f"{post.at:%B %d, %Y}"
        by = "글쓴이" if self.korean else "by"
        time = f'<time class="entry-date published" datetime="{iso}">{day}</time>'
        return (
            f'<header class="entry-header"><h{level} class="entry-title">{link if level > 1 else ""}{post.title}'
            f"{'</a>' if level > 1 else ''}</h{level}>"
            f'<div class="entry-meta"><span class="posted-on">{link}{time}</a></span> '
            f'<span class="byline">{by} <span class="author vcard">'
            f'<a class="url fn n" href="{self.home}/author/x/">{USERS[post.author]}</a></span></span></div></header>'
        )

    def foot(self, post: Told) -> str:
        names = [(CATEGORIES[n]["name"], "category") for n in post.categories] + [(TAGS[n], "tag") for n in post.tags]
        links = ", ".join(f'<a href="{self.home}/{kind}/x/" rel="{kind} tag">{name}</a>' for name, kind in names)
        return f'<footer class="entry-footer"><span class="cat-links">{links}</span></footer>'

    def listed(self, post: Told) -> str:
        body = _FORM if post.password else post.html.split("<!--nextpage-->")[0]
        return (
            f'<article id="post-{post.id}" class="post-{post.id} post type-post hentry">{self.head(post, 2)}'
            f'<div class="entry-content">{body}</div>{self.foot(post)}</article>'
        )

    def own(self, post: Told, rest: str) -> Served | None:
        parts = [_FORM] if post.password else post.html.split("<!--nextpage-->")
        number = int(rest) if rest.isdigit() else 1
        if number > len(parts) or (rest and not rest.isdigit() and not rest.startswith("comment-page-")):
            return None
        others = (n for n in range(1, len(parts) + 1) if n != number)
        links = "".join(f' <a href="{self.home}{post.path}{f"{n}/" if n > 1 else ""}">{n}</a>' for n in others)
        more = f'<div class="page-links">Pages: {links}</div>' if links else ""
        if self.blocks:
            return self.in_blocks(post, parts[number - 1], rest)
        return self.page(
            f'<article id="post-{post.id}" class="post-{post.id} post type-post hentry">{self.head(post, 1)}'
            f'<div class="entry-content">{parts[number - 1]}{more}</div>{self.foot(post)}</article>'
            f"{'' if post.password else self.discussion(post, rest)}",
            post.title,
        )

    def in_blocks(self, post: Told, body: str, rest: str) -> Served:
        """Its address is said to be that of the comments shown; nothing but names of classes tells what is what."""
        at = f"{self.home}{post.path}comment-page-{self.thread_page(post, rest)}/#comments" if post.said else ""
        filed = "".join(
            f'<a href="{self.home}/category/x/" rel="tag">{CATEGORIES[n]["name"]}</a>' for n in post.categories
        )
        return self.page(
            f'<div class="wp-block-group"><h1 class="wp-block-post-title">{post.title}</h1><div class="wp-block-group">'
            f'<div class="wp-block-post-date"><time datetime="{post.at:%Y-%m-%dT%H:%M:%S}+09:00">then</time></div>'
            '<p>by</p><div class="wp-block-post-author-name">'
            f'<a href="{self.home}/author/x/">{USERS[post.author]}</a></div>'
            f'<div class="taxonomy-category wp-block-post-terms">{filed}</div></div></div>'
            f'<div class="entry-content wp-block-post-content">{body}</div><div class="wp-block-group">'
            f'<div class="wp-block-comments">{self.discussion(post, rest)}</div></div>',
            post.title,
        ).replace("</head>", f'<link rel="canonical" href="{at}"></head>' if at else "</head>")

    def thread_page(self, post: Told, rest: str) -> int:
        """The last page of comments where none is named, as the settings have it at first."""
        tops = [said for said in post.said if not said.parent]
        return (
            int(rest.removeprefix("comment-page-"))
            if rest.startswith("comment")
            else max(1, -(-len(tops) // self.thread))
        )

    def discussion(self, post: Told, rest: str) -> str:
        tops, page = [said for said in post.said if not said.parent], self.thread_page(post, rest)
        shown = "".join(self.comment(said, post) for said in tops[(page - 1) * self.thread : page * self.thread])
        older = f'<a href="{self.home}{post.path}comment-page-{page - 1}/#comments">Older</a>' if page > 1 else ""
        words = (
            f"“{post.title}”에 대한 {len(post.said)}개의 생각" if self.korean else f"{len(post.said)} thoughts on “x”"
        )
        heading = f'<h2 class="comments-title">{words}</h2>' if post.said else ""
        return (
            f'<div id="comments" class="comments-area">{heading}<ol class="comment-list">{shown}</ol>{older}'
            '<div id="respond" class="comment-respond"><h3>Leave a Reply</h3></div></div>'
        )

    def comment(self, said: Said, post: Told) -> str:
        answers = "".join(self.comment(each, post) for each in post.said if each.parent == said.id)
        return (
            f'<li id="comment-{said.id}" class="{said.type} depth-1"><article id="div-comment-{said.id}" '
            f'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">'
            f'{escape(said.author)}</b> <span class="says">says:</span></div><div class="comment-metadata">'
            f'<a href="{self.home}{post.path}#comment-{said.id}"><time datetime="{said.at:%Y-%m-%dT%H:%M:%S}+09:00">'
            f'then</time></a></div></footer><div class="comment-content">{said.text}</div><div class="reply"><a '
            f'class="comment-reply-link" href="#">Reply</a></div></article>'
            f"{f'<ol class=children>{answers}</ol>' if answers else ''}</li>"
        )


_FORM = (
    '<form action="/wp-login.php?action=postpass" class="post-password-form" method="post"><p>This content is password '
    'protected.</p><p><label>Password: <input name="post_password" type="password"></label></p></form>'
)


def is_after(at: datetime, moment: str) -> bool:
    return not moment or at - ZONE > datetime.fromisoformat(moment).replace(tzinfo=None)


def _json(value: Any, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(200, json.dumps(value), {"Content-Type": "application/json; charset=UTF-8", **named})
