"""Pictures: every one of a post, its original, once, whatever its host does."""

import hashlib
import re
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from homemade import GIF, PNG, Told, blog, comment
from hosts import ARCHIVE, Hosts, Library
from loopback import Answer, Request, Servable, Site, drop, ranged, redirect, sequence, stall, truncated

from blogark import Options, archive, choose, images, originals, render
from blogark.errors import ReadError
from blogark.events import Event, Lost, Saved
from blogark.images import Wanted
from blogark.model import Post, Report
from blogark.webs.live import Limits

BP = "http://1.bp.blogspot.com/-a/T"
BLOG = "http://some.blog.example"
Web = Callable[..., Hosts]


def png(name: str) -> bytes:
    """A picture of its own for each name."""
    return PNG + name.encode()


@pytest.fixture
def web() -> Iterator[Web]:
    """web(post's body, {host: {path: answer} or None}, library) -> Hosts with a blog of that post among them."""
    with ExitStack() as stack:

        def start(
            body: str, hosts: Mapping[str, Any] | None = None, library: Library | None = None, **told: Any
        ) -> Hosts:
            own: dict[str, Servable] = blog(
                Told("/2011/05/post.html", "Post", body=f"<p>Words.</p>{body}<p>More words.</p>", **told)
            )
            sites: dict[str, Site | None] = {"some.blog.example": Site({**own, **(hosts or {}).get("", {})})}
            for name, pages in (hosts or {}).items():
                if name:
                    sites[name] = None if pages is None else Site(pages)
            return stack.enter_context(Hosts(sites, library))

        yield start


class Run:
    """A finished run: its report, events, the post's text, and the files in media/ by their bytes."""

    def __init__(self, hosts: Hosts, into: Path, **options: Any) -> None:
        self.events: list[Event] = []
        options = {"wayback": "auto" if ARCHIVE in hosts.sites else "never"} | options
        self.report: Report = archive(BLOG, into, Options(**options), self.events.append, net=hosts.net)
        self.text = next((into / "posts").rglob("*.md")).read_text("utf-8")
        self.media = {path.read_bytes(): path.name for path in (into / "media").glob("*")}
        self.lost = {event.what: event.why for event in self.events if isinstance(event, Lost)}

    @property
    def shown(self) -> list[str]:
        """What the post's pictures and links lead to."""
        return re.findall(r"\]\(<?([^)> ]+)", self.text)


# -- which pictures a post has


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<img src="/a.png">', "/a.png"),
        ('<img src="/blank.gif" data-src="/a.png">', "/a.png"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-lazy-src="/a.png">', "/a.png"),
        ('<img src="/small.png" srcset="/small.png 300w, /a.png 1200w">', "/a.png"),
        ('<img src="/small.png" srcset="/small.png, /a.png 2x">', "/a.png"),
        ('<picture><source srcset="/a.png 1200w, /m.png 600w"><img src="/small.png"></picture>', "/a.png"),
        ('<img src="/small.png" data-orig-file="/a.png" data-large-file="/m.png">', "/a.png"),
        ('<a href="/a.png"><img src="/small.png"></a>', "/a.png"),
        ('<noscript><img src="/a.png"></noscript>', "/a.png"),
        ('<img data-original="/a.png">', "/a.png"),
        ('<img data-actualsrc="/a.png">', "/a.png"),
        ("<div style=\"background-image: url('/a.png')\"></div>", "/a.png"),
        ('<figure style="background:#fff url(/a.png) no-repeat"><figcaption>Caption</figcaption></figure>', "/a.png"),
        ('<video poster="/a.png" src="http://films.example/film.mp4"></video>', "/a.png"),
        ('<p>See <a href="/a.png">the plan</a>.</p>', "/a.png"),
    ],
)
def test_every_picture_is_saved_from_where_it_is_largest(web: Web, tmp_path: Path, markup: str, address: str) -> None:
    hosts = web(markup, {"": {"/a.png": png("a"), "/m.png": png("m"), "/small.png": png("small")}})
    run = Run(hosts, tmp_path)
    assert list(run.media) == [png("a")] and run.report.code == 0
    assert f"../../media/{run.media[png('a')]}" in run.shown
    assert not [shown for shown in run.shown if shown.startswith(BLOG)]


