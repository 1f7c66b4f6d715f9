"""Words of languages without spaces: an edit never leaves half of one."""

from __future__ import annotations

import pytest

from bot.document.atoms import atoms
from bot.repair.dense import has_words, pieces
from bot.repair.examples import gathered
from bot.repair.repair import repair
from bot.repair.tokens import tokens


@pytest.mark.parametrize(
    ("language", "text", "cut"),
    [
        ("ja", "参照キャッシュも更新します", ["参照キャッシュ", "も", "更新", "します"]),
        ("ja", "関数を呼び出す", ["関数", "を", "呼び出す"]),
        ("ja", "このボート", ["この", "ボート"]),
        ("zh", "我们的组件", ["我们", "的", "组件"]),
        ("zh-TW", "我們的組件", ["我們", "的", "組件"]),
        ("km", "ទូក", ["ទូក"]),
    ],
)
def test_words(language: str, text: str, cut: list[str]) -> None:
    assert pieces(text, language) == cut
    assert [token.text for token in tokens(text, language)] == cut
    assert has_words(language) == (language != "km")


WHO = {"captain": "船長", "sailor": "水夫", "cook": "料理人", "guest": "乗客", "pilot": "案内人"}
WHAT = {"anchor": "錨", "sail": "帆", "harbor": "港", "lamp": "灯", "map": "地図"}
DOES = {"needs": "を必要とします", "sees": "が見えます", "paints": "に色を塗ります"}
PAIRS = [
    (f"The {a} {verb} the {b}.", f"{WHO[a]}は{WHAT[b]}{DOES[verb]}。") for verb in DOES for a in WHO for b in WHAT
] + [(f"The {b} is old.", f"{WHAT[b]}は古いです。") for b in WHAT]


def test_a_particle_stays_with_the_new_word() -> None:
    old, target = "The captain needs the anchor and `rope`.", "船長は錨と`rope`を必要とします。"
    made = repair(old, old.replace("captain", "sailor"), target, "ja", gathered(PAIRS, [], "ja"))
    assert made and made.text == "水夫は錨と`rope`を必要とします。"


def test_english_that_is_left_is_set_off() -> None:
    old, target = "The captain needs the anchor and `rope`.", "船長は錨と`rope`を必要とします。"
    made = repair(old, old.replace("anchor", "rudder"), target, "ja", gathered(PAIRS, [], "ja"))
    assert made and made.english and made.text == "船長は rudder と`rope`を必要とします。"


CHINESE = [
    ("The boat is old.", "这条船很旧。"),
    ("The boat is new, but it has no sail.", "这条船很新，但它没有帆。"),
    ("It has a sail.", "它有一张帆。"),
    ("Each boat has a sail.", "每条船都有帆。"),
    ("Each sail is red.", "每张帆都是红的。"),
    ("Both are old.", "两者都很旧。"),
    ("Both are red.", "两者都是红的。"),
]


def test_a_single_character_is_no_new_wording() -> None:
    known = gathered(CHINESE * 3, [], "zh")
    assert repair("Both are red.", "Each are red.", "两者都是红的。", "zh", known) is None


@pytest.mark.parametrize("language", ["km", "lo", "my"])
def test_without_known_words_only_atoms_are_exchanged(language: str) -> None:
    old, target = "The boat needs `rope` now.", "ទូកត្រូវការ `rope` ឥឡូវ។"
    known = gathered(PAIRS, [], language)
    made = repair(old, old.replace("rope", "wire"), target, language, known)
    assert made and atoms(made.text) == ("`wire`",)
    assert repair(old, old.replace("boat", "sail"), target, language, known) is None


CREW = {"sailor": "船员", "captain": "船长", "guest": "客人", "cook": "厨师", "deck": "甲板"}
PARTS = {"harbor": "港口", "boat": "小船", "hull": "船体"}
WORK = {"paints": "粉刷", "sees": "看见", "sells": "出售"}
SHIPS = [
    (f"The {a} {verb} the {adjective}{b}.", f"{CREW[a]}{WORK[verb]}{ours}{PARTS[b]}。")
    for adjective, ours in (("", ""), ("heavy ", "沉重的"))
    for a in CREW
    for verb in WORK
    for b in PARTS
]


def test_no_english_goes_into_a_word_that_was_cut_in_this_sentence_alone() -> None:
    old, target = "The deck paints the heavy harbor.", "甲板粉刷沉重的港口。"
    known = gathered(SHIPS, [old], "zh")
    assert "甲板粉" in [token.text for token in tokens(target, "zh")]  # the sentence is cut within 粉刷
    assert repair(old, old.replace("paints", "storm paints"), target, "zh", known) is None
    made = repair("The cook paints the hull.", "The cook paints the old hull.", "厨师粉刷船体。", "zh", known)
    assert made and made.text == "厨师粉刷 old 船体。"
