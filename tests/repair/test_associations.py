"""What a repair takes out is the translation of what went, to go by how often both are in the same pairs."""

from __future__ import annotations

from itertools import product

import pytest

from bot.repair.associations import takes_another, trimmed
from bot.repair.examples import Examples, gathered
from bot.repair.repair import repair
from bot.repair.splice import Change
from bot.repair.tokens import tokens

CREW = {"sailor": "水手", "captain": "船长", "pilot": "领航员"}
TOOLS = {"rope": "绳索", "sail": "船帆", "anchor": "船锚", "hook": "铁钩"}
WORK = {"moves": "移动", "breaks": "坏了", "stays": "留下"}
PAIRS = [
    pair
    for (a, one), (b, other) in product(CREW.items(), TOOLS.items())
    for pair in [
        (f"The {a} moves the {b}.", f"{one}移动{other}。"),
        (f"The {a} sees the old {b}.", f"{one}看见旧的{other}。"),
        *((f"The old {b} {verb}.", f"旧的{other}{does}。") for verb, does in WORK.items()),
        *((f"The {b} and the {c} hold it.", f"{other}和{third}固定它。") for c, third in TOOLS.items() if c != b),
    ]
]


@pytest.fixture(scope="module")
def examples() -> Examples:
    return gathered(PAIRS, [], "zh")


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("The captain sees the old sail.", "The captain sees the crooked sail.", "船长看见旧的船帆。"),
        ("The captain mends the old rope today.", "The captain mends the new rope today.", "船长今天粉刷旧的绳索。"),
    ],
)
def test_no_new_word_comes_beside_the_old_one(old: str, new: str, target: str, examples: Examples) -> None:
    made = repair(old, new, target, "zh", examples)
    assert made is None or "旧" not in made.text


@pytest.mark.parametrize(
    ("english", "text", "part"),
    [("sail", "船帆用", "船帆"), ("old", "看见旧", "旧"), ("sail", "船帆", "船帆"), ("compass", "船帆用", "船帆用")],
)
def test_a_change_touches_only_the_translation_of_its_word(
    english: str, text: str, part: str, examples: Examples
) -> None:
    target = f"他{text}铁钩。"
    change = trimmed(Change("replaced", 1, 1 + len(text), "绳索"), tokens(english, "en"), target, examples)
    assert target[change.start : change.end] == part


def test_the_ending_of_a_verb_goes_with_it() -> None:
    known = gathered([(f"Boats sink {n}.", f"船が沈没した{n}。") for n in "abcd"] * 2, [], "ja")
    target = "船は沈没してから直す。"
    change = trimmed(Change("removed", 2, 8, ""), tokens("sink", "en"), target, known)
    assert target[change.start : change.end] == "沈没してから"


def test_an_and_goes_with_what_it_joined(examples: Examples) -> None:
    target = "绳索和船锚固定它。"
    change = trimmed(Change("removed", 2, 5, ""), tokens("anchor", "en"), target, examples)
    assert target[change.start : change.end] == "和船锚"


@pytest.mark.parametrize(
    ("touched", "refused"), [("밤에", True), ("밧줄을", True), ("칠한다", False), ("외로운", True)]
)
def test_a_change_of_another_word_is_refused(touched: str, refused: bool) -> None:
    crew = {"sailor": "선원", "captain": "선장", "pilot": "도선사"}
    tools = {"rope": "밧줄", "anchor": "닻줄", "hook": "갈고리"}
    work = {"moves": "옮긴다", "paints": "칠한다"}
    pairs = [
        (f"The {a} {b} the {c}.", f"{one}은 {third}을 {other}.")
        for (a, one), (b, other), (c, third) in product(crew.items(), work.items(), tools.items())
    ]
    pairs += [(f"At night the {a} sleeps.", f"밤에 {one}은 잔다.") for a, one in crew.items()] * 2
    target = "외로운 도선사가 밤에 밧줄을 칠한다."
    at = target.index(touched)
    changes = [Change("replaced", at, at + len(touched), "sharpens")]
    gone, staying = tokens("paints", "en"), tokens("pilot rope night", "en")
    known, ours = gathered(pairs, [], "ko"), tokens(target, "ko")
    assert takes_another(gone, staying, changes, ours, target, known, spaced=True) is refused
