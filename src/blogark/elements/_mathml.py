"""Presentation MathML as TeX, for formulas whose page kept no TeX."""

import re
from collections.abc import Callable
from unicodedata import name, normalize

from ..parse import Element, clean, make

_SIGNS = dict(zip(
    "αβγδεζηθικλμνξπρσςτυφχψωΓΔΘΛΞΠΣΥΦΨΩϕϵϑϱ",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma varsigma tau upsilon "
    "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega phi varepsilon vartheta "
    "varrho".split(), strict=True,
)) | dict(zip(
    "∑∏∫∬∮∞∂∇√±∓×÷⋅∘≤≥≠≈≡∼∝∈∉∋⊂⊃⊆⊇∪∩∅∀∃¬∧∨→←↔⇒⇐⇔⟹⟺↦⟶⟵…⋯⋮⋱ℓℏ∣∥⟨⟩⌊⌋⌈⌉⊕⊗⊥≪≫∗⋆′″",
    r"sum prod int iint oint infty partial nabla surd pm mp times div cdot circ le ge ne approx equiv sim propto in "
    r"notin ni subset supset subseteq supseteq cup cap emptyset forall exists neg land lor to leftarrow "
    r"leftrightarrow Rightarrow Leftarrow Leftrightarrow implies iff mapsto longrightarrow longleftarrow dots cdots "
    r"vdots ddots ell hbar mid parallel langle rangle lfloor rfloor lceil rceil oplus otimes perp ll gg ast star "
    r"prime prime\prime".split(), strict=True,
))  # fmt: skip
_UNSEEN = re.compile("[\u2061-\u2064\u200b\u00ad]")  # "function applied to", "times", …: marks that nobody sees
_ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "bar", "‾": "overline", "→": "vec", "⃗": "vec",
    "˙": "dot", ".": "dot", "¨": "ddot", "_": "overline", "―": "overline", "⏞": "overbrace", "⏟": "underbrace",
    "ˇ": "check", "`": "grave", "´": "acute", "⁀": "frown",
}  # fmt: skip
_VARIANTS = {"bold": "mathbf", "double-struck": "mathbb", "script": "mathcal", "fraktur": "mathfrak"}
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan log ln lg exp lim limsup liminf max min sup inf det "
    "dim ker deg gcd arg Pr hom".split()
)


def to_tex(formula: Element) -> str:
    """The formula in TeX, '' when there is nothing in it, or it is nested deeper than any formula is."""
    try:
        written = _row(formula)
    except RecursionError:
        return ""
    return re.sub(r" (?=[_^),.;])|(?<=[{(]) ", "", re.sub(r"\s+", " ", written)).strip()


def _row(e: Element) -> str:
    return " ".join(filter(None, map(_tex, e)))


def _tex(e: Element) -> str:
    tag = str(e.tag).rpartition(":")[2]
    return _WRITERS.get(tag, _row)(e)


def _arguments(e: Element) -> list[str]:
    """Its children, with as many empty ones as any reader asks for."""
    return [*map(_tex, e), "", "", ""]


def _letters(e: Element) -> str:
    return _UNSEEN.sub("", "".join(e.itertext()).strip())  # type: ignore[arg-type]  # the stubs allow for bytes


def _signs(text: str) -> str:
    found = "".join(
        f"\\{_SIGNS[c]} " if c in _SIGNS else "-" if c in "−–" else f"\\{c}" if c in "{}%#&$" else c for c in text
    )
    return found.strip()


def _identifier(e: Element) -> str:
    letters = _letters(e)
    if letters in _FUNCTIONS:
        return f"\\{letters}"
    if variant := _VARIANTS.get(e.get("mathvariant", "")):
        return f"\\{variant}{{{_signs(letters)}}}"
    return _signs(letters) if len(letters) < 2 or not letters.isascii() else f"\\mathrm{{{_signs(letters)}}}"


def _words(e: Element) -> str:
    words = re.sub(r"([{}%#&$_^])", r"\\\1", "".join(e.itertext()))  # type: ignore[arg-type]
    return f"\\text{{{words}}}" if words.strip() else "\\ " if words else ""


def _fraction(e: Element) -> str:
    above, below, *_ = _arguments(e)
    if re.match(r"0(?:\.0*)?(?:\D|$)", e.get("linethickness", "")):
        return f"\\genfrac{{}}{{}}{{0pt}}{{}}{{{above}}}{{{below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(e: Element) -> str:
    inner, index, *_ = _arguments(e)
    return f"\\sqrt[{index}]{{{inner}}}"


