"""Sentence pairs of a document and its translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from support.books import Piece, books, source, target, translated
from support.examples import examples

from bot.alignment.bitext import Bitext, Pair, block_sentences
from bot.alignment.lexicon import learn
from bot.document.markdown import parse

quick = examples(10)


def bitext(english: str, held: str) -> Bitext:
    return Bitext(parse(english), parse(held), "en", "ru")


def texts(pairs: tuple[Pair, ...]) -> list[tuple[str, str]]:
    return [(" ".join(s.text for s in p.source), " ".join(t.text for t in p.target)) for p in pairs]


def found(english: str, held: str, group: int = 0) -> list[tuple[str, str]]:
    return texts(bitext(english, held).pairs(group))


@quick
@given(books())
def test_sentences_are_paired_with_their_translations(book: list[Piece]) -> None:
    both = bitext(source(book), target(book))
    for group in range(len(both.groups)):
        for english, held in texts(both.pairs(group)):
            assert translated(english) == held


@quick
@given(books(), books())
def test_every_sentence_is_in_one_pair(one: list[Piece], two: list[Piece]) -> None:
    both = bitext(source(one), target(two))
    pairs = [p for g in range(len(both.groups)) for p in both.pairs(g)]
    for side, document, language in (("source", both.source, "en"), ("target", both.target, "ru")):
        every = [s for n in range(len(document.blocks)) for s in block_sentences(document, n, language)]
        assert sorted((s for p in pairs for s in getattr(p, side)), key=lambda s: s.start) == every


def test_one_sentence_that_became_two() -> None:
    english = "The mast is made of pine, and it carries a large blue sail. Ropes hold it."
    held = "Мачта сделана из сосны. Она несёт большой синий парус. Её держат канаты."
    assert [len(p.target) for p in bitext(english, held).pairs(0)] == [2, 1]


def test_a_block_without_partner_gives_sentences_without_partner() -> None:
    both = bitext("```\nx\n```\n\nA boat. A sail.\n", "```\nx\n```\n")
    assert texts(both.pairs(both.group_of[1])) == [("A boat.", ""), ("A sail.", "")]
    both = bitext("```\nx\n```\n", "```\nx\n```\n\nЛодка. Парус.\n")
    assert texts(both.pairs(1)) == [("", "Лодка."), ("", "Парус.")]


def test_a_block_of_code_has_no_pairs() -> None:
    assert found("```\nx\n```\n", "```\nx\n```\n") == []


def test_the_cells_of_a_row_are_paired_by_place() -> None:
    english = "| boat | a very long explanation of a mast |\n|---|---|\n"
    assert found(english, "| очень длинное объяснение | ок |\n|---|---|\n") == [
        ("boat", "очень длинное объяснение"),
        ("a very long explanation of a mast", "ок"),
    ]


@pytest.mark.parametrize("opening", ["# ", "## "])
def test_a_heading_is_one_segment(opening: str) -> None:
    assert found(f"{opening}Wind. Rain. Snow.\n", f"{opening}Ветер. Дождь.\n") == [
        ("Wind. Rain. Snow.", "Ветер. Дождь.")
    ]


def test_a_bead_that_tears_atoms_apart_is_joined_to_its_neighbour() -> None:
    english = "Call the depth $d$ here. Call the width of the bay $w$ there. The wind comes from the north."
    held = "Назовём. Глубина $d$ здесь и ширина залива $w$ там. Ветер дует с далёкого севера."
    for pair in bitext(english, held).pairs(0):
        assert {a for s in pair.source for a in s.atoms} == {a for t in pair.target for a in t.atoms}


def test_places_are_those_of_the_document() -> None:
    document = parse("\ufeff# A\n\n> One boat.\n> Two\n> boats.\n")
    first, second = block_sentences(document, 1, "en")
    assert document.text[first.start : first.end] == "One boat."
    assert document.text[second.start : second.end] == "Two\n> boats."
    assert second.text == "Two\nboats." and (second.block, second.field) == (1, 0)


def test_the_scale_is_that_of_the_prose() -> None:
    code = "```\n" + "x = 1\n" * 500 + "```\n\n"
    text = "boat " * 300
    assert bitext(code + text, "лодк " * 300).scale == pytest.approx(1.0)
    assert bitext(text, code + "лодка " * 600).scale == pytest.approx(2.5, rel=0.02)


def test_a_lexicon_tells_which_paragraph_was_left_out() -> None:
    nouns = {"boat": "лодка", "sail": "парус", "rope": "канат"}
    lexicon = learn([(f"{e} of the sea", f"{r} моря") for e, r in nouns.items()] * 3)
    english = parse("A sail of the sea.\n\nA rope of the sea.\n\nA boat of the sea.\n")
    held = parse("Парус моря.\n\nЛодка моря.\n")
    groups = Bitext(english, held, "en", "ru", lexicon).groups
    assert groups == [((0,), (0,)), ((1,), ()), ((2,), (1,))]


def test_an_atom_that_the_translators_dropped_joins_nothing() -> None:
    english = "Call the depth $d$ here. Call the width of the bay as you like."
    held = "Назовём здесь глубину. Ширину залива назовите как хотите."
    assert [len(p.target) for p in bitext(english, held).pairs(0)] == [1, 1]


def test_an_atom_that_the_translators_repeat_joins_nothing() -> None:
    english = "Call the depth of it $d$ here. Call the width of the bay as you like."
    held = "Назовём здесь глубину $d$. Ширину залива назовите как хотите, но не $d$."
    assert [len(p.target) for p in bitext(english, held).pairs(0)] == [1, 1]


def test_a_lexicon_tells_which_sentences_were_joined() -> None:
    nouns = {"boat": "лодка", "sail": "парус", "rope": "канат"}
    lexicon = learn([(f"{e} of the sea", f"{r} моря") for e, r in nouns.items()] * 3)
    english = parse("A sail of the sea. A rope of the sea. A boat of the sea.\n")
    for held, sizes in (("Парус и канат моря. Лодка моря.\n", [2, 1]), ("Парус моря. Канат и лодка моря.\n", [1, 2])):
        pairs = Bitext(english, parse(held), "en", "ru", lexicon).pairs(0)
        assert [len(p.source) for p in pairs] == sizes


def test_what_people_added_is_set_aside_only_where_the_others_have_the_length_of_the_english() -> None:
    first, second = "A boat floats on calm water.", "A wide sail hangs from its tall mast."
    held, more = "Лодка плывёт по тихой воде.", "Широкий парус висит на высокой мачте."

    def pairs(english: str, *added: str) -> list[tuple[str, str]]:
        sides = parse(english), parse(f"{held} {more}\n")
        return texts(Bitext(*sides, "en", "ru", added=added.__contains__).pairs(0))

    assert pairs(f"{first} {second}\n", more) == [(first, held), (second, more)]
    assert pairs(f"{first}\n", more) == [(first, held), ("", more)]


def test_what_people_added_to_a_short_document_is_not_taken_for_a_translation() -> None:
    first, second = "A boat floats on the water. It has a hull and a mast.", "A sail catches the wind."
    both, more, last = (
        "Una barca flota y tiene casco y mástil.",
        "En España se llaman lanchas.",
        "Una vela toma el viento.",
    )
    for held in (f"{both} {more} {last}", f"{both} {last} {more}"):
        sides = parse(f"# Boat\n\n{first} {second}\n"), parse(f"# Barca\n\n{held}\n")
        found = texts(Bitext(*sides, "en", "es", added={more}.__contains__).pairs(1))
        assert found == [(first, both), (second, last), ("", more)]


def test_what_people_added_may_leave_english_without_a_translation() -> None:
    english = (
        "A boat floats on calm water. It is old. It is blue. A wide sail hangs from its tall mast. It is torn. Why?"
    )
    held, more = "Лодка плывёт по тихой воде.", "Широкий парус висит на высокой мачте."
    sides = parse(f"{english}\n"), parse(f"{held} {more}\n")
    pairs = texts(Bitext(*sides, "en", "ru", added={more}.__contains__).pairs(0))
    assert " ".join(a for a, _ in pairs) == english and " ".join(b for _, b in pairs if b) == f"{held} {more}"
