"""All prose that people read: the page of a pull request, the summary of a run, the JSON of a draft.

Text of books goes into fenced blocks only, with a fence longer than any inside, so that it can neither
mention people nor close issues nor form a command.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.draft import Draft, DraftSegment
from bot.engines.memory_only import UNKNOWN
from bot.estimate import Estimate
from bot.glossary import Term
from bot.memory import Match
from bot.outcome import Outcome
from bot.parallel_data import ParallelData

REUSED = ("context", "exact", "repaired")
"""Origins of a draft that people wrote, somewhere in the book or in another memory."""

LIMIT = 60_000
"""Code points of a pull request's body; GitHub takes 65,536."""


@dataclass(frozen=True)
class LanguageReport:
    """How the sync of one language ended.

    ``state`` is opened, continued, nothing (to do), closed (a person closed the same pull request),
    planned (dry run), failed or bug, with the ``problem`` in words; ``location`` is where the pull request is.
    ``leftovers``: by document, what earlier syncs of the open pull request left in English. ``billed`` are the
    characters that the engine translated, ``price`` is that of a million of them in USD.
    """

    language: str
    state: str
    english: str = ""
    outcomes: tuple[Outcome, ...] = ()
    unrecorded: tuple[str, ...] = ()
    location: str = ""
    problem: str = ""
    leftovers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    billed: int = 0
    price: float = 0.0
    estimate: Estimate | None = None

    @property
    def cost(self) -> float:
        """What the engine may have cost, in USD."""
        return self.billed * self.price / 1e6

    @property
    def failed(self) -> bool:
        """Whether people have to act before this language is in step again."""
        return self.state in ("failed", "bug") or any(o.status == "failed" for o in self.outcomes)


@dataclass(frozen=True)
class Counts:
    """What a sync did, in documents and sentences."""

    drafted: int
    unchanged: int
    failed: int
    untouched_blocks: int
    kept: int
    reused: int
    translated: int
    english: int
    characters: int


def count(outcomes: Iterable[Outcome]) -> Counts:
    """Adds up outcomes; ``characters`` are those of the English that no memory answered."""
    status: Counter[str] = Counter()
    origin: Counter[str] = Counter()
    blocks = kept = characters = 0
    for outcome in outcomes:
        status[outcome.status] += 1
        if outcome.draft:
            blocks += outcome.draft.plan.reused
            kept += len(outcome.draft.plan.kept)
            for segment in outcome.draft.segments:
                origin[segment.origin] += 1
                characters += len(segment.segment.source) if segment.origin not in REUSED else 0
    return Counts(
        status["drafted"], status["unchanged"], status["failed"], blocks, kept,
        sum(origin[kind] for kind in REUSED), origin["engine"], origin["english"], characters,
    )  # fmt: skip


def title(language: str, english: str) -> str:
    """The title of a pull request."""
    return f"Sync {language} with English {english[:10]}"


def pull_request_body(report: LanguageReport) -> str:
    """The page that translators work from: what to finish, what to look at, what was left alone."""
    counts = count(report.outcomes)
    left = sum(len(sentences) for _, sentences in report.leftovers)
    head = [
        f"# {title(report.language, report.english)}",
        "",
        f"English moved on to `{report.english[:10]}`. Every human sentence that still holds is untouched. "
        f"**{many(counts.english + left, 'sentence')} to translate**, **{many(counts.translated, 'machine draft')} to "
        f"check** and **{many(counts.kept, 'sentence')} to look at** are listed below. Finish them on this branch, in "
        "as many commits as you like, and merge: the next sync starts from what you wrote.",
        "",
        "| document | status | blocks kept | look at | reused | drafted | left in English |",
        "|:--|:--|--:|--:|--:|--:|--:|",
        *(_row(outcome) for outcome in report.outcomes),
        f"| **total** | {counts.drafted} drafted, {counts.unchanged} unchanged, {counts.failed} failed "
        f"| {counts.untouched_blocks} | {counts.kept} | {counts.reused} | {counts.translated} | {counts.english} |",
        "",
    ]
    if report.unrecorded:
        head += [
            f"Left alone, since no baseline is recorded for them: {_names(report.unrecorded)}.",
            "",
        ]
    body = "\n".join(head)
    for number, outcome in enumerate(report.outcomes):
        part = _document(outcome)
        if part and len(body) + len(part) > LIMIT:
            rest = len(report.outcomes) - number
            body += f"\n*The page is full: {many(rest, 'more document')} in the branch itself.*\n"
            break
        body += part
    return body + _earlier(report.leftovers, LIMIT - len(body))


