"""Any blog: its listing pages, read by shape and wording."""

from collections.abc import Iterator

from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _read
from ._walk import Walk


def claims(page: Page) -> Claim:
    is_html = page.kind in {"text/html", "application/xhtml+xml", ""} and b"<" in page.body
    return Claim.GENERIC if is_html else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    walk = Walk(web)
    yield from walk.everything(page)
    if walk.fault:
        raise walk.fault


def post(entry: Entry, web: Web) -> Post:
    return _read.post(entry, web)
