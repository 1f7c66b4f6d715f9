"""The decoder: the best translation of a sentence by rules with gaps and a language model (Chiang, 2007).

Every stretch of the sentence gets its best translations, shorter stretches first, since they fill the gaps of the
longer ones. Of the many ways to join them only the most promising are tried (cube pruning), and each is scored in full
only when its turn comes.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.engines.smt.language_model import END, START, LanguageModel
from bot.engines.smt.rule_extraction import GAP
from bot.engines.smt.rule_table import Features, RuleTable
from bot.engines.smt.tokens import PLACE, Tokens, kind

TRIED = 20
"""Translations of a stretch to try (40, with 20 kept, take two thirds more time: no better into Chinese,
0.004 BLEU better into English)."""

KEPT = 12
"""Translations of a stretch to keep."""

REACH = 11
"""Maximum number of source words that a rule with gaps covers, gaps included (14 and 20 are no better)."""

REMEMBERED = 50_000
"""Number of sources whose translations are cached between sentences."""


@dataclass(frozen=True, slots=True)
class _Option:
    """The target of a rule. ``symbols`` are what the language model sees: words, and gaps by their numbers."""

    target: Tokens
    symbols: tuple[str | int, ...]
    score: float
    """The score without the language model."""
    promise: float
    """The score with the language model, as far as the rule alone determines it."""


@dataclass(slots=True, eq=False)
class _Item:
    """A translation of a stretch: a rule, and what fills its gaps."""

    option: _Option
    parts: tuple[_Item, ...]
    places: Tokens
    """The pieces of Markdown that the rule itself covers, in the source's order."""
    score: float
    inside: float
    """The language model's score of all words except the first ones, which it cannot score yet."""
    promise: float
    """``score`` plus the language model's score, estimated for the first words."""
    first: Tokens
    last: Tokens
    length: int

    def words(self) -> list[str]:
        out: list[str] = []
        for token, symbol in zip(self.option.target, self.option.symbols, strict=True):
            if isinstance(symbol, int):
                out += self.parts[symbol].words()
            else:
                out.append(token if token == symbol else self.places[int(token[2:-1])])
        return out


Cells = Mapping[tuple[int, int], Sequence[_Item]]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A rule's source at a position in the sentence: its possible translations, and what can fill its gaps."""

    options: Sequence[_Option]
    fillings: tuple[Sequence[_Item], ...]
    places: Tokens = ()

    def promise(self, at: tuple[int, ...]) -> float:
        promise = self.options[at[0]].promise
        for filling, n in zip(self.fillings, at[1:], strict=True):
            promise += filling[n].promise
        return promise

    def size(self, dimension: int) -> int:
        return len(self.fillings[dimension - 1] if dimension else self.options)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The beginning of a rule's source, as far as the sentence has been read."""

    symbols: str
    gaps: tuple[tuple[int, int], ...]
    places: Tokens


