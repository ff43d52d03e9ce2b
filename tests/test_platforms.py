"""The platforms, each by a double that behaves as it does: paging, caps, quirks, closed doors."""

import inspect
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from homemade import PNG
from hosts import Held, Library
from loopback import Answer, Made, Request, as_answer
from platformed import Query, Told, check, fixed, json_answer, many, picture, rss, save, sitemap, table, threads

from blogark import known
from blogark.choose import all_platforms, platform
from blogark.cli import main
from blogark.errors import ReadError
from blogark.model import Entry, Page
from blogark.platforms import _api, _tumblr

EMPTY = "<html><body><p>Nothing.</p></body></html>"


def picked(told: Sequence[Told], number: str) -> Told | None:
    return next((each for each in told if str(each.number) == number), None)


def day(told: Told) -> str:
    return f"{told.at:%Y. %-m. %-d.}"


# -- Tistory --------------------------------------------------------------------------------------

TISTORY = "https://haru.tistory.com"


def tistory(told: Sequence[Told], api: bool = True, size: int = 20) -> dict[str, Made]:
    """Pages are counted from 0; tags are links of the skin; thumbnails carry the original's address and expire."""

    def listing(found: Any, query: Query, request: Any) -> Any:
        number = int(query["page"])
        some = told[number * size : (number + 1) * size]
        items = [{"id": t.number, "title": t.title, "path": f"/{t.number}", "published": day(t)} for t in some]
        last = (number + 1) * size >= len(told)
        data = {"items": items, "isLast": last, "totalItems": len(told), "nextPage": None if last else number + 1}
        return json_answer(json.dumps({"data": data})) if api else None

    def said(found: Any, query: Query, request: Any) -> Any:
        post = picked(told, found[1])
        if not api or post is None:
            return None
        stamp = int(post.at.timestamp())
        items = threads(
            post,
            "children",
            lambda n, who, what, _: {"id": n, "content": what, "writer": {"name": who}, "written": stamp},
        )
        data = {"items": items, "isLast": True, "totalItems": len(post.said), "nextId": None}
        return json_answer(json.dumps({"data": data}))

    def page(found: Any, query: Query, request: Any) -> Any:
        post = picked(told, found[1])
        if post is None:
            return None
        inner = quote(f"https://blog.kakaocdn.net/dn/{post.number}/img.png?credential=a&expires=9", safe="")
        shown = f'<figure><img src="https://img1.daumcdn.net/thumb/R1280x0/?scode=mtistory2&fname={inner}"></figure>'
        tags = ", ".join(f'<a href="/tag/{escape(tag)}" rel="tag">{escape(tag)}</a>' for tag in post.tags)
        return (
            f'<html lang="ko"><head><title>{escape(post.title)}</title><script>window.T.config = {{}};</script>'
            f'<meta property="og:title" content="{escape(post.title)}"><meta name="by" content="{post.author}">'
            f'<meta property="article:published_time" content="{post.at.isoformat()}"></head><body>'
            f'<h1><a href="/">하루</a></h1><div class="area"><h2>{escape(post.title)}</h2>'
            f'<div class="tt_article_useless_p_margin contents_style">{post.html(shown)}'
            f'<div class="container_postbtn #post_button_group"><button>공감</button></div></div>'
            f'<div class="area_tag">{tags}</div></div></body></html>'
        )

    every = [f"{TISTORY}/{t.number}" for t in told]
    more = [f"{TISTORY}/", f"{TISTORY}/category/소금", f"{TISTORY}/tag/sea", *(f"{TISTORY}/m/{t.number}" for t in told)]
    blog = table(
        (r"/m/api/entry/0/POST", listing),
        (r"/m/api/(\d+)/comment", said),
        (r"/sitemap\.xml", fixed(sitemap(*more, *every))),
        (r"/(\d+)", page),
        (r"/", fixed("<html><script>window.T.config = {};</script><body><h1>하루</h1></body></html>")),
    )
    return {"haru.tistory.com": blog, "blog.kakaocdn.net": table((r"/dn/\d+/img\.png", signed))}


def signed(found: Any, query: Query, request: Any) -> Any:
    return picture(found, query, request) if query.get("expires") else Answer(403)


def test_tistory(tmp_path: Path) -> None:
    told = many(45)
    saved = save(tistory(told), TISTORY, tmp_path)
    check(saved, told, pictures="blog.kakaocdn.net/dn/{}/img.png?credential=a&expires=9")
    assert saved.count(r".*/m/api/entry/") == 3 and saved.report.blog.platform == "tistory"
    assert saved.count("haru.tistory.com/") == 1 + 3 + 2 * 45  # the front, the list, each post and its comments


def test_tistory_without_its_interface(tmp_path: Path) -> None:
    told = many(7)
    saved = save(tistory(told, api=False), TISTORY, tmp_path, media=False)
    check(saved, told, but="comments comment_count")


# -- Naver Blog -----------------------------------------------------------------------------------

MOBILE = "https://m.blog.naver.com/"
STRAY = "\\'"  # which is no JSON


