"""Layouts: where a site generator finds posts, pictures and comments, and what it reads in them."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nastier
import nasty
import pytest
import yaml
from homemade import GIF, PNG, Told, blog, comment
from loopback import Site

from blogark import Options, Post, archive, choose, layouts, render
from blogark.errors import SourceError, StoreError
from blogark.events import Event, Kept, Needs, Wrote
from blogark.flags import LAYOUTS
from blogark.layouts import _front, _nesting, _prose, _site
from blogark.rewrite import lay_out, rewrite
from blogark.store import Store

SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-blog"
SITES = [name for name in LAYOUTS if name not in {"plain", "obsidian"}]
HOST = "https://some.blog"


def tree(folder: Path) -> dict[str, bytes]:
    """What people see, and the index."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in found.items() if not name.startswith(".blogark/") or "INDEX" in name}


def post(**values: Any) -> Post:
    told = {"id": "1", "url": f"{HOST}/2011/05/a-day.html", "title": "A day", "published": date(2011, 5, 16)}
    return Post(**{**told, **values})


def quiet(event: Event) -> None: ...


# -- where things lie ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "of_post", "of_page", "picture", "comments"),
    [
        ("plain", "posts/2011/2011-05-16-a-day.md", "pages/a-day.md", "media/a.png", "x.comments.yaml"),
        ("hugo", "content/posts/2011-05-16-a-day.md", "content/a-day.md", "static/media/a.png", "data/comments/x.yaml"),
        ("jekyll", "_posts/2011-05-16-a-day.md", "pages/a-day.md", "media/a.png", "_data/comments/pages/x.yml"),
        ("eleventy", "posts/2011-05-16-a-day.md", "pages/a-day.md", "media/a.png", "_data/comments/x.json"),
        (
            "astro",
            "src/content/blog/2011-05-16-a-day.md",
            "src/content/pages/a-day.md",
            "public/media/a.png",
            "src/data/comments/x.json",
        ),
        (
            "pelican",
            "content/posts/2011-05-16-a-day.md",
            "content/pages/a-day.md",
            "content/images/a.png",
            "content/x.comments.yaml",
        ),
        (
            "zola",
            "content/posts/2011-05-16-a-day.md",
            "content/pages/a-day.md",
            "static/media/a.png",
            "data/comments/x.yaml",
        ),
        ("obsidian", "posts/2011/2011-05-16-a-day.md", "pages/a-day.md", "media/a.png", "x.comments.yaml"),
    ],
)
def test_everything_lies_in_its_place(name: str, of_post: str, of_page: str, picture: str, comments: str) -> None:
    layout = choose.layout(name)
    assert layout.path(post()) == of_post
    assert layout.path(post(kind="page")) == of_page
    assert layout.media("a.png") == picture
    root = {"hugo": "content/", "pelican": "content/", "zola": "content/", "astro": "src/content/"}.get(name, "")
    assert layout.comments(f"{root}pages/x.md" if "pages/x" in comments else f"{root}x.md") == comments


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/2011/05/a-day.html", "/2011/05/a-day.html"),
        ("/2011/05/a-day.htm", "/2011/05/a-day.htm"),
        ("/entry/%EA%B8%80", "/entry/글/"),
        ("/v1.2/a", "/v1.2/a/"),
        ("/123#c1", "/123/"),
        ("/", ""),
        ("/index.html", ""),
        ("/a/index.html", ""),
        ("/?p=1", ""),
        ("/a?p=1", ""),
        ("/a.php", ""),
        ("/a b", ""),
        ("/a:b", ""),
        ("/%B0%A1", ""),
        ("/../a", ""),
        ("/.git/a", ""),
        ("/a//b", ""),
        ("/tags/", ""),
        ("/tag/x.html", ""),
        ("/categories", ""),
        ("/posts/", ""),
        ("/page/2", ""),
        ("/404.html", ""),
        ("/pages/about", ""),
        ("/posts/a-day", "/posts/a-day/"),
        ("/tags-and-more/", "/tags-and-more/"),
        ("/pages/about.html", "/pages/about.html"),
        ("/a%7Bb", ""),
        ("/" + "a" * 300, ""),
    ],
)
def test_an_old_path_is_kept_where_files_can_answer_at_it(url: str, kept: str) -> None:
    assert _site.kept(HOST + url) == kept


@pytest.mark.parametrize("name", SITES)
def test_links_keep_their_anchors_and_pictures_are_public(name: str) -> None:
    layout = choose.layout(name)
    path = layout.path(post())
    address = layout.link("x.md", path, post().url)
    assert layout.link("x.md", path, f"{post().url}#part") == f"{address}#part"
    assert re.fullmatch(r"/(media|images)/a\.png", layout.link("x.md", layout.media("a.png")))


