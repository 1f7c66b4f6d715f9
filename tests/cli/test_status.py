"""``amts status``, as people run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from support.worlds import CHAPTER, World, commit, world

from bot.cli.main import main
from bot.contracts import EngineName


@pytest.fixture
def place(tmp_path: Path) -> World:
    found = world(tmp_path)
    found.push({"boats.md": CHAPTER.replace("a hull and a mast", "two masts"), "wind.md": "# Wind\n\nIt blows.\n"})
    return found


def run(place: World, *words: str) -> int:
    return main(["status", "--config", str(place.config), *words])


def test_it_shows_what_is_behind(place: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:6] for line in lines if line.startswith("boats.md")] == [
        ["boats.md", "▲", "behind", "1", "17", "1"]
    ]
    assert any(line.split() == ["es", "72%", "1", "of", "2", "0", "3", "30", "2024-05-01"] for line in lines)


def test_each_form_is_written_where_it_is_asked_for(place: World) -> None:
    out = place.folder / "out"
    out.mkdir()
    forms = {"--json": "s.json", "--markdown": "s.md", "--html": "s.html"}
    words = [word for form, name in forms.items() for word in (form, str(out / name))]
    assert run(place, *words, "--badge", str(out / "deep" / "badges")) == 0
    (language,) = json.loads((out / "s.json").read_text("utf-8"))["languages"]
    assert [(d["path"], d["state"]) for d in language["documents"]] == [
        ("boats.md", "behind"),
        ("wind.md", "never translated"),
    ]
    assert set(language["cost_usd"]) == {*get_args(EngineName)} - {"openai", "bedrock"}, "of these, no price is known"
    assert "| `wind.md` | never translated | 2 | 13 |" in (out / "s.md").read_text("utf-8")
    assert "wind.md: never translated, 2 sentences to translate" in (out / "s.html").read_text("utf-8")
    assert "72%" in (out / "deep" / "badges" / "es.svg").read_text("utf-8")


@pytest.mark.parametrize(("name", "noted"), [("en/STATUS.md", True), ("en/STATUS.txt", False), ("STATUS.md", False)])
def test_a_page_at_a_place_of_the_book_is_noted(
    place: World, capsys: pytest.CaptureFixture[str], name: str, noted: bool
) -> None:
    english = Path(place.english.working_dir)
    assert run(place, "--markdown", str(english.parent / name.replace("en/", f"{english.name}/"))) == 0
    assert ("note: STATUS.md is at a place of the book" in capsys.readouterr().out) is noted


def test_languages_can_be_chosen(place: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--language", "es,fr") == 1
    assert "no language fr" in capsys.readouterr().err
    assert run(place, "--language", "es") == 0


def test_a_translation_that_cannot_be_read_fails_after_the_others_are_shown(
    place: World, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(place.english, {"boats_origin.md": "x\n"}, "Twins")
    assert run(place) == 1
    assert "English has both boats.md and boats_origin.md" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_told(place: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(place, "--json", str(place.folder / "none" / "s.json")) == 1
    assert run(place, "--badge", str(place.config)) == 1
    assert capsys.readouterr().err.count("cannot be") == 2


def test_after_a_sync_is_merged_and_finished_it_is_up_to_date(place: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert place.sync() == 0
    place.spanish.git.merge("-q", "--ff-only", "amts/sync")
    text = place.text("boats.md", "main").replace("It has two masts.", "Tiene dos mástiles.")
    commit(place.spanish, {"boats.md": text, "wind.md": "# Viento\n\nSopla.\n"}, "Finish")
    capsys.readouterr()
    assert run(place) == 0
    assert "100% translated; 2 documents: 2 up to date" in capsys.readouterr().out
