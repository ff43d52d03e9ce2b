"""Jekyll with minima, its own theme, and the feed plugin; once without feed and with folded excerpts."""

from pathlib import Path
from zoneinfo import ZoneInfo

from .content import ABOUT, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled
from .site import EVERYTHING, Blog, Static, run, tool, write, write_pictures

_ZONE = ZoneInfo("Asia/Seoul")  # Jekyll says every moment in the site's own zone
_CONFIG = """
title: {title}
description: "{tagline} {footer}"
url: "{url}"
timezone: Asia/Seoul
theme: minima
permalink: /:year/:month/:day/:title.html
header_pages: [about.md]
email: "{share}@example.org"
markdown: kramdown
kramdown: {{input: GFM}}
plugins: [{plugins}]
show_excerpts: {excerpts}
feed: {{posts_limit: 100}}
"""


def minima(folder: Path) -> Blog:
    return _made(folder, "jekyll-feed, jekyll-seo-tag", "false")


def _made(folder: Path, plugins: str, excerpts: str) -> Blog:
    jekyll, static = tool("jekyll"), Static()
    settings = {"url": static.site.url, "title": TITLE, "tagline": TAGLINE, **PARTS}
    write(folder / "_config.yml", _CONFIG.format(**settings, plugins=plugins, excerpts=excerpts))
    for post in POSTS:
        write(folder / f"_posts/{_day(post)}-{post.slug}.md", _source(post))
    for post in DRAFTS:
        write(folder / f"_drafts/{post.slug}.md", _source(post))
    write(folder / "index.md", "---\nlayout: home\n---\n")
    write(folder / "about.md", f"---\nlayout: page\ntitle: About\npermalink: /about/\n---\n\n{ABOUT}\n")
    write_pictures(folder / "media")
    run(jekyll, "build", "--quiet", cwd=folder)
    static.root = folder / "_site"
    paths = {post.slug: _path(post) for post in POSTS}
    return Blog(static.site, paths, EVERYTHING - {"category"}, 3, zone=_ZONE)


def _day(post: Told) -> str:
    return f"{post.moment.astimezone(_ZONE):%Y-%m-%d}"


def _path(post: Told) -> str:
    return f"/{_day(post).replace('-', '/')}/{post.slug}.html"


def _source(post: Told) -> str:
    addresses = {other.slug: _path(other) for other in POSTS}
    tags = ", ".join(f'"{tag}"' for tag in post.tags)
    title = post.title.replace('"', '\\"')
    return (
        f'---\nlayout: post\ntitle: "{title}"\ndate: {post.moment.isoformat()}\nauthor: "{post.by}"\n'
        f"tags: [{tags}]\n---\n\n{filled(post.body, addresses.__getitem__, '/media/{}'.format)}\n"
    )
