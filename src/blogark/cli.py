"""The shell command: thin calls on the library, told to a person or to a program."""

import difflib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click_default_group import DefaultGroup

from . import flags, shown
from .errors import ArchiveError, SourceError, StoreError
from .model import Entry, Options, Report, plain


class _Group(DefaultGroup):
    """`blogark SOURCE` is `blogark get SOURCE`; the help of the one shows the options of the other."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        word = args[0] if args else ""
        if re.fullmatch(r"[a-z]+", word) and word not in self.commands and not Path(word).exists():
            near = difflib.get_close_matches(word, self.commands, 1, 0.7)
            if near:
                raise click.UsageError(
                    f"{word!r} is no command, file or address; did you mean `blogark {near[0]}`?", ctx
                )
        result: list[str] = super().parse_args(ctx, args)
        return result

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a file or folder that the system refuses is named, as whatever else goes wrong is."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.filename is None:
                raise
            kind = StoreError if ctx.invoked_subcommand in {"verify", "write"} else SourceError
            refused = kind(f"{error.filename}: {error.strerror}")
        shown.complain(refused)
        return ctx.exit(refused.code)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        get = self.commands["get"]
        rows = [row for p in get.params if (row := p.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(rows)
        self.format_commands(ctx, formatter)


@click.group(cls=_Group, default="get", default_if_no_args=False, invoke_without_command=True)
@click.version_option(package_name="blogark")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Point it at a blog, and it saves all of it as Markdown.

    \b
    blogark https://some.blog            save it into the folder some.blog
    blogark some.blog                    go on, or bring up to date
    blogark ls https://some.blog         list its posts, write nothing
    blogark ls --explain some.blog       say what title, date and body are read by
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


commands: click.Group = main


@commands.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where; with several sources their parent."
)
@flags.laid_out
@flags.choosing
@click.option("--tag", "tags", multiple=True, metavar="T", help="Only posts with this tag; may be given again.")
@click.option("--author", "authors", multiple=True, metavar="A", help="Only posts by this author; may be given again.")
@click.option(
    "--comments",
    type=click.Choice(["inline", "sidecar", "none"]),
    help="Comments after the body, in a file beside it, or only counted.",
)
@click.option("--no-media", is_flag=True, help="Leave pictures where they are.")
@click.option(
    "--wayback",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Ask the Wayback Machine for what is gone.",
)
@click.option(
    "--raw",
    type=click.Choice(["pages", "all", "none"]),
    default="pages",
    help="Which answers to keep as they came, in .blogark/raw.warc.gz; all: pictures too.",
)
@click.option("--offline", is_flag=True, help="Ask nobody.")
@click.option("--refresh", is_flag=True, help="List and read every post again: finds silent edits of old posts.")
@click.option("--accept", is_flag=True, help="Write although much of the blog changed at once.")
@click.option("--json", "as_json", is_flag=True, help="Events as JSON lines, and nothing else.")
@click.option("-q", "--quiet", is_flag=True, help="Only the account.")
@click.option("-v", "--verbose", is_flag=True, help="Every event.")
@click.pass_context
def get(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    output: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: bool,
    **chosen: Any,
) -> None:
    """Save each SOURCE: a blog's address, a folder of saved pages, or an archive made before."""
    options = flags.options(**chosen)
    codes, taken = [], set[Path]()
    for source in sources:
        into = shown.unlike(output / shown.folder_for(source), taken) if output and len(sources) > 1 else output
        codes.append(_save(source, into, options, shown.listener(as_json, quiet, verbose), as_json))
    ctx.exit(max(codes, key=lambda code: (code != 0, -code)))


def _save(source: str, into: Path | None, options: Options, screen: shown.Screen, as_json: bool) -> int:
    from .archive import archive

    return _run(lambda: archive(source, into, options, screen.hear), screen, as_json, options.chooses)


