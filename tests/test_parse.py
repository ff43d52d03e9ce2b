"""Bytes to text: by HTTP, BOM, meta, XML declaration, then by what the bytes look like."""

import pytest

from blogark import ReadError, parse
from blogark.model import Page

KOREAN = "오늘은 시장 골목에서 칼국수를 먹었다. 국물은 멸치로 내고 면은 손으로 밀었다. 뷁, 똠얌꿍."
JAPANESE = "夕方、縁側に座布団を三枚干しておいたら、近所の猫が一匹ずつ座っていた。"
RUSSIAN = "Вчера мы ходили на реку и ловили рыбу, а потом варили уху на костре."
CHINESE = "昨天下午我们去河边钓鱼，晚上在院子里煮了一锅汤。"
FRENCH = "Été à la plage : « déjà vu » – l'œuvre coûte 5 €."


def page(body: bytes, content_type: str = "text/html") -> Page:
    return Page("http://x.example/", body, {"content-type": content_type})


def html(text: str, meta: str = "") -> str:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    return f"<html><head>{head}<title>A title</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "encoding", "http", "meta"),
    [
        (KOREAN, "utf-8", "utf-8", ""),
        (KOREAN, "utf-8", "", ""),
        (KOREAN, "utf-8-sig", "", "euc-kr"),  # the BOM is right
        (KOREAN, "cp949", "euc-kr", ""),
        (KOREAN, "cp949", "", "euc-kr"),  # 뷁 and 똠 are in cp949 only
        (KOREAN, "cp949", "", "ks_c_5601-1987"),
        (KOREAN, "cp949", "", ""),
        (KOREAN, "cp949", "iso-8859-1", "euc-kr"),  # a server's default
        (KOREAN, "cp949", "utf-8", "euc-kr"),  # a server that is wrong
        (KOREAN, "utf-16", "", ""),
        (JAPANESE, "cp932", "", "Shift_JIS"),
        (JAPANESE, "cp932", "", "x-sjis"),
        (JAPANESE, "cp932", "", ""),
        (JAPANESE, "euc_jp", "", "euc-jp"),
        (JAPANESE, "euc_jp", "", ""),
        (CHINESE, "gb18030", "", "gb2312"),
        (CHINESE, "gb18030", "", ""),
        (RUSSIAN, "cp1251", "", "windows-1251"),
        (RUSSIAN, "cp1251", "", ""),
        (RUSSIAN, "koi8-r", "koi8-r", ""),
        (FRENCH, "cp1252", "", "iso-8859-1"),  # what Latin-1 always meant
        (FRENCH, "utf-8", "iso-8859-1", "utf-8"),
        (FRENCH, "utf-8", "nonsense-8", ""),
    ],
)
def test_charsets(text: str, encoding: str, http: str, meta: str) -> None:
    kind = f"text/html; charset={http}" if http else "text/html"
    tree = parse.tree(page(html(text * 3, meta).encode(encoding), kind))
    assert parse.words(tree.find("body")) == text * 3


def test_one_broken_byte_is_no_other_charset() -> None:
    body = html(KOREAN * 40, "utf-8").encode().replace("국물".encode(), "국물".encode() + b"\xff", 1)
    assert "칼국수" in parse.text(page(body)) and parse.text(page(body)).count("\ufffd") == 1


def test_xml_by_its_declaration() -> None:
    feed = f'<?xml version="1.0" encoding="euc-kr"?><feed><title>{KOREAN}</title></feed>'.encode("cp949")
    assert parse.xml(page(feed, "application/xml")).findtext("title") == KOREAN


def test_a_page_is_parsed_once() -> None:
    one = page(html("x").encode())
    assert parse.tree(one) is parse.tree(one) and parse.soup(one) is parse.soup(one)


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00"])
def test_an_empty_page_is_said(body: bytes) -> None:
    with pytest.raises(ReadError, match=r"x\.example.*empty"):
        parse.tree(page(body))


@pytest.mark.parametrize("body", [b"", b"plain words", b'{"json": 1}'])
def test_what_is_no_xml_is_said(body: bytes) -> None:
    with pytest.raises(ReadError, match="not XML"):
        parse.xml(page(body))


def test_what_is_no_json_is_said() -> None:
    for body in (b"", b"<html>", b"[" * 100_000):
        with pytest.raises(ReadError, match="not JSON"):
            parse.json(page(body))


def test_xml_is_mended_and_asks_for_nothing() -> None:
    entities = b'<!ENTITY x "ha"><!ENTITY y "&x;&x;"><!ENTITY f SYSTEM "file:///etc/passwd">'
    bomb = b"<!DOCTYPE a [" + entities + b"]><a>1\x00\x0b &y; &f;<b>2</a>"
    root = parse.xml(page(bomb))
    assert "1" in "".join(root.itertext()) and "root:" not in "".join(root.itertext())


@pytest.mark.parametrize("depth", [10, 300, 3_000, 100_000])
def test_no_word_is_lost_in_the_deep(depth: int) -> None:
    tree = parse.fragment("<div>" * depth + "in the deep" + "</div>" * depth + "<p>and after it</p>")
    assert parse.words(tree).replace(" ", "") == "inthedeepandafterit"
    assert all(sum(1 for _ in e.iterancestors()) <= 260 for e in tree.iter("div"))


def test_html_of_an_element_and_within_it() -> None:
    tree = parse.fragment("<p class='a'>One <b>two</b></p>tail")
    assert parse.html(tree[0]) == '<p class="a">One <b>two</b></p>'
    assert parse.html(tree[0], inner=True) == "One <b>two</b>"
    assert parse.html(parse.make("br"), inner=True) == ""


def test_dropping_keeps_what_follows() -> None:
    tree = parse.fragment("<p>a<b>x</b>b<i>y</i>c</p>")
    for name in ("b", "i"):
        parse.drop(next(tree.iter(name)))
    assert parse.html(tree, inner=True) == "<p>abc</p>"


def test_made_elements_hold_what_xml_may_hold() -> None:
    assert parse.html(parse.make("a", "x\x00\x1b[1m", href="/\x08")) == '<a href="/">x[1m</a>'