@pytest.mark.parametrize("name", SITES)
def test_no_page_has_the_name_of_a_list(name: str) -> None:
    layout = choose.layout(name)
    for slug in ("index", "posts", "tags", "categories", "pages"):
        for more in ({"url": f"{HOST}/?p=1", "kind": "page"}, {"url": f"{HOST}/?p=1", "published": None}):
            told = post(**more, title=slug)
            path = layout.path(told)
            assert path.endswith(f"/{slug}-page.md")
            assert layout.link(path, path, told.url).strip("/").endswith(f"{slug}-page")


NOT_PUBLIC: list[dict[str, Any]] = [{"draft": True}, *({"extra": {"status": word}} for word in ("private", "Password"))]


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("told", NOT_PUBLIC, ids=str)
def test_what_is_not_public_is_a_draft_and_nothing_leads_there(name: str, told: dict[str, Any]) -> None:
    layout, shut = choose.layout(name), post(**told)
    path = layout.path(shut)
    assert path.rpartition("/")[0].endswith("drafts")
    front = layout.front(shut, path)
    assert name == "jekyll" or front.get("draft") or front.get("Status") == "draft"
    assert layout.link("x.md", path, shut.url) == shut.url
    assert layout.link("x.md", layout.path(post(draft=True, url="file:///x/a.md")), "file:///x/a.md") == "#"
    assert layout.path(post(extra={"status": "seedling"})) == layout.path(post())


@pytest.mark.parametrize("name", SITES)
def test_what_else_a_post_tells_never_stands_for_what_the_generator_reads(name: str) -> None:
    extra = {"layout": "x", "permalink": "/x", "status": "y", "comment_count": "8", "partial": "z", "mood": "ok"}
    layout = choose.layout(name)
    told = post(extra=extra, partial="cut", comment_count=3)
    front = layout.front(told, layout.path(told))
    front = {
        key.lower(): value for key, value in {**front, **front.get("params", {}), **front.get("extra", {})}.items()
    }
    assert (front["mood"], front["partial"], front["comment_count"]) == ("ok", "cut", 3)
    alone = layout.front(post(extra={"comment_count": "8"}), "content/posts/x.md")
    assert "'8'" in str(alone) and "old_" not in str(alone)
    assert front["old_partial"] == "z" and front["old_comment_count"] == "8"
    if name == "pelican":
        assert front["old_status"] == "y" and "status" not in front
    if name in ("eleventy", "jekyll"):
        assert front["old_layout"] == "x" and front["permalink"] == "/2011/05/a-day.html"


def test_pelican_reads_every_line_of_its_front_matter() -> None:
    front = choose.layout("pelican").front(post(extra={"두 낱말": "x", "two words": "y"}), "content/posts/a.md")
    assert all(re.fullmatch("[A-Za-z0-9_-]+", name) for name in front)


# -- front matter -------------------------------------------------------------------------------------


def read(name: str, text: str) -> dict[str, Any]:
    marks = choose.layout(name).MARKS
    if marks == ("", ""):
        lines = text.partition("\n\n")[0].split("\n")
        return {key: value for key, _, value in (line.partition(": ") for line in lines)}
    block = text.removeprefix(f"{marks[0]}\n").partition(f"{marks[1]}\n")[0]
    found: dict[str, Any] = tomllib.loads(block) if marks[0] == "+++" else yaml.safe_load(block)
    return found


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("title", [title for title in nasty.TITLES if title])
def test_a_title_reads_back(name: str, title: str) -> None:
    layout = choose.layout(name)
    told = post(
        title=title, tags=("No", "2011"), published=datetime(2011, 5, 16, 1, tzinfo=timezone(timedelta(hours=9)))
    )
    front = read(name, _front.front_matter(layout.front(told, layout.path(told)), layout.MARKS))
    if name == "pelican":
        title = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert front.get("title", front.get("Title")) == title
    assert front.get("tags") in (["No", "2011"], ["No", "_2011"], None)


@pytest.mark.parametrize(
    "words", ["1e3", "1.5e3", "0o17", "1,000", "+12e03", ".5e1", "1_000", "0x1F", "1:30", "yes", "~"]
)
def test_what_some_reader_of_yaml_takes_for_no_text_is_quoted(words: str) -> None:
    assert _front.dump({"a": words}) in (f"a: '{words}'\n", f'a: "{words}"\n')


@pytest.mark.parametrize("words", ["3 men", "v1e3", "a,b"])
def test_other_text_is_not(words: str) -> None:
    assert _front.dump({"a": words}) == f"a: {words}\n"


