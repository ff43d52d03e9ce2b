"""Blogger, by every way its posts can be had: a double of one blog, with feeds, archives, sitemap, and faults."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Serve
from loopback import Answer, Request, Servable, Served, Site, drop, garbage, redirect, sequence
from lxml import etree

from blogark import Incomplete, Options, Page, Post, SourceError, archive, parse, posts
from blogark.events import Event, Failed
from blogark.platforms import _comments, blogger
from blogark.webs.live import Live

FIXTURE = Path(__file__).parents[1] / "fixtures" / "blogger"
TRUTH: dict[str, Any] = json.loads((FIXTURE / "truth.json").read_text("utf-8"))
POSTS: list[dict[str, Any]] = TRUTH["posts"]
HOME = TRUTH["url"].rstrip("/").encode()
OPTIONS = Options(media=False, wayback="never")
FEED, COMMENTS = "/feeds/posts/default", "/feeds/comments/default"
NO_FEEDS = {FEED: None, COMMENTS: None}
NO_LISTS = {**NO_FEEDS, "/sitemap.xml": None}
PATHS = [urlsplit(post["url"]).path for post in POSTS]


class Double:
    """Answers as the blog's server would; `changed` paths answer otherwise, None is 404."""

    def __init__(self, most: int = 150, atom_only: bool = False, **_: Any) -> None:
        self.most = most  # entries a page, however many are asked for
        self.atom_only = atom_only  # as where ?alt= is lost on the way
        self.changed: dict[str, Servable | None] = {}

    def __call__(self, request: Request) -> Served | None:
        path, asked = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        if path in self.changed:
            served = self.changed[path]
            return self.here(served(request) if callable(served) else served, request)
        as_json = asked.get("alt") == ["json"] and not self.atom_only
        route = next((r for r in (request.path, path + "?alt=json" * as_json, path) if r in TRUTH["routes"]), "")
        if not route:
            return None
        body = (FIXTURE / TRUTH["routes"][route]["file"]).read_bytes()
        if path.startswith("/feeds/"):
            start, size = (int(asked.get(name, [most])[0]) for name, most in (("start-index", 1), ("max-results", 25)))
            cut = _cut_json if as_json else _cut_atom
            body = cut(body, start, min(size, self.most))
        return self.here(Answer(200, body, {"Content-Type": TRUTH["routes"][route]["type"]}), request)

    def here(self, served: Served | None, request: Request) -> Served | None:
        """The answer with this server's address for the blog's."""
        if isinstance(served, Path):
            served = served.read_bytes()
        if isinstance(served, Answer) and not served.wire and isinstance(served.body, bytes):
            return Answer(served.status, self._moved(served.body, request), served.headers)
        return self._moved(served, request) if isinstance(served, bytes) else served

    def _moved(self, body: bytes, request: Request) -> bytes:
        return body.replace(HOME, f"http://{request.headers['host']}".encode())


def _cut_json(body: bytes, start: int, size: int) -> bytes:
    data = json.loads(body)
    entries = data["feed"].pop("entry", [])[start - 1 :][:size]
    if entries:
        data["feed"]["entry"] = entries
    return json.dumps(data).encode()


def _cut_atom(body: bytes, start: int, size: int) -> bytes:
    root = etree.fromstring(body)
    entries = root.findall("{*}entry")
    for entry in [*entries[: start - 1], *entries[start - 1 + size :]]:
        root.remove(entry)
    return etree.tostring(root)


Blog = Callable[..., Site]


