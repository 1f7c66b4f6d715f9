"""``amts plan --json`` and ``amts apply``: an agent's door, which lets answers fill segments and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from support.worlds import CHAPTER, World, world

from bot.cli.main import main
from bot.sync.exchange import AnswersFile, PlanFile, schema

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
NEW = "Oars of `wood` are *light*, see [the list](a.md)."
OTHER = "A second oar is made of steel."


@pytest.mark.parametrize(("name", "model"), [("plan-1.json", PlanFile), ("answers-1.json", AnswersFile)])
def test_the_schemas_are_published(name: str, model: Any) -> None:
    """After a change on purpose, write ``schema(model)`` there; one that breaks readers needs another version."""
    assert json.loads((SCHEMAS / name).read_text(encoding="utf-8")) == schema(model)


@pytest.fixture
def here(tmp_path: Path) -> World:
    made = world(tmp_path)
    made.push({"boats.md": f"{CHAPTER}\n{NEW} {OTHER}\n"})
    return made


def planned(here: World) -> dict[str, Any]:
    assert main(["plan", "--config", str(here.config), "--json", str(here.folder / "plan.json")]) == 0
    found = json.loads((here.folder / "plan.json").read_text(encoding="utf-8"))
    jsonschema_rs.validate(json.loads((SCHEMAS / "plan-1.json").read_text()), found)
    return found  # type: ignore[no-any-return]


def applied(here: World, answers: object) -> int:
    (here.folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    return main(["apply", "--config", str(here.config), str(here.folder / "answers.json")])


def test_there_and_back(here: World, capsys: pytest.CaptureFixture[str]) -> None:
    found = planned(here)
    (language,) = found["languages"]
    first, second = language["segments"]
    assert (first["english"], second["english"]) == (NEW, OTHER) and first["document"] == "boats.md"
    assert first["after"]["english"] == OTHER and here.branch() is None, "nothing is written"
    texts = {
        first["id"]: "Los remos de `wood` son *ligeros*, ver [la lista](a.md).",
        second["id"]: "Un segundo remo es de acero.",
        "0123456789abcdef": "Para nadie.",
    }
    answers = {"version": 1, "by": "an agent", "languages": {"es": texts}}
    jsonschema_rs.validate(json.loads((SCHEMAS / "answers-1.json").read_text()), answers)
    assert applied(here, answers) == 0
    assert "1 of 3 answers are for no sentence" in capsys.readouterr().out
    text = here.text("boats.md")
    assert "Los remos de `wood` son *ligeros*, ver [la lista](a.md). Un segundo remo es de acero." in text
    assert "machine translation by an agent" in here.page()
    assert planned(here)["languages"][0]["segments"] == [], "converges"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Los remos son *ligeros*, ver [la lista](a.md).",
        "Los remos de `wood` son ligeros, ver [la lista](a.md).",
        "Los remos de `wood` son *ligeros*, ver [la lista](https://evil.example).",
        "Los remos de `wood` son *ligeros*, ver [la lista](a.md).\n\n# Otro capítulo",
        "# Los remos de `wood` son *ligeros*, ver [la lista](a.md).",
        "- Los remos de `wood` son *ligeros*, ver [la lista](a.md).",
        "Los remos de `wood` son *ligeros*, ver [la lista](a.md). <script>x</script>",
        "Los remos de `wood` son *ligeros*, ver [la lista](a.md). ![x](http://evil.example/p.png)",
        "Oars of `wood` are *light*, see [the list](a.md).",
        "Los remos de `wood` son *ligeros*, ver [la lista](a.md)." + " Y más." * 60,
    ],
)
def test_an_answer_fills_its_segment_or_is_refused(here: World, capsys: pytest.CaptureFixture[str], text: str) -> None:
    first, second = planned(here)["languages"][0]["segments"]
    texts = {first["id"]: text, second["id"]: "Un segundo remo es de acero."}
    assert applied(here, {"version": 1, "languages": {"es": texts}}) == 0
    done = here.text("boats.md")
    assert done.endswith(f"\n{NEW} Un segundo remo es de acero.\n") and "not drafted: " in here.page()
    assert "  not drafted: 1 sentence: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"version": 2, "languages": {"es": {}}}, "version"),
        ({"version": 1}, "languages"),
        ({"version": 1, "languages": {"es": {"1": "x"}}}, "languages.es"),
        ({"version": 1, "languages": {"es": {}}, "files": {"a.md": "x"}}, "files"),
        ({"version": 1, "by": "@everyone\n", "languages": {"es": {}}}, "by"),
        ({"version": 1, "languages": {"xx": {}}}, "no language xx"),
        ([], "the file"),
    ],
)
def test_files_that_are_none(here: World, capsys: pytest.CaptureFixture[str], answers: object, why: str) -> None:
    assert applied(here, answers) == 1
    assert why in capsys.readouterr().err and here.branch() is None