@pytest.mark.parametrize(
    "name", ["greyhound.jpg", "clear-sky.png", "translation.gif", "pixel-art.png", "lazy.jpg", "loading-dock.png"]
)
@pytest.mark.parametrize("attribute", ["src", "data-src"])
def test_a_picture_is_not_taken_for_a_placeholder_by_its_name(
    web: Web, tmp_path: Path, name: str, attribute: str
) -> None:
    run = Run(web(f'<img {attribute}="/{name}">', {"": {f"/{name}": png("a")}}), tmp_path)
    assert list(run.media) == [png("a")] and run.report.code == 0


@pytest.mark.parametrize(
    "name", ["blank.gif", "spacer_1x1.gif", "transparent.png", "placeholder-300x200.svg", "1x1.gif"]
)
def test_a_placeholder_alone_is_no_picture(web: Web, tmp_path: Path, name: str) -> None:
    run = Run(web(f'<img src="/{name}">', {"": {f"/{name}": GIF}}), tmp_path)
    assert not run.media and run.report.code == 0


def test_a_linked_thumbnail_is_one_picture_linked_to_its_original(web: Web, tmp_path: Path) -> None:
    body = '<a href="/big.png"><img src="/thumb.png" alt="A sea" title="Blue"></a>'
    run = Run(web(body, {"": {"/big.png": png("big"), "/thumb.png": png("thumb")}}), tmp_path)
    file = f"../../media/{run.media[png('big')]}"
    assert f'[![A sea]({file} "Blue")]({file})' in run.text and len(run.media) == 1


def test_a_thumbnail_stays_where_its_original_is_gone(web: Web, tmp_path: Path) -> None:
    hosts = web('<a href="/big.png"><img src="/thumb.png"></a>', {"": {"/thumb.png": png("thumb")}})
    run = Run(hosts, tmp_path)
    assert list(run.media) == [png("thumb")] and run.report.code == 0
    assert run.shown == [f"../../media/{run.media[png('thumb')]}"] * 2


def test_a_picture_that_is_linked_to_a_page_keeps_its_link(web: Web, tmp_path: Path) -> None:
    run = Run(web('<a href="/page/"><img src="/a.png"></a>', {"": {"/a.png": png("a")}}), tmp_path)
    assert run.shown == [f"../../media/{run.media[png('a')]}", f"{BLOG}/page/"]


