"""What a person, or a program, is shown of a run."""

import json
import re
import sys
from itertools import chain, count
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

from .errors import ArchiveError
from .events import Event, Failed, Fetched, Found, Gone, Instead, Kept, Needs, Rescued, Saved, Withheld
from .model import Entry, Report

if TYPE_CHECKING:
    from .fidelity import Share
    from .verify import Verdict

_EVERY = 100  # posts between two plain lines of progress
_NAMED = 20  # losses named on screen; the others stand in INDEX.md
_MEANS = {
    1: "posts are missing; the same command tries them again",
    2: "nothing was read or written",
    3: "every post is here, but pictures or comments are missing",
    4: "the archive folder cannot be trusted or written",
    5: "most of the blog changed at once; nothing was touched, --accept writes all the same",
}
# Control characters, and those that turn the direction of text, have no business on a terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """Text from the outside world without what a terminal would obey."""
    return _UNSAFE.sub("", text).replace("\n", " ")


def folder_for(source: str) -> Path:
    """The default folder of a source as it was typed."""
    from .names import default_name
    from .source import taped_name

    path = Path(source)
    if path.exists():
        return Path(taped_name(path) if path.is_file() else path.resolve().name)
    return Path(default_name(source if "://" in source else f"https://{source}"))


def unlike(folder: Path, taken: set[Path]) -> Path:
    """The folder, or the first of folder-2, folder-3 … that no other source of this run goes to."""
    numbered = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    found = next(each for each in chain([folder], numbered) if each not in taken)
    taken.add(found)
    return found


def listener(as_json: bool, quiet: bool, verbose: bool) -> "Screen":
    if as_json:
        return _Lines()
    if sys.stderr.isatty() and not quiet and not verbose:
        return _Bar()
    return _Plain(quiet, verbose)


class Screen:
    """A listener that shows; a context in which its line stands on the screen."""

    def __init__(self) -> None:
        self.failed = 0
        self.began = monotonic()
        self.posts = self.pictures = self.bytes = 0
        self.stated: int | None = None

    def hear(self, event: Event) -> None:
        match event:
            case Found(stated=stated):
                self.posts += 1
                self.stated = stated or self.stated
            case Failed():
                self.failed += 1
            case Saved(media) | Rescued(media):
                self.pictures += 1
                self.bytes += media.size
        self.show(event)

    def show(self, event: Event) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def progress(self) -> str:
        """`812/3,000 posts · 6,104 pictures · 1.9 GB · about 1 h 40 left · safe to stop`"""
        total = f"/{self.stated:,}" if self.stated else ""
        parts = [f"{self.posts:,}{total} posts", f"{self.pictures:,} pictures", size(self.bytes)]
        if self.stated and 5 <= self.posts < self.stated:
            spent = monotonic() - self.began
            parts.append(f"about {span(spent / self.posts * (self.stated - self.posts))} left")
        return " · ".join([*parts, "safe to stop"])


class _Lines(Screen):
    def show(self, event: Event) -> None:
        click.echo(json.dumps(event.to_dict(), ensure_ascii=False))


class _Plain(Screen):
    def __init__(self, quiet: bool, verbose: bool) -> None:
        super().__init__()
        self._quiet, self._verbose = quiet, verbose

    def show(self, event: Event) -> None:
        if self._verbose or isinstance(event, Failed | Gone | Instead | Kept | Needs | Withheld):
            click.echo(safe(str(event)), err=True)
        elif isinstance(event, Found) and not self._quiet and self.posts % _EVERY == 0:
            click.echo(self.progress(), err=True)


class _Bar(Screen):
    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.status import Status

        self._console = Console(stderr=True)
        self._line: Any = Status("asking", console=self._console)

    def show(self, event: Event) -> None:
        if isinstance(event, Failed | Gone | Instead | Kept | Needs | Withheld):
            self._console.print(safe(str(event)), markup=False, highlight=False)
        elif not isinstance(event, Fetched):
            self._line.update(self.progress())

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()


def line(entry: Entry) -> str:
    """An entry for a person: day, comments, title, address."""
    day = f"{entry.published:%Y-%m-%d}" if entry.published else "no date   "
    count = f"{entry.comment_count:>4}" if entry.comment_count is not None else "    "
    return safe(f"{day} {count}  {entry.title or 'Untitled'}  {entry.url}")


def evidence(told: dict[str, Any]) -> str:
    """What `ls --explain` says to a person: a line a field, with what it was read by."""
    rows = [f"{told['source']} is read as {told['platform']}"]
    for name, field in told["fields"].items():
        agreed = (
            f"right on {field['agreed']} of {field['of']} sample posts: {field['xpath']}" if "xpath" in field else ""
        )
        rows += [f"{name:10} {field['evidence']}", *([f"{'':10} {agreed}"] if agreed else [])]
    rows += [f"{'left out':10} {xpath}" for xpath in told.get("drop", ())]
    return "\n".join(map(safe, rows))


