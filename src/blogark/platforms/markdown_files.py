"""A blog that is Markdown already: the folder, or a zip, of Jekyll, Hugo, Hexo, Eleventy, Astro and others.

Front matter becomes the post's fields; the body is rendered and written again as Markdown, so that its pictures and
links are found like those of any other post.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from .. import parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import DIRECTORY, Web
from . import _columns, _export, _front_matter, _markdown

post = _export.post
_FILE = re.compile(r"\.(?:md|markdown|mdown|mkd|mdx)$", re.I)
_DATED = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[-_](.+)")
_SITE = re.compile(r"(?m)^(?:(?:.*/)?(?:_posts|_drafts|content|_config\.yml|hugo\.(?:toml|yaml)|config\.toml)(?:/|$))")
_NO_POST = re.compile(r"(?:^|/)(?:readme|changelog|license|contributing|code_of_conduct|_index|index\.\w\w)\.", re.I)
_HTML_POST = re.compile(r"(?:^|/)(?:_(?:posts|drafts)/.*|\d{4}-\d\d?-\d\d?-[^/]*)\.html?$", re.I)
_CONFIG = re.compile(r"/(?:_config\.ya?ml|(?:hugo|config)\.(?:toml|ya?ml))$")
_LAYOUTS = re.compile(r"(?:^|/)(?:node_modules|_layouts|_includes|_site|themes|layouts|archetypes|vendor|public)/")
_KNOWN = frozenset(
    "title author authors date updated lastmod last_modified_at modified slug permalink url link source summary "
    "excerpt description categories category tags keywords tag draft published lang language locale cover image "
    "thumbnail featured_image layout type aliases weight id".split()
)


def claims(page: Page) -> Claim:
    if page.kind != DIRECTORY:
        return Claim.NO
    names = parse.text(page).split("\n")
    files = [name for name in names if _is_post(name)]
    pages = sum(name.lower().endswith((".html", ".htm")) and not _HTML_POST.search(name) for name in names)
    mine = not _columns.table(names) and (len(files) > pages or (files and any(_SITE.match(name) for name in names)))
    return Claim.EXPORT if mine else Claim.NO


def _is_post(name: str) -> bool:
    known = _FILE.search(name) or _HTML_POST.search(name)
    return bool(known and not _NO_POST.search(name) and not _LAYOUTS.search(name))


def home(page: Page, web: Web) -> str:
    """The site's address, as its configuration says; '' where it does not."""
    for each in _export.whole(filter(_CONFIG.search, web.urls()), web, []):
        text = parse.text(each)
        if found := re.search(r"(?mi)^(?:base)?url\s*[:=]\s*[\"']?(https?://[^\"'\s#]+)", text):
            base = re.search(r"(?m)^baseurl\s*:\s*[\"']?(/[^\"'\s#]*)", text)
            return found[1].rstrip("/") + (base[1] if base else "").rstrip("/") + "/"
    return ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    root, places, lost = home(page, web), list[tuple[str, str]](), list[FetchError]()
    files = [url for url in web.urls() if _is_post(urls.path(url).lstrip("/"))]
    if not files:
        raise ReadError(page.at, "no post is in this folder")
    for each in _export.whole(files, web, lost):
        told, _ = _front_matter.split(parse.text(each))
        places.append((_export.sortable(_published(told, urls.path(each.url))), each.url))
    for _, url in sorted(places, reverse=True):
        yield _export.entry(_post(web.get(url), root))
    _export.tell(lost)


def _published(told: Mapping[str, Any], path: str) -> Any:
    if found := _front_matter.moment(told.get("date") or told.get("published_at") or told.get("pubdate")):
        return found
    dated = _DATED.match(PurePosixPath(path).name)
    try:
        return date(*map(int, dated.groups()[:3])) if dated else None
    except ValueError:
        return None


def _post(page: Page, root: str) -> Post:
    told, body = _front_matter.split(parse.text(page))
    path = PurePosixPath(urls.path(page.url))
    stem = path.parent.name if path.stem == "index" else path.stem
    dated = _DATED.match(stem)
    slug = _front_matter.said(told, "slug") or (dated[4] if dated else stem)
    hidden = told.get("published") is False or str(told.get("published", "")).lower() == "false"
    words = "_posts" in path.parts or "date" in told or dated or "_drafts" in path.parts
    return Post(
        id=str(path).lstrip("/"),
        url=_address(told, root, page),
        slug=slug,
        title=_front_matter.said(told, "title") or ("" if told else _heading(body)),
        html=body if _HTML_POST.search(page.url) else _markdown.html(body),
        summary=_front_matter.said(told, "summary", "excerpt", "description"),
        author=_front_matter.people(told.get("author") or told.get("authors")),
        published=_published(told, str(path.with_name(f"{stem}.md"))),
        updated=_front_matter.moment(_front_matter.said(told, "updated", "lastmod", "last_modified_at", "modified")),
        categories=_front_matter.filed(told, "category", "categories"),
        tags=_front_matter.filed(told, "tag", "tags") or _front_matter.names(told.get("keywords")),
        kind="post" if words else "page",
        draft=told.get("draft") is True or hidden or "_drafts" in path.parts,
        lang=_front_matter.said(told, "lang", "language", "locale"),
        cover=urls.join(page.url, cover) if (cover := _front_matter.cover(told)) else "",
        extra={k: str(v) for k, v in told.items() if k not in _KNOWN and isinstance(v, str | int | float) and v != ""},
    )


def _address(told: Mapping[str, Any], root: str, page: Page) -> str:
    """The permalink, where the front matter says it; a rule for permalinks in the configuration is not followed."""
    own = _front_matter.said(told, "source", "canonical_url", "permalink", "url")
    if own.startswith(("http://", "https://")):
        return own
    return f"{root.rstrip('/')}{own}" if root and own.startswith("/") and ":" not in own else page.url


def _heading(body: str) -> str:
    found = re.match(r"\s*#\s+(.+)", body)
    return found[1].strip(" #") if found else ""
