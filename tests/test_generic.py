"""Blogs of engines that nobody wrote a platform for: every post once, nothing else, its fields, few requests."""

import json
import re
from dataclasses import replace
from datetime import datetime

import pytest
from click.testing import CliRunner
from conftest import Serve
from loopback import Request, Site
from themes import TALES, THEMES, Tale, Theme

from blogark import Incomplete, Options, Post, archive, cli, posts
from blogark.archive import entries
from blogark.events import Event, Failed
from blogark.web import Recent
from blogark.webs.live import Live

TEXTS_ONLY = Options(media=False, wayback="never")
BY_NAME = {theme.name: theme for theme in THEMES}


def read(source: str) -> list[Post]:
    """Every post of a source; a test fails where one does."""
    events: list[Event] = []
    try:
        return list(posts(source, TEXTS_ONLY, events.append))
    except Incomplete:
        raise AssertionError([str(event) for event in events if isinstance(event, Failed)]) from None


@pytest.fixture(params=THEMES, ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest) -> Theme:
    found: Theme = request.param
    return found


@pytest.fixture
def site(theme: Theme, serve: Serve) -> Site:
    return serve(theme.pages())


@pytest.fixture
def found(theme: Theme, site: Site) -> list[tuple[Tale, Post]]:
    by_url = {post.url.removeprefix(site.url): post for post in read(site.url + theme.at)}
    assert sorted(by_url) == sorted(map(theme.address, TALES))
    return [(tale, by_url[theme.address(tale)]) for tale in TALES]


def test_every_post_is_found_and_nothing_else(theme: Theme, site: Site, found: list[tuple[Tale, Post]]) -> None:
    pages = [hit for hit in site.hits if hit in {theme.address(tale) for tale in TALES}]
    assert sorted(pages) == sorted(set(pages))
    listings = sum(theme.turn.split("@K@")[0] in hit for hit in site.hits) if theme.per else 0
    assert len(site.hits) <= len(TALES) + listings + 10, [hit for hit in site.hits if hit not in pages]


def test_the_front_page_leads_to_every_post(theme: Theme, site: Site) -> None:
    urls = {entry.url.removeprefix(site.url) for entry in entries(site.url, TEXTS_ONLY, lambda event: None)}
    assert urls == set(map(theme.address, TALES))


def test_posts_have_their_titles_authors_and_tags(theme: Theme, found: list[tuple[Tale, Post]]) -> None:
    for tale, post in found:
        assert post.title == tale.title
        if "author" in theme.shows:
            assert post.author == tale.author
        assert set(post.tags) == (set(tale.tags) if "tags" in theme.shows else set())


def test_posts_have_their_days(theme: Theme, found: list[tuple[Tale, Post]]) -> None:
    for tale, post in found:
        assert post.day == tale.when.date()
        if "moment" in theme.shows:
            assert post.published == tale.when and isinstance(post.published, datetime)
            assert post.published.utcoffset() == tale.when.utcoffset()


def test_posts_have_their_bodies_and_nothing_else(found: list[tuple[Tale, Post]]) -> None:
    for tale, post in found:
        assert post.text.replace("¶", "").split() == Post("", "", html=tale.html).text.split()
        assert post.html.count("<h2") == 2 and post.html.count("<pre") == 1


def test_nothing_is_asked_but_listings_when_nothing_changed(theme: Theme, site: Site, tmp_path: object) -> None:
    archive(site.url + theme.at, f"{tmp_path}/out", TEXTS_ONLY, lambda event: None)
    before = len(site.hits)
    report = archive(site.url + theme.at, f"{tmp_path}/out", TEXTS_ONLY, lambda event: None)
    assert (report.code, report.written, report.unchanged) == (0, 0, len(TALES))
    assert not [hit for hit in site.hits[before:] if hit in {theme.address(tale) for tale in TALES}]


@pytest.mark.parametrize("href", ["false", "undefined", "/projects/raft/", "/ko/", "/2020/05/", "/posts/page/2/"])
def test_what_a_listing_links_to_beside_posts_is_none(serve: Serve, href: str) -> None:
    theme = BY_NAME["jekyll"]
    item = theme.put(theme.item, TALES[0]).replace(theme.address(TALES[0]), href).replace(TALES[0].title, "Never done")
    site = serve(replace(theme, listing=theme.listing.replace("@ITEMS@", f"@ITEMS@{item}")).pages())
    found = {entry.url.removeprefix(site.url) for entry in entries(site.url, TEXTS_ONLY, lambda event: None)}
    assert found == set(map(theme.address, TALES))


