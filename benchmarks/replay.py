"""How good drafts are on real syncs: what AMTS makes of each, beside what people made of it.

An event is a folder with the old English, the old translation, the new English, and the new translation as people
wrote it. Each engine drafts the third from the first two; three baselines stand beside it: the old translation as it
was (stale), every changed `##` section in English (section), the whole new English (file). Figures, in the words of
docs/evaluation.md:

kept       of the lines of prose that people left as they were, the share that the draft has
code       of the lines of code in people's version, the share that the draft has
effort     character edits from the draft to people's version, over its length (whole texts)
drafts     sentences that the engine or the memory drafted; untouched: the share that people left so; HTER of them
typed      characters from the draft to people's version, sentence by sentence; what is English is typed in full
workload   1 - typed / characters of all sentences that people wrote or changed

Each engine has two rows, the second with fuzzy-match repair and the choice between repair and fresh draft.

The first three are means over events, the others sums. Of an engine that drafts, a further table has the choice tuned
on the odd events and measured on the even ones, and the other way round; its oracle takes of stale sentence, repair and
fresh draft the one that is nearest to people's.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import get_args

from rapidfuzz.distance import Levenshtein
from rich.console import Console

from bot.alignment.translation_unit import TranslationUnit
from bot.contracts import EngineName
from bot.document.markdown import parse
from bot.document.model import PROSE
from bot.document.sentences import normal
from bot.drafting import repairs
from bot.drafting.draft import Draft, checked, draft_document
from bot.drafting.repairs import Repairs
from bot.drafting.review_order import draft_level, kept_level, usual_length
from bot.drafting.translate import translated
from bot.effort.figures import DRAFTS, Figures, measured
from bot.effort.post_editing import PostEdit, Step, aligned, post_edits, said, words
from bot.engines import Answer, Batch, Engine, Key, Result
from bot.engines.memory_only import MemoryOnly
from bot.engines.resources import Resources
from bot.engines.smt.engine import Smt
from bot.evaluation.held_out import without_leaks
from bot.forges.github.credentials import Credentials
from bot.parallel_data import dataset
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import plan_document
from bot.settings.source import Source
from bot.settings.values import Settings, Translation
from bot.sync.composition import Composition

Answers = Mapping[Key, Answer]

BASELINES = ("stale", "section", "file")
MEANS, SUMS = ("kept", "code", "effort"), ("drafts", "untouched", "edits", "words", "typed", "unaided")
LIMITS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, math.inf)
"""Lengths of one change per character of English above which a fresh draft is taken: never and always repaired, too."""
FIRST = 0.2
"""The part of an order of review that is looked at."""


@dataclass(frozen=True)
class Event:
    """A sync of one document (whole texts) as people did it: ``draft`` must come near ``new_target``."""

    name: str
    language: str
    path: str
    old: str
    new: str
    old_target: str
    new_target: str


@dataclass(frozen=True)
class Score:
    """The figures of one candidate in one event; ``kept`` and ``code`` are None where there is nothing to keep.

    ``reviewed``: the level of review of each draft and kept sentence, and whether people edited it. ``choices``: what
    is typed for each of ``LIMITS``; ``oracle``: for the best of what there is to choose from.
    """

    event: str
    language: str
    candidate: str
    kept: float | None
    code: float | None
    effort: float
    drafts: int
    untouched: int
    edits: int
    words: int
    typed: int
    unaided: int
    reviewed: tuple[tuple[int, bool], ...] = ()
    choices: tuple[int, ...] = ()
    oracle: int = 0


def read(folder: Path) -> Event:
    """An event from its folder."""
    told = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    texts = [(folder / f"{n}.md").read_bytes().decode() for n in ("old_en", "new_en", "old_tgt", "new_tgt")]
    return Event(folder.name, told["lang"], told["path"], *texts)


@cache
def book(pairs: Path, events: Path, language: str) -> ParallelData:
    """The pairs of a language: of a whole book where there is one, else of the old texts of all its events."""
    found = []
    for origin in sorted((pairs / language).rglob("*_origin.md")):
        target = origin.with_name(origin.name.replace("_origin.md", ".md"))
        path = target.relative_to(pairs / language).as_posix()
        found.append(TranslatedDocument(path, *(p.read_bytes().decode() for p in (origin, target))))
    if not found:
        every = [read(p.parent) for p in sorted(events.glob("*/meta.json"))]
        found = [TranslatedDocument(e.path, e.old, e.old_target) for e in every if e.language == language]
    return dataset.build(found, ("en", language))


@cache
def learned(pairs: Path, events: Path, language: str) -> ParallelData:
    """What an engine may learn: as in a real sync the old documents of the events, and the rest of the book.

    It learns once for all events of a language, so it gets nothing that gives away what people wrote in one of them:
    of an old document no pair like a sentence that is new in another event; of other documents none like any of them.
    """
    languages = "en", language
    every = [e for e in (read(p.parent) for p in sorted(events.glob("*/meta.json"))) if e.language == language]
    old = [dataset.build([TranslatedDocument(e.path, e.old, e.old_target)], languages).units for e in every]
    new = [dataset.build([TranslatedDocument(e.path, e.new, e.new_target)], languages).units for e in every]
    known = [{unit.target for unit in units} for units in old]
    fresh = [[u for u in units if u.target not in had] for units, had in zip(new, known, strict=True)]
    found = list[TranslationUnit]()
    for number, units in enumerate(old):
        others = [unit for n, units in enumerate(fresh) if n != number for unit in units]
        found += without_leaks(units, others, languages)[0]
    data = book(pairs, events, language)
    paths = {e.path for e in every}
    rest = [u for u in data.units if u.provenance.document not in paths]
    found += without_leaks(rest, [u for units in new for u in units], languages)[0]
    return replace(data, units=tuple({(u.source, u.target): u for u in found}.values()))


@dataclass(frozen=True)
class Taught:
    """An engine that learns once for all events of a language, not for each from what it may know there."""

    engine: Engine
    data: ParallelData
    name: str = "taught"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Its answers, after what it was taught."""
        return self.engine.translate(batch, replace(resources, parallel_data=self.data))


