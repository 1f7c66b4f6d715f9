"""The review page of one language as a file that needs nothing else: no request, no text of a book that is not escaped.

What may run and what may style it is named by its hash in the policy of the page (CSP).
"""

from __future__ import annotations

import base64
import hashlib
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.contracts import REVIEWED
from bot.document.flavours import Flavour
from bot.drafting.document_review import DocumentReview
from bot.drafting.provenance import Provenance
from bot.drafting.report import LanguageReport
from bot.languages import direction
from bot.planning.flags import Flag
from bot.reporting import draft_notes, links
from bot.reporting.review_page.reading import inline, marked
from bot.reporting.review_page.rows import Row, RowState, counts, rows
from bot.reporting.word_changes import word_changes
from bot.reporting.wording import Wording, wording
from bot.review.unfinished import Gone, Unfinished

Pictures = Callable[[str, str], str]
"""The ``data:`` address of a figure, by the path of a document and what that calls it; empty if it is not shown."""

STATES: tuple[RowState, ...] = ("english", "draft", "reused", "kept", "gone", "note")
"""The states of what waits, in the order in which they are listed."""

_SCRIPT = ("left", "all_done", "finish.part", "finish.nothing", "finish.english", "copy", "copied")
"""Texts that the script of the page fills in."""

_DONE = {"english": "translated", "gone": "seen", "note": "seen"}
"""What people say of a row when they confirm it, where that is not that it is right."""

_TOGETHER = 500
"""Pieces of the template that are written together."""

_HOLDS = ("draft", "reused", "kept")
"""States that ``/reviewed`` settles."""


@dataclass(frozen=True)
class Entry:
    """A row with its words: why it is so, what else is known of it, and where its line can be edited."""

    row: Row
    why: str
    remarks: tuple[Markup, ...]
    link: str


@dataclass(frozen=True)
class Part:
    """A document on the page; ``command`` says that people have reviewed it."""

    number: int
    document: DocumentReview
    counts: Counter[RowState]
    command: str

    @property
    def work(self) -> int:
        return sum(self.counts[state] for state in STATES)


def page(
    report: LanguageReport,
    address: str = "",
    pictures: Pictures = lambda path, name: "",
    flavour: Flavour | None = None,
) -> Iterator[str]:
    """The page in pieces: with whole documents of a book it is long, and only one of them at a time is in memory.

    ``address`` is that of the pull request (empty: it is on this machine).
    """
    words = wording(report.page_language)
    provenance = Provenance(report.outcomes)
    ordered = sorted(report.documents, key=lambda d: (not d.work, d.work, d.path))
    parts = [
        Part(number, document, counts(document), _command(report.language, address, document.path))
        for number, document in enumerate(ordered, 1)
    ]

    def entries(document: DocumentReview) -> Iterator[Entry]:
        found = rows(document, report.language, flavour, partial(pictures, document.path))
        return _entries(document, found, provenance, words, report, address)

    total = sum((part.counts for part in parts), Counter[RowState]())
    style, script = _file("page.css"), _file("page.js")
    made = _environment().get_template("page.html").stream(
        report=report,
        address=address,
        parts=[part for part in parts if part.work],
        entries=entries,
        hints=partial(_hints, words=words),
        total=total,
        states=[state for state in STATES if total[state]],
        todo=_todo(total, words),
        settles=_HOLDS,
        every=_command(report.language, address, ""),
        direction=direction(report.language),
        own_direction=direction(words.tag),
        done=_DONE,
        failed=[o for o in report.outcomes if o.status == "failed"],
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        for_script={name: words.texts[f"review.{name}"] for name in _SCRIPT},
        words=words,
    )  # fmt: skip
    made.enable_buffering(_TOGETHER)
    return made


def _todo(total: Counter[RowState], words: Wording) -> str:
    check = sum(total[state] for state in STATES if state not in ("english", "gone"))
    amounts = (("fold.english", total["english"]), ("review.check", check), ("fold.gone", total["gone"]))
    return words.commas([words(key, number=number) for key, number in amounts if number])


