"""What the blogs of the engine tests say: one table of posts (posts.txt) that every engine gets in its own words.

A post's body is made of a recipe, one letter a block, from the sentences of its language: the same every time.
Links between posts are `post:slug`, pictures `media:name.png`; each engine's writer puts its own addresses there.
"""

import itertools
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

from .words import HEADINGS, LABELS, SENTENCES

AUTHORS = {"hana": "김하나", "kenji": "佐藤 健二", "mary": "Mary O'Neill", "jurgen": "Jürgen Groß"}


@dataclass(frozen=True)
class Told:
    """A post as its author wrote it."""

    slug: str
    title: str
    lang: str
    author: str  # key of AUTHORS
    moment: datetime  # aware
    category: str
    tags: tuple[str, ...]
    recipe: str
    draft: bool = False

    @property
    def by(self) -> str:
        return AUTHORS[self.author]

    @property
    def body(self) -> str:
        """Its Markdown, with `post:` and `media:` addresses."""
        chance = Random(self.slug)
        sentences = itertools.cycle(chance.sample(SENTENCES[self.lang], len(SENTENCES[self.lang])))
        maker = Maker(self, sentences, chance)
        return "\n\n".join(BLOCKS[letter](maker) for letter in self.recipe)


@dataclass
class Maker:
    """What the blocks of one post draw from."""

    post: Told
    sentences: "itertools.cycle[str]"
    chance: Random
    pictures: int = 0
    notes: int = 0
    headings: int = 0

    def text(self, count: int = 3) -> str:
        return " ".join(next(self.sentences).replace("#", str(self.chance.randint(11, 9999))) for _ in range(count))

    def words(self) -> str:
        """A few words, as for a cell or an item."""
        return " ".join(re.sub(r"[.。؟?!,、،]", "", self.text(1)).split()[:4])[:40].strip()

    def heading(self) -> str:
        self.headings += 1
        labels = HEADINGS[self.post.lang]
        return f"{labels[self.headings % len(labels)]} {self.headings}"

    def picture(self) -> str:
        self.pictures += 1
        return f"{re.sub('[^a-z0-9-]', '', self.post.slug) or 'snow'}-{self.pictures}.png"


def _marked(make: Maker) -> str:
    return (
        f"{make.text(1)} **{make.words()}** {make.text(1)} *{make.words()}* `value_{make.chance.randint(1, 99)}` "
        f"[{make.words()}](https://outside.example/{make.chance.randint(100, 999)}/)"
    )


def _nested(make: Maker) -> str:
    w = make.words
    return f"- {w()}\n- {w()}\n    - {w()}\n    - {w()}\n        - {w()}\n- {w()}"


def _ordered(make: Maker) -> str:
    return "\n".join(f"{n}. {make.words()}" for n in (1, 2, 3))


def _quote(make: Maker) -> str:
    return f"> {make.text(2)}\n>\n> {make.text(1)}"


def _python(make: Maker) -> str:
    n = make.chance.randint(10, 99)
    code = f'def snow_{n}(days: int) -> str:\n    """How deep <it> lies & stays."""\n    return f"{{days * {n}}} cm"'
    return f"```python\n{code}\n\n\nprint(snow_{n}(3))\n```"


def _javascript(make: Maker) -> str:
    n = make.chance.randint(10, 99)
    code = f'const list{n} = [1, 2, 3].map((x) => x * {n});\nif (list{n}.length > 2) console.log("a & b");'
    return f"```javascript\n{code}\n```"


def _table(make: Maker) -> str:
    a, b, c = LABELS[make.post.lang]
    rows = (f"| {make.words()} | {make.chance.randint(1, 999)} | {make.words()} |" for _ in range(3))
    return "\n".join([f"| {a} | {b} | {c} |", "| --- | ---: | --- |", *rows])


def _note(make: Maker) -> str:
    make.notes += 1
    return f"{make.text(1)}[^{make.notes}] {make.text(1)}\n\n[^{make.notes}]: {make.text(1)}"


def _linked_picture(make: Maker) -> str:
    name = make.picture()
    return f"[![{make.words()}](media:small-{name})](media:{name})"


def _link(make: Maker) -> str:
    others = [post for post in POSTS if post.slug != make.post.slug]
    other = make.chance.choice(others)
    return f"{make.text(1)} [{make.words()}](post:{other.slug}) {make.text(1)}"


BLOCKS: dict[str, Callable[[Maker], str]] = {
    "p": Maker.text,
    "s": lambda make: make.words() + ".",  # a very short body
    "m": _marked,
    "h": lambda make: f"## {make.heading()}",
    "H": lambda make: f"### {make.heading()}",
    "l": _nested,
    "o": _ordered,
    "q": _quote,
    "c": _python,
    "j": _javascript,
    "t": _table,
    "n": _note,
    "i": lambda make: f"![{make.words()}](media:{make.picture()})",
    "I": _linked_picture,
    "x": _link,
}


def told(line: str, draft: bool = False) -> Told:
    """A line of the table: moment, language, author, slug, recipe, category, title, tags between commas."""
    moment, lang, author, slug, recipe, category, title, tags = (part.strip() for part in line.split("|"))
    labels = tuple(filter(None, (tag.strip() for tag in tags.split(","))))
    return Told(slug, title, lang, author, datetime.fromisoformat(moment), category, labels, recipe, draft)


POSTS = tuple(told(line) for line in (Path(__file__).parent / "posts.txt").read_text("utf-8").splitlines()[1:])

DRAFTS = (
    told("2019-05-05T05:05:00+00:00 | en | mary | never-finished | pp | Notes | Zqdraft Never Finished | winter", True),
    told("2021-05-05T05:05:00+09:00 | ko | hana | half-written | p | 일상 | Zqdraft 쓰다 만 글 | 눈", True),
)

ABOUT = "This blog is kept by four people who like walking. Zqabout Write to them with paper and ink."
TITLE = "Four Walkers"
TAGLINE = "Zqtagline walking and writing it down"

# Words that a theme's own parts say. None of them is ever a post's.
PARTS = {
    "nav": "Zqnav",
    "sidebar": "Zqsidebar is what a visitor sees beside each post on the wall",
    "footer": "Zqfooter all rights are kept by nobody in particular",
    "share": "Zqshare",
    "related": "Zqrelated",
}
LEAK = re.compile(r"zq\w*", re.IGNORECASE)


def filled(body: str, post: Callable[[str], str], media: Callable[[str], str]) -> str:
    """`body` with an engine's own addresses."""
    body = re.sub(r"\(media:([^)]+)\)", lambda m: f"({media(m[1])})", body)
    return re.sub(r"\(post:([^)]+)\)", lambda m: f"({post(m[1])})", body)


def pictures() -> dict[str, bytes]:
    """Every picture that the posts name, and those that they link to; no two alike."""
    names = {name for post in POSTS for name in re.findall(r"\(media:([^)]+)\)", post.body)}
    return {name: png(name) for name in sorted(names)}


def png(name: str) -> bytes:
    """A small picture of one colour that is its name's own."""
    side = 24 if name.startswith("small-") else 96
    colour = zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    rows = (b"\0" + colour * side) * side
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        )
    )