def naver(told: Sequence[Told], mobile: bool = True, desktop: bool = True, closed: int = 0) -> dict[str, Made]:
    """403 without a Referer, 30 posts at most, the last page over and over, a total that lies, posts of other years."""

    def row(t: Told) -> dict[str, Any]:
        stamp = int(t.at.timestamp() * 1000)
        names = {"titleWithInspectMessage": t.title, "categoryName": "일상", "commentCnt": len(t.said), "blogNo": 77}
        return {"logNo": 2200 + t.number, "addDate": stamp, "notOpen": t.number == closed, **names}

    def listing(found: Any, query: Query, request: Any) -> Any:
        if request.headers.get("referer") != MOBILE or int(query["itemCount"]) > 30:
            return Answer(403, '{"isSuccess":false}')
        page = min(int(query["page"]), -(-len(told) // 30))
        items = [row(t) for t in told[(page - 1) * 30 : page * 30]]
        items.insert(1, {**row(told[-1]), "logNo": 1, "thisDayPostInfo": {"year": 5}})
        return json_answer(json.dumps({"isSuccess": True, "result": {"items": items, "totalCount": len(told) + 5}}))

    def by_desktop(found: Any, query: Query, request: Any) -> Any:
        some = told[(int(query["currentPage"]) - 1) * 30 : int(query["currentPage"]) * 30]
        items = [
            f'{{"logNo":"{2200 + t.number}","title":"{quote(t.title)}","addDate":"{day(t)}",'
            f'"commentCount":"{len(t.said)}","note":"it{STRAY}s"}}'
            for t in some
        ]
        return Answer(200, f'{{"resultCode":"S","postList":[{",".join(items)}]}}', {"Content-Type": "text/html"})

    def tags(found: Any, query: Query, request: Any) -> Any:
        post = picked(told, str(int(query["logNo"]) - 2200))
        names = quote(",".join(post.tags)) if post else ""
        return json_answer(json.dumps({"taglist": [{"logno": query["logNo"], "tagName": names}]}))

    def page(found: Any, query: Query, request: Any) -> Any:
        post = picked(told, str(int(found[1]) - 2200))
        if post is None or request.headers.get("referer") != MOBILE:
            return Answer(403)
        if post.number == closed and "NID_SES=mine" not in request.headers.get("cookie", ""):
            return Answer(403)
        at = f"https://postfiles.pstatic.net/MjAy/{post.number}/sea.jpg?type=w"
        shown = f'<div class="se-component se-image"><img src="{at}80_blur" data-lazy-src="{at}966"></div>'
        head = f'<meta property="og:title" content="{escape(post.title)}">'
        head += '<meta property="naverblog:nickname" content="한결">'
        body = post.html(shown).replace("<p>", '<p class="se-text-paragraph"><!-- SE-TEXT { -->')
        return (
            f'<html><head>{head}</head><body><div class="blog_date">7시간 전</div><div class="se-main-container">'
            f'<div class="se-documentTitle"><h3 class="se-title-text">{escape(post.title)}</h3></div>{body}</div>'
            f'<div class="another"><p>이 블로그의 다른 글: 아주 긴 글이 여기 있습니다.</p></div></body></html>'
        )

    def info(found: Any, query: Query, request: Any) -> Any:
        return json_answer('{"result":{"blogNo":77,"totalCount":2}}')

    def cbox(found: Any, query: Query, request: Any) -> Any:
        box, _, number = query["objectId"].partition("_201_")
        post = picked(told, str(int(number) - 2200))
        if box != "77" or query["pool"] != "blogid" or post is None:
            return json_answer('{"code":"3300"}')
        made = [
            {
                "commentNo": n,
                "parentCommentNo": above or n,
                "userName": who,
                "contents": what,
                "regTime": "2021-06-02T15:05:00+0900",
            }
            for n, (who, what, above) in enumerate(post.said, 1)
        ]
        pages = {"page": int(query["page"]), "totalPages": 1}
        return json_answer(json.dumps({"result": {"commentList": made[::-1], "pageModel": pages}}))

    feed, at = [replace(t, number=2200 + t.number) for t in told[:50]], "https://blog.naver.com/haru/{}?fromRss=true"
    frame = '<html><frameset><frame id="mainFrame" src="/PostList.naver?blogId=haru&amp;from=x"></frameset></html>'
    empty = table()
    lists = table((r"/api/blogs/haru/post-list", listing)) if mobile else empty
    pages = table((r"/api/blogs/haru/posts/\d+/comments-info", info), (r"/haru/(\d+)", page), (r"/haru", fixed(EMPTY)))
    desk = table((r"/PostTitleListAsync\.naver", by_desktop)) if desktop else empty
    rest = table((r"/haru", fixed(frame)), (r"/BlogTagListInfo\.naver", tags))
    return {
        "m.blog.naver.com": lambda request: lists(request) or pages(request),
        "blog.naver.com": lambda request: desk(request) or rest(request),
        "apis.naver.com": table((r"/commentBox/cbox/web_naver_list_json\.json", cbox)),
        "rss.blog.naver.com": table((r"/haru\.xml", fixed(rss(feed, at, whole=False)))),
        "blogfiles.pstatic.net": table((r"/MjAy/\d+/sea\.jpg", unreferred)),
    }


def unreferred(found: Any, query: Query, request: Any) -> Any:
    return Answer(403) if request.headers.get("referer") else picture(found, query, request)


def test_naver(tmp_path: Path) -> None:
    told = many(65)
    saved = save(naver(told), "https://blog.naver.com/haru", tmp_path)
    check(saved, told, pictures="blogfiles.pstatic.net/MjAy/{}/sea.jpg")
    assert saved.count(".*/post-list") == 4  # three pages, and the last one again
    assert saved.count("apis") == 21 and saved.count(".*/comments-info") == 0
    assert saved.posts[0].url == "https://blog.naver.com/haru/2265" and saved.posts[0].categories == ("일상",)


def test_what_naver_shows_to_its_writer_alone(tmp_path: Path) -> None:
    told, start = many(4), "http://m.blog.naver.com/haru"
    saved = save(naver(told, closed=2), start, tmp_path / "stranger", media=False)
    assert [post.title for post in saved.posts] == [each.title for each in told if each.number != 2]
    assert saved.report.withheld and saved.report.code == 0
    jar = tmp_path / "cookies.txt"
    jar.write_text(
        "# Netscape HTTP Cookie File\n" + "\t".join([".naver.com", "TRUE", "/", "FALSE", "0", "NID_SES", "mine"])
    )
    check(save(naver(told, closed=2), start, tmp_path / "mine", media=False, cookies=str(jar)), told)


@pytest.mark.parametrize(("desktop", "requests"), [(True, 3), (False, 0)])
def test_naver_without_its_mobile_interface(tmp_path: Path, desktop: bool, requests: int) -> None:
    told = many(45)
    saved = save(naver(told, mobile=False, desktop=desktop), "https://m.blog.naver.com/haru", tmp_path, media=False)
    check(saved, told, but="published" if desktop else "")
    assert [post.day for post in saved.posts] == [each.at.date() for each in told]
    assert saved.count(r".*/PostTitleListAsync\.naver") == requests + (not desktop)


# -- Substack -------------------------------------------------------------------------------------

SEA = "https://sea.substack.com"
BARE = "http://sea.substack.com"  # where the double lives: secrets go to that alone


def substack(told: Sequence[Told], api: bool = True, paid: int = 0, known: str = "") -> dict[str, Made]:
    """Short pages in the middle, a restack among them; the paid post's preview for who shows no cookie `known`."""

    def row(t: Told, whole: bool = False) -> dict[str, Any]:
        at = f"{SEA}/p/note-{t.number}"
        fetch, inner = (
            "https://substackcdn.com/image/fetch",
            quote(f"https://bucket.s3.amazonaws.com/{t.number}.png", ""),
        )
        shown = (
            f'<a class="image-link" href="{fetch}/$s_!a!,f_auto/{inner}"><img src="{fetch}/w_1456,c_limit/{inner}"></a>'
        )
        more = {"publishedBylines": [{"name": t.author}], "postTags": [{"name": tag} for tag in t.tags]}
        more |= {"wordcount": len(f"{t.words} 그리고 끝까지, the end of number 9.".split())}
        body = t.html(shown) if t.number != paid else f"<p>{t.words[:40]}</p>"
        return {
            "id": 100 + t.number, "slug": f"note-{t.number}", "title": t.title, "type": "newsletter",
            "post_date": t.at.isoformat().replace("+00:00", ".000Z"), "comment_count": len(t.said), "canonical_url": at,
            "audience": "only_paid" if t.number == paid else "everyone", **more,
            **({"body_html": t.html(shown) if known and whole == known else body} if whole else {}),
        }  # fmt: skip

    def listing(found: Any, query: Query, request: Any) -> Any:
        start = int(query["offset"])
        some = [row(t) for t in told[start : start + (5 if start == 12 else int(query["limit"]))]]
        return json_answer(json.dumps(some)) if api else Answer(403)

    def post(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if not api or each is None:
            return None
        told_whole = row(each, True)
        if known and known in request.headers.get("cookie", ""):
            told_whole["body_html"] = each.html()
        return json_answer(json.dumps(told_whole))

    def said(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, str(int(found[1]) - 100))
        at = "2021-07-01T00:00:00.000Z"
        every = threads(each, "children", lambda n, who, what, _: {"id": n, "name": who, "body": what, "date": at})
        return json_answer(json.dumps({"comments": every if query.get("all_comments") else []}))

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if each is None:
            return None
        return (
            f"<html><head><title>{escape(each.title)}</title></head><body><article><h1>{escape(each.title)}</h1>"
            f'<div class="available-content"><div class="body markup">{each.html()}</div></div></article></body></html>'
        )

    blog = table(
        (r"/api/v1/archive", listing),
        (r"/api/v1/posts/note-(\d+)", post),
        (r"/api/v1/post/(\d+)/comments", said),
        (r"/p/note-(\d+)", page),
        (r"/feed", fixed(rss(told[:20], SEA + "/p/note-{}"))),
        (r"/sitemap\.xml", fixed(sitemap(SEA, f"{SEA}/about", *(f"{SEA}/p/note-{t.number}" for t in told)))),
        (r"/", fixed(EMPTY)),
    )
    return {"sea.substack.com": blog, "bucket.s3.amazonaws.com": table((r"/\d+\.png", picture))}


def test_substack(tmp_path: Path) -> None:
    told = many(40, UTC)
    saved = save(substack(told), SEA, tmp_path)
    check(saved, told, pictures="bucket.s3.amazonaws.com/{}.png")
    assert saved.count(".*/archive") == 5  # 12, 5, 12, 11 and none
    assert saved.count(r".*/api/v1/posts/") == 40 and saved.count(".*/comments") == 13


def test_substack_without_its_interface(tmp_path: Path) -> None:
    told = many(24, UTC)
    saved = save(substack(told, api=False), SEA, tmp_path, media=False)
    assert sorted(post.title for post in saved.posts) == sorted(each.title for each in told)
    dated = [post for post in saved.posts if post.published]
    assert [post.published for post in dated] == [each.at for each in told[:20]]


def test_what_substack_keeps_for_subscribers(tmp_path: Path) -> None:
    told = many(3, UTC)
    saved = save(substack(told, paid=2), SEA, tmp_path, media=False)
    assert [post.partial for post in saved.posts] == ["", "paywalled", ""]
    (file,) = saved.folder.rglob("2021-*note-2*.md")
    assert "partial: paywalled" in file.read_text("utf-8")


def test_a_subscribers_cookies(tmp_path: Path) -> None:
    told = many(3, UTC)
    jar = tmp_path / "cookies.txt"
    line = "\t".join([".substack.com", "TRUE", "/", "FALSE", "0", "substack.sid", "s3cret"])
    jar.write_text(f"# Netscape HTTP Cookie File\n{line}\n")
    saved = save(substack(told, paid=2, known="substack.sid=s3cret"), BARE, tmp_path, media=False, cookies=str(jar))
    check(saved, told)
    assert not any(post.partial for post in saved.posts)
    kept = [each.read_bytes() for each in saved.folder.rglob("*") if each.is_file()]
    assert not any(b"s3cret" in each for each in kept)


# -- Velog ----------------------------------------------------------------------------------------

VELOG = "https://velog.io/@haru"


def velog(told: Sequence[Told], api: bool = True) -> dict[str, Made]:
    """Fifty posts at most, whatever is asked; UTC; bodies in Markdown; comments by the older interface."""
    user = {"username": "haru", "profile": {"display_name": "한결"}}

    def row(t: Told) -> dict[str, Any]:
        at = t.at.astimezone(UTC).isoformat().replace("+00:00", ".000Z")
        more = {"tags": t.tags, "comments_count": len(t.said), "user": user, "is_private": False}
        return {"id": f"{t.number:04}", "title": t.title, "url_slug": f"노트-{t.number}", "released_at": at, **more}

    def graphql(found: Any, query: Query, request: Any) -> Any:
        if not api:
            return json_answer('{"errors":[{"message":"no"}]}', 400)
        asked = json.loads(query["variables"])
        if "readPost" in query["query"]:
            slug = asked["input"]["url_slug"]
            each = picked(told, slug.removeprefix("노트-"))
            assert each
            body = f"{each.words}\n![](https://velog.velcdn.com/images/{each.number}.png)\n\n그리고 **끝**까지, "
            return json_answer(
                json.dumps({"data": {"post": {**row(each), "body": f"{body}the end of number {each.number}."}}})
            )
        past = [t for t in told if not asked["input"]["cursor"] or f"{t.number:04}" < asked["input"]["cursor"]]
        return json_answer(json.dumps({"data": {"posts": [row(t) for t in past[: min(50, asked["input"]["limit"])]]}}))

    def said(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, str(int(json.loads(query["variables"])["id"])))
        every = threads(
            each,
            "replies",
            lambda n, who, what, _: {"id": f"c{n}", "text": what, "user": {"profile": {"display_name": who}}},
        )
        return json_answer(json.dumps({"data": {"post": {"comments": every}}}))

    feed = rss(told, f"https://velog.io/@haru/{quote('노트-')}{{}}", author=False)
    return {
        "velog.io": table((r"/@haru", fixed(EMPTY))),
        "v3.velog.io": table((r"/graphql", graphql)),
        "v2.velog.io": table((r"/graphql", said), (r"/rss/@haru", fixed(feed))),
        "velog.velcdn.com": table((r"/images/\d+\.png", picture)),
    }


def test_velog(tmp_path: Path) -> None:
    told = many(120)
    saved = save(velog(told), VELOG, tmp_path)
    check(saved, told, pictures="velog.velcdn.com/images/{}.png")
    assert saved.count("v3.*velogPosts") == 4 and saved.count("v3.*readPost") == 120 and saved.count("v2") == 40


def test_velog_by_its_feed(tmp_path: Path) -> None:
    told = many(30)
    saved = save(velog(told, api=False), VELOG, tmp_path, media=False)
    assert [post.published for post in saved.posts] == [each.at for each in told]
    assert all(each.words in post.text for post, each in zip(saved.posts, told, strict=True))


# -- note.com -------------------------------------------------------------------------------------


def note(told: Sequence[Told], api: bool = True, paid: int = 0, flat: bool = False) -> dict[str, Made]:
    """Six posts a page; tags with their sign; a paid post to its paywall; comments one a page.

    Answers lie in the thread that they belong to; `flat`: as until 2025, when there were no threads.
    """

    def row(t: Told) -> dict[str, Any]:
        tags = [{"hashtag": {"name": f"#{tag}"}} for tag in t.tags]
        more = {"publishAt": t.at.isoformat(), "user": {"nickname": t.author, "urlname": "haru"}, "hashtags": tags}
        return {"id": t.number, "key": f"n{t.number:012}", "name": t.title, "commentCount": len(t.said), **more}

    def listing(found: Any, query: Query, request: Any) -> Any:
        page = int(query["page"])
        some = told[(page - 1) * 6 : page * 6]
        data = {"contents": [row(t) for t in some], "isLastPage": page * 6 >= len(told), "totalCount": len(told)}
        return json_answer(json.dumps({"data": data})) if api else Answer(403)

    def one(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, str(int(found[1])))
        if each is None or not api:
            return None
        made = row(each)
        shown = f'<figure><img src="https://assets.st-note.com/img/{each.number}.png?width=800"></figure>'
        body = f"<p>{each.words}</p>" if each.number == paid else each.html(shown)
        more = {"publish_at": made.pop("publishAt"), "comment_count": made.pop("commentCount"), "body": body}
        more |= {"hashtag_notes": made.pop("hashtags"), "can_read": each.number != paid}
        return json_answer(json.dumps({"data": {**made, **more}}))

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, str(int(found[1])))
        if each is None:
            return None
        told_ld = {"@type": "Article", "headline": each.title, "datePublished": each.at.isoformat()}
        told_ld |= {"author": {"@type": "Person", "name": each.author}}
        return (
            f'<html><head><title>{escape(each.title)}｜한결</title><script type="application/ld+json">'
            f"{json.dumps(told_ld)}</script></head><body><article><h1>{escape(each.title)}</h1>"
            f'<div class="note-common-styles__textnote-body">{each.html()}</div></article></body></html>'
        )

    def said(found: Any, query: Query, request: Any) -> Any:
        each, thread = picked(told, str(int(found[1]))), query.get("parent_key", "")
        if each is None or not api:
            return None
        every = [remark(each, n) for n in range(1, len(each.said) + 1)]
        under = every if flat else [one for one in every if one["above"] == thread]
        page = int(query["page"])
        some = under[page - 1 : page] if flat == (found[2] == "comments") else []
        return json_answer(json.dumps({"data": some, "next_page": page + 1 if page < len(under) else None}))

    def remark(each: Told, number: int) -> dict[str, Any]:
        who, what, above = each.said[number - 1]
        words = {"type": "root", "children": [{"type": "element", "tag_name": "p", "children": []}]}
        words["children"][0]["children"].append({"type": "text", "value": what})  # type: ignore[index]
        answers = sum(one[2] == number for one in each.said)
        more = {"created_at": each.at.isoformat(), "user": {"nickname": who}, "reply_count": answers}
        shown = {"key": f"c{number}", "comment": what if flat else words, "above": f"c{above}" if above else ""}
        return {**shown, **more}

    rows = (
        (r"/api/v3/notes/n(\d+)/(note_comments|comments)", said),
        (r"/api/v2/creators/haru/contents", listing),
        (r"/api/v3/notes/n(\d+)", one),
        (r"/haru/n/n(\d+)", page),
        (r"/haru/rss", fixed(rss(told, "https://note.com/haru/n/n{:012}", whole=False, author=False))),
        (r"/haru", fixed(EMPTY)),
    )
    return {"note.com": table(*rows), "assets.st-note.com": table((r"/img/\d+\.png", picture))}


def test_note(tmp_path: Path) -> None:
    told = many(20)
    saved = save(note(told), "https://note.com/haru", tmp_path)
    check(saved, told, pictures="assets.st-note.com/img/{}.png")
    assert saved.count("note.com/") == 1 + 4 + 20 + 6 * 2, "for every post with comments its list, and one thread"


def test_note_as_it_kept_comments_before_it_had_threads(tmp_path: Path) -> None:
    saved = save(note(many(4), flat=True), "https://note.com/haru", tmp_path, media=False)
    (post,) = (post for post in saved.posts if post.comments)
    assert [(c.id, c.author, c.parent) for c in post.comments] == [("c1", "Cy", ""), ("c2", "한결", "")]
    assert post.comments[0].html == "<p>Well said, &amp; so on.</p>"


def test_note_without_its_interface(tmp_path: Path) -> None:
    told = many(8)
    check(save(note(told, api=False), "https://note.com/haru", tmp_path), told, but="comments comment_count tags")


def test_what_note_sells(tmp_path: Path) -> None:
    saved = save(note(many(3), paid=3), "https://note.com/haru", tmp_path, media=False)
    assert [post.partial for post in saved.posts] == ["paywalled", "", ""]


# -- dev.to ---------------------------------------------------------------------------------------


def devto(told: Sequence[Told], api: bool = True) -> dict[str, Made]:
    """A thousand posts a page; bodies one by one; comments as a tree."""

    def row(t: Told) -> dict[str, Any]:
        at = f"https://dev.to/haru/note-{t.number}"
        more = {"url": at, "path": f"/haru/note-{t.number}", "tag_list": t.tags, "user": {"name": t.author}}
        return {
            "id": t.number,
            "title": t.title,
            "published_at": t.at.isoformat(),
            "comments_count": len(t.said),
            **more,
        }

    def listing(found: Any, query: Query, request: Any) -> Any:
        size, page = min(1000, int(query["per_page"])), int(query["page"])
        some = [row(t) for t in told[(page - 1) * size : page * size]]
        return json_answer(json.dumps(some)) if api else Answer(404)

    def one(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        inner = quote(f"https://dev-to-uploads.s3.amazonaws.com/{found[1]}.png", safe="")
        shown = f'<p><img src="https://media2.dev.to/dynamic/image/width=800,height=,fit=scale-down/{inner}"></p>'
        return (
            json_answer(json.dumps({**row(each), "body_html": each.html(shown), "tags": each.tags})) if each else None
        )

    def said(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, query["a_id"])
        every = threads(
            each,
            "children",
            lambda n, who, what, _: {"id_code": f"c{n}", "body_html": escape(what), "user": {"name": who}},
        )
        return json_answer(json.dumps(every))

    rows = (
        (r"/api/articles", listing),
        (r"/api/articles/(\d+)", one),
        (r"/api/comments", said),
        (r"/feed/haru", fixed(rss(told[:12], "https://dev.to/haru/note-{}"))),
        (r"/haru", fixed(EMPTY)),
    )
    return {"dev.to": table(*rows), "dev-to-uploads.s3.amazonaws.com": table((r"/\d+\.png", picture))}


def test_devto(tmp_path: Path) -> None:
    told = many(12, UTC)
    saved = save(devto(told), "https://dev.to/haru", tmp_path)
    check(saved, told, pictures="dev-to-uploads.s3.amazonaws.com/{}.png")
    assert saved.count("dev.to/") == 1 + 2 + 12 + 4  # the front, the list, each post, the comments of four


def test_devto_by_its_feed(tmp_path: Path) -> None:
    told = many(12, UTC)
    saved = save(devto(told, api=False), "https://dev.to/haru", tmp_path, media=False)
    check(saved, told, but="comments comment_count tags")


# -- Brunch ---------------------------------------------------------------------------------------


def brunch(told: Sequence[Told], api: bool = True) -> dict[str, Made]:
    """Twenty posts a page, asked for by the last one's moment; comments by the writer's number."""

    def listing(found: Any, query: Query, request: Any) -> Any:
        past = [t for t in told if "lastTime" not in query or int(t.at.timestamp() * 1000) < int(query["lastTime"])]
        made = [
            {"no": t.number, "title": t.title, "publishTime": int(t.at.timestamp() * 1000), "status": "publish"}
            for t in past[:20]
        ]
        return json_answer(json.dumps({"data": {"list": [{"article": each} for each in made]}})) if api else Answer(401)

    def said(found: Any, query: Query, request: Any) -> Any:
        every = threads(
            picked(told, found[1]), "kept", lambda n, who, what, _: {"no": n, "commentUserName": who, "message": what}
        )
        nested = [{**each, "children": {"list": each["kept"]}} for each in every]
        return json_answer(json.dumps({"code": 200, "data": {"list": nested}}))

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if each is None:
            return None
        inner = quote(f"http://t1.kakaocdn.net/brunch/{each.number}.png", safe="")
        shown = (
            f'<div class="wrap_item item_type_img"><img src="//img1.daumcdn.net/thumb/R1280x0/?fname={inner}"></div>'
        )
        tags = "".join(f'<li><a href="/keyword/{tag}" class="link_keyword">{escape(tag)}</a></li>' for tag in each.tags)
        return (
            f'<html><head><meta property="og:title" content="{escape(each.title)}"><meta property="og:regDate" '
            f'content="{each.at:%Y%m%d%H%M%S}"><meta property="og:article:author" content="{each.author}">'
            '<link rel="alternate" type="application/rss+xml" href="https://brunch.co.kr/rss/@@abC1"></head><body>'
            f'<h1 class="cover_title">{escape(each.title)}</h1><div class="wrap_body text_align_left">'
            f'{each.html(shown)}</div><div class="wrap_keyword"><ul class="list_keyword">{tags}</ul></div></body>'
        )

    front = (
        '<html><head><link rel="alternate" type="application/rss+xml" href="/rss/@@abC1"></head><body></body></html>'
    )
    site = table((r"/@haru", fixed(front)), (r"/@@?\w+/(\d+)", page), (r"/rss/@@abC1", fixed(rss(told[:20], BRUNCHED))))
    api_host = table((r"/v2/article/@haru", listing), (r"/v2/@@abC1/(\d+)/comments", said))
    photos = table((r"/brunch/\d+\.png", picture))
    return {"brunch.co.kr": site, "api.brunch.co.kr": api_host, "t1.kakaocdn.net": photos}


BRUNCHED = "https://brunch.co.kr/@haru/{}"


def test_brunch(tmp_path: Path) -> None:
    told = many(45)
    saved = save(brunch(told), "https://brunch.co.kr/@haru", tmp_path)
    check(saved, told, pictures="t1.kakaocdn.net/brunch/{}.png")
    assert saved.count(".*/v2/article/") == 4 and saved.count(".*/comments") == 45


def test_brunch_by_its_feed(tmp_path: Path) -> None:
    told = many(20)
    check(save(brunch(told, api=False), "https://brunch.co.kr/@haru", tmp_path), told)


# -- Medium ---------------------------------------------------------------------------------------


def medium(told: Sequence[Told], sitemaps: bool = True, pages: bool = True, locked: int = 0) -> dict[str, Made]:
    """The ten newest in the feed; a sitemap for each day on the writer's own host; 403 where pages are not open."""

    def place(t: Told) -> str:
        return f"https://medium.com/@haru/note-{t.number}-{t.number:012x}"

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, str(int(found[1], 16)))
        if each is None or not pages:
            return Answer(403)
        cut = each.number == locked
        shown = (
            f'<figure><img src="https://miro.medium.com/v2/resize:fit:1400/format:webp/1*p{each.number}.png"></figure>'
        )
        ld = {"@type": "NewsArticle", "headline": each.title, "datePublished": each.at.isoformat()}
        ld |= {"author": {"@type": "Person", "name": each.author}, "isAccessibleForFree": not cut}
        body = f"<p>{each.words}</p>" if cut else each.html(shown)
        state = f'{{"isLockedPreviewOnly":{str(cut).lower()},"postResponses":{{"count":{len(each.said)}}}}}'
        return (
            f'<html><head><meta property="al:ios:url" content="medium://p/{found[1]}"><title>{escape(each.title)}</title>'
            f'<script type="application/ld+json">{json.dumps(ld)}</script></head><body><article><section>'
            f"<h1>{escape(each.title)}</h1>{body}</section></article>"
            f"<script>window.__APOLLO_STATE__ = {state}</script></body></html>"
        )

    def tags(t: Told) -> str:
        return "".join(f"<category>{escape(tag)}</category>" for tag in t.tags)

    items = "".join(
        f"<item><title>{escape(t.title)}</title><link>{place(t)}?source=rss-1</link><dc:creator>{t.author}</dc:creator>"
        f"<pubDate>{t.at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>{tags(t)}"
        f"<content:encoded>{escape(t.html())}</content:encoded></item>"
        for t in told[:10]
    )
    feed = rss([], "").replace("</channel>", f"{items}</channel>")
    days = [f"https://haru.medium.com/sitemap/posts/2021/posts-{t.number}.xml" for t in told]
    index = (
        sitemap(*days).replace("urlset", "sitemapindex").replace("<url>", "<sitemap>").replace("</url>", "</sitemap>")
    )

    def of_day(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        own = f"https://haru.medium.com/note-{found[1]}-{int(found[1]):012x}"
        return sitemap(own) if each else None

    rows = ((r"/sitemap/sitemap\.xml", fixed(index)), (r"/sitemap/posts/2021/posts-(\d+)\.xml", of_day))
    post = (r"/(?:@haru/)?note-\d+-([0-9a-f]{12})", page)
    return {
        "medium.com": table((r"/@haru", fixed(EMPTY)), (r"/feed/@haru", fixed(feed)), post),
        "haru.medium.com": table(*(rows if sitemaps else ()), post),
        "miro.medium.com": table((r"/v2/1\*p\d+\.png", picture)),
    }


def test_medium(tmp_path: Path) -> None:
    told = many(14, UTC)
    saved = save(medium(told), "https://medium.com/@haru", tmp_path)
    check(saved, told, but="comments tags")
    assert saved.posts[0].tags == told[0].tags  # by the feed
    assert saved.count("miro.medium.com/v2/1") == 4  # of those that the feed does not tell whole
    assert saved.report.code == 3  # responses are counted, not shown


def test_what_medium_locks(tmp_path: Path) -> None:
    saved = save(medium(many(14, UTC), locked=2), "https://medium.com/@haru", tmp_path, media=False)
    assert [post.partial for post in saved.posts] == [""] * 12 + ["paywalled", ""]


def test_medium_without_sitemap_says_what_it_cannot_have(tmp_path: Path) -> None:
    told = many(14, UTC)
    saved = save(medium(told, sitemaps=False, pages=False), "https://medium.com/@haru", tmp_path, media=False)
    assert [post.title for post in saved.posts] == [each.title for each in told[:10]]
    assert all(each.words in post.text for post, each in zip(saved.posts, told, strict=False))
    assert saved.report.code == 1 and "only its ten newest" in " ".join(saved.report.failures)


# -- Tumblr ---------------------------------------------------------------------------------------


def tumblr(told: Sequence[Told], api: bool = True) -> dict[str, Made]:
    """Fifty posts a request, wrapped as a script; dates in GMT and on the blog's clock."""

    def row(t: Told) -> dict[str, Any]:
        at = f"https://haru.tumblr.com/post/{t.number}"
        shown = f'<img src="https://64.media.tumblr.com/tumblr_a{t.number}_500.jpg">'
        more = {"regular-title": escape(t.title), "regular-body": t.html(shown), "tumblelog": {"name": t.author}}
        more |= {"unix-timestamp": int(t.at.timestamp()), "date": f"{t.at:%a, %d %b %Y %H:%M:%S}"}
        return {
            "id": str(t.number),
            "type": "regular",
            "url": at,
            "url-with-slug": f"{at}/note",
            "tags": t.tags,
            **more,
        }

    def listing(found: Any, query: Query, request: Any) -> Any:
        start, size = int(query["start"]), min(50, int(query["num"]))
        data = {"posts-total": len(told), "posts": [row(t) for t in told[start : start + size]]}
        return Answer(200, f"var tumblr_api_read = {json.dumps(data)};\n") if api else Answer(404)

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        return (
            f"<html><head><title>{escape(each.title)}</title></head><body><article><h2>{escape(each.title)}</h2>"
            f"{each.html()}</article></body></html>"
            if each
            else None
        )

    every = sitemap("https://haru.tumblr.com/", *(f"https://haru.tumblr.com/post/{t.number}/note" for t in told))
    blog = table(
        (r"/api/read/json", listing),
        (r"/rss", fixed(rss(told[:20], "https://haru.tumblr.com/post/{}/note"))),
        (r"/sitemap\.xml", fixed(every)),
        (r"/post/(\d+)/note", page),
        (r"/", fixed(EMPTY)),
    )
    return {"haru.tumblr.com": blog, "64.media.tumblr.com": table((r"/tumblr_a\d+_1280\.jpg", picture))}


def test_tumblr(tmp_path: Path) -> None:
    told = many(120)
    saved = save(tumblr(told), "https://haru.tumblr.com", tmp_path)
    check(saved, told, but="comments comment_count", pictures="64.media.tumblr.com/tumblr_a{}_1280.jpg")
    assert saved.count("haru.tumblr.com/") == 1 + 4 and saved.posts[0].url == "https://haru.tumblr.com/post/120/note"


def test_tumblr_without_its_interface(tmp_path: Path) -> None:
    told = many(24, UTC)
    saved = save(tumblr(told, api=False), "https://haru.tumblr.com", tmp_path, media=False)
    assert sorted(post.title for post in saved.posts) == sorted(each.title for each in told)


@pytest.mark.parametrize(
    ("told", "html"),
    [
        ({"type": "photo", "photo-url-75": "s.jpg", "photo-url-1280": "l.jpg", "photo-caption": "<p>Sea</p>"},
         '<p><img src="l.jpg" alt=""></p><p>Sea</p>'),
        ({"type": "photo", "photos": [{"photo-url-500": "a.jpg", "caption": "A"}, {"photo-url-1280": "b.jpg"}]},
         '<p><img src="a.jpg" alt="A"></p><p><img src="b.jpg" alt=""></p>'),
        ({"type": "quote", "quote-text": "To be", "quote-source": "WS"}, "<blockquote>To be</blockquote><p>WS</p>"),
        ({"type": "link", "link-url": "https://a.example", "link-text": "A", "link-description": "<p>b</p>"},
         '<p><a href="https://a.example">A</a></p><p>b</p>'),
        ({"type": "conversation", "conversation": [{"label": "A:", "phrase": "Hi <3"}]}, "<p><b>A:</b> Hi &lt;3</p>"),
        ({"type": "answer", "question": "Why?", "answer": "<p>So.</p>"}, "<blockquote>Why?</blockquote><p>So.</p>"),
        ({"type": "video", "video-player": "<iframe></iframe>", "video-caption": "c"}, "<iframe></iframe>c"),
    ],
)  # fmt: skip
def test_kinds_of_posts_on_tumblr(told: dict[str, Any], html: str) -> None:
    assert _tumblr.body(told) == html


# -- Hatena Blog ----------------------------------------------------------------------------------

HATENA = "https://haru.hatenablog.com"


def hatena(told: Sequence[Told], archive: bool = True) -> dict[str, Made]:
    """Thirty posts a page of the archive; moments in UTC under addresses on Tokyo's clock; the sitemap by months."""

    def place(t: Told) -> str:
        return f"{HATENA}/entry/{t.at:%Y/%m/%d/%H%M%S}"

    def utc(t: Told) -> str:
        return f"{t.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def listing(found: Any, query: Query, request: Any) -> Any:
        number = int(query.get("page", 1))
        some = told[(number - 1) * 30 : number * 30]
        rows = "".join(
            f'<section class="archive-entry"><div class="archive-date"><time datetime="{t.at:%Y-%m-%d}"></time></div>'
            f'<h1><a class="entry-title-link" href="{place(t)}">{escape(t.title)}</a></h1></section>'
            for t in some
        )
        more = f'<span class="pager-next"><a href="/archive?page={number + 1}">次のページ</a></span>'
        return (
            f"<html><body>{rows}{more if number * 30 < len(told) else ''}</body></html>" if archive and some else None
        )

    def page(found: Any, query: Query, request: Any) -> Any:
        each = next((t for t in told if place(t).endswith(found[0])), None)
        if each is None:
            return None
        shown = (
            '<p><img class="hatena-fotolife" src="https://cdn-ak.f.st-hatena.com/images/fotolife/h/haru/'
            f'2021/{each.number}_m.jpg"></p>'
        )
        said = "".join(
            f'<li class="entry-comment" id="comment-{n}"><p class="comment-user-name">{who}</p><div '
            f'class="comment-content"><p>{escape(what)}</p></div><p class="comment-metadata"><time '
            f'datetime="2021-07-01T00:00:00Z">1年前</time></p></li>'
            for n, (who, what, _) in enumerate(each.said, 1)
        )
        tags = "".join(
            f'<a href="/archive/category/{tag}" class="entry-category-link">{escape(tag)}</a>' for tag in each.tags
        )
        return (
            f'<html data-brand="hatenablog" lang="ja"><head><title>{escape(each.title)} - 日々</title></head><body>'
            f'<article class="entry hentry"><header class="entry-header"><a href="/archive/2021"><time '
            f'datetime="{utc(each)}">2021-06-01</time></a><h1 class="entry-title"><a href="{place(each)}">'
            f'{escape(each.title)}</a></h1><div class="categories entry-categories">{tags}</div></header><div '
            f'class="entry-content hatenablog-entry">{each.html(shown)}</div><footer><span class="author vcard">'
            f'<span class="fn">{each.author}</span></span></footer><div class="comment-box"><ul class="comment">{said}'
            "</ul></div></article></body></html>"
        )

    index = sitemap(f"{HATENA}/sitemap_periodical.xml?year=2021&month=5").replace("urlset", "sitemapindex")
    index = index.replace("<url>", "<sitemap>").replace("</url>", "</sitemap>")
    blog = table(
        (r"/archive", listing),
        (r"/entry/.*", page),
        (r"/sitemap_index\.xml", fixed(index)),
        (r"/sitemap_periodical\.xml", fixed(sitemap(*map(place, told)))),
        (r"/", fixed(f'<html data-brand="hatenablog"><body>{EMPTY}</body></html>')),
    )
    photos = table((r"/images/fotolife/h/haru/2021/\d+\.jpg", picture))
    return {"haru.hatenablog.com": blog, "cdn-ak.f.st-hatena.com": photos}


@pytest.mark.parametrize("archive", [True, False])
def test_hatena(tmp_path: Path, archive: bool) -> None:
    told = [replace(t, said=tuple((who, what, 0) for who, what, _ in t.said)) for t in many(40)]
    saved = save(hatena(told, archive), HATENA, tmp_path)
    check(saved, told, pictures="cdn-ak.f.st-hatena.com/images/fotolife/h/haru/2021/{}.jpg")
    assert saved.count("haru.hatenablog.com/archive") == (2 if archive else 1)
    assert saved.count("haru.hatenablog.com/entry/") == 40


# -- LiveJournal, Dreamwidth ----------------------------------------------------------------------


def journal(told: Sequence[Told], host: str, calendar: bool = True, folded: bool = False) -> dict[str, Made]:
    """A year names its days, a month its posts; comments as JSON in a script, of which some are unfolded by a call."""
    lives = host.endswith("livejournal.com")
    home = f"https://{host}"

    def links(*places: tuple[str, str]) -> str:
        return (
            f"<html><body>{''.join(f'<a href={quote(to)!r}>{escape(text)}</a>' for to, text in places)}</body></html>"
        )

    def year(found: Any, query: Query, request: Any) -> Any:
        days = sorted({f"{t.at:/%Y/%m/%d/}" for t in told if t.at.year == int(found[1])})
        return links(*((each, each[-3:-1]) for each in days)) if calendar else None

    def month(found: Any, query: Query, request: Any) -> Any:
        some = [t for t in told if f"{t.at:%Y/%m}" == found[1]]
        return links(*((f"/{t.number}.html", t.title if t.number % 2 else "(no subject)") for t in some))

    def shown(each: Told) -> list[dict[str, Any]]:
        return [
            {"dtalkid": n, "parent": above, "dname": who, "article": escape(what), "ctime_ts": 1625097600}
            for n, (who, what, above) in enumerate(each.said, 1)
        ]

    def thread(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, query["itemid"])
        assert each and query["expand_all"] == "1" and query["journal"] == "haru"
        return json_answer(json.dumps({"comments": shown(each)}))

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if each is None:
            return None
        said = shown(each)
        if folded:
            said = (
                [{**said[0]}, *({k: v for k, v in one.items() if k != "article"} for one in said[1:])] if said else []
            )
        data = {"comments": said, "replycount": len(each.said)}
        script = f"Site.page = {json.dumps(data)}; Site.entry = {json.dumps({'eventtime': stamp(each)})};"
        tags = "".join(f'<a href="/tag/{quote(tag)}" rel="tag">{escape(tag)}</a> ' for tag in each.tags)
        indented = "".join(
            f'<div class="comment-thread comment-depth-{2 if above else 1}"><div class="dwexpcomment" id="cmt{n}">'
            f'<span class="comment-poster">{who}</span> <span class="datetime">2021-07-01 02:03 am (UTC)</span>'
            f'<div class="comment-content">{escape(what)}</div></div></div>'
            for n, (who, what, above) in enumerate(each.said, 1)
        )
        assert query.get("format" if lives else "style") == "light"
        body, title = ("b-singlepost-body", "b-singlepost-title") if lives else ("entry-content", "entry-title")
        inner = f'<img src="https://ic.pics.livejournal.com/haru/1/{each.number}/{each.number}_600.jpg">'
        return (
            f"<html><head><title>{escape(each.title)}: haru</title><script>{script if lives else ''}</script></head>"
            f'<body><div class="entry"><h3 class="{title}">{escape(each.title)}</h3><span class="datetime">'
            f'{each.at:%b. %d, %Y} 09:12 pm</span><span class="author">{each.author}</span>'
            f'<div class="{body}">{each.html(inner)}</div>'
            f'<div class="{"b-singlepost-tags" if lives else "tag"}">{tags}</div></div>{"" if lives else indented}'
            "</body></html>"
        )

    years = sorted({f"/{t.at.year}/" for t in told})
    front = "".join(f"<h3><a href='{home}/{t.number}.html'>{escape(t.title)}</a></h3><p>{t.words}</p>" for t in told)
    blog = table(
        (
            "/calendar" if lives else "/archive",
            lambda *_: links(*((each, each) for each in years)) if calendar else None,
        ),
        (r"/(\d{4})/", year),
        (r"/(\d{4}/\d\d)/", month),
        (r"/(\d+)\.html", page),
        (r"/__rpc_get_thread", thread),
        (r"/", fixed(f"<html><body>{front}</body></html>")),
    )
    return {host: blog, "ic.pics.livejournal.com": table((r"/haru/1/\d+/\d+_original\.jpg", picture))}


def stamp(told: Told) -> int:
    """The clock of who wrote, as if it were that of Greenwich."""
    return int(told.at.replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize("host", ["haru.livejournal.com", "haru.dreamwidth.org"])
@pytest.mark.parametrize("folded", [False, True])
def test_journals(tmp_path: Path, host: str, folded: bool) -> None:
    told = many(40)
    saved = save(journal(told, host, folded=folded), f"https://{host}", tmp_path)
    check(saved, told, but="published", pictures="ic.pics.livejournal.com/haru/1/{0}/{0}_original.jpg")
    assert [post.published for post in saved.posts] == [each.at.date() for each in told]
    months = len({f"{each.at:%Y%m}" for each in told})
    threads = 13 if folded and "live" in host else 0
    assert saved.count(f"{host}/") == 1 + 1 + 1 + months + 40 + threads


def test_a_journal_without_its_calendar(tmp_path: Path) -> None:
    told = many(5)
    saved = save(journal(told, "haru.livejournal.com", calendar=False), "https://haru.livejournal.com", tmp_path)
    assert sorted(post.title for post in saved.posts) == sorted(each.title for each in told)


# -- Hashnode -------------------------------------------------------------------------------------


def hashnode(told: Sequence[Told], data: bool = True) -> dict[str, Made]:
    """The sitemap names archives and a page beside posts; the feed is of the newest; a post's data lie in its page."""
    home = "https://haru.hashnode.dev"

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if each is None:
            return None
        shown = f'<img src="https://cdn.hashnode.com/res/{each.number}.png?w=800&amp;auto=compress">'
        post = {
            "title": each.title,
            "content": {"html": each.html(shown)},
            "publishedAt": f"{each.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        post |= {"author": {"name": each.author}, "tags": [{"name": tag} for tag in each.tags]}
        props = {"publication": {"id": "1"}, "post": {**post, "responseCount": len(each.said)}}
        held = json.dumps({"props": {"pageProps": props}})
        ld = {"@type": "BlogPosting", "headline": each.title, "datePublished": each.at.isoformat()}
        return (
            f"<html><head><title>{escape(each.title)}</title>"
            f'<script type="application/ld+json">{json.dumps(ld)}</script>'
            f"</head><body><article><h1>{escape(each.title)}</h1><div>{each.html()}</div></article>"
            f'<script id="__NEXT_DATA__" type="application/json">{held if data else "{}"}</script></body></html>'
        )

    about = {"props": {"pageProps": {"publication": {}, "page": {"title": "About", "content": {"html": "<p>Me.</p>"}}}}}
    places = [home, f"{home}/archive", f"{home}/about", f"{home}/tag/sea", f"{home}/series/salt"]
    blog = table(
        (r"/sitemap\.xml", fixed(sitemap(*places, *(f"{home}/note-{t.number}" for t in told)))),
        (r"/rss\.xml", fixed(rss(told[:10], home + "/note-{}"))),
        (r"/note-(\d+)", page),
        (r"/about", fixed(f'<html><body><script id="__NEXT_DATA__">{json.dumps(about)}</script></body></html>')),
        (r"/", fixed(EMPTY)),
    )
    return {"haru.hashnode.dev": blog, "cdn.hashnode.com": table((r"/res/\d+\.png", picture))}


def test_hashnode(tmp_path: Path) -> None:
    told = many(24, UTC)
    saved = save(hashnode(told), "https://haru.hashnode.dev", tmp_path)
    (about,) = [post for post in saved.posts if post.kind == "page"]
    saved.posts.remove(about)
    check(saved, told, but="comments", pictures="cdn.hashnode.com/res/{}.png")
    assert about.title == "About" and saved.count("haru.hashnode.dev/") == 1 + 2 + 24 + 1


def test_hashnode_without_its_data(tmp_path: Path) -> None:
    told = many(12, UTC)
    saved = save(hashnode(told, data=False), "https://haru.hashnode.dev", tmp_path, media=False)
    saved.posts[:] = [post for post in saved.posts if post.kind == "post"]
    check(saved, told, but="comments comment_count tags author")


# -- Squarespace ----------------------------------------------------------------------------------


def squarespace(told: Sequence[Told]) -> dict[str, Made]:
    """Twenty posts a page, asked for by the last one's moment; robots.txt forbids the JSON."""
    home = "https://www.sea.example"

    def row(t: Told) -> dict[str, Any]:
        shown = f'<img data-src="https://images.squarespace-cdn.com/content/{t.number}.png">'
        more = {
            "author": {"displayName": t.author},
            "tags": t.tags,
            "categories": [],
            "publicCommentCount": len(t.said),
        }
        stamp = int(t.at.timestamp() * 1000)
        return {"id": f"{t.number:x}", "title": t.title, "fullUrl": f"/log/{t.number}", "publishOn": stamp, **more} | {
            "body": t.html(shown)
        }

    def listing(found: Any, query: Query, request: Any) -> Any:
        past = [t for t in told if "offset" not in query or t.at.timestamp() * 1000 < int(query["offset"])]
        if query.get("format") == "json":
            last = int(past[:20][-1].at.timestamp() * 1000) if past else 0
            more = {"nextPage": True, "nextPageUrl": f"/log?offset={last}"} if len(past) > 20 else {}
            data = {"website": {"timeZone": "Asia/Seoul"}, "items": [row(t) for t in past[:20]], "pagination": more}
            return json_answer(json.dumps({**data, "collection": {"itemCount": len(told)}}))
        some = "".join(
            f'<article class="hentry"><h1 class="entry-title"><a href="/log/{t.number}">{escape(t.title)}</a></h1>'
            f'<time datetime="{t.at:%Y-%m-%d}">{day(t)}</time><p>{t.words}</p></article>'
            for t in past[:20]
        )
        last = int(past[:20][-1].at.timestamp() * 1000) if past else 0
        older = f'<a class="older" rel="next" href="/log?offset={last}">Older</a>' if len(past) > 20 else ""
        return f"<html><head><!-- This is Squarespace. --></head><body>{some}<nav>{older}</nav></body></html>"

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        ld = {"@type": "Article", "headline": each.title, "datePublished": each.at.isoformat()} if each else {}
        return each and (
            f'<html><head><!-- This is Squarespace. --><script type="application/ld+json">{json.dumps(ld)}</script>'
            f'</head><body><article class="hentry"><h1 class="entry-title">{escape(each.title)}</h1>'
            f'<div class="blog-item-content e-content">{each.html()}</div></article></body></html>'
        )

    robots = "User-agent: *\nDisallow: /*?format=json\nDisallow: /*&format=json\n"
    every = sitemap(home, f"{home}/log", *(f"{home}/log/{t.number}" for t in told))
    blog = table(
        (r"/robots\.txt", lambda *_: Answer(200, robots, {"Content-Type": "text/plain"})),
        (r"/log", listing),
        (r"/log/(\d+)", page),
        (r"/sitemap\.xml", fixed(every)),
    )
    return {"www.sea.example": blog, "images.squarespace-cdn.com": table((r"/content/\d+\.png", original))}


def original(found: Any, query: Query, request: Any) -> Any:
    return picture(found, query, request) if query.get("format") == "original" else None


def test_ones_own_squarespace(tmp_path: Path) -> None:
    told = many(45)
    saved = save(squarespace(told), "https://www.sea.example/log", tmp_path, robots=False)
    check(saved, told, but="comments", pictures="images.squarespace-cdn.com/content/{}.png?format=original")
    assert saved.count("www.sea.example/") == 1 + 3 and saved.report.stated == 45


def test_squarespace_as_its_robots_allow(tmp_path: Path) -> None:
    told = many(25)
    saved = save(squarespace(told), "https://www.sea.example/log", tmp_path, media=False)
    check(saved, told, but="comments comment_count tags author")
    assert saved.count(".*format=json") == 0


# -- Wix ------------------------------------------------------------------------------------------


def wix(told: Sequence[Told], sitemaps: bool = True) -> dict[str, Made]:
    """A sitemap of posts that the index does not name; bodies among many wrappers."""
    home = "https://www.sea.example"

    def page(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        if each is None:
            return None
        at = f"https://static.wixstatic.com/media/a{each.number}~mv2.jpg"
        shown = f'<div data-hook="imageViewer"><img src="{at}/v1/fill/w_980,h_551,al_c,q_85/a.jpg"></div>'
        ld = {"@type": "BlogPosting", "headline": each.title, "datePublished": each.at.isoformat()}
        ld |= {"author": {"@type": "Person", "name": each.author}}
        body = each.html(shown).replace("<p>", '<div data-breakout="normal"><p class="rcv-1"><span>')
        body = body.replace("</p>", "</span></p></div>")
        return (
            '<html><head><meta name="generator" content="Wix.com Website Builder"><title>x</title><script type='
            f'"application/ld+json">{json.dumps(ld)}</script></head><body><div><article><h1 data-hook="post-title">'
            f'<span>{escape(each.title)}</span></h1><section data-hook="post-description"><div class="rcv">{body}</div>'
            '</section><div data-hook="post-footer">Recent Posts</div></article></div></body></html>'
        )

    posts = sitemap(*(f"{home}/post/note-{t.number}" for t in told))
    front = '<html><head><meta name="generator" content="Wix.com Website Builder"></head><body></body></html>'
    blog = table(
        *([(r"/blog-posts-sitemap\.xml", fixed(posts))] if sitemaps else []),
        (r"/sitemap\.xml", fixed(sitemap(home, f"{home}/about"))),
        (r"/blog-feed\.xml", fixed(rss(told[:20], home + "/post/note-{}", whole=False))),
        (r"/post/note-(\d+)", page),
        (r"/", fixed(front)),
    )
    return {"www.sea.example": blog, "static.wixstatic.com": table((r"/media/a\d+~mv2\.jpg", picture))}


@pytest.mark.parametrize(("count", "sitemaps"), [(30, True), (20, False)])
def test_wix(tmp_path: Path, count: int, sitemaps: bool) -> None:
    told = many(count)
    saved = save(wix(told, sitemaps), "https://www.sea.example", tmp_path)
    check(saved, told, but="comments comment_count tags", pictures="static.wixstatic.com/media/a{}~mv2.jpg")
    assert saved.count("www.sea.example/") == 1 + 3 + count


# -- read as any blog -----------------------------------------------------------------------------

ANY = "https://haru.example"
SHOWN = '<p><img src="/images/{}.png"></p>'


def atom(told: Sequence[Told], place: str) -> str:
    def term(tag: str) -> str:
        return f'<category term="{escape(tag)}"/>'

    items = "".join(
        f'<entry><title>{escape(t.title)}</title><link rel="alternate" type="text/html" href="{place.format(t)}"/>'
        f"<id>{place.format(t)}</id><published>{t.at.isoformat()}</published><updated>{t.at.isoformat()}</updated>"
        f"<author><name>{t.author}</name></author>{''.join(map(term, t.tags))}"
        f'<content type="html">{escape(t.html(SHOWN.format(t.number)))}</content></entry>'
        for t in told
    )
    return f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>'


def paged(told: Sequence[Told], card: Any, head: str, foot: Any, size: int = 10) -> Any:
    """A listing `size` posts a page, /page/N/ after the first."""

    def answer(found: Any, query: Query, request: Any) -> Any:
        number = int(found[1] or 1)
        some = told[(number - 1) * size : number * size]
        more = foot(number + 1) if number * size < len(told) else ""
        return f"<html><head>{head}</head><body>{''.join(map(card, some))}{more}</body></html>" if some else None

    return answer


def own_page(told: Sequence[Told], make: Any) -> Any:
    def answer(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        return make(each) if each else None

    return answer


def bear(told: Sequence[Told]) -> Made:
    """A front without posts; all of them listed with their days; ten in the feed."""
    head = f'<link rel="alternate" type="application/atom+xml" href="{ANY}/feed/"><title>하루</title>'
    nav = '<header><a class="title" href="/"><h2>하루</h2></a><nav><a href="/blog/">Blog</a></nav></header>'
    foot = '<footer><span>Powered by <a href="https://bearblog.dev">Bear ʕ•ᴥ•ʔ</a></span></footer>'
    rows = "".join(
        f'<li><span><i><time datetime="{t.at:%Y-%m-%d}">{t.at:%d %b, %Y}</time></i></span>'
        f'<a href="/note-{t.number}/">{escape(t.title)}</a></li>'
        for t in told
    )

    def page(t: Told) -> str:
        tags = "".join(f'<a href="/blog/?q={quote(tag)}">#{escape(tag)}</a> ' for tag in t.tags)
        return (
            f"<html><head><title>{escape(t.title)}</title>{head}</head><body class='post'>{nav}<main>"
            f'<h1>{escape(t.title)}</h1><p><i><time datetime="{t.at:%Y-%m-%dT%H:%MZ}">{t.at:%d %b, %Y}</time></i></p>'
            f"{t.html(SHOWN.format(t.number))}<p class='tags'>{tags}</p></main>{foot}</body></html>"
        )

    front = f"<html><head>{head}</head><body>{nav}<main><p>Hello, I write about the sea.</p></main>{foot}</body></html>"
    blog = (
        f"<html><head>{head}</head><body class='blog'>{nav}<main><ul class='blog-posts'>{rows}</ul></main>{foot}</body>"
    )
    every = sitemap(f"{ANY}/", f"{ANY}/blog/", *(f"{ANY}/note-{t.number}/" for t in told))
    return table(
        (r"/", fixed(front)),
        (r"/blog/", fixed(blog)),
        (r"/feed/", fixed(atom(told[:10], ANY + "/note-{0.number}/"))),
        (r"/sitemap\.xml", fixed(every)),
        (r"/note-(\d+)/", own_page(told, page)),
        (r"/images/\d+\.png", picture),
    )


def typepad(told: Sequence[Told]) -> Made:
    """Typepad's and Movable Type's markup: pages of ten, an Atom feed of ten, comments below the post."""
    head = (
        f'<meta name="generator" content="http://www.typepad.com/"><link rel="alternate" type="application/atom+xml" '
        f'title="Posts on &#39;하루&#39; (Atom)" href="{ANY}/blog/atom.xml">'
    )

    def footer(t: Told) -> str:
        tags = ", ".join(f'<a rel="tag" href="{ANY}/blog/{quote(tag)}/">{escape(tag)}</a>' for tag in t.tags)
        return (
            f'<div class="entry-footer"><p class="entry-footer-info"><span class="post-footers">Posted by {t.author} '
            f"on {t.at:%B %d, %Y} at {t.at:%I:%M %p}</span> in {tags} | "
            f'<a class="permalink" href="{place(t)}">Permalink</a> | '
            f'<a href="{place(t)}#comments">Comments ({len(t.said)})</a></p></div>'
        )

    def place(t: Told) -> str:
        return f"{ANY}/blog/2021/{t.at:%m}/note-{t.number}.html"

    def entry(t: Told) -> str:
        return (
            f'<h2 class="date-header">{t.at:%B %d, %Y}</h2><div class="entry hentry" id="entry-6a{t.number}">'
            f'<h3 class="entry-header"><a href="{place(t)}">{escape(t.title)}</a></h3><div class="entry-content">'
            f'<div class="entry-body">{t.html(SHOWN.format(t.number))}</div></div>{footer(t)}</div>'
        )

    def page(t: Told) -> str:
        said = "".join(
            f'<div id="comment-6{n}" class="comment"><div class="comment-content"><p>{escape(what)}</p></div>'
            f'<p class="comment-footer">Posted by: <span class="comment-author">{who}</span> | '
            f'<a href="#comment-6{n}">July 01, 2021 at 02:03 PM</a></p></div>'
            for n, (who, what, _) in enumerate(t.said, 1)
        )
        box = f'<div id="comments" class="comments"><h3 class="comments-header">Comments</h3>{said}</div>'
        return f"<html><head><title>{escape(t.title)}</title>{head}</head><body>{entry(t)}{box}</body></html>"

    def older(number: int) -> str:
        return f'<div class="pager"><span class="pager-right"><a href="/blog/page/{number}/">Next »</a></span></div>'

    return table(
        (r"/blog/(?:page/(\d+)/)?", paged(told, entry, head, older)),
        (
            r"/blog/atom\.xml",
            fixed(atom(told[:10], ANY + "/blog/2021/{0.at:%m}/note-{0.number}.html")),
        ),
        (r"/blog/2021/\d\d/note-(\d+)\.html", own_page(told, page)),
        (r"/images/\d+\.png", picture),
    )


def microblog(told: Sequence[Told]) -> Made:
    """A JSON Feed of the newest, an archive of all, h-entries."""
    head = (
        f'<link rel="alternate" type="application/json" title="하루" href="{ANY}/feed.json"><link rel="micropub" '
        'href="https://micro.blog/micropub">'
    )
    items = [
        {"id": f"{ANY}/2021/{t.number}.html", "url": f"{ANY}/2021/{t.number}.html", "title": t.title, "tags": t.tags,
         "content_html": t.html(SHOWN.format(t.number)), "date_published": t.at.isoformat()}
        for t in told[:25]
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1", "title": "하루", "authors": [{"name": "한결"}], "items": items}

    def entry(t: Told) -> str:
        tags = "".join(f'<a class="p-category" href="/categories/{quote(tag)}/">{escape(tag)}</a> ' for tag in t.tags)
        return (
            f'<article class="h-entry"><h2 class="p-name"><a class="u-url" href="/2021/{t.number}.html">'
            f'{escape(t.title)}</a></h2><time class="dt-published" datetime="{t.at.isoformat()}">{t.at:%b %d, %Y}'
            f'</time> <span class="p-author h-card">{t.author}</span>'
            f'<div class="e-content">{t.html(SHOWN.format(t.number))}</div>{tags}</article>'
        )

    rows = "".join(
        f'<p class="h-entry"><a class="u-url" href="/2021/{t.number}.html"><time class="dt-published" '
        f'datetime="{t.at.isoformat()}">{t.at:%b %d, %Y}</time></a>: <span class="p-name">{escape(t.title)}</span></p>'
        for t in told
    )
    front = f'<nav><a href="/archive/">Archive</a></nav>{"".join(map(entry, told[:20]))}'
    page = own_page(
        told, lambda t: f"<html><head><title>{escape(t.title)}</title>{head}</head><body>{entry(t)}</body></html>"
    )
    return table(
        (r"/", fixed(f"<html><head>{head}</head><body>{front}</body></html>")),
        (r"/archive/", fixed(f'<html><head>{head}</head><body class="h-feed">{rows}</body></html>')),
        (r"/feed\.json", fixed(json.dumps(feed))),
        (r"/2021/(\d+)\.html", page),
        (r"/images/\d+\.png", picture),
    )


def writefreely(told: Sequence[Told]) -> Made:
    """Pages of ten, each post whole; the feed of ten; authors are not told."""
    head = '<meta name="generator" content="WriteFreely">'
    head += '<link rel="alternate" type="application/rss+xml" href="/haru/feed/">'

    def place(t: Told) -> str:
        return f"/haru/note-{t.number}"

    def card(t: Told) -> str:
        return (
            f'<article class="norm h-entry"><h2 class="post-title p-name"><a href="{place(t)}" class="u-url">'
            f'{escape(t.title)}</a></h2><time class="dt-published" datetime="{t.at.isoformat()}">{t.at:%B %d, %Y}'
            f'</time><div class="e-content">{t.html(SHOWN.format(t.number))}</div></article>'
        )

    def page(t: Told) -> str:
        return (
            f"<html><head><title>{escape(t.title)} — 하루</title>{head}</head><body id='post'><header><h1>"
            f'<a href="/haru/">하루</a></h1></header><article id="post-body" class="norm h-entry"><h2 id="title" '
            f'class="p-name">{escape(t.title)}</h2><time class="dt-published" datetime="{t.at.isoformat()}">'
            f'{t.at:%B %d, %Y}</time><div class="e-content">'
            f"{t.html(SHOWN.format(t.number))}</div></article></body></html>"
        )

    def older(number: int) -> str:
        return f'<nav id="paging" class="content-container clearfix"><a href="/haru/page/{number}">⇠ Older</a></nav>'

    return table(
        (r"/haru/(?:page/(\d+))?", paged(told, card, head, older)),
        (r"/haru/feed/", fixed(rss(told[:10], ANY + "/haru/note-{}", author=False))),
        (r"/haru/note-(\d+)", own_page(told, page)),
        (r"/images/\d+\.png", picture),
    )


@pytest.mark.parametrize(
    ("double", "path", "but"),
    [
        (bear, "/", "published author"),
        (typepad, "/blog/", "published"),
        (microblog, "/", ""),
        (writefreely, "/haru/", "author tags"),
    ],
)
def test_what_needs_no_module(tmp_path: Path, double: Any, path: str, but: str) -> None:
    told = [replace(t, said=tuple((who, what, 0) for who, what, _ in t.said)) for t in many(32)]
    if double is not typepad:
        told = [replace(t, said=()) for t in told]
    saved = save({"haru.example": double(told)}, ANY + path, tmp_path)
    check(saved, told, but=but, pictures="haru.example/images/{}.png")
    assert saved.report.blog.platform == "generic"
    assert [post.day for post in saved.posts] == [each.at.date() for each in told]


# -- what is known --------------------------------------------------------------------------------


def test_every_platform_has_its_row() -> None:
    listed = " ".join(row["modules"] for row in known.rows()).split()
    assert set(all_platforms()) <= set(listed) and len(listed) == len(set(listed))
    assert all(row["name"] and row["live"] for row in known.rows())


def test_the_table_knows_which_modules_read_exports() -> None:
    claiming = {name for name, each in all_platforms().items() if "Claim.EXPORT" in inspect.getsource(each.claims)}
    assert claiming == known.of_files() & set(all_platforms())


def test_the_command_that_prints_them() -> None:
    shown = CliRunner().invoke(main, ["platforms"])
    assert shown.exit_code == 0 and len(shown.output.splitlines()) == len(known.rows()) + 1
    assert all(row["name"] in shown.output and row["notes"] in shown.output for row in known.rows())
    told = CliRunner().invoke(main, ["platforms", "--json"])
    assert [json.loads(line) for line in told.output.splitlines()] == list(known.rows())


# -- dead platforms -------------------------------------------------------------------------------


def captured(made: Made, *addresses: str, at: str = "20140501000000") -> list[Held]:
    """What a crawler would have kept of these, asked while they lived."""
    held = []
    for url in addresses:
        path = "/" + url.partition("://")[2].partition("/")[2]
        answer = as_answer(made(Request(path, {})), path)  # type: ignore[operator,arg-type]
        held.append(Held(at, url, answer.body, answer.headers["Content-Type"], answer.status))
    return [each for each in held if each.status == 200]


def egloos(told: Sequence[Told], page: int = 2) -> list[Held]:
    """The list of its interface with a hole in it, most posts of the interface, and all of them as pages."""

    def row(t: Told) -> dict[str, Any]:
        tags = ",".join(t.tags)
        more = {"post_nick": t.author, "post_tags": tags, "post_date_created": f"{t.at:%Y-%m-%d %H:%M:%S}"}
        return {"post_no": t.number, "post_title": t.title, "comment_count": str(len(t.said)), **more}

    def html(t: Told) -> str:
        return t.html(f'<img src="http://thumbnail.egloos.net/600x0/http://pds1.egloos.com/pds/{t.number}.jpg">')

    def listing(found: Any, query: Query, request: Any) -> Any:
        number = int(query["page"])
        some = [row(t) for t in told[(number - 1) * 20 : number * 20]]
        return json_answer(json.dumps({"post": some or None})) if number != page else None

    def one(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        return json_answer(json.dumps({"post": {**row(each), "post_content": html(each)}})) if each else None

    def said(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        rows = [
            {"comment_no": f"{above}.01" if above else str(n), "comment_nick": who, "comment_content": what}
            for n, (who, what, above) in enumerate(each.said if each else (), 1)
        ]
        return json_answer(json.dumps({"comment": rows if query["page"] == "1" else None}))

    def shown(found: Any, query: Query, request: Any) -> Any:
        each = picked(told, found[1])
        return each and (
            f'<html><head><title>하루 : {escape(each.title)}</title></head><body><div class="post_view hentry">'
            f'<h2 class="post_title entry-title"><a href="/{each.number}">{escape(each.title)}</a></h2>'
            f'<p class="post_info">by <span class="author fn">{each.author}</span> | {each.at:%Y/%m/%d %H:%M} | '
            f'덧글({len(each.said)})</p><div class="post_content entry-content">{html(each)}</div></div></body></html>'
        )

    api_host = table(
        (r"/haru/post\.json", listing), (r"/haru/post/(\d+)\.json", one), (r"/haru/post/(\d+)/comment.json", said)
    )
    pages = table((r"/(\d+)", shown), (r"/", fixed("<html><body><h1>하루</h1></body></html>")))
    api, site = "https://api.egloos.com/haru/post", "http://haru.egloos.com"
    asked = [f"{api}.json?page={n}" for n in range(1, 5)]
    asked += [each for t in told for each in (f"{api}/{t.number}.json", f"{api}/{t.number}/comment.json?page=1")]
    held = captured(api_host, *asked) + captured(pages, f"{site}/", *(f"{site}/{t.number}" for t in told))
    photos = [Held("20120101000000", f"http://pds1.egloos.com/pds/{t.number}.jpg", PNG) for t in told]
    return held + photos


def test_egloos(tmp_path: Path) -> None:
    told = many(50)
    library = Library(egloos(told))
    saved = save({}, "http://haru.egloos.com", tmp_path, library)
    check(saved, told)
    assert saved.report.rescued == 50 and saved.report.code == 0 and saved.report.blog.platform == "egloos"
    swept = [each["url"] for each in library.questions if each.get("matchType") == "prefix"]
    assert swept[:2] == ["http://haru.egloos.com/", "https://api.egloos.com/haru/"]


def test_egloos_of_which_only_pages_were_captured(tmp_path: Path) -> None:
    told = many(6)
    held = [each for each in egloos(told) if "api." not in each.url]
    saved = save({}, "http://haru.egloos.com", tmp_path, Library(held), media=False)
    check(saved, told, but="published tags comments")
    assert [post.published for post in saved.posts] == [each.at.date() for each in told]


@pytest.mark.corpora
def test_real_answers_of_egloos(tmp_path: Path, corpus: Callable[[str], Path]) -> None:
    folder = corpus("korean") / "egloos-api"

    def fields(e: Any) -> dict[str, Any]:
        return {each.tag: each.text or "" for each in e}

    def rows(name: str) -> list[dict[str, Any]]:
        return [fields(e) for e in ElementTree.parse(folder / name).getroot()]

    whole = [fields(ElementTree.parse(path).getroot()) for path in sorted(folder.glob("detail/*.xml"))]
    api = "https://api.egloos.com/benelog/post"
    said = rows("comment_2999108.xml")
    answers = {
        f"{api}.json?page=1": {"post": rows("post.xml")},
        f"{api}/2999108/comment.json?page=1": {"comment": said},
    }
    answers |= {f"{api}/{each['post_no']}.json": {"post": each} for each in whole}
    held = [Held("20230610000000", url, json.dumps(told), "application/json") for url, told in answers.items()]
    held.append(Held("20230610000000", "http://benelog.egloos.com/", EMPTY, "text/html"))
    saved = save({}, "http://benelog.egloos.com", tmp_path, Library(held), media=False)
    found = {post.id: post for post in saved.posts}
    for each in whole:
        post = found[each["post_no"]]
        assert (post.title, post.author) == (each["post_title"], each["post_nick"])
        assert f"{post.published:%Y-%m-%d %H:%M:%S}" == each["post_date_created"]
        assert str(post.comment_count) == each["comment_count"]
        assert ",".join(post.tags) == each["post_tags"] and post.html == each["post_content"]
    assert [comment.author for comment in found["2999108"].comments] == [each["comment_nick"] for each in said]
    assert {comment.parent for comment in found["2999108"].comments} > {"", "5216791"}


@pytest.mark.parametrize("mobile", [True, False])
def test_daum(tmp_path: Path, mobile: bool) -> None:
    told = many(8)
    view = "http://blog.daum.net/_blog/BlogTypeView.do?blogid=0Ab&articleno={}"
    body = "http://blog.daum.net/_blog/hdn/ArticleContentsView.do?blogid=0Ab&articleno={}"

    def head(t: Told) -> str:
        return f'<h3 class="cB_Title">{escape(t.title)}</h3><p>by {t.author} | {t.at:%Y.%m.%d %H:%M}</p>'

    held = [Held("20150101000000", "http://blog.daum.net/haru", "<html><body>하루</body></html>", "text/html")]
    for t in told:
        shown = t.html(f'<img src="http://cfile1.uf.daum.net/R400x0/{t.number:08X}">')
        pages = {
            f"http://blog.daum.net/haru/{t.number}": f'<frameset><frame src="{view.format(t.number)}"></frameset>',
            view.format(t.number): f'{head(t)}<iframe src="{body.format(t.number)}"></iframe>',
            body.format(t.number): f'<div id="contentDiv">{shown}</div>',
        }
        if mobile:
            pages[f"http://m.blog.daum.net/haru/{t.number}"] = f'{head(t)}<div class="article_view">{shown}</div>'
        held += [
            Held("20150101000000", url, f"<html><body>{page}</body></html>", "text/html") for url, page in pages.items()
        ]
        held.append(Held("20120101000000", f"http://cfile1.uf.daum.net/original/{t.number:08X}", PNG))
    library = Library(held)
    saved = save({}, "http://blog.daum.net/haru", tmp_path, library)
    check(saved, told, but="published author tags comments comment_count")
    assert [post.published for post in saved.posts] == [each.at.date() for each in told]
    assert saved.report.rescued == 8 and saved.posts[0].url == "http://blog.daum.net/haru/8"
    assert any("BlogTypeView" in each for each in library.replays) != mobile


def posterous(told: Sequence[Told]) -> Made:
    def entry(t: Told) -> str:
        return (
            f'<article class="post"><h2><a href="/note-{t.number}">{escape(t.title)}</a></h2><span class="post-time">'
            f'{t.at:%B %d, %Y}</span> by <a href="/people/haru">{t.author}</a><div class="bodytext">'
            f"{t.html(f'<img src=http://getfile3.posterous.com/getfile/files.posterous.com/haru/{t.number}.png.scaled500.png>')}"
            f"</div></article>"
        )

    page = own_page(
        told, lambda t: f"<html><head><title>{escape(t.title)}</title></head><body>{entry(t)}</body></html>"
    )
    return table((r"/", fixed(f"<html><body>{''.join(map(entry, told[:5]))}</body></html>")), (r"/note-(\d+)", page))


def test_posterous_and_typepad(tmp_path: Path) -> None:
    told = [replace(t, said=()) for t in many(14)]
    site = "http://haru.posterous.com"
    held = captured(posterous(told), f"{site}/", *(f"{site}/note-{t.number}" for t in told))
    name = "http://getfile3.posterous.com/getfile/files.posterous.com/haru/{}.png"
    held += [Held("20120101000000", name.format(t.number), PNG) for t in told]
    saved = save({}, site, tmp_path / "p", Library(held))
    check(saved, told, but="published tags comments")
    assert saved.report.rescued == 14
    site = "http://haru.typepad.com"
    every = [f"{site}/blog/2021/{t.at:%m}/note-{t.number}.html" for t in told]
    held = captured(typepad(told), f"{site}/blog/", f"{site}/blog/page/2/", f"{site}/blog/atom.xml", *every)
    held = [replace(each, body=str(each.body).replace(ANY, site)) for each in held]
    saved = save({}, f"{site}/blog/", tmp_path / "t", Library(held), media=False)
    check(saved, told, but="published comments")


@pytest.mark.parametrize("typed", ["http://haru.blogspot.co.kr", "http://haru.blogspot.de/"])
def test_a_dead_host_of_bloggers_for_one_country(tmp_path: Path, typed: str) -> None:
    body = "<h3 class='post-title'>{0}</h3><div class='post-body'><p>Words of {0}.</p></div>"
    pages = {f"/2011/05/note-{n}.html": body.format(f"Note {n}") for n in range(3)}
    front = "".join(f"<h3 class='post-title'><a href='{path}'>Note {path[-6]}</a></h3>" for path in pages)
    head, at = "<html><head><meta content='blogger' name='generator'/></head><body>", "http://haru.blogspot.com"
    shown = {"/": front, **pages}.items()
    held = [Held("20130101000000", at + path, f"{head}{inner}</body></html>", "text/html") for path, inner in shown]
    saved = save({}, typed, tmp_path, Library(held), media=False)
    assert sorted(post.title for post in saved.posts) == ["Note 0", "Note 1", "Note 2"]


# -- what all of them share -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "body", "name"),
    [
        ("https://a.example", "<script>window.T.config = {}</script>", "tistory"),
        ("https://a.example", "<frameset><frame id='mainFrame' src='/PostList.naver?blogId=haru'></frameset>", "naver"),
        ("https://haru.blog.me/2201", "<p>", "naver"),
        ("https://a.example", '<link rel="preconnect" href="https://substackcdn.com">', "substack"),
        ("https://a.example", '<meta property="al:ios:url" content="medium://@haru">', "medium"),
        ("https://haru.medium.com", "<p>", "medium"),
        ("https://a.example", '<meta name="tumblr-theme" content="1">', "tumblr"),
        ("https://www.tumblr.com/haru", "<p>", "tumblr"),
        ("https://a.example", '<html data-admin-domain="x" data-brand="hatenablog">', "hatena"),
        ("https://haru.hateblo.jp", "<p>", "hatena"),
        ("https://users.livejournal.com/_haru_/", "<p>", "livejournal"),
        ("https://a.example", "<!-- This is Squarespace. --><p>", "squarespace"),
        ("https://a.example", '<meta name="generator" content="Wix.com Website Builder">', "wix"),
        ("https://haru.wixsite.com/blog", "<p>", "wix"),
        (
            "https://a.example",
            '<img src="https://cdn.hashnode.com/a.png"><script>{"publication":{}}</script>',
            "hashnode",
        ),
        ("https://forem.example", '<meta name="forem:name" content="F">', "devto"),
        (
            "https://a.example",
            '<a href="https://haru.tistory.com">T</a><img src="https://substackcdn.com/a">',
            "generic",
        ),
    ],
)
def test_whose_page_it_is(url: str, body: str, name: str) -> None:
    assert platform(Page(url, f"<html><body>{body}</body></html>".encode()))[0] == name


def test_an_interface_that_breaks_off_is_told_and_the_rest_found_elsewhere(tmp_path: Path) -> None:
    told = many(45)
    sites = tistory(told)
    whole = sites["haru.tistory.com"]
    assert callable(whole)
    sites["haru.tistory.com"] = lambda asked: Answer(404) if "page=1&" in asked.path else whole(asked)
    saved = save(sites, TISTORY, tmp_path, media=False)
    check(saved, told)
    assert saved.report.code == 1 and "page=1" in " ".join(saved.report.failures)


def test_a_list_ends_where_it_repeats_itself_and_never_before() -> None:
    lists = {0: [1, 2], 1: [], 2: [9], 3: [3], 4: [3]}

    def read(number: int) -> tuple[list[Any], int]:
        return [{"id": each} for each in lists[number]], number + 1

    def make(told: Any) -> Entry | None:
        return None if told["id"] == 9 else Entry(str(told["id"]), f"https://a.example/{told['id']}")

    assert [each.id for each in _api.pages(read, make, 0)] == ["1", "2"]
    lists[1] = [8, 9]
    assert [each.id for each in _api.pages(read, make, 0)] == ["1", "2", "8"]


def test_where_every_way_fails_the_last_one_says_why() -> None:
    def fails(why: str) -> Any:
        def way() -> Any:
            raise ReadError("https://a.example", why)
            yield

        return way

    with pytest.raises(ReadError, match="second"):
        list(_api.first(fails("first"), fails("second")))


def test_what_tistory_keeps_behind_a_password(tmp_path: Path) -> None:
    told = many(3)
    sites = tistory(told)
    whole = sites["haru.tistory.com"]
    assert callable(whole)
    form = "<html><script>window.T.config = {};</script><body><form><input name='entry_password'></form></body></html>"
    sites["haru.tistory.com"] = lambda asked: form if asked.path == "/2" else whole(asked)
    saved = save(sites, TISTORY, tmp_path, media=False)
    assert [post.title for post in saved.posts] == [told[0].title, told[2].title] and saved.report.withheld
