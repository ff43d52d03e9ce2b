"""What stands around posts and says too little or too much: day headers, names that are none, cut titles, traps."""

from datetime import date

import pytest
from conftest import Serve

from blogark import Page, parse, posts
from blogark.platforms import _byline, _comments, _page, _pager
from blogark.platforms._page import Item

BODY = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun, all day long.</p>"
BASE = "https://quay.example/"


def page_of(html: str, url: str = BASE) -> Page:
    return Page(url, f"<html><head><title>Quay</title></head><body>{html}</body></html>".encode())


def items_of(html: str) -> tuple[Item, ...]:
    return _page.settle(_page.listing(page_of(html)).items)[0]


def entry(name: str, line: str = "") -> str:
    return f"<div><h2><a href='/{name}'>Title {name}</a></h2>{line and f'<p>{line}</p>'}{BODY}</div>"


@pytest.mark.parametrize(
    "header", ["<div>Sunday, November 22, 2026</div>", "<h2 class='date'>May 3, 2011</h2><p>x</p>"]
)
def test_a_date_far_above_is_no_posts_date(header: str) -> None:
    found = items_of(f"{header}<h1><a href='/'>Quay</a></h1>{entry('a')}{entry('b')}")
    assert [item.published for item in found] == [None, None]


def test_day_headers_in_the_flow_date_the_posts_below_them() -> None:
    days = "".join(f"<h3>May {day}, 2011</h3>{entry(f'a{day}')}{entry(f'b{day}')}" for day in (9, 4))
    found = items_of(f"<div>November 22, 2026</div><h1>Quay</h1><div>{days}</div>")
    assert [item.published for item in found] == [date(2011, 5, day) for day in (9, 9, 4, 4)]


@pytest.mark.parametrize(
    ("line", "author", "count"),
    [
        ("by john1985 | 2011-05-16 | 3 comments", "john1985", 3),
        ("Posted by Yahoo! on May 16, 2011 | 3 comments", "Yahoo!", 3),
        ("May 16, 2011 · 1,234 views · 3 comments", "", 3),
        ("2011.05.16 22:10 | 조회 123 | 추천 4 | 댓글 3", "", 3),
        ("May 16, 2011 | 5 likes | 3 comments", "", 3),
        ("May 16, 2011 in Recipes", "", None),
        ("May 16, 2011 | <a href='/category/food/'>Food</a> | 3 comments", "", 3),
        ("發表於 2011 年 5 月 16 日 由 阿明 — 3 則留言", "阿明", 3),
    ],
)
def test_a_doubtful_word_costs_neither_date_nor_count(line: str, author: str, count: int | None) -> None:
    found = items_of(entry("a", line) + entry("b", line))
    assert [(item.author, item.published, item.count) for item in found] == [(author, date(2011, 5, 16), count)] * 2
    assert [item.html for item in found] == [BODY] * 2


def test_a_name_ends_before_how_long_ago() -> None:
    assert _byline.read("by Ann, 3 days ago").author == "Ann"


def test_what_every_body_begins_with_is_no_name() -> None:
    assert not any(item.author for item in items_of(entry("a", "The concert is on") + entry("b", "The concert is on")))


def test_a_title_that_the_listing_cuts_is_found_on_the_page() -> None:
    html = f"<h1>Quay</h1><div><h2>A long title of a post</h2>{BODY * 4}</div>"
    item = _page.post(page_of(html, f"{BASE}a"), Item(url=f"{BASE}a", title="A long tit…", html="<p>The quick…</p>"))
    assert (item.title, item.html.count("<p>")) == ("A long title of a post", 4)


def test_an_overlay_link_names_a_posts_address() -> None:
    box = "<article><h2>Title {0}</h2><p>Some more words of it…</p><a aria-label='read' href='/{0}'></a></article>"
    assert [item.url for item in items_of(box.format("a") + box.format("b"))] == [f"{BASE}a", f"{BASE}b"]


def test_a_row_of_two_pages() -> None:
    tree = parse.tree(page_of("<b>1</b> <a href='/list?pageNo=2'>2</a>"))
    assert _pager.older(tree, BASE) == (f"{BASE}list?pageNo=2",)