def account(report: Report, chosen: bool = False) -> None:
    """The last lines of a run, honest to the post; `chosen`: filters asked for some posts only."""
    saved = report.written + report.unchanged + report.kept
    parts = [f"{saved:,} of {max(report.found - len(report.withheld), saved):,} posts"]
    lost = [loss for loss in report.lost if "://" in loss.partition(" ")[0]]  # pictures, by their address
    if report.media or lost:
        parts.append(f"{report.media:,} of {report.media + len(lost):,} pictures{_notes(report, len(lost))}")
    click.echo(" · ".join([*parts, span(report.seconds)]))
    if report.kept:
        files = (
            "file that you edited was left as it is"
            if report.kept == 1
            else "files that you edited were left as they are"
        )
        click.echo(f"{report.kept:,} {files}")
    if report.gone:
        click.echo(f"{report.gone:,} that the blog has no more {'stays' if report.gone == 1 else 'stay'} here")
    if report.withheld:
        click.echo(f"{len(report.withheld):,} more, not saved (public posts only, not signed in):")
    for post in report.withheld[:_NAMED]:
        click.echo(safe(f"  {post}"))
    losses = [*report.failures, *report.lost]
    for loss in losses[:_NAMED]:
        click.echo(safe(f"  lost: {loss}"))
    if len(losses) > _NAMED:
        click.echo(f"  … and {len(losses) - _NAMED:,} more, named in {report.folder / report.index}")
    if saved:
        click.echo(f"open {report.folder / report.index}")
    nothing = "no post is of this choice" if chosen and not report.failures else "no post could be saved"
    if report.code:
        click.echo(f"exit {report.code}: {_MEANS[report.code] if saved or report.code != 1 else nothing}")


_ADVICE = (  # of verify, by kinds of fault
    (("missing", "dead"), "`blogark write {0}` makes files again"),
    (("missing", "damaged"), "`blogark {0}` fetches pictures again (remove damaged ones first)"),
    (("edited", "invalid"), "what you edited stays (remove it, and `blogark write {0}` makes it as it was)"),
    (("lost", "partial"), "`blogark {0}` tries again to get what is lost"),
)
_FOUND = {
    0: "all is there, whole",
    1: "posts are missing",
    3: "every post is here, but parts of them were lost",
    4: "files are missing, or are not as they were saved",
}


def verdict(found: "Verdict", folder: Path) -> None:
    """The last lines of verify: what there is, how true it is, what to do."""
    stated = f" (the blog says {found.stated:,})" if found.stated and found.stated != found.known else ""
    parts = [f"{found.posts:,} of {found.known:,} posts{stated}", f"{found.pictures:,} pictures"]
    click.echo(" · ".join([*parts, f"{found.comments:,} comments"]))
    if found.fidelity:
        shares = (f"{_percent(share)} of the {name}" for name, share in found.fidelity.items())
        click.echo(f"of what the blog sent, the files hold: {', '.join(shares)}")
    for path, post in found.worst:
        click.echo(safe(f"  {path}: {'; '.join(_lack(name, share) for name, share in post if share.missing)}"))
    if not found.code:
        click.echo(_FOUND[0])
        return
    advice = (said.format(folder) for kinds, said in _ADVICE if not found.faults.keys().isdisjoint(kinds))
    click.echo(f"exit {found.code}: {_FOUND[found.code]}: {'; '.join(advice)}")


def _lack(name: str, share: "Share") -> str:
    more = ", …" if share.of - share.found > len(share.missing) else ""
    return f"{share.found:,} of {share.of:,} {name}, not {', '.join(share.missing)}{more}"


def _percent(share: float) -> str:
    """Never 100 % of what is not all there."""
    return f"{int(share * 1000) / 10:.4g} %"


def _notes(report: Report, lost: int) -> str:
    notes = [f"{report.rescued:,} from the Wayback Machine"] * bool(report.rescued) + [f"{lost:,} lost"] * bool(lost)
    return f" ({', '.join(notes)})" if notes else ""


def table(rows: list[list[str]]) -> None:
    """Rows, the head first, as wide as the terminal; where there is none, a line each with tabs between."""
    if not sys.stdout.isatty():
        click.echo("\n".join(map("\t".join, rows)))
        return
    from rich.console import Console
    from rich.table import Table

    drawn = Table(*rows[0])
    for row in rows[1:]:
        drawn.add_row(*row)
    Console(markup=False).print(drawn)


def complain(error: ArchiveError) -> None:
    click.echo(safe(f"blogark: {error}"), err=True)
    click.echo(f"exit {error.code}: {_MEANS.get(error.code, 'the run could not be made')}", err=True)


def size(count: int) -> str:
    """Bytes as a person reads them."""
    value = float(count)
    for unit in ("bytes", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if unit in {"bytes", "KB"} or value >= 100 else f"{value:.1f} {unit}"


def span(seconds: float) -> str:
    """A length of time as a person says it: 8 s, 12 min, 1 h 40."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s" if seconds >= 1 else "1 s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02}"
