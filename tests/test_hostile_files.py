"""What lands on the disk, and what is read from it: names, twins, links and packed files made to harm."""

import gzip
import os
import re
import unicodedata
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Serve
from homemade import Told, blog
from loopback import Answer
from test_properties import NASTY, folded, is_safe

from blogark import Options, archive
from blogark.errors import ArchiveError, Missing, SourceError, StoreError
from blogark.store import Store
from blogark.webs._members import is_one_piece, members
from blogark.webs.folder import Folder
from blogark.webs.warc import Warc

TEXTS_ONLY = Options(media=False, wayback="never")
WORDS = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun.</p>"


def parts(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


# -- what is written


def test_nothing_nasty_reaches_a_name_or_leaves_the_folder(serve: Serve, tmp_path: Path) -> None:
    nasty = [text for text in NASTY if text.strip(" .\t\n\r\x85\u2028\xa0\u3000\ufeff\u200b")]
    told = [
        Told(
            f"/{n}.html",
            f"{text} and words",
            author=f"Ann {text}",
            tags=(f"tag {text}",),
            body=WORDS + f"<p>{n} {text}</p>",
        )
        for n, text in enumerate(nasty)
    ]
    report = archive(serve(blog(*told)).url, tmp_path / "in", TEXTS_ONLY)
    assert report.written == len(told) and [path.name for path in tmp_path.iterdir()] == ["in"]
    found = [path for path in (tmp_path / "in").rglob("*") if path.is_file()]
    assert all(is_safe(path.name) for path in found if ".blogark" not in path.parts)
    assert len({folded(str(path)) for path in found}) == len(found)
    for path in found:
        if path.suffix == ".md":
            assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", path.read_bytes()), path


TWINS = [
    ("caf\u00e9", "cafe\u0301"),
    ("\u00c5ngstr\u00f6m", "\u212bngstr\u00f6m"),
    ("\uac00\ub098", unicodedata.normalize("NFD", "\uac00\ub098")),
    ("stra\u00dfe", "STRASSE"),
    ("README", "readme"),
    ("\u0130stanbul", "i\u0307stanbul"),
]


@pytest.mark.parametrize(("one", "two"), TWINS)
def test_twins_lie_side_by_side(serve: Serve, tmp_path: Path, one: str, two: str) -> None:
    told = [Told("/1.html", one, body=WORDS + "<p>one</p>"), Told("/2.html", two, body=WORDS + "<p>two</p>")]
    assert archive(serve(blog(*told)).url, tmp_path, TEXTS_ONLY).written == 2
    found = list(tmp_path.glob("posts/**/*.md"))
    assert len(found) == 2 == len({folded(path.name) for path in found})
    assert {parts(path)[0]["title"] for path in found} == {one, two}


@pytest.mark.parametrize("own", ["con", "AUX", "nul.txt", "com1", "prn.", "lpt9.html", "conin$", "a.", "a ", "%00"])
def test_no_address_names_a_device(serve: Serve, tmp_path: Path, own: str) -> None:
    told = Told(f"/x/{own.replace(' ', '%20')}", own, day="undated", body=WORDS)
    assert archive(serve(blog(told)).url, tmp_path, TEXTS_ONLY).written == 1
    (path,) = tmp_path.glob("posts/**/*.md")
    assert is_safe(path.name)


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_link_in_the_archive_does_not_lead_out_of_it(serve: Serve, tmp_path: Path) -> None:
    """Somebody put a link where a post is to lie: what it leads to is a person's file, and stays."""
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    post = tmp_path / "in/posts/2011/2011-05-16-words.md"
    post.parent.mkdir(parents=True)
    post.symlink_to(mine)
    report = archive(serve(blog(Told("/words.html", "Words", body=WORDS))).url, tmp_path / "in", TEXTS_ONLY)
    assert mine.read_text() == "mine" and report.kept == 1


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a/../../x", "posts/../../x"])
def test_no_path_leaves_the_archive(tmp_path: Path, path: str) -> None:
    with Store.alone(tmp_path / "in") as store, pytest.raises(StoreError, match="outside"):
        store.write(path, "x")
    assert sorted(each.name for each in tmp_path.iterdir()) in ([], ["in"])


ENTITIES = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY j "javascript:alert(1)">]>'


@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE svg>", ENTITIES])
def test_a_drawing_that_runs_is_stored_still_or_not_at_all(serve: Serve, tmp_path: Path, doctype: str) -> None:
    svg = (
        f'<?xml version="1.0"?>{doctype}'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink" onload="alert(1)">'
        '<script>alert(2)</script><a l:href="&#106;avascript:alert(3)"><text>x</text></a><circle r="4"/>'
        '<g OnClick="x"/><foreignObject><iframe src="x"/></foreignObject><use href="data:text/html,x"/></svg>'
    )
    pages = blog(Told("/words.html", "Words", body=WORDS + '<img src="/a.svg">'))
    pages |= {"/a.svg": Answer(200, svg, {"Content-Type": "image/svg+xml"})}
    report = archive(serve(pages).url, tmp_path, Options(wayback="never"))
    if doctype == ENTITIES:
        assert report.code == 3 and not (tmp_path / "media").exists()
        return
    (kept,) = (tmp_path / "media").iterdir()
    text = kept.read_text("utf-8")
    assert "<circle" in text and "root:" not in text
    assert not re.search(r"alert|script|onload|onclick|iframe|foreignobject|data:text|ENTITY", text, re.I)


