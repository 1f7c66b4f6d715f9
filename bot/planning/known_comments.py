"""The translations of comments that a document has already, for the same comments in new code."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.document.sentences import normal
from bot.planning.code_lines import Item, items, may_speak, twins
from bot.planning.token_merge import squeezed

Comments = dict[str, str]
"""Maps English comments and docstrings of a document (white space ignored) to their translations."""


def learn_comments(old: str, target: str, language: str) -> Comments:
    """Collects the translated comments and docstrings from one code block and its translation."""
    base, ours = items(old, language), items(target, language)
    out: Comments = {}
    for b, t in twins(base, ours, language).items():
        pairs = [(base[b].text, ours[t].text)] if base[b].comment else _comments_behind(base[b], ours[t])
        for english, translated in pairs:
            if squeezed(english) != squeezed(translated):
                out[normal(english)] = "\n".join(line.strip() for line in translated.splitlines())
    return out


def _comments_behind(base: Item, ours: Item) -> list[tuple[str, str]]:
    sides = ([i.words(p) for p in i.pieces if p.comment] for i in (base, ours))
    english, translated = sides
    return list(zip(english, translated, strict=True)) if len(english) == len(translated) else []


def reuse_comments(code: str, known: Callable[[], Comments], language: str) -> str:
    """A new English code block, with those comments translated that translators already translated elsewhere."""
    if not may_speak(code):
        return code
    return "".join(reused(item, known) for item in items(code, language))


def reused(item: Item, known: Callable[[], Comments]) -> str:
    """A line of new English code, or a run of its comments, with the translation of what is known."""
    if not item.comment:
        return filled(item, [known().get(normal(item.words(p)), "") if p.comment else "" for p in item.pieces])
    found = known().get(normal(item.text))
    if not found:
        return item.text
    indent = item.text[: len(item.text) - len(item.text.lstrip())]
    end = item.text[len(item.text.rstrip()) :]
    return indent + found.replace("\n", "\n" + indent) + end


def filled(item: Item, texts: Sequence[str]) -> str:
    """A line of code with its pieces replaced by ``texts``; an empty text leaves the piece unchanged."""
    out, at = [], 0
    for piece, text in zip(item.pieces, texts, strict=True):
        out += [item.text[at : piece.start], text or item.words(piece)]
        at = piece.end
    return "".join(out) + item.text[at:]
