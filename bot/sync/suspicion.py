"""Baselines that cannot be right: today's English, recorded for a translation of an older one.

Somebody who only wants the error about missing baselines to go away copies today's English; from then on nothing has
changed, and what English changed before is never translated.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.baselines.records import Baselines, Recorded
from bot.contracts import TRAILER
from bot.document.tree import Tree
from bot.errors import AmtsError
from bot.forges import Current
from bot.repositories import history, versions
from bot.sync.corpus import Book, Edition

_NAMED = 3
"""Documents that a note names."""


def notes(
    english: Book, edition: Edition, current: Current, source: Tree, target: Tree, found: Baselines
) -> tuple[str, ...]:
    """What people should know about baselines that equal today's English; nothing about those that a sync wrote.

    A document is named if it lacks much of that English, and an older version clearly fits it better.
    """
    today = {p: r for p, r in found.of.items() if p in target.files and source.files.get(r.source_path) == r.blob}
    if not today:
        return ()
    merged, written = _at(english, edition, current.base), _of_last_sync(english, edition, current.base)
    doubtful = {p: r for p, r in today.items() if written.get(p) != r == merged.get(p)}
    if not doubtful:
        return ()
    wrong = _wrong(english, edition, source, target, doubtful)
    if not wrong:
        return ()
    paths = list(wrong)
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return (
        f"the recorded English of {', '.join(paths[:_NAMED])}{more} is today's, but an older one fits better "
        f"({', '.join(wrong[paths[0]][:2])} differ): run amts adopt --language {edition.name} --write --replace",
    )


def _of_last_sync(english: Book, edition: Edition, base: str) -> Mapping[str, Recorded]:
    """The baselines as they were after the last sync that was merged; none if there was no sync yet."""
    commit = history.naming(edition.repository, base, TRAILER)
    return _at(english, edition, commit) if commit else {}


def _at(english: Book, edition: Edition, commit: str) -> Mapping[str, Recorded]:
    """The baselines at a commit of the translation; none if they cannot be read."""
    try:
        return edition.records.read(edition.repository.files(commit), edition.repository.read, english.blob_at).of
    except AmtsError:
        return {}


def _wrong(
    english: Book, edition: Edition, source: Tree, target: Tree, doubtful: Mapping[str, Recorded]
) -> dict[str, tuple[str, ...]]:
    """The documents whose baseline is wrong, with what they lack of it."""
    paths = {record.source_path for record in doubtful.values()}
    known = versions.of_history(english.repository, english.commit, paths.__contains__)
    # An English document that was never edited has no older version to fit.
    several = {p: r for p, r in doubtful.items() if len({v.blob for v in known.get(r.source_path, ())}) > 1}
    lost = _lost(source, target, several) if several else {}
    if not lost:
        return {}
    from bot.origins.scoring import Prints, Ranking
    from bot.origins.verdict import DOUBT
    from bot.sync.adopt import english_texts

    prints = Prints(english_texts(english, known))
    wrong = {}
    for path, found in lost.items():
        ranking = Ranking(target.text(path), known[doubtful[path].source_path], prints, edition.name)
        if any(fit.version.blob == doubtful[path].blob and fit.cost > DOUBT for fit in ranking.fits):
            wrong[path] = found
    return wrong


def _lost(source: Tree, target: Tree, recorded: Mapping[str, Recorded]) -> dict[str, tuple[str, ...]]:
    """What the documents lack of their recorded English; without those that lack next to nothing."""
    from bot.origins.suspicion import lacking

    lost: dict[str, tuple[str, ...]] = {}
    for path, record in sorted(recorded.items()):
        try:
            lost[path] = lacking(source.text(record.source_path), target.text(path))
        except AmtsError:
            continue  # the plan names it
    return {path: found for path, found in lost.items() if found}