@pytest.fixture
def blog(serve: Serve) -> Blog:
    """blog({path: answer}) -> the double on loopback."""

    def start(changed: dict[str, Servable | None] | None = None, **ways: Any) -> Site:
        double = Double(**ways)
        double.changed.update(changed or {})
        return serve(double)

    return start


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting before another try takes no time."""
    monkeypatch.setattr("blogark.webs.live.Live", partial(Live, sleep=lambda seconds: None))


def read(source: str, options: Options = OPTIONS) -> list[Post]:
    """Every post; none may fail."""
    events: list[Event] = []
    found = list(posts(source, options, events.append))
    assert not [event for event in events if isinstance(event, Failed)]
    return found


def _until_incomplete(source: str) -> Iterator[Post]:
    with suppress(Incomplete):
        yield from posts(source, OPTIONS, lambda event: None)


def failures(source: str) -> list[str]:
    events: list[Event] = []
    with pytest.raises(Incomplete):
        list(posts(source, OPTIONS, events.append))
    return [str(event) for event in events if isinstance(event, Failed)]


def path_of(post: Post) -> str:
    return urlsplit(post.url).path


def hits(site: Site, start: str) -> list[str]:
    return [hit for hit in site.hits if hit.startswith(start)]


def second(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(microsecond=0)


def is_told(found: list[Post], *, by_feed: bool) -> None:
    """The truth's posts, in its order, each exact in every field that this way can know."""
    assert [path_of(post) for post in found] == PATHS
    for post, truth in zip(found, POSTS, strict=True):
        if by_feed:
            assert post.id == truth["id"]
        assert (post.title, post.author, post.tags) == (truth["title"], truth["author"], tuple(truth["labels"]))
        assert post.published == second(truth["published"])
        assert str(post.published.tzinfo) == "UTC+09:00"
        assert post.comment_count == truth["comment_count"]
        assert post.updated == (second(truth["updated"]) if by_feed else None)
        assert post.kind == "post"
        body_is_told(post, truth)


def body_is_told(post: Post, truth: dict[str, Any]) -> None:
    assert post.text.startswith(truth["first_words"])
    assert post.text.endswith(truth["last_words"])
    assert not [leak for leak in TRUTH["must_not"] if leak in post.text]
    if "pictures" in truth:
        assert re.findall(r'<img[^>]*\ssrc="([^"]+)"', post.html) == truth["pictures"]


def comments_are_told(found: list[Post], *, to_the_second: bool = True) -> None:
    for post, truth in zip(found, POSTS, strict=True):
        ids = [comment.id for comment in post.comments]
        assert ids == [comment["id"] for comment in truth["comments"]]
        for comment, said in zip(post.comments, truth["comments"], strict=True):
            assert (comment.author, Post("", "", html=comment.html).text) == (said["author"], said["text"])
            assert comment.parent == ("" if said["parent"] is None else ids[said["parent"]])
            if to_the_second:
                assert comment.published == second(said["published"])


# -- by feed -------------------------------------------------------------------------------------


def test_by_json_in_the_fewest_requests(blog: Blog) -> None:
    site = blog()
    found = read(site.url)
    is_told(found, by_feed=True)
    comments_are_told(found)
    # Front page, robots, posts, the empty page that ends them, and the same of all comments.
    assert [urlsplit(hit).path for hit in site.hits] == ["/robots.txt", "/", FEED, COMMENTS, COMMENTS, FEED]
    asked = parse_qs(urlsplit(hits(site, FEED)[0]).query)
    assert (asked["max-results"], asked["redirect"], asked["alt"]) == (["150"], ["false"], ["json"])


def test_by_atom_where_the_server_knows_no_json(blog: Blog) -> None:
    found = read(blog(atom_only=True).url)
    is_told(found, by_feed=True)
    comments_are_told(found)


def test_a_smaller_page_than_asked_for_moves_on_by_what_came(blog: Blog) -> None:
    site = blog(most=3)
    is_told(read(site.url), by_feed=True)
    starts = [parse_qs(urlsplit(hit).query).get("start-index", ["1"])[0] for hit in hits(site, FEED)]
    assert starts == ["1", "4", "7", "9"]


def test_a_feed_that_repeats_its_last_page_ends(blog: Blog) -> None:
    first = (FIXTURE / "feeds/posts/default.json").read_bytes()
    site = blog({FEED: Answer(200, first, {"Content-Type": "application/json; charset=UTF-8"})})
    is_told(read(site.url), by_feed=True)
    assert len(hits(site, FEED)) == 2


def as_feed(name: str) -> Callable[[Request], Served]:
    """A feed file of the fixture, cut as asked."""

    def answer(request: Request) -> Served:
        asked = parse_qs(urlsplit(request.path).query)
        start = int(asked.get("start-index", ["1"])[0])
        return Answer(200, _cut_json((FIXTURE / name).read_bytes(), start, 150), {"Content-Type": "application/json"})

    return answer


