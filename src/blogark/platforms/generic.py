"""Any blog: its feed, listings, archives and sitemap for the posts; its own template, learned, for each of them."""

from collections.abc import Iterator
from typing import Any

from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _read
from ._survey import Survey


def claims(page: Page) -> Claim:
    is_html = page.kind in {"text/html", "application/xhtml+xml", ""} and b"<" in page.body
    return Claim.GENERIC if is_html else Claim.NO


def entries(page: Page, web: Web) -> Iterator[Entry]:
    survey = Survey(web)
    yield from survey.everything(page)
    if survey.fault:
        raise survey.fault


def post(entry: Entry, web: Web) -> Post:
    return _read.post(entry, web)


def explain(entry: Entry, web: Web) -> dict[str, Any]:
    """Per field what is believed of this blog: the XPath that was learned, on how many samples it was right."""
    return _read.explain(entry, web)
