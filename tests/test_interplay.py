"""Where updates, merged exports, layouts and verify meet: what one writes, the others take for what it is."""

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Serve
from handed import EXPORTS, saved
from homemade import PNG, Told, blog, comment
from loopback import Servable, Site
from test_merge import item, said, wxr
from test_sync import everything

from blogark import Options, archive
from blogark.events import Event, Wrote
from blogark.flags import LAYOUTS
from blogark.rewrite import lay_out, rewrite
from blogark.store import Store
from blogark.verify import verify

ALONE = Options(delay=0, wayback="never")
BODY = "<p>See <a href='/2011/05/second.html#x'>the second</a> <img src='/a.png'> before the quick brown fox does.</p>"
SECOND = Told("/2011/05/second.html", "Second", day="2011-05-17", body="<p>Second words, long enough to be read.</p>")
THIRD = Told("/?p=9", "Third", day="2011-05-18", body="<p>Third words at an address that no file has.</p>")


def first(*texts: str) -> Told:
    thread = "".join(comment(number, "Ann", text) for number, text in enumerate(texts))
    return Told("/2011/05/first.html", "First", body=BODY, count=len(texts), comments=thread, tags=("fox",))


def pages(*posts: Told) -> dict[str, Servable]:
    return blog(*posts, **{"a.png": PNG})


def faults(folder: Path) -> list[str]:
    found: list[str] = []
    verify(folder, lambda fault: found.append(str(fault)))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_whole_after_every_run(serve: Serve, tmp_path: Path, layout: str) -> None:
    """Comments come, go and come again, and none of the files is missed or a stranger."""
    site = serve(pages(first("Nice"), SECOND, THIRD))
    maps = layout not in {"plain", "obsidian"}
    options = Options(delay=0, wayback="never", layout=layout, redirects=maps, comments="sidecar")
    for texts in (("Nice",), ("Nice", "More"), (), ("Nice",)):
        site.pages |= pages(first(*texts), SECOND, THIRD)
        assert saved(site.url, tmp_path / "out", options)[0].code == 0
        assert faults(tmp_path / "out") == []


def test_comments_that_are_gone_leave_no_file_to_be_moved(serve: Serve, tmp_path: Path) -> None:
    """Their own file is forgotten with them, and the archive can be written again."""
    site = serve(pages(first("Nice"), SECOND))
    options = Options(delay=0, wayback="never", comments="sidecar")
    saved(site.url, tmp_path / "out", options)
    assert list(tmp_path.rglob("*.comments.yaml"))
    site.pages |= pages(first(), SECOND)
    saved(site.url, tmp_path / "out", options)
    rewrite(tmp_path / "out", listen=lambda event: None)
    assert not list(tmp_path.rglob("*.comments.yaml")) and faults(tmp_path / "out") == []


# an export and its blog

TEXTS = Options(delay=0, wayback="never", media=False)


def words(number: int) -> str:
    return f"<p>Words {number} of this post, which are {number} and long enough for a body, are {number} here.</p>"


def daily(*days: int, title: str = "Links for today") -> list[Told]:
    return [Told(f"/2011/{day}.html", title, day=f"2011-05-{day}", body=words(day)) for day in days]


def backup(folder: Path, home: str, *items: str) -> Path:
    path = folder / "backup.xml"
    path.write_text(wxr(home, *items), "utf-8")
    return path


def days(folder: Path) -> dict[str, int]:
    """The number in each post's words, by its day."""
    return {str(post.day)[-2:]: int(post.text.split()[1]) for post in Store(folder).posts()}


def test_a_series_of_one_title_stays_as_many_posts_as_it_is(serve: Serve, tmp_path: Path) -> None:
    """The next day's post is none that the blog has told of before, and not the export's of the day before."""
    site, out = serve(blog(*daily(13, 12))), tmp_path / "out"
    saved(site.url, out, TEXTS)
    told = item(14, f"{site.url}/2011/14.html", "Links for today", body=words(14)).replace("2011-05-16", "2011-05-14")
    saved(backup(tmp_path, site.url, told), out)
    assert days(out) == {"12": 12, "13": 13, "14": 14}
    site.pages |= blog(*daily(16, 15, 14, 13, 12))
    for _ in range(2):
        saved(site.url, out, TEXTS)
        assert days(out) == {str(day): day for day in (12, 13, 14, 15, 16)}


