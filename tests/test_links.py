"""Links between a blog's own posts: whatever form they take, they lead to the post's file; all others stay."""

import re
from pathlib import Path

import pytest
from conftest import Serve
from homemade import Told, blog, comment
from hosts import Hosts
from loopback import Request, Site, redirect

from blogark import Options, archive, urls
from blogark.links import Links
from blogark.rewrite import rewrite

HOME = "https://some.blog.example"
POSTS = (
    {"id": "41", "url": f"{HOME}/2010/05/rain.html", "published": "2010-05-16"},
    {"id": "42", "url": f"{HOME}/2011/06/비-오는-날.html", "published": "2011-06-01T10:00:00+09:00"},
    {"id": "43", "url": f"{HOME}/archives/000043.html", "published": "2005-03-09", "also": [f"{HOME}/mt/43"]},
    {"id": "44", "url": f"{HOME}/view.php?no=44&lang=ko", "published": None},
    {"id": "45", "url": f"{HOME}/2012/01/amp/", "published": "2012-01-02"},
    {"id": "46", "url": f"{HOME}/", "published": "2012-01-03"},
    {"id": "47", "url": "https://elsewhere.example/2013/02/guest.html", "published": "2013-02-02"},
    {"id": "48", "url": f"{HOME}/2014/01/02/twice", "published": "2014-01-02"},
    {"id": "49", "url": f"{HOME}/2014/01/09/twice", "published": "2014-01-09"},
)


@pytest.fixture
def links() -> Links:
    made = Links(["some.blog.example", "someblog.blogspot.com", "127.0.0.1:81"])
    for post in POSTS:
        made.add(post)
    return made


@pytest.mark.parametrize(
    ("link", "post"),
    [
        ("https://some.blog.example/2010/05/rain.html", "41"),
        ("http://some.blog.example/2010/05/rain.html", "41"),
        ("//some.blog.example/2010/05/rain.html", "41"),
        ("https://www.some.blog.example/2010/05/rain.html", "41"),
        ("https://SOME.blog.example:443/2010/05/rain.html", "41"),
        ("https://some.blog.example/2010/05/rain.html/", "41"),
        ("https://some.blog.example//2010/05/rain.html", "41"),
        ("https://some.blog.example/2010/05/rain.html?m=1", "41"),
        ("https://some.blog.example/2010/05/rain.html?m=0#more", "41"),
        ("https://some.blog.example/2010/05/rain.html?showComment=1305520000000#c123", "41"),
        ("https://some.blog.example/2010/05/rain.html?utm_source=x&utm_medium=y", "41"),
        ("https://some.blog.example/2010/05/rain.html?fbclid=abc", "41"),
        ("https://some.blog.example/2010/05/rain.html?source=nobody-knows", "41"),
        ("https://some.blog.example/2010/05/rain.html/amp/", "41"),
        ("https://some.blog.example/2010/05/rain.html?amp=1", "41"),
        ("https://some.blog.example/2010/05/rain.html/comment-page-2#comment-7", "41"),
        ("https://m.some.blog.example/2010/05/rain.html", "41"),
        ("https://some.blog.example/m/2010/05/rain.html", "41"),
        ("http://someblog.blogspot.com/2010/05/rain.html", "41"),
        ("http://someblog.blogspot.co.uk/2010/05/rain.html?m=1", "41"),
        ("http://someblog.blogspot.kr/2010/05/rain.html", "41"),
        ("http://127.0.0.1:81/2010/05/rain.html", "41"),
        ("https://some.blog.example/?p=41", "41"),
        ("https://some.blog.example/index.php?p=41", "41"),
        ("https://some.blog.example/2010/05/16/rain/", "41"),
        ("https://some.blog.example/2010/5/rain", "41"),
        ("https://some.blog.example/2011/06/비-오는-날.html", "42"),
        ("https://some.blog.example/2011/06/%EB%B9%84-%EC%98%A4%EB%8A%94-%EB%82%A0.html", "42"),
        ("https://some.blog.example/2011/06/%eb%b9%84-%ec%98%a4%eb%8a%94-%eb%82%a0.html#x", "42"),
        ("https://some.blog.example/2011/06/\u1107\u1175-\u110b\u1169\u1102\u1173\u11ab-\u1102\u1161\u11af.html", "42"),
        ("https://some.blog.example/mt/43/", "43"),
        ("https://some.blog.example/view.php?lang=ko&no=44", "44"),
        ("https://some.blog.example/2012/01/amp/", "45"),
        ("https://elsewhere.example/2013/02/guest.html", "47"),
        ("https://some.blog.example/2014/01/09/twice/", "49"),
    ],
)
def test_a_link_to_a_post(links: Links, link: str, post: str) -> None:
    assert links.lead(urls.key(urls.join(HOME, link)), "some.blog.example") == post


