"""What is fuzzed. A target takes any bytes; nothing but an ArchiveError may come out of it, and soon.

`SEEDS` gives each target something to start from: our own fixtures, and what tests make of them.
"""

import gzip
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import islice
from pathlib import Path

from loopback import Request, as_answer
from wordpressed import Double, many

from blogark import handed, to_markdown
from blogark.choose import all_platforms
from blogark.errors import ArchiveError, Missing
from blogark.model import Page
from blogark.parse import tree
from blogark.platforms import _comments, _feed, _page, _sitemap
from blogark.webs.folder import Folder
from blogark.webs.warc import Warc

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOME = "http://a.example/"
APART = b"\n%%%%\n"  # between the answers of a fuzzed blog
_MOST = 12  # posts of a fuzzed blog that are read


class Answers:
    """A web whose every address gives one of these, whichever it is."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        body = self._bodies[zlib.crc32(url.encode("utf-8", "replace")) % len(self._bodies)]
        if not body:
            raise Missing(url, "not found (404)", 404)
        return Page(url, body, {"content-type": _kind(body)})

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        return self.get(url)

    def urls(self) -> Iterator[str]:
        return iter(())


def _kind(body: bytes) -> str:
    first = body.lstrip()[:5]
    return "application/json" if first[:1] in {b"{", b"["} else "text/xml" if first == b"<?xml" else "text/html"


def markdown(data: bytes) -> None:
    """HTML to Markdown."""
    to_markdown(data.decode("utf-8", "replace"), HOME)


def page(data: bytes) -> None:
    """A page as a listing, as a post, with its comments."""
    got = Page(HOME, data, {"content-type": "text/html"})
    root = tree(got)
    _page.settle(_page.listing(got).items)
    _page.settle([_page.post(got)])
    _comments.read(root, HOME)


def feed(data: bytes) -> None:
    """Atom, RSS, RDF, JSON Feed, to the last page."""
    for got in islice(_feed.pages(HOME, Answers([data])), _MOST):
        _page.settle(got.items)


def sitemap(data: bytes) -> None:
    """A sitemap, packed or not."""
    for _ in islice(_sitemap.read(HOME + "sitemap.xml?page=1", Answers([data])), 1000):
        pass


def blog(data: bytes) -> None:
    """A whole blog of the platform that claims its first page, each address answered by one of a few bodies."""
    bodies = data.split(APART)
    web, front = Answers(bodies[1:] or bodies), Page(HOME, bodies[0], {"content-type": _kind(bodies[0])})
    known = all_platforms()
    for platform in (known[name] for name in sorted(known, key=lambda name: known[name].claims(front))[-2:]):
        try:
            for entry in islice(platform.entries(front, web), _MOST):
                try:
                    platform.post(entry, web)
                except ArchiveError:
                    continue
        except ArchiveError:
            continue


@cache
def _scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz"))


def warc(data: bytes) -> None:
    """A WARC, in members or not: its index, each page, each body to a file."""
    path = _scratch() / "theirs.warc.gz"
    path.write_bytes(data)
    web = Warc(path)
    web.start()
    for url in islice((each.url for each in web.index), _MOST):
        for ask in (web.get, lambda url: web.save(url, _scratch() / "saved")):
            try:
                ask(url)
            except ArchiveError:
                continue


def saved(data: bytes) -> None:
    """A folder of saved pages: `APART` between its files."""
    folder = _scratch() / "saved-pages"
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(("index.html", "page", "b.html")):
        (folder / name).write_bytes([*data.split(APART), b"", b""][number])
    web = Folder(folder)
    for url in [web.index, web.base, HOME, *web.urls()]:
        try:
            web.get(url)
        except ArchiveError:
            continue


def _taken(path: Path) -> None:
    """What a person hands over: seen for what it is, listed, its first posts read, a file of it saved."""
    if (found := handed.take(path)) is None:
        return
    platform = all_platforms()[found.export or "generic"]
    for entry in islice(platform.entries(found.page, found.web), _MOST):
        with suppress(ArchiveError):
            platform.post(entry, found.web)
    for url in islice(found.web.urls(), _MOST):
        with suppress(ArchiveError):
            found.web.save(url, _scratch() / "saved")


def export(data: bytes) -> None:
    """A blog's export in one file, or what claims to be one."""
    path = _scratch() / "theirs.export"
    path.write_bytes(data)
    _taken(path)


def zip(data: bytes) -> None:
    """A zip: as it is, and a sound one of what is between `APART`, so that the readers of its files are reached too."""
    path = _scratch() / "theirs.zip"
    if not data.startswith(b"PK"):
        data = _zipped(data.split(APART))
    path.write_bytes(data)
    _taken(path)


def mhtml(data: bytes) -> None:
    """A page with what it shows in one file."""
    path = _scratch() / "theirs.mht"
    path.write_bytes(data)
    _taken(path)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (markdown, page, feed, sitemap, blog, warc, saved, export, zip, mhtml)
}


def run(name: str, data: bytes) -> None:
    """One input; what the library raises on purpose is no find."""
    with suppress(ArchiveError):
        TARGETS[name](data)


# seeds


def _files(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(FIXTURES.rglob(pattern)) if path.is_file()]


def _warcs() -> list[bytes]:
    made = []
    for number, body in enumerate([*_files("post-*.html")[:3], b"<p>short</p>"]):
        for head in (b"Content-Type: text/html", b"Content-Encoding: gzip", b"Transfer-Encoding: chunked"):
            packed = gzip.compress(body, mtime=0) if b"gzip" in head else body
            packed = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed) if b"chunked" in head else packed
            block = b"HTTP/1.1 200 OK\r\n%b\r\n\r\n%b" % (head, packed)
            made.append(
                b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %b%d\r\nWARC-Date: 2011-05-16T00:00:00Z\r\n"
                b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
                % (HOME.encode(), number, len(block), block)
            )
    members = [gzip.compress(each, mtime=0) for each in made]
    return [b"".join(made[-3:]), b"".join(members[-3:]), gzip.compress(b"".join(made[-3:]), mtime=0), *made, *members]


