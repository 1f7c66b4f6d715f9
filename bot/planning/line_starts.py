"""What the lines of a block begin with: indentation and quote marks."""

from __future__ import annotations

from bot.document.model import Block


def continuation(block: Block) -> str:
    """The prefix of continuation lines in the block's prose; empty if the prose has only one line."""
    wraps = block.kind == "paragraph" or (block.kind == "caption" and len(block.fields[0]) > 1)
    return block.continuation if wraps else ""


def lead_of(text: str) -> str:
    """The indentation and quote marks in front of a text."""
    return text[: len(text) - len(text.lstrip(" \t>"))]


def without_lead(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Pieces of a text, the first without its lead."""
    return (pieces[0].lstrip(" \t>"), *pieces[1:])
