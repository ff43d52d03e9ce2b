"""Doubles of the platforms: posts as they were told, and for each platform what its hosts answer for them.

    saved = save({"a.example": table((r"/", front), (r"/p/(\\d+)", page))}, "https://a.example", tmp_path)
    check(saved, told)

A row of a table is a pattern of paths, and what makes the answer of a match, the query and the request. What no row
answers is 404. Hosts have their real names: the resolver that the run is given knows them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from homemade import PNG
from hosts import Hosts, Library
from loopback import Answer, Made, Request, Servable, Served, Site

from blogark import Options, Post, Report, archive, posts
from blogark.events import Event

SEOUL = timezone(timedelta(hours=9))
Query = dict[str, str]
Row = tuple[str, Callable[[re.Match[str], Query, Request], Servable | None]]


@dataclass(frozen=True)
class Told:
    """A post as its author told it."""

    number: int
    title: str
    at: datetime
    tags: tuple[str, ...] = ()
    author: str = "한결"
    said: tuple[tuple[str, str, int], ...] = ()  # who, what, which of them it answers, counted from 1; 0: the post

    @property
    def words(self) -> str:
        return f"Of number {self.number} there is this to say, and a little more of it, so that it reads as one."

    def html(self, picture: str = "") -> str:
        """The body, with a picture's markup in it."""
        return f"<p>{self.words}</p>{picture}<p>그리고 <b>끝</b>까지, the end of number {self.number}.</p>"


def many(count: int, zone: timezone = SEOUL) -> list[Told]:
    """Posts, newest first; every third of them with two comments, the second of which answers the first."""
    start = datetime(2021, 6, 1, 0, 30, 15, tzinfo=zone)
    said = (("Cy", "Well said, & so on.", 0), ("한결", "Thank you.", 1))
    return [
        Told(
            n,
            f"Note {n}: 소금 & 빛",
            start - timedelta(days=count - n, minutes=n),
            ("바다", f"salt & {n % 5}"),
            said=said if n % 3 == 0 else (),
        )
        for n in range(count, 0, -1)
    ]


def table(*rows: Row) -> Made:
    """What a host answers."""

    def answer(request: Request) -> Served | None:
        parts = urlsplit(request.path)
        for pattern, make in rows:
            if found := re.fullmatch(pattern, unquote(parts.path)):
                made = make(found, dict(parse_qsl(parts.query, keep_blank_values=True)), request)
                return made(request) if callable(made) else made
        return None

    return answer


def fixed(served: Served) -> Callable[..., Served]:
    """For a row that answers alike whatever is asked."""
    return lambda *asked: served


def json_answer(text: str, status: int = 200) -> Answer:
    return Answer(status, text, {"Content-Type": "application/json; charset=utf-8"})


def threads(told: Told | None, below: str, shape: Callable[[int, str, str, int], Query | dict[str, Any]]) -> list[Any]:
    """Comments as JSON, those that answer one in its list `below`; `shape(number, who, what, above)` is one of them."""
    every = [{**shape(n, *each), below: []} for n, each in enumerate(told.said if told else (), 1)]
    for made, (_, _, above) in zip(every, told.said if told else (), strict=True):
        if above:
            every[above - 1][below].append(made)
    return [made for made, (_, _, above) in zip(every, told.said if told else (), strict=True) if not above]


def rss(told: Sequence[Told], address: str, *, whole: bool = True, author: bool = True) -> str:
    """RSS of these posts; `address` with "{}" for their numbers; not `whole`: the beginnings of them."""
    items = "".join(
        f"<item><title>{escape(t.title)}</title><link>{address.format(t.number)}</link>"
        f"{f'<dc:creator>{t.author}</dc:creator>' if author else ''}"
        f"<pubDate>{t.at:%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        f"<description>{escape(t.words[:30])}…</description>"
        f"{f'<content:encoded>{escape(t.html())}</content:encoded>' if whole else ''}</item>"
        for t in told
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f"<?xml version='1.0'?><rss version='2.0' {spaces}><channel><title>하루</title>{items}</channel></rss>"


def sitemap(*addresses: str) -> str:
    places = "".join(f"<url><loc>{escape(each)}</loc></url>" for each in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'


def picture(found: re.Match[str], query: Query, request: Request) -> bytes:
    return PNG


@dataclass(frozen=True)
class Saved:
    posts: list[Post]  # newest first
    report: Report
    events: list[Event]
    asked: dict[str, list[str]] = field(repr=False)  # by host: paths with query, robots.txt left out
    folder: Path = Path()

    def count(self, pattern: str) -> int:
        """How many requests went to addresses (host and path) that begin with this pattern."""
        every = (f"{host}{path}" for host, paths in self.asked.items() for path in paths)
        return sum(bool(re.match(pattern, each)) for each in every)


def save(sites: Mapping[str, Made], start: str, folder: Path, library: Library | None = None, **options: Any) -> Saved:
    """One run over these hosts, and what it asked them."""
    chosen = Options(**{"wayback": "auto" if library else "never", **options})
    events: list[Event] = []
    with Hosts({name: Site(made) for name, made in sites.items()}, library) as hosts:
        report = archive(start, folder / "out", chosen, events.append, net=hosts.net)
        asked = {name: [hit for hit in hosts.hits(name) if hit != "/robots.txt"] for name in hosts.sites}
    read = list(posts(str(folder / "out"), Options(), lambda event: None))
    return Saved(sorted(read, key=lambda post: str(post.published), reverse=True), report, events, asked, report.folder)


def check(saved: Saved, told: Sequence[Told], *, pictures: str = "", but: str = "") -> None:
    """Every post found and none besides, each with all that was told; `but`: fields that the platform does not tell.

    `pictures`: host and path of the originals, "{}" for a post's number.
    """
    left_out = set(but.split())
    assert [post.title for post in saved.posts] == [each.title for each in told]
    for post, each in zip(saved.posts, told, strict=True):
        expected = {
            "author": each.author,
            "published": each.at,
            "tags": each.tags,
            "comment_count": len(each.said),
            "comments": [(who, said) for who, said, _ in each.said],
        }
        found = {name: getattr(post, name) for name in expected}
        found["comments"] = [(comment.author, " ".join(_text(comment.html).split())) for comment in post.comments]
        if not each.said and post.comment_count is None:
            found["comment_count"] = 0
        for name in expected.keys() - left_out:
            assert found[name] == expected[name], f"{name} of {post.url}"
        if "published" not in left_out:
            assert post.published.isoformat() == each.at.isoformat()  # type: ignore[union-attr]
        if "comments" not in left_out:
            ids = ["", *(comment.id for comment in post.comments)]
            assert [comment.parent for comment in post.comments] == [ids[above] for _, _, above in each.said]
        assert post.text.replace("끝 까지", "끝까지") == f"{each.words} 그리고 끝까지, the end of number {each.number}."
        if pictures:
            host, _, path = pictures.format(each.number).partition("/")
            assert f"/{path}" in saved.asked[host]
    if pictures:
        lost = [each for each in saved.report.lost if not each.startswith("comments of") or "comments" not in left_out]
        assert saved.report.media == len(told) and not lost


def _text(html: str) -> str:
    return Post("", "", html=html).text