# -- what is read


@pytest.mark.skipif(os.name == "nt", reason="links take rights there")
def test_a_saved_folder_shows_nothing_outside_itself(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    folder = tmp_path / "saved"
    (folder / "deep").mkdir(parents=True)
    (folder / "index.html").write_text("<p>front</p>")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (folder / "up").symlink_to(tmp_path)
    (folder / "round").symlink_to(folder)
    (folder / "gone.html").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.html")
    web = Folder(folder)
    assert list(web.urls()) == [web.index]
    for path in (
        "link.html",
        "up/secret.html",
        "../secret.html",
        "%2e%2e/secret.html",
        "..%2fsecret.html",
        "pipe.html",
        "\x00",
    ):
        with pytest.raises(Missing):
            web.get(f"{web.base}{path}")


@pytest.mark.parametrize(
    "origin", ["http://[::1", "http://a:99999/", "http://", "https://a b/", "javascript:1", "http://\u2100/"]
)
def test_a_saved_page_that_says_it_is_from_nowhere(tmp_path: Path, origin: str) -> None:
    (tmp_path / "index.html").write_text(f'<link rel="canonical" href="{origin}"><p>words</p>', "utf-8")
    web = Folder(tmp_path)
    assert b"words" in web.get(web.index).body
    for url in (origin, "http://[::1", "http://a:99999/x", ""):
        try:
            web.get(url)
        except Missing:
            continue


def test_saved_pages_that_claim_one_address_are_each_their_own(tmp_path: Path) -> None:
    for name in ("index", "a", "b"):
        (tmp_path / f"{name}.html").write_text(f'<link rel="canonical" href="http://a.example/"><p>{name}</p>')
    web = Folder(tmp_path)
    assert len(set(web.urls())) == 3 and b"<p>index</p>" in web.get("http://a.example/").body


ADDRESSES = [
    "http://[::1",
    "http://a:99999/",
    "http://a b/\x1b[31m",
    "http://\u2100/",
    "http://a/#",
    "HTTP://A",
    "http:///x",
]


def record(url: str, body: bytes = b"<p>words</p>", head: bytes = b"Content-Type: text/html") -> bytes:
    block = b"HTTP/1.1 200 OK\r\n%b\r\n\r\n%b" % (head, body)
    lines = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2011-05-16T00:00:00Z\r\n"
    more = f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return (lines + more).encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_warc_of_addresses_that_are_none(tmp_path: Path, capfd: pytest.CaptureFixture[str], url: str) -> None:
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(gzip.compress(record("http://a.example/")) + gzip.compress(record(url)))
    web = Warc(path)
    assert web.start() == "http://a.example/"
    for each in [*web.urls(), url]:
        try:
            web.get(each)
        except ArchiveError:
            continue
    assert "\x1b" not in "".join(capfd.readouterr())


def test_a_warc_of_a_hundred_thousand_members_is_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(gzip.compress(record("http://a.example/"), 1) + gzip.compress(b"", 1) * 100_000)
    assert sum(1 for _ in members(path)) == 100_001


def test_a_packed_file_in_one_piece_is_no_bomb(tmp_path: Path) -> None:
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(gzip.compress(record("http://a.example/", bytes(100 << 20)), 1))
    assert path.stat().st_size < 2 << 20 and not is_one_piece(path)
    with pytest.raises(ArchiveError, match="larger than"):
        Warc(path).get("http://a.example/")


def test_a_bomb_within_a_record_is_not_set_off(tmp_path: Path) -> None:
    path = tmp_path / "theirs.warc.gz"
    bomb = gzip.compress(bytes(200 << 20), 1)
    path.write_bytes(
        gzip.compress(record("http://a.example/", bomb, b"Content-Type: text/html\r\nContent-Encoding: gzip"))
    )
    with pytest.raises(ArchiveError, match="larger than"):
        Warc(path).get("http://a.example/")


@pytest.mark.parametrize("length", ["-1", "9" * 30, "1e3", "", "0", "99999999999"])
def test_a_record_that_lies_about_its_length(tmp_path: Path, length: str) -> None:
    path = tmp_path / "theirs.warc"
    path.write_bytes(
        re.sub(rb"Content-Length: \d+", f"Content-Length: {length}".encode(), record("http://a.example/"))
        + record("http://b.example/")
    )
    try:
        web = Warc(path)
    except SourceError:
        return
    for url in ("http://a.example/", "http://b.example/"):
        try:
            assert len(web.get(url).body) < 2000
        except ArchiveError:
            continue


def test_a_torn_member_costs_itself(tmp_path: Path) -> None:
    whole = [gzip.compress(record(f"http://a.example/{n}")) for n in range(3)]
    path = tmp_path / "theirs.warc.gz"
    path.write_bytes(whole[0] + whole[1][: len(whole[1]) // 2] + zlib.compress(b"no gzip") + whole[2])
    assert list(Warc(path).urls()) == ["http://a.example/0", "http://a.example/2"]
