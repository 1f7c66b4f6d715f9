"""Who wrote what in a pull request, and what may be drafted again."""

from __future__ import annotations

import pytest

from bot.document.flavours import Flavour
from bot.drafting.authorship import Authorship, Version, authorship
from bot.drafting.redraft import Redraft, Scope, plan_redraft, redrafted
from bot.engines import Answer

OLD = """# Boats

A boat floats. It has a hull and a mast. The sail catches the wind.

## More
:label:`sec_more`

Boats are old.

### Deeper

The sea is deep.

## Last

Nobody knows.
"""
NEW = (
    OLD.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
    .replace("Boats are old.", "Boats are very old things that people made. See :numref:`fig_x` for one.")
    .replace("The sea is deep.", "The whole ocean is deeper than any lake we know.")
)
BEFORE = """# Barcos

Un barco flota. Tiene un casco y un mástil. La vela atrapa el viento.

## Más
:label:`sec_more`

Los barcos son viejos.

### Hondo

El mar es hondo.

## Fin

Nadie sabe.
"""
DRAFTED = (
    BEFORE.replace("Tiene un casco y un mástil.", "Algunos barcos reman gente cansada.")
    .replace("Los barcos son viejos.", "Los barcos son cosas muy viejas. Vea :numref:`fig_x`.")
    .replace("El mar es hondo.", "El océano entero es más hondo que un lago.")
)
HUMAN = "Los barcos son inventos muy antiguos."
EDITED = DRAFTED.replace("Los barcos son cosas muy viejas.", HUMAN)
ROWED, SEE = "Algunos barcos reman gente cansada.", "Vea :numref:`fig_x`."
OCEAN = "El océano entero es más hondo que un lago."


def who() -> Authorship:
    versions = [Version(True, (BEFORE,), DRAFTED, (OLD, NEW)), Version(False, (DRAFTED,), EDITED, (NEW, NEW))]
    return authorship(versions, BEFORE, "es")


def plan(scope: Scope, text: str = EDITED) -> Redraft:
    found = plan_redraft(NEW, text, who(), scope, language="es")
    assert found
    return found


def now(scope: Scope) -> list[str]:
    return list(plan(scope).drafts.values())


def test_git_tells_the_bots_sentences_from_those_of_people() -> None:
    assert who() == Authorship(frozenset({ROWED, SEE, OCEAN}), frozenset({HUMAN}))


def test_a_human_sentence_that_the_bot_only_put_right_is_no_draft() -> None:
    old, new = "It is $a$ here. It was there.\n", "It is $b$ here. Something else was there before it.\n"
    before, after = "Es $a$ aquí. Era allí.\n", "Es $b$ aquí. Otra cosa.\n"
    found = authorship([Version(True, (before,), after, (old, new))], before, "es")
    assert found.drafted == {"Otra cosa."}


def test_what_a_merge_brings_in_is_nobodys_draft() -> None:
    merged = DRAFTED.replace("Nadie sabe.", "Nadie lo sabe todavía.")
    versions = [
        Version(True, (BEFORE,), DRAFTED, (OLD, NEW)),
        Version(True, (DRAFTED, BEFORE.replace("Nadie sabe.", "Nadie lo sabe todavía.")), merged, (NEW, NEW)),
    ]
    assert "Nadie lo sabe todavía." not in authorship(versions, BEFORE, "es").drafted


def test_a_draft_that_a_person_put_back_is_theirs() -> None:
    other = DRAFTED.replace(ROWED, "Otra cosa muy distinta.")
    versions = [
        Version(True, (BEFORE,), DRAFTED, (OLD, NEW)),
        Version(True, (DRAFTED,), other, (NEW, NEW)),
        Version(False, (other,), DRAFTED, (NEW, NEW)),
    ]
    found = authorship(versions, BEFORE, "es")
    assert ROWED in found.edited - found.drafted


