"""What the page of a pull request says about one draft: how it was repaired, and what in its words is doubtful."""

from __future__ import annotations

from bot.drafting.doubts import english_left, strange_numbers
from bot.drafting.draft import DraftSegment
from bot.repair.repair import Repair
from bot.repair.splice import Change
from bot.reporting.quoting import code
from bot.reporting.wording import Wording


def doubts(segment: DraftSegment, words: Wording) -> list[str]:
    """What the words of a draft say against it."""
    source, text = segment.segment.source, segment.text
    numbers, left = strange_numbers(source, text), english_left(source, text)
    lines = [words("doubt.numbers", numbers=words.commas([code(number) for number in numbers]))] if numbers else []
    return [*lines, words("doubt.english", text=code(left))] if left else lines


def repaired(repair: Repair, words: Wording) -> list[str]:
    """What a repair changed and why, a line for each change, and what may have to be changed by hand."""
    lines = [_change(change, words) for change in repair.changes if change.old or change.new]
    lines += [words("repair.left", words=code(left)) for left in repair.left]
    return lines or [words("repair.none")]


def untranslated(repair: Repair, words: Wording) -> list[str]:
    """The changes that put English words in, a line for each."""
    return [_change(change, words) for change in repair.changes if change.english]


def _change(change: Change, words: Wording) -> str:
    pair = " → ".join(code(side) for side in (change.old, change.new) if side)
    text = code(change.text.strip()) if change.text.strip() else ""
    made = words(f"repair.{change.kind}", words=pair, text=text).rstrip()
    return words("repair.english", change=made) if change.english else made