def _zipped(files: list[bytes]) -> bytes:
    """A zip; the first line of a file is its name, whatever that is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for each in {each.partition(b"\n")[0]: each for each in files}.values():
            name, _, content = each.partition(b"\n")
            made.writestr(zipfile.ZipInfo(name.decode("utf-8", "replace") or "x"), content)
    return packed.getvalue()


def _exports() -> list[bytes]:
    csv = b'title,content,published_date,slug\nOne,<p>x</p>,2020-01-02,one\nTwo,"<p>y\n</p>",2020-01-03,two\n'
    tumblr = b'<tumblr version="1.0"><posts><post id="1" unix-timestamp="1300000000" type="regular"><regular-title>T'
    return [*_files("exports/*", "exports/*/*.atom"), csv, tumblr + b"</regular-title></post></posts></tumblr>"]


def _zips() -> list[bytes]:
    """Each export with others beside it, and those that are many files; the same packed."""
    post = (
        b"<html><title>T</title><article><h1 class=p-name>T</h1><section data-field=body><p>x</p></section></article>"
    )
    note = b"---\ntitle: One\ndate: 2020-01-02\ntags: [a, b]\n---\n# One\n\nwords\n"
    rows = b"post_id,post_date,is_published,title\n1.one,2020-01-02T03:04:05Z,true,One"
    kinds = [
        [b"posts/2020-01-02_T-aaaaaaaaaaaa.html\n" + post, b"profile/profile.html\n<a class=u-url href=http://a/>"],
        [b"_posts/2020-01-02-one.md\n" + note, b"x/_config.yml\nurl: http://a.example"],
        [b"posts.csv\n" + rows, b"posts/1.one.html\n<p>x</p>"],
        [b"12/12-t.html\n" + post, b"12/img/a.png\nx"],
        [b"posts/html/1234567.html\n" + post, b"media/1.png\nx"],
        *([b"a.xml\n" + each, b"b.xml\n" + each] for each in _exports()),
    ]
    return [APART.join(each) for each in kinds] + [_zipped(each) for each in kinds]


def _mhtmls() -> list[bytes]:
    head = b"Snapshot-Content-Location: %b1.html\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" % HOME.encode()
    part = b"--b\r\nContent-Type: %b\r\nContent-Transfer-Encoding: %b\r\nContent-Location: %b\r\n\r\n%b\r\n"
    shown = part % (b"image/png", b"base64", HOME.encode() + b"a.png", b"iVBORw0KGgo=")
    bodies = _files("post-*.html", "listings/*.html")
    kinds = ((b"text/html", b"8bit"), (b"text/html; charset=euc-kr", b"quoted-printable"))
    return [
        head + part % (*kind, HOME.encode() + b"1.html", body) + shown + b"--b--" for body in bodies for kind in kinds
    ]


def _sitemaps() -> list[bytes]:
    files = [*_files("sitemap*.xml"), b"http://a.example/1\nhttp://a.example/2\n"]
    return [*files, *(gzip.compress(each, mtime=0) for each in files)]


def _wordpress() -> list[bytes]:
    """What the double of WordPress answers."""
    double = Double(many(3, said=2))
    paths = ("/", "/wp-json/wp/v2/posts?_embed=1", "/wp-json/wp/v2/comments", "/feed/", double.posts[0].path)
    answers = [as_answer(double(Request(path, {"host": "a.example"})), path).body for path in paths]
    return [each.encode() if isinstance(each, str) else each for each in answers]


def _blogs() -> list[bytes]:
    pages, told, own = _files("blogger/*.html", "listings/*.html"), _files("*.atom", "*.json"), _wordpress()
    ghost = b'<meta name="generator" content="Ghost 5"><script data-ghost="http://a.example/" data-key="0123456789"'
    note = {"id": "1", "title": "One", "html": "<p>x</p>", "url": HOME + "1/", "published_at": "2021-03-01T09:30:00Z"}
    api = json.dumps({"posts": [note], "meta": {"pagination": {"next": 2, "total": 1}}}).encode()
    made = [APART.join([page, told[number % len(told)], page, b""]) for number, page in enumerate(pages)]
    made += [APART.join([own[0], *own[1:], b""]), APART.join([own[0], own[1]]), APART.join([own[0], own[3], own[4]])]
    return [*made, APART.join([ghost + b"></script>", api]), *(APART.join([feed, feed]) for feed in told)]


def _elements() -> list[bytes]:
    """The HTML of the written cases."""
    cases = [path.read_text("utf-8").split("\n.\n")[1::2] for path in sorted(FIXTURES.glob("elements/*.md"))]
    return [html.encode() for each in cases for html in each] + _files("elements/vectors.txt")


def _json_feeds() -> list[bytes]:
    items = [{"id": "1", "url": HOME + "1", "title": "One", "content_html": "<p>x</p>", "tags": ["a"]}]
    return [json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}).encode()]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "markdown": lambda: _elements() + _files("listings/*.html"),
    "page": lambda: _files("*.html"),
    "feed": lambda: _files("*.atom", "feeds/*.json", "feed-*.json", "*.xml") + _json_feeds(),
    "sitemap": _sitemaps,
    "blog": _blogs,
    "warc": _warcs,
    "saved": lambda: [APART.join(_files("listings/*.html")[n : n + 2]) for n in range(0, 8, 2)],
    "export": _exports,
    "zip": _zips,
    "mhtml": _mhtmls,
}