def test_of_two_posts_of_one_title_and_day_the_export_has_one(serve: Serve, tmp_path: Path) -> None:
    one, two = daily(16), Told("/2011/16b.html", "Links for today", day="2011-05-16", body=words(17))
    site, out = serve(blog(*one, two)), tmp_path / "out"
    saved(backup(tmp_path, site.url, item(1, f"{site.url}/2011/16.html", two.title, body=words(16))), out)
    saved(site.url, out, TEXTS)
    assert sorted(post.text.split()[1] for post in Store(out).posts()) == ["16", "17"]


def test_a_post_is_known_at_the_address_that_either_side_told(serve: Serve, tmp_path: Path) -> None:
    """Retitled after both had told of it under two addresses, it is one post still."""
    site, out = serve(blog(*daily(16, title="Links"))), tmp_path / "out"
    export = backup(tmp_path, site.url, item(1, f"{site.url}/?p=1", "Links", body=words(16)))
    saved(export, out)
    for title in ("Links", "Links, and more"):
        site.pages |= blog(*daily(16, title=title))
        for source in (site.url, str(export)):
            saved(source, out, TEXTS)
            assert len(Store(out)) == 1


# an archive laid out anew


@pytest.fixture
def mixed(serve: Serve, tmp_path: Path) -> Site:
    """A blog saved into tmp_path/a: one post of it is gone since, six drafts are in its export alone."""
    titled = [told for number in (11, 12, 13) for told in daily(number, title=f"Title {number}")]
    site, out = serve(blog(*titled)), tmp_path / "a"
    saved(site.url, out, TEXTS)
    drafts = (item(n, f"{site.url}/?p={n}", f"Draft {n}", "draft", words(n)) for n in range(20, 26))
    saved(backup(tmp_path, site.url, *drafts), out)
    site.pages |= blog(*titled[1:])
    del site.pages[titled[0].path]
    assert saved(site.url, out, TEXTS)[0].gone == 1
    return site


@pytest.mark.parametrize("layout", ["plain", "hugo"])
def test_an_archive_laid_out_anew_goes_on_as_the_one_that_it_was(mixed: Site, tmp_path: Path, layout: str) -> None:
    """What only the export told of has not vanished from the blog, and what is gone is known to be."""
    lay_out(tmp_path / "a", tmp_path / "b", layout, listen=lambda event: None)
    assert "gone from the blog" in next((tmp_path / "b").rglob("INDEX.md")).read_text("utf-8")
    report, events = saved(tmp_path / "b", tmp_path / "b", TEXTS)
    assert (report.code, report.written, report.gone) == (0, 0, 1)
    assert not [event for event in events if type(event).__name__ == "Gone"]
    assert saved(tmp_path / "backup.xml", tmp_path / "b")[0].written == 0
    assert faults(tmp_path / "b") == []


def test_maps_of_addresses_stay_with_the_site_that_they_are_of(mixed: Site, tmp_path: Path) -> None:
    """Files made of a site's archive need none; the site's own are kept up to date without being asked for again."""
    lay_out(tmp_path / "a", tmp_path / "site", "hugo", redirects=True, listen=lambda event: None)
    lay_out(tmp_path / "site", tmp_path / "plain", "plain", listen=lambda event: None)
    assert saved(tmp_path / "plain", tmp_path / "plain", TEXTS)[0].code == 0
    new = Told("/?p=99", "New", day="2011-06-01", body=words(99))
    mixed.pages |= blog(new, *(daily(n, title=f"Title {n}")[0] for n in (12, 13)))
    saved(mixed.url, tmp_path / "a", TEXTS)
    lay_out(tmp_path / "a", tmp_path / "site", "hugo", listen=lambda event: None)
    assert "p=99" in (tmp_path / "site" / "static" / "_redirects").read_text("utf-8")


def test_a_draft_has_no_address_to_be_moved_from(mixed: Site, tmp_path: Path) -> None:
    lay_out(tmp_path / "a", tmp_path / "site", "hugo", redirects=True, listen=lambda event: None)
    assert "p=20" not in (tmp_path / "site" / "static" / "_redirects").read_text("utf-8")


