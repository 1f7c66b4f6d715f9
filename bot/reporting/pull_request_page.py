"""The page of a pull request: what waits for people in it, as it is now.

What to do comes first, then what it deletes and moves, then the documents, those with the least to do first. Each is a
fold, with sentences that wrap on a phone. What does not fit is in the summary of the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from bot.companions import Note
from bot.contracts import COMMAND, REVIEWED
from bot.document.sentences import normal
from bot.drafting.document_review import DocumentReview
from bot.drafting.outcomes import Outcome
from bot.drafting.provenance import Provenance
from bot.drafting.report import ROUGH, LanguageReport, count, many, rough, title
from bot.engines import Origin
from bot.planning.carry_over import KeptKind
from bot.planning.deletions import Deletion
from bot.planning.flags import Flag
from bot.repair.repair import Repair
from bot.repair.splice import ChangeKind
from bot.reporting import links
from bot.reporting.quoting import code, edited, inline, names, prose
from bot.review.record import State
from bot.review.unfinished import Unfinished

LIMIT = 60_000
"""Maximum code points of a pull request's body; GitHub allows 65,536."""

TRY_AGAIN = (
    f"Not happy with a draft? The comment `{COMMAND}` below redrafts everything nobody has edited, using what you have "
    "written meanwhile; as a comment on a line of a document it redrafts that paragraph alone. (It needs the workflow "
    "`retranslate.yml` in this repository.)"
)

_SETTLE = (
    "A merge settles no draft: what nobody has read waits in the next pull request too. A sentence is settled when you "
    "edit it. When a document is right as it is, {0} PATH`, or the same without PATH for all."
)

_THINGS: Mapping[State, tuple[str, str]] = {
    "english": ("translate", "sentence"),
    "draft": ("check", "machine draft"),
    "reused": ("check", "reused sentence"),
    "kept": ("check", "kept sentence"),
}
"""What is to be done with the sentences of a state, and what they are called."""

_HEADS: Mapping[State, str] = {
    "english": "to translate",
    "draft": "machine draft",
    "reused": "people said it so elsewhere",
    "kept": "translation kept, its English changed",
}

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

_KINDS: Mapping[KeptKind, str] = {
    "by hand": "kept, people updated it by hand",
    "small": "translation kept, its English changed slightly",
    "atoms": "translation kept, only code, math, references or links changed",
    "markup": "translation kept, only markup changed",
    "cosmetic": "translation kept, only punctuation, case or contractions changed",
}


