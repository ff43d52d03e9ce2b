"""A template is learned from pages and what is known of their posts, and reads the pages that it has not seen."""

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from blogark import parse
from blogark.learn import learn
from blogark.model import plain, revive
from blogark.platforms import _contrast, _labels
from blogark.platforms._item import Item
from blogark.template import Fields, Key, Rule, Template, apply

AUTHORS = ("Ann Marlow", "Bo", "Ann Marlow", "Cy van Dyk", "Bo")
WORDS = "ferry quay gull lantern tide harbour rope cabin storm pilot anchor beacon".split()


def key(number: int) -> Key:
    """What is known of post `number`."""
    said = " ".join(WORDS[(number * 5 + n * 3) % 12] for n in range(30))
    return Key(
        title=f"On the {WORDS[number]} & the {WORDS[number + 1]}",
        author=AUTHORS[number % 5],
        published=datetime.fromisoformat(f"2020-05-{number + 10}T10:00:00+09:00"),
        html=f"<p>First {said}.</p><h2>Why {said[:9]}</h2> <p>Then {said[::-1]}.</p> <ul><li>{number} ropes</li></ul>",
        tags=tuple(WORDS[number : number + 1 + number % 3]),
        count=number % 4,
    )


Theme = Callable[[Key, int], str]


def escaped(key: Key) -> str:
    return key.title.replace("&", "&amp;")


def named(key: Key, number: int) -> str:
    """Every field has an element of its own with a name."""
    assert key.published
    tags = "".join(f"<li><a href='/tags/{tag}'>#{tag}</a></li>" for tag in key.tags)
    return f"""<html><head><title>{escaped(key)} | Quay notes</title></head><body>
      <header><h1 class=site><a href=/>Quay notes</a></h1></header>
      <main><article class="post x{number}77"><h1 class=title>{escaped(key)}</h1>
      <div class=about>by <a class="who">{key.author}</a> <time datetime="{key.published.isoformat()}">May
      {key.published.day}, 2020</time> <span class=talk>{key.count} comments</span></div>
      <div class="text"><nav id=toc><a href=#why>Why?!</a></nav>
        {key.html.replace("</h2>", " <a class=anchor href=#why>¶</a></h2>")}
        <div class="share">Tell your friends <a href=/s>there</a></div></div>
      <ul class=tags>{tags}</ul></article></main>
      <aside><h3>Tags</h3><a href=/tags/ferry>ferry</a><a href=/tags/rope>rope</a><p>Ann Marlow</p></aside>
      <footer>© Ann Marlow 2019</footer></body></html>"""


def in_lines(key: Key, number: int) -> str:
    """One line of words says author, day and count; the body has no element of its own."""
    assert key.published
    return f"""<html><body><div id=blog><div id=post><h2>{escaped(key)}</h2>
      <p class=line>Written by {key.author} | {key.published.day} May 2020 | {key.count} comments</p>
      {key.html}<div class=box><b>Ann Marlow</b> likes boats.</div></div></div>
      <p>All of it © Bo</p></body></html>"""


def samples(theme: Theme, numbers: range = range(5), **less: object) -> list[tuple[parse.Element, Key]]:
    return [(parse.document(theme(key(n), n)), replace(key(n), **less)) for n in numbers]  # type: ignore[arg-type]


def unseen(theme: Theme, template: Template, number: int = 8) -> Fields:
    return apply(template, parse.document(theme(key(number), number)))


def words(html: str) -> list[str]:
    return parse.words(parse.fragment(html.replace("</h2>", " </h2>"))).split()


def text(fields: Fields) -> str:
    assert fields.body is not None
    return parse.words(fields.body)


def test_what_is_named_is_read_where_it_is_named() -> None:
    read, known = unseen(named, learn(samples(named))), key(8)
    assert (read.title, read.author, read.published, read.count) == (
        known.title,
        known.author,
        known.published,
        known.count,
    )
    assert read.tags == known.tags
    assert text(read).split() == words(known.html)


