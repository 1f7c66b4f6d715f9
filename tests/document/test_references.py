"""The keys of reference links are written out for engines, where a document defines them."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.document.references import explicit, labels

DEFINED = labels(parse("Text.\n\n[The Manual]: https://a.b/m\n[`code`]: u\n[sea\nmap]: u\n\n```\n[no]: u\n```\n"))


def test_what_is_defined() -> None:
    assert {"the manual", "`code`"} <= DEFINED and "no" not in DEFINED


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Read [the manual][] now.", "Read [the manual][the manual] now."),
        ("Read [the\nmanual] now.", "Read [the\nmanual][the manual] now."),
        ("Read [the manual]. [The manual]!", "Read [the manual][the manual]. [The manual][The manual]!"),
        ("![the manual]", "![the manual][the manual]"),
        ("Read [the manual](u) or [the manual][x].", "Read [the manual](u) or [the manual][x]."),
        ("Read [other][] and [this].", "Read [other][] and [this]."),
        ("Use [`code`][].", "Use [`code`][]."),
        ("`[the manual]` and \\[the manual\\]", "`[the manual]` and \\[the manual\\]"),
        ("[the manual]: u", "[the manual]: u"),
    ],
)
def test_keys_are_written_out(text: str, wanted: str) -> None:
    assert explicit(text, DEFINED) == wanted
    assert explicit(text, frozenset()) == text
