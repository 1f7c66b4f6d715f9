"""What people did without the bot: pages brought up to date by hand, baselines in part, English history rewritten."""

from __future__ import annotations

from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, repository, world

from bot.cli.main import main
from bot.review.record import read

EARLY, LATE, LATER = (f"2040-0{month}-01T12:00:00" for month in (1, 2, 3))
IDENTITY = {f"GIT_{who}_{what}": "p@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
ADDED = CHAPTER.replace("## Sails", "An oar is a lever made of good ash wood, see :numref:`sec_boats`.\n\n## Sails")
BY_HAND = CAPITULO.replace("Tiene un casco y un mástil.", "Algunos barcos llevan remeros cansados.")
ADDED_BY_HAND = CAPITULO.replace(
    "*Nota", "Un remo es una palanca de buena madera de fresno, véase :numref:`sec_boats`.\n\n*Nota"
)


@pytest.fixture(params=["sibling", "lock"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return world(tmp_path, request.param)


@pytest.fixture
def boats(tmp_path: Path) -> World:
    return world(tmp_path)


def test_a_paragraph_that_translators_added_by_hand_is_not_added_again(book: World) -> None:
    book.push({"boats.md": ADDED})
    commit(book.spanish, {"boats.md": ADDED_BY_HAND}, "A mano")
    assert book.sync() == 0
    assert book.text("boats.md") == ADDED_BY_HAND
    assert "already in the translation: ``An oar is a lever" in book.page()


def test_a_page_and_its_baseline_brought_up_to_date_by_hand_need_nothing(tmp_path: Path) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    commit(book.spanish, {"boats.md": BY_HAND, "boats_origin.md": EDITED}, "A mano")
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def test_a_page_brought_up_to_date_by_hand_after_a_draft_needs_nothing_more(book: World) -> None:
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"boats.md": BY_HAND}, "A mano")
    book.spanish.git.checkout("main")
    assert book.sync() == 0
    assert book.text("boats.md") == BY_HAND
    book.push({"boats.md": EDITED.replace("catches the wind", "catches wind and sun")})
    assert book.sync() == 0
    assert "Algunos barcos llevan remeros cansados." in book.text("boats.md")


def updated(book: World, *, english: str = EDITED, by_hand: str = BY_HAND) -> None:
    """English changes, and a person changes the translation later, but no baseline."""
    book.push({"boats.md": english}, time=EARLY)
    commit(book.spanish, {"boats.md": by_hand}, "A mano", time=LATE)


def states(book: World, branch: str = "amts/sync") -> list[str]:
    if "amts.review" not in book.spanish.git.ls_tree("--name-only", branch):
        return []
    return [entry.state for entry in read(book.text("amts.review", branch).encode())]


def test_a_sentence_that_people_updated_by_hand_is_kept_and_waits_for_a_look(book: World) -> None:
    updated(book)
    assert book.sync() == 0
    assert book.text("boats.md") == BY_HAND
    assert "kept, people updated it by hand" in book.page() and "1 kept sentence to check" in book.page()
    assert states(book) == ["kept"]
    assert book.sync() == 0 and "Algunos barcos llevan remeros cansados." in book.page()
    main(["reviewed", "--config", str(book.config), "--language", "es"])
    assert states(book) == []
    merge(book)
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def merge(book: World) -> None:
    book.spanish.git.merge("--squash", "amts/sync")
    book.spanish.git.commit("-q", "-m", "Sync", env=IDENTITY)
    book.spanish.git.branch("-D", "amts/sync")


def test_what_people_changed_before_its_english_changed_is_drafted(boats: World) -> None:
    commit(boats.spanish, {"boats.md": BY_HAND}, "Mejor dicho", time=EARLY)
    boats.push({"boats.md": EDITED}, time=LATE)
    assert boats.sync() == 0
    assert "Some boats are rowed" in boats.text("boats.md")
    assert "Before: Algunos barcos llevan remeros cansados." in boats.page()


def test_the_numbers_of_an_update_show_what_it_follows_whatever_its_time(boats: World) -> None:
    commit(boats.spanish, {"boats.md": CAPITULO.replace("un casco", "1 casco y 12 remos")}, "A mano", time=EARLY)
    boats.push({"boats.md": CHAPTER.replace("a hull", "1 hull and 12 long oars")}, time=LATE)
    assert boats.sync() == 0
    assert "Tiene 1 casco y 12 remos y un mástil." in boats.text("boats.md")


def test_only_a_typo_corrected_after_the_english_changed_keeps_the_sentence_unconfirmed(boats: World) -> None:
    updated(boats, by_hand=CAPITULO.replace("mástil", "mastil"))
    assert boats.sync() == 0
    assert "Tiene un casco y un mastil." in boats.text("boats.md")
    assert states(boats) == ["kept"] and "1 kept sentence to check" in boats.page()


@pytest.mark.parametrize("changed", ["The sail catches the wind.", "A boat floats on water."])
def test_a_sentence_updated_by_hand_whose_english_was_reverted_waits_for_a_look(boats: World, changed: str) -> None:
    updated(boats)
    boats.push({"boats.md": CHAPTER.replace(changed, "Nobody has seen such a strange thing.")}, time=LATER)
    assert boats.sync() == 0
    assert "Algunos barcos llevan remeros cansados." in boats.text("boats.md")
    assert "1 kept sentence to check" in boats.page() and sorted(states(boats)) == ["english", "kept"]


def test_lines_wrapped_again_are_no_update(boats: World) -> None:
    updated(boats, by_hand=CAPITULO.replace("agua. Tiene un casco y", "agua.\nTiene un\ncasco y"))
    assert boats.sync() == 0
    assert "Some boats are rowed" in boats.text("boats.md") and "Tiene un\ncasco" not in boats.text("boats.md")


SWAPPED = CHAPTER.replace(
    "A boat floats on water. It has a hull and a mast.", "It has a hull and a mast. A boat floats on water."
)
SWAPPED_BY_HAND = CAPITULO.replace(
    "Un barco flota en el agua. Tiene un casco y un mástil.", "Tiene un casco y un mástil. Un barco flota en el agua."
)


def test_sentences_that_people_exchanged_as_english_did_are_not_exchanged_back(book: World) -> None:
    updated(book, english=SWAPPED, by_hand=SWAPPED_BY_HAND)
    assert book.sync() == 0
    assert book.text("boats.md") == SWAPPED_BY_HAND and states(book) == []
    merge(book)
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def test_of_sentences_that_people_exchanged_only_the_one_that_english_rewrote_is_drafted(boats: World) -> None:
    rewritten = "Some boats are rowed by tired people."
    updated(boats, english=SWAPPED.replace("It has a hull and a mast.", rewritten), by_hand=SWAPPED_BY_HAND)
    assert boats.sync() == 0
    assert boats.text("boats.md") == SWAPPED_BY_HAND.replace("Tiene un casco y un mástil.", rewritten)
    assert states(boats) == ["english"] and "<del>Tiene un casco y un mástil.</del>" in boats.page()


def test_sentences_that_only_people_exchanged_stay_where_they_put_them(boats: World) -> None:
    rewritten = "Some boats are rowed by tired people."
    updated(boats, english=EDITED, by_hand=SWAPPED_BY_HAND)
    assert boats.sync() == 0
    assert boats.text("boats.md") == SWAPPED_BY_HAND.replace("Tiene un casco y un mástil.", rewritten)


def test_sentences_that_people_and_english_moved_in_different_ways_are_listed(boats: World) -> None:
    more, mas = "a mast. Every sailor needs a knife.", "un mástil. Cada marinero necesita un cuchillo."
    recorded = CHAPTER.replace("a mast.", more)
    boats.push({"boats.md": recorded}, time=EARLY)
    commit(boats.spanish, {"boats.md": CAPITULO.replace("un mástil.", mas), "boats_origin.md": recorded}, "A mano")
    by_hand = SWAPPED_BY_HAND.replace("el agua.", "el agua. Cada marinero necesita un cuchillo.")
    english = CHAPTER.replace("A boat floats", "Every sailor needs a knife. A boat floats")
    updated(boats, english=english, by_hand=by_hand)
    assert boats.sync() == 0
    assert boats.text("boats.md") == by_hand
    assert "sentence order: English and translators moved sentences differently" in boats.page()


def test_only_the_sentence_that_people_updated_is_kept(boats: World) -> None:
    updated(boats, english=EDITED.replace("on water", "on the water of two seas"))
    assert boats.sync() == 0
    text = boats.text("boats.md")
    assert "A boat floats on the water of two seas. Algunos barcos llevan remeros cansados." in text
    assert "Before: Un barco flota en el agua." in boats.page()


def test_a_sentence_that_people_added_by_hand_is_not_drafted_beside_it(boats: World) -> None:
    english = CHAPTER.replace("a mast.", "a mast. Every sailor needs a knife.")
    by_hand = CAPITULO.replace("un mástil.", "un mástil. Cada marinero necesita un cuchillo.")
    updated(boats, english=english, by_hand=by_hand)
    assert boats.sync() == 0
    assert boats.text("boats.md") == by_hand and states(boats) == ["kept"]


def test_a_paragraph_that_english_and_people_wrote_anew_is_kept(boats: World) -> None:
    english = CHAPTER.replace(
        "The sail catches the wind.", "Nobody knows who invented cloth for ships. It was long ago."
    )
    by_hand = CAPITULO.replace(
        "La vela atrapa el viento.", "Nadie sabe quién inventó la tela para los barcos. Fue hace mucho."
    )
    updated(boats, english=english, by_hand=by_hand)
    assert boats.sync() == 0
    assert boats.text("boats.md") == by_hand


def test_text_that_people_first_translated_from_the_recorded_english_is_drafted_when_that_changes(
    tmp_path: Path,
) -> None:
    """The document was still English when its baseline was recorded; its translation came after English changed."""
    book = world(tmp_path)
    half = CAPITULO.replace("Tiene un casco y un mástil.", "It has a hull and a mast.")
    commit(book.spanish, {"boats.md": half, "boats_origin.md": CHAPTER + "\n"}, "A medias")
    commit(book.spanish, {"boats_origin.md": CHAPTER}, "A medias", time=EARLY)
    updated(book, by_hand=CAPITULO)
    assert book.sync() == 0
    assert "Some boats are rowed" in book.text("boats.md") and "Before: Tiene un casco" in book.page()


def test_english_that_people_pasted_is_no_translation(boats: World) -> None:
    updated(boats, by_hand=CAPITULO.replace("Tiene un casco y un mástil.", "Some boats are rowed by tired people."))
    assert boats.sync() == 0
    assert states(boats) == ["english"]


def test_what_people_finished_in_a_pull_request_before_they_merged_it_is_no_update(boats: World) -> None:
    boats.push({"boats.md": EDITED}, time=EARLY)
    assert boats.sync() == 0
    boats.spanish.git.checkout("-q", "amts/sync")
    commit(boats.spanish, {"boats.md": BY_HAND}, "Revisado")
    boats.spanish.git.checkout("-q", "main")
    merge(boats)
    boats.push({"boats.md": EDITED.replace("rowed by tired people", "driven by loud engines")}, time=LATE)
    assert boats.sync() == 0
    assert "driven by loud engines" in boats.text("boats.md")


def test_an_update_in_a_branch_counts_from_when_it_was_written(boats: World) -> None:
    """It was merged after English had changed, but written before."""
    boats.spanish.git.checkout("-q", "-b", "mejoras")
    commit(boats.spanish, {"boats.md": BY_HAND}, "Mejor dicho", time=EARLY)
    boats.spanish.git.checkout("-q", "main")
    boats.push({"boats.md": EDITED}, time=LATE)
    boats.spanish.git.merge("-q", "--no-ff", "-m", "Merge", "mejoras", env={**IDENTITY, "GIT_COMMITTER_DATE": LATER})
    assert boats.sync() == 0
    assert "Some boats are rowed" in boats.text("boats.md")


def test_a_shallow_clone_says_what_it_cannot_know(boats: World, capsys: pytest.CaptureFixture[str]) -> None:
    updated(boats)
    whole = boats.folder / "whole"
    (boats.folder / "es").rename(whole)
    git.Repo.clone_from(whole.as_uri(), boats.folder / "es", depth=1)
    assert boats.sync() == 0
    assert "fetch --unshallow" in capsys.readouterr().out
    assert "Some boats are rowed" in boats.text("boats.md")


def test_front_matter_baselines_know_updates_by_hand_too(tmp_path: Path) -> None:
    english = repository(tmp_path / "en", {"boats.md": f"---\ntitle: Boats\n---\n\n{CHAPTER}"}, "First")
    named = f"---\ntitle: Barcos\ndefault_lang_commit: {english.head.commit.hexsha}\n---\n\n"
    repository(tmp_path / "es", {"boats.md": named + CAPITULO}, "Primera")
    (tmp_path / "amts.yml").write_text(
        "source:\n  repository: en\ntranslations:\n  - language: es\n    repository: es\n    baseline: front-matter\n"
    )
    book = World(tmp_path, "front-matter")
    updated(book, english=f"---\ntitle: Boats\n---\n\n{EDITED}", by_hand=named + BY_HAND)
    assert book.sync() == 0
    assert "Algunos barcos llevan remeros cansados." in book.text("boats.md") and states(book) == ["kept"]


def test_documents_without_a_baseline_are_named_and_the_others_synced(
    book: World, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push({"boats.md": EDITED, "oars.md": "# Oars\n\nAn oar is a lever.\n"})
    commit(book.spanish, {"oars.md": "# Remos\n\nUn remo es una palanca.\n"}, "Remos")
    assert book.sync() == 0
    assert "oars.md; run amts adopt --language es" in capsys.readouterr().out
    changed = str(book.spanish.git.diff("--name-only", "main", "amts/sync")).splitlines()
    assert "boats.md" in changed and "oars.md" not in changed


def rewritten(book: World, text: str) -> None:
    """English with one commit, which has all of its history, and none of its old objects."""
    english = book.english
    english.git.checkout("--orphan", "fresh")
    commit(english, {"boats.md": text}, "All")
    english.git.branch("-D", "main")
    english.git.branch("-m", "main")
    english.git.reflog("expire", "--expire=now", "--all")
    english.git.gc("--prune=now", "--quiet")


def test_rewritten_history_of_english_costs_nothing_where_its_texts_are_the_same(book: World) -> None:
    rewritten(book, CHAPTER)
    assert book.sync() == 0 and [head.name for head in book.spanish.heads] == ["main"]


def test_english_that_its_rewritten_history_lacks_is_read_beside_the_translation(tmp_path: Path) -> None:
    book = world(tmp_path, "sibling")
    rewritten(book, EDITED)
    assert book.sync() == 0
    assert "Un barco flota en el agua. Some boats are rowed by tired people." in book.text("boats.md")


def test_a_lock_that_names_english_of_a_history_that_was_rewritten_fails_until_it_is_adopted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path, "lock")
    rewritten(book, EDITED)
    assert book.sync() == 1
    assert "the baseline of boats.md does not exist in English history" in capsys.readouterr().out
    assert [head.name for head in book.spanish.heads] == ["main"]
    config = ["--config", str(tmp_path / "amts.yml"), "--language", "es"]
    assert main(["adopt", *config, "--write", "--replace"]) == 0
    assert book.spanish.git.diff("--name-only", "main", "amts/adopt") == "amts.lock"
