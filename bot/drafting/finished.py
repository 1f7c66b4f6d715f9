"""The reports of languages that are done, packed: the texts of many languages would take more memory than a sync."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import overload

from bot.drafting.report import LanguageReport


class Finished(Sequence[LanguageReport]):
    """Reports in the order in which they were added; each is unpacked when it is looked at: 0.3 s for a large book.

    Without what makes a review page, which needs the repositories: whoever wants one makes it before. ``outlines`` is
    for what can do without drafts.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self.outlines: list[LanguageReport] = []

    def add(self, report: LanguageReport) -> None:
        """Packs a report, to about a tenth of its memory."""
        packed = BytesIO()
        with gzip.open(packed, "wb", 1) as stream:
            pickle.dump(replace(report, review=None), stream, pickle.HIGHEST_PROTOCOL)
        self._packed.append(packed.getvalue())
        self.outlines.append(outline(report))

    @overload
    def __getitem__(self, index: int) -> LanguageReport: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LanguageReport]: ...
    def __getitem__(self, index: int | slice) -> LanguageReport | Sequence[LanguageReport]:
        if isinstance(index, slice):
            return [_unpacked(packed) for packed in self._packed[index]]
        return _unpacked(self._packed[index])

    def __len__(self) -> int:
        return len(self._packed)


def outline(report: LanguageReport) -> LanguageReport:
    """A report without texts, drafts and sentences: how it ended, and how many sentences are left."""
    ends = (
        replace(o, draft=None, change=replace(o.change, old="", new="", target="", plan=None)) for o in report.outcomes
    )
    return replace(report, outcomes=tuple(ends), documents=(), waiting=report.left, review=None)


def _unpacked(packed: bytes) -> LanguageReport:
    with gzip.open(BytesIO(packed)) as stream:
        report: LanguageReport = pickle.load(stream)
    return report
