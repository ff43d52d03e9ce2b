"""Imports only ever point down the floors, and each dependency has its room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import blogark

ROOT = Path(blogark.__file__).parent
FLOORS = [
    set("errors model events".split()),
    set(
        "data urls links names charsets parse torn mend dates printed learn template bodies web disk images originals "
        "hands markdown inline escape delimiters build canon elements elements.* "
        "comments tally chosen known fidelity halves layouts layouts.* platforms webs".split()
    ),
    set("webs.* journal moves cards store platforms.*".split()),
    set("source beside choose render index redirects rescue lookup desk merge handed reading held sync".split()),
    {"run", "archive", "rewrite", "verify"},
    {"many"},
    {"", "cli", "flags", "shown", "__main__"},
]
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
WRITERS = set("markdown inline escape delimiters build canon elements layouts comments disk".split())
PLATFORMS_MAY = FLOORS[0] | FLOORS[1] - WRITERS
ROOMS = {
    "requests": {"webs"},
    "feedparser": {"platforms"},
    "urllib3": {"webs"},
    "protego": {"webs"},
    "bs4": {"parse"},
    "charset_normalizer": {"charsets"},
    "slugify": {"names"},
    "yaml": {"layouts", "platforms"},
    "tomli_w": {"layouts"},
    "markdown_it": {"platforms"},
    "click": {"cli", "flags", "shown"},
    "rich": {"shown"},
    "lxml": {"parse", "torn"},
    "publicsuffixlist": {"urls"},
    "warcio": {"webs"},
}
FILES = sorted(ROOT.rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def floor(module: str) -> int:
    package, _, name = module.partition(".")
    return FLOOR[f"{package}.*"] if name and f"{package}.*" in FLOOR else FLOOR[module]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def ours(path: Path) -> Iterator[str]:
    """Every module of this package that the file imports, wherever in it."""
    module = module_of(path)
    package = module.split(".") if path.name == "__init__.py" and module else module.split(".")[:-1]
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *filter(None, [node.module])]
            for alias in node.names:
                whole = ".".join([*base, alias.name])
                there = ROOT / Path(*whole.split("."))
                yield whole if there.with_suffix(".py").exists() or there.is_dir() else ".".join(base)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_point_down(path: Path) -> None:
    module = module_of(path)
    for name in ours(path):
        assert floor(name) <= floor(module), f"{module} imports {name}, which stands above it"


def test_floors_hold_no_circles() -> None:
    graph = {module_of(path): set(ours(path)) - {module_of(path)} for path in FILES}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, f"circle: {' -> '.join([*way, module])}"
        if module not in done:
            for name in graph.get(module, ()):
                visit(name, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("path", sorted((ROOT / "platforms").glob("*.py")), ids=lambda path: path.stem)
def test_a_platform_sees_only_what_reads(path: Path) -> None:
    for name in ours(path):
        assert name.startswith("platforms.") or name.partition(".")[0] in PLATFORMS_MAY, f"{path.name} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_each_dependency_has_its_room(path: Path) -> None:
    module = module_of(path)
    for node in nodes(path):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level and node.module else []
        for name in names:
            package = name.partition(".")[0]
            if package in ROOMS:
                assert module.partition(".")[0] in ROOMS[package], f"{module} imports {package}"


@pytest.mark.parametrize("package", ["platforms", "elements", "layouts", "webs"])
def test_packages_of_parts_import_nothing_of_ours(package: str) -> None:
    assert list(ours(ROOT / package / "__init__.py")) == []


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_budgets(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300, f"{path.name} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= 40, f"{path.name}: {node.name} has {lines} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "platforms").glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_a_platform_is_short(path: Path) -> None:
    most = 300 if path.stem in {"blogger", "wordpress"} else 120
    assert path.read_text(encoding="utf-8").count("\n") <= most


def test_every_module_says_what_it_is() -> None:
    silent = [module_of(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []
