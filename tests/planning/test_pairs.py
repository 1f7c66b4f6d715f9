"""What opens a box, a tab or the like, and what closes it: a draft has both or neither."""

from __future__ import annotations

import random

import pytest

from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.partners import ends, partners
from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document
from bot.planning.layout import Item
from bot.planning.pairs import paired

SYNTAX: dict[str, tuple[str, str, Flavour]] = {
    "block": ("/// {0}", "///", "mkdocs"),
    "container": ("::: {0}", ":::", "vitepress"),
    "directive": ("```{{{0}}}", "```", "myst"),
    "template": ("{{% {0} %}}", "{{% end{0} %}}", "liquid"),
    "shortcode": ("{{{{< {0} >}}}}", "{{{{< /{0} >}}}}", "hugo"),
    "component": ("<{0}>", "</{0}>", "mdx"),
}


WORDS = {
    "A": "Boats such as `Boat` float on the water.",
    "A2": "Boats such as `Boat` float on water, and on ice as well if it is thick.",
    "B": "Never sail out in the dark `night` without a lamp.",
    "B2": "Never sail out in the dark `night` without a lamp and a friend.",
    "C": "The mast in `mast` is made of old pine.",
    "D": "It takes `two` ropes to pull a sail up.",
    "D2": "Two ropes pull up `two` sails, not more.",
    "a": "像 `Boat` 这样的船浮在水上。",
    "b": "没有灯切勿在漆黑的 `night` 里出航。",
    "c": "`mast` 里的桅杆用老松木制成。",
    "d": "拉起一张帆要用 `two` 根绳子。",
}
"""English sentences, and with a small letter their translations."""


def text(blocks: str, syntax: str) -> str:
    """A paragraph for each letter; ``[note`` opens a box and ``note]`` closes it."""
    opens, closes, _ = SYNTAX[syntax]
    out = []
    for block in blocks.split():
        name = block.strip("[]")
        line = opens.format(name) if block[0] == "[" else closes.format(name) if block[-1] == "]" else WORDS[block]
        out.append(line + "\n")
    return "\n".join(out)


def synced(old: str, new: str, target: str, flavour: Flavour) -> tuple[str, list[str]]:
    """The draft where nothing gets a translation, and the text of the translation that it is said to lack."""
    plan = plan_document(old, new, target, language="zh", flavour=flavour)
    lost = [flag.text for flag in plan.flags if flag.kind == "previous translation"]
    return draft_document(plan, {}, old=old, new=new).text, lost


def alone(draft: str, flavour: Flavour) -> list[str]:
    """What opens or closes something and has no partner."""
    document = parse(draft, flavour)
    both = {n for pair in partners(document).items() for n in pair}
    return [document.blocks[n].text for n, end in enumerate(ends(document)) if end and n not in both]


@pytest.mark.parametrize("syntax", SYNTAX)
@pytest.mark.parametrize(
    ("old", "new", "target", "draft"),
    [
        pytest.param("[tip A tip]", "[tip A2 tip] [tip B tip]", "a", "[tip A2 tip] [tip B tip]", id="one more box"),
        pytest.param("[info A info] [tip B tip]", "[info A info]", "[tip b tip]", "", id="a box that went"),
        pytest.param("A [info B info] C [note D note]", "A C", "a c [note d note]", "a c", id="two that went"),
        pytest.param(
            "A [info B info] C [note D note]", "A [info B info] C", "a c [note d note]", "a c", id="one of two went"
        ),
        pytest.param(
            "A [info B info] C [note D note]", "A [tip D2 tip] C", "a c [note d note]", "a [tip D2 tip] c", id="another"
        ),
        pytest.param(
            "[info A info] [tip B tip]",
            "[info A info] [tip B2 tip] [tip C tip]",
            "[info a info] b",
            "[info a info] [tip B2 tip] [tip C tip]",
            id="a box that the translation has without its ends",
        ),
        pytest.param(
            "A [note B note] [info C info]", "A [note D note]", "a [info c info]", "a [note D note]", id="another type"
        ),
        pytest.param("A [note B note]", "A B", "a [note b note]", "a b", id="a box whose text stays"),
        pytest.param("A B", "A [note B note]", "a b", "a [note b note]", id="a box around old text"),
        pytest.param("A [note B note]", "A B2", "a b", "a B2", id="a box that the translation never had"),
        pytest.param("A C", "A2 C", "a [note b note] c", "A2 [note b note] c", id="a box of its own"),
    ],
)
def test_a_box_has_both_its_ends_or_neither(old: str, new: str, target: str, draft: str, syntax: str) -> None:
    flavour = SYNTAX[syntax][2]
    found, _ = synced(text(old, syntax), text(new, syntax), text(target, syntax), flavour)
    assert found == text(draft, syntax) and not alone(found, flavour)


