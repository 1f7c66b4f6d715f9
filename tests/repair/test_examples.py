"""Which sentence pairs of a book repairs learn from."""

from __future__ import annotations

import pytest

from bot.repair import examples


def test_of_many_pairs_a_rare_word_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "FEW", 10)
    monkeypatch.setattr(examples, "MOST", 8)
    pairs = [(f"The harbour has boat {n}.", f"El puerto tiene el barco {n}.") for n in range(60)]
    pairs.append(("The harbour has a capstan.", "El puerto tiene un cabrestante."))
    found = examples.gathered(pairs, ["The harbour has a capstan now."], "es").pairs
    assert len(found) <= 8 and pairs[-1] in found
