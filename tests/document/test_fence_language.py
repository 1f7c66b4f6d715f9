"""Info strings of all flavours name their language."""

from __future__ import annotations

import pytest

from bot.document.fence_language import PLAIN, language_of
from bot.document.model import Block


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        ("python {3-5}", "python"),
        ("{code-cell} ipython3", "python"),
        ("{code-cell}", "python"),
        ("{code-block} sql", "sql"),
        ("{code} python", "python"),
        ("{.python .input n=3}", "python"),
        ("{.input .python}", "python"),
        ("{ .yaml .annotate }", "yaml"),
        ("{r, echo=FALSE}", "r"),
        ("{r setup}", "r"),
        ("{{python}}", "python"),
        ("rust,editable", "rust"),
        ('js title="a.js"', "js"),
        ("js{1,3}", "js"),
        ("vue-html{3}", "html"),
        ("eval_rst", "rst"),
        ("jsonc", "json5"),
        ("", PLAIN),
        ("mermaid", PLAIN),
        ("output", PLAIN),
        ("{list-table} Boats", PLAIN),
    ],
)
def test_the_language_is_found(info: str, language: str) -> None:
    assert language_of(Block("code", "", "", (), info)) == language
