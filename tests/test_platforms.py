"""The platforms, each by a double that behaves as it does: paging, caps, quirks, closed doors."""

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

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
