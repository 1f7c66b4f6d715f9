"""The merge of tags over several lines."""

from __future__ import annotations

import re

import pytest

from bot.planning.tag_merge import merge_tags
from bot.planning.token_merge import Merged, merge_tokens

OLD = '<Sail\n  options={[\n    {label: "Red", cloth: "a.png"},\n    {label: "Blue", cloth: "b.png"},\n  ]}\n/>\n'
OURS = OLD.replace("Red", "Rot").replace("Blue", "Blau")


def test_each_line_is_merged_by_itself() -> None:
    new = OLD.replace('"Blue"', '"Green"').replace("a.png", "c.png").replace("<Sail", "<BigSail")
    done = merge_tags(OLD, new, OURS)
    assert done.text == OURS.replace("a.png", "c.png").replace("<Sail", "<BigSail")
    assert done.flags == ('English comment or string changed: "Blue" became "Green"',)


def test_lines_of_the_translators_stay() -> None:
    own = OURS.replace("  ]}\n", '    {label: "Grün", cloth: "g.png"},\n  ]}\n')
    new = OLD.replace("a.png", "c.png").replace('label: "Blue"', 'label: "Sea blue"')
    assert merge_tags(OLD, new, own).text == own.replace("a.png", "c.png")


@pytest.mark.parametrize(
    ("new", "ours"),
    [
        # One line only, where there is nothing to part.
        (OLD.replace("Red", "Dark red").replace("\n", " "), OURS.replace("\n", " ")),
        # Brackets that are elsewhere on both sides.
        (
            OLD.replace('options={[\n    {label: "Red"', 'options={[{label: "Dark red"'),
            OURS.replace('"b.png"},\n  ]}\n/>', '"b.png"}]} />'),
        ),
    ],
)
def test_what_lines_cannot_merge_stays_as_it_is(new: str, ours: str) -> None:
    done = merge_tags(OLD, new, ours)
    assert done == merge_tokens(OLD, new, ours) and done.text == ours and done.flags


def quiz(*choices: tuple[str, str, bool]) -> str:
    """A quiz of choices: their text, explanation (empty: none), and whether they are right."""
    lines = ["<Quiz", "  choices={["]
    for text, explanation, right in choices:
        lines += ["    {", f'      text: "{text}",']
        lines += [f'      explain: "{explanation}",'] if explanation else []
        lines += ["      correct: true,"] if right else []
        lines += ["    },"]
    return "\n".join([*lines, "  ]}", "/>", ""])


WOOD, IRON, CLOTH = ("Wood", "It floats well.", False), ("Iron", "It is cheap.", False), ("Cloth", "", True)
HOLZ, EISEN, TUCH = ("Holz", "Das schwimmt gut.", False), ("Eisen", "Das ist billig.", False), ("Tuch", "", True)


@pytest.mark.parametrize(
    ("new", "draft"),
    [
        (quiz(CLOTH, IRON, WOOD), quiz(TUCH, EISEN, HOLZ)),
        (quiz(IRON, CLOTH), quiz(EISEN, TUCH)),
        (quiz(IRON, (*WOOD[:2], True), CLOTH), quiz(EISEN, (*HOLZ[:2], True), TUCH)),
        (quiz(("Wood", "", False), ("Iron", "", True)), quiz(("Holz", "", False), ("Eisen", "", True))),
    ],
)
def test_strings_go_where_their_english_goes(new: str, draft: str) -> None:
    done = merge_tags(quiz(WOOD, IRON, CLOTH), new, quiz(HOLZ, EISEN, TUCH))
    assert done.text == draft and not done.flags


def test_a_right_answer_stays_the_right_one_though_texts_share_words() -> None:
    old = """<Quiz
  choices={[
    { text: "E0 wind harbor turns light." },
    { text: "E1 deck wind water.", explain: "E1 blue water." },
    { text: "E2 sinks deck water small wind old.", explain: "E2 small hull pulls.", correct: true },
    { text: "E3 red small mast crew.", explain: "E3 captain heavy pulls heavy sinks.", correct: true },
    { text: "E4 boat heavy.", explain: "E4 holds pulls boat." },
  ]}
/>
"""
    ours = """<Quiz
  choices={[
    { text: "T0 sujeta ligero rojo ancla." },
    { text: "T1 ligero flota cuerda viento bote hunde.", explain: "T1 agua vela cubierta." },
    { text: "T2 cubierta rojo cuerda madera madera.", explain: "T2 ligero casco.", correct: true },
    { text: "E3 red small mast crew.", explain: "T3 agua capitán viejo capitán rojo cuerda.", correct: true },
    { text: "T4 tira bote gira ligero flota.", explain: "T4 madera flota ancla cuerda." },
  ]}
/>
"""
    new, draft = (re.sub(r"(2 .*), correct: true", r"\1", text) for text in (old, ours))
    assert merge_tags(old, new, ours) == Merged(draft)


