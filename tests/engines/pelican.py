"""Pelican: with its own theme and feeds, and with its bare theme, no feed, and bodies cut in listings."""

from collections.abc import Callable
from pathlib import Path

from .content import ABOUT, AUTHORS, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled
from .site import EVERYTHING, Blog, Static, listed, run, tool, write, write_pictures

_SETTINGS = """
SITENAME = {title!r}
SITESUBTITLE = {tagline!r}
SITEURL = {url!r}
PATH = 'content'
ARTICLE_PATHS = ['posts']
PAGE_PATHS = ['pages']
STATIC_PATHS = ['media']
TIMEZONE = 'Asia/Seoul'
DEFAULT_LANG = 'en'
DEFAULT_PAGINATION = 7
CACHE_CONTENT = False
LINKS = (({sidebar!r}, 'https://elsewhere.example/'),)
SOCIAL = (({share!r}, 'https://social.example/'),)
MENUITEMS = (({nav!r}, '/archives.html'),)
MARKDOWN = {{
    'extension_configs': {{
        'markdown.extensions.codehilite': {{'css_class': 'highlight'}},
        'markdown.extensions.extra': {{}},
        'markdown.extensions.meta': {{}},
    }},
    'output_format': 'html5',
}}
"""
_FEEDS = "FEED_DOMAIN = SITEURL\nFEED_ALL_ATOM = 'feeds/all.atom.xml'\nFEED_MAX_ITEMS = 20\n"
_BARE = """
THEME = 'simple'
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
ARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'
ARTICLE_SAVE_AS = '{date:%Y}/{date:%m}/{slug}/index.html'
SUMMARY_MAX_LENGTH = 12
THEME_TEMPLATES_OVERRIDES = ['parts']
"""

_ARTICLE = """{{% extends "!simple/article.html" %}}{{% block content %}}{{{{ super() }}}}
<p class="sharing"><a href="https://social.example/?u={{{{ article.url }}}}">{share}</a></p>
<section><h3>You may also like</h3><ul>{{% for other in articles[:3] %}}
<li><a href="{{{{ SITEURL }}}}/{{{{ other.url }}}}">{{{{ other.title }}}}</a> {related}</li>{{% endfor %}}</ul>
</section>
<aside><p>{sidebar}</p></aside><footer><p>{footer}</p></footer>{{% endblock %}}
"""


def own_theme(folder: Path) -> Blog:
    return _made(folder, _FEEDS, lambda post: f"/{post.slug}.html")


def bare_theme(folder: Path) -> Blog:
    write(folder / "parts/article.html", _ARTICLE.format(**PARTS))
    return _made(folder, _BARE, lambda post: f"/{post.moment:%Y/%m}/{post.slug}/")


def _made(folder: Path, settings: str, path: Callable[[Told], str]) -> Blog:
    static = Static()
    head = _SETTINGS.format(url=static.site.url, title=TITLE, tagline=TAGLINE, **PARTS)
    write(folder / "pelicanconf.py", head + settings)
    for post in (*POSTS, *DRAFTS):
        write(folder / f"content/posts/{post.slug}.md", _source(post))
    write(folder / "content/pages/about.md", f"Title: About\nSlug: about\n\n{ABOUT}\n")
    write_pictures(folder / "content/media")
    run(tool("pelican"), "content", "-s", "pelicanconf.py", "-o", "output", cwd=folder)
    static.root = folder / "output"
    return Blog(static.site, {post.slug: path(post) for post in POSTS}, EVERYTHING - {"language"}, listed(7) + 3)


def _source(post: Told) -> str:
    body = filled(post.body, lambda slug: f"{{filename}}/posts/{slug}.md", lambda name: f"{{static}}/media/{name}")
    lines = {
        "Title": post.title,
        "Date": post.moment.isoformat(),
        "Slug": post.slug,
        "Author": AUTHORS[post.author],
        "Category": post.category,
        "Tags": ", ".join(post.tags),
        "Status": "draft" if post.draft else "published",
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items() if value) + f"\n\n{body}\n"
