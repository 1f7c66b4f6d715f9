"""Notebooks in whole syncs: a book of Markdown and notebooks, and what is made of their pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.notebooks import Json, code, markdown, notebook, stream, text
from support.worlds import CHAPTER, World, commit, world

from bot.baselines.records import Recorded, lock_text
from bot.cli.main import main

ENGLISH = notebook(
    markdown("# Oars\n\nAn oar moves the boat. It is made of wood.", "a"),
    code("# Count them\noars = 2", "b", outputs=[stream("2\n")], count=1),
    markdown("Keep them dry in the shed.", "c"),
)
SPANISH = notebook(
    markdown("# Remos\n\nUn remo mueve el barco. Es de madera.", "a"),
    code("# Cuéntalos\noars = 2", "b", outputs=[stream("2\n")], count=1),
    markdown("Guárdalos secos en el cobertizo.", "c"),
)
NEW = notebook(
    markdown('# Oars\n\nAn oar moves the boat. Nobody knows who made the first "one".', "a"),
    code("# Count them\noars = 4", "b", outputs=[stream("4\n")], count=2),
    *ENGLISH["cells"][2:],
    markdown("Buy new ones every year.", "d"),
)


@pytest.fixture(params=["sibling", "lock"])
def book(request: pytest.FixtureRequest, tmp_path: Path) -> World:
    """A book with a chapter in Markdown and a translated notebook; its settings include notebooks."""
    made = world(tmp_path, request.param)
    settings = made.config.read_text(encoding="utf-8")
    made.config.write_text(settings.replace("repository: en", "repository: en\n  include: ['*.md', '**/*.ipynb']"))
    made.push({"nb/oars.ipynb": text(ENGLISH)})
    files: dict[str, str | bytes | None] = {"nb/oars.ipynb": text(SPANISH, indent=2, escaped=True, end="")}
    if request.param == "sibling":
        files["nb/oars_origin.ipynb"] = text(ENGLISH)
    else:
        tree = made.english.head.commit.tree
        blobs = {path: Recorded(path, tree[path].hexsha) for path in ("boats.md", "nb/oars.ipynb")}
        files["amts.lock"] = lock_text(blobs)
    commit(made.spanish, files, "Remos")
    return made


def held(book: World) -> Json:
    found: Json = json.loads(book.text("nb/oars.ipynb"))
    return found


def test_a_notebook_is_synced_like_any_document(book: World) -> None:
    book.push({"nb/oars.ipynb": text(NEW)})
    assert book.sync() == 0
    done = held(book)
    assert "".join(done["cells"][0]["source"]).startswith("# Remos\n\nUn remo mueve el barco.")
    assert done["cells"][1] == code("# Cuéntalos\noars = 4", "b", outputs=[stream("4\n")], count=2)
    assert done["cells"][2:] == [SPANISH["cells"][2], NEW["cells"][3]]
    assert book.text("nb/oars.ipynb") == text(done, indent=2, escaped=True, end="")
    page = book.page()
    assert 'Nobody knows who made the first "one".' in page and "\\n" not in page and "\ufdd0" not in page
    before = book.branch()
    assert book.sync() == 0 and book.branch() == before
    if book.kind == "sibling":
        assert book.text("nb/oars_origin.ipynb") == text(NEW)


def test_other_outputs_alone_are_a_change(book: World) -> None:
    outputs = notebook(ENGLISH["cells"][0], code("# Count them\noars = 2", "b", count=5), ENGLISH["cells"][2])
    book.push({"nb/oars.ipynb": text(outputs)})
    assert book.sync() == 0
    assert held(book)["cells"][1] == code("# Cuéntalos\noars = 2", "b", count=5)


def test_another_layout_of_the_english_is_no_change_of_the_translation(book: World) -> None:
    book.push({"nb/oars.ipynb": text(ENGLISH, indent=4)})
    assert book.sync() == 0
    assert book.text("nb/oars.ipynb") == text(SPANISH, indent=2, escaped=True, end="")


@pytest.mark.parametrize(
    ("broken", "why"), [("{", "not valid JSON"), (text({"nbformat": 3, "worksheets": []}), "nbformat is 3")]
)
def test_a_notebook_that_cannot_be_read_does_not_stop_the_others(
    book: World, broken: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    book.push({"nb/oars.ipynb": broken, "boats.md": CHAPTER.replace("It has a hull", "No boat has a motor, or a hull")})
    assert book.sync() == 1
    shown = capsys.readouterr().out
    assert "nb/oars.ipynb" in shown and why in " ".join(shown.split())
    assert "No boat has a motor" in book.text("boats.md")
    assert book.text("nb/oars.ipynb") == text(SPANISH, indent=2, escaped=True, end="")
    book.push({"nb/oars.ipynb": text(NEW)})
    assert book.sync() == 0 and len(held(book)["cells"]) == 4


def test_a_broken_translation_is_reported_too(book: World, capsys: pytest.CaptureFixture[str]) -> None:
    commit(book.spanish, {"nb/oars.ipynb": "<<<<<<< HEAD\n{}"}, "Roto")
    book.push({"nb/oars.ipynb": text(NEW)})
    assert book.sync() == 1
    assert "not valid JSON" in " ".join(capsys.readouterr().out.split())


def test_new_renamed_and_removed_notebooks(book: World) -> None:
    book.push({"nb/oars.ipynb": None, "nb/paddles.ipynb": text(ENGLISH), "nb/new.ipynb": text(NEW, indent=3)})
    assert book.sync() == 0
    assert book.text("nb/paddles.ipynb") == text(SPANISH, indent=2, escaped=True, end="")
    assert "Un remo mueve el barco." in book.text("nb/new.ipynb")  # the memory knows it
    assert json.loads(book.text("nb/new.ipynb"))["cells"][1] == NEW["cells"][1]
    book.spanish.git.merge("amts/sync")
    book.push({"nb/paddles.ipynb": None})
    assert book.sync() == 0
    assert "nb/paddles.ipynb" not in book.spanish.git.ls_tree("-r", "--name-only", "amts/sync")


def test_a_notebook_that_becomes_markdown_is_another_document(book: World) -> None:
    said = "# Oars\n\nAn oar moves the boat. It is made of wood.\n\nKeep them dry in the shed.\n"
    book.push({"nb/oars.ipynb": None, "nb/oars.md": said})
    settings = book.config.read_text(encoding="utf-8")
    book.config.write_text(settings.replace("'*.md'", "'**/*.md'"), encoding="utf-8")
    assert book.sync() == 0
    assert "Un remo mueve el barco." in book.text("nb/oars.md") and "\ufdd0" not in book.text("nb/oars.md")


def test_notebooks_are_documents_only_where_the_settings_name_them(book: World) -> None:
    settings = book.config.read_text(encoding="utf-8")
    book.config.write_text(settings.replace("\n  include: ['*.md', '**/*.ipynb']", ""), encoding="utf-8")
    book.push({"nb/oars.ipynb": text(NEW)})
    assert book.sync() == 0 and book.branch() is None


def test_a_baseline_in_front_matter_is_refused_for_a_notebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = world(tmp_path, "lock")
    settings = book.config.read_text(encoding="utf-8").replace("baseline: lock", "baseline: front-matter")
    book.config.write_text(settings.replace("repository: en", "repository: en\n  include: ['**/*.ipynb']"))
    book.push({"oars.ipynb": text(ENGLISH)})
    assert book.sync() == 1
    assert "oars.ipynb cannot be recorded" in " ".join(capsys.readouterr().out.split())


def test_retranslate_keeps_the_notebook_around_what_is_drafted_again(book: World) -> None:
    book.push({"nb/oars.ipynb": text(NEW)})
    assert book.sync() == 0
    drafted = book.text("nb/oars.ipynb")
    # People finish one sentence elsewhere: the next try finds it in the memory.
    more = "# More\n\nBuy new ones every year.\n"
    book.push({"more.md": more})
    assert book.sync() == 0
    book.spanish.git.checkout("amts/sync")
    commit(book.spanish, {"more.md": "# Más\n\nCompra otros cada año.\n"}, "Más")
    book.spanish.git.checkout("main")
    assert main(["retranslate", "--config", str(book.config), "--language", "es", "nb/oars.ipynb"]) == 0
    assert book.text("nb/oars.ipynb") == drafted.replace("Buy new ones every year.", "Compra otros cada a\\u00f1o.")


def test_pairs_of_notebooks_are_parallel_data(book: World, tmp_path: Path) -> None:
    place = tmp_path / "pairs.tsv"
    assert main(["parallel-data", "build", "--config", str(book.config), "--language", "es", "-o", str(place)]) == 0
    pairs = place.read_text(encoding="utf-8")
    assert "An oar moves the boat.\tUn remo mueve el barco.\n" in pairs
    assert "Keep them dry in the shed.\tGuárdalos secos en el cobertizo.\n" in pairs
    assert "oars = 2" not in pairs and "\ufdd0" not in pairs


def test_one_notebook_is_drafted_without_repositories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in {"old": ENGLISH, "new": NEW, "held": SPANISH}.items():
        (tmp_path / f"{name}.ipynb").write_text(text(value), encoding="utf-8")
    words = ["draft", "--old-source", str(tmp_path / "old.ipynb"), "--new-source", str(tmp_path / "new.ipynb")]
    words += ["--language", "es", "--output", str(tmp_path / "draft.ipynb"), "--report", str(tmp_path / "report.json")]
    assert main([*words, "--target", str(tmp_path / "held.ipynb")]) == 0
    done = json.loads((tmp_path / "draft.ipynb").read_text(encoding="utf-8"))
    assert [c["id"] for c in done["cells"]] == ["a", "b", "c", "d"] and done["cells"][2] == SPANISH["cells"][2]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert 'Nobody knows who made the first "one".' in [s["source"] for s in report["segments"]]
    (tmp_path / "held.md").write_text("# Remos\n", encoding="utf-8")
    assert main([*words, "--target", str(tmp_path / "held.md")]) == 1
    assert "only some versions of this document are notebooks" in capsys.readouterr().err
