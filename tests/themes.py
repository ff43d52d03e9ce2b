# ruff: noqa: E501
"""Whole blogs in the markup of the engines that make them: one set of posts, a table of themes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from loopback import Made, Request, Servable

_WORDS = "ferry quay gull lantern tide harbour rope cabin storm pilot anchor beacon buoy".split()
_SITE = "Quay notes"
_FIRST = datetime.fromisoformat("2021-03-28T21:40:00+09:00")


@dataclass(frozen=True)
class Tale:
    """A post as its author told it."""

    number: int  # 1 is the newest

    @property
    def word(self) -> str:
        return _WORDS[self.number % 13]

    @property
    def title(self) -> str:
        return f"What the {self.word} & the {_WORDS[(self.number * 5 + 1) % 13]} said"

    @property
    def slug(self) -> str:
        return f"the-{self.word}-said-{self.number}"

    @property
    def when(self) -> datetime:
        return _FIRST - timedelta(days=23 * self.number, minutes=17 * self.number)

    @property
    def author(self) -> str:
        return ("Ann Marlow", "Bo Reed")[self.number % 3 == 0]

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((_WORDS[self.number % 4], _WORDS[4 + self.number % 3])))[: self.number % 3]

    @property
    def html(self) -> str:
        said = " ".join(_WORDS[(self.number * n + n) % 13] for n in range(1, 40))
        return (
            f"<p>It began when the {self.word} was late, and {said}.</p><p>Nobody at the counter had seen <a "
            f'href="https://example.org/{self.word}">the timetable</a> number {self.number}.</p>'
            f'<h2 id="why">Why the {self.word}?</h2><p>Because of {said[::-1]}, they told me.</p>'
            f'<ul><li>one {self.word}</li><li>two ropes</li></ul><pre><code class="language-python">count = {self.number}'
            f'\nprint("{self.word}")</code></pre><h2 id="how">How it ended</h2><p>All went home by {self.number} o\'clock.</p>'
        )

    @property
    def summary(self) -> str:
        return f"It began when the {self.word} was late, and…"

    @property
    def words(self) -> list[str]:
        """The words of the body, in order."""
        return self.html.replace("<", " <").replace(">", "> ").split()

    def fill(self, form: str, **more: str) -> str:
        """A form with this post's values in it."""
        when = self.when
        anchored = self.html.replace("</h2>", '<a class="headerlink" href="#why" title="Link to this">¶</a></h2>')
        values = {
            "TITLE": escape(self.title), "SLUG": self.slug, "URL": more.pop("url", ""), "SUMMARY": self.summary,
            "BODY": self.html, "ANCHORED": anchored, "AUTHOR": self.author, "ISO": when.isoformat(), "N": str(self.number),
            "LONG": f"{when:%B} {when.day}, {when.year}", "SHORT": f"{when.day} {when:%b} {when.year}",
            "DAY": f"{when:%Y-%m-%d}", "US": f"{when:%a}, {when:%m/%d/%Y} - {when:%H:%M}", "YEAR": str(when.year),
            "MD": f"{when:%b %d}", **more,
        }  # fmt: skip
        for name in sorted(values, key=len, reverse=True):
            form = form.replace(f"@{name}@", values[name])
        return form


TALES = tuple(Tale(number) for number in range(1, 14))
_TOC = '<ul><li><a href="#why">Why</a></li><li><a href="#how">How it ended</a></li></ul>'


