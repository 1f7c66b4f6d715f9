"""A sample book that goes through three English changes, with real git repositories and no account."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from git import Actor, Repo
from rich.console import Console
from rich.rule import Rule

from bot.baselines.records import Recorded, lock_text, sibling_path
from bot.contracts import BRANCH, CONFIG, LOCK
from bot.drafting.report import LanguageReport
from bot.errors import AmtsError
from bot.reporting import terminal
from bot.repositories.repository import Repository
from bot.setup.shipped import shipped

LANGUAGES = {"es": "lock", "zh": "sibling"}
"""The translations of the sample book and how each records its baselines: one translation of each kind."""

_AUTHOR = Actor("English author", "author@example.org")
_TRANSLATOR = Actor("Translator", "translator@example.org")

_SETTINGS = """\
# What the demo runs with; every key is explained in docs/settings.md.
source:
  repository: book-en
translations:
"""

Sync = Callable[[Path], Iterable[LanguageReport]]
"""Runs ``amts sync`` with a settings file and returns a report for each language."""


def run(
    folder: Path | None,
    sync: Sync,
    console: Console,
    more_settings: str = "",
    languages: Mapping[str, str] = LANGUAGES,
    finished: Mapping[str, str] | None = None,
) -> int:
    """Builds the repositories under ``folder`` (default: a temporary one) and syncs three times.

    ``more_settings`` are further lines of ``amts.yml``. ``finished`` has an English sentence and how a translator of
    the first of ``languages`` finishes its draft. Raises AmtsError when the folder is not empty. Exit status 1 if
    the demo does not end as expected.
    """
    folder = _prepared(folder)
    book = shipped("book")
    started = time.monotonic()
    english = _english(folder / "book-en", book)
    settings = _SETTINGS
    for language, kind in languages.items():
        _translation(folder, book, language, kind, english)
        settings += f"  - language: {language}\n    repository: book-{language}.git\n    baseline: {kind}\n"
    (folder / CONFIG).write_text(settings + more_settings, encoding="utf-8")
    reviewed = next(iter(languages))

    console.print(Rule("1. English goes to its second edition; the bot syncs", align="left"))
    _push(english, book / "second", "Second edition")
    first = _shown(sync(folder / CONFIG), console)

    title = f"2. A translator of {reviewed} finishes a draft, English changes again; the bot syncs"
    console.print(Rule(title, align="left"))
    finished = finished or json.loads((book / "translated.json").read_text(encoding="utf-8"))
    done = _translate(folder, reviewed, finished, _drafts(first, reviewed))
    _push(english, book / "third", "Third change")
    second = _shown(sync(folder / CONFIG), console)
    survived = done in _branch_text(folder / f"book-{reviewed}.git")
    console.print(f"The translator's sentence {'is still there' if survived else 'is LOST'}: “{done}”", soft_wrap=True)

    console.print(Rule("3. Nothing changed; the bot syncs", align="left"))
    third = _shown(sync(folder / CONFIG), console)

    quiet = all(r.state == "nothing" for r in third)
    console.print(Rule(f"Done in {time.monotonic() - started:.1f} s", align="left"))
    console.print(f"The pull requests are pages to read:  {folder / 'pull-requests'}", soft_wrap=True)
    console.print(
        f"What the translators would merge:  git -C {folder / f'book-{reviewed}.git'} diff main {BRANCH}",
        soft_wrap=True,
    )
    failed = any(r.failed for r in (*first, *second, *third))
    return 0 if survived and quiet and not failed else 1


def _shown(reports: Iterable[LanguageReport], console: Console) -> list[LanguageReport]:
    done = []
    for report in reports:
        terminal.show(report, console)
        done.append(report)
    terminal.show_totals(done, console)
    return done


def _prepared(folder: Path | None) -> Path:
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="amts-demo-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AmtsError(f"{folder} is not an empty folder", why="the demo builds everything anew", fix="name a new one")
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def _english(folder: Path, book: Path) -> Repo:
    repo = Repo.init(folder, initial_branch="main")
    _push(repo, book / "first", "First edition")
    return repo


def _push(repo: Repo, edition: Path, message: str) -> None:
    """Fills the work tree with the given edition, and commits."""
    work = Path(repo.working_dir)
    for old in work.iterdir():
        if old.name != ".git":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(edition, work, dirs_exist_ok=True)
    repo.git.add(all=True)
    repo.index.commit(message, author=_AUTHOR, committer=_AUTHOR)


def _translation(folder: Path, book: Path, language: str, kind: str, english: Repo) -> None:
    """A bare repository with the translation of the first edition and its recorded baselines."""
    work = folder / "work"
    shutil.copytree(book / language, work)
    source = Repository.open(Path(english.working_dir))
    first = {p: b for p, b in source.files("HEAD").items() if p.endswith(".md")}
    if kind == "lock":
        recorded = {p: Recorded(p, blob) for p, blob in first.items()}
        (work / LOCK).write_text(lock_text(recorded), encoding="utf-8")
    else:
        for path in first:
            shutil.copyfile(book / "first" / path, work / sibling_path(path))
    repo = Repo.init(work, initial_branch="main")
    repo.git.add(all=True)
    repo.index.commit("Translation of the first edition", author=_TRANSLATOR, committer=_TRANSLATOR)
    Repo.clone_from(str(work), str(folder / f"book-{language}.git"), bare=True).close()
    repo.close()
    shutil.rmtree(work)


def _drafts(reports: Iterable[LanguageReport], language: str) -> dict[str, str]:
    """The text in the pull request of a language for each English sentence."""
    return {
        segment.segment.source: segment.text
        for report in reports
        if report.language == language
        for outcome in report.outcomes
        if outcome.draft
        for segment in outcome.draft.segments
    }


def _translate(folder: Path, language: str, finished: Mapping[str, str], drafts: Mapping[str, str]) -> str:
    """Commits the translation of one drafted sentence on the open pull request, as a person would."""
    work = folder / "translator"
    repo = Repo.clone_from(str(folder / f"book-{language}.git"), str(work), branch=BRANCH)
    for english, final in finished.items():
        for path in sorted(work.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            draft = drafts.get(english, english)
            if draft in text:
                path.write_text(text.replace(draft, final, 1), encoding="utf-8")
                repo.git.add(all=True)
                repo.index.commit("Finish a draft", author=_TRANSLATOR, committer=_TRANSLATOR)
                repo.remote().push(BRANCH).raise_if_error()
                repo.close()
                return final
    raise AmtsError("no draft to finish was found", why="the sample book does not fit", fix="report this as a bug")


def _branch_text(path: Path) -> str:
    """All documents of the open pull request, as one text."""
    repository = Repository.open(path)
    files = repository.files(BRANCH)
    return "\n".join(repository.read(b).decode() for p, b in files.items() if p.endswith(".md"))
