"""Hugo: with a theme of our own (cards, sidebar, share, related, pager) and with the one `hugo new theme` writes."""

import json
import os
import shutil
from pathlib import Path

from .content import ABOUT, DRAFTS, POSTS, TITLE, Told, filled
from .site import EVERYTHING, Blog, Static, fill, listed, run, tool, write, write_pictures


def own_theme(folder: Path) -> Blog:
    tool("hugo")
    static = Static()
    fill("hugo", folder, static.site.url)
    return _made(folder, static, {}, EVERYTHING, listed(8) + 4)


def twins(folder: Path) -> Blog:
    """The same, every third post also in Esperanto under /eo/, named by hreflang and in the menu."""
    for post in POSTS[::3]:
        told = {"title": f"Zqtwin {post.slug}", "date": post.moment.isoformat(), "slug": post.slug, "author": post.by}
        text = "La aŭtobuso denove malfruis, do ni nombris la paŝojn. Zqtwin neniu revenis por la ganto."
        write(folder / f"content/posts/{post.slug}.eo.md", json.dumps(told) + f"\n\n{text}\n\n{text}\n")
    languages = {"en": {"label": "English", "weight": 1}, "eo": {"label": "Esperanto", "weight": 2}}
    tool("hugo")
    static = Static()
    fill("hugo", folder, static.site.url)
    more = {"defaultContentLanguage": "en", "languages": languages}
    return _made(folder, static, more, EVERYTHING, listed(8) + 4)


def skeleton(folder: Path) -> Blog:
    """The theme that Hugo itself writes: no author, no category, no feed named; all is on the front page."""
    hugo = tool("hugo")
    write(folder / "hugo.toml", "")
    run(hugo, "new", "theme", "bare", cwd=folder, env=_environment(folder))
    (folder / "hugo.toml").unlink()
    shutil.rmtree(folder / "themes/bare/content")
    return _made(folder, Static(), {"theme": "bare"}, EVERYTHING - {"author", "category"}, 4)


def _made(folder: Path, static: Static, settings: dict[str, object], tells: frozenset[str], listings: int) -> Blog:
    settings = {
        "baseURL": static.site.url + "/",
        "title": TITLE,
        "capitalizeListTitles": False,
        "pagination": {"pagerSize": 8},
        "permalinks": {"posts": "/posts/:slug/"},
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": False}}}},
        **settings,
    }
    write(folder / "hugo.json", json.dumps(settings))
    for post in (*POSTS, *DRAFTS):
        write(folder / f"content/posts/{post.slug}.md", source(post))
    write(folder / "content/about.md", f'{{"title": "About"}}\n\n{ABOUT}\n')
    write_pictures(folder / "static/media")
    run(tool("hugo"), "--config", "hugo.json", cwd=folder, env=_environment(folder))
    static.root = folder / "public"
    return Blog(static.site, {post.slug: f"/posts/{post.slug}/" for post in POSTS}, tells, listings)


def source(post: Told) -> str:
    """Front matter as JSON, then the body."""
    front = {
        "title": post.title,
        "date": post.moment.isoformat(),
        "slug": post.slug,
        "author": post.by,
        "categories": [post.category],
        "tags": list(post.tags),
        "draft": post.draft,
    }
    return json.dumps(front, ensure_ascii=False) + "\n\n" + filled(post.body, "/posts/{}/".format, "/media/{}".format)


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "HUGO_CACHEDIR": str(folder / "cache"), "HUGO_ENVIRONMENT": "production"}
