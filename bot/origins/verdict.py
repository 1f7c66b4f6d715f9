"""The verdict on one translated document: which English version it is a translation of, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.document.sentences import normal
from bot.origins.evidence import Note
from bot.origins.fingerprint import fingerprint
from bot.origins.places import Place, Places
from bot.origins.scoring import TIE, Fit, Prints, Ranking
from bot.repositories.versions import Version

Confidence = Literal["certain", "likely", "unsure", "english"]
"""``unsure``: a person must decide. ``english``: the document is not translated, but a copy of the English."""

DOUBT = 3.0
"""Log likelihood ratio from which one version is taken to fit better than another that somebody named (a guess)."""

POOR, GOOD = 0.3, 0.6
"""Shares of common features: below the first, a text is hardly a translation of the other; from the second on, it is
one without doubt (guesses; the pairs of d2l-zh and d2l-tr have 0.65 to 1)."""

SHOWN = 6
"""Candidates that a person is shown."""


@dataclass(frozen=True)
class Document:
    """A translated document: its text, its newest change in seconds since 1970, and what people noted about it.

    ``named`` are notes with the version that each leads to; ``recorded`` is the version of its baseline, if it has one.
    """

    path: str
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
    print_ = fingerprint(document.text)
    found = places.of(document.path, print_)
    why = {place.path: place for place in reversed(found)}
    extra = [v for _, v in document.named] + ([document.recorded] if document.recorded else [])
    versions = _candidates(found, places, extra)
    if confirmed:
        return _finished(Verdict(document.path, "certain", confirmed, ("confirmed",)), document, places)
    if copied := [v for v in versions if _same(prints.read(v.blob), document.text)]:
        return Verdict(document.path, "english", copied[0], ("it is the English text",))
    possible = [v for v in versions if v.time <= document.changed] or versions
    kept = [v for v in extra if v not in possible]
    if not versions:
        return Verdict(document.path, "unsure", None, ("nothing in English is like it",))
    ranked = Ranking(document.text, [*possible, *kept], prints, language)
    if ranked.fits[0].alike < POOR and not extra:
        near = tuple(f.version for f in ranked.fits[:SHOWN])
        return Verdict(document.path, "unsure", None, ("nothing in English is like it",), candidates=near)
    verdict = _weighed(document, ranked, why)
    return _finished(verdict, document, places)


def _candidates(found: Sequence[Place], places: Places, extra: Sequence[Version]) -> list[Version]:
    """The versions of all places, each blob once: the first place comes first."""
    seen: dict[str, Version] = {v.blob: v for v in extra}
    for place in found:
        for version in places.versions[place.path]:
            seen.setdefault(version.blob, version)
    return list(seen.values())


def _same(one: str, other: str) -> bool:
    return len(one.strip()) > 0 and normal(one) == normal(other)


def _weighed(document: Document, ranking: Ranking, why: Mapping[str, Place]) -> Verdict:
    """Notes of people before the text; the text decides between them, and where there are none."""
    ranked = ranking.fits
    best, equal = ranked[0], ranking.tied
    by_blob = {fit.version.blob: fit for fit in ranked}
    shown = tuple(fit.version for fit in ranked[:SHOWN])
    for note, version in document.named:
        cost = by_blob[version.blob].cost
        if cost <= DOUBT:
            return Verdict(document.path, "certain", version, (note.where, *_likeness(by_blob[version.blob])))
        evidence = (f"{note.where} names {brief(version)}", f"{brief(best.version)} fits better ({cost:.0f})")
        candidates = tuple(dict.fromkeys((version, *shown)))[:SHOWN]
        return Verdict(document.path, "unsure", None, evidence, candidates=candidates)
    recorded = document.recorded
    worse = by_blob[recorded.blob].cost if recorded else 0.0
    if recorded and worse <= TIE:
        evidence = ("recorded, and no version fits better", *_likeness(by_blob[recorded.blob]))
        return Verdict(document.path, "certain", recorded, evidence, equal[-1].version)
    # The older of two that fit as well: an English change that is offered again costs a look, one that is missed is lost.
    chosen, newest = equal[0], equal[-1]
    place = why.get(chosen.version.path)
    evidence = ((place.why if place else chosen.version.path), *_likeness(chosen))
    next_ = min((fit.cost for fit in ranked if fit.cost > TIE), default=2 * DOUBT)
    if len(equal) > 1:
        evidence += (f"{len(equal)} versions fit as well, up to {brief(newest.version)}",)
    if torn := ranking.older_by_prose(chosen.version):
        evidence += (f"code like {brief(chosen.version)}, but sentences like {brief(torn)}",)
    sure = place is not None and place.sure
    confidence: Confidence = "likely"
    if torn or chosen.alike < POOR or not (sure or chosen.alike >= GOOD):
        confidence = "unsure"
    elif sure and len(equal) == 1 and next_ >= DOUBT and chosen.alike >= GOOD:
        confidence = "certain"
    candidates = tuple(dict.fromkeys((*((torn,) if torn else ()), *(f.version for f in equal[:3]), *shown)))[:SHOWN]
    version = None if confidence == "unsure" else chosen.version
    return Verdict(document.path, confidence, version, evidence, newest.version, recorded, worse, candidates)


def _likeness(fit: Fit) -> tuple[str, ...]:
    return (f"{fit.alike:.0%} of code, formulas, labels and numbers alike",)


def _finished(verdict: Verdict, document: Document, places: Places) -> Verdict:
    today = places.today(verdict.version) if verdict.version else ()
    return Verdict(
        verdict.path,
        verdict.confidence,
        verdict.version,
        verdict.evidence,
        verdict.until,
        document.recorded,
        verdict.worse,
        verdict.candidates,
        today,
    )


def brief(version: Version) -> str:
    """A version in a few words: the first commit that had it, and its day."""
    return f"{version.oldest[:10]} of {datetime.fromtimestamp(version.time, UTC):%Y-%m-%d}"
