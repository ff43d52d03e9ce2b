"""A second blog that site generators choke on, a post for each thing: names, addresses, days, terms and bodies."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import nasty
from homemade import GIF, PNG

from blogark.model import Comment, Post

HOST = "https://nastier.example"
FIXTURE = Path(__file__).parents[1] / "fixtures" / "nastier-bodies.html"
SECRET = "Nobody shall read this"
BODIES = dict(re.findall(r"<!-- body: (\w+) -->\n(.*?)(?=<!-- body|\Z)", FIXTURE.read_text("utf-8"), re.S))
PICTURES = {
    "plain.png": PNG,
    "two%20words.png": PNG + b"\0",
    "%ED%95%9C%EA%B8%80%20(1).png": PNG + b"\1",
    "100%25.png": PNG + b"\2",
    "日本(語).gif": GIF,
}
TITLES = [
    "index", "tags", "Tags: all", "404", "README", "about", "posts", "_index", ".hidden", "con", "a/b/c", "..",
    "C:\\temp",
    "true", "off", "~", "=", "<<", "!tag", "&anchor *ref", "? key", "| pipe", "> fold", "0o17", "12:30:45", "1_000",
    ".inf",
    "0x1F", "`tick`", "@at", "%dir", "# hash", "a #b", "a: b: c", "- - -", "'''", '"""', 'tri"""ple', "'" * 3 + "x",
    "\\n \\t \\u0041",
    "ends with \\", 'ends with "', "{% raw %}", "{{< x >}}", "{{ '}}' }}", "<script>alert(1)</script>",
    "&lt;b&gt; &amp; &copy;",
    "$HOME ${x} $(y)", "100%", "tab\there", "rtl \u202e end", "zero\u200bwidth", "nbsp\u00a0here",
    "combining e\u0301", "👩‍👩‍👧‍👦🏳️‍🌈",
    "ไทย ภาษา", "العربية", "עברית", "𝔘𝔫𝔦", "ﬁ ligature", "가" * 200, "x" * 200, "[link](http://a.example)",
    "![img](x)", "**bold** _it_",
    "line\u2028sep", "ctrl\x7fdel", "  spaces  around  ", "semi; colon, comma", "title = \"toml\"", "+++", "---",
    "[section]", "{json: 1}",
]  # fmt: skip
PATHS = [
    "/tags/", "/tags/x.html", "/categories/", "/category/x.html", "/tag/a.html", "/author/bo.html", "/posts/",
    "/page/2/", "/blog/",
    "/index.xml", "/atom.xml", "/feed.xml", "/404.html", "/archives.html", "/tags.html", "/sitemap.xml", "/media/",
    "/images/x.html",
    "/100%25.html", "/a+b.html", "/%F0%9F%8E%89.html", "/q?x=1%2B2&y=%26", "/?p=7&preview=true", "/a%2Fb.html",
    "/a;b.html", "/a'b.html",
    "/a&b/", "/(paren)/", "/$cash/", "/a!b/", "/*star*/", "/a=b/", "/a:b/c", "/%EA%B8%80/%ED%95%9C%EA%B8%80.html",
    "/e%CC%81.html",
    "/UPPER.HTML", "/a.aspx?id=3", "/dots...html", "/a.b.c/", "/~user/x.html", "/@user/12", "/-/x", "/_under/x.html",
    "/x_.html",
    "/drafts/x.html", "/pages/about/", "/a/index.html", "/a/index.php?id=5", "/deep/a/b/c/d/e/f.html",
    "/_redirects.html",
    "/static/a.html", "/public/b.html", "/content/c.html", "/2012/05/", "/2012/", "/1",
    "/long-" + "y" * 190 + ".html", "/{{x}}.html", "/%7B%25.html",
    "/x.htm", "/a%20b%20c/", "/%5Bx%5D.html", "/a%5Cb.html", "/%3Cb%3E.html", "/a%23b.html", "/a%3Fb.html",
    "/%22q%22.html", "/%80%81.html",
]  # fmt: skip
DAYS: list[Any] = [
    date(1969, 12, 31), date(1901, 2, 3), datetime(1960, 1, 1, 1, 1, tzinfo=UTC), date(2012, 2, 29), None,
    datetime(2012, 6, 30, 23, 59, 59, tzinfo=timezone(timedelta(hours=-11))),
    datetime(2012, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=13))),
    datetime(2012, 3, 4, 5, 6, 7, tzinfo=timezone(timedelta(hours=5, minutes=45))), date(2012, 12, 31),
]  # fmt: skip
TERMS: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("a/b/c",), ("Python", "python", "PYTHON")),
    (("R&D", "A & B"), ("all", "posts", "post", "page")),
    (("C#", "F#"), ("C", "C#", "C++")),
    (("한국/서울", "日本語"), ("constructor", "__proto__", "toString", "length", "map")),
    (("Uncategorized",), ("!!!", "☃", "#")),
    (("null", "true"), ("1.0", "1", "2012-01-01", "0x1F")),
    (("a, b", "c; d"), ("x;", ";y", "z,")),
    (("<i>x</i>",), ("'", '"', "`", "\\", "/", "//", "a//b", "/a/", "-", "--x--")),
    (("é", "e\u0301"), ("É", "e", "ß", "SS", "ﬁ", "fi")),
    (("index", "page"), ("index", "page/2", "feed", "index.html", "..", ".")),
    (("{{ c }}", "{% c %}"), ("{{ t }}", "{{< t >}}", "${t}", "%{t}", "[t]", "(t)", "t:")),
    (("x" * 150,), ("가" * 60, "word " * 12)),
    (("Tag", "tag"), ("a b", "a-b", "a_b", "a.b", "A B", "a  b")),
]  # fmt: skip


def posts() -> Iterator[Post]:
    """A post for each odd thing, each beside plain ones; in the end one that links to all of them."""
    made = list(_numbered(_all()))
    yield from made
    links = "".join(f'<li><a href="{post.url}#part">{post.id}</a></li>' for post in made)
    yield Post("all", f"{HOST}/2012/plain.html", title="All", html=f"<ul>{links}</ul>", published=date(2012, 5, 5))


def _numbered(told: Iterator[dict[str, Any]]) -> Iterator[Post]:
    for n, post in enumerate(told):
        whole = {"id": f"n{n}", "url": f"{HOST}/2012/05/n-{n}.html", "title": f"Number {n}", **post}
        whole["html"] = f"<p>Opens {n}.</p>{whole.get('html', '')}<p>Ends {n}.</p>"
        yield Post(**{"published": date(2012, 5, 1) + timedelta(days=n), **whole})


def _all() -> Iterator[dict[str, Any]]:
    for name, body in BODIES.items():
        yield {"title": f"Body {name}", "html": body, "slug": name}
        if name in ("notes", "tabs"):  # notes are numbered anew in each comment; Pelican has tabs in no quote
            continue
        said = tuple(Comment(f"{name}{n}", "누구", body) for n in range(2))
        yield {"title": f"Said {name}", "comments": said, "comment_count": 2}
    for n, title in enumerate(TITLES):
        yield {
            "title": title,
            "kind": ("page", "post")[n % 2],
            "summary": title,
            "author": title,
            "published": date(2012, 1, n % 28 + 1),
        }
        yield {"title": title, "kind": ("post", "page")[n % 2], "published": None, "url": f"{HOST}/?p={n}"}
    for n, path in enumerate(PATHS):
        yield {"url": HOST + path, "kind": ("post", "page")[n % 3 == 2]}
    for n, day in enumerate(DAYS):
        yield {"published": day, "updated": DAYS[n - 1], "url": f"{HOST}/?day={n}"}
    secret = f"<p>{SECRET}</p>"
    yield {"draft": True, "url": f"{HOST}/2012/05/draft.html", "html": secret, "comments": (Comment("c", "x", secret),)}
    yield {
        "draft": True,
        "kind": "page",
        "title": "index",
        "published": None,
        "url": f"{HOST}/?draft=1",
        "html": secret,
    }
    for status in ("private", "password", "pending"):
        yield {"extra": {"status": status}, "html": secret, "summary": SECRET}
    yield {"extra": {"layout": "none", "permalink": "/x", "status": "seedling", "두 낱말": "a: b", "pagination": "x"}}
    for categories, tags in TERMS:
        yield {"categories": categories, "tags": tags}
    for n in range(3):
        yield {"title": "The same", "slug": "the-same", "published": date(2012, 9, 9), "url": f"{HOST}/?same={n}"}


def archived(folder: Path) -> Path:
    """A plain archive of them."""
    return nasty.remembered(folder, HOST, posts(), PICTURES)
