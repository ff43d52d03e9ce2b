"""Real exports, each held against a reading of its own: ElementTree, csv, json or plain text."""

import csv
import html
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import CORPORA
from handed import ALONE

from blogark import Incomplete, Post, posts
from blogark.events import Event, Failed

pytestmark = pytest.mark.corpora
ATOM = "{http://www.w3.org/2005/Atom}"
KIND = "http://schemas.google.com/blogger/2008/kind#"
NO_POSTS = {"attachment", "nav_menu_item", "revision", "wp_global_styles", "wp_navigation", "wp_block"}
Truth = dict[str, Any]


def found_in(path: Path) -> tuple[list[Post], list[str]]:
    """The posts of a file, and what was said to be wrong with it."""
    wrong: list[str] = []

    def hear(event: Event) -> None:
        if isinstance(event, Failed):
            wrong.append(str(event))

    found: list[Post] = []
    try:
        found.extend(posts(str(path), ALONE, hear))
    except Incomplete:
        return _patient(path), wrong
    return found, wrong


def _patient(path: Path) -> list[Post]:
    found: list[Post] = []
    try:
        for post in posts(str(path), ALONE, lambda event: None):
            found.append(post)  # noqa: PERF402 - what came before the error counts
    except Incomplete:
        pass
    return found


def squeezed(text: str) -> str:
    """A body without the marks of paragraphs, which WordPress makes when it shows it."""
    return re.sub(r"</?p\b[^>]*>|<br\s*/?>|\s+", "", text)


def files(pattern: str) -> list[Path]:
    return sorted(CORPORA.glob(pattern))


# WordPress


