"""A real WordPress on SQLite under php's own server: over a hundred posts, comments in threads, plugins' parts.

Core, drop-in and themes are looked for in `.engines` (`tests/engines/install` puts them there).
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import threading
from dataclasses import replace
from pathlib import Path
from typing import IO

from loopback import Answer, Request, Site

from .blocks import blocks, classic
from .content import ABOUT, AUTHORS, DRAFTS, PARTS, POSTS, TAGLINE, TITLE, Told, filled, pictures, png
from .site import EVERYTHING, Absent, Blog, run, tool, write
from .wordpress_posts import ALL, AT, DIARY, PHOTOS, SPECIAL, ZONE, Said, dates, made_remarks, told_remarks

_CORE = Path(__file__).parents[2] / ".engines" / "wordpress"
_MORE = _CORE.parent / "wp-content"  # themes and languages beside the core's own
_HERE = Path(__file__).parent
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


_UNSHOWN = {"in-two-pages": "The first page says this."}  # block themes lead to a second page of their own blocks alone


def closed(folder: Path) -> Blog:
    """REST answers 401, feeds are summaries, comments come in pages of ten, a classic theme."""
    return _made(folder, "twentytwentyone", _PRETTY, "", closed=True)


def closed_blocks(folder: Path) -> Blog:
    """The same with a block theme, in Korean."""
    return _made(folder, "twentytwentyfour", _PRETTY, "ko_KR", closed=True)


def _made(folder: Path, theme: str, permalinks: str, locale: str, *, closed: bool) -> Blog:
    if not (_CORE / "wp-includes").is_dir():
        raise Absent(f"no WordPress in {_CORE}")
    if not any((content / "themes" / theme).is_dir() for content in (_CORE / "wp-content", _MORE)):
        raise Absent(f"no theme {theme}")
    php = tool("php")
    if "pdo_sqlite" not in subprocess.run([php, "-m"], capture_output=True, text=True).stdout:
        raise Absent("php cannot speak to SQLite")
    server = _Php()
    root, remarks = folder / "site", made_remarks()
    shutil.copytree(_CORE, root)
    if _MORE.is_dir():
        shutil.copytree(_MORE, root / "wp-content", dirs_exist_ok=True)
    said = {**PARTS, "url": server.site.url, "closed": "true" if closed else "false"}
    write(root / "wp-config.php", _CONFIG.format(**said))
    write(root / "router.php", _ROUTER)
    shutil.copy(_HERE / "wordpress_parts.php", _made_folder(root / "wp-content/mu-plugins") / "parts.php")
    shutil.copy(root / "wp-content/plugins/sqlite-database-integration/db.copy", root / "wp-content/db.php")
    paths = {post.slug: _path(post, n, permalinks) for n, post in enumerate(ALL)}
    write(root / "seed.json", json.dumps(_seed(server.site.url, theme, permalinks, locale, closed, paths, remarks)))
    _write_uploads(root)
    run(php, "-d", "opcache.enable_cli=1", _HERE / "wordpress_seed.php", root, cwd=root)
    server.start(php, root)
    total = sum(len(told_remarks(said)) for said in remarks.values())
    return Blog(
        server.site,
        paths,
        EVERYTHING,
        listings=-(-len(ALL) // 10) + 6,
        bound=0 if closed else -(-len(ALL) // 100) + -(-total // 100) + 8,
        zone=ZONE,
        posts=ALL,
        bodies={slug: truth for slug, (_, truth) in SPECIAL.items()} | (_UNSHOWN if closed and "four" in theme else {}),
        remarks={slug: told_remarks(said) for slug, said in remarks.items()},
        optional=frozenset({_path(replace(POSTS[0], slug="protected", moment=AT), 900, permalinks)}),
        pictures={**pictures(), **{name: png(name) for name in (*PHOTOS, *_smalls(PHOTOS))}, **_diary_pictures()},
        close=server.close,
    )


def _made_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _path(post: Told, number: int, permalinks: str) -> str:
    return f"/{post.moment.astimezone(ZONE):%Y/%m}/{post.slug}/" if permalinks else f"/?p={1000 + number}"


def _smalls(names: tuple[str, ...]) -> list[str]:
    return [f"small-{name}" for name in names]


def _diary_pictures() -> dict[str, bytes]:
    names = {name for post in DIARY for name in re.findall(r"\(media:([^)]+)\)", post.body)}
    return {name: png(name) for name in names}


def _upload(name: str) -> str:
    """A small picture's name as WordPress makes it."""
    return f"{name.removeprefix('small-').removesuffix('.png')}-150x150.png" if name.startswith("small-") else name


def _write_uploads(root: Path) -> None:
    own = {**pictures(), **_diary_pictures(), **{name: png(name) for name in (*PHOTOS, *_smalls(PHOTOS))}}
    for name, data in own.items():
        write(root / "wp-content/uploads/2010/01" / _upload(name), data)


def _seed(
    url: str,
    theme: str,
    permalinks: str,
    locale: str,
    closed: bool,
    paths: dict[str, str],
    remarks: dict[str, list[Said]],
) -> dict[str, object]:
    def media(name: str) -> str:
        return f"{url}/wp-content/uploads/2010/01/{_upload(name)}"

    def row(n: int, post: Told, status: str = "publish") -> dict[str, object]:
        if post.slug in SPECIAL:
            body = re.sub(r"\{media:([^}]+)\}", lambda m: media(m[1]), SPECIAL[post.slug][0])
            notes = ""
        else:
            source = filled(post.body, lambda slug: url + paths[slug], media)
            body, notes = blocks(source) if n % 2 or "n" in post.recipe else (classic(source), "")
        return {
            **dates(post.moment),
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
    protected = replace(POSTS[0], slug="protected", title="Behind a Password", moment=AT, tags=())
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
        "media": dict.fromkeys(PHOTOS, 96),
        "posts": [*(row(n, post) for n, post in enumerate(ALL)), *others, *pages],
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
            "page_comments": int(closed),
            "comments_per_page": 10,
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
        self.process = subprocess.Popen(command, cwd=root, env=workers, stderr=subprocess.PIPE, start_new_session=True)
        assert self.process.stderr
        said = self.process.stderr.readline()
        if b"started" not in said:
            raise RuntimeError(f"php does not answer: {said.decode()}")
        threading.Thread(target=_keep, args=(self.process.stderr, root / "php.log"), daemon=True).start()

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


def _keep(said: IO[bytes], log: Path) -> None:
    with said, log.open("wb") as out:
        shutil.copyfileobj(said, out)
