"""Evaluation on revisions: the old translation, its repair, a fresh draft, and what a sync chooses, against people's.

Nothing is learned from a revised sentence: of the book's pairs, those that say what its old or its new English or
translation says are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.contracts import EngineName
from bot.document.sentences import normal
from bot.drafting.repairs import Repairs
from bot.drafting.translate import translated
from bot.engines import Answer, Batch, Engine, Key
from bot.engines.memory_only import MemoryOnly
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.evaluation.edit_rate import EditRate
from bot.evaluation.evaluate import Translated
from bot.evaluation.held_out import without_leaks
from bot.evaluation.revisions import Revision
from bot.parallel_data import dataset

BANDS = (0.9, 0.8, 0.7, 0.0)
"""Lower ends of the bands of likeness (0 to 1) of old and new English."""


@dataclass(frozen=True)
class Drafted:
    """What an arm has for a revision; ``made`` is false where that is English."""

    text: str
    made: bool


@dataclass(frozen=True)
class Figures:
    """What drafts cost: of ``number`` revisions ``made`` have a draft, ``untouched`` are as people wrote them.

    ``typed`` are the characters from the draft to people's text, that in full where the draft is English; ``unaided``
    those of people's texts; ``hter`` is the edit rate of the drafts.
    """

    number: int
    made: int
    untouched: int
    typed: int
    unaided: int
    hter: float | None

    @property
    def workload(self) -> float | None:
        """The share of typing that is saved; None without revisions."""
        return 1 - self.typed / self.unaided if self.unaided else None


@dataclass(frozen=True)
class Arm:
    """An arm, and its figures for all revisions and for each of ``BANDS``; the drafts in the order of the revisions."""

    name: str
    figures: Figures
    bands: tuple[Figures, ...]
    drafts: tuple[Drafted, ...]


@dataclass(frozen=True)
class Revised:
    """The result: the ``revisions`` scored, and how many more have a translation that people left as it was.

    ``pairs`` were learned from, ``leaked`` ones left out.
    """

    revisions: tuple[Revision, ...]
    unchanged: int
    pairs: int
    leaked: int
    arms: tuple[Arm, ...]


def evaluate(
    book: Translated,
    found: Sequence[Revision],
    engines: Sequence[EngineName],
    engine: Callable[[EngineName], Engine],
    tell: Callable[[str], None] = lambda _: None,
) -> Revised:
    """Scores the arms: stale, repair (without an engine), and for each engine its fresh drafts and the choice.

    Raises AmtsError if there is no revision to score, or an engine fails as a whole.
    """
    scored = tuple(one for one in found if one.changed)
    if not scored:
        raise AmtsError(
            "there is no revision to score",
            why="no commit of people changed a sentence of English as recorded, and its translation",
            fix="this needs a translation whose history has its English, such as x_origin.md beside x.md",
        )
    data = dataset.build(list(book.documents), book.languages)
    held = [unit for one in found for unit in _units(one)]
    kept, leaked = without_leaks(data.units, held, book.languages)
    learned = replace(data, units=kept)
    flavour = next((d.flavour for d in book.documents), None)
    resources = Resources(learned, tuple(d.target for d in book.documents), book.style, flavour=flavour, repairs=False)
    batch = Batch(*book.languages, {(one.path, n): replace(one.segment, number=n) for n, one in enumerate(scored)})

    repairs = Repairs(batch.segments, resources)

    def drafts(answers: Mapping[Key, Answer]) -> tuple[Drafted, ...]:
        said = [(answers[key].text, segment.source) for key, segment in batch.segments.items()]
        return tuple(Drafted(source if text is None else text, text is not None) for text, source in said)

    arms = [("stale", tuple(Drafted(one.segment.old_target, True) for one in scored))]
    tell("repair")
    arms.append(("repair", drafts(repairs.best(translated(MemoryOnly(), batch, resources).answers))))
    for name in dict.fromkeys(engines):
        if name != "memory_only":
            tell(name)
            # Once: some engines are paid for.
            fresh = translated(engine(name), batch, resources).answers
            arms += [(f"{name}, fresh", drafts(fresh)), (f"{name}, choice", drafts(repairs.best(fresh)))]
    rate = EditRate(book.languages[1])
    rate.prepare((d.text, one.target) for _, made in arms for d, one in zip(made, scored, strict=True) if d.made)
    results = tuple(_arm(name, made, scored, rate) for name, made in arms)
    return Revised(scored, len(found) - len(scored), len(kept), len(leaked), results)


def _units(one: Revision) -> Iterator[TranslationUnit]:
    """Both pairs of a revision."""
    place = Provenance(one.path, 0)
    yield TranslationUnit(one.segment.source, one.target, place)
    yield TranslationUnit(one.segment.old_source, one.segment.old_target, place)


def _arm(name: str, made: tuple[Drafted, ...], found: Sequence[Revision], rate: EditRate) -> Arm:
    pairs = list(zip(made, found, strict=True))
    tops = (2.0, *BANDS)
    bands = [[p for p in pairs if low <= p[1].segment.similarity < top] for low, top in zip(BANDS, tops, strict=False)]
    return Arm(name, _figures(pairs, rate), tuple(_figures(band, rate) for band in bands), made)


def _figures(pairs: Sequence[tuple[Drafted, Revision]], rate: EditRate) -> Figures:
    texts = [(normal(draft.text), normal(one.target), draft.made) for draft, one in pairs]
    drafts = [(text, people) for text, people, made in texts if made]
    score = rate.corpus_score([t for t, _ in drafts], [[p for _, p in drafts]]).score / 100 if drafts else None
    return Figures(
        len(texts),
        len(drafts),
        sum(text == people for text, people in drafts),
        sum(Levenshtein.distance(text, people) if made else len(people) for text, people, made in texts),
        sum(len(people) for _, people, _ in texts),
        score,
    )
