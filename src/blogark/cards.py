"""What is known of a post of the archive without reading it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    offset: int  # bytes before its line in posts.jsonl
    digest: str  # SHA-256 of the line, hex
    url: str
    title: str
    published: str  # ISO 8601; '' when that is not known
    partial: str  # why its body is cut
    counted: int  # comments, as the blog states it
    comments: int  # that are here

    @classmethod
    def of(cls, post: Mapping[str, Any], offset: int, digest: str) -> "Card":
        """Of a post as `Post.to_dict` gives it."""
        return cls(
            offset,
            digest,
            post["url"],
            post.get("title", ""),
            post.get("published") or "",
            post.get("partial", ""),
            post.get("comment_count") or 0,
            len(post.get("comments", ())),
        )

    @property
    def missing(self) -> int:
        """Comments that are counted, and not here."""
        return max(self.counted - self.comments, 0)

    @property
    def day(self) -> str:
        """YYYY-MM-DD, or ''."""
        return self.published[:10]
