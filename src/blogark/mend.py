"""Markup that lxml would read otherwise than browsers do, mended before it is read."""

import re

_AROUND = re.compile(rb"<(b|strong|i|em|h[1-6])(?:\s[^<>]*)?>\s*<p[\s>]", re.I)
_P = re.compile(rb"<(/?)p(?=[\s>])", re.I)


def mend(data: bytes) -> bytes:
    """Paragraphs right within a style or heading, as divs: before paragraphs libxml2 ends both, and they are lost."""
    parts: list[bytes] = []
    ends: dict[bytes, list[int]] = {}  # of the tags of a name, the last first
    done = looked = 0
    for found in _AROUND.finditer(data):
        start, name = found.start(1), found[1].lower()
        if name not in ends:
            ends[name] = [end.start() for end in re.finditer(rb"</%b\s*>" % name, data, re.I)][::-1]
        while ends[name] and ends[name][-1] < start:
            ends[name].pop()
        if start < looked or not ends[name]:
            continue
        looked = ends[name][-1]
        inner = data[start:looked]
        if sum(-1 if p[1] else 1 for p in _P.finditer(inner)) == 0:
            parts += [data[done:start], _P.sub(rb"<\1div", inner)]
            done = looked
    return b"".join([*parts, data[done:]])
