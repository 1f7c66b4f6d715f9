"""The prompt for language models: one golden file per situation, and what no book can do to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.accounts import pairs
from support.examples import examples

from bot.document.segment import Segment
from bot.engines.llm import prompt
from bot.engines.resources import Resources
from bot.parallel_data.translation_memory import Memory
from bot.style.preferences import Style
from bot.terminology.glossary import Term
from bot.terminology.terms import Terminology

FOLDER = Path(__file__).parent / "prompts"

DATA = pairs(
    ("The keel keeps the boat upright.", "La quilla mantiene el barco derecho."),
    ("A boat with a shallow keel turns fast.", "Un barco con poca quilla vira deprisa."),
    ("A boat with a keel turns slowly.", "Un barco con quilla vira despacio."),
    ("Sails are made of cloth.", "Las velas son de tela."),
)
TERMS = Terminology("es", (Term("keel", ("quilla",), 1), Term("sail", ("vela",), 2), Term("oar", ("remo",), 3)))

SITUATIONS: dict[str, tuple[Segment, Resources]] = {
    "new-sentence": (
        Segment(
            "A boat with a deep keel turns slowly, as `turn()` and :numref:`fig_turn` show.",
            "paragraph",
            before="The keel keeps the boat upright.",
            after="Try it.",
        ),
        Resources(DATA),
    ),
    "replaced-sentence": (
        Segment(
            "We call `turn(90)` and the **boat** goes about within [three lengths](a.md#b).",
            "paragraph",
            old_source="We call `turn(90)` and the **boat** goes about within [two lengths](a.md#b).",
            old_target="Llamamos a `turn(90)` y el **barco** vira en [dos esloras](a.md#b).",
            similarity=0.9,
        ),
        Resources(DATA),
    ),
    "heading": (Segment("Turning a Boat with $n$ Sails", "heading"), Resources(DATA)),
    "table-cell": (Segment("deep keel", "row"), Resources(DATA)),
    "with-terms": (
        Segment("The sails and the keel work together.", "paragraph"),
        Resources(DATA, configured=Style(quotes="guillemets"), terminology=TERMS),
    ),
    "with-instructions": (
        Segment("Haul the sheet.", "paragraph"),
        Resources(DATA, instructions="Tutea al lector.\nNo traduzcas “winch”.\n"),
    ),
    "second-try": (Segment("See `a`, then go.", "paragraph"), Resources(DATA)),
}


def written(name: str) -> str:
    segment, resources = SITUATIONS[name]
    terms = prompt.terms_in([segment], resources)
    rejected = ('{"translation": "Mira."}', "the engine lost `a`") if name == "second-try" else None
    head = prompt.head(("en", "es"), resources.style, terms, resources.instructions)
    return f"{head}\n=== request ===\n{prompt.request(segment, resources.memory, rejected)}\n"


@pytest.mark.parametrize("name", SITUATIONS)
def test_golden(name: str) -> None:
    """After a change on purpose, write ``written(name)`` to the file and read it."""
    assert (FOLDER / f"{name}.txt").read_text(encoding="utf-8") == written(name)


@examples(60)
@given(st.text(), st.text(), st.text())
def test_no_text_leaves_its_field(source: str, before: str, old: str) -> None:
    segment = Segment(source, "paragraph", before=before, old_source=old, old_target=old)
    said = prompt.request(segment, Memory(()), (source, before))
    assert said.startswith("<segment>\n{") and said.endswith("}\n</segment>") and said.count("<") == 2
    fields = json.loads(said.removeprefix("<segment>\n").removesuffix("\n</segment>"))
    assert set(fields) <= {"kind", "before", "after", "examples", "replaces", "english", "names", "rejected"}
    assert source not in prompt.head(("en", "es"), Style(), (), "") or len(source) < 20, "nor is it in the head"


def test_an_evaluation_translates_back() -> None:
    said = prompt.head(("es", "en"), Style(), (), "")
    assert said.startswith(
        "You translate a technical book from the language with the tag es into the language with the tag en."
    )
