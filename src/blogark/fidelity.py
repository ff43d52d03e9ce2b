"""How much of a post's HTML is in its Markdown: words, headings, links and pictures, counted on either side.

Neither side is read as the writer reads it: the HTML by Python's own parser, the Markdown by its signs alone.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from html.parser import HTMLParser

from . import images, originals, urls
from .canon import SILENT
from .elements.dirt import FURNITURE
from .model import MARKED

Held = Callable[[str], Iterable[str]]  # from an absolute address to what may stand for it in the file

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_ASIDE = frozenset("noscript iframe video audio object math amp-ad".split())  # what others show instead, and formulas
_SILENT = (frozenset(SILENT) | _ASIDE) - _VOID
_BY_CLASS = frozenset(FURNITURE) | frozenset(
    "more-link read-more-link anchor headerlink header-anchor "
    "katex MathJax MathJax_Preview MathJax_Display mwe-math-element "
    "lineno linenos line-numbers gutter rouge-gutter lnt ln crayon-nums hljs-ln-numbers line-numbers-rows".split()
)
_SHORT_CODE = re.compile(r"\[/?(?:caption|wp_caption|embed|youtube|video|audio|gallery|playlist)\b[^\]]*\]")
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong "
    "time tt u var wbr ruby rb".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_NO_SPACES = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # scripts: a letter is a word
_WORD = re.compile(rf"[{_NO_SPACES}]|[^\W_{_NO_SPACES}]+")
_UNSEEN = re.compile("[\xad\u200b-\u200f\u2060-\u2064\ufeff]")
_NAMED = 8  # of what is missing
_SIGN_CLASS = re.compile(r"\b(?:wp-smiley|emoji|latex|mwe-math)")  # pictures of signs, which are written as signs
_DOT = re.compile(r"\s*0*[01](?:px)?\s*")


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many are there; some of those that are not, by name."""

    found: int = 0
    of: int = 0
    missing: tuple[str, ...] = ()

    @property
    def value(self) -> float | None:
        """0 to 1; None where there is nothing to find."""
        return self.found / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Fidelity:
    """Of one post."""

    words: Share
    headings: Share
    links: Share
    pictures: Share

    @property
    def value(self) -> float:
        """The mean of its shares, 0 to 1."""
        shares = [share.value for _, share in self if share.value is not None]
        return sum(shares) / len(shares) if shares else 1.0

    def __iter__(self) -> Iterator[tuple[str, Share]]:
        return ((each.name, getattr(self, each.name)) for each in fields(self))


def words(text: str) -> list[str]:
    return _WORD.findall(_UNSEEN.sub("", text))


def compare(source: str, base: str, made: "Written", held: Held) -> Fidelity:
    """The HTML of a post, whose addresses are relative to `base`, held against its Markdown."""
    raw = _Raw()
    raw.feed(MARKED.sub("", source))
    raw.close()
    addresses = made.addresses | set(map(urls.key, made.addresses))
    stands = lambda url: not addresses.isdisjoint((urls.key(url), *held(url)))  # noqa: E731
    links = [group for group in _absolute(raw.links, base) if urls.is_web(group[0]) and not _is_within(group[0], base)]
    pictures = [group for group in _absolute(raw.pictures, base) if not any(map(originals.is_ignored, group))]
    return Fidelity(
        _words(words(_SHORT_CODE.sub(" ", "".join(raw.text))), made),
        _share([" ".join(words(each)) for each in raw.headings], made.headings),
        _any(links, stands),
        _any([group for group in pictures if group[0].startswith(("http", "data:image"))], stands),
    )


def _absolute(groups: list[list[str]], base: str) -> list[list[str]]:
    return [[urls.join(base, url) for url in group] for group in groups]


def _is_within(url: str, base: str) -> bool:
    """Whether a link leads to another place in the same post: a note, a heading."""
    return "#" in url and urls.key(url) == urls.key(base)


def _words(wanted: Sequence[str], made: "Written") -> Share:
    """Signs part words, or stand within one: a word counts that is there in any of the ways to see them."""
    text = "".join(made.text)
    share = _share(wanted, there := Counter(words(text)))
    if share.missing:
        share = _share(wanted, there := there | Counter(words(text.replace(_BRACKET, ""))))
    return _share(wanted, there | Counter(words(" ".join(made.text)))) if share.missing else share


def _share(wanted: Sequence[str], there: Counter[str]) -> Share:
    left = Counter(wanted) - there
    lost = left.total()
    return Share(
        len(wanted) - lost, len(wanted), tuple(dict.fromkeys(each for each in wanted if each in left))[:_NAMED]
    )


def _any(groups: Sequence[Sequence[str]], stands: Callable[[str], bool]) -> Share:
    """Groups of addresses, any of which may stand for the first."""
    lost = [group[0] for group in groups if not any(map(stands, group))]
    return Share(len(groups) - len(lost), len(groups), tuple(map(images.short, dict.fromkeys(lost)))[:_NAMED])


