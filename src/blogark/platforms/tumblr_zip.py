"""Tumblr's own export: a zip, or its folder, with posts/html/NUMBER.html, posts/posts.xml and media/.

Where the XML is there its posts are read, which know types, tags and moments; else the pages.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape

from .. import dates, names, parse
from ..errors import ReadError
from ..model import Claim, Entry, Page, Post
from ..parse import Element
from ..web import DIRECTORY, Web
from . import _api, _export, _fragments

post = _export.post
_SIGN = re.compile(rb"<tumblr\s[^>]*version=|<posts>\s*<post\s[^>]*\bunix-timestamp=")
_PAGE = re.compile(r"(?:^|/)posts/html/(\d{5,})\.html$", re.M)
_TABLE = re.compile(r"(?:^|/)posts\.xml$", re.M)
_WHEN = re.compile(rb"<post\b[^>]*\bunix-timestamp=[\"'](\d+)")
_TITLES = ("regular-title", "link-text", "conversation-title")
_TEXTS = "regular-body photo-caption quote-source link-description video-caption audio-caption answer".split()


def claims(page: Page) -> Claim:
    if page.kind == DIRECTORY:
        return Claim.EXPORT if _PAGE.search(parse.text(page)) else Claim.NO
    return Claim.EXPORT if _SIGN.search(page.body[:65536]) and b"<post " in page.body else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    table = next((url for url in web.urls() if _TABLE.search(url)), "") if page.kind == DIRECTORY else page.url
    if table:
        files = {m[1]: url for url in web.urls() if (m := _PAGE.search(url))}
        for each, fault, place in _fragments.elements(web.get(table), web, "post", _WHEN):
            yield _export.entry(_of_xml(each, page, web, files), fault, place)
        return
    found = sorted((url for url in web.urls() if _PAGE.search(url)), reverse=True)
    if not found:
        raise ReadError(page.at, "no post is in this export")
    for file in _export.sound(found, web):
        yield _export.entry(_of_page(file))


def _of_xml(e: Element, page: Page, web: Web, files: Mapping[str, str]) -> Post:
    number, url = e.get("id", ""), e.get("url-with-slug") or e.get("url") or ""
    seconds = e.get("unix-timestamp", "")
    body = _body(e)
    if not body and number in files:
        body = _of_page(web.get(files[number])).html
    return Post(
        id=number,
        url=url if url.startswith("http") else _export.address(page, number),
        slug=e.get("slug") or _export.slug(url),
        title=_title(e),
        html=body,
        author=e.get("tumblelog", ""),
        published=_api.when(seconds),
        tags=tuple(dict.fromkeys(tag for each in e.iterchildren("tag") if (tag := (each.text or "").strip()))),
        draft=e.get("state", "published") in {"draft", "queued", "queue"},
        comment_count=None,
        extra={"status": "private"} if e.get("state") == "private" or e.get("private") == "true" else {},
    )


def _title(e: Element) -> str:
    return " ".join(next(filter(None, map(e.findtext, _TITLES)), "").split())


def _body(e: Element) -> str:
    """What a post of any of Tumblr's types shows."""
    told = {str(each.tag): each.text or "" for each in reversed(list(e)) if isinstance(each.tag, str)}
    photos = e.findall("photoset/photo") or ([e] if "photo-url" in told else [])
    shown = ((_largest(photo), photo.get("caption", "")) for photo in photos)
    parts = [f'<p><img src="{escape(url)}" alt="{escape(words)}"></p>' for url, words in shown if url]
    if url := told.get("link-url"):
        parts.append(f'<p><a href="{escape(url)}">{escape(told.get("link-text") or url, quote=False)}</a></p>')
    if quote := told.get("quote-text"):
        parts.append(f"<blockquote>{quote}</blockquote>")
    parts += [told[name] for name in ("video-player", "audio-player") if told.get(name)]
    if question := told.get("question"):
        parts.append(f"<blockquote>{question}</blockquote>")
    lines = e.findall("conversation/line")
    parts += [f"<p><strong>{escape(line.get('label', ''))}</strong> {escape(line.text or '')}</p>" for line in lines]
    return "\n".join([*parts, *(told[name] for name in _TEXTS if told.get(name))])


def _largest(photo: Element) -> str:
    found = [
        (dates.number(e.get("max-width", "")) or 0, (e.text or "").strip()) for e in photo.iterchildren("photo-url")
    ]
    return max(found, default=(0, ""))[1]


def _of_page(page: Page) -> Post:
    """One of the pages: the body, with a footer that holds the printed time and the tags."""
    tree = parse.tree(page)
    body = next((e for e in tree.iter("body")), tree)
    footer = next((e for e in body.iter() if e.get("id") == "footer" or e.tag == "footer"), None)
    tags = tuple(parse.words(e) for e in tree.iter() if "tag" in e.get("class", "").split())
    when = next((e.get("datetime", "") for e in tree.iter("time")), "")
    printed = parse.words(footer) if footer is not None else ""
    title = next((e for e in body.iter("h1")), None)
    name = parse.words(title) if title is not None else ""
    for e in (footer, title):
        if e is not None:
            parse.drop(e)
    found = dates.find(printed)
    return Post(
        id=names.own_slug(page.url),
        url=page.url,
        title=name,
        html=parse.html(body, inner=True).strip(),
        published=dates.machine(when) or (found.day if found else None),
        tags=tags,
    )
