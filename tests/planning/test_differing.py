"""What a note shows of two versions of a long piece of code or markup."""

from __future__ import annotations

import pytest

from bot.planning.differing import differing
from bot.planning.token_merge import merge_tokens

SITE = "https://notes.example.org/github/boats/notebooks/blob/master/course"
MENU = '<Menu items={[ {label: "Lab one", value: "%s/sails.ipynb"}, {label: "Lab two", value: "/open"} ]} />'


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [("<Boat sails={1} />", "<Boat\n  sails={2} />", ("<Boat sails={1} />", "<Boat sails={2} />")),
     (" ".join("abcdefghi" * 9), " ".join("abcdefghi" * 8 + "abcdeXghi"), ("… d e f g h i", "… d e X g h i")),
     ("word " * 40 + "end", "word " * 40 + "the end", ("… word word end", "… word word the end"))],
)  # fmt: skip
def test_only_what_differs_is_shown(old: str, new: str, shown: tuple[str, str]) -> None:
    assert differing(old, new) == shown


def test_what_differs_in_a_long_address_is_shown() -> None:
    old, new = differing(MENU % f"{SITE}/one", MENU % f"{SITE}/en/one")
    assert "…" in old and "/master/course/one/sails" in old and "/master/course/en/one/sails" in new
    assert len(old) < 100 and len(new) < 100


def test_a_change_that_is_long_itself_is_shortened() -> None:
    old, new = differing("start " + "a b c d " * 100, "start " + "w x y z " * 100)
    assert old.startswith("start a b") and new.startswith("start w x") and len(old) == len(new) <= 121


def test_a_note_on_a_long_block_names_what_english_changed_there() -> None:
    ours = (MENU % f"{SITE}/one").replace("Lab one", "Aula uno").replace("/one/", "/es/one/")
    done = merge_tokens(MENU % f"{SITE}/one", MENU % f"{SITE}/en/one", ours)
    assert done.text == ours and len(done.flags) == 1
    assert "/en/one/sails" in done.flags[0] and len(done.flags[0]) < 300 and "Lab two" not in done.flags[0]
