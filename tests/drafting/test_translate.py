"""What an engine drafts is written in the style of its language and checked; what people said is not touched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.worlds import commit, world

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.cli.main import main
from bot.document.segment import Segment
from bot.drafting.translate import translated
from bot.engines import Answer, Batch, Key, Result
from bot.engines.resources import Resources
from bot.parallel_data.dataset import ParallelData
from bot.style.preferences import Style
from bot.sync import composition
from bot.terminology.glossary import read
from bot.terminology.terms import build


@dataclass
class Fixed:
    """An engine with one answer for everything."""

    answer: Answer
    name: str = "fixed"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        return Result(dict.fromkeys(batch.segments, self.answer))


KEY: Key = ("a.md", 1)
GRADIENT = [TranslationUnit(f"A gradient of {n}.", f"{n}的梯度。", Provenance("b.md", n)) for n in range(6)]


def answered(answer: Answer, told: Style | None = None, source: str = "The gradient of MNIST.") -> Answer:
    terms = build(read("gradient; 梯度", "zh"))
    resources = Resources(
        ParallelData(("en", "zh"), "sentence", tuple(GRADIENT)),
        configured=told or Style(),
        terminology=terms,
        asked=terms,
    )
    batch = Batch("en", "zh", {KEY: Segment(source, "paragraph")})
    return translated(Fixed(answer), batch, resources).answers[KEY]


def test_a_draft_is_written_in_the_style_of_its_language() -> None:
    assert answered(Answer("MNIST 的梯度.", "engine")).text == "MNIST的梯度。"
    assert answered(Answer("MNIST 的梯度.", "engine"), Style(latin="keep")).text == "MNIST 的梯度。"


@pytest.mark.parametrize("origin", ["context", "exact", "mended"])
def test_what_people_said_stays_as_they_said_it(origin: str) -> None:
    done = answered(Answer("MNIST 的斜率.", origin))  # type: ignore[arg-type]
    assert done.text == "MNIST 的斜率." and not done.ignored


def test_a_draft_that_ignores_a_term_is_flagged() -> None:
    assert [t.source for t in answered(Answer("MNIST的斜率。", "engine")).ignored] == ["gradient"]
    assert not answered(Answer("MNIST的梯度。", "engine")).ignored


def test_similar_sentences_stand_beside_what_people_did_not_say() -> None:
    for answer in (Answer(None, reason="none"), Answer("九的梯度。", "engine")):
        assert answered(answer, source="A gradient of 12.").suggestions
    assert not answered(Answer("九的梯度。", "exact"), source="A gradient of 12.").suggestions


def test_a_sync_takes_style_and_terms_from_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = world(tmp_path)
    commit(book.spanish, {"TERMINOS.md": "en,es\nsail,vela\nboat,barco\n"}, "Términos")
    text = book.config.read_text(encoding="utf-8")
    more = "    terminology:\n      file: TERMINOS.md\n    style:\n      lines: sentence\n"
    book.config.write_text(text + more, encoding="utf-8")
    chapter = book.english.working_dir + "/boats.md"
    said = Path(chapter).read_text(encoding="utf-8")
    book.push({"boats.md": said.replace("It has a hull and a mast.", "It has five masts.")})
    answer = Answer("Tiene cinco palos.", "engine")
    monkeypatch.setattr(composition.Composition, "engine", lambda *_, **__: Fixed(answer))
    assert book.sync() == 0
    assert "Un barco flota en el agua.\nTiene cinco palos." in book.text("boats.md")


@pytest.mark.parametrize(("lines", "between"), [("sentence", "\n"), ("paragraph", " "), ("keep", "\n")])
def test_drafts_are_laid_out_as_told_else_like_their_neighbours(tmp_path: Path, lines: str, between: str) -> None:
    book = world(tmp_path, style=f"{{lines: {lines}}}")
    said = Path(book.english.working_dir, "boats.md").read_text(encoding="utf-8")
    ours = Path(book.spanish.working_dir, "boats.md").read_text(encoding="utf-8")
    commit(book.spanish, {"boats.md": ours.replace("agua. Tiene", "agua.\nTiene")}, "Líneas")
    book.push({"boats.md": said.replace("It has a hull and a mast.", "Its crew sings at night.")})
    assert book.sync() == 0
    assert f"el agua.{between}Its crew sings at night." in book.text("boats.md")


def test_a_missing_list_of_terms_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = world(tmp_path, terminology="{file: NADA.md}")
    book.push({"boats.md": "# Boats\n\nBoats are red and rather slow.\n"})
    assert book.sync() == 1
    assert "NADA.md" in capsys.readouterr().out


def test_a_single_document_can_be_checked_for_terms(tmp_path: Path) -> None:
    files = {"old.md": "One.\n", "new.md": "A boat.\n", "ours.md": "Uno.\n", "t.md": "en,es\nboat,barco\n"}
    for name, text in (files | {"more.csv": "en,es\nA boat.,Un barco.\n"}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    at = {name: str(tmp_path / name) for name in (*files, "more.csv", "out.md", "r.json")}
    words = ["draft", "--old-source", at["old.md"], "--new-source", at["new.md"], "--target", at["ours.md"]]
    words += ["--language", "es", "--terminology", at["t.md"], "--memory", at["more.csv"]]
    assert main([*words, "--output", at["out.md"], "--report", at["r.json"]]) == 0
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == "Un barco.\n"
    (segment,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["segments"]
    assert segment["origin"] == "exact" and segment["ignored_terms"] == []
