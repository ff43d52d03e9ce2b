"""The platforms, each by a double that behaves as it does: paging, caps, quirks, closed doors."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from loopback import Answer, Made
from platformed import Query, Told, check, fixed, json_answer, many, picture, save, table

EMPTY = "<html><body><p>Nothing.</p></body></html>"


def picked(told: Sequence[Told], number: str) -> Told | None:
    return next((each for each in told if str(each.number) == number), None)


def sitemap(*addresses: str) -> str:
    places = "".join(f"<url><loc>{escape(each)}</loc></url>" for each in addresses)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'


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
        items: list[dict[str, Any]] = []
        for n, (who, what, above) in enumerate(post.said, 1):
            row = {
                "id": n,
                "content": what,
                "writer": {"name": who},
                "written": int(post.at.timestamp()),
                "children": [],
            }
            (items[above - 1]["children"] if above else items).append(row)
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


def naver(told: Sequence[Told], mobile: bool = True, desktop: bool = True, rss: bool = True) -> dict[str, Made]:
    """403 without a Referer, 30 posts at most, the last page over and over, a total that lies, posts of other years."""

    def row(t: Told) -> dict[str, Any]:
        stamp = int(t.at.timestamp() * 1000)
        names = {"titleWithInspectMessage": t.title, "categoryName": "일상", "commentCnt": len(t.said), "blogNo": 77}
        return {"logNo": 2200 + t.number, "addDate": stamp, **names}

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

    items = "".join(
        f"<item><title>{escape(t.title)}</title><link>https://blog.naver.com/haru/{2200 + t.number}?fromRss=true</link>"
        f"<author>haru</author><pubDate>{t.at:%a, %d %b %Y %H:%M:%S %z}</pubDate><description>…</description></item>"
        for t in told[:50]
    )
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
        "rss.blog.naver.com": table(
            (r"/haru\.xml", fixed(f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>"))
        ),
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


@pytest.mark.parametrize(("desktop", "requests"), [(True, 3), (False, 0)])
def test_naver_without_its_mobile_interface(tmp_path: Path, desktop: bool, requests: int) -> None:
    told = many(45)
    saved = save(naver(told, mobile=False, desktop=desktop), "https://m.blog.naver.com/haru", tmp_path, media=False)
    check(saved, told, but="published" if desktop else "")
    assert [post.day for post in saved.posts] == [each.at.date() for each in told]
    assert saved.count(r".*/PostTitleListAsync\.naver") == requests + (not desktop)
