"""What ``amts adopt`` found as JSON, for programs; docs/terminal.md has every field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.origins.verdict import Verdict
    from bot.reporting.adoption_page import Written
    from bot.repositories.versions import Version


def adopted(language: str, verdicts: Sequence[Verdict], written: Written | None) -> Mapping[str, object]:
    """The verdict on each document, and the pull request that records some of them."""
    return {
        "language": language,
        "counts": dict(Counter(verdict.confidence for verdict in verdicts)),
        "pull_request": written.location if written else None,
        "recorded": written.documents if written else 0,
        "notes": list(written.notes) if written else [],
        "documents": [
            {
                "path": one.path,
                "confidence": one.confidence,
                "version": _version(one.version),
                "until": _version(one.until),
                "recorded": _version(one.recorded),
                "worse": round(one.worse, 1),
                "evidence": list(one.evidence),
                "candidates": [_version(version) for version in one.candidates],
                "today": [place.path for place in one.today],
            }
            for one in verdicts
        ],
    }


def _version(version: Version | None) -> Mapping[str, object] | None:
    if version is None:
        return None
    day = datetime.fromtimestamp(version.time, UTC).date().isoformat()
    return {"path": version.path, "commit": version.oldest, "date": day, "blob": version.blob}
