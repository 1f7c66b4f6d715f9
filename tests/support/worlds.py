"""A small book with a translation in real git repositories, for tests of whole syncs."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import git

from bot.baselines.records import Recorded, lock_text
from bot.cli.main import main

AUTHOR = git.Actor("A person", "person@example.org")

CHAPTER = """\
# Boats
:label:`sec_boats`

A boat floats on water. It has a hull and a mast.

## Sails

The sail catches the wind. We call its area $A$.

```{.python .input}
#@tab numpy
# Area of a sail
area = 3 * 4
```
"""

CAPITULO = """\
# Barcos
:label:`sec_boats`

Un barco flota en el agua. Tiene un casco y un mástil.

*Nota de traducción: aquí no hablamos de submarinos.*

## Velas

La vela atrapa el viento. Llamamos $A$ a su área.

```{.python .input}
#@tab numpy
# Área de una vela
area = 3 * 4
```
"""


@dataclass
class World:
    """An English repository, a translation and the settings that join them."""

    folder: Path
    kind: str

    @property
    def config(self) -> Path:
        return self.folder / "amts.yml"

    @property
    def english(self) -> git.Repo:
        return git.Repo(self.folder / "en")

    @property
    def spanish(self) -> git.Repo:
        return git.Repo(self.folder / "es")

    def push(self, files: Mapping[str, str | bytes | None], message: str = "Change", time: str = "") -> str:
        """Commits on the English main branch."""
        return commit(self.english, files, message, time)

    def sync(self, *more: str) -> int:
        """Runs ``amts sync`` and answers with its exit status."""
        return main(["sync", "--config", str(self.config), *more])

    def text(self, path: str, branch: str = "amts/sync") -> str:
        """A file of a branch of the translation."""
        return str(self.spanish.git.show(f"{branch}:{path}", strip_newline_in_stdout=False))

    def branch(self, name: str = "amts/sync") -> str | None:
        """The commit of a branch of the translation, None where there is none."""
        return self.spanish.git.for_each_ref(f"refs/heads/{name}", format="%(objectname)") or None

    def page(self, number: int = 1) -> str:
        return (self.folder / "pull-requests" / f"es-{number}.md").read_text(encoding="utf-8")


def commit(repo: git.Repo, files: Mapping[str, str | bytes | None], message: str, time: str = "") -> str:
    """Writes (None: removes) files in the work tree and commits them as a person; ``time`` is in ISO 8601."""
    work = Path(repo.working_dir)
    for path, data in files.items():
        place = work / path
        if data is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
    repo.git.add(all=True)
    times = {"author_date": time, "commit_date": time} if time else {}
    return repo.index.commit(message, author=AUTHOR, committer=AUTHOR, **times).hexsha


def repository(folder: Path, files: Mapping[str, str | bytes | None], message: str) -> git.Repo:
    """A new repository with one commit: a copy of the first one with the same content, which git made."""
    shutil.copytree(_made(tuple(sorted(files.items())), message), folder, dirs_exist_ok=True)
    return git.Repo(folder)


@cache
def _made(files: tuple[tuple[str, str | bytes | None], ...], message: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="amts-repository-"))
    atexit.register(shutil.rmtree, folder)
    with git.Repo.init(folder, initial_branch="main") as repo:
        commit(repo, dict(files), message)
    return folder


def world(folder: Path, kind: str = "sibling", **more: str) -> World:
    """A fresh world with one chapter; ``more`` are further lines of the Spanish entry in amts.yml."""
    english = repository(folder / "en", {"boats.md": CHAPTER}, "First")
    files: dict[str, str | bytes | None] = {"boats.md": CAPITULO, "LEEME.md": "Hola\n"}
    if kind == "sibling":
        files["boats_origin.md"] = CHAPTER
    else:
        blob = english.head.commit.tree["boats.md"].hexsha
        files["amts.lock"] = lock_text({"boats.md": Recorded("boats.md", blob)})
    repository(folder / "es", files, "Primera")
    lines = "".join(f"    {key}: {value}\n" for key, value in more.items())
    (folder / "amts.yml").write_text(
        "source:\n  repository: en\npage_language: en\ntranslations:\n  - language: es\n    repository: es\n"
        f"    baseline: {kind}\n{lines}",
        encoding="utf-8",
    )
    return World(folder, kind)