def _earlier(leftovers: Sequence[tuple[str, tuple[str, ...]]], room: int) -> str:
    """What earlier syncs left in English in this pull request and nobody has finished yet."""
    text = "\n## Still in English from earlier syncs\n" if leftovers else ""
    for number, (path, sentences) in enumerate(leftovers):
        part = f"\n{_code(path)}\n\n" + "\n".join(_fenced(s) for s in sentences)
        if len(text) + len(part) > room:
            return f"{text}\n*The page is full: {many(len(leftovers) - number, 'more document')}.*\n"
        text += part
    return text


def _row(outcome: Outcome) -> str:
    counts = count([outcome])
    words = f"{outcome.status}: {_inline(outcome.reason)}"
    if outcome.draft is None:
        return f"| {_code(outcome.change.path)} | {words} | | | | | |"
    return (
        f"| {_code(outcome.change.path)} | {words} | {counts.untouched_blocks} | {counts.kept} | {counts.reused} "
        f"| {counts.translated} | {counts.english} |"
    )


def _document(outcome: Outcome) -> str:
    draft = outcome.draft
    if draft is None:
        return ""
    todo = [s for s in draft.segments if s.origin == "english"]
    done = [s for s in draft.segments if s.origin != "english"]
    parts: list[str] = []
    if todo and outcome.change.kind == "add" and not done:
        parts.append(f"### To translate\n\nThe whole document is new: {many(len(todo), 'sentence')}.\n")
    elif todo:
        parts.append("### To translate\n")
        parts += [_segments(list(group)) for _, group in groupby(todo, lambda s: s.segment.old_source or id(s))]
    if done:
        parts.append("### Drafted, please check\n")
        parts += [_segments(list(group)) for _, group in groupby(done, lambda s: s.segment.old_source or id(s))]
    look = [k for k in draft.plan.kept if k.kind != "cosmetic"]
    if look:
        parts.append("### Kept although the English was edited, please look\n")
        for kept in look:
            done_already = " (carried over)" if kept.applied else ""
            parts.append(f"{_kinds[kept.kind]}{done_already}:\n\n{_diff(kept.old, kept.new)}\n{_fenced(kept.target)}")
    cosmetic = len(draft.plan.kept) - len(look)
    if cosmetic:
        parts.append(f"{many(cosmetic, 'more sentence')} kept: only punctuation, case or contractions changed.\n")
    notes = [f"- {flag.kind}: {_inline(flag.text)}" for flag in draft.plan.flags]
    notes += [
        f"- structure: {'lacks' if d.missing else 'has too many'} {d.kind} {_inline(d.text)}" for d in draft.divergences
    ]
    if notes:
        parts.append("### Notes\n\n" + "\n".join(notes) + "\n")
    return f"\n## {_code(outcome.change.path)}\n\n" + "\n".join(parts) if parts else ""


_ORIGINS = {
    "context": "people said it so in the same context",
    "exact": "people said it so elsewhere",
    "repaired": "as people said it, with code, references or marks put right",
    "engine": "machine translation",
}

_kinds = {
    "small": "Small edit",
    "atoms": "Only code, math, references or links changed",
    "markup": "Only markup changed",
    "cosmetic": "Only punctuation, case or contractions changed",
}


def _segments(group: Sequence[DraftSegment]) -> str:
    """Segments that come from one old pair: the English edit, what people had said, the draft."""
    first = group[0].segment
    english = "\n".join(s.segment.source for s in group)
    lines = [_diff(first.old_source, english) if first.old_source else _fenced(english)]
    if first.old_target:
        lines.append(f"Before:\n\n{_fenced(first.old_target)}")
    lines += [f"Draft ({_ORIGINS[s.origin]}):\n\n{_fenced(s.text)}" for s in group if s.origin != "english"]
    reasons = dict.fromkeys(s.reason for s in group if _news(s.reason))
    lines += [f"Not drafted: {_inline(reason)}.\n" for reason in reasons]
    lines += [_term(term) for s in group for term in s.ignored]
    lines += [_suggestion(match, s) for s in group for match in s.suggestions]
    return "\n".join(lines)


