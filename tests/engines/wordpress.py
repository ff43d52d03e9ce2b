"""A real WordPress on SQLite under php's own server: over a hundred posts, comments in threads, plugins' parts.

Core, drop-in and themes are looked for in `.engines/wordpress` (`tests/engines/install` puts them there).
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from loopback import Answer, Request, Site

from .blocks import blocks, classic
from .content import ABOUT, AUTHORS, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled, pictures, png
from .site import EVERYTHING, Absent, Blog, Remark, run, tool, write
from .words import SENTENCES

_CORE = Path(__file__).parents[2] / ".engines" / "wordpress"
_HERE = Path(__file__).parent
_ZONE = ZoneInfo("Asia/Seoul")
_PRETTY = "/%year%/%monthnum%/%postname%/"
_CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', ''); define('DB_PASSWORD', ''); define('DB_HOST', '');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('DB_ENGINE', 'sqlite');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $k) {{ define($k . '_KEY', 'k'); define($k . '_SALT', 's'); }}
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEBUG', false);
define('BLOG_SHARE', '{share}'); define('BLOG_RELATED', '{related}');
define('BLOG_FOOTER', '{footer}'); define('BLOG_CLOSED', {closed});
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
_ROUTER = """<?php
$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if ($path !== '/' && is_file(__DIR__ . $path)) return false;
if (preg_match('~^/wp-(admin|login)~', $path)) { http_response_code(403); return true; }
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
$_SERVER['SCRIPT_FILENAME'] = __DIR__ . '/index.php';
require __DIR__ . '/index.php';
"""


def rest(folder: Path) -> Blog:
    """Open, Korean, pretty permalinks, a classic theme."""
    return _made(folder, "twentytwentyone", _PRETTY, "ko_KR", closed=False)


def plain(folder: Path) -> Blog:
    """Open, English, plain permalinks (`/?p=12`), a block theme."""
    return _made(folder, "twentytwentyfour", "", "", closed=False)


def closed(folder: Path) -> Blog:
    """REST answers 401, feeds are summaries, a classic theme."""
    return _made(folder, "twentytwentyone", _PRETTY, "", closed=True)


def closed_blocks(folder: Path) -> Blog:
    """The same with a block theme, in Korean."""
    return _made(folder, "twentytwentyfour", _PRETTY, "ko_KR", closed=True)


# -- what this blog says ----------------------------------------------------------------------------


def _diary() -> tuple[Told, ...]:
    """Short posts, so that there are more than an answer of the interface holds."""
    made = []
    start = datetime(2019, 1, 1, 8, 0, tzinfo=_ZONE)
    for n in range(84):
        lang, author = (("ko", "hana"), ("en", "mary"), ("ja", "kenji"), ("de", "jurgen"))[n % 4]
        title = SENTENCES[lang][n % 15].replace("#", str(n)).rstrip(".。")
        recipe = ("pp", "pip", "phlp", "pqp", "pmp", "ptp")[n % 6]
        moment = start + timedelta(days=13 * n, minutes=7 * n)
        made.append(
            Told(f"diary-{n}", f"{title} ({n})", lang, author, moment, "Diary", (f"walk {n % 9}", "산책"), recipe)
        )
    return tuple(made)


_DIARY = _diary()
_PHOTOS = tuple(f"photo-{n}.png" for n in range(1, 6))
_AT = datetime(2023, 4, 5, 6, 7, 8, tzinfo=_ZONE)
_SPECIAL: dict[str, tuple[str, str]] = {  # slug -> what the editor holds, and what it says, as Markdown
    "captions": (
        'Before the picture.\n\n[caption id="attachment_{id:photo-1.png}" align="aligncenter" width="96"]'
        '<a href="{media:photo-1.png}"><img class="size-thumbnail wp-image-{id:photo-1.png}" '
        'src="{media:small-photo-1.png}" '
        'alt="harbour" width="24" height="24" /></a> The harbour in spring[/caption]\n\nAfter the picture.',
        "Before the picture.\n\n![harbour](media:photo-1.png)\n\nThe harbour in spring\n\nAfter the picture.",
    ),
    "gallery": (
        'Three at once.\n\n[gallery ids="{id:photo-1.png},{id:photo-2.png},{id:photo-3.png}" link="file"]'
        "\n\nThat was all.",
        "Three at once.\n\n![](media:photo-1.png)\n\n![](media:photo-2.png)\n\n![](media:photo-3.png)\n\nThat was all.",
    ),
    "block-gallery": (
        "<!-- wp:paragraph -->\n<p>Two side by side.</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:gallery {"linkTo":"media"} -->\n<figure class="wp-block-gallery has-nested-images '
        'columns-default is-cropped">'
        + "".join(
            f'<!-- wp:image {{"id":{{id:photo-{n}.png}}}} -->\n<figure class="wp-block-image size-large">'
            f'<a href="{{media:photo-{n}.png}}"><img src="{{media:photo-{n}.png}}" alt="photo {n}" '
            f'class="wp-image-{{id:photo-{n}.png}}"/></a><figcaption class="wp-element-caption">Number {n}</figcaption>'
            "</figure>\n<!-- /wp:image -->\n"
            for n in (4, 5)
        )
        + "</figure>\n<!-- /wp:gallery -->",
        "Two side by side.\n\n![photo 4](media:photo-4.png)\n\nNumber 4\n\n![photo 5](media:photo-5.png)\n\nNumber 5",
    ),
    "cut-for-listings": (
        "What a listing shows.\n\n<!--more-->\n\nWhat only the post's own page shows, and a reader wants.",
        "What a listing shows.\n\nWhat only the post's own page shows, and a reader wants.",
    ),
    "in-two-pages": (
        "The first page says this.\n\n<!--nextpage-->\n\nThe second page says that.",
        "The first page says this.\n\nThe second page says that.",
    ),
}
_ODD = tuple(
    Told(slug, title, "en", "mary", _AT + timedelta(days=n), "Notes", ("odd",), "p")
    for n, (slug, title) in enumerate(
        zip(_SPECIAL, ("A Caption", "A Gallery", "Another Gallery", "Cut Short", "Two Pages"), strict=True)
    )
)
_ALL = (*POSTS, *_DIARY, *_ODD)


def _remarks() -> dict[str, list[dict[str, object]]]:
    """Comments by slug: threads three deep, one post with many, one not approved."""
    chance, made = Random("remarks"), {}
    for n, post in enumerate(_ALL[::3]):
        count = 23 if n == 5 else n % 5
        said = []
        for k in range(count):
            text = f"{chance.choice(SENTENCES[post.lang]).replace('#', str(k))} {post.slug} {k}"
            parent = k - 1 if k % 4 in (1, 2) else None
            at = post.moment + timedelta(hours=k + 1)
            said.append({"author": f"Reader {k % 7}", "text": text, "parent": parent, "approved": 1, **_dates(at)})
        if n % 7 == 1:
            at = post.moment + timedelta(days=9)
            said.append({"author": "Spam", "text": "Zqspam", "parent": None, "approved": 0, **_dates(at)})
        made[post.slug] = said
    return made


def _told_remarks(said: list[dict[str, object]]) -> tuple[Remark, ...]:
    texts = [str(one["text"]) for one in said]
    return tuple(
        Remark(str(one["author"]), str(one["text"]), "" if one["parent"] is None else texts[int(str(one["parent"]))])
        for one in said
        if one["approved"]
    )


def _dates(at: datetime) -> dict[str, str]:
    return {
        "date": f"{at.astimezone(_ZONE):%Y-%m-%d %H:%M:%S}",
        "date_gmt": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    }


# -- made -----------------------------------------------------------------------------------------------


def _made(folder: Path, theme: str, permalinks: str, locale: str, *, closed: bool) -> Blog:
    if not (_CORE / "wp-includes").is_dir():
        raise Absent(f"no WordPress in {_CORE}")
    if not (_CORE / "wp-content/themes" / theme).is_dir():
        raise Absent(f"no theme {theme}")
    php, server = tool("php"), _Php()
    root, remarks = folder / "site", _remarks()
    shutil.copytree(_CORE, root)
    said = {**PARTS, "url": server.site.url, "closed": "true" if closed else "false"}
    write(root / "wp-config.php", _CONFIG.format(**said))
    write(root / "router.php", _ROUTER)
    shutil.copy(_HERE / "wordpress_parts.php", _made_folder(root / "wp-content/mu-plugins") / "parts.php")
    shutil.copy(root / "wp-content/plugins/sqlite-database-integration/db.copy", root / "wp-content/db.php")
    paths = {post.slug: _path(post, n, permalinks) for n, post in enumerate(_ALL)}
    write(root / "seed.json", json.dumps(_seed(server.site.url, theme, permalinks, locale, closed, paths, remarks)))
    _write_uploads(root)
    run(php, "-d", "opcache.enable_cli=1", _HERE / "wordpress_seed.php", root, cwd=root)
    server.start(php, root)
    total = sum(len(_told_remarks(said)) for said in remarks.values())
    return Blog(
        server.site,
        paths,
        EVERYTHING,
        listings=-(-len(_ALL) // 10) + 6,
        bound=0 if closed else -(-len(_ALL) // 100) + -(-total // 100) + 8,
        zone=_ZONE,
        posts=_ALL,
        bodies={slug: truth for slug, (_, truth) in _SPECIAL.items()},
        remarks={slug: _told_remarks(said) for slug, said in remarks.items()},
        optional=frozenset({_path(replace(POSTS[0], slug="protected", moment=_AT), 900, permalinks)}),
        pictures={**pictures(), **{name: png(name) for name in (*_PHOTOS, *_smalls(_PHOTOS))}, **_diary_pictures()},
        close=server.close,
    )


def _made_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _path(post: Told, number: int, permalinks: str) -> str:
    return f"/{post.moment.astimezone(_ZONE):%Y/%m}/{post.slug}/" if permalinks else f"/?p={1000 + number}"


def _smalls(names: tuple[str, ...]) -> list[str]:
    return [f"small-{name}" for name in names]


def _diary_pictures() -> dict[str, bytes]:
    names = {name for post in _DIARY for name in re.findall(r"\(media:([^)]+)\)", post.body)}
    return {name: png(name) for name in names}


def _upload(name: str) -> str:
    """A small picture's name as WordPress makes it."""
    return f"{name.removeprefix('small-').removesuffix('.png')}-150x150.png" if name.startswith("small-") else name


