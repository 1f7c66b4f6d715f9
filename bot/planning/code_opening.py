"""What opens a block of code: its fence, and the line that names its tabs."""

from __future__ import annotations

import re

from bot.messages import Message
from bot.planning.differing import differing
from bot.planning.token_merge import Merged, merge_tokens, squeezed

_OPENING = re.compile(r"[ \t>]*(?:`{3,}|~{3,}|:{3,})")
_CLOSING = re.compile(rf"{_OPENING.pattern}\s*")
_TAB = re.compile(r"[ \t]*(?:#@tab|#?%%tab)[ \t]+")


def merged_opening(old: str, new: str, target: str) -> Merged | None:
    """The first line of a block, without its end, with what English changed in it; None if it changed nothing there.

    Its fence is that of the ``new`` English, as what closes the block has to be.
    """
    before, after, ours = (text.partition("\n")[0] for text in (old, new, target))
    fences = [_OPENING.match(line) for line in (before, after, ours)]
    if before.rstrip() == after.rstrip() or not all(fences):
        return None
    done = merge_tokens(before, after, ours)
    fence, wanted = _OPENING.match(done.text), fences[1]
    return done if fence and wanted and fence[0] == wanted[0] else Merged(after, done.flags)


def fenced_as(model: str, block: str) -> str:
    """A block of code between the fences of another one."""
    lines, others = block.splitlines(keepends=True), model.splitlines(keepends=True)
    closed = all(len(side) > 1 and _CLOSING.fullmatch(side[-1]) for side in (lines, others))
    return "".join([others[0], *lines[1:-1], others[-1]] if closed else [others[0], *lines[1:]])


def split_tabs(block: str) -> tuple[str, str]:
    """The line of a block that names its tabs (empty if it has none), and the block without it."""
    first, *rest = block.splitlines(keepends=True)
    return (rest[0], "".join([first, *rest[1:]])) if rest and _TAB.match(rest[0]) else ("", block)


def merged_tabs(old: str, new: str, target: str) -> Merged:
    """The line that names the tabs of a block, plus the names that English added and minus those it removed.

    A block without that line is for the first tab of its page, until English names that too.
    """
    if squeezed(target) == squeezed(old):
        return Merged(new)
    if squeezed(target) == squeezed(new):
        return Merged(target)
    if not target or not new:
        return Merged(target, (conflict(old, new),))
    marks = [found[0] if (found := _TAB.match(line)) else "" for line in (old, new, target)]
    lists = [line[len(mark) :].strip() for line, mark in zip((old, new, target), marks, strict=True)]
    before, after, ours = (re.split(r"[\s,]+", names) if names else [] for names in lists)
    mark = marks[2] if marks[1] == marks[0] else marks[1]
    end = target[len(target.rstrip()) :]
    if "all" in (*before, *after, *ours):
        return Merged(mark + lists[2] + end, merge_tokens(lists[0], lists[1], lists[2]).flags)
    names = [n for n in ours if n in after or n not in before]
    names += [n for n in after if n not in before and n not in names]
    return Merged(mark + ", ".join(names) + end)


def conflict(old: str, new: str) -> str:
    """What both sides changed and the translation keeps."""
    was, now = differing(old, new)
    if not now:
        return Message("English removed code that the translation has changed, which stays: {code}", code=was)
    return Message("English changed code that the translation has changed too: {code}", code=now)
