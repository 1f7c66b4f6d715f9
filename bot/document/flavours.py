"""The flavours of Markdown as data: what each of them adds to CommonMark, and how to recognise it in a text.

Flavours seldom contradict each other, so one parser supports all of this at once; only the entries of ``HABITS``
depend on the flavour. To add a directive, a tag or an admonition, add it here, and an example to
``docs/flavours.md``, which a test checks against the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

Flavour = Literal[
    "commonmark", "d2l", "myst", "hugo", "mkdocs", "mdx", "vitepress", "svelte", "quarto", "mdbook", "liquid"
]
FLAVOURS: tuple[Flavour, ...] = get_args(Flavour)

Habit = Literal["expressions", "percent comments", "no indented code", "tags apart"]
HABITS: dict[Flavour, frozenset[Habit]] = {
    "commonmark": frozenset(["percent comments"]),
    "d2l": frozenset(),
    "myst": frozenset(["percent comments"]),
    "mdx": frozenset(["expressions", "no indented code", "tags apart"]),
    "svelte": frozenset(["expressions"]),
}
"""Where flavours contradict each other.

A line in braces is code, ``%`` opens a comment, four spaces are not code, a tag on a line of its own ends there.
"""

_ENGINES = r"(?:r|python|julia|ojs|bash|sql|block2?|asis)"
"""Names of the engines that run cells of Quarto and R Markdown, the most frequent ones."""

_EVIDENCE: tuple[tuple[Flavour, str, str], ...] = (
    (
        "d2l",
        "@tab :begin_tab: :label: %%tab :numref:` :eqref:` :cite",
        r"^[#%]?[@%]%?tab |:begin_tab:|:label:`|:(?:numref|eqref|citet?p?):`",
    ),
    ("svelte", "{#if {#each {#await {#key {@html", r"^\s*\{(?:#(?:if|each|await|key)|@html)\b"),
    (
        "mdx",
        "import export {/* className= > ={[ ={{ ={`",
        r"^(?:import|export) .*[{='\"]|\{/\*|\bclassName=|^</?[A-Z][A-Za-z]*>$|=\{[\[{`]",
    ),
    (
        "myst",
        "```{ :::{ ~~~{ {ref}` {doc}` {numref}` {cite {term}` {eq}` )= +++",
        rf"^[`:~]{{3,}}\{{(?!{_ENGINES}\}})[a-z][\w:-]*\}}"
        r"|\{(?:ref|doc|numref|cite|term|eq)\}`|^\([\w:.-]+\)=$|^\+\+\+ ?\{",
    ),
    ("hugo", "{{< {{%", r"\{\{[<%] "),
    ("quarto", "```{ ::: [@", rf"^`{{3,}}\{{{_ENGINES}\b" r"|^:{3,} ?\{[.#]|\[@\w[\w:-]+\]"),
    ("mdbook", "{{# admonish", r"\{\{#\w+ |^`{3,}admonish"),
    ("liquid", "{%", r"\{%-? *(?:include|raw|if|for|assign|highlight|capture|link|post_url)\b"),
    ("mkdocs", "!!! ??? /// === --8<--", r"^ *(?:!!!|\?\?\?\+?) \w|^/{3,} \w|^=== \"|^--8<--"),
    (
        "vitepress",
        "::: setup [[toc]]",
        r"^::: *(?:tip|info|warning|danger|details|code-group)\b|^<script setup|^\[\[toc\]\]",
    ),
)
"""For each flavour: words, one of which a text must contain to be examined, and the evidence to find then."""

_SEARCHES = tuple((name, tuple(words.split()), re.compile(found, re.M)) for name, words, found in _EVIDENCE)


@lru_cache(maxsize=64)
def detect(text: str) -> Flavour:
    """The first flavour of the table for which a text has evidence; CommonMark if it has none."""
    for name, words, found in _SEARCHES:
        if any(word in text for word in words) and found.search(text):
            return name
    return "commonmark"


def common(texts: Iterable[str]) -> Flavour:
    """The flavour of several versions of one document: that of the first one with evidence of any."""
    return next((found for text in texts if (found := detect(text)) != "commonmark"), "commonmark")


@dataclass(frozen=True)
class Admonition:
    """One way to write the opening line of an admonition.

    ``opening`` matches it from its first mark on; its group ``kind`` is structure, ``title`` is prose. ``untitled``
    adds a title to a line that has none (``\\g<0>`` is that line); empty if the syntax has no titles. ``indented``:
    the body is indented under the line and has no closing line.
    """

    name: str
    opening: re.Pattern[str]
    untitled: str = ""
    indented: bool = False


_ATTRIBUTES = r"(?:[ \t]*\{[^{}\n]*\})?"
ADMONITIONS = (
    Admonition(
        "mkdocs",
        re.compile(
            r"(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*$"
        ),
        r'\g<0> "{}"',
        indented=True,
    ),
    Admonition("tab", re.compile(r"===[!+]*[ \t]+(?P<kind>)\"(?P<title>[^\"\n]*)\"[ \t]*$"), indented=True),
    Admonition(
        "block",
        re.compile(r"/{3,}[ \t]*(?P<kind>[A-Za-z][\w-]*)(?:[ \t]*\|[ \t]*(?P<title>\S.*?)?)?[ \t]*$"),
        r"\g<0> | {}",
    ),
    Admonition(
        "quarto",
        re.compile(r":{3,}[ \t]*\{(?P<kind>[.#][^\s{}]*)(?:[^\n]*?\btitle=\"(?P<title>[^\"\n]*)\")?[^\n]*\}[ \t]*:*$"),
        r"\g<0>{}",
    ),
    Admonition(
        "docusaurus",
        re.compile(rf":{{3,}}(?P<kind>[A-Za-z][\w-]*)(?:\[(?P<title>[^\n]*?)\])?{_ATTRIBUTES}[ \t]*$"),
        r"\g<0>[{}]",
    ),
    Admonition(
        "container",
        re.compile(rf":{{3,}}[ \t]*(?P<kind>[A-Za-z][\w-]*)(?:[ \t]+(?P<title>[^\s{{][^\n]*?))?{_ATTRIBUTES}[ \t]*$"),
        r"\g<0> {}",
    ),
)
"""Admonitions that open at the start of any block. Alerts, directives and ``admonish`` have rules of their own."""

ALERT = Admonition("alert", re.compile(r"\[!(?P<kind>[A-Za-z][\w-]*)\][-+]?(?:[ \t]+(?P<title>\S.*?))?[ \t]*$"))
ADMONISH = Admonition(
    "admonish",
    re.compile(
        r"(?P<fence>`{3,}|~{3,})[ \t]*admonish(?:[ \t]+(?P<kind>[\w-]+)(?!\w*=))?"
        r"(?:[^\n`]*?\btitle=\"(?P<title>[^\"\n]*)\")?[^\n`]*$"
    ),
    r'\g<0> title="{}"',
)
PROSE_CELL = Admonition(
    "cell",
    re.compile(
        r"(?P<fence>`{3,}|~{3,})[ \t]*\{(?P<kind>block2?|asis|theorem|lemma|corollary|proposition|conjecture|definition"
        r"|example|exercise|hypothesis|proof|remark|solution)(?=[ \t,])"
        r"(?:[^\n}]*?\bname[ \t]*=[ \t]*\"(?P<title>[^\"\n]*)\")?[^\n}]*\}[ \t]*$"
    ),
)
"""Cells of R Markdown whose body is Markdown: boxes of one's own and the theorems of bookdown."""

