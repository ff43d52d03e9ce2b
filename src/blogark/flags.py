"""The options of the shell command, and the Options they stand for."""

import re
from collections.abc import Callable
from datetime import date
from pkgutil import iter_modules
from typing import Any

import click

from . import layouts
from .model import Options

LAYOUTS = tuple(name for _, name, _ in iter_modules(layouts.__path__) if not name.startswith("_"))
_Command = Callable[..., Any]


class NotYet(click.ClickException):
    """What a later version will do. Nothing pretends."""

    exit_code = 2

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: not yet")


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2011-05-16", param, ctx)


def choosing(command: _Command) -> _Command:
    """The options by which `get` and `ls` choose posts and ask for them."""
    options = (
        click.option("--since", type=_Day(), help="Only posts of this day (2011-05-16) and later."),
        click.option("--until", type=_Day(), help="Only posts of this day and earlier."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the N newest posts."),
        click.option(
            "--delay", type=click.FloatRange(0), help="Seconds between page requests to one host; 0.5 unless told."
        ),
        click.option("--mine", is_flag=True, help="My own blog: do not ask robots.txt."),
        click.option("--cookies", default="", metavar="FILE", help="Cookies (Netscape format) for my private posts."),
        click.option("--header", "headers", multiple=True, metavar="'K: V'", help="A header for the blog's own host."),
        click.option(
            "--allow-private", "private", is_flag=True, help="Let a public blog's links reach private addresses."
        ),
        click.option("--platform", default="", metavar="NAME", help="Do not guess what the blog runs on."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def laid_out(command: _Command) -> _Command:
    """The options by which `get` and `write` lay the files out."""
    layout = click.Choice(LAYOUTS)
    command = click.option("--redirects", is_flag=True, help="Also maps from old addresses to new ones, for hosts.")(
        command
    )
    return click.option("--for", "layout", type=layout, default="plain", help="For a site generator, or plain files.")(
        command
    )


def options(
    mine: bool,
    headers: tuple[str, ...],
    limit: int | None,
    no_media: bool = False,
    offline: bool = False,
    refresh: bool = False,
    **chosen: Any,
) -> Options:
    """The Options of what was typed; click's UsageError where that says nothing that could be done."""
    if chosen.get("since") and chosen.get("until") and chosen["since"] > chosen["until"]:
        raise click.UsageError("--since is after --until: no day lies between them")
    if offline and refresh:
        raise click.UsageError("--offline asks nobody, --refresh asks for everything again: choose one")
    if chosen.get("cookies") in {"firefox", "chrome"}:
        raise NotYet(f"--cookies {chosen['cookies']}")
    return Options(
        robots=not mine,
        headers=tuple(map(_header, headers)),
        limit=limit or 0,
        media=not no_media,
        offline=offline,
        refresh=refresh,
        **chosen,
    )


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon or not re.fullmatch(r"[\w-]+", name.strip()):
        raise click.UsageError(f"--header {name.strip()!r}: write it as 'Name: value'")
    return name.strip(), value.strip()
