"""Sentences of a text and the atoms inside them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import sentence

from bot.document.atoms import apart, atoms, mask, plain_atom
from bot.document.sentences import LONG, normal, one_line, sentences, speaks

quick = settings(max_examples=25, derandomize=True)
MIXED = st.lists(
    st.sampled_from([*"][ .。\ue000", "`a b`", "$x$", "$ y $", "(u)", ":numref:`z`", "<b>", "&amp;", "word"])
).map("".join)


def cut(text: str, language: str = "en") -> list[str]:
    return [text[a:b] for a, b in sentences(text, language)]


@quick
@given(st.lists(sentence(), min_size=1, max_size=5))
def test_sentences_are_found_as_they_were_put_together(texts: list[str]) -> None:
    for between in (" ", "\n", "  "):
        assert cut(between.join(texts)) == texts


@quick
@given(MIXED, st.sampled_from(["en", "zh", "ja", "es"]))
def test_what_is_between_sentences_is_white_space(text: str, language: str) -> None:
    spans = sentences(text, language)
    edges = [0, *(p for span in spans for p in span), len(text)]
    assert edges == sorted(edges)
    assert not "".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)).strip()


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "It floats. It sails!", ["It floats.", "It sails!"]),
        ("en", "See Fig. 3 and cf. Eq. 4, e.g. here. Go.", ["See Fig. 3 and cf. Eq. 4, e.g. here.", "Go."]),
        ("en", "It is 3.5 m long. Yes.", ["It is 3.5 m long.", "Yes."]),
        ("en", "It floats. and more", ["It floats. and more"]),
        ("en", "Call `a. B`. Then $x. Y$ it.", ["Call `a. B`.", "Then $x. Y$ it."]),
        ("en", "(It floats.) It sails.", ["(It floats.)", "It sails."]),
        ("en", "**It floats.** It sails.", ["**It floats.**", "It sails."]),
        ("en", "[**It floats.**] It sails.", ["[**It floats.**]", "It sails."]),
        ("en", "It floats. ...", ["It floats. ..."]),
        ("zh", "船浮着。帆很宽！真的？", ["船浮着。", "帆很宽！", "真的？"]),
        ("zh", "他说：“船浮着。”然后走了。", ["他说：“船浮着。”", "然后走了。"]),
        ("ja", "船が浮かぶ。帆は広い。", ["船が浮かぶ。", "帆は広い。"]),
        ("es", "Véase la fig. 3. ¿Flota? Sí.", ["Véase la fig. 3.", "¿Flota?", "Sí."]),
        ("en", "", []),
        ("en", " \n ", []),
    ],
)
def test_where_a_text_is_cut(language: str, text: str, found: list[str]) -> None:
    assert cut(text, language) == found


def test_a_very_long_sentence_is_cut_at_its_commas() -> None:
    text = ", ".join(f"Name{n}" for n in range(LONG)) + "."
    found = cut(text)
    assert " ".join(found) == text and all(piece.endswith((",", ".")) for piece in found)
    assert len(cut(text[:LONG])) == 1


@quick
@given(MIXED)
def test_a_mask_is_a_character_and_comes_back(text: str) -> None:
    masked = mask(text)
    assert masked.restore() == text
    found, prose = apart(text)
    assert list(masked.atoms) == found and len(prose) == len(masked.text)
    assert [plain_atom(a) for a in found] == list(atoms(text))


def test_a_translation_may_put_masks_in_another_order() -> None:
    masked = mask("Take `a` and $b$.")
    first, second = masked.text[5], masked.text[11]
    assert masked.restore(f"{second} y {first}.") == "$b$ y `a`."
    with pytest.raises(KeyError):
        masked.restore("\ue005")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call `f(x)` and ``a`b``.", ("`f(x)`", "``a`b``")),
        ("Let $x+y$ and $ a + b $ be.", ("$x+y$", "$a+b$")),
        ("It costs $ 5 or 6$7 more.", ()),
        ("Not \\$x$ here.", ()),
        ("In :numref:`sec_a` and {ref}`b c`.", (":numref:`sec_a`", "{ref}`b c`")),
        ("A [boat](https://a.b/c_(d)) here.", ("(https://a.b/c_(d))",)),
        ("A [boat][1] and a note[^2].", ("[1]", "[^2]")),
        ("At <https://a.b> or https://a.b/c.", ("<https://a.b>", "https://a.b/c")),
        ("H<sub>2</sub>O &amp; more", ("<sub>", "</sub>", "&amp;")),
        ("Both $$a$$ and 3 < 4 > 2.", ("$$a$$",)),
        ("[`nn.Linear`](url)", ("`nn.Linear`", "(url)")),
    ],
)
def test_atoms(text: str, found: tuple[str, ...]) -> None:
    assert atoms(text) == found


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a b"),
        ("a \r\n  b", "a b"),
        ("船\n浮", "船浮"),
        ("船\nGPU", "船 GPU"),
        ("浮着。\n帆", "浮着。帆"),
        (" a  b ", "a b"),
        ("배가\n뜬다", "배가 뜬다"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line and "\n" not in normal(text)


@pytest.mark.parametrize(
    ("text", "has"), [("A boat", True), ("`boat`", False), ("$x$ = 3", False), ("12", False), ("船", True)]
)
def test_what_has_a_word_to_translate(text: str, has: bool) -> None:
    assert speaks(text) is has
