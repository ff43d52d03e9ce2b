"""Exports of 10,000 posts to Markdown, without pictures: WordPress's and Blogger's, beside what others take for one.

    python bench/exports.py                                  10,000 posts of some 7.5 KB, both formats
    python bench/exports.py --posts 3000 --wxm DIR          and wordpress-export-to-markdown, as it is and with no waits
    python bench/exports.py --posts 3000 --pandoc 20         and pandoc, started for each of 20 posts

DIR is where `npm install wordpress-export-to-markdown` was run. Each run is a process of its own; figures are posts per
second of its processor time and of the clock, and the most memory that it held.
"""

import argparse
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

_WORDS = (
    "harbour kettle lantern meadow orchard paper river shadow thunder velvet window yellow zipper copper daylight "
    "ember feather garden hollow island juniper kitchen ladder morning needle october pepper quarry ribbon silver "
    "tunnel 시장 골목 여행 사진 하늘 바다 기차 오후 그리고 우리는 천천히 걸었다 with through along between around "
    "before after"
).split()
_BYTES = 7500
_RUN = (
    "from blogark import Options, archive; import sys; print(archive(sys.argv[1], sys.argv[2], Options(media=False)))"
)


def body(dice: random.Random) -> str:
    """A post's HTML: paragraphs with links and emphasis, a list, a quote, a picture, a heading, some code."""
    made, size = [], 0
    while size < _BYTES:
        text = " ".join(dice.choices(_WORDS, k=60))
        kind = dice.random()
        if kind < 0.08:
            piece = f"<h3>{text[:40]}</h3>"
        elif kind < 0.16:
            piece = f"<ul>{''.join(f'<li>{text[n : n + 40]}</li>' for n in range(0, 160, 40))}</ul>"
        elif kind < 0.22:
            piece = f"<blockquote><p>{text}</p></blockquote>"
        elif kind < 0.3:
            shown = f"https://pics.example/{size}"
            piece = f'<p><a href="{shown}.jpg"><img src="{shown}-300x200.jpg" alt="{text[:20]}"></a></p>'
        elif kind < 0.34:
            piece = f"<pre><code>{text[:200]}</code></pre>"
        else:
            styled = f"<em>{text[90:110]}</em> and <strong>{text[110:130]}</strong>"
            link = f'<a href="https://other.example/{size}">{text[130:150]}</a>'
            piece = f"<p>{text[:90]} {styled} {link} {text[150:]}</p>"
        made.append(piece)
        size += len(piece.encode())
    return "\n".join(made)


def told(posts: int) -> Iterator[tuple[int, datetime, str, str]]:
    dice, start = random.Random(7), datetime(2005, 1, 1, 9, tzinfo=UTC)
    for number in range(1, posts + 1):
        yield number, start + timedelta(hours=11 * number), " ".join(dice.choices(_WORDS[:30], k=4)), body(dice)


def wxr(path: Path, posts: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/'
            'excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:wp="http://wordpress.org/export/1.2/">\n<channel>\n<title>Bench</title>\n<link>https://bench.example'
            "</link>\n<wp:wxr_version>1.2</wp:wxr_version>\n<wp:base_blog_url>https://bench.example</wp:base_blog_url>\n"
        )
        for number, at, title, html in told(posts):
            day = f"{at:%Y-%m-%d %H:%M:%S}"
            file.write(
                f"<item><title><![CDATA[{title}]]></title><link>https://bench.example/{at:%Y/%m/%d}/post-no-{number}/</link>"
                f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} +0000</pubDate><dc:creator><![CDATA[ann]]></dc:creator>"
                f"<content:encoded><![CDATA[{html}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>"
                f"<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[{day}]]></wp:post_date><wp:post_date_gmt>"
                f"<![CDATA[{day}]]></wp:post_date_gmt><wp:post_name><![CDATA[post-no-{number}]]></wp:post_name>"
                "<wp:status><![CDATA[publish]]></wp:status><wp:post_type><![CDATA[post]]></wp:post_type>"
                '<category domain="category" nicename="tea"><![CDATA[Tea]]></category>'
                '<category domain="post_tag" nicename="kettle"><![CDATA[kettle]]></category></item>\n'
            )
        file.write("</channel></rss>\n")


