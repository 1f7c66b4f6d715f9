"""Bad input: each a clear error of what, why and what to do, and nothing written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import git
import pytest
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main

EDITED = CHAPTER.replace("A boat floats on water.", "Every ship sinks one day.")


def failed(book: World, capsys: pytest.CaptureFixture[str], *words: str) -> None:
    """The sync ends with 1, says all of ``words``, and leaves no branch and no page."""
    assert book.sync() == 1
    told = capsys.readouterr()
    said = told.out + told.err
    for word in ("why:", "fix:", *words):
        assert word in said
    assert "Traceback" not in said
    if (book.folder / "es" / ".git").is_dir():
        assert book.branch() is None
    assert not (book.folder / "pull-requests").exists()


def test_english_is_no_git_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    shutil.rmtree(tmp_path / "en" / ".git")
    failed(book, capsys, "en is not a git repository")


def test_translation_is_no_git_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    shutil.rmtree(tmp_path / "es" / ".git")
    failed(book, capsys, "es is not a git repository")


def test_no_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"boats_origin.md": None}, "Fuera")
    book.push({"boats.md": EDITED})
    failed(book, capsys, "no baseline is recorded")


def test_a_lock_that_names_no_english_blob(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path, "lock")
    text = book.text("amts.lock", "main")
    blob = json.loads(text)["documents"]["boats.md"]["blob"]
    commit(book.spanish, {"amts.lock": text.replace(blob, "1" * 40)}, "Roto")
    assert book.sync() == 1
    assert "does not exist in English history" in capsys.readouterr().out
    assert book.branch() is None


def test_a_sibling_that_is_no_english_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"boats_origin.md": CAPITULO.replace(":label:", ":etiqueta:")}, "Roto")
    book.push({"boats.md": EDITED})
    assert book.sync() == 1
    assert "does not exist in English history" in capsys.readouterr().out
    assert book.branch() is None


def test_a_broken_lock(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path, "lock")
    commit(book.spanish, {"amts.lock": "<<<<<<< ours\n"}, "Roto")
    failed(book, capsys, "amts.lock cannot be read")


def test_a_symlink_out_of_the_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    outside = tmp_path / "outside.md"
    outside.write_text("keep me\n", encoding="utf-8")
    (tmp_path / "es" / "wind.md").symlink_to(outside)
    (tmp_path / "es" / "deep").symlink_to(tmp_path)
    commit(book.spanish, {}, "Enlaces")
    book.push({"wind.md": "# Wind\n", "deep/sea.md": "# Sea\n", "good.md": "# Good\n"})
    assert book.sync() == 1
    assert "is a symbolic link" in capsys.readouterr().out
    assert book.text("good.md") == "# Good\n"  # one document that fails hurts no other
    assert outside.read_text(encoding="utf-8") == "keep me\n"
    assert not (tmp_path / "sea.md").exists()


@pytest.mark.parametrize("key", ["include: ['../secret/*.md']", "exclude: ['a/../../b.md']", "include: ['/etc/*.md']"])
def test_a_path_that_leaves_the_repository(tmp_path: Path, key: str, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8").replace("repository: en", f"repository: en\n  {key}")
    book.config.write_text(text, encoding="utf-8")
    failed(book, capsys, "amts.yml: source.", "inside the repository")


def test_a_dirty_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    (tmp_path / "es" / "boats.md").write_text("half a thought", encoding="utf-8")
    failed(book, capsys, "has uncommitted changes")
    assert (tmp_path / "es" / "boats.md").read_text(encoding="utf-8") == "half a thought"


def test_a_checkout_of_the_branch_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    book.sync()
    book.spanish.git.checkout("amts/sync")
    before = book.branch()
    book.push({"boats.md": EDITED + "\nMore to come.\n"})
    assert book.sync() == 1
    assert "checked out" in capsys.readouterr().out
    assert book.branch() == before


def test_a_read_only_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    book.push({"boats.md": EDITED})
    if os.geteuid() == 0:
        # Root may write anywhere: a file where git needs a folder refuses even root.
        (tmp_path / "es" / ".git" / "refs" / "heads" / "amts").write_text("", encoding="utf-8")
    else:
        (tmp_path / "es" / ".git" / "refs").chmod(0o500)
    try:
        failed(book, capsys, "cannot be written")
    finally:
        if os.geteuid() != 0:
            (tmp_path / "es" / ".git" / "refs").chmod(0o700)


def test_an_empty_translation_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    shutil.rmtree(tmp_path / "es")
    git.Repo.init(tmp_path / "es", initial_branch="main")
    failed(book, capsys, "no branch main")


def test_an_english_branch_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    text = book.config.read_text(encoding="utf-8").replace("repository: en", "repository: en\n  branch: nowhere")
    book.config.write_text(text, encoding="utf-8")
    failed(book, capsys, "has no nowhere")


def test_an_unknown_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    assert book.sync("--language", "xx") == 1
    assert "amts.yml knows es" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a\0b"])
def test_a_draft_of_a_binary_file(tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.md").write_bytes(data)
    (tmp_path / "good.md").write_text("# Good\n", encoding="utf-8")
    good, bad, out = (str(tmp_path / n) for n in ("good.md", "bad.md", "out.md"))
    assert draft(good, good, bad, out) == 1
    assert draft(bad, good, good, out) == 1
    assert "fix:" in capsys.readouterr().err
    assert not (tmp_path / "out.md").exists()


def test_a_draft_of_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "missing.md")
    assert draft(missing, missing, missing, str(tmp_path / "out.md")) == 1
    assert "cannot be read" in capsys.readouterr().err


def draft(old: str, new: str, target: str, out: str) -> int:
    return main(
        [
            "draft",
            "--old-source",
            old,
            "--new-source",
            new,
            "--target",
            target,
            "--language",
            "es",
            "--output",
            out,
        ]
    )


def test_a_rename_into_a_symlinked_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path)
    (tmp_path / "es" / "deep").symlink_to(tmp_path)
    commit(book.spanish, {}, "Enlace")
    book.push({"boats.md": None, "deep/boats.md": CHAPTER, "good.md": "# Good\n"})
    assert book.sync() == 1
    assert "is a symbolic link" in capsys.readouterr().out
    assert book.text("good.md") == "# Good\n"
    assert book.text("boats.md") == CAPITULO