def _scripts(e: Element) -> str:
    """Below, above or both, by the element's name."""
    base, first, second, *_ = _arguments(e)
    below, above = ("", first) if e.tag in ("msup", "mover") else (first, second)
    if e.tag in ("mover", "munder") and (accent := _ACCENTS.get(_letters(e[-1]) if len(e) else "")):
        return f"\\{accent}{{{base}}}"
    base = base if re.fullmatch(r"\w|\\\w+|", base) or e.tag.endswith(("over", "under")) else f"{{{base}}}"
    return base + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")


def _fenced(e: Element) -> str:
    inner = e.get("separators", ",")[:1].join(map(_tex, e))
    return f"\\left{_signs(e.get('open', '('))}{inner}\\right{_signs(e.get('close', ')'))}"


def _matrix(e: Element) -> str:
    rows = [" & ".join(_row(cell) for cell in row) for row in e]
    return "\\begin{matrix} " + " \\\\ ".join(rows) + " \\end{matrix}"


_WRITERS: dict[str, Callable[[Element], str]] = {
    "mi": _identifier,
    "mn": lambda e: _signs(_letters(e)),
    "mo": lambda e: _identifier(e) if _letters(e).isalpha() else _signs(_letters(e)),
    "mtext": _words,
    "ms": _words,
    "mspace": lambda e: "",
    "mphantom": lambda e: "",
    "mfrac": _fraction,
    "msqrt": lambda e: f"\\sqrt{{{_row(e)}}}",
    "mroot": _root,
    **dict.fromkeys(["msub", "msup", "msubsup", "munder", "mover", "munderover"], _scripts),
    "mfenced": _fenced,
    "mtable": _matrix,
    "annotation": lambda e: "",
    "annotation-xml": lambda e: "",
}


# --- MathJax 3 and 4 draw the formula's MathML under other names: <mjx-msup>, in SVG <g data-mml-node="msup">

_NODES = {*_WRITERS, "mrow", "texatom", "mtr", "mlabeledtr", "mtd", "base", "over", "under", "root"}
_PLACES = {"base": 0.0, "over": 1.0, "under": -1.0, "root": 1.0}  # of wrappers; in SVG a shift says it
_SHIFT = re.compile(r"translate\([^,]*,\s*(-?\d+(?:\.\d+)?)")
_CODE = re.compile(r"\bmjx-c([0-9A-F]{2,5})\b")


def redrawn(drawing: Element) -> Element:
    """The MathML of a formula, from how MathJax drew it in CHTML or SVG."""
    formula = make("math")
    _redraw(drawing, formula)
    return formula


def _redraw(drawing: Element, into: Element) -> None:
    for e in drawing:
        node = (e.get("data-mml-node") or str(e.tag)).removeprefix("mjx-").lower()
        if node not in _NODES and (letters := _drawn(e)):
            into.text = (into.text or "") + letters
        elif node not in _NODES or (node == "munder" and into.tag == "munderover"):
            _redraw(e, into)
        else:
            _redraw(e, part := make(node if node.startswith("m") else "mrow", place=node, at=_height(e, node)))
            part[:] = _in_order(part)
            if part.text != "√" or into.tag not in ("msqrt", "mroot"):  # a root's sign is drawn with it
                into.append(part)


def _height(e: Element, node: str) -> str:
    shift = _SHIFT.search(e.get("transform", ""))
    return str(_PLACES.get(node, float(shift[1]) if shift else 0))


def _drawn(e: Element) -> str:
    """The letters that an element shows, by its class, number or text; italic ones as what they are."""
    codes = _CODE.findall(f"mjx-c{e.get('data-c', '')} {e.get('class', '')}")
    shown = "".join(chr(int(code, 16)) for code in codes) or ((e.text or "").strip() if not len(e) else "")
    return clean("".join(normalize("NFKC", c) if name(c, "").startswith("MATHEMATICAL ITALIC") else c for c in shown))


def _in_order(part: Element) -> list[Element]:
    """Base, what stands below, what stands above: as MathML has them, not as they are drawn."""
    parts = list(part)
    if part.tag not in ("msubsup", "munderover", "mover", "munder", "mroot") or len(parts) < 2:
        return parts
    base = next((e for e in parts if e.get("place") not in ("over", "under", "root")), parts[0])
    scripts = [e for e in reversed(parts) if e is not base]  # those of one height are drawn from the top
    return [base, *sorted(scripts, key=lambda e: float(e.get("at", "0")))]
