"""The engine that learns from the book's own pairs, on a small invented language."""

from __future__ import annotations

import builtins
import json
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.reviews import reviewed

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.cli.main import main
from bot.document.atoms import atoms
from bot.document.segment import Segment
from bot.document.structure import segment_problem
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.report import ROUGH, LanguageReport
from bot.drafting.translate import translated
from bot.engines import Answer, Batch
from bot.engines.resources import Resources
from bot.engines.smt.engine import Smt
from bot.errors import AmtsError
from bot.forges.github.credentials import Credentials
from bot.parallel_data import files
from bot.parallel_data.dataset import ParallelData
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document
from bot.reporting.pull_request_page import page
from bot.settings.source import Source
from bot.settings.values import Settings, Translation
from bot.sync.composition import Composition

pytest.importorskip("jieba", reason="the extra smt is not installed")

from bot.engines.smt.translator import FEW

NOUNS = {"model": "modeto", "layer": "kamado", "network": "retomu", "gradient": "guradi", "matrix": "matori"}
COLOURS = {"deep": "fuka", "small": "chisa", "linear": "senke", "random": "muraka", "hidden": "kakure"}
VERBS = {"learns": "manabas", "stores": "tamoras", "reads": "yomitas", "updates": "naosas"}
"""The invented language puts the adjective behind its noun, and the verb last."""


def english(one: str, colour: str, verb: str, other: str) -> str:
    return f"The {colour} {one} {verb} the {other}."


def invented(one: str, colour: str, verb: str, other: str) -> str:
    return f"Va {NOUNS[one]} {COLOURS[colour]} va {NOUNS[other]} {VERBS[verb]}."


def every() -> list[tuple[str, str, str, str]]:
    words = [(a, c, v, b) for a in NOUNS for c in COLOURS for v in VERBS for b in NOUNS if a != b]
    random.Random(7).shuffle(words)
    return words


WORDS = every()
KNOWN, UNKNOWN = WORDS[:-20], WORDS[-20:]
LINKS = ((":numref:`fig_{n}`", "See {} now.", "Ima {} mirut."), ("$x_{n}$", "Here {} is known.", "Koko {} shirut."))


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a.md", 1))


def units() -> tuple[TranslationUnit, ...]:
    found = [unit(english(*words), invented(*words)) for words in KNOWN]
    for number in range(60):
        for atom, source, target in LINKS:
            name = atom.format(n=number)
            found.append(unit(source.format(name), target.format(name)))
    found += [unit(f"The *{a}* is {c}.", f"Va *{NOUNS[a]}* {COLOURS[c]} des.") for a in NOUNS for c in COLOURS]
    return tuple(found)


DATA = ParallelData(("en", "es"), "sentence", units())
BACKWARD = replace(DATA, languages=("es", "en"), units=tuple(unit(u.target, u.source) for u in DATA.units))


