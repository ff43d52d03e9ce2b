"""Which posts a person's filters choose."""

from datetime import date, datetime

from .model import Options, Post


def wanted(post: Post, options: Options) -> bool:
    """Whether the filters choose this post; an undated one is in no range of days."""
    tags = {tag.casefold() for tag in options.tags}
    authors = {author.casefold() for author in options.authors}
    return (
        (post.published is not None or not (options.since or options.until))
        and not too_early(post.published, options)
        and not too_late(post.published, options)
        and (not tags or any(tag.casefold() in tags for tag in post.tags + post.categories))
        and (not authors or post.author.casefold() in authors)
    )


def too_early(published: date | datetime | None, options: Options) -> bool:
    return published is not None and options.since is not None and _day(published) < options.since


def too_late(published: date | datetime | None, options: Options) -> bool:
    return published is not None and options.until is not None and _day(published) > options.until


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