@pytest.mark.parametrize(
    "link",
    [
        "https://some.blog.example/",
        "https://some.blog.example",
        "https://someblog.blogspot.com/?m=1",
        "https://some.blog.example/2010/05/",
        "https://some.blog.example/2012/01",  # not that of the post that is called amp
        "https://some.blog.example/search/label/rain",
        "https://some.blog.example/tag/rain/",
        "https://some.blog.example/2010/06/16/rain/",  # another month's
        "https://some.blog.example/2014/01/twice",  # which of the two?
        "https://some.blog.example/view.php?no=45",
        "https://some.blog.example/view.php",
        "https://some.blog.example/?p=7",
        "https://some.blog.example/?page=41",
        "https://other.blog.example/2010/05/rain.html",
        "https://other.blog.example/?p=41",
        "https://otherblog.blogspot.com/2010/05/rain.html",
        "https://some.blog.example.evil.example/2010/05/rain.html",
        "https://someblog.blogspot.com/2013/02/guest.html",  # a guest's host is none of the blog's names
        "http://127.0.0.1:82/2010/05/rain.html",
        "https://elsewhere.example/2010/05/rain.html",
        "mailto:rain@some.blog.example",
        "http://[some.blog.example/2010/05/rain.html",
        "",
    ],
)
def test_a_link_to_anything_else(links: Links, link: str) -> None:
    assert links.lead(urls.key(link), "some.blog.example") == ""


def test_what_a_page_claims_never_beats_a_posts_own_address(links: Links) -> None:
    links.add({"id": "66", "url": f"{HOME}/thief", "also": [f"{HOME}/2010/05/rain.html", f"{HOME}/later", HOME]})
    links.add({"id": "67", "url": f"{HOME}/later"})
    for page, post in (("/2010/05/rain.html", "41"), ("/later", "67"), ("/", ""), ("/thief", "66")):
        assert links.lead(urls.key(HOME + page), "some.blog.example") == post
    assert links.at(f"{HOME}/mt/43") == "", "which post an entry is, its permalink alone says"


def test_bytes_that_are_no_unicode_stay_apart() -> None:
    for place in ("entry/", "view?name="):
        rain, snow = (f"http://euc.example/{place}{name}" for name in ("%BA%F1", "%B4%AB"))
        assert urls.key(rain) != urls.key(snow)
        assert urls.key(rain) == urls.key(rain.replace("%BA%F1", "%ba%f1"))
        assert urls.key(rain).isprintable()


# from the shell to the file

FORMS = {
    "plain": "/2010/01/first.html",
    "mobile": "/2010/01/first.html?m=1",
    "said": "/2010/01/first.html?showComment=12#c12",
    "part": "/2010/01/first.html#part-two",
    "short": "/s/first",
    "label": "/tag/sea",
    "home": "/",
}


def told(at: str = "") -> tuple[Told, ...]:
    body = "".join(f'<p>See <a href="{at}{path}">{name}</a> and more of it.</p>' for name, path in FORMS.items())
    return (
        Told("/2011/05/third.html", "Third", "2011-05-16", body=body, count=1, comments=comment(1, "Ann", body)),
        Told("/2010/01/first.html", "First", "2010-01-30"),
    )


def written(root: Path, name: str = "third") -> dict[str, str]:
    (path,) = root.rglob(f"*-{name}.md")
    body, _, below = path.read_text("utf-8").partition("<!-- comments -->")
    found = dict(re.findall(r"\[(\w+)\]\(([^)]*)\)", body))
    assert not below or dict(re.findall(r"See \[(\w+)\]\(([^)]*)\)", below)) == found, "comments lead there too"
    return found


def shortened(page: str) -> str:
    return page.replace("<head>", '<head><link rel="shortlink" href="/s/first"><link rel="canonical" href="/first">')


def test_links_of_a_post_and_of_its_comments(serve: Serve, tmp_path: Path) -> None:
    posts = told()
    site = serve(blog(*posts) | {posts[1].path: shortened(posts[1].page())})
    archive(site.url, tmp_path)
    first = "../2010/2010-01-30-first.md"
    assert written(tmp_path) == {
        "plain": first,
        "mobile": first,
        "said": first,
        "part": first,  # no file has anchors of its own: one that leads nowhere would be worse than none
        "short": first,
        "label": f"{site.url}/tag/sea",
        "home": f"{site.url}/",
    }


