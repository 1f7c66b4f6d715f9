"""From nothing to the first pull request, as a new user would: init, adopt, merge, sync."""

from __future__ import annotations

from pathlib import Path

import git
import pytest
from support.setups import ENGLISH, SPANISH, made, stamped, suffixed, under
from support.worlds import commit

from bot.cli.main import main

EDITED = {"guide/run.md": ENGLISH["guide/run.md"].replace("that is all.", "that is all that happens.")}


@pytest.mark.parametrize(
    ("words", "english", "repository", "translated", "target"),
    [
        (["book", "es=libro"], "", "libro", "", "guide/run.md"),
        (["book"], "docs/en/", "book", "docs/es/", "docs/es/guide/run.md"),
        (["book"], "", "book", ".es", "guide/run.es.md"),
    ],
    ids=["two repositories", "folders", "suffixes"],
)
def test_four_commands(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    english: str,
    repository: str,
    translated: str,
    target: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    spanish = suffixed(translated, SPANISH) if translated.startswith(".") else under(translated, SPANISH)
    book = made(tmp_path / "book", under(english, ENGLISH))
    if repository == "book":
        commit(book, spanish, "Translate")
    else:
        made(tmp_path / repository, spanish)
    commit(book, under(english, EDITED), "Change")

    assert main(["init", *words]) == 0
    assert "Next: amts adopt --language es" in capsys.readouterr().out
    assert main(["doctor"]) == 1 and "amts adopt --language es --write" in capsys.readouterr().out
    assert main(["adopt", "--language", "es", "--write"]) == 0
    there = git.Repo(tmp_path / repository)
    (branch,) = [h.name for h in there.heads if h.name.startswith("amts/adopt")]
    there.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "merge", branch])
    assert main(["doctor"]) == 0, capsys.readouterr().out
    assert main(["sync"]) == 0
    (branch,) = [h.name for h in there.heads if h.name.startswith("amts/sync")]
    draft = str(there.git.show(f"{branch}:{target}"))
    assert "all that happens" in draft and "Para ejecutar la herramienta necesita un archivo" in draft


def test_a_site_whose_pages_name_their_english_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As Hugo sites with Docsy do; one page names none, which is adopted."""
    monkeypatch.chdir(tmp_path)
    site = made(tmp_path / "site", under("content/en/", ENGLISH))
    first = site.head.commit.hexsha
    named = {path: text for path, text in SPANISH.items() if path != "start.md"}
    pages = {**stamped("default_lang_commit", first, named), "start.md": SPANISH["start.md"]}
    commit(site, under("content/es/", pages), "Translate")
    commit(site, under("content/en/", EDITED), "Change")

    assert main(["init", "site"]) == 0
    assert "default_lang_commit names the English commit of 2 of 3 documents read" in capsys.readouterr().out
    assert main(["adopt", "--language", "es", "--write"]) == 0
    assert site.git.diff("--name-only", "main", "amts/adopt-es") == "content/es/start.md"
    site.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "merge", "amts/adopt-es"])
    assert main(["sync"]) == 0
    draft = str(site.git.show("amts/sync-es:content/es/guide/run.md"))
    head = site.heads["main"].commit.hexsha
    assert f"default_lang_commit: {head}" in draft and "all that happens" in draft
    assert "Para ejecutar la herramienta necesita un archivo" in draft


def test_a_translation_kept_by_another_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its state files are read once: afterwards the lock says what they said."""
    monkeypatch.chdir(tmp_path)
    book = made(tmp_path / "book", under("lectures/", ENGLISH))
    state = f"source-sha: {book.head.commit.hexsha}\nmode: NEW\n"
    states = {f".translate/state/{path}.yml": state for path in SPANISH}
    libro = made(
        tmp_path / "libro",
        {**under("lectures/", SPANISH), **states, ".translate/config.yml": "docs-folder: lectures\n"},
    )
    commit(book, under("lectures/", EDITED), "Change")

    assert main(["init", "book", "es=libro"]) == 0
    assert ".translate/state/ names English commits: amts adopt --write takes them over" in capsys.readouterr().out
    assert main(["adopt", "--language", "es", "--write"]) == 0
    assert "3 certain" in capsys.readouterr().out
    assert libro.git.diff("--name-only", "main", "amts/adopt") == "amts.lock"
    libro.git.merge("--ff-only", "amts/adopt")
    assert main(["sync"]) == 0
    assert "all that happens" in str(libro.git.show("amts/sync:lectures/guide/run.md"))
