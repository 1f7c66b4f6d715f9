"""The results of an evaluation as Markdown, JSON and CSV: a row for each document, and the average."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from bot.drafting.report import many
from bot.evaluation.arms import Arm
from bot.evaluation.results import Evaluation, Result, Step
from bot.evaluation.scores import MEASURES, Figure, Measure
from bot.reporting.quoting import code

ROUGH = (
    "Only prose counts: code, math, references, links and marks are taken out of both texts, since whoever copies them "
    "is always right. Segments are paragraphs. A segment without an answer counts as its source. BLEU, chrF and TER go "
    "from 0 to 1; of TER less is better. ± is half the interval of 95% of a bootstrap over segments; p says how likely "
    "chance alone makes so large a difference to the first arm. *As written* is the average of BLEU with the code, "
    "math and references inside segments counted, for comparison with figures that count them."
)

_COUNTS = ("pairs", "taken out", "no answer", "characters")


def markdown(found: Evaluation) -> str:
    """The layout of the published tables: documents by arms in both directions, then the details of the averages."""
    lines = [
        f"{many(len(found.held.documents), 'document')} held out, {many(len(found.held.units), 'paragraph')} "
        f"({found.held.dropped} more are no prose, or have no translation). {ROUGH}",
        "",
        "## BLEU",
        "",
        *table(["document", *(_column(r) for r in found.results)], _by_document(found)),
        "",
        "## All segments together",
        "",
        *table(
            ["direction", "arm", *MEASURES, "p (BLEU)", "as written", *_COUNTS, "seconds"],
            [_whole(r) for r in found.results],
        ),
        "",
        '"Taken out" are pairs that say what a held-out sentence says'
        + (f", and {many(found.terms_left_out, 'term')} of the list" if found.terms_left_out else "")
        + ": nothing was learned from them.",
        "",
        *(f"- {measure} of {language}: `{text}`" for language, measure, text in _signatures(found.results)),
    ]
    return "\n".join(lines) + "\n"


def json_text(found: Evaluation) -> str:
    """Everything, for programs."""
    fields = {
        "documents": found.held.documents,
        "segments": len(found.held.units),
        "dropped": found.held.dropped,
        "terms_left_out": found.terms_left_out,
        "results": [_whole_json(r) for r in found.results],
    }
    return json.dumps(fields, indent=1, ensure_ascii=False) + "\n"


def csv_text(found: Evaluation) -> str:
    """A row for each document and arm, and one for all segments together (document: *)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", "target", "engine", "data", "document", *MEASURES, "BLEU_margin"])
    for r in found.results:
        for document, figures in (*r.scored.documents.items(), ("*", r.scored.corpus)):
            values = [f"{figures[m].value:.4f}" for m in MEASURES]
            margin = f"{figures['BLEU'].margin:.4f}"
            writer.writerow([*r.languages, r.arm.engine, r.arm.data, document, *values, margin])
    return out.getvalue()


def incremental_markdown(arm: Arm, steps: Sequence[Step]) -> str:
    """A row for each article in order, and the averages."""
    rows = [
        [code(short(s.document)), _shown(s.without), _shown(s.learned), _chance(s.learned), str(s.pairs)] for s in steps
    ]
    means = [sum(f.value for f in column) / max(1, len(steps)) for column in _columns(steps)]
    rows.append(["**average**", *(f"**{mean:.3f}**" for mean in means), "", ""])
    head = ["document, in this order", "BLEU without those before", "with what people made of them", "p", "pairs more"]
    return "\n".join([f"Articles translated one after another, {arm}.", "", *table(head, rows)]) + "\n"


def incremental_json(arm: Arm, steps: Sequence[Step]) -> str:
    """The same for programs."""
    rows = [
        {"document": s.document, "without": s.without.value, "learned": s.learned.value, "pairs": s.pairs}
        for s in steps
    ]
    return json.dumps({"engine": arm.engine, "data": arm.data, "steps": rows}, indent=1, ensure_ascii=False) + "\n"


def _columns(steps: Sequence[Step]) -> tuple[list[Figure], list[Figure]]:
    return [s.without for s in steps], [s.learned for s in steps]


def _chance(figure: Figure) -> str:
    return "" if figure.p is None else f"{figure.p:.3f}"


def short(document: str) -> str:
    """The short name of a document: its file name without the extension, or its folder for an ``index`` file."""
    path = PurePosixPath(document)
    return path.parent.name if path.stem == "index" and path.parent.name else path.stem


def _column(result: Result) -> str:
    return f"{result.languages[0]}→{result.languages[1]}: {result.arm}"


def _by_document(found: Evaluation) -> Iterator[list[str]]:
    for document in found.held.documents:
        if all(document in r.scored.documents for r in found.results):
            yield [code(short(document)), *(_shown(r.scored.documents[document]["BLEU"]) for r in found.results)]
    yield ["**average**", *(f"**{r.scored.average():.3f}**" for r in found.results)]


def _whole(result: Result) -> list[str]:
    figures = result.scored.corpus
    return [
        f"{result.languages[0]}→{result.languages[1]}",
        str(result.arm),
        *(_shown(figures[m]) for m in MEASURES),
        _chance(figures["BLEU"]),
        f"{result.as_written:.3f}",
        *(f"{n:,}" for n in (result.pairs, result.leaked, result.unanswered, result.characters)),
        f"{result.seconds:.0f}",
    ]


def _whole_json(result: Result) -> dict[str, Any]:
    def as_json(figures: Mapping[Measure, Figure]) -> dict[str, Any]:
        return {m: {"value": f.value, "margin": f.margin, "p": f.p} for m, f in figures.items()}

    return {
        "languages": result.languages,
        "engine": result.arm.engine,
        "data": result.arm.data,
        "average": {m: result.scored.average(m) for m in MEASURES},
        "average_as_written": result.as_written,
        "corpus": as_json(result.scored.corpus),
        "documents": {d: as_json(f) for d, f in result.scored.documents.items()},
        "signatures": dict(result.scored.signatures),
        "pairs": result.pairs,
        "leaked": result.leaked,
        "unanswered": result.unanswered,
        "characters": result.characters,
        "seconds": round(result.seconds, 1),
    }


def _signatures(results: Iterable[Result]) -> list[tuple[str, str, str]]:
    return list(dict.fromkeys((r.languages[1], m, r.scored.signatures[m]) for r in results for m in MEASURES))


def _shown(figure: Figure) -> str:
    return f"{figure.value:.3f} ±{figure.margin:.3f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a Markdown table; all columns but the first are numbers."""
    yield f"| {' | '.join(head)} |"
    yield "|:--" + "|--:" * (len(head) - 1) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