def test_a_short_feed_lists_and_the_pages_are_read(blog: Blog) -> None:
    site = blog({FEED: as_feed("feed-short.json")})
    found = read(site.url)
    is_told(found, by_feed=True)
    comments_are_told(found, to_the_second=False)
    assert sorted(hits(site, "/2")) == sorted(PATHS)


def test_of_a_feed_until_the_jump_break_only_cut_posts_are_read_again(blog: Blog) -> None:
    site = blog({FEED: as_feed("feed-jump.json")})
    is_told(read(site.url), by_feed=True)
    cut = [urlsplit(post["url"]).path for post in POSTS if post["id"] in TRUTH["variants"]["feed-jump.json"]["cut"]]
    assert sorted(hits(site, "/2")) == sorted(cut)


def test_a_feed_that_ends_early_is_completed_by_the_sitemap(blog: Blog) -> None:
    """The feed states eight posts and gives three."""

    def answer(request: Request) -> Served:
        body = (FIXTURE / "feeds/posts/default.json").read_bytes()
        start = 1 if "start-index" not in request.path else 9
        return Answer(200, _cut_json(body, start, 3), {"Content-Type": "application/json"})

    found = read(blog({FEED: answer}).url)
    assert [path_of(post) for post in found] == PATHS
    assert [post.comment_count for post in found] == [truth["comment_count"] for truth in POSTS]


# -- without a feed ------------------------------------------------------------------------------------


def test_without_a_feed_by_the_sitemap(blog: Blog) -> None:
    site = blog(NO_FEEDS)
    found = read(site.url)
    is_told(found, by_feed=False)
    assert hits(site, "/20") == PATHS
    assert not hits(site, "/p/")


@pytest.mark.parametrize(
    "feed",
    [
        b"<!DOCTYPE html><html><body>Sign in</body></html>",
        b'{"error": 1}',
        b"",
        b"\x00\x01 noise",
        Answer(401),
        Answer(410),
    ],
    ids=["html", "json", "empty", "noise", "401", "410"],
)
def test_a_feed_that_is_none_is_gone_around(blog: Blog, feed: Served) -> None:
    is_told(read(blog({**NO_FEEDS, FEED: feed}).url), by_feed=False)


def test_a_feed_sent_away_to_a_page_is_gone_around(blog: Blog, serve: Serve) -> None:
    elsewhere = serve({"/": "<html><body>feed burned</body></html>"})
    is_told(read(blog({**NO_FEEDS, FEED: redirect(elsewhere.url + "/")}).url), by_feed=False)


def test_a_feed_sent_away_to_a_feed_is_read(blog: Blog, serve: Serve) -> None:
    double = Double()
    elsewhere = serve(lambda request: double(Request(request.path.replace("/moved", FEED), request.headers)))
    moved = redirect(f"{elsewhere.url}/moved?alt=json")
    found = read(blog({FEED: moved}).url)
    assert [post.title for post in found] == [truth["title"] for truth in POSTS]


def test_without_feed_and_sitemap_by_archives_not_by_search(blog: Blog) -> None:
    site = blog(NO_LISTS)
    is_told(read(site.url), by_feed=False)
    assert not hits(site, "/search")
    assert {"/2011/03/", "/2010/11/", "/2009/06/"} <= set(site.hits)
    assert not {"/2011/05/", "/2011/04/"} & set(site.hits)  # the front page shows all of these


def test_without_feed_and_sitemap_by_the_pager_where_it_is_allowed(blog: Blog) -> None:
    site = blog(NO_LISTS)
    is_told(read(site.url, Options(media=False, wayback="never", robots=False)), by_feed=False)
    assert hits(site, "/search")[:1] == [TRUTH["older"].removeprefix(HOME.decode())]


def test_each_page_is_asked_for_once(blog: Blog) -> None:
    site = blog(NO_LISTS)
    read(site.url)
    pages = [hit for hit in site.hits if not hit.startswith("/feeds/")]
    assert len(pages) == len(set(pages))


def test_comments_without_any_feed_are_the_pages(blog: Blog) -> None:
    comments_are_told(read(blog(NO_LISTS).url), to_the_second=False)


