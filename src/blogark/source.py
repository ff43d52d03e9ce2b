"""What a person typed, as a web to ask and an address in it to start from."""

import json
import re
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import urls
from .errors import FetchError, SourceError
from .events import Listener
from .model import Options, Page
from .web import First, Recent, Web
from .webs.folder import Folder

_FIRST_YEAR = 2003  # older blogs had no archives by year
# Hosts whose blogs differ by the first part of the path.
_SHARED = frozenset(
    {"blog.naver.com", "m.blog.naver.com", "medium.com", "brunch.co.kr", "velog.io", "dev.to", "note.com"}
)
_NO_BLOG = re.compile(r"\d+|.*[.-].*|p|feeds?|rss|atom|archives?|search|posts?|page|tags?|category|about", re.I)
_ADDRESS = re.compile(r"(?:localhost|[\w-]+(?:\.[\w-]+)+|\[[0-9a-f:]+\])(?::\d+)?(?:[/?].*)?", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """Where pages come from, and what the run is called."""

    typed: str  # what archive.json remembers
    web: Web  # answers for pages
    pictures: Web  # answers for pictures
    page: Page  # the one a person pointed at
    name: str  # the default folder
    archive: Path | None = None  # the archive folder that was pointed at


def open_source(typed: str, options: Options, tell: Listener) -> Source:
    """A blog's address, a folder of saved pages, or an archive folder; SourceError for anything else."""
    path = Path(typed)
    if typed.strip() and path.exists():
        if (path / ".blogark" / "archive.json").is_file():
            return replace(open_source(_remembered(path), options, tell), archive=path)
        if path.is_dir():
            return _saved(path, options, tell)
        raise SourceError(f"{typed}: reading export files, WARCs and single pages is not built yet")
    if "://" not in typed and not _ADDRESS.fullmatch(typed):
        raise SourceError(f"{typed!r} is no file or folder here, and no address of a blog")
    if "web.archive.org/web/" in typed:
        raise SourceError(f"{typed}: reading captures of the Wayback Machine is not built yet")
    return _live(typed, options, tell)


def remembered(folder: Path) -> dict[str, str]:
    """What an archive folder says it is of; {} for a folder that is none. Asks nobody."""
    path = folder / ".blogark" / "archive.json"
    try:
        settings = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SourceError(f"{path} cannot be read: {error}") from error
    return settings if isinstance(settings, dict) else {}


def _remembered(folder: Path) -> str:
    source = remembered(folder).get("source", "")
    if not source:
        raise SourceError(f"{folder}: its archive.json does not say which blog it is of")
    return source


def _saved(path: Path, options: Options, tell: Listener) -> Source:
    folder = Folder(path)
    start = folder.index or next(folder.urls(), "")
    if not start:
        raise SourceError(f"{path}: no saved page is in this folder")
    name = default_name(start) if start.startswith("http") else f"{path.resolve().name}-markdown"
    pictures = First(folder, _net(start, options, tell))
    page = folder.get(start)
    return Source(str(path.resolve()), Recent(folder, page), pictures, page, name)


def _net(home: str, options: Options, tell: Listener) -> Web:
    from .webs.live import Live  # requests is half of what importing blogark would cost

    return Live(options, tell, home=home)


def _live(typed: str, options: Options, tell: Listener) -> Source:
    """The first page decides whether a left-out scheme is https or http."""
    typed, options = _without_password(typed, options)
    tries = [typed] if "://" in typed else [f"https://{typed}", f"http://{typed}"]
    for start in tries:
        if not start.startswith(("http://", "https://")):
            raise SourceError(f"{typed}: only http and https addresses can be read")
        web = _net(start, options, tell)
        page: Page | None
        try:
            page = web.get(start, fresh=True)
        except FetchError as error:
            page = _other_door(start, web) if error.status in (404, 410) else None
            if page is None and (error.status or start == tries[-1]):
                raise SourceError(f"{error.url} cannot be read: {error.why}") from error
        if page is not None:
            web, page = _at_home(start, page, web, options, tell)
            return Source(start, Recent(web, page), web, page, default_name(start))
    raise AssertionError("the last try returns or raises")


def _at_home(start: str, page: Page, web: Web, options: Options, tell: Listener) -> tuple[Web, Page]:
    """Where a blog redirects to another host of its own domain, that one is home, and is shown who asks."""
    moved = urlsplit(page.at).netloc != urlsplit(start).netloc and urls.domain(page.at) == urls.domain(start)
    if not moved or not (options.headers or options.cookies):
        return web, page
    web = _net(page.at, options, tell)
    return web, web.get(page.at, fresh=True)


def _other_door(start: str, web: Web) -> Page | None:
    """Where the front page is gone but the host is not: Blogger's feed, else the archive of the latest year."""
    years = range(date.today().year, _FIRST_YEAR - 1, -1)
    for door in ("feeds/posts/default?redirect=false", *(f"{year}/" for year in years)):
        try:
            return web.get(urls.join(start, f"/{door}"), fresh=True)
        except FetchError as error:
            if not error.status:
                return None
    return None


def _without_password(typed: str, options: Options) -> tuple[str, Options]:
    """An address without `user:password@`, which goes into a header (RFC 7617) for the blog's own host alone."""
    scheme, mark, rest = typed.rpartition("://")
    secret, at, _ = rest.partition("/")[0].rpartition("@")
    if not at:
        return typed, options
    header = ("Authorization", f"Basic {b64encode(unquote(secret).encode()).decode()}")
    return f"{scheme}{mark}{rest[len(secret) + 1 :]}", replace(options, headers=(*options.headers, header))


def default_name(url: str) -> str:
    """The blog's host, then its first path part where several blogs share the host."""
    parts = urlsplit(url)
    first = unquote(parts.path).strip("/").partition("/")[0]
    alone = first and "/" not in parts.path.strip("/")
    shares = urls.host(url) in _SHARED or (alone and not _NO_BLOG.fullmatch(first))
    host = parts.netloc.lower().rpartition("@")[2]
    name = f"{host}-{first}" if first and shares else host
    return re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name) or "blog"
