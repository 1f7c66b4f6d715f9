"""The title that only translators gave to an admonition survives a change of its syntax."""

from __future__ import annotations

import pytest

from bot.planning.admonition_titles import syntax, with_title
from bot.planning.document_plan import plan_document


@pytest.mark.parametrize(
    ("english", "ours", "options", "expected", "flagged"),
    [
        ("> [!NOTE]\n", '!!! note "T"\n', False, "> [!NOTE]\n> **T**\n>\n", "first line"),
        ("  > [!NOTE]\n", ":::note[T]\n", False, "  > [!NOTE]\n  > **T**\n  >\n", "first line"),
        ("> [!NOTE]", '!!! note "T"\n', False, "> [!NOTE]\n> **T**\n>\n", "first line"),
        ("> [!TIP]\n", "> [!NOTE] T\n", False, "> [!TIP] T\n", ""),
        ("```{note}\n", '!!! note "T"\n', False, "```{note}\n**T**\n\n", "first line"),
        ("   :::{note}\n", ":::note[T]\n", False, "   :::{note}\n   **T**\n\n", "first line"),
        ("```{note}\n", '!!! note "T"\n', True, "```{note}\n", "no place"),
        ("```{grid}\n", '!!! note "T"\n', False, "```{grid}\n", "no place"),
        ("```{tip}\n", "```{admonition} T\n", True, "```{admonition} T\n", "keeps its own"),
        (":::{tip}\n", "```{admonition} T\n", False, ":::{tip}\n**T**\n\n", "first line"),
        (":::tip\n", '!!! note "T"\n', False, ":::tip[T]\n", ""),
    ],
)
def test_the_title_stays(english: str, ours: str, options: bool, expected: str, flagged: str) -> None:
    text, flag = with_title(english, "T", ours, "\n", options=options)
    assert text == expected and flagged in flag and bool(flag) == bool(flagged)


def test_the_syntax_of_an_opening_line() -> None:
    lines = ["!!! note", "> [!NOTE]", "```{note}", ":::{note}", ":::note", "::: note", "=== T", "Text"]
    assert [syntax(line) for line in lines] == ["!!!", "[!", "```{", ":::{", ":::", ":::", "===", ""]


def draft(old: str, new: str, target: str) -> tuple[str, list[str]]:
    texts = (f"Text.\n\n{old}\n\nMore.\n", f"Text.\n\n{new}\n\nMore.\n", f"Texto.\n\n{target}\n\nMás.\n")
    plan = plan_document(*texts, language="es")
    text = "".join(p if isinstance(p, str) else p.source for p in plan.parts)
    return text.removeprefix("Texto.\n\n").removesuffix("\n\nMás.\n"), [f.text for f in plan.flags]


def test_the_title_is_part_of_the_body_unless_options_come_first() -> None:
    target, bold = '!!! note "Barcos"\n    Rema.', "**Barcos**\n\n"
    assert draft("!!! note\n    Row.", "```{note}\nRow.\n```", target)[0] == f"```{{note}}\n{bold}Rema.\n```"
    text, flags = draft("!!! note\n    Row.", "```{note}\n:name: a\n\nRow.\n```", target)
    assert text == "```{note}\n:name: a\n\nRema.\n```" and "Barcos" in flags[0]


def test_a_title_that_english_removes_goes_and_is_flagged() -> None:
    for new, wanted in (("> [!NOTE]\n> Row.", "> [!NOTE]\n> Rema."), ("!!! note\n    Row.", "!!! note\n    Rema.")):
        text, flags = draft('!!! note "Boats"\n    Row.', new, '!!! note "Barcos"\n    Rema.')
        assert text == wanted and flags == ["English has no title here any more; the translation had: Barcos"]


def test_a_new_syntax_arrives_although_the_translators_changed_the_kind() -> None:
    text, flags = draft("!!! note\n    Row.", "> [!NOTE]\n> Row.", "!!! nota\n    Rema.")
    assert text == "> [!NOTE]\n> Rema." and not flags


def test_the_bold_line_stays_when_the_body_is_edited_later() -> None:
    target = "> [!NOTE]\n> **Barcos**\n>\n> Rema.\n>\n> No nades nunca en el mar de noche."
    old = "> [!NOTE]\n> Row.\n>\n> Never swim at night in the sea."
    text, _ = draft(old, old.replace("Row", "Everybody rows"), target)
    assert text == target.replace("Rema", "Everybody rows")


def test_windows_line_ends() -> None:
    old, new, target = "!!! note\n    Row.\n", "> [!NOTE]\n> Row.\n", '!!! note "Barcos"\n    Rema.\n'
    parts = plan_document(*(t.replace("\n", "\r\n") for t in (old, new, target)), language="es").parts
    assert parts == ("> [!NOTE]\r\n> **Barcos**\r\n>\r\n> Rema.\r\n",)
