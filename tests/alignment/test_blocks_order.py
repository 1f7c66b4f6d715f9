"""Entries that a translation has in another order are paired by what they are called."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.blocks import align_translation
from bot.alignment.order import order
from bot.document.markdown import parse
from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document

Made = Callable[[int, str], str]
"""The text of entry ``n``, with its definition."""

MEANINGS = [
    "It ties.",
    "It floats on the water.",
    "It has a long shaft of steel.",
    "It rings.",
    "It is a kind of sail.",
]
TRANSLATED = ["Es knüpft.", "Es schwimmt oben.", "Es hat einen langen Schaft.", "Es läutet.", "Es ist ein Segel."]

ENTRIES: dict[str, tuple[Made, Made]] = {
    "ids of headings": (
        lambda n, said: f"### Thing {'abcde'[n]} {{#t{n}}}\n\n{said}\n\n",
        lambda n, said: f"### Ding {'vwxyz'[n]} {{#t{n}}}\n\n{said}\n\n",
    ),
    "headings as GitHub names them": (
        lambda n, said: f"### Thing {'abcde'[n]}\n\n{said}\n\n",
        lambda n, said: f"### Ding {'vwxyz'[n]} {{#thing-{'abcde'[n]}}}\n\n{said}\n\n",
    ),
    "labels": (
        lambda n, said: f"(t-{n})=\n### Thing {'abcde'[n]}\n\n{said}\n\n",
        lambda n, said: f"(t-{n})=\n### Ding {'vwxyz'[n]}\n\n{said}\n\n",
    ),
    "anchors": (
        lambda n, said: f'### <a id="t{n}"></a>Thing {"abcde"[n]}\n\n{said}\n\n',
        lambda n, said: f'### <a id="t{n}"></a>Ding {"vwxyz"[n]}\n\n{said}\n\n',
    ),
    "link targets": (
        lambda n, said: f"- [Thing {'abcde'[n]}](https://example.org/t{n})\n\n  {said}\n\n",
        lambda n, said: f"- [Ding {'vwxyz'[n]}](https://example.org/t{n})\n\n  {said}\n\n",
    ),
    "code spans": (
        lambda n, said: f"- `thing_{n}`: {said}\n",
        lambda n, said: f"- `thing_{n}`: {said}\n",
    ),
    "definitions": (
        lambda n, said: f"Thing {'abcde'[n]} (`t_{n}`)\n: {said}\n\n",
        lambda n, said: f"Ding {'vwxyz'[n]} (`t_{n}`)\n: {said}\n\n",
    ),
    "rows": (
        lambda n, said: f"| Thing {'abcde'[n]} | `t_{n}` | {said} |\n",
        lambda n, said: f"| Ding {'vwxyz'[n]} | `t_{n}` | {said} |\n",
    ),
}
FRAMES = {"rows": ("| A | B | C |\n|---|---|---|\n", "| X | Y | Z |\n|---|---|---|\n")}


def texts(kind: str, sequence: list[int], meanings: list[str]) -> tuple[str, str]:
    """The English and a translation with its entries in ``sequence``."""
    english, target = ENTRIES[kind]
    heads = FRAMES.get(kind, ("", ""))
    return (
        "# Things\n\nA list.\n\n" + heads[0] + "".join(english(n, meanings[n]) for n in range(5)),
        "# Dinge\n\nEine Liste.\n\n" + heads[1] + "".join(target(n, TRANSLATED[n]) for n in sequence),
    )


@pytest.mark.parametrize("kind", ENTRIES)
@given(sequence=st.permutations(range(5)), changed=st.integers(0, 4))
def test_a_changed_meaning_is_drafted_in_its_own_entry(kind: str, sequence: list[int], changed: int) -> None:
    old, target = texts(kind, sequence, MEANINGS)
    meanings = [*MEANINGS[:changed], "Nobody knows what it is good for, these days.", *MEANINGS[changed + 1 :]]
    new, _ = texts(kind, sequence, meanings)
    plan = plan_document(old, new, target, language="de")
    said = TRANSLATED[changed]
    draft = draft_document(plan, {}, old=old, new=new).text
    assert draft == target.replace(said, meanings[changed])
    assert len(plan.segments) == 1


@given(sequence=st.permutations(range(5)))
def test_every_block_is_in_one_bead(sequence: list[int]) -> None:
    english, target = (parse(text).blocks for text in texts("ids of headings", sequence, MEANINGS))
    beads = align_translation(english, target)
    assert [i for left, _ in beads for i in left] == list(range(len(english)))
    assert sorted(j for _, right in beads for j in right) == list(range(len(target)))


def test_the_usual_order_is_left_to_the_alignment() -> None:
    english, target = (parse(text).blocks for text in texts("ids of headings", [0, 1, 2, 3, 4], MEANINGS))
    assert order(english, target).displaced == ()


def test_sections_that_cannot_be_told_apart_stay_where_they_are() -> None:
    old = "## One\n\nThe first of them is short.\n\n## Two\n\nThe second one is quite a bit longer than that.\n"
    target = "## Zwei\n\nDer zweite ist um einiges länger als jener.\n\n## Eins\n\nDer erste ist kurz.\n"
    assert order(parse(old).blocks, parse(target).blocks).displaced == ()


def test_one_atom_in_a_long_section_is_no_identity() -> None:
    filler = "Some words.\n\n" * 9
    old = f"## One\n\nSee `a_b`.\n\n{filler}## Two\n\nSee `c_d`.\n\n{filler}"
    target = f"## Eins\n\nSiehe `c_d`.\n\n{filler}## Zwei\n\nSiehe `a_b`.\n\n{filler}"
    assert order(parse(old).blocks, parse(target).blocks).displaced == ()


def test_items_of_a_section_that_is_elsewhere_may_be_in_another_order_too() -> None:
    def section(name: str, letter: str, items: str) -> str:
        return f"## {name} {{#{letter}}}\n\n" + "".join(f"- `{letter}_{n}` {name.lower()}\n" for n in items) + "\n"

    old = parse(section("Rope", "r", "123") + section("Sail", "s", "123")).blocks
    target = parse(section("Segel", "s", "321") + section("Seil", "r", "213")).blocks
    names = {
        tuple(key.split()[1] for key in (old[left[0]].text, target[right[0]].text))
        for left, right in align_translation(old, target)
        if old[left[0]].kind == "paragraph"
    }
    assert names == {(f"`{a}_{n}`",) * 2 for a in "rs" for n in "123"}


def test_a_new_entry_follows_its_english_neighbour() -> None:
    old, target = texts("ids of headings", [4, 2, 0, 1, 3], MEANINGS)
    place = old.index("### Thing d")
    new = old[:place] + "### New {#new}\n\nIt is new.\n\n" + old[place:]
    plan = plan_document(old, new, target, language="de")
    draft = draft_document(plan, {}, old=old, new=new).text
    place = target.index("### Ding v")  # behind the translation of thing c
    assert draft == target[:place] + "### New {#new}\n\nIt is new.\n\n" + target[place:]
