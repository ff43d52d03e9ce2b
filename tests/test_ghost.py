"""Ghost: its Content API a hundred posts at a time, closed doors, paid posts; and a blog pointed at by its feed."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Serve
from loopback import Answer, Request, Servable, Served, Site

from blogark import Incomplete, Options, Post, posts
from blogark.model import Claim, Page
from blogark.platforms import feed, ghost

TEXTS_ONLY = Options(media=False, wayback="never")
KEY = "0123456789abcdef0123456789"


def told(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"{number:024x}",
        "title": f"Note {number} & more",
        "html": f"<p>What there is to say of number {number}, and a little more of it.</p>",
        "published_at": f"2021-03-{number % 28 + 1:02}T09:30:00.000+09:00",
        "updated_at": "2022-01-02T03:04:05.000+00:00",
        "visibility": "public",
        "authors": [{"name": "Ada"}, {"name": "Bo"}],
        "tags": [{"name": "Ships", "visibility": "public"}, {"name": "#hidden", "visibility": "internal"}],
        **more,
    }


class Ghost:
    """A blog of Ghost's: front page, API, feed by the `size` posts, sitemap, posts' own pages."""

    def __init__(self, serve: Serve, *notes: dict[str, Any], key: str = KEY, size: int = 100) -> None:
        self.notes, self.key, self.size, self.asked = notes, key, size, 0
        self.closed: set[str] = set()
        self.site: Site = serve(self.answer)
        self.url = self.site.url

    def address(self, note: dict[str, Any]) -> str:
        return f"{self.url}/note-{int(note['id'], 16)}/"

    def answer(self, request: Request) -> Served | None:
        parts = urlsplit(request.path)
        path = parts.path
        if any(path.startswith(closed) for closed in self.closed):
            return None
        if path == "/ghost/api/content/posts/":
            return self.api({name: values[0] for name, values in parse_qs(parts.query).items()})
        if path.startswith("/rss/"):
            return self.rss(int(path.strip("/").partition("/")[2] or 1))
        if path == "/sitemap-posts.xml":
            places = "".join(f"<url><loc>{self.address(note)}</loc></url>" for note in self.notes)
            return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
        shown = [note for note in self.notes if path == urlsplit(self.address(note)).path]
        return self.page(shown[0]) if shown else self.front() if path == "/" else None

    def api(self, asked: dict[str, str]) -> Served:
        self.asked += 1
        if asked.get("key") != KEY:
            body = json.dumps({"errors": [{"message": "Unknown Content API Key", "type": "UnauthorizedError"}]})
            return Answer(401, body, {"Content-Type": "application/json"})
        assert asked["include"] == "authors,tags" and asked["formats"] == "html"
        size, page = min(self.size, int(asked["limit"])), int(asked["page"])
        some = [{**note, "url": self.address(note)} for note in self.notes[(page - 1) * size : page * size]]
        more = page + 1 if page * size < len(self.notes) else None
        paging = {"page": page, "limit": size, "total": len(self.notes), "next": more}
        return json.dumps({"posts": some, "meta": {"pagination": paging}})

    def rss(self, page: int) -> Served | None:
        some = self.notes[(page - 1) * self.size : page * self.size]
        items = "".join(
            f"<item><title><![CDATA[{note['title']}]]></title><link>{self.address(note)}</link>"
            f'<guid isPermaLink="false">{note["id"]}</guid><dc:creator><![CDATA[Ada]]></dc:creator>'
            f"<pubDate>Mon, 01 Mar 2021 00:30:00 GMT</pubDate>"
            f"<content:encoded><![CDATA[{note['html']}]]></content:encoded></item>"
            for note in some
        )
        spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        head = "<title>Notes</title><generator>Ghost 5.80</generator>"
        return (
            f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{head}{items}</channel></rss>' if some else None
        )

    def front(self) -> str:
        cards = "".join(f"<article><h2><a href='{self.address(n)}'>{n['title']}</a></h2></article>" for n in self.notes)
        return (
            '<html lang="ko"><head><meta name="generator" content="Ghost 5.80">'
            f'<link rel="alternate" type="application/rss+xml" title="Notes" href="{self.url}/rss/">'
            f'<script defer src="/portal.min.js" data-ghost="{self.url}/" data-key="{self.key}"'
            f' data-api="{self.url}/ghost/api/content/"></script></head><body>{cards}</body></html>'
        )

    def page(self, note: dict[str, Any]) -> str:
        gate = '<aside class="gh-post-upgrade-cta">Subscribe</aside>' if note.get("access") is False else ""
        return (
            f"<html lang='ko'><head><meta name='generator' content='Ghost 5.80'></head><body><article>"
            f"<h1>{note['title']}</h1><time datetime='2021-03-01'>1 March 2021</time>"
            f"<section class='gh-content'>{note['html']}{gate}</section></article></body></html>"
        )

    def read(self) -> list[Post]:
        return list(posts(self.url + "/", TEXTS_ONLY, lambda event: None))


def test_ghost_by_its_api(serve: Serve) -> None:
    first, *_ = found = Ghost(
        serve, told(1, feature_image="https://x.test/lead.jpg", custom_excerpt="In short"), told(2)
    ).read()
    assert [post.title for post in found] == ["Note 1 & more", "Note 2 & more"]
    assert (first.author, first.tags, first.lang) == ("Ada, Bo", ("Ships",), "ko")
    assert first.published and first.published.isoformat() == "2021-03-02T09:30:00+09:00"
    assert first.updated and first.updated.isoformat() == "2022-01-02T03:04:05+00:00"
    assert (first.cover, first.summary) == ("https://x.test/lead.jpg", "In short")
    assert first.html.startswith("<p>What there is to say of number 1")
    assert (first.comment_count, first.partial, first.id) == (None, "", f"{1:024x}")


def test_ghost_is_read_page_by_page_and_no_post_is_asked_for(serve: Serve) -> None:
    blog = Ghost(serve, *(told(n) for n in range(1, 6)), size=2)
    assert len(blog.read()) == 5
    assert blog.asked == 3 and not [hit for hit in blog.site.hits if hit.startswith("/note-")]


@pytest.mark.parametrize(
    "script",
    [
        "<script data-key='{key}' data-sodo-search='{at}/'></script>",
        "<script data-key='of a shop'></script><script data-ghost='{at}' data-key='{key}'></script>",
        "<script data-api='/ghost/api/content' data-key='{key}'></script>",
        "<meta name='ghost-content-api-key' content='{key}'>",
    ],
)
def test_the_key_is_found_where_themes_put_it(serve: Serve, script: str) -> None:
    blog = Ghost(serve, told(1))
    head = "<meta name=generator content='Ghost 6.2'>" + script.format(key=KEY, at=blog.url)
    blog.front = lambda: f"<html><head>{head}</head><body></body></html>"  # type: ignore[method-assign]
    assert [post.title for post in blog.read()] == ["Note 1 & more"] and blog.asked == 1


@pytest.mark.parametrize("closed", ["/ghost/", "a wrong key", "/rss/", "/sitemap", "both"])
def test_ghost_with_doors_closed_is_read_another_way(serve: Serve, closed: str) -> None:
    blog = Ghost(serve, *(told(n) for n in range(1, 6)), key="f" * 26, size=2)
    blog.closed = {"/rss/", "/sitemap"} if closed == "both" else {closed}
    found = blog.read()
    assert {post.title for post in found} == {f"Note {n} & more" for n in range(1, 6)}
    assert all(post.html.startswith("<p>What there is to say") for post in found)
    if closed not in {"/rss/", "both"}:
        assert {post.author for post in found} == {"Ada"}
        assert "/rss/3/" in blog.site.hits


def test_what_ghost_keeps_for_members_is_said(serve: Serve) -> None:
    cut = told(1, access=False, visibility="paid", html="<p>The beginning.</p>")
    none = told(2, visibility="members", html=None)
    assert [post.partial for post in Ghost(serve, cut, none, told(3)).read()] == ["paywalled", "paywalled", ""]


def test_what_ghost_keeps_for_members_is_seen_on_the_page(serve: Serve) -> None:
    cut = told(1, access=False, html="<p>The beginning of what only members may read to its end.</p>")
    found = Ghost(serve, cut, told(2), key="f" * 26).read()
    assert {post.title[:6]: post.partial for post in found} == {"Note 1": "paywalled", "Note 2": ""}


def test_an_api_that_breaks_off_is_told(serve: Serve, patient: None) -> None:
    blog = Ghost(serve, *(told(n) for n in range(1, 6)), size=2)
    half = blog.api
    blog.api = lambda asked: half(asked) if asked["page"] == "1" else Answer(404)  # type: ignore[method-assign]
    with pytest.raises(Incomplete):
        blog.read()


@pytest.mark.parametrize(
    ("head", "claim"),
    [
        ("<meta content='Ghost 0.7' name=generator>", Claim.OURS),
        ("<script data-ghost='https://x.test/' src=portal.js></script>", Claim.OURS),
        ("<meta name=generator content='Ghostly Theme'>", Claim.NO),
        ("<p>A ghost story</p>", Claim.NO),
    ],
)
def test_what_is_of_ghost(head: str, claim: Claim) -> None:
    assert ghost.claims(Page("https://x.test/", head.encode())) == claim


# -- a blog pointed at by its feed ----------------------------------------------------------------


def json_feed(site: str, numbers: range, following: str = "") -> str:
    items = [
        {
            "id": str(n),
            "url": f"{site}/{n}.html",
            "title": f"Day {n}",
            "content_html": f"<p>Said on day {n}.</p>",
            "date_published": f"2020-02-{n:02}T08:00:00+02:00",
            "tags": ["days"],
        }
        for n in numbers
    ]
    more = {"next_url": following} if following else {}
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Days", "authors": [{"name": "Cy"}]}
    return json.dumps({**head, **more, "home_page_url": f"{site}/", "items": items})


def test_a_blog_by_its_json_feed(serve: Serve) -> None:
    shown = {n: f"<h2><a href='/{n}.html'>Day {n}</a></h2><p>Said on day {n}, at some length.</p>" for n in (1, 9)}
    front = "".join(f"<article>{day}</article>" for day in shown.values())
    pages: dict[str, Servable] = {"/": f"<html><body>{front}</body></html>"}
    pages["/1.html"] = f"<html><body><article>{shown[1]}</article></body></html>"
    pages["/feed.json"] = lambda request: json_feed(site.url, range(7, 10), f"{site.url}/older.json")
    pages["/older.json"] = lambda request: json_feed(site.url, range(5, 8))
    site = serve(pages)
    found = list(posts(f"{site.url}/feed.json", TEXTS_ONLY, lambda event: None))
    assert [post.title for post in found] == ["Day 7", "Day 8", "Day 9", "Day 5", "Day 6", "Day 1"]
    assert (found[0].author, found[0].tags, str(found[0].published)) == ("Cy", ("days",), "2020-02-07 08:00:00+02:00")
    assert "/7.html" not in site.hits


@pytest.mark.parametrize("body", ["", "<html><body>No feed</body></html>", "{}", '{"version": "2"}', "<p>rss</p>"])
def test_what_is_no_feed_is_not_claimed(body: str) -> None:
    assert feed.claims(Page("https://x.test/f", body.encode(), {"content-type": "application/xml"})) == Claim.NO