def wordpress(path: Path) -> list[Truth] | None:
    """What the items of a WXR say; None where the file is no XML."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return None
    version = re.search(r"https?://wordpress\.org/export/[\d.]+/", path.read_text("utf-8"))
    space = {"wp": version[0] if version else "", "content": "http://purl.org/rss/1.0/modules/content/"}
    space["dc"] = "http://purl.org/dc/elements/1.1/"
    names = {
        _in(author, "wp:author_login", space): _in(author, "wp:author_display_name", space)
        for author in root.iterfind("channel/wp:author", space)
    }
    items = [item for item in root.iter("item") if _in(item, "wp:post_type", space) not in NO_POSTS]
    return [_item(item, names, space) for item in items]


def _in(e: ElementTree.Element, name: str, space: dict[str, str]) -> str:
    return (e.findtext(name, "", space) or "").strip()


def _item(item: ElementTree.Element, names: dict[str, str], space: dict[str, str]) -> Truth:
    login = _in(item, "dc:creator", space)
    filed = [(e.get("domain") or "", e.text or "") for e in item.iterfind("category")]
    filed_by = [domain for domain, _ in filed]
    heard = [
        e
        for e in item.iterfind("wp:comment", space)
        if _in(e, "wp:comment_approved", space) in {"1", ""} and _in(e, "wp:comment_type", space) in {"", "comment"}
    ]
    return {
        "title": " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", item.findtext("title") or "")).split()),
        "author": names.get(login) or login,
        "wall": _in(item, "wp:post_date", space),
        "utc": _in(item, "wp:post_date_gmt", space),
        "tags": {" ".join(name.split()) for domain, name in filed if domain in {"post_tag", "tag"}},
        "categories": {" ".join(n.split()) for domain, n in filed if domain == ("category" if any(filed_by) else "")},
        "status": _in(item, "wp:status", space) or "publish",
        "kind": "page" if _in(item, "wp:post_type", space) == "page" else "post",
        "comments": len(heard),
        "body": item.findtext("content:encoded", "", space) or "",
    }


@pytest.mark.parametrize(
    "path",
    files("wordpress-wxr/*/*.xml") + files("*/google-blog-converters/src/*/testdata/wordpress.*.xml"),
    ids=lambda path: path.name,
)
def test_every_item_of_wordpress(path: Path) -> None:
    truth, (found, wrong) = wordpress(path), found_in(path)
    if not truth:
        assert found or wrong, "neither a post nor an error"
        assert all(path.name in each for each in wrong)
        return
    assert sorted(post.title for post in found) == sorted(told["title"] for told in truth)
    left = list(truth)
    for post in found:
        told = next(each for each in left if _fits(post, each) and post.author == each["author"])
        left.remove(told)
        assert (post.author, post.kind, post.comment_count) == (told["author"], told["kind"], told["comments"])
        assert set(post.tags) == {html.unescape(tag) for tag in told["tags"]}
        leaves = {path.rpartition("/")[2] for path in post.categories}
        wanted = {html.unescape(name).rpartition("/")[2] for name in told["categories"]} - {"Uncategorized"}
        assert {leaf for leaf in leaves if not leaf.startswith("Ü")} == {w for w in wanted if not w.startswith("Ü")}
        assert post.draft == (told["status"] in {"draft", "pending", "future", "trash"})
        assert _is_when(post.published, told["wall"], told["utc"])


def _fits(post: Post, told: Truth) -> bool:
    same = squeezed(post.html) == squeezed(told["body"])
    return post.title == told["title"] and (same or "[gallery" in told["body"] or "sqs-" in told["body"])


def _is_when(published: date | datetime | None, wall: str, utc: str) -> bool:
    if isinstance(published, datetime):
        return f"{published:%Y-%m-%d %H:%M:%S}" == wall and (
            f"{datetime.fromtimestamp(published.timestamp(), tz=published.tzinfo):%Y}" == wall[:4] or bool(utc)
        )
    return (published.isoformat() if published else "") == wall[:10].replace("0000-00-00", "")


def test_the_item_of_squarespace_is_read_though_its_xml_is_torn() -> None:
    path = next(iter(files("platforms/ghost-migrate/packages/mg-squarespace-xml/test/fixtures/sample.xml")), None)
    if path is None:
        pytest.skip("needs the real exports")
    found, wrong = found_in(path)
    assert path.read_text("utf-8").count("<item>") == len(found) + path.read_text("utf-8").count(">attachment<")
    assert not wrong
    assert "Draft & Post & More—More" in {post.title for post in found}


# Blogger


def blogger(path: Path) -> list[Truth]:
    root = ElementTree.parse(path).getroot()
    entries = root.findall(f"{ATOM}entry")
    kinds = {
        id(e): next((c.get("term", "") for c in e.iter(f"{ATOM}category") if KIND in c.get("term", "")), "")
        for e in entries
    }
    answers = [
        r.get("ref", "").strip()
        for e in entries
        if kinds[id(e)] == f"{KIND}comment"
        for r in e.iter("{http://purl.org/syndication/thread/1.0}in-reply-to")
    ]
    return [
        {
            "title": " ".join((e.findtext(f"{ATOM}title") or "").split()),
            "author": " ".join((e.findtext(f"{ATOM}author/{ATOM}name") or "").split()),
            "published": (e.findtext(f"{ATOM}published") or "").strip(),
            "tags": {c.get("term", "") for c in e.iter(f"{ATOM}category") if "atom/ns#" in c.get("scheme", "")},
            "comments": answers.count((e.findtext(f"{ATOM}id") or "").strip()),
            "kind": kinds[id(e)].rpartition("#")[2],
            "body": e.findtext(f"{ATOM}content") or "",
            "draft": any((d.text or "").strip() == "yes" for d in e.iter() if d.tag.endswith("draft")),
        }
        for e in entries
        if kinds[id(e)] in {f"{KIND}post", f"{KIND}page"}
    ]


def is_xml(path: Path) -> bool:
    try:
        ElementTree.parse(path)
    except ElementTree.ParseError:
        return False
    return True


@pytest.mark.parametrize(
    "path",
    [
        *files("blogger-import-testdata/blogger-data-test.xml"),
        *files("blogger-exports-feeds-json/*/samples/blogger-sample*.xml"),
        *files("blogger-exports-feeds-json/*/src/*/testdata/blogger.goldenfile.*.xml"),
        *files("blogger-exports-feeds-json/pelican/bloggerexport.xml"),
    ],
    ids=lambda path: path.name,
)
def test_every_entry_of_blogger(path: Path) -> None:
    found, wrong = found_in(path)
    assert not wrong
    if not is_xml(path):  # a prefix without its namespace
        assert len(found) == len(re.findall(r"kind#(?:post|page)", path.read_text("utf-8")))
        return
    truth = blogger(path)
    assert len(found) == len(truth)
    for post in found:
        told = next(t for t in truth if (t["title"], t["body"]) == (post.title, post.html))
        truth.remove(told)
        assert (post.author, post.kind, post.draft) == (told["author"], told["kind"], told["draft"])
        assert set(post.tags) == told["tags"]
        assert len(post.comments) == told["comments"]
        assert isinstance(post.published, datetime)
        assert post.published == datetime.fromisoformat(told["published"].replace("Z", "+00:00")).replace(microsecond=0)


# Movable Type, Medium, Substack, tables, Markdown


@pytest.mark.parametrize(
    "path", files("blogger-exports-feeds-json/*/samples/movabletype-sample*.txt"), ids=lambda path: path.name
)
def test_every_entry_of_movable_type(path: Path) -> None:
    found, wrong = found_in(path)
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    entries = [each for each in text.split("\n--------\n") if "\nTITLE:" in f"\n{each}"]
    assert not wrong
    assert sorted(post.title for post in found) == sorted(
        (re.search(r"(?m)^TITLE:[ \t]*(.*)$", each) or ["", ""])[1].strip() for each in entries
    )
    assert sum(post.draft for post in found) == sum("\nSTATUS: Publish" not in each for each in entries)
    assert sum(len(post.comments) for post in found) == len(re.findall(r"(?m)^COMMENT:", text))


PACKAGES = "platforms/ghost-migrate/packages"


def test_every_page_of_medium(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-medium-export/test/fixtures/export"
    found, wrong = found_in(folder)
    texts = [path.read_text("utf-8") for path in sorted((folder / "posts").glob("*.html"))]
    assert not wrong
    assert len(found) == len(texts)
    titles = (re.search(r'class="p-name">\s*(.*?)\s*</h1>', text, re.S) for text in texts)
    assert {post.title for post in found} == {title[1].strip() for title in titles if title}


def test_every_row_of_substack(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-substack/test/fixtures"
    found, wrong = found_in(folder)
    with (folder / "posts.csv").open(encoding="utf-8") as file:
        rows = {row["post_id"].partition(".")[0]: row for row in csv.DictReader(file)}
    assert not wrong
    assert {post.id for post in found} == set(rows)
    for post in found:
        row = rows[post.id]
        assert (post.title, post.draft) == (row["title"], row["is_published"] == "FALSE")
        assert isinstance(post.published, datetime)
        assert f"{post.published:%Y-%m-%dT%H:%M:%S}" == row["post_date"][:19]
        assert post.html.startswith((folder / "posts" / f"{row['post_id']}.html").read_text("utf-8").strip())


def test_every_file_of_jekyll(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-jekyll-export/test/fixtures"
    found, wrong = found_in(folder)
    assert not wrong
    assert {post.id for post in found} == {path.name for path in folder.iterdir()}
    for post in found:
        _, _, body = (folder / post.id).read_text("utf-8").partition("---")[2].partition("---")
        said = re.findall(r"[^\W_]{4,}", re.sub(r"<[^>]*>|\]\([^)]*\)|\[[^]]*\]:.*", "", body))
        assert [word for word in said if word not in post.markdown] == []


@pytest.mark.parametrize("name", ["mg-wix-csv/src/test/fixtures/posts.csv", "mg-beehiiv/src/test/fixtures/posts.csv"])
def test_every_row_of_a_table(name: str, corpus: Callable[[str], Path]) -> None:
    path = corpus(PACKAGES) / name
    found, wrong = found_in(path)
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert not wrong
    assert {post.title for post in found} == {row.get("Title") or row.get("web_title") for row in rows}
    assert {post.id for post in found} == {row.get("Internal ID") or row.get("id") for row in rows}
