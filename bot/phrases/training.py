"""Training: models of words, phrases and language in a folder, from tokenised pairs.

The files and their names are what thot's decoder loads. It sees a sentence as something that the target explains:
its "direct" model of words is called ``_invswm`` and goes from source to target, its inverse model ``_swm``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from thot import alignment, translation

from bot.phrases.tokens import PLACE

Tokens = tuple[str, ...]
Pairs = Sequence[tuple[Tokens, Tokens]]

ROUNDS = 5
"""Iterations of expectation maximisation of each model of words."""

LONGEST = 100
"""Tokens of a sentence that is learned from."""

ORDER = 3
"""Words that the language model sees at once."""

PHRASE = 7
"""Words of a phrase in the target at most."""

BEST = 20
"""Translations of a phrase that are kept."""

DISCOUNTS = (0.9, 1.6, 2.0)
"""What is taken from counts of one, two and more, as Foster et al. (2006) smooth phrase tables (measured: 1.5 to
1.9 points of BLEU). A count of one means that a phrase was seen once, and by one kind of model alone."""

MODEL, LANGUAGE = "tm", "lm"
"""How the files of the models begin."""

INTERPOLATION = "0.9 0.9 0.9 0.6 0.8 0.9 0.3 0.5 0.6"
"""Weights of sequences of one, two and three words, each for rare, for less rare and for frequent ones (measured)."""

_LOST = "⟦lost⟧"
"""The target of what discounts take away; no text has it, since it is no place."""

_TOLD = {
    "lambda": "0.95 0.95",
    "srcsegmlentable": "Uniform",
    "trgcutstable": "0.999",
    "trgsegmlentable": "Geometric",
}
"""Weight of phrases against their words (measured), and distributions of lengths and jumps: nothing learned."""


def train(pairs: Pairs, folder: Path) -> None:
    """Learns from pairs of source and target."""
    learned = [(a, b) for a, b in ((safe(a), safe(b)) for a, b in pairs) if 0 < len(a) <= LONGEST >= len(b) > 0]
    turned = [(b, a) for a, b in learned]
    direct, inverse = _hidden_markov(learned), _hidden_markov(turned)
    direct.print(str(folder / f"{MODEL}_invswm"))
    inverse.print(str(folder / f"{MODEL}_swm"))
    aligned, table = folder / "alignment", folder / "phrases"
    # Every pair twice: phrases that two kinds of model agree on count more (0.7 points of BLEU).
    with aligned.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_aligned(learned, direct, inverse))
        file.writelines(_aligned(learned, _by_place(learned), _by_place(turned)))
    _phrases(aligned, table)
    with (folder / f"{MODEL}.ttable").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_discounted(table))
    for name, told in _TOLD.items():
        (folder / f"{MODEL}.{name}").write_text(told)
    _language([target for _, target in learned], folder / LANGUAGE)
    aligned.unlink()
    table.unlink()


def safe(tokens: Iterable[str]) -> Tokens:
    """Tokens without those that mean something in the files."""
    return tuple(t for t in tokens if t not in ("|||", "<s>", "</s>", "<unk>", "NULL"))


def _hidden_markov(pairs: Pairs) -> alignment.AlignmentModel:
    """Which words translate which: a hidden Markov model, begun with IBM's first."""
    first = alignment.Ibm1AlignmentModel()
    model = alignment.HmmAlignmentModel(first)
    model.hmm_p0 = 0.1
    model.lexical_smoothing_factor = 0.1
    model.hmm_alignment_smoothing_factor = 0.3
    _trained(model, pairs, first, model)
    return model


def _by_place(pairs: Pairs) -> alignment.AlignmentModel:
    """The same by IBM's second model, as Dyer et al. (2013) simplified it: words stand at like places."""
    model = alignment.FastAlignModel()
    _trained(model, pairs, model)
    return model


