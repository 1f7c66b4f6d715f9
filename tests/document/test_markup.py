"""Which tags and template marks are structure, and which belong to a sentence."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse

CASES = {
    "a component that closes what another block opened": ("Text.\n</Note>\n\n<Note>\n", ["Text."]),
    "a shortcode in a sentence": ("{{< param v >}} is new\n", ["{{< param v >}} is new"]),
    "a shortcode that ends a wrapped sentence": (
        "The version is\n{{< param v >}}\n",
        ["The version is\n{{< param v >}}"],
    ),
    "a shortcode under a sentence": ("The end.\n{{< toc >}}\n", ["The end."]),
    "a shortcode over a sentence": ("{{< toc >}}\nThe start.\n", ["The start."]),
    "a shortcode that a sentence runs on from": (
        "{{< param v >}}\nis the start.\n",
        ["{{< param v >}}\nis the start."],
    ),
    "a pair of shortcodes round a sentence": ("{{< b >}} Text. {{< /b >}}\n", ["Text."]),
    "two pairs in a sentence": (
        "{{< b >}}A{{< /b >}} or {{< b >}}B{{< /b >}}\n",
        ["{{< b >}}A{{< /b >}} or {{< b >}}B{{< /b >}}"],
    ),
    "emphasis round a sentence": ("<b>Text.</b>\n", ["<b>Text.</b>"]),
    "a component in a sentence": ("Use <Link to='x'>this</Link> now.\n", ["Use <Link to='x'>this</Link> now."]),
    "a component round a sentence": ("<Trans>Use this now.</Trans>\n", ["Use this now."]),
    "components in one another": ("<Row><Cell>Text.</Cell></Row>\n", ["Text."]),
    "a component among the lines of a paragraph": ("One.\n<Note>\nTwo.\n</Note>\nThree.\n", ["One.", "Two.", "Three."]),
    "a comment behind a sentence": ("Text. <!-- not this -->\n", ["Text."]),
    "an image over a sentence": ('<img src="a.png">\nText.\n', ["Text."]),
    "a line break between sentences": ("<p>One.\n<br>\nTwo.</p>\n", ["One.\n<br>\nTwo."]),
    "a tag in code": ("Write `<Note>` first.\n", ["Write `<Note>` first."]),
    "a comparison": ("Where a < b and c > d holds.\n", ["Where a < b and c > d holds."]),
    "an address": ("See <https://example.org/a> now.\n", ["See <https://example.org/a> now."]),
    "a placeholder": ("Replace <name> with yours.\n", ["Replace <name> with yours."]),
    "an expression in a sentence": ("It costs {price} today.\n", ["It costs {price} today."]),
    "cells on one line": ("<table>\n<tr><td>A</td><td>B c</td></tr>\n</table>\n", ["A", "B c"]),
    "in a quote": ("> <Note>\n> Text.\n> </Note>\n", ["Text."]),
    "in an item": ("- <Note>\n  Text.\n  </Note>\n", ["Text."]),
}


@pytest.mark.parametrize(("text", "prose"), CASES.values(), ids=CASES)
def test_the_prose_between_marks(text: str, prose: list[str]) -> None:
    assert [content for block in parse(text).blocks for content in block.contents] == prose


def test_a_mark_over_lines_is_one_block() -> None:
    document = parse('{{< figure\n    src="a.png"\n    alt="b" >}}\n\nText.\n')
    assert [(b.kind, b.info) for b in document.blocks] == [("directive", "figure"), ("paragraph", "")]


def test_nesting_counts_items_quotes_and_indented_bodies() -> None:
    document = parse("- a\n  - b\n\n    > c\n\n!!! note\n    d\n\ne\n")
    assert [(b.contents, b.nesting) for b in document.blocks if b.kind == "paragraph"] == [
        (("a",), "i"),
        (("b",), "ii"),
        (("c",), "ii>"),
        (("d",), "b"),
        (("e",), ""),
    ]
