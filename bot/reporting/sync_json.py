"""The results of syncs as JSON, for programs, in the words of the action's outputs (docs/terminal.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.drafting.finished import outline
from bot.drafting.report import LanguageReport, count

if TYPE_CHECKING:
    from bot.drafting.estimate import Estimate
    from bot.drafting.report import Confirmation, Retranslation

NOT_SENTENCES = ("untouched_blocks", "characters")
"""Figures of ``Counts`` that the outputs of the action do not have."""


def counts(reports: Iterable[LanguageReport]) -> Mapping[str, int]:
    """The figures of all languages together: what this run did."""
    found = asdict(count(outcome for report in reports for outcome in report.outcomes))
    return {name: number for name, number in found.items() if name not in NOT_SENTENCES}


def synced(reports: Iterable[LanguageReport]) -> Mapping[str, object]:
    """The result of a run. Each report is looked at once."""
    ended, languages, total = list[LanguageReport](), list[Mapping[str, object]](), Counter[str]()
    for report in reports:
        ended.append(outline(report))
        languages.append(_language(report))
        total.update(counts([report]))
    return {
        "pull_requests": {r.language: r.location for r in ended if r.location},
        "counts": {name: total[name] for name in counts([])},
        "characters": sum(r.billed for r in ended),
        "cost": round(sum(r.cost for r in ended), 4),
        "failures": [r.language for r in ended if r.failed],
        "waiting": sum(r.left for r in ended),
        "languages": languages,
    }


def _language(report: LanguageReport) -> Mapping[str, object]:
    return {
        "language": report.language,
        "state": report.state,
        "english": report.english or None,
        "pull_request": report.location or None,
        "problem": report.problem or None,
        "waiting": report.left,
        "characters": report.billed,
        "cost": round(report.cost, 4),
        "documents": _documents(report),
        "postponed": [{"path": one.path, "sentences": one.sentences} for one in report.postponed],
        "deletions": [one.path for one in report.deletions],
        "unrecorded": list(report.unrecorded),
        "gaps": list(report.gaps),
        "carried": [{"path": one.path, "text": one.text} for one in report.carried],
        "by_hand": [{"path": one.path, "text": one.text} for one in report.for_people],
        "notes": [*report.notes, *([report.unreported] if report.unreported else [])],
        "estimate": _estimate(report.estimate) if report.estimate else None,
    }


def _documents(report: LanguageReport) -> list[Mapping[str, object]]:
    """The documents of this run, then others that wait in the pull request, whose ``status`` is null."""
    waiting = {document.path: document for document in report.documents}
    found: list[Mapping[str, object]] = []
    for outcome in report.outcomes:
        left = waiting.pop(outcome.change.path, None)
        found.append(
            {
                "path": outcome.change.path,
                "was": outcome.change.was,
                "source_path": outcome.change.source_path,
                "change": outcome.change.kind,
                "status": outcome.status,
                "reason": outcome.reason or None,
                "blocks_kept": outcome.draft.plan.reused if outcome.draft else 0,
                "to_translate": left.to_translate if left else 0,
                "to_check": left.to_check if left else 0,
            }
        )
    for path, document in waiting.items():
        if document.work:
            figures = {"to_translate": document.to_translate, "to_check": document.to_check}
            found.append({"path": path, "status": None, **figures})
    return found


def _estimate(estimate: Estimate) -> Mapping[str, object]:
    return {
        "sentences": dict(estimate.sentences),
        "characters": dict(estimate.characters),
        "sent": estimate.sent if estimate.sends else 0,
        "cost": round(estimate.cost, 4) if estimate.sends else 0.0,
    }


def retranslated(made: Retranslation) -> Mapping[str, object]:
    """The result of ``amts retranslate``."""
    return {
        "language": made.language,
        "pull_request": made.location or None,
        "commit": made.commit or None,
        "counts": {"translated": sum(len(one.changed) for one in made.documents.values())},
        "characters": made.billed,
        "cost": round(made.billed * made.price / 1e6, 4),
        "documents": [
            {
                "path": path,
                "drafts": [
                    {
                        "source": s.segment.source,
                        "before": one.before(s),
                        "text": s.text,
                        "origin": s.origin,
                        "engine": s.engine or None,
                    }
                    for s in one.changed
                ],
                "left": list(one.redraft.left),
            }
            for path, one in made.documents.items()
        ],
    }


def reviewed(language: str, made: Confirmation) -> Mapping[str, object]:
    """The result of ``amts reviewed``."""
    return {
        "language": language,
        "commit": made.commit or None,
        "documents": [{"path": path, "reviewed": number} for path, number in made.documents.items()],
        "to_translate": made.english,
    }
