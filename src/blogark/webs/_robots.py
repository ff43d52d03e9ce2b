"""robots.txt: what each host allows a crawler, as RFC 9309 and its crawl-delay have it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from ..errors import FetchError, Missing, Refused

NAME = "blogark"  # the product token that a robots.txt may name
_DELAY = 30.0  # seconds; who asks for more does not mean one reader
_MINE = "(--mine if it is your own blog)"
_AGENT = re.compile(r"\s*user[\s-]*agent\b\s*:?\s*([^#]*)", re.I)


class Robots:
    """The robots.txt files of one run; `ask` fetches one, and each is asked for once."""

    def __init__(self, ask: Callable[[str], bytes]) -> None:
        self._ask = ask
        self._known: dict[str, Protego | str] = {}  # by scheme and authority: rules, or why there are none to trust

    def delay(self, url: str) -> float:
        """Seconds that the host wants between two pages; Refused when it forbids this one."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        if origin not in self._known:
            self._known[origin] = self._rules(f"{origin}/robots.txt")
        rules = self._known[origin]
        if isinstance(rules, str):
            raise Refused(url, f"robots.txt of {parts.netloc} {rules}, which counts as forbidding {_MINE}")
        if not rules.can_fetch(url, NAME):
            raise Refused(url, f"robots.txt of {parts.netloc} forbids it {_MINE}")
        return min(rules.crawl_delay(NAME) or 0.0, _DELAY)

    def _rules(self, url: str) -> Protego | str:
        """RFC 9309 §2.3.1: no file allows everything, a server that cannot say forbids everything.

        429 is such a server. A host that does not exist or is refused has its page say so, not its robots.txt.
        """
        try:
            return parse(self._ask(url))
        except FetchError as error:
            if error.status >= 500 or error.status == 429:
                return f"answers {error.status}"
            if not error.status and not isinstance(error, Missing | Refused):
                return f"cannot be had ({error.why})"
        return parse(b"")


def parse(body: bytes) -> Protego:
    """Rules for us and for all; other robots go by one name, since thousands of them take protego minutes."""
    lines = body.decode("utf-8-sig", "replace").splitlines()
    return Protego.parse("\n".join(_AGENT.sub(_ours, line, count=1) for line in lines))


def _ours(line: re.Match[str]) -> str:
    name = re.split(r"[/\s]", line[1].strip().lower())[0]
    name = name.replace("*", "") or name
    return f"User-agent: {name if name in {'*', NAME} else 'other'}"
