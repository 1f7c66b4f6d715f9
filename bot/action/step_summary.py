"""The results of a run of the action: the summary of the step, and its outputs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.drafting.report import LanguageReport, count
from bot.reporting.pull_request_page import page
from bot.reporting.quoting import code, inline
from bot.reporting.sync_json import counts
from bot.sync.serve_comments import Served

LIMIT = 1_000_000
"""Maximum bytes of a step's summary; GitHub accepts 1 MiB."""


def sync_summary(reports: Sequence[LanguageReport]) -> str:
    """A row for each language, then what went wrong, then the pages, as far as there is room."""
    lines = [
        "## Translations",
        "",
        "| language | | to translate | to check | documents failed | characters | cost (USD) |",
        "|:--|:--|--:|--:|--:|--:|--:|",
    ]
    problems: list[str] = []
    pages = 0
    for report in reports:
        failed = count(report.outcomes).failed
        translate, check = (sum(getattr(d, name) for d in report.documents) for name in ("to_translate", "to_check"))
        state = report.words
        shown = f"[{state}]({report.location})" if report.location.startswith("http") else state
        cost = f"{report.cost:.2f}" if report.price else ""
        lines.append(f"| {report.language} | {shown} | {translate} | {check} | {failed} | {report.billed:,} | {cost} |")
        problems += _problems(report)
        pages += bool(report.outcomes)
    text = "\n".join([*lines, *problems]) + "\n"
    # One at a time: the texts of many languages take much memory.
    for report in reports:
        if report.outcomes:
            # A code point has up to four bytes; room that one language does not need is left for the next.
            room = (LIMIT - len(text.encode())) // pages // 4 - 200
            text += f"\n<details><summary>{report.language}</summary>\n\n{page(report, limit=room)}\n</details>\n"
            pages -= 1
    return text


def _problems(report: LanguageReport) -> list[str]:
    found = [*report.problem.splitlines(), *report.notes]
    found += [f"{o.change.path}: {o.reason}" for o in report.outcomes if o.status == "failed"]
    if not found:
        return []
    return ["", f"### {report.language}", "", *(f"- {inline(p.strip())}" for p in found if p.strip())]


def comments_summary(served: Sequence[Served]) -> str:
    """A row for each comment."""
    lines = ["## Comments", "", "| comment | of | | |", "|--:|:--|:--|:--|"]
    for one in served:
        problem = inline(" · ".join(one.problems)) if one.problems else ""
        lines.append(f"| {one.comment.id} | {code(one.comment.author)} | {one.state} | {problem} |")
    return "\n".join(lines if served else ["## Comments", "", "None to serve."]) + "\n"


def sync_outputs(reports: Sequence[LanguageReport], review_pages: str = "") -> Mapping[str, str]:
    """The outputs of the action, by name; ``review_pages`` is the folder with the review pages."""
    return {
        "pull-requests": json.dumps({r.language: r.location for r in reports if r.location}),
        "counts": json.dumps(counts(reports)),
        "characters": str(sum(r.billed for r in reports)),
        "cost": f"{sum(r.cost for r in reports):.4f}",
        "review-pages": review_pages,
        "failures": json.dumps([r.language for r in reports if r.failed]),
    }


def comments_outputs(language: str, served: Sequence[Served]) -> Mapping[str, str]:
    """The outputs when comments were served."""
    made = [s.retranslation for s in served if s.retranslation]
    return {
        "pull-requests": json.dumps({}),
        "counts": json.dumps({"translated": sum(len(d.changed) for m in made for d in m.documents.values())}),
        "characters": str(sum(m.billed for m in made)),
        "cost": f"{sum(m.billed * m.price for m in made) / 1e6:.4f}",
        "review-pages": "",
        "failures": json.dumps([language] if any(s.failed for s in served) else []),
    }
