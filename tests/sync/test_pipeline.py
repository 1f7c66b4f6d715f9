"""Whole syncs over real git: what a maintainer and a translator live through."""

from __future__ import annotations

import json
from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, repository, world

from bot.baselines.records import Recorded, lock_text
from bot.cli.main import main
from bot.contracts import BOT_EMAIL
from bot.repositories.repository import Repository
from bot.sync import delivery

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
DRAFT = CAPITULO.replace(
    "Un barco flota en el agua. Tiene un casco y un mástil.",
    "Un barco flota en el agua. Some boats are rowed by tired people.",
)


@pytest.fixture(params=["sibling", "lock"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    return world(tmp_path, request.param)


def recorded(book: World) -> str:
    """The English text that the open pull request records for the chapter."""
    if book.kind == "sibling":
        return book.text("boats_origin.md")
    blob = json.loads(book.text("amts.lock"))["documents"]["boats.md"]["blob"]
    return Repository.open(book.folder / "en").read(blob).decode()


def test_an_edit_becomes_a_pull_request_with_its_baseline(book: World) -> None:
    head = book.push({"boats.md": EDITED})
    assert book.sync() == 0
    assert book.text("boats.md") == DRAFT
    assert recorded(book) == EDITED
    message = book.spanish.commit("amts/sync").message
    assert f"AMTS-English-Commit: {head}" in message
    assert book.spanish.commit("amts/sync").author.email == BOT_EMAIL
    assert "Some boats are rowed" in book.page()
    assert book.text("boats.md", "main") == CAPITULO


def test_only_what_is_merged_is_reused(book: World) -> None:
    fresh = "Some boats are rowed by tired people."
    book.push({"boats.md": EDITED})
    book.sync()
    # A translator is still at work on the branch: what stands there is no memory yet.
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"boats.md": DRAFT.replace(fresh, "Unos remeros cansados.")}, "Borrador")
    book.spanish.git.checkout("main")
    book.push({"boats.md": EDITED, "more.md": f"{fresh}\n"})
    book.sync()
    assert book.text("more.md") == f"{fresh}\n"
    book.spanish.git.merge("amts/sync", "--no-edit")
    book.push({"third.md": f"{fresh}\n"})
    book.sync()
    assert book.text("third.md") == "Unos remeros cansados.\n"


