"""Bodies of Tumblr's kinds of posts, as its first interface tells them (api/read)."""

import re
from collections.abc import Callable
from html import escape

from . import _api
from ._api import Record


def body(told: Record) -> str:
    """The post as HTML."""
    read = _KINDS.get(_api.text(told.get("type")))
    return read(told) if read else _said(told, "regular-body")


def _said(told: Record, *names: str) -> str:
    return "".join(str(told.get(name) or "") for name in names)


def _photos(told: Record) -> str:
    each = _api.records(told, "photos") or [told]
    found = ((_largest(photo), _api.text(photo.get("caption"))) for photo in each)
    shown = "".join(f'<p><img src="{escape(url)}" alt="{escape(said)}"></p>' for url, said in found if url)
    return shown + _said(told, "photo-caption")


def _largest(photo: Record) -> str:
    sizes = {int(name[10:]): _api.text(url) for name, url in photo.items() if re.fullmatch(r"photo-url-\d+", name)}
    return sizes[max(sizes)] if sizes else ""


def _link(told: Record) -> str:
    url = escape(_api.text(told.get("link-url")))
    return f'<p><a href="{url}">{_said(told, "link-text") or url}</a></p>{_said(told, "link-description")}'


def _talk(told: Record) -> str:
    said = _api.records(told, "conversation")
    lines = ([escape(_api.text(each.get(name))) for name in ("label", "phrase")] for each in said)
    return "".join(f"<p><b>{who}</b> {what}</p>" for who, what in lines)


_KINDS: dict[str, Callable[[Record], str]] = {
    "photo": _photos,
    "link": _link,
    "conversation": _talk,
    "quote": lambda told: f"<blockquote>{_said(told, 'quote-text')}</blockquote><p>{_said(told, 'quote-source')}</p>",
    "answer": lambda told: f"<blockquote>{_said(told, 'question')}</blockquote>{_said(told, 'answer')}",
    "video": lambda told: _said(told, "video-player", "video-caption"),
    "audio": lambda told: _said(told, "audio-player", "audio-caption"),
}
