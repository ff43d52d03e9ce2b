"""What in a stretch of a page is the body, and what the lines around it say."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from .. import dates, parse, urls
from ..dates import Printed
from ..parse import Element
from . import _byline, _lines, _marks, _words
from ._blocks import Block, squash, without_line

_LONGEST = 240  # characters of a line beside a body
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif)(?:$|\?)", re.I)
_AUTHOR = re.compile(r"(?:^|[\s_-])(?:authors?|byline|writer)(?:$|[\s_-])", re.I)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LATE = 4  # blocks among which a byline is looked for
_SAID = 8  # characters that a label may say beside the words that make it one
_SHORT = 60  # characters of a line that says the same at several posts


@dataclass(slots=True)
class Found:
    """What the lines around a body said, the first of each kind."""

    url: str = ""  # the post's own address: a link to it is a "read more" link
    base: str = ""  # of relative links
    lang: str = ""
    inside: bool = False  # looking within what is marked as the body: names and dates there are the author's words
    told: str = ""  # the author by JSON-LD
    byline: str = ""  # the author by a meta element, which may be the site
    repeated: frozenset[str] = frozenset()  # marks of lines that stand at other posts of the page too
    author: str = ""
    placed: str = ""  # a name in what is marked as the author's place
    printed: Printed | None = None
    changed: Printed | None = None
    count: int | None = None
    counted: bool = False
    tags: tuple[str, ...] = ()
    more: bool = False
    loose: list[str] = field(default_factory=list)  # what might be a name

    @property
    def guessed(self) -> tuple[str, ...]:
        """Who may have written, likeliest first."""
        return (self.placed, self.byline, *self.loose)

    def take(self, block: Block) -> bool:
        """Whether the block belongs around a body, not to it; what it says is noted."""
        if block.empty or block.element.tag == "hr":
            return True
        if any(rule(block) for rule in _BESIDE):
            self._count(_byline.read(block.text, self.lang))
            return True
        if self._is_more(block):
            self.more = True
            return True
        if self._leads_up(block) or self._is_author(block):
            return True
        if tags := _byline.labels(block):
            self.tags = self.tags or tags
            return True
        if len(block.text) > _LONGEST:
            return False
        if len(block.links) == 1 and _lines.leads_to_comments(block.links[0]) and block.linked >= len(block.text) - 6:
            self._take_line(block.text, block)
            return True
        return self._take_line(block.text, block) or self._take_lines(block) or self._is_template(block)

    def _is_more(self, block: Block) -> bool:
        """One link to the post's own page, not named after its title, its date or its comments."""
        if not block.text or len(block.links) != 1 or block.linked < len(block.text) - 6 or len(block.text) > 120:
            return False
        href = urls.join(self.base, block.links[0].get("href", ""))
        if _byline.is_more(block):
            return True
        if _lines.leads_to_comments(block.links[0]):
            return False
        named = _byline.read(block.text, self.lang).says or _words.of("share").search(block.text)
        return bool(self.url) and urls.key(href) == urls.key(self.url) and not named

    def _is_author(self, block: Block) -> bool:
        """Whether it is a name alone, in what is marked as the author's place."""
        near = (block.element, *islice(block.element.iterancestors(), 2))
        if self.inside or len(block.text) > _SHORT or not any(_AUTHOR.search(e.get("class", "")) for e in near):
            return False
        if not _byline.is_written_like_a_name(block.text):
            return False
        self.placed = self.placed or block.text
        return True

    def is_card(self, block: Block) -> bool:
        """Whether it is part of a link to another page of the blog, as the posts related to this one are shown."""
        href = urls.join(self.base, block.links[0].get("href", "")) if block.is_card else ""
        return bool(block.text and href) and urls.domain(href) == urls.domain(self.base) and not _PICTURE.search(href)

    def _leads_up(self, block: Block) -> bool:
        """Whether it is one link to a list above the post: "Back to the index"."""
        if len(block.links) != 1 or block.linked < len(block.text) - 4 or not 0 < len(block.text) <= _SHORT:
            return False
        href, own = urls.join(self.base, block.links[0].get("href", "")), urls.key(self.url or self.base)
        return urls.is_web(href) and own.startswith(f"{urls.key(href)}/")

    def _take_lines(self, block: Block) -> bool:
        """Whether each of its lines is one of those; labels may stand on the last."""
        if len(block.lines) < 2:
            return False
        taken = [self._take_line(line, block) or self._take_labels(line, block) for line in block.lines]
        return all(taken)

    def _take_labels(self, line: str, block: Block) -> bool:
        found = _words.of("labels").match(line)
        tags = [name for a in block.links if (name := parse.words(a)) in line] if found else []
        self.tags = self.tags or tuple(dict.fromkeys(tags))
        return bool(tags)

    def _take_line(self, text: str, block: Block) -> bool:
        line = _byline.read(text, self.lang)
        if self.inside and (line.author or line.printed or line.rest):
            return False
        changed = line.updated and (line.printed is not None) and (self.printed is not None)
        news = (
            line.printed and not (self.changed if changed else self.printed),
            line.author and not self.author,
            line.counted and not self.counted,
        )
        named = len(line.rest) <= 2 and all(map(_byline.is_name, line.rest)) and sum(map(len, line.rest)) <= 60
        if not any(news) or not (named or _is_row(text, line)):
            return False
        self.author = self.author or _byline.as_marked(line.author, block)
        if changed:
            self.changed = line.printed
        else:
            self.printed = self.printed or line.printed
        self._count(line)
        if line.printed or line.count is not None:
            names = (
                _byline.as_marked(_byline.trim(each), block) for each in line.rest if not _lines.files(each, block)
            )
            self.loose += filter(_byline.might_be_author, names)
        return True

    def has_taken(self, text: str) -> bool:
        """Whether the line is a byline, and the one that was read."""
        line = _byline.read(text, self.lang)
        dated = line.printed is not None and self.printed is not None and line.printed.day == self.printed.day
        return not line.rest and (dated or (line.author != "" and line.author == self.author))

    def _count(self, line: _byline.Byline) -> None:
        if line.counted and not self.counted:
            self.count, self.counted = line.count, True

    def is_head(self, block: Block) -> bool:
        """Whether other posts of the page begin with this line too; a name may be in it."""
        if block.links or len(block.text) > _SHORT or mark(block) not in self.repeated:
            return False
        self.loose += filter(_byline.is_written_like_a_name, _byline.read(block.text, self.lang).rest)
        return True

    def _is_template(self, block: Block) -> bool:
        """A line that other posts of the page have too, and that only leads elsewhere."""
        return bool(block.links) and mark(block) in self.repeated and _leads_elsewhere(block, self)


