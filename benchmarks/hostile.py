"""How time and memory grow with a document: patterns that are hard to read or to align, in several sizes.

All texts are made up here. ``new``: the document has no translation yet; ``edit``: one piece changed and one section
added at its top; ``rewrite``: every third piece has other words; ``half``: an edit, and the translation lacks every
second piece. Seconds of processor time of a plan and its draft, each in a fresh process; the exponent is the slope
through the sizes on logarithmic scales: 1 is linear, 2 quadratic. A text that is refused with an error counts as held.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from bot.document.tree import decoded
from bot.drafting.draft import draft_document
from bot.errors import AmtsError
from bot.planning.document_plan import plan_document, plan_new

EXPONENT = 1.2
"""Growth that is still called linear."""

SECONDS, MEMORY = 10.0, 500.0
"""Budgets of a text of ``LARGE`` thousand characters: processor time, and peak memory in MB."""

LARGE = 200
LEAST = 0.01
"""Seconds below which a run counts as one that took so long: less is noise."""

KILLED = 60
"""Seconds of processor time after which a run is stopped."""

WORDS = (
    "add fix update support remove improve change handle allow make use avoid ensure refactor document deprecate "
    "rename merge check drop parser engine option setting cache network build test error warning output input module "
    "package server client table index cursor session token schema router widget layout button canvas vector matrix"
).split()

CHANGES = ("new", "edit", "rewrite", "half")

Made = Callable[[random.Random], str]
"""Makes the next piece of a text."""


@dataclass(frozen=True)
class Figure:
    """Processor seconds (infinite where a run was stopped), peak memory in MB, and why a text was refused."""

    seconds: float
    memory: float = 0.0
    refused: str = ""

    def __str__(self) -> str:
        return "refused" if self.refused else f"{self.seconds:.2f} s"


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
    "deep lists": lambda r: "".join(f"{'  ' * n}- {r.choice(WORDS)}\n" for n in range(40)),
}
"""Texts with something in them that tells one piece from another, or nothing."""

RUNS = (
    "“", "”", "‘", "「", "」", "（", "(", ")", "[", "]", "{", "}", "<", ">", "`", "``` ", "$", "$$ ", "*", "**",
    "_", "~~", "|", "\\", "&", "!", "#", "@", "^", ":", "=", "-", "+", ".", "…", "。", "?", ",", ";", "'", "’",
    '"', "/", "0", "1,1", "1.", "1.1 ", "a", "A. ", "e.g. ", "n't ", "it's ", "a-", "a.", "a_b", "中", "é",
    "a\u0301", "\u200b", "\u00a0", "\u0e01 ", "🙂", "![", "](", "[](", "[a](", "[a]", "[a][", "[^", "[^1]", "[[",
    "{{", "{{<", "{%", "{#", "{a}`", ":a:`", "<!--", "-->", "<a ", '<a b="', "<a>", "</a>", "<a/>", "&amp;",
    "&#", "http://", "a@b.c ", "`a` ", "$x$ ", "**a** ", "*a **b ", "[**a**] ", "(~~a~~) ", "<b>a</b> ",
    ":numref:`a` ", "{ref}`a` ", "{{< x >}} ", "\\(", "\\[", "\\\n", "  \n", "a\n", "“a” ", "(a) ", "“A.” ",
    "a “b ", "- ", "1) ",
)  # fmt: skip
"""Pieces of one paragraph without end."""

LINES = (
    "\n", "\r\n", "\r", "\t\n", "> \n", "- \n", "- a\n", "1. a\n", "# \n", "# a\n", "a\n===\n", "```\n",
    "~~~\n", "$$\n", "<div>\n", "</div>\n", "<div>\n\n", "<details><summary>\n", ":::\n", ":::note\n",
    "::::{note}\n", "```{note}\n", "---\n", "***\n", "+++\n", "|\n", "|a|b|\n", "|-|-|\n", "[x]: y\n",
    "[^1]: y\n", "!!! note\n", '=== "T"\n', "a\n: b\n", "%%tab all\n", "#@tab a\n", "import X from 'y'\n",
    "{/* c */}\n", "    a\n", "\ta\n", "<!--\n", "-->\n", "<!-- c -->\n", ":label:`a`\n", "![a](b)\n",
    "<script>\n", "{% a %}\n", "{{% a %}}\n", "\u2028", "\x00\n", "\ufeff\n", ".. note::\n", "<a id=b></a>\n\n",
    "> - a\n", "> [!NOTE]\n", "a\n\n", "A.\n", "1\n\n", "# A {#a}\n\n", "$$a$$\n\n", "`a`\n\n",
)  # fmt: skip
"""Lines and blocks, all of them equal."""

HEADS = {
    "table rows": "| A | B | C |\n|---|---|---|\n",
    "equal rows": "| A | B | C |\n|---|---|---|\n",
    "one code block": "```python\n",
    "equal lines of code": "```python\n",
    "front matter": "---\n",
}
TAILS = {"one code block": "```\n", "equal lines of code": "```\n", "front matter": "---\n"}


def _always(text: str) -> Made:
    return lambda random_: text


PATTERNS: dict[str, Made] = STRUCTURES | {repr(text)[1:-1]: _always(text) for text in (*RUNS, *LINES)}


def pieces(pattern: str, size: int) -> list[str]:
    """The pieces of a text of about ``size`` characters."""
    random_ = random.Random(pattern)
    out: list[str] = []
    length = 0
    while length < size:
        out.append(PATTERNS[pattern](random_))
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


def texts(pattern: str, size: int, change: str) -> tuple[str, str, str]:
    """The old English, the new, and the translation."""
    old = pieces(pattern, size)
    target = [translated(piece) for piece in old]
    new = list(old)
    if change == "rewrite":
        for number, n in enumerate(range(0, len(old), 3)):
            new[n] = changed(new[n], number)
    else:
        new[len(old) // 2] = changed(new[len(old) // 2], 0)
    if change == "half":
        target = target[::2]
    if change != "rewrite" and pattern not in HEADS:
        new = ["## 100.0.0 (2030-01)\n\n- What is new in it.\n- And another thing.\n\n", *new]
    head, tail = HEADS.get(pattern, ""), TAILS.get(pattern, "")
    one, two, three = (f"{head}{''.join(side)}{tail}" for side in (old, new, target))
    return one, two, three


def run(pattern: str, size: int, change: str) -> Figure:
    """A plan and a draft without answers of a text of so many characters."""
    resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
    old, new, target = texts(pattern, size, change)
    start = time.process_time()
    try:
        for text in (old, new, target):
            decoded(text.encode(), pattern)
    except AmtsError as error:
        return Figure(0.0, 0.0, error.why)
    if change == "new":
        plan, old = plan_new(new, language="de"), ""
    else:
        plan = plan_document(old, new, target, language="de")
    draft_document(plan, {}, old=old, new=new)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Figure(seconds, peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6)


def measured(pattern: str, size: int, change: str) -> Figure:
    """``run`` in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(run, pattern, size * 1000, change).result()
        except BrokenProcessPool:
            return Figure(math.inf)