def test_a_line_is_taken_apart() -> None:
    read, known = unseen(in_lines, learn(samples(in_lines))), key(8)
    assert (read.title, read.author, read.count) == (known.title, known.author, known.count)
    assert read.printed and read.printed.day == date(2020, 5, 18)
    assert text(read).split()[-20:] == words(known.html)[-20:]
    assert "Written by" not in text(read)


def test_a_template_says_how_far_it_was_borne_out() -> None:
    pages = samples(named)
    pages[2] = parse.document("<html><body><h1>Gone</h1></body></html>"), pages[2][1]
    rules = {rule.field: rule for rule in learn(pages).rules}
    assert (rules["title"].agreed, rules["title"].of) == (4, 5)
    assert (rules["body"].agreed, rules["body"].of) == (4, 5)


def test_a_template_is_strings() -> None:
    template = learn(samples(named))
    assert pickle.loads(pickle.dumps(template)) == template
    stored = json.loads(json.dumps(plain(template)))
    again = revive(Template, stored | {"rules": [revive(Rule, rule) for rule in stored["rules"]]})
    assert again == template


@pytest.mark.parametrize("field", ["title", "author", "published", "count", "tags", "html"])
def test_what_no_key_knows_is_not_learned(field: str) -> None:
    empty = getattr(Key(), field)
    template = learn(samples(named, **{field: empty}))
    assert template.rule("body" if field == "html" else field) is None
    assert len(template.rules) == 5


def test_what_holds_on_too_few_pages_is_not_believed() -> None:
    pages = [
        *samples(named, range(2)),
        *((tree, replace(k, author="Nobody")) for tree, k in samples(named, range(2, 8))),
    ]
    assert learn(pages).rule("author") is None


def test_one_page_teaches_nothing() -> None:
    assert learn(samples(named, range(1))).rules == ()


def test_a_date_told_in_utc_is_of_the_blogs_own_day() -> None:
    late = [(tree, replace(k, published=datetime.fromisoformat(f"2020-05-{n + 9:02}T23:30:00+00:00")))
            for n, (tree, k) in enumerate(samples(in_lines))]  # fmt: skip
    rule = learn(late).rule("published")
    assert rule and rule.agreed == 5


def test_no_element_that_a_post_might_use_is_dropped_by_its_kind() -> None:
    def with_menu(key: Key, number: int) -> str:
        return named(key, number).replace('"text">', '"text"><ul><li>Menu</li></ul>')

    template = learn(samples(with_menu))
    listed = parse.document(named(key(8), 8))
    assert text(apply(template, listed)).endswith("8 ropes")
    assert "Menu" not in text(unseen(with_menu, template))


def test_a_category_in_a_column_is_the_row_that_differs() -> None:
    page = "<ul><li><a href='/category/code/'>Categories</a></li></ul><div>in <a href='/category/{0}/'>{0}</a></div>"
    names, base = ["notes", "walks", "notes", "bread"], "https://quay.example/a"
    pages = [parse.fragment(f"<nav>{page.format(name)}</nav><article>x</article>") for name in names]
    column = _labels.column([(page, base) for page in pages])
    assert [_labels.filed(page, base, (), column) for page in pages] == [((), (name,)) for name in names]
    assert _labels.column([(page, base) for page in pages[:1] * 4]) is None


def test_a_few_topics_beside_dates_are_no_names() -> None:
    page = "<h1>T{0}</h1><p><time datetime='2011-05-0{0}'>then</time> <span class='{2}'>{1}</span></p>"
    names = ["Ann Marlow", "Bo Reed", "Ann Marlow", "Bo Reed", "Ann Marlow"]

    def read(kind: str, said: list[str]) -> tuple[str, ...]:
        trees = [parse.fragment(page.format(n, name, kind)) for n, name in enumerate(said, 1)]
        return _contrast.authors([(tree, Item(title=f"T{n}")) for n, tree in enumerate(trees, 1)])

    assert read("x", names) == tuple(names)
    assert read("post-category", names) == read("x", names[:1] * 5) == read("x", names[:3]) == ()
    assert read("x", ["News", "Recipes", "News", "Recipes", "News"]) == ()