_BESIDE = (_byline.is_share, _byline.is_pager, _byline.is_related)
is_pager = _byline.is_pager


def _is_row(text: str, line: _byline.Byline) -> bool:
    """Whether a line is short words set apart by signs, a date or a count among them: what else it says may be odd."""
    apart = re.search(r"[|·•∙⋅/・–—]|\s-\s", text)
    short = len(text) <= 100 and len(line.rest) <= 3 and all(len(rest.split()) <= 3 for rest in line.rest)
    return bool(apart) and short and (line.printed is not None or line.count is not None)


def mark(block: Block) -> str:
    """What a line has in common with its like at other posts: its words outside links, else its links' words."""
    outside = block.text
    for a in block.links:
        outside = outside.replace(parse.words(a), "", 1)
    return squash(outside) or squash(block.text)


def repeated(posts: Iterable[Sequence[Block]]) -> frozenset[str]:
    """The marks of lines that stand at half of the posts, and at two at least."""
    every = list(posts)
    counts = Counter(m for blocks in every for m in {mark(b) for b in blocks if len(b.text) <= _LONGEST} if m)
    return frozenset(m for m, count in counts.items() if count >= max(2, len(every) / 2))


def _leads_elsewhere(block: Block, found: Found) -> bool:
    """ "Label: other posts", or a row of links that is the same at every post."""
    outside = len(block.text) - block.linked
    if outside > 40:
        return False
    hrefs = [urls.join(found.base, a.get("href", "")) for a in block.links]
    inside = all(
        urls.domain(href) == urls.domain(found.base) and urls.key(href) != urls.key(found.url) for href in hrefs
    )
    return (inside and outside > 2) or (len(hrefs) > 1 and outside <= 2 * len(hrefs))


