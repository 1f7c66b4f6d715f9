"""How time and memory grow with a document: patterns that are hard to align, new and edited, in several sizes.

All texts are made up here. ``new``: the document has no translation yet; ``edit``: one line changed and one section
added at its top; ``rewrite``: every third line has other words; ``half``: an edit, and the translation lacks every
second block. Seconds of processor time of a plan and its draft, each in a fresh process; the exponent is the slope
through the sizes on logarithmic scales: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from rich.console import Console
from rich.table import Table

from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document, plan_new

EXPONENT = 1.2
"""Growth that is still called linear."""

WORDS = (
    "add fix update support remove improve change handle allow make use avoid ensure refactor document deprecate "
    "rename merge check drop parser engine option setting cache network build test error warning output input module "
    "package server client table index cursor session token schema router widget layout button canvas vector matrix"
).split()

CHANGES = ("new", "edit", "rewrite", "half")

Lines = Sequence[str]


def _said(random_: random.Random, least: int, most: int) -> str:
    return " ".join(random_.choice(WORDS) for _ in range(random_.randint(least, most))).capitalize()


def changelog(random_: random.Random) -> Lines:
    """A version and its changes, most of them with the number of an issue."""
    version = f"{random_.randint(0, 99)}.{random_.randint(0, 99)}.{random_.randint(0, 99)}"
    lines = [f"## {version} (20{random_.randint(10, 29)}-{random_.randint(1, 12):02})", ""]
    for _ in range(random_.randint(3, 20)):
        code = f" `{random_.choice(WORDS)}_{random_.choice(WORDS)}`" if random_.random() < 0.3 else ""
        number = f" (#{random_.randint(1, 99999)})" if random_.random() < 0.7 else ""
        lines.append(f"- {_said(random_, 3, 14)}{code}{number}.")
    return [*lines, ""]


def items(random_: random.Random) -> Lines:
    """One item of an endless list without anything that would tell it from another."""
    return [f"- {_said(random_, 3, 14)}."]


def equal(_: random.Random) -> Lines:
    """The same paragraph again and again."""
    return ["The same words stand here again.", ""]


def one_word(random_: random.Random) -> Lines:
    """A paragraph of one word."""
    return [random_.choice(WORDS), ""]


def sentences(random_: random.Random) -> Lines:
    """A line of one paragraph without end."""
    return [f"{_said(random_, 4, 12)}."]


def headings(random_: random.Random) -> Lines:
    """A heading with one short paragraph, the same words often."""
    return [f"### {random_.choice(WORDS)} {random_.choice(WORDS)}", "", f"{_said(random_, 4, 12)}.", ""]


def rows(random_: random.Random) -> Lines:
    """A row of a table without end."""
    return [f"| {random_.choice(WORDS)} | {_said(random_, 3, 8)} | {random_.randint(1, 9)} |"]


def code(random_: random.Random) -> Lines:
    """A short block of code that occurs many times, and a sentence."""
    return ["```python", f"{random_.choice(WORDS)}({random_.randint(1, 9)})", "```", "", f"{_said(random_, 4, 9)}.", ""]


PATTERNS: dict[str, Callable[[random.Random], Lines]] = {
    "changelog": changelog,
    "list items": items,
    "equal paragraphs": equal,
    "one-word paragraphs": one_word,
    "one paragraph": sentences,
    "headings": headings,
    "table rows": rows,
    "code": code,
}
_HEADS = {"table rows": ["| A | B | C |", "|---|---|---|"]}


def english(pattern: str, size: int) -> list[str]:
    """Lines of about ``size`` bytes."""
    random_ = random.Random(pattern)
    lines = list(_HEADS.get(pattern, []))
    length = 0
    while length < size:
        part = PATTERNS[pattern](random_)
        lines += part
        length += sum(len(line) + 1 for line in part)
    return lines


def translated(line: str) -> str:
    """``line`` in a made-up language that keeps numbers, code and marks; every sixth word is longer."""
    words = line.split(" ")
    return " ".join(w[::-1] + "nen" * (len(w) % 6 == 0) if w.isalpha() and w.isascii() else w for w in words)


def changed(line: str, number: int) -> str:
    """``line`` as its author rewrites it."""
    if line.startswith("|"):
        return f"{line[:-2]} and {WORDS[number % len(WORDS)]} |"
    return f"{line.rstrip('.')} and {WORDS[number % len(WORDS)]} what was rewritten here."


def texts(pattern: str, size: int, change: str) -> tuple[str, str, str]:
    """The old English, the new, and the translation."""
    old = english(pattern, size)
    target = [translated(line) if not line.startswith(("```", "|--")) else line for line in old]
    new = list(old)
    prose = [n for n, line in enumerate(old) if line[:1].isalpha() or line.startswith(("- ", "| "))]
    if change == "rewrite":
        for number, n in enumerate(prose[::3]):
            new[n] = changed(new[n], number)
    elif prose:
        new[prose[len(prose) // 2]] = changed(new[prose[len(prose) // 2]], 0)
    if change == "half":
        lacking = set(prose[1::2])
        target = [line for n, line in enumerate(target) if n not in lacking]
    if change != "rewrite":
        new = ["## 100.0.0 (2030-01)", "", "- What is new in it.", "- And another thing.", "", *new]
    return "\n".join(old) + "\n", "\n".join(new) + "\n", "\n".join(target) + "\n"


def run(pattern: str, size: int, change: str) -> tuple[float, float]:
    """Processor seconds of a plan and a draft without answers, and peak memory in MB."""
    old, new, target = texts(pattern, size, change)
    start = time.process_time()
    if change == "new":
        plan, old = plan_new(new, language="de"), ""
    else:
        plan = plan_document(old, new, target, language="de")
    draft_document(plan, {}, old=old, new=new)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return seconds, peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the least squares line through the logarithms."""
    x, y = [math.log(s) for s in sizes], [math.log(max(s, 0.001)) for s in seconds]
    middle = sum(x) / len(x), sum(y) / len(y)
    across = sum((a - middle[0]) * (b - middle[1]) for a, b in zip(x, y, strict=True))
    return across / sum((a - middle[0]) ** 2 for a in x)


def main() -> int:
    """Measures and prints; 1 where something grows faster than in proportion."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300, 1000], help="in kB")
    parser.add_argument("--pattern", choices=PATTERNS, nargs="+", default=list(PATTERNS))
    parser.add_argument("--change", choices=CHANGES, nargs="+", default=list(CHANGES))
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for name in ("pattern", "change"):
        table.add_column(name)
    for name in (*(f"{size} kB" for size in options.sizes), "peak", "exponent", ""):
        table.add_column(name, justify="right")
    steep = 0
    for pattern in options.pattern:
        for change in options.change:
            found = []
            for size in options.sizes:
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                    found.append(pool.submit(run, pattern, size * 1000, change).result())
            seconds = [s for s, _ in found]
            slope = exponent(options.sizes, seconds) if len(seconds) > 1 else 1.0
            steep += slope > EXPONENT
            times = (f"{s:.2f} s" for s in seconds)
            state = "STEEP" if slope > EXPONENT else ""
            table.add_row(pattern, change, *times, f"{max(m for _, m in found):.0f} MB", f"{slope:.2f}", state)
    console.print(table)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
