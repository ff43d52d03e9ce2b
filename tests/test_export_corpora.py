"""Real exports, each held against a reading of its own: ElementTree, csv, json or plain text."""

import csv
import html
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cmarkgfm
import pytest
from click.testing import CliRunner
from conftest import CORPORA
from handed import ALONE

from blogark import Incomplete, Post, posts
from blogark.cli import main
from blogark.errors import ArchiveError
from blogark.events import Event, Failed

pytestmark = pytest.mark.corpora
ATOM = "{http://www.w3.org/2005/Atom}"
KIND = "http://schemas.google.com/blogger/2008/kind#"
NO_POSTS = {"attachment", "nav_menu_item", "revision", "wp_global_styles", "wp_navigation", "wp_block"}
Truth = dict[str, Any]
Files = dict[str, tuple[str, str]]  # address and post of what was sent with posts


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
    files = {
        _in(item, "wp:post_id", space): (_in(item, "wp:attachment_url", space), _in(item, "wp:post_parent", space))
        for item in root.iter("item")
        if _in(item, "wp:post_type", space) == "attachment"
    }
    items = [item for item in root.iter("item") if _in(item, "wp:post_type", space) not in NO_POSTS]
    return [_item(item, names, space, files) for item in items]


def _in(e: ElementTree.Element, name: str, space: dict[str, str]) -> str:
    return (e.findtext(name, "", space) or "").strip()


