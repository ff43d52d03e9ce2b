"""An entry of a feed as Atom tells it (RFC 4287), whichever way it was written."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_LONGEST = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Atom:
    """One <entry> or <feed>, whichever way it was written."""

    values: Mapping[str, str]  # text by Atom's name; of content and summary HTML
    links: tuple[Mapping[str, str], ...]
    categories: tuple[Mapping[str, str], ...]
    author: str = ""
    answers: str = ""  # id of what it replies to (RFC 4685)
    base: str = ""  # what its addresses are relative to, where it says so

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()

    @property
    def identity(self) -> str:
        """Its id, else what tells it from others."""
        return self.text("id") or self.link("alternate") + self.text("published") + self.text("title")

    def link(self, rel: str, kind: str = "") -> str:
        """The address of the first link of that relation (and media type)."""
        found = (link for link in self.links if link.get("rel", "alternate") == rel)
        return next((link.get("href", "") for link in found if not kind or link.get("type", kind) == kind), "")


def paragraphs(text: str) -> str:
    """Plain text as HTML: a blank line parts paragraphs, a line break lines."""
    blocks = re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").strip())
    return "\n".join(f"<p>{html.escape(block, quote=False)}</p>".replace("\n", "<br>") for block in blocks if block)


def listed(names: Iterable[str]) -> str:
    """Names one after another, of "mail (Name)" and "Name <mail>" the name; '' where there are only addresses."""
    known = (re.sub(r"^\S+@\S+\s*\((.+)\)$|\s*<\S*@\S*>$", r"\1", " ".join(name[:_LONGEST].split())) for name in names)
    return ", ".join(dict.fromkeys(html.unescape(n) for n in known if n and not re.fullmatch(r"\S+@\S+", n)))


def plain_title(text: str) -> str:
    """A title as text: feeds escape it once more, or put tags into it, as they please."""
    bare = re.sub(r"</?(?:b|i|em|strong|span|font|sup|sub|br|u|a)\b[^<>]*>", "", text) if "<" in text else text
    return " ".join(html.unescape(bare).split())
