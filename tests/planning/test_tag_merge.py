"""The merge of tags over several lines."""

from __future__ import annotations

import pytest

from bot.planning.tag_merge import merge_tags
from bot.planning.token_merge import merge_tokens

OLD = '<Sail\n  options={[\n    {label: "Red", cloth: "a.png"},\n    {label: "Blue", cloth: "b.png"},\n  ]}\n/>\n'
OURS = OLD.replace("Red", "Rot").replace("Blue", "Blau")


def test_each_line_is_merged_by_itself() -> None:
    new = OLD.replace('"Blue"', '"Green"').replace("a.png", "c.png").replace("<Sail", "<BigSail")
    done = merge_tags(OLD, new, OURS)
    assert done.text == OURS.replace("a.png", "c.png").replace("<Sail", "<BigSail")
    assert done.flags == ('English comment or string changed: "Blue" became "Green"',)


def test_lines_of_the_translators_stay() -> None:
    own = OURS.replace("  ]}\n", '    {label: "Grün", cloth: "g.png"},\n  ]}\n')
    new = OLD.replace("a.png", "c.png").replace('label: "Blue"', 'label: "Sea blue"')
    assert merge_tags(OLD, new, own).text == own.replace("a.png", "c.png")


@pytest.mark.parametrize(
    ("new", "ours"),
    [
        # One line only, where there is nothing to part.
        (OLD.replace("Red", "Dark red").replace("\n", " "), OURS.replace("\n", " ")),
        # Brackets that are elsewhere on both sides.
        (
            OLD.replace('options={[\n    {label: "Red"', 'options={[{label: "Dark red"'),
            OURS.replace('"b.png"},\n  ]}\n/>', '"b.png"}]} />'),
        ),
    ],
)
def test_what_lines_cannot_merge_stays_as_it_is(new: str, ours: str) -> None:
    done = merge_tags(OLD, new, ours)
    assert done == merge_tokens(OLD, new, ours) and done.text == ours and done.flags
