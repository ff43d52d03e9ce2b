"""A blog that site generators choke on: titles, tags, addresses and bodies that mean something to one of them."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from homemade import GIF, PNG

from blogark import names
from blogark.events import Saved
from blogark.model import Comment, Media, Post
from blogark.rewrite import rewrite
from blogark.store import Store

HOST = "https://nasty.example"
SEOUL = timezone(timedelta(hours=9))
TITLES = [
    'He said "No": a \\ story',
    "No",
    "null",
    "2011",
    "2011-05-16",
    "1e3",
    "yes: [a, b] {c} #d",
    "'single' & <b>bold</b> \\",
    "🎉 Emoji 👨‍👩‍👧 party",
    "Colon: at the end:",
    "- a dash first",
    "{{ title }} {% raw %} {{< x >}}",
    "제목에 “따옴표”가 있다 | 그리고 막대",
    "+++ --- ...",
    "%YAML",
    "@at `tick` *star* ~tilde~",
    "word " * 39 + "last!",
    "",
]
TAGS = [
    ("C#", "C++", "a, b"),
    ("No", "null", "2011", "true"),
    ("여행", "with space", "slash/tag"),
    ("semi;colon", "'quote'", 'dou"ble', "emoji 🎉"),
    ("<b>", "#hash", "100%", "Q&A", "~"),
    ("back\\slash", "{{ tag }}", "..", "UPPER", "upper"),
]
FIXTURE = Path(__file__).parents[1] / "fixtures" / "nasty-bodies.html"
BODIES = dict(re.findall(r"<!-- body: (\w+) -->\n(.*?)(?=<!-- body|\Z)", FIXTURE.read_text("utf-8"), re.S))
ADDRESSES = [
    "/2011/05/post-{}.html",
    "/글/한국어-제목-{}.html",
    "/?p={}",
    "/old-{}.php",
    "/UPPER/Case-{}.html",
    "/entry/{}",
    "/2011/05/16/slug-{}/",
    "/v1.{}/read-me",
    "/a b/{} c.html",
    "/日本語/{}",
    "/PostView.nhn?blogId=me&logNo={}",
]


def posts(count: int) -> Iterator[Post]:
    """The nasty ones first, then plain ones up to this many; each links to the one before it."""
    bodies = list(BODIES.items())
    for n in range(count):
        name, body = (
            bodies[n % len(bodies)] if n < 3 * len(bodies) else ("plain", f"<p>Words of post {n}, no more.</p>")
        )
        before = (
            f'<p><a href="{HOST}{ADDRESSES[(n - 1) % len(ADDRESSES)].format(n - 1)}#part">before</a></p>' if n else ""
        )
        picture = f'<p><img src="{HOST}/img/{["a.png", "사진 둘.gif"][n % 2]}" alt="a {name} | picture"></p>'
        yield Post(
            id=str(n),
            url=HOST + ADDRESSES[n % len(ADDRESSES)].format(n),
            title=TITLES[n % len(TITLES)] if n < 3 * len(TITLES) else f"Post {n}",
            html=f"<p>Begins {name} number {n}.</p>{body}{picture}{before}<p>Ends {name}.</p>",
            author=["", "한결", 'O"Neill: x', "No"][n % 4],
            summary=["", "A: summary", "{{ s }} 'q'\nsecond line"][n % 3] if n < 60 else "",
            published=[
                datetime(2011, 5, 16, 15, 5, tzinfo=SEOUL),
                date(2011, 5, 17),
                datetime(2010, 1, 2, tzinfo=UTC),
                None,
            ][n % 4],
            updated=datetime(2012, 1, 1, tzinfo=SEOUL) if n % 3 == 0 else None,
            categories=[(), ("여행/일본",), ("No",), ("Category: one", "Two")][n % 4],
            tags=TAGS[n % len(TAGS)] if n < 60 else (),
            kind="page" if n % 13 == 12 else "post",
            cover=f"{HOST}/img/a.png" if n % 5 == 0 else "",
            comment_count=n % 3,
            comments=tuple(Comment(str(c), "누구", f"<p>Comment {c}: {{{{ x }}}} <b>b</b></p>") for c in range(n % 3)),
        )


def archived(folder: Path, count: int) -> Path:
    """A plain archive of so many posts."""
    return remembered(folder, HOST, posts(count), {"a.png": PNG, "사진 둘.gif": GIF})


def remembered(folder: Path, host: str, told: Iterable[Post], pictures: Mapping[str, bytes]) -> Path:
    """A plain archive of these posts, made from what an archive remembers; the host has its pictures in /img/."""
    with Store.alone(folder) as store:
        store.remember(
            blog=urlsplit(host).netloc, title="Nasty: blog", platform="generic", layout="plain", comments="inline"
        )
        for name, data in pictures.items():
            _keep(store, f"{host}/img/{name}", data)
        for post in told:
            store.add(post)
    rewrite(folder, listen=lambda event: None)
    return folder


def _keep(store: Store, url: str, data: bytes) -> None:
    sha256, ending = hashlib.sha256(data).hexdigest(), ".png" if data[:1] == PNG[:1] else ".gif"
    path = f"media/{names.media(url, sha256, ending)}"
    store.inside(path).write_bytes(data)
    store.journal.hear(Saved(Media(url, url, path, sha256, len(data), f"image/{ending[1:]}")))
