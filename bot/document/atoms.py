"""Atoms: the inline pieces of a text that are never translated, such as code, math, roles and link targets.

They are found in one left-to-right pass, so none lies inside another and masks can be restored in any
order: in `` [`nn.Linear`](url) `` the code span is one atom and ``(url)`` the next.

``PATTERNS`` is the table of them. A pattern stops where another of its kind would begin and never backtracks
(``++``), so that a pass takes time linear in the length of the text, whatever its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

_PRIVATE = "\ue000-\uf8ff"

Kind = Literal[
    "role",
    "code",
    "math",
    "target",
    "reference",
    "footnote",
    "citation",
    "address",
    "tag",
    "comment",
    "identifier",
    "attributes",
    "shortcode",
    "template",
    "expression",
    "emoji",
    "keys",
    "entity",
    "break",
    "private",
]
"""The kind of an atom, as named in ``PATTERNS``; a digit after the name distinguishes two patterns of a kind."""

_NAME = r"[A-Za-z][A-Za-z0-9_.:-]*"
_QUOTED = r"""(?:"[^"]*+"|'[^']*+')"""
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}"
"""Braces with up to two more levels of braces inside."""

_ATTRIBUTE = rf"(?:[#.][\w:./-]++|[A-Za-z_][\w:-]*+=(?:{_QUOTED}|[^\s\"'{{}}]++)|data-[\w-]++)"
_MATH_TEXT = r"[ -\[\]-~\u0370-\u03ff\u2190-\u22ff]"
"""The characters of a LaTeX formula, except the backslash."""
_NO_WORDS = r"(?![^$]{0,160}?(?<![\\A-Za-z])[A-Za-z]{2,}[.,;:]?[ \n]+[A-Za-z]{2})(?![^$]{0,160}?[\u0400-\ud7af]{2})"
"""Before the next dollar there are neither two words of a sentence nor letters of another script."""
_MATHS = r"[\^_={}+<>\d\\]"
_FIGURES = "fig|tbl|lst|sec|eq|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau"

