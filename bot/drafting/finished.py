"""The reports of languages that are done, packed: the texts of many languages would take more memory than a sync."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import overload

from bot.drafting.report import LanguageReport


class Finished(Sequence[LanguageReport]):
    """Reports in the order in which they were added; each is unpacked when it is looked at.

    Without what makes a review page, which needs the repositories: whoever wants one makes it before.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []

    def add(self, report: LanguageReport) -> None:
        """Packs a report, to about a tenth of its memory."""
        self._packed.append(zlib.compress(pickle.dumps(replace(report, review=None), pickle.HIGHEST_PROTOCOL), 1))

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


def _unpacked(packed: bytes) -> LanguageReport:
    report: LanguageReport = pickle.loads(zlib.decompress(packed))
    return report
