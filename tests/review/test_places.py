"""Where a sentence that waits is in its file, and what its lines are with another text."""

from __future__ import annotations

import pytest

from bot.review.places import Places
from bot.review.record import Entry, key
from bot.review.unfinished import Unfinished

ONE, TWO = "Un barco flota.", "Tiene un mástil."


def waiting(*texts: str, line: int = 1) -> Unfinished:
    entry = Entry("a.md", "kept", ("e",), tuple(map(key, texts)))
    return Unfinished("kept", "A boat.", " ".join(texts), line, "Boats.", entry=entry)


@pytest.mark.parametrize(
    ("text", "lines", "made"),
    [
        (f"{ONE} {TWO}\n", (1, 1), f"{ONE} Nuevo."),
        (f"# Barcos\n\n{ONE}\nTiene un\nmástil.\n", (4, 5), "Nuevo."),
        (f"- {ONE}\n\n  {TWO} Y más.\n", (3, 3), "  Nuevo. Y más."),
        (f"{TWO}", (1, 1), "Nuevo."),
        (f"> {TWO}\n", (1, 1), "> Nuevo."),
        ("> Tiene un\n> mástil.\n", (1, 2), ""),
        (f"| a | b |\n|--|--|\n| {TWO} | x |\n", (3, 3), ""),
        (f"---\ntitle: {TWO}\n---\n", (2, 2), ""),
        (f"{ONE}\r\n{TWO}\r\n", (2, 2), ""),
        ("Nada.\n", (0, 0), ""),
    ],
)
def test_only_the_sentence_is_replaced(text: str, lines: tuple[int, int], made: str) -> None:
    place = Places(text, "es").of(waiting(TWO))
    assert ((place.first, place.last) if place else (0, 0)) == lines
    assert (place.with_text("Nuevo.") if place else "") == made


def test_the_occurrence_from_its_line_on_counts() -> None:
    places = Places(f"{TWO}\n\n{ONE}\n\n{TWO}\n", "es")
    found = [places.of(waiting(TWO, line=line)) for line in (1, 2, 9)]
    assert [place.first for place in found if place] == [1, 5, 1]


def test_several_sentences_are_replaced_together() -> None:
    place = Places(f"Antes. {ONE}\n{TWO} Después.\n", "es").of(waiting(ONE, TWO))
    assert place and (place.first, place.last) == (1, 2)
    assert place.with_text("Nuevo.") == "Antes. Nuevo. Después."


@pytest.mark.parametrize(
    ("text", "better"),
    [
        (f'<Card title="{TWO}" />\n', 'Tiene un "mástil".'),
        (f'!!! note "{TWO}"\n    Hola\n', 'Tiene un "mástil".'),
        (f"![{TWO}](a.png)\n", "Tiene un mástil] (a)."),
        (f"{TWO}\n", "1. Tiene velas."),
        (f"{TWO}\n", "- Tiene velas."),
        (f"{TWO} {ONE}\n", "Tiene velas,"),
    ],
)
def test_a_text_that_would_be_read_otherwise_is_put_nowhere(text: str, better: str) -> None:
    place = Places(text, "es").of(waiting(TWO))
    assert place and place.with_text("Tiene velas.") and not place.with_text(better)


@pytest.mark.parametrize("text", ["Tiene un  \nmástil.\n", "- Tiene un\\\n  mástil.\n"])
def test_a_hard_break_inside_a_sentence_is_not_lost(text: str) -> None:
    place = Places(text, "es").of(waiting(" ".join(text.strip("- \n").split())))
    assert place and not place.with_text("Nuevo.")


def test_a_text_of_two_sentences_may_take_the_place_of_one() -> None:
    place = Places(f"{TWO}\n{ONE}\n", "es").of(waiting(TWO))
    assert place and place.with_text("Tiene velas. Y más.") == "Tiene velas. Y más."
    place = Places("船很大。它有桅杆。\n", "zh").of(waiting("它有桅杆。"))
    assert place and place.with_text("它有帆。也有桅杆。") == "船很大。它有帆。也有桅杆。"
