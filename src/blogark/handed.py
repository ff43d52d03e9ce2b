"""What a person has in hand, other than captures: an export of a blog, or pages saved in one file each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import choose, urls
from .errors import SourceError
from .model import Page
from .web import DIRECTORY, Web
from .webs.exported import ROOT, Exported
from .webs.folder import Folder
from .webs.mhtml import Mhtml, is_mhtml


@dataclass(frozen=True, slots=True)
class Handed:
    web: Web
    page: Page  # the one to start from
    export: str = ""  # the platform whose export this is; '' for saved pages
    home: str = ""  # the blog's own address, as the export says it
    unread: Callable[[], Iterable[str]] = tuple  # once it is read: other exports that lie beside it


def take(path: Path) -> Handed | None:
    """A file, zip or folder by what is in it; None for what is none of these. SourceError for what is damaged."""
    saved = sorted(each for each in path.rglob("*.mht*") if is_mhtml(each)) if path.is_dir() else [path]
    if saved and is_mhtml(saved[0]):
        return _pages(path, Mhtml(*saved))
    web = Exported(path)
    pages = path.is_dir() and any(urls.path(url).endswith((".html", ".htm")) for url in web.urls())
    if found := choose.export(web, ROOT, names=pages):
        page, name = found
        told = getattr(choose.all_platforms()[name], "home", None)
        left = partial(choose.unread, web, web.opened, table=page.kind != DIRECTORY)
        return Handed(web, page, name, told(page, web) if told else "", tuple if pages else left)
    single = path.is_file() and web.get(next(web.urls(), ROOT)).kind == "text/html"
    return _pages(path, Folder(path)) if single else None


def _pages(path: Path, web: Web) -> Handed:
    start = min(web.urls(), key=len, default="")
    if not start:
        raise SourceError(f"{path}: no page is in it")
    return Handed(web, web.get(start))