def test_english_that_arrives_between_moved_strings_is_named() -> None:
    new = quiz(CLOTH, ("Paper", "It tears at once.", False), WOOD)
    done = merge_tags(quiz(WOOD, IRON, CLOTH), new, quiz(HOLZ, EISEN, TUCH))
    assert done.text == quiz(TUCH, ("Paper", "It tears at once.", False), HOLZ)
    assert done.flags == ('English added words to code that is translated: "It tears at once."',)


def test_lines_are_not_merged_where_english_exchanged_strings_beside_those_that_people_added() -> None:
    wood, iron, cloth = ("Wood", "", False), ("Iron", "", False), ("Cloth", "It is light.", True)
    own = quiz(("Holz", "", False), ("Eisen", "", False), ("Tuch", "Das ist leicht.", True))
    own = own.replace("  ]}", '    {text: "Ein Netz"},\n  ]}')
    done = merge_tags(quiz(wood, iron, cloth), quiz(cloth, iron, wood), own)
    assert done.text == own and done.flags


def test_a_number_or_a_class_within_a_string_is_merged_in_it() -> None:
    old = '<Card\n  text="It has 3 sails."\n  class="a b"\n/>\n'
    ours = '<Card\n  text="Es hat 3 Segel."\n  class="a b own"\n/>\n'
    new = old.replace("3", "4").replace("a b", "c b")
    assert merge_tags(old, new, ours) == Merged(ours.replace("3", "4").replace("a b", "c b"))


def test_a_change_in_a_list_of_which_people_left_something_out_is_named() -> None:
    own = quiz(HOLZ, TUCH)
    done = merge_tags(quiz(WOOD, IRON, CLOTH), quiz(WOOD, (*IRON[:2], True), CLOTH), own)
    assert done.text != own and done.flags[0].startswith("English changed code beside what is translated: ")
    assert merge_tags(quiz(WOOD, IRON), quiz(WOOD, (*IRON[:2], True)), quiz(HOLZ, EISEN)).flags == ()


def lamps(*lamps: tuple[str, str, bool]) -> str:
    lines = [f'  <Lamp id="{name}" text="{text}"{" lit" if lit else ""} />' for name, text, lit in lamps]
    return "\n".join(["<Mast", "  height={3}", ">", *lines, "</Mast>", ""])


def test_entries_that_people_put_in_another_order_are_told_by_what_is_not_translated() -> None:
    bow, stern, top = (
        ("bow", "A lamp in front", False),
        ("stern", "A lamp behind", True),
        ("top", "A lamp above", False),
    )
    vorn, hinten, oben = ("bow", "Lampe vorn", False), ("stern", "Lampe hinten", True), ("top", "Lampe oben", False)
    old, own = lamps(bow, stern, top), lamps(oben, vorn, hinten)
    done = merge_tags(old, lamps((*bow[:2], True), (*stern[:2], False), top), own)
    assert done == Merged(lamps(oben, (*vorn[:2], True), (*hinten[:2], False)))
    assert merge_tags(old, lamps(stern, top), own) == Merged(lamps(hinten, oben))


def test_a_right_answer_that_is_told_by_order_alone_is_named() -> None:
    new = quiz((*WOOD[:2], True), IRON, ("Cloth", "", False))
    done = merge_tags(quiz(WOOD, IRON, CLOTH), new, quiz(TUCH, HOLZ, EISEN))
    assert done.flags and done.text == quiz(("Tuch", "", False), (*HOLZ[:2], True), EISEN)


def test_where_the_right_answer_is_first_as_in_english_now_that_is_named() -> None:
    old, new = (quiz(("Wood", "", first), ("Cloth", "", not first)) for first in (False, True))
    own = quiz(("Tuch", "", True), ("Holz", "", False))
    done = merge_tags(old, new, own)
    assert done.flags and done.text == own


def test_the_one_right_answer_is_told_wherever_people_put_it() -> None:
    right, other, third = ("Cloth", "", True), ("Wood", "", False), ("Iron", "Heavy, it is.", False)
    tuch, holz, eisen = ("Tuch", "", True), ("Holz", "", False), ("Eisen", "Schwer ist es.", False)
    new = quiz(other, ("Cloth", "", False), (*third[:2], True))
    done = merge_tags(quiz(other, right, third), new, quiz(eisen, tuch, holz))
    assert done == Merged(quiz((*eisen[:2], True), ("Tuch", "", False), holz))
