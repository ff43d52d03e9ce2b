"""Medium's own export: a zip, or its folder, with a page in microformats for each post, draft and response."""

import re
from collections.abc import Iterator
from dataclasses import replace

from .. import dates, names, parse
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import DIRECTORY, Web
from . import _export

post = _export.post
_POST = re.compile(r"(?:^|/)posts/[^/]+\.html$")
_DATED = re.compile(r"(?:^|/)posts/(?:\d{4}-\d\d-\d\d|draft)_[^/]*\.html$", re.M)
_PROFILE = re.compile(r"(?:^|/)profile/profile\.html$", re.M)
_NUMBER = re.compile(r"-?([0-9a-f]{8,14})(?:\.html)?$")


def claims(page: Page) -> Claim:
    if page.kind != DIRECTORY:
        return Claim.NO
    listed = parse.text(page)
    return Claim.EXPORT if _DATED.search(listed) or (_PROFILE.search(listed) and "posts/" in listed) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The writer's own address, by the profile that comes along; '' where there is none."""
    for each in _export.whole(filter(_PROFILE.search, web.urls()), web, []):
        links = (a.get("href", "") for a in parse.tree(each).iter("a") if "u-url" in a.get("class", ""))
        return next((link for link in links if link.startswith("http")), "")
    return ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    found = sorted((url for url in web.urls() if _POST.search(url)), reverse=True)
    if not found:
        raise ReadError(page.at, "no post is in this export")
    seen: set[str] = set()
    for each in _export.sound(found, web):
        made = _post(each)
        if made.id in seen:  # a copy that was edited by hand
            made = replace(made, id=names.own_slug(each.url), url=each.url)
        seen.add(made.id)
        yield _export.entry(made)


def _post(page: Page) -> Post:
    tree = parse.tree(page)
    title = _words(tree, "p-name") or _title(tree)
    body = next((e for e in tree.iter("section") if e.get("data-field") == "body"), None)
    when = next((e.get("datetime", "") for e in _classed(tree, "dt-published")), "")
    canonical = next((e.get("href", "") for e in _classed(tree, "p-canonical")), "")
    url = canonical or _original(tree)
    number = _NUMBER.search(names.own_slug(url)) or _NUMBER.search(names.own_slug(page.url))
    return Post(
        id=number[1] if number else names.own_slug(page.url),
        url=url or page.url,
        slug=re.sub(r"-[0-9a-f]{8,14}$", "", names.own_slug(url)) if url and "/p/" not in url else "",
        title=title,
        html=_body(body, title) if body is not None else "",
        summary=_words(tree, "p-summary"),
        author=_words(tree, "p-author"),
        published=dates.machine(when),
        tags=tuple(dict.fromkeys(parse.words(e) for e in _classed(tree, "p-tag"))),
        draft=not (when or canonical) or "/draft_" in page.url,
    )


def _classed(tree: Element, name: str) -> Iterator[Element]:
    return (e for e in tree.iter() if name in e.get("class", "").split())


def _words(tree: Element, name: str) -> str:
    return next((parse.words(e) for e in _classed(tree, name)), "")


def _title(tree: Element) -> str:
    return next((parse.words(e) for e in tree.iter("title")), "")


def _original(tree: Element) -> str:
    """Where a draft is: its footer links there."""
    links = (a.get("href", "") for footer in tree.iter("footer") for a in footer.iter("a"))
    return next((link for link in links if "/p/" in link), "")


def _body(body: Element, title: str) -> str:
    """The body without the line above its first section and without its own copy of the title."""
    first = next(iter(body.iter("hr")), None)
    if first is not None and "section-divider" in first.get("class", ""):
        parse.drop(first)
    for e in [e for e in body.iter("h1", "h2", "h3") if "graf--title" in e.get("class", "")][:1]:
        if parse.words(e) == title:
            parse.drop(e)
    return parse.html(body, inner=True).strip()