def _run(make: Callable[[], Report], screen: shown.Screen, as_json: bool = False, chosen: bool = False) -> int:
    """The exit status of what `make` does, after its account."""
    try:
        with screen:
            report = make()
    except ArchiveError as error:
        shown.complain(error)
        return error.code
    except KeyboardInterrupt:
        click.echo("stopped: what was saved is whole; the same command goes on from here", err=True)
        return 130
    if not as_json:
        shown.account(report, chosen)
    return report.code


@commands.command("ls")
@click.argument("source")
@flags.choosing
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@click.option("--explain", is_flag=True, help="Instead of posts: per field, the evidence that won.")
@click.pass_context
def list_posts(ctx: click.Context, /, source: str, as_json: bool, explain: bool, **chosen: Any) -> None:
    """List the posts of SOURCE, newest first; writes nothing."""
    from .archive import entries
    from .archive import explain as evidence

    screen = shown.listener(False, True, False)
    found = False
    try:
        if explain:
            told = evidence(source, flags.options(**chosen), screen.hear)
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else shown.evidence(told))
            ctx.exit(1 if screen.failed else 0)
        for entry in entries(source, flags.options(**chosen), screen.hear):
            found = True
            click.echo(json.dumps(_as_front(entry), ensure_ascii=False) if as_json else shown.line(entry))
    except ArchiveError as error:
        shown.complain(error)
        ctx.exit(error.code)
    except KeyboardInterrupt:
        ctx.exit(130)
    ctx.exit(1 if screen.failed or not found else 0)


def _as_front(entry: Entry) -> dict[str, Any]:
    """An entry under the keys of front matter, unknown values left out."""
    row = {
        "id": entry.id,
        "title": entry.title,
        "date": entry.published,
        "updated": entry.updated,
        "source": entry.url,
        "comment_count": entry.comment_count,
    }
    return {name: plain(value) for name, value in row.items() if value not in (None, "")}


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--reread", is_flag=True, help="Read the posts again from the pages as they were answered.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OTHER", help="Another folder, for --for.")
@flags.laid_out
@click.pass_context
def write(ctx: click.Context, /, folder: Path, reread: bool, output: Path | None, layout: str, redirects: bool) -> None:
    """Make the files of an archive again from what it remembers, asking nobody; with -o in another layout."""
    from .rewrite import lay_out, rewrite

    screen = shown.listener(False, True, False)
    if output is None and (redirects or layout != "plain"):
        raise click.UsageError("--for and --redirects make other files: name their folder with -o")
    if output is not None and reread:
        raise click.UsageError("--reread mends an archive in its place: run it first, then write it to another")
    if output is None:
        ctx.exit(_run(lambda: rewrite(folder, reread=reread, listen=screen.hear), screen))
    other = output
    ctx.exit(_run(lambda: lay_out(folder, other, layout, redirects=redirects, listen=screen.hear), screen))


@commands.command("verify")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@click.pass_context
def verify_archive(ctx: click.Context, /, folder: Path, as_json: bool) -> None:
    """Is everything in the archive DIR, whole and unchanged? What is lost?"""
    from .verify import verify

    def tell(fault: Any) -> None:
        click.echo(json.dumps(plain(fault), ensure_ascii=False) if as_json else shown.safe(str(fault)))

    try:
        found = verify(folder, tell)
    except ArchiveError as error:
        shown.complain(error)
        ctx.exit(error.code)
    if as_json:
        click.echo(json.dumps({"kind": "summary", **plain(found)}, ensure_ascii=False))
    else:
        shown.verdict(found, folder)
    ctx.exit(found.code)


@commands.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def many(arguments: tuple[str, ...]) -> None:
    """Not yet there: save every SOURCE of a file."""
    raise flags.NotYet("blogark many")


@commands.command()
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
def platforms(as_json: bool) -> None:
    """What is known of each platform."""
    from . import known

    if as_json:
        click.echo("\n".join(json.dumps(row, ensure_ascii=False) for row in known.rows()))
    else:
        shown.table(known.lines())
