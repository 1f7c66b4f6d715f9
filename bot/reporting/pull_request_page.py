"""The page of a pull request: what translators must finish, what to check, and what was left unchanged.

The most important comes first: what it deletes, what failed, then the documents with the most to do. What does not fit
is in the summary of the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from bot.companions import Note
from bot.contracts import COMMAND
from bot.document.edits import EditKind
from bot.drafting.draft import DraftSegment
from bot.drafting.outcomes import Outcome
from bot.drafting.report import ROUGH, STATUSES, Counts, LanguageReport, count, many, rough, title
from bot.drafting.review_order import drafts_in_order, kept_in_order
from bot.engines import Origin
from bot.parallel_data.translation_memory import Match
from bot.planning.deletions import Deletion
from bot.planning.flags import Flag
from bot.repair.repair import Repair
from bot.repair.splice import ChangeKind
from bot.reporting import links
from bot.reporting.quoting import code, diff, fenced, inline, names
from bot.terminology.glossary import Term

LIMIT = 60_000
"""Maximum code points of a pull request's body; GitHub allows 65,536."""

TRY_AGAIN = (
    f"Not happy with a draft? The comment `{COMMAND}` below redrafts everything nobody has edited, using what you have "
    "written meanwhile; as a comment on a line of a document it redrafts that paragraph alone. (It needs the workflow "
    "`retranslate.yml` in this repository.)"
)


