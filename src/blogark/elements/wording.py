"""Markup that stands in the text: TeX between its signs, WordPress's shortcodes, scripts that lost their tags."""

import re
from collections.abc import Callable, Iterable, Iterator

from ..build import is_blank
from ..canon import wording
from ..parse import Element, make

_Sign = tuple[re.Match[str], Element]  # and what stands in its place
_VERBATIM = frozenset("pre code tt samp kbd script style textarea xmp math".split())


_SIGNS = re.compile(r"\$|\\[(\[]|\[(?:/?caption|(?:embed|youtube|vimeo|dailymotion|soundcloud|video|audio)\b)")
_SCRIPT = re.compile(
    r"\s*(?://\s*<!\[CDATA\[|<!--)?\s*(?:createSummaryAndThumb\([\"'][\w-]*[\"']\);?"
    r"|\(adsbygoogle\s*=\s*window\.adsbygoogle\s*\|\|\s*\[\]\)\.push\(\{[^{}]*\}\);?"
    r"|(?:google_ad_\w+\s*=\s*(?:\"[^\"]*\"|[\d.]+);\s*)+)\s*(?:(?://\s*)?\]\]>|//\s*-->|-->)?\s*"
)


def _texts(root: Element, may: Callable[[str], object] = _SIGNS.search) -> Iterator[tuple[Element, str, str]]:
    """Every text outside code that may hold such markup: its element, "text" or "tail", itself."""
    stack = [(root, "text")]
    while stack:
        e, at = stack.pop()
        words = e.text if at == "text" else e.tail
        if words and e.tag not in (_VERBATIM if at == "text" else ()) and may(words):
            yield e, at, words
        if at == "text" and e.tag not in _VERBATIM:
            for child in reversed(e):
                stack += [(child, "tail"), (child, "text")]


@wording("createSummaryAndThumb", "google_ad_", "adsbygoogle")
def scripts(root: Element) -> None:
    """What was a script's text before a program took its tags away."""
    for e, at, _ in list(_texts(root, _SCRIPT.fullmatch)):
        setattr(e, at, None)


# --- TeX

_LATEX = r"\$latex\s+(?P<latex>[^$]+?)\s*\$"
_CLEAR = r"\$\$(?P<dollars>[^$]+)\$\$|\\\[(?P<display>.{1,2000}?)\\\]|\\\((?P<inline>.{1,1000}?)\\\)"
_DOLLAR = r"(?<![\w$\\])\$(?P<dollar>[^\s$](?:[^$\n]*[^\s$\\])?)\$(?![\w$])"
_TEX = re.compile(f"{_LATEX}|{_CLEAR}|{_DOLLAR}", re.S)
_SURELY = re.compile(r"\\[a-zA-Z]{2,}|[_^]\{|[\w)}][_^]\w|\\[,;!{}]")


@wording("\\", "$$", "$latex")
def tex(root: Element) -> None:
    """Formulas that a script would draw. One letter between dollars is one where others surely are."""
    texts = [(e, at, words) for e, at, words in _texts(root) if _TEX.search(words)]
    sure = any(map(_is_tex, (found for _, _, words in texts for found in _TEX.finditer(words))))
    for e, at, words in texts if sure else ():
        _put_all(e, at, words, _drawn(words))


def _is_tex(found: re.Match[str]) -> bool:
    return bool(found["latex"] or _SURELY.search(found[0][2:-2] if found["dollar"] is None else found[0]))


def _drawn(words: str) -> Iterator[_Sign]:
    for found in _TEX.finditer(words):
        said = next(filter(None, found.groups()))
        if _is_tex(found) or re.fullmatch(r"\s*(?:[a-zA-Z]|[\w\s=+<>()|,*/.-]*=[\w\s=+<>()|,*/.-]*)\s*", said):
            display = {"display": "block"} if found["dollars"] or found["display"] else {}
            yield found, make("math", said.strip(), **display)


