"""How well the prose of English versions fits a translation: by number and length of sentences.

Versions that differ in prose alone have the same fingerprint. Only the passages in which a version differs from
another one are compared with their translation: what is equal in both says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.alignment import gale_church
from bot.alignment.blocks import align_translation
from bot.alignment.gale_church import Piece, best_path, distance, joined
from bot.alignment.sequences import Matcher
from bot.document.model import Block
from bot.document.sentences import normal, sentences
from bot.origins.fingerprint import Unit, units

_MOST = 4.0
"""How much one passage may speak for or against a version, as a log likelihood ratio (a guess): what people leave
out or add on purpose should not outweigh everything else."""

_MOVES = {bead: cost for bead, cost in gale_church.PRIOR.items() if max(bead) <= 2}
"""Cost of each way in which sentences translate each other; three for one are too rare to look for here."""

_REACH = 6
"""Greatest distance of a sentence from the place that its order suggests (a guess)."""

_LONG = 40
"""Sentences up to which a passage is compared by sentence; a longer one is compared by its length."""


@dataclass(frozen=True)
class Passage:
    """English units that another version has in place of units ``first`` to ``last`` of the base."""

    first: int
    last: int
    other: tuple[Unit, ...]


class Reading:
    """A translation beside the ``base``, the English version that fits it best at first sight."""

    def __init__(self, base: str, target: str, language: str) -> None:
        self.base, self.target = tuple(units(base)), tuple(units(target))
        self.language = language
        self._known: dict[tuple[tuple[Unit, ...], tuple[Unit, ...]], float] = {}
        left, right = [_block(u) for u in self.base], [_block(u) for u in self.target]
        self.beads = align_translation(left, right)
        self._bead_of = {i: n for n, (a, _) in enumerate(self.beads) for i in a}
        pairs = [(a, b) for a, b in self.beads if a and b]
        self.scale = gale_church.ratio(
            [p for a, _ in pairs for i in a for p in _pieces(self.base[i], "en")],
            [p for _, b in pairs for j in b for p in _pieces(self.target[j], language)],
        )

    def cost(self, version: str) -> float:
        """How much worse (negative: better) the prose of ``version`` fits than that of the base, as a log ratio."""
        return sum(self._difference(passage) for passage in self.passages(tuple(units(version))))

    def passages(self, version: Sequence[Unit]) -> Iterator[Passage]:
        """Where a version has other prose than the base."""
        ours, theirs = ([(u.kind, normal(u.text)) for u in side] for side in (self.base, version))
        for tag, i1, i2, j1, j2 in Matcher(None, ours, theirs, autojunk=False).get_opcodes():
            speaks = [u for u in (*self.base[i1:i2], *version[j1:j2]) if u.kind == "prose"]
            if tag != "equal" and speaks:
                yield Passage(i1, i2, tuple(version[j1:j2]))

    def _difference(self, passage: Passage) -> float:
        first, last = passage.first, passage.last
        inner = [self._bead_of[i] for i in range(first, last)]
        low = min(inner, default=self._bead_of[first - 1] + 1 if first else 0)
        high = max(inner, default=low - 1) + 1
        # What was not aligned next to the passage may be part of it: the translation is of another version.
        while low and not all(self.beads[low - 1]):
            low -= 1
        while high < len(self.beads) and not all(self.beads[high]):
            high += 1
        region = self.beads[low:high]
        around = sorted({i for left, _ in region for i in left} - set(range(first, last)))
        before = [self.base[i] for i in around if i < first]
        after = [self.base[i] for i in around if i >= last]
        target = tuple(self.target[j] for j in sorted(j for _, right in region for j in right))
        now = self._fit((*before, *self.base[first:last], *after), target)
        then = self._fit((*before, *passage.other, *after), target)
        return max(-_MOST, min(_MOST, then - now))

    def _fit(self, source: tuple[Unit, ...], target: tuple[Unit, ...]) -> float:
        """The cost of the cheapest way in which sentences of ``source`` become those of ``target``."""
        # Neighbouring versions differ from the base in the same passages.
        key = source, target
        if key not in self._known:
            left = [p for u in source for p in _pieces(u, "en")]
            right = [p for u in target for p in _pieces(u, self.language)]
            self._known[key] = _cheapest(left, right, self.scale)
        return self._known[key]


def _cheapest(left: Sequence[Piece], right: Sequence[Piece], scale: float) -> float:
    """The cost of the cheapest alignment of sentences."""
    if not left or not right:
        return _MOVES[1, 0] * (len(left) + len(right))
    if len(left) > _LONG or len(right) > _LONG:
        return distance(joined(left), joined(right), scale) + abs(len(left) - len(right))
    lefts, rights = ({n: [joined(side[i : i + n]) for i in range(len(side))] for n in (1, 2)} for side in (left, right))

    @cache
    def cost(i: int, di: int, j: int, dj: int) -> float:
        alone = _MOVES[di, dj]
        return alone + distance(lefts[di][i], rights[dj][j], scale) if di and dj else alone

    path = best_path(len(left), len(right), cost, tuple(_MOVES), reach=_REACH)
    return sum(cost(a[0] if a else 0, len(a), b[0] if b else 0, len(b)) for a, b in path)


def _block(unit: Unit) -> Block:
    """A unit as the alignment of blocks expects it."""
    text = unit.text
    if unit.kind in ("code", "math"):
        return Block("code" if unit.kind == "code" else "math", text, "\n", (), _INFO.split(text, maxsplit=2)[1])
    if unit.kind == "front" or text.startswith(":"):
        return Block("markup" if unit.kind == "front" else "directive", text, "\n")
    fields = (((0, len(text)),),)
    if text.startswith("#"):
        return Block("heading", text, "\n", fields, str(len(text) - len(text.lstrip("#"))))
    if text.startswith("|"):
        return Block("row", text, "\n", fields)
    return Block("paragraph", text, "\n", fields, "item" if text.startswith(("- ", "* ", "+ ")) else "")


_INFO = re.compile(r"[`~ ]*([^\n]*)\n?")


@lru_cache(maxsize=20_000)
def _texts(unit: Unit, language: str) -> tuple[str, ...]:
    """The sentences of a unit; code and formulas have none."""
    if unit.kind in ("code", "math") or unit.text.startswith(":"):
        return ()
    return tuple(unit.text[a:b] for a, b in sentences(unit.text, language)) if unit.kind == "prose" else (unit.text,)


@lru_cache(maxsize=20_000)
def _pieces(unit: Unit, language: str) -> tuple[Piece, ...]:
    """The sentences as lengths and names: what else anchors them counts in the fingerprint already."""
    return tuple(
        Piece(piece.length, frozenset(), piece.words) for piece in map(gale_church.piece, _texts(unit, language))
    )