def page(report: LanguageReport, address: str = "", limit: int = LIMIT) -> str:
    """The page, in at most ``limit`` code points; with the pull request's ``address`` its documents are links."""
    counts = count(report.outcomes)
    left = sum(len(sentences) for _, sentences in report.leftovers)
    ordered = sorted(report.outcomes, key=_importance)
    body = "\n".join(
        [
            # GitHub shows the title above the page.
            *([] if address else [f"# {title(report.language, report.english)}", ""]),
            *_deleted(report.deletions, address, limit // 3),
            f"English moved on to `{report.english[:10]}`. Every human sentence that still holds is untouched. "
            f"{_todo(counts, left)} Finish on this branch, in as many commits as you like, and merge: the next sync "
            "starts from what you wrote.",
            "",
            *_caution(report.outcomes),
            *([TRY_AGAIN, ""] if address and counts.translated else []),
            *_table(ordered, address, limit // 3),
            f"| **total** | {counts.drafted} updated, {counts.unchanged} unchanged, {counts.failed} failed "
            f"| {counts.untouched_blocks} | {counts.to_check} | {counts.reused} | {counts.translated} "
            f"| {counts.english} |",
            "",
        ]
    )
    if report.unrecorded:
        body += f"\nNot synced, because their English version is not recorded: {names(report.unrecorded)}.\n"
    if waiting := report.postponed:
        size = many(sum(w.sentences for w in waiting), "sentence")
        body += (
            f"\n**{many(len(waiting), 'more document')} ({size})** will follow when this pull request is merged: "
            f"{names([w.path for w in waiting])}.\n"
        )
    if report.gaps:
        body += f"\nNot translated yet, and not drafted here: {names(report.gaps)}.\n"
    body += _notes("To do by hand, besides the documents", report.for_people, limit // 12)
    body += _notes("Came along with the drafts", report.carried, limit // 12)
    return _filled(body, ordered, report.leftovers, address, limit)


def _deleted(deletions: Sequence[Deletion], address: str, room: int) -> Iterator[str]:
    """What people would lose: every document, by name, with the way to its text as long as there is ``room`` for it."""
    if not deletions:
        return
    number = many(len(deletions), "translated document")
    size = many(sum(d.characters for d in deletions), "character")
    commits = " and ".join(sorted({f"`{d.commit[:10]}`" for d in deletions}))
    yield f"**This deletes {number} ({size})**: English no longer has them. Their text stays in {commits}:"
    yield ""
    rows = [f"- {links.text_at(address, d.commit, d.path)} ({many(d.characters, 'character')})" for d in deletions]
    if sum(map(len, rows)) > room:
        rows = [f"- {code(d.path)}" for d in deletions]
    if sum(map(len, rows)) > room:
        folders = Counter(str(PurePosixPath(d.path).parent) for d in deletions)
        rows = [f"- {many(n, 'document')} in {code(folder)}" for folder, n in sorted(folders.items())]
    # Of so many folders that not even they fit, the number above is all there is room for.
    yield from (*(rows if sum(map(len, rows)) <= room else ()), "")


def _notes(headline: str, notes: Sequence[Note], room: int) -> str:
    """What travelled with the drafts, or did not, as far as there is ``room``."""
    if not notes:
        return ""
    out = ["", f"**{headline}:**", ""]
    for number, note in enumerate(notes):
        row = f"- {code(note.path)}: {inline(note.text)}"
        room -= len(row) + 1
        if room < 0:
            out.append(f"- and {len(notes) - number:,} more")
            break
        out.append(row)
    return "\n".join([*out, ""])


def _todo(counts: Counts, left: int) -> str:
    """What there is to do, without the kinds of work that do not occur."""
    found = [
        (number, f"**{many(number, thing)} {what}**")
        for number, thing, what in (
            (counts.english + left, "sentence", "to translate"),
            (counts.translated, "machine draft", "to check"),
            (counts.reused, "sentence", "reused from this translation"),
            (counts.kept, "kept sentence", "to check"),
            (counts.notes, "note", "to check"),
        )
        if number
    ]
    if not found:
        return "**No sentence waits for you**: look at the changes."
    verb = "is" if found[0][0] == 1 else "are"
    *words, last = (text for _, text in found)
    return f"Below {verb} {', '.join(words)}{' and ' if words else ''}{last}."


def _caution(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What people must know about drafts that a rough engine made."""
    if headline := rough(outcome.draft for outcome in outcomes):
        yield from (f"**{headline}** They are to start from, not to be merged as they are.", "")


def _importance(outcome: Outcome) -> tuple[bool, int, int, int]:
    counts = count([outcome])
    return outcome.status != "failed", -counts.english, -counts.translated, -counts.to_check


def _table(ordered: Sequence[Outcome], address: str, room: int) -> Iterator[str]:
    yield "| document | status | blocks kept | to check | reused | machine drafts | left in English |"
    yield "|:--|:--|--:|--:|--:|--:|--:|"
    for number, outcome in enumerate(ordered):
        row = _row(outcome, address)
        room -= len(row) + 1
        if room < 0:
            yield f"| *{many(len(ordered) - number, 'more document')}* | *in the summary of the run* | | | | | |"
            return
        yield row


def _row(outcome: Outcome, address: str) -> str:
    counts = count([outcome])
    words = f"{STATUSES[outcome.status]}: {inline(outcome.reason)}" if outcome.reason else STATUSES[outcome.status]
    figures = (counts.untouched_blocks, counts.to_check, counts.reused, counts.translated, counts.english)
    shown = (" " if outcome.draft is None else f" {figure} " for figure in figures)
    return f"| {_linked(outcome, address)} | {words} |{'|'.join(shown)}|"


def _linked(outcome: Outcome, address: str) -> str:
    """The path of a document, as a link to its changes where there are any."""
    return links.document(address if outcome.status == "drafted" else "", outcome.change.path)


def _filled(
    body: str, ordered: Sequence[Outcome], leftovers: Sequence[tuple[str, tuple[str, ...]]], address: str, limit: int
) -> str:
    """The page with as many details of its documents as fit."""
    parts = [(f"## {_linked(o, address)}", p) for o in ordered if (p := list(_document(o, address)))]
    if leftovers:
        parts.append(("## Still in English from earlier syncs", []))
        parts += [(code(path), [fenced(s) for s in sentences]) for path, sentences in leftovers]
    full = "\n*The page is full. The rest is in the branch, and in the summary of the run that made it.*\n"
    room = limit - len(body) - len(full)
    out = [body]
    for head, pieces in parts:
        for piece in (head + "\n", *pieces):
            room -= len(piece) + 1
            if room < 0:
                return "\n".join([*out, full.lstrip()])
            out.append(piece)
    return "\n".join(out)


def _document(outcome: Outcome, address: str) -> Iterator[str]:
    """The report on one document, in pieces, none of which ends in the middle of a block."""
    draft = outcome.draft
    if draft is None:
        return
    todo = [s for s in draft.segments if s.origin == "english"]
    done = [s for s in draft.segments if s.origin != "english"]
    if todo and outcome.change.kind == "add" and not done:
        yield f"### To translate\n\nThe whole document is new: {many(len(todo), 'sentence')}.\n"
    elif todo:
        yield "### To translate\n"
        yield from _grouped(todo, address, outcome.change.path)
    if done:
        yield "### Drafted, please check\n"
        for group in drafts_in_order(draft):
            yield _group(group, address, outcome.change.path)
    look = [k for k in kept_in_order(draft.plan.kept) if k.kind != "cosmetic"]
    if look:
        yield "### Translation kept; its English changed slightly. Please check\n"
    for kept in look:
        carried = " (carried over)" if kept.applied else ""
        yield f"{_KINDS[kept.kind]}{carried}:\n\n{diff(kept.old, kept.new)}\n{fenced(kept.target)}"
    cosmetic = len(draft.plan.kept) - len(look)
    if cosmetic:
        yield f"{many(cosmetic, 'more sentence')} kept: only punctuation, case or contractions changed.\n"
    if gone := [flag.text for flag in draft.plan.flags if flag.kind == "previous translation"]:
        yield "### Previous translation, no longer in the draft. Please check whether something of it should stay\n"
        yield from map(fenced, gone)
    notes = [
        f"- {_at(flag, address, outcome.change.path)}{flag.kind}: {inline(flag.text)}"
        for flag in draft.plan.flags
        if flag.kind != "previous translation"
    ]
    notes += [
        f"- structure: {'lacks' if d.missing else 'has too many'} {d.kind} {inline(d.text)}" for d in draft.divergences
    ]
    if notes:
        yield "### Notes\n\n" + "\n".join(notes) + "\n"


def _at(flag: Flag, address: str, path: str) -> str:
    return f"{links.lines(address, path, flag.line, flag.line)}, " if flag.line else ""


def _grouped(segments: Sequence[DraftSegment], address: str, path: str) -> Iterator[str]:
    """Segments that come from one old pair are shown together."""
    for _, found in groupby(segments, lambda s: s.segment.old_source or id(s)):
        yield _group(list(found), address, path)


def _group(group: Sequence[DraftSegment], address: str, path: str) -> str:
    return f"{links.lines(address, path, group[0].line, group[-1].line)}:\n\n{_segments(group)}"


_ORIGINS: Mapping[Origin, str] = {
    "context": "people said it so in the same context",
    "exact": "people said it so elsewhere",
    "mended": "as people wrote it elsewhere, with code, references or marks put right",
    "repaired": "your sentence, changed only where its English changed",
    "engine": "machine translation",
    "rough": ROUGH,
}

_CHANGES: Mapping[ChangeKind, str] = {
    "exchanged": "exchanged for",
    "removed": "removed",
    "replaced": "replaced by",
    "inserted": "added",
}

_KINDS: Mapping[EditKind, str] = {
    "small": "Small edit",
    "atoms": "Only code, math, references or links changed",
    "markup": "Only markup changed",
    "cosmetic": "Only punctuation, case or contractions changed",
}


def _segments(group: Sequence[DraftSegment]) -> str:
    """Segments that come from one old pair: the English edit, the old translation, the draft."""
    first = group[0].segment
    english = "\n".join(s.segment.source for s in group)
    lines = [diff(first.old_source, english) if first.old_source else fenced(english)]
    if first.old_target:
        lines.append(f"Before:\n\n{fenced(first.old_target)}")
    lines += [f"Draft ({_origin(s)}):\n\n{fenced(s.text)}" for s in group if s.origin != "english"]
    # That a sentence has no earlier translation is of no use to translators.
    reasons = dict.fromkeys(s.reason for s in group if s.reason and s.cause != "unmatched")
    lines += [f"Not drafted: {inline(reason)}.\n" for reason in reasons]
    lines += [_repaired(s.repair) for s in group if s.repair]
    lines += [_term(term) for s in group for term in s.ignored]
    lines += [_suggestion(match, s) for s in group for match in s.suggestions]
    return "\n".join(lines)


def _origin(segment: DraftSegment) -> str:
    """Where a draft comes from, with the engine that wrote it where there are several."""
    return _ORIGINS[segment.origin] + (f" by {segment.engine}" if segment.engine else "")


def _repaired(repair: Repair) -> str:
    """What a repair changed and why, a line for each change, and what may have to be changed by hand."""
    lines = [
        f"- {' → '.join(code(words) for words in (c.old, c.new) if words)}: {_CHANGES[c.kind]}"
        f"{' ' + code(c.text.strip()) if c.text.strip() else ''}{', still in English' if c.english else ''}"
        for c in repair.changes
        if c.old or c.new
    ]
    lines += [f"- {code(words)}: gone from the English, may still be in the draft" for words in repair.left]
    return "\n".join([*(lines or ["- nothing found to change"]), ""])


def _term(term: Term) -> str:
    calls = " or ".join(code(target) for target in term.targets)
    return f"Not in the draft: people here say {calls} for {code(term.source)}.\n"


def _suggestion(match: Match, segment: DraftSegment) -> str:
    """A fuzzy match: how its English differs, and its translation by people."""
    from_where = f"in {code(match.provenance.document)}" if match.provenance.document else "in this document"
    said = diff(match.source, segment.segment.source) + "\n" + fenced(match.target)
    return f"Similar ({match.score:.0%}), {from_where}:\n\n{said}"
