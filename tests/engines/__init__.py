"""Blogs made by real engines from one content of our own, archived, and held against that content."""

from importlib import import_module
from pathlib import Path

from .site import Blog

ENGINES = {  # name -> module and function that builds it
    "pelican": "pelican.own_theme",
    "pelican-bare": "pelican.bare_theme",
    "nikola": "nikola.own_theme",
    "nikola-base": "nikola.base_theme",
    "hugo": "hugo.own_theme",
    "hugo-twins": "hugo.twins",
    "hugo-skeleton": "hugo.skeleton",
    "jekyll": "jekyll.minima",
    "mkdocs": "mkdocs.material",
    "eleventy": "node.eleventy",
    "astro": "node.astro",
    "hexo": "node.hexo",
    "next": "node.next_",
    "docusaurus": "node.docusaurus",
    "wordpress": "wordpress.rest",
    "wordpress-plain": "wordpress.plain",
    "wordpress-closed": "wordpress.closed",
    "wordpress-closed-blocks": "wordpress.closed_blocks",
}


def build(name: str, folder: Path) -> Blog:
    """The engine's blog, built in `folder` and served; Absent when the engine is not here."""
    module, _, function = ENGINES[name].partition(".")
    folder.mkdir(parents=True, exist_ok=True)
    blog: Blog = getattr(import_module(f".{module}", __package__), function)(folder)
    return blog
