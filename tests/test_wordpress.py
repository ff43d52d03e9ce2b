"""WordPress, by every way its posts can be had."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from conftest import Serve
from loopback import Answer, Request, Served, Site
from wordpressed import Double, Said, Told, many

from blogark import FetchError, Incomplete, Options, Page, Post, archive, parse, posts
from blogark.cli import main
from blogark.errors import Missing
from blogark.events import Event, Failed, Withheld
from blogark.model import Claim
from blogark.platforms import blogger, wordpress
from blogark.verify import Fault, verify

OPTIONS = Options(media=False, wayback="never")
KST = timezone(timedelta(hours=9))
THREAD = (
    Said(51, "Cy", "<p>First.</p>"),
    Said(52, "Di &amp; Ed", "<p>An answer.</p>", parent=51),
    Said(53, "Elsewhere", "<p>[…] as told […]</p>", type="pingback"),
)
RICH = Told(
    42,
    "발로 뛰겠다는 &#8220;고객&#8221; &amp; 서비스",
    datetime(2011, 5, 4, 0, 5),
    '<h2>Head</h2><p>Words of a <a href="/x/">link</a>, and some more of them so that it reads as one.</p>',
    author=2,
    categories=(2, 3),
    tags=(7, 8),
    said=THREAD,
    excerpt="<p>What it is about &amp; why.</p>",
    cover="http://127.0.0.1/big.jpg",
)
PLAIN = Told(41, "A second one", datetime(2011, 1, 2, 3, 4))


def read(source: str, options: Options = OPTIONS, withheld: Sequence[str] = ()) -> list[Post]:
    """Every post; none may fail."""
    events: list[Event] = []
    found = list(posts(source, options, events.append))
    assert not [str(event) for event in events if isinstance(event, Failed)]
    assert [urlsplit(event.url).path for event in events if isinstance(event, Withheld)] == list(withheld)
    return found


def paths(found: Sequence[Post]) -> list[str]:
    return [urlsplit(post.url).path for post in found]


def asked(site: Site, what: str) -> list[str]:
    return [hit for hit in site.hits if what in hit]


def is_rich(post: Post, *, by_interface: bool) -> None:
    assert post.title == "발로 뛰겠다는 “고객” & 서비스"
    assert (post.author, post.published) == ("Ann & Bo", datetime(2011, 5, 4, 0, 5, tzinfo=KST))
    assert str(post.published).endswith("+09:00")
    assert post.text.startswith("Head")
    assert post.text.endswith("reads as one.")
    assert post.comment_count == 2
    said = [(c.id, c.author, c.parent, c.html, c.published) for c in post.comments]
    then = datetime(2012, 1, 1, 8, 30, tzinfo=KST)
    assert said[0] == ("51", "Cy", "", "<p>First.</p>", then)
    assert (said[1][0], said[1][2:]) == ("52", ("51", "<p>An answer.</p>", then))
    assert len(said) == 2
    if by_interface:
        assert (post.id, post.updated) == ("42", None)
        assert (post.categories, post.tags) == (("여행", "여행/일본 & 한국"), ("KT", "R&B"))
        assert (post.summary, post.cover) == ("What it is about & why.", "http://127.0.0.1/big.jpg")
    else:
        assert {"KT", "R&B"} <= set(post.tags)


# -- by interface -------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["on", "plain", "untold"])
def test_every_field(serve: Serve, rest: str) -> None:
    first, second = read(serve(Double([RICH, PLAIN], rest=rest)).url)
    is_rich(first, by_interface=True)
    assert (second.comment_count, second.comments, second.categories, second.summary) == (0, (), (), "")
    assert second.lang == "en-US"


def test_the_header_leads_to_the_interface(serve: Serve) -> None:
    double = Double([RICH], rest="untold", feed="off", sitemap=False)

    def answer(request: Request) -> Served | None:
        if request.path == "/":
            link = f'<http://{request.headers["host"]}/wp-json/>; rel="https://api.w.org/", </x>; rel=shortlink'
            return Answer(200, "<html><body>bare</body></html>", {"Link": link, "Content-Type": "text/html"})
        return double(request)

    is_rich(read(serve(answer).url)[0], by_interface=True)


def test_hundreds_in_the_fewest_requests(serve: Serve) -> None:
    site = serve(Double(many(250, said=9)))
    found = read(site.url)
    assert [post.id for post in found] == [str(n) for n in range(250, 0, -1)]
    assert [post.comment_count for post in found] == [9 if n % 3 == 0 else 0 for n in range(250, 0, -1)]
    assert all(len(post.comments) == post.comment_count for post in found)
    assert found[1].comments[1].parent == found[1].comments[0].id
    assert len(site.hits) <= 250 / 100 + 83 * 9 / 100 + 8
    assert not asked(site, "/post-about-")


def test_a_choice_asks_for_no_more_than_it_needs(serve: Serve) -> None:
    site = serve(Double(many(250, said=9)))
    assert len(read(site.url, Options(media=False, wayback="never", since=date(2015, 5, 20)))) == 12
    assert len(asked(site, "/posts")) == 1
    assert len(asked(site, "/comments")) == 3


def test_a_site_that_heeds_no_choice_of_comments_is_heard_once(serve: Serve) -> None:
    site = serve(Double(many(250, said=3), heeds=False))
    found = read(site.url)
    assert sum(len(post.comments) for post in found) == 83 * 3
    assert len(asked(site, "/comments")) == 3


def test_smaller_pages_where_a_hundred_are_refused(serve: Serve) -> None:
    site = serve(Double(many(45, said=2), most=20))
    found = read(site.url)
    assert len(found) == 45
    assert sum(len(post.comments) for post in found) == 30


@pytest.mark.usefixtures("patient")
def test_smaller_pages_where_the_server_breaks_down(serve: Serve) -> None:
    double = Double(many(250))

    def answer(request: Request) -> Served | None:
        heavy = "/posts" in request.path and "per_page=100" in request.path and "page=2" in request.path
        return Answer(500) if heavy else double(request)

    assert len(read(serve(answer).url)) == 250


def test_posts_that_move_while_they_are_listed_come_once(serve: Serve) -> None:
    """One is published after the first page was asked for."""
    double, every = Double(many(150)), many(151)

    def answer(request: Request) -> Served | None:
        served = double(request)
        if "/posts" in request.path:
            double.posts = every
        return served

    found = read(serve(answer).url)
    assert sorted(map(int, (post.id for post in found)))[:150] == list(range(1, 151))


def test_equal_times_lose_no_post(serve: Serve) -> None:
    """Sorted by a time that many share, a page may hold again what one before it held."""
    double = Double(many(150))

    def answer(request: Request) -> Served | None:
        if "orderby=date" in request.path and "page=2" in request.path:
            shuffled = Double([*double.posts[:100], *double.posts[95:100], *double.posts[105:]])
            return shuffled(request)
        return double(request)

    assert len(read(serve(answer).url)) == 150


@pytest.mark.parametrize("gmt", ["2011-05-04T00:05:00", "", "0000-00-00T00:00:00", "2019-01-01T00:00:00"])
def test_a_time_told_wrong_is_the_blogs_own(serve: Serve, gmt: str) -> None:
    told = Told(5, "Imported", datetime(2011, 5, 4, 0, 5), gmt=gmt)
    for zone in ({"timezone_string": "Asia/Seoul"}, {"timezone_string": "", "gmt_offset": "9"}):
        (post,) = read(serve(Double([told], zone=zone)).url)
        assert str(post.published) == "2011-05-04 00:05:00+09:00"


def test_a_time_without_any_offset_is_a_day(serve: Serve) -> None:
    (post,) = read(serve(Double([Told(5, "Imported", datetime(2011, 5, 4, 0, 5), gmt="")], zone={})).url)
    assert post.published == date(2011, 5, 4)


def test_hidden_authors_are_those_of_the_pages(serve: Serve) -> None:
    site = serve(Double([RICH, *many(30)], users=False))
    found = read(site.url)
    assert (found[0].author, {post.author for post in found[1:]}) == ("Ann & Bo", {"철수"})
    assert len(asked(site, "/post-about-")) == 2


def test_a_post_with_a_password_is_named_and_not_saved(serve: Serve, tmp_path: Path) -> None:
    secret = Told(43, "Secret", datetime(2012, 1, 1), "<p>Hidden words.</p>", password="x", said=(Said(1),))
    for ways in ({}, {"rest": "404"}, {"rest": "404", "feed": "off"}, {"rest": "404", "feed": "off", "sitemap": False}):
        site = serve(Double([secret, RICH, PLAIN], **ways))
        found = read(site.url, withheld=[secret.path])
        assert paths(found) == [RICH.path, PLAIN.path]
        report = archive(site.url, tmp_path / "-".join(["out", *ways]), OPTIONS, lambda event: None)
        assert (report.code, report.written, report.stated) == (0, 2, 3 if not ways else None)
        assert [secret.path in told for told in report.withheld] == [True]
        faults: list[Fault] = []
        found_later = verify(report.folder, faults.append)
        assert [(fault.kind, secret.path in fault.what) for fault in faults] == [("withheld", True)]
        assert found_later.stated == report.stated and found_later.code == 0
        assert "## Not public, and not saved" in (report.folder / "INDEX.md").read_text("utf-8")


def test_the_account_names_what_is_not_public(serve: Serve, tmp_path: Path) -> None:
    secret = Told(43, "Secret", datetime(2012, 1, 1), "<p>Hidden words.</p>", password="x")
    site = serve(Double([secret, PLAIN]))
    told = CliRunner().invoke(main, [site.url, "-o", str(tmp_path / "out"), "--no-media", "--wayback", "never"])
    assert told.exit_code == 0
    assert "1 of 1 posts" in told.output
    assert "not saved (public posts only, not signed in)" in told.output
    assert secret.path in told.output
    report = archive(serve(Double([secret])).url, tmp_path / "only", OPTIONS, lambda event: None)
    assert (report.written, report.code) == (0, 1)


def test_closed_comments_are_counted_by_the_feed_and_read_from_pages(serve: Serve) -> None:
    site = serve(Double([RICH, *many(30)], comments="401"))
    found = read(site.url)
    is_rich(found[0], by_interface=True)
    assert [post.comment_count for post in found[1:]] == [0] * 30
    assert asked(site, "/post-about-") == [RICH.path]


def test_closed_comments_without_a_feed_are_those_of_the_pages(serve: Serve) -> None:
    found = read(serve(Double([RICH, PLAIN], comments="404", feed="off")).url)
    is_rich(found[0], by_interface=True)
    assert (found[1].comment_count or 0, found[1].comments) == (0, ())


def test_unchanged_blogs_are_left_alone(serve: Serve, tmp_path: Path) -> None:
    site = serve(Double(many(30, said=2)))
    archive(site.url, tmp_path / "out", OPTIONS, lambda event: None)
    before = len(site.hits)
    report = archive(str(tmp_path / "out"), None, OPTIONS, lambda event: None)
    assert (report.written, report.unchanged) == (0, 30)
    assert len(site.hits) - before <= 6


def test_several_authors_are_all_named(serve: Serve) -> None:
    double = Double([PLAIN])
    plain = double.post_json

    def joint(post: Told, embed: bool) -> dict[str, Any]:
        told = plain(post, embed)
        terms = [{"id": n, "taxonomy": "author", "name": name} for n, name in ((8, "Ann"), (9, "Bo"))]
        told["_embedded"]["wp:term"].append(terms)
        return told

    double.post_json = joint  # type: ignore[method-assign]
    assert read(serve(double).url)[0].author == "Ann, Bo"


# -- without it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", ["404", "401", "html"])
def test_by_the_feed_where_the_interface_is_closed(serve: Serve, rest: str) -> None:
    site = serve(Double([RICH, *many(25)], rest=rest))
    found = read(site.url)
    is_rich(found[0], by_interface=False)
    assert [post.id for post in found] == ["42", *(str(n) for n in range(25, 0, -1))]
    assert {str(post.published)[-6:] for post in found} == {"+09:00"}
    assert "미분류" not in found[1].tags
    assert asked(site, "/post-about-") == [RICH.path]  # the only one with comments


def test_a_feed_of_summaries_is_not_taken_for_the_posts(serve: Serve) -> None:
    found = read(serve(Double([RICH, *many(12)], rest="404", feed="summary")).url)
    is_rich(found[0], by_interface=False)
    assert [post.text for post in found[1:]] == [
        f"Words of number {n}, and some more of them so that it reads as one." for n in range(12, 0, -1)
    ]


def test_by_the_sitemap_posts_only(serve: Serve) -> None:
    site = serve(Double([RICH, *many(12)], rest="404", feed="off"))
    found = read(site.url)
    is_rich(found[0], by_interface=False)
    assert len(found) == 13
    assert not asked(site, "/about/")


@pytest.mark.parametrize("korean", [False, True])
def test_by_its_pages_alone(serve: Serve, korean: bool) -> None:
    site = serve(Double([RICH, *many(25)], rest="404", feed="off", sitemap=False, korean=korean))
    found = read(site.url)
    assert paths(found) == [RICH.path, *(post.path for post in many(25))]
    is_rich(found[0], by_interface=False)


def test_what_a_broken_listing_leaves_out_comes_by_another(serve: Serve) -> None:
    double = Double(many(130))

    def answer(request: Request) -> Served | None:
        return Answer(403) if "/posts" in request.path and "&page=2" in request.path else double(request)

    assert sorted(int(post.id) for post in read(serve(answer).url)) == list(range(1, 131))


SPREAD = Told(
    42,
    "In parts",
    datetime(2011, 5, 4, 0, 5),
    "<p>The first part has words enough to be read as the body of a post.</p><!--nextpage-->"
    "<p>The second part has them too, and they are others than those.</p><!--nextpage-->"
    "<p>The third part is the last one of them, and then there are no more.</p>",
)


@pytest.mark.parametrize("ways", [{}, {"feed": "summary"}, {"feed": "off"}, {"feed": "off", "sitemap": False}])
def test_a_post_in_parts_is_whole(serve: Serve, ways: dict[str, Any]) -> None:
    found = read(serve(Double([SPREAD, *many(3)], rest="404" if ways else "on", **ways)).url)
    (post,) = [post for post in found if post.title == "In parts"]
    parts = [post.text.find(f"The {word} part") for word in ("first", "second", "third")]
    assert parts == sorted(parts)
    assert -1 not in parts
    assert "Pages:" not in post.text


@pytest.mark.parametrize("blocks", [False, True])
def test_comments_on_several_pages_are_all_read(serve: Serve, blocks: bool) -> None:
    told = Told(42, "Much said", datetime(2011, 5, 4, 0, 5), said=tuple(Said(n, f"No {n}") for n in range(1, 24)))
    site = serve(Double([told, *many(3)], rest="404", thread=5, blocks=blocks))
    found = read(site.url)
    assert [comment.id for comment in found[0].comments] == [str(n) for n in range(1, 24)]
    assert found[0].comment_count == 23
    assert len(asked(site, told.path)) == 5


def test_a_short_body_is_told_from_a_long_talk_below_it(serve: Serve) -> None:
    talk = tuple(Said(n, text=f"<p>This is what number {n} has to say of it, at length.</p>") for n in range(1, 5))
    told = Told(42, "A word", datetime(2011, 5, 4, 0, 5), "<p>Good morning!</p>", said=talk)
    found = read(serve(Double([told, *many(3)], rest="404", feed="summary", blocks=True)).url)
    assert (found[0].text, len(found[0].comments)) == ("Good morning!", 4)


@pytest.mark.parametrize("blocks", [False, True])
def test_a_category_is_no_tag_where_there_are_no_tags(serve: Serve, blocks: bool) -> None:
    told = Told(42, "Filed", datetime(2011, 5, 4, 0, 5), "<p>Words of it, some more.</p>", categories=(2,))
    (post, *_) = read(serve(Double([told, *many(3)], rest="404", feed="summary", blocks=blocks)).url)
    assert (post.tags, post.categories) == ((), ("여행",))


def test_nothing_at_all_is_told(serve: Serve) -> None:
    site = serve({"/": "<html><head><meta name=generator content='WordPress 6.8'></head><body></body></html>"})
    with pytest.raises(Incomplete):
        list(posts(site.url, OPTIONS, lambda event: None))


# -- claims ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="generator" content="WordPress 6.8">',
        "<meta content='WordPress.com' name='generator' />",
        '<link rel="https://api.w.org/" href="https://b.example/wp-json/">',
        '<link rel="EditURI" type="application/rsd+xml" href="https://b.example/xmlrpc.php?rsd">',
        '<link rel="stylesheet" href="/wp-content/themes/x/style.css">',
        '<script src="https://www.b.example/wp-includes/js/jquery.js"></script>',
    ],
)
def test_its_pages_are_claimed(head: str) -> None:
    assert wordpress.claims(Page("https://b.example/", f"<html><head>{head}</head></html>".encode())) == Claim.OURS


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://b.example/wp-content/uploads/a.jpg">',
        '<script src="https://else.example/wp-includes/js/x.js"></script>',
        "<p>Leaving WordPress: &lt;meta name=generator content=WordPress&gt;</p>",
        '<a href="https://x.wordpress.com/">old blog</a>',
        '<meta name="generator" content="Hugo 0.1"><img src="https://i0.wp.com/x/a.jpg">',
    ],
)
def test_pages_with_something_of_it_are_not(body: str) -> None:
    assert wordpress.claims(Page("https://b.example/", f"<html><body>{body}</body></html>".encode())) == Claim.NO


def test_a_blog_that_moved_from_blogger_is_claimed_once() -> None:
    body = (
        b"<html><head><meta name='generator' content='WordPress 6.8'></head><body>"
        b"<a href='https://www.blogger.com/comment.g?blogID=1&postID=2'>said</a></body></html>"
    )
    page = Page("https://b.example/", body)
    assert (wordpress.claims(page), blogger.claims(page)) == (Claim.OURS, Claim.NO)


# -- WordPress.com ---------------------------------------------------------------------------------

API = "https://public-api.wordpress.com/rest/v1.1/sites/moss.wordpress.com/"


class Com:
    """A web that holds one blog at WordPress.com: five posts in pages of two, comments in pages of three."""

    def __init__(self, closed: bool = False) -> None:
        self.closed = closed
        self.asked: list[str] = []

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        self.asked.append(url)
        values = {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}
        if url.startswith(API + "posts/") and not self.closed:
            start = int(values.get("page_handle", "value=0").partition("=")[2])
            meta = {"next_page": f"value={start + 2}"} if start < 4 else {}
            listed = [self.post(n) for n in (5, 4, 3, 2, 1)[start : start + 2]]
            return _page(url, {"found": 5, "posts": listed, "meta": meta})
        if url.startswith(API + "comments/"):
            start = (int(values["page"]) - 1) * 3
            return _page(url, {"comments": [self.comment(n) for n in range(9, 0, -1)][start : start + 3]})
        if url.startswith(API + "categories"):
            names = {1: ("Uncategorized", 0), 2: ("Travel", 0), 3: ("Japan", 2)}
            told = [{"ID": n, "name": name, "slug": name.lower(), "parent": up} for n, (name, up) in names.items()]
            return _page(url, {"categories": told})
        raise Missing(url, "not found", 404)

    def post(self, n: int) -> dict[str, Any]:
        return {
            "ID": n,
            "date": f"2014-11-2{n}T14:24:37-03:00",
            "modified": f"2014-11-2{n}T14:24:37-03:00",
            "title": "Tea &amp; Moss",
            "URL": f"https://moss.wordpress.com/2014/11/2{n}/tea-{n}/",
            "content": f"<p>Words of {n}.</p>",
            "excerpt": f"<p>Words of {n}.</p>",
            "author": {"ID": 7, "name": "Rowan"},
            "tags": {"leaf &amp; stone": {"ID": 30, "name": "leaf &amp; stone"}},
            "categories": {"Japan": {"ID": 3, "name": "Japan", "slug": "japan", "parent": 2}},
            "discussion": {"comment_count": 3 if n % 2 else 0},
            "featured_image": "https://moss.files.wordpress.com/a.jpg",
        }

    def comment(self, n: int) -> dict[str, Any]:
        return {
            "ID": n,
            "post": {"ID": (n - 1) // 3 * 2 + 1},
            "author": {"name": "Cy"},
            "date": "2014-12-01T10:00:00-03:00",
            "content": f"<p>Said {n}.</p>",
            "parent": {"ID": n - 1} if n % 3 == 0 else False,
        }

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        raise Missing(url, "no pictures")

    def urls(self) -> Iterator[str]:
        return iter(())


def _page(url: str, value: Any) -> Page:
    return Page(url, json.dumps(value).encode(), {"content-type": "application/json"})


HOME = Page("https://moss.wordpress.com/", b"<html lang='en'><head><title>Moss</title></head><body></body></html>")


def test_its_own_blogs_are_read_by_wordpress_com() -> None:
    web = Com()
    assert wordpress.claims(HOME) == Claim.OURS
    listed = list(wordpress.entries(HOME, web))
    found = [wordpress.post(entry, web) for entry in listed]
    assert ([entry.stated for entry in listed], [post.id for post in found]) == ([5] * 5, ["5", "4", "3", "2", "1"])
    first = found[0]
    assert (first.title, first.author, first.tags, first.categories) == (
        "Tea & Moss",
        "Rowan",
        ("leaf & stone",),
        ("Travel/Japan",),
    )
    assert str(first.published) == "2014-11-25 14:24:37-03:00"
    assert (first.lang, first.summary, first.cover) == ("en", "", "https://moss.files.wordpress.com/a.jpg")
    assert [post.comment_count for post in found] == [3, 0, 3, 0, 3]
    assert [(c.id, c.parent) for c in first.comments] == [("7", ""), ("8", ""), ("9", "8")]
    assert len(web.asked) == 3 + 3 + 1


def test_comments_are_asked_for_as_far_as_posts_need_them() -> None:
    web = Com()
    next(wordpress.entries(HOME, web))
    assert len([url for url in web.asked if "/comments/" in url]) == 1


def test_a_blog_that_wordpress_com_does_not_tell_is_looked_for_at_home() -> None:
    web = Com(closed=True)
    with pytest.raises(FetchError):
        list(wordpress.entries(HOME, web))
    assert "https://moss.wordpress.com/feed/" in web.asked


# -- real ones ---------------------------------------------------------------------------------------


class Answers:
    """A web whose interface answers with one saved post."""

    def __init__(self, saved: Path) -> None:
        self.saved = saved

    def get(self, url: str, *, fresh: bool = False, referer: str = "") -> Page:
        if "wp/v2/posts" not in url or "&page=2" in url:
            raise Missing(url, "not found", 404)
        told = json.loads(self.saved.read_text("utf-8"))
        return _page(url, told if isinstance(told, list) else [told])

    def save(self, url: str, to: Path, *, referer: str = "") -> Page:
        raise Missing(url, "not found", 404)

    def urls(self) -> Iterator[str]:
        return iter(())


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("name", "title", "author", "published"),
    [
        (
            "co-authors-post",
            "Multi-Author Post with Co-Authors Plus",
            "Alice Smith, Bob Jones",
            "2024-11-07 10:36:54-05:00",
        ),
        ("single-coauthor-post", "Single Co-Author Post", "Bob Jones", "2024-11-08 10:36:54-05:00"),
        ("single-post", "My Awesome Post", "Guest Writer", "2019-11-07 10:36:54-05:00"),
    ],
)
def test_saved_answers(corpus: Callable[[str], Path], name: str, title: str, author: str, published: str) -> None:
    web = Answers(corpus("wordpress-rest-json") / f"{name}.json")
    home = Page("https://mysite.com/", b"<link rel='https://api.w.org/' href='/wp-json/'>")
    (entry,) = wordpress.entries(home, web)
    post = wordpress.post(entry, web)
    assert (post.title, post.author, str(post.published)) == (title, author, published)
    assert not {"uncategorized", "uncategorised"} & {name.casefold() for name in post.categories}


@pytest.mark.corpora
def test_saved_pages_are_claimed(corpus: Callable[[str], Path]) -> None:
    saved = sorted(corpus("wordpress-html-with-truth").rglob("*.testhtml"))
    assert len(saved) == 14
    for path in saved:
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        page = Page(truth["canonical_url"], path.read_bytes())
        assert wordpress.claims(page) == Claim.OURS, path.name
        assert blogger.claims(page) == Claim.NO, path.name
    later = corpus("blogger-wayback-twistediron") / "later-wordpress" / "index.html"
    assert wordpress.claims(Page("http://www.twistedironchoppers.com/", later.read_bytes())) == Claim.OURS


@pytest.mark.corpora
def test_a_saved_blog_by_its_feed(corpus: Callable[[str], Path], serve: Serve) -> None:
    folder = corpus("blogforever-testdata") / "meinrhyme.wordpress.com"
    feed = parse.xml(Page("http://x/", (folder / "feed").read_bytes()))

    def answer(request: Request) -> Served | None:
        path = folder / (urlsplit(request.path).path.strip("/") or "index.html")
        here = f"http://{request.headers['host']}".encode()
        return path.read_bytes().replace(b"http://meinrhyme.wordpress.com", here) if path.is_file() else None

    found = [post for post in _until_incomplete(serve(answer).url) if post.found_in == ("feed",)]
    assert len(found) >= 40
    told = {int(item.findtext("guid").rpartition("=")[2]): item for item in feed.iter("item")}
    for post in found:
        item = told[int(post.id)]
        assert (post.title, post.author) == (item.findtext("title"), item.findtext("{*}creator"))
        assert post.published == parsedate_to_datetime(item.findtext("pubDate"))
        assert post.comment_count == int(item.findtext("{http://purl.org/rss/1.0/modules/slash/}comments"))
        assert "Filed under" not in post.text


def _until_incomplete(source: str) -> Iterator[Post]:
    with suppress(Incomplete):
        yield from posts(source, OPTIONS, lambda event: None)
