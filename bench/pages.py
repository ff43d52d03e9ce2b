"""Pages of one blog to Markdown with title, author and date: by a learned template, and by trafilatura, in one run.

    python bench/pages.py                       the pages of fixtures/sample-blog
    python bench/pages.py FOLDER --rounds 5     the .html files below it: post pages of one blog, saved

Each page is parsed anew every round. trafilatura comes with `pip install trafilatura`.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from blogark import to_markdown
from blogark.model import Entry, Page
from blogark.platforms import _lesson, _page, _read
from blogark.platforms._item import Item
from blogark.web import Recent
from blogark.webs.folder import Folder

Read = Callable[[Page], object]


def ours(folder: Path, pages: list[Page]) -> Read:
    """A reader that has learned from the first pages."""
    items = [Item(url=page.at) for page in pages]
    learned = _lesson.learned(_lesson.Lesson.of([], items), Recent(Folder(folder)), "")
    learned.pages.clear()

    def read(page: Page) -> object:
        post = _read.from_page(page, Entry(page.at, page.at), Item(url=page.at), learned)
        return post.title, post.author, post.published, to_markdown(post.html, post.url)

    print(f"template: {', '.join(rule.field for rule in learned.template.rules) or 'none'}; alone: {not learned.whole}")
    return read


def theirs() -> Read | None:
    try:
        from trafilatura import extract
    except ImportError:
        return None
    return lambda page: extract(page.body, url=page.at, output_format="markdown", with_metadata=True)


def seconds(read: Read, pages: list[Page]) -> float:
    fresh = [Page(page.url, page.body, page.headers, at=page.at) for page in pages]
    start = process_time()
    for page in fresh:
        read(page)
    return process_time() - start


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "path", nargs="?", type=Path, default=Path(__file__).parent.parent / "fixtures" / "sample-blog"
    )
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    web = Folder(given.path)
    pages = [page for url in web.urls() if (page := web.get(url)) and _page.post(page).html]
    size = sum(len(page.body) for page in pages) / 1e6
    print(f"{len(pages):,} pages, {size:.2f} MB, {given.rounds} rounds, medians")
    took: dict[str, float] = {}
    for name, read in (("blogark", ours(given.path, pages)), ("trafilatura", theirs())):
        if read is None:
            print(f"{name:14} not installed")
            continue
        seconds(read, pages[:5])
        took[name] = median(seconds(read, pages) for _ in range(given.rounds))
        print(f"{name:14}{len(pages) / took[name]:9,.1f} pages/s")
    if len(took) == 2:
        print(f"blogark reads {took['trafilatura'] / took['blogark']:.1f} times as many")


if __name__ == "__main__":
    main()
