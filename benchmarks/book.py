"""Processor time and memory of one whole sync of a real book, beside another checkout or a second run.

The folder has an ``amts.yml`` whose repositories are local clones; every run works on a copy of it. For a whole book,
its settings have ``engine: memory_only`` and ``review_size: 0``. The tree is that of the branch ``amts/sync``: if two
checkouts give the same, they drafted the same.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from git import Repo
from git.exc import InvalidGitRepositoryError
from processes import Spent, sync
from rich.console import Console
from rich.table import Table

from bot.contracts import BRANCH, CONFIG
from bot.settings.file import read

ROOT = Path(__file__).resolve().parent.parent


def measured(folder: Path, code: Path) -> tuple[Spent, str]:
    """What a sync takes, and the trees that it drafted, shortened."""
    with tempfile.TemporaryDirectory(prefix="amts-book-") as name:
        copy = Path(name) / "book"
        shutil.copytree(folder, copy, symlinks=True)
        spent = sync(copy, code)
        path = copy / CONFIG
        settings = read(path.read_text(encoding="utf-8"), path)
        places = {settings.place(one.repository) for one in settings.translations}
        return spent, " ".join(sorted(tree for place in places for tree in drafted(place)))


def drafted(place: Path) -> list[str]:
    """The trees of the branches of a repository that syncs draft on."""
    try:
        repository = Repo(place)
    except InvalidGitRepositoryError:
        return []
    with repository:
        return [head.commit.tree.hexsha[:8] for head in repository.heads if head.name.startswith(BRANCH)]


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with an amts.yml and local clones")
    parser.add_argument("--beside", type=Path, help="another checkout of the project")
    parser.add_argument("--times", type=int, default=1, help="runs of each (default: 1)")
    options = parser.parse_args()
    table = Table("checkout", "seconds", "by the clock", "MB", "drafted", box=None)
    codes = [ROOT, *([options.beside.resolve()] if options.beside else [])]
    for code in codes * options.times:
        spent, tree = measured(options.folder, code)
        table.add_row(code.name, f"{spent.seconds:.1f}", f"{spent.clock:.1f}", f"{spent.memory:.0f}", tree)
    Console(highlight=False, markup=False, soft_wrap=True).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
