"""What flavours add to the blocks of CommonMark, as rules of markdown-it.

A rule claims whole lines and parses the Markdown inside with the parser itself. Tokens: ``front_matter``,
``math_block`` and ``amsmath``, ``directive`` (a line of structure), ``admonition`` (the opening line of one),
``caption`` (a caption, a footnote, a definition), ``module`` (code of MDX), ``html_block``. ``nested_open`` and
``nested_close`` stand round an indented body.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.document import front_matter
from bot.document.flavours import (
    ADMONISH,
    ADMONITIONS,
    ALERT,
    CLOSING,
    DIRECTIVE,
    HABITS,
    OPAQUE_SHORTCODES,
    opaque_directive,
)
from bot.document.markup import MARK

INLINE_ROLES = frozenset(
    ["numref", "ref", "eqref", "cite", "citet", "citep", "doc", "term", "math", "cmd", "mdl", "class", "func"]
)
_ROLE_LINE = re.compile(r":([A-Za-z_][\w-]*):[ \t]*(?:`[^`]*`[ \t]*)?$")
_OPTION_LINE = re.compile(r":(begin|end)_\w+:|:(label|eqlabel|width|height|name|align|figclass|class):[ \t`]")
_OPTION = re.compile(r":[A-Za-z][\w-]*:(?=[ \t]|$)")
_REFERENCE = re.compile(r"\[(?!\^)(?:[^\]\\]|\\.)+\]:[ \t]*(\S?)")
_TITLE = re.compile(r"\"[^\"]*\"$|'[^']*'$|\([^()]*\)$")
_TARGET = re.compile(r"\([\w:.-]+\)=[ \t]*$")
_CAPTION = re.compile(r":(?![:\s]*$)(?!:)(?![A-Za-z_][\w-]*:)[ \t]*(?=\S)")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]:[ \t]+(?=\S)")
_BREAK = re.compile(r"\+\+\+(?:[ \t].*)?$")
_MODULE = re.compile(
    r"(?:import\s+(?:[\w*{][^'\"]*?\sfrom\s+)?['\"]|import\s+[\w*{,\s]+$|export\s+(?:const|let|var|default|function|async|class|\{|\*))"
)
_DECLARED = re.compile(r"import\b.*['\"]|export\s.*[=({]")
_ENCLOSING = re.compile(
    r"(?:\{\{[<%]\s*(?P<shortcode>\w+)|\{%-?\s*(?P<tag>\w+))(?:\s+(?P<language>\w+))?[^{}]*\}+[ \t]*$"
)
_TAG = re.compile(r"</?[A-Za-z][\w.:-]*$|<[A-Za-z][\w.:-]*[\s]")


def _line(state: StateBlock, n: int) -> str:
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]]


def _push(state: StateBlock, kind: str, start: int, end: int, info: str = "") -> None:
    token = state.push(kind, "", 0)
    token.map, token.info = [start, end], info
    state.line = end


def _nested(state: StateBlock, start: int, end: int, indent: int) -> None:
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


def _body_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """The line behind an indented body that begins at ``start``: behind its last line that is not blank."""
    last = start
    for n in range(start, end):
        if state.isEmpty(n):
            continue
        if state.sCount[n] < state.blkIndent + indent:
            break
        last = n + 1
    return last


def _matter_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Front matter in TOML (``+++``) or JSON, on the first line only."""
    count = front_matter.other_front_matter(state.src) if start == 0 else 0
    if not count:
        return False
    if not silent:
        _push(state, "front_matter", 0, count)
    return True


_DOLLARS = math_block_dollar(allow_labels=False)


def _math_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The plugin's display math; it leaves tokens behind even when only asked whether it would match."""
    tokens, line = len(state.tokens), state.line
    found = _DOLLARS(state, start, end, silent)
    if silent:
        del state.tokens[tokens:]
        state.line = line
    return found


