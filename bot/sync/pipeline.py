"""The steps of a sync of one language: what has changed, and whether anything is to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.contracts import WAITING_TRAILER
from bot.drafting.report import LanguageReport
from bot.engines import Engine
from bot.errors import AmtsError
from bot.forges import Current, Moved, PullRequest
from bot.messages import Message
from bot.progress import Step, silent
from bot.repositories import history
from bot.sync.checks import report
from bot.sync.choice import ALL, Choice
from bot.sync.corpus import Book, Edition
from bot.sync.planned import planned
from bot.sync.shown import show
from bot.sync.ticked import settle_ticked
from bot.sync.unfinished import waiting_at

Done = TypeVar("Done")

ADRIFT = "{branch} has work that is in no pull request: open one from it, or the next sync with something to do does"
"""A note where the branch is ahead of what people publish, and GitHub closed its pull request with a deleted branch."""

TRIES = 3
"""How often a run plans when people keep pushing to its branch."""


def sync(
    english: Book,
    edition: Edition,
    engine: Engine,
    *,
    dry_run: bool = False,
    choice: Choice = ALL,
    step: Step = silent,
) -> LanguageReport:
    """Brings one translation up to date with the English head, as a pull request.

    Raises AmtsError when nothing could be done; then nothing was written. With ``dry_run`` everything is
    planned and drafted, but nothing is written. ``step`` shows what is going on.
    """
    if not dry_run:
        edition.check_writable()
    return persistent(edition.name, lambda: _once(english, edition, engine, dry_run, choice, step))


def persistent(language: str, attempt: Callable[[], Done]) -> Done:
    """Repeats an attempt if people pushed meanwhile. Raises AmtsError if that happens too often."""
    for _ in range(TRIES):
        try:
            return attempt()
        except Moved:
            continue
    raise AmtsError(
        Message("the branch of the pull request of {language} kept moving", language=language),
        why=Message("other pushes came in between, {number} times in a row; nothing was written", number=TRIES),
        fix=Message("run it again"),
    )


def _once(english: Book, edition: Edition, engine: Engine, dry_run: bool, choice: Choice, step: Step) -> LanguageReport:
    edition, current = settle_ticked(edition, edition.forge.current(), dry_run)
    found = planned(english, edition, current, choice, step)
    if not found.plan.changes:
        request = None if dry_run else current.pull_request
        left = edition.forge.settle(request) if request else ()
        waiting = waiting_at(english, edition, current)
        if request:
            show(english, edition, current, current.ticked)
        unreported, uncommented = _caught_up(english, edition, current, request) if request else ("", "")
        adrift = current.pull_request is None and current.commit != current.base
        shown = current.pull_request if found.plan.waiting or waiting else None
        return LanguageReport(
            edition.name,
            "full" if found.plan.waiting else "nothing",
            english.commit,
            unrecorded=found.plan.unrecorded,
            location=shown.location if shown else "",
            waiting=waiting,
            notes=(
                *found.notes,
                *left,
                *([ADRIFT.format(branch=edition.forge.own)] if adrift else []),
                *filter(None, [uncommented]),
            ),
            postponed=found.plan.waiting,
            gaps=found.plan.gaps,
            idle=found.idle,
            adopting=found.adopting,
            branch=edition.forge.own,
            unreported=unreported,
        )
    if current.pull_request is None and (closed := edition.forge.closed(found.source.fingerprint)):
        return LanguageReport(edition.name, "closed", english.commit, location=closed.location, notes=closed.notes)

    # Most runs find nothing to do; what drafts is imported for the others alone.
    from bot.sync.delivery import deliver

    return deliver(found, engine, dry_run, step)


def _caught_up(english: Book, edition: Edition, current: Current, request: PullRequest) -> tuple[str, str]:
    """Reports on the head of an open pull request, and makes the comments on lines that a run which died did not.

    Returns why it could not, either.
    """
    missing = list[bool]()
    unreported = report(english, edition, current, request, missing=lambda: missing.append(True))
    # A run reports after its comments. What people pushed, and where nothing can be reported, tells nothing of them.
    if not missing or unreported or edition.review_comments == "none":
        return unreported, ""
    if not history.bot_trailer(edition.repository, request.head, WAITING_TRAILER):
        return "", ""
    from bot.sync.line_comments import comment
    from bot.sync.resources import merged_resources
    from bot.sync.review_pages import report_at

    here = report_at(english, edition, replace(current, commit=request.head))
    gathered = partial(merged_resources, english, edition, current.base)
    return "", comment(english, edition, current, request, here, gathered)
