"""A single page of any shape: where its text is, what it is called, who wrote it and when."""

from datetime import date

import pytest

from blogark import Page, parse
from blogark.platforms import _head, _page, _pager
from blogark.platforms._item import Item

BASE = "https://quay.example/2011/harbour.html"
TEXT = "".join(
    f"<p>The {nth} morning the boats came in late, heavy with herring, and nobody on the quay said a word.</p>"
    for nth in ("first", "second", "third", "fourth")
)


def read(body: str, head: str = "<title>The harbour in May - Quay Notes</title>", url: str = BASE) -> Item:
    page = Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode())
    return _page.settle([_page.post(page)])[0][0]


def text(item: Item) -> str:
    return parse.words(parse.fragment(item.html))


HEADING = "<h1>The harbour in May</h1>"
BESIDE = "<p>About me: I walk along the quay each day and write about it.</p><a href='/a'>One</a> <a href='/b'>Two</a>"


# -- who wrote --


def test_a_box_that_introduces_the_author_names_them() -> None:
    bio = "<footer><div class='bio'><p>Written by <strong>Ann Marlow</strong> who lives on a boat.</p></div></footer>"
    item = read(f"<article>{HEADING}<p>May 3, 2011</p><section>{TEXT}</section>{bio}</article>")
    assert item.author == "Ann Marlow" and "lives" not in text(item)


def test_a_category_is_no_author() -> None:
    meta = "<div class='x'><time>May 3, 2011</time> · <span class='categories'>Ropes</span></div>"
    assert not read(f"<div>{HEADING}{meta}{TEXT}</div>").author


def test_a_read_more_link_is_no_tag() -> None:
    tags = "<a rel='tag' href='/t/rope'>rope</a><a rel='tag' href='#'>Read more</a>"
    item = read(f"<article>{HEADING}{TEXT}{tags}</article>")
    assert item.tags == ("rope",)


def test_a_page_is_followed_by_the_next_number_whatever_its_link_says() -> None:
    tree = parse.document("<a href='/page:3'>»</a><a href='/page:2'>Ещё фото</a><a href='/boats/page:2'>x</a>")
    assert _pager.older(tree, "https://quay.example/") == ("https://quay.example/page:2",)


# -- where the text is --


@pytest.mark.parametrize(
    "body",
    [
        f"<div id='x'>{HEADING}<div id='y'>{TEXT}</div></div><div id='z'>{BESIDE}</div>",
        f"<main><header>{HEADING}</header><section>{TEXT}</section></main><div>{BESIDE}</div>",
        f"<table><tr><td>{HEADING}{TEXT}</td><td>{BESIDE}</td></tr></table>",
        f"{HEADING}<div class='sidebar-layout'>{TEXT}</div><aside>{BESIDE}</aside>",
        f"{HEADING}<div class='article-body'></div><div hidden id='S:0'>{TEXT}</div>",
        f"<article>{HEADING}<p>3 May 2011</p><div class='story-body'>{TEXT[: len(TEXT) // 2]}</div><aside>ad</aside>"
        f"<div class='story-body'>{TEXT[len(TEXT) // 2 :]}</div></article>",
        f"{HEADING}<article class='card'><h2><a href='/b'>Another</a></h2><p>Its lead.</p></article><div>{TEXT}</div>",
        f"<article>{HEADING}{TEXT}<div class='newsletter-signup'><p>Get letters from the quay.</p></div></article>",
        f"<article>{HEADING}{TEXT}<div style='display: none'>Loading the next of the letters</div></article>",
        f"<article class='hentry'>{HEADING}{TEXT}<div class='c-PromoBox'><p>Buy a boat from us.</p></div></article>",
    ],
)
def test_the_text_of_a_page_of_any_shape(body: str) -> None:
    item = read(body)
    assert text(item) == parse.words(parse.fragment(TEXT))
    assert item.title == "The harbour in May"


def test_what_opens_at_a_click_is_part_of_the_text() -> None:
    spoiler = "<a href='#' aria-controls='end'>The end</a><div id='end' style='display:none'>They all drowned.</div>"
    assert "They all drowned." in text(read(f"<article>{HEADING}{TEXT}{spoiler}</article>"))


