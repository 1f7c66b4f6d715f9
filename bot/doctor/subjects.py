"""What the checks are about, in the order in which things are needed: each subject with its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.doctor import engine, machine, online, repositories, workflows
from bot.errors import AmtsError, Unreachable
from bot.findings import Finding, collapsed
from bot.settings.fields import ADDRESS
from bot.settings.values import Settings, Translation
from bot.sync.composition import Composition


@dataclass(frozen=True)
class Subject:
    """A group of findings under a title."""

    title: str
    findings: tuple[Finding, ...]


def examine(
    config: Path, load: Callable[[], Settings], compose: Callable[[Settings], Composition]
) -> Iterator[Subject]:
    """All checks; one that fails does not stop the later ones, except those that need what it looked for.

    What fails for several languages in the same way is one subject, with the names of all of them.
    """
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
        subject = _subject("English", book.examine())
        if isinstance(book.failure, Unreachable):
            same = [t for t in settings.translations if ADDRESS.fullmatch(t.repository)]
            unreachable.update(t.repository for t in same)
            subject = replace(subject, title=_titled("English", same))
        yield subject
    yield from _translations(site, [t for t in settings.translations if t.repository not in unreachable], book)
    yield _subject("Engine", engine.examine(site))
    yield _subject("Workflows", workflows.examine(config.parent, settings))


def _translations(site: Composition, left: list[Translation], book: repositories.Book) -> Iterator[Subject]:
    """A subject for each translation; one for all of those that fail to open in the same way."""
    while left:
        chosen = left.pop(0)
        try:
            found = repositories.opened(site, chosen)
        except AmtsError as error:
            same = [t for t in left if _fails_alike(site, error, chosen, t)]
            left = [t for t in left if t not in same]
            finding = Finding("repository", "bad", f"{error.what}: {error.why}", error.fix)
            yield Subject(_titled(chosen.language, same), (finding,))
        else:
            yield _subject(chosen.language, repositories.translation(site, chosen, found, book.english))


def _fails_alike(site: Composition, error: AmtsError, failed: Translation, other: Translation) -> bool:
    """Whether the other translation cannot be opened for the same reason; it is not tried where that takes time."""
    if isinstance(error, Unreachable) and ADDRESS.fullmatch(other.repository):
        return True
    if other.repository != failed.repository:
        return False
    try:
        repositories.opened(site, other)
    except AmtsError as again:
        return str(again) == str(error)
    return False


def _titled(first: str, others: Iterable[Translation]) -> str:
    return ", ".join((first, *(t.language for t in others)))


def _subject(title: str, findings: Iterable[Finding]) -> Subject:
    """The findings of some checks; an expected failure that they did not foresee is one more."""
    found: list[Finding] = []
    try:
        for one in findings:
            found.append(one)  # not extend: those before a failure stay
    except AmtsError as error:
        found.append(Finding("check", "bad", f"{error.what}: {error.why}", error.fix))
    return Subject(title, tuple(collapsed(found)))
