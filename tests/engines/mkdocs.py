"""MkDocs with Material's blog: no feed, author and date in a column beside the post."""

import json
from pathlib import Path

from .content import ABOUT, AUTHORS, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled
from .site import EVERYTHING, Blog, Static, listed, run, tool, write, write_pictures

_CONFIG = """
site_name: {title}
site_url: {url}/
site_description: {tagline}
copyright: {footer}
theme: {{name: material, language: en, font: false, features: [navigation.tabs]}}
nav: [index.md, About: about.md, {nav}: tags.md]
plugins:
  - blog:
      blog_dir: .
      post_url_format: "{{date}}/{{slug}}"
      post_url_date_format: yyyy/MM
      pagination_per_page: 8
  - tags
markdown_extensions:
  - footnotes
  - tables
  - attr_list
  - pymdownx.superfences
  - pymdownx.highlight: {{pygments_lang_class: true, anchor_linenums: true}}
extra: {{social: [{{icon: fontawesome/brands/mastodon, link: "https://social.example/", name: {share}}}]}}
"""


def material(folder: Path) -> Blog:
    tool("mkdocs")
    static = Static()
    write(folder / "mkdocs.yml", _CONFIG.format(url=static.site.url, title=TITLE, tagline=TAGLINE, **PARTS))
    authors = {
        key: {"name": name, "description": "Walker", "avatar": f"https://people.example/{key}.png"}
        for key, name in AUTHORS.items()
    }
    write(folder / "docs/.authors.yml", json.dumps({"authors": authors}))
    write(folder / "docs/index.md", "# Blog\n")
    write(folder / "docs/about.md", f"# About\n\n{ABOUT}\n")
    write(folder / "docs/tags.md", "# Tags\n\n<!-- material/tags -->\n")
    for post in (*POSTS, *DRAFTS):
        write(folder / f"docs/posts/{post.slug}.md", _source(post))
    write_pictures(folder / "docs/media")
    run(tool("mkdocs"), "build", "--quiet", cwd=folder)
    static.root = folder / "site"
    return Blog(static.site, {post.slug: _path(post) for post in POSTS}, EVERYTHING - {"instant"}, listed(8) + 4)


def _path(post: Told) -> str:
    return f"/{post.moment:%Y/%m}/{post.slug}/"


def _source(post: Told) -> str:
    front = {
        "date": f"{post.moment:%Y-%m-%d}",
        "authors": [post.author],
        "categories": [post.category],
        "tags": list(post.tags),
        "slug": post.slug,
        "draft": post.draft,
    }
    head = "\n".join(f"{name}: {value if name == 'date' else json.dumps(value)}" for name, value in front.items())
    addresses = {other.slug: f"{other.slug}.md" for other in POSTS}
    body = filled(post.body, addresses.__getitem__, "../media/{}".format)
    first, gap, rest = body.partition("\n\n")
    cut = f"{first}{gap}<!-- more -->\n\n{rest}" if rest else body
    return f"---\n{head}\n---\n\n# {post.title}\n\n{cut}\n"
