"""What is nested in a list item stays inside it when the marker of the item changes."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.planning.document_plan import plan_document


def draft(old: str, new: str, target: str) -> str:
    parts = plan_document(f"{old}\n\nMore.\n", f"{new}\n\nMore.\n", f"{target}\n\nMás.\n", language="es").parts
    return "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in parts).removesuffix("\n\nMás.\n")


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ("- A.\n  - B.", "10. A.\n    - B.", "- Uno.\n  - Dos.", "10. Uno.\n    - Dos."),
        ("- A.\n  - B.\n    - C.", "1. A.\n   - B.\n     - C.", "- U.\n  - D.\n    - T.", "1. U.\n   - D.\n     - T."),
        ("9. A.\n   - B.", "10. A.\n    - B.", "9. Uno.\n   - Dos.", "10. Uno.\n    - Dos."),
        ("1000. A.\n      - B.", "- A.\n  - B.", "1000. Uno.\n      - Dos.", "- Uno.\n  - Dos."),
        ("- A.\n  - B.", "10. A.\n    - B.", "- Uno.\n    - Dos.", "10. Uno.\n    - Dos."),
        ("10. A.\n    - B.", "- A.\n  - B.", "10. Uno.\n    - Dos.", "- Uno.\n    - Dos."),
        ("> - A.\n>   - B.", "> 10. A.\n>     - B.", "> - Uno.\n>   - Dos.", "> 10. Uno.\n>     - Dos."),
        ("- A.\n\n  > B.", "10. A.\n\n    > B.", "- Uno.\n\n  > Dos.", "10. Uno.\n\n    > Dos."),
        ("- A.\n\n      b\n", "10. A.\n\n        b\n", "- Uno.\n\n      b\n", "10. Uno.\n\n        b\n"),
        ("- A.\n  - B.", "10. A.\n    - B.", "- Uno.\n  - Dos.\n  - Mío.", "10. Uno.\n    - Dos.\n    - Mío."),
        ("- A.\n- C.", "- A.\n  - B.\n- C.", "*   Uno.\n*   Tres.", "*   Uno.\n    - B.\n*   Tres."),
        ("- A.\n  B.", "10. A.\n    B.", "- Uno.\n  Dos.", "10. Uno.\n  Dos."),
        ("- A.\n\t- B.", "10. A.\n\t- B.", "- Uno.\n\t- Dos.", "10. Uno.\n\t- Dos."),
    ],
)
def test_children_stay_inside(old: str, new: str, target: str, expected: str) -> None:
    text = draft(old, new, target)
    assert text == expected
    assert [b.nesting for b in parse(text).blocks][:2] == [b.nesting for b in parse(new).blocks][:2]


def test_a_child_that_is_a_draft_is_inside_with_all_its_lines() -> None:
    old, new = "- A.\n- C.", "- A.\n\n  Nobody rows here. Not\n  in a storm.\n- C."
    text = draft(old, new, "*   Uno.\n*   Tres.")
    assert text == "*   Uno.\n\n    Nobody rows here.\n    Not\n    in a storm.\n*   Tres."


def test_where_markers_do_not_change_nothing_moves() -> None:
    target = "- Uno.\n     - Dos.\n\n   Tres."
    assert draft("- A.\n  - B.\n\n  C.", "- A.\n  - B.\n\n  C.\n\n- D.", target) == f"{target}\n\n- D."


def test_white_space_behind_a_draft_is_no_indentation() -> None:
    old = "- A.\n\n  | B | C |\n  |---|---|\n  | The red boat | x |"
    new = "10. A.\n\n    | B | C |\n    |---|---|\n    | The red boat that Ana rows | x |"
    target = "- Uno.\n\n  | D | T |\n  |---|---|\n  | El barco rojo      | x |"
    wanted = "10. Uno.\n\n    | D | T |\n    |---|---|\n    | The red boat that Ana rows      | x |"
    assert draft(old, new, target) == wanted
