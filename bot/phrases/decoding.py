"""Decoding: a trained model translates sentences, all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thot import alignment, translation

from bot.phrases import casing
from bot.phrases.casing import Casing
from bot.phrases.inflection import Forms
from bot.phrases.tokens import PLACE, Sentence, Words, restored, sentence, text
from bot.phrases.training import LANGUAGE, MODEL, Tokens, safe

WEIGHTS = (-0.363, 0.7, 0.043, 0.247, 0.698, 9.03, 1.274, 0.196)
"""Of number of words, language model, length of target phrase, jumps, length of source phrase, phrases from target to
source, phrases from source to target, length of the sentence; found on a part of Dive into Deep Learning by n-best
lists and line search."""

JUMP = 5
"""Words that may be left out at first, to be translated later."""

RARE = 0.05
"""Share of the best translation's probability under which another translation of a phrase is not looked at; with the
five best, or ten, decoding is four times slower and no better."""

STACK = 10
"""Hypotheses of each length that are followed (100 is eight times slower and no better)."""

Decode = Callable[[Sequence[Tokens]], Sequence[Tokens]]


@dataclass(frozen=True)
class Translator:
    """A model in memory with what its tokens are made by."""

    languages: tuple[str, str]
    words: Words
    casing: Casing
    forms: Forms
    decode: Decode

    def translate(self, segments: Sequence[str]) -> list[str | None]:
        """A translation of each sentence, None where its Markdown did not come through."""
        found = [sentence(segment, self.languages[0], self.words) for segment in segments]
        said = whole([s.tokens for s in found], lambda every: self.decode([self._cased(t) for t in every]))
        return [self._written(*pair) for pair in zip(segments, found, said, strict=True)]

    def _cased(self, tokens: Tokens) -> Tokens:
        return safe(self.forms.familiar(self.casing.everywhere(tokens)))

    def _written(self, segment: str, source: Sentence, target: Tokens | None) -> str | None:
        if target is None:
            return None
        first = source.tokens[casing.first_word(source.tokens)] if source.tokens else ""
        # A language without capitals says nothing of the start.
        if first[:1].isupper() or not first[:1].islower():
            target = casing.capitalised(target, self.languages[1])
        return restored(text(target, self.languages[1]), source.places)


def load(folder: Path) -> Decode:
    """The decoder of the models in a folder; a word that it does not know stays as it is. Raises OSError."""
    model = translation.SmtModel(alignment.AlignmentModelType.INCR_HMM)
    if not (model.load_translation_model(str(folder / MODEL)) and model.load_language_model(str(folder / LANGUAGE))):
        raise OSError(f"{folder} holds no model")
    model.non_monotonicity = JUMP
    model.w = RARE
    model.weights = WEIGHTS
    decoder = translation.SmtDecoder(model)
    decoder.s = STACK
    decoder.is_breadth_first = True

    def decode(sentences: Sequence[Tokens]) -> list[Tokens]:
        # The decoder works with the model, which must live as long.
        assert model is not None
        said = decoder.translate_batch([" ".join(tokens) for tokens in sentences])
        return [tuple(one.target) for one in said]

    return decode


def whole(sentences: Sequence[Tokens], decode: Decode) -> list[Tokens | None]:
    """Translations in which every place stands once, and nothing is closed before it is opened.

    Where that fails, what stands between two marks is translated by itself, in a second round.
    """
    said: list[Tokens | None] = list(decode(sentences))
    broken = [n for n, (a, b) in enumerate(zip(sentences, said, strict=True)) if not _sound(a, b)]
    parts = [_folded(sentences[n]) for n in broken]
    again = decode([part for outer, inner in parts for part in (outer, *inner.values())]) if parts else []
    at = 0
    for n, (outer, inner) in zip(broken, parts, strict=True):
        texts = again[at : at + 1 + len(inner)]
        at += len(texts)
        joined = _unfolded(texts[0], dict(zip(inner, texts[1:], strict=True)))
        said[n] = joined if _sound(sentences[n], joined) and _sound(outer, texts[0]) else None
    return said


def _sound(source: Tokens, target: Tokens | None) -> bool:
    places = [t for t in target or () if PLACE.fullmatch(t)]
    if target is None or Counter(places) != Counter(t for t in source if PLACE.fullmatch(t)):
        return False
    opened: list[str] = []
    for place in places:
        if place[1] == "o":
            opened.append(place[2:])
        elif place[1] == "c" and (not opened or opened.pop() != place[2:]):
            return False
    return bool(target) or not source


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