@dataclass(frozen=True)
class Theme:
    """How one engine's theme writes a blog."""

    name: str
    url: str  # of a post
    page: str  # of any page: @MAIN@ stands for what is its own
    post: str
    item: str
    listing: str = "@ITEMS@@PAGER@"
    at: str = "/"  # where the listing is
    per: int = 5  # posts a listing page; 0 for all
    turn: str = "/page/@K@/"
    pager: str = '<nav class="pagination"><a class="next" href="@NEXT@">Next »</a></nav>'
    feed: str = ""  # its path
    kind: str = "rss"  # or atom
    whole: bool = False  # the feed has the bodies
    tag: str = '<a href="/tags/@TAG@/">@TAG@</a>'
    shows: frozenset[str] = frozenset({"author", "moment", "tags"})
    extra: Mapping[str, str] = field(default_factory=dict)  # other pages, by path
    sitemap: bool = True
    author: str = "Quay Press"  # whom the head names
    named: bool = True  # the page's head names the feed

    def address(self, tale: Tale) -> str:
        when = tale.when
        return tale.fill(self.url, Y=f"{when:%Y}", M=f"{when:%m}", D=f"{when:%d}")

    def tagged(self, tale: Tale) -> str:
        return "".join(self.tag.replace("@TAG@", tag) for tag in tale.tags)

    def put(self, form: str, tale: Tale) -> str:
        near = TALES[tale.number % len(TALES)]
        return tale.fill(
            form, url=self.address(tale), TAGS=self.tagged(tale), NEAR=self.address(near), NEARTITLE=escape(near.title),
            TOC=_TOC,
        )  # fmt: skip

    def whole_page(self, title: str, main: str, head: str = "") -> str:
        link = {"rss": "application/rss+xml", "atom": "application/atom+xml"}[self.kind]
        feed = (
            f'<link rel="alternate" type="{link}" href="{self.feed}" title="{_SITE}">'
            if self.feed and self.named
            else ""
        )
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>{feed}{head}</head>'
            f"<body>{self.page.replace('@MAIN@', main)}</body></html>"
        )

    def pages(self) -> dict[str, Servable]:
        """What a Site serves."""
        head = '<meta property="og:image" content="/img/site.png"><meta name="author" content="%s">'
        made = {
            self.address(t): self.whole_page(f"{t.title} | {_SITE}", self.put(self.post, t), head % t.fill(self.author))
            for t in TALES
        }
        made |= {path: self.whole_page(f"{path} | {_SITE}", main) for path, main in self.extra.items()}
        made |= self._listings()
        for tag in {tag for tale in TALES for tag in tale.tags}:
            items = "".join(self.put(self.item, tale) for tale in TALES if tag in tale.tags)
            made[f"/tags/{tag}/"] = self.whole_page(tag, items)
        if self.feed:
            made[self.feed] = self._feed()
        if self.sitemap:
            locations = "".join(f"<url><loc>@HOST@{path}</loc></url>" for path in made if path != self.feed)
            made["/sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
        return {path: _at_home(page) for path, page in made.items()}

    def _listings(self) -> dict[str, str]:
        per, made = self.per or len(TALES), {}
        for start in range(0, len(TALES), per):
            number = start // per + 1
            shown, more = TALES[start : start + per], self.per and start + per < len(TALES)
            pager = self.pager.replace("@NEXT@", self.turn.replace("@K@", str(number + 1))) if more else ""
            items = "".join(self.put(self.item, tale) for tale in shown)
            path = self.at if number == 1 else self.turn.replace("@K@", str(number))
            made[path] = self.whole_page(_SITE, self.listing.replace("@ITEMS@", items).replace("@PAGER@", pager))
        return made

    def _feed(self) -> str:
        form = {"rss": _RSS, "atom": _ATOM}[self.kind]
        told = []
        for tale in TALES[:10]:
            body = tale.html if self.whole else tale.summary
            entry = self.put(form[1], tale).replace("@RFC@", format_datetime(tale.when))
            told.append(entry.replace("@FED@", escape(body)))
        return form[0].replace("@ENTRIES@", "".join(told))


_RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Quay notes</title><link>@HOST@/</link>'
    "@ENTRIES@</channel></rss>",
    "<item><title>@TITLE@</title><link>@HOST@@URL@</link><pubDate>@RFC@</pubDate><guid>@HOST@@URL@</guid>"
    "<description>@FED@</description></item>",
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay notes</title><id>@HOST@/</id>@ENTRIES@</feed>',
    '<entry><title>@TITLE@</title><link href="@HOST@@URL@"/><id>@HOST@@URL@</id><published>@ISO@</published>'
    "<updated>@ISO@</updated><author><name>@AUTHOR@</name></author>"
    '<content type="html">@FED@</content></entry>',
)


