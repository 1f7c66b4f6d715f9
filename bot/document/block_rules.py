"""The blocks that flavours add to CommonMark, as rules of markdown-it.

A rule claims whole lines and parses the Markdown inside with the parser itself. Tokens: ``front_matter``,
``math_block`` and ``amsmath``, ``directive`` (a line of structure), ``admonition`` (the opening line of one),
``caption`` (a caption, a footnote, a definition), ``module`` (code of MDX), ``html_block``. ``nested_open`` and
``nested_close`` surround an indented body. An ``inline`` with the tag ``p`` is a whole paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.ruler import RuleOptionsType, Ruler
from markdown_it.rules_block import StateBlock, list_block
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from bot.document import front_matter
from bot.document.directive_rules import admonition_rule, alert_rule, body_end, fence_rule, line_of, nested, push
from bot.document.display_math import math_rule
from bot.document.flavours import HABITS, INLINE_TAGS, OPAQUE_SHORTCODES, OPAQUE_TAGS
from bot.document.markup import MARK

INLINE_ROLES = frozenset(
    ["numref", "ref", "eqref", "cite", "citet", "citep", "doc", "term", "math", "cmd", "mdl", "class", "func"]
)
_ROLE_LINE = re.compile(r":([A-Za-z_][\w-]*):[ \t]*(?:`[^`]*`[ \t]*)?$")
_BEGUN_WITH_PROSE = re.compile(r":begin_tab:[ \t]*`[^`]*`[ \t]*(?=[^\s:`])")
_OPTION_LINE = re.compile(r":(begin|end)_\w+:|:(label|eqlabel|width|height|name|align|figclass|class):[ \t`]")
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
_ALONE = re.compile(r"</?([A-Za-z][\w.:-]*)(?:\s[^<>]*)?>[ \t]*$")


def _matter_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Front matter in TOML (``+++``) or JSON, on the first line only."""
    count = front_matter.other_front_matter(state.src) if start == 0 else 0
    if not count:
        return False
    if not silent:
        push(state, "front_matter", 0, count)
    return True


def _directive_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is structure by itself: ``:label:`x```, ``:end_tab:``, ``[x]: url``, ``(x)=``, ``% note``."""
    if state.is_code_block(start):
        return False
    line = line_of(state, start)
    if not line or line[0] not in ":[(+%":
        return False
    last = start + 1
    if _BEGUN_WITH_PROSE.match(line):  # a slip, but what people wrote there is prose
        if not silent:
            push(state, "caption", start, last, "begin_tab")
        return True
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
        push(state, "directive", start, last, name)
    return True


def _reference_end(state: StateBlock, start: int, end: int, addressed: bool) -> int:
    """The line after a link definition; ``start`` if there is none. URL and title may be on lines of their own."""
    n = start + 1
    if not addressed:
        if n >= end or state.isEmpty(n) or len(line_of(state, n).split()) != 1 or _REFERENCE.match(line_of(state, n)):
            return start
        n += 1
    return n + 1 if n < end and not state.isEmpty(n) and _TITLE.match(line_of(state, n).rstrip()) else n


def _caption_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``:Caption``, ``: definition`` and ``[^1]: note`` with their indented lines and paragraphs."""
    if state.is_code_block(start):
        return False
    line = line_of(state, start)
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
    push(state, "caption", start, last)
    inside = body_end(state, last, end, indent)
    if inside > last and (note or line[1:2] in (" ", "\t")):
        nested(state, last, inside, indent)
    return True


def _terminators(state: StateBlock):  # type: ignore[no-untyped-def]
    return state.md.block.ruler.getRules("paragraph")


def _module_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``import`` and ``export`` of MDX, up to the line where the brackets are balanced."""
    line = line_of(state, start)
    if line[:7] not in ("import ", "export ") or state.blkIndent or state.tShift[start] or not _MODULE.match(line):
        return False
    if "expressions" not in HABITS.get(state.env.get("flavour", ""), ()) and not _DECLARED.match(line):
        return False
    depth, n = 0, start
    while n < end:
        bare = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", "", line_of(state, n))
        depth += sum(bare.count(c) for c in "({[") - sum(bare.count(c) for c in ")}]")
        n += 1
        if depth <= 0 and (n == end or state.isEmpty(n) or _MODULE.match(line_of(state, n))):
            break
    if depth > 0:
        return False
    if not silent:
        push(state, "module", start, n)
    return True


def _tag_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A tag whose attributes span several lines, a comment in braces or a drawing, up to its end."""
    if state.is_code_block(start):
        return False
    line = line_of(state, start)
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
        push(state, "html_block", start, last + 1)
    return True


