"""Listings and post pages read by shape and wording: our own pages in many languages, a folder, and traps."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from conftest import Serve
from loopback import Made, Request, Site, sequence

from blogark import Incomplete, Options, Page, Post, archive, posts
from blogark.events import Event, Failed
from blogark.parse import fragment
from blogark.platforms import _page
from blogark.platforms._page import Item

FIXTURES = Path(__file__).parents[1] / "fixtures"
LISTINGS = sorted((FIXTURES / "listings").glob("*.html"))
SAMPLE: list[dict[str, Any]] = json.loads((FIXTURES / "sample-blog.truth.json").read_text("utf-8"))
TEXTS_ONLY = Options(media=False, wayback="never")


def words(html: str) -> str:
    return Post("", "", html=html).text


def read(source: str, options: Options = TEXTS_ONLY) -> tuple[list[Post], list[str]]:
    """Every post of a source, and what failed."""
    events: list[Event] = []
    found: list[Post] = []
    try:
        found.extend(posts(source, options, events.append))
    except Incomplete:
        assert any(isinstance(event, Failed) for event in events)
    return found, [str(event) for event in events if isinstance(event, Failed)]


def bounds(text: str, truth: dict[str, Any], last: str = "last_words") -> None:
    assert text.startswith(truth["first_words"]), text[:80]
    assert text.endswith(truth[last]), text[-80:]


# -- one page ---------------------------------------------------------------------------------


def shown(path: Path) -> tuple[dict[str, Any], _page.Listing, tuple[Item, ...]]:
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    listing = _page.listing(Page(truth["url"], path.read_bytes(), {"content-type": "text/html"}))
    return truth, listing, _page.settle(listing.items)[0]


@pytest.mark.parametrize("path", LISTINGS, ids=lambda path: path.stem)
def test_a_listing_names_its_posts(path: Path) -> None:
    truth, listing, items = shown(path)
    assert [item.url for item in items] == [post["url"] for post in truth["posts"]]
    assert [item.title for item in items] == [post["title"] for post in truth["posts"]]
    assert listing.older[0] == truth["older"]


@pytest.mark.parametrize("path", LISTINGS, ids=lambda path: path.stem)
def test_a_listing_reads_its_bylines(path: Path) -> None:
    truth, _, items = shown(path)
    said = [(item.author, Post("", "", published=item.published).day, item.count, item.cut) for item in items]
    assert said == [
        (post["author"], date.fromisoformat(post["date"]), post["comment_count"], post["cut"])
        for post in truth["posts"]
    ]
    for item, post in zip(items, truth["posts"], strict=True):
        for moment in ("published", "updated"):
            if moment in post:
                assert getattr(item, moment) == datetime.fromisoformat(post[moment])


@pytest.mark.parametrize("path", LISTINGS, ids=lambda path: path.stem)
def test_a_listing_gives_bodies_and_nothing_else(path: Path) -> None:
    truth, _, items = shown(path)
    for item, post in zip(items, truth["posts"], strict=True):
        text = words(item.html)
        bounds(text, post)
        assert not [leak for leak in [*truth["must_not"], post["printed"]] if leak in text]


# -- the sample blog --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> list[Post]:
    found, failures = read(str(FIXTURES / "sample-blog"))
    assert failures == []
    return found


@pytest.fixture(params=SAMPLE, ids=lambda truth: truth["url"].rpartition("example")[2])
def told(request: pytest.FixtureRequest, sample: list[Post]) -> tuple[Post, dict[str, Any]]:
    truth = request.param
    return next(post for post in sample if post.url == truth["url"]), truth


def test_sample_blog_has_every_post_once_in_order(sample: list[Post]) -> None:
    assert [post.url for post in sample] == [truth["url"] for truth in SAMPLE]
    assert len({post.id for post in sample}) == len(SAMPLE)


def test_sample_post_has_its_fields(told: tuple[Post, dict[str, Any]]) -> None:
    post, truth = told
    assert (post.title, post.author, post.day) == (truth["title"], truth["author"], date.fromisoformat(truth["date"]))
    assert (post.comment_count, list(post.tags)) == (truth["comment_count"], truth["tags"])
    assert post.lang == "ko"


def test_sample_post_has_its_whole_body(told: tuple[Post, dict[str, Any]]) -> None:
    post, truth = told
    bounds(post.text, truth)
    assert not [leak for leak in truth["must_not"] if leak in post.text]
    pictures = [urljoin(post.url, image.get("src", "")) for image in fragment(post.html).iter("img")]
    assert pictures == [f"https://sample.example/{src}" for src in truth["pictures"]]
    assert post.partial == ""


def test_sample_comments_keep_their_thread(told: tuple[Post, dict[str, Any]]) -> None:
    post, truth = told
    number = {comment.id: place for place, comment in enumerate(post.comments)}
    said = [(c.author, words(c.html), number.get(c.parent)) for c in post.comments]
    assert said == [(c["author"], c["text"], c["parent"]) for c in truth["comments"]]
    assert all(comment.published for comment in post.comments)


def as_host(folder: Path, old: bytes) -> Made:
    """A folder's pages with the host's name put for the old one; no charset is said, as folders say none."""

    def answer(request: Request) -> bytes | None:
        path = folder / (request.path.lstrip("/") or "index.html")
        here = f"http://{request.headers['host']}".encode()
        return path.read_bytes().replace(old, here) if path.is_file() else None

    return answer


def test_sample_blog_live_is_the_same(sample: list[Post], serve: Serve) -> None:
    site = serve(as_host(FIXTURES / "sample-blog", b"https://sample.example"))
    found, failures = read(site.url)
    assert failures == []

    def told(post: Post) -> tuple[object, ...]:
        path = re.sub(r"^\w+://[^/]+", "", post.url)
        return path, post.title, post.author, post.day, post.comment_count, post.tags, post.text, len(post.comments)

    assert list(map(told, found)) == list(map(told, sample))
    pages = [hit for hit in site.hits if hit.endswith(".html")]
    assert len(pages) == len(set(pages))


def test_sample_blog_is_archived_a_file_a_post(tmp_path: Path) -> None:
    report = archive(str(FIXTURES / "sample-blog"), tmp_path / "out", TEXTS_ONLY, lambda event: None)
    assert (report.code, report.found, report.written, report.failures) == (0, len(SAMPLE), len(SAMPLE), ())
    files = sorted((tmp_path / "out" / "posts").rglob("*.md"))
    assert len(files) == len(SAMPLE)
    assert {path.name[:10] for path in files} == {truth["date"] for truth in SAMPLE}
    again = archive(str(FIXTURES / "sample-blog"), tmp_path / "out", TEXTS_ONLY, lambda event: None)
    assert (again.written, again.unchanged) == (0, len(SAMPLE))


# -- traps ------------------------------------------------------------------------------------------------

LOREM = "The ferry was late again and nobody on the quay was surprised by it, least of all the gulls. "


def entry(url: str, title: str, line: str = "by Ann | 2011-05-16 | 0 comments", body: str = LOREM) -> str:
    return f"<div><h2><a href='{url}'>{title}</a></h2><p>{line}</p><div><p>{body}</p></div></div>"


def page(entries: Iterable[str], foot: str = "", head: str = "", title: str = "") -> str:
    """A page of some theme: a title that links home, navigation, a sidebar with links to two posts."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}Quay notes</title>{head}</head><body>"
        "<div><h1><a href='/'>Quay notes</a></h1><ul><li><a href='/about'>About</a></li></ul></div>"
        f"<div>{''.join(entries)}<p>{foot}</p></div>"
        "<div><h4>Friends</h4><ul><li><a href='http://other.example/'>Other</a></li></ul></div></body></html>"
    )


