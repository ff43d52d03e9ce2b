"""Comments as themes of WordPress print them: who, when, what, and what they answer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest

from blogark import parse
from blogark.model import Comment
from blogark.platforms import _comments

AT = "https://b.example/p/"
MOMENT = datetime(2011, 5, 17, 9, 4, tzinfo=timezone(timedelta(hours=9)))
TIME = '<time datetime="2011-05-17T09:04:00+09:00">May 17</time>'
LINK = '<a href="https://b.example/p/#comment-{0}">{1}</a>'


def before_html5(number: int, who: str, said: str, answers: str = "", kind: str = "comment") -> str:
    """The walker of 2010: one element around who, when, what and the way to answer."""
    return (
        f'<li class="{kind} even depth-1" id="comment-{number}"><div id="div-comment-{number}" class="comment-body">'
        f'<div class="comment-author vcard"><img src="/a.png" class="avatar"><cite class="fn">{who}</cite> '
        f'<span class="says">says:</span></div><div class="comment-meta commentmetadata">'
        f"{LINK.format(number, 'May 17, 2011 at 9:04 am')}</div>{said}"
        f'<div class="reply"><p><a class="comment-reply-link" href="#">Reply</a></p></div></div>'
        f"<ul class='children'>{answers}</ul></li>"
    )


def html5(number: int, who: str, said: str, answers: str = "") -> str:
    return (
        f'<li id="comment-{number}" class="comment depth-1"><article id="div-comment-{number}" class="comment-body">'
        f'<footer class="comment-meta"><div class="comment-author vcard"><b class="fn"><a href="/a">{who}</a></b> '
        f'<span class="says">says:</span></div><div class="comment-metadata">{LINK.format(number, TIME)}</div></footer>'
        f'<div class="comment-content">{said}</div><div class="reply"><a href="#">Reply</a></div></article>'
        f'<ol class="children">{answers}</ol></li>'
    )


def blocks(number: int, who: str, said: str, answers: str = "") -> str:
    return (
        f'<li id="comment-{number}" class="comment"><div class="wp-block-group"><div class="wp-block-comment-date">'
        f'{LINK.format(number, TIME)}</div><div class="wp-block-comment-author-name">{who}</div>'
        f'<div class="wp-block-comment-content">{said}</div><div class="wp-block-comment-reply-link"><a>Reply</a></div>'
        f"</div><ol>{answers}</ol></li>"
    )


def kubrick(number: int, who: str, said: str, answers: str = "") -> str:
    """The theme of 2005: no names at all."""
    return (
        f'<li class="alt" id="comment-{number}"><cite><a href="/a">{who}</a></cite> 님의 말:<br>'
        f'<small class="commentmetadata"><a href="#comment-{number}">2011년 5월 17일, 9:04 오전</a></small>{said}'
        f"<ul>{answers}</ul></li>"
    )


def read(comments: str) -> tuple[Comment, ...]:
    page = f'<html><body><div id="comments"><ol class="comment-list">{comments}</ol></div></body></html>'
    return _comments.read(parse.document(page), AT)


@pytest.mark.parametrize(
    ("made", "when"),
    [(before_html5, date(2011, 5, 17)), (html5, MOMENT), (blocks, MOMENT), (kubrick, date(2011, 5, 17))],
)
def test_a_thread_is_read_whole(made: Callable[..., str], when: date) -> None:
    found = read(made(5, "김철수", "<p>One.</p><ul><li>two</li></ul>", made(6, "Bo", "<p>An answer.</p>")))
    assert [(c.id, c.author, c.published, c.parent) for c in found] == [
        ("5", "김철수", when, ""),
        ("6", "Bo", when, "5"),
    ]
    assert [c.html for c in found] == ["<p>One.</p><ul><li>two</li></ul>", "<p>An answer.</p>"]
    assert [c.url for c in found] == [f"{AT}#comment-5", f"{AT}#comment-6"]


def test_mentions_by_other_blogs_are_no_comments() -> None:
    said = before_html5(5, "Ann", "<p>One.</p>") + before_html5(6, "Elsewhere", "<p>[…]</p>", kind="pingback")
    page = f'<html><body><ol class="commentlist">{said}</ol></body></html>'
    assert [c.id for c in _comments.read(parse.document(page), AT)] == ["5"]
    assert _comments.pings(parse.document(page)) == 1


@pytest.mark.parametrize("name", ["wp-block-comments", "entry-comments", "comments-area"])
def test_a_heading_states_how_many_there_are(name: str) -> None:
    page = f'<html><body><div class="{name}"><h2>3 responses to “A title”</h2></div></body></html>'
    assert _comments.stated(parse.document(page)) == 3
