"""Captures: pictures whose host is gone, and whole blogs, from a small Wayback Machine on 127.0.0.1."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from homemade import PNG, Told, blog
from hosts import ARCHIVE, Held, Hosts, Library
from loopback import Answer, Site, sequence

from blogark import Options, SourceError, archive
from blogark.errors import FetchError, Missing, Refused
from blogark.events import Event, Failed, Instead, Lost, Rescued, Saved
from blogark.model import Report
from blogark.rewrite import rewrite
from blogark.webs.live import Limits
from blogark.webs.wayback import Capture, Wayback, parse

BLOG = "http://some.blog.example"
Start = Callable[..., Hosts]


def png(name: str) -> bytes:
    return PNG + name.encode()


@pytest.fixture
def start() -> Iterator[Start]:
    """start({host: pages or None}, captures…) -> Hosts with a Wayback Machine of these captures."""
    with ExitStack() as stack:

        def begin(hosts: Mapping[str, Any], *held: Held, rows: int = 10**6) -> Hosts:
            sites = {name: None if pages is None else Site(pages) for name, pages in hosts.items()}
            return stack.enter_context(Hosts(sites, Library(held, rows)))

        yield begin


OTHER = Told("/2010/02/other.html", "Another", "2010-02-03")


def showing(*pictures: str, **told: Any) -> dict[str, Any]:
    """A blog with two posts, one of which shows these."""
    body = "<p>Words.</p>" + "".join(f'<img src="{url}">' for url in pictures) + "<p>More.</p>"
    return {"some.blog.example": blog(Told("/2011/05/post.html", "Post", body=body, **told), OTHER)}


class Run:
    """A finished run of the blog, and what became of its pictures."""

    def __init__(self, hosts: Hosts, into: Path, source: str = BLOG, **options: Any) -> None:
        self.events: list[Event] = []
        self.report: Report = archive(source, into, Options(**options), self.events.append, net=hosts.net)
        self.rescued = [event.media for event in self.events if isinstance(event, Rescued)]
        self.lost = {event.what: event.why for event in self.events if isinstance(event, Lost)}
        self.media = {path.read_bytes(): path.name for path in (into / "media").glob("*")}
        self.texts = {path.name: path.read_text("utf-8") for path in (into / "posts").rglob("*.md")}


def library(hosts: Hosts) -> Library:
    site: Any = hosts.sites[ARCHIVE]
    found: Library = site._find.__self__
    return found


# -- pictures


@pytest.mark.parametrize(
    "pages",
    [None, {}, {"/a.png": "<html>parked</html>"}, {"/a.png": b""}, {"/a.png": Answer(403)}, "no such host"],
    ids=["refused", "404", "a page", "empty", "forbidden", "no such host"],
)
def test_a_lost_picture_comes_from_its_capture(start: Start, tmp_path: Path, pages: Any) -> None:
    hosts = showing("http://gone.example/a.png") | ({} if pages == "no such host" else {"gone.example": pages})
    web = start(hosts, Held("20110601000000", "http://gone.example/a.png", png("a")))
    run = Run(web, tmp_path)
    assert list(run.media) == [png("a")] and run.report.code == 0 and run.report.rescued == 1
    (media,) = run.rescued
    assert media.from_ == "https://web.archive.org/web/20110601000000id_/http://gone.example/a.png"
    assert media.captured == datetime(2011, 6, 1, tzinfo=UTC) and media.url == "http://gone.example/a.png"
    assert f"](../../media/{run.media[png('a')]})" in run.texts["2011-05-16-post.md"]
    assert '"captured":"2011-06-01T00:00:00+00:00"' in (tmp_path / ".blogark/journal.jsonl").read_text("utf-8")


def test_nobody_is_asked_about_captures_of_what_is_there(start: Start, tmp_path: Path) -> None:
    web = start(showing("http://here.example/a.png") | {"here.example": {"/a.png": PNG}})
    assert Run(web, tmp_path).report.code == 0 and web.hits(ARCHIVE) == []


def test_never_asks_nothing(start: Start, tmp_path: Path) -> None:
    web = start(showing("http://gone.example/a.png"), Held("20110601000000", "http://gone.example/a.png", PNG))
    run = Run(web, tmp_path, wayback="never")
    assert list(run.lost) == ["http://gone.example/a.png"] and web.hits(ARCHIVE) == [] and ARCHIVE not in web.asked


def test_the_capture_nearest_to_the_post_is_taken(start: Start, tmp_path: Path) -> None:
    held = [Held(f"{year}0601000000", "http://gone.example/a.png", png(str(year))) for year in (2006, 2010, 2012, 2019)]
    run = Run(start(showing("http://gone.example/a.png", day="2012-01-05"), *held), tmp_path)
    assert list(run.media) == [png("2012")]


def test_captures_that_are_no_picture_are_passed_over(start: Start, tmp_path: Path) -> None:
    url = "http://gone.example/a.png"
    held = [
        Held("20110516000000", url, "<html>sorry</html>", kind="text/html"),
        Held("20110517000000", url, "<html>sorry</html>"),
        Held("20110518000000", url, PNG[:20], headers={"Content-Length": str(len(PNG))}),
        Held("20110519000000", url, "gone", status=404),
        Held("20110701000000", url, png("good")),
    ]
    run = Run(start(showing(url), *held), tmp_path)
    assert list(run.media) == [png("good")] and run.report.code == 0


@pytest.mark.parametrize(
    ("written", "captured"),
    [
        ("http://3.bp.blogspot.com/-a/T/s320/sea.png", "http://3.bp.blogspot.com/-a/T/s1600/sea.png"),
        ("http://gone.example/wp-content/uploads/sea-300x200.png", "http://gone.example/wp-content/uploads/sea.png"),
        ("https://gone.example/sea.png", "http://www.gone.example:80/sea.png"),
        ("http://gone.example/sea.png?w=3", "http://gone.example/sea.png?w=3"),
        ("http://i0.wp.com/gone.example/img/sea.png?w=300", "http://gone.example/img/sea.png"),
    ],
)
def test_any_size_on_any_scheme_will_do(start: Start, tmp_path: Path, written: str, captured: str) -> None:
    other = Held("20110601000000", captured.replace("sea.png", "sealion.png"), png("another"))
    run = Run(start(showing(written), other, Held("20110601000000", captured, png("sea"))), tmp_path)
    assert list(run.media) == [png("sea")] and run.report.rescued == 1


def test_the_largest_size_comes_before_the_nearest_in_time(start: Start, tmp_path: Path) -> None:
    sizes = [f"http://3.bp.blogspot.com/-a/T/{size}/sea.png" for size in ("s320", "s72-c", "s1600", "s0")]
    held = [Held(f"20{number + 11}0516120000", url, png("x" * 3**number)) for number, url in enumerate(sizes)]
    assert list(Run(start(showing(sizes[0]), *held), tmp_path / "a").media) == [png("x" * 27)]
    assert list(Run(start(showing(sizes[0]), *held[:3]), tmp_path / "b").media) == [png("x" * 9)]


@pytest.mark.parametrize(
    "written",
    [
        "http://twitpic.com/6a4zlt",
        "http://twitpic.com/show/thumb/6a4zlt.jpg",
        "http://s3.amazonaws.com/twitpic/photos/large/379825985.jpg?AWSAccessKeyId=0&Expires=1&Signature=x",
    ],
)
@pytest.mark.parametrize("by_page", [True, False], ids=["by its page", "by its number"])
def test_twitpic(start: Start, tmp_path: Path, written: str, by_page: bool) -> None:
    file = "https://dn3pm25xmtlyu.cloudfront.net/photos/large/379825985.jpg?Expires=1&Signature=abc"
    page = f'<html><head><meta name="twitter:image" content="{file}"></head><body>A photo</body></html>'
    held = [Held("20141025000000", file, png("photo"))]
    held += [Held("20141024000000", "http://twitpic.com/6a4zlt", page, kind="text/html")] * by_page
    web = start(showing(written), *held)
    run = Run(web, tmp_path)
    assert list(run.media) == [png("photo")] and run.report.rescued == 1
    assert "twitpic.com" not in web.asked, "it is known to be dead"


def test_twitpics_page_of_later_years_is_not_believed(start: Start, tmp_path: Path) -> None:
    page = '<html><head><meta name="twitter:image" content="%s"></head></html>'
    file = "https://dn3pm25xmtlyu.cloudfront.net/photos/large/379825985.jpg?Signature=abc"
    held = [
        Held("20141024000000", "http://twitpic.com/6a4zlt", page % file, kind="text/html"),
        Held("20220101000000", "http://twitpic.com/6a4zlt", page % "http://twitter.com/bird.png", kind="text/html"),
        Held("20220101000000", "http://twitter.com/bird.png", png("bird")),
        Held("20141025000000", file, png("photo")),
    ]
    assert list(Run(start(showing("http://twitpic.com/6a4zlt"), *held), tmp_path).media) == [png("photo")]


def test_a_linked_twitpic_thumbnail_leads_to_the_photo(start: Start, tmp_path: Path) -> None:
    body = '<p>Look:</p><a href="http://twitpic.com/6a4zlt"><img src="http://twitpic.com/show/thumb/6a4zlt.jpg"></a><p>.</p>'
    file = "https://dn3pm25xmtlyu.cloudfront.net/photos/large/379825985.jpg?Signature=abc"
    web = start({"some.blog.example": blog(Told("/2011/05/p.html", "P", body=body))}, Held("20141025000000", file, PNG))
    (text,) = Run(web, tmp_path).texts.values()
    assert re.search(r"\[!\[\]\((\.\./\.\./media/[\w-]+\.png)\)\]\(\1\)", text)


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("http://yfrog.com/h0abcj:iphone", "http://yfrog.com/h0abcj"),
        ("http://plixi.com/p/123456", "http://tweetphoto.com/123456"),
        ("http://img.ly/show/thumb/1a2b", "http://img.ly/1a2b"),
        ("http://pic.gd/1a2b", "http://pic.gd/1a2b"),
        (
            "http://api.plixi.com/api/tpapi.svc/imagefromurl?size=medium&url=http%3A%2F%2Fplixi.com%2Fp%2F123456",
            "http://plixi.com/p/123456",
        ),
        ("http://instagr.am/p/Ab-1/media/?size=l", "http://instagr.am/p/Ab-1/"),
    ],
)
@pytest.mark.parametrize(
    "shown",
    [
        '<html><head><meta property="og:image" content="http://files.example/x.png"></head></html>',
        '<html><body><img src="/logo.png"><img id="main_image" src="http://files.example/x.png"></body></html>',
    ],
)
def test_other_dead_services_are_found_by_their_pages(
    start: Start, tmp_path: Path, written: str, page: str, shown: str
) -> None:
    held = [
        Held("20120101000000", page, shown, kind="text/html"),
        Held("20120102000000", "http://files.example/x.png", PNG),
    ]
    assert list(Run(start(showing(written), *held), tmp_path).media) == [PNG]


def test_the_index_is_asked_once_for_what_it_answered(start: Start, tmp_path: Path) -> None:
    web = start(showing("http://gone.example/a.png", "http://gone.example/b.png"))
    assert Run(web, tmp_path).report.code == 3
    questions = len(library(web).questions)
    again = Run(web, tmp_path)
    assert len(library(web).questions) == questions == 2
    assert again.report.code == 0 and set(again.lost) == {"http://gone.example/a.png", "http://gone.example/b.png"}
    assert all("no capture" in why for why in again.lost.values())


def test_of_a_host_that_lost_many_pictures_all_is_asked_at_once(start: Start, tmp_path: Path) -> None:
    pictures = [f"http://gone.example/{n}/{n}.png" for n in range(30)]
    held = [Held("20110601000000", url.replace("gone", "www.gone"), png(url)) for url in pictures[:20]]
    web = start(showing(*pictures), *held)
    run = Run(web, tmp_path)
    assert set(run.media) == {png(url) for url in pictures[:20]} and set(run.lost) == set(pictures[20:])
    assert len(library(web).questions) == 2


def test_of_a_host_that_is_too_large_folders_are_asked_for(start: Start, tmp_path: Path) -> None:
    """Its index tells three at a time: the host is too much, a folder is not."""
    pictures = [f"http://huge.example/{who}/{n}.png" for who in ("ann", "bo") for n in range(3)]
    held = [Held("20110601000000", url, png(url)) for url in pictures]
    web = start(showing(*pictures[:2], pictures[3], pictures[2], pictures[4]), *held, rows=3)
    assert len(Run(web, tmp_path).media) == 5
    asked = [(each.get("matchType"), each["url"].partition("example")[2]) for each in library(web).questions]
    assert asked == [
        (None, "/ann/0.png"),
        ("prefix", "/ann/"),
        ("prefix", "/"),
        (None, "/bo/0.png"),
        ("prefix", "/bo/"),
    ]


def test_a_question_too_large_for_the_index_costs_no_picture(start: Start, tmp_path: Path) -> None:
    pictures = [f"http://huge.example/{n}/a.png" for n in range(3)]
    web = start(showing(*pictures), *(Held("20110601000000", url, png(url)) for url in pictures))
    site: Any = web.sites[ARCHIVE]
    real = site._find
    site._find = lambda request: Answer(400) if "matchType=prefix" in request.path else real(request)
    assert len(Run(web, tmp_path).media) == 3 and sum(hit.startswith("/cdx/") for hit in web.hits(ARCHIVE)) == 4


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.png", "http://10.0.0.1/a.png", "http://intranet/a.png"])
def test_private_hosts_are_nobodys_business(start: Start, tmp_path: Path, url: str) -> None:
    web = start(showing(url))
    assert list(Run(web, tmp_path).lost) == [url] and web.hits(ARCHIVE) == []


def test_a_blog_read_with_secrets_is_not_spoken_of(start: Start, tmp_path: Path) -> None:
    web = start(showing("/private.png", "http://gone.example/a.png"))
    Run(web, tmp_path, headers=(("X-Key", "sesame"),))
    asked = " ".join(web.hits(ARCHIVE))
    assert "gone.example" in asked and "some.blog.example" not in asked
    site: Any = web.sites[ARCHIVE]
    assert not any("x-key" in request.headers for request in site.requests)


def test_one_bad_answer_of_the_index_is_told_and_asked_again_in_the_next_run(start: Start, tmp_path: Path) -> None:
    web = start(showing("http://gone.example/a.png"), Held("20110601000000", "http://gone.example/a.png", PNG))
    site: Any = web.sites[ARCHIVE]
    real, site._find = site._find, lambda request: Answer(200, "<html>down for repairs</html>")
    assert "cannot be read" in Run(web, tmp_path).lost["http://gone.example/a.png"]
    site._find = real
    assert Run(web, tmp_path).report.rescued == 1


# -- the Wayback Machine as a Web


@pytest.fixture
def machine(start: Start) -> Callable[..., tuple[Wayback, Hosts]]:
    def make(*held: Held, answers: Any = None, until: str = "", rows: int = 10**6) -> tuple[Wayback, Hosts]:
        hosts = start({}, *held, rows=rows)
        if answers:
            site: Any = hosts.sites[ARCHIVE]
            site._find = answers
        live = hosts.net(
            "https://web.archive.org", Options(delay=0), lambda event: None, limits=Limits(pause=60.0, retries=2)
        )
        return Wayback(live, until=until, sleep=hosts.sleep, clock=hosts.clock), hosts

    return make


@pytest.mark.parametrize(
    ("address", "capture"),
    [
        ("https://web.archive.org/web/20120102id_/http://a.example/?b=1", Capture("20120102", "http://a.example/?b=1")),
        ("http://web.archive.org/web/2012/a.example/b", Capture("2012", "http://a.example/b")),
        ("web.archive.org/web/2012*/https://a.example", Capture("2012", "https://a.example")),
        ("https://web.archive.org/web/*/http:/a.example/", Capture("", "http://a.example/")),
        ("https://web.archive.org/web/http://a.example/", Capture("", "http://a.example/")),
        ("http://a.example/web/2012/http://b.example/", None),
        ("https://web.archive.org/about/", None),
    ],
)
def test_an_address_of_a_capture_is_understood(address: str, capture: Capture | None) -> None:
    assert parse(address) == capture


def test_a_capture_has_a_time_however_much_of_it_is_known() -> None:
    assert Capture("2012", "x").time == datetime(2012, 1, 1, tzinfo=UTC)


def test_a_page_is_its_capture_as_it_was(machine: Any) -> None:
    wayback, _ = machine(Held("20120102030405", "http://a.example/b", "<p>as it was</p>", kind="text/html"))
    page = wayback.get("https://www.a.example/b")
    assert (page.url, page.at) == ("https://www.a.example/b", "http://a.example/b")
    assert page.body == b"<p>as it was</p>" and page.fetched == datetime(2012, 1, 2, 3, 4, 5, tzinfo=UTC)
    with pytest.raises(Missing, match="not in the Wayback Machine"):
        wayback.get("http://a.example/none")


def test_what_is_swept_is_not_asked_for_again(machine: Any) -> None:
    held = [Held(f"201{n % 5}0102000000", f"http://a.example/{n}", f"page {n}", kind="text/html") for n in range(9)]
    wayback, hosts = machine(*held, Held("20100101000000", "http://a.example/gone", "x", "text/html", 404), rows=4)
    assert wayback.sweep("http://a.example/") == 9 and len(library(hosts).questions) == 3
    assert set(wayback.urls()) == {each.url for each in held}
    assert wayback.get("http://a.example/3").body == b"page 3"
    with pytest.raises(Missing):
        wayback.get("http://a.example/gone")
    assert len(library(hosts).questions) == 3


def test_the_newest_before_a_time_is_the_page(machine: Any) -> None:
    held = [Held(f"{year}0101000000", "http://a.example/", str(year), kind="text/html") for year in (2009, 2011, 2013)]
    wayback, _ = machine(*held, until="20120601000000")
    assert wayback.get("http://a.example/").body == b"2011"


def test_a_redirect_to_elsewhere_is_not_the_page(machine: Any) -> None:
    held = [
        Held("20110101000000", "http://a.example/b", "the page", kind="text/html"),
        Held("20140101000000", "http://a.example/b", "moved", "text/html", 404),
    ]
    wayback, _ = machine(*held, until="20150101000000")
    assert wayback.get("http://a.example/b").body == b"the page"


def test_the_machine_is_asked_no_oftener_than_it_bears(machine: Any) -> None:
    wayback, hosts = machine(*(Held("20120101000000", f"http://a.example/{n}", PNG) for n in range(4)))
    for n in range(4):
        wayback.get(f"http://a.example/{n}")
    assert hosts.now - 1000.0 >= 3 * 2.5 + 3 * 0.25
    before = hosts.now
    for _ in range(9):
        wayback.replay(Capture("20120101000000", "http://a.example/0"))
    assert hosts.now - before >= 8 * 0.25


def test_too_many_requests_are_answered_with_a_minutes_rest(machine: Any, tmp_path: Path) -> None:
    busy = sequence(
        Answer(429), Answer(429), '[["timestamp","original","length"],["20120101000000","http://a.example/","9"]]'
    )
    wayback, hosts = machine(answers=busy)
    assert wayback.captures("http://a.example/") == [Capture("20120101000000", "http://a.example/")]
    assert [wait for wait in hosts.slept if wait > 3] == [60.0, 120.0]


def test_a_machine_that_does_not_answer_is_left_alone_for_the_run(machine: Any) -> None:
    wayback, hosts = machine(answers=lambda request: Answer(400))
    for _ in range(3):
        with pytest.raises(FetchError, match="400"):
            wayback.captures("http://a.example/")
    with pytest.raises(Refused, match="does not answer any more"):
        wayback.captures("http://a.example/")
    assert len(hosts.hits(ARCHIVE)) == 3


def test_what_its_owner_wants_unseen_has_no_captures(machine: Any) -> None:
    wayback, _ = machine(answers=lambda request: "org.archive.wayback.exception.RobotAccessControlException: Blocked")
    assert wayback.captures("http://a.example/") == []


# -- whole blogs


def captured(*posts: Told, at: str = "20120301000000", root: str = BLOG) -> list[Held]:
    pages = {path: page for path, page in blog(*posts).items() if isinstance(page, str)}
    return [Held(at, root + path, page, kind="text/html") for path, page in pages.items()]


POSTS = (
    Told("/2011/05/third.html", "Third", body='<p>See <a href="/2010/01/first.html">the first</a>.</p>'),
    Told("/2010/01/first.html", "First", "2010-01-30", body='<p>Here: <img src="/img/a.png"> it was.</p>', count=2),
)


@pytest.mark.parametrize(
    "source", [f"https://web.archive.org/web/2012/{BLOG}/", f"web.archive.org/web/20120601000000*/{BLOG}/"]
)
def test_a_blog_is_read_from_its_captures(start: Start, tmp_path: Path, source: str) -> None:
    web = start({}, *captured(*POSTS), Held("20120302000000", f"{BLOG}/img/a.png", png("a")))
    run = Run(web, tmp_path, source)
    assert sorted(run.texts) == ["2010-01-30-first.md", "2011-05-16-third.md"]
    assert "source: http://some.blog.example/2011/05/third.html\n" in run.texts["2011-05-16-third.md"]
    assert "[the first](../2010/2010-01-30-first.md)" in run.texts["2011-05-16-third.md"]
    assert list(run.media) == [png("a")] and run.report.rescued == 1
    assert "web.archive.org" not in "".join(run.texts.values())


@pytest.mark.parametrize("source", [BLOG, f"https://web.archive.org/web/2013/{BLOG}/"])
def test_captures_that_were_read_answer_again(start: Start, tmp_path: Path, source: str) -> None:
    web = start({}, *captured(*POSTS), Held("20120302000000", f"{BLOG}/img/a.png", png("a")))
    run = Run(web, tmp_path, source)
    asked = len(web.asked)
    shutil.rmtree(tmp_path / "posts")
    report = rewrite(tmp_path, reread=True, net=web.net)
    assert (report.found, report.written, report.code) == (2, 2, 0)
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "posts").rglob("*.md")} == run.texts
    assert len(web.asked) == asked


def test_a_time_is_a_ceiling(start: Start, tmp_path: Path) -> None:
    late = Told("/2013/01/late.html", "Late", "2013-01-05")
    web = start({}, *captured(*POSTS), *captured(late, *POSTS, at="20130301000000"))
    assert len(Run(web, tmp_path, f"https://web.archive.org/web/20120601/{BLOG}/").texts) == 2
    assert len(Run(web, tmp_path / "all", f"https://web.archive.org/web/20140101/{BLOG}/").texts) == 3


CLOSED = "<html><title>Closed</title><body><p>This blog has been closed by its author. Thank you.</p></body></html>"
PARKED = "<html><body><h1>a.example</h1><p>This domain is for sale. <a href='/?q=1'>Buy it</a></p></body></html>"


@pytest.mark.parametrize(
    "front",
    [None, {}, {"/": CLOSED}, {"/": PARKED}, "no such host"],
    ids=["refused", "404", "closed", "parked", "no name"],
)
def test_a_dead_blog_is_said_to_be_and_read_from_its_captures(start: Start, tmp_path: Path, front: Any) -> None:
    hosts = {} if front == "no such host" else {"some.blog.example": front}
    web = start(hosts, *captured(*POSTS), Held("20160101000000", f"{BLOG}/", PARKED, kind="text/html"))
    run = Run(web, tmp_path)
    assert len(run.texts) == 2
    (said,) = [event for event in run.events if isinstance(event, Instead)]
    assert said.url == BLOG and "2012-03-01" in said.from_


LAST = Told("/2012/09/last.html", "The last word", "2012-09-01", body="<p>I write elsewhere now, and this is all.</p>")


def test_what_a_blog_that_lists_one_post_had_before_is_in_its_captures(start: Start, tmp_path: Path) -> None:
    old = [*POSTS, Told(LAST.path, "The last word", "2012-09-01", body="<p>An older wording.</p>")]
    web = start({"some.blog.example": blog(LAST)}, *captured(*old, at="20121001000000"))
    run = Run(web, tmp_path)
    assert sorted(run.texts) == ["2010-01-30-first.md", "2011-05-16-third.md", "2012-09-01-last.md"]
    assert "elsewhere now" in run.texts["2012-09-01-last.md"], "what is there still is read where it is"
    assert [event.url for event in run.events if isinstance(event, Instead)] == [BLOG] and run.report.found == 3
    asked, before = len(web.hits(ARCHIVE)), run.texts
    assert Run(web, tmp_path).texts == before and len(web.hits(ARCHIVE)) == asked, "they are read once"
    shutil.rmtree(tmp_path / "posts")
    assert rewrite(tmp_path, reread=True, net=web.net).written == 3
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "posts").rglob("*.md")} == before


def test_a_young_blog_of_one_post_costs_one_question(start: Start, tmp_path: Path) -> None:
    web = start({"some.blog.example": blog(LAST)})
    for _ in range(2):
        run = Run(web, tmp_path)
        assert run.report.code == 0 and len(run.texts) == 1 and len(web.hits(ARCHIVE)) == 1
    assert not [event for event in run.events if isinstance(event, Instead)]


def test_captures_of_a_blog_with_one_post_are_not_asked_when_they_are_not_to_be(start: Start, tmp_path: Path) -> None:
    web = start({"some.blog.example": blog(LAST)}, *captured(*POSTS))
    assert len(Run(web, tmp_path, wayback="never").texts) == 1
    assert len(Run(web, tmp_path / "x", headers=(("X-Key", "sesame"),)).texts) == 1
    assert web.hits(ARCHIVE) == []


def test_a_dead_blog_that_nobody_captured_is_an_error(start: Start, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such host"):
        Run(start({}), tmp_path)
    with pytest.raises(SourceError, match="no such host"):
        Run(start({}, *captured(*POSTS)), tmp_path, wayback="never")


def test_a_blog_that_speaks_of_closing_is_not_closed(start: Start, tmp_path: Path) -> None:
    told = [Told(f"/{n}.html", f"My shop has been closed, part {n}") for n in range(5)]
    web = start({"some.blog.example": blog(*told)}, *captured(*POSTS))
    assert len(Run(web, tmp_path).texts) == 5 and web.hits(ARCHIVE) == []


def test_always_asks_captures_before_all_else(start: Start, tmp_path: Path) -> None:
    live = {**blog(Told("/new.html", "New")), "/img/a.png": png("live")}
    web = start({"some.blog.example": live}, *captured(*POSTS), Held("20120302000000", f"{BLOG}/img/a.png", png("a")))
    run = Run(web, tmp_path, wayback="always")
    assert len(run.texts) == 2 and list(run.media) == [png("a")] and web.hits("some.blog.example") == []


def test_always_takes_a_picture_from_where_it_is_when_nobody_captured_it(start: Start, tmp_path: Path) -> None:
    web = start({"some.blog.example": {"/img/a.png": png("live")}}, *captured(*POSTS))
    run = Run(web, tmp_path, wayback="always")
    assert list(run.media) == [png("live")] and [type(e) for e in run.events if isinstance(e, Saved)] == [Saved]


def test_a_closed_blog_that_nobody_captured_is_said_to_be_closed(start: Start, tmp_path: Path) -> None:
    events: list[Event] = []
    archive(BLOG, tmp_path, listen=events.append, net=start({"some.blog.example": {"/": CLOSED}}).net)
    assert any(isinstance(event, Failed) and "notice" in event.why for event in events)


def test_a_host_that_there_is_not_is_looked_up_once(start: Start, tmp_path: Path) -> None:
    web = start(showing(*(f"http://no-such.example/{n}.png" for n in range(20))))
    assert len(Run(web, tmp_path, wayback="never").lost) == 20
    assert web.asked.count("no-such.example") <= 4