def _fence_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A directive in a fence, or ``admonish``, whose body is Markdown: its lines, its options, and the body parsed."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if line[:3] not in ("```", "~~~", ":::"):
        return False
    opening = DIRECTIVE.match(line)
    if opening and opaque_directive(opening["name"]):
        return _opaque(state, start, end, opening["fence"], silent)
    opening = opening or ADMONISH.opening.match(line)
    if not opening:
        return False
    close = end if line[0] == ":" else _closing(state, start + 1, end, opening["fence"])
    if line[0] != ":" and close == end:
        return False
    if silent:
        return True
    _push(
        state, "admonition", start, start + 1, opening.groupdict().get("name") or opening.groupdict().get("kind") or ""
    )
    _options(state, start + 1, close)
    if line[0] != ":":
        _nested(state, state.line, close, 0)
        _push(state, "directive", close, close + 1, "end")
    return True


def _opaque(state: StateBlock, start: int, end: int, fence: str, silent: bool) -> bool:
    """A colon fence round code or data; one of backticks is left to CommonMark."""
    if fence[0] != ":":
        return False
    close = _closing(state, start + 1, end, fence)
    if close == end:
        return False
    if not silent:
        _push(state, "fence", start, close + 1, _line(state, start).lstrip(":").strip())
    return True


def _closing(state: StateBlock, start: int, end: int, fence: str) -> int:
    for n in range(start, end):
        text = _line(state, n).rstrip()
        if text and not text.strip(fence[0]) and len(text) >= len(fence):
            return n
        if state.sCount[n] < state.blkIndent and not state.isEmpty(n):
            break
    return end


def _options(state: StateBlock, start: int, end: int) -> None:
    """The options under the opening line of a directive: ``:key: value`` lines, or YAML between ``---``."""
    n = start
    if n < end and _line(state, n).rstrip() == "---":
        close = next((k for k in range(n + 1, end) if _line(state, k).rstrip() == "---"), -1)
        if close > 0:
            _push(state, "directive", n, close + 1, "options")
        return
    while n < end and _OPTION.match(_line(state, n)):
        _push(state, "directive", n, n + 1, _line(state, n).split(":")[1])
        n += 1


def _admonition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Admonitions that are no fences: ``!!! note``, ``=== "Tab"``, ``/// note | Title``, ``::: tip Title``."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if line[:3] not in ("!!!", "???", "===", "///", ":::"):
        return False
    if CLOSING.match(line):
        if not silent:
            _push(state, "directive", start, start + 1, "end")
        return True
    found = next(((a, m) for a in ADMONITIONS if (m := a.opening.match(line))), None)
    if not found:
        return False
    if silent:
        return True
    syntax, match = found
    _push(state, "admonition", start, start + 1, match["kind"].split()[0] if match["kind"] else syntax.name)
    if syntax.indented:
        last = _body_end(state, start + 1, end, 4)
        if last > start + 1:
            _nested(state, start + 1, last, 4)
    elif syntax.name == "block":
        options = start + 1
        while options < end and state.sCount[options] >= state.blkIndent + 4 and not state.isEmpty(options):
            options += 1
        if options > start + 1:
            _push(state, "directive", start + 1, options, "options")
    return True


def _alert_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The marker of an alert: ``[!NOTE]`` on the first line of a block quote."""
    if state.parentType != "blockquote" or not ALERT.opening.match(line := _line(state, start)):
        return False
    if start and state.tokens and state.tokens[-1].type != "blockquote_open":
        return False
    if not silent:
        _push(state, "admonition", start, start + 1, line[2 : line.index("]")].lower())
    return True


def _directive_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is structure by itself: ``:label:`x```, ``:end_tab:``, ``[x]: url``, ``(x)=``, ``% note``."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if not line or line[0] not in ":[(+%":
        return False
    last = start + 1
    role = _ROLE_LINE.match(line)
    if role and role[1] not in INLINE_ROLES:
        name = role[1]
    elif (option := _OPTION_LINE.match(line)) or re.match(r":{3,}", line) or _TARGET.match(line):
        name = option[0].strip(":` \t") if option else ""
    elif found := _REFERENCE.match(line):
        name, last = "reference", _reference_end(state, start, end, bool(found[1]))
        if last == start:
            return False
    elif _BREAK.match(line):
        name = "break"
    elif line.startswith("% ") and "percent comments" in HABITS.get(state.env.get("flavour", ""), ()):
        name = "comment"
    else:
        return False
    if not silent:
        _push(state, "directive", start, last, name)
    return True


def _reference_end(state: StateBlock, start: int, end: int, addressed: bool) -> int:
    """The line behind the definition of a link; ``start`` where it is none. Address and title may have their lines."""
    n = start + 1
    if not addressed:
        if n >= end or state.isEmpty(n) or len(_line(state, n).split()) != 1 or _REFERENCE.match(_line(state, n)):
            return start
        n += 1
    return n + 1 if n < end and not state.isEmpty(n) and _TITLE.match(_line(state, n).rstrip()) else n


