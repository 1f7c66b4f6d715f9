"""What is new in English is translated as one known term or stays English; no small word is lost without a note."""

from __future__ import annotations

import pytest

from bot.repair.examples import Examples, gathered
from bot.repair.repair import Repair, repair

PAIRS = [
    ("The gardener waters the roses.", "Le jardinier arrose les roses."),
    ("The gardener plants an apple tree.", "Le jardinier plante un pommier."),
    ("The neighbor plants a hedge.", "Le voisin plante une haie."),
    ("The neighbor waters the hedge.", "Le voisin arrose la haie."),
    ("The hedge is very old.", "La haie est très vieille."),
    ("The apple tree is very old.", "Le pommier est très vieux."),
    ("The neighbor sells the apple tree.", "Le voisin vend le pommier."),
    ("The gardener sells roses.", "Le jardinier vend des roses."),
    ("The tool is in the shed.", "L'outil est dans la remise."),
    ("The neighbor sells the tool.", "Le voisin vend l'outil."),
    ("The gardener sees the shed.", "Le jardinier voit la remise."),
    ("The neighbor sees the roses.", "Le voisin voit les roses."),
    ("The tool is old.", "L'outil est vieux."),
]
ONCE = ("The gardener sees a greenhouse.", "Le jardinier voit une serre.")
OLD = "The gardener plants the hedge behind the shed."
TARGET = "Le jardinier plante la haie derrière la remise."


@pytest.fixture(scope="module")
def examples() -> Examples:
    return gathered([*PAIRS * 3, ONCE], [OLD], "fr")


def repaired(examples: Examples, new: str, old: str = OLD, target: str = TARGET, draft: str = "") -> Repair:
    made = repair(old, new, target, "fr", examples, draft)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ("roses", "Le jardinier plante la roses derrière la remise."),
        ("apple tree", "Le jardinier plante la pommier derrière la remise."),
        ("`hedge.md`", "Le jardinier plante la `hedge.md` derrière la remise."),
    ],
)
def test_a_known_term_or_an_atom_takes_the_place_of_another_one(new: str, text: str, examples: Examples) -> None:
    made = repaired(examples, OLD.replace("hedge", new))
    assert made.text == text and not made.english


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hedge", "old roses of the neighbor"),  # each word is known, the whole is not
        ("hedge", "greenhouse"),  # one example alone
        ("hedge", "roses or `oak.md`"),
        ("hedge", "other roses"),
        ("hedge", 'roses ("very old") of `shed.md`'),
        ("hedge behind", "hedge and the apple tree behind"),  # known, but where it belongs is a guess
    ],
)
def test_other_new_english_stays_english_as_a_whole(old: str, new: str, examples: Examples) -> None:
    made = repaired(examples, OLD.replace(old, new))
    (change,) = made.changes
    stretch = new.removeprefix("hedge ").removesuffix(" behind")
    assert change.english and change.text.strip() == stretch and f" {stretch} " in made.text
    assert made.text.startswith("Le jardinier plante la ") and made.text.endswith("derrière la remise.")


def test_english_names_keep_their_capitals(examples: Examples) -> None:
    known = gathered([*PAIRS * 3, *[("See the Orchard.", "Voir Orchard."), ("The Orchard.", "Orchard.")] * 2], [], "fr")
    assert "la Orchard derrière" in repaired(known, OLD.replace("hedge", "Orchard")).text


@pytest.mark.parametrize(
    ("old", "new", "left", "unsaid"),
    [
        (OLD, OLD.replace("gardener plants", "gardener just plants"), (), ("just",)),
        (OLD, OLD.replace("behind", "also behind"), (), ("also",)),
        (OLD.replace("gardener", "gardener also"), OLD, ("also",), ()),
        (OLD.replace("gardener", "gardener still"), OLD.replace("gardener", "gardener then"), ("still",), ("then",)),
        (OLD, OLD.replace("the shed", "a shed"), (), ()),
    ],
)
def test_a_small_word_is_named_where_it_changes_nothing(
    old: str, new: str, left: tuple[str, ...], unsaid: tuple[str, ...], examples: Examples
) -> None:
    made = repaired(examples, new, old)
    assert (made.text, made.left, made.unsaid) == (TARGET, left, unsaid)


def test_a_small_word_that_stays_beside_what_was_replaced_is_named(examples: Examples) -> None:
    made = repaired(examples, "The hedge is small.", "The hedge is very old.", "La haie est très vieille.")
    assert "très" in made.text and made.left == ("very",)


def test_a_small_word_that_a_draft_lacks_is_named(examples: Examples) -> None:
    old, target, draft = "The neighbor sees the roses.", "Le voisin voit les roses.", "Le voisin arrose les roses."
    made = repaired(examples, "The neighbor just waters the roses.", old, target, draft)
    assert made.text == draft and made.unsaid == ("just",)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("tool", "shed", "Le voisin vend remise."),  # not l'remise
        ("tool", "rusty", "Le voisin vend rusty."),
        ("the tool", "the *rusty* tool", "Le voisin vend *rusty* l'outil."),  # not l'rusty outil
    ],
)
def test_a_clipped_word_goes_with_the_word_that_it_touches(old: str, new: str, text: str, examples: Examples) -> None:
    source, target = "The neighbor sells the tool.", "Le voisin vend l'outil."
    assert repaired(examples, source.replace(old, new), source, target).text == text


@pytest.mark.parametrize(
    ("target", "new", "text"),
    [
        ("Le voisin vend *roses*.", "The neighbor sells *roses* in `May`.", "Le voisin vend *roses* `May`."),
        ("Le voisin vend *roses*.", "The neighbor sells red *roses*.", "Le voisin vend red *roses*."),
        ("Le voisin vend *roses*.", "The neighbor sells *red roses*.", "Le voisin vend *red roses*."),
    ],
)
def test_new_words_go_outside_of_emphasis_as_in_english(target: str, new: str, text: str, examples: Examples) -> None:
    assert repaired(examples, new, "The neighbor sells *roses*.", target).text == text


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("The gardener", "In May, the gardener", "In May, Le jardinier plante la haie derrière la remise."),
        ("plants", "often plants", "Le jardinier often plante la haie derrière la remise."),
        ("hedge", "hedge and roses", "Le jardinier plante la haie and roses derrière la remise."),
        ("hedge", "hedge of the neighbor", "Le jardinier plante la haie of the neighbor derrière la remise."),
        ("shed", "shed with a greenhouse", "Le jardinier plante la haie derrière la remise with a greenhouse."),
    ],
)
def test_what_is_added_goes_beside_what_it_belongs_to(old: str, new: str, text: str, examples: Examples) -> None:
    assert repaired(examples, OLD.replace(old, new)).text == text
