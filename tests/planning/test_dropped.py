"""What people wrote that a draft no longer shows is listed, and notes among the sentences stay."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.planning.by_hand import Edit, by_hand
from bot.planning.document_plan import DocumentPlan, plan_document

BEFORE = "Rivers need crossings of some kind.\n\n"
BEFORE_ES = "Los ríos necesitan algún tipo de paso.\n\n"
AFTER = "\n\nAn arch turns weight into pressure.\n"
AFTER_ES = "\n\nUn arco convierte el peso en presión.\n"
OLD = "The oldest bridges are logs. Nobody remembers who laid the first one."
ES = "Los puentes más antiguos son troncos. Nadie recuerda quién puso el primero."
OWN = "En España abundan los puentes romanos, por ejemplo en Mérida y en Córdoba."
OTHER = "Rope was used in the mountains long before steel. Such crossings sway when someone walks."


def plan(old: str, new: str, target: str) -> DocumentPlan:
    texts = (f"{BEFORE}{old}{AFTER}", f"{BEFORE}{new}{AFTER}", f"{BEFORE_ES}{target}{AFTER_ES}")
    return plan_document(*texts, language="es")


def lost(done: DocumentPlan) -> list[str]:
    return [flag.text for flag in done.flags if flag.kind == "previous translation"]


@pytest.mark.parametrize("target", [f"{OWN} {ES}", f"{ES} {OWN}", ES.replace(" Nadie", f" {OWN} Nadie"), ES])
def test_the_translation_of_a_rewritten_paragraph_is_listed(target: str) -> None:
    assert lost(plan(OLD, OTHER, target)) == [target]


@pytest.mark.parametrize("new", ["```\nlogs\n```", ""])
def test_a_paragraph_that_said_more_than_its_english_is_listed_when_it_goes(new: str) -> None:
    assert lost(plan(OLD, new, f"{ES} {OWN}")) == [f"{ES} {OWN}"]


@pytest.mark.parametrize("new", ["", OLD.split(". ")[0] + ".", f"{OLD} It fell.", OLD.replace("Nobody", "No one")])
def test_what_english_deleted_or_kept_is_not_listed(new: str) -> None:
    assert lost(plan(OLD, new, ES)) == []


def test_what_stands_beside_its_segment_is_not_listed_again() -> None:
    done = plan(OLD, OLD.replace("Nobody remembers who laid", "Historians argue about who put down"), f"{ES} {OWN}")
    said = " ".join(segment.old_target for segment in done.segments)
    assert OWN in said and lost(done) == []


def test_numbers_alone_are_not_listed() -> None:
    old, new = "| Red boat | 12 |\n|---|---|\n", "| Rope of the mountains | 7 |\n|---|---|\n"
    assert lost(plan(old, new, "| Barco rojo | 12 |\n|---|---|\n")) == ["Barco rojo | 12"]
    assert lost(plan("12 7 8.", OTHER, "12 7 8.")) == []


@pytest.mark.parametrize("note", ["(N. de la T.: quedan algunos.)", "[Nota: quedan algunos.]", "*Quedan algunos.*"])
@pytest.mark.parametrize("edited", [0, 1])
def test_a_note_among_the_sentences_stays_behind_its_sentence(note: str, edited: int) -> None:
    english, spanish = OLD.split(" Nobody"), ES.split(" Nadie")
    english, spanish = [english[0], "Nobody" + english[1]], [spanish[0], "Nadie" + spanish[1]]
    now = [*english]
    now[edited] = "Sheep cross the valley."
    done = plan(" ".join(english), " ".join(now), f"{spanish[0]} {note} {spanish[1]}")
    want = [*spanish]
    want[edited] = now[edited]
    text = "".join(p if isinstance(p, str) else p.source for p in done.parts)
    assert text == f"{BEFORE_ES}{want[0]} {note} {want[1]}{AFTER_ES}"
    assert lost(done) == []


def test_a_sentence_in_brackets_is_no_note_if_the_english_has_one() -> None:
    old, target = "Logs rot. (Stone does not.)", "Los troncos se pudren. (La piedra no.)"
    done = plan(old, old.replace("Stone does not", "Steel rusts"), target)
    assert draft_document(done, {}, old=old, new=OLD).text.count("La piedra no") == 0
    assert [s.old_target for s in done.segments] == ["(La piedra no.)"]


def test_a_cell_in_brackets_is_no_note() -> None:
    done = plan(
        "| A | B |\n|---|---|\n| Red boat | long rope |",
        "| A | B |\n|---|---|\n| Red boat | new long rope |",
        "| A | B |\n|---|---|\n| Barco rojo | (cabo largo) |",
    )
    assert [(s.source, s.old_target) for s in done.segments] == [("new long rope", "(cabo largo)")]


def after_people(old: str, new: str, recorded: str, now: str) -> DocumentPlan:
    """The plan where people changed the translation since it was recorded, while English was the old one."""
    hand = by_hand(recorded, now, [Edit(False, recorded, now, lambda: old)], "es")
    return plan_document(old, new, now, language="es", by_hand=hand)


def test_a_sentence_that_people_put_between_two_for_one_english_is_kept_once() -> None:
    two = ["Los más antiguos son troncos.", "Tienen 98 siglos y nadie recuerda quién los puso allí."]
    english = ["Rivers need crossings.", "The oldest are logs that are 98 centuries old; nobody knows who laid them."]
    last, last_es = "An arch turns weight into pressure.", "Un arco convierte el peso en presión."
    old, new = (" ".join([*english, end]) + "\n" for end in (last, "Iron ropes came last."))
    recorded = " ".join(["Los ríos necesitan pasos.", *two, last_es]) + "\n"
    now = recorded.replace(two[1], f"{OWN} {two[1]}")
    done = after_people(old, new, recorded, now)
    text = "".join(p if isinstance(p, str) else p.source for p in done.parts)
    assert text == now.replace(last_es, "Iron ropes came last.")


@pytest.mark.parametrize("order", [1, -1])
def test_what_people_added_is_listed_where_english_deleted_what_it_seems_to_translate(order: int) -> None:
    kept, kept_es = "Nobody remembers who laid the first one.", "Nadie recuerda quién puso el primero."
    gone = "Historians count what is left of them in every valley, from here to the sea."
    old, now = (" ".join([*pair][::order]) + "\n" for pair in ((gone, kept), (OWN, kept_es)))
    done = after_people(old, f"{kept}\n", f"{kept_es}\n", now)
    assert done.parts == (f"{kept_es}\n",) and lost(done) == [OWN]


LOGS, TRONCOS = (
    "The oldest bridges are logs that somebody laid across.",
    "Los más antiguos son troncos que alguien puso.",
)
STONE, PIEDRA = "> Stone lasts.", "> La piedra dura."


@pytest.mark.parametrize("order", [1, -1])
def test_a_quote_that_people_made_longer_is_still_the_one_of_its_english(order: int) -> None:
    """Else its English has none, and what English does to a paragraph beside it happens to the quote."""

    def page(*blocks: str, start: str = BEFORE, end: str = AFTER) -> str:
        return start + "\n\n".join(blocks[::order]) + end

    longer = f"{PIEDRA} {OWN} {OWN.replace('abundan', 'faltan')}"
    old, recorded, now = (
        page(STONE, LOGS),
        *(page(quote, TRONCOS, start=BEFORE_ES, end=AFTER_ES) for quote in (PIEDRA, longer)),
    )
    done = after_people(old, page("> Steel lasts.", LOGS), recorded, now)
    assert [s.old_target for s in done.segments] == [PIEDRA.removeprefix("> ")] and not done.flags
    gone = after_people(old, page(LOGS), recorded, now)
    assert gone.parts == (page(TRONCOS, start=BEFORE_ES, end=AFTER_ES),) and lost(gone) == [longer.removeprefix("> ")]
    alone = after_people(old, page(STONE), recorded, now)
    assert alone.parts == (page(longer, start=BEFORE_ES, end=AFTER_ES),) and not alone.flags


SPAN = (
    "Call `span()` to find how far a bridge can reach before it bends, and write the length beside the name of its "
    "river, since those who build the next one will ask for it."
)


@pytest.mark.parametrize("recorded", ["", "Ojo con `span()`.\n\n"])
def test_a_note_that_goes_with_the_english_it_was_taken_to_translate_is_listed(recorded: str) -> None:
    """It shares code with a paragraph that has no translation."""
    now = f"{BEFORE_ES}Ojo con `span()`.\n\n{TRONCOS}{AFTER_ES}"
    done = after_people(
        f"{BEFORE}{SPAN}\n\n{LOGS}{AFTER}", f"{BEFORE}{LOGS}{AFTER}", f"{BEFORE_ES}{recorded}{TRONCOS}{AFTER_ES}", now
    )
    text = "".join(p if isinstance(p, str) else p.source for p in done.parts)
    assert "Ojo con `span()`." in text or lost(done) == ["Ojo con `span()`."]


def test_what_english_deleted_beside_a_note_of_people_is_listed() -> None:
    """They may have been exchanged, as both have no other sign than their length."""
    old = f"{BEFORE}{LOGS}\n\nSheep cross the valley.{AFTER}"
    recorded = f"{BEFORE_ES}{TRONCOS}{AFTER_ES}"
    done = after_people(
        old, f"{BEFORE}{LOGS}{AFTER}", recorded, recorded.replace(TRONCOS, f"`f()` oveja.\n\n{TRONCOS}")
    )
    text = "".join(p if isinstance(p, str) else p.source for p in done.parts)
    assert TRONCOS in text or lost(done) == [TRONCOS]


NOTES = ["{/* Los troncos son de roble. */}", "<!-- Los troncos son de roble. -->", "{/*\nSon de roble.\n*/}"]
ROMAN, ROMAN_ES = "The `arch` came later.", "El `arch` vino después."


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        pytest.param(ROMAN, "", f"{ROMAN_ES} NOTE", id="a paragraph"),
        pytest.param(ROMAN, "", "El `arch` NOTE vino después.", id="inside a sentence"),
        pytest.param(f"- {ROMAN}\n- {OLD}", f"- {OLD}", f"- {ROMAN_ES} NOTE\n- {ES}", id="an item"),
        pytest.param(f"| {ROMAN} |\n|---|\n| 1 |", "| 1 |\n|---|\n", f"| {ROMAN_ES} NOTE |\n|---|\n| 1 |", id="a cell"),
    ],
)
def test_a_comment_of_people_is_listed_where_its_block_goes(old: str, new: str, target: str, note: str) -> None:
    one_line = " ".join(note.split())
    note = one_line if "|" in target else note
    assert lost(plan(old, new, target.replace("NOTE", note))) == [one_line]


@pytest.mark.parametrize("note", NOTES)
def test_a_comment_that_stays_or_is_shown_is_not_listed(note: str) -> None:
    assert lost(plan(f"{ROMAN}\n\n{OLD}", OLD, f"{ROMAN_ES}\n\n{note}\n\n{ES}")) == [], "it stays"
    rewritten = ROMAN.replace("came later", "is a good deal older than the town around it")
    assert lost(plan(ROMAN, rewritten, ROMAN_ES.replace(" vino", f" {note} vino"))) == [], "it is beside its segment"


def test_a_comment_that_english_deletes_is_not_listed() -> None:
    assert lost(plan(f"{ROMAN} {{/* To do: more. */}}", "", f"{ROMAN_ES} {{/* Por hacer: más. */}}")) == []
    assert lost(plan("{/* To do: more. */}", "", "{/* Por hacer: más. */}")) == []


def test_the_id_of_a_heading_is_no_comment() -> None:
    assert lost(plan(f"## {ROMAN} {{/*arch*/}}", "", f"## {ROMAN_ES} {{/*arco*/}}")) == []
