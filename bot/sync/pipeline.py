"""The steps of a sync, language by language; this module connects all those below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.baselines import records
from bot.baselines.records import Baselines
from bot.contracts import BRANCH, TRAILER
from bot.document.segment import Segment
from bot.document.tree import Tree
from bot.drafting.estimate import estimate
from bot.drafting.outcomes import Outcome, outcomes, writes
from bot.drafting.report import LanguageReport, State, title
from bot.drafting.translate import translated
from bot.engines import Batch, Engine, Key, Result
from bot.engines.announced import Announced
from bot.errors import AmtsError
from bot.forges import Current, Forge, Moved, Page
from bot.planning import book_plan
from bot.planning.book_plan import BookPlan
from bot.planning.leftovers import untranslated
from bot.reporting.pull_request_page import page
from bot.sync.corpus import Book, Language, OldTexts, check_siblings, covered, merged_resources
from bot.sync.removed import Removed

Done = TypeVar("Done")

TRIES = 3
"""How often a run plans when people keep pushing to its branch."""


def sync(english: Book, language: Language, engine: Engine, *, dry_run: bool = False) -> LanguageReport:
    """Brings one translation up to date with the English head, as a pull request.

    Raises AmtsError when nothing could be done; then nothing was written. With ``dry_run`` everything is
    planned and drafted, but nothing is written.
    """
    if not dry_run:
        language.check_writable()
    return persistent(language.name, lambda: _once(english, language, engine, dry_run))


def persistent(language: str, attempt: Callable[[], Done]) -> Done:
    """Repeats an attempt if people pushed meanwhile. Raises AmtsError if that happens too often."""
    for _ in range(TRIES):
        try:
            return attempt()
        except Moved:
            continue
    raise AmtsError(
        f"the branch {BRANCH} of {language} kept moving",
        why=f"other pushes came in between, {TRIES} times in a row; nothing was written",
        fix="run it again",
    )


def _once(english: Book, language: Language, engine: Engine, dry_run: bool) -> LanguageReport:
    current = language.forge.current()
    source = english.tree()
    files = language.repository.files(current.commit)
    target = Tree(files, language.repository.read, language.repository.symlinks(current.commit))
    recorded = records.read(language.baseline, files, target.read)
    if language.baseline == "sibling":
        check_siblings(source)
    baselines = covered(recorded, english.covers)
    texts = OldTexts(english.repository, source, target, baselines)
    plan = book_plan.plan_book(
        source,
        target,
        baselines,
        texts,
        language=language.name,
        small_edits=language.small_edits,
        lines=language.style.lines,
        flavour=english.source.flavour,
        former=Removed(english, language, current.commit),
    )
    plan = replace(plan, changes=(*plan.changes, *book_plan.unnamed(recorded)))
    done = LanguageReport(language.name, "nothing", english.commit, unrecorded=plan.unrecorded, notes=english.notes)
    if not plan.changes:
        if current.pull_request and current.pull_request.waiting and not dry_run:
            language.forge.announce(current.pull_request, waiting=False)
        return done
    if current.pull_request is None and (closed := language.forge.closed(source.fingerprint)):
        return LanguageReport(language.name, "closed", english.commit, location=closed.location)

    batch = Batch("en", language.name, _segments(plan))
    resources = merged_resources(english, language, current.base) if batch.segments else None
    used = None if dry_run else announced(engine, language.forge, current)
    result = translated(used, batch, resources) if resources else Result()
    drafted = outcomes(plan, result.answers)
    done = LanguageReport(language.name, "planned", english.commit, drafted, plan.unrecorded, notes=english.notes)
    changes = writes(drafted, recorded, source.files, {p: source.read(b) for p, b in _heads(plan, source)})
    if dry_run:
        return replace(done, estimate=estimate(batch, resources.memory, language.price)) if resources else done
    if not changes:
        return LanguageReport(
            language.name, "failed", english.commit, drafted, problem="none of the documents could be planned"
        )
    name = title(language.name, english.commit)
    state: State = "continued" if current.pull_request else "opened"
    left = _leftovers(current, changes, drafted, source, baselines, english, language) if current.pull_request else ()
    done = LanguageReport(
        language.name,
        state,
        english.commit,
        drafted,
        plan.unrecorded,
        leftovers=left,
        billed=result.characters,
        price=language.price,
    )
    request = language.forge.publish(
        current,
        changes,
        Page(name, partial(page, done)),
        message=f"{name}\n\n{TRAILER}: {english.commit}\n",
        fingerprint=source.fingerprint,
    )
    return replace(done, location=request.location, notes=(*english.notes, *request.notes))


def announced(engine: Engine, forge: Forge, current: Current) -> Engine:
    """The engine; a slow one shows on the open pull request that it is working."""
    request = current.pull_request
    if request is None or not engine.asynchronous:
        return engine
    return Announced(engine, lambda working: forge.announce(request, waiting=working))


def _leftovers(
    current: Current,
    changes: Mapping[str, bytes | None],
    drafted: Sequence[Outcome],
    source: Tree,
    baselines: Baselines,
    english: Book,
    language: Language,
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What earlier syncs left in English in the open pull request, by document."""
    base, now = language.repository.files(current.base), language.repository.files(current.commit)
    listed = {(o.change.path, s.segment.source) for o in drafted if o.draft for s in o.draft.segments}
    out = []
    for path, record in sorted(baselines.of.items()):
        if path not in now or base.get(path) == now[path] or record.source_path not in source.files:
            continue
        data = changes[path] if path in changes else language.repository.read(now[path])
        if data is not None:
            text = data.decode("utf-8", "replace")
            found = untranslated(source.text(record.source_path), text, "en", english.source.flavour)
            out.append((path, tuple(s for s in found if (path, s) not in listed)))
    return tuple((path, sentences) for path, sentences in out if sentences)


def _heads(plan: BookPlan, source: Tree) -> Iterator[tuple[str, str]]:
    for change in plan.changes:
        if change.source_path in source.files:
            yield change.source_path, source.files[change.source_path]


def _segments(plan: BookPlan) -> dict[Key, Segment]:
    """Everything that is left to translate, in reading order."""
    return {
        (change.path, segment.number): segment
        for change in plan.changes
        if change.plan
        for segment in change.plan.segments
    }