def test_front_matter_speaks_the_generators_words() -> None:
    told = post(
        author="Bo",
        updated=datetime(2012, 1, 1, tzinfo=UTC),
        tags=("a", "b"),
        categories=("c",),
        summary="Short",
        draft=True,
        cover="/media/a.png",
        lang="ko",
    )
    front = {name: choose.layout(name).front(told, choose.layout(name).path(told)) for name in LAYOUTS}
    assert front["hugo"]["url"] == front["jekyll"]["permalink"] == "/2011/05/a-day.html"
    assert (
        front["hugo"]["lastmod"] == front["jekyll"]["last_modified_at"] == front["astro"]["updatedDate"] == told.updated
    )
    assert (front["hugo"]["slug"], front["pelican"]["Lang"]) == ("a-day", "ko")
    assert front["hugo"]["params"] == {"author": "Bo", "source": told.url, "cover": "/media/a.png", "lang": "ko"}
    assert front["eleventy"]["permalink"] is False, "Eleventy builds a draft unless told otherwise"
    assert front["astro"]["description"] == "Short" and front["astro"]["pubDate"] == date(2011, 5, 16)
    assert (front["zola"]["path"], front["zola"]["aliases"]) == ("2011/05/a-day", ("2011/05/a-day.html",))
    assert front["zola"]["taxonomies"] == {"categories": ["c"], "tags": ["a", "b"]}
    assert (front["pelican"]["Save_as"], front["pelican"]["Status"]) == ("2011/05/a-day.html", "draft")
    assert front["obsidian"]["aliases"] == ("A day",) and front["obsidian"]["updated"] == datetime(2012, 1, 1)


@pytest.mark.parametrize(
    ("tags", "line"),
    [(("a", "b"), "a, b"), (("a, b",), "a, b;"), (("a", "b; c"), "a; b, c;"), (("~", "a"), "a"), ((), "")],
)
def test_pelican_splits_no_tag(tags: tuple[str, ...], line: str) -> None:
    assert choose.layout("pelican").front(post(tags=tags), "content/posts/a.md").get("Tags", "") == line


def test_pelican_makes_no_page_of_an_author_without_letters() -> None:
    front = choose.layout("pelican").front(post(author="!?"), "content/posts/a.md")
    assert (front.get("Author"), front["Byline"]) == (None, "!?")
    assert "Byline" not in choose.layout("pelican").front(post(author="Bo"), "content/posts/a.md")


def test_a_summary_that_a_generator_reads_as_markdown_is_text() -> None:
    told = post(summary="1. a *b* <c> {{< d >}}\n~~e~~")
    front = {name: choose.layout(name).front(told, "content/posts/a.md") for name in ("hugo", "pelican")}
    assert front["hugo"]["summary"] == "1\\. a \\*b\\* \\<c> &#123;{< d >}} \\~\\~e\\~\\~"
    assert front["pelican"]["Summary"] == "1\\. a \\*b\\* &#60;c> &#123;&#123;< d >}} &#126;&#126;e&#126;&#126;"


@pytest.mark.parametrize(
    ("name", "terms", "others"),
    [
        ("hugo", ("index.html", "a"), ("index.html",)),
        ("eleventy", ("constructor", "a", "all"), ("constructor", "all")),
        ("pelican", ("☃", "a", "<b>"), "☃, <b>"),
    ],
)
def test_a_term_that_has_no_list_is_kept_apart(name: str, terms: tuple[str, ...], others: Any) -> None:
    front = choose.layout(name).front(post(tags=terms), "content/posts/a.md")
    assert front.get("tags", front.get("Tags")) in ("a", ("a",))
    assert front.get("other_terms", front.get("Other_terms", front.get("params", {}).get("other_terms"))) == others


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("with space", "with-space"),
        ("C#", "C"),
        ("2011", "_2011"),
        ("여행/일본", "여행/일본"),
        ("#", ""),
        ("/a//b/", "a/b"),
        ("1.0", "_1-0"),
    ],
)
def test_obsidian_has_tags_without_spaces(tag: str, written: str) -> None:
    front = choose.layout("obsidian").front(post(tags=(tag,)), "posts/a.md")
    assert front["tags"] == ((written,) if written else ())
    assert front["other_terms"] == (() if written else (tag,))


