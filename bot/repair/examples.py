"""Sub-sentence matches: how people translated a few English words elsewhere, found by the words around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.repair.links import links
from bot.repair.tokens import Token, spelled_out, tokens
from bot.repair.word_table import WordTable

LONGEST = 5
"""Most words of a match."""
LOOKED_AT = 12
"""Most sentences that are aligned for a match."""
OWNED = 0.25
SHARE = 0.15
"""Least share of the sentences looked at that must agree on a translation."""


@dataclass(frozen=True)
class Examples:
    """Sentence pairs of people, by the words of their English."""

    pairs: Sequence[tuple[str, str]]
    table: WordTable
    languages: tuple[str, str]
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, (source, _) in enumerate(self.pairs):
            for form in {t.form for t in tokens(spelled_out(source), self.languages[0])}:
                index[form].append(number)
        return dict(index)

    def translation(self, words: Sequence[Token]) -> str:
        """How people usually translated these words in a row; empty if nobody did, or everybody differently."""
        key = tuple(t.form for t in words)
        if key not in self._known:
            self._known[key] = self._found(key)
        return self._known[key]

    def _found(self, key: tuple[str, ...]) -> str:
        rarest = min((self._index.get(form, []) for form in key), key=len)
        said: Counter[str] = Counter()
        looked = 0
        for number in rarest:
            source, target = self.pairs[number]
            english = tokens(spelled_out(source), self.languages[0])
            forms = [t.form for t in english]
            at = next((k for k in range(len(forms) - len(key) + 1) if tuple(forms[k : k + len(key)]) == key), -1)
            if at < 0:
                continue
            looked += 1
            ours = tokens(target, self.languages[1])
            found = links(english, ours, self.table, OWNED)
            owned = [j for j, i in enumerate(found.owners) if at <= i < at + len(key) and english[i].content]
            if owned and all(found.owners[j] == -1 or at <= found.owners[j] < at + len(key) for j in range(owned[0], owned[-1])):
                if not any(ours[j].kind in ("stop", "markup", "atom") for j in range(owned[0], owned[-1] + 1)):
                    text = target[ours[owned[0]].start : ours[owned[-1]].end]
                    said[text if not text[:1].isupper() or text[1:2].isupper() else text[0].lower() + text[1:]] += 1
            if looked >= LOOKED_AT:
                break
        if not said:
            return ""
        best, count = said.most_common(1)[0]
        return best if count / looked >= SHARE else ""
