"""From nothing to the first pull request, as a new user would: init, adopt, merge, sync."""

from __future__ import annotations

from pathlib import Path

import git
import pytest
from support.setups import ENGLISH, SPANISH, made, suffixed, under
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