def test_attachments_of_the_blogs_own_host_are_saved_and_others_are_not(web: Web, tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{url}">file</a></p>' for url in ("/a.pdf", "/b.zip", "/c.docx", "/d.pdf", "/page"))
    links += '<p><a href="http://elsewhere.example/e.pdf">file</a><audio src="/f.mp3"></audio></p>'
    files = {
        "/a.pdf": b"%PDF-1.4 words",
        "/b.zip": b"PK\x03\x04 words",
        "/c.docx": b"PK\x03\x04 more",
        "/f.mp3": b"ID3 la",
    }
    hosts = web(links, {"": {**files, "/d.pdf": "<html>no file</html>"}, "elsewhere.example": {"/e.pdf": b"%PDF-1.4"}})
    run = Run(hosts, tmp_path)
    assert {Path(name).suffix: body for body, name in run.media.items()} == {
        Path(path).suffix: body for path, body in files.items()
    }
    assert list(run.lost) == [f"{BLOG}/d.pdf"] and hosts.hits("elsewhere.example") == []
    assert (
        f"{BLOG}/d.pdf" in run.shown and "http://elsewhere.example/e.pdf" in run.shown and f"{BLOG}/page" in run.shown
    )


def test_a_picture_within_the_page_becomes_a_file(web: Web, tmp_path: Path) -> None:
    body = png("x" * 600)
    body = body[:16] + (8).to_bytes(4) * 2 + body[24:]  # eight pixels wide and high: no dot
    run = Run(web(f'<img src="data:image/png;base64,{b64encode(body).decode()}">'), tmp_path)
    assert run.shown == [f"../../media/{run.media[body]}"] and run.media[body].startswith("picture-")
    assert "base64" not in (tmp_path / ".blogark/journal.jsonl").read_text("utf-8")


@pytest.mark.parametrize("mode", ["inline", "sidecar", "none"])
def test_pictures_of_comments_are_saved_where_comments_are(web: Web, tmp_path: Path, mode: str) -> None:
    comments = comment(1, "Ann", 'Look: <img src="/a.png">')
    run = Run(web("", {"": {"/a.png": png("a")}}, comments=comments, count=1), tmp_path, comments=mode)
    written = run.text + "".join(path.read_text("utf-8") for path in tmp_path.rglob("*.comments.yaml"))
    assert (f"](../../media/{run.media[png('a')]})" in written) if mode != "none" else not run.media


def test_the_cover_is_wanted_and_front_matter_leads_to_it() -> None:
    made = render.draft(Post("1", f"{BLOG}/post", cover=f"{BLOG}/a.png"), "inline")
    assert list(made.wanted()) == [Wanted(f"{BLOG}/a.png")]
    text = made.repointed({f"{BLOG}/a.png": "../../media/a-1.png"}.__getitem__).text(choose.layout("plain"))
    assert yaml.safe_load(text.split("---\n")[1])["cover"] == "../../media/a-1.png"


def test_faces_of_commenters_are_left_alone(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="http://www.gravatar.com/avatar/0.jpg">', {"www.gravatar.com": {"/avatar/0.jpg": PNG}})
    assert Run(hosts, tmp_path).report.code == 0 and hosts.hits("www.gravatar.com") == []


# -- where it is asked for


def test_the_original_is_asked_for_before_what_is_written(web: Web, tmp_path: Path) -> None:
    hosts = web(
        '<img src="http://1.bp.blogspot.com/-a/T/s320/x.png">', {"1.bp.blogspot.com": {"/-a/T/s0/x.png": png("s0")}}
    )
    run = Run(hosts, tmp_path)
    assert list(run.media) == [png("s0")] and hosts.hits("1.bp.blogspot.com") == ["/-a/T/s0/x.png"]
    (saved,) = [event.media for event in run.events if isinstance(event, Saved)]
    assert (saved.url, saved.from_) == (
        "http://1.bp.blogspot.com/-a/T/s320/x.png",
        "http://1.bp.blogspot.com/-a/T/s0/x.png",
    )


def test_two_sizes_of_one_picture_are_asked_for_once(web: Web, tmp_path: Path) -> None:
    sizes = "".join(f'<img src="{BP}/s{size}/x.png">' for size in (320, 640, 1600))
    hosts = web(sizes, {"1.bp.blogspot.com": {"/-a/T/s0/x.png": png("s0")}})
    run = Run(hosts, tmp_path)
    assert len(hosts.hits("1.bp.blogspot.com")) == 1 and len(set(run.shown)) == len(run.media) == 1


def only_from(referer: str) -> Callable[[Request], Answer]:
    return lambda request: Answer(200, PNG) if request.headers.get("referer", "") == referer else Answer(403)


@pytest.mark.parametrize("referer", [f"{BLOG}/2011/05/post.html", ""])
def test_a_host_that_minds_the_referer_gets_the_one_it_wants(web: Web, tmp_path: Path, referer: str) -> None:
    run = Run(
        web('<img src="http://minds.example/a.png">', {"minds.example": {"/a.png": only_from(referer)}}), tmp_path
    )
    assert list(run.media) == [PNG] and run.report.code == 0


def test_nothing_is_asked_with_head(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="http://a.example/a.png">', {"a.example": {"/a.png": PNG}})
    Run(hosts, tmp_path)
    assert {request.method for request in hosts.sites["a.example"].requests} == {"GET"}  # type: ignore[union-attr]


# -- what counts as one

FAULTS: dict[str, tuple[Servable, str]] = {
    "404": (Answer(404), "not found"),
    "410": (Answer(410), "gone"),
    "403": (Answer(403), "forbidden"),
    "a page": ("<html><p>Not found</p></html>", "no picture"),
    "a page that says it is a picture": (Answer(200, "<!DOCTYPE html>no", {"Content-Type": "image/png"}), "no picture"),
    "empty": (b"", "nothing was sent"),
    "broken off": (truncated(PNG[:30], len(PNG)), "broke off"),
    "a loop": (redirect("/a.png"), "loop"),
    "dropped": (drop(), "connection failed"),
    "500": (Answer(500), "the server failed"),
    "text": (b"just words, no picture at all", "no picture"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_picture_is_lost_and_named_and_ends_nothing(web: Web, tmp_path: Path, fault: str) -> None:
    answer, why = FAULTS[fault]
    body = '<img src="http://bad.example/a.png"><img src="http://good.example/b.png">'
    run = Run(web(body, {"bad.example": {"/a.png": answer}, "good.example": {"/b.png": png("b")}}), tmp_path)
    assert list(run.media) == [png("b")] and run.report.code == 3
    assert why in run.lost["http://bad.example/a.png"]
    assert "http://bad.example/a.png" in run.shown
    assert "http://bad.example/a.png" in (tmp_path / "INDEX.md").read_text("utf-8")


@pytest.mark.parametrize("hosts", [{}, {"bad.example": None}], ids=["no such host", "refused"])
def test_a_dead_host_costs_its_pictures_alone(web: Web, tmp_path: Path, hosts: dict[str, None]) -> None:
    run = Run(web('<img src="http://bad.example/a.png">', hosts), tmp_path)
    assert run.report.code == 3 and list(run.lost) == ["http://bad.example/a.png"]


def test_the_sign_for_a_missing_picture_is_not_kept(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(originals.table()["placeholders"], hashlib.sha256(GIF).hexdigest(), "a sign")
    body = '<img src="http://a.example/a.png"><img src="http://a.example/b.png">'
    pages = {"/a.png": GIF, "/b.png": redirect("/images/photo_unavailable.gif"), "/images/photo_unavailable.gif": PNG}
    run = Run(web(body, {"a.example": pages}), tmp_path)
    assert not run.media and run.lost["http://a.example/a.png"] == "a sign" and len(run.lost) == 2


def test_the_type_is_what_the_first_bytes_say(web: Web, tmp_path: Path) -> None:
    run = Run(web('<img src="/a.jpg"><img src="/b.php?id=3">', {"": {"/a.jpg": png("a"), "/b.php": GIF}}), tmp_path)
    assert run.media[png("a")].endswith(".png") and run.media[GIF].endswith(".gif")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe1\0\x18Exif\0\0", "image/jpeg"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "image/avif"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"BM\x46\0\0\0\0\0\0\0", "image/bmp"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"\0\0\x01\0\x01\0", "image/x-icon"),
        (b'<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg">', "image/svg+xml"),
        (b"<html><svg>", None),
        (b"BM is how this sentence begins", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(head: bytes, kind: str | None) -> None:
    assert images.sniff(head) == kind == images.kind(head, Wanted("http://a.example/a"))


def test_a_drawing_is_kept_as_it_is_unless_it_would_run(web: Web, tmp_path: Path) -> None:
    still = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    runs = still.replace(b"<path", b'<script>alert(1)</script><a href="java&#115;cript:x" onclick="x()"/><path')
    run = Run(web('<img src="/a.svg"><img src="/b.svg">', {"": {"/a.svg": still, "/b.svg": runs}}), tmp_path)
    (kept,) = [body for body in run.media if body != still]
    assert still in run.media and b"<path" in kept and not re.search(rb"script|onclick|alert", kept)
    with pytest.raises(ReadError):
        images.inert(b"javascript: no drawing")


# -- saved once


def test_the_same_bytes_are_saved_once_and_namesakes_do_not_meet(web: Web, tmp_path: Path) -> None:
    body = "".join(f'<img src="http://{host}.example/img.png">' for host in "abc")
    pages = {
        "a.example": {"/img.png": png("1")},
        "b.example": {"/img.png": png("2")},
        "c.example": {"/img.png": png("1")},
    }
    run = Run(web(body, pages), tmp_path)
    assert len(run.media) == 2 and all(name.startswith("img-") for name in run.media.values())
    assert run.shown[0] == run.shown[2] != run.shown[1]


def test_a_name_whose_first_digits_are_taken_gets_more(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="/a.png">', {"": {"/a.png": png("a")}})
    name = Run(hosts, tmp_path / "one").media[png("a")]
    (tmp_path / "two/media").mkdir(parents=True)
    (tmp_path / "two/media" / name).write_bytes(b"another's")
    run = Run(hosts, tmp_path / "two")
    assert len(run.media[png("a")]) == len(name) + 8 and (tmp_path / "two/media" / name).read_bytes() == b"another's"


def test_a_file_is_as_old_as_its_server_says(web: Web, tmp_path: Path) -> None:
    answer = Answer(200, PNG, {"Last-Modified": "Mon, 16 May 2011 06:05:00 GMT"})
    Run(web('<img src="/a.png">', {"": {"/a.png": answer}}), tmp_path)
    (file,) = (tmp_path / "media").iterdir()
    assert file.stat().st_mtime == 1305525900


def test_a_picture_that_broke_off_goes_on_in_the_next_run(web: Web, tmp_path: Path) -> None:
    whole = png("x" * 90_000)
    broken = truncated(whole[:70_000], len(whole))
    hosts = web('<img src="/a.png">', {"": {"/a.png": sequence(broken, Answer(404), ranged(whole))}})
    assert Run(hosts, tmp_path).report.code == 3
    run = Run(hosts, tmp_path)
    assert list(run.media) == [whole] and run.report.code == 0
    asked = hosts.sites["some.blog.example"].requests  # type: ignore[union-attr]
    last = [request for request in asked if request.path == "/a.png"][-1]
    assert re.fullmatch(r"bytes=[1-9]\d+-", last.headers["range"])
    assert list((tmp_path / ".blogark/parts").iterdir()) == []


def test_what_is_lost_is_tried_once_a_run_however_often_it_is_shown(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="http://a.example/a.png">', {"a.example": {}})
    blogs = blog(
        *(Told(f"/{n}.html", f"Post {n}", body='<p>Here.</p><img src="http://a.example/a.png">') for n in range(3))
    )
    hosts.sites["some.blog.example"].pages = blogs  # type: ignore[union-attr]
    first = Run(hosts, tmp_path)
    assert first.report.code == 3 and hosts.hits("a.example") == ["/a.png"]
    again = Run(hosts, tmp_path)
    assert again.report.code == 0 and hosts.hits("a.example") == ["/a.png"] * 2


def test_a_complete_archive_asks_for_no_picture_again(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="http://a.example/a.png">', {"a.example": {"/a.png": PNG}})
    Run(hosts, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert Run(hosts, tmp_path).report.unchanged == 1
    assert hosts.hits("a.example") == ["/a.png"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_offline_nobody_is_asked(web: Web, tmp_path: Path) -> None:
    hosts = web('<img src="/a.png">')
    Run(hosts, tmp_path)
    asked = [len(site.hits) for site in hosts.sites.values() if site]
    archive(str(tmp_path), None, Options(offline=True), net=hosts.net)
    assert [len(site.hits) for site in hosts.sites.values() if site] == asked


# -- at once


def test_pictures_of_one_host_come_by_four_and_hosts_at_once(web: Web, tmp_path: Path) -> None:
    """Both hosts answer only when four pictures of each have been asked for."""
    gate, lock, now, most = threading.Barrier(8, timeout=20), threading.Lock(), Counter[str](), Counter[str]()

    def answer(request: Request) -> Answer:
        host = request.headers["host"]
        with lock:
            now[host] += 1
            most[host] = max(most[host], now[host])
        gate.wait()
        with lock:
            now[host] -= 1
        return Answer(200, png(request.path))

    pictures = {f"/{n}.png": answer for n in range(8)}
    body = "".join(f'<img src="http://{host}.example/{n}.png">' for n in range(8) for host in "ab")
    run = Run(web(body, {"a.example": pictures, "b.example": pictures}), tmp_path)
    assert set(most.values()) == {4} and run.report.code == 0 and len(run.media) == 8
    saved = [event.media.url for event in run.events if isinstance(event, Saved)]
    assert saved == re.findall(r'src="([^"]+)"', body), "told in the order of the post"


def test_a_host_with_too_many_requests_is_left_alone_for_a_while(web: Web, tmp_path: Path) -> None:
    busy = sequence(Answer(429, headers={"Retry-After": "7"}), PNG)
    hosts = web('<img src="http://a.example/a.png">', {"a.example": {"/a.png": busy}})
    assert Run(hosts, tmp_path).report.code == 0
    assert [wait for wait in hosts.slept if wait > 0.5] == [7.0]


def test_all_connections_to_a_host_wait_when_one_is_told_to(web: Web, tmp_path: Path) -> None:
    """Nothing is asked of it between its "too many" and the time it named."""
    answers = {f"/{n}.png": sequence(Answer(503, headers={"Retry-After": "9"}), png(str(n))) for n in range(6)}
    hosts = web("".join(f'<img src="http://a.example/{n}.png">' for n in range(6)), {"a.example": answers})
    assert Run(hosts, tmp_path).report.code == 0 and hosts.now >= 1000.0 + 9.0


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "http://a.example:99999/b.png", "http://a b/c.png", "//", "mailto:ann@a.example", "file:///etc/hosts",
     "http:///a.png", "data:image/png;base64,%%%" + "x" * 500, "http://a.example/%ff%fe.png", "x" * 5000,
     "http://xn--\u0000.example/a.png"],
)  # fmt: skip
def test_an_address_that_is_none_costs_itself_alone(web: Web, tmp_path: Path, address: str) -> None:
    run = Run(
        web(f'<img src="{address}"><img src="/good.png"> <a href="{address}">x</a>', {"": {"/good.png": PNG}}), tmp_path
    )
    assert list(run.media) == [PNG] and run.report.written == 1 and not run.report.failures


def test_a_host_where_nobody_listens_is_not_waited_for(web: Web, tmp_path: Path) -> None:
    hosts = web("".join(f'<img src="http://gone.example/{n}.png">' for n in range(9)), {"gone.example": None})
    run = Run(hosts, tmp_path)
    assert len(run.lost) == 9 and not [wait for wait in hosts.slept if wait != 0.5], "the pause between pages"
    assert hosts.asked.count("gone.example") <= 5


def test_a_host_that_does_not_answer_holds_up_no_other(web: Web, tmp_path: Path) -> None:
    bad = "".join(f'<img src="http://bad.example/{n}.png">' for n in range(20))
    hosts = web(f'{bad}<img src="http://good.example/a.png">', {"bad.example": lambda request: stall(),
                                                                "good.example": {"/a.png": png("a")}})  # fmt: skip
    hurried = Limits(read=0.05, save_retries=2)
    events: list[Event] = []
    archive(BLOG, tmp_path, Options(wayback="never"), events.append, net=partial(hosts.net, limits=hurried))
    lost = [event for event in events if isinstance(event, Lost)]
    assert len(lost) == 20 and all("no answer in time" in event.why for event in lost)
    assert len(hosts.hits("bad.example")) <= 12, "those that wait at the same time, and no others"
    assert hosts.hits("good.example") == ["/a.png"]


def test_pictures_that_break_off_cost_no_other_of_their_host(web: Web, tmp_path: Path) -> None:
    bad = {f"/{n}.png": truncated(PNG[:30], len(PNG)) for n in range(4)}
    shown = "".join(f'<img src="http://a.example{path}">' for path in (*bad, "/good.png"))
    hosts = web(shown, {"a.example": {**bad, "/good.png": png("good")}})
    run = Run(hosts, tmp_path)
    assert list(run.media) == [png("good")] and len(run.lost) == 4
    assert not [wait for wait in hosts.slept if wait != 0.5] and max(Counter(hosts.hits("a.example")).values()) == 2


def test_of_a_body_that_broke_off_the_rest_is_asked_for_at_once(web: Web, tmp_path: Path) -> None:
    whole = png("x" * 90_000)
    hosts = web('<img src="/a.png">', {"": {"/a.png": sequence(truncated(whole[:70_000], len(whole)), ranged(whole))}})
    run = Run(hosts, tmp_path)
    assert list(run.media) == [whole] and not [wait for wait in hosts.slept if wait != 0.5]


def test_a_page_about_a_file_is_no_file(web: Web, tmp_path: Path) -> None:
    page = "http://wiki.example/wiki/File:Sea.png"
    run = Run(
        web(f'<a href="{page}"><img src="/thumb.png"></a>', {"": {"/thumb.png": PNG}, "wiki.example": {}}), tmp_path
    )
    assert run.shown == [f"../../media/{run.media[PNG]}", page]


def test_a_wayback_machine_that_cannot_be_found_is_looked_for_once(web: Web, tmp_path: Path) -> None:
    hosts = web("".join(f'<img src="http://gone-{n}.example/a.png">' for n in range(9)))
    run = Run(hosts, tmp_path, wayback="auto")
    assert len(run.lost) == 9 and hosts.asked.count(ARCHIVE) <= 2