def said(engine: Smt, data: ParallelData, texts: Sequence[str]) -> list[Answer]:
    segments = {("a.md", n): Segment(text, "paragraph") for n, text in enumerate(texts)}
    answers = engine.translate(Batch(*data.languages, segments), Resources(data)).answers
    return [answers["a.md", n] for n in range(len(texts))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Smt:
    return Smt(folder, lambda _: None)


def quiet(_: str) -> None:
    """Hears nothing."""


@pytest.mark.parametrize("backward", [False, True])
def test_it_translates_what_it_has_never_seen(engine: Smt, backward: bool) -> None:
    texts = [(english(*words), invented(*words)) for words in UNKNOWN]
    asked = [b if backward else a for a, b in texts]
    wanted = [a if backward else b for a, b in texts]
    answers = said(engine, BACKWARD if backward else DATA, asked)
    right = sum(a.text == w for a, w in zip(answers, wanted, strict=True))
    assert right >= 18, list(zip(asked, answers, strict=True))
    assert {a.origin for a in answers} == {"rough"}


def test_every_atom_comes_through_once(engine: Smt) -> None:
    texts = [
        "See :numref:`fig_new` now.",
        "The deep `model` learns the *layer* in $a$ and $b$, see [the matrix](https://example.org/x_y) :cite:`A.2020`.",
        "The **deep [network](a.md)** reads **the `x` matrix** and $$y$$ (`z`), `z` and `z`.",
        "The <b>layer</b> &amp; \\*the model\\* update ~~the matrix~~ ![a layer](img.svg).",
        "[**The deep model**] reads ⟦a0⟧ and ||| NULL <s> $c$.",
    ]
    for text, answer in zip(texts, said(engine, DATA, texts), strict=True):
        assert answer.text is not None, answer
        assert not segment_problem(text, answer.text) and sorted(atoms(text)) == sorted(atoms(answer.text))


def test_a_word_that_nobody_has_translated_stays(engine: Smt) -> None:
    (answer,) = said(engine, DATA, ["The deep Zyzzyva learns the matrix."])
    assert answer.text is not None and "Zyzzyva" in answer.text and "matori" in answer.text


def test_another_form_of_a_known_word_is_translated_and_a_name_stays(engine: Smt) -> None:
    form, name = said(engine, DATA, ["The deep models learns the matrix.", "The deep Models learns the matrix."])
    assert form.text == "Va modeto fuka va matori manabas."
    assert name.text is not None and "Models" in name.text


@pytest.mark.parametrize("name", ["vocab.json", "num_layers", "torch.nn.linear"])
@pytest.mark.parametrize("language", ["en", "zh", "ja", "tr"])
def test_a_name_of_code_is_one_word(name: str, language: str, folder: Path) -> None:
    from bot.engines.smt.chinese_words import splitter
    from bot.engines.smt.tokens import sentence

    around = "使用{}文件" if language in ("zh", "ja") else "Use {}, please"
    assert name in sentence(around.format(name), language, splitter(language, [], folder)).tokens


def test_sentences_end_although_nobody_left_a_space() -> None:
    from bot.engines.smt.tokens import sentence

    assert sentence("It ends.Then it goes on.", "en", str.split).tokens[:4] == ("It", "ends", ".", "Then")


def test_a_paragraph_is_translated_by_sentences(engine: Smt) -> None:
    first, second = UNKNOWN[0], UNKNOWN[1]
    (answer,) = said(engine, DATA, [f"{english(*first)}\n{english(*second)}"])
    one, other = said(engine, DATA, [english(*first), english(*second)])
    assert answer.text == f"{one.text} {other.text}"


def test_the_same_pairs_are_learned_once(engine: Smt, folder: Path) -> None:
    said(engine, DATA, ["The deep model."])
    heard: list[str] = []
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.suffix != ".lock"}
    again = Smt(folder, heard.append)
    asked = [english(*words) for words in UNKNOWN]
    assert said(again, DATA, asked) == said(engine, DATA, asked)
    assert not heard and {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.suffix != ".lock"} == before


SMALL = replace(DATA, units=DATA.units[:120])


ASKED = [english(*words) for words in UNKNOWN]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Answer]]:
    """A folder with the model of few pairs, and what it says; to be copied."""
    folder = tmp_path_factory.mktemp("small")
    return folder, said(Smt(folder, quiet, 1), SMALL, ASKED)