@dataclass(frozen=True)
class Row:
    """A row of the table: an engine, with or without repair of the old translations."""

    engine: EngineName
    repairs: bool

    @property
    def name(self) -> str:
        return f"{self.engine} + repair" if self.repairs else self.engine


class Drafts:
    """What AMTS makes of an event; ``pairs`` of other documents join those of the event's own."""

    def __init__(self, event: Event, pairs: ParallelData | None) -> None:
        self.event = event
        self.plan = plan_document(event.old, event.new, event.old_target, language=event.language)
        data = dataset.build([TranslatedDocument("", event.old, event.old_target)], ("en", event.language))
        if pairs:
            others = tuple(u for u in pairs.units if u.provenance.document != event.path)
            data = dataset.join([data, ParallelData(data.languages, data.granularity, others)])
        self.batch = Batch("en", event.language, {("", s.number): s for s in self.plan.segments})
        self.resources = Resources(data, (event.old_target,), repairs=False)
        self.repairs = Repairs(self.batch.segments, self.resources)

    def fresh(self, engine: Engine) -> Answers:
        """The answers of an engine, without repair."""
        return translated(engine, self.batch, self.resources).answers

    def repaired(self, fresh: Answers, limit: float = repairs.LARGEST) -> Answers:
        """What a sync would choose of repairs and these answers; ``limit`` is one of ``LIMITS``."""
        usual = repairs.LARGEST
        try:
            repairs.LARGEST = limit
            return self.repairs.best(fresh)
        finally:
            repairs.LARGEST = usual

    def best(self, fresh: Answers) -> Answers:
        """Of the old translation, its repair and a fresh draft the one that is nearest to what people wrote."""
        units = dataset.build(
            [TranslatedDocument("", self.event.new, self.event.new_target)], ("en", self.event.language)
        ).units
        people = {normal(unit.source): normal(unit.target) for unit in units}
        made, chosen = self.repaired(fresh, math.inf), self.repaired(fresh)
        out = {}
        for key, segment in self.batch.segments.items():
            wanted = people.get(normal(segment.source))
            stale = replace(fresh[key], text=segment.old_target or None, origin="engine")
            usable = [a for a in (fresh[key], made[key], stale) if checked(segment, a).origin != "english"]
            known = wanted is not None and usable
            out[key] = min(usable, key=partial(_apart, wanted or "")) if known else chosen[key]
        return out

    def draft(self, answers: Answers) -> Draft:
        """The draft with these answers."""
        found = {number: answer for (_, number), answer in answers.items()}
        return draft_document(self.plan, found, old=self.event.old, new=self.event.new)


