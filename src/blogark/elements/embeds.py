"""What a page shows from elsewhere, as a line with a link."""

import re

from ..build import clean, dissolve, is_blank, text
from ..canon import as_published, classed, element
from ..parse import Element, make

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-original", "data")


def _address(e: Element) -> str:
    address = next((a for name in _ADDRESSES if (a := (e.get(name) or "").strip()) and a != "about:blank"), "")
    return "https:" + address if address.startswith("//") else address


def line(address: str, title: str) -> Element:
    """A paragraph that is one link."""
    paragraph = make("p")
    paragraph.append(make("a", clean(title), href=clean(address)))
    return paragraph


# Where a player lives → where a person watches it.
_PLAYERS: tuple[tuple[str, str, str], ...] = (
    (
        r"(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|watch\?v=)|youtu\.be/)(?!videoseries)([\w-]{6,})",
        "https://www.youtube.com/watch?v={}",
        "YouTube",
    ),
    (
        r"youtube(?:-nocookie)?\.com/embed/videoseries\?.*?list=([\w-]+)",
        "https://www.youtube.com/playlist?list={}",
        "YouTube",
    ),
    (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}", "Vimeo"),
    (r"vimeo\.com/moogaloop\.swf\?clip_id=(\d+)", "https://vimeo.com/{}", "Vimeo"),
    (r"dailymotion\.com/(?:embed/video|swf)/(\w+)", "https://www.dailymotion.com/video/{}", "Dailymotion"),
    (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}", "Spotify"),
    (r"tv\.naver\.com/embed/(\d+)", "https://tv.naver.com/v/{}", "Naver TV"),
    (r"(?:serviceapi\.nmv|serviceapi\.rmcnmv)\.naver\.com/.*?vid=(\w+)", "", "Naver"),
    (
        r"(?:tv|play-tv)\.kakao\.com/(?:embed/player/cliplink/|channel/\d+/cliplink/)(\w+)",
        "https://tv.kakao.com/v/{}",
        "Kakao TV",
    ),
    (r"videofarm\.daum\.net/controller/video/viewer/.*?vid=([\w$]+)", "", "Daum"),
    (r"ted\.com/talks/(?:lang/\w+/)?([\w-]+)", "https://www.ted.com/talks/{}", "TED"),
    (r"instagram\.com/(?:p|reel)/([\w-]+)", "https://www.instagram.com/p/{}/", "Instagram"),
    (r"codepen\.io/([\w-]+)/(?:embed|pen)/(?:preview/)?(\w+)", "https://codepen.io/{}/pen/{}", "CodePen"),
    (r"jsfiddle\.net/((?:[\w-]+/)+?)embedded", "https://jsfiddle.net/{}", "JSFiddle"),
    (r"(?:w\.soundcloud\.com/player/?\?.*?url=)([^&]+)", "", "SoundCloud"),
    (r"google\.\w+(?:\.\w+)?/maps", "", "Google Maps"),
    (r"maps\.google\.", "", "Google Maps"),
    (r"slideshare\.net/", "", "SlideShare"),
    (r"facebook\.com/plugins/", "", "Facebook"),
    (r"docs\.google\.com/forms", "", "Google Forms"),
)
_KNOWN = tuple((re.compile(pattern), page, name) for pattern, page, name in _PLAYERS)
_WIDGETS = re.compile(
    r"facebook\.com/(?:plugins/like|widgets/like|plugins/share|plugins/follow)|platform\.twitter\.com/widgets/(?:tweet|follow)_button|"
    r"doubleclick\.net|googlesyndication\.com|ads\.|amazon-adsystem\.com|googletagmanager\.com|disqus\.com|apis\.google\.com/.*plusone",
    re.I,
)


def _watch(address: str) -> tuple[str, str]:
    """The page of what a player plays, and the name of its site."""
    for pattern, page, name in _KNOWN:
        if found := pattern.search(address):
            return (page.format(*found.groups()) if page else address), name
    host = re.sub(r"^\w+:/*(?:www\.)?|/.*$", "", address)
    return address, host


@element("iframe", "frame", "embed", "amp-iframe", "amp-youtube")
def player(e: Element) -> Element | None:
    for child in reversed(list(e)):  # libxml2 puts what follows an <embed> within it
        e.addnext(child)
    address = _address(e)
    if not re.match(r"https?://|/|\w+\.\w+/", address) or _WIDGETS.search(address):
        return None
    page, name = _watch(address)
    said = " ".join(text(e).split()) or " ".join((e.get("title") or "").split())
    return line(page, said if said and "<" not in said and said.lower() not in _EMPTY_TITLES else name or address)


_EMPTY_TITLES = {"youtube video player", "video player", "embedded content", "iframe", "vimeo video player", "embed"}


@element("object", where=as_published)
def plugin(e: Element) -> Element | None:
    """Flash and its like: the film it names, or what it shows when it cannot play."""
    film = next(
        (p.get("value", "") for p in e.iter("param") if p.get("name", "").lower() in ("movie", "src", "url")), ""
    )
    address = _address(e) or film
    for inner in list(e.iter("embed")):
        address = address or _address(inner)
    if address and re.match(r"(?:https?:)?//", address) and is_blank(text(e)):
        page, name = _watch("https:" + address if address.startswith("//") else address)
        return line(page, name)
    dissolve(e)
    return None


@element("video", "audio", "amp-video", where=as_published)
def media(e: Element) -> Element | None:
    address = _address(e) or next((a for s in e.iter("source") if (a := _address(s))), "")
    if not address:
        dissolve(e)
        return None
    said = " ".join(text(e).split())
    name = said or e.get("title") or re.sub(r"[?#].*$", "", address).rstrip("/").rpartition("/")[2] or e.tag
    return line(address, name)


@element("script", where=lambda e: "gist.github.com/" in e.get("src", ""))
def gist(e: Element) -> Element:
    address = re.sub(r"\.js(?=$|\?).*", "", e.get("src", ""))
    return line("https:" + address if address.startswith("//") else address, "Gist")


@element("blockquote", where=classed("instagram-media"))
def instagram(e: Element) -> Element:
    address = e.get("data-instgrm-permalink") or next((a.get("href", "") for a in e.iter("a")), "")
    words = " ".join(text(e).split())
    return line(address.partition("?")[0], "Instagram") if not words else e