PATTERNS: tuple[tuple[str, str], ...] = (
    # reStructuredText's roles in Dive into Deep Learning and MkDocs: :ref:`x`, with a domain too: :py:func:`x`
    ("role", r":(?:[A-Za-z][\w+.-]*:){1,3}`[^`]*`"),
    # Roles of MyST: {ref}`x`
    ("role2", r"\{[A-Za-z][\w:.+-]*\}`[^`]*`"),
    # Code span of CommonMark: as many backticks after it as before it
    ("code", r"(?<!`)(?P<_ticks>`++)(?:[^`]++|(?!(?P=_ticks)(?!`))`++)++(?P=_ticks)(?!`)"),
    # Formulas between dollars: display math inside a line, inline math, inline math written with spaces
    ("math", r"(?<!\\)\$\$(?:\\.|[^$\\])+\$\$"),
    ("math2", r"(?<![\\$])\$(?=[^\s$])(?:\\(?:.|\n)|[^$\\])*?(?<=\S)\$(?!\d)"),
    ("math3", r"(?<![\\$])\$[ ](?:\\.|[^$\\\n]){1,120}?[ ]\$(?!\d)"),
    # Formula between dollars with a space inside one of them, which must show that it is none: no words, a sign of TeX
    (
        "math6",
        rf"(?<![\w\\$])\${_NO_WORDS}(?=[^$]{{0,160}}?[\\_^=<>+{{]|[ ]?[A-Za-z]'?[ ]?\$)"
        r"(?:(?=\S)(?:\\(?:.|\n)|[^$\\]){1,160}?[ ]|[ ](?:\\(?:.|\n)|[^$\\]){1,160}?(?<=\S))\$(?![\w$])",
    ),
    # Formulas of LaTeX, \(x^2\), with two backslashes in mdBook. In CommonMark these are brackets, so no words inside.
    (
        "math4",
        r"(?<![\w\\])(?P<_slash>\\{1,2}+)\((?![^\\\n]*[A-Za-z]{2}[ ][A-Za-z]{2}|[A-Za-z]{3,}\\)"
        rf"(?:{_MATH_TEXT}|\\{{1,2}}+[^()\\\n])++(?P=_slash)\)",
    ),
    (
        "math5",
        rf"(?<![\w\\])(?P<_slash2>\\{{1,2}}+)\[(?![\w ,.-]+\\{{1,2}}\])(?=[^\]\n]{{0,80}}?{_MATHS})"
        r"(?![^\\\n]*[A-Za-z]{2}[ ][A-Za-z]{2})"
        rf"(?:{_MATH_TEXT}|\\{{1,2}}+[^\[\]\\\n])++(?P=_slash2)\]",
    ),
    # Target of a link or an image
    ("target", r"""(?<=\])\(\s*+<[^<>\n]*+>(?:\s++(?:"[^"]*+"|'[^']*+'))?+\s*+\)"""),
    ("target2", r"""(?<=\])\((?:[^()\s]++|\([^()\s]*+\))*+(?:\s++(?:"[^"]*+"|'[^'()]*+'))?+\s*+\)"""),
    # Heading ids as written by Hugging Face, # Title[[id]], and React, # Title {/*id*/}
    ("identifier", r"\[\[[\w.-]++\]\](?=\s*+\Z)|\{/\*[\w.-]++\*/\}"),
    # Footnote mark
    ("footnote", r"\[\^[^\]\[\s]+\]"),
    # Citations of Pandoc and Quarto: [@a; -@b, p. 3]; and references to figures and people: @fig-x
    ("citation", r"\[(?=-?@[\w{])[^\[\]\n]++\](?![(\[:])"),
    ("citation2", rf"(?<![\w.@/+\\])@(?:(?:{_FIGURES})-[\w-]*\w|[A-Za-z0-9_](?:[A-Za-z0-9_:/.-]*[A-Za-z0-9_])?)"),
    # Label of a reference link: [text][label]
    ("reference", r"(?<=[^\s\[(]\])\[[^\]\n]*\]"),
    # Autolinks of CommonMark: URLs and e-mail addresses
    ("address", r"<(?:https?|ftp|mailto|tel):[^<>\s]+>|<[^<>\s@/\"'=]++@[^<>\s@]++>"),
    # Comments of HTML, of MDX and of templates
    ("comment", r"<!--(?:[^<-]++|-(?!->)|<(?!!--))*+-->"),
    ("comment2", r"\{/\*(?:[^*{]++|\*(?!/\})|\{(?!/\*))*+\*/\}"),
    # Tags of HTML, JSX, Vue and Svelte, whose attributes may hold > in quotes or braces; then anything like a tag
    ("tag", rf"</?[A-Za-z][\w.:-]*+(?:[^<>\"'{{}}]++|{_QUOTED}|{_BRACES})*+>|</?>"),
    ("tag2", r"</?[A-Za-z][^<>]*>"),
    # Shortcodes of Hugo and Quarto: {{< name >}}, {{% name %}}
    ("shortcode", r"\{\{[<%](?:[^{}<>%]++|[<>%](?!\}\})|\{(?!\{)|\}(?!\}))*+[>%]\}\}"),
    # Liquid, Jinja, Vue, Handlebars, MyST, mdBook: {{ name }}, {% name %}, {# remark #}, {* remark *}
    ("template", r"\{\{\{?(?:[^{}]++|\{(?!\{)|\}(?!\}))*+\}\}\}?"),
    ("template2", r"\{%(?:[^%{]++|%(?!\})|\{(?!%))*+%\}"),
    ("template3", r"\{\#\s(?:[^\#{]++|\#(?!\})|\{(?!\#))*+\#\}|\{\*\s(?:[^*{]++|\*(?!\})|\{(?!\*))*+\*\}"),
    # Svelte: {#if x}, {:else}, {/if}, {@html x}
    (
        "template4",
        r"\{(?:\#(?:if|each|await|key|snippet)\s|[:/](?:if|else|each|await|then|catch|key|snippet)(?![\w-])"
        r"|@(?:html|render|const|debug)\s)[^{}\n]*+\}",
    ),
    # Heading ids and lists of attributes: {#id}, {.class key="v"} of Pandoc, {: .x} of kramdown, {width=50%}
    ("identifier2", r"\{\#[\w:./-]++\}"),
    ("attributes", rf"\{{:?\s*+{_ATTRIBUTE}(?:\s++{_ATTRIBUTE})*+\s*+\}}|\{{:\s?[^{{}}\n]*+\}}|\{{-\}}"),
    # Expressions of JSX and Svelte: {name}, {props.name}, {" "}; words between braces are not atoms
    ("expression", rf"(?<![\w\\^}}])\{{(?:[A-Za-z_][\w.]*+(?:\(\))?|\s*+{_QUOTED}\s*+)\}}"),
    # Emoji codes: :smile:, :+1:; but nothing in 10:30:00
    ("emoji", r"(?<![A-Za-z0-9_:]):(?:[a-z][a-z0-9_+-]*|[+-]1|100|1234|8ball):(?![A-Za-z0-9_:`])"),
    # Keys in Material for MkDocs: ++ctrl+c++
    ("keys", r"(?<![\w+])\+\+[a-z0-9](?:[\w-]|\+(?!\+))*+\+\+(?![\w+])"),
    # Bare address
    ("address2", r"https?://[!-'*-;=?-Z\\^-~]*[\w/]"),
    # Entity of HTML
    ("entity", r"&(?:\#\d+|\#x[\da-fA-F]+|\w+);"),
    # Hard break: two spaces or a backslash at the end of a line
    ("break", r"(?<![ ])[ ]{2,}+\n|(?<!\\)\\\n"),
    # Would be mistaken for a mask
    ("private", rf"[{_PRIVATE}]"),
)