def test_comments_by_each_posts_feed_where_all_together_are_refused(blog: Blog) -> None:
    site = blog({COMMENTS: None})
    comments_are_told(read(site.url))
    with_comments = [post["id"] for post in POSTS if post["comments"]]
    assert sorted({hit.split("/")[2] for hit in hits(site, "/feeds/6")}) == sorted(with_comments)
    assert not hits(site, "/2")


def test_comments_by_the_page_where_their_feeds_are_refused(blog: Blog) -> None:
    refused = {f"/feeds/{post['id']}/comments/default": None for post in POSTS}
    site = blog({COMMENTS: None, **refused})
    comments_are_told(read(site.url), to_the_second=False)


@pytest.mark.parametrize("way", ["/?m=1", "/2011/05/moss-liver-horn.html", "/2011/05/", "/p/about.html"])
def test_any_page_of_the_blog_gives_the_blog(blog: Blog, way: str) -> None:
    is_told(read(blog().url + way), by_feed=True)
    assert sorted(map(path_of, read(blog(NO_LISTS).url + way))) == sorted(PATHS)


def test_other_addresses_of_a_page_make_no_duplicates(blog: Blog) -> None:
    """Links as mobile pages and comments have them; every archive names its posts once more."""
    body = (FIXTURE / "index.html").read_bytes()
    for path in PATHS[:3]:
        address = HOME + path.encode()
        body = body.replace(b"<a href='" + address + b"'>", b"<a href='" + address + b"?m=1&showComment=1305#c77'>")
    site = blog({**NO_LISTS, "/": body})
    found = read(site.url)
    is_told(found, by_feed=False)
    assert not [hit for hit in site.hits if "m=1" in hit or "showComment" in hit]


def test_country_domains_make_no_duplicates(tmp_path: Path) -> None:
    """The same blog saved from moss.blogspot.com, with links to the reader's country."""
    for number, path in enumerate(["index.html", *(p.lstrip("/") for p in PATHS), "2011/05/index.html"]):
        body = (FIXTURE / path).read_bytes()
        host = b"http://moss.blogspot." + (b"de", b"com", b"com.br", b"co.kr")[number % 4]
        body = body.replace(b"rel='canonical' href='" + HOME, b"rel='canonical' href='http://moss.blogspot.com")
        body = re.sub(
            rb"<link href='http://moss\.example([^']*)' rel='canonical'",
            rb"<link href='http://moss.blogspot.com\1' rel='canonical'",
            body,
        )
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body.replace(HOME, host))
    found = read(str(tmp_path))
    assert sorted(path_of(post) for post in found) == sorted(PATHS)
    assert [post.title for post in found[:4]] == [truth["title"] for truth in POSTS[:4]]


# -- themes ----------------------------------------------------------------------------------------------


def test_dynamic_views_by_the_feed(blog: Blog) -> None:
    is_told(read(blog({"/": FIXTURE / "dynamic.html"}).url), by_feed=True)


def test_dynamic_views_without_a_feed_are_told_as_such(blog: Blog, tmp_path: Path) -> None:
    empty = dict.fromkeys(("/", "/2011/05/", "/2011/04/", "/2011/03/"), FIXTURE / "dynamic.html")
    site = blog({**NO_LISTS, **empty})
    assert "Dynamic Views" in " ".join(failures(site.url))
    report = archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
    assert (report.found, report.code) == (0, 1)
    assert "Dynamic Views" in " ".join(report.failures)


def test_other_themes_are_not_called_dynamic_views(blog: Blog) -> None:
    """Their settings name the folder of its scripts all the same."""
    front = (
        "<html><head><meta content='blogger' name='generator'/></head><body><script>"
        "_WidgetManager._SetDataContext([{'data': {'assets': '//www.blogblog.com/dynamicviews/42/js/'}}])"
        "</script></body></html>"
    )
    nothing = dict.fromkeys(("/", "/2011/05/", "/2011/04/", "/2011/03/"), front)
    told = " ".join(failures(blog({**NO_LISTS, **nothing}).url))
    assert told
    assert "Dynamic" not in told