def own(title: str, line: str = "by Ann | 2011-05-16 | 0 comments", body: str = LOREM * 2) -> str:
    return page([f"<div><h2>{title}</h2><p>{line}</p><div><p>{body}</p></div></div>"], title=f"{title} - ")


def blog(names: str, pages: dict[str, str]) -> dict[str, Any]:
    """`pages` and an own page for each post named a, b, c …"""
    return {f"/{name}.html": own(f"Post {name}") for name in names} | pages


def entries_of(names: str) -> list[str]:
    return [entry(f"/{name}.html", f"Post {name}") for name in names]


def titles(source: str) -> list[str]:
    found, failures = read(source)
    assert failures == []
    return [post.title for post in found]


def older(url: str) -> str:
    return f"<a href='{url}'>Older posts</a>"


def test_a_pager_that_circles_ends(serve: Serve) -> None:
    site = serve(
        blog(
            "abcd",
            {
                "/": page(entries_of("ab"), older("/2")),
                "/2": page(entries_of("cd"), older("/3")),
                "/3": page(entries_of("ab"), older("/2")),
            },
        )
    )
    assert titles(site.url) == ["Post a", "Post b", "Post c", "Post d"]
    assert site.hits.count("/2") == 1


def test_a_last_page_that_repeats_ends(serve: Serve) -> None:
    def turn(request: Request) -> str:
        number = int(request.path.rpartition("=")[2])
        return page(entries_of("cd"), older(f"/list?page={number + 1}"))

    site = serve(blog("abcd", {"/": page(entries_of("ab"), older("/list?page=2")), "/list": turn}))  # type: ignore[dict-item]
    assert titles(site.url) == ["Post a", "Post b", "Post c", "Post d"]
    assert sum(hit.startswith("/list") for hit in site.hits) == 2