def _item(item: ElementTree.Element, names: dict[str, str], space: dict[str, str], files: Files) -> Truth:
    login, status = _in(item, "dc:creator", space), _in(item, "wp:status", space) or "publish"
    filed = [(e.get("domain") or "", " ".join(html.unescape(e.text or "").split())) for e in item.iterfind("category")]
    own = "category" if any(domain for domain, _ in filed) else ""
    heard = [
        e
        for e in item.iterfind("wp:comment", space)
        if _in(e, "wp:comment_approved", space) in {"1", ""} and _in(e, "wp:comment_type", space) in {"", "comment"}
    ]
    wall, utc = (_in(item, f"wp:post_date{zone}", space) for zone in ("", "_gmt"))
    known = wall[:4] != "0000" and utc[:4] not in {"", "0000"}
    number, body = _in(item, "wp:post_id", space), item.findtext("content:encoded", "", space) or ""
    locked = status == "publish" and _in(item, "wp:post_password", space)
    return {
        "title": " ".join(html.unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", item.findtext("title") or "")).split()),
        "author": names.get(login) or login,
        "wall": wall if known else wall[:10].replace("0000-00-00", ""),
        "utc": utc if known else "",
        "tags": {name for domain, name in filed if domain in {"post_tag", "tag"}},
        "categories": {name.rpartition("/")[2] for domain, name in filed if domain == own} - {"Uncategorized"},
        "status": "password" if locked else status,
        "draft": status in {"draft", "pending", "future", "trash"},
        "kind": "page" if _in(item, "wp:post_type", space) == "page" else "post",
        "comments": len(heard),
        "texts": len(heard),
        "body": squeezed(re.sub(r"\[gallery\b([^\]]*)\]", lambda sign: _shown(sign, number, files), body)),
    }


def _shown(sign: re.Match[str], number: str, files: Files) -> str:
    """The pictures that a gallery names, else all that were sent with its post."""
    named = re.search(r'ids="([\d,]+)"', sign[1])
    wanted = named[1].split(",") if named else [each for each, (_, of) in files.items() if of == number]
    return "".join(f'<img src="{files[each][0]}">' for each in wanted if each in files) or sign[0]


@pytest.mark.parametrize(
    "path",
    files("wordpress-wxr/*/*.xml") + files("*/google-blog-converters/src/*/testdata/wordpress.*.xml"),
    ids=lambda path: path.name,
)
def test_every_item_of_wordpress(path: Path) -> None:
    truth = wordpress(path)
    if not truth:
        assert path.name in BROKEN, "has no item, or is no XML: to be named below"
        return
    found, wrong = found_in(path)
    assert not wrong
    assert [post.partial for post in found] == [""] * len(found)
    assert_same([_as_item(post) for post in found], truth)


def _as_item(post: Post) -> Truth:
    """What the file calls what was read."""
    moment = post.published
    return {
        "title": post.title,
        "author": post.author,
        "wall": f"{moment:%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else str(moment or ""),
        "utc": f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else "",
        "tags": set(post.tags),
        "categories": {path.rpartition("/")[2] for path in post.categories},
        "status": post.extra.get("status", "draft" if post.draft else "publish"),
        "draft": post.draft,
        "kind": post.kind,
        "comments": post.comment_count,
        "texts": len(post.comments),
        "body": squeezed(post.html),
    }


def assert_same(found: list[Truth], truth: list[Truth]) -> None:
    """The same posts on both sides, in whatever order."""
    assert sorted(each["title"] for each in found) == sorted(told["title"] for told in truth)
    left = list(truth)
    for each in found:
        near = [told for told in left if told["title"] == each["title"]]
        told = each if each in near else near[0]
        assert each == told
        left.remove(told)


NO_ITEM = [
    f"{name}.xml"
    for name in ("invalid-version-tag", "large-authors", "missing-version-tag", "term-formats", "term-meta")
]
BROKEN = {  # of files that cannot be wholly read: titles of what can be, exit code, and what is said of the rest
    "crazy-cdata.xml": (["Hello world!"], 0, "Content with nested <![CDATA[ tags ]]> :)"),
    "malformed-simple.xml": (["Broken"], 0, "the export ends in it, on line 9 and behind"),
    "malformed.xml": ([], 1, "malformed.xml: no post or page is in this export: it has no <item>; line 90: Opening"),
    **{name: ([], 1, f"{name}: no post or page is in this export: it has no <item>") for name in NO_ITEM},
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_place(name: str, tmp_path: Path, corpus: Callable[[str], Path]) -> None:
    titles, code, said = BROKEN[name]
    path = corpus("wordpress-wxr/wordpress-importer") / name
    done = CliRunner().invoke(main, [str(path), "-o", str(tmp_path / "out"), "--no-media", "--wayback", "never"])
    found, _ = found_in(path)
    assert [post.title for post in found] == titles
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit | None)
    assert said in (found[0].partial or found[0].html if found else done.output)


def test_the_items_of_squarespace_are_read_though_its_xml_is_torn(corpus: Callable[[str], Path]) -> None:
    path = corpus("platforms/ghost-migrate/packages/mg-squarespace-xml/test/fixtures") / "sample.xml"
    found, wrong = found_in(path)
    text = path.read_text("utf-8")
    names = dict(re.findall(r"(?s)author_login>(.*?)</.*?display_name><!\[CDATA\[(.*?)\]\]>", text))
    assert not wrong
    assert_same([_as_item(post) for post in found], [told for item in _cut(text) if (told := _of(item, names))])


def _cut(text: str) -> list[str]:
    return re.findall(r"(?s)<item>(.*?)</item>", text)


def _of(item: str, names: dict[str, str]) -> Truth | None:
    def says(name: str) -> str:
        told = re.search(rf"(?s)<{name}>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</{name}>", item)
        return told[1].strip() if told else ""

    sent = parsedate_to_datetime(says("pubDate")).strftime("%Y-%m-%d %H:%M:%S") if says("pubDate") else ""
    filed = re.findall(r'<category domain="(\w+)"[^>]*><!\[CDATA\[(.*?)\]\]>', item)
    return (
        None
        if says("wp:post_type") == "attachment"
        else {
            "title": html.unescape(says("title")),
            "author": names.get(says("dc:creator"), ""),
            "wall": says("wp:post_date") or sent,
            "utc": says("wp:post_date_gmt") or sent,
            "tags": {name for domain, name in filed if domain == "post_tag"},
            "categories": {name for domain, name in filed if domain == "category"},
            "status": says("wp:status"),
            "draft": says("wp:status") == "draft",
            "kind": says("wp:post_type"),
            "comments": 0,
            "texts": 0,
            "body": squeezed(says("content:encoded")),
        }
    )


# Blogger


def blogger(path: Path) -> list[Truth]:
    text = path.read_text("utf-8")
    undeclared = {p for p in re.findall(r"<(\w+):", text) if f"xmlns:{p}=" not in text}  # one sample forgot app:
    declared = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in sorted(undeclared))
    root = ElementTree.fromstring(re.sub(r"<feed\b", f"<feed{declared}", text, count=1).encode())
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
            "published": _instant((e.findtext(f"{ATOM}published") or "").strip()),
            "updated": _instant((e.findtext(f"{ATOM}updated") or "").strip()),
            "tags": {c.get("term", "") for c in e.iter(f"{ATOM}category") if "atom/ns#" in c.get("scheme", "")},
            "comments": answers.count((e.findtext(f"{ATOM}id") or "").strip()),
            "kind": kinds[id(e)].rpartition("#")[2],
            "draft": any((d.text or "").strip() == "yes" for d in e.iter() if d.tag.endswith("draft")),
            "body": e.findtext(f"{ATOM}content") or "",
        }
        for e in entries
        if kinds[id(e)] in {f"{KIND}post", f"{KIND}page"}
    ]


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text).replace(microsecond=0) if text else None


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
    entries = [
        {
            "title": post.title,
            "author": post.author,
            "published": post.published,
            "updated": post.updated,
            "tags": set(post.tags),
            "comments": len(post.comments),
            "kind": post.kind,
            "draft": post.draft,
            "body": post.html,
        }
        for post in found
    ]
    assert_same(entries, blogger(path))


