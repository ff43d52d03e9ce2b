"""Real blogs, saved by others: served as if they were live, with their feed and without it, and held against it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import CORPORA, Serve
from loopback import Answer, Request, Served
from lxml import etree

from blogark import Incomplete, Options, Page, Post, parse, posts
from blogark.events import Event, Failed
from blogark.platforms import _page

pytestmark = pytest.mark.corpora
OPTIONS = Options(delay=0, media=False, wayback="never")
Corpus = Callable[[str], Path]
Truth = dict[str, Any]


# -- a saved mirror as a server ---------------------------------------------------------------------


class Mirror:
    """A folder that some tool saved from one host, answering as the host did; its feed is paged, or gone."""

    def __init__(self, folder: Path, feed: bool, host: str = "") -> None:
        self.feed = feed
        self.truth = truth_of(folder)
        self.host = host or Counter(urlsplit(truth["url"]).netloc for truth in self.truth).most_common(1)[0][0]
        self.files = {
            _letters(str(path.relative_to(folder))): path for path in sorted(folder.rglob("*")) if path.is_file()
        }
        self.pages: dict[Path, bytes] = {}

    def find(self, path: str) -> Path | None:
        """Savers leave signs out of names, or write others for them."""
        parts = urlsplit(path)
        names = (f"{parts.path}?{parts.query}", parts.path, f"{parts.path}/index", f"{parts.path}.php")
        return next((self.files[key] for name in names if (key := _letters(name)) in self.files), None)

    def __call__(self, request: Request) -> Served | None:
        path = urlsplit(request.path).path
        found = self.find("/index" if path == "/" else request.path)
        is_feed = path.startswith(("/feeds/", "/atom.xml", "/rss.xml"))
        if found is None or (is_feed and not self.feed):
            return None
        body = self._moved(found, request)
        if path.startswith("/feeds/posts/"):
            return Answer(
                200, _cut(body, parse_qs(urlsplit(request.path).query)), {"Content-Type": "application/atom+xml"}
            )
        return body

    def _moved(self, path: Path, request: Request) -> bytes:
        """The page with this server's address for its own."""
        if path not in self.pages:
            here = f"http://{request.headers['host']}".encode()
            name = re.escape(self.host.removeprefix("www.").encode())
            self.pages[path] = re.sub(rb"https?://(?:www\.)?" + name, here, path.read_bytes())
        return self.pages[path]


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", unquote(name).removesuffix(".html")).lower()


def _cut(body: bytes, asked: dict[str, list[str]]) -> bytes:
    root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False))
    start, size = (int(asked.get(name, [most])[0]) for name, most in (("start-index", 1), ("max-results", 25)))
    entries = root.findall("{*}entry")
    for entry in [*entries[: start - 1], *entries[start - 1 + size :]]:
        root.remove(entry)
    return etree.tostring(root)


def truth_of(folder: Path) -> list[Truth]:
    path = next(p for p in (folder / "truth-from-feed.json", folder.parent / "truth-from-feed.json") if p.exists())
    entries: list[Truth] = json.loads(path.read_text("utf-8"))["entries"]
    return entries


# -- the score --------------------------------------------------------------------------------------------


@dataclass
class Score:
    wanted: list[str]
    missing: list[str]
    wrong: list[str]  # "field url: read, not true"
    bodies: list[float]  # word-level F1 against the feed's content

    def is_good(self, misses: int = 0) -> None:
        assert self.wanted
        assert self.missing == []
        assert len(self.wrong) <= misses, self.wrong
        assert median(self.bodies) >= 0.99
        assert mean(self.bodies) >= 0.97


def score(found: list[Post], truths: list[Truth], labels: bool = True) -> Score:
    by_path = {_path(post.url): post for post in found}
    result = Score([_path(truth["url"]) for truth in truths], [], [], [])
    for truth in truths:
        post = by_path.get(_path(truth["url"]))
        if post is None:
            result.missing.append(truth["url"])
            continue
        for field, said, true in _fields(post, truth, labels):
            if said != true:
                result.wrong.append(f"{field} {truth['url']}: {said!r}, not {true!r}")
        result.bodies.append(f1(post.text, Post("", "", html=truth["content_html"]).text))
    return result