def test_a_post_shown_by_script_only_is_read_from_its_mobile_page(blog: Blog) -> None:
    def page(request: Request) -> Served:
        own = "m=1" in request.path
        return (FIXTURE / (PATHS[0].lstrip("/") if own else "dynamic.html")).read_bytes()

    found = read(blog({**NO_FEEDS, PATHS[0]: page}).url)
    body_is_told(found[0], POSTS[0])
    assert found[0].url.endswith(PATHS[0])


def test_a_page_of_the_second_generation(blog: Blog) -> None:
    """Its own page alone: theme version 2 has other class names throughout."""
    truth = next(post for post in POSTS if post["id"] == TRUTH["variants"]["post-v2.html"]["post"])
    path = urlsplit(truth["url"]).path
    site = blog({**NO_FEEDS, path: FIXTURE / "post-v2.html"})
    post = next(post for post in read(site.url) if path_of(post) == path)
    assert (post.title, post.author, post.tags) == (truth["title"], truth["author"], tuple(truth["labels"]))
    assert (post.published, post.comment_count) == (second(truth["published"]), truth["comment_count"])
    body_is_told(post, truth)


def test_a_classic_page(serve: Serve) -> None:
    """Of 2005: a table, no class names of today, dates in words."""
    truth = TRUTH["variants"]["post-classic.html"]
    path = urlsplit(truth["url"]).path
    double = Double()
    double.changed = {path: FIXTURE / "post-classic.html"}
    site = serve(lambda request: double(request) if request.path == path else None)
    (post,) = _until_incomplete(site.url + path)
    assert (post.title, post.author, str(post.day)) == (truth["title"], truth["author"], truth["date"])
    assert post.comment_count == truth["comment_count"]
    body_is_told(post, truth)
    said = [(c.id, c.author, Post("", "", html=c.html).text, c.parent) for c in post.comments]
    assert said == [(c["id"], c["author"], c["text"], "") for c in truth["comments"]]


def test_comment_pages_have_no_comments_of_sidebars() -> None:
    """A post without comments on a page whose sidebar shows the blog's latest ones."""
    body = (FIXTURE / "2011/05/field-notes-yoghurt-paint.html").read_bytes()
    side = b"<div class='widget'><ul><li class='comment'>Rowan on <a href='/x.html#c9'>x</a></li></ul></div></body>"
    page = Page(TRUTH["url"] + "x.html", body.replace(b"</body>", side))
    assert _comments.read(parse.tree(page), page.at) == ()


@pytest.mark.parametrize(
    "name", ["index.html", "dynamic.html", "post-v2.html", "post-classic.html", "2009/06/first-note.html"]
)
def test_its_pages_are_claimed(name: str) -> None:
    page = Page("http://own.domain.example/", (FIXTURE / name).read_bytes())
    assert blogger.claims(page) == 2


def test_other_pages_are_not_claimed() -> None:
    listings = sorted((FIXTURE.parent / "listings").glob("*.html"))
    assert listings
    assert {blogger.claims(Page("http://own.domain.example/", path.read_bytes())) for path in listings} == {0}


# -- faults --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "faults",
    [
        [Answer(500)],
        [drop()],
        [garbage()],
        [Answer(500), drop(), garbage(), Answer(500)],
        [b""],
        [Answer(200, b"\x00\xff\x16\x03" * 9)],
    ],
    ids=["500", "closed", "garbage", "each in turn", "empty", "noise"],
)
def test_a_post_that_cannot_be_had_costs_only_itself(blog: Blog, tmp_path: Path, faults: list[Served]) -> None:
    bad = PATHS[2]
    site = blog({**NO_FEEDS, bad: sequence(*faults)})
    report = archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
    assert (report.code, report.written, len(report.failures)) == (1, len(POSTS) - 1, 1)
    assert bad in report.failures[0]
    assert len(list((tmp_path / "out" / "posts").rglob("*.md"))) == len(POSTS) - 1


@pytest.mark.usefixtures("patient")
def test_a_fault_that_passes_costs_nothing(blog: Blog, tmp_path: Path) -> None:
    double = Double()

    def well(request: Request) -> Served | None:
        return double(request)

    site = blog({**NO_FEEDS, PATHS[2]: sequence(Answer(500), drop(), garbage(), well)})
    report = archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
    assert (report.written, report.failures) == (len(POSTS), ())


