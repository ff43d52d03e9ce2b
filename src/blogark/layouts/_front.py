"""Front matter as text: YAML that YAML 1.1 and 1.2 readers read alike."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import yaml

_FAST: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the C emitter, where PyYAML has it


def _moment(dumper: Any, value: datetime) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat(timespec="seconds"))


def _flow(dumper: Any, value: Any) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _dumper(base: Any) -> Any:
    made: Any = type("Dumper", (base,), {})
    made.add_representer(datetime, _moment)
    made.add_representer(tuple, _flow)
    return made


_fast, _plain = _dumper(_FAST), _dumper(yaml.SafeDumper)


def dump(value: Any) -> str:
    """YAML in the order given, Unicode as it is, a line a key; tuples as [a, b]."""
    text = _dump(value, _fast)
    # libyaml escapes what lies beyond U+FFFF, emoji too; the Python emitter writes them.
    return _dump(value, _plain) if "\\U000" in text else text


def _dump(value: Any, dumper: Any) -> str:
    return str(yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=10**9))


def front_matter(values: Mapping[str, Any], marks: tuple[str, str]) -> str:
    """The block that opens a file, without what is unknown."""
    known = {name: value for name, value in values.items() if value is not None and value is not False and value != ()}
    known = {name: value for name, value in known.items() if value != ""}
    return f"{marks[0]}\n{dump(known) if known else ''}{marks[1]}\n"