def _fields(post: Post, truth: Truth, labels: bool) -> Iterator[tuple[str, Any, Any]]:
    author = post.author or "Unknown"  # what Blogger calls those who deleted their account
    yield "title", post.title, " ".join((truth["title"] or "").split())
    yield "author", author, truth["author"] or "Unknown"
    yield "day", str(post.day), truth["published"][:10]
    yield "count", post.comment_count, truth["comments"]
    if labels:
        yield "labels", set(post.tags), set(truth["labels"])


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def f1(a: str, b: str) -> float:
    """Of words; of letters in scripts that put no spaces between words."""
    unit = r"\w" if re.search(r"[\u3040-\u9fff\uac00-\ud7af]", a + b) else r"\w+"
    ours, theirs = Counter(re.findall(unit, a)), Counter(re.findall(unit, b))
    return 2 * (ours & theirs).total() / (ours + theirs).total() if ours or theirs else 1.0


def read(source: str) -> tuple[list[Post], list[str]]:
    events: list[Event] = []
    found: list[Post] = []
    with suppress(Incomplete):
        found.extend(posts(source, OPTIONS, events.append))
    return found, [str(event) for event in events if isinstance(event, Failed)]


# -- whole blogs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("blogger-ko-pidia", 25),
        ("blogger-it-andando", 4),
        ("blogger-wayback-twistediron", 25),
        ("blogger-pl-dynamicviews", 25),
        ("blogger-en-lightspeed", 25),
    ],
)
def test_with_its_feed_every_field_is_exact(corpus: Corpus, serve: Serve, name: str, number: int) -> None:
    mirror = Mirror(corpus(name), feed=True)
    assert len(mirror.truth) == number
    found, _ = read(serve(mirror).url)
    score(found, mirror.truth).is_good()
    instants = {_path(post.url): post.published for post in found}
    for truth in mirror.truth:
        published, said = (
            datetime.fromisoformat(truth["published"]).replace(microsecond=0),
            instants[_path(truth["url"])],
        )
        assert isinstance(said, datetime)
        assert (said, said.utcoffset()) == (published, published.utcoffset())


@pytest.mark.parametrize(
    ("name", "number"), [("blogger-ko-pidia", 25), ("blogger-it-andando", 4), ("blogger-wayback-twistediron", 9)]
)
def test_without_its_feed_the_pages_say_the_same(corpus: Corpus, serve: Serve, name: str, number: int) -> None:
    mirror = Mirror(corpus(name), feed=False)
    found, _ = read(serve(mirror).url)
    there = [truth for truth in mirror.truth if mirror.find(_path(truth["url"]))]
    assert len(there) == number
    score(found, there).is_good()


def test_a_listing_of_many_years_is_followed_to_its_end(corpus: Corpus, serve: Serve) -> None:
    """Where the home page is gone, the archives that any page names still lead everywhere."""
    mirror = Mirror(corpus("blogger-wayback-twistediron"), feed=False)
    found, failures = read(serve(mirror).url)
    assert len(found) > 130
    assert len({post.url for post in found}) == len(found)
    # What its captures lack was cut in the listing too, so it cannot be had; every such post is named.
    assert all("not found (404)" in failure for failure in failures)


def test_dynamic_views_without_a_feed_are_told_as_such(corpus: Corpus, serve: Serve) -> None:
    found, failures = read(serve(Mirror(corpus("blogger-pl-dynamicviews"), feed=False)).url)
    assert found == []
    assert "Dynamic Views" in " ".join(failures)


def test_a_machine_date_outweighs_the_printed_one(corpus: Corpus) -> None:
    """Lightspeed's theme prints dates that contradict its own datetime."""
    folder = corpus("blogger-en-lightspeed")
    pages = sorted(folder.glob("20*/*/*.html"))
    assert len(pages) >= 5
    for path in pages:
        item = _one(Page(f"https://notes.example/{path.relative_to(folder)}", path.read_bytes()))
        marked = re.search(r"<span class='post-date published' datetime='([^']+)'", path.read_text("utf-8"))
        assert marked
        assert item.published == datetime.fromisoformat(marked[1])
        assert item.title
        assert len(item.html) > 1000


