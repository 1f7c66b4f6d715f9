"""Markdown for people: readable, and escaped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.document.markdown import parse
from bot.reporting.review_page.reading import block, inline

HOSTILE = st.sampled_from(
    "<script>x()</script>|<img src=x onerror=x()>|`<b>`|$<b>$|**|*|_|](javascript:x)|[a]|\n|\"|'|&lt;|<!--|{{< x >}}"
    "|$$\\text{<b>}$$|\u202e|\x00|a| |```\n|# |![<i>](x.png)".split("|")
)
ELEMENTS = {"div", "p", "strong", "em", "code", "small", "br", "pre", "figure", "figcaption", "span", "img"}
TEXTS = st.lists(HOSTILE, max_size=12).map("".join)


@given(TEXTS)
def test_no_text_of_a_book_becomes_markup(text: str) -> None:
    blocks = (block(one, lambda name: "") for one in parse(text).blocks)
    for made in (inline(text), *blocks):
        tree = html.fragment_fromstring(str(made), create_parent="div")
        assert all(e.tag in ELEMENTS or e.tag == "math" or e.tag.startswith("m") for e in tree.iter())
        assert not {a for e in tree.iter() for a in e.attrib if a.startswith("on") or a in ("href", "style", "id")}


def test_inline_pieces_are_readable() -> None:
    made = inline("**Bold**, *soft*, 很*重要*的 `a < b`, $x^2$, :numref:`fig_1`, [here](https://example.org).")
    tree = html.fragment_fromstring(made, create_parent="div")
    assert [e.text for e in tree.xpath(".//strong | .//em")] == ["Bold", "soft", "重要"]
    assert [e.text for e in tree.xpath(".//code")] == ["a < b", ":numref:`fig_1`"]
    assert len(tree.xpath(".//math")) == 1 and tree.xpath(".//small/text()") == ["(https://example.org)"]


def test_blocks_are_readable() -> None:
    text = (
        "# Title\n\n$$a \\ne b$$\n\n```python\nprint('<x>')\n```\n\n![A boat](boat.svg)\n\n![A ship](ship.svg)\n\n"
        "| a | b |\n|:--|:--|\n"
    )
    pictures = {"boat.svg": "data:image/svg+xml;base64,AAAA"}
    made = [block(one, lambda name: pictures.get(name, "")) for one in parse(text).blocks]
    tree = html.fragment_fromstring("".join(made), create_parent="div")
    assert tree.xpath("./p[contains(@class, 'heading')]/text()") == ["Title"]
    assert tree.xpath(".//math/@display") == ["block"]
    assert tree.xpath("./pre/code/text()") == ["print('<x>')"]
    assert tree.xpath(".//img/@src") == ["data:image/svg+xml;base64,AAAA"]
    assert tree.xpath(".//figure/small/text()") == ["ship.svg"]
    assert tree.xpath(".//figcaption/text()") == ["A boat", "A ship"]


def test_a_formula_that_cannot_be_shown_is_code() -> None:
    assert inline(r"$\nothing{x}$") == '<code class="tex">$\\nothing{x}$</code>'