def _put_all(e: Element, at: str, words: str, made: Iterable[_Sign]) -> None:
    """Elements into a text, each in place of its sign."""
    done, last = 0, None
    for found, new in made:
        _put(new, e if last is None else last, at if last is None else "tail", words[done : found.start()])
        last, done = new, found.end()
    if last is not None:
        last.tail = words[done:]


def _put(new: Element, e: Element, at: str, before: str) -> None:
    """An element into a text, behind its first part."""
    setattr(e, at, before)
    if at == "text":
        e.insert(0, new)
        return
    e.tail = None  # lxml would move it along
    e.addnext(new)
    e.tail = before


# --- shortcodes

_OPENED = re.compile(r"\[caption\b([^\]]*)\]")
_QUOTE = "[\"'“”″]?"
_EMBEDDED = re.compile(
    r"\[embed[^\]]*\]\s*(?P<embed>https?://[^\s\[]+)\s*\[/embed\]"
    rf"|\[(?:youtube|vimeo|dailymotion|soundcloud)(?:=|\s+(?:(?:url|id|params)=)?){_QUOTE}\s*"
    r"(?:(?P<site>https?://[^\s\]&\"'“”″]+)|(?<=vimeo )(?P<vimeo>\d+)|(?<=youtube )(?P<youtube>[\w-]{11})(?![\w-]))"
    r"[^\]\[]{0,400}\](?:\[/\w+\])?"
    rf"|\[(?:video|audio)\b[^\]\[]{{0,400}}?(?:src|mp[34]|m4[av]|og[gv]|webm|wav|flv|wmv)={_QUOTE}"
    r"(?P<file>https?://[^\s\]\"'“”″]+)[^\]\[]{0,400}\](?:\s*\[/(?:video|audio)\])?"
)
_PAGES = {"vimeo": "https://vimeo.com/", "youtube": "https://www.youtube.com/watch?v="}


@wording("[caption")
def captions(root: Element) -> None:
    """[caption width="300"]<img> words[/caption]: the words below their picture, on their own."""
    said = ""
    for e, at, words in list(_texts(root)):
        if opened := _OPENED.search(words):
            told = re.search(r"caption=\"([^\"]*)\"", opened[1])  # before WordPress 3.4
            said = told[1] if told else ""
            words = words[: opened.start()] + words[opened.end() :]
            setattr(e, at, words)
        if "[/caption]" in words:
            if at == "tail":
                _caption(e, words, said)
            elif opened:
                e.text = words.replace("[/caption]", "", 1)
            said = ""


def _caption(last: Element, words: str, said: str) -> None:
    first: Element | None = last
    while first is not None and first.tag != "img" and first.find(".//img") is None:
        first = first.getprevious()
    if first is None:
        last.tail = words.replace("[/caption]", "", 1)
        return
    below, _, after = words.partition("[/caption]")
    box = make("div", (first.tail or "") if first is not last else below + said)
    moved: list[Element] = []
    while first is not last and (inner := first.getnext() if not moved else moved[-1].getnext()) is not None:
        moved.append(inner)
        if inner is last:
            break
    if moved:
        last.tail = below + said
    first.tail = None
    box.extend(moved)
    if not is_blank(box.text) or len(box):
        first.addnext(box)
        box.tail = after
    else:
        first.tail = after


@wording("[embed", "[youtube", "[vimeo", "[dailymotion", "[soundcloud", "[video", "[audio")
def embedded(root: Element) -> None:
    """[embed]address[/embed], [youtube=address], [video mp4="address"]: the address as a link."""
    for e, at, words in list(_texts(root)):
        _put_all(e, at, words, map(_linked, _EMBEDDED.finditer(words)))


def _linked(found: re.Match[str]) -> _Sign:
    address = _PAGES.get(found.lastgroup or "", "") + str(found[found.lastgroup or 0])
    return found, make("a", address, href=address)
