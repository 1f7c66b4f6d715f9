"""Which sentence pairs of a book repairs learn from."""

from __future__ import annotations

import pytest

from bot.repair import examples
from bot.repair.tokens import tokens


def test_of_many_pairs_a_rare_word_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "FEW", 10)
    monkeypatch.setattr(examples, "MOST", 8)
    pairs = [(f"The harbour has boat {n}.", f"El puerto tiene el barco {n}.") for n in range(60)]
    pairs.append(("The harbour has a capstan.", "El puerto tiene un cabrestante."))
    found = examples.gathered(pairs, ["The harbour has a capstan now."], "es").pairs
    assert len(found) <= 8 and pairs[-1] in found


@pytest.mark.parametrize(
    ("pairs", "translation"),
    [
        ([("The lamp here.", "La lampe ici."), ("A lamp.", "Une lampe.")], "lampe"),
        ([("The lamp here.", "La lampe ici."), ("A mill.", "Un moulin.")], ""),  # one sentence is not enough
        ([("The lamp here.", "La lampe ici."), ("A lamp.", "Une lanterne."), ("My lamp.", "Mon lampion.")], ""),
    ],
)
def test_a_translation_is_known_if_two_sentences_have_it(pairs: list[tuple[str, str]], translation: str) -> None:
    others = [("The mill turns.", "Le moulin tourne."), ("A mill is old.", "Un moulin est vieux.")] * 5
    known = examples.gathered([*others, *pairs], [], "fr")
    assert known.translation(tokens("lamp", "en")) == translation


def test_half_of_a_clipped_word_is_no_translation() -> None:
    pairs = [("Until noon.", "Jusqu'au midi."), ("Until evening.", "Jusqu'à soir."), ("Until six.", "Jusqu'à six.")]
    assert examples.gathered(pairs * 4, [], "fr").translation(tokens("until", "en")) == ""


def test_words_are_written_as_they_are_inside_of_sentences() -> None:
    """German writes nouns with a capital; the first word of a sentence has one too."""
    pairs = [("The harbour is old.", "Der Hafen ist alt."), ("Fine is the harbour.", "Schön ist der Hafen.")]
    pairs += [("SailBoat is fine.", "SailBoat ist schön."), ("SailBoat is old.", "SailBoat ist alt.")]
    known = examples.gathered(pairs, [], "de")
    found = {word.text: known.translation([word]) for word in tokens("harbour fine SailBoat", "en")}
    assert found == {"harbour": "Hafen", "fine": "schön", "SailBoat": "SailBoat"}
