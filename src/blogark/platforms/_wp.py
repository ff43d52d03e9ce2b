"""What WordPress's two interfaces, wp/v2 and WordPress.com's v1.1, have in common: pure readers of their JSON."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from .. import parse
from ..errors import ReadError
from ..model import Comment, Entry, Page
from ._item import Item

Record = Mapping[str, Any]
_FARTHEST = timedelta(hours=14)  # that any clock is from UTC
_BREAK = timedelta(minutes=15)  # offsets are multiples of it
_MACHINE_MADE = re.compile(
    r"\[?(?:…|\.\.\.)\]?(?:\s*(?:Continue reading|Read more|More|Weiterlesen|Lire la suite).*)?$", re.I
)
# The category of posts that have none, in the languages of WordPress: its number 1, which may be renamed.
_NONE = frozenset(
    "uncategorized|uncategorised|unkategorisiert|nicht kategorisiert|non classé|non classifié(e)|sin categoría"
    "|sin categorizar|sin clasificar|senza categoria|sem categoria|sense categoria|sen categoría|geen categorie"
    "|niet gecategoriseerd|미분류|未分類|未分类|без рубрики|без категории|без категорії|без категория|bez kategorii"
    "|bez kategorie|nezařazené|nezaradené|kategorilenmemiş|okategoriserade|okategoriserad|ikke kategoriseret"
    "|ukategoriseret|ukategorisert|luokittelematon|kategorizálatlan|fără categorie|necategorisit|χωρίς κατηγορία"
    "|ללא קטגוריה|غير مصنف|دسته‌بندی نشده|ไม่มีหมวดหมู่|chưa phân loại|không phân loại|tak berkategori"
    "|nekategorizirano|некатегоризовано|be kategorijos|määratlemata|sailkatu gabea".split("|")
)
_NONE_IF_FIRST = frozenset("allgemein|genel|yleinen|egyéb|כללי|general|algemeen|umum|загальне".split("|"))


def asks_password(html: str) -> bool:
    """Whether the form that asks for a password stands where the body of a post should."""
    return "action=postpass" in html


def record(value: Any) -> Record:
    return value if isinstance(value, dict) else {}


def records(value: Any) -> list[Record]:
    """The objects in a list: servers and their plugins send what they like."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def listed(page: Page) -> list[Record]:
    """The numbered objects that an answer lists; ReadError for anything else."""
    data = parse.json(page)
    if not isinstance(data, list):
        raise ReadError(page.url, "is no list")
    return [each for each in records(data) if isinstance(each.get("id"), int)]


def text(value: Any) -> str:
    return parse.clean(value).strip() if isinstance(value, str) else ""


def number(value: Any) -> int:
    """A whole number however it is written, 0 for none."""
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0


def plain(source: Any) -> str:
    """A title or name as text: entities and tags undone."""
    said = text(source)
    if "<" in said or "&" in said:
        said = html.unescape(re.sub(r"<[a-zA-Z/!][^>]*>", "", said))
    return " ".join(said.split())


def summary(excerpt: str, body: str) -> str:
    """What the author wrote as summary; '' for the body's own beginning."""
    if not excerpt.strip():
        return ""
    told = plain(re.sub(r"</p>", " ", excerpt))
    return "" if _MACHINE_MADE.search(told) or plain(body[:2000]).startswith(told[:80]) else told


def is_no_category(term: Record) -> bool:
    name = plain(term.get("name")).casefold()
    first = (term.get("id") or term.get("ID")) == 1
    return term.get("slug") == "uncategorized" or name in _NONE or (first and name in _NONE_IF_FIRST)


def told(names: Sequence[str]) -> tuple[str, ...]:
    """Without the category of posts that have none: feeds and pages tell categories and tags alike."""
    return tuple(name for name in names if not is_no_category({"name": name}))


def paths(terms: Sequence[Record], key: str = "id") -> dict[int, str]:
    """Categories by number as paths of those they lie within, "Travel/Japan"; '' for the one that is none."""
    known = {number(term.get(key)): term for term in terms}
    return {n: "" if is_no_category(term) else "/".join(_path(n, known)) for n, term in known.items()}


def _path(n: int, known: Mapping[int, Record]) -> list[str]:
    names: list[str] = []
    seen: set[int] = set()
    while n in known and n not in seen:
        seen.add(n)
        names.insert(0, plain(known[n].get("name")))
        n = number(known[n].get("parent"))
    return names


def naive(value: Any) -> datetime | None:
    if not (said := text(value)):
        return None
    try:
        moment = datetime.fromisoformat(said).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
    return moment if moment.year >= 1970 else None


def between(wall: datetime | None, universal: datetime | None) -> timedelta | None:
    """The offset that two clocks of one moment tell, None where they cannot both be right."""
    offset = wall - universal if wall and universal else None
    return offset if offset is not None and abs(offset) <= _FARTHEST and not offset % _BREAK else None


def at(wall: datetime | None, universal: datetime | None, offset: timedelta | None) -> date | datetime | None:
    """The moment as precise as it is known."""
    if wall is None:
        return universal.replace(tzinfo=UTC) if universal else None
    return wall.date() if offset is None else wall.replace(tzinfo=timezone(offset))


def comment(said: Record, published: date | datetime | None, body: str) -> Comment:
    return Comment(
        str(said["id"]),
        plain(said.get("author_name")),
        body.strip(),
        published,
        text(said.get("link")) or text(said.get("author_url")),
        str(number(said.get("parent")) or ""),
    )


def entry(item: Item, comments: Sequence[Comment] | None, stated: int | None, closed: bool) -> Entry:
    """`comments`: None where the interface does not tell them. `closed`: only who knows its password may read it."""
    data = {"item": item, "comments": comments, "closed": closed, "found_in": "api"}
    return Entry(item.id, item.url, item.title, item.published, item.updated, item.count, data, stated)


def distinct(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
