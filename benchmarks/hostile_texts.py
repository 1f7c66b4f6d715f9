"""Made-up texts that are hard to read or to align, in any size, and what may change in them.

A text is a list of pieces: most patterns repeat one or make each anew, some need the number of a piece or a second half
that closes what the first has opened.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

WORDS = (
    "add fix update support remove improve change handle allow make use avoid ensure refactor document deprecate "
    "rename merge check drop parser engine option setting cache network build test error warning output input module "
    "package server client table index cursor session token schema router widget layout button canvas vector matrix"
).split()

Made = Callable[[random.Random], str]
"""Makes the next piece of a text."""


def said(random_: random.Random, least: int, most: int) -> str:
    """A made-up sentence without its full stop."""
    return " ".join(random_.choice(WORDS) for _ in range(random_.randint(least, most))).capitalize()


def changelog(random_: random.Random) -> str:
    """A version and its changes, most of them with the number of an issue."""
    version = f"{random_.randint(0, 99)}.{random_.randint(0, 99)}.{random_.randint(0, 99)}"
    lines = [f"## {version} (20{random_.randint(10, 29)}-{random_.randint(1, 12):02})", ""]
    for _ in range(random_.randint(3, 20)):
        code = f" `{random_.choice(WORDS)}_{random_.choice(WORDS)}`" if random_.random() < 0.3 else ""
        number = f" (#{random_.randint(1, 99999)})" if random_.random() < 0.7 else ""
        lines.append(f"- {said(random_, 3, 14)}{code}{number}.")
    return "\n".join([*lines, "", ""])


def cited(random_: random.Random) -> str:
    """A paragraph with math, code, a reference and emphasis."""
    a, b = random_.choice(WORDS), random_.choice(WORDS)
    return f"{said(random_, 4, 9)} $x_{{{a}}}$ in `{b}()` of :numref:`fig_{a}`, *{said(random_, 1, 3)}*.\n\n"


STRUCTURES: dict[str, Made] = {
    "changelog": changelog,
    "list items": lambda r: f"- {said(r, 3, 14)}.\n",
    "equal paragraphs": lambda r: "The same words stand here again.\n\n",
    "one-word paragraphs": lambda r: f"{r.choice(WORDS)}\n\n",
    "short paragraphs": lambda r: f"{said(r, 2, 4)}.\n\n",
    "one paragraph": lambda r: f"{said(r, 4, 12)}.\n",
    "one-word sentences": lambda r: f"{r.choice(WORDS).capitalize()}. ",
    "equal sentences": lambda r: "The same words again. ",
    "questions": lambda r: f"{r.choice(WORDS).capitalize()}? ",
    "headings": lambda r: f"### {r.choice(WORDS)} {r.choice(WORDS)}\n\n{said(r, 4, 12)}.\n\n",
    "equal headings": lambda r: "## Example\n\n",
    "table rows": lambda r: f"| {r.choice(WORDS)} | {said(r, 3, 8)} | {r.randint(1, 9)} |\n",
    "equal rows": lambda r: "| a | b | c |\n",
    "code": lambda r: f"```python\n{r.choice(WORDS)}({r.randint(1, 9)})\n```\n\n{said(r, 4, 9)}.\n\n",
    "equal code": lambda r: "```python\nprint(1)\n```\n\n",
    "one code block": lambda r: f"{r.choice(WORDS)} = {r.choice(WORDS)}({r.randint(1, 9)})  # {said(r, 2, 5)}\n",
    "equal lines of code": lambda r: "x = f(x)\n",
    "figures": lambda r: f"![{said(r, 2, 5)}](img/{r.choice(WORDS)}.svg)\n:label:`fig_{r.choice(WORDS)}`\n\n",
    "atoms": cited,
    "terms": lambda r: f"**{r.choice(WORDS)} {r.randint(1, 9999)}**: {said(r, 3, 9)}.\n\n",
    "links": lambda r: f"- [{said(r, 1, 3)}](https://example.org/{r.choice(WORDS)}/{r.randint(1, 9999)})\n",
    "numbers": lambda r: f"{r.randint(1, 99999)} {r.randint(1, 99999)}. ",
    "display math": lambda r: f"$$x_{r.randint(1, 9)} = y^{{{r.randint(1, 9)}}}$$\n\n",
    "front matter": lambda r: f"{r.choice(WORDS)}{r.randint(1, 99999)}: {said(r, 2, 5)}\n",
    "comments": lambda r: f"<!-- {said(r, 3, 9)} -->\n\n{said(r, 3, 9)}.\n\n",
    "notes": lambda r: f":::note\n{said(r, 3, 9)}.\n:::\n\n",
    "quotes": lambda r: f"> {said(r, 3, 9)}.\n\n",
    "definitions": lambda r: f"{r.choice(WORDS)}\n: {said(r, 3, 9)}.\n\n",
    "footnotes": lambda r: f"{said(r, 2, 5)}[^{r.randint(1, 9999)}].\n\n[^{r.randint(1, 9999)}]: {said(r, 2, 5)}.\n\n",
    "references": lambda r: f"[{r.choice(WORDS)}{r.randint(1, 9999)}]: https://example.org/{r.choice(WORDS)}\n",
    "anchors": lambda r: f'<a id="{r.choice(WORDS)}{r.randint(1, 9999)}"></a>\n\n{said(r, 3, 6)}.\n\n',
    "tabs": lambda r: f"#@tab {r.choice(['mxnet', 'pytorch'])}\n\n```{{.python .input}}\n{r.choice(WORDS)}()\n```\n\n",
    "Chinese": lambda r: "".join(chr(0x4E00 + r.randint(0, 500)) for _ in range(r.randint(5, 20))) + "。",
    "long words": lambda r: "".join(r.choice(WORDS) for _ in range(400)) + " ",
    "deep quotes": lambda r: ">" * 200 + f" {said(r, 3, 6)}.\n",
    "defined links": lambda r: f"[{said(r, 1, 2)}][r{r.randint(1, 99)}] {said(r, 2, 4)}.\n\n",
    "links in a paragraph": lambda r: f"[{said(r, 1, 2)}](https://example.org/{r.randint(1, 9999)}) ",
    "words of tags": lambda r: f"<{r.choice(WORDS)}>{r.choice(WORDS)} ",
    "citations": lambda r: f"[@{r.choice(WORDS)}{r.randint(1, 999)}; @{r.choice(WORDS)}] ",
    "steps": lambda r: f"1. {said(r, 3, 9)}:\n\n   ```sh\n   {r.choice(WORDS)} {r.choice(WORDS)}\n   ```\n\n",
    "tasks": lambda r: f"- [ ] {said(r, 3, 9)}\n",
    "Arabic": lambda r: "".join(chr(0x627 + r.randint(0, 35)) for _ in range(r.randint(5, 20))) + "؟ ",
    "Thai": lambda r: "".join(chr(0xE01 + r.randint(0, 45)) for _ in range(r.randint(5, 40))) + " ",
    "addresses": lambda r: f"https://example.org/{r.choice(WORDS)}?{r.choice(WORDS)}={r.randint(1, 9999)} ",
    "JSX": lambda r: f'<Note title="{said(r, 2, 4)}">\n\n{said(r, 3, 9)}.\n\n</Note>\n\n',
    "shortcodes": lambda r: f'{{{{< note title="{r.choice(WORDS)}" >}}}}\n{said(r, 3, 9)}.\n{{{{< /note >}}}}\n\n',
    "strings of one tag": lambda r: f'    {{text: "{said(r, 3, 9)}", correct: {r.randrange(9)}}},\n',
    "comments in code": lambda r: f"```python\n# {said(r, 3, 9)}\n{r.choice(WORDS)}()\n```\n\n",
    "deep lists": lambda r: "".join(f"{'  ' * n}- {r.choice(WORDS)}\n" for n in range(40)),
}
"""Texts with something in them that tells one piece from another, or nothing."""

RUNS = (
    "“", "”", "‘", "「", "」", "（", "(", ")", "[", "]", "{", "}", "<", ">", "`", "``` ", "$", "$$ ", "*", "**", "_",
    "~~", "|", "\\", "&", "!", "#", "@", "^", ":", "=", "-", "+", ".", "…", "。", "?", ",", ";", "'", "’", '"', "/",
    "0", "1,1", "1.", "1.1 ", "a", "A. ", "e.g. ", "n't ", "it's ", "a-", "a.", "a_b", "中", "é", "a\u0301", "\u200b",
    "\u00a0", "\u0e01 ", "🙂", "![", "](", "[](", "[a](", "[a]", "[a][", "[^", "[^1]", "[[", "{{", "{{<", "{%", "{#",
    "{a}`", ":a:`", "<!--", "-->", "<a ", '<a b="', "<a>", "</a>", "<a/>", "&amp;", "&#", "http://", "a@b.c ", "`a` ",
    "$x$ ", "**a** ", "*a **b ", "[**a**] ", "(~~a~~) ", "<b>a</b> ", ":numref:`a` ", "{ref}`a` ", "{{< x >}} ",
    "\\(", "\\[", "\\\n", "  \n", "a\n", "“a” ", "(a) ", "“A.” ", "a “b ", "- ", "1) ", "> ", "1. ", "\u200d",
    "\u0301", "\u202e", "\u3000", "👩\u200d👩\u200d👧", "🇩", "ﷺ", "İ", "א", "@a ", "[@a; ", "[[a]] ", "[[a|", "==a==",
    "{#a}", "{.a} ", "{: ", "{<", "{`", "${", "<!", "<!-- ", "<!A ", "<?", "<![CDATA[", "<a\n", "<A b={", "<A b={{",
    "</", "<a b='", "&lt;", "&#1;", "www.a.b ", "https://a.b/((", "a://", "[a](<", '[a](b "', "![a](b)", "![a][",
    "[a]: ", "\\begin{a} ", "\\left( ", "$$", "$a", "``a`", "` `` ", "*_", "***", "a*b_", "__a", "~", "(a", "a, ",
    "a: ", "a; ", "Dr. ", "1.5 ", "1/2 ", "A B. C ", "||", "\t",
)  # fmt: skip
"""Pieces of one paragraph without end."""

LINES = (
    "\n", "\r\n", "\r", "\t\n", "> \n", "- \n", "- a\n", "1. a\n", "# \n", "# a\n", "a\n===\n", "```\n", "~~~\n",
    "$$\n", "<div>\n", "</div>\n", "<div>\n\n", "<details><summary>\n", ":::\n", ":::note\n", "::::{note}\n",
    "```{note}\n", "---\n", "***\n", "+++\n", "|\n", "|a|b|\n", "|-|-|\n", "[x]: y\n", "[^1]: y\n", "!!! note\n",
    '=== "T"\n', "a\n: b\n", "%%tab all\n", "#@tab a\n", "import X from 'y'\n", "{/* c */}\n", "    a\n", "\ta\n",
    "<!--\n", "-->\n", "<!-- c -->\n", ":label:`a`\n", "![a](b)\n", "<script>\n", "{% a %}\n", "{{% a %}}\n",
    "\u2028", "\x00\n", "\ufeff\n", ".. note::\n", "<a id=b></a>\n\n", "> a\n", "> > a\n", "> 1. a\n", "1. - a\n",
    "[[\n", "<?\n", "<![CDATA[\n", "<!A\n", "<A>\n", "<A>\n\n", "<A\n", "</A>\n\n", "export X\n", "{\n",
    "{{< a >}}\n\n", "{{< a\n", "{%\n", "{{\n", "\\begin{a}\n", "\\[\n", "::: a\n\n", "````\n", "{: .a}\n", "% a\n",
    "+-+\n", "a\n---\n", "a|b\n", "a  \n", "a\\\n", "a\r", "a\r\n", "[a]\n", "[a][b]\n", "[^a]\n\n", "[^a]:\n",
    "- [ ] a\n", ":a: b\n", "a:\n", "- a: b\n", "\u0085", "\x0c\n", "\u200b\n", "1.\n", "<details>\n\n", "*\n",
    "a\n\n\n\n", "> - a\n", "> [!NOTE]\n", "a\n\n", "A.\n", "1\n\n", "# A {#a}\n\n", "$$a$$\n\n", "`a`\n\n",
)  # fmt: skip
"""Lines and blocks, all of them equal."""

NUMBERED: dict[str, Callable[[int], str]] = {
    "quotes ever deeper": lambda n: f"{'>' * n} a\n",
    "lists ever deeper": lambda n: f"{'  ' * n}- a\n",
    "runs of ever more backticks": lambda n: f"a {'`' * n} ",
    "runs of ever fewer backticks": lambda n: f"a {'`' * max(1, 600 - n)} ",
    "runs of ever more asterisks": lambda n: f"{'*' * n}a ",
    "fences ever longer": lambda n: f"{'`' * (n + 3)}\na\n",
    "fences ever shorter": lambda n: f"{'~' * max(3, 600 - n)}\na\n",
    "directives ever longer": lambda n: f"{':' * (n + 3)}{{note}}\na\n",
    "directives ever shorter": lambda n: f"{':' * max(3, 600 - n)}{{note}}\na\n",
    "rows ever wider": lambda n: f"{'| a ' * n}|\n",
    "words ever longer": lambda n: f"{'a' * n} ",
    "definitions used later": lambda n: f"[t{n}]: https://example.org/{n}\n\nSee [this][t{n + 1}] and [t{n}].\n\n",
    "notes used later": lambda n: f"See this[^{n + 1}].\n\n[^{n}]: A note.\n\n",
    "numbered headings": lambda n: f"## Part {n}\n\n",
    "aliases": lambda n: f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" if n else "a0: &a0 [x, x]\n",
}
"""Pieces that depend on how many there were before."""

CLOSED = {
    "brackets in brackets": ("[", "]"),
    "parentheses in parentheses": ("(", ")"),
    "braces in braces": ("{", "}"),
    "curly quotes in curly quotes": ("“", "”"),
    "corner quotes in corner quotes": ("「", "」"),
    "links in links": ("[a ", "](b)"),
    "pictures in pictures": ("![a ", "](b)"),
    "emphasis in emphasis": ("*a _b ", " b_ a*"),
    "strong in strong": ("**a ", " a**"),
    "tags in tags": ("<b>a ", "</b> "),
    "elements in elements": ("<div>\n", "</div>\n"),
    "JSX in JSX": ("<Tab>\n\n", "</Tab>\n\n"),
    "details in details": ("<details>\n<summary>A</summary>\n\n", "</details>\n\n"),
    "shortcodes in shortcodes": ("{{< a >}}\n", "{{< /a >}}\n"),
    "directives in directives": (":::note\n", ":::\n"),
    "tabs in tabs": (":begin_tab:`a`\n", ":end_tab:\n"),
    "blocks of math in each other": ("\\begin{a}\n", "\\end{a}\n"),
    "flow lists in flow lists": ("[", "]"),
    "flow maps in flow maps": ("{a: ", "}"),
}
"""What opens something, and what closes it: all of the first before all of the second."""

UNCLOSED = {
    "a comment": "<!--",
    "a fence": "```",
    "math": "$$",
    "a directive": ":::{note}",
    "a directive in a fence": "````{note}",
    "a script": "<script>",
    "a style sheet": "<style>",
    "an element": "<div>",
    "a component": '<Note title="',
    "an expression": "{`",
    "an instruction": "<?php",
    "front matter": "---",
    "a shortcode": "{{< note",
    "a template": "{%",
    "a tab": ":begin_tab:`a`",
    "a link": "[a](<",
    "an admonition": "!!! note",
}
"""What opens something that never ends: prose follows."""

HEADS = {
    "table rows": "| A | B | C |\n|---|---|---|\n",
    "equal rows": "| A | B | C |\n|---|---|---|\n",
    "one code block": "```python\n",
    "strings of one tag": "<Quiz\n  choices={[\n",
    "equal lines of code": "```python\n",
    "front matter": "---\n",
    "aliases": "---\n",
    "flow lists in flow lists": "---\na: ",
    "flow maps in flow maps": "---\na: ",
} | {f"{name} without end": f"{opened}\n" for name, opened in UNCLOSED.items()}
TAILS = {
    "one code block": "```\n",
    "equal lines of code": "```\n",
    "strings of one tag": "  ]}\n/>\n",
    "front matter": "---\n",
} | dict.fromkeys(("aliases", "flow lists in flow lists", "flow maps in flow maps"), "\n---\n")

PATTERNS = (
    *STRUCTURES,
    *NUMBERED,
    *CLOSED,
    *(f"{opened} without end" for opened in UNCLOSED),
    "notebook",
    *(repr(text)[1:-1] for text in (*RUNS, *LINES)),
)
EQUAL = {repr(text)[1:-1]: text for text in (*RUNS, *LINES)}


def pieces(pattern: str, size: int) -> list[str]:
    """The pieces of a text of about ``size`` characters."""
    random_ = random.Random(pattern)
    if pattern in CLOSED:
        opened, closed = CLOSED[pattern]
        number = size // (len(opened) + len(closed))
        return [opened] * number + ["a. "] + [closed] * number
    out: list[str] = []
    length = 0
    while length < size:
        if made := NUMBERED.get(pattern):
            out.append(made(len(out)))
        elif pattern in EQUAL:
            out.append(EQUAL[pattern])
        elif pattern in STRUCTURES:
            out.append(STRUCTURES[pattern](random_))
        else:
            out.append(f"{said(random_, 4, 12)}.\n\n")
        length += len(out[-1])
    return out


def translated(piece: str) -> str:
    """``piece`` in a made-up language that keeps numbers, code and marks; every sixth word is longer."""
    words = piece.split(" ")
    return " ".join(w[::-1] + "nen" * (len(w) % 6 == 0) if w.isalpha() and w.isascii() else w for w in words)


def changed(piece: str, number: int) -> str:
    """``piece`` as its author rewrites it."""
    bare = piece.rstrip(" |.\r\n")
    return f"{bare} and {WORDS[number % len(WORDS)]} what was rewritten here{piece[len(bare) :]}"


def _rewritten(old: list[str], every: int) -> list[str]:
    return [changed(piece, n // every) if n % every == 0 else piece for n, piece in enumerate(old)]


def _shuffled(old: list[str]) -> list[str]:
    return random.Random(0).sample(old, len(old))


CHANGES: dict[str, Callable[[list[str]], list[str]]] = {
    "new": lambda old: old,
    "edit": lambda old: [NEWS, *old[: len(old) // 2], changed(old[len(old) // 2], 0), *old[len(old) // 2 + 1 :]],
    "half": lambda old: CHANGES["edit"](old),
    "rewrite": lambda old: _rewritten(old, 2),
    "all": lambda old: _rewritten(old, 1),
    "reversed": lambda old: old[::-1],
    "shuffled": _shuffled,
    "swapped": lambda old: [*old[len(old) // 2 :], *old[: len(old) // 2]],
    "doubled": lambda old: [piece for piece in old for _ in range(2)],
    "emptied": lambda old: old[: len(old) // 100 + 1],
    "by hand": lambda old: CHANGES["edit"](old),
    "all by hand": lambda old: CHANGES["edit"](old),
    "sync": lambda old: _rewritten(old, 4),
}
"""What becomes of the pieces of the old English.

