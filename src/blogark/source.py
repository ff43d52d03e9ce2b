"""What a person typed, as a web to ask and an address in it to start from."""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from . import beside, urls
from .errors import FetchError, SourceError
from .events import Failed, Instead, Listener
from .model import Options, Page
from .names import default_name
from .web import First, Recent, Web
from .webs.folder import Folder, mirror
from .webs.wayback import BASE, Wayback, parse

if TYPE_CHECKING:
    from .webs.live import Live

_REST = 60.0  # seconds that the Wayback Machine wants to be left alone when it says that it is asked too much
_CLOSED = "shows only a notice: it closed, or its name is for sale"
_BARE = "lists one post at most: it may be closed"
_FIRST_YEAR = 2003  # older blogs had no archives by year
_TAPE = re.compile(r"\.warc(\.gz)?$", re.I)
_NO_FILE = r"(?![\w.-]+\.(?:xml|json|csv|html?|gz|warc|mhtml?|txt)$)"  # of these endings none is a domain's
_ADDRESS = re.compile(_NO_FILE + r"(?:localhost|[\w-]+(?:\.[\w-]+)+|\[[0-9a-f:]+\])(?::\d+)?(?:[/?].*)?", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """Where pages come from, and what the run is called."""

    typed: str  # what archive.json remembers
    web: Web  # answers for pages
    pictures: Web  # answers for pictures
    page: Page  # the one a person pointed at
    name: str  # the default folder
    archive: Path | None = None  # the archive folder that was pointed at
    library: Wayback | None = None  # answers for what is gone; None when it is not to be asked
    export: str = ""  # the platform whose export this is; '' for what is none
    home: str = ""  # of an export: the blog's own address, '' where it does not say
    former: "Callable[[], Source | None]" = lambda: None  # the same blog as the Wayback Machine holds it
    unread: Callable[[], Iterable[str]] = tuple  # once it is read: other exports that lie beside it
    live: bool = False  # the blog itself answers, so that what it has not is gone


Net = Callable[..., "Live"]  # net(home, options, tell, limits=…)


def net(home: str, options: Options, tell: Listener, **more: Any) -> "Live":
    from .webs.live import Live  # requests is half of what importing blogark would cost

    return Live(options, tell, home=home, **more)


def open_source(typed: str, options: Options, tell: Listener, net: Net = net) -> Source:
    """A blog's address, captures of one, saved pages, a WARC, or an archive folder; SourceError for anything else.

    `net` reaches the world outside: the seam for tests.
    """
    path = Path(typed)
    if _is_here(typed):
        if (path / ".blogark" / "archive.json").is_file():
            return replace(open_source(_remembered(path), options, tell, net), archive=path)
        if path.is_dir():
            return _handed(path, options, tell, net) or _saved(path, options, tell, net)
        if _TAPE.search(path.name):
            return _taped(path, options, tell, net)
        if found := _handed(path, options, tell, net):
            return found
        raise SourceError(f"{typed} is no export of a blog that is known, and no page")
    if "://" not in typed and not _ADDRESS.fullmatch(typed):
        raise SourceError(f"{typed!r} is no file or folder here, and no address of a blog")
    if capture := parse(typed):
        return _captured(typed, capture.url, capture.at, options, tell, net)
    if options.wayback == "always":
        return _captured(typed, typed if "://" in typed else f"http://{typed}", "", options, tell, net)
    return _live(typed, options, tell, net)


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
    if not source or Path(source).resolve() == folder.resolve():
        raise SourceError(f"{folder}: its archive.json does not say which blog, other than itself, it is of")
    return source


def _is_here(typed: str) -> bool:
    """Whether this names something on the disk, other than a folder that a run was killed in before it began."""
    path = Path(typed)
    bare = path.is_dir() and [each.name for each in path.iterdir()] == [".blogark"]
    return bool(typed.strip()) and path.exists() and not (bare and not (path / ".blogark/archive.json").exists())


def place(typed: str) -> Path | None:
    """The folder that a source is saved into when nobody says otherwise; None where that shows when it is read."""
    path = Path(typed)
    if _is_here(typed):
        return path if (path / ".blogark" / "archive.json").is_file() else None
    if capture := parse(typed):
        return Path(default_name(capture.url))
    return Path(default_name(typed if "://" in typed else f"https://{typed}"))


def _handed(path: Path, options: Options, tell: Listener, net: Net) -> Source | None:
    """An export in one file, a zip or a folder, else single pages; None for what is neither."""
    from . import handed  # zips and mail are half of what importing the rest costs

    found = handed.take(path)
    if found is None:
        return None
    home = found.home or found.page.at
    source = _at_hand(path, found.web, found.page, path.stem, home, options, tell, net)
    web = found.web if found.export else source.web
    return replace(source, web=web, home=found.home, export=found.export, unread=found.unread)


def _saved(path: Path, options: Options, tell: Listener, net: Net) -> Source:
    folder = Folder(*mirror(path))
    start = folder.index or next(folder.urls(), "")
    if not start:
        raise SourceError(f"{path}: no saved page is in this folder")
    name = default_name(start) if start.startswith("http") else f"{path.resolve().name}-markdown"
    return _at_hand(path, folder, folder.get(start), name, start, options, tell, net)


def _taped(path: Path, options: Options, tell: Listener, net: Net) -> Source:
    """A WARC file; its pictures are asked of the net where it has none."""
    from .webs.warc import Warc

    warc = Warc(path)
    start = warc.start()
    if not start:
        raise SourceError(f"{path}: no page is in this file")
    return _at_hand(path, warc, warc.get(start), default_name(start), start, options, tell, net)


def taped_name(path: Path) -> str:
    """The folder that a WARC file is saved into, by the blog in it; of what holds none the file's own name."""
    from .webs.warc import Warc

    try:
        start = Warc(path).start() if _TAPE.search(path.name) else ""
    except SourceError:
        start = ""
    return default_name(start) if start else path.resolve().name


def _at_hand(
    path: Path, web: Web, page: Page, name: str, home: str, options: Options, tell: Listener, net: Net
) -> Source:
    """What lies on the disk; its pictures may lie with it, be on the net, or in captures."""
    pictures, library = web, None
    if options.media:
        pictures, library = First(web, net(home, options, tell)), _library(home, options, tell, net)
    return Source(str(path.resolve()), Recent(web, page), pictures, page, name, library=library)


def _library(home: str, options: Options, tell: Listener, net: Net) -> Wayback | None:
    """The Wayback Machine for what is gone; None where it is not to be asked."""
    return None if options.wayback == "never" or options.offline else _captures(home, options, tell, net)


def _captures(home: str, options: Options, tell: Listener, net: Net) -> Wayback:
    """The Wayback Machine; where secrets are in use, it hears nothing of the blog's own host."""
    from .webs.live import Limits

    shy = urls.host(home) if options.headers or options.cookies else ""
    stranger = replace(options, headers=(), cookies="", delay=0.0)
    web = net(BASE, stranger, tell, limits=Limits(pause=_REST, retries=2))
    return Wayback(web, shy=shy, sleep=web.sleep, clock=web.clock)


def _captured(
    typed: str, url: str, until: str, options: Options, tell: Listener, net: Net, library: Wayback | None = None
) -> Source:
    """A blog as the Wayback Machine holds it, up to a time or up to where its host closed; pictures where they are."""
    if options.wayback == "never":
        raise SourceError(f"{typed}: only the Wayback Machine has it, and it is not to be asked")
    library = library or _captures(url, options, tell, net)  # offline: as far as it was asked before
    try:
        page = beside.open_first(library, url, until, _below)
    except FetchError as error:
        raise SourceError(f"{error.url} cannot be read: {error.why}") from error
    pictures = net(url, options, tell)
    rescuer = None if options.offline else library
    return Source(typed, Recent(library, page), pictures, page, default_name(url), library=rescuer)


def _below(url: str) -> str:
    """The address that all of a blog lie below: its host, or its folder where several blogs share the host."""
    root, first = urls.root(url), urlsplit(url).path.strip("/").partition("/")[0]
    return root if default_name(url) == default_name(root) else f"{root}{first}/"


def _gone(
    start: str, why: str, options: Options, tell: Listener, net: Net, library: Wayback | None = None
) -> Source | None:
    """What captures hold of a blog that is there no more; None where they are not asked, or hold nothing."""
    if options.wayback != "auto" or options.headers or options.cookies or urls.is_local(start):
        return None
    try:
        found = _captured(start, start, "", options, tell, net, library)
    except SourceError:
        return None
    tell(Instead(start, f"the Wayback Machine, {found.page.fetched:%Y-%m-%d} and before", why))
    return found


def _live(typed: str, options: Options, tell: Listener, net: Net) -> Source:
    """The first page decides whether a left-out scheme is https or http."""
    typed, options = _without_password(typed, options)
    tries = [typed] if "://" in typed else [f"https://{typed}", f"http://{typed}"]
    for start in tries:
        if not start.startswith(("http://", "https://")):
            raise SourceError(f"{typed}: only http and https addresses can be read")
        web = net(start, options, tell)
        page: Page | None
        try:
            page = web.get(start, fresh=True)
        except FetchError as error:
            page = _other_door(start, web) if error.status in (404, 410) else None
            if page is None and (error.status or start == tries[-1]):
                if found := _gone(start, f"cannot be read ({error.why})", options, tell, net):
                    return found
                raise SourceError(f"{error.url} cannot be read: {error.why}") from error
        if page is not None:
            return _opened(start, page, web, options, tell, net)
    raise AssertionError("the last try returns or raises")


def _opened(start: str, page: Page, web: Web, options: Options, tell: Listener, net: Net) -> Source:
    if beside.is_closed(page):
        if found := _gone(start, _CLOSED, options, tell, net):
            return found
        tell(Failed(start, _CLOSED))
    web, page = _at_home(start, page, web, options, tell, net)
    library, name = _library(start, options, tell, net), default_name(start)
    former = partial(_gone, start, _BARE, options, tell, net, library)
    return Source(start, Recent(web, page), web, page, name, library=library, former=former, live=True)


def _at_home(start: str, page: Page, web: Web, options: Options, tell: Listener, net: Net) -> tuple[Web, Page]:
    """Where a blog redirects to another host of its own domain, that one is home, and is shown who asks."""
    moved = urlsplit(page.at).netloc != urlsplit(start).netloc and urls.domain(page.at) == urls.domain(start)
    if not moved or not (options.headers or options.cookies):
        return web, page
    web = net(page.at, options, tell)
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