def test_what_is_merged_is_neithers() -> None:
    versions = [Version(True, (BEFORE,), DRAFTED, (OLD, NEW))]
    assert authorship(versions, DRAFTED, "es") == Authorship(frozenset(), frozenset())


def test_a_new_document_is_a_draft_from_top_to_end() -> None:
    found = authorship([Version(True, (), BEFORE, ("", OLD))], "", "es")
    assert "Nadie sabe." in found.drafted and "Barcos" in found.drafted


def test_drafts_are_asked_again_and_what_people_edited_is_left() -> None:
    found = plan(Scope())
    assert list(found.drafts.values()) == [ROWED, SEE, OCEAN] and found.left == (HUMAN,)
    assert found.segments[0].source == "Some boats are rowed by tired people."
    assert (found.segments[0].before, found.segments[0].after) == ("A boat floats.", "The sail catches the wind.")


def test_force_takes_what_people_edited_too_but_never_what_they_merged() -> None:
    found = plan(Scope(force=True))
    assert list(found.drafts.values()) == [ROWED, HUMAN, SEE, OCEAN] and not found.left
    assert [found.drafts[n] for n in found.edited] == [HUMAN]


@pytest.mark.parametrize("anchor", ["sec_more", "more", "más"])
def test_a_section_reaches_to_the_next_of_its_level(anchor: str) -> None:
    assert now(Scope(anchor)) == [SEE, OCEAN]


def test_a_section_within_another() -> None:
    assert now(Scope("deeper")) == [OCEAN] and now(Scope("last")) == []


def test_an_anchor_that_is_not_there_is_none() -> None:
    assert plan_redraft(NEW, EDITED, who(), Scope("nowhere"), language="es") is None


@pytest.mark.parametrize(
    ("lines", "english", "drafts"),
    [
        ((3, 3), False, [ROWED]),
        ((1, 3), False, [ROWED]),
        ((4, 7), False, []),
        ((8, 12), False, [SEE, OCEAN]),
        ((8, 8), True, [SEE]),
        ((12, 12), True, [OCEAN]),
        ((900, 901), False, []),
    ],
)
def test_lines_mean_their_paragraphs(lines: tuple[int, int], english: bool, drafts: list[str]) -> None:
    assert now(Scope(lines=lines, english=english)) == drafts


def test_lines_of_windows_count_as_ours() -> None:
    text = EDITED.replace("\n", "\r\n")
    assert list(plan(Scope(lines=(12, 12)), text).drafts.values()) == [OCEAN]


def test_answers_stand_where_the_drafts_stood_and_the_rest_stays() -> None:
    found = redrafted(plan(Scope()), {1: Answer("Gente\ncansada rema.", "engine"), 2: Answer("Sin figura.", "engine")})
    assert found.text == EDITED.replace(ROWED, "Gente cansada rema.")
    assert [s.text for s in found.changed] == ["Gente cansada rema."]
    lacking, unanswered = found.segments[1:]
    assert "fig_x" in lacking.reason and unanswered.origin == "english"


def test_the_same_answer_changes_nothing() -> None:
    found = redrafted(plan(Scope()), {1: Answer(ROWED, "engine")})
    assert found.text == EDITED and not found.changed


@pytest.mark.parametrize(("flavour", "segments"), [("mdx", ["It has a hull."]), ("commonmark", [])])
def test_the_flavour_of_the_book_decides_what_is_prose(flavour: Flavour, segments: list[str]) -> None:
    english, text = "A boat floats.\n\n    It has a hull.\n", "Un barco flota.\n\n    Lleva casco.\n"
    version = Version(True, ("Un barco flota.\n",), text, ("A boat floats.\n", english))
    who = authorship([version], "Un barco flota.\n", "es", flavour=flavour)
    assert who == Authorship(frozenset({"Lleva casco."} if segments else ()), frozenset())
    plan = plan_redraft(english, text, who, Scope(), language="es", flavour=flavour)
    assert plan and [s.source for s in plan.segments] == segments
