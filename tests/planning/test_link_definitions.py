"""The links of a draft have their definitions, whatever became of those in English."""

from __future__ import annotations

import pytest

from bot.document.sentences import normal
from bot.planning.document_plan import plan_document

OLD = "See [the harbour][1] of boats.\n\n[1]: https://harbour.example\n"
HELD = "Mira [el puerto][port] de barcos.\n\n[port]: https://port.example/boats\n"


def drafted(new: str, held: str) -> str:
    plan = plan_document(OLD, new, held, language="es")
    return normal("".join(p if isinstance(p, str) else p.laid_out(p.source) for p in plan.parts))


def test_a_link_that_english_added_keeps_its_definition() -> None:
    """The translation has a definition of its own for the one that English seems to have changed."""
    new = (
        "See [the harbour][port] of boats. The [crew][crew] waits.\n\n"
        "[port]: https://port.example/boats\n[sea]: https://sea.example/1\n[crew]: https://crew.example/a\n"
    )
    text = drafted(new, HELD)
    assert text.count("[port]: https://port.example/boats") == 1 and text.count("[crew]: https://crew.example/a") == 1


@pytest.mark.parametrize("link", ["[the crew][]", "[the crew]"])
def test_a_link_without_a_key_is_found_too(link: str) -> None:
    new = f"See [the harbour][1] of boats. Here is {link}.\n\n[The Crew]: https://crew.example/a\n"
    assert drafted(new, HELD).count("[The Crew]: https://crew.example/a") == 1


def test_a_definition_that_the_words_of_people_still_need_stays() -> None:
    held = "Mira [el puerto][1] de barcos. Y [otro][own].\n\n[1]: https://harbour.example\n[own]: https://own.example\n"
    new = "See [the harbour](https://harbour.example) of boats.\n"
    text = drafted(new, held)
    assert ("[own]: https://own.example" in text) is ("[otro][own]" in text)
    assert ("[1]: https://harbour.example" in text) is ("[el puerto][1]" in text)


def test_a_link_that_never_had_a_definition_gets_none() -> None:
    held = HELD.replace("[port]: https://port.example/boats", "Y [más][1].")
    assert "[1]:" not in drafted(OLD.replace("boats.", "boats. And ships."), held.replace("[port]", "[1]"))