def _component_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A tag of MDX on a line of its own: what is around it is Markdown even if no blank line is between them."""
    if "tags apart" not in HABITS.get(state.env.get("flavour", ""), ()) or state.is_code_block(start):
        return False
    tag = _ALONE.match(line_of(state, start))
    if not tag or tag[1] in INLINE_TAGS or tag[1] in OPAQUE_TAGS:
        return False
    if silent:
        return tag[0].startswith("</")
    push(state, "html_block", start, start + 1)
    return True


def _shortcode_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A shortcode or template tag around code, with its tags on lines of their own."""
    found = None if state.is_code_block(start) else _ENCLOSING.match(line_of(state, start))
    if not found or (found["shortcode"] or found["tag"]) not in OPAQUE_SHORTCODES:
        return False
    name = found["shortcode"] or found["tag"]
    unclosed: set[tuple[str, int]] = state.env.setdefault("unclosed", set())
    if (name, end) in unclosed:
        return False
    closing = re.compile(rf"\{{\{{[<%]\s*/\s*{name}\s*[>%]\}}\}}|\{{%-?\s*end{name}\s*-?%\}}")
    close = next((n for n in range(start + 1, end) if closing.match(line_of(state, n))), start)
    if close == start:
        unclosed.add((name, end))
        return False
    if not silent:
        push(state, "fence", start, close + 1, found["language"] or name)
    return True


_RULES = {
    "$": (math_rule,),
    "`": (fence_rule,),
    "~": (fence_rule,),
    ":": (fence_rule, admonition_rule, _directive_rule, _caption_rule),
    "[": (alert_rule, _directive_rule, _caption_rule),
    "(": (_directive_rule,),
    "+": (_directive_rule,),
    "%": (_directive_rule,),
    "!": (admonition_rule,),
    "?": (admonition_rule,),
    "=": (admonition_rule,),
    "/": (admonition_rule,),
    "<": (_tag_rule, _component_rule),
    "{": (_shortcode_rule, _tag_rule),
}
"""The rules by the first character of the lines they apply to: most lines need none of them."""


def _flavour_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    rules = _RULES.get(state.src[at]) if at < state.eMarks[start] else None
    return rules is not None and any(rule(state, start, end, silent) for rule in rules)


_OPENS = {
    "fence": "~`",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*-+0123456789",
    "html_block": "<",
    "heading": "#",
    "amsmath": "\\",
    "flavour": "".join(_RULES),
    "module": "ie",
}
"""The characters that the lines begin with that a rule may claim, where that is all it needs to see of most lines."""

_Rule = Callable[[StateBlock, int, int, bool], bool]


class _ByFirstCharacter(Ruler[_Rule]):
    """Rules of which only those are tried that the first character of a line allows: the same blocks, found sooner."""

    def __init__(self, rules: Ruler[_Rule]) -> None:
        super().__init__()
        self.__rules__ = rules.__rules__
        self._chains: dict[str, list[_Rule]] = {}

    def getRules(self, chainName: str = "") -> list[_Rule]:
        if chainName not in self._chains:
            self._chains[chainName] = [self._one_for_all(super().getRules(chainName))]
        return self._chains[chainName]

    def _one_for_all(self, rules: list[_Rule]) -> _Rule:
        opens = {rule.fn: _OPENS[rule.name] for rule in self.__rules__ if rule.name in _OPENS}
        usual = [rule for rule in rules if rule not in opens]
        allowed = {c: [rule for rule in rules if c in opens.get(rule, c)] for c in "".join(opens.values())}

        def first_that_matches(state: StateBlock, start: int, end: int, silent: bool) -> bool:
            at = state.bMarks[start] + state.tShift[start]
            # Front matter is on the first line, and goes by another character than this.
            tried = allowed.get(state.src[at], usual) if start and at < state.eMarks[start] else rules
            for rule in tried:  # noqa: SIM110
                if rule(state, start, end, silent):
                    return True
            return False

        return first_that_matches


def _paragraph_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A paragraph as in CommonMark, with one token where markdown-it has three."""
    before, state.parentType = state.parentType, "paragraph"
    last, rules = start + 1, _terminators(state)
    while last < state.lineMax and not state.isEmpty(last):
        # Lines that are indented further, or that a quote has taken in, go on with it.
        usual = 0 <= state.sCount[last] <= state.blkIndent + 3
        if usual and any(rule(state, last, state.lineMax, True) for rule in rules):
            break
        last += 1
    state.parentType = before
    content = state.getLines(start, last, state.blkIndent, False)
    push(state, "inline", start, last)
    state.tokens[-1].content, state.tokens[-1].tag = mdTrim(content), "p"
    return True


def _list_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list, also one that is indented by four spaces or more where that is no code.

    markdown-it would take all further items of such a list for text of the first.
    """
    before = state.blkIndent
    if not silent and state.sCount[start] - before >= 4:
        state.blkIndent = state.sCount[start]
    try:
        return list_block(state, start, end, silent)
    finally:
        state.blkIndent = before


@lru_cache(maxsize=4)
def parser(underlined: bool, indented_code: bool) -> MarkdownIt:
    """A parser for texts with or without underlined headings: looking for those takes a quarter of the time."""
    md = MarkdownIt("commonmark").enable("table").use(front_matter_plugin).use(amsmath_plugin)
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("table", "matter", _matter_rule)
    md.block.ruler.before("fence", "flavour", _flavour_rule, interrupts)
    md.block.ruler.before("fence", "module", _module_rule)
    md.disable("reference" if underlined else ["reference", "lheading"])
    if not indented_code:
        md.disable("code")
        md.block.ruler.at("list", _list_rule, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("paragraph", _paragraph_rule)
    md.block.ruler = _ByFirstCharacter(md.block.ruler)
    md.core.ruler.enableOnly(["normalize", "block"])
    return md
