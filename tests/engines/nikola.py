"""Nikola with its own theme: listings cut at the teaser mark, feed of teasers."""

from pathlib import Path

from .content import ABOUT, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled
from .site import EVERYTHING, Blog, Static, listed, run, tool, write, write_pictures

_CONF = """
import time
BLOG_AUTHOR = "Nobody"
BLOG_TITLE = {title!r}
SITE_URL = {url!r}
BLOG_EMAIL = "nobody@example.org"
BLOG_DESCRIPTION = {tagline!r}
DEFAULT_LANG = "en"
TRANSLATIONS = {{DEFAULT_LANG: ""}}
_LINKS = ("/archive.html", "Archive"), ("/categories/", "Tags"), ("/pages/about/", {nav!r})
NAVIGATION_LINKS = {{DEFAULT_LANG: _LINKS}}
THEME = {theme!r}
POSTS = (("posts/*.md", "posts", "post.tmpl"),)
PAGES = (("pages/*.md", "pages", "page.tmpl"),)
TIMEZONE = "Asia/Seoul"
COMPILERS = {{"markdown": [".md"]}}
INDEX_DISPLAY_POST_COUNT = 9
INDEX_TEASERS = {teasers}
FEED_TEASERS = {teasers}
FEED_LENGTH = 10
DEMOTE_HEADERS = 0
COMMENT_SYSTEM = ""
SHOW_SOURCELINK = False
PRETTY_URLS = True
STRIP_INDEXES = True
CONTENT_FOOTER = {footer!r}
SOCIAL_BUTTONS_CODE = "<div id='addthisbox'>" + {share!r} + " <a href='https://social.example/'>Mastodon</a></div>"
MARKDOWN_EXTENSIONS = ["markdown.extensions.fenced_code", "markdown.extensions.codehilite", "markdown.extensions.extra"]
"""


def own_theme(folder: Path) -> Blog:
    return _made(folder, "bootblog4", True)


def base_theme(folder: Path) -> Blog:
    return _made(folder, "base", False)


def _made(folder: Path, theme: str, teasers: bool) -> Blog:
    nikola, static = tool("nikola"), Static()
    url = static.site.url + "/"
    write(
        folder / "conf.py", _CONF.format(url=url, title=TITLE, tagline=TAGLINE, theme=theme, teasers=teasers, **PARTS)
    )
    for post in (*POSTS, *DRAFTS):
        write(folder / f"posts/{post.slug}.md", _source(post, teasers))
    write(folder / "pages/about.md", f"<!--\n.. title: About\n.. slug: about\n-->\n\n{ABOUT}\n")
    write_pictures(folder / "files/media")
    run(nikola, "build", cwd=folder)
    static.root = folder / "output"
    paths = {post.slug: f"/posts/{post.slug}/" for post in POSTS}
    return Blog(static.site, paths, EVERYTHING - {"language", "category"}, listed(9) + 4)


def _source(post: Told, teasers: bool) -> str:
    front = {
        "title": post.title,
        "slug": post.slug,
        "date": post.moment.isoformat(sep=" "),
        "author": post.by,
        "category": post.category,
        "tags": ", ".join((*post.tags, *(["draft"] if post.draft else []))),
        "status": "draft" if post.draft else "published",
    }
    head = "\n".join(f".. {name}: {value}" for name, value in front.items())
    body = filled(post.body, "/posts/{}/".format, "/media/{}".format)
    if teasers:  # what stands above it is what a listing shows
        first, gap, rest = body.partition("\n\n")
        body = f"{first}{gap}<!-- TEASER_END -->\n\n{rest}" if rest else body
    return f"<!--\n{head}\n-->\n\n{body}\n"
