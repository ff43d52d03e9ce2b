"""Foreign HTML to canonical HTML: the machinery of @element, and what its readers build with.

The tree is rewritten in place by two walks. Outermost first, the readers with a `where` see
markup as it was published, its classes and children still there. Then innermost first every tag
has its plain reader, which finds its own content canonical already. A tag that nobody reads
gives way to its content: no word is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from . import elements as _house
from . import urls
from .parse import Element, make

Reading = Element | Iterable[Element] | None
Reader = Callable[[Element], Reading]
Test = Callable[[Element], bool]

BLOCK = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre hr table thead tbody tfoot tr th td caption "
    "details summary footnote dl dt dd".split()
)
# Their words are never seen by a reader of the page.
SILENT = (
    "script style template head title meta link base noembed noframes button select option optgroup datalist "
    "textarea param canvas applet progress meter"
).split()

_plain: dict[str, Reader] = {}
_where: dict[str, list[tuple[Test, Reader]]] = {}


def element(*tags: str, where: Test | None = None) -> Callable[[Reader], Reader]:
    """Register a reader for these tags: of every such element, or of those that `where` knows.

    A reader returns what stands in the element's place: itself, another element, several,
    or None when nothing does (or when it has dissolved the element already).
    """

    def register(reader: Reader) -> Reader:
        for tag in tags:
            if where is not None:
                _where.setdefault(tag, []).append((where, reader))
            elif (other := _plain.setdefault(tag, reader)) is not reader:
                raise ValueError(f"<{tag}> is read by both {_name(other)} and {_name(reader)}")
        return reader

    return register


def as_published(e: Element) -> bool:
    """Every one, but while its content is still as it was."""
    return True


class classed:  # noqa: N801 - reads as the adjective it is, in `where=classed(…)`
    """Knows elements that have one of these classes."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __call__(self, e: Element) -> bool:
        return not self.names.isdisjoint(e.get("class", "").split())


def _name(reader: Reader) -> str:
    return f"{reader.__module__}.{reader.__qualname__}"


class _Special:
    """The `where` readers of one tag, in the order of their names: no import order matters."""

    def __init__(self, readers: list[tuple[Test, Reader]]) -> None:
        readers = sorted(readers, key=lambda pair: _name(pair[1]))
        self.by_class = {name: read for test, read in readers if isinstance(test, classed) for name in test.names}
        self.others = [(test, read) for test, read in readers if not isinstance(test, classed)]

    def find(self, e: Element) -> Reader | None:
        if self.by_class and (names := e.get("class")):
            for name in names.split():
                if name in self.by_class:
                    return self.by_class[name]
        return next((read for test, read in self.others if test(e)), None)


@cache
def _readers() -> tuple[dict[str, Reader], dict[str, _Special]]:
    """Every reader there is, loaded when the first page wants them."""
    for module in iter_modules(_house.__path__, _house.__name__ + "."):
        import_module(module.name)
    from importlib.metadata import entry_points  # costs a fifth of `import blogark`

    for entry in entry_points(group="blogark.elements"):
        entry.load()
    return _plain, {tag: _Special(readers) for tag, readers in _where.items()}


def canonical(root: Element, base: str = "") -> Element:
    """The same tree, canonical now, with every address made absolute against `base`."""
    plain, special = _readers()
    _clean_text(root)
    for e in list(root.iter(*special)):
        if (read := special[e.tag].find(e)) and e is not root and _is_within(e, root):
            _replace(e, read(e))
    for e in reversed(list(root.iter())):
        if e is not root and (reading := plain.get(e.tag, _unknown)(e)) is not e:
            _replace(e, reading)
    if base:
        repoint(root, lambda address: address if address.startswith("#") else urls.join(base, address) or address)
    return root


def _is_within(e: Element, root: Element) -> bool:
    return any(above is root for above in e.iterancestors())


def _replace(e: Element, reading: Reading) -> None:
    if reading is e or e.getparent() is None:
        return
    for new in [reading] if isinstance(reading, Element) else reading or ():
        new.tail = None
        e.addprevious(new)
    drop(e)


def _unknown(e: Element) -> None:
    if isinstance(e.tag, str):
        dissolve(e)
    else:
        drop(e)  # a comment


_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_UNSEEN = re.compile(f"{_CONTROL.pattern}|[\u200b\ufeff]")  # and spaces that have no width


