"""The translation memory: what people have already said, found by the English sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from bot import bitext
from bot.markdown import parse
from bot.pairing import Bitext, Pair
from bot.segments import atoms, normal

DOUBTFUL = 4.0
"""Alignment cost from which a pair is not believed (a guess, by reading the costliest pairs of d2l-zh)."""


class Memory:
    """Sentence pairs by their English, wrapped lines and white space aside."""

    def __init__(self) -> None:
        self._targets: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def __len__(self) -> int:
        return len(self._targets)

    def add(self, source: str, target: str) -> None:
        """Remembers that ``target`` translates ``source``."""
        self._targets[normal(source)][normal(target)] += 1

    def exact(self, source: str) -> str | None:
        """The translation of exactly this sentence: the most frequent, of equals the one met first."""
        found = self._targets.get(normal(source))
        return found.most_common(1)[0][0] if found else None

    def learn(self, source: str, target: str, *, language: str, source_language: str = "en") -> None:
        """Adds the believable sentence pairs of a document and its translation (two whole texts)."""
        texts = Bitext(parse(source), parse(target), source_language, language)
        for group, (left, right) in enumerate(texts.groups):
            if left and right:
                for pair in texts.pairs(group):
                    if _believable(pair, texts.scale):
                        said = target[pair.target[0].start : pair.target[-1].end]
                        self.add(pair.source_text, said if len(pair.target) > 1 else pair.target[0].text)


def build(documents: Iterable[tuple[str, str]], *, language: str, source_language: str = "en") -> Memory:
    """The memory of (English, translation) pairs of whole documents, in their order."""
    memory = Memory()
    for source, target in documents:
        memory.learn(source, target, language=language, source_language=source_language)
    return memory


def _believable(pair: Pair, scale: float) -> bool:
    if not pair.source or not pair.target or len(pair.source) > 1:
        return False
    source, target = pair.source_text, " ".join(s.text for s in pair.target)
    if normal(source) == normal(target) and any(c.isalpha() for c in source):
        return False
    if Counter(atoms(source)) != Counter(atoms(target)):
        return False
    return bitext.mismatch([s.piece for s in pair.source], [s.piece for s in pair.target], scale) < DOUBTFUL