def _apart(wanted: str, answer: Answer) -> int:
    return Levenshtein.distance(normal(answer.text or ""), wanted)


def sections(text: str) -> list[str]:
    """A text cut before each heading of level 2."""
    starts = [0]
    at = 0
    for block in parse(text).blocks:
        place = text.index(block.text, at)
        if block.kind == "heading" and block.text.startswith("## "):
            starts.append(place)
        at = place + len(block.text)
    return [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def by_section(event: Event) -> str:
    """The translation of every section that did not change, in place; the others in English."""
    old, target = sections(event.old), sections(event.old_target)
    if len(old) != len(target):
        return event.new
    known = dict(zip(old, target, strict=True))
    return "".join(known.get(section, section) for section in sections(event.new))


def lines(text: str) -> tuple[Counter[str], Counter[str]]:
    """Lines of code (inside fences) and of prose (at least four characters), without white space around them."""
    code, prose = Counter[str](), Counter[str]()
    fence = ""
    for line in map(str.strip, text.splitlines()):
        mark = re.match("`{3,}|~{3,}", line)
        if fence and not (mark and mark[0].startswith(fence)):
            code[line] += bool(line)
        elif mark:
            fence = "" if fence else mark[0]
        elif len(line) >= 4:
            prose[line] += 1
    return +code, prose


def share(wanted: Counter[str], have: Counter[str]) -> float | None:
    """Of the lines wanted, the share that is there."""
    return (wanted & have).total() / wanted.total() if wanted else None


def score(event: Event, candidate: str, text: str) -> tuple[Score, tuple[PostEdit, ...]]:
    """The figures of a text that is to become people's, and what they made of its drafts."""
    (old_code, old_prose), (new_code, new_prose), (code, prose) = map(lines, (event.old_target, event.new_target, text))
    del old_code
    step = Step(event.old_target, text, (event.old, event.new))
    known = {words(s) for s in said(event.old_target, event.language)}
    found = post_edits([step], event.new_target, event.language, reusable=known.__contains__)
    figures = Figures(tuple(measured(e, event.language, 1.0) for e in found if e.origin in DRAFTS))
    final, before = said(event.new_target, event.language), set(said(event.old_target, event.language))
    made = Score(
        event.name,
        event.language,
        candidate,
        share(old_prose & new_prose, prose),
        share(new_code, code),
        Levenshtein.distance(text, event.new_target) / max(1, len(event.new_target)),
        figures.number,
        sum(s.untouched for s in figures.sentences),
        sum(s.edits for s in figures.sentences),
        sum(s.words for s in figures.sentences),
        typed(event, text, final),
        sum(len(s) for s in final if s not in before),
    )
    return made, found


def typed(event: Event, text: str, final: Sequence[str]) -> int:
    """Characters that people type to turn a text into theirs."""
    english = normal(" ".join(c for b in parse(event.new).blocks if b.kind in PROSE for c in b.contents))
    draft = said(text, event.language)
    total = 0
    for left, right in aligned(draft, final):
        old, new = " ".join(draft[n] for n in left), " ".join(final[n] for n in right)
        if old != new:
            total += len(new) if old in english else Levenshtein.distance(old, new)
    return total


@cache
def engine_of(name: EngineName, models: Path) -> Engine:
    """An engine by its name, with default settings; ``models`` is where smt keeps its own, of several languages."""
    if name == "memory_only":
        return MemoryOnly()
    if name == "smt":
        return Smt(models, print)
    settings = Settings(
        source=Source(repository="en"), translations=[Translation(language="zh", repository="zh", baseline="sibling")]
    )
    return Composition(settings, Credentials.of({}), lambda text: None).engine(name)


def rows(engines: Sequence[EngineName]) -> list[Row]:
    """Each engine without repair and with it."""
    return [Row(engine, repairs) for engine in engines for repairs in (False, True)]


def replayed(folder: Path, engines: Sequence[EngineName], pairs: Path, with_book: bool, models: Path) -> list[Score]:
    """All candidates of one event."""
    event = read(folder)
    known = book(pairs, folder.parent, event.language) if with_book else None
    drafts = Drafts(event, known)
    final = said(event.new_target, event.language)
    out = []
    for name in engines:
        engine = engine_of(name, models)
        if name == "smt":
            engine = Taught(engine, learned(pairs, folder.parent, event.language))
        fresh = drafts.fresh(engine)
        for row in rows([name]):
            draft = drafts.draft(drafts.repaired(fresh) if row.repairs else fresh)
            made, edits = score(event, row.name, draft.text)
            if row.repairs and name != "memory_only":
                choices = [drafts.draft(drafts.repaired(fresh, limit)).text for limit in LIMITS]
                best = typed(event, drafts.draft(drafts.best(fresh)).text, final)
                made = replace(made, choices=tuple(typed(event, text, final) for text in choices), oracle=best)
            out.append(replace(made, reviewed=tuple(reviewed(event, draft, edits))))
    texts = {"stale": event.old_target, "section": by_section(event), "file": event.new}
    return out + [score(event, candidate, text)[0] for candidate, text in texts.items()]


def reviewed(event: Event, draft: Draft, edits: Iterable[PostEdit]) -> Iterator[tuple[int, bool]]:
    """What the page lists to look at, in reading order: its level of review, and whether people edited it."""
    by_text: dict[str, list[PostEdit]] = {}
    for edit in edits:
        by_text.setdefault(edit.draft, []).append(edit)
    usual = usual_length(draft)
    items = [(s.text, draft_level(s, draft.divergences, usual)) for s in draft.segments if s.origin != "english"]
    items += [(k.target, kept_level(k)) for k in draft.plan.kept if k.kind != "cosmetic"]
    for text, level in items:
        own = [edit for sentence in said(text, event.language) for edit in by_text.get(sentence, ())]
        if own:
            yield level, any(not edit.untouched for edit in own)


def show_order(name: str, scores: Sequence[Score], console: Console) -> None:
    """Whether people's edits are where the order of review says: by document (of at least five), and by level."""
    own = [s.reviewed for s in scores if s.candidate == name]
    every = [item for found in own for item in found]
    if not every:
        return
    long = [found for found in own if len(found) >= 5]
    tops = [sorted(found, key=lambda i: i[0])[: math.ceil(FIRST * len(found))] for found in long]
    top = sorted(every, key=lambda i: i[0])[: math.ceil(FIRST * len(every))]
    rows = [(f"{len(long)} documents", long, tops), ("all as one", [every], [top])]
    console.print(f"\norder of review ({name}): what people edited of {len(every)} drafts and kept sentences")
    for what, whole, first in rows:
        console.print(f"  {what}: {edited(whole)} of all, {edited(first)} of the first {FIRST:.0%}")
    for level in sorted({level for level, _ in every}):
        console.print(f"  level {level}: {edited([[i for i in every if i[0] == level]])}")


def edited(lists: Iterable[Iterable[tuple[int, bool]]]) -> str:
    found = [by_people for items in lists for _, by_people in items]
    return f"{sum(found) / max(1, len(found)):.1%} ({sum(found)} of {len(found)})"


def halves(name: str, scores: Sequence[Score]) -> Iterator[dict[str, object]]:
    """The choice of an engine, tuned on one half of the events and measured on the other, beside the other rows."""
    own = {s.event: s for s in scores if s.candidate == name}
    numbers = {event: n for n, event in enumerate(sorted(own), 1)}
    for half, rest in ((0, 1), (1, 0)):
        tuned = [s for s in own.values() if numbers[s.event] % 2 == rest]
        limit = min(range(len(LIMITS)), key=lambda k: sum(s.choices[k] for s in tuned))
        measured = [s for s in scores if numbers[s.event] % 2 == half]
        chosen = [s for s in measured if s.candidate == name]
        found = {
            candidate: sum(s.typed for s in measured if s.candidate == candidate)
            for candidate in dict.fromkeys(s.candidate for s in scores)
            if candidate not in ("section", "file", name)
        }
        always = sum(s.choices[-1] for s in chosen)
        found |= {f"{name}, always": always, f"choice (up to {LIMITS[limit]})": sum(s.choices[limit] for s in chosen)}
        found["oracle"] = sum(s.oracle for s in chosen)
        unaided = sum(s.unaided for s in chosen)
        for row, value in found.items():
            yield {
                "measured on": ("even", "odd")[half],
                "row": row,
                "typed": value,
                "workload": 1 - value / unaided if unaided else None,
            }


def summed(candidate: str, scores: Iterable[Score]) -> dict[str, object]:
    """The figures of a candidate over events."""
    own = [s for s in scores if s.candidate == candidate]
    total = {key: sum(getattr(s, key) for s in own) for key in SUMS}
    means = {key: [v for s in own if (v := getattr(s, key)) is not None] for key in MEANS}
    return {
        "candidate": candidate,
        "events": len(own),
        **{key: statistics.fmean(values) if values else None for key, values in means.items()},
        "drafts": total["drafts"],
        "untouched": ratio(total["untouched"], total["drafts"]),
        "hter": ratio(total["edits"], total["words"]),
        "typed": total["typed"],
        "workload": None if (left := ratio(total["typed"], total["unaided"])) is None else 1 - left,
    }


def ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def table(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """Rows as a Markdown table."""
    for n, row in enumerate(rows):
        if n == 0:
            yield f"| {' | '.join(row)} |"
            yield f"|:--|{'--:|' * (len(row) - 1)}"
        yield f"| {' | '.join(map(cell, row.values()))} |"


def cell(value: object) -> str:
    return "–" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)


def each(work: Callable[[Path], list[Score]], folders: Sequence[Path], jobs: int) -> Iterator[list[Score]]:
    """In the order of the folders, in as many processes as asked for."""
    if jobs == 1:
        yield from map(work, folders)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, folders)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--split", default="dev", help="which events (default: dev)")
    parser.add_argument("--engine", action="append", choices=get_args(EngineName), help="repeatable")
    parser.add_argument("--language", action="append", help="only events of this language; repeatable")
    parser.add_argument("--book", action="store_true", help="with the pairs of the rest of the book")
    parser.add_argument("--models", type=Path, default=Path("build/models"), help="where the engine smt keeps its own")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures of every event here")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    place = options.data / "d2l" / "replay" / options.split
    folders = sorted(p.parent for p in place.glob("*/meta.json"))
    if not folders:
        console.print(f"replay: skipped, {place} has no events (--data names the folder of the test material)")
        return 0
    if options.language:
        folders = [f for f in folders if read(f).language in options.language]
    engines = tuple(dict.fromkeys(options.engine or ["memory_only"]))
    work = partial(
        replayed, engines=engines, pairs=options.data / "d2l" / "pairs", with_book=options.book, models=options.models
    )
    scores = [s for found in each(work, folders, options.jobs) for s in found]
    names = [row.name for row in rows(engines)]
    found = [summed(candidate, scores) for candidate in (*names, *BASELINES)]
    console.print("\n".join(table(found)))
    for name in names:
        show_order(name, scores, console)
        if any(s.choices for s in scores if s.candidate == name):
            console.print("\n" + "\n".join(table(halves(name, scores))))
    if options.json:
        told = {"totals": found, "events": [asdict(s) for s in scores]}
        options.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
