"""What Naver's SmartEditor keeps in JSON beside the words: films, players, places, files, formulas."""

import json
from typing import Any
from urllib.parse import quote

from ..build import bare, is_blank, text
from ..canon import Reading, classed, element, having
from ..parse import Element, fragment, make
from .embeds import line, titled

Data = dict[str, Any]


@element("script", where=classed("__se_module_data"))
def module(e: Element) -> Reading:
    """What a script would draw in the part of the post around it, where nothing is drawn yet."""
    said = _json(e, "data-module-v2") or _json(e, "data-module")
    part = next((above for above in e.iterancestors("div") if _IS_PART(above)), e)
    if part.find(".//iframe") is not None or part.find(".//a[@href]") is not None:
        return None
    data, read = said.get("data"), _MODULES.get(str(said.get("type")))
    return read(data, part) if read and isinstance(data, dict) else None


_IS_PART = classed("se-component")


def _json(e: Element, attribute: str) -> Data:
    try:
        said = json.loads(e.get(attribute) or "{}")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _word(data: Data, *names: str) -> str:
    return next((str(said) for name in names if isinstance(said := data.get(name), str | int) and said), "")


def _film(data: Data, part: Element) -> Element | None:
    """A film on Naver's own player; its address answers with the streams, for as long as its key is good."""
    name, meta = _word(data, "vid"), data.get("mediaMeta")
    address = f"https://apis.naver.com/rmcnmv/rmcnmv/vod/play/v2.0/{quote(name)}?key={quote(_word(data, 'inkey'))}"
    return line(address, _word(meta if isinstance(meta, dict) else {}, "title") or "Naver") if name else None


def _player(data: Data, part: Element) -> Element | None:
    frame = next(fragment(_word(data, "html")).iter("iframe"), None)
    address = _word(data, "inputUrl") or (frame.get("src", "") if frame is not None else "")
    title = _word(data, "title") or (frame.get("title", "") if frame is not None else "")
    return titled(address, title) if address.startswith("http") else None


def _formula(data: Data, part: Element) -> Element | None:
    if not is_blank(text(part)):
        return None
    display = {} if "se-inline-math" in part.get("class", "") else {"display": "block"}
    return make("math", _word(data, "latex").strip().strip("$"), **display)


def _link(data: Data, part: Element) -> Element | None:
    address = _word(data, "link")
    return titled(address, _word(data, "title")) if address.startswith("http") else None


_MODULES = {"v2_video": _film, "v2_oembed": _player, "v2_formula": _formula, "v2_oglink": _link}


@element("a", where=having("data-linkdata"))
def linked(e: Element) -> Element:
    """A link that a script makes: of a place to the map, of a picture to itself alone."""
    data = _json(e, "data-linkdata")
    if e.get("href", "#") not in ("", "#"):
        return e
    if address := _word(data, "link", "url"):
        e.set("href", address)
    elif place := _word(data, "placeId"):
        e.set("href", f"https://map.naver.com/p/entry/place/{quote(place)}")
    elif place := _word(data, "name", "address"):
        e.set("href", f"https://map.naver.com/p/search/{quote(place)}")
    else:
        return bare(e, "span")
    return e


@element("div", where=classed("se-module-file"))
def file(e: Element) -> Element:
    """An attachment: its name leads to it."""
    name = "".join(text(one).strip() for one in e.iter("span", "strong", "em") if _NAMES_FILE(one))
    address = next((said for a in e.iter("a") if (said := a.get("href") or a.get("data-link"))), "")
    return line(address, name or text(e).strip()) if address.startswith("http") else e


_NAMES_FILE = classed("se-file-name", "se-file-extension")
