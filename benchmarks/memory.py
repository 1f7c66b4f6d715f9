"""What the translation memory of a book is worth to a document that is not in it, and what making one costs.

For each language: seconds and peak memory of ``parallel_data.build``; then every document is left out in turn,
and its English sentences are looked up in what people said in the others. At last the speed of look-ups, beside
a comparison with every sentence there is.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from processes import resident
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from bot.alignment.translation_unit import TranslationUnit
from bot.document.sentences import normal
from bot.parallel_data.dataset import ParallelData, build
from bot.parallel_data.extraction import Granularity, TranslatedDocument
from bot.parallel_data.translation_memory import FUZZY, Memory

LANGUAGES = ("zh", "tr")
SECONDS, MEMORY = 20, 500
"""Budgets of building the parallel data of one language: on the clock, and at the peak in MB."""

LOOKUPS = 1000
SAMPLE = 200
"""Look-ups that are compared with every sentence."""


@dataclass(frozen=True)
class Cost:
    """What building took."""

    aligned: int
    kept: int
    seconds: float


def documents(folder: Path) -> list[TranslatedDocument]:
    """All documents below a folder of ``x.md`` and ``x_origin.md``."""
    found = []
    for origin in sorted(folder.rglob("*_origin.md")):
        target = origin.with_name(origin.name.replace("_origin.md", ".md"))
        texts = (p.read_bytes().decode("utf-8") for p in (origin, target))
        found.append(TranslatedDocument(target.relative_to(folder).as_posix(), *texts))
    return found


def cost(folder: Path, language: str, granularity: Granularity) -> Cost:
    """Builds in this process and its workers."""
    every = documents(folder)
    start = time.perf_counter()
    data = build(every, ("en", language), granularity)
    return Cost(data.aligned, len(data.units), time.perf_counter() - start)


def fresh(work: partial[Cost]) -> tuple[Cost, float]:
    """The cost of ``work`` in a process of its own, and the most memory in MB that it and its workers had at a time."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        own = pool.submit(os.getpid).result()
        done = pool.submit(work)
        peak = 0.0
        while not done.done():
            peak = max(peak, resident(own))
            time.sleep(0.02)
        return done.result(), peak


def held_out(data: ParallelData, path: str) -> Counter[str]:
    """How many sentences of a document the others have, by band."""
    memory = Memory(u for u in data.units if u.provenance.document != path)
    bands: Counter[str] = Counter()
    for unit in data.units:
        if unit.provenance.document == path:
            bands["sentences"] += 1
            match = memory.match(unit.source, unit.before, unit.after)
            if match and match.kind in ("exact", "context"):
                bands["exact"] += 1
            elif match:
                bands["repaired"] += 1
            elif found := memory.fuzzy(unit.source, limit=1):
                bands[found[0].band] += 1
    return bands


def edited(units: Sequence[TranslationUnit]) -> list[str]:
    """Sentences of the book with a word in eight replaced, as an edit of English would."""
    draw = random.Random(1)
    out = []
    for unit in draw.choices(units, k=LOOKUPS):
        words = unit.source.split()
        for _ in range(len(words) // 8 + 1):
            words[draw.randrange(len(words))] = draw.choice(["the", "training", "something"])
        out.append(" ".join(words))
    return out


def show_speed(units: Sequence[TranslationUnit], console: Console) -> None:
    """Look-ups of ``LOOKUPS`` edited sentences, and what they miss of the best match that there is."""
    start = time.perf_counter()
    memory = Memory(units)
    memory.fuzzy("a first look-up builds the index")
    memory.match("a first look-up builds the index")
    built = time.perf_counter() - start
    asked = edited(units)
    start = time.perf_counter()
    found = [(memory.match(text), memory.fuzzy(text)) for text in asked]
    ours = time.perf_counter() - start
    keys = sorted({normal(u.source) for u in units})
    start = time.perf_counter()
    best = [process.extract(t, keys, scorer=fuzz.ratio, score_cutoff=100 * FUZZY, limit=2) for t in asked[:SAMPLE]]
    theirs = (time.perf_counter() - start) * LOOKUPS / SAMPLE
    scores = [max((s for key, s, _ in b if key != normal(t)), default=0) for t, b in zip(asked, best, strict=False)]
    mine = [
        max((fuzz.ratio(normal(t), normal(m.source)) for m in suggested), default=0)
        for t, (_, suggested) in zip(asked, found, strict=True)
    ]
    there = [n for n, score in enumerate(scores) if score]
    missed = sum(mine[n] < scores[n] - 0.01 for n in there)
    console.print(
        f"{len(units):,} pairs: built in {built:.1f} s; {LOOKUPS:,} look-ups, exact and fuzzy: {ours:.2f} s\n"
        f"  for scale, rapidfuzz on every sentence: {theirs:.0f} s; finds a better one for {missed} of {len(there)}"
    )


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--totals", action="store_true", help="no row for each document")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    every: list[TranslationUnit] = []
    for language in LANGUAGES:
        folder = options.data / "d2l" / "pairs" / language
        if not folder.is_dir():
            console.print(f"memory: skipped, {folder} is absent (--data names the folder of the test material)")
            continue
        for granularity in ("sentence", "paragraph"):
            took, peak = fresh(partial(cost, folder, language, granularity))
            state = "within" if took.seconds <= SECONDS and peak <= MEMORY else "OVER"
            console.print(
                f"{language}: {took.aligned:,} {granularity} pairs aligned, {took.kept:,} kept, "
                f"in {took.seconds:.1f} s and {peak:.0f} MB, {state} the budget of {SECONDS} s and {MEMORY} MB"
            )
        data = build(documents(folder), ("en", language))
        every += data.units
        paths = sorted({u.provenance.document for u in data.units})
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            bands = list(pool.map(partial(held_out, data), paths, chunksize=8))
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
        table.add_column(f"left out ({language})", overflow="fold", min_width=30)
        names = ("sentences", "exact", "repaired", "95-99", "85-94", "75-84")
        for name in (*names, "exact or ≥ 85"):
            table.add_column(name, justify="right", no_wrap=True)
        total = sum(bands, Counter[str]())
        rows = [*zip(paths, bands, strict=True)] if not options.totals else []
        for path, found in [*rows, (f"all {len(paths)} documents", total)]:
            useful = sum(found[name] for name in names[1:5])
            table.add_row(path, *(f"{found[n]:,}" for n in names), f"{useful / found['sentences']:.1%}")
        console.print(table)
    if every:
        show_speed(every, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
