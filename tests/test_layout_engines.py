"""Law 8: what each layout writes, its generator builds: no error, no dead link, no word lost, every address kept.

A generator that is not installed is skipped; `tests/engines/install` and the extra `engines` bring most of them.
"""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import pytest
from lxml import html
from test_corpora import Mirror

pytest.importorskip("mdit_py_plugins", reason="needs the extra `engines`")

import nastier
import nasty
import sites
from loopback import Site
from shown import as_read, plain_bodies

from blogark import Options, archive, choose
from blogark.model import Post
from blogark.rewrite import lay_out
from blogark.store import Store

pytestmark = [pytest.mark.engines, pytest.mark.timeout(600)]
SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-blog"
CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "blogger-ko-pidia"
MANY = 300


@dataclass
class Moved:
    """An archive, and the site that a generator made of it in another layout."""

    name: str
    plain: Path
    folder: Path
    site: sites.Built

    def posts(self) -> Iterator[tuple[Post, str]]:
        """Every post that the site shows, with its address there."""
        layout, store = choose.layout(self.name), Store(self.folder)
        for post in store.posts():
            path = store.journal.places[post.id].path
            if not Path(path).parent.name.endswith("drafts"):
                yield post, layout.link(path, path, post.url)


Make = Callable[[str, str], Moved]


def _sample(folder: Path) -> Path:
    archive(str(SAMPLE), folder, listen=lambda event: None)
    return folder


def _corpus(folder: Path) -> Path:
    if not CORPUS.exists():
        pytest.skip(f"needs the saved blog {CORPUS.name}")
    with Site(Mirror(CORPUS, feed=True)) as site:
        archive(site.url, folder, Options(delay=0, media=False, wayback="never"), listen=lambda event: None)
    return folder


def _nasty(folder: Path) -> Path:
    return nasty.archived(folder, MANY)


