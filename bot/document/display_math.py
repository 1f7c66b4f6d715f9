"""Display math between double dollars, as a rule of markdown-it: with a label after it, and with blank lines inside."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from bot.document.directive_rules import line_of, push

LABEL = r"(?:\([^\s()$]+\)|\{#[^\s{}$]+\})"
"""What names a formula, after its closing dollars: ``(label)`` in MyST, ``{#label}`` in Quarto."""

CLOSED = re.compile(rf"(?P<body>.*?)\$\$[ \t]*{LABEL}?[ \t]*$")
"""A line that ends a formula."""

_LONGEST = 300
"""Lines of a formula, at most, so that dollars that nothing closes cost little (a guess; real ones have up to 60)."""

_COMMAND = re.compile(r"\\(?:(?:text\w*|mbox|operatorname|label|tag|begin|end)\*?[ \t]*\{[^{}]*\}|[A-Za-z]+|.)")
_PROSE = re.compile(r"[^\W\d_]{2}[.,;:]?[ \t]+[^\W\d_]{2}|(?:(?![\u0370-\u03ff])[^\W\d_\x00-\x7f]){2}|\]\(")
"""Two words next to each other, letters that are neither Latin nor Greek, or a link."""

_MARKUP = re.compile(r"#{1,6}[ \t]|```|~~~|:{3,}|\([\w:.-]+\)=|\|")


def math_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``$$ x $$``, on one line or several, alone on its lines but for a label.

    Blank lines may be within it only if its dollars stand alone and nothing in it looks like a sentence: dollars
    that nobody closed must not take the prose up to the next formula along.
    """
    if state.is_code_block(start):
        return False
    opening = line_of(state, start)
    if not opening.startswith("$$"):
        return False
    last = _last(state, start, end, opening[2:])
    if last and not silent:
        push(state, "math_block", start, last)
    return bool(last)


def _last(state: StateBlock, start: int, end: int, rest: str) -> int:
    """The line after the formula whose first line has ``rest`` after its dollars; 0 if there is no formula."""
    if rest.strip():
        if closed := CLOSED.match(rest):
            return start + 1 if closed["body"].strip() else 0
        if "$$" in rest:
            return 0
    blank = False
    for n in range(start + 1, min(end, start + _LONGEST)):
        line = line_of(state, n)
        if not line.strip():
            if rest.strip():
                return 0
            blank = True
        elif blank and state.sCount[n] < state.blkIndent:
            return 0
        elif CLOSED.match(line):
            return n + 1
        elif blank and _no_formula(line):
            return 0
    return 0


def _no_formula(line: str) -> bool:
    """Whether a line is a sentence or Markdown, not TeX."""
    return bool(_MARKUP.match(line) or _PROSE.search(_COMMAND.sub(" \\ ", line)))
