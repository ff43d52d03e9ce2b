"""Where captures of a lost picture are: of itself, of its other sizes, of the page of a dead service that showed it."""

import posixpath
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from . import originals, parse, urls
from .errors import FetchError, ReadError
from .model import Page
from .webs.wayback import Capture, Wayback

_MOST = 6  # captures of one picture that are tried
_FOLDERS = 1  # an address must be so deep for all below it to be asked for
_STEM = 3  # letters of a file's name by which it is told from its neighbours
_PAGES = 3  # captures of a page that are looked at for the picture it shows, the newest first
_OTHERS = 2  # addresses that are asked for beside the one that is written


def captures(url: str, tries: tuple[str, ...], wayback: Wayback, day: date | None) -> tuple[Capture, ...]:
    """Captures of the picture at `url`, for which `tries` stand too: of its original first, then of the largest size,
    of each the nearest to `day`.

    Raises FetchError when the Wayback Machine does not say.
    """
    found = next(filter(None, (list(_of_service(each, wayback)) for each in tries)), [])
    if not found and not any(originals.lookups(each) for each in tries):
        found = _sorted(_of_sizes(url, tries, wayback), tries[0], day)
    return tuple(dict.fromkeys(found))[:_MOST]


def _of_sizes(url: str, tries: tuple[str, ...], wayback: Wayback) -> list[Capture]:
    """All its sizes on its own host by one question, where sizes are known; else each address until one is there."""
    common = posixpath.commonprefix([each for each in tries if urls.host(each) == urls.host(url)]).partition("?")[0]
    folder, _, stem = common.rpartition("/")
    start = common if len(stem) >= _STEM else f"{folder}/"
    if start != url and start.count("/") > 2 + _FOLDERS:
        near = wayback.pictures(start, prefix=True)
        if found := [each for each in near if any(originals.same(each.url, known) for known in tries)]:
            return found
    exact = (wayback.pictures(each) for each in dict.fromkeys([url, *tries[:_OTHERS]]))
    return next(filter(None, exact), [])


def _of_service(url: str, wayback: Wayback) -> Iterator[Capture]:
    """Of a service's page the picture that it shows; then what lies on the service's file servers."""
    known = originals.lookups(url)
    if known is None:
        return
    for address in known.pages:
        for capture in reversed(wayback.captures(address)[-_PAGES:]):
            try:
                shown = _shown(wayback.replay(capture))
            except (FetchError, ReadError):
                continue
            if shown and known.mark in shown:  # a page of later years shows the sign of who bought the name
                yield Capture(capture.at, shown)
                return
    for prefix in known.prefixes:
        if found := wayback.captures(prefix, prefix=True, pictures=True):
            yield from reversed(found)
            return


def _shown(page: Page) -> str:
    """The picture that a photo service's page is about."""
    tree = parse.tree(page)
    metas = {meta.get("name") or meta.get("property") or "": meta.get("content", "") for meta in tree.iter("meta")}
    main = (img for img in tree.iter("img") if img.get("id") == "main_image" or "/photos/" in img.get("src", ""))
    found = metas.get("twitter:image") or metas.get("og:image") or next((img.get("src", "") for img in main), "")
    return urls.join(page.at, found) if found else ""


def _sorted(captures: list[Capture], original: str, day: date | None) -> list[Capture]:
    sizes: dict[str, int] = {}  # bytes, by address
    for each in captures:
        sizes[each.url] = max(sizes.get(each.url, 0), each.size)
    best = originals.bare(original)
    return sorted(captures, key=lambda each: (originals.bare(each.url) != best, -sizes[each.url], _distance(each, day)))


def _distance(capture: Capture, day: date | None) -> float:
    """Seconds between the capture and the post; what is known of neither comes by its age."""
    if day is None:
        return -capture.time.timestamp()
    return abs((capture.time - datetime.combine(day, time(12), UTC)).total_seconds())
