"""Markdown as a WordPress author's editors would hold it: blocks (since 2018), or the classic HTML before them."""

import json
import re
import uuid

from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

_MARKDOWN = MarkdownIt("commonmark").enable(["table"]).use(footnote_plugin)
_BLOCKS = {  # tag -> block, and the class that its element gets
    "p": ("paragraph", ""),
    "h2": ("heading", "wp-block-heading"),
    "h3": ('heading {"level":3}', "wp-block-heading"),
    "ul": ("list", ""),
    "ol": ('list {"ordered":true}', ""),
    "blockquote": ("quote", "wp-block-quote"),
    "pre": ("code", "wp-block-code"),
}


def classic(markdown: str) -> str:
    """As the classic editor keeps it: paragraphs are blank lines, the theme's filters make them p."""
    rendered = _MARKDOWN.render(markdown)
    rendered = re.sub(r"\n*</?section[^>]*>\n*", "\n", rendered)
    return re.sub(r"(?m)^<p>(.*?)</p>$", r"\1\n", rendered, flags=re.DOTALL | re.MULTILINE)


def blocks(markdown: str) -> tuple[str, str]:
    """The blocks, and the notes as JSON for the post's meta field `footnotes` ('' when there are none)."""
    tree = html.fragment_fromstring(_MARKDOWN.render(markdown), create_parent="div")
    notes = _notes(tree)
    made = [_block(child) for child in tree if child.tag != "hr"]
    if notes:
        made.append("<!-- wp:footnotes /-->")
    return "\n\n".join(filter(None, made)), json.dumps(notes, ensure_ascii=False) if notes else ""


def _notes(tree: html.HtmlElement) -> list[dict[str, str]]:
    """Footnotes taken out of the tree; their marks as WordPress writes them."""
    notes = []
    for mark in tree.xpath(".//sup[@class='footnote-ref']"):
        number = mark[0].get("href").removeprefix("#fn")
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{number} {mark.getparent().text_content()}"))
        (item,) = tree.xpath(f".//li[@id='fn{number}']")
        for back in item.xpath(".//a[@class='footnote-backref']"):
            back.drop_tree()
        notes.append({"id": key, "content": item.text_content().strip()})
        fresh = html.fragment_fromstring(
            f'<sup data-fn="{key}" class="fn"><a href="#{key}" id="{key}-link">{number}</a></sup>'
        )
        fresh.tail = mark.tail
        mark.getparent().replace(mark, fresh)
    for section in tree.xpath("./section"):
        section.drop_tree()
    return notes


def _block(element: html.HtmlElement) -> str:
    element.tail = None
    image = element.find(".//img")
    if element.tag == "p" and image is not None and not element.text_content().strip():
        inner = _text(element[0])
        return _wrapped("image", f'<figure class="wp-block-image size-large">{inner}</figure>')
    if element.tag == "table":
        return _wrapped("table", f'<figure class="wp-block-table">{_text(element)}</figure>')
    name, marked = _BLOCKS[element.tag]
    if marked:
        element.set("class", marked)
    return _wrapped(name, _text(element))


def _wrapped(name: str, inner: str) -> str:
    return f"<!-- wp:{name} -->\n{inner}\n<!-- /wp:{name.partition(' ')[0]} -->"


def _text(element: html.HtmlElement) -> str:
    return etree.tostring(element, method="html", encoding="unicode", with_tail=False).strip()
