"""Phrases of a language without full stops become the sentences that they translate."""

from __future__ import annotations

from bot.alignment.bitext import Bitext
from bot.document.markdown import parse

ENGLISH = (
    "The model reads a text from the disk and cleans it. It predicts the next word with a network. This is fast.\n"
)
THAI = "โมเดลอ่านข้อความจากดิสก์ แล้วทำความสะอาดข้อความนั้น มันทำนายคำถัดไปด้วยเครือข่าย ที่เรียนรู้มาแล้ว สิ่งนี้รวดเร็วมาก\n"


def test_each_sentence_gets_its_phrases() -> None:
    pairs = Bitext(parse(ENGLISH), parse(THAI), "en", "th").pairs(0)
    assert [len(p.source) for p in pairs] == [1, 1, 1]
    target = THAI.strip()
    assert [target[p.target[0].start : p.target[-1].end] for p in pairs] == [
        "โมเดลอ่านข้อความจากดิสก์ แล้วทำความสะอาดข้อความนั้น",
        "มันทำนายคำถัดไปด้วยเครือข่าย ที่เรียนรู้มาแล้ว",
        "สิ่งนี้รวดเร็วมาก",
    ]


def test_anchors_decide_before_length() -> None:
    english = "Call `run` first of all. Then wait until the harbour opens and the boats come in again.\n"
    thai = "เรียกใช้คำสั่ง `run` ก่อนสิ่งอื่นใดทั้งหมด จากนั้นให้รอสักครู่หนึ่ง จนกว่าท่าเรือจะเปิดอีกครั้ง\n"
    pairs = Bitext(parse(english), parse(thai), "en", "th").pairs(0)
    assert [("`run`" in p.source_text, any("`run`" in t.text for t in p.target)) for p in pairs] == [
        (True, True),
        (False, False),
    ]
