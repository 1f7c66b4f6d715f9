"""What a run prints to a terminal: a table per language, and a line for every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from bot.drafting.report import STATUSES, LanguageReport, many, rough
from bot.errors import redacted

if TYPE_CHECKING:
    from bot.drafting.estimate import Estimate
    from bot.engines.amazon.custom_data import Imported
    from bot.findings import Finding, State
    from bot.parallel_data.dataset import ParallelData
    from bot.planning.book_plan import ChangeKind
    from bot.terminology.glossary import Glossary


_DRAFTED: Mapping[ChangeKind, str] = {"add": "new", "restore": "restored", "rename": "moved", "delete": "removed"}
"""The status of a drafted document by its kind of change; an edited one gets no further note."""

_SIGNS: Mapping[State, tuple[str, str]] = {"good": ("✓", "green"), "doubtful": ("?", "yellow"), "bad": ("✗", "red")}

_WIDEST = 2_000
"""Maximum characters of a table line in a file: no path is that long."""

_FOLDED = 12
"""Characters to which a column of paths or notes may be narrowed, at least."""

_NOTES = 20
"""Lines about what is left to people; the page has more."""


def show(report: LanguageReport, console: Console) -> None:
    """One language: its state, a row per document, where the pull request is."""
    shows = f": `amts review` shows {'it' if report.waiting == 1 else 'them'}" if report.waiting else ""
    console.print(Text.assemble((report.language, "bold"), f"  {report.words}{shows}"), soft_wrap=True)
    if report.outcomes:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("document", overflow="fold", min_width=30)
        table.add_column("", no_wrap=True)
        for name in ("blocks kept", "to translate", "to check"):
            table.add_column(name, justify="right")
        rows = list(_rows(report))
        for path, status, *figures in rows:
            table.add_row(Text(path), status, *(f"{f:,}" if f else "·" for f in figures))
        table.add_section()
        total = [sum(numbers) for numbers in zip(*(figures for _, _, *figures in rows), strict=True)]
        table.add_row(many(len(rows), "document"), "", *(f"{n:,}" for n in total), style="bold")
        show_table(table, console)
    if report.documents:
        from bot.reporting.pull_request_page import todo
        from bot.reporting.wording import ENGLISH, wording

        console.print(f"  {todo(report.documents, wording(ENGLISH)).replace('**', '')}", soft_wrap=True)
    for outcome in report.outcomes:
        if outcome.status == "failed":
            console.print(f"  failed: {outcome.change.path}: {outcome.reason}", markup=False, soft_wrap=True)
    if report.estimate:
        _show_estimate(report.estimate, console)
    for reason, number in _not_drafted(report).most_common(_NOTES):
        console.print(f"  not drafted: {many(number, 'sentence')}: {reason}", markup=False, soft_wrap=True)
    if headline := rough(o.draft for o in report.outcomes):
        console.print(f"  {headline}", soft_wrap=True)
    if report.billed:
        cost = f", about {report.cost:,.2f} USD" if report.price else ""
        console.print(f"  {report.billed:,} characters translated{cost}", soft_wrap=True)
    if waiting := report.postponed:
        size = many(sum(w.sentences for w in waiting), "sentence")
        line = f"  {many(len(waiting), 'document')} ({size}) for later pull requests: "
        console.print(line + _some([f"{w.path} ({w.sentences})" for w in waiting]), markup=False, soft_wrap=True)
    if report.unrecorded:
        line = f"  not synced, because their English version is not recorded: {_some(report.unrecorded)}"
        first = f"first merge {report.adopting}, which records what was found"
        run = f"run amts adopt --language {report.language}, which also names copies that are still in English"
        line += f"; {first if report.adopting else run}"
        console.print(line, markup=False, soft_wrap=True)
    if report.gaps:
        line = f"  not translated: {many(len(report.gaps), 'document')}: {_some(report.gaps)}"
        console.print(line + "; --new PATTERN drafts them", markup=False, soft_wrap=True)
    if report.carried:
        places = list(dict.fromkeys(note.path for note in report.carried))
        line = f"  came along: {many(len(places), 'file')}: {_some(places)}"
        console.print(line, markup=False, soft_wrap=True)
    for left in report.for_people[:_NOTES]:
        console.print(f"  to do by hand: {left.path}: {left.text}", markup=False, soft_wrap=True)
    if len(report.for_people) > _NOTES:
        console.print(f"  to do by hand: {len(report.for_people) - _NOTES:,} more things, on the page", soft_wrap=True)
    for pattern in report.idle:
        console.print(f"  no document matches {pattern}", markup=False, soft_wrap=True)
    for note in report.notes:
        console.print(f"  note: {note}", markup=False, soft_wrap=True)
    if report.unreported:
        console.print(f"  {report.unreported}", markup=False, soft_wrap=True)
    if report.problem:
        console.print(f"  {report.problem}", markup=False, soft_wrap=True)
    if report.location:
        branch = f" (branch {report.branch})" if report.branch else ""
        console.print(f"  → {report.location}{branch}", markup=False, soft_wrap=True)


def _rows(report: LanguageReport) -> Iterator[tuple[str, str, int, int, int]]:
    """The documents of this sync, then others that wait in the pull request: path, status, and their figures.

    What waits is counted as on the page: after this sync, with all that earlier ones left.
    """
    waiting = {document.path: document for document in report.documents}
    for outcome in report.outcomes:
        status = STATUSES[outcome.status]
        here = outcome.change.kind == "rename" and outcome.change.path == outcome.change.was
        if outcome.status == "drafted" and not here:
            status = _DRAFTED.get(outcome.change.kind, status)
        blocks = outcome.draft.plan.reused if outcome.draft else 0
        left = waiting.pop(outcome.change.path, None)
        yield outcome.change.path, status, blocks, left.to_translate if left else 0, left.to_check if left else 0
    for path, left in waiting.items():
        if left.work:
            yield path, "waits", 0, left.to_translate, left.to_check


def _not_drafted(report: LanguageReport) -> Counter[str]:
    """How many sentences stay English for each reason that the engine or a check gave; a dry run asks neither."""
    if report.state == "planned":
        return Counter()
    drafts = [o.draft for o in report.outcomes if o.draft]
    return Counter(str(s.reason) for d in drafts for s in d.segments if s.reason and s.cause != "unmatched")


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def show_table(table: Table, console: Console) -> None:
    """Prints a table; at full width where the output is not a terminal, since a file cannot be widened.

    A terminal that is too narrow for all of its columns gets each row as lines of its own: no figure is cut off.
    """
    if console.is_terminal and _least(table) > console.width:
        for row in zip(*(column.cells for column in table.columns), strict=True):
            _show_row([str(column.header) for column in table.columns], [str(cell) for cell in row], console)
        return
    if not console.is_terminal:
        # Rich never prints wider than its console, whatever width it is given.
        width = Measurement.get(console, console.options.update(max_width=_WIDEST), table).maximum
        console.width = max(console.width, width + len(table.columns))  # it gives an empty column one of its own
    console.print(table)


def _least(table: Table) -> int:
    """The characters in a line that a table needs if every column that can be wrapped is as narrow as it may be."""
    widths = []
    for column in table.columns:
        texts = [str(column.header), *map(str, column.cells)]
        pieces = texts if column.no_wrap else [w for text in texts for w in text.split()]
        widest = max(map(cell_len, pieces), default=0)
        widths.append(max(column.min_width or 0, _FOLDED) if column.overflow == "fold" else widest)
    return sum(widths) + 2 * len(widths)


def _show_row(names: Sequence[str], values: Sequence[str], console: Console) -> None:
    """The first value as a title, the others that are not empty below it."""
    console.print(Text(values[0].strip() or names[0], "bold"))
    pairs = zip(names[1:], values[1:], strict=True)
    console.print(Text("; ".join(f"{name} {value}".strip() for name, value in pairs if value.strip())))


def _show_estimate(estimate: Estimate, console: Console) -> None:
    """What would be sent, by match band."""
    from bot.drafting.estimate import BANDS, SENT

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("  match", "sentences", "characters", ""):
        table.add_column(name, justify="left" if name in ("  match", "") else "right", no_wrap=True)
    for band in BANDS:
        if estimate.sentences[band]:
            sent = "reused" if band not in SENT else "sent" if estimate.sends else "not sent"
            table.add_row(f"  {band}", f"{estimate.sentences[band]:,}", f"{estimate.characters[band]:,}", sent)
    show_table(table, console)
    if not estimate.sends:
        console.print("  nothing would be sent: the engine works on this machine", soft_wrap=True)
        return
    cost = f", about {estimate.cost:,.2f} USD" if estimate.price else ""
    console.print(f"  at most {estimate.sent:,} characters would be sent{cost}", soft_wrap=True)


def show_totals(reports: Sequence[LanguageReport], console: Console) -> None:
    """The last line of a run: how many languages were synced, which failed, and how much waits for people now."""
    failed = [r.language for r in reports if r.failed]
    line = f"{many(len(reports) - len(failed), 'language')} synced"
    line += f", {len(failed)} failed: {', '.join(failed)}" if failed else ""
    if left := sum(r.left for r in reports):
        would = "would wait" if any(r.state == "planned" for r in reports) else "waits" if left == 1 else "wait"
        line += f"; {many(left, 'sentence')} {would} for people"
    console.print(line, soft_wrap=True)


def show_imported(found: Imported, console: Console) -> None:
    """The state of parallel data in Amazon Translate."""
    state = found.status + (f", latest update {found.attempt}" if found.attempt not in ("", "ACTIVE") else "")
    console.print(Text.assemble((found.name, "bold"), f"  {state}"), soft_wrap=True)
    console.print(f"  {found.imported:,} pairs imported, {found.failed:,} failed, {found.skipped:,} skipped")
    if found.message:
        console.print(f"  {found.message}", markup=False, soft_wrap=True)


def show_errors(what: str, data: bytes, console: Console) -> None:
    """The first lines of the service's list of errors."""
    lines = error_lines(data)
    for line in [f"{what}:", *lines[:20], *([f"… and {len(lines) - 20} more lines"] if len(lines) > 20 else [])]:
        console.print(f"  {line}", markup=False, soft_wrap=True)


