"""Where updates, merged exports, layouts and verify meet: what one writes, the others take for what it is."""

from pathlib import Path

import pytest
from conftest import Serve
from handed import saved
from homemade import PNG, Told, blog, comment
from loopback import Servable

from blogark import Options
from blogark.flags import LAYOUTS
from blogark.rewrite import rewrite
from blogark.verify import verify

ALONE = Options(delay=0, wayback="never")
BODY = "<p>See <a href='/2011/05/second.html#x'>the second</a> <img src='/a.png'> before the quick brown fox does.</p>"
SECOND = Told("/2011/05/second.html", "Second", day="2011-05-17", body="<p>Second words, long enough to be read.</p>")
THIRD = Told("/?p=9", "Third", day="2011-05-18", body="<p>Third words at an address that no file has.</p>")


def first(*said: str) -> Told:
    thread = "".join(comment(number, "Ann", text) for number, text in enumerate(said))
    return Told("/2011/05/first.html", "First", body=BODY, count=len(said), comments=thread, tags=("fox",))


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
    for said in (("Nice",), ("Nice", "More"), (), ("Nice",)):
        site.pages |= pages(first(*said), SECOND, THIRD)
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
