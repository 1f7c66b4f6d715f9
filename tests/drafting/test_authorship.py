"""Who wrote the sentences of a document in an open pull request."""

from __future__ import annotations

from bot.drafting.authorship import Authorship, Version, authorship, said
from bot.planning.document_plan import SmallEdits

OLD, NEW = "A boat floats on water.\n", "A boat floats on water. Nobody built it. It has `sails`.\n"
MERGED = "Un barco flota en el agua.\n"
FIRST, SECOND = "Nadie lo construyó.", "Tiene `sails`."
DRAFT = f"{MERGED.strip()}\n{FIRST}\n{SECOND}\n"


def bot(before: str | None, text: str, old: str = OLD, new: str = NEW) -> Version:
    return Version(True, () if before is None else (before,), text, (old, new))


def person(text: str, *before: str) -> Version:
    return Version(False, before, text, (NEW, NEW))


def told(*versions: Version, merged: str = MERGED) -> tuple[set[str], set[str]]:
    found = authorship(versions, merged, "es")
    return set(found.drafted), set(found.edited)


def test_what_the_bot_drafted_is_a_draft() -> None:
    assert told(bot(MERGED, DRAFT)) == ({FIRST, SECOND}, set())


def test_what_a_person_changed_is_theirs() -> None:
    mine = DRAFT.replace(FIRST, "Nadie lo hizo.")
    assert told(bot(MERGED, DRAFT), person(mine, DRAFT)) == ({SECOND}, {"Nadie lo hizo."})


def test_what_a_person_wrote_over_and_wrote_again_is_theirs() -> None:
    mine = DRAFT.replace(FIRST, "Nadie lo hizo.")
    assert told(bot(MERGED, DRAFT), person(mine, DRAFT), person(DRAFT, mine)) == ({SECOND}, {FIRST})


def test_what_is_gone_is_nobodys() -> None:
    assert told(bot(MERGED, DRAFT), person(MERGED, DRAFT)) == (set(), set())


def test_wrapping_a_draft_does_not_make_it_ones_own() -> None:
    assert told(bot(MERGED, DRAFT), person(DRAFT.replace("Nadie lo", "Nadie\nlo"), DRAFT)) == ({FIRST, SECOND}, set())


def test_a_merge_brings_nothing_of_its_own() -> None:
    other = MERGED + "\nOtra frase de la rama principal.\n"
    both = DRAFT + "\nOtra frase de la rama principal.\n"
    assert told(bot(MERGED, DRAFT), person(both, DRAFT, other), merged=other) == ({FIRST, SECOND}, set())
    mine = both + "\nY una más.\n"
    assert told(bot(MERGED, DRAFT), person(mine, DRAFT, other), merged=other) == ({FIRST, SECOND}, {"Y una más."})


def test_what_stands_in_the_base_is_neither_s() -> None:
    assert told(bot(MERGED, DRAFT), merged=DRAFT) == (set(), set())


def test_a_new_document_of_the_bot_is_all_draft() -> None:
    assert told(bot(None, DRAFT, "", NEW), merged="") == ({MERGED.strip(), FIRST, SECOND}, set())


def test_a_human_sentence_that_the_bot_put_right_is_no_draft() -> None:
    """The code span was renamed in English, and the bot carried that over."""
    held = f"{MERGED.strip()} {SECOND}\n"
    old, new = "A boat floats on water. It has `sails`.\n", "A boat floats on water. It has `masts`.\n"
    fixed = held.replace("sails", "masts")
    assert told(bot(held, fixed, old, new), merged=held) == (set(), set())


def test_a_commit_of_the_bot_without_an_english_edit_is_all_draft() -> None:
    again = DRAFT.replace(FIRST, "Nadie la construyó.")
    assert told(bot(MERGED, DRAFT), bot(DRAFT, again, NEW, NEW)) == ({"Nadie la construyó.", SECOND}, set())


def test_a_small_edit_is_a_draft_only_where_it_is_translated() -> None:
    old = "A long boat floats on the calm and quiet water of the bay.\n"
    new, held = old.replace("calm", "cold"), "Un bote largo flota en el agua.\n"
    version = bot(held, "Un bote largo flota en agua fría.\n", old, new)
    modes: tuple[SmallEdits, ...] = ("keep", "translate")
    for small_edits in modes:
        found = authorship([version], held, "es", small_edits)
        assert found == Authorship(frozenset({"Un bote largo flota en agua fría."}), frozenset())


def test_sentences_are_those_of_the_prose() -> None:
    assert said("# Un título\n\nUna frase. Otra\nfrase.\n\n```\nx = 1\n```\n", "es") == {
        "Un título",
        "Una frase.",
        "Otra frase.",
    }
