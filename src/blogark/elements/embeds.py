"""What a page shows from elsewhere, as a line with a link."""

import re

from ..build import clean, dissolve, drop, is_blank, text
from ..canon import Reading, as_published, classed, element, having
from ..parse import Element, make
from ._players import watch

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-litespeed-src", "data-original", "data")


def _address(e: Element) -> str:
    address = next((a for name in _ADDRESSES if (a := (e.get(name) or "").strip()) and a != "about:blank"), "")
    return "https:" + address if address.startswith("//") else address


def line(address: str, title: str) -> Element:
    """A paragraph that is one link."""
    paragraph = make("p")
    paragraph.append(make("a", clean(title), href=clean(address)))
    return paragraph


_WIDGETS = re.compile(
    r"facebook\.com/(?:plugins/(?:like|share|follow|page)|widgets/like)|platform\.twitter\.com/widgets/(?:tweet|follow)_button"
    r"|doubleclick\.net|googlesyndication\.com|//ads\.|amazon-adsystem\.com|googletagmanager\.com|disqus\.com"
    r"|apis\.google\.com/.*plusone",
    re.I,
)
_EMPTY_TITLES = frozenset(
    ["youtube video player", "video player", "embedded content", "iframe", "vimeo video player", "embed", "video"]
)


def titled(address: str, said: str) -> Element:
    """A line that leads to what a player plays, by its title or by the name of its site."""
    page, name = watch(address)
    said = " ".join(said.split())
    return line(page, said if said and "<" not in said and said.lower() not in _EMPTY_TITLES else name or address)


@element("iframe", "frame", "embed", "amp-iframe")
def player(e: Element) -> Element | None:
    for child in reversed(list(e)):  # libxml2 puts what follows an <embed> within it
        e.addnext(child)
    address = _address(e)
    if not re.match(r"https?://|/|\w+\.\w+/", address) or _WIDGETS.search(address):
        return None
    return titled(address, text(e) or e.get("title") or "")


@element("iframe", where=classed("wp-embedded-content"))
def preview(e: Element) -> Reading:
    """Another WordPress's post in a frame, of which the quotation before it is the link."""
    before = e.getprevious()
    return None if before is not None and classed("wp-embedded-content")(before) else player(e)


@element("noscript", where=lambda e: e.find(".//iframe") is not None)
def without_script(e: Element) -> Element | None:
    """The player again, for readers without scripts."""
    before = e.getprevious()
    near = [] if before is None else [*before.iter()]
    shown = {watch(address)[0] for one in near if (address := _address(one))}
    shown |= {watch(f"//youtu.be/{name}")[0] for one in near if (name := one.get("data-id"))}
    shown |= {a.get("href", "") for a in near if a.tag == "a"}
    if any(watch(_address(frame))[0] in shown for frame in e.iter("iframe")):
        return None
    e.tag = "span"
    return e


@element("object", where=as_published)
def plugin(e: Element) -> Element | None:
    """Flash and its like: the film it names, or what it shows when it cannot play."""
    films = [p.get("value", "") for p in e.iter("param") if p.get("name", "").lower() in ("movie", "src", "url")]
    inner = [_address(one) for one in e.iter("embed", "iframe")]
    address = next(filter(None, [_address(e), *films, *inner]), "")
    if re.match(r"(?:https?:)?//", address):
        film = titled("https:" + address if address.startswith("//") else address, e.get("title") or "")
        if is_blank(text(e)):
            return film
        e.addprevious(film)
        for one in list(e.iter("embed", "iframe")):
            drop(one)
    dissolve(e)
    return None


_EXCUSE = re.compile(r"^https?://|\bbrowser|navigateur|navegador|ブラウザ|브라우저|浏览器|瀏覽器|браузер", re.I)