def _trained(model: alignment.AlignmentModel, pairs: Pairs, *parts: alignment.AlignmentModel) -> None:
    # Those of the last round: aligning all sentences once more would give the same.
    model.emit_training_alignments = True
    for source, target in pairs:
        model.add_sentence_pair(list(source), list(target), 1)
    for part in parts:
        part.start_training()
        for _ in range(ROUNDS):
            part.train()
        part.end_training()


def _aligned(pairs: Pairs, direct: alignment.AlignmentModel, inverse: alignment.AlignmentModel) -> Iterator[str]:
    both = alignment.SymmetrizedAlignmentModel(direct, inverse)
    both.heuristic = alignment.SymmetrizationHeuristic.GROW_DIAG_FINAL_AND
    for number, (source, target) in enumerate(pairs):
        yield _described(source, target, both.get_training_alignment(number)[1].to_numpy())


def _described(source: Tokens, target: Tokens, matrix: Any) -> str:
    """A sentence and its alignment in GIZA's format: behind each word of the target its words in the source, from 1."""
    opposite = (" ".join(str(i + 1) for i in range(len(source)) if matrix[i][j]) for j in range(len(target)))
    words = (f"{word} ({{ {numbers}{' ' * bool(numbers)}}})" for word, numbers in zip(target, opposite, strict=True))
    return f"# 1\n{' '.join(source)}\nNULL ({{ }}) {' '.join(words)}\n"


def _phrases(aligned: Path, table: Path) -> None:
    model = translation.PhraseModel()
    asked = translation.PhraseExtractParameters()
    asked.max_target_phrase_length = PHRASE
    model.build(str(aligned), asked, False)
    model.print_phrase_table(str(table), BEST)
    model.clear()


def _discounted(table: Path) -> Iterator[str]:
    """The lines of the table, with less belief in what was rarely seen."""
    lost: defaultdict[str, float] = defaultdict(float)
    for target, source, alone, together in _faithful(table):
        lost[source] += _discount(together)
        yield _line(target, source, alone, together - _discount(together))
    # The decoder never says what has no count of its own, but adds up the source's from all of its lines.
    for source, count in sorted(lost.items()):
        yield _line(_LOST, source, 0, count)


def _discount(count: float) -> float:
    return DISCOUNTS[min(max(int(count), 1), len(DISCOUNTS)) - 1]


def _line(target: str, source: str, alone: float, together: float) -> str:
    return f"{target} ||| {source} ||| {alone:.8f} {together:.8f}\n"


def _faithful(table: Path) -> Iterator[tuple[str, str, float, float]]:
    """The phrases that keep every place: with no others, no translation can lose or double one.

    Of each the target, the source, how often the target was seen, and how often with this source.
    """
    with table.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            target, source, counts = line.rstrip("\n").split(" ||| ")
            if sorted(PLACE.findall(target)) == sorted(PLACE.findall(source)):
                alone, together = counts.split()
                yield target, source, float(alone), float(together)


def _language(sentences: Iterable[Tokens], place: Path) -> None:
    """Counts of sequences of words, for a model that interpolates them; a word's first occurrence counts as unknown."""
    counts: Counter[Tokens] = Counter()
    seen: set[str] = set()
    total = 0
    for tokens in sentences:
        words = ["<s>", *(t if t in seen else "<unk>" for t in tokens), "</s>"]
        seen.update(tokens)
        total += len(words)
        for size in range(1, ORDER + 1):
            counts.update(zip(*(words[n:] for n in range(size)), strict=False))
    with place.open("w", encoding="utf-8", newline="\n") as file:
        for words_, number in sorted(counts.items(), key=lambda c: (len(c[0]), c[0])):
            before = counts[words_[:-1]] if len(words_) > 1 else total
            file.write(f"{' '.join(words_)} {before} {number}\n")
    Path(f"{place}.weights").write_text(f"{ORDER} 3 10 {INTERPOLATION}\n")
    Path(f"{place}.wp").write_text("")