def models(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def test_equal_pairs_make_equal_drafts_and_other_pairs_replace_the_model(
    tmp_path: Path, small: tuple[Path, list[Answer]]
) -> None:
    heard: list[str] = []
    assert said(Smt(tmp_path, heard.append, 1), SMALL, ASKED) == small[1]
    (old,) = models(tmp_path)
    said(Smt(tmp_path, heard.append, 1), replace(SMALL, units=DATA.units[:130]), ASKED)
    (new,) = models(tmp_path)
    assert old != new and len(heard) == 2


def test_the_newest_models_are_kept_as_many_as_told(tmp_path: Path) -> None:
    made = []
    for count in (120, 130, 140):
        said(Smt(tmp_path, quiet, 1, kept=2), replace(SMALL, units=DATA.units[:count]), ASKED[:1])
        made.append(set(models(tmp_path)))
    assert [len(found) for found in made] == [1, 2, 2] and made[2] & made[1] and not made[2] & made[0]


def test_evaluations_do_not_replace_what_syncs_have_learned(tmp_path: Path) -> None:
    source, translation = Source(repository="en"), Translation(language="es", repository="es", baseline="sibling")
    told = Settings(source=source, translations=[translation], folder=tmp_path)
    site = Composition(told, Credentials.of({}), quiet)
    sync, evaluation = site.engine("smt"), site.engine("smt", for_evaluation=True)
    assert isinstance(sync, Smt) and isinstance(evaluation, Smt)
    said(replace(sync, least=1), SMALL, ASKED[:1])
    before = models(sync.folder)
    said(replace(evaluation, least=1), replace(SMALL, units=DATA.units[:130]), ASKED[:1])
    assert before[0].is_dir() and evaluation.folder != sync.folder and evaluation.kept >= 4


@pytest.mark.parametrize("harm", ["cut", "gone", "told"])
def test_a_broken_model_is_made_anew(tmp_path: Path, small: tuple[Path, list[Answer]], harm: str) -> None:
    heard: list[str] = []
    shutil.copytree(small[0], tmp_path, dirs_exist_ok=True)
    (model,) = models(tmp_path)
    if harm == "cut":
        (model / "rules.tsv").write_bytes((model / "rules.tsv").read_bytes()[:-20])
    elif harm == "gone":
        (model / "sentences.txt").unlink()
    else:
        (model / "about.json").write_text("[]")
    assert said(Smt(tmp_path, heard.append, 1), SMALL, ASKED) == small[1]
    assert len(heard) == 1 and models(tmp_path) == [model]


KILLED = """
import sys
from pathlib import Path
from bot.engines.smt import training
sys.path.insert(0, sys.argv[2])
from engines.smt import test_engine
def slow(*told):
    print("learning", flush=True)
    import time
    time.sleep(60)
training.write_rules = slow
test_engine.said(test_engine.Smt(Path(sys.argv[1]), test_engine.quiet, 1), test_engine.SMALL, ["The model."])
"""


def test_a_killed_training_leaves_nothing_half_made(tmp_path: Path) -> None:
    told = [sys.executable, "-c", KILLED, str(tmp_path), str(Path(__file__).parents[2])]
    with subprocess.Popen(told, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"learning\n"
        process.send_signal(signal.SIGKILL)
    (left,) = models(tmp_path)
    assert left.name.startswith("making-")
    assert said(Smt(tmp_path, quiet, 1), SMALL, ["The model."])[0].text
    (model,) = models(tmp_path)
    assert not model.name.startswith("making-")


def test_many_processes_say_what_one_does(engine: Smt) -> None:
    texts = [english(*words) for words in WORDS[:FEW]]
    assert [a.text for a in said(engine, DATA, texts)] == [said(engine, DATA, [t])[0].text for t in texts]


def test_a_model_that_another_run_replaced_meanwhile_still_answers(tmp_path: Path) -> None:
    engine = Smt(tmp_path, quiet, 1)
    texts = [english(*words) for words in WORDS[:FEW]]
    before = said(engine, SMALL, texts[:5])
    (model,) = models(tmp_path)
    shutil.rmtree(model)
    assert said(engine, SMALL, texts)[:5] == before


def test_few_pairs_teach_nothing(tmp_path: Path) -> None:
    (answer,) = said(Smt(tmp_path, quiet), replace(SMALL, units=DATA.units[:29]), ["The deep model."])
    assert answer.text is None and answer.reason.startswith("the book has 29 translated sentences so far")
    assert not list(tmp_path.iterdir())


def test_without_the_extra_people_are_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == "snowballstemmer":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest)

    for name in [n for n in sys.modules if n.startswith("bot.engines.smt")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(AmtsError) as caught:
        said(Smt(tmp_path, quiet), DATA, ["The deep model."])
    assert caught.value.fix == "pip install 'amts[smt]'"


def test_what_people_said_goes_first(engine: Smt) -> None:
    known, unknown = english(*KNOWN[0]), english(*UNKNOWN[0])
    segments = {("a.md", n): Segment(text, "paragraph") for n, text in enumerate((known, unknown))}
    found: Mapping[Any, Answer] = translated(engine, Batch("en", "es", segments), Resources(DATA)).answers
    assert found["a.md", 0].origin in ("context", "exact") and found["a.md", 0].text == invented(*KNOWN[0])
    assert found["a.md", 1].origin == "rough"


def test_people_are_told_that_a_draft_is_rough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory = tmp_path / "memory.tmx"
    with memory.open("wb") as stream:
        files.write(DATA.units, stream, DATA.languages, "tmx")
    old, new = "The old text is gone.\n", f"{english(*UNKNOWN[0])}\n"
    for name, text in (("old.md", old), ("new.md", new), ("target.md", "Va moto teksu ikar.\n")):
        (tmp_path / name).write_text(text)
    told = ["draft", "--language", "es", "--engine", "smt", "--config", str(tmp_path / "amts.yml")]
    told += ["--memory", str(memory), "--report", str(tmp_path / "report.json"), "--output", str(tmp_path / "draft.md")]
    told += [
        f"--{kind}={tmp_path / name}"
        for kind, name in (("old-source", "old.md"), ("new-source", "new.md"), ("target", "target.md"))
    ]
    assert main(told) == 0
    assert (tmp_path / "draft.md").read_text() == f"{invented(*UNKNOWN[0])}\n"
    (segment,) = json.loads((tmp_path / "report.json").read_text())["segments"]
    assert segment["origin"] == "rough" and segment["remark"] == ROUGH
    assert f"1 draft of these: {ROUGH}." in capsys.readouterr().err


def test_the_page_says_so_too() -> None:
    plan = plan_document("Old.\n", "A new one stands here.\n", "Viejo.\n", language="es")
    answers = {s.number: Answer("Borrador.", "rough") for s in plan.segments}
    change = Change("edit", "a.md", "a.md", "a.md", "Old.\n", "A new one stands here.\n", "Viejo.\n", plan)
    done = draft_document(plan, answers, old="Old.\n", new="A new one stands here.\n")
    outcomes = (Outcome(change, "drafted", "changed", done),)
    text = page(LanguageReport("es", "opened", "0" * 40, outcomes, documents=reviewed(outcomes)))
    assert f"**1 draft of these: {ROUGH}.**" in text and f"**{ROUGH}**<br>" in text


def test_the_language_model_knows_places_without_their_numbers(tmp_path: Path) -> None:
    from bot.engines.smt.tokens import PLACE

    data = replace(DATA, units=DATA.units[-100:])
    said(Smt(tmp_path, quiet, 1), data, ["See $y$ now."])
    (model,) = models(tmp_path)
    text = (model / "sentences.txt").read_text(encoding="utf-8")
    assert "⟦a⟧" in text and not PLACE.search(text)


@pytest.mark.parametrize("language", ["zh", "es"])
def test_two_pieces_of_code_side_by_side_stay_two(language: str) -> None:
    from bot.engines.smt.tokens import text

    assert text(("⟦a0⟧", "⟦a1⟧", "⟦o0⟧", "x", "⟦c0⟧"), language).startswith("⟦a0⟧ ⟦a1⟧")


def test_chinese_is_split_by_its_terms(folder: Path) -> None:
    from bot.engines.smt.chinese_words import splitter
    from bot.engines.smt.tokens import sentence, text

    words = splitter("zh", ["随机甲乙"], folder)
    tokens = sentence("我们用随机甲乙和 `x` 训练 BERT Large。", "zh", words).tokens
    assert "随机甲乙" in tokens and "⟦a0⟧" in tokens
    assert text(tokens, "zh") == "我们用随机甲乙和⟦a0⟧训练BERT Large。"