@element("video", "audio", "amp-video", "amp-audio", where=as_published)
def media(e: Element) -> Reading:
    shown = [_still(poster)] if (poster := (e.get("poster") or "").strip()) else []
    address = _address(e) or next((a for s in e.iter("source") if (a := _address(s))), "")
    if not address and not shown:
        dissolve(e)
        return None
    said = " ".join(text(e).split())
    if _EXCUSE.search(said):
        said = ""
    name = said or e.get("title") or re.sub(r"[?#].*$", "", address).rstrip("/").rpartition("/")[2] or e.tag
    return [*shown, *([line(address, name)] if address else [])]


def _still(address: str) -> Element:
    """A paragraph that is the picture which stands for a film."""
    paragraph = make("p")
    paragraph.append(make("img", src=address, alt=""))
    return paragraph


# --- players that a script puts there

_LAZY = classed(
    *"youtube-player rll-youtube-player lyte-wrapper youtube lazyYT lazy-youtube lite-youtube yt-lite ytp-lazy".split()
)
_NAMES = ("videoid", "data-videoid", "data-id", "data-video-id", "data-embed", "data-youtube-id", "data-yt-id")


@element("lite-youtube", "amp-youtube", "youtube-video", where=as_published)
@element("div", "a", "span", where=_LAZY)
def lazy_youtube(e: Element) -> Element:
    name = next((found for key in _NAMES if (found := re.fullmatch(r"[\w-]{6,20}", e.get(key) or ""))), None)
    if name is None or e.find(".//iframe") is not None:
        return e
    return line(
        f"https://www.youtube.com/watch?v={name[0]}", " ".join((e.get("title") or text(e)).split()) or "YouTube"
    )


@element("lite-vimeo", "amp-vimeo", where=lambda e: (e.get("videoid") or e.get("data-videoid")) is not None)
def lazy_vimeo(e: Element) -> Element:
    return line(f"https://vimeo.com/{e.get('videoid') or e.get('data-videoid')}", "Vimeo")


@element("div", "figure", "blockquote", "span", where=classed(
    *"fb-post fb-video flourish-embed infogram-embed tiktok-embed bluesky-embed reddit-embed-bq".split(),
    *"twitter-tweet twitter-video instagram-media".split(),
))  # fmt: skip
def posted(e: Element) -> Reading:
    """What was posted elsewhere: its words when the page has them, and where it is."""
    address = _posted_at(e)
    if is_blank(text(e)):
        return titled(address.partition("?utm_")[0], "") if address else e
    if address and e.find(".//a[@href]") is None:
        e.append(line(address, watch(address)[1]))
    return e


def _posted_at(e: Element) -> str:
    said = next((said for key in ("data-instgrm-permalink", "data-href", "cite") if (said := e.get(key))), "")
    said = said or next((a.get("href", "") for a in e.iter("a")), "")
    if "flourish-embed" in e.get("class", "") and e.get("data-src"):
        return f"https://public.flourish.studio/{e.get('data-src')}"
    return said or (f"https://twitter.com/i/status/{e.get('data-tweet-id')}" if e.get("data-tweet-id") else "")


@element("p", "div", where=having("data-slug-hash"))
def pen(e: Element) -> Element:
    """A CodePen that a script draws; where it was saved with its words, those lead there."""
    address = f"https://codepen.io/{e.get('data-user') or 'anon'}/pen/{e.get('data-slug-hash')}"
    return e if e.find(".//a[@href]") is not None else titled(address, e.get("data-pen-title") or text(e))


@element("oembed", where=having("url"))
def oembed(e: Element) -> Element:
    return titled(e.get("url", ""), "")


_SHOWS = re.compile(
    r"gist\.github\.com/|asciinema\.org/a/|pastebin\.com/embed_js|jsfiddle\.net/.*/embed|speakerdeck\.com/assets/embed"
)


@element("script", where=having("src", _SHOWS))
def script(e: Element) -> Element:
    """A script that draws something of another page where it stands."""
    address = re.sub(r"\.js(?=$|\?).*", "", _address(e))
    if "speakerdeck" in address and e.get("data-id"):
        address = f"https://speakerdeck.com/player/{e.get('data-id')}"
    return titled(address, e.get("data-title") or "")
