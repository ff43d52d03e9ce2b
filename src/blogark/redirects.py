"""Maps from the addresses that a blog had to those that its site has: for hosts of static sites, nginx and Apache."""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from . import urls
from .choose import Layout
from .errors import SourceError
from .events import Listener
from .store import Store

_NGINX = """\
# In nginx's http block:
# map_hash_bucket_size {bucket};
# map_hash_max_size {most};
# map $request_uri $moved {{ include nginx.map; }}
# server {{ if ($moved) {{ return 301 $moved; }} }}
"""
_APACHE = """\
# RewriteEngine on
# RewriteMap moved txt:apache.map
# RewriteCond %{THE_REQUEST} "^\\S+ (\\S+)"
# RewriteCond ${moved:%1} (.+)
# RewriteRule ^ %1 [R=301,L,NE]
"""
_HOSTED = "/%:@+,~-._=&!;"
_ASKED = f"{_HOSTED}'()*$[]|"  # https://url.spec.whatwg.org/#path-percent-encode-set
_Row = tuple[str, str, str]  # old path, its query, new path


def wanted(asked: bool, layout: Layout) -> bool:
    """Whether maps are written; SourceError when they are asked for where there is no site."""
    if asked and layout.REDIRECTS is None:
        raise SourceError(
            "--redirects is for a site: choose a generator with --for (plain files and obsidian are none)"
        )
    return asked


def write(store: Store, layout: Layout, tell: Listener) -> None:
    """Write the three maps where they would differ: the host's where the layout has it, the others in .blogark.

    Netlify and Cloudflare read `_redirects` (https://docs.netlify.com/manage/routing/redirects/overview/), in which
    the parts of a query stand apart, and the first line leads that a request has all of; with `!` also where there is
    a page at its path.
    """
    rows = sorted(_moved(store, layout), key=lambda row: (row[0], -row[1].count("&"), row))
    path, head = layout.REDIRECTS or ("", "")
    whole = [(quote(f"{old}?{query}" if query else old, f"{_ASKED}?"), quote(new, _HOSTED)) for old, query, new in rows]
    bucket = 1 << max(64, *(len(old) + 32 for old, _ in whole), 0).bit_length()
    files = {
        path: head + "".join(map(_hosted, rows)),
        ".blogark/redirects/nginx.map": _NGINX.format(bucket=bucket, most=max(2048, 4 * len(whole)))
        + "".join(f'"{old}" "{new}";\n' for old, new in whole),
        ".blogark/redirects/apache.map": _APACHE + "".join(f"{old} {new}\n" for old, new in whole),
    }
    for path, text in files.items():
        for event in store.put(f"redirects {path}", path, text):
            tell(event)
    store.journal.note_settled()


def _hosted(row: _Row) -> str:
    old, query, new = (quote(part, _HOSTED) for part in row)
    return f"{' '.join([old, *query.split('&')]).strip()} {new} {'301!' if query else '301'}\n"


def _moved(store: Store, layout: Layout) -> Iterator[_Row]:
    """The posts that the site shows elsewhere than where they were, each old address once.

    Where two hosts had the same one, the blog's own has it.
    """
    home = urls.host(store.settings.get("blog", ""))
    found: dict[tuple[str, str], tuple[bool, str]] = {}
    for post in store.posts():
        place, old = store.journal.places.get(post.id), urlsplit(post.url)
        if place and old.scheme.startswith("http") and (old.query or old.path.strip("/")):
            new = layout.link(place.path, place.path, post.url).partition("#")[0]
            if new.startswith("/"):  # no draft
                key, row = (old.path or "/", old.query), (urls.host(post.url) != home, new)
                found[key] = min(row, found.get(key, row))
    for (path, query), (_, new) in found.items():
        if query or unquote(path).rstrip("/") != new.rstrip("/"):
            yield path, query, new
