"""Small sites of real generators, built from what a layout wrote: what they say, and what in them leads nowhere."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

ROOT = Path(__file__).parents[1]
ENGINES = ROOT / ".engines"
FRONT = '<script type="application/json" class="front">{}</script>'


@dataclass
class Built:
    """A site as it was built."""

    root: Path
    log: str
    version: str
    static: tuple[str, ...] = ()
    pages: dict[str, html.HtmlElement] = field(init=False)  # posts, by the path a browser asks for

    def __post_init__(self) -> None:
        files = sorted(path for path in self.root.rglob("*.htm*") if path.is_file())
        trees = {self.address(path): html.document_fromstring(path.read_text("utf-8")) for path in files}
        self.trees = trees
        self.pages = {address: tree for address, tree in trees.items() if tree.xpath("//article")}

    def address(self, path: Path) -> str:
        return re.sub(r"(^|/)index\.html$", r"\1", "/" + path.relative_to(self.root).as_posix())

    def answers(self, address: str) -> bool:
        """Whether a host of files answers for a path."""
        there = self.root / unquote(urlsplit(address).path).lstrip("/")
        return (there / "index.html").is_file() if there.is_dir() else there.is_file()

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """(page, address) of all that leads into the site: pages, pictures, files."""
        return list(self._links())

    def _links(self) -> Iterator[tuple[str, str]]:
        for page, tree in self.trees.items():
            for name in ("href", "src"):
                for address in tree.xpath(f"//*[not(self::link)]/@{name}"):
                    whole = urljoin(f"http://site.test{page}", address.strip())
                    if whole.startswith("http://site.test/"):
                        yield page, whole.removeprefix("http://site.test")

    @property
    def dead(self) -> list[tuple[str, str]]:
        return [(page, address) for page, address in self.links if not self.answers(address)]

    def article(self, address: str) -> html.HtmlElement:
        return self.pages[address].xpath("//article")[0]

    def front(self, address: str) -> dict[str, Any]:
        (text,) = self.pages[address].xpath("//script[@class='front']/text()")
        value: dict[str, Any] = json.loads(text)
        return value


def letters(tree: html.HtmlElement) -> str:
    """What is shown, without white space and what typography sets otherwise; without the marks of footnotes."""
    for mark in tree.xpath(
        ".//*[contains(@class,'footnote-ref') or contains(@class,'footnote-back') or contains(@class,'reversefootnote')"
        " or contains(@class,'footnote-label') or contains(@class,'definition-label')"
        " or @data-footnote-backref or @data-footnote-ref"
        " or @id='footnote-label' or @role='doc-noteref'"
        " or @role='doc-backlink']"
    ):
        mark.drop_tree()
    text = tree.text_content().replace("«", "<<").replace("»", ">>")
    text = re.sub(r"[\s\u200b\"'“”‘’.…–—-]+", "", text)
    return re.sub(r"\[x?\]", "", text)  # boxes to tick, as some draw them


def code(tree: html.HtmlElement) -> list[str]:
    return [each.text_content().strip() for each in tree.xpath(".//pre | .//code[not(ancestor::pre)]")]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def tool(name: str, *folders: Path) -> str:
    """Where the program is; skips the test where it is not."""
    beside = [Path(sys.executable).parent, *folders, ENGINES / "bin", os.environ["PATH"], "/usr/sbin"]
    path = os.pathsep.join(map(str, beside))
    found = shutil.which(name, path=path) or shutil.which(f"{name}-bin", path=path)
    if not found:
        pytest.skip(f"{name} is not installed (tests/engines/install)")
    asked = {"hugo": "version", "nginx": "-v", "apache2": "-v"}.get(name, "--version")
    tried = subprocess.run([found, asked], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"{name} does not run here: {(tried.stderr.splitlines() or ['no reason said'])[-1]}")
    return found


def run(*command: str | Path, cwd: Path, **more: str) -> str:
    """What a build says; it fails the test where its status is not 0."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **more},
        timeout=300,
    )
    said = f"{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said[-4000:]
    return said