SETS = {"sample": _sample, "corpus": _corpus, "nasty": _nasty, "nastier": nastier.archived}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """moved(generator, set) -> its site; each made once a run."""
    plain = cache(lambda name: SETS[name](tmp_path_factory.mktemp(name)))

    @cache
    def make(generator: str, name: str) -> Moved | str:
        folder = tmp_path_factory.mktemp(f"{generator}-{name}")
        try:
            lay_out(plain(name), folder, generator, redirects=True, listen=lambda event: None)
            return Moved(generator, plain(name), folder, sites.BUILDERS[generator](folder))
        except pytest.skip.Exception as absent:
            return str(absent)

    def held(generator: str, name: str) -> Moved:
        found = make(generator, name)
        if isinstance(found, str):
            pytest.skip(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(name, raising=False)
        yield held


@pytest.fixture(params=[(generator, name) for name in SETS for generator in sites.BUILDERS], ids="-".join)
def site(request: pytest.FixtureRequest, moved: Make) -> Moved:
    return moved(*request.param)


def test_it_builds_without_a_warning(site: Moved) -> None:
    own = [line for line in site.site.log.splitlines() if re.search(r"warn|error|conflict", line, re.I)]
    assert own == []
    print(f"{site.name} {site.site.version.split()}: {len(site.site.pages)} posts, {len(site.site.links)} links")


def test_every_post_is_there(site: Moved) -> None:
    assert {address for _, address in site.posts() if address not in site.site.pages} == set()


def test_no_draft_is_shown(site: Moved) -> None:
    assert len(list(site.posts())) == sum(
        not post.draft and post.extra.get("status", "seedling") == "seedling" for post in Store(site.folder).posts()
    )
    shown = [
        path for path in site.site.root.rglob("*") if path.is_file() and nastier.SECRET.encode() in path.read_bytes()
    ]
    assert shown == []


def test_every_link_and_picture_leads_somewhere(site: Moved) -> None:
    assert site.site.dead == []
    assert site.site.links or site.plain.name.startswith("corpus")


def test_what_is_shown_is_what_was_written(site: Moved) -> None:
    bodies = plain_bodies(site.plain, choose.layout(site.name).COMMENTS == "inline")
    for post, address in site.posts():
        told, shown = as_read(bodies[post.url]), site.site.article(address)
        assert sites.code(shown) == sites.code(told), address
        if site.plain.name.startswith("corpus"):  # emphasis in its text, from a machine, is no sense in any dialect
            assert words(told) <= words(shown), address
        else:
            assert sites.letters(shown) == sites.letters(told), address


@pytest.mark.parametrize("generator", ["hugo", "jekyll", "zola"])
def test_a_list_shows_a_post_to_where_its_blog_cut_it(generator: str, moved: Make) -> None:
    made = moved(generator, "nastier")
    (address,) = (address for post, address in made.posts() if post.title == "Body more_cut")
    (summary,) = made.site.pages[address].xpath("//div[@class='summary']")
    assert sites.letters(summary).removeprefix("Opens2").startswith("Leadofit") and "rest" not in summary.text_content()


@pytest.mark.parametrize("generator", ["hugo", "pelican"])
def test_a_summary_is_shown_as_it_is_told(generator: str, moved: Make) -> None:
    made = moved(generator, "nastier")
    told = {address: post.summary for post, address in made.posts() if post.summary}
    assert len(told) > 60
    for address, words in told.items():
        (shown,) = made.site.pages[address].xpath("//div[@class='summary']")
        assert sites.letters(shown) == sites.letters(as_text(words)), address


def as_text(words: str) -> Any:
    element = html.fragment_fromstring("<div></div>")
    element.text = words
    return element


def test_templates_find_the_comments(site: Moved) -> None:
    if choose.layout(site.name).COMMENTS == "inline":
        pytest.skip(f"{site.name} reads no data: they are in the text")
    for post, address in site.posts():
        if post.kind == "post" and (post.day or site.name == "astro"):
            shown = site.site.pages[address].xpath("//div[@class='comments']/div")
            assert len(shown) == len(post.comments), address


def words(tree: Any) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", " ".join(tree.itertext())))  # cells may stand side by side


def test_old_addresses_answer_or_lead_on(site: Moved) -> None:
    moves = dict(_moves(site.site.root / "_redirects"))
    for post, address in site.posts():
        old = urlsplit(post.url)
        asked = (unquote(old.path), unquote(old.query))
        assert moves.get(asked, asked[0] if not old.query and site.site.answers(old.path) else "") in (
            address,
            asked[0],
        ), post.url


@pytest.mark.parametrize("server", ["nginx", "apache2"])
def test_the_maps_lead_on_as_they_say_of_themselves(server: str, tmp_path: Path) -> None:
    lay_out(nastier.archived(tmp_path / "plain"), tmp_path / "site", "hugo", redirects=True, listen=lambda event: None)
    made, asked = Moved("hugo", tmp_path / "plain", tmp_path / "site", sites.Built(tmp_path, "", "")), 0
    with getattr(sites, server)(tmp_path / "site/.blogark/redirects") as port:
        for post, address in made.posts():
            old = urlsplit(post.url)
            if old.query or unquote(old.path).rstrip("/") != unquote(address).rstrip("/"):
                whole = urlunsplit(("", "", old.path, old.query, ""))
                target = re.sub(r"[^!-~]|[\"#<>`{}]", lambda sign: quote(sign[0]), whole)  # as a browser asks
                assert _answered(port, target) == (301, address), target
                asked += 1
    assert asked > 100


def _answered(port: int, target: str) -> tuple[int, str]:
    """Status, and path of where it leads on."""
    with closing(HTTPConnection("127.0.0.1", port)) as asking:
        asking.request("GET", target)
        answer = asking.getresponse()
        return answer.status, unquote(urlsplit(answer.getheader("Location", "")).path)


def _moves(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """(old path, query) and new path of each line of a host's map."""
    for line in path.read_text("utf-8").splitlines():
        old, *query, new, status = line.split()
        assert status == ("301!" if query else "301")
        yield (unquote(old), unquote("&".join(query))), unquote(new)


def test_front_matter_reads_back(site: Moved) -> None:
    for post, address in site.posts():
        read = sites.FRONTS[site.name](site.site.front(address))
        told: dict[str, Any] = {
            "title": post.title,
            "date": post.published,
            "updated": post.updated,
            "tags": post.tags,
            "categories": post.categories,
            "author": post.author,
            "source": post.url,
        }
        if site.name == "pelican":  # one category, no semicolon in a tag, one space between words
            tags = filter(_has_letter, post.tags + post.categories[1:])
            told |= {"tags": as_line(*tags), "categories": as_line(*post.categories[:1])}
            told["author"] = post.author if _has_letter(post.author) else ""
            told |= {name: " ".join(told[name].split()) for name in ("title", "author")}
        told["tags"] = [tag for tag in told["tags"] if tag not in NO_LIST.get(site.name, ())]
        known = {name: sites.plain(value) for name, value in told.items() if value}
        assert {name: read.get(name) for name in known} == known


def _has_letter(term: str) -> bool:
    return re.search(r"[^\W_]", re.sub("<[^>]*>", "", term)) is not None


NO_LIST = {"hugo": ("index.html",), "eleventy": ("all", "constructor", "__proto__", "toString")}


def as_line(*terms: str) -> list[str]:
    return list(dict.fromkeys(" ".join(term.replace(";", ",").split()) for term in terms))


def test_the_commands_of_the_readme(tmp_path: Path) -> None:
    readme = (SAMPLE.parents[1] / "README.md").read_text("utf-8")
    (commands,) = re.findall(r"```shell\n(.*?)```", readme, re.S)
    shutil.copytree(SAMPLE.parent, tmp_path / "fixtures")
    for line in commands.splitlines():
        sites.run(sys.executable, "-m", *line.split(), cwd=tmp_path)
    built = re.findall(r"--for (\w+) -o (\S+)", commands)
    assert [name for name, _ in built] == ["hugo", "jekyll", "obsidian"]
    for name, folder in built[:2]:
        site = sites.BUILDERS[name](tmp_path / folder)
        assert len(site.pages) == 14 and site.dead == []
