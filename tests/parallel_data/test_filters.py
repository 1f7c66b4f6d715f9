"""Which pairs are dropped, and for what reason."""

from __future__ import annotations

import pytest

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.parallel_data.filters import REASONS, filtered

GOOD = [
    ("The boat leaves the harbour at noon.", "小船中午离开港口。"),
    ("A long sentence about `rope` and $x$ on deck.", "关于甲板上的`rope`和$x$的长句子。"),
    ("Sails", "帆"),
    ("We call it a keel, see :numref:`fig_keel`.", "我们称之为龙骨，见 :numref:`fig_keel`。"),
]
LONG = "The keel runs along the bottom of the boat from its bow to its stern and keeps it upright in strong wind. "


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a.md", 1))


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("", "帆", "empty"),
        ("Sails", " ", "empty"),
        ("$x = 1$, 42", "$x = 1$, 42", "no words"),
        ("PyTorch", "pytorch", "same"),
        ("The boat leaves the harbour.", "The boat leaves this harbour.", "script"),
        ("小船中午离开港口。", "小船离开港口。", "script"),
        ("The boat leaves.", "，小船离开。", "fragment"),
        ("The `boat` leaves.", "`ship`离开。", "atoms"),
        ("The `boat` leaves.", "小船离开。", "atoms"),
        (LONG * 3, "龙骨。", "length"),
    ],
)
def test_a_bad_pair_goes_for_its_reason(source: str, target: str, reason: str) -> None:
    every = [*(unit(*g) for g in GOOD), unit(source, target)]
    done = filtered(every, ("en", "zh"))
    assert reason in REASONS
    assert dict(done.dropped) == {reason: 1}
    assert list(done.units) == every[:-1]


def test_left_in_english_is_seen_in_the_same_script_too() -> None:
    said = unit("The boat leaves the old harbour at noon.", "The boat leaves el old harbour at noon.")
    assert dict(filtered([said], ("en", "es")).dropped) == {"language": 1}


def test_what_the_words_do_not_speak_for_is_doubtful() -> None:
    units = [unit(*g) for g in GOOD]
    done = filtered(units, ("en", "zh"), [0.8, -0.3, 0.8, 0.8])
    assert dict(done.dropped) == {"doubtful": 1} and done.units == (units[0], units[2], units[3])


@pytest.mark.parametrize(
    ("language", "target"),
    [
        ("ja", "ボートは正午に港を出る。"),
        ("ko", "배는 정오에 항구를 떠난다."),
        ("tr", "Tekne öğlen limandan ayrılır."),
        ("vi", "Con thuyền rời cảng vào buổi trưa."),
        ("ru", "Лодка покидает гавань в полдень."),
    ],
)
def test_good_pairs_of_every_script_stay(language: str, target: str) -> None:
    english = "The boat leaves the harbour at noon."
    assert filtered([unit(english, target)], ("en", language)).units
    assert bool(filtered([unit(english, "帆船中午离开港口")], ("en", language)).units) == (language == "ja")
