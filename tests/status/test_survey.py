"""The state of documents in real repositories."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, repository, world

from bot.baselines.records import Recorded, lock_text
from bot.cli.main import main
from bot.cli.options import composed
from bot.status.badge import badge
from bot.status.book_status import BookStatus
from bot.status.document_status import Amount, DocumentStatus
from bot.status.page import page
from bot.status.status_json import json_text
from bot.status.survey import survey
from bot.status.wording import notes


def surveyed(place: World) -> BookStatus:
    site = composed(place.config)
    return survey(site.english(), {"es": lambda: site.language("es", "memory_only")})


def only(place: World) -> DocumentStatus:
    (document,) = surveyed(place).languages[0].documents
    return document


@pytest.fixture(params=["sibling", "lock"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return world(tmp_path, str(request.param))


def test_nothing_is_written(place: World) -> None:
    place.push({"boats.md": CHAPTER + "\nMore.\n"})
    before = [(r.git.rev_parse("--all"), r.git.count_objects("-v")) for r in (place.english, place.spanish)]
    surveyed(place)
    assert before == [(r.git.rev_parse("--all"), r.git.count_objects("-v")) for r in (place.english, place.spanish)]


def test_a_translation_of_todays_english_is_up_to_date(place: World) -> None:
    found = only(place)
    assert (found.path, found.state, found.todo) == ("boats.md", "up to date", Amount())
    assert found.translated == found.english == Amount(6, found.english.characters)
    assert (found.title, found.translated_title) == ("Boats", "Barcos")


def test_changed_english_is_behind_since_the_first_commit_that_changed_it(
    place: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1714600000 +0000")
    place.push({"else.txt": "x\n"})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1714700000 +0000")
    place.push({"boats.md": CHAPTER.replace("a hull and a mast", "two masts")})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "1714800000 +0000")
    place.push({"boats.md": CHAPTER.replace("a hull and a mast", "two masts") + "\nMore of it.\n"})
    found = only(place)
    assert (found.state, found.changed, found.left) == ("behind", Amount(2, 17 + 11), Amount())
    assert (found.recording.commits, found.recording.exact) == (2, True)
    assert found.recording.since == 1714700000
    assert found.todo == found.changed


def test_short_english_that_a_merged_draft_left_is_still_english(place: World) -> None:
    place.push({"boats.md": CHAPTER + "\n## Oars\n"})
    assert place.sync() == 0
    place.spanish.git.merge("-q", "--ff-only", "amts/sync")
    found = only(place)
    assert (found.state, found.left, found.todo) == ("English left", Amount(1, 4), Amount(1, 4))


def test_where_no_english_is_recorded_the_share_is_unknown(place: World, capsys: pytest.CaptureFixture[str]) -> None:
    record = "boats_origin.md" if place.kind == "sibling" else "amts.lock"
    commit(place.spanish, {record: None}, "Lost")
    found = surveyed(place)
    (language,) = found.languages
    assert language.unknown and found.share(language) is None
    assert main(["status", "--config", str(place.config)]) == 0
    shown = capsys.readouterr().out
    assert "es  how much is translated is not known; 1 document: 1 no baseline (run amts adopt --language es)" in shown
    assert shown.splitlines()[-1].split() == ["es", "–", "1", "of", "1", "0", "–", "–"]
    (written,) = json.loads(json_text(found))["languages"]
    assert written["coverage"] == {"documents": 0.0, "sentences": None, "characters": None}
    assert "es: not recorded</title>" in badge(found, language) and ">–</span>" in page(found)


def test_only_code_changed_is_behind_with_nothing_to_translate(place: World) -> None:
    place.push({"boats.md": CHAPTER.replace("3 * 4", "3 * 5")})
    found = only(place)
    assert (found.state, found.todo) == ("behind", Amount())


def test_english_without_a_translation_was_never_translated(place: World) -> None:
    place.push({"sails/wind.md": "# Wind\n\nIt blows.\n"})
    _, found = surveyed(place).languages[0].documents
    assert (found.path, found.state, found.todo) == ("sails/wind.md", "never translated", Amount(2, 4 + 9))
    assert (found.title, found.translated) == ("Wind", Amount())


def test_what_is_beside_the_book_does_not_count(place: World) -> None:
    place.push({"README.md": "# The book\n\nHow to build it.\n", ".github/x.md": "# Help\n"})
    assert only(place).source_path == "boats.md" and set(surveyed(place).english) == {"boats.md"}


def test_a_translation_whose_english_is_gone_is_an_orphan(place: World) -> None:
    place.push({"boats.md": None, "cars.md": "# Cars\n\nOther things altogether here.\n"})
    found = {d.path: d for d in surveyed(place).languages[0].documents}
    assert found["boats.md"].state == "orphan"
    assert found["boats.md"].recording.since
    assert found["cars.md"].state == "never translated"


def test_a_translation_whose_english_moved_is_behind(place: World) -> None:
    place.push({"boats.md": None, "ships.md": CHAPTER})
    found = only(place)
    assert (found.path, found.source_path, found.state) == ("boats.md", "ships.md", "behind")
    assert found.moved and notes(found)[-1] == "English is now ships.md"
    assert (found.todo, found.recording.commits) == (Amount(), 1)


def test_sentences_that_are_still_english_are_left(place: World) -> None:
    commit(
        place.spanish, {"boats.md": CAPITULO.replace("La vela atrapa el viento.", "The sail catches the wind.")}, "x"
    )
    found = only(place)
    assert (found.state, found.left) == ("English left", Amount(1, 26))
    place.push({"boats.md": CHAPTER.replace("a hull and a mast", "two masts")})
    found = only(place)
    assert (found.state, found.left.sentences, found.changed.sentences) == ("behind", 1, 1)


def test_a_translation_of_another_text_has_drifted(place: World) -> None:
    commit(place.spanish, {"boats.md": "# Barcos\n\nOtro texto.\n"}, "Rewrite")
    assert only(place).state == "up to date"  # one heading and one label less could be a mistake
    commit(place.spanish, {"boats.md": CAPITULO + "\n## Uno\n\n## Dos\n"}, "More")
    found = only(place)
    assert (found.state, found.drift) == ("drifted", ("4 headings where English has 2",))


def test_a_document_on_both_sides_without_a_record_has_no_baseline(tmp_path: Path) -> None:
    place = world(tmp_path)
    commit(place.spanish, {"boats_origin.md": None}, "Forget")
    found = only(place)
    assert (found.state, found.todo, found.translated) == ("no baseline", Amount(), Amount())


def test_a_document_that_cannot_be_read_says_why(place: World) -> None:
    commit(place.spanish, {"boats.md": b"\xff\xfe"}, "Break")
    found = only(place)
    assert found.state == "unreadable"
    assert "not UTF-8" in found.problem


def test_english_that_cannot_be_read_says_why(place: World) -> None:
    place.push({"boats.md": b"\xff\xfe"})
    found = only(place)
    assert (found.state, found.english) == ("unreadable", Amount())


def test_a_draft_that_nobody_touched_is_told_until_somebody_does(tmp_path: Path) -> None:
    place = world(tmp_path)
    place.push({"wind.md": "# 12\n\n`x`\n"})
    assert place.sync() == 0
    place.spanish.git.merge("-q", "--ff-only", "amts/sync")
    states = {d.path: d.state for d in surveyed(place).languages[0].documents}
    assert states == {"boats.md": "up to date", "wind.md": "machine draft"}
    commit(place.spanish, {"wind.md": "# 12\n\n`x`.\n"}, "Finish")
    assert [d.state for d in surveyed(place).languages[0].documents] == ["up to date", "up to date"]


def test_a_draft_with_english_in_it_is_not_translated(tmp_path: Path) -> None:
    place = world(tmp_path)
    place.push({"wind.md": "# Wind\n\nIt blows over all the boats.\n"})
    assert place.sync() == 0
    place.spanish.git.merge("-q", "--ff-only", "amts/sync")
    found = surveyed(place).languages[0].documents[1]
    assert (found.state, found.left.sentences, found.drafted) == ("English left", 2, True)


def test_what_waits_in_a_pull_request_is_not_merged(tmp_path: Path) -> None:
    place = world(tmp_path)
    place.push({"boats.md": CHAPTER + "\nMore.\n"})
    assert place.sync() == 0
    assert only(place).state == "behind"
    place.spanish.git.merge("-q", "--ff-only", "amts/sync")
    assert only(place).state != "behind"


def test_a_translation_that_cannot_be_read_hurts_no_other(tmp_path: Path) -> None:
    place = world(tmp_path, "lock")
    commit(place.spanish, {"amts.lock": "{"}, "Break")
    site = composed(place.config)
    git.Repo.clone_from(place.folder / "es", place.folder / "pt").close()
    book = survey(site.english(), {"es": lambda: site.language("es", "memory_only")})
    (language,) = book.languages
    assert "amts.lock cannot be read" in language.problem
    assert language.documents == ()


def in_one_repository(folder: Path, layout: str, baseline: str, files: dict[str, str | bytes | None]) -> BookStatus:
    """The status of Spanish beside its English ``boats.md`` and ``oars.md``, which changed since and was added."""
    repo = repository(folder / "book", {"boats.md": CHAPTER}, "First")
    old = repo.head.commit.hexsha
    first = {path: text.replace("COMMIT", old) if isinstance(text, str) else text for path, text in files.items()}
    commit(repo, first, "Spanish")
    if baseline == "lock":
        record = {layout.format(stem="boats", path="boats.md", ext=".md", lang="es"): Recorded("boats.md", BLOB)}
        commit(repo, {"amts.es.lock": lock_text(record)}, "Record")
    commit(repo, {"boats.md": CHAPTER.replace("a hull and a mast", "two masts"), "oars.md": "# Oars\n"}, "Change")
    (folder / "amts.yml").write_text(
        f"source: {{repository: book, layout: '{{path}}'}}\ntranslations:\n"
        f"  - {{language: es, repository: book, layout: '{layout}', baseline: {baseline}}}\n",
        encoding="utf-8",
    )
    site = composed(folder / "amts.yml")
    return survey(site.english(), {"es": lambda: site.language("es", "memory_only")})


BLOB = hashlib.sha1(f"blob {len(CHAPTER.encode())}\0{CHAPTER}".encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("layout", "baseline", "names"),
    [
        ("{stem}.{lang}{ext}", "lock", ("boats.es.md", "oars.es.md")),
        ("i18n/{lang}/{path}", "lock", ("i18n/es/boats.md", "i18n/es/oars.md")),
        ("i18n/{lang}/{path}", "front-matter", ("i18n/es/boats.md", "i18n/es/oars.md")),
    ],
)
def test_a_translation_in_the_repository_of_english(
    tmp_path: Path, layout: str, baseline: str, names: tuple[str, str]
) -> None:
    front = "---\ndefault_lang_commit: COMMIT\n---\n" if baseline == "front-matter" else ""
    book = in_one_repository(tmp_path, layout, baseline, {names[0]: front + CAPITULO})
    assert list(book.english) == ["boats.md", "oars.md"]
    boats, oars = book.languages[0].documents
    assert (boats.path, boats.source_path, boats.state) == (names[0], "boats.md", "behind")
    assert (boats.changed, boats.recording.commits, boats.moved) == (Amount(1, 17), 1, False)
    assert (oars.path, oars.source_path, oars.state) == (names[1], "oars.md", "never translated")
    assert notes(boats) == ()
