"""Front matter of Markdown files: YAML between ---, TOML between +++, or a JSON object, and the body behind it."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from .. import dates

_YAML = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\n(.*?)\n?^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)


def split(text: str) -> tuple[dict[str, Any], str]:
    """Its values and the body; ({}, text) for a file that has none, or none that can be read."""
    text = text.replace("\r\n", "\n")
    for sign, read in ((_YAML, _yaml), (_TOML, tomllib.loads)):
        if found := sign.match(text):
            told = _read(read, found[1])
            return told, text[found.end() :]
    if text.lstrip("\ufeff").startswith("{"):
        try:
            told, end = json.JSONDecoder().raw_decode(text.lstrip("\ufeff"))
            return (told, text.lstrip("\ufeff")[end:]) if isinstance(told, dict) else ({}, text)
        except ValueError:
            pass
    return {}, text


def _read(read: Any, text: str) -> dict[str, Any]:
    try:
        told = read(text)
    except Exception:  # whatever a reader of YAML or TOML raises for what a person wrote
        pairs = re.findall(r"(?m)^([\w-]+)\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", text)
        told = {name: value for name, value in pairs if value}
    return {str(key).lower(): value for key, value in told.items()} if isinstance(told, dict) else {}


def _yaml(text: str) -> Any:
    import yaml

    return yaml.load(text, Loader=_loader())


def _loader() -> Any:
    """YAML without its own idea of dates, which loses offsets."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, find) for tag, find in found if tag != "tag:yaml.org,2002:timestamp"]
        for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader


def names(value: Any) -> tuple[str, ...]:
    """A list, however it is written: a YAML list, names with commas, or words, as Jekyll reads a line of them."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, str):
        value = value.strip("[]").split("," if "," in value else None)
    found = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(name for each in found if each is not None and (name := str(each).strip(" \"'"))))


def filed(told: Mapping[str, Any], one: str, many: str) -> tuple[str, ...]:
    """What both keys say: Jekyll takes `category` whole and `categories` by its words, and adds them up."""
    alone = told.get(one)
    first = (alone.strip(),) if isinstance(alone, str) and alone.strip() and "," not in alone else names(alone)
    return tuple(dict.fromkeys((*first, *names(told.get(many)))))


def people(value: Any) -> str:
    """One name or several; of a record its name."""
    if isinstance(value, Mapping):
        value = value.get("name") or list(value.values())
    found = value if isinstance(value, list) else [value]
    told = (each.get("name") if isinstance(each, Mapping) else each for each in found)
    return ", ".join(str(each).strip() for each in told if each)


def moment(value: Any) -> date | datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    return dates.machine(str(value or ""))


def said(told: Mapping[str, Any], *names: str) -> str:
    """The first of these values that says something, as text."""
    found = (told.get(name) for name in names)
    return next((str(value).strip() for value in found if isinstance(value, str | int | float | date) and value), "")


def cover(told: Mapping[str, Any]) -> str:
    """The address of the lead picture, as written."""
    found = told.get("cover") or told.get("image") or told.get("featured_image") or told.get("thumbnail") or ""
    if isinstance(found, dict):
        found = found.get("image") or found.get("path") or found.get("src") or found.get("url") or ""
    return quote(str(found), safe="/:%?&=#@~+,;") if isinstance(found, str) else ""
