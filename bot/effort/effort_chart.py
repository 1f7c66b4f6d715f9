"""The effort of post-editing as a picture: SVG with real text, and without scripts."""

from __future__ import annotations

from lxml import etree

from bot.effort.figures import Effort
from bot.errors import AmtsError

_SVG = "{http://www.w3.org/2000/svg}"
_FONTS = "Noto Sans, Noto Sans CJK SC, Noto Sans CJK JP, Noto Sans CJK KR, Arial, sans-serif"


def svg(effort: Effort) -> bytes:
    """Two bars for each language and month: the workload figure, and the share of drafts merged untouched, in percent.

    Raises AmtsError where pygal is not installed.
    """
    try:
        import pygal
        from pygal.style import Style
    except ImportError as error:
        raise AmtsError(
            "the chart cannot be drawn", why="pygal is not installed", fix="pip install 'amts[evaluate]'"
        ) from error
    style = Style(
        background="white",
        plot_background="white",
        colors=("#1f6f8b", "#e0a030"),
        font_family=_FONTS,
        title_font_size=18,
        label_font_size=13,
        major_label_font_size=13,
        legend_font_size=14,
        value_font_size=12,
        value_colors=("black", "black"),
    )
    chart = pygal.Bar(
        style=style,
        js=(),
        title="Post-editing effort",
        legend_at_bottom=True,
        print_values=True,
        print_values_position="top",
        value_formatter=_percent,
        max_scale=10,
        x_label_rotation=30,
        width=max(640, 160 + 90 * len(effort.months)),
        height=420,
        no_data_text="nothing measured",
    )
    chart.x_labels = [f"{m.language} {m.month}" for m in effort.months]
    chart.y_labels = range(_floor(effort), 101, 20)
    for name, figures in (
        ("workload saved", [m.figures.workload for m in effort.months]),
        ("drafts untouched", [m.figures.drafts.untouched for m in effort.months]),
    ):
        chart.add(name, [None if f is None else round(100 * f, 1) for f in figures])
    picture = etree.fromstring(chart.render())
    etree.strip_elements(picture, _SVG + "script", etree.Comment, with_tail=False)
    return etree.tostring(picture, encoding="utf-8", xml_declaration=True)


def _floor(effort: Effort) -> int:
    """The lower end of the scale: 0, or below the lowest figure."""
    least = min((m.figures.workload or 0.0 for m in effort.months), default=0.0)
    return -20 * int(-min(least, 0.0) * 5 + 0.999)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}%"
