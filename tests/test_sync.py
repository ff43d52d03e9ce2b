"""Running again: what is new comes, what a person edited stays, what is gone is marked, a blog that changed is held."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import wordpressed
from click.testing import CliRunner
from conftest import Serve
from homemade import Told, blog, comment
from killed import dies
from loopback import Answer, Request, Servable, Site

from blogark import Held, Options, Report, archive
from blogark.cli import main
from blogark.events import Event, Gone, Kept, Wrote
from blogark.journal import Journal
from blogark.names import default_name
from blogark.rewrite import rewrite

WORDS = "alder birch cedar dogwood elm fir ginkgo hazel ivy juniper larch maple oak pine rowan spruce".split()


def told(number: int) -> Told:
    """A post of some words that no other post has."""
    said = " ".join(f"{word} {chr(97 + number % 26)}{number // 26}{word}" for word in WORDS)
    return Told(f"/2011/{number:03}.html", f"Title {number}", day(number), body=f"<p>{said}.</p>")


def day(number: int) -> str:
    return f"20{10 + number // 300}-{1 + number // 25 % 12:02}-{1 + number % 25:02}"


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with the time it was written and its bytes; the lock says nothing."""
    found = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def files(folder: Path) -> dict[str, bytes]:
    return {name: data for name, (_, data) in everything(folder).items() if not name.startswith(".blogark")}


def listings(posts: list[Told], size: int = 10) -> dict[str, Servable]:
    """A blog, newest first, so many posts a page."""
    pages: dict[str, Servable] = {post.path: post.page() for post in posts}
    for start in range(0, max(1, len(posts)), size):
        older = f"<a rel='next' href='/page/{start // size + 2}'>Older posts</a>" if start + size < len(posts) else ""
        shown = "".join(post.listed() for post in posts[start : start + size])
        name = f"/page/{start // size + 1}" if start else "/"
        pages[name] = (
            f"<html><head><title>A blog</title></head><body><h1><a href='/'>A blog</a></h1>{shown}{older}</body>"
        )
    return pages


def newest_first(*numbers: int) -> list[Told]:
    return [told(number) for number in sorted(numbers, reverse=True)]


# what a person edited

MARK = "<!-- comments -->"
ONE = Told("/a.html", "Title", body="<p>Words as they were.</p>", count=1, comments=comment(1, "Ann", "First."))
TWO = Told(
    "/a.html",
    "Title",
    body="<p>Words as they are now.</p>",
    count=2,
    comments=comment(1, "Ann", "First.") + comment(2, "Bo", "Second."),
)
FILE = "posts/2011/2011-05-16-title.md"


def edited(serve: Serve, folder: Path, old: str, new: str) -> tuple[str, list[Event]]:
    """The file after the post changed, body and comments, when a person had edited it first; what was told."""
    site = serve(blog(ONE))
    archive(site.url, folder)
    path, events = folder / FILE, list[Event]()
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    site.pages |= blog(TWO)
    archive(site.url, folder, listen=events.append)
    return path.read_text("utf-8"), events


def test_an_edited_body_stays_and_new_comments_come_below(serve: Serve, tmp_path: Path) -> None:
    text, events = edited(serve, tmp_path, "Words as they were.", "My own words.")
    assert "My own words." in text and "as they are now" not in text
    assert text.count(MARK) == 1 and text.index("My own words.") < text.index(MARK) < text.index("Second.")
    assert [event.path for event in events if isinstance(event, Kept)] == [FILE]
    assert [event.path for event in events if isinstance(event, Wrote)] == [FILE]


def test_edited_comments_stay_and_the_body_is_brought_up_to_date(serve: Serve, tmp_path: Path) -> None:
    text, events = edited(serve, tmp_path, "First.", "First, as I put it.")
    assert "Words as they are now." in text and "comment_count: 2" in text
    assert "First, as I put it." in text and "Second." not in text
    assert len([event for event in events if isinstance(event, Kept)]) == 1


def test_an_edit_stays_over_any_number_of_runs(serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(ONE))
    archive(site.url, tmp_path)
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8").replace("Words as they were.", "My own words."), "utf-8")
    for count in (2, 3, 4):
        talk = "".join(comment(n, "Ann", f"Number {n}.") for n in range(count))
        site.pages |= blog(replace(TWO, body=f"<p>Version {count} of it.</p>", count=count, comments=talk))
        assert archive(site.url, tmp_path).kept == 1
        text = path.read_text("utf-8")
        assert "My own words." in text and f"Number {count - 1}." in text and "Version" not in text
    before = everything(tmp_path)
    assert archive(site.url, tmp_path).unchanged == 1
    assert rewrite(tmp_path).kept == 1
    assert everything(tmp_path) == before


