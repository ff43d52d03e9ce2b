"""What class names, microformats and microdata say: where the post is, its body, its fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .. import dates, parse, urls
from ..dates import Printed
from ..parse import Element
from . import _byline


def _names(words: str) -> frozenset[str]:
    return frozenset(words.lower().split())


POST = _names("hentry h-entry blogpost blogposting blog-post post-outer post-outer-container type-post post-item blog-entry entry-box")
TITLE = _names("entry-title post-title p-name headline article-title post__title post-header-title entry-header-title")
BODY = _names(
    "entry-content post-body e-content articlebody post-content article-content article-body entry-body post-entry postcontent post_content "
    "postbody blog-content blog-post-content single-content post__content article__content article__body story-body content-body "
    "tt_article_useless_p_margin contents_style article_view se-main-container wp-block-post-content post-text entrytext storycontent"
)
AUTHOR = _names("author fn p-author byline-name author-name post-author entry-author author_name byline__author")
PUBLISHED = _names("published datepublished dt-published entry-date post-date entry-time posted-on publishdate date-published post-timestamp")
UPDATED = _names("updated datemodified dt-updated")
COMMENTS = _names("comment-link comments-link comment-count comments-count num_comments post-comment-link commentcount comment-bubble post-comments")
MORE = _names("jump-link more-link read-more readmore continue-reading rmlink post-more more entry-more btn-more")
_OLDER = _names("blog-pager-older-link older-posts nav-previous next-posts-link older next page-next pagination-next next_page nextpostslink older-post")
_NEWER = _names("blog-pager-newer-link newer-posts newer prev previous nav-next page-prev")
_CHROME = re.compile(
    r"(?:(?:post|entry|blog|blogger|jp|wp|site|main|page|article|content|left|right|threaded)[_-]+)*"
    r"(?:sidebar\w*|widget-?area|widget_\w+|nav\w*|menu|breadcrumbs?|comments?|comments-content|respond|disqus\w*|"
    r"shar(?:e|ing)|sharedaddy|social\w*|addtoany\w*|sociable|related\w*|relatedposts|yarpp\w*|pager|pagination|"
    r"popular-?posts?|recent-?posts?|tag-?cloud|about-?author|author-?(?:box|bio|info|card)|subscribe\w*|newsletter|"
    r"ads?|adsense\w*|ads_\w+|adsbygoogle|advert\w*|cookie\w*|reaction-?buttons|icon-action|blogger-post-footer|skip-link|"
    r"screen-reader-text|backlinks)"
    r"(?:[_-]+(?:buttons?|links?|list|area|wrap(?:per)?|container|block\w*|section|box|nav|form|items?|outer|inner|holder|thread|\d+))*\d*",
    re.I,
)
_LIST = re.compile(
    r"/(?:search|label|labels|tags?|categor(?:y|ies)|topics?|author|page|feeds?|login|wp-(?:admin|login)|comments?)(?:/|$|\?)"
    r"|/archives?/?$|/\d{4}(?:/\d{2})?/?$|\d{4}_\d{2}_\d{2}(?:_archive)?\.html?$|\.(?:jpe?g|png|gif|pdf|zip|xml|css|js)$",
    re.I,
)
MONTH_ARCHIVE = re.compile(r"/\d{4}(?:/\d{2}(?:/|/index\.html?|\.html?)?$|_\d{2}_\d{2}_archive\.html?$|-\d{2}/?$)")


def tokens(element: Element) -> set[str]:
    """Every name that an element carries: classes, itemprop, the last word of itemtype."""
    names = f"{element.get('class', '')} {element.get('itemprop', '')} {element.get('itemtype', '').rpartition('/')[2]}"
    return set(names.lower().split())


def named(element: Element, names: frozenset[str]) -> Iterator[Element]:
    """Elements within that carry one of these names, in order."""
    return (e for e in element.iter() if isinstance(e.tag, str) and not names.isdisjoint(tokens(e)))


def posts(tree: Element) -> list[Element]:
    """The outermost elements that are marked as posts; one name's where several are."""
    for names in (POST, frozenset({"post"}), frozenset()):
        found = [e for e in (named(tree, names) if names else tree.iter("article")) if e.tag not in {"body", "html", "a"}]
        outer = [e for e in found if not any(above in found for above in e.iterancestors())]
        if outer and any(_holds_text(e) for e in outer):
            return [e for e in outer if _holds_text(e)]
    return []


def _holds_text(element: Element) -> bool:
    return len(parse.words(element)) > 20 or any(e.tag == "img" for e in element.iter())


def body(box: Element) -> Element | None:
    """The element that is marked as a post's body: the outermost with the most text."""
    found = [e for e in named(box, BODY) if e.tag not in {"script", "body", "meta"}]
    outer = [e for e in found if not any(above in found for above in e.iterancestors())]
    return max(outer, key=lambda e: len(parse.words(e)), default=None)


def is_chrome(element: Element) -> bool:
    """Whether the element, or one around it short of a body, is marked as something beside the posts."""
    for e in (element, *element.iterancestors()):
        if e.tag in {"nav", "aside", "form"}:
            return True
        if e.tag in {"body", "html"} or not BODY.isdisjoint(tokens(e)):
            return False
        if POST.isdisjoint(tokens(e)) and any(map(_CHROME.fullmatch, f"{e.get('class', '')} {e.get('id', '')}".split())):
            return True
    return False


