"""Marks: what the Markdown of a sentence requires of its translation.

Every place occurs in it once, what is opened last is closed first, and no mark encloses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.engines.smt.tokens import PLACE, Tokens

Decode = Callable[[Sequence[Tokens]], Sequence[Tokens]]
"""Translates sentences."""


def whole(sentences: Sequence[Tokens], decode: Decode) -> list[Tokens | None]:
    """Translations of the sentences with sound marks; None for a sentence without one.

    If a translation fails, the text between two marks is translated by itself in a second round.
    """
    said: list[Tokens | None] = list(decode(sentences))
    broken = [n for n, (a, b) in enumerate(zip(sentences, said, strict=True)) if not _sound(a, b)]
    parts = [_folded(sentences[n]) for n in broken]
    again = decode([part for outer, inner in parts for part in (outer, *inner.values())]) if parts else []
    at = 0
    for n, (_, inner) in zip(broken, parts, strict=True):
        texts = again[at : at + 1 + len(inner)]
        at += len(texts)
        # Text without words in its translation stays as it is.
        filled = (b if _says(b) else a for a, b in zip(inner.values(), texts[1:], strict=True))
        joined = _unfolded(texts[0], dict(zip(inner, filled, strict=True)))
        said[n] = joined if _sound(sentences[n], joined) else None
    return said


def _sound(source: Tokens, target: Tokens | None) -> bool:
    if target is None or len(target) < bool(source) or _places(target) != _places(source):
        return False
    return _says(target) >= _says(source) and _nested(target) and _hollow(target) <= _hollow(source)


def _places(tokens: Tokens) -> Counter[str]:
    return Counter(token for token in tokens if PLACE.fullmatch(token))


def _says(tokens: Iterable[str]) -> bool:
    """Whether there is a word or a place, and not only punctuation."""
    return any(PLACE.fullmatch(token) or any(map(str.isalnum, token)) for token in tokens)


def _nested(tokens: Tokens) -> bool:
    """Whether what is opened last is closed first."""
    opened: list[str] = []
    for token in tokens:
        kind = token[1] if PLACE.fullmatch(token) else ""
        if kind == "o":
            opened.append(token[2:])
        elif kind == "c" and (not opened or opened.pop() != token[2:]):
            return False
    return True


def _hollow(tokens: Tokens) -> int:
    """How many marks have no word between them: ``**`` would be read as another mark, and ``*,*`` marks nothing."""
    return sum(not _says(inner) for inner in _folded(tokens)[1].values())


def _folded(tokens: Tokens) -> tuple[Tokens, Mapping[str, Tokens]]:
    """The tokens with one place for each stretch between two marks, and these stretches with their marks."""
    outer: list[str] = []
    inner: dict[str, Tokens] = {}
    at = 0
    while at < len(tokens):
        token = tokens[at]
        close = f"⟦c{token[2:]}" if token.startswith("⟦o") else ""
        if close in tokens[at:]:
            end = tokens.index(close, at)
            inner[token] = tokens[at + 1 : end]
            at = end
        outer.append(token)
        at += 1
    return tuple(outer), inner


def _unfolded(outer: Tokens, inner: Mapping[str, Tokens]) -> Tokens:
    def parts() -> Iterable[str]:
        for token in outer:
            yield token
            if token in inner:
                yield from inner[token]
                yield f"⟦c{token[2:]}"

    return tuple(parts())
