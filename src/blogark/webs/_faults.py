"""What goes wrong on the net, in words for a person: the one place where requests' errors become ours."""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests
import urllib3

from ..errors import FetchError, Missing, Refused

_AGAIN = frozenset({429, 500, 502, 503, 504})
_WORDS = {
    401: "it asks for a login",
    403: "forbidden",
    404: "not found",
    410: "gone",
    429: "too many requests",
    451: "withheld for legal reasons",
    500: "the server failed",
    502: "the server failed behind its gateway",
    503: "the server is busy or down",
    504: "the server does not answer its gateway",
}
# Where readers are sent who look like robots or have not consented; never a page of the blog.
_ASIDE = (
    (re.compile(r"https?://([\w-]+\.)*google(\.[a-z]+)+(:\d+)?/sorry\b", re.I), "the server asks for a captcha"),
    (re.compile(r"https?://((consent|guce)\.|[^/]+/privacy/consent\b)", re.I), "the server asks for consent"),
)


class Passing(Exception):
    """What another try may mend: `error` is what it comes to if not, `wait` the seconds that the server asks for;
    `hopes` is how many more tries a picture is worth, `silent` whether nobody answered at all.
    """

    def __init__(self, error: FetchError, wait: float = 0.0, hopes: int = 9, *, silent: bool = False) -> None:
        super().__init__(error, wait, hopes)
        self.error, self.wait, self.hopes, self.silent = error, wait, hopes, silent


class Unreached(OSError):
    """No connection could be made."""


@contextmanager
def mapped(url: str) -> Iterator[None]:
    """requests' and urllib3's errors as FetchError or Passing; ours and KeyboardInterrupt go through."""
    try:
        yield
    except ValueError as error:  # InvalidURL, InvalidHeader and their like; its words may hold a secret header
        raise FetchError(url, "this address, or a header for it, cannot be sent") from error
    except urllib3.exceptions.DecodeError as error:
        raise FetchError(url, "the body is not compressed as the server says") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        root = _root(error)
        fault = FetchError(url, _words(root))
        if isinstance(root, ssl.SSLCertVerificationError):
            raise fault from error
        hopes = 0 if isinstance(root, Unreached) else 1 if isinstance(root, _ONCE_MORE) else 9
        raise Passing(fault, 0.0, hopes, silent=isinstance(root, (Unreached, *_TIME_OUTS))) from error


def _root(error: BaseException) -> BaseException:
    """What lies under the wrappings of requests and urllib3."""
    for _ in range(9):
        inner = (getattr(error, "reason", None), *reversed(error.args))
        found = next((e for e in inner if isinstance(e, BaseException)), None)
        if found is None:
            return error
        error = found
    return error


_TIME_OUTS = (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError)
_ONCE_MORE = (*_TIME_OUTS, urllib3.exceptions.IncompleteRead)


def _words(root: BaseException) -> str:
    if isinstance(root, _TIME_OUTS):
        return "no answer in time"
    if isinstance(root, urllib3.exceptions.IncompleteRead):
        return f"the body broke off after {root.partial:,} bytes"
    if isinstance(root, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {root.verify_message}"
    said = (root.strerror if isinstance(root, OSError) else "") or str(root) or type(root).__name__
    return f"the connection failed: {said[:200]}"


def judge(url: str, status: int, headers: Mapping[str, str]) -> FetchError | Passing | None:
    """What an HTTP status comes to; None below 400."""
    if status < 400:
        return None
    kind = Missing if status in {404, 410} else Refused if status in {401, 403, 429, 451} else FetchError
    error = kind(url, f"{_WORDS.get(status, 'the server answers with an error')} ({status})", status)
    return Passing(error, retry_after(headers)) if status in _AGAIN else error


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that the server asks for, 0 when it does not; its date is held against its own clock."""
    asked = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}", asked):
        return float(asked)
    try:
        now = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return max((parsedate_to_datetime(asked) - now).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):  # no date, or one with an offset held against one without
        return 0.0


def aside(url: str) -> str:
    """Why this address of a redirect is no page of the blog; '' when it may be one."""
    return next((why for pattern, why in _ASIDE if pattern.match(url)), "")
