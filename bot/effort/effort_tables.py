"""The effort of post-editing on a terminal and as JSON, CSV and Markdown: the same figures under the same names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Literal

from rich.console import Console
from rich.table import Table

from bot.effort.figures import Effort, Figures, Month
from bot.effort.post_editing import ORIGINS, Origin

Row = dict[str, str | int | float | None]

_All = Literal["all"]
_ALL: _All = "all"


def rows(month: Month) -> Iterator[Row]:
    """The figures of all its sentences, then of each origin that occurs."""
    yield _row(month, _ALL, month.figures)
    for origin in ORIGINS:
        if (own := month.figures.of(origin)).number:
            yield _row(month, origin, own)


def _row(month: Month, origin: Origin | _All, own: Figures) -> Row:
    return {
        "language": month.language,
        "month": month.month,
        "origin": origin,
        "pull_requests": month.requests,
        "unmeasured": month.unmeasured,
        "drafts": own.drafts.number,
        "untouched": rounded(own.drafts.untouched if origin == _ALL else own.untouched),
        "hter": rounded(own.hter),
        "sentences": own.number,
        "edited": own.edited,
        "unaided": own.unaided,
        "workload": rounded(own.workload),
    }


def rounded(figure: float | None) -> float | None:
    """Rounded to four decimal places."""
    return None if figure is None else round(figure, 4)


def json_text(effort: Effort) -> str:
    """Every month, and the totals of each language and of all."""
    totals = [effort.total(language) for language in (*effort.languages, "")]
    fields = {
        "months": [row for month in effort.months for row in rows(month)],
        "totals": [row for month in totals for row in rows(month)],
    }
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def csv_text(effort: Effort) -> str:
    """A row for each month and origin; a cell without a figure is empty."""
    stream = io.StringIO()
    found = [row for month in effort.months for row in rows(month)]
    out = csv.DictWriter(stream, list(found[0]), lineterminator="\n")
    out.writeheader()
    out.writerows(found)
    return stream.getvalue()


HEADINGS = (
    "language",
    "month",
    "merged",
    "drafts",
    "untouched",
    "HTER",
    "English",
    "edited",
    "unaided",
    "workload",
)
"""``edited`` and ``unaided`` count characters: typed by people, and what they would have typed without the bot."""


def cells(month: Month) -> tuple[str, ...]:
    """A month in readable form, under ``HEADINGS``."""
    own = month.figures
    return (
        month.language,
        month.month,
        str(month.requests),
        f"{own.drafts.number:,}",
        share(own.drafts.untouched),
        "–" if own.hter is None else f"{own.hter:.3f}",
        f"{own.of('english').number:,}",
        f"{own.edited:,}",
        f"{own.unaided:,}",
        share(own.workload),
    )


def shown(effort: Effort) -> Iterator[Month]:
    """Every month, and after the months of each language their total."""
    for language in effort.languages:
        own = [m for m in effort.months if m.language == language]
        yield from own
        if len(own) > 1:
            yield effort.total(language)
    if len(effort.languages) > 1:
        yield effort.total()


def by_origin(effort: Effort) -> Iterator[tuple[str, ...]]:
    """Each origin of each language: its figures under ``ORIGIN_HEADINGS``."""
    for language in effort.languages:
        own = effort.total(language).figures
        for origin in ORIGINS:
            if (part := own.of(origin)).number:
                hter = "–" if part.hter is None else f"{part.hter:.3f}"
                yield (
                    language,
                    ORIGIN_NAMES[origin],
                    f"{part.number:,}",
                    share(part.untouched),
                    hter,
                    f"{part.edited:,}",
                    f"{part.unaided:,}",
                    share(part.workload),
                )


ORIGIN_NAMES: Mapping[Origin, str] = {
    "reused": "reused from the book",
    "repaired": "repaired translation",
    "machine": "machine",
    "english": "left in English",
    "kept": "kept despite an edit",
}

ORIGIN_HEADINGS = ("language", "origin", "sentences", "untouched", "HTER", "edited", "unaided", "workload")


def share(figure: float | None) -> str:
    """As a percentage."""
    return "–" if figure is None else f"{figure:.1%}"


def unmeasured(effort: Effort) -> str:
    """How many pull requests could not be measured, in a sentence; empty for none."""
    number = effort.total().unmeasured
    if not number:
        return ""
    return (
        f"{number:,} merged pull request{'' if number == 1 else 's'} could not be measured and "
        f"{'is' if number == 1 else 'are'} not in these figures: squashed, with the drafts gone."
    )


def show(effort: Effort, console: Console) -> None:
    """What drafts saved, by month and by origin."""
    for headings, lines in (
        (HEADINGS, map(cells, shown(effort))),
        (ORIGIN_HEADINGS, by_origin(effort)),
    ):
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
        for n, heading in enumerate(headings):
            table.add_column(heading, justify="left" if n < 2 else "right", no_wrap=True)
        for line in lines:
            table.add_row(*line)
        console.print(table, width=max(console.width, 100), crop=False)
        console.print()
    if lost := unmeasured(effort):
        console.print(f"  {lost}", soft_wrap=True)


def markdown_text(effort: Effort) -> str:
    """Two tables: by month, and by origin."""
    parts = [
        "# Post-editing effort",
        _table(HEADINGS, map(cells, shown(effort)), 2),
        "## By origin of the draft",
        _table(ORIGIN_HEADINGS, by_origin(effort), 2),
    ]
    if lost := unmeasured(effort):
        parts.insert(2, lost)
    return "\n\n".join(parts) + "\n"


def _table(headings: tuple[str, ...], lines: Iterator[tuple[str, ...]], left: int) -> str:
    rule = [":--"] * left + ["--:"] * (len(headings) - left)
    return "\n".join(f"| {' | '.join(line)} |" for line in (headings, rule, *lines))
