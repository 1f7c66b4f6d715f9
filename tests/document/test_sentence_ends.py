"""Where a sentence of technical prose ends: behind its marks, never inside an atom, a word or a picture."""

from __future__ import annotations

import pytest

from bot.document.sentences import is_laid_out, one_line, sentences, unwrapped

CUT: list[tuple[str, list[str]]] = [
    ("en", ["By Thm. 3 and Def. 4 it floats.", "See Tab. 2 and App. B.", "The end."]),
    ("en", ["It left on Jan. 5 with Alg. 2, ch. 7.", "It came back in Jan.", "The end."]),
    ("en", ["We use ASP.NET and Node.js here.", "Why not?"]),
    ("en", ["The mast is oak.[^1]", "The sail is red. [^2]", "So it is."]),
    ("en", ["The mast is oak.{cite}`oak`", "The sail.:cite:`red`", "So it is."]),
    ("zh", ["桅杆是橡木。[^1]", "帆是红的。", "`x` 是码。"]),
    ("zh", ["用 ASP.NET 建站。", "见 Fig. 3 的图。"]),
    ("en", ["(a) The harbour is closed.", "Boats wait.", "The lamp is red."]),
    ("en", ["(2) The harbour is closed.", "Boats wait."]),
    ("en", ["a) The harbour is closed.", "Boats wait."]),
    ("en", ["Look at it.", "![A boat. It floats!](a.png) is a boat.", "Is it red?"]),
    ("en", ["![Red](r.png) marks rocks!", "![Blue](b.png) marks water."]),
    ("en", ["[One boat. Two boats.](u) float.", "[They sail.](u)", "Yes."]),
    ("en", ["{{< note >}} It must run. {{< /note >}}", "Then <b>it stops.</b>", "Yes."]),
    ("hi", ["यह वाक्य है।", "दूसरा वाक्य।"]),
    ("km", ["នេះជាប្រយោគ។", "ប្រយោគទីពីរ។"]),
    ("my", ["ဒါက စာကြောင်း။", "ဒုတိယ စာကြောင်း။"]),
    ("th", ["โมเดลอ่านข้อความ", "มันทำนายคำถัดไป", "สิ่งนี้รวดเร็วมาก"]),
    ("th", ["ใช้ Python และ `x` 3 ครั้งทุกวัน", "มันทำนายคำถัดไป"]),
]


@pytest.mark.parametrize(("language", "found"), CUT)
def test_where_a_sentence_ends(language: str, found: list[str]) -> None:
    text = " ".join(found)
    assert [text[a:b] for a, b in sentences(text, language)] == found


LINES: list[list[str]] = [
    ["The Boat House  \n", "Harbour road\\\n", "North town"],
    ["It stands here  \non the road."],
    ["[Boats of the north](a.md)\n", "[Sails](b.md)"],
    ["Red apples\n", "Green pears\n", "Plums"],
    ["Here it is:\n", "![Boat](a.png)\n", "It is red."],
    ["A line of prose that goes\non and on\nEvery day of it"],
    ["Boats float, sails\nTear, ropes\nBreak in the end."],
]


@pytest.mark.parametrize("lines", LINES)
def test_lines_that_are_no_wrapped_sentence(lines: list[str]) -> None:
    text = "".join(lines)
    found = [text[a:b] for a, b in sentences(text, "en")]
    if len(lines) > 1:
        assert found == [line.rstrip(" \\\n") for line in lines]
    else:
        assert found == [text]


@pytest.mark.parametrize(
    ("before", "between", "after", "laid_out"),
    [
        ("It floats.", "  \n", "It sails.", True),
        ("It floats.", "\\\n", "It sails.", True),
        ("It floats.", "\n", "It sails.", False),
        ("The Boat House", "\n", "Harbour road", True),
        ("It floats.", " ", "![Boat](a.png)", True),
        ("It floats.[^1]", "\n", "It sails.", False),
    ],
)
def test_what_is_layout(before: str, between: str, after: str, laid_out: bool) -> None:
    assert is_laid_out(before, between, after) == laid_out


def test_a_hard_break_stays_or_goes_as_a_whole() -> None:
    assert unwrapped(" a   b  \n c\\\nd\n e ") == "a b  \nc\\\nd e"
    assert one_line("a  \nb\\\nc\\\\\nd") == "a b c\\\\ d"