class _Raw(HTMLParser):
    """What a reader of the page sees of the post, less what is silent by name."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.headings: list[str] = []
        self.links: list[list[str]] = []
        self.pictures: list[list[str]] = []
        self._silent: list[str] = []  # open elements from the silent one on
        self._heading: list[str] | None = None
        self._link: list[str] | None = None
        self._shows = False  # whether the open link has anything to press

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if self._silent == ["p"] and tag not in _INLINE:
            self._silent.clear()
        if self._silent or tag in _SILENT or not _BY_CLASS.isdisjoint(said.get("class", "").split()):
            self._silent += [tag] if tag not in _VOID and (not self._silent or tag == self._silent[0]) else []
            return
        if tag not in _INLINE:
            self._say(" ")
        if tag in _HEADINGS:
            self._heading = []
        elif tag == "a":
            self._end_link()
            self._link, self._shows = [said.get("href", "").strip()], False
        elif tag == "img":
            self._picture(said)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[0]:
                self._silent.pop()
            return
        if tag not in _INLINE:
            self._say(" ")
        if tag in _HEADINGS and self._heading is not None:
            self.headings += ["".join(self._heading)] if words("".join(self._heading)) else []
            self._heading = None
        elif tag == "a":
            self._end_link()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._say(data)
            self._shows = self._shows or bool(data.strip())

    def close(self) -> None:
        super().close()
        self._end_link()

    def _say(self, text: str) -> None:
        self.text.append(text)
        if self._heading is not None:
            self._heading.append(text)

    def _end_link(self) -> None:
        if self._link and self._shows and self._link[0]:
            self.links.append(self._link)
        self._link = None

    def _picture(self, said: dict[str, str]) -> None:
        dot = _DOT.fullmatch(said.get("width", "")) and _DOT.fullmatch(said.get("height", ""))
        signs = _SIGN_CLASS.search(said.get("class", ""))
        data = [value for name, value in said.items() if name.startswith("data-") and re.match(r"https?:/|/", value)]
        sets = [images.largest(said[name]) for name in ("srcset", "data-srcset", "data-lazy-srcset") if name in said]
        group = [url.strip() for url in (said.get("src", ""), *data, *sets) if url.strip()]
        if group and not dot and not signs:
            self.pictures.append(group)
            self._shows = True
            self._link = self._link and [*self._link, *group]  # both may lead to the picture that is held


@dataclass(slots=True)
class Written:
    """What a Markdown file says."""

    text: list[str] = field(default_factory=list)  # parted where there were signs
    headings: Counter[str] = field(default_factory=Counter)
    addresses: set[str] = field(default_factory=set)  # as they stand there


_BRACKET = "\0"  # a square one, of a link or in the text
_FENCE = re.compile(r"^[\s>*+\-\d.)]*?(`{3,}|~{3,})(.*)$")
_HEADING = re.compile(r"^[ \t>*+\-\d.)]*#{1,6}\s+(.*)$", re.M)
_BARE = r"(?:\\.|[^\s()\\]|\((?:[^\s()]|\([^\s()]*\))*\))*"  # an address, brackets in it in pairs
_TO = rf"\(\s*(?P<{{0}}><(?:\\.|[^<>\\])*>|{_BARE})(?:\s+\"(?:\\.|[^\"\\])*\")?\s*\)"
_SIGNS = re.compile(
    r"(?<!`)(?P<tick>`+)(?!`)(?P<code>.+?)(?<!`)(?P=tick)(?!`)"
    r"|\\(?P<sign>[!-/:-@\[-`{-~])"
    rf"|!\[(?:\\.|[^\[\]\\])*\]{_TO.format('picture')}|\]{_TO.format('link')}"
    r"|<(?P<auto>[a-z][a-z0-9+.-]+:[^\s<>]*)>|<!--.*?-->|</?(?P<tag>[a-zA-Z][\w-]*)(?P<said>(?:\s[^<>]*)?)/?>"
    r"|\*+|~~|(?<![^\W_])_+|_+(?![^\W_])|[\[\]]|&(?P<entity>\#?\w+);",
    re.S,
)


def read(markdown: str) -> Written:
    """The words, headings and addresses of a Markdown file without its front matter."""
    made, lines, fence = Written(), list[str](), ""
    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if not fence and mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            _scan("\n".join(lines), made)
            lines.clear()
        elif fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            else:
                made.text.append(f" {line} ")
        else:
            lines.append(line)
    _scan("\n".join(lines), made)
    return made


def _scan(text: str, made: Written) -> None:
    for found in _HEADING.finditer(text):
        line = Written()
        _inline(found[1], line)
        made.headings[" ".join(words("".join(line.text)))] += 1
    _inline(text, made)
    made.text.append(" ")


def _inline(text: str, made: Written) -> None:
    at = 0
    for found in _SIGNS.finditer(text):
        made.text.append(text[at : found.start()])
        made.text.append(_sign(found, made.addresses))
        at = found.end()
    made.text.append(text[at:])


def _sign(found: re.Match[str], addresses: set[str]) -> str:
    """The words in a sign; what it leads to goes to the addresses."""
    for name in ("picture", "link", "auto"):
        if (address := found[name]) is not None:
            addresses.add(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", address.strip("<>"))))
            return f" {address} " if name == "auto" else ""
    if found["tag"]:
        addresses.update(html.unescape(url) for url in re.findall(r'\b(?:href|src)="([^"]*)"', found["said"]))
        return "" if found["tag"].lower() in _INLINE else " "
    if found["entity"]:
        return html.unescape(found[0])
    return found["code"] or (" " if found["sign"] else _BRACKET if found[0] in "[]" else "")
