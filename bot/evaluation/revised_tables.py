"""The results of an evaluation on revisions as Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from bot.drafting.report import many
from bot.evaluation.revised import BANDS, Arm, Figures, Revised
from bot.evaluation.score_tables import table


def markdown(found: Revised) -> str:
    """The figures of each arm, and what is typed by how alike the old and the new English are."""
    bands = [f"{low:.0%} alike or more" if low else f"below {BANDS[-2]:.0%}" for low in BANDS]
    counts = [str(band.number) for band in found.arms[0].bands]
    lines = [
        f"{many(len(found.revisions), 'revised sentence')} ({found.unchanged:,} more whose translation people left as "
        f"it was). Learned from {found.pairs:,} pairs; {found.leaked:,} that say what a revised sentence says are left "
        "out.",
        "",
        *table(["arm", "drafts", "untouched", "HTER", "typed", "workload"], [_row(arm) for arm in found.arms]),
        "",
        "Characters typed, by how alike the old and the new English are:",
        "",
        *table(
            ["arm", *bands],
            [["(sentences)", *counts], *([arm.name, *(f"{b.typed:,}" for b in arm.bands)] for arm in found.arms)],
        ),
    ]
    return "\n".join(lines) + "\n"


def _row(arm: Arm) -> Sequence[str]:
    own = arm.figures
    return (
        arm.name,
        f"{own.made:,}",
        f"{own.untouched:,}",
        "–" if own.hter is None else f"{own.hter:.3f}",
        f"{own.typed:,}",
        "–" if own.workload is None else f"{own.workload:.3f}",
    )


def json_text(found: Revised) -> str:
    """The same for programs."""
    arms = [
        {
            "arm": arm.name,
            **_json(arm.figures),
            "bands": [{"alike_from": low, **_json(own)} for low, own in zip(BANDS, arm.bands, strict=True)],
        }
        for arm in found.arms
    ]
    fields = {"revisions": len(found.revisions), "unchanged": found.unchanged, "pairs": found.pairs}
    return json.dumps({**fields, "leaked": found.leaked, "arms": arms}, indent=1) + "\n"


def _json(figures: Figures) -> dict[str, object]:
    return {**asdict(figures), "workload": figures.workload}