def test_the_newest_post_may_stand_apart_on_the_front_page(serve: Serve) -> None:
    def card(tale: Tale) -> str:
        link = f"<h3><a href='/posts/{tale.slug}/'>{tale.title}</a></h3>"
        return (
            f"<div>{link}<div><time datetime='{tale.when:%Y-%m-%d}'>then</time></div><p>It began, and went on</p></div>"
        )

    first, *others = map(card, TALES)
    front = f"<h1>Blog</h1><section>{first}</section><section><h2>More</h2><div>{''.join(others)}</div></section>"
    pages = {f"/posts/{tale.slug}/": f"<article><h1>{tale.title}</h1>{tale.html}</article>" for tale in TALES}
    site = serve({"/": f"<main>{front}</main>", **pages})
    assert [entry.title for entry in entries(site.url, TEXTS_ONLY, lambda event: None)] == [t.title for t in TALES]


def test_pages_in_a_feed_are_no_posts(serve: Serve) -> None:
    theme = BY_NAME["hugo"]
    site = serve(theme.pages())
    made = site.pages[theme.feed]
    page = (
        "<item><title>About</title><link>@HOST@/about/</link><pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate></item>"
    )

    def answer(request: Request) -> str:
        assert callable(made)
        here = page.replace("@HOST@", site.url)
        return str(made(request)).replace("</channel>", f"{here}</channel>")

    site.pages[theme.feed] = answer
    found = {entry.url.removeprefix(site.url) for entry in entries(site.url, TEXTS_ONLY, lambda event: None)}
    assert found == set(map(theme.address, TALES))


def test_where_only_pages_of_tags_lead_on_they_are_asked(serve: Serve) -> None:
    theme = replace(BY_NAME["jekyll"], feed="", extra={"/about/": "<h1>About</h1><p>I write at night.</p>"})
    site = serve(theme.pages())
    line, tags = "<li>@LONG@ <a href='@URL@'>@TITLE@</a></li>", ("north", "south")
    links = "".join(f"<a href='/tag/{tag}/'>{tag}</a>" for tag in tags)
    site.pages["/"] = "<h2>Latest</h2><ul>" + "".join(theme.put(line, t) for t in TALES[:4]) + f"</ul><p>{links}</p>"
    for start, tag in enumerate(tags):
        site.pages[f"/tag/{tag}/"] = "<ul>" + "".join(theme.put(line, t) for t in TALES[start::2]) + "</ul>"
    found = {entry.url.removeprefix(site.url) for entry in entries(site.url, TEXTS_ONLY, lambda event: None)}
    assert found == set(map(theme.address, TALES))


def test_no_name_in_a_feed_is_no_author(serve: Serve) -> None:
    theme = BY_NAME["eleventy"]
    site = serve(theme.pages())
    made = site.pages[theme.feed]
    assert callable(made)
    site.pages[theme.feed] = lambda request: re.sub("<name>.*?</name>", "<name>Unknown</name>", str(made(request)))
    assert {post.author for post in read(site.url + theme.at)} == {theme.author}


def test_the_evidence_is_explained(serve: Serve) -> None:
    site = serve(BY_NAME["hugo"].pages())
    told = json.loads(CliRunner().invoke(cli.main, ["ls", site.url, "--explain", "--json"]).output)
    title, body = told["fields"]["title"], told["fields"]["body"]
    assert (told["platform"], told["samples"], title["agreed"], title["of"]) == ("generic", 8, 8, 8)
    assert "post-title" in title["xpath"] and "post-content" in body["xpath"]
    printed = CliRunner().invoke(cli.main, ["ls", site.url, "--explain"]).output
    assert f"right on 8 of 8 sample posts: {title['xpath']}" in printed


def test_a_page_of_a_run_is_asked_for_once(serve: Serve) -> None:
    site = serve({"/a": "<p>A</p>", "/b": "<p>B</p>"})
    web = Recent(Live(TEXTS_ONLY, lambda event: None))
    first = web.get(f"{site.url}/a", fresh=True)
    assert web.get(f"{site.url}/a#part") is first
    assert site.hits.count("/a") == 1
    renewed = web.get(f"{site.url}/a", fresh=True)
    assert renewed is not first and web.get(f"{site.url}/a") is renewed
    assert site.hits.count("/a") == 2
    assert web.get(f"{site.url}/a?m=1") is not renewed