def shuffled(chance: random.Random, letters: str) -> str:
    """Some paragraphs, some of them in boxes."""
    kept = [letter for letter in letters if chance.random() < 0.8]
    boxes = (f"[{name} {{0}} {name}]" for name in chance.choices(("note", "tip"), k=len(kept)))
    return " ".join(
        box.format(letter) if chance.random() < 0.5 else letter for letter, box in zip(kept, boxes, strict=True)
    )


def test_no_draft_of_random_documents_has_one_end_alone() -> None:
    """Whatever English and the translation have in boxes: one in five of these drafts had one end alone before."""
    chance = random.Random(1)
    for _ in range(150):
        old, new = shuffled(chance, "ABCD"), shuffled(chance, "ABCD").replace("D", chance.choice(("D", "D2")))
        found, _ = synced(*(text(t, "block") for t in (old, new, shuffled(chance, "abcd"))), "mkdocs")
        assert not alone(found, "mkdocs"), (old, new)


def merged(target: str, new: str, *places: tuple[int, int]) -> str:
    """The draft of items, each with its block in the translation and in the English (-1: none)."""
    ours, english = (parse(side, "mdx") for side in (target, new))
    items = []
    for t, j in places:
        block = ours.blocks[t] if t >= 0 else english.blocks[j]
        items.append(Item((block.text,), block.gap, t, t, j, t >= 0))
    found, _ = paired(items, ours, english)
    return " ".join("".join(map(str, item.parts)).strip() for item in found)


def test_the_opener_of_people_stays_beside_the_same_new_one() -> None:
    """They had that part of the English before: with their words in the attributes."""
    target, new = (
        '<Diagram alt="{}">\n\n{}\n\n</Diagram>\n'.format(*words) for words in (("船", "帆"), ("Boat", "Sail"))
    )
    assert merged(target, new, (0, -1), (-1, 0), (1, 1), (2, 2)) == '<Diagram alt="船"> 帆 </Diagram>'


def test_two_boxes_of_people_in_place_of_an_english_one_stay_two() -> None:
    target, new = "<Tip>\n\nb\n\n</Tip>\n\n<Tip>\n\nc\n\n</Tip>\n", "<Tip>\n\nB\n\n</Tip>\n"
    places = (0, 0), (1, 1), (2, -1), (3, -1), (4, -1), (5, 2)
    assert merged(target, new, *places) == "<Tip> b </Tip> <Tip> c </Tip>"


def test_a_tag_does_not_close_another_one() -> None:
    target, new = "<Server>\n\nb\n\n</Server>\n", "<Details>\n\nB\n\nC\n\n</Details>\n"
    draft = merged(target, new, (0, -1), (-1, 0), (1, 1), (-1, 2), (2, 3))
    assert draft == "<Server> <Details> b C </Details> </Server>"


def test_the_title_of_people_is_in_the_box_of_another_type() -> None:
    target, new = "/// info | 备注\n\nb\n\n///\n", "/// note\n\nB\n\nC\n\n///\n"
    assert merged(target, new, (1, 1), (-1, 2), (2, 3)) == "/// note | 备注 b C ///"


def test_attributes_in_the_words_of_people_are_listed_where_their_tag_goes() -> None:
    ours, english = (
        parse('<Diagram alt="船">\n\nb\n\n</Diagram>\n', "mdx"),
        parse("<Diagram>\n\nB\n\n</Diagram>\n", "mdx"),
    )
    items = [Item((ours.blocks[0].text,), "\n", 0, 0, 0, True)]
    assert paired(items, ours, english) == ([], ['<Diagram alt="船">'])
