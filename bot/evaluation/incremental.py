"""The incremental experiment: translates articles in turn, learning from each before the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.engines import Engine
from bot.evaluation.arms import Arm
from bot.evaluation.evaluate import Translated, drafts, learnable, resources
from bot.evaluation.held_out import HeldOut, hold_out, prose, terms_without_leaks, without_leaks
from bot.evaluation.results import Step
from bot.evaluation.scores import SAMPLES, scored
from bot.parallel_data import dataset
from bot.parallel_data.dataset import ParallelData


def incremental(
    book: Translated,
    paths: Sequence[str],
    arm: Arm,
    engine: Engine,
    *,
    samples: int = SAMPLES,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Step, ...]:
    """The documents ``paths`` in this order; the translation by people of each is learned from before the next."""
    held = hold_out(book.documents, paths, book.languages)
    base, _ = learnable(book, held, arm.data)
    terms = terms_without_leaks(book.terminology, held.units, book.languages)[0] if book.terminology else None
    tell(f"{arm}: without what comes before")
    without = drafts(engine, held.units, resources(book, base, held, terms)).texts
    steps = []
    for n, path in enumerate(paths):
        at = [i for i, unit in enumerate(held.units) if unit.provenance.document == path]
        units = [held.units[i] for i in at]
        more = _of(book, held, paths[:n], arm)
        # A translator knows what the article repeats from earlier ones too, but it must not be counted.
        kept, _ = without_leaks(more.units, units, book.languages)
        said = [without[i] for i in at]
        if kept:
            tell(f"{arm}: {path}, {len(kept)} pairs more")
            data = dataset.join([base, replace(more, units=kept)])
            texts = drafts(engine, units, resources(book, data, held, terms)).texts
        else:
            texts = tuple(said)
        found = scored(
            {"without": [prose(t) for t in said], "learned": [prose(t) for t in texts]},
            [prose(u.target) for u in units],
            [path] * len(units),
            book.languages[1],
            samples,
        )
        steps.append(Step(path, found["without"].corpus["BLEU"], found["learned"].corpus["BLEU"], len(kept)))
    return tuple(steps)


def _of(book: Translated, held: HeldOut, paths: Sequence[str], arm: Arm) -> ParallelData:
    mine = [d for d in book.documents if d.path in paths]
    return dataset.build(mine, book.languages, "paragraph" if arm.data == "paragraph" else "sentence")
