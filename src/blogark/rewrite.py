"""The files of an archive made again from what it remembers, asking nobody."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from . import choose, index
from .archive import alone
from .desk import Desk
from .errors import StoreError
from .events import Found, Listener, log, tee
from .model import Blog, Options, Report
from .reading import Listing, read, teach
from .source import Net, net, open_source
from .store import Store
from .tally import Tally
from .webs.raw import Raw

_OFFLINE = Options(offline=True)


def rewrite(folder: Path | str, *, reread: bool = False, listen: Listener = log, net: Net = net) -> Report:
    """Write every post of the archive `folder` where its file should be; what a person edited is left alone.

    `reread` derives the posts again from the pages as they were answered; a post that cannot be derived stays as it
    is. Raises StoreError when this is no archive, or cannot be trusted or written.
    """
    began, root = time.monotonic(), Path(folder)
    if not (root / ".blogark" / "archive.json").is_file():
        raise StoreError(f"{root} is no archive folder")
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
        return tally.report(blog, root, len(store.journal.media), time.monotonic() - began)


def _reread(root: Path, store: Store, tell: Listener, net: Net) -> None:
    """Every post that the archive holds, read again; others that its pages show are none of its business."""
    source = open_source(str(root), _OFFLINE, tell, net)
    _, platform = choose.platform(source.page, store.settings.get("platform", ""))
    teach(platform, source.page, store)
    for entry, by, web in Listing(platform, source, _OFFLINE, tell).readings():
        known = store.id_at(entry.url) or entry.id
        if store.holds_post(known) and (post := read(by, entry, web, tell)):
            store.add(replace(post, id=known))
