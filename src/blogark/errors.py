"""Everything this library raises on purpose, as one small tree.

ArchiveError
 ├── SourceError    nothing, or more than one thing, reads this source
 ├── FetchError     a page could not be had
 │    ├── Missing   404, 410, dead DNS, or not in this WARC or folder
 │    └── Refused   401, 403, 429, 451, robots, private address
 ├── ReadError      a page is not what its platform promises
 ├── Withheld       a post that is not public
 ├── StoreError     the archive folder cannot be trusted or written
 ├── Held           most of the blog changed at once
 └── Incomplete     the run ended with posts or pictures lost
"""


class ArchiveError(Exception):
    """Base class; `code` is the exit status that the command line gives for it."""

    code = 1


class SourceError(ArchiveError):
    code = 2


class PageError(ArchiveError):
    """About one address: `url`, and `why` in words for a person."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(url, why)
        self.url, self.why = url, why

    def __str__(self) -> str:
        return f"{self.url}: {self.why}"


class FetchError(PageError):
    """`status` is the HTTP status, 0 where there was no answer."""

    def __init__(self, url: str, why: str, status: int = 0) -> None:
        super().__init__(url, why)
        self.args = (url, why, status)  # what pickle calls us with again
        self.status = status


class Missing(FetchError):
    pass


class Refused(FetchError):
    pass


class ReadError(PageError):
    pass


class Withheld(PageError):
    pass


class StoreError(ArchiveError):
    code = 4


class Held(ArchiveError):
    code = 5


class Incomplete(ArchiveError):
    """`lost` names what is missing; `code` is 1 with a post among it, else 3."""

    def __init__(self, lost: tuple[str, ...], code: int = 1) -> None:
        super().__init__(lost, code)
        self.lost, self.code = lost, code

    def __str__(self) -> str:
        return "lost: " + "; ".join(self.lost)