def _news(reason: str) -> bool:
    """Whether a reason for English tells more than that nobody has said it before."""
    return reason not in ("", UNKNOWN)


def _term(term: Term) -> str:
    calls = " or ".join(_code(target) for target in term.targets)
    return f"Not in the draft: people here say {calls} for {_code(term.source)}.\n"


def _suggestion(match: Match, segment: DraftSegment) -> str:
    """A fuzzy match: how its English differs, and what people made of that."""
    from_where = f"in {_code(match.provenance.document)}" if match.provenance.document else "in this document"
    said = _diff(match.source, segment.segment.source) + "\n" + _fenced(match.target)
    return f"Similar ({match.score:.0%}), {from_where}:\n\n{said}"


def _diff(old: str, new: str) -> str:
    lines = [f"- {line}" for line in old.splitlines()] + [f"+ {line}" for line in new.splitlines()]
    return _fenced("\n".join(lines), "diff")


def _fenced(text: str, info: str = "text") -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text}\n{fence}\n"


def _code(text: str) -> str:
    """A path or another short text as a code span that Markdown cannot break out of."""
    flat = " ".join(text.split()).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in re.findall(r"`+", flat)), default=0) + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{ticks}{pad}{flat}{pad}{ticks}"


def _inline(text: str) -> str:
    short = text if len(text) <= 300 else text[:299] + "…"
    return _code(short) if re.search(r"[`<>@#*_\[\]|$\\]", short) else short


def _names(paths: Sequence[str]) -> str:
    shown = ", ".join(_code(p) for p in paths[:12])
    return shown + (f" and {len(paths) - 12} more" if len(paths) > 12 else "")


def many(number: int, thing: str) -> str:
    """``3 sentences``, ``1 sentence``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def draft_json(draft: Draft, language: str) -> dict[str, object]:
    """What ``amts draft --report`` writes: every segment, every sentence kept despite an edit, every flag."""
    return {
        "language": language,
        "segments": [
            {
                "number": s.segment.number,
                "kind": s.segment.kind,
                "source": s.segment.source,
                "old_source": s.segment.old_source,
                "old_target": s.segment.old_target,
                "similarity": s.segment.similarity,
                "text": s.text,
                "origin": s.origin,
                "reason": s.reason,
                "ignored_terms": [{"source": t.source, "targets": t.targets} for t in s.ignored],
                "suggestions": [
                    {
                        "source": m.source,
                        "target": m.target,
                        "similarity": round(m.score, 3),
                        "band": m.band,
                        "document": m.provenance.document,
                    }
                    for m in s.suggestions
                ],
            }
            for s in draft.segments
        ],
        "kept": [
            {
                "kind": k.kind,
                "old_source": k.old,
                "source": k.new,
                "target": k.target,
                "similarity": k.similarity,
                "words": k.words,
                "applied": k.applied,
            }
            for k in draft.plan.kept
        ],
        "flags": [{"kind": f.kind, "text": f.text} for f in draft.plan.flags],
        "divergences": [
            {"kind": d.kind, "text": d.text, "count": d.count, "missing": d.missing} for d in draft.divergences
        ],
        "untouched_blocks": draft.plan.reused,
    }


def parallel_data_json(data: ParallelData) -> str:
    """What ``amts parallel-data build --report`` writes: the counts, and where every pair comes from."""
    report = {
        "languages": data.languages,
        "granularity": data.granularity,
        "content_hash": data.content_hash,
        "documents": data.documents,
        "aligned": data.aligned,
        "one_sided": data.one_sided,
        "dropped": dict(sorted(data.dropped.items())),
        "kept": len(data.units),
        "provenance": [[u.provenance.document, u.provenance.block, u.provenance.commit] for u in data.units],
    }
    return json.dumps(report, ensure_ascii=False) + "\n"
