"""Foreign HTML to canonical HTML: the machinery of @element, and what its readers build with.

The tree is rewritten in place by two walks. Outermost first, the readers with a `where` see
markup as it was published, its classes and children still there. Then innermost first every tag
has its plain reader, which finds its own content canonical already. A tag that nobody reads
gives way to its content: no word is lost.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from . import elements as _house
from . import urls
from .build import dissolve, drop
from .parse import Element, strip_tags

Reading = Element | Iterable[Element] | None
Reader = Callable[[Element], Reading]
Test = Callable[[Element], bool]

# Their words are never seen by a reader of the page.
SILENT = (
    "script style template head title meta link base noembed noframes button select option optgroup datalist "
    "textarea param canvas applet progress meter"
).split()

# They say how words look or what they are, and nothing that Markdown could say.
TRANSPARENT = "span font big small u nobr bdi bdo time data label output wbr slot rb rtc basefont blink marquee".split()

# What is canonical as it is, where it has neither elements within nor attributes.
_CANONICAL = frozenset("p em strong del sub sup kbd mark ins code li td th".split())

_wordings: list[tuple[frozenset[str], Callable[[Element], None]]] = []
_forgetting: list[Callable[[], None]] = []
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


def wording(*signs: str) -> Callable[[Callable[[Element], None]], Callable[[Element], None]]:
    """Register a rewriter of a tree whose source has one of these signs, that `parse` looks for."""

    def register(rewrite: Callable[[Element], None]) -> Callable[[Element], None]:
        _wordings.append((frozenset(signs), rewrite))
        return rewrite

    return register


def afterwards(forget: Callable[[], None]) -> None:
    """Have `forget` called after each tree, by readers that remember something of it."""
    _forgetting.append(forget)


def as_published(e: Element) -> bool:
    """Every one, but while its content is still as it was."""
    return True


class classed:  # noqa: N801 - reads as the adjective it is, in `where=classed(…)`
    """Knows elements that have one of these classes."""

    def __init__(self, *names: str) -> None:
        self.names = frozenset(names)

    def __call__(self, e: Element) -> bool:
        return (said := e.get("class")) is not None and not self.names.isdisjoint(said.split())


class having:  # noqa: N801 - as above
    """Knows elements one of whose attributes says something, in small letters.

    Those without attributes are not even asked. (Small letters, since re.IGNORECASE takes ten times as long.)
    """

    def __init__(self, name: str, said: re.Pattern[str] = re.compile("")) -> None:
        self.name, self.said = name, said

    def __call__(self, e: Element) -> bool:
        return (value := e.get(self.name)) is not None and self.said.search(value.lower()) is not None


def _name(reader: Reader) -> str:
    return f"{reader.__module__}.{reader.__qualname__}"


class _Special:
    """The `where` readers of one tag, in the order of their names: no import order matters."""

    def __init__(self, readers: list[tuple[Test, Reader]]) -> None:
        readers = sorted(readers, key=lambda pair: _name(pair[1]))
        self.by_class = {name: read for test, read in readers if isinstance(test, classed) for name in test.names}
        self.by_attribute: dict[str, list[tuple[re.Pattern[str], Reader]]] = {}
        for test, read in readers:
            if isinstance(test, having):
                self.by_attribute.setdefault(test.name, []).append((test.said, read))
        self.silent = frozenset(self.by_attribute).isdisjoint
        self.others = [(test, read) for test, read in readers if not isinstance(test, classed | having)]

    def find(self, e: Element, attributes: Sequence[object]) -> Reader | None:
        if "class" in attributes:
            for name in e.get("class", "").split():
                if name in self.by_class:
                    return self.by_class[name]
        if not self.silent(attributes):
            for attribute, asked in self.by_attribute.items():
                if attribute in attributes:
                    value = e.get(attribute, "").lower()
                    for said, read in asked:
                        if said.search(value):
                            return read
        for test, read in self.others:
            if test(e):
                return read
        return None


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
    if signs := root.attrib.pop("data-signs", "").split():
        for wanted, rewrite in _wordings:
            if not wanted.isdisjoint(signs):
                rewrite(root)
    published = list(root.iter())  # kept: lxml would make every Element anew for the second walk
    for e in published:
        if (known := special.get(e.tag)) is None or not ((attributes := e.keys()) or known.others):
            continue
        if (read := known.find(e, attributes)) and e is not root and _is_within(e, root):
            _replace(e, read(e))
    strip_tags(root, *TRANSPARENT)
    for e in list(root.iter())[:0:-1]:
        tag = e.tag
        if tag in _CANONICAL and not len(e) and not e.keys():
            continue
        if (reading := plain.get(tag, _unknown)(e)) is not e:
            _replace(e, reading)
    strip_tags(root, "box", "gone")
    for forget in _forgetting:
        forget()
    if base:
        repoint(root, lambda address: address if address.startswith("#") else urls.join(base, address) or address)
    return root


def _is_within(e: Element, root: Element) -> bool:
    return root in e.iterancestors()


def _replace(e: Element, reading: Reading) -> None:
    if reading is e or e.tag in ("box", "gone") or e.getparent() is None:
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
        if (new := to(address)) != address:
            e.set(name, new)