def _caption_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``:Caption``, ``: definition`` and ``[^1]: note`` with their indented lines and paragraphs."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    note = bool(_FOOTNOTE.match(line))
    if not note and not (line.startswith(":") and _CAPTION.match(line)):
        return False
    if silent:
        return True
    indent = 4 if note or not (spaced := re.match(r":[ \t]+", line)) else min(4, len(spaced[0]))
    last = start + 1
    least = state.blkIndent + (0 if note else min(indent, 2))
    while last < end and not state.isEmpty(last) and state.sCount[last] >= least:
        if any(rule(state, last, end, True) for rule in _terminators(state)):
            break
        last += 1
    _push(state, "caption", start, last)
    inside = _body_end(state, last, end, indent)
    if inside > last and (note or line[1:2] in (" ", "\t")):
        _nested(state, last, inside, indent)
    return True


def _terminators(state: StateBlock):  # type: ignore[no-untyped-def]
    return state.md.block.ruler.getRules("paragraph")


def _module_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``import`` and ``export`` of MDX, up to where its brackets are balanced."""
    line = _line(state, start)
    if line[:7] not in ("import ", "export ") or state.blkIndent or state.tShift[start] or not _MODULE.match(line):
        return False
    if "expressions" not in HABITS.get(state.env.get("flavour", ""), ()) and not _DECLARED.match(line):
        return False
    depth, n = 0, start
    while n < end:
        bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", _line(state, n))
        depth += sum(bare.count(c) for c in "({[") - sum(bare.count(c) for c in ")}]")
        n += 1
        if depth <= 0 and (n == end or state.isEmpty(n) or _MODULE.match(_line(state, n))):
            break
    if depth > 0:
        return False
    if not silent:
        _push(state, "module", start, n)
    return True


def _tag_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A tag whose attributes run over lines, a comment in braces, a drawing: up to where it ends."""
    if state.is_code_block(start):
        return False
    line = _line(state, start)
    if line[:1] not in "<{" or not line:
        return False
    if line[0] == "{" and not line.startswith(("{/*", "{{<", "{{%", "{%")):
        return False
    if line[0] == "<" and not (line.startswith("<svg") or (_TAG.match(line) and ">" not in line)):
        return False
    if line[0] == "{" and re.search(r"\}[ \t]*$", line):
        return False
    at = state.bMarks[start] + state.tShift[start]
    stop = state.bMarks[min(end, start + 400)] if start + 400 < end else state.eMarks[end - 1]
    found = MARK.match(state.src, at, stop)
    if not found or found["code"]:
        return False
    last = start
    while last < end and state.eMarks[last] < found.end():
        last += 1
    if last == start and not line.startswith("<svg"):
        return False
    if last >= end or state.src[found.end() : state.eMarks[last]].strip():
        return False
    if not silent:
        _push(state, "html_block", start, last + 1)
    return True


def _shortcode_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A shortcode or template tag round code, each on lines of their own."""
    found = None if state.is_code_block(start) else _ENCLOSING.match(_line(state, start))
    if not found or (found["shortcode"] or found["tag"]) not in OPAQUE_SHORTCODES:
        return False
    name = found["shortcode"] or found["tag"]
    closing = re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}|\{{%-?\s*end{name}\s*-?%\}}")
    close = next((n for n in range(start + 1, end) if closing.match(_line(state, n))), start)
    if close == start:
        return False
    if not silent:
        _push(state, "fence", start, close + 1, found["language"] or name)
    return True


_RULES = {
    "$": (_math_rule,),
    "`": (_fence_rule,),
    "~": (_fence_rule,),
    ":": (_fence_rule, _admonition_rule, _directive_rule, _caption_rule),
    "[": (_alert_rule, _directive_rule, _caption_rule),
    "(": (_directive_rule,),
    "+": (_directive_rule,),
    "%": (_directive_rule,),
    "!": (_admonition_rule,),
    "?": (_admonition_rule,),
    "=": (_admonition_rule,),
    "/": (_admonition_rule,),
    "<": (_tag_rule,),
    "{": (_shortcode_rule, _tag_rule),
}
"""The rules by the character that a line of theirs starts with: most lines need none of them."""


def _flavour_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    rules = _RULES.get(state.src[at]) if at < state.eMarks[start] else None
    return rules is not None and any(rule(state, start, end, silent) for rule in rules)


@lru_cache(maxsize=4)
def parser(underlined: bool, indented_code: bool) -> MarkdownIt:
    """A parser for texts with or without underlines of headings: looking for them takes a quarter of the time."""
    md = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(amsmath_plugin)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("table", "matter", _matter_rule)
    md.block.ruler.before("fence", "flavour", _flavour_rule, interrupts)
    md.block.ruler.before("fence", "module", _module_rule)
    md.disable("reference" if underlined else ["reference", "lheading"])
    if not indented_code:
        md.disable("code")
    md.core.ruler.enableOnly(["normalize", "block"])
    return md
