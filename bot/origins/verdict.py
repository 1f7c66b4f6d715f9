"""The verdict on one translated document: which English version it is a translation of, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from bot.document.sentences import normal
from bot.messages import Message
from bot.origins.evidence import Note
from bot.origins.fingerprint import fingerprint
from bot.origins.places import Place, Places
from bot.origins.scoring import TIE, Fit, Prints, Ranking
from bot.repositories.versions import Version

Confidence = Literal["certain", "likely", "unsure", "english"]
"""``unsure``: a person must decide. ``english``: the document is not translated, but a copy of the English."""

DOUBT = 2.5
"""Log likelihood ratio from which one version is taken to fit clearly better than another (a guess: less than what one
line of code that was replaced makes)."""

POOR, GOOD = 0.3, 0.6
"""Shares of common features: below the first, a text is hardly a translation of the other; below the second, that is in
doubt (guesses: the translations of d2l, and those of React, Vue and OpenTelemetry, have 0.65 to 1)."""

SHOWN = 6
"""Candidates that a person is shown."""


SHAPE = frozenset({"heading", "item", "row", "prose"})
"""Features of a text that is prose alone, in which nothing is the same in both languages."""

CONFIRMED = Message("confirmed")
"""The evidence that a person named the version."""


@dataclass(frozen=True)
class Document:
    """A translated document: its text, its newest change in seconds since 1970, and what people noted about it.

    ``source_path`` is where its English should be, going by its own path. ``named`` are notes with the version that
    each leads to; ``recorded`` is the version of its baseline, if it has one.
    """

    path: str
    source_path: str
    text: str
    changed: int
    named: tuple[tuple[Note, Version], ...] = ()
    recorded: Version | None = None


@dataclass(frozen=True)
class Verdict:
    """What was found about one document.

    ``version`` is the English version, None if there is none to suggest; ``until`` is the newest version that fits as
    well. ``evidence`` says why, in a few words each. ``recorded`` is the version of the present baseline, and
    ``worse`` the log likelihood ratio by which it fits worse than ``version`` (0: it fits as well as any).
    ``candidates`` are for a person to choose from; ``today`` says where the English document is now.
    """

    path: str
    confidence: Confidence
    version: Version | None
    evidence: tuple[str, ...]
    until: Version | None = None
    recorded: Version | None = None
    worse: float = 0.0
    candidates: tuple[Version, ...] = ()
    today: tuple[Place, ...] = ()


def judge(document: Document, places: Places, prints: Prints, language: str) -> Verdict:
    """The verdict on ``document`` from everything that is known about it."""
    confirmed = next((version for note, version in document.named if note.source == "confirmed"), None)
    found = places.of(document.source_path, fingerprint(document.text))
    why = {place.path: place for place in reversed(found)}
    extra = [v for _, v in document.named] + ([document.recorded] if document.recorded else [])
    versions = _candidates(found, places, extra)
    if confirmed:
        return _finished(Verdict(document.path, "certain", confirmed, (CONFIRMED,)), document, places)
    if copied := [v for v in versions if _same(prints.read(v.blob), document.text)]:
        verdict = Verdict(document.path, "english", copied[0], (Message("it is the English text"),))
        return _finished(verdict, document, places)
    possible = [v for v in versions if v.time <= document.changed] or versions
    kept = [v for v in extra if v not in possible]
    if not versions:
        return Verdict(document.path, "unsure", None, (Message("nothing in English is like it"),))
    ranked = Ranking(document.text, [*possible, *kept], prints, language)
    if ranked.fits[0].alike < POOR and not extra:
        evidence = (Message("nothing in English is like it"),)
        return Verdict(document.path, "unsure", None, evidence, candidates=_shown(ranked, []))
    return _finished(_weighed(document, ranked, why), document, places)


def _finished(verdict: Verdict, document: Document, places: Places) -> Verdict:
    today = places.today(verdict.version) if verdict.version else ()
    return replace(verdict, recorded=document.recorded, today=today)


def _candidates(found: Sequence[Place], places: Places, extra: Sequence[Version]) -> list[Version]:
    """The versions of all places, each blob once: the first place comes first."""
    known = {v.blob: v for v in extra}
    seen: dict[str, Version] = {}
    for place in found:
        for version in places.versions[place.path]:
            seen.setdefault(version.blob, known.get(version.blob, version))
    return list((seen | {blob: v for blob, v in known.items() if blob not in seen}).values())


def _same(one: str, other: str) -> bool:
    return len(one.strip()) > 0 and normal(one) == normal(other)


def _weighed(document: Document, ranking: Ranking, why: Mapping[str, Place]) -> Verdict:
    """Notes of people before the text; the text decides between them, and where there are none."""
    by_blob = {fit.version.blob: fit for fit in ranking.fits}
    for note, version in document.named:
        # A fork shares what it merged last: its translations may be of any version up to that, or of other texts.
        earlier = ranking.fits[0].version.time < version.time and by_blob[version.blob].cost > DOUBT
        if note.source != "fork" or not earlier:
            return _by_note(document.path, note, by_blob[version.blob], ranking)
    recorded = document.recorded
    worse = by_blob[recorded.blob].cost if recorded else 0.0
    if recorded and worse <= TIE and recorded not in (fit.version for fit in ranking.tied):
        worse = max(worse, TIE)
    elif recorded and worse <= TIE:
        evidence = (Message("recorded, and no version fits better"), _likeness(by_blob[recorded.blob], ranking))
        return Verdict(document.path, "certain", recorded, evidence, ranking.tied[-1].version)
    return replace(_by_text(document.path, ranking, why), worse=worse)


def _by_note(path: str, note: Note, fit: Fit, ranking: Ranking) -> Verdict:
    """The version that somebody named, unless the text contradicts."""
    if fit.cost <= DOUBT:
        if note.source == "fork" and fit.alike < POOR:
            evidence = (note.where, _likeness(fit, ranking))
            return Verdict(path, "unsure", None, evidence, candidates=_shown(ranking, [fit.version]))
        return Verdict(path, "certain", fit.version, (note.where, _likeness(fit, ranking)))
    best = ranking.fits[0].version
    evidence = (
        Message("{place} names {version}", place=note.where, version=brief(fit.version)),
        Message("{version} fits better ({score})", version=brief(best), score=f"{fit.cost:.0f}"),
    )
    return Verdict(path, "unsure", None, evidence, candidates=_shown(ranking, [fit.version]))


def _by_text(path: str, ranking: Ranking, why: Mapping[str, Place]) -> Verdict:
    """The version that fits best; of several the oldest: a change that is offered again costs only a look."""
    equal = ranking.tied
    chosen, newest = equal[0], equal[-1].version
    place = why.get(chosen.version.path)
    evidence = [place.why if place else chosen.version.path, _likeness(chosen, ranking)]
    if len(equal) > 1:
        text = "{number} versions fit as well, up to {version}"
        evidence.append(Message(text, number=len(equal), version=brief(newest)))
    torn = ranking.older_by_prose(chosen.version)
    if torn:
        text = "code like {version}, but sentences like {other}"
        evidence.append(Message(text, version=brief(chosen.version), other=brief(torn)))
    confidence: Confidence = "likely"
    sure = place is not None and place.sure
    others = [fit.cost for fit in ranking.fits if fit.version != chosen.version]
    if torn or not sure or chosen.alike < GOOD:
        confidence = "unsure"
    elif not others and ranking.lacking(chosen.version):
        evidence.append(Message("it is the only version in the history, and the translation lacks some of it"))
    elif len(equal) == 1 and all(cost >= DOUBT for cost in others):
        confidence = "certain"
    candidates = _shown(ranking, [*([torn] if torn else []), *(fit.version for fit in equal[:3])])
    found = None if confidence == "unsure" else chosen.version
    return Verdict(path, confidence, found, tuple(evidence), newest, candidates=candidates)


def _shown(ranking: Ranking, first: Sequence[Version]) -> tuple[Version, ...]:
    """The candidates for a person: ``first``, then the best of each path, then those that fit best."""
    best: dict[str, Version] = {}
    for fit in ranking.fits:
        best.setdefault(fit.version.path, fit.version)
    return tuple(dict.fromkeys((*first, *best.values(), *(fit.version for fit in ranking.fits))))[:SHOWN]


def _likeness(fit: Fit, ranking: Ranking) -> str:
    percent = f"{fit.alike * 100:.0f}"
    prints = fingerprint(ranking.target), ranking.prints.of(fit.version.blob)
    if {kind for found in prints for kind, _ in found.features} <= SHAPE:
        return Message(
            "compared by headings, paragraphs and sentence lengths ({percent}% alike): "
            "it has no code, formulas, labels or numbers",
            percent=percent,
        )
    return Message("{percent}% of code, formulas, labels and numbers alike", percent=percent)


def brief(version: Version) -> str:
    """A version in a few words: the first commit that had it, and its day."""
    day = f"{datetime.fromtimestamp(version.time, UTC):%Y-%m-%d}"
    return Message("{commit} of {day}", commit=version.oldest[:10], day=day)
