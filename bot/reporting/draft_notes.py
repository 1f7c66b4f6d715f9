"""What the page of a pull request says about one draft: how it was repaired, and what in its words is doubtful."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drafting.doubts import english_left, strange_numbers
from bot.drafting.draft import DraftSegment
from bot.repair.repair import Repair
from bot.repair.splice import ChangeKind
from bot.reporting.quoting import code

_CHANGES: Mapping[ChangeKind, str] = {
    "exchanged": "exchanged for",
    "removed": "removed",
    "replaced": "replaced by",
    "inserted": "added",
}


def doubts(segment: DraftSegment) -> list[str]:
    """What the words of a draft say against it."""
    source, text = segment.segment.source, segment.text
    numbers, left = strange_numbers(source, text), english_left(source, text)
    lines = [f"Please check {', '.join(map(code, numbers))}: the English has no such number."] if numbers else []
    return [*lines, f"Still in English: {code(left)}"] if left else lines


def repaired(repair: Repair) -> list[str]:
    """What a repair changed and why, a line for each change, and what may have to be changed by hand."""
    lines = [
        f"{' → '.join(code(words) for words in (c.old, c.new) if words)}: {_CHANGES[c.kind]}"
        f"{' ' + code(c.text.strip()) if c.text.strip() else ''}{', still in English' if c.english else ''}"
        for c in repair.changes
        if c.old or c.new
    ]
    lines += [f"{code(words)}: gone from the English, may still be in the draft" for words in repair.left]
    return lines or ["nothing found to change"]