def blogger(path: Path, posts: int) -> None:
    kind = "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#"
    blog = "tag:blogger.com,1999:blog-12"
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' "
            "xmlns:thr='http://purl.org/syndication/thread/1.0'>"
            f"<id>{blog}.archive</id><title>Bench</title><link rel='alternate' href='https://bench.example/'/>"
        )
        for number, at, title, html in told(posts):
            url = f"https://bench.example/{at:%Y/%m}/post-no-{number}.html"
            file.write(
                f"<entry><id>{blog}.post-{number}</id><published>{at.isoformat()}</published><updated>{at.isoformat()}"
                f"</updated>{kind}post'/><category scheme='http://www.blogger.com/atom/ns#' term='tea'/>"
                f"<title type='text'>{title}</title><content type='html'>{escape(html)}</content>"
                f"<link rel='alternate' href='{url}'/>"
                f"<author><name>Ann</name></author><thr:total>1</thr:total></entry>\n<entry><id>{blog}.post-9{number}</id>"
                f"<published>{at.isoformat()}</published>{kind}comment'/><content type='html'>{title}</content><author>"
                f"<name>Bo</name></author><thr:in-reply-to ref='{blog}.post-{number}' href='{url}'/></entry>\n"
            )
        file.write("</feed>\n")


def run(name: str, posts: int, command: list[str], folder: Path, **more: str) -> float:
    """Posts per second of processor time; tells them, and those of the clock and the memory."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    child = subprocess.Popen(command, cwd=folder, env={**os.environ, **more}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    took, busy = time.monotonic() - start, used.ru_utime + used.ru_stime
    del before
    if status:
        raise SystemExit(f"{name} failed: {command}")
    print(
        f"{name:<44} {posts / busy:8.0f} posts per CPU second {posts / took:8.0f} posts/s"
        f" {used.ru_maxrss / 1024:6.0f} MiB {took:6.1f} s",
        flush=True,
    )
    return posts / busy


def ours(name: str, make: Callable[[Path, int], None], posts: int, folder: Path) -> Path:
    export = folder / f"{name}.xml"
    make(export, posts)
    into = folder / name
    run(
        f"blogark, {name}, {export.stat().st_size >> 20} MB",
        posts,
        [sys.executable, "-c", _RUN, str(export), str(into)],
        folder,
    )
    made = sum(1 for _ in (into / "posts").rglob("*.md"))
    assert made == posts, f"{made} files of {posts} posts"
    return export


def wxm(there: Path, export: Path, posts: int, folder: Path) -> None:
    """wordpress-export-to-markdown, as it is and with its waits set to 0."""
    copy = folder / "wxm"
    shutil.copytree(there, copy, symlinks=True)
    package = copy / "node_modules" / "wordpress-export-to-markdown"
    flags = ["--wizard=false", f"--input={export}", "--save-attached-images=false", "--save-scraped-images=false"]
    for name in ("as it is", "waits 0"):
        out = folder / f"wxm {name}"
        run(f"wordpress-export-to-markdown, {name}", posts, ["node", "index.js", *flags, f"--output={out}"], package)
        settings = package / "src" / "settings.js"
        settings.write_text(re.sub(r"(_delay = )\d+", r"\g<1>0", settings.read_text()))


def pandoc(posts: int, folder: Path) -> None:
    page = folder / "post.html"
    page.write_text(body(random.Random(7)), encoding="utf-8")
    command = f"for n in $(seq {posts}); do pandoc -f html -t gfm {page} -o /dev/null; done"
    run("pandoc, started for each post", posts, ["sh", "-c", command], folder)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--posts", type=int, default=10_000)
    options.add_argument("--wxm", type=Path, help="where wordpress-export-to-markdown is installed")
    options.add_argument("--pandoc", type=int, default=0, help="posts that pandoc is started for")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        export = ours("wxr", wxr, given.posts, folder)
        ours("blogger", blogger, given.posts, folder)
        if given.wxm:
            wxm(given.wxm.resolve(), export, given.posts, folder)
        if given.pandoc and shutil.which("pandoc"):
            pandoc(given.pandoc, folder)


if __name__ == "__main__":
    main()