DIRECTIVE = re.compile(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:+.-]*)\}[ \t]*(?P<argument>[^\n]*?)[ \t]*$"
)
CLOSING = re.compile(r"(?::{3,}|/{3,})[ \t]*$")


def untitled(line: str, title: str) -> str | None:
    """An opening line without a title, with ``title`` added to it; None if its syntax has no titles."""
    bare = line.rstrip()
    lead = len(bare) - len(bare.lstrip(" \t>"))
    for syntax in (ADMONISH, *ADMONITIONS):
        found = syntax.opening.match(bare, lead)
        if found and found["title"] is None and syntax.untitled:
            if syntax.name == "quarto":
                return bare[:-1].rstrip("}") + f' title="{title}"}}' + line[len(bare) :] if bare.endswith("}") else None
            return bare[:lead] + found.expand(syntax.untitled).replace("{}", title) + line[len(bare) :]
    return None


OPAQUE_DIRECTIVES = frozenset(
    "code code-block code-cell sourcecode literalinclude parsed-literal highlight prompt doctest testcode testoutput"
    " testsetup testcleanup ipython jupyter-execute thebe-button math eval-rst eval_rst raw toc toctree tableofcontents"
    " tabularcolumns include embed mermaid graphviz digraph graph plantuml uml plot blockdiag bibliography csv-table"
    " index meta contents currentmodule module automodule autoclass autofunction automethod autosummary autodata"
    " autoexception autoattribute autodoc apidoc altair bokeh-plot matplotlib video youtube iframe tabs-code"
    " command-output program-output productionlist js-example d2".split()
)
"""Directives whose body is code or data."""