def test_a_link_within_a_post_stays_one(serve: Serve, tmp_path: Path) -> None:
    body = '<p>To <a href="#end">bare</a>, <a href="/a.html#end">whole</a>, <a href="/a.html">top</a>.</p><p id="end">E'
    archive(serve(blog(Told("/a.html", "Third", body=body))).url, tmp_path)
    assert written(tmp_path) == {"bare": "#end", "whole": "#end", "top": "2011-05-16-third.md"}


def test_pages_saved_beside_each_other(tmp_path: Path) -> None:
    third, first = told()
    for path, page in blog(third, first).items():
        file = tmp_path / "saved" / (path.rpartition("/")[2] or "index.html")
        file.parent.mkdir(exist_ok=True)
        file.write_text(re.sub(r'href="/(?:2[/\d]*)?', 'href="', str(page)), "utf-8")
    archive(str(tmp_path / "saved"), tmp_path / "out", Options(wayback="never"))
    found = written(tmp_path / "out")
    assert found["plain"] == found["part"] == "../2010/2010-01-30-first.md"


def twins(old: str = "http://name.blogspot.example") -> Hosts:
    """A blog on a domain of its own, to which its first address redirects; its old links still name that one."""
    site = Site(blog(*told(old)))
    return Hosts(
        {
            "own.example": site,
            "name.blogspot.example": Site(lambda request: redirect(f"http://own.example{request.path}")),
            "other.example": Site(lambda request: "<p>Nothing here.</p>"),
        }
    )


@pytest.mark.parametrize("typed", ["http://name.blogspot.example/", "http://own.example/"])
def test_all_the_names_that_a_blog_goes_by(tmp_path: Path, typed: str) -> None:
    with twins() as hosts:
        site = hosts.sites["own.example"]
        assert site is not None and isinstance(site.pages["/"], str)
        if "own" in typed:  # then its front page must say it
            names = '<head><link rel="EditURI" href="http://name.blogspot.example/xmlrpc.php?rsd">'
            site.pages["/"] = site.pages["/"].replace("<head>", names)
        archive(typed, tmp_path, Options(wayback="never"), net=hosts.net)
    found = written(tmp_path)
    assert {found[name] for name in ("plain", "mobile", "said", "part")} == {"../2010/2010-01-30-first.md"}
    assert found["label"] == "http://name.blogspot.example/tag/sea"


def test_a_name_that_is_learned_later_mends_what_stands(tmp_path: Path) -> None:
    with twins() as hosts:
        archive("http://own.example/", tmp_path, Options(wayback="never"), net=hosts.net)
        assert written(tmp_path)["plain"].startswith("http://name.blogspot.example/")
        archive("http://name.blogspot.example/", tmp_path, Options(wayback="never"), net=hosts.net)
        assert written(tmp_path)["plain"] == "../2010/2010-01-30-first.md"
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "raw" not in path.name}
        archive("http://own.example/", tmp_path, Options(wayback="never"), net=hosts.net)
        rewrite(tmp_path)
    assert {path: path.read_bytes() for path in before} == before


def test_the_same_path_on_a_strangers_blog_is_a_strangers(tmp_path: Path) -> None:
    with twins("http://other.example") as hosts:
        archive("http://own.example/", tmp_path, Options(wayback="never"), net=hosts.net)
    assert all(to.startswith("http://other.example/") for to in written(tmp_path).values())


def test_posts_of_several_hosts_link_to_each_other_whichever_came_first(tmp_path: Path) -> None:
    """A blog that lists posts of its authors' other addresses."""
    here, there = "http://own.example/2011/05/third.html", "http://other.example/2010/01/fourth.html"
    posts = (
        Told(here, "Third", body=f'<p>Words and <a href="{there}">there</a>, and some more of them.</p>'),
        Told(there, "Fourth", body=f'<p>Words and <a href="{here}">here</a>, and some more of them.</p>'),
    )
    items = "".join(
        f"<item><title>{each.title}</title><link>{each.path}</link><pubDate>Mon, 16 May 2011 10:00:00 +0000</pubDate>"
        f"<description><![CDATA[{each.body}]]></description></item>"
        for each in posts
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Both</title>{items}</channel></rss>'

    def answer(request: Request) -> str:
        return next((each.page() for each in posts if each.path.endswith(request.path)), feed)

    with Hosts({"own.example": Site(answer), "other.example": Site(answer)}) as hosts:
        archive("http://own.example/feed.xml", tmp_path, Options(wayback="never"), net=hosts.net)
    assert written(tmp_path) == {"there": "2011-05-16-fourth.md"}
    assert written(tmp_path, "fourth") == {"here": "2011-05-16-third.md"}