def between(every: list[Block], title: str, found: Found) -> list[Block]:
    """The blocks between byline and footer."""
    every = every[_after_title(every, title, found) :]
    about = [block for block in every if _marks.is_about(block.element)]
    for block in about:
        found.take(block)
    every = [block for block in every if block not in about]
    end = next((n for n, block in enumerate(every) if n and _ends(block)), len(every))
    kept = [block for block in every[:end] if not _marks.is_chrome(block.element)]
    while kept and (squash(kept[0].text) == squash(title) != "" or found.take(kept[0])):
        kept.pop(0)
    kept = trimmed(_without_late_lines(kept, found), found)
    while len(kept) > 1 and found.is_head(kept[0]):
        kept.pop(0)
    for block in every[end:]:
        found.take(block)
    return _unlined(kept, title, found)


def _without_late_lines(kept: list[Block], found: Found) -> list[Block]:
    """Without a byline that stands below the words which introduce the post, and is nothing else."""
    for place, block in enumerate(kept[1:_LATE], 1):
        line = _byline.read(block.text, found.lang)
        if len(block.text) <= _SHORT and not line.rest and line.says and found.take(block):
            return [*kept[:place], *kept[place + 1 :]]
    return kept


def _unlined(kept: list[Block], title: str, found: Found) -> list[Block]:
    """Without title and byline where only line breaks part them from the body."""
    if kept and title and len(kept[0].lines) > 1 and squash(kept[0].lines[0]) == squash(title):
        kept[0] = without_line(kept[0], 0)
    if kept and len(kept[-1].lines) > 1 and found.has_taken(kept[-1].lines[-1]):
        kept[-1] = without_line(kept[-1], -1)
    return kept


def _after_title(every: list[Block], title: str, found: Found) -> int:
    after = 0
    for number, block in enumerate(every[:12]):
        if after and len(block.text) > _LONGEST:
            break
        if title and squash(block.text) == squash(title):
            for before in every[after:number]:
                found.take(before)
            after = number + 1
    return after


def trimmed(kept: list[Block], found: Found) -> list[Block]:
    """Without the lines below a body; a "read more" at the end of its last line is taken off."""
    while kept and (found.take(kept[-1]) or found.is_card(kept[-1]) or _lines.is_bio(kept[-1])):
        if found.is_card(kept.pop()) and kept and kept[-1].element.tag in _HEADINGS:
            kept.pop()
    if kept and (a := _inline_more(kept[-1], found)) is not None:
        found.more = True
        parse.drop(a)
        kept[-1] = Block(kept[-1].element)
        return kept if not kept[-1].empty else kept[:-1]
    return kept


def _inline_more(block: Block, found: Found) -> Element | None:
    last = block.links[-1] if block.links else None
    if last is None or not block.text.rstrip(" .…»>)]").endswith(parse.words(last).rstrip(" .…»>→)]")):
        return None
    href, said = urls.join(found.base, last.get("href", "")), parse.words(last)
    own = bool(found.url) and urls.key(href) == urls.key(found.url)
    return last if (own or "#more" in href) and len(said) < 60 and _words.of("more").search(said) else None


def _ends(block: Block) -> bool:
    """Whether the post is over here: its comments or related posts begin."""
    label = _words.of("related").match(block.text)
    if label and len(block.text) - label.end() < _SAID and not block.links:
        return True
    if block.element.tag not in {"h2", "h3", "h4", "h5", "h6"}:
        return False
    counted = dates.count(block.text)
    return counted is not None and len(block.text) - (counted.end - counted.start) < 12