def test_numbered_pages_are_turned(serve: Serve) -> None:
    row = " ".join(f"<a href='/page/{number}'>{number}</a>" for number in (1, 2, 3))
    site = serve(
        blog("abcdef", {"/": page(entries_of("ab"), row), "/page/2": page(entries_of("cd"), row)})
        | {"/page/1": page(entries_of("ab"), row), "/page/3": page(entries_of("ef"), row)}
    )
    assert titles(site.url) == [f"Post {name}" for name in "abcdef"]


def test_rel_next_is_followed(serve: Serve) -> None:
    following = "<link rel='next' href='/seite2'>"
    site = serve(
        blog("abcd", {"/": page(entries_of("ab"), head=following), "/seite2": page(entries_of("cd"))}),
    )
    assert titles(site.url) == ["Post a", "Post b", "Post c", "Post d"]


def test_a_post_whose_page_is_gone_is_taken_from_the_listing(serve: Serve) -> None:
    site = serve({"/": page(entries_of("ab")), "/a.html": own("Post a")})
    found, failures = read(site.url)
    assert failures == []
    assert [(post.title, post.author, post.comment_count) for post in found] == [
        ("Post a", "Ann", 0),
        ("Post b", "Ann", 0),
    ]
    assert found[1].text == LOREM.strip()


def test_a_cut_post_whose_page_is_gone_is_lost_and_named(serve: Serve, tmp_path: Path) -> None:
    cut = entry("/b.html", "Post b").replace("</div></div>", "</div><p><a href='/b.html'>Read more</a></p></div>")
    site = serve({"/": page([*entries_of("a"), cut]), "/a.html": own("Post a")})
    report = archive(site.url, tmp_path / "out", TEXTS_ONLY, lambda event: None)
    assert report.code == 1
    assert [failure for failure in report.failures if "/b.html" in failure] == list(report.failures) != []
    assert len(list((tmp_path / "out" / "posts").rglob("*.md"))) == 1