# -- bodies -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "markdown", "written"),
    [
        ("hugo", "{{< a >}} {{% b %}} {{ c }}", "&#123;{< a >}} &#123;{% b %}} {{ c }}"),
        ("hugo", "\\{{< a >}} \\\\{{< b >}} \\: c", "&#123;{< a >}} \\\\&#123;{< b >}} \\: c"),
        ("zola", "\\left\\{{ a }} \\\\{% b %}", "\\left&#123;{ a }} \\\\&#123;% b %}"),
        ("obsidian", "\\== \\#tag \\\\#tag", "\\== \\#tag \\\\\\#tag"),
        ("hugo", "`{{< a >}}`", "`{{</* a */>}}`"),
        ("hugo", "`{{</* a */>}}`", "`{{</*/* a */*/>}}`"),
        ("hugo", "```\n{{% a\n```\n", "```\n{{%/* a\n```\n\n[//]: # (*/%}})\n"),
        ("hugo", "\\<!--more-->", "&lt;!--more-->"),
        ("hugo", "a\\\n: b", "a\\\n\\: b"),
        ("jekyll", "`{{ a }}` {% b %} {c}", '`{{ "{{" }} a }}` &#123;% b %} {c}'),
        ("jekyll", "a | b\\\nc {:d}", "a &#124; b  \nc &#123;:d}"),
        ("jekyll", "| a \\| b |\n| --- |\n| `c\\|d` |", "| a \\| b |\n| --- |\n| `c|d` |"),
        ("jekyll", "> | a |\n> | --- |\n> b", "> | a |\n> | --- |\n> |  |\n> b"),
        ("jekyll", "<주간 백과> <http://a.b/>", "&#60;주간 백과> <http://a.b/>"),
        ("jekyll", "3_b `3_c` [4_d](http://a/5_e) f_", "3\\_b `3_c` [4\\_d](http://a/5_e) f_"),
        ("jekyll", "<details>\n`<details>`", '<details markdown="1">\n`<details>`'),
        ("pelican", "\\<b> \\$5 ~~x~~ \\*y\\*", "&#60;b> &#36;5 <del>x</del> \\*y\\*\n"),
        ("pelican", "![](/images/a.png)", "![ ](/images/a.png)\n"),
        ("pelican", "- a\n  - b\n\n  c", "-   a\n    -   b\n\n    c\n"),
        ("pelican", "> - ```py\n>   a\n>\n>   b\n>   ```", "> -   &nbsp;\n>\n>         a\n>\n>         b\n>\n"),
        ("zola", "{{ f() }} `{{ f() }}`", "&#123;{ f() }} <code>&#123;{ f() }}</code>"),
        (
            "zola",
            "```tera\n{% a() %}\n\n<b>\n```\n",
            '<pre><code class="language-tera">&#123;% a() %}\n\n&lt;b&gt;\n</code></pre>\n',
        ),
        ("zola", "`` `{{` ``", "<code>`&#123;{`</code>"),
        ("obsidian", "%%a%% ==b== #c d#e [#f](#g) `%%`", "\\%\\%a\\%\\% \\=\\=b\\=\\= \\#c d#e [#f](#g) `%%`"),
        ("obsidian", "ends ^id", "ends \\^id"),
        ("eleventy", "{{ a }} {% b %}", "{{ a }} {% b %}"),
        ("astro", "{{ a }} {b}", "{{ a }} {b}"),
        (
            "astro",
            "http://a.b/c\\_d www.e\\_f [g](http://h/i_j)",
            "http&#58;//a.b/c\\_d www&#46;e\\_f [g](http://h/i_j)",
        ),
        (
            "hugo",
            "http://a.b/c![d](e) http://a.b/c [f](http://g)",
            "http&#58;//a.b/c![d](e) http://a.b/c [f](http://g)",
        ),
        ("hugo", "```go {a=1}\nx {b}\n```\n", "```go\nx {b}\n```\n"),
        ("hugo", "### a {.b}", "### a &#123;.b}"),
        ("hugo", "A.\n\nB `<!--more-->`", "A.\n\n<!--more-->\n\nB `<!--more-->`"),
        ("hugo", "- a\n\n  ```\n  <!--more-->\n  ```\n", "<!--more-->\n\n- a\n\n  ```\n  <!--more-->\n  ```\n"),
        ("hugo", f"A.\n\n{_prose.CUT}\n\n`<!--more-->`", f"A.\n\n{_prose.CUT}\n\n`<!--more-->`"),
        ("zola", "[a]() [b](#c) \\](#d) `](#e)`", "[a](./) [b](./#c) \\](#d) `](#e)`"),
        ("zola", "## a {b}", "## a &#123;b}"),
        (
            "zola",
            "  > ```\n  > {{ a\n  >\n  > b\n  > ```\n",
            "  > <pre><code>&#123;{ a\n  >\n  > b\n  > </code></pre>\n",
        ),
        ("hugo", "<summary>a \\</summary> {{< b >}}", "<summary>a \\</summary> &#123;{< b >}}"),
        ("jekyll", "*[a](b)* c\n\n*[d]: e", "*[a](b)* c\n\n&#42;[d]: e"),
        ("jekyll", "`a `` b`", "```a `` b```"),
        (
            "jekyll",
            "| *a* *b **c*** | d*e |\n| --- | --- |\n| f*g | `` ` `` |",
            "| *a* *b **c*** | d*e |\n| --- | --- |\n| f*g | `` ` `` |",
        ),
        ("jekyll", "*a *b* c* `*` d\n\n- e*f\n- g*h", "<em>a <em>b</em> c</em> `*` d\n\n- e*f\n- g*h"),
        ("jekyll", "| a \\` |\n| --- |\n| b |", "| a &#96; |\n| --- |\n| b |"),
        ("pelican", "a \\~~ b ~~ c ~~d~~\n", "a &#126;~ b ~~ c <del>d</del>\n"),
        ("jekyll", "*one *two* one* **x**", "<em>one <em>two</em> one</em> <strong>x</strong>"),
        (
            "jekyll",
            "***a**.* `*` [**b**](http://c/*d*)",
            "<em><strong>a</strong>.</em> `*` [<strong>b</strong>](http://c/*d*)",
        ),
        ("jekyll", "***a*** *b **c** d*", "***a*** *b **c** d*"),
        ("jekyll", "$$a$$", "\\$\\$a\\$\\$"),
        ("jekyll", "<kbd>\\_</kbd> <kbd>a</kbd>", '<kbd markdown="span">\\_</kbd> <kbd>a</kbd>'),
        ("jekyll", "| a |\n| --- |\n| - |\n| b |", "| a |\n| --- |\n| &#45; |\n| b |"),
        ("jekyll", "1. a\n\n1) b\n2) c\n", "1. a\n\n<!-- -->\n\n1. b\n2. c\n"),
        ("jekyll", "1.\n2. b\n\n##\n\nc", "1. &nbsp;\n2. b\n\n\n\nc"),
        ("jekyll", "[a](<http://b/\\<c d>)", "[a](<http://b/%3Cc d>)"),
        ("jekyll", "1. a\n   ```\n   - b\n   ```\n", "1. a\n\n   ```\n   - b\n   ```\n"),
        ("pelican", "100. a\n1000. b\n10.\n", "100. a\n1000. b\n10. &nbsp;\n"),
        ("pelican", "- a\n  > b\n", "-   a\n\n    > b\n"),
        ("pelican", "> 1. > a\n", "> 1.  &nbsp;\n>\n>     > a\n"),
        ("pelican", "> ```\n> a\n> ```\n>\n> ```\n> b\n> ```\n", ">\n>     a\n>\n>\n> <!-- -->\n>\n>     b\n>\n"),
        (
            "pelican",
            "```make\na:\n\tb <c>\n```\n",
            '\n<pre><code class="language-make">a:\n&#9;b &lt;c&gt;\n</code></pre>\n\n',
        ),
    ],
)
def test_what_a_generator_would_run_is_text(name: str, markdown: str, written: str) -> None:
    assert choose.layout(name).body(markdown) == written


