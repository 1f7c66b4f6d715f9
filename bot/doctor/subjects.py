"""What the checks are about, in the order in which things are needed: each subject with its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.doctor import engine, machine, online, repositories, workflows
from bot.errors import AmtsError
from bot.findings import Finding, collapsed
from bot.settings.values import ADDRESS, Settings
from bot.sync.composition import Composition


@dataclass(frozen=True)
class Subject:
    """A group of findings under a title."""

    title: str
    findings: tuple[Finding, ...]


def examine(
    config: Path, load: Callable[[], Settings], compose: Callable[[Settings], Composition]
) -> Iterator[Subject]:
    """All checks; one that fails does not stop the later ones, except those that need what it looked for."""
    yield _subject("This machine", machine.examine())
    try:
        settings = load()
        site = compose(settings)
    except AmtsError as error:
        found = Finding(str(config), "bad", f"{error.what}: {error.why}", error.fix)
        if not config.exists():
            found = Finding(str(config), "bad", "there is no such file", "`amts init` writes it, or give --config")
        yield Subject("Settings", (found,))
        yield _subject("Workflows", workflows.examine(config.parent, None))
        return
    languages = ", ".join(t.language for t in settings.translations)
    yield Subject(
        "Settings",
        (Finding(str(config), "good", f"English and {languages}, engine {', then '.join(settings.engines)}"),),
    )
    hosted = [t.repository for t in settings.translations if ADDRESS.fullmatch(t.repository)]
    unreachable: set[str] = set()
    if hosted or ADDRESS.fullmatch(settings.source.repository):
        yield _subject("GitHub", online.examine(site, unreachable))
    book = repositories.Book(site)
    if settings.source.repository not in unreachable:
        yield _subject("English", book.examine())
    for translation in settings.translations:
        if translation.repository not in unreachable:
            yield _subject(translation.language, repositories.translation(site, translation, book.english))
    yield _subject("Engine", engine.examine(site))
    yield _subject("Workflows", workflows.examine(config.parent, settings))


def _subject(title: str, findings: Iterable[Finding]) -> Subject:
    """The findings of some checks; an expected failure that they did not foresee is one more."""
    found: list[Finding] = []
    try:
        for one in findings:
            found.append(one)  # not extend: those before a failure stay
    except AmtsError as error:
        found.append(Finding("check", "bad", f"{error.what}: {error.why}", error.fix))
    return Subject(title, tuple(collapsed(found)))