@pytest.mark.parametrize(
    "html",
    [
        "<ol><li id='comment-1'><cite><a href='http://x.example'>Al</a></cite> Says:<small class='commentmetadata'>"
        "May 15th, 2009</small><p>Nice.</p></li></ol>",
        "<ol><li id='comment1'><div class='rp_general'><span class='name'>Al</span> <span class='date'>2009.05.15"
        "</span><p>Nice.</p></div></li></ol>",
    ],
)
def test_a_comment_whose_words_have_no_name(html: str) -> None:
    (comment,) = _comments.read(parse.tree(page_of(html)), BASE)
    assert (comment.author, comment.html, comment.published) == ("Al", "<p>Nice.</p>", date(2009, 5, 15))


def test_who_is_named_in_a_body_is_not_its_author(serve: Serve) -> None:
    infobox = '<table class="vcard"><tr><th class="fn org">Yoshioka</th><td><time>1999-01-02</time></td></tr></table>'
    body = f'<div class="entry-content">{infobox}<p>A town in the north, with a castle that is gone.</p></div>'
    footer = "<footer>Posted on 8/31/2016 by <span>ann</span> | No comments</footer>"
    page = f'<article class="hentry"><h2><a href="/a.html">Town</a></h2>{body}{footer}</article>'
    site = serve({"/": f"<html><body>{page}</body></html>", "/a.html": f"<html><body>{page}</body></html>"})
    (post,) = posts(site.url)
    assert (post.author, str(post.published)) == ("ann", "2016-08-31")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Posted by April on June 3, 2012 | 3 comments", "April"),
        ("by J.R. on June 3, 2012", "J.R."),
        ("June 3, 2012 | <a href='/recipes/'>Recipes</a> | 3 Comments", ""),
        ("June 3, 2012 | <a href='/author/ann/'>Ann</a> | 3 Comments", "Ann"),
    ],
)
def test_names_that_are_months_initials_or_folders(line: str, author: str) -> None:
    found = items_of(entry("a", line) + entry("b", line))
    assert [(item.author, item.published) for item in found] == [(author, date(2012, 6, 3))] * 2


def test_excerpts_without_a_mark_of_the_cut_are_cut() -> None:
    pieces = ("the old boat went out to", "a new net was hung up and", "all the herring were sold in")
    html = "".join(
        f"<div><h2><a href='/{n}'>Title {n}</a></h2><p>{piece * 6}</p></div>" for n, piece in enumerate(pieces)
    )
    assert [item.cut for item in items_of(html)] == [True] * 3
    assert not any(item.cut for item in items_of(html.replace("</p>", ".</p>")))


@pytest.mark.parametrize("link", ["∞", "#", "May 16, 2011", "Permalink"])
def test_a_link_blogs_own_address_is_not_its_titles(link: str) -> None:
    box = (
        "<article class='hentry'><h2><a href='https://else.example/{0}'>Title {0}</a></h2>{1}"
        "<p>See also <a href='/old'>this</a>. <a href='/{0}'>{2}</a></p></article>"
    )
    found = items_of(box.format("a", BODY, link) + box.format("b", BODY, link))
    assert [item.url for item in found] == [f"{BASE}a", f"{BASE}b"]


def test_labels_behind_a_bare_word() -> None:
    tags = "<p>TAG <a href='/tag/sea'>sea</a>, <a href='/tag/net'>net</a></p>"
    (item, _) = items_of(entry("a").replace("</div>", f"{tags}</div>") + entry("b"))
    assert (item.tags, item.html) == (("sea", "net"), BODY)


def test_an_offer_to_comment_is_no_part_of_a_post() -> None:
    offer = "<p><a href='/comment/reply/12#comment-form'>Add new comment</a></p>"
    assert [item.html for item in items_of(entry("a").replace("</div>", f"{offer}</div>") + entry("b"))] == [BODY] * 2


def test_a_home_page_of_cards_in_a_widget_area_still_lists_its_posts() -> None:
    card = "<article class='card'><h3><a href='/{0}'>Title {0}</a></h3><p>Some of its words.</p></article>"
    html = f"<section class='widget-area home-widgets'>{card.format('a')}{card.format('b')}</section>"
    assert [item.url for item in items_of(html)] == [f"{BASE}a", f"{BASE}b"]