@pytest.mark.usefixtures("patient")
def test_a_feed_that_fails_half_way_is_completed(blog: Blog) -> None:
    """Its second page is out of order: what the first said stays, the rest comes from the sitemap."""
    double = Double(most=3)

    def answer(request: Request) -> Served | None:
        return Answer(500) if "start-index" in request.path else double(request)

    found = read(blog({FEED: answer}, most=3).url)
    assert [path_of(post) for post in found] == PATHS
    assert [post.title for post in found] == [truth["title"] for truth in POSTS]


def test_a_lost_comment_feed_is_told(blog: Blog, tmp_path: Path) -> None:
    """Feeds of comments refused, and pages that say how many there are and show none."""
    refused: dict[str, Servable | None] = {f"/feeds/{post['id']}/comments/default": None for post in POSTS}
    site = blog({COMMENTS: None, **refused, PATHS[0]: None})
    report = archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
    assert report.code == 3
    assert len(report.lost) == 1
    assert "comments" in report.lost[0]


def test_an_archive_made_without_the_feed_and_then_with_it_holds_each_post_once(blog: Blog, tmp_path: Path) -> None:
    double_feeds: dict[str, Any] = {"on": False}
    double = Double()

    def feed(request: Request) -> Served | None:
        return double(request) if double_feeds["on"] else None

    site = blog({FEED: feed, COMMENTS: feed})
    for on in (False, True):
        double_feeds["on"] = on
        report = archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
        assert (report.found, report.kept) == (len(POSTS), 0)
        files = list((tmp_path / "out" / "posts").rglob("*.md"))
        assert len(files) == len(POSTS)
        assert all(("\nupdated: " in path.read_text("utf-8")) == on for path in files)


def test_a_private_blog_is_said_to_be(blog: Blog) -> None:
    with pytest.raises(SourceError, match=r"401|sign"):
        read(blog({"/": Answer(401)}).url)


ODD_ENTRIES = [
    None,
    "x",
    5,
    {},
    {"link": {"rel": "alternate"}},
    {"link": [None, "x"]},
    {"link": [{"rel": "alternate", "href": None}]},
    {"category": ["city"]},
    {"title": "bare", "content": 7, "author": "Bo"},
    {"title": {"$t": "cut emoji \ud83d"}},
]


@pytest.mark.parametrize("odd", ODD_ENTRIES, ids=range(len(ODD_ENTRIES)))
def test_an_odd_entry_costs_no_other(serve: Serve, odd: object) -> None:
    def entry(number: int) -> dict[str, object]:
        link = {"rel": "alternate", "type": "text/html", "href": f"{site.url}/2011/05/p{number}.html"}
        text = {"type": "html", "$t": f"<p>Body {number}</p>"}
        return {"id": {"$t": f"tag:x.post-{number}"}, "title": {"$t": f"P{number}"}, "content": text, "link": [link]}

    def feed(request: Request) -> Answer:
        entries = [] if "start-index" in request.path else [entry(1), odd, entry(2)]
        return Answer(200, json.dumps({"feed": {"entry": entries}}), {"Content-Type": "application/json"})

    home = "<html><head><meta content='blogger' name='generator'/></head><body></body></html>"
    site = serve({"/": home, "/feeds/posts/default": feed})
    found: list[str] = []
    with suppress(Incomplete):
        found.extend(post.title for post in posts(site.url, OPTIONS))
    assert {"P1", "P2"} <= set(found)


def test_entries_without_an_id_are_told_apart(serve: Serve) -> None:
    def feed(request: Request) -> Answer:
        rows = [
            {"title": {"$t": f"P{n}"}, "content": {"$t": f"<p>{n}</p>"}, "link": [{"rel": "alternate", "href": "/"}]}
            for n in range(5)
        ]
        return Answer(200, json.dumps({"feed": {"entry": [] if "start-index" in request.path else rows}}))

    home = "<html><head><meta content='blogger' name='generator'/></head><body></body></html>"
    site = serve({"/": home, "/feeds/posts/default": feed})
    assert [post.title for post in posts(site.url, OPTIONS)] == [f"P{n}" for n in range(5)]
