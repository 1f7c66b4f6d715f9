"""Word alignment: which words of a pair translate each other, by two kinds of model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from thot import alignment

from bot.engines.smt.tokens import PLACE, Tokens

Pair = tuple[Tokens, Tokens]
Links = tuple[tuple[int, int], ...]
"""Positions (from 0) of source and target words that translate each other."""

ROUNDS = 5
"""Iterations of expectation maximisation of each model."""


def aligned(pairs: Sequence[Pair]) -> list[tuple[Links, Links]]:
    """The links of each pair from both kinds of model: phrases that both agree on count twice.

    Pieces of Markdown are linked to themselves, and to nothing else.
    """
    turned = [(b, a) for a, b in pairs]
    # One after the other: thot itself uses all cores.
    found = [_symmetrised(pairs, model(pairs), model(turned)) for model in (_hidden_markov, _by_place)]
    return list(zip(*found, strict=True))


def _hidden_markov(pairs: Sequence[Pair]) -> alignment.AlignmentModel:
    """A hidden Markov model (Vogel et al., 1996), initialised with IBM Model 1."""
    first = alignment.Ibm1AlignmentModel()
    model = alignment.HmmAlignmentModel(first)
    model.hmm_p0 = 0.1
    model.lexical_smoothing_factor = 0.1
    model.hmm_alignment_smoothing_factor = 0.3
    _train(model, pairs, first, model)
    return model


def _by_place(pairs: Sequence[Pair]) -> alignment.AlignmentModel:
    """IBM Model 2, as simplified by Dyer et al. (2013): words tend to be at similar positions."""
    model = alignment.FastAlignModel()
    _train(model, pairs, model)
    return model


def _train(model: alignment.AlignmentModel, pairs: Sequence[Pair], *parts: alignment.AlignmentModel) -> None:
    # The alignments of the last round: aligning all sentences again would give the same.
    model.emit_training_alignments = True
    for source, target in pairs:
        model.add_sentence_pair(list(source), list(target), 1)
    for part in parts:
        part.start_training()
        for _ in range(ROUNDS):
            part.train()
        part.end_training()


def _symmetrised(
    pairs: Sequence[Pair], direct: alignment.AlignmentModel, inverse: alignment.AlignmentModel
) -> Iterator[Links]:
    both = alignment.SymmetrizedAlignmentModel(direct, inverse)
    both.heuristic = alignment.SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
    for number, (source, target) in enumerate(pairs):
        yield _links(source, target, both.get_training_alignment(number)[1].to_numpy())


def _links(source: Tokens, target: Tokens, matrix: Any) -> Links:
    # The matrix may be larger than the sentences.
    rows, columns = matrix[: len(source), : len(target)].nonzero()
    words = ((int(i), int(j)) for i, j in zip(rows, columns, strict=True))
    found = [(i, j) for i, j in words if not PLACE.fullmatch(source[i]) and not PLACE.fullmatch(target[j])]
    places = {token: j for j, token in enumerate(target) if PLACE.fullmatch(token)}
    return (*found, *((i, places[token]) for i, token in enumerate(source) if token in places))
