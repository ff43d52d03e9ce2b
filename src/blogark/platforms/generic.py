"""Any blog: its feed, listings, archives and sitemap for the posts; its own template, learned, for each of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..model import Claim, Entry, Page, Post
from ..web import Web
from . import _lesson, _read
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


def teach(page: Page, told: Mapping[str, Any]) -> None:
    """Read the blog at `page` by what an earlier run learned of its markup. ValueError and its like for nonsense."""
    _lesson.teach(page, told)


def learned(page: Page) -> dict[str, Any] | None:
    """What was learned of the blog's markup, for `teach`."""
    return _lesson.told(page)


def explain(entry: Entry, web: Web) -> dict[str, Any]:
    """Per field what is believed of this blog: the XPath that was learned, on how many samples it was right."""
    return _read.explain(entry, web)
