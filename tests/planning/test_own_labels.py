"""Labels of the translation that English has too, later, or in another place."""

from __future__ import annotations

import pytest

from bot.planning.document_plan import plan_document

LABELS = [":label:`sec_sails`", "(sec-sails)=", '<a id="sails"></a>', "{#sails}"]


def drafted(old: str, new: str, target: str) -> str:
    plan = plan_document(old, new, target, language="es")
    return "".join(part if isinstance(part, str) else part.source for part in plan.parts)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_that_english_gives_to_another_heading_is_there_once(label: str) -> None:
    old = "## Masts\n\nA mast holds the sail of a boat.\n\n## Sails\n\nA sail catches the wind.\n"
    target = f"## Mástiles\n\nUn mástil sostiene la vela.\n\n## Velas\n\n{label}\n\nUna vela atrapa el viento.\n"
    new = f"## Masts and sails\n\n{label}\n\nA mast holds the sail of a boat.\n\nA sail catches the wind.\n"
    text = drafted(old, new, target)
    assert text.count(label) == 1 and text.index(label) < text.index("mástil")


@pytest.mark.parametrize("label", LABELS)
def test_a_label_that_english_lacks_stays(label: str) -> None:
    old = "## Masts\n\nA mast holds the sail of a boat.\n\n## Sails\n\nA sail catches the wind.\n"
    target = f"## Mástiles\n\nUn mástil sostiene la vela.\n\n## Velas\n\n{label}\n\nUna vela atrapa el viento.\n"
    assert drafted(old, old.replace("wind.", "wind again."), target).count(label) == 1


def test_a_label_that_the_translation_has_in_two_places_stays_in_both() -> None:
    figure = "![A sail](sail.png)\n:label:`fig_sail`\n"
    old = f"A mast holds the sail of a boat.\n\n{figure}\n{figure}\nA sail catches the wind.\n"
    target = "Un mástil sostiene la vela.\n:label:`fig_sail`\n\nUna vela atrapa el viento.\n:label:`fig_sail`\n"
    assert drafted(old, f"{old}\nIt is made of canvas.\n", target).count(":label:`fig_sail`") == 2