@pytest.mark.parametrize("ending", ["…", "...", "[…]"])
def test_a_body_that_trails_off_is_read_on_its_own_page(serve: Serve, ending: str) -> None:
    pages = {"/": page([entry(f"/{name}.html", f"Post {name}", body=LOREM.strip() + ending) for name in "ab"])}
    found, _ = read(serve(blog("ab", pages)).url)
    assert [post.text for post in found] == [(LOREM * 2).strip()] * 2


def test_a_blog_of_one_post(serve: Serve) -> None:
    assert titles(serve(blog("a", {"/": page(entries_of("a"))})).url) == ["Post a"]


def test_a_posts_own_address_gives_the_whole_blog(serve: Serve) -> None:
    site = serve(blog("abc", {"/": page(entries_of("abc"))}))
    assert sorted(titles(f"{site.url}/b.html")) == ["Post a", "Post b", "Post c"]


def test_a_lone_page_is_one_post(serve: Serve) -> None:
    site = serve({"/notes/b.html": own("Post b")})
    assert titles(f"{site.url}/notes/b.html") == ["Post b"]


def test_a_listing_under_a_path_stays_the_blog(serve: Serve) -> None:
    shop = page([entry(f"/shop/{name}", f"Ware {name}") for name in "xyz"])
    pages = {"/": shop, "/blog/": page([entry(f"/blog/{name}", f"Post {name}") for name in "ab"], older("/blog/2"))}
    pages |= {"/blog/2": page([entry("/blog/c", "Post c")])} | {f"/blog/{name}": own(f"Post {name}") for name in "abc"}
    assert titles(f"{serve(dict(pages)).url}/blog/") == ["Post a", "Post b", "Post c"]


@pytest.mark.parametrize("front", ["<html><body></body></html>", page([], "Nothing here yet.")], ids=["bare", "theme"])
def test_an_empty_blog_is_never_a_success(serve: Serve, tmp_path: Path, front: str) -> None:
    report = archive(serve({"/": front}).url, tmp_path / "out", TEXTS_ONLY, lambda event: None)
    assert (report.found, report.code) == (0, 1)


def test_a_listing_that_breaks_off_is_told(serve: Serve, tmp_path: Path) -> None:
    site = serve(blog("ab", {"/": page(entries_of("ab"), older("/2"))}))
    report = archive(site.url, tmp_path / "out", TEXTS_ONLY, lambda event: None)
    assert (report.written, report.code) == (2, 1)
    assert any("/2" in failure for failure in report.failures)


# -- 3/4/2018: the blog decides -------------------------------------------------------------------------------


def days(serve: Serve, printed: list[str], path: str = "/{}.html") -> list[date | None]:
    """The days read in a blog whose posts print these, newest first, on the listing and on their own pages."""
    lines = {path.format(name): f"by Ann | {line} | 0 comments" for name, line in zip("abcdef", printed, strict=False)}
    listing = page([entry(url, f"Post {url}", line) for url, line in lines.items()])
    found, _ = read(serve({"/": listing} | {url: own(f"Post {url}", line) for url, line in lines.items()}).url)
    assert len(found) == len(printed)
    return [post.day for post in found]


def test_a_day_above_twelve_settles_the_order(serve: Serve) -> None:
    assert days(serve, ["3/17/2018", "3/4/2018"]) == [date(2018, 3, 17), date(2018, 3, 4)]
    assert days(serve, ["17/3/2018", "4/3/2018"]) == [date(2018, 3, 17), date(2018, 3, 4)]


def test_the_address_settles_the_order(serve: Serve) -> None:
    assert days(serve, ["3/4/2018"], "/2018/03/{}.html") == [date(2018, 3, 4)]
    assert days(serve, ["3/4/2018"], "/2018/04/{}.html") == [date(2018, 4, 3)]


def test_the_course_of_time_settles_the_order(serve: Serve) -> None:
    assert days(serve, ["5/3/2018", "4/10/2018", "3/2/2018"])[0] == date(2018, 5, 3)
    assert days(serve, ["3/5/2018", "10/4/2018", "2/3/2018"])[0] == date(2018, 5, 3)