PLAIN_DIRECTIVES = frozenset(
    "figure image figure-md only ifconfig container div grid tab-set card-carousel class role default-role"
    " tabularcolumns solution solution-start exercise-end solution-end gated button-link button-ref"
    " nb-exec-table glossary hlist centered-code list list-item".split()
)
"""Directives whose argument is a URL, a path, a name or a number."""

VERSIONED_DIRECTIVES = frozenset("versionadded versionchanged versionremoved deprecated deprecated-removed".split())
"""Directives whose argument is a version followed by prose."""

PROSE_DIRECTIVES = frozenset(
    "note warning tip important hint caution attention danger error seealso admonition topic sidebar margin epigraph"
    " dropdown tab-item card grid-item grid-item-card table list-table rubric quote aside details pull-quote highlights"
    " todo centered compound proof theorem lemma definition example exercise exercise-start corollary remark"
    " axiom conjecture".split()
)
"""Directives whose body is prose, even if Pygments has a language of that name."""

BLOCK_TAGS = frozenset(
    "address article aside base blockquote body button caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li main"
    " menu menuitem nav noframes ol optgroup option p picture search section slot source summary table tbody td"
    " template tfoot th thead title tr track ul video".split()
)
INLINE_TAGS = frozenset(
    "a abbr acronym audio b bdi bdo big br canvas cite code data del dfn em embed font i img input ins kbd label map"
    " mark meter object output progress q rp rt ruby s samp select small span strike strong sub sup time tt u"
    " var wbr".split()
)
VOID_TAGS = frozenset("area br col embed hr img input link meta param source track wbr base".split())
OPAQUE_TAGS = ("script", "style", "pre", "svg", "textarea", "math")


OPAQUE_SHORTCODES = frozenset(
    "highlight mermaid math katex raw verbatim comment code plantuml capture codeblock".split()
)
"""Shortcodes and template tags that enclose code or data."""


def opaque_directive(name: str) -> bool:
    """Whether the body of a directive is code or data; the body of an unknown directive is Markdown."""
    known = PROSE_DIRECTIVES | PLAIN_DIRECTIVES | VERSIONED_DIRECTIVES
    return name in OPAQUE_DIRECTIVES or (name not in known and ":" not in name and _is_language(name))


@lru_cache(maxsize=256)
def _is_language(name: str) -> bool:
    from pygments.lexers import find_lexer_class_by_name  # only books with directives need it
    from pygments.util import ClassNotFound

    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True
