"""Comments of LiveJournal, which are JSON in a script, and of Dreamwidth, which are markup indented by depth."""

import json
import re
from collections.abc import Iterator

from .. import parse, urls
from ..model import Comment, Page
from ..web import Web
from . import _api
from ._api import Record

_DEPTH = re.compile(r"comment-depth-(\d+)")


def told(page: Page, name: str) -> Record:
    """The largest object that a script of LiveJournal's assigns to Site.`name`; {} for none."""
    source, found = parse.text(page), dict[str, object]()
    for sign in re.finditer(rf"Site\.{name}\s*=\s*(?={{)", source):
        try:
            data, _ = json.JSONDecoder().raw_decode(source, sign.end())
        except (ValueError, RecursionError):
            continue
        found = max(found, data, key=len)
    return found


def comments(page: Page, path: str, web: Web) -> tuple[tuple[Comment, ...], int | None]:
    """The comments of a post's page, and how many it says there are."""
    said = told(page, "page")
    listed, count = _api.records(said, "comments"), _api.number(said.get("replycount"))
    if listed and any(not each.get("article") and not each.get("deleted") for each in listed):
        listed = _whole(page, path, web) or listed  # threads that only a reader's click unfolds
    found = {each.id: each for each in map(_comment, listed) if each}
    return tuple(found.values()) or tuple(_indented(page)), count


def _whole(page: Page, path: str, web: Web) -> list[Record]:
    number = path.rpartition("/")[2].partition(".")[0]
    journal = urls.host(page.at).partition(".")[0]
    asked = {"journal": journal, "itemid": number, "flat": "", "skip": "", "expand_all": "1"}
    url = urls.query(f"{urls.root(page.at)}__rpc_get_thread", **asked).replace("expand-all", "expand_all")
    return _api.records(_api.tried(url, web), "comments")


def _comment(each: Record) -> Comment | None:
    said, above = str(each.get("article") or ""), _api.text(each.get("parent") or each.get("above"))
    made = Comment(
        _api.text(each.get("dtalkid")),
        _api.text(each.get("dname") or each.get("uname")),
        said,
        _api.when(each.get("ctime_ts")),
        _api.text(each.get("thread_url")),
        above if above != "0" else "",
    )
    return made if said and not each.get("deleted") else None


def _indented(page: Page) -> Iterator[Comment]:
    """Dreamwidth's: each answers the last one before it that is less deep."""
    above: dict[int, str] = {}
    for e in parse.tree(page).iter("div"):
        name = e.get("id", "")
        if not re.fullmatch(r"cmt\d+", name):
            continue
        depths = (_DEPTH.search(up.get("class") or "") for up in e.iterancestors("div"))
        depth = next((int(found[1]) for found in depths if found), 1)
        body, who, when = (_api.one(e, part) for part in ("comment-content", "comment-poster", "datetime"))
        if body is not None:
            parent = max((d for d in above if d < depth), default=0)
            moment = _api.when(parse.words(when)) if when is not None else None
            author = parse.words(who) if who is not None else ""
            yield Comment(name[3:], author, _api.without(body), moment, parent=above.get(parent, ""))
        above = {d: number for d, number in above.items() if d < depth} | {depth: name[3:]}