def test_the_sign_of_a_cut_is_one() -> None:
    assert render._CUT == _prose.CUT


def test_code_and_prose_make_up_the_whole() -> None:
    for text in (path.read_text("utf-8", "replace") for path in SAMPLE.parent.rglob("*.html")):
        assert "".join(piece for _, piece in _prose.pieces(text)) == text


def test_lists_code_and_quotes_are_nested_by_four_spaces() -> None:
    items = "1. one\n   - deep\n\n     more\n\n   ```\n   a\n\n     b\n   ```\n2. two\n\n"
    assert _nesting.nested(items + "> - ```\n>   c\n>   ```\n> - d\n\nEnd.\n") == (
        "1.  one\n    -   deep\n\n        more\n\n\n        a\n\n          b\n\n2.  two\n\n"
        "> -   &nbsp;\n>\n>         c\n>\n> -   d\n\nEnd.\n"
    )


# -- archives -----------------------------------------------------------------------------------------

POSTS = (
    Told(
        "/2011/one.html",
        "One",
        body='<p>Words {{ x }} <img src="/a.png"></p>',
        count=1,
        comments=comment(1, "Bo", "Hi"),
    ),
    Told(
        "/2011/two.php", "Two", "2011-05-17", body='<p>As <a href="/2011/one.html#part">one</a> <img src="/b.gif"></p>'
    ),
    Told("/2011/three.html", "Three", "2011-05-18", body='<p>H<sub>2</sub>O, <a href="/2011/two.php">two</a>.</p>'),
)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(blog(*POSTS, **{"a.png": PNG, "b.gif": GIF})) as site:
        yield site