def _write_uploads(root: Path) -> None:
    own = {**pictures(), **_diary_pictures(), **{name: png(name) for name in (*_PHOTOS, *_smalls(_PHOTOS))}}
    for name, data in own.items():
        write(root / "wp-content/uploads/2010/01" / _upload(name), data)


def _seed(
    url: str,
    theme: str,
    permalinks: str,
    locale: str,
    closed: bool,
    paths: dict[str, str],
    remarks: dict[str, list[dict[str, object]]],
) -> dict[str, object]:
    def media(name: str) -> str:
        return f"{url}/wp-content/uploads/2010/01/{_upload(name)}"

    def row(n: int, post: Told, status: str = "publish") -> dict[str, object]:
        if post.slug in _SPECIAL:
            body = re.sub(r"\{media:([^}]+)\}", lambda m: media(m[1]), _SPECIAL[post.slug][0])
            notes = ""
        else:
            source = filled(post.body, lambda slug: url + paths[slug], media)
            body, notes = blocks(source) if n % 2 or "n" in post.recipe else (classic(source), "")
        return {
            **_dates(post.moment),
            "id": 1000 + n,
            "title": post.title,
            "slug": post.slug,
            "body": body,
            "notes": notes,
            "author": post.author,
            "category": [post.category],
            "tags": list(post.tags),
            "status": status,
            "type": "post",
            "comments": remarks.get(post.slug, []),
        }

    others = [
        row(901 + n, post, status) for n, (post, status) in enumerate(zip(DRAFTS, ("draft", "private"), strict=True))
    ]
    protected = replace(POSTS[0], slug="protected", title="Behind a Password", moment=_AT, tags=())
    others.append({**row(900, protected), "password": "open", "body": "<p>Zqsecret</p>", "comments": []})
    pages = [
        {**row(950, replace(POSTS[0], slug="about", title="About", tags=())), "type": "page", "body": f"<p>{ABOUT}</p>"}
    ]
    widget = {
        "2": {"content": f"<!-- wp:paragraph --><p>{PARTS['sidebar']}</p><!-- /wp:paragraph -->"},
        "_multiwidget": 1,
    }
    return {
        "title": TITLE,
        "locale": locale,
        "theme": theme,
        "users": AUTHORS,
        "media": dict.fromkeys(_PHOTOS, 96),
        "posts": [*(row(n, post) for n, post in enumerate(_ALL)), *others, *pages],
        "options": {
            "blogdescription": TAGLINE,
            "timezone_string": "Asia/Seoul",
            "permalink_structure": permalinks,
            "rss_use_excerpt": int(closed),
            "posts_per_page": 10,
            "posts_per_rss": 10,
            "WPLANG": locale,
            "widget_block": widget,
            "sidebars_widgets": {"sidebar-1": ["block-2"], "array_version": 3},
            "comment_moderation": 0,
            "show_avatars": 0,
            "default_ping_status": "closed",
        },
    }


class _Php:
    """php's own server behind a Site that counts what it is asked."""

    def __init__(self) -> None:
        self.site = Site(self._answer)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, php: str, root: Path) -> None:
        workers = {**os.environ, "PHP_CLI_SERVER_WORKERS": "2"}
        command = [
            php,
            "-d",
            "opcache.enable_cli=1",
            "-S",
            f"127.0.0.1:{self.port}",
            "-t",
            str(root),
            str(root / "router.php"),
        ]
        with (root / "php.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=root, env=workers, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(100):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.05)
        raise RuntimeError("php does not answer")

    def _answer(self, request: Request) -> Answer:
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            name: value for name, value in request.headers.items() if name not in {"connection", "accept-encoding"}
        }
        asked.request(request.method, request.path, headers=headers)
        answer = asked.getresponse()
        body = answer.read()
        kept = {"content-type", "location", "link", "x-wp-total", "x-wp-totalpages", "last-modified", "etag"}
        said: dict[str, str] = {}
        for name, value in answer.getheaders():
            if name.lower() in kept:
                said[name] = f"{said[name]}, {value}" if name in said else value
        return Answer(answer.status, body, said)

    def close(self) -> None:
        if self.process:
            os.killpg(self.process.pid, 15)
            self.process.wait()
