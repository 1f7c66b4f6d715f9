"""Terms: what an engine is told within Amazon's rules, and what the check asks of a draft."""

from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.cli.main import main
from bot.errors import AmtsError
from bot.terminology.glossary import LONGEST, Glossary, Term, read
from bot.terminology.terms import build


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def listed(text: str, language: str) -> Glossary:
    return read(text, language, "source,target")


ANY = st.text(st.characters(codec="utf-8"), max_size=90)


@given(st.lists(st.builds(Term, ANY, st.tuples(ANY), st.just(1), st.lists(ANY, max_size=2).map(tuple)), max_size=5))
def test_no_entry_breaks_a_rule_of_amazon(terms: list[Term]) -> None:
    try:
        data = build(Glossary("zh", tuple(terms), ())).amazon_csv(("en", "zh"))
    except AmtsError:
        return
    head, *entries = rows(data)
    assert head == ["en", "zh"] and entries
    for entry in entries:
        assert len(entry) == 2
        assert all(cell.strip() and len(cell.encode()) <= LONGEST for cell in entry)
        assert not any(unicodedata.category(char) == "Cc" for cell in entry for char in cell)
    sources = [source for source, _ in entries]
    assert len(sources) == len(set(sources))


def test_entries_at_the_start_of_a_sentence_have_capitals() -> None:
    data = build(listed("gradient descent (GD); gradyan inişi, eğim inişi\nion; iyon", "tr")).amazon_csv(("en", "tr"))
    assert rows(data)[1:] == [
        ["gradient descent", "gradyan inişi"],
        ["ion", "iyon"],
        ["Gradient descent", "Gradyan inişi"],
        ["Ion", "İyon"],
    ]


TERMS = "vector; vektör\nsupport vector machine; destek vektör makinesi\nloss; kayıp, yitim\ngradient; gradyan\n"


@pytest.mark.parametrize(
    ("source", "target", "ignored"),
    [
        ("The gradient is small.", "Gradyanı küçük.", []),
        ("The gradient is small.", "Eğim küçük.", ["gradient"]),
        ("Gradients are small.", "Eğimler küçük.", ["gradient"]),
        ("The loss of a vector", "Bir vektörün yitimi", []),
        ("The loss of a vector", "Bir okun zararı", ["loss", "vector"]),
        ("A support vector machine", "Bir DVM", ["support vector machine"]),
        ("A support vector machine", "Bir destek vektör makinesi", []),
        ("The `gradient` is small.", "Küçük.", []),
        ("Use $loss$ and :ref:`vector`.", "Küçük.", []),
        ("A lossless thing", "Bir şey", []),
    ],
)
def test_the_check_finds_what_a_draft_ignores(source: str, target: str, ignored: list[str]) -> None:
    found = build(listed(TERMS, "tr")).ignored(source, target)
    assert [term.source for term in found] == ignored


def test_chinese_is_compared_without_spaces() -> None:
    terms = build(listed("deep learning; 深度学习\nGPU; GPU", "zh"))
    assert not terms.ignored("Deep learning on a GPU", "在 GPU 上的深度 学习")
    assert [t.source for t in terms.ignored("Deep learning on a GPU", "在显卡上的机器学习")] == ["deep learning", "GPU"]


def test_only_what_people_follow_is_asked_for() -> None:
    def unit(source: str, target: str) -> TranslationUnit:
        return TranslationUnit(source, target, Provenance("a.md", 1))

    people = [unit("A gradient", "Bir gradyan")] * 9 + [unit("A gradient", "Bir eğim")]
    people += [unit("A loss", "Bir zarar")] * 6 + [unit("A vector", "Bir vektör")] * 3
    asked = build(listed(TERMS, "tr")).followed(people, least=0.9)
    assert [t.source for t in asked.terms] == ["gradient"]
    assert not asked.ignored("The loss and the vector", "x")
    # What is not asked for hides what stands inside it all the same.
    assert (
        not build(listed("machine; makine\nsupport vector machine; DVM", "tr"))
        .followed([unit("A machine", "Bir makine")] * 6)
        .ignored("A support vector machine", "x")
    )


def test_the_command_tells_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words, out = tmp_path / "TERMS.md", tmp_path / "terms.csv"
    words.write_text("# A\n\ngradient; eğim\nloss;\n", encoding="utf-8")
    assert main(["terminology", "build", str(words), "--language", "tr", "-o", str(out)]) == 0
    assert rows(out.read_bytes())[1] == ["gradient", "eğim"]
    told = capsys.readouterr().err
    assert "1 term" in told and "line 4" in told
    assert main(["terminology", "build", str(tmp_path / "none"), "--language", "tr"]) == 1
    assert "cannot be read" in capsys.readouterr().err
