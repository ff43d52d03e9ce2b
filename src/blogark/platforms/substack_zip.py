"""Substack's own export: posts.csv and a fragment of HTML for each post, as a zip or its folder. Readers' addresses,
which come along, are not looked at."""

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import islice

from .. import dates, names, parse, urls
from ..errors import FetchError, ReadError
from ..model import Claim, Entry, Page, Post
from ..web import DIRECTORY, Web
from . import _export

post = _export.post
_LIST = re.compile(r"(?:^|/)posts\.csv$", re.M)
_POST = re.compile(r"(?:^|/)posts/\d+\.[^/]*\.html$", re.M)
_HOST = re.compile(rb"(https?://[\w.-]+)/(?:subscribe|p/|i/\d)")
_SAMPLE = 30  # posts that are looked at for the address of the blog


def claims(page: Page) -> Claim:
    if page.kind != DIRECTORY:
        return Claim.NO
    listed = parse.text(page)
    return Claim.EXPORT if _LIST.search(listed) and _POST.search(listed) else Claim.NO


def home(page: Page, web: Web) -> str:
    """The address that buttons and links of the posts lead to; '' where none does."""
    votes: Counter[bytes] = Counter()
    for each in _export.whole(islice(filter(_POST.search, web.urls()), _SAMPLE), web, []):
        votes.update(set(_HOST.findall(each.body)))
    own = [
        host for host, _ in votes.most_common() if host not in (b"https://substack.com", b"https://open.substack.com")
    ]
    return f"{own[0].decode()}/" if own else ""


def entries(page: Page, web: Web) -> Iterator[Entry]:
    table = next(url for url in web.urls() if _LIST.search(url))
    rows = list(csv.DictReader(StringIO(parse.text(web.get(table)).lstrip("\ufeff"))))
    if not rows:
        raise ReadError(table, "names no post")
    root = home(page, web)
    for row in sorted(rows, key=lambda row: row.get("post_date") or "", reverse=True):
        told = {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
        if told.get("type") != "restack" and told.get("post_id"):
            yield _export.entry(_post(told, table, root, web))


def _post(told: Mapping[str, str], table: str, root: str, web: Web) -> Post:
    number, _, slug = told["post_id"].partition(".")
    body = _body(urls.join(table, f"posts/{told['post_id']}.html"), web)
    if sound := told.get("podcast_url"):
        body += f'<p><a href="{html.escape(sound)}">{html.escape(names.own_slug(sound) or sound)}</a></p>'
    shut = told.get("audience", "everyone")
    return Post(
        id=number,
        url=f"{root}p/{slug}" if root and slug else _export.address(Page(urls.join(table, ".")), told["post_id"]),
        slug=slug,
        title=html.unescape(told.get("title", "")),
        html=body,
        summary=html.unescape(told.get("subtitle", "")),
        published=dates.machine(told.get("post_date", "")),
        kind="page" if told.get("type") == "page" else "post",
        draft=told.get("is_published", "true").lower() != "true",
        partial="" if body else "its text is not in the export",
        extra={"visibility": shut} if shut not in {"", "everyone"} else {},
    )


def _body(url: str, web: Web) -> str:
    try:
        return parse.text(web.get(url)).strip()
    except FetchError:
        return ""
