"""How time and memory grow with a document: patterns that are hard to read or to align, in several sizes.

All texts are made up (``hostile_texts``), and so are the translations of their segments. For each change to each of
them: processor seconds of a plan and its draft, in a fresh process and its children; the exponent is the slope through
the sizes on logarithmic scales: 1 is linear, 2 quadratic. ``sync`` also learns from the translation, repairs what it
can, and reviews the draft. A text that is refused with an error counts as held.
"""

from __future__ import annotations

import argparse
import gc
import math
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection

from hostile_texts import CHANGES, MIXED, PATTERNS, texts, translated

from bot.document.segment import Segment
from bot.document.tree import decoded
from bot.drafting import translate
from bot.drafting.draft import draft_document
from bot.drafting.reviews import Texts, reviews
from bot.drafting.waiting_entries import entries_after
from bot.engines import Answer, Batch, Result
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.parallel_data import dataset
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.by_hand import Edit, by_hand
from bot.planning.document_plan import plan_document, plan_new
from bot.workers import collect_rarely

EXPONENT = 1.2
"""Growth that is still called linear."""

SECONDS, MEMORY = 10.0, 500.0
"""Budgets of a text of ``LARGE`` thousand characters: processor time, and peak memory in MB."""

LARGE = 200
LEAST = 0.03
"""Seconds below which a run counts as one that took so long: less is noise."""

KILLED = 60
"""Seconds of processor time after which a run is stopped, and with it all larger ones."""

HELD = 4 << 30
"""Bytes of address space of a run, for the sake of the machine."""


@dataclass(frozen=True)
class Figure:
    """Processor seconds (infinite where a run was stopped), peak memory in MB, and why something was refused."""

    seconds: float
    memory: float = 0.0
    refused: str = ""

    def __str__(self) -> str:
        return "refused" if self.refused else f"{self.seconds:.2f}"


class Made:
    """An engine that translates as the texts are translated."""

    name = "made up"
    asynchronous = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        return Result({key: answer(segment) for key, segment in batch.segments.items()})


def answer(segment: Segment) -> Answer:
    return Answer(translated(segment.source), "engine")


def run(pattern: str, size: int, change: str) -> None:
    """A plan and a draft of a text of so many characters; raises AmtsError where one is refused."""
    made = texts(pattern, size, change)
    path = "a.ipynb" if pattern == "notebook" else "a.md"
    old, new, target, *before = (decoded(t.encode(), path) for t in (made.old, made.new, made.target, *made.before))
    if change == "new":
        plan, old = plan_new(new, language="de"), ""
    else:
        commits = [Edit(False, was, now, lambda: old) for was, now in pairwise([*before, target])]
        hand = by_hand(before[0], target, commits[::-1], "de") if before else None
        plan = plan_document(old, new, target, language="de", by_hand=hand)
    answers = {segment.number: answer(segment) for segment in plan.segments}
    if change == "sync":
        data = dataset.build([TranslatedDocument(path, old, target)], ("en", "de"))
        batch = Batch("en", "de", {(path, s.number): s for s in plan.segments})
        found = translate.translated(Made(), batch, Resources(data, (target,)))
        answers = {number: one for (_, number), one in found.answers.items()}
    draft = draft_document(plan, answers, old=old, new=new)
    if change == "sync":
        text = decoded(draft.text.encode(), path)
        entries = entries_after(path, (), draft, old=old, new=new, drafted=text, language="de")
        reviews([Texts(path, new, text, entries, plan.flags, merged=(old, target))], "de")


def _measure(pipe: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
    resource.setrlimit(resource.RLIMIT_AS, (HELD, HELD))
    gc.freeze()
    collect_rarely()  # as the program does
    start, refused = time.process_time(), ""
    try:
        work(*arguments)
    except AmtsError as error:
        refused = str(error.why)
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = time.process_time() - start + spent[1].ru_utime + spent[1].ru_stime
    peak = sum(usage.ru_maxrss for usage in spent)
    pipe.send(Figure(seconds, peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6, refused))


def measured(work: Callable[..., object], *arguments: object) -> Figure:
    """The figures of ``work`` in a process of its own; all of the program is imported already."""
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_measure, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return Figure(math.inf)
    finally:
        process.join()


FORK = get_context("fork")


def grown(pattern: str, change: str, sizes: Sequence[int]) -> list[Figure]:
    """The figures of all sizes; a size is not tried once a smaller one was stopped."""
    found: list[Figure] = []
    for size in sizes:
        stopped = bool(found) and math.isinf(found[-1].seconds)
        found.append(found[-1] if stopped else measured(run, pattern, size * 1000, change))
    return found


def exponent(sizes: Sequence[float], found: Sequence[Figure]) -> float:
    """The slope of the least squares line through the logarithms, of the texts that were not refused."""
    points = [(math.log(size), figure.seconds) for size, figure in zip(sizes, found, strict=True) if not figure.refused]
    if len(points) < 2:
        return 1.0
    x, y = [at for at, _ in points], [math.log(max(seconds, LEAST)) for _, seconds in points]
    middle = sum(x) / len(x), sum(y) / len(y)
    across = sum((a - middle[0]) * (b - middle[1]) for a, b in zip(x, y, strict=True))
    return across / sum((a - middle[0]) ** 2 for a in x)


def faults(
    sizes: Sequence[float], found: Sequence[Figure], large: float = LARGE, seconds: float = SECONDS
) -> Iterator[str]:
    """What is over its budget; the budgets of time and memory hold for sizes up to ``large``."""
    if not exponent(sizes, found) <= EXPONENT:
        yield "STEEP"
    within = [figure for size, figure in zip(sizes, found, strict=True) if size <= large]
    if any(figure.seconds > seconds for figure in within):
        yield "SLOW"
    if any(figure.memory > MEMORY for figure in within):
        yield "LARGE"


def main() -> int:
    """Measures and prints, a line as soon as it is known; 1 where something is over its budget or grows too fast."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 50, LARGE], help="in thousand characters")
    parser.add_argument("--pattern", choices=PATTERNS, nargs="+", default=list(PATTERNS), metavar="NAME")
    parser.add_argument("--change", choices=CHANGES, nargs="+", help="default: new and edit of all, the others of some")
    parser.add_argument("--jobs", type=int, default=1, help="how many to measure at the same time")
    options = parser.parse_args()
    wanted = [
        (pattern, change)
        for pattern in options.pattern
        for change in options.change or CHANGES
        if options.change or change in ("new", "edit") or pattern in MIXED
    ]
    print(f"{'pattern':<32}{'change':<10}{''.join(f'{size}k'.rjust(9) for size in options.sizes)}     MB  exponent")
    every: list[Figure] = []
    over, steepest = 0, 0.0
    with ThreadPoolExecutor(options.jobs) as pool:
        made = pool.map(lambda one: grown(*one, options.sizes), wanted)
        for (pattern, change), found in zip(wanted, made, strict=True):
            slope, state = exponent(options.sizes, found), " ".join(faults(options.sizes, found))
            over, steepest = over + bool(state), max(steepest, slope)
            every += found
            peak = max(figure.memory for figure in found)
            shown = "".join(str(figure).rjust(9) for figure in found)
            print(f"{pattern:<32}{change:<10}{shown}{peak:7.0f}{slope:10.2f}  {state}", flush=True)
    print(
        f"{len(options.pattern)} patterns, {len(every)} texts, {sum(bool(f.refused) for f in every)} refused: "
        f"at most {max(f.seconds for f in every):.1f} s, {max(f.memory for f in every):.0f} MB, "
        f"exponent {steepest:.2f}; {over} over a budget"
    )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