def is_list(url: str) -> bool:
    """Whether an address is that of a list of posts, a feed or a file, not of a post."""
    return _LIST.search(urls.path(url)) is not None


def leads_older(a: Element) -> bool:
    """Whether a link is marked as leading to older posts."""
    names = tokens(a)
    parent = a.getparent()
    if parent is not None and len(parent) == 1:
        names |= tokens(parent)
    if not _NEWER.isdisjoint(names):
        return False
    words = parse.words(a)
    return not _OLDER.isdisjoint(names) or (a.tag == "link" or not words) and a.get("rel") == "next"


@dataclass(frozen=True, slots=True)
class Hints:
    """The fields that the markup names."""

    url: str = ""
    id: str = ""
    author: str = ""
    published: date | datetime | None = None
    updated: date | datetime | None = None
    printed: Printed | None = None
    count: int | None = None
    tags: tuple[str, ...] = ()
    more: bool = False


def read(box: Element, base: str) -> Hints:
    """What the markup of one post says of it; comments and bodies are not asked."""
    named_elements = [e for e in box.iter() if isinstance(e.tag, str) and not _in_comments(e)]
    return Hints(
        url=_bookmark(named_elements, base),
        id=_post_id(named_elements),
        author=_author(named_elements),
        published=_moment(named_elements, PUBLISHED) or _time(named_elements),
        updated=_moment(named_elements, UPDATED),
        printed=_printed(named_elements),
        count=_count(named_elements),
        tags=_tags(named_elements, base),
        more=any(not MORE.isdisjoint(tokens(e)) and e.find(".//a") is not None or _is_jump(e) for e in named_elements),
    )


def _in_comments(element: Element) -> bool:
    return any(re.search(r"(?:^|\s)comments?(?:$|[\s_-]block|-list)", f"{e.get('class', '')} {e.get('id', '')}") for e in (element, *element.iterancestors()))


def _is_jump(element: Element) -> bool:
    """Blogger and WordPress mark the place where a body was cut by its fragment."""
    return element.tag == "a" and bool(re.search(r"#more(?:-\d+)?$", element.get("href", ""))) and len(parse.words(element)) < 60


def _bookmark(elements: list[Element], base: str) -> str:
    for e in elements:
        if e.tag != "a" or not ("bookmark" in e.get("rel", "") or not tokens(e).isdisjoint({"timestamp-link", "u-url"})):
            continue
        url = urls.join(base, e.get("href") or "#")
        if urls.domain(url) == urls.domain(base):
            return urls.clean(url)
    return ""


def _post_id(elements: list[Element]) -> str:
    for e in elements:
        for value in (e.get("content", "") if e.get("itemprop") == "postId" else "", e.get("name", "") if e.tag == "a" else "", e.get("id", "").rpartition("-")[2]):
            if re.fullmatch(r"\d{12,20}", value):
                return value
    return ""


def _author(elements: list[Element]) -> str:
    found = [e for e in elements if not AUTHOR.isdisjoint(tokens(e)) or "author" in e.get("rel", "").split()]
    for e in found:
        inner = [i for i in e.iter() if not tokens(i).isdisjoint({"fn", "name", "p-name"})]
        for each in [*inner, e]:
            text = each.get("content", "") if each.tag == "meta" else parse.words(each)
            line = _byline.read(text)
            name = line.author or ("" if line.says else text)
            if _byline.is_name(name):
                return name
    return ""


def _moment(elements: list[Element], names: frozenset[str]) -> date | datetime | None:
    for e in elements:
        if not names.isdisjoint(tokens(e)):
            for each in (e, *e.iter("time", "abbr", "meta")):
                for value in (each.get("datetime"), each.get("title"), each.get("content")):
                    if value and (found := dates.machine(value)):
                        return found
    return None


def _time(elements: list[Element]) -> date | datetime | None:
    times = [found for e in elements if e.tag == "time" and (found := dates.machine(e.get("datetime", "")))]
    return times[0] if times else None


def _printed(elements: list[Element]) -> Printed | None:
    for e in elements:
        if not PUBLISHED.isdisjoint(tokens(e)) or e.tag == "time":
            if found := dates.find(parse.words(e)[:120]):
                return found
    return None


def _count(elements: list[Element]) -> int | None:
    for e in elements:
        marked = not COMMENTS.isdisjoint(tokens(e))
        linked = e.tag == "a" and re.search(r"#(?:comments?|respond|disqus_thread|comment-form)$|comment\.g\?", e.get("href", ""))
        if marked or linked:
            text = parse.words(e) or e.get("content", "")
            found = dates.count(text)
            number = found.number if found else dates.number(text) if marked else None
            if number is not None:
                return number
    return None


def _tags(elements: list[Element], base: str) -> tuple[str, ...]:
    found = [parse.words(e).lstrip("#") for e in elements if e.tag == "a" and ("tag" in e.get("rel", "").split() or "p-category" in tokens(e))]
    found = found or [parse.words(e) for e in elements if e.tag == "a" and re.search(r"/search/label/", e.get("href", ""))]
    return tuple(dict.fromkeys(filter(None, found)))