def _entries(
    document: DocumentReview,
    found: Sequence[Row],
    provenance: Provenance,
    words: Wording,
    report: LanguageReport,
    address: str,
) -> Iterator[Entry]:
    lost = [flag.text for flag in document.flags if flag.kind == "previous translation"]
    for row in found:
        subject, why = row.subject, ""
        remarks: tuple[Markup, ...] = ()
        if isinstance(subject, Unfinished):
            why = _why(subject, document.path, provenance, words)
            remarks = tuple(_remarks(subject, document.path, provenance, words, report.language))
        elif isinstance(subject, Gone):
            ask = any(subject.text in text or text in subject.text for text in lost)
            why = words("gone.check" if ask else "gone.replaced")
        elif isinstance(subject, Flag):
            why = words(f"review.note.{subject.kind}")
            row = replace(row, target=inline(words.message(subject.text)))
        elif subject:
            piece = words(f"piece.{subject.kind}")
            why = words("review.lacks" if subject.missing else "review.surplus", kind=piece)
            why = words("structure.kept", difference=why) if subject.kept else why
        edited = row.line if row.state != "human" else 0
        link = links.edit_address(address, report.branch, document.path, edited) if edited else ""
        yield Entry(row, why, remarks, link)


def _hints(document: DocumentReview, words: Wording) -> list[Markup]:
    """What needs no decision."""
    hints = []
    for flag in document.flags:
        if not flag.asks:
            kind = words(f"review.note.{flag.kind}")
            place = words("line", line=str(flag.line))
            text = words("flag.at", place=place, kind=kind, text=flag.text)
            hints.append(inline(text if flag.line else words("flag", kind=kind, text=flag.text)))
    return hints


def _why(one: Unfinished, path: str, provenance: Provenance, words: Wording) -> str:
    """Why the text of a sentence is as it is: what a sync knows, or else what its state says."""
    segment, kept = provenance.drafts.get((path, one.source)), provenance.kept.get((path, one.source))
    if segment and one.state in ("draft", "reused") and segment.origin != "english":
        what = draft_notes.origin(segment, words)
        return words("by", what=what, engine=segment.engine) if segment.engine else what
    if kept and one.state == "kept":
        what = words(f"kept.{kept.kind}")
        return words("carried_over", what=what) if kept.applied else what
    if one.state == "english":
        failed = segment and segment.reason and segment.cause != "unmatched"
        return words("review.not_drafted", reason=segment.reason) if segment and failed else ""
    return words("review.unread" if one.state == "draft" else f"state.{one.state}")


def _remarks(one: Unfinished, path: str, provenance: Provenance, words: Wording, language: str) -> Iterator[Markup]:
    """What may help with a sentence: what a repair left, what its words say against it, terms, similar sentences."""
    segment = provenance.drafts.get((path, one.source))
    if segment is None:
        return
    if segment.repair:
        yield from map(inline, draft_notes.unfinished(segment.repair, words))
        yield from map(inline, draft_notes.untranslated(segment.repair, words))
    yield from map(inline, draft_notes.doubts(segment, words))
    for term in segment.ignored:
        yield inline(words("sentence.term", source=term.source, targets=words.any_of(term.targets)))
    for match in segment.suggestions:
        document = match.provenance.document
        place = words("place.document", document=document) if document else words("place.here")
        head = words("review.similar", percent=words.percent(match.score), place=place)
        similar = marked(word_changes(match.source, one.source), " ")
        yield Markup('{}<br><span lang="en" dir="ltr">{}</span><br><span lang="{}" dir="{}">{}</span>').format(
            head, similar, language, direction(language), inline(match.target)
        )


def _command(language: str, address: str, path: str) -> str:
    """What says that people have reviewed a document (or all), in a comment or on this machine."""
    if not address:
        return " ".join(["amts reviewed --language", shlex.quote(language), *([shlex.quote(path)] if path else [])])
    return " ".join([REVIEWED, *([f'"{path}"' if re.search(r"\s", path) else path] if path else [])])


def _policy(style: str, script: str) -> str:
    """Only this script and this style; pictures only from the page itself."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script))
    return (
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    ).format(*hashes)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.reporting.review_page", "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