def test_what_nothing_settles_is_left_out(serve: Serve) -> None:
    assert days(serve, ["3/4/2018"]) == [None]


def test_a_listing_changing_while_it_is_read_costs_no_post(serve: Serve) -> None:
    """A new post pushes the last of page one to page two meanwhile."""
    second = sequence(page(entries_of("bc")))
    site: Site = serve(blog("abc", {"/": page(entries_of("ab"), older("/2")), "/2": second}))  # type: ignore[dict-item]
    assert titles(site.url) == ["Post a", "Post b", "Post c"]


# -- shapes of other themes -------------------------------------------------------------------------------------


def items_of(html: str, url: str = "https://quay.example/") -> tuple[Item, ...]:
    return _page.settle(_page.listing(Page(url, html.encode())).items)[0]


def test_pages_numbered_by_offset_are_turned() -> None:
    row = " ".join(f"<a href='/?start={number * 10}'>{number + 1}</a>" for number in (1, 2, 3))
    days = "".join(f"<a href='/2011/05/{day:02}/'>{day}</a>" for day in (2, 3, 4))
    listing = _page.listing(Page("https://quay.example/", page(entries_of("ab"), f"{days} 1 {row}").encode()))
    assert listing.older == ("https://quay.example/?start=10",)


@pytest.mark.parametrize(
    "words", ["다음 페이지 >", "다음페이지 >", "Older entries »", "« Articles plus anciens", "далее"]
)
def test_a_pager_is_known_by_its_words(words: str) -> None:
    foot = f"<a href='/x/2'>{words}</a>"
    assert _page.listing(Page("https://quay.example/", page(entries_of("ab"), foot).encode())).older[:1] == (
        "https://quay.example/x/2",
    )


@pytest.mark.parametrize("words", ["Читать далее", "Read more", "Continue reading “Post a”", "Weiterlesen"])
def test_a_link_to_the_rest_of_a_post_is_no_pager_and_no_title(words: str) -> None:
    more = f"<p><a href='/a.html#rest'>{words}</a></p></div></div>"
    listing = _page.listing(
        Page("https://quay.example/", page([x.replace("</div></div>", more) for x in entries_of("aa")]).encode())
    )
    assert listing.older == ()
    assert {(item.title, item.cut, words in item.html) for item in listing.items} == {("Post a", True, False)}


def test_a_page_of_titles_and_dates_is_a_listing() -> None:
    lines = "".join(
        f"<li><time datetime='2023-0{n}-11'>11 Feb, 2023</time> <a href='/p{n}/'>Post {n}</a></li>" for n in (3, 2, 1)
    )
    found = items_of(f"<html lang='en'><body><h1>Ann</h1><ul>{lines}</ul></body></html>")
    assert [(item.title, item.author, item.html, item.cut) for item in found] == [
        (f"Post {n}", "", "", True) for n in (3, 2, 1)
    ]
    assert found[0].published == date(2023, 3, 11)


def test_lines_of_1999_without_any_box() -> None:
    found = items_of(
        "<HTML><BODY><H1>Rolf's log</H1><HR><B>12 May 1999</B><BR><A HREF='990512.html'><B>New modem</B></A>"
        "<P>It does 56k. It is good <A HREF='http://x.example/'>coffee</A>.<P>The old one blinks.<HR>"
        "<B>3 May 1999</B><BR><A HREF='990503.html'><B>Frames are evil</B></A><P>I said it.<HR>"
        "<CENTER><A HREF='log-1999-04.html'>older entries</A> | <A HREF='mailto:r@x'>mail me</A></CENTER></BODY>"
    )
    assert [(item.title, Post("", "", published=item.published).day, words(item.html)) for item in found] == [
        ("New modem", date(1999, 5, 12), "It does 56k. It is good coffee. The old one blinks."),
        ("Frames are evil", date(1999, 5, 3), "I said it."),
    ]


