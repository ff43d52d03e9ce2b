"""What the lines around a post say of it: who, when, how many comments, under which labels."""

import re
from dataclasses import dataclass, replace
from functools import cache
from operator import or_

from .. import dates, parse
from ..dates import Printed
from . import _words
from ._blocks import Block

_LONGEST = 240  # characters of a line that still is a byline
_CLOCK = re.compile(
    r"(?:오전|오후|午前|午後|上午|下午|kl\.?|um|à)?\s*\b\d{1,2}\s?(?:[:.]\s?\d{2}){1,2}\b(?:\s*(?:[ap]\.?\s?m\b\.?|uhr|h\b|ص|م))?"
    r"|\b\d{1,3}\s*(?:min(?:ute)?s?|분|分)\b(?:\s*(?:read|reading|de lecture|lesezeit|lettura|de lectura))?"
    r"|\b\d{1,2}\s?h\s?\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b\.?",
    re.I,
)
_CUT = "\x1f"  # stands where a date, a time or a count was
_SEPARATORS = re.compile(
    r"[|·•∙⋅●○◆■▪–—―/»«›‹→←↑@\n\x1f()（）\[\]【】<>‖¦~･]+|(?<![ァ-ヺー])・|・(?![ァ-ヺー])|\s-\s|,\s+(?=\x1f)"
)
_AGO = re.compile(
    r"\b(?:\d+|an?|one)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b|,\s*(?:yesterday|today)\s*$"
    r"|\d+\s*(?:초|분|시간|일|주|개월|달|년)\s*전|\d+\s*(?:秒|分|時間|小时|小時|日|天|週間|周|[かヶ个個]月|年)前"
    r"|\b(?:vor|il y a|hace|há)\s+\d+\s+\w+|\b\d+\s+\w+\s+(?:fa|назад|temu|siden|sedan|geleden)\b",
    re.I,
)
_UPDATED = re.compile(
    r"updated?|modified|edited|수정|更新|修改|aktualisiert|mis à jour|actualizado|atualizado|aggiornato|обновлено"
    r"|изменено",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_INITIALS = re.compile(r"(?:^|[\s.])\w\.\w$|^\w$")
_TITLED = r"(?<!\b\w)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bMrs)(?<!\bProf)"  # not the end of a sentence
_NOT_A_NAME = re.compile(rf"https?:|www\.|[?!;:]|{_TITLED}\.\s+\S+\s+\S+|\d{{3,}}")
_NO_TOLD_NAME = re.compile(rf"https?:|www\.|[?;:]|!.|{_TITLED}\.\s+\S+\s+\S+|(?<!\w)\d{{3,}}")  # john1985 is one


@dataclass(frozen=True, slots=True)
class Byline:
    author: str = ""
    printed: Printed | None = None
    count: int | None = None
    counted: bool = False  # speaks of comments, with or without a number
    updated: bool = False  # the date is that of a change
    rest: tuple[str, ...] = ()  # what none of these explains

    @property
    def says(self) -> bool:
        return bool(self.author or self.printed or self.counted)


def read(text: str, lang: str = "") -> Byline:
    """The byline in a line of text; `rest` is empty when it is nothing but one."""
    if len(text) > _LONGEST:
        return Byline(rest=(text,))
    printed = _after_name(text, dates.find(text, lang), lang)
    line = _without(text, printed)
    counted = dates.count(line, lang)
    line = _CLOCK.sub(_CUT, _measures().sub(_CUT, _AGO.sub(_CUT, _without(line, counted))))
    author, rest = _who(line)
    number = counted.number if counted else None
    return Byline(author, printed, number, counted is not None, bool(_UPDATED.search(text)), rest)


def _after_name(text: str, printed: Printed | None, lang: str) -> Printed | None:
    """The date without the name of a month that is a person's: "by April on June 3, 2012"."""
    by = _words.of("by").search(text[: printed.start]) if printed else None
    name = re.match(r"[^\W\d]+\s+", text[printed.start :]) if printed else None
    if not (printed and by and name and by.end() == printed.start):
        return printed
    start = printed.start + name.end()
    later = dates.find(text[start:], lang)
    return replace(later, start=later.start + start, end=later.end + start) if later else printed


def _without(text: str, found: Printed | dates.Count | None) -> str:
    return f"{text[: found.start]}{_CUT}{text[found.end :]}" if found else text


def _who(line: str) -> tuple[str, tuple[str, ...]]:
    """The name that a "by" introduces, and the parts that nothing explains."""
    author, rest = "", []
    rule = _NO_TOLD_NAME if _CUT in line else _NOT_A_NAME  # what stands beside a date is no sentence
    for part in _SEPARATORS.split(line):
        label = _words.of("labels").search(part)
        part = (part[: label.start()] if label else part).strip(" \t,.:;：*#-_+=\"'|")
        by = _words.of("by").search(part)
        if by and not author and _is_fill(part[: by.start()]) and is_name(name := trim(part[by.end() :]), rule):
            author = name
        elif not _is_fill(part) and not _words.of("share").fullmatch(part):
            rest.append(part)
    return author, tuple(rest)


def trim(name: str) -> str:
    """A name without the words that led to the date behind it, or closed the sentence; "J.R." keeps its dot."""
    whole = name
    while (cut := _tail().sub("", name).strip(" ,.:;")) != name.strip():
        name = cut
    return f"{name}." if f"{name}." in whole and _INITIALS.search(name) else name


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_words.of('fill').pattern}|,)\s*[:：]?$", re.I)