def error_lines(data: bytes) -> list[str]:
    """The service's list of errors, without secrets."""
    return [redacted(line) for line in data.decode("utf-8", "replace").splitlines()]


def show_finding(finding: Finding, console: Console) -> None:
    """One line for a check, and one for its fix."""
    console.print(Text.assemble(_SIGNS[finding.state], f" {finding.what}: ", finding.detail), soft_wrap=True)
    if finding.fix:
        console.print(f"    → {finding.fix}", markup=False, soft_wrap=True)


def verdict(bad: int, doubtful: int) -> list[str]:
    """The last line of all checks."""
    if not bad and not doubtful:
        return ["Everything is in order."]
    wrong = f"{many(bad, 'problem')} to solve" if bad else ""
    look = f"{many(doubtful, 'thing')} to look at" if doubtful else ""
    return [", ".join(filter(None, (wrong, look)))]


def show_glossary(glossary: Glossary, place: Path | None, console: Console) -> None:
    """The result for the lines of a list of terms."""
    kinds = Counter(p.kind for p in glossary.problems)
    counts = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
    console.print(f"{many(len(glossary.terms), 'term')}" + (f"; lines to look at: {counts}" if counts else ""))
    for problem in glossary.problems:
        console.print(f"  line {problem.line}: {problem.text}", markup=False, soft_wrap=True)
    if place:
        console.print(f"→ {place}", markup=False, soft_wrap=True)


def show_parallel_data(data: ParallelData, place: Path | None, console: Console) -> None:
    """The result for all pairs: a row per reason, adding up to the number aligned."""
    from bot.parallel_data.filters import REASONS

    units = {"sentence": "sentence", "paragraph": "paragraph"}[data.granularity]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{data.aligned:,}", f"{units} pairs aligned, of {many(data.documents, 'document')}")
    for reason, number in sorted(data.dropped.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"−{number:,}", f"{reason}: {REASONS[reason]}" if reason in REASONS else reason)
    table.add_row(f"{len(data.units):,}", "kept", style="bold")
    show_table(table, console)
    console.print(f"{many(data.one_sided, units)} without a partner; content {data.content_hash[:12]}", soft_wrap=True)
    if place:
        console.print(f"→ {place}", markup=False, soft_wrap=True)
