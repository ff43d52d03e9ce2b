"""What the WordPress blogs say beside the posts that every engine has: a diary, oddities of its editors, comments."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from .content import POSTS, Told
from .site import Remark
from .words import SENTENCES

ZONE = ZoneInfo("Asia/Seoul")
Said = dict[str, object]  # a comment as the seed wants it


def _diary() -> tuple[Told, ...]:
    """Short posts, so that there are more than an answer of the interface holds."""
    made = []
    start = datetime(2019, 1, 1, 8, 0, tzinfo=ZONE)
    for n in range(84):
        lang, author = (("ko", "hana"), ("en", "mary"), ("ja", "kenji"), ("de", "jurgen"))[n % 4]
        title = SENTENCES[lang][n % 15].replace("#", str(n)).rstrip(".。")
        recipe = ("pp", "pip", "phlp", "pqp", "pmp", "ptp")[n % 6]
        moment = start + timedelta(days=13 * n, minutes=7 * n)
        made.append(
            Told(f"diary-{n}", f"{title} ({n})", lang, author, moment, "Diary", (f"walk {n % 9}", "산책"), recipe)
        )
    return tuple(made)


DIARY = _diary()
PHOTOS = tuple(f"photo-{n}.png" for n in range(1, 6))
AT = datetime(2023, 4, 5, 6, 7, 8, tzinfo=ZONE)
SPECIAL: dict[str, tuple[str, str]] = {  # slug -> what the editor holds, and what it says, as Markdown
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
ODD = tuple(
    Told(slug, title, "en", "mary", AT + timedelta(days=n), "Notes", ("odd",), "p")
    for n, (slug, title) in enumerate(
        zip(SPECIAL, ("A Caption", "A Gallery", "Another Gallery", "Cut Short", "Two Pages"), strict=True)
    )
)
ALL = (*POSTS, *DIARY, *ODD)


def made_remarks() -> dict[str, list[Said]]:
    """Comments by slug: threads three deep, one post with many, one not approved."""
    chance, made = Random("remarks"), {}
    for n, post in enumerate(ALL[::3]):
        count = 23 if n == 5 else n % 5
        said = []
        for k in range(count):
            text = f"{chance.choice(SENTENCES[post.lang]).replace('#', str(k))} {post.slug} {k}"
            parent = k - 1 if k % 4 in (1, 2) else None
            at = post.moment + timedelta(hours=k + 1)
            said.append({"author": f"Reader {k % 7}", "text": text, "parent": parent, "approved": 1, **dates(at)})
        if n % 7 == 1:
            at = post.moment + timedelta(days=9)
            said.append({"author": "Spam", "text": "Zqspam", "parent": None, "approved": 0, **dates(at)})
        made[post.slug] = said
    return made


def told_remarks(said: list[Said]) -> tuple[Remark, ...]:
    texts = [str(one["text"]) for one in said]
    return tuple(
        Remark(str(one["author"]), str(one["text"]), "" if one["parent"] is None else texts[int(str(one["parent"]))])
        for one in said
        if one["approved"]
    )


def dates(at: datetime) -> dict[str, str]:
    return {
        "date": f"{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}",
        "date_gmt": f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
    }