``half`` also lacks every second piece in the translation; in ``by hand`` people have rewritten every second one there,
in ``all by hand`` every one, in commits of their own.
"""

MIXED = (
    "changelog", "equal paragraphs", "one-word paragraphs", "short paragraphs", "one paragraph", "headings",
    "table rows", "atoms", "links", "front matter", "comments in code", "strings of one tag", "notebook",
)  # fmt: skip
"""Patterns of which all changes are measured."""

HANDS = {"by hand": 2, "all by hand": 1}
COMMITS = 20
"""How many commits people made of it."""

NEWS = "## 100.0.0 (2030-01)\n\n- What is new in it.\n- And another thing.\n\n"


@dataclass(frozen=True)
class Texts:
    """The old English, the new, and the translation, with what that was before people changed it: oldest first."""

    old: str
    new: str
    target: str
    before: tuple[str, ...] = ()


def texts(pattern: str, size: int, change: str) -> Texts:
    """The texts of about ``size`` characters each."""
    old = pieces(pattern, size)
    new = CHANGES[change](old)
    if pattern in HEADS and new[0] is NEWS:
        new = new[1:]
    target = [translated(piece) for piece in old]

    def whole(side: list[str]) -> str:
        text = f"{HEADS.get(pattern, '')}{''.join(side)}{TAILS.get(pattern, '')}"
        return notebook(side) if pattern == "notebook" else text

    if change == "half":
        return Texts(whole(old), whole(new), whole(target[::2]))
    if change in HANDS:
        by_people = _rewritten(target, HANDS[change])
        done = [len(old) * n // COMMITS for n in range(COMMITS)]
        return Texts(whole(old), whole(new), whole(by_people), tuple(whole(by_people[:n] + target[n:]) for n in done))
    return Texts(whole(old), whole(new), whole(target))


def notebook(sources: list[str]) -> str:
    """A notebook of so many cells, every third of them code."""
    cells = [
        {"cell_type": "markdown", "id": f"c{n}", "metadata": {}, "source": [source.strip()]}
        if n % 3
        else {"cell_type": "code", "metadata": {}, "source": ["f()\n"], "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
