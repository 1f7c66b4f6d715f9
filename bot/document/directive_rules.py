"""Admonitions and directives of all flavours as rules of markdown-it, and the helpers of such rules."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from bot.document.flavours import ADMONISH, ADMONITIONS, ALERT, CLOSING, DIRECTIVE, PROSE_CELL, opaque_directive

_OPTION = re.compile(r":[A-Za-z][\w-]*:(?=[ \t]|$)")


def line_of(state: StateBlock, n: int) -> str:
    """Line ``n`` without its indentation."""
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]]


def push(state: StateBlock, kind: str, start: int, end: int, info: str = "") -> None:
    """Adds a token for lines ``start`` to ``end``; the parser continues after them."""
    token = state.push(kind, "", 0)
    token.map, token.info = [start, end], info
    state.line = end


def nested(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Parses lines ``start`` to ``end`` as Markdown that is indented by ``indent`` columns more than their parent."""
    saved = state.lineMax, state.blkIndent, state.parentType
    state.lineMax, state.blkIndent = end, state.blkIndent + indent
    if indent:
        state.push("nested_open", "", 1)
        state.parentType = "root"
    state.md.block.tokenize(state, start, end)
    if indent:
        state.push("nested_close", "", -1)
    state.lineMax, state.blkIndent, state.parentType = saved
    state.line = end


def body_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """The line after an indented body that begins at ``start``: the one after its last line that is not blank."""
    last = start
    for n in range(start, end):
        if state.isEmpty(n):
            continue
        if state.sCount[n] < state.blkIndent + indent:
            break
        last = n + 1
    return last


def fence_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A fence whose body is Markdown: a directive, ``admonish``, a cell of prose. Its lines, options and parsed body.

    What nothing closes ends with the directive that it is in, or with the text; so does one of colons, whose closing
    line is a line of structure.
    """
    if state.is_code_block(start):
        return False
    line = line_of(state, start)
    if line[:3] not in ("```", "~~~", ":::"):
        return False
    opening = DIRECTIVE.match(line)
    if opening and opaque_directive(opening["name"]):
        return _opaque(state, start, end, opening["fence"], silent)
    opening = opening or ADMONISH.opening.match(line) or PROSE_CELL.opening.match(line)
    if not opening or (line[0] == "`" and "`" in line.lstrip("`")):  # code in a line of prose
        return False
    close = end if line[0] == ":" else _closing(state, start + 1, end, opening["fence"])
    if silent:
        return True
    push(
        state, "admonition", start, start + 1, opening.groupdict().get("name") or opening.groupdict().get("kind") or ""
    )
    _options(state, start + 1, close)
    if close < end:
        nested(state, state.line, close, 0)
        push(state, "directive", close, close + 1, "end")
    return True


def _opaque(state: StateBlock, start: int, end: int, fence: str, silent: bool) -> bool:
    """A colon fence around code or data; a fence of backticks is left to CommonMark."""
    if fence[0] != ":":
        return False
    close = _closing(state, start + 1, end, fence)
    if close == end:
        return False
    if not silent:
        push(state, "fence", start, close + 1, line_of(state, start).lstrip(":").strip())
    return True


def _closing(state: StateBlock, start: int, end: int, fence: str) -> int:
    """The line that closes a fence; ``end`` if none does, which is remembered for the fences that follow."""
    unclosed: set[tuple[str, int]] = state.env.setdefault("unclosed", set())
    if (fence, end) in unclosed:
        return end
    for n in range(start, end):
        text = line_of(state, n).rstrip()
        if text and not text.strip(fence[0]) and len(text) >= len(fence):
            return n
        if state.sCount[n] < state.blkIndent and not state.isEmpty(n):
            return end
    unclosed.add((fence, end))
    return end


def _options(state: StateBlock, start: int, end: int) -> None:
    """The options under the opening line of a directive: ``:key: value`` lines, or YAML between ``---``."""
    n = start
    if n < end and line_of(state, n).rstrip() == "---":
        close = next((k for k in range(n + 1, end) if line_of(state, k).rstrip() == "---"), -1)
        if close > 0:
            push(state, "directive", n, close + 1, "options")
        return
    while n < end and _OPTION.match(line_of(state, n)):
        push(state, "directive", n, n + 1, line_of(state, n).split(":")[1])
        n += 1


def admonition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Admonitions that are not fences: ``!!! note``, ``=== "Tab"``, ``/// note | Title``, ``::: tip Title``."""
    if state.is_code_block(start):
        return False
    line = line_of(state, start)
    if line[:3] not in ("!!!", "???", "===", "///", ":::"):
        return False
    if CLOSING.match(line):
        if not silent:
            push(state, "directive", start, start + 1, "end")
        return True
    found = next(((a, m) for a in ADMONITIONS if (m := a.opening.match(line))), None)
    if not found:
        return False
    if silent:
        return True
    syntax, match = found
    push(state, "admonition", start, start + 1, match["kind"].split()[0] if match["kind"] else syntax.name)
    if syntax.indented:
        last = body_end(state, start + 1, end, 4)
        if last > start + 1:
            nested(state, start + 1, last, 4)
    elif syntax.name == "block":
        options = start + 1
        while options < end and state.sCount[options] >= state.blkIndent + 4 and not state.isEmpty(options):
            options += 1
        if options > start + 1:
            push(state, "directive", start + 1, options, "options")
    return True


def alert_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The marker of an alert: ``[!NOTE]`` on the first line of a block quote."""
    if state.parentType != "blockquote" or not ALERT.opening.match(line := line_of(state, start)):
        return False
    if start and state.tokens and state.tokens[-1].type != "blockquote_open":
        return False
    if not silent:
        push(state, "admonition", start, start + 1, line[2 : line.index("]")].lower())
    return True