def test_a_file_edited_above_and_below_is_left_alone(serve: Serve, tmp_path: Path) -> None:
    text, events = edited(serve, tmp_path, "\n\n", "\n\nmine\n\n")
    assert "mine" in text and "Second." not in text and "as they are now" not in text
    assert not [event for event in events if isinstance(event, Wrote)]


def test_first_comments_come_below_an_edited_body(serve: Serve, tmp_path: Path) -> None:
    site = serve(blog(replace(ONE, count=0, comments="")))
    archive(site.url, tmp_path)
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8").replace("Words as they were.", "My own words."), "utf-8")
    site.pages |= blog(TWO)
    archive(site.url, tmp_path)
    assert path.read_text("utf-8").partition(MARK)[0].rstrip().endswith("My own words.")
    assert "Second." in path.read_text("utf-8").partition(MARK)[2]


def test_old_journals_are_read(serve: Serve, tmp_path: Path) -> None:
    """Those that know of a file as a whole only: an edited one stays as a whole, another is brought up to date."""
    site = serve(blog(ONE, told(1)))
    archive(site.url, tmp_path)
    journal = tmp_path / ".blogark/journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    old = [{k: v for k, v in line.items() if k != "halves"} for line in lines if line["event"] != "whole"]
    assert old != lines
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in old), "utf-8")
    path = tmp_path / FILE
    path.write_text(path.read_text("utf-8").replace("Words as they were.", "My own words."), "utf-8")
    site.pages |= blog(TWO, replace(told(1), body=told(1).body + "<p>And more.</p>", count=1))
    report = archive(site.url, tmp_path)
    assert (report.written, report.kept) == (1, 1)
    assert "Second." not in path.read_text("utf-8")
    assert Journal(journal).whole == {"stated": None}


# what is gone


def test_a_post_that_is_gone_is_marked_and_stays(serve: Serve, tmp_path: Path) -> None:
    site = serve(listings(newest_first(1, 2, 3)))
    archive(site.url, tmp_path)
    before, events = files(tmp_path), list[Event]()
    del site.pages[told(2).path]
    site.pages |= listings(newest_first(1, 3))
    report = archive(site.url, tmp_path, listen=events.append)
    assert (report.gone, report.found, report.code) == (1, 2, 0)
    assert [event.url for event in events if isinstance(event, Gone)] == [site.url + told(2).path]
    after = files(tmp_path)
    index = after.pop("INDEX.md").decode()
    assert after == {name: data for name, data in before.items() if name != "INDEX.md"}
    assert "Title 2 (gone from the blog)" in index and "Title 3 (gone" not in index

    still = everything(tmp_path)
    assert archive(site.url, tmp_path).gone == 1
    assert everything(tmp_path) == still, "it is told once"

    site.pages |= listings(newest_first(1, 2, 3))
    assert archive(site.url, tmp_path).gone == 0
    assert files(tmp_path) == before


@pytest.mark.parametrize("status", [200, 403, 500])
def test_a_post_that_is_not_listed_and_not_gone_is_not_marked(
    serve: Serve, tmp_path: Path, status: int, patient: None
) -> None:
    site = serve(listings(newest_first(1, 2, 3)))
    archive(site.url, tmp_path)
    site.pages |= {**listings(newest_first(1, 3)), told(2).path: Answer(status, told(2).page())}
    assert archive(site.url, tmp_path).gone == 0


def test_what_filters_leave_out_is_not_gone(serve: Serve, tmp_path: Path) -> None:
    site = serve(listings(newest_first(1, 2, 3)))
    archive(site.url, tmp_path)
    del site.pages[told(1).path]
    site.pages |= listings(newest_first(2, 3))
    assert archive(site.url, tmp_path, Options(limit=1)).gone == 0
    assert archive(site.url, tmp_path, Options(offline=True)).gone == 0