# Movable Type


def movable(text: str) -> Truth:
    """One entry: its lines of KEY: value, and its sections between dashes."""
    head, *sections = re.split(r"(?m)^-----$\n?", text)
    lines = [(key, value.strip()) for key, value in re.findall(r"(?m)^([A-Z ]+):(.*)$", head)]
    said = {key: value for key, value in reversed(lines) if value}
    parts: dict[str, str] = {}
    for section in sections:
        name, _, body = section.lstrip("\n").partition(":")
        parts.setdefault(name, body.strip(" ").strip("\n"))
    when = datetime.strptime(said["DATE"], "%m/%d/%Y %I:%M:%S %p").date()
    return {
        "title": said.get("TITLE", ""),
        "author": said["AUTHOR"],
        "published": when,
        "categories": {value for key, value in lines if "CATEGORY" in key and value},
        "tags": {tag for tag in said.get("TAGS", "").split(",") if tag},
        "draft": said["STATUS"] != "Publish",
        "summary": parts.get("EXCERPT", "").strip(),
        "comments": [_remark(each) for each in sections if each.lstrip("\n").startswith("COMMENT:")],
        "body": squeezed(f"{parts.get('BODY', '')}{parts.get('EXTENDED BODY', '')}"),
    }


def _decoded(entry: bytes) -> str:
    """One entry of the large sample was pasted in Windows' charset."""
    try:
        return entry.decode("utf-8")
    except UnicodeDecodeError:
        return entry.decode("cp1252")


def _remark(section: str) -> tuple[str, date, str]:
    told = re.search(r"AUTHOR:(.*)\n(?:[A-Z]+:.*\n)*?DATE: (\d\d)/(\d\d)/(\d{4}).*\n((?s:.*))", section)
    assert told
    return told[1].strip(), date(int(told[4]), int(told[2]), int(told[3])), squeezed(told[5])


@pytest.mark.parametrize(
    "path", files("blogger-exports-feeds-json/*/samples/movabletype-sample*.txt"), ids=lambda path: path.name
)
def test_every_entry_of_movable_type(path: Path) -> None:
    found, wrong = found_in(path)
    cut = re.split(rb"(?m)^--------\n", path.read_bytes().replace(b"\r\n", b"\n"))
    truth = [movable(_decoded(each)) for each in cut if b"\nTITLE:" in b"\n" + each]
    assert not wrong
    entries = [
        {
            "title": post.title,
            "author": post.author,
            "published": post.published,
            "categories": set(post.categories),
            "tags": set(post.tags),
            "draft": post.draft,
            "summary": post.summary,
            "comments": [(c.author, c.published, squeezed(c.html)) for c in post.comments],
            "body": squeezed(post.html),
        }
        for post in found
    ]
    assert_same(entries, truth)
    assert all(post.comment_count == len(post.comments) for post in found)


