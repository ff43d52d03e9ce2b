"""Maps from the addresses that a blog had to those that its site has: for hosts of static sites, nginx and Apache."""

from collections.abc import Iterator
from urllib.parse import quote, unquote, urlsplit

from .choose import Layout
from .errors import SourceError
from .events import Listener
from .store import Store

_NGINX = """\
# map $request_uri $moved { include nginx.map; }
# server { if ($moved) { return 301 $moved; } }
"""
_APACHE = """\
# RewriteMap moved txt:apache.map
# RewriteCond %{THE_REQUEST} "^\\S+ (\\S+)"
# RewriteCond ${moved:%1} (.+)
# RewriteRule ^ %1 [R=301,L,NE]
"""
_AS_IT_IS = "/%:@+,~-._=&!;"
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
    the parts of a query stand apart.
    """
    rows = sorted(set(_moved(store, layout)))
    whole = [(f"{path}?{query}" if query else path, new) for path, query, new in rows]
    path, head = layout.REDIRECTS or ("", "")
    files = {
        path: head + "".join(f"{' '.join([old, *query.split('&')]).strip()} {new} 301\n" for old, query, new in rows),
        ".blogark/redirects/nginx.map": _NGINX + "".join(f'"{old}" "{new}";\n' for old, new in whole),
        ".blogark/redirects/apache.map": _APACHE + "".join(f"{old} {new}\n" for old, new in whole),
    }
    for path, text in files.items():
        for event in store.put(f"redirects {path}", path, text):
            tell(event)
    store.journal.note_settled()


def _moved(store: Store, layout: Layout) -> Iterator[_Row]:
    """The public posts that do not answer where they did, their addresses written as a browser asks for them."""
    for post in store.posts():
        place, old = store.journal.places.get(post.id), urlsplit(post.url)
        if place and not post.draft and old.scheme.startswith("http") and (old.query or old.path.strip("/")):
            new = layout.link(place.path, place.path, post.url).partition("#")[0]
            if old.query or unquote(old.path).rstrip("/") != new.rstrip("/"):
                yield quote(old.path or "/", _AS_IT_IS), quote(old.query, _AS_IT_IS), quote(new, _AS_IT_IS)
