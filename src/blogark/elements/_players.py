"""Where a player lives → where a person watches it, and what its site is called."""

import re
from urllib.parse import unquote

from ..data import table

# players.json has pattern, page ("" for the address itself) and name. The first that is found in the address wins.
_KNOWN = tuple((re.compile(pattern), page, name) for pattern, page, name in table("elements/players"))
_PLACE = re.compile(r"/maps/embed\?.*?!2d(-?[\d.]+)!3d(-?[\d.]+)")
_LONGEST = 60  # letters of an address that still name it


def watch(address: str) -> tuple[str, str]:
    """The page of what a player plays, and what to call it."""
    for pattern, page, name in _KNOWN:
        if found := pattern.search(address):
            if place := _PLACE.search(address):  # the embedded map refuses to be looked at on its own
                return f"https://www.google.com/maps?q={place[2]},{place[1]}", name
            shown = page.format(*(unquote(part) if page == "{}" else part for part in found.groups()))
            return shown if shown.startswith("http") else address, name
    named = re.sub(r"^\w+:/*(?:www\.)?|[?#].*$|/(?:index\.\w+)?(?=[?#]|$)", "", address)
    return address, named if len(named) <= _LONGEST else named.partition("/")[0]
