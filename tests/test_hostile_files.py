"""What lands on the disk, and what is read from it: names, twins, links and packed files made to harm."""

import gzip
import os
import re
import stat
import struct
import sys
import time
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Serve
from handed import EXPORTS, saved, told, zipped
from homemade import Told, blog
from loopback import Answer
from test_properties import NASTY, folded, is_safe

from blogark import Options, archive
from blogark.errors import ArchiveError, Missing, SourceError, StoreError
from blogark.events import Failed
from blogark.store import Store
from blogark.webs._members import is_one_piece, members
from blogark.webs.exported import Exported
from blogark.webs.folder import Folder
from blogark.webs.mhtml import is_mhtml
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


# -- what a person hands over: a zip


ITEMS = (EXPORTS / "wordpress.xml").read_text("utf-8")
LOCAL, CENTRAL = (b"PK\x03\x04", 30), (b"PK\x01\x02", 46)  # how a header begins, and where its name lies


def numbered(number: int) -> str:
    """The export with a post of its own, 11 else."""
    return ITEMS.replace(">11<", f">{number}<").replace("tea-in-the-rain", f"tea-{number}")


def three(path: Path, packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip of three parts of a blog: the posts 2 and 31, in all of them, and 51, 52, 53."""
    with zipfile.ZipFile(path, "w", packing) as made:
        for name, number in (("a.xml", 51), ("b.xml", 52), ("c.xml", 53)):
            made.writestr(name, numbered(number))
    return path


def altered(path: Path, name: str, local: tuple[int, bytes], central: tuple[int, bytes]) -> Path:
    """The zip with other bytes from an offset on in both headers of a member."""
    data = bytearray(path.read_bytes())
    for (sign, size), (offset, new) in ((LOCAL, local), (CENTRAL, central)):
        at = next(
            m.start() for m in re.finditer(re.escape(sign), data) if data[m.start() + size :][:5] == name.encode()
        )
        data[at + offset : at + offset + len(new)] = new
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../../x.xml",
        "/etc/x.xml",
        "C:\\x\\x.xml",
        "..\\x.xml",
        "a/../../x.xml",
        "nul\x00.xml",
        "a\nb.xml",
        "\x1b[31m.xml",
        "~/x.xml",
    ],
)
def test_a_name_in_a_zip_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    path = zipped(tmp_path / "in/theirs.zip", {name: numbered(52), "b.xml": numbered(51)})
    report, _ = saved(path, tmp_path / "out")
    assert report.written >= 3 and report.code == 0
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "out"]
    found = [each for each in (tmp_path / "out").rglob("*") if ".blogark" not in each.parts]
    assert all(is_safe(each.name) for each in found)


def test_a_list_of_files_is_not_added_to_by_a_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "theirs.zip", {"x\nposts.csv": "x", "y\nposts/1.a.html": "x"})
    with pytest.raises(SourceError, match=r"theirs\.zip"):
        told(path)


def test_a_link_in_a_zip_is_no_file(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("posts/2011-05-16-words.md")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "theirs.zip", {"posts/2011-05-17-more.md": "---\ntitle: More\n---\nwords\n"})
    with zipfile.ZipFile(path, "a") as made:
        made.writestr(link, "../../../etc/passwd")
    assert [post.title for post in told(path)] == ["More"]


HARM = {
    "encrypted": ((6, b"\x01\x00"), (8, b"\x01\x00"), "locked by a password"),
    "strongly encrypted": ((6, b"\x41\x00"), (8, b"\x41\x00"), "locked by a password"),
    "another sum": ((14, b"abcd"), (16, b"abcd"), "damaged"),
    "bzip2 that is none": ((8, b"\x0c\x00"), (10, b"\x0c\x00"), "damaged"),
    "lzma that is none": ((8, b"\x0e\x00"), (10, b"\x0e\x00"), "damaged"),
    "packed as nobody knows": ((8, b"\x63\x00"), (10, b"\x63\x00"), "damaged"),
    "elsewhere": ((0, b"P"), (42, b"\xff\xff\xff\x7f"), "damaged"),
    "another name": ((30, b"\xff"), (46, b"b"), "damaged"),
    "a name that is no UTF-8": ((6, b"\x00\x08" + bytes(22) + b"\xff"), (46, b"b"), "damaged"),
    "short": ((4, b"\x14"), (24, b"\x05\x00\x00\x00"), "damaged"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_member_that_cannot_be_read_costs_itself_and_is_named(tmp_path: Path, harm: str) -> None:
    local, central, why = HARM[harm]
    report, events = saved(altered(three(tmp_path / "theirs.zip"), "b.xml", local, central), tmp_path / "out")
    failed = [str(event) for event in events if isinstance(event, Failed)]
    assert (report.written, report.code, len(failed)) == (4, 1, 1)
    assert "theirs.zip/b.xml" in failed[0] and why in failed[0]


def test_a_page_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    page = "<html><title>{0}</title><article><h1 class='p-name'>{0}</h1><section data-field=body><p>words</p></section>"
    names = [f"posts/2020-01-0{n}_Post-{n}-aaaaaaaaaaa{n}.html" for n in (1, 2, 3)]
    path = zipped(tmp_path / "theirs.zip", {name: page.format(n) for n, name in enumerate(names)})
    data = path.read_bytes().replace(zlib.crc32(page.format(1).encode()).to_bytes(4, "little"), b"abcd")
    path.write_bytes(data)
    report, events = saved(path, tmp_path / "out")
    assert (report.written, report.code) == (2, 1)
    assert any("Post-2" in str(event) for event in events if isinstance(event, Failed))


@pytest.mark.parametrize("cut", [1, 10, 30, 100, 3000])
def test_a_zip_without_its_end_is_called_damaged(tmp_path: Path, cut: int) -> None:
    path = three(tmp_path / "theirs.zip")
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(SourceError, match=r"theirs\.zip is a damaged zip"):
        told(path)


def test_a_zip_of_a_version_to_come_is_refused(tmp_path: Path) -> None:
    path = altered(three(tmp_path / "theirs.zip"), "b.xml", (4, b"\x63"), (6, b"\x63"))
    with pytest.raises(SourceError, match=r"theirs\.zip.*version"):
        told(path)


def test_members_that_lie_upon_each_other_are_no_blog(tmp_path: Path) -> None:
    """One packed piece, named a thousand times: 60 kB that would unpack to 60 GB."""
    path = zipped(tmp_path / "theirs.zip", {"a.txt": bytes(60 << 20)})
    data = path.read_bytes()
    at, end = data.rindex(CENTRAL[0]), data.rindex(b"PK\x05\x06")
    listed = b"".join(data[at:end].replace(b"a.txt", b"%05d" % n) for n in range(1000))
    last = bytearray(data[end:])
    last[8:16] = struct.pack("<HHL", 1000, 1000, len(listed))
    path.write_bytes(data[:at] + listed + last)
    with pytest.raises(SourceError, match=r"theirs\.zip is a damaged zip: its files lie upon each other"):
        told(path)


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    inner = three(tmp_path / "inner.zip").read_bytes()
    assert len(told(zipped(tmp_path / "both.zip", {"a.zip": inner, "b.xml": numbered(60)}))) == 3
    with pytest.raises(SourceError, match=r"only\.zip"):
        told(zipped(tmp_path / "only.zip", {"a.zip": inner}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_last_is_meant(tmp_path: Path) -> None:
    path = tmp_path / "theirs.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.xml", numbered(51))
        made.writestr("a.xml", numbered(52))
    assert {post.id for post in told(path)} == {"52", "31", "2"}


@pytest.mark.parametrize("charset", ["utf-8", "cp949"])
def test_names_in_the_charset_of_their_makers_system(tmp_path: Path, charset: str) -> None:
    """Without the flag for UTF-8: Apple's zips are in it all the same, those of Korean Windows in cp949."""
    name = "12/12-\ube44-\uc624\ub294-\ub0a0.html".encode(charset)
    plain = "12/" + "x" * (len(name) - 3)
    path = zipped(tmp_path / "theirs.zip", {plain: "<title>Rain</title><article><p>words</p></article>"})
    path.write_bytes(path.read_bytes().replace(plain.encode(), name))
    assert list(Exported(path).urls()) == ["file:///12/12-%EB%B9%84-%EC%98%A4%EB%8A%94-%EB%82%A0.html"]
    assert [post.title for post in told(path)] == ["Rain"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes there")
def test_names_that_are_no_text_are_read_all_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / os.fsdecode(b"caf\xe9.xml")).write_text(numbered(51), "utf-8")
    assert {post.id for post in told(folder)} == {"51", "31", "2"}


def hundred_thousand(path: Path, name: str) -> Path:
    """A zip of so many files of a byte, written by hand: zipfile takes seconds for it."""
    count, sum_ = 100_000, zlib.crc32(b"x")
    first = ITEMS.encode()
    files = [("blog.xml", first, zlib.crc32(first)), *((name.format(n), b"x", sum_) for n in range(count))]
    packed, listed = bytearray(), bytearray()
    for each, body, crc in files:
        same = struct.pack("<4H3L2H", 0, 0, 0, 33, crc, len(body), len(body), len(each), 0)
        listed += CENTRAL[0] + struct.pack("<2H", 20, 20) + same
        listed += struct.pack("<3H2L", 0, 0, 0, 0, len(packed)) + each.encode()
        packed += LOCAL[0] + struct.pack("<H", 20) + same + each.encode() + body
    size, at = len(listed), len(packed)
    end = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, len(files), len(files), size, at)
    end += struct.pack("<4sLQL", b"PK\x06\x07", 0, at + size, 1)
    end += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(packed + listed + end)
    return path


