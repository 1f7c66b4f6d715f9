"""``amts retranslate`` on local pull requests, with the emulated Amazon: the second try is better than the first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from support.accounts import SETTINGS, Account
from support.worlds import CHAPTER, World, commit, world

from bot.cli.main import main

ROWED = "Some boats are rowed by tired people."
EDITED = CHAPTER.replace("It has a hull and a mast.", ROWED).replace(
    "The sail catches the wind.", "Every sail needs **strong** rope, see :numref:`sec_boats`."
)
HUMAN = "Unos remeros cansados mueven barcos."


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


@pytest.fixture(params=["sibling", "lock"])
def book(request: pytest.FixtureRequest, tmp_path: Path, account: Account) -> World:
    """A pull request with two drafts is open."""
    made = world(tmp_path, request.param)
    made.config.write_text(made.config.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    made.push({"boats.md": EDITED})
    assert made.sync() == 0
    return made


def again(book: World, *words: str) -> int:
    return main(["retranslate", "--config", str(book.config), "--language", "es", *words])


def draft(book: World, before: str, after: str) -> str:
    """What stands between two human texts of the pull request."""
    return book.text("boats.md").partition(before)[2].partition(after)[0].strip()


def finish(book: World, changes: Mapping[str, str]) -> None:
    """A translator's commit on the branch."""
    text = book.text("boats.md")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"boats.md": text}, "Terminado")
    book.spanish.git.checkout("main")


def rowed(book: World) -> str:
    return draft(book, "Un barco flota en el agua.", "*Nota")


def test_what_people_wrote_teaches_the_next_try(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    # The English sentence comes twice; a translator finishes one of the two.
    book.push({"boats.md": EDITED, "more.md": f"# More\n\n{ROWED}\n"})
    book.sync()
    first = book.text("more.md")
    finish(book, {rowed(book): HUMAN})
    assert again(book) == 0
    assert book.text("more.md") != first and HUMAN in book.text("more.md")
    assert rowed(book) == HUMAN
    told = capsys.readouterr().out
    assert "1 draft made anew" in told and "1 pair that they wrote in this pull request" in told
    assert "people had edited it:** 1 sentence" in told and HUMAN in told


def test_force_replaces_what_people_edited_and_says_so(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    machine = rowed(book)
    finish(book, {machine: "Algo muy distinto y equivocado de verdad."})
    before = book.branch()
    assert again(book, "--force", "boats.md") == 0
    told = capsys.readouterr().out
    assert book.branch() != before and "Replaced, what people had written" in told
    assert machine in book.text("boats.md") and "equivocado" not in book.text("boats.md")
    assert "Un barco flota en el agua." in book.text("boats.md") and "submarinos" in book.text("boats.md")


def test_the_same_again_costs_and_writes_nothing(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    before, billed = book.branch(), account.aws.billed
    assert again(book) == 0
    assert (book.branch(), account.aws.billed) == (before, billed)
    assert "0 drafts made anew" in capsys.readouterr().out


def test_what_is_not_there_is_told(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.branch()
    no_document = "is not a document of this pull request"
    for what, told in {
        "nowhere.md": no_document,
        "../es/boats.md": no_document,
        "LEEME.md": no_document,
        "boats.md#nowhere": "no section nowhere",
    }.items():
        assert again(book, what) == 1, what
        assert told in capsys.readouterr().err and book.branch() == before, what


def test_without_an_open_pull_request_nothing_happens(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.spanish.git.merge("amts/sync")
    assert again(book) == 1
    assert "es has no open pull request\n  why: everything is merged or closed\n" in capsys.readouterr().err


def test_what_was_merged_before_is_never_drafted_again(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    book.spanish.git.merge("amts/sync", "--no-edit")
    merged = book.text("boats.md", "main")
    book.push({"boats.md": EDITED.replace("We call its area $A$.", "People around here call its total area $A$.")})
    book.sync()
    assert again(book, "--force") == 0
    now = book.text("boats.md")
    assert [line for line in merged.splitlines() if "$A$" not in line] == [
        line for line in now.splitlines() if "$A$" not in line
    ]


def test_the_flavour_of_the_settings_holds_everywhere(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    settings = book.config.read_text(encoding="utf-8")
    book.config.write_text(
        settings.replace("  repository: en\n", "  repository: en\n  flavour: mdx\n"), encoding="utf-8"
    )
    book.push({"boats.md": EDITED, "more.md": "    Nobody rows in a storm. Nobody swims in the sea then.\n"})
    assert book.sync() == 0
    machine = book.text("more.md")
    assert "Nobody rows" not in machine
    assert again(book, "more.md") == 0
    assert "0 drafts made anew" in capsys.readouterr().out  # drafts, which are the same again
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"more.md": "    Nadie rema en la tormenta. Nadie nada entonces en el mar.\n"}, "Terminado")
    book.spanish.git.checkout("main")
    book.push({"last.md": "# Last\n\nNobody rows in a storm.\n"})
    assert book.sync() == 0
    assert again(book, "last.md") == 0
    assert "Nadie rema en la tormenta." in book.text("last.md")
    book.spanish.git.merge("amts/sync", "--no-edit")
    book.push({"end.md": "# End\n\nNobody swims in the sea then.\n"})
    assert book.sync() == 0
    assert "Nadie nada entonces en el mar." in book.text("end.md")