def _at_home(page: str) -> Made:
    def answer(request: Request) -> str:
        return page.replace("@HOST@", f"http://{request.headers['host']}")

    return answer


_NAV = '<nav class="menu"><a href="/">Home</a><a href="/about/">About</a><a href="/tags/">Tags</a>@MORE@</nav>'
_ABOUT = "<h1>About</h1><p>I am Ann Marlow, and I write about boats since a long time, mostly at night.</p>"
_SHARE = (
    '<div class="sharing"><a href="https://twitter.com/intent/tweet?url=x">Twitter</a>'
    '<a href="mailto:?body=x">Mail it</a></div>'
)


def _with(nav: str, rest: str = "@MAIN@<footer>© 2021 Quay Press. Made with love.</footer>") -> str:
    return f"<header class='top'><a class='logo' href='/'>Quay notes</a>{_NAV.replace('@MORE@', nav)}</header>{rest}"


_COMMON = {"/about/": _ABOUT, "/tags/": '<h1>Tags</h1><a href="/tags/quay/">quay</a><a href="/tags/gull/">gull</a>'}

THEMES = (
    Theme(
        name="hugo",
        author="@AUTHOR@",
        url="/posts/@SLUG@/",
        page=_with('<a href="/archives/">Archive</a>'),
        post='<main class="main"><article class="post-single"><header class="post-header"><h1 class="post-title">@TITLE@</h1>'
        "<div class='post-meta'><span title='@DAY@ 21:00:00 +0900 KST'>@LONG@</span>&nbsp;·&nbsp;3 min&nbsp;·&nbsp;@AUTHOR@"
        '</div></header><div class="toc"><details><summary>Table of Contents</summary>@TOC@</details></div>'
        '<div class="post-content">@ANCHORED@</div><footer class="post-footer"><ul class="post-tags">@TAGS@</ul>'
        '<nav class="paginav"><a class="next" href="@NEAR@"><span>Next »</span><br><span>@NEARTITLE@</span></a></nav>'
        f"{_SHARE}</footer></article></main>",
        item='<article class="post-entry"><header class="entry-header"><h2>@TITLE@</h2></header><div class="entry-content">'
        "<p>@SUMMARY@</p></div><footer class='entry-footer'>@LONG@ · 3 min · @AUTHOR@</footer>"
        '<a class="entry-link" aria-label="post link to @TITLE@" href="@URL@"></a></article>',
        feed="/index.xml",
        tag='<li><a href="/tags/@TAG@/">@TAG@</a></li>',
        shows=frozenset({"author", "day", "tags"}),
        extra=_COMMON | {"/archives/": "<h1>Archive</h1><p>Soon.</p>", "/posts/": "<h1>Posts</h1>"},
    ),
    Theme(
        name="jekyll",
        url="/@Y@/@M@/@D@/@SLUG@.html",
        page=_with(""),
        post='<article class="post h-entry" itemscope itemtype="http://schema.org/BlogPosting"><header class="post-header">'
        '<h1 class="post-title p-name" itemprop="name headline">@TITLE@</h1><p class="post-meta"><time class="dt-published"'
        ' datetime="@ISO@" itemprop="datePublished">@LONG@</time></p></header><div class="post-content e-content" '
        'itemprop="articleBody">@BODY@</div><a class="u-url" href="@URL@" hidden></a></article>',
        item='<li><span class="post-meta">@LONG@</span><h3><a class="post-link" href="@URL@">@TITLE@</a></h3></li>',
        listing='<div class="home"><h2>Posts</h2><ul class="post-list">@ITEMS@</ul></div>',
        per=0,
        feed="/feed.xml",
        kind="atom",
        whole=True,
        shows=frozenset({"moment"}),
        extra=_COMMON,
        sitemap=False,
    ),
    Theme(
        name="pelican",
        url="/@SLUG@.html",
        page=_with('<a href="/archives.html">Archives</a>'),
        post='<section id="content"><header><h2 class="entry-title"><a href="@URL@" rel="bookmark">@TITLE@</a></h2></header>'
        '<footer class="post-info"><time class="published" datetime="@ISO@">@SHORT@</time> <address class="vcard author">By '
        '<a class="url fn" href="/author/ann.html">@AUTHOR@</a></address><div class="tags">Tags: @TAGS@</div></footer>'
        '<div class="entry-content">@BODY@</div></section>',
        item='<li><article class="hentry"><header><h2 class="entry-title"><a href="@URL@" rel="bookmark" title="Permalink">'
        '@TITLE@</a></h2></header><footer class="post-info"><time class="published" datetime="@ISO@">@SHORT@</time>'
        '<address class="vcard author">By <a class="url fn" href="/author/ann.html">@AUTHOR@</a></address></footer>'
        '<div class="entry-content"><p>@SUMMARY@</p></div></article></li>',
        listing='<section id="content"><ol id="post-list">@ITEMS@</ol><p class="paginator">@PAGER@</p></section>',
        turn="/index@K@.html",
        pager='Page 1 / 3 <a href="@NEXT@">&raquo;</a><a href="@NEXT@">Older posts</a>',
        feed="/feeds/all.atom.xml",
        kind="atom",
        tag='<a href="/tag/@TAG@.html">@TAG@</a> ',
        extra={"/pages/about.html": _ABOUT, "/author/ann.html": "<h1>Ann</h1>", "/tag/quay.html": "<h1>quay</h1>"},
        sitemap=False,
    ),
    Theme(
        name="hexo",
        url="/@Y@/@M@/@D@/@SLUG@/",
        page=_with('<a href="/archives/">Archives</a>', "<div id='main'>@MAIN@</div><aside id='sidebar'><h3>Archives</h3>"
                   "<ul><li><a href='/archives/2020/05/'>May 2020</a></li></ul><h3>Tag Cloud</h3><a href='/tags/gull/' "
                   "style='font-size: 20px'>gull</a><a href='/tags/quay/'>quay</a></aside>"),
        post='<article class="article article-type-post" itemprop="blogPost"><div class="article-meta"><a class="article-date" '
        'href="@URL@"><time datetime="@ISO@" itemprop="datePublished">@DAY@</time></a></div><div class="article-inner"><header '
        'class="article-header"><h1 class="article-title" itemprop="name">@TITLE@</h1></header><div class="article-entry" '
        'itemprop="articleBody">@ANCHORED@</div><footer class="article-footer"><a data-url="x" class="article-share-link">'
        'Share</a><ul class="article-tag-list">@TAGS@</ul></footer></div><nav id="article-nav"><a href="@NEAR@" '
        'class="article-nav-link-wrap"><strong>Older</strong><div class="article-nav-title">@NEARTITLE@</div></a></nav></article>',
        item='<article class="article article-type-post"><div class="article-meta"><a class="article-date" href="@URL@"><time '
        'datetime="@ISO@">@DAY@</time></a></div><div class="article-inner"><header class="article-header"><h1 itemprop="name">'
        '<a class="article-title" href="@URL@">@TITLE@</a></h1></header><div class="article-entry"><p>@SUMMARY@</p><p '
        'class="article-more-link"><a href="@URL@#more">Read More</a></p></div></div></article>',
        pager='<nav id="page-nav"><span class="page-number current">1</span><a class="page-number" href="/page/2/">2</a>'
        '<a class="extend next" rel="next" href="@NEXT@">Next &raquo;</a></nav>',
        feed="/atom.xml",
        kind="atom",
        named=False,
        tag='<li><a rel="tag" href="/tags/@TAG@/">@TAG@</a></li>',
        shows=frozenset({"moment", "tags"}),
        extra=_COMMON | {"/archives/2020/05/": "<h1>May 2020</h1>"},
    ),
    Theme(
        name="eleventy",
        url="/blog/@SLUG@/",
        page=_with('<a href="/blog/">Archive</a>', "<main>@MAIN@</main><footer>© 2021</footer>"),
        post='<heading-anchors><h1>@TITLE@</h1><ul class="post-metadata"><li><time datetime="@DAY@">@LONG@</time></li>@TAGS@'
        '</ul>@BODY@<ul class="links-nextprev"><li>← Previous<br><a href="@NEAR@">@NEARTITLE@</a></li></ul></heading-anchors>',
        item='<li class="postlist-item"><a href="@URL@" class="postlist-link">@TITLE@</a><time class="postlist-date" '
        'datetime="@DAY@">@LONG@</time></li>',
        listing='<h1>Archive</h1><ol reversed class="postlist">@ITEMS@</ol>',
        at="/blog/",
        per=0,
        feed="/feed/feed.xml",
        kind="atom",
        whole=True,
        tag='<li><a href="/tags/@TAG@/" class="post-tag">@TAG@</a>, </li>',
        shows=frozenset({"day", "tags"}),
        extra=_COMMON
        | {"/": '<h1>Latest 3 Posts</h1><ol class="postlist">'
           + "".join(f'<li class="postlist-item"><a href="/blog/{t.slug}/" class="postlist-link">{escape(t.title)}</a></li>'
                     for t in TALES[:3]) + '</ol><p>More posts can be found in <a href="/blog/">the archive</a>.</p>'},
    ),
    Theme(
        name="astro",
        url="/blog/@SLUG@/",
        page=_with('<a href="/blog">Blog</a><a href="/projects/">Projects</a>'),
        post='<main><article><div class="hero-image"><img src="/img/@SLUG@.jpg" alt=""></div><div class="prose"><div class="title">'
        '<div class="date"><time datetime="@ISO@">@MD@, @YEAR@</time></div><h1>@TITLE@</h1><hr></div>@BODY@</div></article></main>',
        item='<li><a href="@URL@"><img src="/img/@SLUG@.jpg" alt=""><h4 class="title">@TITLE@</h4><p class="date"><time '
        'datetime="@ISO@">@MD@, @YEAR@</time></p></a></li>',
        listing="<main><section><ul>@ITEMS@</ul></section></main>",
        at="/blog",
        per=0,
        feed="/rss.xml",
        shows=frozenset({"moment"}),
        extra=_COMMON
        | {"/": "<main><h1>Hello, sailor</h1><p>Welcome to my site about boats.</p></main>",
           "/projects/": '<h1>Projects</h1><article><h2><a href="/projects/raft/">A raft</a></h2><p>Of logs.</p></article>',
           "/projects/raft/": "<h1>A raft</h1><p>Made of eleven logs and some rope, in a summer.</p>"},
    ),
    Theme(
        name="docusaurus",
        author="@AUTHOR@",
        url="/blog/@SLUG@",
        page='<nav class="navbar"><a href="/">Quay</a><a href="/docs/intro">Docs</a><a href="/blog">Blog</a></nav><div '
        'class="row"><aside class="col"><nav aria-label="Blog recent posts navigation"><div>Recent posts</div><ul><li><a '
        f'href="/blog/{TALES[0].slug}">{escape(TALES[0].title)}</a></li></ul></nav></aside><main>@MAIN@</main></div>',
        post='<article itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting"><header><h1 class="title_f1Hy">'
        '@TITLE@</h1><div class="container_mt6G margin-vert--md"><time datetime="@ISO@">@LONG@</time> · 2 min read</div><div '
        'class="avatar"><div class="avatar__intro"><span class="authorName_yefp">@AUTHOR@</span><small>Captain</small></div>'
        '</div></header><div id="__blog-post-container" class="markdown">@BODY@</div><footer><b>Tags:</b><ul>@TAGS@</ul>'
        '<a href="https://github.com/x/y/edit/1.md" class="theme-edit-this-page">Edit this page</a></footer></article><nav '
        'class="pagination-nav"><a href="@NEAR@"><div>Older Post</div><div>@NEARTITLE@</div></a></nav>',
        item='<article itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting"><header><h2 class="title_f1Hy">'
        '<a href="@URL@">@TITLE@</a></h2><div class="container_mt6G"><time datetime="@ISO@">@LONG@</time> · 2 min read</div>'
        '</header><div class="markdown"><p>@SUMMARY@</p></div><footer><a aria-label="Read more about @TITLE@" href="@URL@"><b>'
        "Read more</b></a></footer></article>",
        at="/blog",
        turn="/blog/page/@K@",
        pager='<nav class="pagination-nav"><a class="pagination-nav__link pagination-nav__link--next" href="@NEXT@"><div '
        'class="pagination-nav__label">Older entries</div></a></nav>',
        feed="/blog/rss.xml",
        tag='<li><a rel="tag" href="/blog/tags/@TAG@">@TAG@</a></li>',
        extra={"/": "<h1>Quay</h1>", "/docs/intro": "<h1>Intro</h1><p>Install it.</p>", "/blog/tags": "<h1>Tags</h1>",
               "/blog/authors": "<h1>Authors</h1>", "/blog/archive": "<h1>Archive</h1>"},
    ),
    Theme(
        name="ghost-like",
        url="/@SLUG@/",
        page=_with('<a href="/contact/">Contact</a>'),
        post='<article class="article post no-image"><header class="article-header gh-canvas"><h1 class="article-title">@TITLE@'
        '</h1><section class="article-byline"><h4 class="author-name"><a href="/author/ann/">@AUTHOR@</a></h4><time '
        'class="byline-meta-date" datetime="@DAY@">@SHORT@</time></section></header><section class="gh-content gh-canvas">'
        '@BODY@</section></article><section class="article-comments">Sign up for more like this. <input></section><aside '
        'class="read-more-wrap"><h3><a href="@NEAR@">@NEARTITLE@</a></h3></aside>',
        item='<article class="post-card post"><a class="post-card-image-link" href="@URL@"><img src="/img/1.png"></a><div '
        'class="post-card-content"><a class="post-card-content-link" href="@URL@"><header><h2 class="post-card-title">@TITLE@'
        '</h2></header><div class="post-card-excerpt">@SUMMARY@</div></a><footer class="post-card-meta"><time '
        'datetime="@DAY@">@SHORT@</time></footer></div></article>',
        pager='<a class="older-posts" href="@NEXT@">Older Posts →</a>',
        feed="/rss/",
        whole=True,
        shows=frozenset({"author", "day"}),
        extra=_COMMON | {"/contact/": "<h1>Contact</h1><p>Write to me at any time of the day.</p>",
                         "/author/ann/": "<h1>Ann Marlow</h1>"},
    ),
    Theme(
        name="drupal-like",
        url="/node/@N@",
        page=_with(""),
        post='<main><h1 class="title page-title">@TITLE@</h1><article class="node node--type-article node--view-mode-full">'
        '<footer class="node__meta"><div class="node__submitted">Submitted by <span>@AUTHOR@</span> on <span>@US@</span></div>'
        '</footer><div class="node__content"><div class="field field--name-body">@BODY@</div><div class="field '
        'field--name-field-tags"><div class="field__label">Tags</div>@TAGS@</div></div></article></main>',
        item='<div class="views-row"><article class="node node--type-article node--view-mode-teaser"><h2 class="node__title"><a '
        'href="@URL@" rel="bookmark">@TITLE@</a></h2><footer class="node__meta"><div class="node__submitted">Submitted by <span>'
        '@AUTHOR@</span> on <span>@US@</span></div></footer><div class="node__content"><p>@SUMMARY@</p><ul class="links"><li '
        'class="node-readmore"><a href="@URL@">Read more<span> about @TITLE@</span></a></li></ul></div></article></div>',
        turn="/node?page=@K@",
        pager='<nav class="pager"><ul><li class="pager__item pager__item--next"><a href="@NEXT@" title="Go to next page" '
        'rel="next"><span class="visually-hidden">Next page</span><span>››</span></a></li></ul></nav>',
        feed="/rss.xml",
        tag='<a href="/taxonomy/term/@TAG@">@TAG@</a> ',
        shows=frozenset({"author", "day", "tags"}),
        sitemap=False,
        extra=_COMMON,
    ),
    Theme(
        name="cards",
        url="/post/@SLUG@",
        page='<div class="w-nav"><a href="/">Quay</a><a href="/blog">Blog</a><a href="/pricing">Pricing</a></div>@MAIN@<div class="cta">'
        '<h2>Start your free trial</h2><a href="/signup" class="button">Sign up</a></div><div class="footer">© Quay Inc</div>',
        post='<div class="hero"><a href="/blog">← Back to blog</a><h1 class="jumbo">@TITLE@</h1><div class="author-wrap"><img src="/a.png"'
        ' alt=""><div class="author-text"><div class="bold">@AUTHOR@</div><div class="small">@LONG@</div></div></div></div><div '
        'class="section"><div class="small-container"><div class="rich w-richtext">@BODY@</div></div></div><div class="section '
        'related"><h2>Related</h2><div role="list"><a href="@NEAR@" class="card"><h3>@NEARTITLE@</h3><p>@SUMMARY@</p></a></div></div>',
        item='<div role="listitem" class="item"><a href="@URL@" class="card"><div class="thumb"></div><h3 class="heading-card">@TITLE@'
        '</h3><p>@SUMMARY@</p><div class="small">@LONG@</div></a></div>',
        listing='<h1>The Quay Blog</h1><div role="list">@ITEMS@</div>@PAGER@',
        at="/blog",
        turn="/blog?4b1c_page=@K@",
        pager='<a href="@NEXT@" aria-label="Next Page" class="w-pagination-next"><div>Next</div></a>',
        shows=frozenset({"author", "day"}),
        sitemap=False,
        extra={"/": "<h1>Anchors for all</h1>", "/pricing": "<h1>Pricing</h1><p>Not much.</p>", "/signup": "<h1>Sign up</h1>"},
    ),
    Theme(
        name="modules",
        url="/read/@SLUG@",
        page='<div id="__next"><div class="Header_bar__aB1"><a href="/">Quay</a><a href="/team">Team</a></div>@MAIN@<div '
        'class="Footer_f__q"><a href="/team">Imprint</a></div></div>',
        post='<script type="application/ld+json">{"@type": "BlogPosting", "headline": "@TITLE@", "datePublished": "@ISO@", "keywords": '
        '"@TAGS@", "author": {"name": "@AUTHOR@"}}</script><div class="Post_wrap__1x"><h1 class="Post_h__3">@TITLE@</h1><div '
        'class="Post_body__5x">@BODY@</div><div class="Post_author__6"><b>@AUTHOR@</b><p>Writes about boats for us and for other papers '
        'since many years.</p></div><div class="Post_next__7"><h4>Keep reading</h4><a href="@NEAR@"><h5>@NEARTITLE@</h5><p>@SUMMARY@</p>'
        "</a></div></div>",
        item='<div class="Card_card__9"><a href="@URL@"><img src="/img/1.jpg" alt=""></a><a href="@URL@" class="Card_t__2"><span>@TITLE@'
        '</span></a><div class="Card_d__3">@LONG@</div></div>',
        turn="/?p=@K@",
        pager='<link rel="next" href="@NEXT@">',
        tag="@TAG@,",
        sitemap=False,
        extra={"/team": "<h1>Team</h1><p>All of us write here about boats and ropes.</p>"},
    ),
    Theme(
        name="nested",
        url="/@Y@/@M@/@D@/@SLUG@/",
        page=_with('<a href="/archives/">归档</a>'),
        post='<div class="post-block"><article class="post-content" itemscope itemtype="http://schema.org/Article"><span hidden itemprop='
        '"author" itemscope itemtype="http://schema.org/Person"><meta itemprop="name" content="Ann Marlow"></span><header '
        'class="post-header"><h1 class="post-title" itemprop="name headline">@TITLE@</h1><div class="post-meta"><span>发表于</span><time '
        'itemprop="dateCreated datePublished" datetime="@ISO@">@DAY@</time><span>阅读次数：</span><span>12</span></div></header><div '
        'class="post-body" itemprop="articleBody">@BODY@</div><div>------ 本文结束 ------</div><footer class="post-footer"><div '
        'class="reward">您的支持 <button>赞赏</button></div><div class="post-copyright"><ul><li><strong>本文作者：</strong>Ann Marlow</li>'
        '<li><strong>本文链接：</strong><a href="@URL@">@URL@</a></li></ul></div><div class="post-tags">@TAGS@</div></footer></article></div>',
        item='<div class="post-block"><article class="post-content"><header class="post-header"><h2 class="post-title"><a href="@URL@" '
        'class="post-title-link">@TITLE@</a></h2><div class="post-meta"><span>发表于</span><time itemprop="datePublished" datetime="@ISO@">'
        '@DAY@</time></div></header><div class="post-body"><p>@SUMMARY@</p><div class="post-button"><a class="btn" href="@URL@#more">'
        "阅读全文 &raquo;</a></div></div></article></div>",
        tag='<a href="/tags/@TAG@/" rel="tag"># @TAG@</a>',
        shows=frozenset({"moment", "tags"}),
        extra=_COMMON,
        sitemap=False,
    ),
    Theme(
        name="tables",
        url="/@Y@@M@@D@.html",
        page='<center><table width="700"><tr><td colspan="2"><font size="6">Ann\'s harbour page</font></td></tr><tr><td width="120"><font '
        'size="2"><a href="/">Home</a><br><a href="/boats.html">My boats</a><br><a href="/links.html">Links</a></font></td><td '
        'valign="top">@MAIN@</td></tr><tr><td colspan="2"><hr><font size="1">Last modified 1 Jan 2022. Best viewed with any browser.'
        "</font></td></tr></table></center>",
        post='<p><font size="5"><b>@TITLE@</b></font></p><p><font size="2"><i>@LONG@</i></font></p>@BODY@<p><a href="/">Back to the index</a></p>',
        item='<li>@SHORT@: <a href="@URL@">@TITLE@</a>',
        listing="<h2>My diary</h2><ul>@ITEMS@</ul>",
        per=0,
        shows=frozenset({"day"}),
        sitemap=False,
        extra={"/boats.html": "<h2>My boats</h2><p>I have two boats and a raft.</p>", "/links.html": "<h2>Links</h2>"},
    ),
    Theme(
        name="by-hand",
        url="/writing/@SLUG@",
        page=_with('<a href="/writing">Writing</a>'),
        post="<h1>@TITLE@</h1><p><i>@SHORT@</i></p>@BODY@<p><a href='/writing'>← All writing</a></p>",
        item='<tr><td>@MD@</td><td><a href="@URL@">@TITLE@</a></td></tr>',
        listing="<h1>Writing</h1><h2>2021 and before</h2><table>@ITEMS@</table>",
        at="/writing",
        per=0,
        shows=frozenset({"day"}),
        sitemap=False,
        extra={"/": "<p>Hello. I <a href='/writing'>write</a>.</p>", "/about/": _ABOUT},
    ),
    Theme(
        name="names beside dates",
        author="",
        url="/posts/@SLUG@/",
        page=_with(""),
        post='<main><h1>@TITLE@</h1><ul class="about"><li><time datetime="@DAY@">@LONG@</time></li><li>@AUTHOR@</li>'
        "@TAGS@</ul>@BODY@</main>",
        item='<div><h2><a href="@URL@">@TITLE@</a></h2><time datetime="@DAY@">@LONG@</time></div>',
        tag='<li><a href="/tags/@TAG@/" class="post-tag">@TAG@</a>, </li>',
        shows=frozenset({"author", "day", "tags"}),
    ),
    Theme(
        name="portraits in a column",
        author="",
        url="/@YEAR@/@SLUG@/",
        page=_with(""),
        post='<div class="sidebar"><nav><a href="/">Back</a><div class="profile"><span><img src="/a.png" alt="@AUTHOR@"></span>'
        '<span class="profile-text"><strong>@AUTHOR@</strong><br>Walker</span></div><ul><li><time datetime="@DAY@">@LONG@'
        "</time></li><li>1 min read</li></ul></nav></div><article><nav>@TAGS@</nav><h1>@TITLE@</h1>@BODY@</article>",
        item='<article><div class="meta"><time datetime="@DAY@">@LONG@</time></div><h2><a href="@URL@">@TITLE@</a></h2>'
        '<p>@SUMMARY@</p><nav><a href="@URL@">Continue reading</a></nav></article>',
        shows=frozenset({"author", "day", "tags"}),
    ),
)  # fmt: skip
