"""Words of several parts are taken as a whole."""

from __future__ import annotations

from bot.repair.compounds import compounds, learned
from bot.repair.examples import gathered
from bot.repair.repair import repair
from bot.repair.tokens import tokens, words

PAIRS = [
    ("The captain opens the dictionary.", "Thuyền trưởng mở từ điển."),
    ("The captain sees the harbor.", "Thuyền trưởng nhìn bến cảng."),
    ("The captain repairs the boat.", "Thuyền trưởng sửa con thuyền."),
    ("The sailor opens the dictionary.", "Thủy thủ mở từ điển."),
    ("The sailor sees the harbor.", "Thủy thủ nhìn bến cảng."),
    ("The sailor repairs the boat.", "Thủy thủ sửa con thuyền."),
    ("The sailor opens the door.", "Thủy thủ mở cửa."),
    ("The captain opens the box.", "Thuyền trưởng mở hộp."),
    ("The captain sees the door.", "Thuyền trưởng nhìn cửa."),
    ("The sailor sees the box.", "Thủy thủ nhìn hộp."),
    ("The dictionary is old.", "Từ điển đã cũ."),
    ("The dictionary is small.", "Từ điển nhỏ."),
    ("A dictionary has words.", "Từ điển có chữ."),
    ("The harbor is old.", "Bến cảng đã cũ."),
    ("The boat is old.", "Con thuyền đã cũ."),
]


def test_syllables_that_are_seen_together_are_a_word() -> None:
    known = learned(words(tokens(target, "vi")) for _, target in PAIRS)
    assert {("từ", "điển"), ("bến", "cảng"), ("thủy", "thủ"), ("thuyền", "trưởng")} <= known
    assert ("mở", "từ") not in known and ("nhìn", "bến") not in known
    found = tokens("Thủy thủ mở từ điển.", "vi")
    assert compounds(found, known) == [range(2), range(3, 5)]


def test_a_hyphen_without_spaces_makes_a_word() -> None:
    found = tokens("mạng nơ-ron sâu - và a- b", "vi")
    assert [[found[k].text for k in run] for run in compounds(found, ())] == [["nơ", "-", "ron"]]


def test_no_half_of_a_word_is_left() -> None:
    examples = gathered(PAIRS * 4, ["The sailor opens the dictionary in the harbor."], "vi")
    made = repair(
        "The captain opens the dictionary.",
        "The captain opens the harbor.",
        "Thuyền trưởng mở từ điển.",
        "vi",
        examples,
    )
    assert made is not None and made.text == "Thuyền trưởng mở bến cảng."
