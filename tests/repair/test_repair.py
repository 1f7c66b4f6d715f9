"""Repair: the old translation of a sentence, changed only where its English changed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document.atoms import atoms
from bot.repair.examples import Examples, gathered
from bot.repair.repair import Repair, repair
from bot.repair.splice import applied

PAIRS = [
    ("The red boat sails.", "El barco rojo navega."),
    ("The red sail is torn.", "La vela roja está rota."),
    ("The old boat sinks.", "El barco viejo se hunde."),
    ("A small boat floats.", "Un barco pequeño flota."),
    ("The captain sees the harbor.", "El capitán ve el puerto."),
    ("The captain repairs the mast.", "El capitán repara el mástil."),
    ("A sailor repairs the sail.", "Un marinero repara la vela."),
    ("The sailor sees the old harbor.", "El marinero ve el puerto viejo."),
    ("The mast is old.", "El mástil es viejo."),
    ("The harbor is small.", "El puerto es pequeño."),
]
OLD = "The captain repairs the old mast with `rope` in the harbor."
TARGET = "El capitán repara el mástil viejo con `rope` en el puerto."


@pytest.fixture(scope="module")
def examples() -> Examples:
    return gathered(PAIRS * 2, [OLD], "es")


def repaired(new: str, examples: Examples, old: str = OLD, target: str = TARGET, draft: str = "") -> Repair:
    made = repair(old, new, target, "es", examples, draft)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("new", "text"),
    [
        (OLD, TARGET),
        (OLD.replace("`rope`", "`wire`"), TARGET.replace("`rope`", "`wire`")),
        (OLD.replace("captain", "sailor"), TARGET.replace("capitán", "marinero")),
        (OLD.replace(" old", ""), TARGET.replace(" viejo", "")),
        (OLD.replace(" in the harbor", ""), TARGET.replace(" puerto", "")),
        (OLD.replace("mast", "rudder"), TARGET.replace("mástil", "rudder")),
    ],
)
def test_only_the_words_of_the_edit_change(new: str, text: str, examples: Examples) -> None:
    assert repaired(new, examples).text == text


@pytest.mark.parametrize(("was", "now"), [("VI", "VII"), ("IX", "X"), ("X", "IX")])
def test_roman_numbers_are_exchanged_as_numbers(was: str, now: str, examples: Examples) -> None:
    old, target = f"Boats {was}: The captain", f"Barcos {was}: El capitán"
    assert repaired(old.replace(was, now), examples, old, target).text == target.replace(was, now)


@pytest.mark.parametrize(
    ("old", "target"),
    [
        ("The captain and the sailor see the mast.", "El capitán y el marinero ven el mástil."),
        ("The sailor and the captain see the mast.", "El marinero y el capitán ven el mástil."),
    ],
)
def test_an_and_goes_with_what_it_joined(old: str, target: str) -> None:
    pairs = [*PAIRS, ("The mast and the sail are old.", "El mástil y la vela son viejos.")]
    known = gathered([*pairs, ("A boat and a sailor are here.", "Aquí hay un barco y un marinero.")] * 2, [old], "es")
    made = repair(old, "The sailor see the mast.", target, "es", known)
    assert made and made.text == "El marinero ven el mástil."


@pytest.mark.parametrize(("new", "text"), [("The sailor", "水手看见桅杆。"), ("The captain", "船长看见桅杆。")])
def test_a_chinese_and_goes_too_although_no_other_sentence_has_one(new: str, text: str) -> None:
    pairs = [
        ("The captain sails.", "船长航行。"),
        ("The sailor sails.", "水手航行。"),
        ("The mast is red.", "桅杆是红色的。"),
    ]
    pairs += [("The captain sees the mast.", "船长看见桅杆。"), ("The sailor sleeps.", "水手睡觉。")]
    old = "The captain and the sailor see the mast."
    made = repair(old, f"{new} see the mast.", "船长和水手看见桅杆。", "zh", gathered(pairs * 8, [old], "zh"))
    assert made and made.text == text


TURKISH = [
    ("The captain repairs the mast.", "Kaptan direği onarıyor."),
    ("The captain sees the harbor.", "Kaptan limanı görüyor."),
    ("The sailor repairs the sail.", "Denizci yelkeni onarıyor."),
    ("The sailor sees the mast.", "Denizci direği görüyor."),
    ("The sail is red.", "Yelken kırmızı."),
    ("The captain sees the sail.", "Kaptan yelkeni görüyor."),
]


def test_what_english_adds_at_the_end_comes_before_the_last_verb_where_a_language_explains_before() -> None:
    old, target = TURKISH[0]
    known = gathered(TURKISH * 3, [old], "tr")
    made = repair(old, old.replace("mast.", "mast with `rope`."), target, "tr", known)
    assert made is not None and made.text.endswith(" direği onarıyor.") and "`rope`" in made.text


@pytest.mark.parametrize(
    ("old", "new", "target", "whole"),
    [
        ("the mast.", "the mast, and the sailor sees the sail.", "Kaptan direği onarıyor.", "Kaptan direği onarıyor"),
        ("the mast.", "the mast; the sailor sees the sail.", "Kaptan direği onarıyor.", "Kaptan direği onarıyor"),
        ("**the mast**.", "**the mast** with `rope`.", "Kaptan **direği** onarıyor.", "**direği**"),
        ("[the mast](a.b).", "[the mast](a.b) with `rope`.", "Kaptan [direği](a.b) onarıyor.", "[direği](a.b)"),
    ],
)
def test_neither_a_second_clause_nor_what_is_in_marks_is_torn_apart(
    old: str, new: str, target: str, whole: str
) -> None:
    known = gathered(TURKISH * 3, [f"The captain repairs {old}"], "tr")
    made = repair(f"The captain repairs {old}", f"The captain repairs {new}", target, "tr", known)
    assert made is not None and whole in made.text


def test_new_words_come_from_a_draft_of_the_whole_sentence(examples: Examples) -> None:
    draft = "El capitán repara el timón viejo con `rope` en el puerto."
    known = gathered([*PAIRS, ("The rudder.", "El timón.")] * 2, [], "es")
    made = repaired(OLD.replace("mast", "rudder"), known, draft=draft)
    assert made.text == draft and [c.kind for c in made.changes] == ["replaced"] and not made.english


def test_english_that_nobody_has_translated_stays_and_is_marked(examples: Examples) -> None:
    made = repaired(OLD.replace("mast", "rudder"), examples)
    (change,) = made.changes
    assert (change.old, change.new, change.text, change.english) == ("mast", "rudder", "rudder", True)
    assert TARGET[change.start : change.end] == "mástil"


def test_a_bracket_comes_and_goes_as_a_whole(examples: Examples) -> None:
    old, held = (
        OLD.replace("mast", "mast (`rope`)", 1).replace(" with `rope`", ""),
        "El capitán repara el mástil viejo (`rope`) en el puerto.",
    )
    assert repaired(old.replace(" (`rope`)", ""), examples, old, held).text == held.replace(" (`rope`)", "")


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        (OLD, OLD.replace("`rope`", "`rope` and `wire`"), ""),
        ("word " * 500, "other " * 500, "palabra " * 500),
    ],
)
def test_what_cannot_be_done_safely_is_not_done(old: str, new: str, target: str, examples: Examples) -> None:
    assert repair(old, new, target, "es", examples) is None


def test_a_sentence_of_which_nothing_is_left_goes_as_a_whole(examples: Examples) -> None:
    old = "The captain sees the harbor. The sailor repairs the old mast."
    held = "El capitán ve el puerto. El marinero repara el mástil viejo."
    assert (
        repaired("The sailor repairs the old mast.", examples, old, held).text == "El marinero repara el mástil viejo."
    )


WORDS = st.sampled_from(
    "captain sailor boat mast sail harbor repairs sees the a old red small not 3 `x` $y$ :ref:`z` ( ) , .".split()
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
HELD = st.lists(
    st.sampled_from(
        "El barco rojo capitán mástil viejo ve repara puerto no 3 `x` $y$ :ref:`z` ( ) , . **vela**".split()
    ),
    min_size=1,
    max_size=14,
).map(" ".join)


@given(
    old=SENTENCES,
    new=SENTENCES,
    target=HELD,
    draft=HELD | st.just(""),
    language=st.sampled_from(["es", "zh", "tr", "ko"]),
)
def test_what_no_change_names_stays_and_atoms_change_as_in_english(
    old: str, new: str, target: str, draft: str, language: str
) -> None:
    known = EXAMPLES.setdefault(language, gathered(PAIRS * 2, [], language))
    made = repair(old, new, target, language, known, draft)
    if made is None:
        return
    at = 0
    for change in made.changes:
        assert at <= change.start <= change.end <= len(target)
        at = change.end
    assert made.text == applied(made.changes, target)
    changed = Counter(atoms(made.text)), Counter(atoms(target)), Counter(atoms(new)), Counter(atoms(old))
    relative = changed[0] - changed[1] == changed[2] - changed[3] and changed[1] - changed[0] == changed[3] - changed[2]
    assert relative or changed[0] == changed[2]


EXAMPLES: dict[str, Examples] = {}


@given(english=SENTENCES, target=HELD, language=st.sampled_from(["es", "zh", "tr"]))
def test_without_an_edit_nothing_changes(english: str, target: str, language: str) -> None:
    known = EXAMPLES.setdefault(language, gathered(PAIRS * 2, [], language))
    made = repair(english, english, target, language, known)
    assert made is None or (made.text == target and not made.changes)


@pytest.mark.parametrize("new", ["Nobody has ever counted those clouds.", "Three gulls follow us home every day."])
def test_another_sentence_is_not_made_of_the_old_one(new: str, examples: Examples) -> None:
    assert repair(OLD, new, TARGET, "es", examples) is None


@pytest.mark.parametrize(("wrong", "right"), [("caaptain", "captain"), ("oldmast", "old mast"), ("harbour", "harbor")])
def test_what_english_only_spelt_wrongly_is_translated_already(wrong: str, right: str, examples: Examples) -> None:
    assert repaired(OLD, examples, OLD.replace(right, wrong)).text == TARGET


@pytest.mark.parametrize(("one", "other"), [("captain", "sailor"), ("harbor", "unharbor"), ("sailor", "tailor")])
def test_another_word_is_no_spelling(one: str, other: str, examples: Examples) -> None:
    old = OLD.replace("captain", one) if one == "sailor" else OLD
    target = TARGET.replace("capitán", "marinero") if one == "sailor" else TARGET
    assert repaired(old.replace(one, other), examples, old, target).changes


def test_a_word_that_others_use_too_is_no_misspelling() -> None:
    pairs = [("The formal letter sinks.", "La carta solemne se hunde."), ("The format is old.", "El formato es viejo.")]
    examples = gathered([*PAIRS, *pairs, ("A formal captain.", "Un capitán solemne.")] * 2, ["formal format"], "es")
    made = repaired(
        "The captain sees the format.", examples, "The captain sees the formal.", "El capitán ve el solemne."
    )
    assert "solemne" not in made.text


def test_brackets_go_apart_from_what_is_beside_them(examples: Examples) -> None:
    old = "The captain (or a small sailor) repairs the mast."
    target = "El capitán (o un marinero pequeño) repara el mástil."
    assert repaired("The captain sees the mast.", examples, old, target).text == "El capitán ve el mástil."


JAPANESE = [
    ("We recommend a **long** rope.", "**長い**綱をお勧めします。"),
    ("The captain repairs the mast.", "船長はマストを直します。"),
    ("The boat is old.", "船は古いです。"),
] * 10


def test_a_first_clause_that_english_lost_goes_as_a_whole() -> None:
    old, target = (
        "After the captain repairs the boat, we recommend a **long** rope.",
        "船長が船を直した後は、**長い**綱をお勧めします。",
    )
    made = repair(old, "We recommend a **long** rope.", target, "ja", gathered(JAPANESE, [old], "ja"))
    assert made is not None and made.text == "**長い**綱をお勧めします。"


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ("Sail with [Mast](m.md) or [Oar](o.md)", "配合 [Mast](m.md)、[Oar](o.md) 航行"),
        ("Sail with [Mast](m.md) or oars", "配合 [Mast](m.md) 航行 or oars"),
    ],
)
def test_one_more_link_goes_behind_the_last_one_and_english_behind_the_sentence(new: str, text: str) -> None:
    examples = gathered([("Sail with a boat.", "使用船航行。")] * 30, [new], "zh")
    made = repair("Sail with [Mast](m.md)", new, "配合 [Mast](m.md) 航行", "zh", examples)
    assert made is not None and made.text == text


def test_a_link_that_comes_in_stays_a_link(examples: Examples) -> None:
    made = repaired(OLD.replace("captain", "[small boat](boat.md)"), examples)
    assert made.text == TARGET.replace("capitán", "[barco pequeño](boat.md)")
    made = repaired(OLD.replace("captain", "captain with a [small boat](boat.md)"), examples)
    assert made.text == TARGET.replace("capitán", "capitán with a [small boat](boat.md)")


def test_a_seam_doubles_no_word(examples: Examples) -> None:
    old, target = (
        "The captain sees the harbor for the boat for the sailor.",
        "El capitán ve el puerto para el barco para el marinero.",
    )
    made = repaired("The captain sees the harbor for the sailor.", examples, old, target)
    assert "para para" not in made.text and made.text.endswith("para el marinero.")


def test_a_sentence_cut_down_to_a_link_leaves_no_scraps(examples: Examples) -> None:
    old = "See [old boat](boat.md) for more details."
    target = "Consulte usted la página de [barco viejo](boat.md) para saber más detalles sobre esto."
    assert repair(old, "[old boat](boat.md)", target, "es", examples) is None


GERMAN = [
    ("The boat mast is old.", "Der Bootsmast ist alt."),
    ("The captain sees the boat mast.", "Der Kapitän sieht den Bootsmast."),
    ("The captain sees the harbor.", "Der Kapitän sieht den Hafen."),
    ("The harbor is old.", "Der Hafen ist alt."),
    ("The boat mast is red.", "Der Bootsmast ist rot."),
    ("The harbor is red.", "Der Hafen ist rot."),
    ("The sailor paints the boat mast.", "Der Matrose malt den Bootsmast."),
    ("The sailor paints the harbor.", "Der Matrose malt den Hafen."),
]


def test_a_compound_of_which_one_half_stays_in_english_does_not_go() -> None:
    old, target = "The sailor paints the boat mast.", "Der Matrose malt den Bootsmast."
    made = repair(old, "The sailor paints the boat.", target, "de", gathered(GERMAN * 4, [old], "de"))
    assert made and (made.text, made.left) == (target, ("mast",))


def test_english_at_the_start_has_a_capital_of_english() -> None:
    old, target = TURKISH[0]
    made = repair(old, f"inside boats {old}", target, "tr", gathered(TURKISH * 3, [old], "tr"))
    assert made and made.text == "Inside boats Kaptan direği onarıyor."


def test_a_word_that_would_be_there_twice_in_a_row_is_named(examples: Examples) -> None:
    made = repaired(OLD.replace("repairs", "captain"), examples)
    assert made.text == "El capitán el mástil viejo con `rope` en el puerto." and made.unsaid == ("captain",)


def test_emphasis_that_comes_beside_the_words_of_a_repair_is_named(examples: Examples) -> None:
    made = repaired(OLD.replace("captain", "sailor").replace("the old", "the **old**"), examples)
    assert made.text == TARGET.replace("capitán", "marinero") and made.unsaid == ("**old**",)
    assert repaired(OLD.replace("captain", "sailor"), examples).unsaid == ()