@pytest.mark.parametrize("name", ["d/{}.jpg", "d/{}.html"])
def test_a_zip_of_a_hundred_thousand_files_is_read_in_seconds(tmp_path: Path, name: str) -> None:
    path = hundred_thousand(tmp_path / "theirs.zip", name)
    began = time.process_time()
    assert len(told(path)) == 3
    assert time.process_time() - began < 10  # of the processor; some 2 are usual


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blogark.webs.exported._MEMBERS", 2)
    with pytest.raises(SourceError, match=r"theirs\.zip: a zip of 3 files"):
        told(three(tmp_path / "theirs.zip"))


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "theirs.zip", {"x": "words", "b.xml": numbered(51)})
    data = bytearray(path.read_bytes())
    at = data.index(CENTRAL[0])
    data[at + 46 : at + 47] = b"\0"
    path.write_bytes(data)
    assert len(told(path)) == 3


# -- exports in one file


@pytest.mark.parametrize("half", ["&#xD800;", "&#xdfff;", "&#55296;", "&#57343;"])
def test_half_a_character_in_an_export_is_shown_as_one_that_is_unknown(tmp_path: Path, half: str) -> None:
    path = tmp_path / "theirs.xml"
    path.write_text(ITEMS.replace("<title>Not yet</title>", f"<title>Not {half} yet</title>"), "utf-8")
    assert told(path)[0].title == "Not \ufffd yet"