def page(report: LanguageReport, address: str = "", limit: int = LIMIT) -> str:
    """The page, in at most ``limit`` code points; with the pull request's ``address`` its documents are links."""
    failed = [o for o in report.outcomes if o.status == "failed"]
    counts = count(report.outcomes)
    head = [
        # GitHub shows the title above the page.
        *([] if address else [f"# {title(report.language, report.english)}", ""]),
        f"{_todo(report.documents)} English moved on to `{report.english[:10]}`; every human sentence that still holds "
        "is untouched. Finish on this branch, in as many commits as you like, and merge.",
        "",
        *_deleted(report.deletions, address, limit // 3),
        *_moved(report.outcomes, limit // 12),
        *_failed(failed, limit // 12),
        *_caution(report.outcomes),
    ]
    settle = f"comment `{REVIEWED}" if address else f"run `amts reviewed --language {report.language}"
    asks = any(d.counts[state] for d in report.documents for state in _THINGS if state != "english")
    tail = ["", _SETTLE.format(settle)] if asks else []
    tail += ["", TRY_AGAIN] if address and any(d.counts["draft"] for d in report.documents) else []
    if report.unrecorded:
        tail += ["", f"Not synced, because their English version is not recorded: {names(report.unrecorded)}."]
    if waiting := report.postponed:
        size = many(sum(w.sentences for w in waiting), "sentence")
        more = f"**{many(len(waiting), 'more document')} ({size})** will follow when this pull request is merged"
        tail += ["", f"{more}: {names([w.path for w in waiting])}."]
    if report.gaps:
        tail += ["", f"Not translated yet, and not drafted here: {names(report.gaps)}."]
    tail += _notes("To do by hand, besides the documents", report.for_people, limit // 12)
    tail += _notes("Came along with the drafts", report.carried, limit // 12)
    quiet = {o.change.path for o in report.outcomes if o.status != "failed" and o.draft}
    quiet -= {document.path for document in report.documents}
    if quiet:
        tail += ["", f"Nothing to do in {names(sorted(quiet))}."]
    tail += ["", f"*{counts.drafted} updated, {counts.unchanged} unchanged, {counts.failed} failed.*", ""]
    room = limit - sum(len(line) + 1 for line in (*head, *tail))
    text = "\n".join([*head, *_folds(report, address, room), *tail])
    return text if len(text) <= limit else _short(report, limit)


def _short(report: LanguageReport, limit: int) -> str:
    """What there is to do, for a description that others have all but filled; as much of it as has room."""
    lines = [_todo(report.documents), "", "*No room here for more: see the branch, and the summary of the run.*", ""]
    texts = ("\n".join(lines[:n]) for n in (4, 1, 0))
    return next(text for text in texts if len(text) <= limit)


def _todo(documents: Sequence[DocumentReview]) -> str:
    """What there is to do, without the kinds of work that do not occur."""
    total = sum((document.counts for document in documents), Counter[State]())
    notes = sum(document.notes for document in documents)
    translate = [many(total["english"], "sentence")] if total["english"] else []
    check = [many(total[state], thing) for state, (verb, thing) in _THINGS.items() if verb == "check" and total[state]]
    check += [many(notes, "note")] if notes else []
    work = [f"translate {_listed(translate)}"] if translate else []
    work += [f"check {_listed(check)}"] if check else []
    if not work:
        return "**No sentence waits for you**: look at the changes."
    text = ", ".join(work)
    return f"**{text[0].upper()}{text[1:]}.**"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


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


def _moved(outcomes: Sequence[Outcome], room: int) -> Iterator[str]:
    """The documents that are at another path now; only their number if there is no ``room`` for their names."""
    moved = [o.change for o in outcomes if o.status != "failed" and o.draft and o.change.was != o.change.path]
    moved = [change for change in moved if change.kind == "rename"]
    if not moved:
        return
    rows = [f"- {code(change.was)} → {code(change.path)}" for change in moved]
    yield f"**This moves {many(len(moved), 'document')}**, as English did:"
    yield ""
    yield from (*(rows if sum(map(len, rows)) <= room else ()), "")


def _failed(failed: Sequence[Outcome], room: int) -> Iterator[str]:
    if not failed:
        return
    yield f"**{many(len(failed), 'document')} failed:**"
    yield ""
    yield from _fitting([f"- {code(o.change.path)}: {inline(o.reason)}" for o in failed], room)
    yield ""


def _fitting(rows: Sequence[str], room: int) -> Iterator[str]:
    """The first rows, as far as there is ``room``, and how many more there are."""
    for number, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            yield f"- and {len(rows) - number:,} more"
            return
        yield row


def _notes(headline: str, notes: Sequence[Note], room: int) -> list[str]:
    """What travelled with the drafts, or did not, as far as there is ``room``."""
    if not notes:
        return []
    rows = [f"- {code(note.path)}: {inline(note.text)}" for note in notes]
    return ["", f"**{headline}:**", "", *_fitting(rows, room)]


def _caution(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """What people must know about drafts that a rough engine made."""
    if headline := rough(outcome.draft for outcome in outcomes):
        yield from (f"**{headline}** They are to start from, not to be merged as they are.", "")


_END = ["</details>", ""]


def _folds(report: LanguageReport, address: str, room: int) -> Iterator[str]:
    """A fold for each document, those with the least to do first; where there is no room, its first lines, or none."""
    made = Provenance(report.outcomes)
    ordered = sorted(report.documents, key=lambda d: (not d.work, d.work, d.path))
    heads = [_summary(document) for document in ordered]
    cost = [len(head) + len("<details><summary></summary>\n\n</details>\n\n") + 60 for head in heads]
    for number, document in enumerate(ordered):
        later = sum(cost[number + 1 :])
        if room < cost[number] + (90 if later else 0):
            yield f"*{many(len(ordered) - number, 'more document')}: in the branch, and in the summary of the run.*"
            return
        room -= cost[number]
        yield from (f"<details><summary>{heads[number]}</summary>", "")
        pieces = list(_document(document, made, address, report.branch))
        for n, piece in enumerate(pieces):
            if len(piece) + 2 > room - later:
                yield from (f"*{len(pieces) - n:,} more: in the branch, and in the summary of the run.*", "")
                break
            room -= len(piece) + 2
            yield from (piece, "")
        yield from _END


def _summary(document: DocumentReview) -> str:
    """The head of a fold: HTML, in which no Markdown is read."""
    counts = document.counts
    found = [
        f"{counts[state]:,} to translate" if verb == "translate" else f"{many(counts[state], thing)} to check"
        for state, (verb, thing) in _THINGS.items()
        if counts[state]
    ]
    found += [f"{many(document.notes, 'note')} to check"] if document.notes else []
    found += [f"{many(len(document.gone), 'sentence')} gone"] if document.gone else []
    return f"<b>{prose(document.path)}</b>: {', '.join(found) or 'look at the changes'}"


def _document(document: DocumentReview, made: Provenance, address: str, branch: str) -> Iterator[str]:
    """The report on one document, in whole pieces: English to translate, the doubtful first, then the rest."""
    path = document.path

    def order(one: Unfinished) -> tuple[bool, int]:
        return (False, 0) if one.state == "english" else (True, made.levels.get((path, one.source), 2))

    for one in sorted(document.sentences, key=order):
        yield _sentence(one, path, made, address, branch)
    lost = {normal(flag.text) for flag in document.flags if flag.kind == "previous translation"}
    for gone in document.gone:
        ask = any(gone.text in text or text in gone.text for text in lost)
        why = "please check whether something of it should stay" if ask else "its English was deleted or replaced"
        where = links.edit(address, branch, path, gone.line)
        yield f"{where}, **no longer here** ({why}):<br>\n<del>{prose(gone.text)}</del>"
    notes = [f"- {_at(flag, address, path)}{flag.kind}: {inline(flag.text)}" for flag in document.flags if _noted(flag)]
    notes += [
        f"- structure: {'lacks' if d.missing else 'has too many'} {d.kind} {inline(d.text)}"
        for d in document.divergences
    ]
    yield from notes


def _noted(flag: Flag) -> bool:
    return flag.kind != "previous translation"


def _at(flag: Flag, address: str, path: str) -> str:
    return f"{links.lines(address, path, flag.line, flag.line)}, " if flag.line else ""


def _sentence(one: Unfinished, path: str, made: Provenance, address: str, branch: str) -> str:
    """One sentence: where it is and why it waits, its English with the words that changed, before and now."""
    place = path, one.source
    segment, kept = made.drafts.get(place), made.kept.get(place)
    why = _HEADS[one.state]
    if segment and one.state in ("draft", "reused") and segment.origin != "english":
        why = _ORIGINS[segment.origin] + (f" by {segment.engine}" if segment.engine else "")
    elif kept and one.state == "kept":
        why = _KINDS[kept.kind] + (" (carried over)" if kept.applied else "")
    elif segment and segment.reason and segment.cause != "unmatched":
        why += f", not drafted: {inline(segment.reason)}"
    lines = [
        f"{links.edit(address, branch, path, one.line)}, **{why}**",
        f"EN: {edited(one.old_source, one.source) if one.old_source else prose(one.source)}",
    ]
    if one.old_target and one.state != "kept":
        lines.append(f"Before: {prose(one.old_target)}")
    if one.state != "english":
        lines.append(f"Now: {prose(one.text)}")
    lines += _repaired(segment.repair) if segment and segment.repair else []
    for term in segment.ignored if segment else ():
        calls = " or ".join(code(target) for target in term.targets)
        lines.append(f"Not in the draft: people here say {calls} for {code(term.source)}.")
    for match in segment.suggestions if segment else ():
        where = f"in {code(match.provenance.document)}" if match.provenance.document else "in this document"
        lines.append(f"Similar ({match.score:.0%}), {where}: {edited(match.source, one.source)}")
        lines.append(f"There: {prose(match.target)}")
    return "<br>\n".join(lines)


def _repaired(repair: Repair) -> list[str]:
    """What a repair changed and why, a line for each change, and what may have to be changed by hand."""
    lines = [
        f"{' → '.join(code(words) for words in (c.old, c.new) if words)}: {_CHANGES[c.kind]}"
        f"{' ' + code(c.text.strip()) if c.text.strip() else ''}{', still in English' if c.english else ''}"
        for c in repair.changes
        if c.old or c.new
    ]
    lines += [f"{code(words)}: gone from the English, may still be in the draft" for words in repair.left]
    return lines or ["nothing found to change"]
