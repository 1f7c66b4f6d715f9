"""Delivers the plan of one language: drafts what is left to translate and publishes it in a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bot.contracts import TRAILER, TREE_TRAILER, WAITING_TRAILER
from bot.document.segment import Segment
from bot.document.tree import Tree
from bot.drafting.estimate import estimate
from bot.drafting.outcomes import outcomes, writes
from bot.drafting.report import LanguageReport, State, many
from bot.drafting.translate import translated
from bot.engines import Batch, Engine, Key, Result
from bot.engines.announced import Announced
from bot.engines.memory_only import MemoryOnly
from bot.engines.resources import Resources
from bot.forges import Current, Forge, Page
from bot.planning.book_plan import BookPlan
from bot.progress import Step, counted, silent
from bot.reporting.pull_request_page import page, title
from bot.reporting.wording import wording
from bot.sync.checks import report
from bot.sync.deleted import deleted
from bot.sync.line_comments import comment
from bot.sync.planned import Planned
from bot.sync.resources import merged_resources
from bot.sync.review_pages import review_page
from bot.sync.travelling import travelling
from bot.sync.unfinished import after_sync


def deliver(planned: Planned, engine: Engine, dry_run: bool, step: Step = silent) -> LanguageReport:
    """The report of what was drafted and published; with ``dry_run`` nothing is sent or written.

    Raises AmtsError, and ``Moved`` if people pushed to the branch meanwhile; then nothing was written.
    """
    english, edition, current, plan = planned.english, planned.edition, planned.current, planned.plan
    source, recorded = planned.source, planned.recorded
    batch = Batch("en", edition.name, segments(plan))
    if batch.segments:
        step("reading what people merged")
    resources = merged_resources(english, edition, current.base) if batch.segments else None
    used = _in_a_dry_run(engine) if dry_run else announced(engine, edition.forge, current)
    if resources and used:
        step(f"drafting {many(len(batch.segments), 'sentence')} with {used.name}")
    result = translated(used, batch, resources) if resources else Result()
    drafted = outcomes(plan, result.answers, recorded.records)
    # Where no engine took up what is still English, nothing becomes of that document.
    drafted = tuple(o for o in drafted if not (o.change.left and o.status == "unchanged") or dry_run)
    done = LanguageReport(
        edition.name,
        "planned",
        english.commit,
        drafted,
        plan.unrecorded,
        notes=planned.notes,
        postponed=plan.waiting,
        gaps=plan.gaps,
        idle=planned.idle,
        adopting=planned.adopting,
        branch=edition.forge.own,
        page_language=edition.page_language,
    )
    changes = writes(
        drafted, recorded, source.files, {p: source.read(b) for p, b in _heads(plan, source)}, english.commit
    )
    extra = travelling(planned, drafted, changes)
    gone, moves = deleted(planned, drafted, changes)
    done = replace(done, deletions=gone, moves=moves, carried=extra.carried, for_people=extra.left)
    step("checking")
    after = after_sync(english, edition, current, drafted, counted(step, "checking", "document"))
    done = replace(done, documents=after.documents)
    if dry_run:
        return replace(done, estimate=estimate(batch, resources.memory, edition.price)) if resources else done
    if not drafted:
        number = many(sum(change.left for change in plan.changes), "sentence")
        note = f"{number} still in English: the engine drafted none of them"
        return replace(done, state="nothing", notes=(*done.notes, note), location="")
    if not changes:
        return LanguageReport(
            edition.name, "failed", english.commit, drafted, problem="none of the documents could be planned"
        )
    words = wording(edition.page_language)
    name = title(words, edition.name, english.commit)
    state: State = "continued" if current.pull_request else "opened"
    files = {**changes, **extra.files, **({edition.records.review: after.record} if after.record else {})}
    done = replace(done, state=state, billed=result.characters, price=edition.price)
    review = partial(review_page, english, edition, done, current.commit)
    step("pushing")
    request = edition.forge.publish(
        current,
        files,
        Page(name, partial(page, done), words.message, partial(review, "")),
        message=f"{name}\n\n{TRAILER}: {english.commit}\n{TREE_TRAILER}: {source.fingerprint}\n"
        f"{WAITING_TRAILER}: {done.left}\n",
        fingerprint=source.fingerprint,
    )

    def gathered() -> Resources:
        return resources or merged_resources(english, edition, current.base)

    # The checks come last: a later run sees by them whether this one came to its end.
    uncommented = comment(english, edition, current, request, done, gathered)
    unreported = report(english, edition, current, request, after)
    notes = (*planned.notes, *request.notes, *filter(None, [uncommented]))
    made = partial(review, request.location)
    return replace(done, location=request.location, notes=notes, unreported=unreported, review=made)


def _in_a_dry_run(engine: Engine) -> Engine | None:
    """The engine if it sends nothing, takes no time and costs nothing, so that a dry run has the figures of a sync."""
    return engine if isinstance(engine, MemoryOnly) else None


def announced(engine: Engine, forge: Forge, current: Current) -> Engine:
    """The engine; a slow one shows on the open pull request that it is working."""
    request = current.pull_request
    if request is None or not engine.asynchronous:
        return engine
    return Announced(engine, lambda working: forge.announce(request, waiting=working))


def _heads(plan: BookPlan, source: Tree) -> Iterator[tuple[str, str]]:
    for change in plan.changes:
        if change.source_path in source.files:
            yield change.source_path, source.files[change.source_path]


def segments(plan: BookPlan) -> dict[Key, Segment]:
    """Everything that is left to translate, in reading order."""
    return {
        (change.path, segment.number): segment
        for change in plan.changes
        if change.plan
        for segment in change.plan.segments
    }