# Medium, Substack


PACKAGES = "platforms/ghost-migrate/packages"


def _between(text: str, begins: str, ends: str) -> str:
    found = re.search(f"(?s){begins}(.*?){ends}", text)
    return " ".join(html.unescape(re.sub("<[^>]*>", "", found[1])).split()) if found else ""


def medium(text: str) -> Truth:
    """What a page says in microformats."""
    when = re.search(r'dt-published"\s+datetime="([^"]*)"', text)
    body = re.search(r'(?s)data-field="body"[^>]*>(.*)</section>\s*<footer', text)
    title = _between(text, r'class="p-name">', "</h1>") or _between(text, "<title>", "</title>")
    shown = re.sub(rf"(?s)<h\d[^>]*graf--title[^>]*>\s*{re.escape(title)}\s*</h\d>", "", body[1]) if body else ""
    return {
        "title": title,
        "author": _between(text, r'class="p-author[^>]*>', "</a>"),
        "published": _instant(when[1] if when else ""),
        "tags": {_between(tag, "", "</a>") for tag in re.findall(r'(?s)class="p-tag">(.*?</a>)', text)},
        "summary": _between(text, r'class="p-summary">', "</section>"),
        "draft": "p-canonical" not in text and not when,
        "body": _verbatim(re.sub(r'<hr class="section-divider">', "", shown, count=1)),  # above the first section
    }


def _verbatim(markup: str) -> str:
    """HTML but for white space, and for how characters are written."""
    return "".join(html.unescape(markup).split())


