"""Engines of npm: Eleventy, Astro and Next with pages of our own, Hexo and Docusaurus with their own themes.

Each is looked for in `.engines/node/NAME/node_modules` (`tests/engines/install` puts it there).
"""

import json
import os
import re
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from .content import ABOUT, AUTHORS, DRAFTS, POSTS, Told, filled, png
from .site import EVERYTHING, Absent, Blog, Static, fill, listed, run, tool, write, write_pictures

_INSTALLED = Path(__file__).parents[2] / ".engines" / "node"
_ZONE = ZoneInfo("Asia/Seoul")


def eleventy(folder: Path) -> Blog:
    """A list of everything on the front page, tags beside the date, a full Atom feed of the newest ten."""
    static = _begun(folder, "eleventy")
    for post in (*POSTS, *DRAFTS):
        front = {**_front(post), "permalink": not post.draft and f"/blog/{post.slug}/index.html"}
        front["eleventyExcludeFromCollections"] = post.draft
        write(folder / f"content/blog/{post.slug}.md", _source(front, post, "/blog/{}/".format))
    write(folder / "content/about.md", f'---\n{{"layout": "page.njk", "title": "About"}}\n---\n{ABOUT}\n')
    write_pictures(folder / "public/media")
    _run(folder, "eleventy")
    static.root = folder / "_site"
    return Blog(
        static.site, {post.slug: f"/blog/{post.slug}/" for post in POSTS}, EVERYTHING - {"category"}, 3, zone=UTC
    )


def astro(folder: Path) -> Blog:
    """One page that lists everything, Shiki's code, GitHub's footnotes, a feed of summaries."""
    static = _begun(folder, "astro")
    for post in POSTS:
        write(folder / f"src/content/blog/{post.slug}.md", _source(_front(post), post, "/blog/{}/".format))
    write(folder / "src/about.md", f"---\ntitle: About\n---\n\n{ABOUT}\n")
    write_pictures(folder / "public/media")
    _run(folder, "astro", "build", ASTRO_TELEMETRY_DISABLED="1")
    static.root = folder / "dist"
    return Blog(
        static.site, {post.slug: f"/blog/{post.slug}/" for post in POSTS}, EVERYTHING - {"category"}, 3, zone=UTC
    )


def hexo(folder: Path) -> Blog:
    """Landscape, Hexo's own theme: whole posts on the front page, code as tables, no author, no footnotes."""
    static = _begun(folder, "hexo")
    bodies = {post.slug: without_notes(post.body) for post in POSTS}
    for post in POSTS:
        front = {
            **_front(post),
            "date": f"{post.moment.astimezone(_ZONE):%Y-%m-%d %H:%M:%S}",
            "categories": [post.category],
        }
        write(folder / f"source/_posts/{post.slug}.md", _source(front, post, _dated, bodies[post.slug]))
    for post in DRAFTS:
        write(folder / f"source/_drafts/{post.slug}.md", _source(_front(post), post, _dated))
    write(folder / "source/about/index.md", f"---\ntitle: About\n---\n\n{ABOUT}\n")
    write_pictures(folder / "source/media")
    _run(folder, "hexo", "generate", "--silent", TZ="Asia/Seoul")
    static.root = folder / "public"
    paths = {post.slug: _dated(post.slug) for post in POSTS}
    return Blog(static.site, paths, EVERYTHING - {"author"}, listed(10) + 4, zone=_ZONE, bodies=bodies)


def next_(folder: Path) -> Blog:
    """Next's static export: React's streamed page with hashed class names, cards on one page, no feed, no sitemap."""
    static = _begun(folder, "next")
    for post in POSTS:
        told = {
            "slug": post.slug,
            "title": post.title,
            "date": post.moment.astimezone(UTC).isoformat(),
            "key": post.author,
        }
        body = filled(post.body, "/posts/{}/".format, "/media/{}".format)
        excerpt = re.sub(r"[^\w\s.,]", "", body)[:80]
        told |= {"author": post.by, "tags": list(post.tags), "body": body, "excerpt": excerpt}
        write(folder / f"_posts/{post.slug}.json", json.dumps(told, ensure_ascii=False))
    for key in AUTHORS:
        write(folder / f"public/people/{key}.png", png(key))
    write_pictures(folder / "public/media")
    _run(folder, "next", "build", NEXT_TELEMETRY_DISABLED="1")
    static.root = folder / "out"
    return Blog(
        static.site, {post.slug: f"/posts/{post.slug}/" for post in POSTS}, EVERYTHING - {"category"}, 2, zone=UTC
    )


def docusaurus(folder: Path) -> Blog:
    """The classic preset, blog only: React's markup, pages cut at the truncate mark, three feeds."""
    static = _begun(folder, "docusaurus")
    write(folder / "blog/authors.yml", json.dumps({key: {"name": name} for key, name in AUTHORS.items()}))
    for post in (*POSTS, *DRAFTS):
        front = {**_front(post), "authors": [post.author], "slug": post.slug, "draft": post.draft}
        del front["author"], front["lang"]
        body = post.body.replace("\n\n", "\n\n{/* truncate */}\n\n", 1)
        write(folder / f"blog/{post.slug}.mdx", _source(front, post, "/{}".format, body))
    write(folder / "src/pages/about.md", f"# About\n\n{ABOUT}\n")
    write_pictures(folder / "static/media")
    _run(folder, "docusaurus", "build", NODE_ENV="production", DOCUSAURUS_NO_PERSISTENT_CACHE="true")
    static.root = folder / "build"
    paths = {post.slug: f"/{post.slug}/" for post in POSTS}
    return Blog(static.site, paths, EVERYTHING - {"category"}, listed(10) + 4, zone=UTC)


def without_notes(body: str) -> str:
    return re.sub(r"\[\^\d+\]", "", re.sub(r"(?m)^\[\^\d+\]: .*\n?", "", body)).strip()


def _dated(slug: str) -> str:
    moment = next(post.moment for post in POSTS if post.slug == slug)
    return f"/{moment.astimezone(_ZONE):%Y/%m/%d}/{slug}/"


def _begun(folder: Path, name: str) -> Static:
    """The engine's folder with what `sites/NAME` holds; @NAMES@ in it are ours to fill."""
    tool("node")
    if not (_INSTALLED / name / "node_modules").is_dir():
        raise Absent(f"no {name} in {_INSTALLED}")
    static = Static()
    fill(name, folder, static.site.url)
    needs = json.loads((_INSTALLED / name / "package.json").read_text("utf-8"))["dependencies"]
    write(folder / "package.json", json.dumps({"name": name, "hexo": {"version": ""}, "dependencies": needs}))
    (folder / "node_modules").symlink_to(_INSTALLED / name / "node_modules")
    return static


def _run(folder: Path, name: str, *arguments: str, **environment: str) -> None:
    run(folder / "node_modules/.bin" / name, *arguments, cwd=folder, env={**os.environ, "TZ": "UTC", **environment})


def _front(post: Told) -> dict[str, object]:
    tags = {"tags": list(post.tags)} if post.tags else {}
    return {"title": post.title, "date": post.moment.isoformat(), "author": post.by, "lang": post.lang, **tags}


def _source(front: dict[str, object], post: Told, address: Callable[[str], str], body: str = "") -> str:
    head = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items())
    head = re.sub(r'(?m)^date: "(.*)"$', r"date: \1", head)
    return f"---\n{head}\n---\n\n{filled(body or post.body, address, '/media/{}'.format)}\n"