def exponent(sizes: Sequence[int], found: Sequence[Figure]) -> float:
    """The slope of the least squares line through the logarithms, of the texts that were not refused."""
    points = [(math.log(size), figure.seconds) for size, figure in zip(sizes, found, strict=True) if not figure.refused]
    if len(points) < 2:
        return 1.0
    x, y = [at for at, _ in points], [math.log(max(seconds, LEAST)) for _, seconds in points]
    middle = sum(x) / len(x), sum(y) / len(y)
    across = sum((a - middle[0]) * (b - middle[1]) for a, b in zip(x, y, strict=True))
    return across / sum((a - middle[0]) ** 2 for a in x)


def faults(sizes: Sequence[int], found: Sequence[Figure]) -> Iterator[str]:
    """What is over its budget."""
    if exponent(sizes, found) > EXPONENT:
        yield "STEEP"
    within = [figure for size, figure in zip(sizes, found, strict=True) if size <= LARGE]
    if any(figure.seconds > SECONDS for figure in within):
        yield "SLOW"
    if any(figure.memory > MEMORY for figure in within):
        yield "LARGE"


def main() -> int:
    """Measures and prints; 1 where something is over its budget or grows faster than in proportion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 50, LARGE], help="in thousand characters")
    parser.add_argument("--pattern", choices=PATTERNS, nargs="+", default=list(PATTERNS))
    parser.add_argument("--change", choices=CHANGES, nargs="+", default=["new", "edit"])
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for name in ("pattern", "change"):
        table.add_column(name)
    for name in (*(f"{size}k" for size in options.sizes), "peak", "exponent", ""):
        table.add_column(name, justify="right")
    every: list[Figure] = []
    over, steepest = 0, 0.0
    for pattern in options.pattern:
        for change in options.change:
            found = [measured(pattern, size, change) for size in options.sizes]
            slope, state = exponent(options.sizes, found), " ".join(faults(options.sizes, found))
            over, steepest = over + bool(state), max(steepest, slope)
            every += found
            peak = max(figure.memory for figure in found)
            table.add_row(pattern, change, *map(str, found), f"{peak:.0f} MB", f"{slope:.2f}", state)
    console.print(table)
    console.print(
        f"{len(options.pattern)} patterns, {len(every)} texts, {sum(bool(f.refused) for f in every)} refused: "
        f"at most {max(f.seconds for f in every):.1f} s, {max(f.memory for f in every):.0f} MB, "
        f"exponent {steepest:.2f}; {over} over a budget"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