def test_formulas_in_scripts_are_part_of_the_text() -> None:
    formula = "<p>So <script type='math/tex'>a^2</script> it is.</p>"
    assert "a^2" in read(f"<article>{HEADING}{TEXT}{formula}</article>").html


def test_a_paragraph_that_begins_with_related_does_not_end_a_post() -> None:
    body = f"<article>{HEADING}{TEXT}<h3>Related work in herring</h3><p>There is hardly any of it.</p></article>"
    assert "hardly any" in text(read(body))


# -- what it is called --


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Harbours | Quay</title>", f"<h1>Quay</h1><h2>Harbours</h2>{TEXT}", "Harbours"),
        ("<title>Quay: Harbours</title>", f"<h1><a href='/'>Quay</a></h1><div>{TEXT}</div>", "Harbours"),
        ("<title>Harbours - Quay</title>", f"<div><h3>Boats</h3>{TEXT}</div>", "Harbours"),
        ("<title>Quay</title>", f"<h1>Harbours</h1>{TEXT}", "Harbours"),
        (
            "<title>x</title><meta property='og:title' content='Harbours'>"
            "<meta property='og:site_name' content='Quay'>",
            f"<p>{TEXT}</p>",
            "Harbours",
        ),
        ("<title>Quay Notes</title>", f"<p><a href='/'>Quay Notes</a></p><div>{TEXT}</div>", ""),
        ("<title>Harbours</title>", f"<h1>Harbours <a href='#x'>¶</a></h1>{TEXT}", "Harbours"),
    ],
)
def test_the_title(head: str, body: str, title: str) -> None:
    assert read(body, head).title == title


# -- who and when --


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ('{"@type": "WebPage", "datePublished": "2011-05-16", "author": [{"name": "Ann"}, {"name": "Bo"}]}', "Ann, Bo"),
        ('[[{"@type": "BlogPosting", "author": {"name": ["Ann Quay"]}}]];', "Ann Quay"),
        ('<!-- {"@type": "Article", "author": "Ann Quay"} -->', "Ann Quay"),
    ],
)
def test_authors_in_json_ld(head: str, author: str) -> None:
    tree = parse.document(f"<html><head><script type='application/ld+json'>{head}</script></head></html>")
    assert _head.read(tree).author == author


@pytest.mark.parametrize(
    ("beside", "author"),
    [
        ("<div class='c-byline'>Words: <a href='/x'>Ann Quay</a></div>", "Ann Quay"),
        ("<a href='/author/ann/'>Ann Quay</a>", "Ann Quay"),
        ("<div class='related'><span class='author'>Bo Other</span></div>", ""),
        ("<footer><a href='/users/bo'>Bo Other</a></footer>", ""),
    ],
)
def test_an_author_that_is_marked_beside_the_text(beside: str, author: str) -> None:
    assert read(f"<div>{beside}</div><main>{HEADING}<div>{TEXT}</div></main>").author == author


@pytest.mark.parametrize(
    ("beside", "url", "day"),
    [
        ("<time datetime='2011-05-16'>last May</time>", BASE, date(2011, 5, 16)),
        ("<p class='pub-date'>16 May 2011</p>", BASE, date(2011, 5, 16)),
        ("", "https://quay.example/2011/05/16/harbour", date(2011, 5, 16)),
        ("<div class='recent'><time datetime='2012-01-02'>2 Jan</time></div>", BASE, None),
    ],
)
def test_a_day_that_is_marked_beside_the_text(beside: str, url: str, day: date | None) -> None:
    assert read(f"<div>{beside}</div><main>{HEADING}<div>{TEXT}</div></main>", url=url).published == day


def test_a_byline_between_the_title_and_the_article() -> None:
    line = "<div><a href='https://x.example/ann'>Ann Quay</a> <span>on May 16, 2011</span></div>"
    item = read(f"<div>{HEADING}{line}</div><article>{TEXT}</article>")
    assert (item.author, item.published) == ("Ann Quay", date(2011, 5, 16))


def test_a_day_below_the_words_that_introduce_a_post() -> None:
    item = read(f"<main>{HEADING}<p>A short account of the boats.</p><p>16 May 2011</p>{TEXT}</main>")
    assert item.published == date(2011, 5, 16)
    assert "2011" not in item.html


# -- what the page is written in --