@pytest.mark.parametrize("odd", [b"\x01", b"\xa7", b"\xed\xa0\x80", b"\xe2\x82"])
def test_bytes_that_are_no_text_cost_a_json_export_nothing_else(tmp_path: Path, odd: bytes) -> None:
    path = tmp_path / "theirs.json"
    path.write_bytes((EXPORTS / "ghost.json").read_bytes().replace(b'"Three"', b'"Three' + odd + b'"'))
    assert [post.title[:5] for post in told(path)] == ["Three", "Two", 'One "']


@pytest.mark.parametrize("odd", ["9" * 30, "999999999999999", "\u00b2", "-1e9", ""])
def test_numbers_that_are_none_cost_a_post_its_moment_alone(tmp_path: Path, odd: str) -> None:
    path = tmp_path / "theirs.xml"
    photo = f'<photo-url max-width="{odd}">http://a.example/x.png</photo-url>'
    post = f'<post id="1" unix-timestamp="{odd}" type="photo">{photo}<photo-caption>words</photo-caption></post>'
    path.write_text(f'<tumblr version="1.0"><posts>{post}</posts></tumblr>', "utf-8")
    (found,) = told(path)
    assert found.published is None and "words" in found.text


# -- pages saved in one file each


MHTML = (
    "From: x\r\nSnapshot-Content-Location: {0}\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: {1}\r\nContent-Transfer-Encoding: {2}\r\nContent-Location: {0}\r\n\r\n"
    f"<html><title>Words</title><article><h1>Words</h1><p>by Bo | 2011-05-16</p>{WORDS}</article></html>\r\n"
)
AT, HTML, PLAINLY = "http://a.example/words.html", "text/html", "8bit"
HOSTILE = {
    **{f"at {url!r}": (url, HTML, PLAINLY) for url in [*ADDRESSES, "../../x", "file:///etc/passwd", "\x00", ""]},
    **{
        f"charset {name}": (AT, f"text/html; charset={name}", PLAINLY)
        for name in ("none", "\x00", "idna", "zip", "rot13")
    },
    **{f"encoded {name}": (AT, HTML, name) for name in ("quoted-printable", "x-uuencode", "none", "\udcff")},
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_saved_page_in_one_file_that_lies_about_itself(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "theirs.mht"
    path.write_bytes(MHTML.format(*HOSTILE[hostile]).encode("utf-8", "surrogateescape") + b"--b--\r\n")
    report, _ = saved(path, tmp_path / "out")
    assert report.written == 1 or report.code == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "theirs.mht"]


@pytest.mark.parametrize("part", ["multipart/related; boundary=b{0}\r\n\r\n--b{0}\r\n", "message/rfc822\r\n\r\n"])
def test_parts_that_lie_too_deep_in_each_other_are_refused(tmp_path: Path, part: str) -> None:
    path = tmp_path / "theirs.mht"
    inner = "".join(f"Content-Type: {part.format(n)}" for n in range(3000))
    path.write_text("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n" + inner)
    with pytest.raises(SourceError, match=r"theirs\.mht"):
        told(path)


def test_ten_thousand_parts_are_a_page(tmp_path: Path) -> None:
    path = tmp_path / "theirs.mht"
    more = "--b\r\nContent-Type: image/png\r\nContent-Location: http://a.example/x.png\r\n\r\nx\r\n" * 10_000
    path.write_bytes((MHTML.format(AT, HTML, PLAINLY) + more).encode())
    assert [post.title for post in told(path)] == ["Words"]


def test_empty_headers_do_not_hold_the_reader_up(tmp_path: Path) -> None:
    """What is no saved page is seen to be none in one pass: it took twice as long for each line more."""
    path = tmp_path / "theirs.mht"
    path.write_bytes(b"A:\r\n" * 2000)
    assert not is_mhtml(path)