# what a person moved


def test_an_export_is_found_where_it_lies_now(tmp_path: Path) -> None:
    export = backup(tmp_path, "https://some.example", item(1, "https://some.example/a", "A", body=words(1)))
    saved(export, tmp_path / "out")
    (tmp_path / "elsewhere").mkdir()
    moved = export.rename(tmp_path / "elsewhere" / "backup.xml")
    saved(moved, tmp_path / "out")
    assert saved(tmp_path / "out", tmp_path / "out")[0].written == 0


def test_an_archive_that_was_moved_is_whole(serve: Serve, tmp_path: Path) -> None:
    site = serve(pages(first("Nice"), SECOND, THIRD))
    saved(site.url, tmp_path / "a", ALONE)
    moved = (tmp_path / "a").rename(tmp_path / "b")
    assert saved(moved, moved, ALONE)[0].written == 0
    assert faults(moved) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("export", sorted(EXPORTS.iterdir()), ids=lambda path: path.name)
def test_an_export_laid_out_is_whole(export: Path, layout: str, tmp_path: Path) -> None:
    """Links of the export that lead nowhere are its own."""
    options = Options(delay=0, wayback="never", media=False, offline=True, layout=layout)
    assert saved(export, tmp_path / "out", options)[0].code == 0
    assert faults(tmp_path / "out") == []
    assert saved(export, tmp_path / "out", options)[0].written == 0


# another place for comments


@pytest.mark.parametrize("limit", [0, 1])
def test_comments_of_every_post_go_where_they_are_wanted_now(serve: Serve, tmp_path: Path, limit: int) -> None:
    """Of those too that are gone, that an export alone told of, or that this run did not choose."""
    posts = [first("Nice"), replace(SECOND, count=1, comments=comment(1, "Cy", "Second's")), THIRD]
    site, out = serve(pages(*posts)), tmp_path / "out"
    saved(site.url, out, replace(TEXTS, comments="sidecar"))
    own = item(7, f"{site.url}/?p=7", "Own", body=words(7), more=said(1, "Bo", "Own's"))
    saved(backup(tmp_path, site.url, own), out)
    site.pages |= pages(posts[0], THIRD)
    del site.pages[SECOND.path]
    saved(site.url, out, TEXTS)
    assert len(list(out.rglob("*.comments.yaml"))) == 3
    saved(site.url, out, replace(TEXTS, comments="inline", limit=limit))
    assert not list(out.rglob("*.comments.yaml"))
    assert sum("<!-- comments -->" in path.read_text("utf-8") for path in out.rglob("*.md")) == 3
    assert faults(out) == []
    saved(site.url, out, TEXTS)
    before = everything(out)
    saved(site.url, out, TEXTS)
    assert everything(out) == before


def test_comments_go_on_to_their_place_where_a_kill_stopped_them(serve: Serve, tmp_path: Path) -> None:
    site, out = serve(pages(first("Nice"), replace(THIRD, count=1, comments=comment(1, "Cy", "Hm")))), tmp_path / "out"
    saved(site.url, out, replace(TEXTS, comments="sidecar"))

    def stop(event: Event) -> None:
        if isinstance(event, Wrote):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive(site.url, out, replace(TEXTS, comments="inline"), stop)
    saved(site.url, out, TEXTS)
    assert sum("<!-- comments -->" in path.read_text("utf-8") for path in out.rglob("*.md")) == 2
    assert not list(out.rglob("*.comments.yaml"))
    assert faults(out) == []


def test_pictures_wanted_of_one_post_are_not_had_of_all(serve: Serve, tmp_path: Path) -> None:
    """A run that chooses posts has their pictures alone; the next one that does not has the rest."""
    site, out = serve(pages(THIRD, first("Nice"))), tmp_path / "out"
    saved(site.url, out, TEXTS)
    saved(site.url, out, replace(ALONE, limit=1))
    assert not list(out.glob("media/*"))
    for _ in range(2):
        saved(site.url, out, ALONE)
    assert len(list(out.glob("media/*"))) == 1
