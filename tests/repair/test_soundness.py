"""A repair never leaves half of something behind."""

from __future__ import annotations

import pytest

from bot.repair.soundness import is_sound


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("Un barco.", "."),
        ("El barco (rojo) flota.", "El barco () flota."),
        ("El barco *rojo* flota.", "El barco ** flota."),
        ("El *barco* flota.", "El *barco flota."),
        ("El barco (rojo) flota.", "El barco (rojo flota."),
        ("Flota, se hunde, vuelve.", "Flota,, vuelve."),
        ("Ver [la lista](a.md).", "Ver [la lista]."),
        ("Ver [**la lista**][1] y [**esto**].", "Ver [**la lista**] y [**esto**]."),
        ("Peso: alto", ": alto"),
        ("Un barco\nes rojo - y viejo.", "Un barco\n- y viejo."),
        ("El barco (**es rojo.**)", "El barco (**.**)"),
        ("El barco _rojo_, sí.", "El barco __, sí."),
        ("El(la) autor(a) rema.", "El(la) (a) rema."),
    ],
)
def test_what_is_left_behind_is_found(target: str, text: str) -> None:
    assert not is_sound(text, target, "es") and is_sound(target, target, "es")


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("船返回港口，以及桅杆。", "船返回港口，以及。"),
        ("请打开窗户，并看外面。", "请打开窗户，并。"),
        ("这是向量的转换。", "这是向量的。"),
        ("少于两次的词", "少于次次的词"),
        ("这些标量和向量", "这些标量标量"),
        ("今天，红色的船长返回。", "今天，的船长返回。"),
        ("自上周起，船返回。", "自起，船返回。"),
        ("在港口中，船返回。", "在 We sail on now,中，船返回。"),
        ('填写"a.b"字段，返回。', '填写"."字段，返回。'),
    ],
)
def test_half_a_chinese_sentence_is_found(target: str, text: str) -> None:
    assert not is_sound(text, target, "zh") and is_sound(target, target, "zh") and is_sound(text, text, "zh")


def test_a_japanese_sentence_without_its_verb_is_found() -> None:
    assert not is_sound("船長は帆を。", "船長は帆を売ります。", "ja") and is_sound("帆を。", "船は帆を。", "ja")


def test_emphasis_and_letters_that_stay_are_no_halves() -> None:
    assert is_sound("Un **barco**, **rojo** y __viejo__.", "Un **barco** grande, **rojo** y __viejo__.", "es")
    assert is_sound("Rema: (a) lejos, (b) bien.", "Rema: (a) muy lejos, (b) bien.", "es")
    assert is_sound("El barco, (iii) el remo and (iv) the sail.", "El barco y el remo.", "es")
    assert is_sound("Un autor(a) rema.", "Un autor(a) bueno(a) rema.", "es")


def test_what_was_so_before_may_stay() -> None:
    assert is_sound("Nada () aquí, , [sic] y f(x", "Nada () allí, , [sic] y f(x", "es")
