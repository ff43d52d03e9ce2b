"""A folder of saved pages, answering for file: URLs and for the addresses its pages were saved from.

Savers rename: `search?updated-max=…` lies there as `search-updated-max=…`, `?` as `@`,
`:` as `_` or `+`. So a name is looked up as it is first, then by its letters and digits.
"""

import mimetypes
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

from .. import urls
from ..errors import Missing
from ..model import Page

# Browsers write "saved from" (Internet Explorer's Mark of the Web, also Chrome's), SingleFile and HTTrack their own
# signs, blog software canonical and og:url.
_ORIGIN = re.compile(
    rb"""saved\ from\ url=\(\d+\)(?P<saved>\S+)
       | Page\ saved\ with\ SingleFile\s+url:\s*(?P<single>\S+)
       | Mirrored\ from\ (?P<mirrored>\S+)\ by\ HTTrack
       | <link\s[^>]*?\brel=["']?canonical["']?\s[^>]*?href=["']?(?P<canonical>[^"'\s>]+)
       | <link\s[^>]*?\bhref=["']?(?P<reversed>[^"'\s>]+)["']?\s[^>]*?rel=["']?canonical
       | <meta\s[^>]*?property=["']og:url["']\s[^>]*?content=["'](?P<og>[^"']+)
       | <meta\s[^>]*?content=["'](?P<go>[^"']+)["']\s[^>]*?property=["']og:url["']""",
    re.VERBOSE | re.IGNORECASE,
)
_HEAD = 1 << 16  # bytes in which a page names its origin


_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[+:]\d+)?|127(?:\.\d+){3}(?:[+:]\d+)?", re.I)  # wget: host+port
_KINDS = (
    (
        re.compile(rb"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:feed|rss|rdf|urlset|sitemapindex)\b", re.I | re.S),
        "application/xml",
    ),
    (re.compile(rb"\s*[{\[]"), "application/json"),
    (re.compile(rb".{0,400}<(?:!doctype html|html)\b", re.I | re.S), "text/html"),
)


class Folder:
    """The Web of the files below `root`, or of that one file; nothing outside it is read, nothing is asked of the net.

    `start` is where the folder was saved from, for pages that do not say it.
    """

    def __init__(self, root: Path, start: str = "") -> None:
        self._root, self._start = root.resolve(), start
        paths = [self._root] if self._root.is_file() else sorted(self._root.rglob("*"))
        self._root = self._root.parent if self._root.is_file() else self._root
        self._kinds = {path: _kind(path) for path in paths if self._is_ours(path)}
        self._by_name = {self._name(path): path for path in self._kinds}
        self._by_letters = {_letters(name): path for name, path in reversed(self._by_name.items())}
        self._origins = self._claims()
        self._by_url = {urls.key(url): path for path, url in self._origins.items()}
        self.base = self._base()

    @property
    def index(self) -> str:
        """The address of the folder's front page; '' when it has none."""
        found = self._by_name.get("index.html") or self._by_name.get("index.htm")
        return self._url(found) if found else ""

    def urls(self) -> Iterator[str]:
        """Its pages, in the order of their names."""
        return (self._url(path) for path, kind in self._kinds.items() if kind == "text/html")

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        path = self._find(url)
        return Page(url, path.read_bytes(), {"content-type": self._kinds[path]}, at=self._url(path))

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        path = self._find(url)
        shutil.copyfile(path, to)
        return Page(url, b"", {"content-type": self._kinds[path]}, at=self._url(path))

    def _is_ours(self, path: Path) -> bool:
        hidden = any(part.startswith(".") for part in path.relative_to(self._root).parts)
        return not hidden and path.is_file() and path.resolve().is_relative_to(self._root)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _claims(self) -> dict[Path, str]:
        """Where each page says it is from; of several that name one address, the one whose name fits it."""
        by_url: dict[str, list[tuple[bool, Path, str]]] = {}
        for path, kind in self._kinds.items():
            if kind == "text/html" and (url := _origin(path)):
                fits = _letters(urls.split(url).path.strip("/") or "index").endswith(_letters(path.stem))
                by_url.setdefault(urls.key(url), []).append((not fits, path, url))
        return {path: url for _, path, url in map(min, by_url.values())}

    def _base(self) -> str:
        """Where the folder itself was saved from: a page's origin less its name, else the folder's own address."""
        for path, origin in sorted(self._origins.items(), key=lambda item: len(item[0].parts)):
            tail, whole = _folder(self._name(path)), _folder(unquote(urls.split(origin).path) or "/")
            if whole.endswith(f"/{tail}"):
                return urljoin(origin, whole.removesuffix(tail))
        return (
            self._start or "file:///"
        )  # as if it were the whole disk: an archive of it does not change when it is moved

    def _url(self, path: Path) -> str:
        return self._origins.get(path) or self.base + path.as_uri().removeprefix(self._root.as_uri() + "/")

    def _find(self, url: str) -> Path:
        if found := self._by_url.get(urls.key(url)):
            return found
        for here in self._within(url):
            for name in (here, f"{here}/index.html".lstrip("/"), f"{here}.html"):
                if found := self._by_name.get(name):
                    return found
            if found := self._by_letters.get(_letters(here)):
                return found
        raise Missing(url, f"not in {self._root.name}", 404)

    def _within(self, url: str) -> Iterator[str]:
        """The names that an address could have below the root."""
        parts = urls.split(url)
        query = f"?{unquote(parts.query)}" if parts.query else ""
        for base in (self.base, self._root.as_uri() + "/"):
            there = urls.split(base)
            if (parts.path + "/").startswith(there.path) and _site(url) == _site(base):
                yield unquote(parts.path[len(there.path) :]).strip("/") + query


def _site(url: str) -> tuple[str, int | None, bool]:
    parts = urls.split(url)
    return urls.host(url), parts.port, parts.scheme == "file"


def mirror(path: Path) -> tuple[Path, str]:
    """Of what wget or HTTrack made the part that is the blog, and its address: the host with the most pages."""
    named = [each for each in [path, *sorted(path.iterdir())] if each.is_dir() and _HOST.fullmatch(each.name)]
    pages = {each: sum(1 for page in each.rglob("*") if page.suffix in {".html", ".htm"}) for each in named}
    best = max(pages, key=lambda each: pages[each], default=path)
    return (best, f"http://{best.name.replace('+', ':')}/") if pages.get(best) else (path, "")


def _folder(name: str) -> str:
    """A page's path; an index page's is its folder's. No slash ends it but the root's."""
    return re.sub(r"(?<=.)/$", "", re.sub(r"(^|/)index\.html?$", r"\1", name))


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub(r"\.html?$", "", unquote(name))).lower()


def _kind(path: Path) -> str:
    """The media type by the file's name, else by its first bytes."""
    if kind := mimetypes.guess_type(path.name)[0]:
        return kind.replace("xhtml+xml", "html").replace("application/html", "text/html")
    with path.open("rb") as file:
        head = file.read(1024)
    return next((kind for sign, kind in _KINDS if sign.match(head)), "application/octet-stream")


def _origin(path: Path) -> str:
    with path.open("rb") as file:
        found = _ORIGIN.search(file.read(_HEAD))
    url = next(filter(None, found.groups()), b"").decode("utf-8", "replace") if found else ""
    if found and found["mirrored"]:
        url = f"http://{url}"
    return url if urls.split(url).scheme in {"http", "https"} and urls.host(url) else ""
