"""Turns: pages of one registered domain are asked for one at a time, with a pause between."""

from collections.abc import Callable
from urllib.parse import urlsplit

from ..urls import domain

_DELAY = 0.5  # seconds between two pages of one domain, when nobody says otherwise


class Turns:
    """Whose turn is when. All blogs of a shared platform are one queue: their server is one."""

    def __init__(self, delay: float | None, sleep: Callable[[float], None], clock: Callable[[], float]) -> None:
        self._delay, self._sleep, self._clock = delay, sleep, clock
        self._next: dict[str, float] = {}  # registered domain -> when its next page may start

    def take(self, url: str, wanted: float = 0.0) -> None:
        """Wait for the turn of `url`; `wanted` is what its host asks for, in seconds."""
        name = domain(url)
        wait = self._next.get(name, 0.0) - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._next[name] = self._clock() + max(self._pause(url), wanted)

    def _pause(self, url: str) -> float:
        if self._delay is not None:
            return self._delay
        return 0.0 if is_loopback(urlsplit(url).hostname or "") else _DELAY


def is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.") or host.endswith(".localhost")
