"""A post's comments: as a thread below its body, or as data beside it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from . import markdown
from .canon import canonical
from .model import Comment
from .parse import Element, fragment, make

MARK = "<!-- comments -->"
_DEEPEST = 12  # levels of answers; deeper ones stand beside the comment they answer


def thread(comments: Sequence[Comment], base: str) -> Element:
    """A heading and the comments as nested lists, in canonical HTML."""
    body = make("body")
    body.append(make("h2", "Comments"))
    body.append(_answers("", _by_parent(comments), base, 0))
    return body


def _by_parent(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    """Comments by the one they answer; what answers nothing here, or itself in a circle, answers the post."""
    parents = {comment.id: comment.parent for comment in comments}
    tree: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        seen, above = {comment.id}, comment.parent
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        rooted = above not in seen and comment.parent in parents
        tree[comment.parent if rooted else ""].append(comment)
    return tree


def _answers(parent: str, tree: dict[str, list[Comment]], base: str, depth: int) -> Element:
    found = make("ul")
    for comment in tree.get(parent, ()):
        item = make("li")
        item.append(_byline(comment))
        item.extend(_blocks(comment.html, base))
        found.append(item)
        if comment.id in tree:
            answers = _answers(comment.id, tree, base, depth + 1)
            if depth < _DEEPEST:
                item.append(answers)
            else:
                found.extend(list(answers))
    return found


def _blocks(html: str, base: str) -> list[Element]:
    """A comment's body as paragraphs: one that holds bare text becomes one."""
    tree = canonical(fragment(html), base)
    if not tree.text or not tree.text.strip():
        return list(tree)
    paragraph = make("div")
    paragraph.text = tree.text
    paragraph.extend(list(tree))
    return [paragraph]


def _byline(comment: Comment) -> Element:
    line = make("p")
    line.append(make("strong", comment.author or "Anonymous"))
    if comment.published:
        line[-1].tail = ", "
        when = moment(comment.published)
        line.append(make("a", when, href=comment.url) if comment.url else make("span", when))
    return line


def moment(published: date | datetime) -> str:
    """A day, or a day and a minute, for a person."""
    return f"{published:%Y-%m-%d %H:%M}" if isinstance(published, datetime) else published.isoformat()


def records(comments: Sequence[Comment], base: str, repoint: Callable[[Element], None]) -> list[dict[str, Any]]:
    """The comments as data: id author url date parent text, the text in Markdown, unknown values left out.

    `repoint` sets the addresses of each text's tree.
    """
    names = {"id": "id", "author": "author", "url": "url", "date": "published", "parent": "parent"}
    rows = [{name: getattr(comment, said) for name, said in names.items()} for comment in comments]
    texts = (_text(comment, base, repoint) for comment in comments)
    whole = ({**row, "text": text} for row, text in zip(rows, texts, strict=True))
    return [{name: value for name, value in row.items() if value} for row in whole]


def _text(comment: Comment, base: str, repoint: Callable[[Element], None]) -> str:
    tree = canonical(fragment(comment.html), base)
    repoint(tree)
    return markdown.write(tree).strip()
