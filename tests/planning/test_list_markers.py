"""What is new in a list is an item of the list of the translation, whatever marks its items."""

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
        ("- A.\n- C.", "- A.\n- B.\n- C.\n- D.", "* Uno.\n* Tres.", "* Uno.\n* B.\n* Tres.\n* D."),
        ("- A.\n- B.", "- New.\n- Newer.\n- A.\n- B.", "+ Uno.\n+ Dos.", "+ New.\n+ Newer.\n+ Uno.\n+ Dos."),
        ("1. A.\n2. C.", "1. A.\n2. B.\n3. C.", "* Uno.\n* Tres.", "* Uno.\n* B.\n* Tres."),
        ("1. A.\n2. B.", "1. A.\n2. B.\n3. C.", "1) Uno.\n2) Dos.", "1) Uno.\n2) Dos.\n3) C."),
        ("- A.\n- B.", "- A.\n- B.\n- C.\n- D.", "1. Uno.\n2. Dos.", "1. Uno.\n2. Dos.\n3. C.\n4. D."),
        ("> - A.", "> - A.\n> - B.", "> * Uno.", "> * Uno.\n> * B."),
        ("- A.\n  - B.", "- A.\n  - B.\n  - C.\n- D.", "* Uno.\n  + Dos.", "* Uno.\n  + Dos.\n  + C.\n* D."),
        ("- A.", "- A.\n- B.\n  - Deep.", "1. Uno.", "1. Uno.\n2. B.\n   - Deep."),
        ("- [ ] A.", "- [ ] A.\n- [x] B.", "* [ ] Uno.", "* [ ] Uno.\n* [x] B."),
    ],
)
def test_a_new_item_has_the_marker_of_the_translators(old: str, new: str, target: str, expected: str) -> None:
    assert draft(old, new, target) == expected


def test_another_list_keeps_its_own_marker() -> None:
    assert draft("- A.", "- A.\n\n1. B.", "* Uno.") == "* Uno.\n\n1. B."
    assert draft("- A.\n\nText.", "- A.\n\nText.\n\n- B.", "* Uno.\n\nTexto.") == "* Uno.\n\nTexto.\n\n- B."


def test_a_marker_that_english_changes_is_changed() -> None:
    text = draft("- A.\n- B.", "1. A.\n2. B.\n3. C.", "- Uno.\n- Dos.")
    assert text == "1. Uno.\n2. Dos.\n3. C."
    assert {b.nesting for b in parse(text).blocks} == {"i"}
