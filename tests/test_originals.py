"""The rules of originals.json: each row proves itself by its own examples."""

from typing import Any

import pytest

from blogark import originals


def examples(kind: str) -> list[Any]:
    rows = originals.table()[kind]
    return [pytest.param(*test, id=f"{row['name']}: {test[0][:40]}") for row in rows for test in row["tests"]]


@pytest.mark.parametrize("row", [row for kind in ("originals", "elsewhere", "referers", "services")
                                 for row in originals.table()[kind]], ids=lambda row: row["name"])  # fmt: skip
def test_every_row_has_an_example(row: dict[str, list[str]]) -> None:
    assert row["tests"]


@pytest.mark.parametrize(("url", "best"), examples("originals"))
def test_the_original_is_tried_first_and_what_is_written_still(url: str, best: str) -> None:
    tried = originals.candidates(url)
    assert tried[0] == best and url in tried and len(tried) == len(set(tried)) <= 10
    assert originals.same(url, best)


@pytest.mark.parametrize(("url", "other"), examples("elsewhere"))
def test_another_home_is_tried_last(url: str, other: str) -> None:
    tried = originals.candidates(url)
    assert tried.index(other) > tried.index(url)


@pytest.mark.parametrize(("url", "referer"), examples("referers"))
def test_some_hosts_mind_where_a_reader_comes_from(url: str, referer: str) -> None:
    assert originals.referer(url, "https://some.blog/post") == referer


@pytest.mark.parametrize(("url", "place"), examples("services"))
def test_a_dead_service_is_looked_up_by_its_pages_and_its_file_servers(url: str, place: str) -> None:
    found = originals.lookups(url)
    assert found is not None and place in found.pages + found.prefixes


@pytest.mark.parametrize(
    "url",
    ["https://a.example/photos/sea.jpg", "https://a.example/s320/sea.jpg", "https://a.example/img/sea-300x200.jpg",
     "https://i.imgur.com/AbCdEf.jpg", "http://a.example/?url=http%3A%2F%2Fb.example", "http://[::1", "", "%"],
)  # fmt: skip
def test_no_rule_touches_what_it_does_not_know(url: str) -> None:
    assert originals.candidates(url) == (url,)
    assert originals.referer(url, "https://some.blog/post") == "https://some.blog/post"
    assert originals.lookups(url) is None


def test_what_a_page_declares_comes_in_its_order() -> None:
    tried = originals.candidates("https://a.example/big.jpg", "https://a.example/wp-content/uploads/sea-300x200.jpg")
    assert tried == (
        "https://a.example/big.jpg",
        "https://a.example/wp-content/uploads/sea.jpg",
        "https://a.example/wp-content/uploads/sea-300x200.jpg",
    )


@pytest.mark.parametrize(
    ("url", "dead"),
    [("http://twitpic.com/abc", True), ("http://www.twitpic.com/abc", True), ("http://nottwitpic.com/abc", False),
     ("http://ann.posterous.com/sea", True), ("http://pds1.egloos.com/a.jpg", True),
     ("http://oi41.tinypic.com/a.jpg", True), ("http://tinypic.com/a.jpg", True), ("http://pic.gd/a", True),
     ("http://api.plixi.com/a", True), ("http://img12.yfrog.com/a.jpg", True), ("http://thumbnail.egloos.net/a", True),
     ("http://getfile4.posterous.com/a.jpg", True), ("http://picasaweb.google.com/a", True),
     ("http://me2day.net/a", True),
     ("http://blog.daum.net/a", True), ("http://cfile1.uf.daum.net/image/1", False),
     ("http://i1.photobucket.com/a", False),
     ("http://img12.imageshack.us/a.jpg", False), ("http://lh3.ggpht.com/a", False), ("http://moby.to/a", True),
     ("http://img.ly/a", True), ("http://p.twpl.jp/a", True), ("http://twitgoo.com/a", True),
     ("http://mypict.me/a", True),
     ("http://lockerz.com/s/1", True), ("http://dn3pm25xmtlyu.cloudfront.net/photos/large/1.jpg", True),
     ("http://a.example/twitpic.com", False)],
)  # fmt: skip
def test_some_hosts_are_known_to_be_dead(url: str, dead: bool) -> None:
    assert originals.is_dead(url) is dead


@pytest.mark.parametrize("sha256", originals.table()["placeholders"])
def test_the_sign_for_a_missing_picture_is_known_by_its_bytes(sha256: str) -> None:
    assert len(sha256) == 64 and originals.placeholder(sha256, "http://a.example/a.png", "http://a.example/a.png")


@pytest.mark.parametrize(
    "at",
    ["https://i.imgur.com/removed.png", "https://s.yimg.com/pw/images/en-us/photo_unavailable.png",
     "https://combo.staticflickr.com/pw/images/en-us/photo_unavailable_l.png", "http://pic.photobucket.com/bwe.png",
     "http://tinypic.com/images/404.gif", "http://a.example/img/image-not-found.jpg", "http://a.example/no_image.gif",
     "http://a.example/theme/noimage_small.png", "http://a.example/hotlinking.gif", "http://a.example/imgnotfound.png",
     "http://a.example/ads/error-404.png"],
)  # fmt: skip
def test_the_sign_for_a_missing_picture_is_known_by_where_one_is_sent(at: str) -> None:
    assert originals.placeholder("0" * 64, "http://a.example/2011/sea.jpg", at)


@pytest.mark.parametrize(
    ("asked", "at"),
    [("http://a.example/noimage.png", "http://a.example/noimage.png"),
     ("http://a.example/404-error.png", "https://www.a.example/404-error.png"),
     ("http://a.example/img?id=3", "http://cdn.a.example/store/ab12.jpg"),
     ("http://a.example/1", "http://cdn.a.example/the-missing-link.jpg"),
     ("http://a.example/1", "http://cdn.a.example/terror.jpg"),
     ("http://a.example/1", "http://cdn.a.example/i-found-it.jpg")],
)  # fmt: skip
def test_a_picture_of_that_name_is_a_picture(asked: str, at: str) -> None:
    assert not originals.placeholder("0" * 64, asked, at)


def test_faces_and_buttons_are_no_pictures_of_a_post() -> None:
    assert originals.is_ignored("https://secure.gravatar.com/avatar/0?s=32")
    assert not originals.is_ignored("https://a.example/gravatar.com/avatar.png")
