"""Nouns and errors: frozen, picklable, and what they derive; platforms found by being there."""

import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta, timezone
from inspect import signature
from types import ModuleType

import pytest

import blogark
from blogark import choose
from blogark.errors import ArchiveError
from blogark.events import Failed, Wrote
from blogark.model import Claim, Comment, Entry, Media, Options, Page, Post, plain, revive

KST = timezone(timedelta(hours=9))
POST = Post(
    "1",
    "https://a.example/x",
    title="Title",
    html="<p>One <b>two</b></p><script>x</script><p>three</p>",
    published=datetime(2011, 5, 16, 23, 5, tzinfo=KST),
    updated=date(2012, 1, 1),
    tags=("a", "b"),
    comments=(Comment("c", "Ann", "Hi", date(2011, 5, 17), parent=""),),
    extra={"mood": "fine"},
)
MEDIA = Media("u", "v", "media/a.png", "00", 3, "image/png", datetime(2012, 1, 1, tzinfo=KST))


def test_a_post_derives_day_text_and_dict() -> None:
    assert POST.day == date(2011, 5, 16)
    assert POST.text == "One two three"
    flat = POST.to_dict()
    assert flat["published"] == "2011-05-16T23:05:00+09:00" and flat["updated"] == "2012-01-01"
    assert flat["comments"][0]["published"] == "2011-05-17" and flat["markdown"] == ""


@pytest.mark.parametrize("noun", [POST, MEDIA])
def test_nouns_come_back_from_json_and_pickle(noun: Post | Media) -> None:
    assert revive(type(noun), plain(noun)) == noun
    assert pickle.loads(pickle.dumps(noun)) == noun


def test_nouns_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        POST.title = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Options().limit = 3  # type: ignore[misc]


def test_a_page_knows_where_it_was_found_and_what_it_is() -> None:
    page = Page("http://a.example/", headers={"content-type": "Text/HTML; charset=x"})
    assert page.at == page.url and page.kind == "text/html"
    assert Page("http://a.example/", at="http://b.example/").at == "http://b.example/"
    assert pickle.loads(pickle.dumps(page)).headers == page.headers


@pytest.mark.parametrize(
    "error",
    [
        blogark.FetchError("u", "why", 500),
        blogark.Missing("u", "gone", 410),
        blogark.ReadError("u", "why"),
        blogark.Incomplete(("a", "b"), 3),
        blogark.StoreError("full"),
    ],
)
def test_errors_are_one_tree_and_picklable(error: ArchiveError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(error, ArchiveError) and str(again) == str(error) and vars(again) == vars(error)


def test_events_say_themselves() -> None:
    assert Wrote("1", "posts/a.md", "00").to_dict() == {
        "event": "wrote",
        "post": "1",
        "path": "posts/a.md",
        "sha256": "00",
    }
    assert str(Failed("http://a.example/", "not found")) == "failed http://a.example/: not found"


def test_every_platform_keeps_its_promise() -> None:
    for name, module in choose.all_platforms().items():
        for promise in ("claims", "entries", "post"):
            wanted = list(signature(getattr(choose.Platform, promise)).parameters)[1:]
            assert list(signature(getattr(module, promise)).parameters) == wanted, f"{name}.{promise}"


def platform(name: str, claim: Claim) -> ModuleType:
    module = ModuleType(name)

    def entries(page: Page, web: object) -> Iterator[Entry]:
        return iter(())

    vars(module).update(claims=lambda page: claim, entries=entries, post=lambda entry, web: POST)
    return module


def test_the_surest_platform_reads_and_a_tie_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"a": platform("a", Claim.GENERIC), "b": platform("b", Claim.OURS), "c": platform("c", Claim.NO)}
    monkeypatch.setattr(choose, "all_platforms", lambda: known)
    page = Page("http://a.example/")
    assert choose.platform(page)[0] == "b" and choose.platform(page, "c")[0] == "c"
    known["d"] = platform("d", Claim.OURS)
    with pytest.raises(blogark.SourceError, match="b and d both claim this; choose with --platform"):
        choose.platform(page)
    with pytest.raises(blogark.SourceError, match="no platform is called 'x'"):
        choose.platform(page, "x")


def test_a_page_that_nothing_reads_is_said() -> None:
    with pytest.raises(blogark.SourceError, match="nothing reads this"):
        choose.platform(Page("http://a.example/a.png", b"\x89PNG", {"content-type": "image/png"}))


def test_layouts_are_found_by_name() -> None:
    assert choose.layout("plain").path(POST) == "posts/2011/2011-05-16-title.md"
    with pytest.raises(blogark.SourceError, match="no layout is called 'nikola'"):
        choose.layout("nikola")
