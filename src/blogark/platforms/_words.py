"""The words that themes print around a post, in the languages that blogs are written in, as patterns.

`by` stands before an author's name, `fill` beside a date or a name and says nothing itself;
`more` leads to the rest of a post, `older`, `newer`, `previous` and `home` to other pages;
`labels`, `share` and `related` begin lines of these; `measures` stand beside a number that
is none of comments, `beside` begins what says something else than who wrote.
"""

import re
from functools import cache

from .. import data

_ALONE = r"(?<!\w)", r"(?!\w)"
_ANYWHERE = "", ""
_COLON = r"[:：]"
_AROUND = {  # what may stand before and after a word of each table
    "by": (r"(?<!\w)", rf"(?=[\s:：])\s*{_COLON}?\s*"),
    "fill": _ALONE,
    "more": _ANYWHERE,
    "older": (r"(?<!\w)", r"(?!\w{3})"),  # some languages inflect
    "newer": (r"(?<!\w)", r"(?!\w{3})"),
    "previous": _ALONE,
    "home": _ALONE,
    "labels": (r"(?<!\w)", rf"\s*(?={_COLON}|$)\s*{_COLON}?\s*"),  # "tags" in a sentence is none
    "share": _ANYWHERE,
    "related": (r"^\W*", ""),
    "measures": _ANYWHERE,
    "beside": (r"(?<!\w)", r"(?=[\s:：]|$)"),
}


@cache
def of(table: str) -> re.Pattern[str]:
    """The pattern of a table's words, longest first, case apart."""
    before, after = _AROUND[table]
    known = {word for line in data.table("platforms/words")[table].values() for word in line.split(" / ")}
    alternatives = [_spaced(word) for word in sorted(known, key=lambda w: (-len(w), w))]
    return re.compile(f"{before}(?:{'|'.join(alternatives)}){after}", re.I)


def _spaced(word: str) -> str:
    """Korean is written with spaces or without, as one likes."""
    return re.escape(word).replace(r"\ ", r"\s*" if re.search("[가-힣]", word) else r"\s+")