def test_bytes_that_are_utf_8_beyond_chance_are_read_so() -> None:
    page = Page(BASE, "<meta charset=gb2312><p>今天的天气很好，我们去海边散步。</p>".encode())
    assert parse.words(parse.tree(page)) == "今天的天气很好，我们去海边散步。"


def test_links_start_where_the_page_says() -> None:
    page = Page(
        BASE, b"<head><base href='/blog/'></head><a href='p2'>Older posts</a><a href='#x'>Up</a><img src=a.png>"
    )
    assert _pager.older(parse.tree(page), BASE) == ("https://quay.example/blog/p2",)
    assert [e.get("src") or e.get("href") for e in parse.tree(page).find("body")][1:] == [
        "#x",
        "https://quay.example/blog/a.png",
    ]


def test_the_next_page_goes_before_the_previous_one() -> None:
    links = "<a title='Previous page' href='?p=1'><img src=p></a><a title='Next page' href='?p=3'><img src=n></a>"
    assert _pager.older(parse.document(links), f"{BASE}?p=2")[0] == f"{BASE}?p=3"


# -- the picture above --


@pytest.mark.parametrize(
    ("above", "cover"),
    [
        ("<figure class='gh-article-image'><img src='/img/quay.jpg'></figure>", "https://quay.example/img/quay.jpg"),
        (
            "<div class='post-thumbnail'><a href='/x'><img data-src='quay.jpg' src='data:,'></a></div>",
            f"{BASE[:-12]}quay.jpg",
        ),
        ("<div class='author'><img src='/ann.jpg'></div>", ""),
    ],
)
def test_the_picture_above_a_post(above: str, cover: str) -> None:
    item = read(f"<article><header>{HEADING}{above}</header><section class='post-content'>{TEXT}</section></article>")
    assert (item.cover, text(item)) == (cover, parse.words(parse.fragment(TEXT)))


def test_a_marked_name_that_says_more_than_json_ld() -> None:
    head = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Ann"}}</script>'
    body = f"<article>{HEADING}<p class='author'>Ann Quay</p><div class='entry-content'>{TEXT}</div></article>"
    assert read(body, f"<title>The harbour in May</title>{head}").author == "Ann Quay"


# -- what stands aside --


@pytest.mark.parametrize(
    ("aside", "kept"),
    [
        ("<aside><p>Mind the wet stones of the quay.</p></aside>", True),
        ("<aside class='admonition tip'>Mind the wet stones.</aside>", True),
        ("<aside class='related'><p>Mind the other quays too.</p></aside>", False),
        ("<aside><a href='/b'>The other quays</a></aside>", False),
    ],
)
def test_an_aside_in_the_flow_of_a_text_belongs_to_it(aside: str, kept: bool) -> None:
    item = read(f"<article>{HEADING}{TEXT}{aside}{TEXT}</article>")
    assert (parse.words(parse.fragment(aside)) in text(item)) is kept


@pytest.mark.parametrize("tag", ['<a name="top">', '<a href="#">', '<a href="javascript:void(0)">'])
def test_an_anchor_left_open_around_the_text_hides_none_of_it(tag: str) -> None:
    item = read(f"{tag}{TEXT}", "<title>Quay Notes</title>")
    assert text(item).count("herring") == 4


@pytest.mark.parametrize(
    ("beside", "below", "count"),
    [
        ('<a href="/2011/harbour.html#isso-thread">3 Comments</a>', "", 3),
        ("", '<section id="isso-thread"><h4 class="isso-thread-heading">4 Comments</h4></section>', 4),
        ('<a href="/2011/harbour.html#disqus_thread">5 Comments</a>', "", 5),
        ('<span class="disqus-comment-count">6</span>', "", 6),
        ('<a href="/2011/harbour.html#disqus_thread">Comments</a>', '<div id="disqus_thread"></div>', None),
    ],
)
def test_counts_of_comments_that_other_services_keep(beside: str, below: str, count: int | None) -> None:
    head = f'<h1>The harbour</h1><div class="meta">By Ann | May 16, 2011 | {beside}</div>'
    item = read(f'<article>{head}<div class="entry-content">{TEXT}</div></article>{below}')
    assert (item.count, item.author) == (count, "Ann")
