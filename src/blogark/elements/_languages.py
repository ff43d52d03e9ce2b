"""What a block of code says it is written in."""

import re

from ..parse import Element

_CLASS = re.compile(
    r"(?:^|\s)(?:lang(?:uage)?[-:](\S+)"
    r"|(?:highlight-source-|highlight-text-|brush:\s*|enlighter-l-|sourceCode\s+"
    r"|syntaxhighlighter\s+(?:nogutter\s+)?|highlight[ -](?!source-|text-|highlight))([\w+#.-]+))",
    re.I,
)
_SAYS = (
    "data-lang data-language data-enlighter-language data-code-language data-programming-language data-ke-language "
    "data-code-block-lang language"
).split()
# Found as a class of its own: <code class="hljs python">, <pre class="php">.
_KNOWN = frozenset(
    "actionscript asm assembly awk bash basic bat batch c clojure cmake cobol coffeescript cpp c++ csharp c# css d "
    "dart delphi diff dockerfile elixir elm erlang fortran fsharp go golang graphql groovy haskell html http ini java "
    "javascript js json jsx julia kotlin latex less lisp lua makefile markdown matlab nginx objc objectivec "
    "objective-c ocaml pascal perl php powershell ps1 prolog protobuf py python r rb ruby rust sass scala scheme scss "
    "sh shell sql swift tcl tex toml ts tsx typescript vb vbnet vbscript verilog vhdl vim vue xml yaml yml zsh".split()
)
_NONE = frozenset(
    "none text plain plaintext plain-text nohighlight no-highlight undefined default auto chroma notranslate "
    "highlighter-rouge line-numbers linenums hll table".split()
)
# <pre lang="php"> of WP-Syntax is a language, <pre lang="en"> is not: two letters may be either.
_SHORT = frozenset("js sh py rb cs vb go ts c r d".split())


def language(e: Element) -> str:
    """What a block of code, its box or the <code> in it says it is written in; '' when nothing."""
    for one in (e, *e.iter("code"), *list(e.iterancestors("div", "figure", "pre", "p", "td"))[:3]):
        if not one.attrib:
            continue
        classes = one.get("class", "")
        says = [one.get(name, "").lower() for name in _SAYS]
        says += [dashed or brush for dashed, brush in _CLASS.findall(classes)]
        says += [name for name in classes.split() if name.lower() in _KNOWN]
        lang = one.get("lang", "")
        if one.tag in ("pre", "code") and (len(lang) > 2 or lang in _SHORT):
            says.append(lang)
        for said in says:
            said = said.strip()
            if said and said.lower() not in _NONE and not said.startswith("hl-"):
                return said
    return ""


def is_language(word: str) -> bool:
    return word.strip().lower() in _KNOWN