def test_what_a_broken_listing_leaves_out_is_not_gone(serve: Serve, tmp_path: Path, patient: None) -> None:
    site = serve(listings(newest_first(*range(12)), size=5))
    archive(site.url, tmp_path)
    del site.pages[told(1).path]
    site.pages |= {"/page/3": Answer(500)}
    site.pages |= {"/": listings([told(20), *newest_first(*range(11))], size=5)["/"], told(20).path: told(20).page()}
    report = archive(site.url, tmp_path)
    assert (report.gone, report.code) == (0, 1)


def test_what_a_folder_lacks_is_not_gone(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    (saved / "2011").mkdir(parents=True)
    posts = newest_first(0, 1, 2)
    for path, page in listings(posts).items():
        (saved / path.lstrip("/") if path != "/" else saved / "index.html").write_text(
            str(page).replace("'/", "'").replace('"/', '"'), "utf-8"
        )
    assert archive(str(saved), tmp_path / "out").found == 3
    (saved / posts[1].path.lstrip("/")).unlink()
    (saved / "index.html").write_text(str(listings([posts[0], posts[2]])["/"]).replace('"/', '"'), "utf-8")
    report = archive(str(saved), tmp_path / "out")
    assert (report.found, report.gone) == (2, 0)


# what is held back

MANY = newest_first(*range(60))
NOTICE = (
    "<html><head><title>Closed</title></head><body><h2>Sorry</h2><div><p>This blog was closed.</p></div></body></html>"
)


@pytest.fixture
def site(serve: Serve, tmp_path: Path) -> Site:
    site = serve(listings(MANY))
    assert archive(site.url, tmp_path / "a", Options(media=False)).found == 60
    return site


def untouched(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file; of what came raw, which is cut back to what it was, the bytes alone."""
    return {name: (0 if "/raw." in name else at, data) for name, (at, data) in everything(folder).items()}


def held(site: Site, folder: Path, *said: str, refresh: bool = False) -> None:
    """A run touches no file, and says why; --accept would write."""
    before = untouched(folder)
    events: list[Event] = []
    with pytest.raises(Held) as caught:
        archive(site.url, folder, Options(refresh=refresh), events.append)
    assert caught.value.code == 5
    assert all(word in str(caught.value) for word in (*said, "--accept")), str(caught.value)
    assert untouched(folder) == before
    assert [event.to_dict()["event"] for event in events].count("held") == 1


def changed(of: int, body: str = "<p>Sorry.</p>") -> list[Told]:
    """The blog where the oldest so many posts say but this, and their listing shows that they changed."""
    return [
        *MANY[: 60 - of],
        *(replace(post, body=body, count=1, comments=comment(1, "Ann", "Oh.")) for post in MANY[60 - of :]),
    ]


def test_a_closed_host_is_held(site: Site, tmp_path: Path) -> None:
    site.pages = dict.fromkeys(site.pages, NOTICE)
    held(site, tmp_path / "a", "60 vanished")


def test_a_blog_of_other_posts_is_held(site: Site, tmp_path: Path) -> None:
    site.pages = listings(newest_first(*range(100, 140)))
    held(site, tmp_path / "a", "60 vanished")


def test_posts_that_shrink_are_held(site: Site, tmp_path: Path) -> None:
    bodies = [f"<p>{word} only.</p>" for word in WORDS]
    shrunk = [replace(post, body=bodies[n % 7], count=1) for n, post in enumerate(MANY[:7])]
    site.pages |= listings([*shrunk, *MANY[7:]])
    held(site, tmp_path / "a", "7 shrank below half")


def test_posts_that_become_alike_are_held(site: Site, tmp_path: Path) -> None:
    site.pages |= listings(changed(8, "<p>" + "Log in to read this, or come back with an invitation. " * 40 + "</p>"))
    held(site, tmp_path / "a", "8 became alike")


def test_a_refresh_is_held_too(site: Site, tmp_path: Path) -> None:
    site.pages |= {post.path: replace(post, body="<p>Sorry.</p>").page() for post in MANY}
    held(site, tmp_path / "a", refresh=True)


@pytest.mark.parametrize("of", [4, 6])
def test_few_that_change_are_written(site: Site, tmp_path: Path, of: int) -> None:
    site.pages |= listings(changed(of))
    report = archive(site.url, tmp_path / "a", Options(refresh=True))
    assert (report.written, report.code) == (of, 0)


def test_a_held_blog_is_written_when_that_is_accepted(site: Site, tmp_path: Path) -> None:
    site.pages |= listings([told(99), *changed(30)])
    held(site, tmp_path / "a", "30 shrank")
    report = archive(site.url, tmp_path / "a", Options(accept=True))
    assert (report.written, report.code) == (31, 0)
    assert not (tmp_path / "a/.blogark/waiting.jsonl").exists()


def test_a_blog_that_is_itself_again_is_believed(site: Site, tmp_path: Path) -> None:
    pages = dict(site.pages)
    site.pages = dict.fromkeys(pages, NOTICE)
    held(site, tmp_path / "a")
    site.pages = {**pages, **listings([told(99), *MANY])}
    report = archive(site.url, tmp_path / "a")
    assert (report.found, report.written, report.code) == (61, 1, 0)
    assert rewrite(tmp_path / "a", reread=True).unchanged == 61, "raw holds no notice"


def test_the_command_says_that_it_held_back(site: Site, tmp_path: Path) -> None:
    site.pages = dict.fromkeys(site.pages, NOTICE)
    said = CliRunner().invoke(main, [site.url, "-o", str(tmp_path / "a")])
    assert said.exit_code == 5 and "60 vanished" in said.output and "--accept" in said.output
    said = CliRunner().invoke(main, [site.url, "-o", str(tmp_path / "a"), "--json"])
    assert said.exit_code == 5
    assert {"held"} == {json.loads(line)["event"] for line in said.stdout.splitlines() if "vanished" in line}


def test_another_source_of_the_same_blog_holds_less(site: Site, tmp_path: Path) -> None:
    """A folder of a few saved pages adds to an archive; it does not say that the others vanished."""
    saved = tmp_path / default_name(site.url)
    saved.mkdir()
    (saved / "index.html").write_text(f"<base href='{site.url}/'>" + str(listings([told(70)])["/"]), "utf-8")
    settings = json.loads((tmp_path / "a/.blogark/archive.json").read_text("utf-8"))
    settings["blog"] = f"{saved.name}-markdown"
    (tmp_path / "a/.blogark/archive.json").write_text(json.dumps(settings), "utf-8")
    report: Report = archive(str(saved), tmp_path / "a", Options(media=False))
    assert report.gone == 0


# how much is asked


def asked(site: Site, folder: Path, **options: object) -> list[str]:
    site.requests.clear()
    archive(site.url, folder, Options(media=False, **options))  # type: ignore[arg-type]
    return site.hits


def test_a_listing_ends_where_all_is_known(site: Site, tmp_path: Path) -> None:
    before = everything(tmp_path / "a")
    assert "/page/5" not in asked(site, tmp_path / "a")
    assert everything(tmp_path / "a") == before
    assert "/page/6" in asked(site, tmp_path / "a", refresh=True)


def test_a_pinned_post_does_not_end_a_listing(site: Site, tmp_path: Path) -> None:
    pinned = [MANY[-1], MANY[-2], *newest_first(*range(60, 75)), *MANY[:-2]]
    site.pages |= listings(pinned)
    assert archive(site.url, tmp_path / "a", Options(media=False)).written == 15


def test_the_account_counts_what_was_not_listed_again(site: Site, tmp_path: Path) -> None:
    report = archive(site.url, tmp_path / "a", Options(media=False))
    assert (report.found, report.unchanged, report.written, report.code) == (60, 60, 0, 0)


def test_a_listing_that_broke_goes_to_its_end_the_next_time(site: Site, tmp_path: Path, patient: None) -> None:
    grown = listings(newest_first(*range(120)))
    whole = dict(grown)
    site.pages |= {**grown, "/page/5": Answer(500)}
    assert archive(site.url, tmp_path / "a", Options(media=False)).code == 1
    site.pages |= whole
    report = archive(site.url, tmp_path / "a", Options(media=False))
    assert (report.found, report.code) == (120, 0)


def test_a_choice_of_new_posts_does_not_hide_the_others(site: Site, tmp_path: Path) -> None:
    site.pages |= listings(newest_first(*range(120)))
    assert archive(site.url, tmp_path / "a", Options(media=False, limit=35)).written == 35
    assert archive(site.url, tmp_path / "a", Options(media=False)).written == 25


def test_a_deleted_file_of_an_old_post_comes_back(site: Site, tmp_path: Path) -> None:
    (path,) = (tmp_path / "a").rglob("*title-0.md")
    text = path.read_bytes()
    path.unlink()
    assert archive(site.url, tmp_path / "a", Options(media=False)).written == 1
    assert path.read_bytes() == text


class Tagged:
    """Pages with validators; who has them as they are is answered 304."""

    def __init__(self, pages: dict[str, Servable], validator: str = "ETag") -> None:
        self.pages, self.validator = pages, validator
        self.answered: list[tuple[str, int]] = []

    def __call__(self, request: Request) -> Answer:
        page = self.pages.get(request.path, "User-agent: *\n" if request.path == "/robots.txt" else None)
        if page is None:
            return self._said(request, Answer(404, "no"))
        tag = f'"{hash(page) & 0xFFFFFF:x}"' if self.validator == "ETag" else "Mon, 16 May 2011 10:00:00 GMT"
        asks = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}[self.validator]
        if request.headers.get(asks) == tag:
            return self._said(request, Answer(304, b"", {self.validator: tag}))
        kind = "text/plain" if request.path == "/robots.txt" else "text/html; charset=utf-8"
        return self._said(request, Answer(200, str(page), {self.validator: tag, "Content-Type": kind}))

    def _said(self, request: Request, answer: Answer) -> Answer:
        self.answered.append((request.path, answer.status))
        return answer


@pytest.mark.parametrize("validator", ["ETag", "Last-Modified"])
def test_an_unchanged_blog_costs_conditional_requests_alone(serve: Serve, tmp_path: Path, validator: str) -> None:
    pages = Tagged(listings(newest_first(*range(12)), size=5), validator)
    site = serve(pages)
    archive(site.url, tmp_path)
    before = everything(tmp_path)
    pages.answered.clear()
    report = archive(site.url, tmp_path)
    assert (report.found, report.unchanged, report.code) == (12, 12, 0)
    assert everything(tmp_path) == before
    assert {status for _, status in pages.answered} == {304}
    assert {"/", "/robots.txt"} < {path for path, _ in pages.answered}


def test_nothing_is_asked_by_condition_where_nothing_is_kept_or_believed(serve: Serve, tmp_path: Path) -> None:
    pages = Tagged(listings(newest_first(1, 2)))
    site = serve(pages)
    archive(site.url, tmp_path / "a", Options(raw="none"))
    archive(site.url, tmp_path / "a", Options(raw="none"))
    archive(site.url, tmp_path / "b")
    archive(site.url, tmp_path / "b", Options(refresh=True))
    assert {status for _, status in pages.answered} == {200}


def test_a_page_that_changed_comes_whole(serve: Serve, tmp_path: Path) -> None:
    pages = Tagged(listings(newest_first(1, 2)))
    site = serve(pages)
    archive(site.url, tmp_path)
    pages.pages = listings(newest_first(1, 2, 3))
    assert archive(site.url, tmp_path).written == 1
    pages.answered.clear()
    archive(site.url, tmp_path)
    assert {status for _, status in pages.answered} == {304}, "what came last is held against"


@pytest.mark.parametrize("step", [7, 11])
def test_an_update_that_is_killed_anywhere_ends_as_an_unbroken_one(serve: Serve, tmp_path: Path, step: int) -> None:
    site = serve(listings(newest_first(*range(12)), size=5))
    for name in ("whole", "killed"):
        archive(site.url, tmp_path / name, Options(media=False))
    now = [told(13), replace(told(12), title="Twelve"), *newest_first(*range(11))]
    now[4] = replace(now[4], body=f"{now[4].body}<p>More of it.</p>", count=2)
    site.pages |= listings(now, size=5)
    archive(site.url, tmp_path / "whole", Options(media=False))
    kills = 0
    site.requests.clear()
    while kills < 60 and dies(site, tmp_path / "killed", (kills + 1) * step, media=False):
        kills += 1
    assert 1 < kills < 60
    assert files(tmp_path / "killed") == files(tmp_path / "whole")
    changed = {"/page/2", "/page/3", *(post.path for post in (now[0], now[1], now[4]))}
    assert sorted(hit for hit in site.hits if hit in changed) == sorted(changed), "no page is asked for twice"


# what was learned


def test_what_was_learned_of_the_markup_is_kept(site: Site, tmp_path: Path) -> None:
    learned = json.loads((tmp_path / "a/.blogark/template.json").read_text("utf-8"))["learned"]
    assert {"title", "body"} <= {rule["field"] for rule in learned["template"]["rules"]}
    site.pages |= listings([told(99), *MANY])
    hits = asked(site, tmp_path / "a")
    assert [hit for hit in hits if hit.startswith("/2011/")] == [told(99).path], "no sample is asked for again"
    (path,) = (tmp_path / "a").rglob("*title-99.md")
    archive(site.url, tmp_path / "b", Options(media=False, limit=1))
    assert path.read_bytes() == next((tmp_path / "b").rglob("*title-99.md")).read_bytes()


def test_rereading_goes_by_what_was_learned(site: Site, tmp_path: Path) -> None:
    site.close()
    before = everything(tmp_path / "a")
    assert rewrite(tmp_path / "a", reread=True).unchanged == 60
    assert everything(tmp_path / "a") == before


def reworked(post: Told) -> str:
    """A post's page in another theme, where nothing stands where it stood."""
    return (
        f"<html><head><title>{post.title} - A blog</title></head><body><nav><a href='/'>A blog</a></nav><main><article>"
        f"<header><h1>{post.title}</h1>{post.byline()}</header><section class='text'>{post.body}</section></article>"
        f"<aside id='comments'><h4>{post.count} comments:</h4></aside></main></body></html>"
    )


def test_a_new_theme_is_learned_anew(site: Site, tmp_path: Path) -> None:
    kept = (tmp_path / "a/.blogark/template.json").read_text("utf-8")
    site.pages |= listings([told(99), *MANY])
    site.pages |= {post.path: reworked(post) for post in (told(99), *MANY)}
    assert archive(site.url, tmp_path / "a", Options(media=False)).written == 1
    (path,) = (tmp_path / "a").rglob("*title-99.md")
    assert "sprucev" not in path.read_text("utf-8") and f"{WORDS[0]} v3{WORDS[0]}" in path.read_text("utf-8")
    assert (tmp_path / "a/.blogark/template.json").read_text("utf-8") != kept


@pytest.mark.parametrize("text", ["", "[]", "{", '{"by": 1}', '{"learned": {"template": {}}}'])
def test_a_damaged_template_is_learned_anew(site: Site, tmp_path: Path, text: str) -> None:
    path = tmp_path / "a/.blogark/template.json"
    kept = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    assert archive(site.url, tmp_path / "a", Options(media=False, refresh=True)).unchanged == 60
    assert path.read_text("utf-8") == kept


def test_an_empty_file_is_no_persons_work(site: Site, tmp_path: Path) -> None:
    """A power cut may leave one."""
    (path,) = (tmp_path / "a").rglob("*title-7.md")
    text = path.read_bytes()
    path.write_bytes(b"")
    assert archive(site.url, tmp_path / "a", Options(media=False)).kept == 0
    assert path.read_bytes() == text


# platforms that say what changed

OPTIONS = Options(media=False, wayback="never")


@dataclass
class Blogger:
    """A blog at Blogger's: its feeds of posts and comments, by the moment of what happened to each."""

    posts: dict[int, dict[str, Any]]
    said: list[tuple[int, int, datetime]]  # number of a comment, of its post, moment
    heeds: bool = True  # what is asked since a moment

    @classmethod
    def of(cls, count: int) -> "Blogger":
        start = datetime(2012, 1, 1, 12, tzinfo=UTC)
        days = {n: start + timedelta(days=n) for n in range(count)}
        posts = {n: {"published": at, "updated": at, "body": told(n).body} for n, at in days.items()}
        return cls(posts, [(1000 + n, n, days[n]) for n in range(0, count, 50)])

    def __call__(self, request: Request) -> Answer | str | None:
        home, parts = f"http://{request.headers['host']}", urlsplit(request.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/feeds/posts/default":
            return self.feed([self.entry(n, home) for n in self.chosen(asked)], asked)
        if parts.path == "/feeds/comments/default":
            return self.feed([self.comment(*each) for each in self.heard(asked)], asked)
        if found := re.fullmatch(r"/feeds/posts/default/(\d+)", parts.path):
            return as_json({"entry": self.entry(int(found[1]), home)})
        if found := re.fullmatch(r"/feeds/(\d+)/comments/default", parts.path):
            return self.feed([self.comment(*each) for each in self.heard({}) if each[1] == int(found[1])], asked)
        blog = "<html><head><title>Blog</title><meta name='generator' content='blogger'></head><body></body></html>"
        return blog if parts.path == "/" else None

    def chosen(self, asked: dict[str, str]) -> list[int]:
        by = asked.get("orderby", "published") if self.heeds else "published"
        since = datetime.fromisoformat(asked.get("updated-min", "2000-01-01T00:00:00Z"))
        found = [n for n, post in self.posts.items() if not self.heeds or post["updated"] >= since]
        return sorted(found, key=lambda n: self.posts[n][by], reverse=True)

    def heard(self, asked: dict[str, str]) -> list[tuple[int, int, datetime]]:
        since = datetime.fromisoformat(asked.get("published-min", "2000-01-01T00:00:00Z"))
        return sorted((c for c in self.said if not self.heeds or c[2] >= since), key=lambda c: c[2], reverse=True)

    def feed(self, entries: list[dict[str, Any]], asked: dict[str, str]) -> Answer:
        start, size = int(asked.get("start-index", 1)), min(int(asked.get("max-results", 25)), 150)
        shown = entries[start - 1 :][:size]
        return as_json({"feed": {"openSearch$totalResults": text(len(entries)), **({"entry": shown} if shown else {})}})

    def entry(self, number: int, home: str) -> dict[str, Any]:
        post = self.posts[number]
        total = sum(under == number for _, under, _ in self.said)
        link = {"rel": "alternate", "type": "text/html", "href": f"{home}/2012/01/post-about-{number}.html"}
        replies = f"{home}/feeds/{number}/comments/default"
        return {
            "id": text(f"tag:blogger.com,1999:blog-7.post-{number}"),
            "title": text(f"Title {number}"),
            "published": text(post["published"].isoformat()),
            "updated": text(post["updated"].isoformat()),
            "content": text(post["body"]),
            "author": [{"name": text("Ann")}],
            "thr$total": text(total),
            "link": [link, {"rel": "replies", "type": "application/atom+xml", "href": replies}],
        }

    def comment(self, number: int, under: int, at: datetime) -> dict[str, Any]:
        return {
            "id": text(f"tag:blogger.com,1999:blog-7.post-{number}"),
            "published": text(at.isoformat()),
            "content": text(f"Comment {number}."),
            "author": [{"name": text("Bo")}],
            "thr$in-reply-to": {"ref": f"tag:blogger.com,1999:blog-7.post-{under}"},
        }


def text(value: object) -> dict[str, str]:
    return {"$t": str(value)}


def as_json(value: object) -> Answer:
    return Answer(200, json.dumps(value), {"Content-Type": "application/json"})


@pytest.fixture
def at_blogger(serve: Serve, tmp_path: Path) -> tuple[Blogger, Site]:
    blog = Blogger.of(200)
    site = serve(blog)
    assert archive(site.url, tmp_path, OPTIONS).found == 200
    site.requests.clear()
    return blog, site


def test_an_unchanged_blog_at_bloggers_costs_a_few_requests(at_blogger: tuple[Blogger, Site], tmp_path: Path) -> None:
    before = everything(tmp_path)
    report = archive(at_blogger[1].url, tmp_path, OPTIONS)
    assert (report.found, report.unchanged, report.code) == (200, 200, 0)
    assert everything(tmp_path) == {**before, **{n: everything(tmp_path)[n] for n in before if "/raw." in n}}
    assert len(at_blogger[1].hits) <= 5


LATER = datetime(2013, 6, 1, tzinfo=UTC)


def test_blogger_says_which_old_post_was_edited(at_blogger: tuple[Blogger, Site], tmp_path: Path) -> None:
    blog, site = at_blogger
    blog.posts[3] |= {"updated": LATER, "body": told(3).body + "<p>Years later.</p>"}
    assert archive(site.url, tmp_path, OPTIONS).written == 1
    (path,) = tmp_path.rglob("*about-3.md")
    assert "Years later." in path.read_text("utf-8")
    assert len(site.hits) <= 6


def test_blogger_says_which_old_post_was_commented_on(at_blogger: tuple[Blogger, Site], tmp_path: Path) -> None:
    blog, site = at_blogger
    blog.said.append((2000, 4, LATER))
    assert archive(site.url, tmp_path, OPTIONS).written == 1
    (path,) = tmp_path.rglob("*about-4.md")
    assert "comment_count: 1" in path.read_text("utf-8") and "Comment 2000." in path.read_text("utf-8")
    assert len(site.hits) <= 9


def test_a_blogger_that_heeds_no_moment_does_no_harm(at_blogger: tuple[Blogger, Site], tmp_path: Path) -> None:
    blog, site = at_blogger
    blog.heeds = False
    blog.posts[3] |= {"updated": LATER, "body": told(3).body + "<p>Years later.</p>"}
    blog.posts[300] = {"published": LATER, "updated": LATER, "body": told(300).body}
    report = archive(site.url, tmp_path, OPTIONS)
    assert (report.found, report.written, report.code) == (201, 1, 0)
    assert archive(site.url, tmp_path, replace(OPTIONS, refresh=True)).written == 1


def test_a_post_that_is_gone_from_bloggers_is_missed_by_its_number(
    at_blogger: tuple[Blogger, Site], tmp_path: Path
) -> None:
    del at_blogger[0].posts[3]
    assert archive(at_blogger[1].url, tmp_path, OPTIONS).gone == 1


def test_wordpress_says_which_old_posts_were_edited_or_commented_on(serve: Serve, tmp_path: Path) -> None:
    double = wordpressed.Double(wordpressed.many(250, said=1))
    site = serve(double)
    assert archive(site.url, tmp_path, OPTIONS).found == 250
    before = everything(tmp_path)
    site.requests.clear()
    assert archive(site.url, tmp_path, OPTIONS).unchanged == 250
    assert everything(tmp_path) == {**before, **{n: everything(tmp_path)[n] for n in before if "/raw." in n}}
    assert len(site.hits) <= 9

    later = datetime(2016, 1, 1)
    said = wordpressed.Said(99_000, text="<p>Years later.</p>", at=later)
    posts = {post.id: post for post in double.posts}
    posts[4] = replace(posts[4], html=f"{posts[4].html}<p>And more.</p>", edited=later)
    posts[5] = replace(posts[5], said=(*posts[5].said, said))
    double.posts = list(posts.values())
    site.requests.clear()
    assert archive(site.url, tmp_path, OPTIONS).written == 2
    assert "And more." in next(tmp_path.rglob("*about-4.md")).read_text("utf-8")
    assert "Years later." in next(tmp_path.rglob("*about-5.md")).read_text("utf-8")
    assert len(site.hits) <= 12

    double.tells = False
    double.posts = wordpressed.many(251, said=1)
    assert archive(site.url, tmp_path, OPTIONS).code == 0


# what does not fit

FULL = """import resource, sys
from blogark import Options, archive
from blogark.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    archive(sys.argv[1], sys.argv[2], Options(media=False))
except StoreError as error:
    print(error)
    sys.exit(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
@pytest.mark.parametrize("size", [0, 300, 4000, 9000, 16000])
def test_an_update_that_does_not_fit_is_said_and_harms_nothing(serve: Serve, tmp_path: Path, size: int) -> None:
    """A limit on the size of files refuses what a full disk would."""
    site = serve(listings(newest_first(*range(12))))
    for name in ("whole", "full"):
        archive(site.url, tmp_path / name, Options(media=False))
    before = files(tmp_path / "full")
    changed = [replace(post, body=f"{post.body}<p>More.</p>", count=2) for post in newest_first(*range(8, 20))]
    site.pages |= listings([*changed, *newest_first(*range(8))])
    archive(site.url, tmp_path / "whole", Options(media=False))
    command = [sys.executable, "-c", FULL, site.url, str(tmp_path / "full"), str(size)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 4 and "File too large" in run.stdout and "Traceback" not in run.stderr
    assert before.keys() <= files(tmp_path / "full").keys()
    assert archive(site.url, tmp_path / "full", Options(media=False)).code in {0, 3}
    assert files(tmp_path / "full") == files(tmp_path / "whole")


def test_a_blog_of_which_all_is_gone_is_listed_again(serve: Serve, tmp_path: Path) -> None:
    site = serve(listings(newest_first(1, 2)))
    archive(site.url, tmp_path)
    whole = dict(site.pages)
    site.pages = {"/": listings([])["/"]}
    assert archive(site.url, tmp_path).gone == 2
    site.pages = whole
    report = archive(site.url, tmp_path)
    assert (report.gone, report.found) == (0, 2)
