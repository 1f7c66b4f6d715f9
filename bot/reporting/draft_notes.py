"""What the page of a pull request says about one draft: how it was repaired, and what in its words is doubtful."""

from __future__ import annotations

from bot.drafting.doubts import english_left, strange_numbers
from bot.drafting.draft import DraftSegment
from bot.repair.repair import Repair
from bot.repair.splice import Change
from bot.reporting.quoting import code
from bot.reporting.wording import Wording


def origin(segment: DraftSegment, words: Wording) -> str:
    """Where the words of a draft come from."""
    english = segment.repair and segment.repair.english
    return words("origin.repaired.english" if english else f"origin.{segment.origin}")


def doubts(segment: DraftSegment, words: Wording) -> list[str]:
    """What the words of a draft say against it."""
    source, text = segment.segment.source, segment.text
    numbers, left = strange_numbers(source, text), english_left(source, text)
    lines = [words("doubt.numbers", numbers=words.commas([code(number) for number in numbers]))] if numbers else []
    named = segment.repair and segment.repair.english  # each stretch has a line already
    return [*lines, words("doubt.english", text=code(left))] if left and not named else lines


def repaired(repair: Repair, words: Wording) -> list[str]:
    """What a repair changed and why, a line for each change, and what may have to be changed by hand."""
    lines = [_change(change, words) for change in repair.changes if change.old or change.new]
    lines += unfinished(repair, words)
    return lines or [words("repair.none")]


def unfinished(repair: Repair, words: Wording) -> list[str]:
    """What English took out or put in without a change of the draft, a line for each of the two."""
    texts = (("repair.left", repair.left), ("repair.unsaid", repair.unsaid))
    return [words(key, words=words.commas([code(text) for text in said])) for key, said in texts if said]


def untranslated(repair: Repair, words: Wording) -> list[str]:
    """The changes that put English words in, a line for each."""
    return [_change(change, words) for change in repair.changes if change.english]


def _change(change: Change, words: Wording) -> str:
    pair = " → ".join(code(side) for side in (change.old, change.new) if side)
    if change.english:
        return words("repair.english", change=pair)
    text = code(change.text.strip()) if change.text.strip() else ""
    return words(f"repair.{change.kind}", words=pair, text=text).rstrip()