def _is_fill(part: str) -> bool:
    return not _LETTER.search(_UPDATED.sub("", _words.of("fill").sub("", part)))


@cache
def _measures() -> re.Pattern[str]:
    """ "1,234 views", "조회 123", "TrackBack (0)"."""
    words, figure = _words.of("measures").pattern, r"\d[\d.,]*"
    return re.compile(rf"(?<!\w){figure}\s*k?\s*{words}(?!\w)|(?<!\w){words}\s*[:：(]?\s*{figure}\s*[)회次]?", re.I)


def is_name(text: str, rule: re.Pattern[str] = _NOT_A_NAME) -> bool:
    """Whether this could be what a person or a team is called."""
    return 0 < len(text) <= 60 and len(text.split()) <= 6 and bool(_LETTER.search(text)) and not rule.search(text)


def might_be_author(text: str) -> bool:
    """Whether what nothing explains could be who wrote: a name, and not the beginning of something else."""
    said = f"{text} "
    other = _words.of("beside").match(said) or _words.of("by").match(said) or _words.of("labels").match(text)
    measure = _words.of("measures").fullmatch(text)
    return is_name(text) and not (other or measure or re.search(r"\d\s", said))


def is_written_like_a_name(text: str) -> bool:
    """Whether no word but a short one inside begins small: "Ann van Dyk", not "The concert is on"."""
    parts = text.split()
    ends = (parts[0], parts[-1]) if parts else ()
    return bool(ends) and len(parts) <= 4 and all(not part[0].islower() for part in ends) and might_be_author(text)


def as_marked(name: str, block: Block) -> str:
    """A name no longer than the link or the bold words that it begins with: "Uwe in Moped" is Uwe."""
    for e in block.element.iter("a", "b", "strong", "em", "span"):
        if (said := parse.words(e)) and name.startswith(f"{said} ") and is_name(said):
            return said
    return name


def says_more(text: str) -> bool:
    """Whether a link's text is that of a "read more" link."""
    found = _words.of("more").search(text[:_LONGEST])
    if found is None:
        return False
    return len(found[0]) >= 0.6 * len(text) or (found.start() == 0 and " " in found[0])  # Continue reading "Its title"


def is_more(block: Block) -> bool:
    """Whether the block is a "read more" link and nothing else."""
    short = 0 < len(block.text) <= 60 and block.linked >= len(block.text) - 4
    found = _words.of("more").search(block.text) if short else None
    return found is not None and len(block.text) < 2.5 * len(found[0]) + 8


_SHARING = re.compile(
    r"#?$|javascript:|mailto:|.*(?:[?&/_-]share[\w-]*(?:[?&/=.]|$)|sharer|intent/tweet|pin/create|submit\?url|bookmarklet"
    r"|email-?post|/print/?$)",
    re.I,
)
_BETWEEN = re.compile(r"[\W\d_]+|\bto\b|\bthis\b|에서|로|で|に")  # "share this to X", "X에서 공유"


def is_share(block: Block) -> bool:
    """Whether the block only offers to share, print or subscribe: by where its links go, else by its words."""
    if not block.text or len(block.text) > 400 or block.linked < len(block.text) / 3:
        return False
    hrefs = [a.get("href", "") for a in block.links]
    if all(map(_SHARING.match, hrefs)) and len(block.text) - block.linked <= 12 + 3 * len(hrefs):
        return True
    return len(_BETWEEN.sub("", _words.of("share").sub("", block.text))) <= len(block.text) // 8


def is_related(block: Block) -> bool:
    """Whether the block is a label such as "You might also like" and links to other posts."""
    found = _words.of("related").match(block.text)
    return found is not None and block.linked >= (len(block.text) - len(found[0])) / 2 and bool(block.links)


def labels(block: Block) -> tuple[str, ...]:
    """The labels that a line such as "Labels: a, b" links to; () for any other line."""
    found = _words.of("labels").match(block.text)
    links = [" ".join("".join(map(str, a.itertext())).split()) for a in block.element.iter("a")]
    first = block.text.find(parse.words(links_of[0])) if (links_of := block.links) else -1
    found = found or (_words.of("labels").fullmatch(block.text[:first].strip()) if first > 0 else None)  # "TAG a, b"
    if not found or not links or block.linked < (len(block.text) - found.end()) / 2:
        return ()
    return tuple(dict.fromkeys(filter(None, links)))


def is_pager(block: Block) -> bool:
    """Whether the block only leads to other pages of the blog."""
    if not block.text or len(block.text) > 300 or block.linked < len(block.text) / 2:
        return False
    leading = [leads_on(parse.words(a)) for a in block.links]
    sharing = [bool(_SHARING.match(a.get("href", ""))) for a in block.links]
    return any(leading) and all(map(or_, leading, sharing))


def leads_on(text: str) -> bool:
    """ "Older posts", "이전 글: its title »", "3", "Home": the words first, then nothing, a sign or a title."""
    bare = text.strip(" «»‹›<>←→|·•")
    if not bare or bare.isdigit() or is_home(bare):
        return True
    found = next(filter(None, (_words.of(table).match(bare) for table in ("older", "newer", "previous"))), None)
    return found is not None and (bare[found.end() :].lstrip()[:1] in {":", "："} or len(bare) <= found.end() + 8)


def is_home(text: str) -> bool:
    found = _words.of("home").search(text)
    return found is not None and not _LETTER.search(text[: found.start()] + text[found.end() :])