def test_lines_that_only_breaks_part() -> None:
    """A table's cell of 2001: date, title, body and byline in one run; a pager and a sidebar of links beside."""
    posts = "".join(
        f"<b>{day}, 2001</b><br><br><font size=2><b><a href='/archives/{name}.html'>{name}</a></b><br>{LOREM}"
        f"<br><i>posted by dot on {day}, 2001 @ 09:12 AM</i> [<a href='/archives/{name}.html#comments'>4 comments</a>]"
        "</font><br><br>"
        for name, day in (("late again", "July 19"), ("soup", "July 17"))
    )
    side = "<td><b>links</b><br><a href='http://a.example'>a friend</a><br><a href='/about.html'>about</a></td>"
    older = "<a href='/archives/june.html'>older entries</a>"
    found = items_of(
        f"<html><body><table><tr><td><b>dot log</b><p>{posts}{older}</td>{side}</tr></table></body></html>"
    )
    assert [(item.title, item.author, item.count, words(item.html)) for item in found] == [
        (title, "dot", 4, LOREM.strip()) for title in ("late again", "soup")
    ]


@pytest.mark.parametrize(
    ("line", "author", "count"),
    [
        ("Geschrieben von <a href='/u/1'>Uwe</a> in <a href='/c/2'>Moped</a> am 16.5.2011 | Kommentare (6)", "Uwe", 6),
        ("16 мая 2011, написала <b>Нина</b>, рубрика: <a href='/c/3'>Огород</a> | 21 комментарий", "Нина", 21),
        ("Posted by T. V. Raman on May 16, 2011 | 3 comments", "T. V. Raman", 3),
        ("May 16, 2011 | <a href='#'>Share</a> | Ann | no comments", "Ann", 0),
    ],
)
def test_a_byline_says_no_more_than_it_says(line: str, author: str, count: int) -> None:
    found = items_of(page([entry("/a.html", "Post a", line), entry("/b.html", "Post b", line)]))
    day = date(2011, 5, 16)
    assert [(item.author, Post("", "", published=item.published).day, item.count) for item in found] == [
        (author, day, count)
    ] * 2


def test_a_post_may_be_a_number() -> None:
    assert [item.url for item in items_of(page([entry("/1846", "Post"), entry("/132", "Other")]))] == [
        "https://quay.example/1846",
        "https://quay.example/132",
    ]


def one(head: str, line: str) -> Item:
    html = page([f"<div class='hentry'><h2>Post</h2><p>{line}</p><p>{LOREM * 2}</p></div>"], head=head)
    return _page.settle([_page.post(Page("https://quay.example/post", html.encode()))])[0][0]


LINKED = (
    "<script type='application/ld+json'>{'@graph': [{'@type': 'Person', '@id': '#a', 'name': 'Ann Quay'},"
    "{'@type': 'BlogPosting', 'datePublished': '2011-05-16T22:30:00+00:00', 'author': {'@id': '#a'}}]}</script>"
).replace("'", '"')


def test_what_a_post_does_not_print_its_head_says() -> None:
    item = one(LINKED, "Leave a comment")
    assert (item.author, item.published) == ("Ann Quay", datetime.fromisoformat("2011-05-16T22:30:00+00:00"))


def test_of_a_moment_in_utc_the_blogs_own_day_is_kept() -> None:
    assert str(one(LINKED, "17 May 2011 by Bob").published) == "2011-05-17 00:30:00+02:00"
    assert str(one(LINKED, "15 May 2011 by Bob").published) == "2011-05-16 22:30:00+00:00"  # nowhere on earth
    assert one(LINKED, "16 May 2011 by Bob").published == datetime.fromisoformat("2011-05-16T22:30:00+00:00")
    assert one(LINKED, "17 May 2011 by Bob").author == "Bob"
    assert one(LINKED, "17 May 2015 by Bob").published == datetime.fromisoformat("2011-05-16T22:30:00+00:00")
