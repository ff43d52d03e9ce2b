"""Front matter as text: YAML that readers of YAML 1.1 and 1.2 understand alike."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

# Beside what YAML 1.1 has: numbers of YAML 1.2 (0o17, 1e3), of Go (0b1) and of Ruby (1,000), symbols of Ruby (:a).
_NO_TEXT = re.compile(r"[-+]?[\d.][\d_,.:a-fox+-]*|:.*", re.I | re.S)


# Text that YAML takes for itself as it stands: from a letter, or as an address, to anything but a space, with no sign
# in it that could mean more. (Without letters beyond U+FFFF, which libyaml does not write.)
_PLAIN = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)(?![^\U00010000-\U0010ffff]*[\U00010000-\U0010ffff])"
    r"(?:https?://|[^\W\d_])[\w ./%-]*(?<! )",
    re.I,
)
_KEY = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z]\w{0,80}", re.I | re.A)


def dump(value: Any) -> str:
    """YAML in the order given, Unicode as it is, a line a key; tuples as [a, b]."""
    if not isinstance(value, dict) or not value:
        return _yaml(value)
    return "".join(
        f"{name}: {said}\n" if _KEY.fullmatch(name) and (said := _plain(each)) else _yaml({name: each})
        for name, each in value.items()
    )


def _plain(value: Any) -> str:
    """The value as PyYAML writes it, without quotes and ten times as fast; '' where it may need them."""
    match value:
        case str():
            return value if _PLAIN.fullmatch(value) else ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case tuple() if all(isinstance(each, str) and ":" not in each and _PLAIN.fullmatch(each) for each in value):
            return f"[{', '.join(value)}]"
        case _:
            return ""


def _yaml(value: Any) -> str:
    text = _dump(value, fast=True)
    # libyaml escapes what lies beyond U+FFFF, emoji too; PyYAML writes them, but not all control characters right.
    escapes = set(re.findall(r"\\(.)", text)) - {"\\", '"'}
    return _dump(value, fast=False) if escapes == {"U"} else text


def front_matter(values: Mapping[str, Any], marks: tuple[str, str]) -> str:
    """The block that opens a file, without what is unknown; as `marks` say in YAML, in TOML, or as `Name: value`."""
    known = {name: value for name, value in values.items() if value is not None and value not in ("", (), {})}
    if marks == ("", ""):
        return "".join(f"{name}: {_line(value)}\n" for name, value in known.items())
    write = _toml if marks[0] == "+++" else dump
    return f"{marks[0]}\n{write(known) if known else ''}{marks[1]}\n"


def _line(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else " ".join(str(value).split())


def _toml(values: dict[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps({name: list(value) if isinstance(value, tuple) else value for name, value in values.items()})


def split(text: str, marks: tuple[str, str]) -> tuple[str, str]:
    """The front matter of a file, and what stands below it; ('', text) for a file without."""
    before, _, rest = text.partition(f"{marks[0]}\n") if marks[0] else ("", "", text)
    head, end, body = rest.partition(f"\n{marks[1]}\n")
    return (f"{head}\n", body) if end and not before else ("", text)


def parse(head: str, marks: tuple[str, str]) -> dict[str, Any]:
    """What front matter says; ValueError for what is not in the language that its marks stand for."""
    if marks[0] == "+++":
        return tomllib.loads(head)
    if marks == ("", ""):
        return dict(re.findall(r"^(\w+): (.*)$", head, re.M))
    import yaml

    try:
        found = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
    if not isinstance(found, dict):
        raise ValueError("no names and values")
    return found


def _dump(value: Any, fast: bool) -> str:
    import yaml  # where it is used: importing blogark stays cheap

    return str(yaml.dump(value, Dumper=_dumper(fast), allow_unicode=True, sort_keys=False, width=10**9))


@cache
def _dumper(fast: bool) -> Any:
    import yaml

    base = getattr(yaml, "CSafeDumper", yaml.SafeDumper) if fast else yaml.SafeDumper
    made: Any = type("Dumper", (base,), _NO_PATHS)
    made.add_representer(datetime, _moment)
    made.add_representer(tuple, _flow)
    made.add_representer(str, _text)
    return made


def _nothing(*_: object) -> None:
    pass


# No value is said by what stands elsewhere (an alias), and none is of a type that its place gives it (a path resolver).
_NO_PATHS = {"ignore_aliases": lambda *_: True, "descend_resolver": _nothing, "ascend_resolver": _nothing}


def _moment(dumper: Any, value: datetime) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat(timespec="seconds"))


def _text(dumper: Any, value: str) -> Any:
    """On one line, since YAML 1.1 and 1.2 do not agree on what breaks one, and quoted where any reader sees no text."""
    style = '"' if set("\n\x85\u2028\u2029") & set(value) else "'" if _NO_TEXT.fullmatch(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _flow(dumper: Any, value: Any) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)