@pytest.fixture(scope="module")
def plain(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    archive(site.url, folder, listen=quiet)
    return folder


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_layout_of_an_archive_is_what_the_source_gives(
    name: str, site: Site, plain: Path, tmp_path: Path
) -> None:
    archive(site.url, tmp_path / "live", Options(layout=name), quiet)
    hits = len(site.hits)
    report = lay_out(plain, tmp_path / "laid", name, listen=quiet)
    assert tree(tmp_path / "laid") == tree(tmp_path / "live") and len(site.hits) == hits
    assert (report.code, report.written, report.media) == (0, 3, 2)
    assert (tmp_path / "laid" / report.index).is_file()


@pytest.mark.parametrize("name", LAYOUTS)
def test_making_it_again_changes_nothing(name: str, plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, name, redirects=name in SITES, listen=quiet)
    before, journal = tree(tmp_path), (tmp_path / ".blogark/journal.jsonl").read_bytes()
    heard: list[Event] = []
    lay_out(plain, tmp_path, name, redirects=name in SITES, listen=heard.append)
    rewrite(tmp_path, listen=heard.append)
    assert tree(tmp_path) == before and not [event for event in heard if isinstance(event, Wrote)]
    assert (tmp_path / ".blogark/journal.jsonl").read_bytes() == journal


def test_pictures_are_the_same_files(plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    for picture in (plain / "media").iterdir():
        assert picture.samefile(tmp_path / "static/media" / picture.name)


def test_pictures_are_copied_where_there_are_no_links(
    plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr("os.link", refuse)
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    assert {path.read_bytes() for path in (tmp_path / "static/media").iterdir()} == {PNG, GIF}


def test_what_a_person_edited_is_left(plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    (tmp_path / "content/posts/2011-05-16-one.md").write_text("mine", "utf-8")
    heard: list[Event] = []
    lay_out(plain, tmp_path, "hugo", listen=heard.append)
    assert [event.path for event in heard if isinstance(event, Kept)] == ["content/posts/2011-05-16-one.md"]
    assert (tmp_path / "content/posts/2011-05-16-one.md").read_text("utf-8") == "mine"


def test_a_layout_that_was_stopped_goes_on(plain: Path, tmp_path: Path) -> None:
    def stop(event: Event) -> None:
        if isinstance(event, Wrote) and "two" in event.path:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lay_out(plain, tmp_path / "a", "jekyll", redirects=True, listen=stop)
    lay_out(plain, tmp_path / "a", "jekyll", redirects=True, listen=quiet)
    lay_out(plain, tmp_path / "b", "jekyll", redirects=True, listen=quiet)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--for", "hugo"), "name their folder with -o"),
        (("--redirects",), "name their folder with -o"),
        (("--reread", "--for", "hugo", "-o", "x"), "run it first"),
        (("--redirects", "-o", "x"), "choose a generator with --for"),
        (("--for", "nikola", "-o", "x"), "'nikola' is not one of"),
    ],
)
def test_what_write_cannot_do_is_said(arguments: tuple[str, ...], says: str, plain: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "blogark", "write", str(plain), *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and says in done.stderr and not list(tmp_path.iterdir())


def test_the_command_lays_out(plain: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "blogark", "write", str(plain), "--for", "hugo", "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[0].startswith("3 of 3 posts · 2 of 2 pictures · ")
    assert done.stdout.splitlines()[1].endswith("out/.blogark/INDEX.md") and "unsafe = true" in done.stderr


def test_what_stands_in_a_sites_root_stays(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text("title = 'mine'", "utf-8")
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    assert (tmp_path / "hugo.toml").read_text("utf-8") == "title = 'mine'"


def test_a_site_without_pages_kept_says_that_it_cannot_be_read_again(plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    with pytest.raises(SourceError, match="keeps no pages as they were answered"):
        rewrite(tmp_path, reread=True, listen=quiet)


def test_a_site_is_brought_up_to_date(site: Site, plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    before = tree(tmp_path)
    assert archive(site.url, tmp_path, listen=quiet).written == 0
    assert tree(tmp_path) == before


def test_an_archive_has_one_layout(site: Site, plain: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="laid out as plain; `blogark write"):
        archive(site.url, plain, Options(layout="hugo"), quiet)
    lay_out(plain, tmp_path, "hugo", listen=quiet)
    with pytest.raises(StoreError, match="laid out as hugo; choose another folder"):
        lay_out(plain, tmp_path, "zola", listen=quiet)
    with pytest.raises(SourceError, match="no layout is called 'nikola'"):
        lay_out(plain, tmp_path / "x", "nikola", listen=quiet)
    with pytest.raises(StoreError, match="is no archive folder"):
        lay_out(tmp_path / "y", tmp_path / "z", "hugo", listen=quiet)
    with pytest.raises(SourceError, match="choose a generator"):
        lay_out(plain, tmp_path / "v", "obsidian", redirects=True, listen=quiet)


def test_what_was_lost_is_lost_in_another_layout_too(tmp_path: Path) -> None:
    told = Told("/a.html", "One", body='<p>Words here. <img src="/gone.png"></p>', count=2)
    with Site(blog(told)) as site:
        first = archive(site.url, tmp_path / "plain", Options(wayback="never"), quiet)
    for _ in range(2):
        report = lay_out(tmp_path / "plain", tmp_path / "out", "hugo", listen=quiet)
        assert sorted(report.lost) == sorted(first.lost) and report.code == 0, "told before"
    index = (tmp_path / "out" / report.index).read_text("utf-8")
    assert f"{site.url}/gone.png" in index and "../content/posts/2011-05-16-one.md" in index
    assert f"![]({site.url}/gone.png)" in (tmp_path / "out/content/posts/2011-05-16-one.md").read_text("utf-8")


def test_dropped_html_is_told_with_the_setting(plain: Path, tmp_path: Path) -> None:
    heard: list[Event] = []
    lay_out(plain, tmp_path, "hugo", listen=heard.append)
    (needs,) = (event for event in heard if isinstance(event, Needs))
    assert needs.posts == 1 and "unsafe = true" in str(needs)


def test_comments_are_data(plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "eleventy", listen=quiet)
    told = yaml.safe_load((tmp_path / "_data/comments/posts/2011-05-16-one.json").read_text("utf-8"))
    assert [(each["author"], each["text"]) for each in told] == [("Bo", "Hi")]
    assert "Hi" not in (tmp_path / "posts/2011-05-16-one.md").read_text("utf-8")


@pytest.mark.parametrize(("mode", "key"), [("sidecar", "2011-05-16-one"), ("inline", None), ("none", None)])
def test_a_template_is_told_of_comments_where_they_are_data(
    mode: Any, key: str | None, site: Site, tmp_path: Path
) -> None:
    archive(site.url, tmp_path, Options(layout="jekyll", comments=mode, wayback="never"), listen=quiet)
    file = tmp_path / "_posts/2011-05-16-one.md"
    assert read("jekyll", file.read_text("utf-8")).get("comments_key") == key
    assert (tmp_path / "_data/comments/posts/2011-05-16-one.yml").exists() == (key is not None)


def test_addresses_that_changed_are_mapped(plain: Path, tmp_path: Path) -> None:
    lay_out(plain, tmp_path, "hugo", redirects=True, listen=quiet)
    maps = tmp_path / ".blogark/redirects"
    assert (tmp_path / "static/_redirects").read_text("utf-8") == "/2011/two.php /posts/2011-05-17-two/ 301\n"
    assert '\n"/2011/two.php" "/posts/2011-05-17-two/";\n' in (maps / "nginx.map").read_text("utf-8")
    assert (maps / "apache.map").read_text("utf-8").endswith("\n/2011/two.php /posts/2011-05-17-two/\n")


def test_an_old_address_leads_to_one_place(tmp_path: Path) -> None:
    old = "https://old.example"
    posts = [
        post(id="1", url=f"{old}/a.php", title="There"),
        post(id="2", url=f"{HOST}/a.php", title="Here"),
        post(id="3", url=f"{HOST}/?p=1", title="Short"),
        post(id="4", url=f"{HOST}/?p=1&b=2", title="Long"),
        post(id="5", url=f"{HOST}/it's(a)*.html", title="Signs"),
        post(id="6", url=f"{HOST}/secret.php", extra={"status": "private"}),
    ]
    plain = nasty.remembered(tmp_path / "plain", HOST, posts, {})
    Store(plain).remember(blog=HOST)
    lay_out(plain, tmp_path / "out", "hugo", redirects=True, listen=quiet)
    assert (tmp_path / "out/static/_redirects").read_text("utf-8") == (
        "/ p=1 b=2 /posts/2011-05-16-long/ 301!\n/ p=1 /posts/2011-05-16-short/ 301!\n"
        "/a.php /posts/2011-05-16-here/ 301\n/it%27s%28a%29%2A.html /posts/2011-05-16-it-s-a/ 301\n"
    )
    assert "\n/it's(a)*.html /posts/" in (tmp_path / "out/.blogark/redirects/apache.map").read_text("utf-8")


def test_namesakes_and_their_comments_are_numbered_alike(tmp_path: Path) -> None:
    same = [
        Told(
            f"/{n}/blog-post.html", "Same", count=1, comments=comment(n, "Bo", f"On {n}"), body=f"<p>Post {n} here.</p>"
        )
        for n in (2, 1, 3)
    ]
    with Site(blog(*same)) as site:
        archive(site.url, tmp_path, Options(layout="hugo"), quiet)
    for path in (tmp_path / "content/posts").iterdir():
        number = re.search(r"Post (\d) here", path.read_text("utf-8"))
        said = (tmp_path / "data/comments/posts" / f"{path.stem}.yaml").read_text("utf-8")
        assert number and f"On {number[1]}" in said


@pytest.mark.parametrize(
    "html",
    [
        "<p>Before.</p><!--more--><p>After.</p>",
        "<p>Before.</p><!--more Go on --><p>After.</p>",
        "<p>Before.</p><a name='more'></a><p>After.</p>",
        '<p>Before.</p><p><span id="more-12"></span></p><p>After.</p>',
        '<p>Before.</p><p><span id="more-12"></span>After.</p>',
    ],
)
def test_the_cut_is_kept_where_a_generator_has_a_sign(html: str, tmp_path: Path) -> None:
    assert _text("hugo", html) == "Before.\n\n<!--more-->\n\nAfter.\n"
    assert _text("zola", html) == "Before.\n\n<!-- more -->\n\nAfter.\n"
    assert _text("plain", html) == _text("astro", html) == "Before.\n\nAfter.\n"


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p>One<!--more--> line.</p>", "One line.\n"),
        ("<!--more--><p>All.</p>", "All.\n"),
        ("<p>All.</p><!--more-->", "All.\n"),
        ("<blockquote><p>a</p><!--more--><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<ul><li>a</li><li><!--more-->b</li></ul>", "- a\n- b\n"),
        ("<p>a</p><pre>x <!--more--> y</pre>", "a\n\n```\nx  y\n```\n"),
    ],
)
def test_no_cut_is_within_a_paragraph(html: str, written: str) -> None:
    assert _text("hugo", html) == written


def _text(name: str, html: str) -> str:
    layout = choose.layout(name)
    made = render.draft(post(html=html), "none", more=bool(layout.MORE))
    return made.text(layout, layout.path(made.post)).partition(f"\n{layout.MARKS[1]}\n\n")[2]


def test_a_layout_is_one_file(plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (Path(choose.layout("obsidian").__file__ or "").read_text("utf-8")).replace(
        "from . import", "from blogark.layouts import"
    )
    (tmp_path / "logseq.py").write_text(lines.replace("from ..model", "from blogark.model"), "utf-8")
    monkeypatch.setattr(layouts, "__path__", [*layouts.__path__, str(tmp_path)])
    lay_out(plain, tmp_path / "out", "logseq", listen=quiet)
    assert (tmp_path / "out/posts/2011/2011-05-16-one.md").is_file()
    monkeypatch.delitem(sys.modules, "blogark.layouts.logseq")
    there = f"from blogark import layouts; layouts.__path__.append({str(tmp_path)!r})"
    command = f"{there}; from blogark.cli import main; main(['write', {str(plain)!r}, '--for', 'logseq', '-o', 'more'])"
    subprocess.run([sys.executable, "-c", command], cwd=tmp_path, capture_output=True, timeout=60, check=True)
    assert (tmp_path / "more/posts/2011/2011-05-16-one.md").is_file()


# -- a vault of Obsidian ------------------------------------------------------------------------------

FORBIDDEN = re.compile(r'[\[\]#^|\\:*?"<>]')  # in the name of a note that links shall find


@pytest.fixture(scope="module", params=["nasty", "nastier"])
def vault(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, plain = tmp_path_factory.mktemp("vault"), tmp_path_factory.mktemp("plain")
    lay_out(nasty.archived(plain, 60) if request.param == "nasty" else nastier.archived(plain), folder, "obsidian")
    return folder


def test_links_and_embeds_of_a_vault_resolve(vault: Path) -> None:
    notes = [path for path in vault.rglob("*.md") if ".blogark" not in path.parts]
    links = 0
    for note in notes:
        body = re.sub(r"\A---\n.*?\n---\n", "", note.read_text("utf-8"), flags=re.S)
        text = "".join(piece for kind, piece in _prose.pieces(body) if kind == "prose")
        for address in re.findall(r"(?<!\\)\]\(<?([^)<>\s]+)[^)]*\)", text):
            if "://" not in address and not address.startswith(("mailto:", "tel:", "#")):
                path = unquote(address).partition("#")[0]
                assert (note.parent / path).is_file() or (vault / path).is_file(), (note, address)
                links += 1
    assert len(notes) > 60 and links > 2 * len(notes)


def test_a_vaults_names_are_safe_in_wiki_links(vault: Path) -> None:
    files = [path.relative_to(vault) for path in vault.rglob("*") if path.is_file() and ".blogark" not in path.parts]
    assert not [path for path in files if FORBIDDEN.search(str(path)) or " " in str(path)]


def test_a_vaults_properties_are_dates_and_tags(vault: Path) -> None:
    for note in (path for path in vault.rglob("*.md") if path.name != "INDEX.md"):
        front = read("obsidian", note.read_text("utf-8"))
        assert (
            type(front.get("date", date.min)) in (date, datetime) and getattr(front.get("date"), "tzinfo", None) is None
        )
        assert all(re.fullmatch(r"[\w/-]*[^\W\d][\w/-]*|_[\d-]+", tag) for tag in front.get("tags", []))
        assert front["source"].startswith((nasty.HOST, nastier.HOST))


def test_store_knows_the_permalink_by_any_way_of_writing_it(plain: Path, site: Site) -> None:
    store = Store(plain)
    assert store.permalink(store.id_at(f"{site.url}/2011/one.html?utm_source=x#c")) == f"{site.url}/2011/one.html"
    assert store.permalink(store.id_at("http://elsewhere.example/")) == ""