@contextmanager
def nginx(maps: Path) -> Iterator[int]:
    """The port of a server that has the map as the map itself says."""
    program, port = tool("nginx"), _free_port()
    said = _comments(maps / "nginx.map").partition("\n")[2]
    said = said.replace("server {", f"server {{ listen 127.0.0.1:{port}; location / {{ return 404; }}", 1)
    logs = "".join(f"{name}_temp_path {name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    start = f"daemon off; pid {maps}/pid; error_log stderr; events {{}}\nhttp {{ access_log off; {logs}\n{said}}}\n"
    write(maps / "nginx.conf", start)
    with _running(port, program, "-p", str(maps), "-c", str(maps / "nginx.conf")):
        yield port


@contextmanager
def apache2(maps: Path) -> Iterator[int]:
    program, port = tool("apache2"), _free_port()
    names = "mpm_event", "authz_core", "rewrite"
    modules = Path(program).resolve().parents[1] / "lib/apache2/modules"
    loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    where = f"Listen 127.0.0.1:{port}\nServerName site.test\nServerRoot {maps}\nPidFile {maps}/pid\n"
    logs = f"ErrorLog {maps}/errors\nDefaultRuntimeDir {maps}\n"
    write(maps / "apache.conf", where + logs + loaded + _comments(maps / "apache.map"))
    with _running(port, program, "-X", "-f", str(maps / "apache.conf")):
        yield port


def _comments(path: Path) -> str:
    return "".join(re.findall("^# (.*\n)", path.read_text("utf-8"), re.M))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def _running(port: int, *command: str) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while server.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
        yield
    finally:
        server.terminate()
        said = server.communicate()[0]
        assert "[emerg]" not in said and "[warn]" not in said, said


def hugo(folder: Path) -> Built:
    program = tool("hugo")
    settings = {
        "baseURL": "http://site.test/",
        "title": "A site",
        "markup": {"goldmark": {"renderer": {"unsafe": True}}},
    }
    write(folder / "hugo.json", json.dumps(settings))
    single = f"""<html><head><title>{{{{ .Title }}}}</title></head><body><h1>{{{{ .Title }}}}</h1>
<article>{{{{ .Content }}}}</article><div class="summary">{{{{ .Summary }}}}</div><div class="comments">
{{{{ with .File }}}}
{{{{ range index hugo.Data.comments "posts" .ContentBaseName }}}}<div>{{{{ .text }}}}</div>{{{{ end }}}}
{{{{ end }}}}</div>
{FRONT.format('{{ dict "title" .Title "date" .Date "lastmod" .Lastmod "params" .Params | jsonify | safeJS }}')}
{{{{ range .GetTerms "tags" }}}}<a href="{{{{ .RelPermalink }}}}">{{{{ .Title }}}}</a>{{{{ end }}}}</body></html>"""
    write(folder / "layouts/_default/single.html", single)
    rows = '{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    write(folder / "layouts/_default/list.html", f"<html><body>{rows}</body></html>")
    log = run(program, "build", "--config", "hugo.json", cwd=folder, HUGO_CACHEDIR=str(folder / ".cache"))
    return Built(folder / "public", log, run(program, "version", cwd=folder))


def jekyll(folder: Path) -> Built:
    program = tool("jekyll")
    write(
        folder / "_config.yml", "title: A site\nurl: http://site.test\nfuture: true\nexcerpt_separator: <!--more-->\n"
    )
    tags = '{% for tag in page.tags %}<b class="tag">{{ tag | escape }}</b>{% endfor %}'
    keys = ("title", "date", "last_modified_at", "tags", "categories", "author", "source")
    told = ", ".join(f'"{key}": {{{{ page.{key} | jsonify | replace: "<", "\\u003c" }}}}' for key in keys)
    comments = "{% for c in site.data.comments.posts[page.comments_key] %}<div>{{ c.text | escape }}</div>{% endfor %}"
    page = f"""<html><head><title>{{{{ page.title | escape }}}}</title></head><body><article>{{{{ content }}}}</article>
<div class="summary">{{{{ page.excerpt }}}}</div>
<div class="comments">{comments}</div>
{FRONT.format("{" + told + "}")}{tags}</body></html>"""
    for name in ("post", "page"):
        write(folder / f"_layouts/{name}.html", page)
    row = '<a href="{{ post.url }}">{{ post.title | escape }}</a>{{ post.excerpt }}'
    rows = f"{{% for post in site.posts %}}{row}{{% endfor %}}"
    write(folder / "index.html", f"---\n---\n<html><body>{rows}</body></html>")
    log = run(program, "build", cwd=folder)
    return Built(folder / "_site", log, run(program, "--version", cwd=folder))


def _jekyll(front: dict[str, Any]) -> dict[str, Any]:
    return {**front, "date": moment(front["date"] or ""), "updated": moment(front["last_modified_at"] or "")}


def pelican(folder: Path) -> Built:
    program = tool("pelican")
    keys = "title", "category", "tags", "author", "date", "modified", "source"
    for name, kind in {"article": "article", "page": "page"}.items():
        told = f"{{% set told = ({kind}.metadata) %}}" + FRONT.format("{{ told | told | tojson }}")
        text = f"<html><head><title>{{{{ {kind}.title }}}}</title></head><body><article>{{{{ {kind}.content }}}}"
        summary = f'<div class="summary">{{{{ {kind}.metadata.summary }}}}</div>'
        write(folder / f"theme/templates/{name}.html", f"{text}</article>{summary}{told}</body></html>")
    rows = '{% for article in articles %}<a href="{{ SITEURL }}/{{ article.url }}">{{ article.title }}</a>{% endfor %}'
    write(folder / "theme/templates/index.html", f"<html><body>{rows}</body></html>")
    settings = {
        "SITEURL": "http://site.test",
        "TIMEZONE": "UTC",
        "SITENAME": "A site",
        "THEME": "theme",
        "PATH": "content",
    }
    settings |= {"DIRECT_TEMPLATES": ["index"], "EXTRA_PATH_METADATA": {"images/_redirects": {"path": "_redirects"}}}
    settings |= {f"{kind}_SAVE_AS": "" for kind in ("AUTHOR", "CATEGORY", "TAG", "ARCHIVES", "DRAFT")}
    settings |= {f"FEED_ALL_{kind}": None for kind in ("ATOM", "RSS")} | {"CATEGORY_FEED_ATOM": None}
    lines = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    one = "str(m[k]) if k != 'tags' else [str(tag) for tag in m[k]]"
    shown = f"JINJA_FILTERS = {{'told': lambda m: {{k: {one} for k in {keys} if k in m}}}}\n"
    write(folder / "pelicanconf.py", lines + shown)
    log = run(program, "-s", "pelicanconf.py", "-o", "output", "content", cwd=folder)
    return Built(folder / "output", log, run(program, "--version", cwd=folder))


def _pelican(front: dict[str, Any]) -> dict[str, Any]:
    dates = {"date": moment(front.get("date", "")), "updated": moment(front.get("modified", ""))}
    words = {name: unescape(front.get(name, "")) for name in ("title", "author")}
    return {**front, **words, **dates, "categories": [unescape(front.get("category", ""))]}


def eleventy(folder: Path) -> Built:
    program = tool("eleventy", ENGINES / "node/eleventy/node_modules/.bin")
    modules = ENGINES / "node/eleventy/node_modules"
    write(
        folder / "eleventy.config.mjs",
        f"""import {{ createRequire }} from "node:module";
const footnote = createRequire("{modules}/")("markdown-it-footnote");
export default (config) => {{
  config.addPassthroughCopy("media");
  config.amendLibrary("md", (library) => library.use(footnote));
  config.addGlobalData("layout", "post.njk");
  config.addFilter("told", (data) => JSON.stringify(Object.fromEntries(
    ["title", "date", "updated", "tags", "categories", "author", "source"].map((name) => [name, data[name]]),
  )).replaceAll("<", "\\\\u003c"));
}};
""",
    )
    names = ("title", "updated", "tags", "categories", "author", "source")
    front = ", ".join(["date: page.date", *(f"{name}: {name}" for name in names)])
    told = FRONT.format(f"{{{{ {{{front}}} | told | safe }}}}")
    page = f"""<html><body><article>{{{{ content | safe }}}}</article>
<div class="comments">{{% for c in comments.posts[page.inputPath.split("/").pop().slice(0, -3)] %}}<div>{{{{ c.text }}}}
</div>{{% endfor %}}</div>
{told}</body></html>"""
    write(folder / "_includes/post.njk", page)
    rows = '{% for post in collections.all %}<a href="{{ post.url }}">x</a>{% endfor %}'
    write(
        folder / "index.njk",
        f"---\nlayout: false\neleventyExcludeFromCollections: true\n---\n<html><body>{rows}</body></html>",
    )
    log = run(program, cwd=folder)
    return Built(folder / "_site", log, run(program, "--version", cwd=folder))


def _eleventy(front: dict[str, Any]) -> dict[str, Any]:
    return {**front, "date": moment(front["date"] or ""), "updated": moment(front.get("updated") or "")}


def astro(folder: Path) -> Built:
    modules = ENGINES / "node/astro/node_modules"
    program = tool("astro", modules / ".bin")
    (folder / "node_modules").symlink_to(modules)
    write(folder / "package.json", '{"type": "module", "private": true}')
    write(
        folder / "astro.config.mjs",
        'export default { site: "http://site.test", devToolbar: { enabled: false }, cacheDir: "./.cache" };\n',
    )
    write(
        folder / "src/content.config.ts",
        """import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "**/*.{md,mdx}" }),
  schema: z.object({
    title: z.string(), description: z.string(), pubDate: z.coerce.date(), updatedDate: z.coerce.date().optional(),
  }).passthrough(),
});
const pages = defineCollection({ loader: glob({ base: "./src/content/pages", pattern: "**/*.md" }) });
export const collections = { blog, pages };
""",
    )
    write(folder / "src/content/pages/this-site.md", "---\ntitle: About\n---\n\nAbout this site.\n")
    for name in ("blog", "pages"):
        write(
            folder / f"src/pages/{name}/[...slug].astro",
            f"""---
import {{ getCollection, render }} from "astro:content";
export async function getStaticPaths() {{
  return (await getCollection("{name}")).map((post) => ({{ params: {{ slug: post.id }}, props: post }}));
}}
const {{ Content }} = await render(Astro.props);
const said = import.meta.glob("/src/data/comments/**/*.json", {{ eager: true }});
const comments = said[`/src/data/comments/{name}/${{Astro.props.id}}.json`]?.default ?? [];
const front = JSON.stringify(Astro.props.data).replaceAll("<", "\\\\u003c");
---
<html><head><title>{{Astro.props.data.title}}</title></head><body><article><Content /></article>
<div class="comments">{{comments.map((comment) => <div>{{comment.text}}</div>)}}</div>
<script is:inline type="application/json" class="front" set:html={{front}}></script></body></html>
""",
        )
    log = run(program, "build", cwd=folder, ASTRO_TELEMETRY_DISABLED="1", CI="1")
    return Built(folder / "dist", log, run(program, "--version", cwd=folder))


def _astro(front: dict[str, Any]) -> dict[str, Any]:
    dates = {"date": moment(front.get("pubDate") or ""), "updated": moment(front.get("updatedDate") or "")}
    return {**front, **dates}


def zola(folder: Path) -> Built:
    program = tool("zola", ENGINES / "node/zola/node_modules/.bin")
    names = '{name = "tags"}, {name = "categories"}'
    write(folder / "config.toml", f'base_url = "http://site.test"\ntaxonomies = [{names}]\n')
    told = """{% set told = page.extra %}""" + FRONT.format(
        '{ "title": {{ page.title | json_encode }}, "date": {{ page.date | json_encode }}, '
        '"updated": {{ page.updated | json_encode }}, "authors": {{ page.authors | json_encode }}, '
        '"taxonomies": {{ page.taxonomies | json_encode }}, "extra": {{ page.extra | json_encode }} }'
    )
    path = 'path="data/comments/" ~ page.relative_path | replace(from=".md", to=".yaml"), required=false'
    each = "{% if said %}{% for c in said %}<div>{{ c.text }}</div>{% endfor %}{% endif %}"
    told = f'<div class="comments">{{% set said = load_data({path}) %}}{each}</div>' + told
    summary = '<div class="summary">{{ page.summary | default(value="") | safe }}</div>'
    text = (
        "<html><body><article>{{ page.content | safe }}</article>"
        + summary
        + told.replace("json_encode", 'json_encode | replace(from="<", to="\\u003c") | safe')
    )
    write(folder / "templates/page.html", text + "</body></html>")
    rows = '{% for page in section.pages %}<a href="{{ page.permalink }}">{{ page.title }}</a>{% endfor %}'
    for name in ("index", "section"):
        write(folder / f"templates/{name}.html", f"<html><body>{rows}</body></html>")
    write(folder / "templates/taxonomy_list.html", "<html></html>")
    pages = rows.replace("section", "term")
    write(folder / "templates/taxonomy_single.html", f"<html><body>{pages}</body></html>")
    write(folder / "content/posts/_index.md", '+++\nsort_by = "date"\n+++\n')
    log = run(program, "build", cwd=folder)
    return Built(folder / "public", log, run(program, "--version", cwd=folder))


def _zola(front: dict[str, Any]) -> dict[str, Any]:
    dates = {"date": moment(front["date"] or ""), "updated": moment(front["updated"] or "")}
    return {
        **front["extra"],
        **front["taxonomies"],
        **dates,
        "title": front["title"],
        "author": "".join(front["authors"]),
    }


BUILDERS: dict[str, Callable[[Path], Built]] = {
    "hugo": hugo,
    "jekyll": jekyll,
    "pelican": pelican,
    "eleventy": eleventy,
    "astro": astro,
    "zola": zola,
}


def plain(value: Any) -> Any:
    """A value of front matter as templates of all generators can tell it: days and instants as text, lists."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC).isoformat()  # which no template tells from a day
    return list(value) if isinstance(value, tuple) else value


def moment(said: str) -> str:
    """A date as a template prints it: midnight of UTC is a day, another instant is told in UTC."""
    if not said or said.startswith("0001"):
        return ""
    when = datetime.fromisoformat(said)
    utc = when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    return utc.isoformat()


def _hugo(front: dict[str, Any]) -> dict[str, Any]:
    params = front["params"]
    return {**params, "title": front["title"], "date": moment(front["date"]), "updated": moment(front["lastmod"])}


FRONTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "hugo": _hugo,
    "jekyll": _jekyll,
    "pelican": _pelican,
    "eleventy": _eleventy,
    "astro": _astro,
    "zola": _zola,
}