def test_a_theme_without_a_pager(corpus: Corpus, serve: Serve) -> None:
    """Of Lightspeed the home page and five posts were saved; one of them is linked by an empty overlay only."""
    found, failures = read(
        serve(Mirror(corpus("blogger-en-lightspeed"), feed=False, host="www.upendrapaudel.com.np")).url
    )
    assert (len(found), failures) == (5, [])
    assert all(post.title and post.author == "upendra" and len(post.text) > 1000 for post in found)


def test_a_folder_of_saved_pages(corpus: Corpus) -> None:
    """File names are cut, some pages are there twice; of one post in the feed no page was saved."""
    folder = corpus("blogforever-testdata") / "digital-examples.blogspot.com"
    found, _ = read(str(folder))
    truths = [truth for truth in truth_of(folder) if not truth["url"].endswith("/toyota-rav4-x-nat-geo.html")]
    assert len(truths) == 24
    score(found, truths).is_good()
    assert len({post.url for post in found}) == len(found)


# -- single pages -----------------------------------------------------------------------------------------------------

# Said by their annotators to stand outside the body; each is the author's own words within it.
INSIDE = {
    "plentylife.blogspot.pamela-reif.html": {"Vielen Dank an den den Verlag"},  # last line of the review
    "derpapierplanet.de.juni.html": {
        "Du möchtest gerne bei Through",
        "Teilnehmende Blogs:",
    },  # invites, and lists who came
}


@pytest.fixture(scope="module")
def singles() -> Iterator[list[tuple[str, Truth, Page]]]:
    folder = CORPORA / "blogger-singles-with-truth"
    if not folder.exists():
        pytest.skip("needs the saved pages")
    files = {path.name: path for path in folder.rglob("*.html")}
    truths: Truth = json.loads((folder / "truth.json").read_text("utf-8"))
    yield [(name, truth, Page(_address(truth), files[name].read_bytes())) for name, truth in truths.items()]


def _address(truth: Truth) -> str:
    named = (truth.get(suite, {}).get(key) for suite in truth for key in ("url", "Page URL"))
    return str(next(url for url in named if url)).replace("hard::", "http://")


def _one(page: Page) -> _page.Item:
    return _page.settle([_page.post(page)])[0][0]


def test_single_pages_give_their_body_and_nothing_else(singles: list[tuple[str, Truth, Page]]) -> None:
    for name, truth, page in singles:
        said, text = truth.get("trafilatura", {}), Post("", "", html=_one(page).html).text
        assert text, name
        for chunk in said.get("with", []):
            assert " ".join(chunk.split()) in text, name
        for chunk in {*said.get("without", []), *said.get("comments", [])} - INSIDE.get(name, set()):
            assert " ".join(chunk.split()) not in text, name


def test_single_pages_give_title_author_and_date(singles: list[tuple[str, Truth, Page]]) -> None:
    for name, truth, page in singles:
        said, item = {**truth.get("htmldate", {}), **truth.get("trafilatura", {})}, _one(page)
        day = item.published.date() if isinstance(item.published, datetime) else item.published
        assert item.title, name
        for field, read in (
            ("title", item.title),
            ("author", item.author),
            ("date", str(day)),
            ("tags", list(item.tags)),
        ):
            if said.get(field):
                assert read == (said[field].strip() if isinstance(said[field], str) else said[field]), name


def test_single_listings_lead_to_older_posts(singles: list[tuple[str, Truth, Page]]) -> None:
    listings = [(page, truth["autopager"]["PREV"]) for _, truth, page in singles if "autopager" in truth]
    assert len(listings) == 3
    for page, selector in listings:
        marked = next(a for a in parse.tree(page).iter("a") if a.get("id") == selector.lstrip("#"))
        shown = _page.listing(page)
        assert shown.older[0] == marked.get("href")
        assert [item.title for item in shown.items] != []


def test_a_page_against_what_another_reader_expects(corpus: Corpus) -> None:
    folder = corpus("blogger-singles-with-truth") / "readability" / "blogger"
    page = Page(
        "http://siliconexposed.blogspot.com/2016/05/open-verilog-flow.html", (folder / "source.html").read_bytes()
    )
    item, wanted = _one(page), json.loads((folder / "expected-metadata.json").read_text("utf-8"))
    assert item.title == wanted["title"]
    expected = Post("", "", html=(folder / "expected.html").read_text("utf-8")).text
    assert f1(Post("", "", html=item.html).text, expected) >= 0.98
