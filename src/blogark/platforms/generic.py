"""Any blog: its feed, listings, archives and sitemap for the posts; its own template, learned, for each of them."""

from collections.abc import Iterator

from ..model import Claim, Entry, Page
from ..web import Web
from ._lesson import teach
from ._lesson import told as learned
from ._read import explain, post
from ._survey import Survey

__all__ = ["claims", "entries", "explain", "learned", "post", "teach"]


def claims(page: Page) -> Claim:
    is_html = page.kind in {"text/html", "application/xhtml+xml", ""} and b"<" in page.body
    return Claim.GENERIC if is_html else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    return Survey(web).everything(page)