def test_every_page_of_medium(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-medium-export/test/fixtures/export"
    found, wrong = found_in(folder)
    truth = [medium(path.read_text("utf-8")) for path in sorted((folder / "posts").glob("*.html"))]
    assert not wrong
    pages = [
        {
            "title": post.title,
            "author": post.author,
            "published": post.published,
            "tags": set(post.tags),
            "summary": post.summary,
            "draft": post.draft,
            "body": _verbatim(post.html),
        }
        for post in found
    ]
    assert_same(pages, truth)


def test_every_row_of_substack(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-substack/test/fixtures"
    found, wrong = found_in(folder)
    with (folder / "posts.csv").open(encoding="utf-8") as file:
        rows = {row["post_id"].partition(".")[0]: row for row in csv.DictReader(file)}
    assert not wrong
    assert {post.id for post in found} == set(rows)
    for post in found:
        row = rows[post.id]
        text = (folder / "posts" / f"{row['post_id']}.html").read_text("utf-8").strip()
        sound = row["podcast_url"]
        assert (post.title, post.draft) == (html.unescape(row["title"]), row["is_published"] == "FALSE")
        assert (post.summary, post.kind == "page") == (html.unescape(row["subtitle"]), row["type"] == "page")
        assert post.published == _instant(row["post_date"])
        assert post.html.startswith(text) and bool(sound) == (sound in post.html.removeprefix(text) if sound else False)
        assert sound or post.html == text


# Markdown, tables


def test_every_file_of_jekyll(corpus: Callable[[str], Path]) -> None:
    import yaml

    folder = corpus(PACKAGES) / "mg-jekyll-export/test/fixtures"
    found, wrong = found_in(folder)
    assert not wrong
    assert {post.id for post in found} == {path.name for path in folder.iterdir()}
    for post in found:
        _, head, body = (folder / post.id).read_text("utf-8").split("---\n", 2)
        told = yaml.safe_load(head)
        dated = re.match(r"(\d+)-(\d+)-(\d+)-", post.id)
        assert (post.title, post.author) == (told["title"], told.get("author", ""))
        assert str(post.published) == (
            str(told["date"]) if "date" in told else "{}-{:0>2}-{:0>2}".format(*dated.groups())
        )
        assert post.draft == (told.get("published") is False)
        assert set(post.tags) == _filed(told, "tag", "tags")
        assert set(post.categories) == _filed(told, "category", "categories")
        ours = post.markdown.replace("](file:///", "](/")
        if "</" in body:
            shown = re.sub(r'(?s)<video.*?src="(.*?)".*</video>', r"\1 \1", body)
            assert _bare(ours) == _bare(shown)
        else:
            assert _shown_as(ours) == _shown_as(body)


def _filed(told: Truth, one: str, many: str) -> set[str]:
    several = told.get(many, [])
    return {told[one]} | set(several.split()) if one in told else set(several)


def _shown_as(markdown: str) -> str:
    """The page that GitHub's reader makes of it."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown))


def _bare(markdown: str) -> list[str]:
    """Words and targets, without the signs of lists, emphasis and rules."""
    return re.findall(r"[^\W_]+", re.sub(r"<[^>]*>|(?m:^\s*\d+\. )", " ", html.unescape(markdown)))


def test_every_row_of_wix(corpus: Callable[[str], Path]) -> None:
    path = corpus(PACKAGES) / "mg-wix-csv/src/test/fixtures/posts.csv"
    found, wrong = found_in(path)
    assert not wrong
    assert {post.id for post in found} == {row["Internal ID"] for row in _rows(path)}
    for row, post in ((row, post) for row in _rows(path) for post in found if post.id == row["Internal ID"]):
        filed = {row["Main Category"], *row["Categories"].split(";")}
        assert (post.title, post.author, post.summary) == (row["Title"], row["Author"], row["Excerpt"])
        assert set(post.categories) == {name.strip() for name in filed} - {""}
        assert list(post.tags) == json.loads(row["Tags"])
        assert post.published == (_instant(row["Published Date"]))
        assert post.draft == (not row["Published Date"])
        assert post.html == (_rich(row["Rich Content"]) or f"<p>{html.escape(row['Plain Content'])}</p>")


def _rich(document: str) -> str:
    """A document of Wix's editor, of what the sample has; '' for what is none."""
    try:
        nodes = json.loads(document)["nodes"]
    except ValueError:
        return ""
    assert {node["type"] for node in nodes} == {"PARAGRAPH"}
    return "".join(f"<p>{''.join(_run(each['textData']) for each in node['nodes'])}</p>" for node in nodes)


def _run(told: Truth) -> str:
    text = html.escape(told["text"])
    assert all(each == {"type": "BOLD"} for each in told["decorations"])
    return f"<strong>{text}</strong>" if told["decorations"] else text


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_every_row_of_beehiiv(corpus: Callable[[str], Path]) -> None:
    path = corpus(PACKAGES) / "mg-beehiiv/src/test/fixtures/posts.csv"
    found, wrong = found_in(path)
    assert not wrong
    assert {post.id for post in found} == {row["id"] for row in _rows(path)}
    for row, post in ((row, post) for row in _rows(path) for post in found if post.id == row["id"]):
        assert (post.title, post.summary, post.html) == (row["web_title"], row["web_subtitle"], row["content_html"])
        assert (post.url, list(post.tags)) == (row["url"], row["content_tags"].split("; "))
        assert (str(post.published), post.draft) == (row["created_at"][:10], row["status"] != "confirmed")


def test_every_row_of_buttondown_with_its_file(corpus: Callable[[str], Path]) -> None:
    folder = corpus(PACKAGES) / "mg-buttondown/src/test/fixtures"
    found, wrong = found_in(folder)
    assert not wrong
    assert {(p.id, p.slug, p.title, p.published) for p in found} == {
        (r["id"], r["slug"], r["subject"], _instant(r["publish_date"])) for r in _rows(folder / "emails.csv")
    }
    for post in found:
        text = (folder / "emails" / f"{post.slug}.md").read_text("utf-8")
        said = re.findall(r"[^\W_]{4,}", re.sub(r"<[^>]*>|\]\([^)]*\)|\[[^]]*\]:.*", "", html.unescape(text)))
        assert [word for word in said if word not in post.markdown] == []


def test_tables_and_answers_that_are_no_export_are_refused_by_name(corpus: Callable[[str], Path]) -> None:
    for name in ("mg-wix-csv/src/test/fixtures/empty.csv", "mg-ghost-api/src/test/fixtures/posts.json"):
        path = corpus(PACKAGES) / name
        with pytest.raises(ArchiveError, match=path.name):
            list(posts(str(path), ALONE, lambda event: None))