def test_nothing_to_do_writes_nothing(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert book.sync() == 0
    assert book.branch() is None
    assert not (book.folder / "pull-requests").exists()
    assert "up to date" in capsys.readouterr().out


def test_a_second_run_plans_nothing(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    before = book.branch(), book.page()
    assert book.sync() == 0
    assert (book.branch(), book.page()) == before


def test_a_dry_run_has_the_figures_of_the_sync(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    things = [("mast", "mástil"), ("sail", "vela"), ("keel", "quilla"), ("oar", "remo"), ("rope", "cabo")]
    english = [f"The {a} {n} of this boat is very red." for n in range(8) for a, _ in things]
    spanish = [f"El {b} {n} de este barco es muy rojo." for n in range(8) for _, b in things]
    source = repository(tmp_path / "en", {"a.md": "\n\n".join(english) + "\n"}, "First")
    lock = lock_text({"a.md": Recorded("a.md", source.head.commit.tree["a.md"].hexsha)})
    repository(tmp_path / "es", {"a.md": "\n\n".join(spanish) + "\n", "amts.lock": lock}, "Primera")
    (tmp_path / "amts.yml").write_text(
        "source: {repository: en}\ntranslations:\n- {language: es, repository: es, baseline: lock}\n", encoding="utf-8"
    )
    book = World(tmp_path, "lock")
    english[3] = "The sail 0 of this boat is very red."
    english[9] = "The keel 1 of this old boat is very red, like the mast 0."
    book.push({"a.md": "\n\n".join(english) + "\n"})
    told = []
    for more in (["--dry-run"], []):
        assert main(["sync", "--config", str(book.config), *more]) == 0
        told.append(next(line for line in capsys.readouterr().out.splitlines() if line.startswith("a.md")))
    assert told[0] == told[1]


def test_dry_run_plans_and_writes_nothing(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.push({"boats.md": EDITED})
    assert book.sync("--dry-run") == 0
    assert book.branch() is None
    assert not (book.folder / "pull-requests").exists()
    assert "boats.md" in capsys.readouterr().out


def test_the_open_pull_request_is_continued_over_what_people_committed(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.spanish.git.checkout("amts/sync")
    human = book.text("boats.md").replace("Some boats are rowed by tired people.", "Algunos se mueven a remo.")
    person = commit(book.spanish, {"boats.md": human}, "Termino")
    book.spanish.git.checkout("main")
    book.push(
        {
            "boats.md": EDITED.replace("# Boats", "# Boats and ships"),
            "wind.md": "# Wind\n\nWind is moving air.\n",
        }
    )
    assert book.sync() == 0
    assert "Algunos se mueven a remo." in book.text("boats.md")
    assert "# Boats and ships" in book.text("boats.md")
    assert book.text("wind.md") == "# Wind\n\nWind is moving air.\n"
    assert person in [c.hexsha for c in book.spanish.iter_commits("amts/sync")]
    assert not (book.folder / "pull-requests" / "es-2.md").exists()


def test_what_earlier_syncs_left_in_english_stays_listed(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.push({"boats.md": EDITED + "\nThe end of this chapter is near.\n"})
    book.sync()
    page = book.page()
    assert "Translate 2 sentences." in page
    assert page.count("Some boats are rowed by tired people.") == 1
    assert page.count("The end of this chapter is near.") == 1


@pytest.mark.parametrize("how", ["fast-forward", "squash", "squash and delete"])
def test_after_a_merge_the_next_one_starts_afresh(book: World, how: str) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    if how == "fast-forward":
        book.spanish.git.merge("amts/sync")
    else:
        book.spanish.git.merge("--squash", "amts/sync")
        book.spanish.index.commit("Squashed")
    if how == "squash and delete":
        book.spanish.git.branch("-D", "amts/sync")
    old = book.branch()
    assert book.sync() == 0
    assert book.branch() == old
    book.push({"boats.md": EDITED.replace("## Sails", "## All sails")})
    assert book.sync() == 0
    assert "## All sails" in book.text("boats.md")
    assert (book.folder / "pull-requests" / "es-2.md").exists()
    main = book.spanish.commit("main").hexsha
    assert book.spanish.is_ancestor(main, book.branch())
    assert old is None or book.spanish.is_ancestor(old, book.branch())


def test_a_closed_one_stays_closed_until_english_changes(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.spanish.git.branch("-D", "amts/sync")
    assert book.sync() == 0
    assert book.branch() is None
    book.push({"boats.md": EDITED + "\nOne more sentence stands here.\n"})
    assert book.sync() == 0
    assert book.branch() is not None
    assert (book.folder / "pull-requests" / "es-2.md").exists()


def test_one_that_was_continued_and_then_closed_stays_closed_too(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.push({"wind.md": "# Wind\n\nWind is moving air.\n"})
    book.sync()
    book.spanish.git.branch("-D", "amts/sync")
    assert book.sync() == 0
    assert book.branch() is None


def test_the_base_is_merged_into_an_open_pull_request(book: World) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    commit(book.spanish, {"LEEME.md": "Hola a todos\n"}, "Saludo")
    book.push({"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync() == 0
    assert book.text("LEEME.md") == "Hola a todos\n"
    assert "Some boats are rowed by tired people." in book.text("boats.md")


def test_a_conflict_with_the_base_leaves_both_alone(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    commit(
        book.spanish,
        {"boats.md": CAPITULO.replace("Un barco flota en el agua.", "Los barcos flotan.")},
        "Otro",
    )
    before = book.branch()
    book.push({"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    assert book.sync() == 1
    assert book.branch() == before
    assert "boats.md" in capsys.readouterr().out


def test_files_added_removed_renamed(book: World) -> None:
    book.push(
        {
            "wind.md": "# Wind\n\nWind is moving air, and it is free.\n",
            "water.md": "# Water\n\nWater is wet.\n",
        }
    )
    book.sync()
    book.spanish.git.merge("amts/sync")
    book.push({"water.md": None, "boats.md": None, "ships/boats.md": EDITED})
    assert book.sync() == 0
    files = {str(i.path) for i in book.spanish.commit("amts/sync").tree.traverse() if i.type == "blob"}
    assert "ships/boats.md" in files and "boats.md" not in files and "water.md" not in files
    assert "LEEME.md" in files and "wind.md" in files
    assert book.text("ships/boats.md") == DRAFT
    if book.kind == "sibling":
        assert "ships/boats_origin.md" in files and "boats_origin.md" not in files


def test_a_cosmetic_push_changes_no_translation_but_its_baseline(book: World) -> None:
    book.push({"boats.md": CHAPTER.replace("floats on water.", "floats on water!")})
    assert book.sync() == 0
    assert book.text("boats.md") == CAPITULO
    assert "floats on water!" in recorded(book)
    assert book.sync() == 0


def test_an_exact_match_of_the_memory_is_reused(book: World) -> None:
    book.push({"wind.md": "# Wind\n\nWind is moving air. A boat floats on water.\n"})
    assert book.sync() == 0
    assert book.text("wind.md") == "# Wind\n\nWind is moving air. Un barco flota en el agua.\n"


def test_one_document_that_fails_hurts_no_other(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.push({"boats.md": EDITED, "odd.md": b"\xff\xfe# Odd\n", "bin.md": b"# A\0B\n", "big.md": b"a\n" * 50_001})
    assert book.sync() == 1
    assert book.text("boats.md") == DRAFT
    out = capsys.readouterr().out
    assert "odd.md is not UTF-8 text" in out and "bin.md is a binary file" in out and "big.md is too large" in out
    assert "odd.md" in book.page()
    assert book.sync() == 1


def test_one_language_that_fails_hurts_no_other(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    more = "  - language: zh\n    repository: nowhere\n    baseline: lock\n"
    text = book.config.read_text(encoding="utf-8").replace("translations:\n", "translations:\n" + more)
    book.config.write_text(text, encoding="utf-8")
    book.push({"boats.md": EDITED})
    assert book.sync() == 1
    assert book.branch() is not None
    assert "is not a git repository" in capsys.readouterr().out


def test_a_branch_that_moves_during_the_run_is_planned_again(book: World, monkeypatch: pytest.MonkeyPatch) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.push({"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    pushes = iter(range(1))
    real = delivery.outcomes

    def meanwhile(*arguments: object) -> object:
        for _ in pushes:
            book.spanish.git.checkout("amts/sync")
            commit(book.spanish, {"LEEME.md": "Llegué antes\n"}, "Entre medias")
            book.spanish.git.checkout("main")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "outcomes", meanwhile)
    assert book.sync() == 0
    assert book.text("LEEME.md") == "Llegué antes\n"
    assert "# Boats and ships" in book.text("boats.md")


def test_a_branch_that_never_rests_is_an_error(
    book: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push({"boats.md": EDITED})
    book.sync()
    book.push({"boats.md": EDITED.replace("# Boats", "# Boats and ships")})
    real = delivery.outcomes

    def meanwhile(*arguments: object) -> object:
        head = book.spanish.commit("amts/sync")
        new = git.Commit.create_from_tree(book.spanish, head.tree, "again", [head])
        book.spanish.git.update_ref("refs/heads/amts/sync", new.hexsha)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "outcomes", meanwhile)
    assert book.sync() == 1
    assert "kept moving" in capsys.readouterr().out
    assert "Boats and ships" not in book.text("boats.md")


def test_excluded_documents_are_left_alone_not_removed(tmp_path: Path) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8").replace("repository: en", "repository: en\n  exclude: ['boats.md']")
    book.config.write_text(text, encoding="utf-8")
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    assert book.branch() is None


def test_a_bare_translation_works_as_well(tmp_path: Path) -> None:
    book = world(tmp_path)
    git.Repo.clone_from(str(tmp_path / "es"), str(tmp_path / "bare.git"), bare=True)
    text = book.config.read_text(encoding="utf-8").replace("repository: es", "repository: bare.git")
    book.config.write_text(text, encoding="utf-8")
    book.push({"boats.md": EDITED})
    assert book.sync() == 0
    bare = git.Repo(tmp_path / "bare.git")
    assert bare.git.show("amts/sync:boats.md", strip_newline_in_stdout=False) == DRAFT
