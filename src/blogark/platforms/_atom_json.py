"""Feeds in JSON: JSON Feed (jsonfeed.org/version/1.1), and what Google makes of Atom (alt=json)."""

from collections.abc import Mapping
from typing import Any

from .. import parse, urls
from ..errors import ReadError
from ..model import Page
from ._atom import Atom, listed, paragraphs

_JSON = {"content": "content_html", "published": "date_published", "updated": "date_modified"}


def feed(page: Page) -> tuple[Atom, list[Atom]]:
    """A feed and its entries; ReadError when the page is none."""
    data = parse.json(page)
    data = data if isinstance(data, dict) else {}
    if isinstance(data.get("feed"), dict):
        return _of_google(data["feed"]), [_of_google(entry) for entry in records(data["feed"].get("entry"))]
    if isinstance(data.get("entry"), dict):  # one that was asked for by its number
        return Atom({}, (), ()), [_of_google(data["entry"])]
    if "jsonfeed.org" not in str(data.get("version")):
        raise ReadError(page.url, "is no feed")
    return _of_json(data, page.at), [_of_json(item, page.at) for item in records(data.get("items"))]


def _of_json(item: Mapping[str, Any], base: str) -> Atom:
    """An item, or the whole, of a JSON Feed (jsonfeed.org/version/1.1)."""
    names = "title content summary published updated id language".split()
    values = {name: string(item.get(_JSON.get(name, name))) for name in names}
    if not values["content"]:
        values["content"] = paragraphs(string(item.get("content_text")))
    rels = {"url": "alternate", "home_page_url": "alternate", "next_url": "next", "image": "image"}
    rels["banner_image"] = "image"
    links = [{"rel": rel, "href": urls.join(base, href)} for k, rel in rels.items() if (href := string(item.get(k)))]
    tags = item.get("tags")
    names = [string(author.get("name")) for author in records(item.get("authors") or item.get("author"))]
    terms = tuple({"term": string(tag)} for tag in tags) if isinstance(tags, list) else ()
    return Atom({k: v for k, v in values.items() if v}, tuple(links), terms, listed(names))


def string(value: Any) -> str:
    return parse.clean(str(value)) if isinstance(value, str | int | float) else ""


def _of_google(entry: Mapping[str, Any]) -> Atom:
    values = {name.rpartition("$")[2]: _text(value) for name, value in entry.items() if isinstance(value, dict)}
    authors = [_text(author.get("name")) for author in records(entry.get("author"))]
    answered = attributes(entry.get("thr$in-reply-to"))
    return Atom(
        values,
        attributes(entry.get("link")),
        attributes(entry.get("category")),
        listed(authors),
        answered[0].get("ref", "") if answered else "",
    )


def records(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list that may be one object, or hold anything: servers and proxies send what they like."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def attributes(value: Any) -> tuple[Mapping[str, str], ...]:
    return tuple({k: v for k, v in record.items() if isinstance(v, str)} for record in records(value))


def _text(value: Any) -> str:
    return parse.clean(str(value.get("$t") or "")) if isinstance(value, dict) else ""