_START = (
    rf"(?=[${{{_PRIVATE}]|`(?<!``)|\((?<=\]\()|\[(?:\[[\w.-]|[\^@-]|(?<=\]\[))|<[^<\s@\"'=]|:[A-Za-z0-9+-]|@[A-Za-z0-9_]"
    r"|&[#\w]|\\(?:\n|(?<![\w\\]\\)[\\(\[])|\+\+(?<![\w+]\+\+)[a-z0-9]|http|[ ]{2})"
)
"""The first characters of the patterns: rules out nearly every position quickly."""

ATOM = re.compile(_START + "(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS) + ")")
"""An inline piece that must not be translated."""


SLIDE = re.compile(r"[\[(](?:\*\*|~~)|(?:\*\*|~~)[\])]")
"""Markup of slides in Dive into Deep Learning: ``[**…**]``, ``(**…**)``, ``[~~…~~]``, ``(~~…~~)``."""


@dataclass(frozen=True)
class Masked:
    """Text with each atom replaced by one private-use character; ``atoms`` in order, and their kinds."""

    text: str
    atoms: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def restore(self, text: str | None = None) -> str:
        """``text`` (a translation, in which atoms may have moved) with its masks turned back into atoms.

        Raises KeyError for an unknown mask.
        """
        known = {chr(0xE000 + i): atom for i, atom in enumerate(self.atoms)}
        return re.sub(f"[{_PRIVATE}]", lambda m: known[m[0]], self.text if text is None else text)


def kind(match: re.Match[str]) -> Kind:
    """The kind of a match of ``ATOM``."""
    return cast(Kind, (match.lastgroup or "").rstrip("0123456789"))


@lru_cache(maxsize=4096)  # a sentence is asked for many times in a row
def _places(text: str) -> tuple[tuple[Kind, int, int], ...]:
    """The atoms of ``text`` in order: the kind of each, and where it starts and ends."""
    return tuple((kind(m), *m.span()) for m in ATOM.finditer(text))


def mask(text: str) -> Masked:
    """Replaces up to 6,400 atoms of ``text``; the rest stay as they are."""
    if not (found := _places(text)[:6400]):
        return Masked(text, (), ())
    rest = _between(text, found)
    masked = rest[0] + "".join(chr(0xE000 + n) + part for n, part in enumerate(rest[1:]))
    return Masked(masked, tuple(text[a:b] for _, a, b in found), tuple(kind for kind, _, _ in found))


def atoms(text: str) -> tuple[str, ...]:
    """The atoms of ``text`` in order, without the white space inside math."""
    return tuple(plain_atom(text[a:b]) for _, a, b in _places(text))


def kinds(text: str) -> Iterator[tuple[Kind, str]]:
    """The atoms of ``text`` in order, as ``atoms`` returns them, each with its kind."""
    return ((kind, plain_atom(text[a:b])) for kind, a, b in _places(text))


def apart(text: str) -> tuple[list[str], str]:
    """The atoms of ``text`` in order, and ``text`` with a space in place of each."""
    if not (found := _places(text)):
        return [], text
    return [text[a:b] for _, a, b in found], " ".join(_between(text, found))


def _between(text: str, found: Sequence[tuple[Kind, int, int]]) -> list[str]:
    """What is before, between and after these atoms."""
    edges = [0, *(edge for _, *span in found for edge in span), len(text)]
    return [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def plain_atom(atom: str) -> str:
    """An atom in the form used for comparison: white space inside math is ignored."""
    if atom.endswith("\n"):
        return "\\\n" if atom[0] == "\\" else "  \n"
    return ("" if atom.startswith("$") else " ").join(atom.split())
