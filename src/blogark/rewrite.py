"""The files of an archive made again from what it remembers, asking nobody."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from . import choose, disk, images, index
from . import redirects as maps
from .archive import alone
from .desk import COMMENTS, Desk
from .errors import SourceError, StoreError
from .events import NESTING, Found, Gone, Listener, Lost, Saved, Withheld, log, tee
from .merge import Side
from .model import Blog, Options, Report
from .reading import Listing, read, teach
from .render import Draft
from .source import Net, net, open_source
from .store import Store
from .tally import Tally
from .webs.raw import FILE, Raw

_OFFLINE = Options(offline=True)


def rewrite(folder: Path | str, *, reread: bool = False, listen: Listener = log, net: Net = net) -> Report:
    """Write every post of the archive `folder` where its file should be; what a person edited is left alone.

    `reread` derives the posts again from the pages as they were answered; a post that cannot be derived stays as it
    is. Raises StoreError when this is no archive, or cannot be trusted or written; SourceError when no page is kept.
    """
    began, root = time.monotonic(), _archive(folder)
    raw = Raw(_OFFLINE)
    with alone(root, str(root), raw) as store:
        held = store.settings
        tally = Tally.over(store.journal.lost)
        tell = tee(tally, store.journal.hear, listen)
        if reread:
            _reread(root, store, tee(tally, listen), partial(net, raw=raw))
        layout = choose.layout(held.get("layout", "plain"))
        desk = Desk(store, layout, held.get("comments", layout.COMMENTS), tell, tee(store.journal.hear, listen))
        for post in store.posts():
            tell(Found(post.id, post.url, post.title))
            desk.write(post)
        desk.mend()
        blog = Blog(held.get("blog", ""), held.get("title", ""), held.get("platform", ""))
        index.write(store, blog, layout)
        if held.get("redirects"):
            maps.write(store, layout, tee(store.journal.hear, listen))
        report = tally.report(blog, root, len(store.journal.media), time.monotonic() - began)
        return replace(report, index=layout.INDEX)


def lay_out(
    folder: Path | str, into: Path | str, layout: str, *, redirects: bool = False, listen: Listener = log
) -> Report:
    """Write the posts and pictures of the archive `folder` into the archive `into`, as this layout has them.

    Nobody is asked. Pictures are linked, or copied where the file system cannot. What was answered (raw) stays with
    `folder`. Raises SourceError for a layout that there is not, StoreError when `folder` is no archive, or `into`
    holds another one or cannot be written.
    """
    began, root, to = time.monotonic(), _archive(folder), Path(into)
    module, old = choose.layout(layout), Store(root)
    with alone(to, str(root), Raw(_OFFLINE)) as new:
        redirects = maps.wanted(redirects or new.settings.get("redirects", False), module)
        held = _laid_out(old, new, layout, redirects)
        tally = Tally.over(old.journal.told)
        tell = tee(tally, new.journal.hear, listen)
        remember = tee(new.journal.hear, listen)
        desk = Desk(
            new, module, held["comments"], tell, remember, lambda made: _bring(made, old, new, module, remember)
        )
        for post in old.posts():
            tell(Found(post.id, post.url, post.title))
            desk.keep(post)
        desk.flush()
        _remember(old, new)
        for post_id, losses in old.journal.lost.items():
            for what in losses.keys() - {COMMENTS, NESTING}:
                tell(Lost(post_id, what, losses[what]))
        desk.mend()
        blog = Blog(held["blog"], held["title"], held["platform"])
        index.write(new, blog, module)
        if redirects:
            maps.write(new, module, remember)
        new.journal.note_told()
        report = tally.report(blog, to, len(new.journal.media), time.monotonic() - began)
        return replace(report, index=module.INDEX)


def _archive(folder: Path | str) -> Path:
    root = Path(folder)
    if not (root / ".blogark" / "archive.json").is_file():
        raise StoreError(f"{root} is no archive folder")
    return root


def _laid_out(old: Store, new: Store, layout: str, redirects: bool) -> dict[str, Any]:
    """What the new archive remembers: all that the old one does, but how it is laid out."""
    told = {name: value for name, value in old.settings.items() if name != "redirects"}
    held = {"blog": "", "title": "", "platform": "", **told, "layout": layout}
    held["comments"] = new.settings.get("comments", choose.layout(layout).COMMENTS)
    if old.settings.get("comments") == "none":
        held["comments"] = "none"
    there = {name: new.settings.get(name, held[name]) for name in ("blog", "layout")}
    if there != {name: held[name] for name in there}:
        raise StoreError(
            f"{new.root} holds {there['blog']}, laid out as {there['layout']}; choose another folder with -o"
        )
    new.remember(**held, **({"redirects": True} if redirects else {}))
    return held


def _remember(old: Store, new: Store) -> None:
    """What was listed, by the blog and by an export, what is gone or not public, and what was asked of captures."""
    told = old.journal
    for key, listed in told.listed.items():
        new.journal.note_listed(key, listed)
    for post_id, why in told.gone.items():
        new.journal.hear(Gone(post_id, old.permalink(post_id), why))
    for post_id in new.journal.gone.keys() - told.gone.keys():
        new.journal.note_back(post_id)
    for post_id, (url, why) in told.withheld.items():
        new.journal.hear(Withheld(url, why, post_id))
    for url, captures in told.captures.items():
        new.journal.note_captures(url, captures)


def _bring(made: Draft, old: Store, new: Store, layout: choose.Layout, tell: Listener) -> None:
    """The pictures that a post shows, each file once."""
    for wanted in made.wanted():
        media = old.journal.media.get(images.short(wanted.url))
        if media is None or media.url in new.journal.media or not (old.root / media.path).is_file():
            continue
        path = layout.media(PurePosixPath(media.path).name)
        if not new.digest(path):
            disk.link(old.root / media.path, new.inside(path))
        tell(Saved(replace(media, path=path)))


def _reread(root: Path, store: Store, tell: Listener, net: Net) -> None:
    """Every post that the archive holds, read again; others that its pages show are none of its business."""
    if "://" in store.settings.get("source", "") and not (root / ".blogark" / FILE).exists():
        raise SourceError(
            f"{root} keeps no pages as they were answered: it was made with --raw none, or laid out from another "
            "archive; read that one again, then lay it out here again"
        )
    source = open_source(str(root), _OFFLINE, tell, net)
    _, platform = choose.platform(source.page, source.export or store.settings.get("platform", ""))
    teach(platform, source.page, store)
    side = Side(source, store)
    for entry, by, web in Listing(platform, source, _OFFLINE, tell).readings():
        known = side.known(entry) or entry.id
        if store.holds_post(known) and (post := read(by, entry, web, tell)):
            store.add(side.merged(replace(post, id=known)))
