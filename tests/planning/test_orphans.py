"""What people put into a table or list that English deletes."""

from __future__ import annotations

import pytest

from bot.planning.document_plan import plan_document

ROWS = "  <tr><td>{}</td><td>{}</td></tr>\n"
TABS = '<Tab title="{}">\n\n{}\n\n</Tab>\n'
LINE = "| {} | {} |\n"


@pytest.mark.parametrize(
    ("opening", "entry", "closing"),
    [
        ("<table>\n", ROWS, "</table>\n"),
        ("<Tabs>\n", TABS, "</Tabs>\n"),
        ("| {} | {} |\n|---|---|\n", LINE, ""),
    ],
)
def test_an_entry_of_the_translators_own_goes_with_its_list_and_is_listed(
    opening: str, entry: str, closing: str
) -> None:
    def book(head: tuple[str, str], *entries: tuple[str, str], end: str) -> str:
        inside = "".join(entry.format(*one) for one in entries)
        return f"{opening.format(*head)}{inside}{closing}\n{end}\n"

    start, mid = "# Boats\n\nThey float on water.\n\n", "# Barcos\n\nFlotan en el agua.\n\n"
    english = book(
        ("Sail", "Its use here"),
        ("Jib", "It is set in front of the mast."),
        ("Spinnaker", "Only before the wind."),
        end="Masts are tall.",
    )
    ours = book(
        ("Vela", "Su uso aquí"),
        ("Foque", "Se iza delante del mástil."),
        ("Vela latina", "Muy común en el sur de Europa, y antigua."),
        ("Espináquer", "Solo con viento de popa."),
        end="Los mástiles son altos.",
    )
    plan = plan_document(start + english, start + "Masts are tall.\n", mid + ours, language="es")
    assert "".join(map(str, plan.parts)) == mid + "Los mástiles son altos.\n"
    listed = " ".join(flag.text for flag in plan.flags if flag.kind == "previous translation")
    assert "Vela latina" in listed and "Muy común" in listed


def test_what_people_put_into_an_item_does_not_get_into_another_one() -> None:
    english = "1. Open the lid.\n\n   Look inside of it.\n\n{}. Go away.\n"
    ours = "1. Abre la tapa.\n\n   Mira dentro.\n\n{}. Vete.\n"
    deleted = english.format("2. Close the lid.\n\n   Lock it with a key.\n\n3")
    held = ours.format(
        "2. Cierra la tapa.\n\n   Ciérrala con llave.\n\n   La llave está en el cajón, no lo olvides.\n\n3"
    )
    plan = plan_document(deleted, english.format(2), held, language="es")
    assert "".join(map(str, plan.parts)) == ours.format(2)
    assert "La llave está en el cajón, no lo olvides." in [flag.text for flag in plan.flags]


def test_an_item_of_another_depth_is_no_translation_of_one() -> None:
    english = "- Sails of the boat\n{}- Anchors of the boat\n"
    ours = "- 船的帆\n{}- 船的锚\n"
    masts, held = "- Masts of the boat\n  - The main mast\n", "- 船的桅杆\n  - 主桅杆\n  - 译者自己加的后桅杆说明\n"
    plan = plan_document(english.format(masts), english.format(""), ours.format(held), language="zh")
    assert "".join(map(str, plan.parts)) == ours.format("")
