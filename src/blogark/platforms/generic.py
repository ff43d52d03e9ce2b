"""Any blog: its feed, listings, archives and sitemap for the posts; its own template, learned, for each of them."""

from ..model import Claim, Page
from ._api import surveyed as entries
from ._lesson import teach
from ._lesson import told as learned
from ._read import explain, post

__all__ = ["claims", "entries", "explain", "learned", "post", "teach"]


def claims(page: Page) -> Claim:
    is_html = page.kind in {"text/html", "application/xhtml+xml", ""} and b"<" in page.body
    return Claim.GENERIC if is_html else Claim.NO
