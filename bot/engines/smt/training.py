"""Training: the files of a model, from tokenised pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.engines.smt.rule_table import write_rules
from bot.engines.smt.tokens import Tokens, kind
from bot.engines.smt.word_alignment import aligned

LONGEST = 100
"""Maximum number of tokens in a sentence used for training."""

RULES, SENTENCES = "rules.tsv", "sentences.txt"
"""The files of the rule table, and of target sentences (places without numbers) for the language model."""


def train(pairs: Sequence[tuple[Tokens, Tokens]], folder: Path) -> None:
    """Learns from pairs of source and target. Raises OSError."""
    learned = [(a, b) for a, b in ((safe(a), safe(b)) for a, b in pairs) if 0 < len(a) <= LONGEST >= len(b) > 0]
    write_rules(learned, aligned(learned), folder / RULES)
    with (folder / SENTENCES).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{' '.join(map(kind, target))}\n" for _, target in learned)


def safe(tokens: Iterable[str]) -> Tokens:
    """Tokens without those that have a special meaning for the models."""
    return tuple(t for t in tokens if t not in ("<s>", "</s>", "<unk>", "NULL"))
