"""A small blog made for a test: a listing that cuts every post, and the posts' own pages."""

from dataclasses import dataclass
from html import escape

from loopback import Servable

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7"
    "9a0e3d0000000049454e44ae426082"
)
GIF = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


@dataclass(frozen=True)
class Told:
    """A post as its author told it."""

    path: str
    title: str = "A title"
    day: str = "2011-05-16"
    author: str = "Bo"
    body: str = "<p>The quick brown fox looked at the lazy dog and went on sleeping in the sun.</p>"
    count: int = 0
    tags: tuple[str, ...] = ()
    comments: str = ""

    def byline(self) -> str:
        return f"<p>by {escape(self.author)} | {self.day} | {self.count} comments</p>"

    def listed(self) -> str:
        return (
            f'<div><h2><a href="{escape(self.path)}">{escape(self.title)}</a></h2>{self.byline()}'
            f'<p>The beginning of it.</p><p><a href="{escape(self.path)}">Read more</a></p></div>'
        )

    def page(self) -> str:
        labels = ", ".join(f'<a rel="tag" href="/tag/{escape(tag)}">{escape(tag)}</a>' for tag in self.tags)
        return (
            f"<html><head><title>{escape(self.title)} - A blog</title></head><body><h1><a href='/'>A blog</a></h1>"
            f"<div><h2>{escape(self.title)}</h2>{self.byline()}<div>{self.body}</div>"
            f"{f'<p>Labels: {labels}</p>' if labels else ''}</div>"
            f"<div id='comments'><h4>{self.count} comments:</h4><ol>{self.comments}</ol></div></body></html>"
        )


def blog(*posts: Told, **more: Servable) -> dict[str, Servable]:
    """What a Site serves: the front page, every post, and whatever else is given by path."""
    listing = "".join(post.listed() for post in posts)
    front = f"<html><head><title>A blog</title></head><body><h1><a href='/'>A blog</a></h1>{listing}</body></html>"
    return {
        "/": front,
        **{post.path: post.page() for post in posts},
        **{f"/{name}": page for name, page in more.items()},
    }


def comment(number: int, author: str, text: str, answers: str = "") -> str:
    return (
        f'<li class="comment" id="c{number}"><cite class="user">{author}</cite>'
        f'<p class="comment-content">{text}</p><ol>{answers}</ol></li>'
    )
