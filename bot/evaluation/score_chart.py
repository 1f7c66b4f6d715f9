"""A chart of the results of an evaluation: bars by document and arm, with the intervals of their scores."""

from __future__ import annotations

import pygal
from pygal.style import Style

from bot.evaluation.results import Evaluation, Result
from bot.evaluation.score_tables import short

FONTS = "'Noto Sans', 'Noto Sans CJK SC', 'Noto Sans CJK JP', 'Noto Sans CJK KR', sans-serif"
"""Fonts of the viewer: the chart contains real text, so that every script is legible where it is viewed."""


def charts(found: Evaluation) -> dict[str, bytes]:
    """A chart in SVG for each direction, such as en-zh."""
    directions = dict.fromkeys(r.languages for r in found.results)
    return {"-".join(d): _chart([r for r in found.results if r.languages == d], found) for d in directions}


def _chart(results: list[Result], found: Evaluation) -> bytes:
    source, target = results[0].languages
    look = Style(
        font_family=FONTS,
        label_font_size=12,
        legend_font_size=13,
        title_font_size=17,
        value_font_size=10,
        background="white",
        plot_background="white",
        guide_stroke_color="#dddddd",
        major_guide_stroke_color="#dddddd",
        guide_stroke_dasharray="1,0",
        major_guide_stroke_dasharray="1,0",
        colors=("#6b7a8f", "#e0913a", "#2a7f62", "#8e5ea2", "#c0504d", "#4bacc6"),
    )
    chart = pygal.Bar(
        width=max(720, 120 * (len(found.held.documents) + 1)),
        height=460,
        style=look,
        js=[],
        print_values=True,
        formatter=lambda value: f"{value:.3f}",
        truncate_label=-1,
        truncate_legend=-1,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        x_label_rotation=20,
        y_title="BLEU",
        disable_xml_declaration=True,
        title=f"BLEU {source} → {target} against people's translation, with intervals of 95%",
        range=(0, _top(results)),
    )
    chart.x_labels = [*(short(d) for d in found.held.documents), "average"]
    for result in results:
        bars: list[dict[str, object] | float | None] = []
        for document in found.held.documents:
            figure = result.scored.documents.get(document, {}).get("BLEU")
            bars.append(
                None
                if figure is None
                else {
                    "value": round(figure.value, 3),
                    "ci": {"low": max(0.0, figure.value - figure.margin), "high": figure.value + figure.margin},
                }
            )
        chart.add(str(result.arm), [*bars, round(result.scored.average(), 3)])
    return str(chart.render()).encode()


def _top(results: list[Result]) -> float:
    tops = [f["BLEU"].value + f["BLEU"].margin for r in results for f in r.scored.documents.values()]
    return max([*tops, 0.1]) * 1.05
