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
from bot.drafting.report import LanguageReport, count
from bot.engines import MADE
from bot.forges.boxes import box
from bot.planning.deletions import Deletion
from bot.planning.flags import Flag
from bot.reporting import draft_notes, links
from bot.reporting.earlier_page import BEGIN, END, TODO, around, named, texts
from bot.reporting.quoting import code, edited, inline, prose
from bot.reporting.wording import Wording, wording
from bot.review.record import State, name_of, to_review
from bot.review.unfinished import Unfinished

LIMIT = 60_000
"""Maximum code points of a pull request's body; GitHub allows 65,536."""

_STATES: tuple[State, ...] = ("english", "draft", "reused", "kept")
"""What there may be to do with a sentence, in the order in which it is listed."""

_CHECKED = _STATES[1:]
"""States of sentences that people have to check."""


def page(report: LanguageReport, address: str = "", limit: int = LIMIT, earlier: str = "") -> str:
    """The page, in at most ``limit`` code points; with the pull request's ``address`` its documents are links.

    Sentences that wait since ``earlier``, the page before, keep what that page says of them.
    """
    words = wording(report.page_language)
    failed = [o for o in report.outcomes if o.status == "failed"]
    counts = count(report.outcomes)
    head = [
        # GitHub shows the title above the page.
        *([] if address else [f"# {title(words, report.language, report.english)}", ""]),
        f"{_todo(report, words)} {TODO}",
        "",
        *_deleted(report.deletions, address, limit // 3, words),
        *_moved(report.moves, limit // 12, words),
        *_failed(failed, limit // 12, words),
        *_caution(report.outcomes, words),
    ]
    tail = list[str]()
    if report.unrecorded:
        tail += ["", words("unrecorded", documents=_names(report.unrecorded, words))]
    if waiting := report.postponed:
        documents = words("documents.more", number=len(waiting))
        size = words("sentences", number=sum(w.sentences for w in waiting))
        tail += ["", words("postponed", documents=documents, size=size, names=_names([w.path for w in waiting], words))]
    if report.gaps:
        tail += ["", words("gaps", documents=_names(report.gaps, words))]
    tail += _notes("for_people", report.for_people, limit // 12, words)
    tail += _notes("carried", report.carried, limit // 12, words)
    quiet = {o.change.path for o in report.outcomes if o.status != "failed" and o.draft}
    quiet -= {document.path for document in report.documents}
    if quiet:
        tail += ["", words("quiet", documents=_names(sorted(quiet), words))]
    tail += ["", words("totals", drafted=counts.drafted, unchanged=counts.unchanged, failed=counts.failed), ""]
    room = limit - sum(len(line) + 1 for line in (*head, *tail))
    text = "\n".join([*head, *_documents(report, address, room, words, earlier), *tail])
    return text if len(text) <= limit else _short(report, limit, words)


def again(report: LanguageReport, address: str, limit: int, earlier: str) -> str:
    """The page ``earlier`` with what waits now, after people worked in its pull request; empty without its marks."""
    words = wording(report.page_language)
    head, tail = around(earlier, _todo(report, words))
    if not head:
        return ""
    room = limit - len(head) - len(tail) - 1
    text = head + "\n".join([*_documents(report, address, room, words, earlier), tail])
    return text if len(text) <= limit else _short(report, limit, words)


def _todo(report: LanguageReport, words: Wording) -> str:
    return f"{todo(report.documents, words)} {words('intro', commit=f'`{report.english[:10]}`')}"


def _documents(report: LanguageReport, address: str, room: int, words: Wording, earlier: str) -> Iterator[str]:
    """All that is about what waits, between two lines by which a later page finds it."""
    below = list[str]()
    if any(d.counts[state] for d in report.documents for state in _CHECKED):
        below += [_settle(report.language, address, words), ""]
    if address and any(d.counts["draft"] for d in report.documents):
        below += [words("try_again", command=f"`{COMMAND}`", workflow="`retranslate.yml`"), ""]
    room -= sum(len(line) + 1 for line in (BEGIN, "", *below, END))
    yield from (BEGIN, "", *_folds(report, address, room, words, texts(earlier)), *below, END)


def _short(report: LanguageReport, limit: int, words: Wording) -> str:
    """What there is to do, for a description that others have all but filled; as much of it as has room."""
    lines = [todo(report.documents, words), "", words("no_room"), ""]
    texts = ("\n".join(lines[:n]) for n in (4, 1, 0))
    return next(text for text in texts if len(text) <= limit)


def title(words: Wording, language: str, english: str) -> str:
    """The title of a pull request."""
    return words("title", language=language, commit=english[:10])


def _settle(language: str, address: str, words: Wording) -> str:
    """How people say that they have read what waits."""
    how = ("settle.comment", REVIEWED) if address else ("settle.run", f"amts reviewed --language {language}")
    text = words("settle", command=words(how[0], command=f"`{how[1]} PATH`"))
    return f"{text} {words('settle.boxes')}" if address else text


def todo(documents: Sequence[DocumentReview], words: Wording) -> str:
    """What there is to do, in bold, without the kinds of work that do not occur."""
    total = sum((document.counts for document in documents), Counter[State]())
    notes = sum(document.notes for document in documents)
    check = [words(f"todo.{state}", number=total[state]) for state in _CHECKED if total[state]]
    check += [words("todo.notes", number=notes)] if notes else []
    if not total["english"]:
        return words("todo.check", check=words.all_of(check)) if check else words("todo.none")
    translate = words("todo.english", number=total["english"])
    if not check:
        return words("todo.translate", translate=translate)
    return words("todo.both", translate=translate, check=words.all_of(check))


def _names(paths: Sequence[str], words: Wording) -> str:
    """The first dozen of the paths."""
    shown = words.commas([code(p) for p in paths[:12]])
    return words("names.more", names=shown, number=len(paths) - 12) if len(paths) > 12 else shown


def _deleted(deletions: Sequence[Deletion], address: str, room: int, words: Wording) -> Iterator[str]:
    """What people would lose: every document, by name, with the way to its text as long as there is ``room`` for it."""
    if not deletions:
        return
    size = words("characters", number=sum(d.characters for d in deletions))
    commits = words.all_of(sorted({f"`{d.commit[:10]}`" for d in deletions}))
    yield words("deleted", number=len(deletions), size=size, commits=commits)
    yield ""
    sizes = [words("characters", number=d.characters) for d in deletions]
    texts = [links.text_at(address, d.commit, d.path) for d in deletions]
    rows = [f"- {words('with_size', thing=text, size=size)}" for text, size in zip(texts, sizes, strict=True)]
    if sum(map(len, rows)) > room:
        rows = [f"- {code(d.path)}" for d in deletions]
    if sum(map(len, rows)) > room:
        folders = Counter(str(PurePosixPath(d.path).parent) for d in deletions)
        rows = [f"- {words('documents.in', number=n, folder=code(name))}" for name, n in sorted(folders.items())]
    # Of so many folders that not even they fit, the number above is all there is room for.
    yield from (*(rows if sum(map(len, rows)) <= room else ()), "")


def _moved(moves: Sequence[tuple[str, str]], room: int, words: Wording) -> Iterator[str]:
    """The documents that are at another path now; only their number if there is no ``room`` for their names."""
    if not moves:
        return
    rows = [f"- {code(was)} → {code(now)}" for was, now in moves]
    yield words("moved", number=len(moves))
    yield ""
    yield from (*(rows if sum(map(len, rows)) <= room else ()), "")


def _failed(failed: Sequence[Outcome], room: int, words: Wording) -> Iterator[str]:
    if not failed:
        return
    yield words("failed", number=len(failed))
    yield ""
    yield from _fitting([_row(o.change.path, o.reason, words) for o in failed], room, words)
    yield ""


def _row(path: str, text: str, words: Wording) -> str:
    return f"- {words('labelled', name=code(path), text=inline(words.message(text)))}"


def _fitting(rows: Sequence[str], room: int, words: Wording) -> Iterator[str]:
    """The first rows, as far as there is ``room``, and how many more there are."""
    for number, row in enumerate(rows):
        room -= len(row) + 1
        if room < 0:
            yield f"- {words('rows.more', number=len(rows) - number)}"
            return
        yield row


def _notes(headline: str, notes: Sequence[Note], room: int, words: Wording) -> list[str]:
    """What travelled with the drafts, or did not, as far as there is ``room``."""
    if not notes:
        return []
    rows = [_row(note.path, note.text, words) for note in notes]
    return ["", words(headline), "", *_fitting(rows, room, words)]


def _caution(outcomes: Sequence[Outcome], words: Wording) -> Iterator[str]:
    """What people must know about drafts that a rough engine made."""
    if number := sum(s.origin == "rough" for o in outcomes if o.draft for s in o.draft.segments):
        yield from (words("caution", number=number), "")


_END = ["</details>", ""]


def _folds(
    report: LanguageReport, address: str, room: int, words: Wording, earlier: Mapping[str, str]
) -> Iterator[str]:
    """A fold for each document, those with the least to do first; where there is no room, its first lines, or none."""
    made = Provenance(report.outcomes)
    ordered = sorted(report.documents, key=lambda d: (not d.work, d.work, d.path))
    heads = [_summary(document, words) for document in ordered]
    rest = len(words("fold.more", number=len(report.documents) + 10**6)) + 3
    most = len(words("folds.more", documents=words("documents.more", number=10**6))) + 1
    ends = [[*_box(document, address, words)] for document in ordered]
    cost = [
        len(head) + len("<details><summary></summary>\n\n") + sum(len(line) + 1 for line in (*end, *_END)) + rest
        for head, end in zip(heads, ends, strict=True)
    ]
    for number, document in enumerate(ordered):
        later = sum(cost[number + 1 :])
        if room < cost[number] + (most if later else 0):
            yield words("folds.more", documents=words("documents.more", number=len(ordered) - number))
            return
        room -= cost[number]
        yield from (f"<details><summary>{heads[number]}</summary>", "")
        pieces = list(_document(document, made, address, report.branch, words, earlier))
        for n, piece in enumerate(pieces):
            if len(piece) + 2 > room - later:
                yield from ("", words("fold.more", number=len(pieces) - n), "")
                if n < len(document.sentences):
                    ends[number] = []  # A tick must not settle what is not shown.
                break
            room -= len(piece) + 2
            yield piece
            if not all(one.startswith("- ") for one in pieces[n : n + 2]) or n + 1 == len(pieces):
                yield ""  # Items of a list without space between them take half the height.
        yield from (*ends[number], *_END)


def _box(document: DocumentReview, address: str, words: Wording) -> Iterator[str]:
    """The box that settles what the fold of a document asks to check; on GitHub alone, where people can tick it."""
    asked = to_review(one.entry for one in document.sentences if one.entry)
    if address and asked:
        yield from (box(name_of(asked), words("settle.box")), "")


def _summary(document: DocumentReview, words: Wording) -> str:
    """The head of a fold: HTML, in which no Markdown is read."""
    counts = document.counts
    found = [words(f"fold.{state}", number=counts[state]) for state in _STATES if counts[state]]
    found += [words("fold.notes", number=document.notes)] if document.notes else []
    found += [words("fold.gone", number=len(document.gone))] if document.gone else []
    return words("labelled", name=f"<b>{prose(document.path)}</b>", text=words.commas(found) or words("fold.none"))


def _document(
    document: DocumentReview, made: Provenance, address: str, branch: str, words: Wording, earlier: Mapping[str, str]
) -> Iterator[str]:
    """The report on one document, in whole pieces: English to translate, the doubtful first, then the rest."""
    path = document.path

    def order(one: Unfinished) -> tuple[bool, int]:
        return (False, 0) if one.state == "english" else (True, made.levels.get((path, one.source), 2))

    for one in sorted(document.sentences, key=order):
        place = links.edit(address, branch, path, one.line, words) + named(one)
        known = earlier.get(named(one), "") if (path, one.source) not in made.levels else ""
        text = place + known if known else _sentence(one, path, made, place, words)
        yield text if "\n" in text else f"- {text}"
    lost = {normal(flag.text) for flag in document.flags if flag.kind == "previous translation"}
    for gone in document.gone:
        ask = any(gone.text in text or text in gone.text for text in lost)
        place = links.edit(address, branch, path, gone.line, words)
        head = words("gone", place=place, why=words("gone.check" if ask else "gone.replaced"))
        yield f"- {head} <del>{prose(gone.text)}</del>"
    yield from (f"- {_note(flag, address, path, words)}" for flag in document.flags if _noted(flag))
    for d in sorted(document.divergences, key=lambda d: d.kept):
        key = "structure.missing" if d.missing else "structure.surplus"
        text = words(key, kind=words(f"piece.{d.kind}"), text=inline(d.text))
        yield f"- {words('structure.kept', difference=text) if d.kept else text}"


def _noted(flag: Flag) -> bool:
    return flag.kind != "previous translation"


def _note(flag: Flag, address: str, path: str, words: Wording) -> str:
    kind, text = words(f"flag.{flag.kind}"), inline(words.message(flag.text))
    if not flag.line:
        return words("flag", kind=kind, text=text)
    return words("flag.at", place=links.line(address, path, flag.line, words), kind=kind, text=text)


def _sentence(one: Unfinished, path: str, made: Provenance, at: str, words: Wording) -> str:
    """One sentence: where it is and why it waits, its English with the words that changed, before and now."""
    place = path, one.source
    segment, kept = made.drafts.get(place), made.kept.get(place)
    why = words(f"state.{one.state}")
    if segment and one.state in ("draft", "reused") and segment.origin != "english":
        why = draft_notes.origin(segment, words)
        why = words("by", what=why, engine=segment.engine) if segment.engine else why
    elif kept and one.state == "kept":
        why = words(f"kept.{kept.kind}")
        why = words("carried_over", what=why) if kept.applied else why
    elif segment and segment.reason and segment.cause != "unmatched":
        why = words("not_drafted", what=why, reason=inline(words.message(segment.reason)))
    english = edited(one.old_source, one.source) if one.old_source else prose(one.source)
    head = words("sentence", place=at, why=why)
    if one.state == "english" and not one.old_target:
        lines = [words("labelled", name=head, text=english)]  # most of a new document: one line is enough
    else:
        lines = [head, words("sentence.english", text=english)]
    if one.old_target and one.state != "kept":
        lines.append(words("sentence.before", text=prose(one.old_target)))
    if one.state != "english":
        lines.append(words("sentence.now", text=prose(one.text)))
    lines += draft_notes.repaired(segment.repair, words) if segment and segment.repair else []
    for term in segment.ignored if segment else ():
        targets = words.any_of([code(target) for target in term.targets])
        lines.append(words("sentence.term", targets=targets, source=code(term.source)))
    if segment and segment.origin in MADE:
        lines += draft_notes.doubts(segment, words)
    for match in segment.suggestions if segment else ():
        document = match.provenance.document
        where = words("place.document", document=code(document)) if document else words("place.here")
        text = edited(match.source, one.source)
        lines.append(words("sentence.similar", percent=words.percent(match.score), place=where, text=text))
        lines.append(words("sentence.there", text=prose(match.target)))
    return "<br>\n".join(lines)