def _clean_text(root: Element) -> None:
    content = text(root)
    if "\u200b" not in content and "\ufeff" not in content and not _CONTROL.search(content):
        return
    for e in root.iter():
        if e.text and _UNSEEN.search(e.text):
            e.text = _UNSEEN.sub("", e.text)
        if e.tail and _UNSEEN.search(e.tail):
            e.tail = _UNSEEN.sub("", e.tail)


# --- addresses

_ADDRESS = {"a": "href", "img": "src"}


def addresses(root: Element) -> Iterator[tuple[Element, str, str]]:
    """Every address of a canonical tree: its element, the attribute that holds it, and itself."""
    for e in root.iter(*_ADDRESS):
        name = _ADDRESS[e.tag]
        if address := e.get(name):
            yield e, name, address


def repoint(root: Element, to: Callable[[str], str]) -> None:
    """Every address in the tree passes through `to`, in place."""
    for e, name, address in addresses(root):
        e.set(name, to(address))


_SCRIPTED = re.compile(r"(?:javascript|vbscript|livescript|mocha|data):", re.I)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b\ufeff]+")  # browsers do, in a scheme


def is_unsafe(address: str) -> bool:
    """Whether following it would run or show something of the page's own making."""
    return ":" in address and bool(_SCRIPTED.match(_IGNORED.sub("", address[:64])))


# --- building


def text(e: Element) -> str:
    """All text within, as it stands."""
    return "".join(e.itertext())  # type: ignore[arg-type]  # the stubs allow for bytes


def is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def has_blocks(e: Element) -> bool:
    for child in e:  # noqa: SIM110 - asked of every element, and any() costs twice as much
        if child.tag in BLOCK:
            return True
    return False


def is_empty(e: Element) -> bool:
    """Whether there is nothing in it but white space."""
    return len(e) == 0 and is_blank(e.text)


def bare(e: Element, tag: str = "", *kept: str) -> Element:
    """The element under another name, with no attributes but the kept ones."""
    if tag:
        e.tag = tag
    for name in e.keys():  # noqa: SIM118 - an element iterates over its children
        if name not in kept:
            del e.attrib[name]
    return e


def drop(e: Element) -> None:
    """Take an element out; the text behind it stays."""
    tail, parent = e.tail, e.getparent()
    if parent is None:
        return
    if tail:
        before = e.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    e.tail = None
    parent.remove(e)


def dissolve(e: Element) -> None:
    """Put an element's content in its place."""
    if content := e.text:
        before = e.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + content
        elif (parent := e.getparent()) is not None:
            parent.text = (parent.text or "") + content
    for child in list(e):
        e.addprevious(child)
    drop(e)


def wrap_runs(e: Element, new: Callable[[], Element]) -> None:
    """Put each run of inline content among the blocks of `e` into a new element."""
    run: Element | None = None
    if not is_blank(e.text):
        run = new()
        run.text, e.text = e.text, None
        e.insert(0, run)
    for child in list(e):
        if child is run:
            continue
        if child.tag not in BLOCK:
            if run is None:
                run = new()
                child.addprevious(run)
            run.append(child)
            continue
        run = None
        if not is_blank(child.tail):
            run = new()
            run.text, child.tail = child.tail, None
            child.addnext(run)


def wrap(e: Element, new: Element) -> Element:
    """Put all content of `e` into `new`, and that into `e`."""
    new.text, e.text = e.text, None
    for child in list(e):
        new.append(child)
    e.append(new)
    return new


def clone(e: Element) -> Element:
    """Another of the same, empty."""
    return make(e.tag, **{str(k): str(v) for k, v in e.attrib.items()})


def spread(e: Element) -> None:
    """Bring an inline element that holds blocks into each of these blocks."""
    wrap_runs(e, lambda: clone(e))
    for child in e:
        if child.tag in BLOCK:
            _push(child, e)
    dissolve(e)


def _push(block: Element, e: Element) -> None:
    if block.tag in ("pre", "hr"):
        return
    if has_blocks(block):
        wrap_runs(block, lambda: clone(e))
        for child in block:
            if child.tag in BLOCK:
                _push(child, e)
    elif not is_empty(block) and not (len(block) == 1 and block[0].tag == e.tag and is_blank(block.text)):
        wrap(block, clone(e))
