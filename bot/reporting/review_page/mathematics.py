"""LaTeX as MathML, which browsers show without a script; nothing of a book reaches the page but known elements."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LONGEST = 1_500
"""Code points of the longest formula that is converted; longer ones are shown as they are written (a guess)."""

DEEPEST = 100
"""Elements inside each other; browsers give up after some hundreds, and Python according to its version (a guess)."""

_ELEMENTS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup munder "
    "mover munderover mmultiscripts mprescripts mtable mtr mtd menclose".split()
)

_VALUE = re.compile(r"[A-Za-z-]{1,20}|-?\d{0,2}(?:\.\d{1,4})?(?:em|ex|px|%)?")
_ATTRIBUTES = frozenset(
    "display stretchy fence form separator movablelimits mathvariant linethickness accent accentunder minsize maxsize "
    "displaystyle scriptlevel notation width columnalign columnspacing rowspacing lspace rspace".split()
)

_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    # The converter knows the environment for several equations, but not its relatives inside one.
    (re.compile(r"\\(begin|end)\{(?:aligned|alignedat|split|gathered|gather\*?|eqnarray\*?)\}"), r"\\\1{align*}"),
    (re.compile(r"\\(?:label|eqlabel|tag\*?)\{[^{}]*\}|\\(?:nonumber|notag)\b"), ""),
)


@lru_cache(maxsize=4_096)
def mathml(latex: str, display: bool = False) -> Markup | None:
    """A formula without its dollars as a MathML element; None if it cannot be shown so."""
    if len(latex) > LONGEST:
        return None
    from latex2mathml.converter import convert_to_element

    for pattern, text in _SAME:
        latex = pattern.sub(text, latex)
    try:
        found = convert_to_element(latex, display="block" if display else "inline")
        return Markup(_markup(found))
    except Exception:  # The converter has errors of many kinds for LaTeX that it does not know.
        return None


class _Unknown(Exception):
    """A formula with a command or an element that is not known."""


def _markup(element: Element, depth: int = 0) -> str:
    """An element with its children. The converter leaves texts as entities, and those of a book as they are."""
    text = html.unescape(element.text or "")
    if (
        depth > DEEPEST
        or element.tag not in _ELEMENTS
        or text.startswith("\\")
        or (element.tag == "mi" and text == "&")
    ):
        raise _Unknown
    found = {k: v for k, v in element.attrib.items() if k in _ATTRIBUTES and _VALUE.fullmatch(v)}
    attributes = "".join(f' {k}="{v}"' for k, v in found.items())
    inside = "".join(_markup(child, depth + 1) for child in element)
    return f"<{element.tag}{attributes}>{escape(text)}{inside}</{element.tag}>"
