"""Anchors of headings, as people copy them from the address bar."""

from __future__ import annotations

import pytest

from bot.document.anchors import anchors, made_of
from bot.document.markdown import parse


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Knots & Bends", "knots--bends"),
        ("What's new?", "whats-new"),
        ("The `rope` of *hemp*", "the-rope-of-hemp"),
        ("See [the chart](a/b.md)", "see-the-chart"),
        ("Más velas", "más-velas"),
        ("帆与绳（一）", "帆与绳一"),
        ("snake_case - and more", "snake_case---and-more"),
        ("Buying {#buy-it}", "buying"),
    ],
)
def test_the_anchor_of_a_heading(heading: str, anchor: str) -> None:
    assert made_of(heading) == anchor


def test_equal_headings_are_counted() -> None:
    found = anchors(parse("# Summary\n\n## Summary\n\n### Summary\n"))
    assert [sorted(names) for names in found.values()] == [["summary"], ["summary-1"], ["summary-2"]]


@pytest.mark.parametrize(
    "text",
    [
        "## Ropes {#the-id}\n",
        "## Ropes {.x #the-id key=v}\n",
        "## Ropes {/*the-id*/}\n",
        "## Ropes [[the-id]]\n",
        '## <a id="the-id"></a> Ropes\n',
        "## Ropes\n:label:`the-id`\n",
        "(the-id)=\n## Ropes\n",
    ],
)
def test_explicit_ids(text: str) -> None:
    (names,) = anchors(parse(text)).values()
    assert "the-id" in names
