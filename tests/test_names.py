"""Slugs, file names and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blogark import names, urls


@pytest.mark.parametrize(
    "slug",
    ["hello-world", "kt-100", "트윗픽", "my_post", "page-turner", "postgres-10", "about", "noteworthy", "c"[:1] + "at"],
)
def test_a_slug_of_words_tells_something(slug: str) -> None:
    assert names.telling(slug)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "blog-post",
        "blog-post_12",
        "123456",
        "post-77",
        "2_4",
        "1218",
        "p",
        "index",
        "-",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "a1b2c3d4e5f6a7b8",
    ],
)
def test_a_made_up_slug_does_not(slug: str) -> None:
    assert not names.telling(slug)


@pytest.mark.parametrize(
    ("own", "title", "slug"),
    [
        ("kt-customer", "발로 뛰겠다", "kt-customer"),
        (
            "blog-post_12",
            "발로 뛰겠다는 어느 통신사의 화려한(?) 고객서비스",
            "발로-뛰겠다는-어느-통신사의-화려한-고객서비스",
        ),
        ("blog-post_12", "", "blog-post-12"),
        ("", "😀", "post"),
        ("..%2f..", "../../etc/passwd", "etc-passwd"),
        ("", "con", "con-"),
        ("", "Ünï cödé – 한글 & 日本語", "ünï-cödé-한글-日本語"),
    ],
)
def test_slugs(own: str, title: str, slug: str) -> None:
    assert names.slug(own, title) == slug


def test_own_slug_of_a_permalink() -> None:
    assert names.own_slug("https://a.example/2011/05/%ED%8A%B8%EC%9C%97%ED%94%BD.html?x=1#c") == "트윗픽"
    assert names.own_slug("https://a.example/2011/05/post/") == "post"
    assert names.own_slug("https://a.example/") == ""


@given(st.text(max_size=200), st.text("abc.-2", max_size=20))
def test_names_fit(stem: str, tail: str) -> None:
    stem = stem.encode("utf-8", "ignore").decode()
    made = names.fit(stem, tail)
    assert len(made.encode()) <= names.LONGEST and made.endswith(tail)


@given(st.text(max_size=80), st.text(max_size=80))
def test_slugs_are_safe_anywhere(own: str, title: str) -> None:
    made = names.slug(own, title)
    assert made and not set(made) & set('/\\:*?"<>|.\x00\n ') and not made.startswith("-")


def test_pictures_keep_the_name_they_came_with() -> None:
    sha = "1a2b3c4d" + "0" * 56
    assert names.media("http://x.example/a/TwitPic%20Photo.JPG?w=1", sha, ".jpg") == "twitpic-photo-1a2b3c4d.jpg"
    assert names.media("http://x.example/..%2F..%2Fetc%2Fpasswd", sha, ".png") == "etc-passwd-1a2b3c4d.png"
    assert names.media("http://x.example/%C7%D1%B1%DB.jpg", sha, ".jpg") == "한글-1a2b3c4d.jpg", "in EUC-KR"
    assert names.media("http://x.example/%ED%95%9C%EA%B8%80.jpg", sha, ".jpg") == "한글-1a2b3c4d.jpg"
    assert names.media("http://x.example/", sha, ".gif") == "picture-1a2b3c4d.gif"
    assert len(names.media("http://x.example/" + "가" * 200 + ".png", sha, ".png").encode()) <= 80


SAME = [
    ("http://a.example/x", "https://www.a.example/x/"),
    ("http://a.example/x?m=1", "http://a.example/x"),
    ("http://a.example/x.html?showComment=1300000000000#c12", "http://a.example/x.html"),
    ("http://a.blogspot.de/2011/05/x.html", "https://a.blogspot.com/2011/05/x.html"),
    ("http://a.blogspot.co.kr/", "http://a.blogspot.com"),
    ("http://a.example/x?utm_source=feed&utm_medium=rss", "http://a.example/x"),
    ("http://a.example/%ED%95%9C", "http://a.example/한"),
    ("http://a.example:80/x", "http://a.example/x"),
    ("http://a.example/index.html", "http://a.example/"),
    ("http://a.example/?a=1&b=2", "http://a.example/?b=2&a=1"),
]
OTHER = [
    ("http://a.example/x", "http://a.example/y"),
    ("http://a.example/?p=1", "http://a.example/?p=2"),
    ("http://a.example/?m=201105", "http://a.example/"),
    ("http://a.example:8080/x", "http://a.example/x"),
    ("http://b.blogspot.com/", "http://a.blogspot.com/"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_two_addresses_of_one_page(one: str, two: str) -> None:
    assert urls.key(one) == urls.key(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_addresses_of_two_pages(one: str, two: str) -> None:
    assert urls.key(one) != urls.key(two)


@given(st.text(max_size=60))
def test_no_address_is_too_odd(text: str) -> None:
    for url in (text, f"http://{text}", f"http://a.example/{text}"):
        assert isinstance(urls.key(url), str) and isinstance(urls.clean(url), str)
        assert isinstance(urls.join("http://a.example/b", url), str) and isinstance(urls.domain(url), str)


def test_registered_domains() -> None:
    assert urls.domain("http://a.b.blogspot.com/") == "blogspot.com"
    assert urls.domain("http://x.example.co.kr/") == "example.co.kr"
    assert urls.domain("http://127.0.0.1:80/") == "127.0.0.1"


def test_queries_are_set_in_order() -> None:
    assert (
        urls.query("http://a.example/f?alt=rss&x=1", alt="json", max_results=150)
        == "http://a.example/f?x=1&alt=json&max-results=150"
    )
