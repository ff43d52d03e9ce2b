"""One blog, from what a person typed to a folder of Markdown: list, read, write.

Each post is written as soon as it is whole; links that gain a target later are mended in
a last pass. The one room where errors become events.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from . import canon, choose, errors, markdown, parse, render
from .chosen import wanted
from .desk import tell_depth
from .errors import Incomplete, StoreError
from .events import Failed, Found, Listener, Relay, log, tee
from .model import Entry, Options, Post, Report
from .reading import Listing, read
from .run import Run
from .source import Net, net, open_source, place
from .store import Store
from .webs.raw import Raw

_DEFAULTS = Options()


def archive(
    source: str,
    into: Path | str | None = None,
    options: Options = _DEFAULTS,
    listen: Listener = log,
    *,
    net: Net = net,
) -> Report:
    """Save the blog at `source` (address, folder of saved pages, archive folder) into the folder `into`.

    Gives the account of the run; a post or picture that cannot be had is told and counted,
    and ends nothing. Raises SourceError when nothing reads the source, StoreError when the
    folder cannot be trusted or written, Held when most of the blog changed at once: then no
    file was touched. `net` reaches the world outside: the seam for tests.
    """
    began, raw, listen = time.monotonic(), Raw(options), Relay(listen)
    root = Path(into) if into is not None else place(source)
    with ExitStack() as stack:
        held = root is not None and (root / ".blogark").is_dir()
        store = stack.enter_context(alone(root, source, raw)) if root and held else None
        opened = open_source(source, options, listen, partial(net, raw=raw))
        if store is None:
            store = stack.enter_context(alone(root or Path(opened.name), source, raw))
        run = Run(opened, store, options, listen)
        update = raw.begin(bool(store.journal.places))
        try:
            report = run.save(began, update=update, resumes=raw.resumes)
        except errors.Held:
            raw.undo(update)
            raise
        raw.finish()
        return report


@contextmanager
def alone(root: Path, source: str, raw: Raw) -> Iterator[Store]:
    """The folder to write into, and in it what was answered before."""
    typed, into = Path(source).resolve(), root.resolve()
    itself = into == typed and (typed / ".blogark").is_dir()
    if typed.is_dir() and into.is_relative_to(typed) and not itself:
        raise StoreError(f"{root} lies inside its own source {source}; choose another folder with -o")
    with Store.alone(root) as store:
        raw.open(root)
        yield store


def posts(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> Iterator[Post]:
    """Every post of `source`, read one by one, with its Markdown; nothing is written.

    An archive folder asks nobody. A post that cannot be read is told and skipped;
    Incomplete is raised at the end.
    """
    failures: list[str] = []
    tell = tee(lambda event: failures.append(str(event)) if isinstance(event, Failed) else None, listen)
    for number, post in enumerate(_read_all(source, options, tell), 1):
        made = render.draft(post, "none")
        tell_depth(made, tell)
        yield replace(post, markdown=markdown.write(made.body))
        if number == options.limit:
            break
    if failures:
        raise Incomplete(tuple(failures))


def entries(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> Iterator[Entry]:
    """What the listing of `source` knows of its posts; none of them is read, nothing is written."""
    opened = open_source(source, options, listen)
    _, platform = choose.platform(opened.page, options.platform or opened.export)
    for number, (entry, *_) in enumerate(Listing(platform, opened, options, listen).readings(), 1):
        listen(Found(entry.id, entry.url, entry.title, entry.stated))
        yield entry
        if number == options.limit:
            break


def explain(source: str, options: Options = _DEFAULTS, listen: Listener = log) -> dict[str, Any]:
    """Per field of a post, what is believed of `source` and why: {"platform": …, "fields": {name: evidence}}.

    Reads a few sample posts, writes nothing.
    """
    opened = open_source(source, options, listen)
    name, platform = choose.platform(opened.page, options.platform or opened.export)
    told = getattr(platform, "explain", None)
    entry = next(iter(Listing(platform, opened, options, listen)), None)
    fields = (
        told(entry, opened.web) if told and entry else {"fields": {"all": {"evidence": f"{name}'s own interfaces"}}}
    )
    return {"source": opened.page.at, "platform": name, **fields}


def to_markdown(html: str, base: str = "") -> str:
    """A post's HTML as CommonMark + GFM; addresses are made absolute against `base`."""
    return markdown.write(canon.canonical(parse.fragment(html), base))


def _read_all(source: str, options: Options, tell: Listener) -> Iterator[Post]:
    if (Path(source) / ".blogark" / "archive.json").is_file():
        yield from (post for post in Store(Path(source)).posts() if wanted(post, options))
        return
    opened = open_source(source, options, tell)
    _, platform = choose.platform(opened.page, options.platform)
    for entry, by, web in Listing(platform, opened, options, tell).readings():
        post = read(by, entry, web, tell)
        if post and wanted(post, options):
            yield post