class Decoder:
    """Translates tokenised sentences by a table of rules and a language model, judged by ``weights``."""

    def __init__(self, rules: RuleTable, language: LanguageModel, weights: Features) -> None:
        self._rules, self._language, self._weights = rules, language, weights
        self._known: dict[str, Sequence[_Option]] = {}
        self._whole = self._option(("⟦x0⟧",), Features())
        self._glue = self._option(("⟦x0⟧", "⟦x1⟧"), Features(glued=1))

    def decode(self, tokens: Tokens) -> Tokens:
        """The best translation; a word without a rule is left unchanged."""
        if not tokens:
            return ()
        if len(self._known) > REMEMBERED:
            self._known.clear()
        cells = self._cells(tokens)
        sentence: dict[int, list[_Item]] = {}
        for end in range(1, len(tokens) + 1):
            edges = [_Edge([self._glue], (sentence[n], cells[n, end])) for n in sentence if (n, end) in cells]
            if (0, end) in cells:
                edges.append(_Edge([self._whole], (cells[0, end],)))
            if edges:
                sentence[end] = self._best(edges, begins=True)
        weight = self._weights.language
        best = max(sentence[len(tokens)], key=lambda i: i.promise + weight * self._language.score(i.last, END))
        return tuple(best.words())

    def _cells(self, tokens: Tokens) -> dict[tuple[int, int], list[_Item]]:
        """The best translations of each stretch that a rule covers."""
        cells: dict[tuple[int, int], list[_Item]] = {}
        for begin in reversed(range(len(tokens))):
            most = min(len(tokens), begin + REACH)
            begun: defaultdict[int, list[_Begun]] = defaultdict(list)
            self._go_on([_Begun("", (), ())], tokens, begin, most, cells, begun)
            for end in range(begin + 1, most + 1):
                edges = self._edges(begun[end], cells) or (self._unknown(tokens[begin]) if end == begin + 1 else [])
                if edges:
                    cells[begin, end] = self._best(edges)
                    if self._rules.starts(GAP):
                        begun[end].append(_Begun(GAP, ((begin, end),), ()))
                self._go_on(begun[end], tokens, end, most, cells, begun)
        return cells

    def _go_on(
        self, rules: Sequence[_Begun], tokens: Tokens, at: int, most: int, cells: Cells, into: dict[int, list[_Begun]]
    ) -> None:
        """Continues from ``at`` with a word or a gap. Adds matching rules to ``into`` at the place where they end."""
        for rule in rules if at < most else ():
            before = f"{rule.symbols} " if rule.symbols else ""
            symbol = kind(tokens[at])
            if self._rules.starts(before + symbol):
                places = (*rule.places, tokens[at]) if symbol != tokens[at] else rule.places
                into[at + 1].append(_Begun(before + symbol, rule.gaps, places))
            if before and not rule.symbols.endswith(GAP) and self._rules.starts(before + GAP):
                for end in range(at + 1, most + 1):
                    if (at, end) in cells:
                        into[end].append(_Begun(before + GAP, (*rule.gaps, (at, end)), rule.places))

    def _edges(self, rules: Sequence[_Begun], cells: Cells) -> list[_Edge]:
        found = ((rule, self._options(rule.symbols)) for rule in rules)
        return [_Edge(options, tuple(cells[gap] for gap in r.gaps), r.places) for r, options in found if options]

    def _unknown(self, token: str) -> list[_Edge]:
        if PLACE.fullmatch(token):
            return [_Edge([self._option((f"⟦{token[1]}0⟧",), Features(words=1))], (), (token,))]
        return [_Edge([self._option((token,), Features(words=1, unknown=1))], ())]

    def _options(self, source: str) -> Sequence[_Option]:
        known = self._known.get(source)
        if known is None:
            found = [self._option(*one) for one in self._rules.translations(source)]
            known = self._known[source] = sorted(found, key=lambda option: -option.promise)
        return known

    def _option(self, target: Tokens, features: Features) -> _Option:
        symbols = tuple(int(t[2:-1]) if t.startswith("⟦x") else kind(t) for t in target)
        score = sum(weight * feature for weight, feature in zip(self._weights, features, strict=True))
        said = 0.0
        before: Tokens = ()
        for symbol in symbols:
            if isinstance(symbol, int):
                before = ()
                continue
            said += self._language.score(before, symbol)
            before = (*before, symbol)[-LanguageModel.context :]
        return _Option(target, symbols, score, score + self._weights.language * said)

    def _best(self, edges: Sequence[_Edge], begins: bool = False) -> list[_Item]:
        """The best translations by any edge; one of those with equal ends, since they behave the same outside.

        ``begins``: they are at the start of the sentence.
        """
        # Ties are broken by order of arrival; an entry has an item only once it has been scored in full.
        starts = [(0,) * (1 + len(edge.fillings)) for edge in edges]
        heap: list[tuple[float, int, int, tuple[int, ...], _Item | None]] = [
            (-edge.promise(at), n, n, at, None) for n, (edge, at) in enumerate(zip(edges, starts, strict=True))
        ]
        heapq.heapify(heap)
        number = len(heap)
        seen = {(n, at) for n, at in enumerate(starts)}
        found: dict[tuple[Tokens, Tokens], _Item] = {}
        tried = 0
        while heap and tried < TRIED:
            _, _, n, at, item = heapq.heappop(heap)
            edge = edges[n]
            if item is None:
                item = self._joined(edge, at, begins)
                if heap and -item.promise > heap[0][0]:
                    number += 1
                    heapq.heappush(heap, (-item.promise, number, n, at, item))
                    continue
            tried += 1
            ends = item.first, item.last
            if ends not in found or found[ends].promise < item.promise:
                found[ends] = item
            for dimension in range(len(at)):
                next_at = (*at[:dimension], at[dimension] + 1, *at[dimension + 1 :])
                if next_at[dimension] < edge.size(dimension) and (n, next_at) not in seen:
                    seen.add((n, next_at))
                    number += 1
                    heapq.heappush(heap, (-edge.promise(next_at), number, n, next_at, None))
        return sorted(found.values(), key=lambda item: -item.promise)[:KEPT]

    def _joined(self, edge: _Edge, at: tuple[int, ...], begins: bool) -> _Item:
        option = edge.options[at[0]]
        parts = tuple([filling[n] for filling, n in zip(edge.fillings, at[1:], strict=True)])
        context, known, score = LanguageModel.context, self._language.known, self._language.score
        total, inside, guessed = option.score, 0.0, 0.0
        first: list[str] = []
        last: Tokens = (START,) if begins else ()
        length = context if begins else 0
        for symbol in option.symbols:
            # Most of the time is spent here: a word is looked up in the cache before anything is called.
            words: Tokens = (symbol,) if isinstance(symbol, str) else parts[symbol].first
            for word in words:
                said = known.get((last, word))
                if said is None:
                    said = score(last, word)
                if length >= context:
                    inside += said
                else:
                    guessed += said
                    first.append(word)
                length += 1
                last = (*last, word)[-context:]
            if not isinstance(symbol, str):
                part = parts[symbol]
                total += part.score
                inside += part.inside
                if part.length > context:
                    length += part.length - context
                    last = part.last
        promise = total + self._weights.language * (inside + guessed)
        return _Item(option, parts, edge.places, total, inside, promise, tuple(first), last, length)
