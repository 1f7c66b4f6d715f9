"""Decoding: translates sentences with a trained model, all in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from bot.engines.smt import casing
from bot.engines.smt.casing import Casing
from bot.engines.smt.decoder import Decoder
from bot.engines.smt.language_model import LanguageModel
from bot.engines.smt.markup import Decode, whole
from bot.engines.smt.rule_table import Features, RuleTable
from bot.engines.smt.tokens import Sentence, Tokens, Words, restored, sentence, text
from bot.engines.smt.training import RULES, SENTENCES, safe
from bot.engines.smt.unknown_words import Forms
from bot.workers import spread

WEIGHTS = Features(
    forward=1.0,
    backward=0.6,
    words_forward=0.2,
    words_backward=0.4,
    language=0.8,
    words=0.7,
    phrases=-0.5,
    gapped=-0.6,
    glued=-0.2,
    unknown=-5.0,
    seen_once=-0.3,
)
"""Tuned on nine articles of Dive into Deep Learning in Chinese, one weight at a time."""

FEW = 100
"""With fewer sentences than this, one process finishes before others can load the model."""


@dataclass(frozen=True)
class Translator:
    """A model in memory, with the tools that make its tokens."""

    languages: tuple[str, str]
    words: Words
    casing: Casing
    forms: Forms
    decode: Decode

    def translate(self, segments: Sequence[str]) -> list[str | None]:
        """A translation of each sentence; None if its Markdown did not survive."""
        found = [sentence(segment, self.languages[0], self.words) for segment in segments]
        said = whole([s.tokens for s in found], lambda every: self.decode([self._cased(t) for t in every]))
        return [self._written(*pair) for pair in zip(segments, found, said, strict=True)]

    def _cased(self, tokens: Tokens) -> Tokens:
        return safe(self.forms.familiar(self.casing.everywhere(tokens)))

    def _written(self, segment: str, source: Sentence, target: Tokens | None) -> str | None:
        if target is None:
            return None
        first = source.tokens[casing.first_word(source.tokens)] if source.tokens else ""
        # A language without capitals gives no information about the case of the first word.
        if first[:1].isupper() or not first[:1].islower():
            target = casing.capitalised(target, self.languages[1])
        return restored(text(target, self.languages[1]), source.places)


def load(folder: Path) -> Decode:
    """The translator for the model in a folder; an unknown word is left unchanged. Raises OSError."""
    decoder = _decoder(folder)

    def decode(sentences: Sequence[Tokens]) -> list[Tokens]:
        if len(sentences) < FEW:
            return [decoder.decode(tokens) for tokens in sentences]
        try:
            return spread(partial(_decoded, folder), sentences)
        except FileNotFoundError:  # another run has replaced this model with a newer one
            return [decoder.decode(tokens) for tokens in sentences]

    return decode


def _decoder(folder: Path) -> Decoder:
    with (folder / SENTENCES).open(encoding="utf-8", newline="\n") as lines:
        language = LanguageModel(tuple(line.rstrip("\n").split(" ")) for line in lines)
    return Decoder(RuleTable(folder / RULES), language, WEIGHTS)


_resident = lru_cache(maxsize=1)(_decoder)
"""Runs in a worker process, which gets many sentences one by one."""


def _decoded(folder: Path, tokens: Tokens) -> Tokens:
    return _resident(folder).decode(tokens)
