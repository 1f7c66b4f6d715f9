"""Evaluation: nothing of what is held out is learned from, only prose counts, and the figures are sacrebleu's."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import git
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.ter import TER
from support.accounts import SETTINGS, Account
from support.worlds import commit

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.cli.main import main
from bot.engines import Answer, Batch, Result
from bot.engines.amazon import custom_data
from bot.engines.amazon.connection import connect
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.evaluation.arms import Arm, parsed, turned
from bot.evaluation.edit_rate import EditRate
from bot.evaluation.evaluate import Translated, evaluate
from bot.evaluation.held_out import hold_out, prose, terms_without_leaks, without_leaks
from bot.evaluation.incremental import incremental
from bot.evaluation.scores import scored
from bot.parallel_data.extraction import TranslatedDocument
from bot.terminology.glossary import Term
from bot.terminology.terms import Terminology

LANGUAGES = ("en", "es")
NOUNS = {"boat": "barco", "harbour": "puerto", "anchor": "ancla", "captain": "capitán", "sail": "velamen"}
VERBS = {"follows": "sigue", "leaves": "deja", "finds": "encuentra", "carries": "lleva", "repairs": "repara"}
TAILS = {"before the storm": "antes de la tormenta", "at the pier": "en el muelle", "every morning": "cada día"}


def sentences(count: int, seed: int) -> list[tuple[str, str]]:
    """Sentences that are not like one another, each with its translation."""
    pick = random.Random(seed)
    found = {}
    while len(found) < count:
        words = [pick.choice(list(table.items())) for table in (NOUNS, VERBS, NOUNS, TAILS)]
        number = pick.randrange(1000, 9999)
        english = f"The {words[0][0]} number {number} {words[1][0]} the {words[2][0]} {words[3][0]}."
        found[english] = f"El {words[0][1]} número {number} {words[1][1]} el {words[2][1]} {words[3][1]}."
    return list(found.items())


def document(path: str, pairs: Sequence[tuple[str, str]]) -> TranslatedDocument:
    source, target = ("\n\n".join(p[n] for p in pairs) for n in (0, 1))
    return TranslatedDocument(path, f"# Summary\n\n{source}\n", f"# Resumen\n\n{target}\n")


TEST = [
    ("A lighthouse keeper counted every passing gull aloud.", "Un farero contaba en voz alta cada gaviota que pasaba."),
    ("Her brother painted fourteen buoys in bright orange.", "Su hermano pintó catorce boyas de un naranja vivo."),
    ("Nobody could explain why that foghorn stayed silent.", "Nadie sabía explicar por qué callaba aquella sirena."),
]
BOOK = [document(f"chapter-{n}.md", sentences(12, n)) for n in range(4)] + [document("held.md", TEST)]


class Recorder:
    """An engine that answers with what it has learned, or with one text, and remembers what it was given."""

    name, asynchronous = "memory_only", False

    def __init__(self, text: str | None = None) -> None:
        self.text, self.learned, self.asked = text, list[Resources](), list[Batch]()

    def translate(self, batch: Batch, resources: Resources) -> Result:
        self.learned.append(resources)
        self.asked.append(batch)
        answer = Answer(self.text, "engine") if self.text else Answer(None, reason="nothing")
        return Result(dict.fromkeys(batch.segments, answer), 7)


def run(documents: Sequence[TranslatedDocument], engine: Recorder, arms: Sequence[Arm] = (Arm("amazon", "sentence"),)):  # type: ignore[no-untyped-def]
    book = Translated(LANGUAGES, tuple(documents))
    return evaluate(book, ["held.md"], arms, lambda _: engine, directions=[LANGUAGES], samples=10)


def altered(text: str) -> str:
    """The same, in capitals, with other punctuation, a word less and marks."""
    words = text.rstrip(".").split()
    return f"**{' '.join(words[:2]).upper()}** {' '.join(words[2:-1])} — {words[-1]}!"


@pytest.mark.parametrize("granularity", ["sentence", "paragraph"])
@pytest.mark.parametrize(
    "copies",
    [
        [document("renamed/copy.md", TEST)],
        [document("other.md", [(altered(s), altered(t)) for s, t in TEST])],
        [document("mixed.md", [(f"{sentences(1, 90)[0][0]} {s}", f"{sentences(1, 90)[0][1]} {t}") for s, t in TEST])],
        [document("one.md", [(s, f"{n} palabras muy distintas de todas aquellas.") for n, (s, _) in enumerate(TEST)])],
        [document("other.md", [(f"Quite {n} other words than all of those.", t) for n, (_, t) in enumerate(TEST)])],
    ],
    ids=["under another name", "altered", "inside paragraphs", "the source alone", "the target alone"],
)
def test_what_is_held_out_is_never_learned_from(copies: list[TranslatedDocument], granularity: str) -> None:
    engine = Recorder()
    found = run([*BOOK, *copies], engine, [Arm("amazon", granularity)])  # type: ignore[arg-type]
    assert found.results[0].leaked >= 3 and found.results[0].pairs >= 40
    data = engine.learned[0].parallel_data
    for unit in data.units:
        for word in ("lighthouse", "buoys", "foghorn", "farero", "boyas", "sirena"):
            assert word not in (unit.source + unit.target).casefold()


def test_without_parallel_data_nothing_is_learned_at_all() -> None:
    engine = Recorder()
    found = run(BOOK, engine, [Arm("amazon", "none")])
    assert engine.learned[0].parallel_data.units == () and found.results[0].pairs == 0


def test_what_everybody_says_is_no_leak() -> None:
    held = hold_out(BOOK, ["held.md"], LANGUAGES)
    summary = TranslationUnit("Summary", "Resumen", Provenance("x.md", 1))
    kept, leaked = without_leaks([summary], held.units, LANGUAGES)
    assert kept == (summary,) and not leaked


@given(st.data())
def test_an_edit_of_a_held_out_sentence_leaks_and_other_sentences_do_not(data: st.DataObject) -> None:
    source, _ = data.draw(st.sampled_from(TEST))
    at = data.draw(st.integers(0, len(source)))
    edited = source[:at] + data.draw(st.text("abc xyz", max_size=4)) + source[at + data.draw(st.integers(0, 2)) :]
    held = hold_out(BOOK, ["held.md"], LANGUAGES).units
    fresh = sentences(1, data.draw(st.integers(0, 10**6)))[0]
    units = [TranslationUnit(s, t, Provenance("x.md", 1)) for s, t in ((edited, "Nada de eso."), fresh)]
    kept, leaked = without_leaks(units, held, LANGUAGES)
    assert [u.source for u in leaked] == [edited] and [u.source for u in kept] == [fresh[0]]


def test_a_sentence_in_the_list_of_terms_leaks() -> None:
    held = hold_out(BOOK, ["held.md"], LANGUAGES).units
    terms = Terminology("es", (Term("boat", ("barco",), 1), Term(TEST[0][0], ("x",), 2), Term("y", (TEST[1][1],), 3)))
    kept, left_out = terms_without_leaks(terms, held, LANGUAGES)
    assert [t.source for t in kept.terms] == ["boat"] and left_out == 2


def test_only_prose_counts() -> None:
    text = "The `code` of **a** [link](http://x.y/z) is $x^2$ in :numref:`sec_x`."
    assert prose(text) == "The of a link is in ."


def test_a_translation_that_copies_code_alone_is_worth_nothing() -> None:
    pairs = [(f"Use `f(x)` when {s.lower()}", f"Usa `f(x)` cuando {t.lower()}") for s, t in TEST]
    engine = Recorder("`f(x)`")
    found = run([*BOOK[:4], document("held.md", pairs)], engine)
    assert found.results[0].scored.average() < 0.01


def test_code_inside_segments_counts_as_written_and_nowhere_else() -> None:
    pairs = [
        (f"Call `first_name({n})` of `a.b` when {s.lower()}", f"Llama a `first_name({n})` de `a.b`; {t.lower()}")
        for n, (s, t) in enumerate(TEST)
    ]
    copied = Recorder("Llama a `first_name(1)` de `a.b` y nada.")
    (result,) = run([*BOOK[:4], document("held.md", pairs)], copied).results
    assert result.as_written > 0.1 > result.scored.average()


@given(
    st.lists(st.tuples(*[st.text("ab, .中文!", max_size=30)] * 2), min_size=1, max_size=5),
    st.sampled_from(["zh", "ko", "tr"]),
)
def test_the_edit_rate_is_sacrebleu_s_own(pairs: list[tuple[str, str]], language: str) -> None:
    said, people = [a for a, _ in pairs], [b for _, b in pairs]
    ours, theirs = EditRate(language), TER(normalized=True, asian_support=language != "tr")
    ours.prepare(pairs)
    with mock.patch.object(TER, "_compute_segment_statistics", side_effect=AssertionError("looked at twice")):
        found = ours.corpus_score(said, [people])
    assert found.score == theirs.corpus_score(said, [people]).score
    assert str(ours.get_signature()).replace("-char", "") == str(theirs.get_signature())


def test_people_s_own_words_score_best_and_less_is_worse() -> None:
    references = [t for _, t in sentences(20, 1)]
    worse = [" ".join(t.split()[:-2]) for t in references]
    found = scored({"worse": worse, "same": references}, references, ["a"] * 10 + ["b"] * 10, "es", 100)
    assert found["same"].corpus["BLEU"].value == pytest.approx(1) and found["same"].corpus["TER"].value == 0
    assert found["worse"].corpus["BLEU"].value < 0.9 and found["worse"].average() < 0.9
    assert found["worse"].corpus["BLEU"].p is None and (found["same"].corpus["BLEU"].p or 0) < 0.05
    assert found["same"].documents.keys() == {"a", "b"}


def test_a_system_that_says_the_same_is_not_better() -> None:
    texts = [t for _, t in sentences(20, 1)]
    found = scored({"one": texts[::-1], "other": texts[::-1]}, texts, ["a"] * 20, "es", 50)
    assert found["other"].corpus["BLEU"].p == found["other"].corpus["TER"].p == 1


@pytest.mark.parametrize(
    ("language", "tokeniser", "text"),
    [
        ("zh", "zh", "今天天气很好，我们去公园。"),
        ("ja", "ja-mecab", "今日は天気がいいので公園に行きます。"),
        ("ko", "ko-mecab", "오늘은 날씨가 좋아서 공원에 갑니다."),
        ("tr", "13a", "Bugün hava güzel, parka gidiyoruz."),
        ("zh_TW", "zh", "今天天氣很好。"),
        ("th", "char", "วันนี้อากาศดี"),
        ("pt-BR", "13a", "Hoje faz sol e vamos ao parque."),
    ],
)
def test_each_language_has_its_tokeniser(language: str, tokeniser: str, text: str) -> None:
    found = scored({"a": [text]}, [text], ["x"], language, 5)["a"]
    assert f"|tok:{tokeniser}" in found.signatures["BLEU"]
    assert found.corpus["BLEU"].value == pytest.approx(1)


def test_both_directions_are_asked_for_and_scored() -> None:
    engine = Recorder("Nada.")
    book = Translated(LANGUAGES, tuple(BOOK))
    arms = [Arm("amazon-realtime", "none"), Arm("amazon", "sentence")]
    found = evaluate(book, ["held.md"], arms, lambda _: engine, directions=[LANGUAGES, ("es", "en")], samples=5)
    assert [r.languages for r in found.results] == [LANGUAGES] * 2 + [("es", "en")] * 2
    assert [b.source_language for b in engine.asked] == ["en", "en", "es", "es"]
    assert engine.learned[3].parallel_data.languages == ("es", "en")
    assert {s.source for s in engine.asked[2].segments.values()} >= {t for _, t in TEST}
    assert turned(turned(found.held.units)) == tuple(turned(turned(found.held.units)))


SERIES = [document(f"part-{n}.md", sentences(4, 50 + n)) for n in range(3)]


def test_articles_are_learned_from_before_the_next_only() -> None:
    engine = Recorder("Nada.")
    paths = [d.path for d in SERIES]
    book = Translated(LANGUAGES, tuple(BOOK + SERIES))
    found = incremental(book, paths, Arm("amazon", "sentence"), engine, samples=5)
    assert [s.document for s in found] == paths and [bool(s.pairs) for s in found] == [False, True, True]
    assert found[2].pairs > found[1].pairs and found[0].learned.value == found[0].without.value
    for n, resources in enumerate(engine.learned[1:], 1):
        numbers = " ".join(u.source for u in resources.parallel_data.units)
        for later in SERIES[n:]:
            assert not any(line in numbers for line in later.source.split("\n\n")[1:])


@pytest.mark.parametrize("word", ["amazon", "amazon:words", "google:sentence", ""])
def test_what_is_no_arm_is_told(word: str) -> None:
    with pytest.raises(AmtsError, match="is not an arm"):
        parsed(word)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Settings of a book of five chapters, and its repositories."""
    for n, name in enumerate(("en", "es")):
        repo = git.Repo.init(tmp_path / name, initial_branch="main")
        files: dict[str, str | bytes | None] = {d.path: (d.source, d.target)[n] for d in BOOK}
        if n:
            files |= {d.path.replace(".md", "_origin.md"): d.source for d in BOOK}
        commit(repo, files, "First")
    told = "source:\n  repository: en\ntranslations:\n  - language: es\n    repository: es\n    baseline: sibling\n"
    (tmp_path / "amts.yml").write_text(told + SETTINGS, encoding="utf-8")
    return tmp_path


def amts(place: Path, *words: str) -> int:
    return main(["evaluate", "--config", str(place / "amts.yml"), "--language", "es", "--samples", "20", *words])


def test_the_published_comparison_on_amazon(
    place: Path, account: Account, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)
    files = [word for kind in ("markdown", "json", "csv") for word in (f"--{kind}", str(place / kind))]
    assert amts(place, "--hold-out", "held.md", *files, "--chart", str(place / "chart.svg")) == 0
    told = capsys.readouterr().out
    head = next(line for line in told.splitlines() if line.startswith("| document"))
    assert head.count("en→es: ") == 3 == head.count("es→en: ") and "| **average** |" in told
    assert told == (place / "markdown").read_text(encoding="utf-8")
    results = json.loads((place / "json").read_text(encoding="utf-8"))["results"]
    assert [(r["engine"], r["data"]) for r in results[:3]] == [
        ("amazon-realtime", "none"),
        ("amazon", "paragraph"),
        ("amazon", "sentence"),
    ]
    # Here paragraphs are sentences: the same pairs and segments are not paid for twice.
    assert [bool(r["characters"]) for r in results] == [True, True, False] * 2
    assert all(0 <= r["average"]["BLEU"] <= 1 and r["signatures"]["TER"] for r in results)
    rows = list(csv.DictReader((place / "csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 12 and {r["document"] for r in rows} == {"held.md", "*"}
    for direction in ("en-es", "es-en"):
        text = "".join(ElementTree.parse(place / f"chart.{direction}.svg").getroot().itertext())
        assert "held" in text and "amazon, sentence pairs" in text
    # Under a name of its own: what syncs have learned stays, and what is held out is not in it.
    client = connect("us-east-1").translate
    assert custom_data.look(client, "amts-es") is None
    for name in ("amts-evaluation-es", "amts-evaluation-en"):
        data = custom_data.downloaded(custom_data.locations(client, name)["data"]).decode()
        assert "harbour" in data and "lighthouse" not in data and "farero" not in data


def test_articles_come_in_the_order_in_which_they_are_named(place: Path) -> None:
    words = [w for name in ("held.md", "chapter-3.md", "chapter-[02].md") for w in ("--hold-out", name)]
    assert amts(place, *words, "--arm", "memory_only:sentence", "--incremental", "--json", str(place / "j")) == 0
    steps = json.loads((place / "j").read_text(encoding="utf-8"))["steps"]
    assert [s["document"] for s in steps] == ["held.md", "chapter-3.md", "chapter-0.md", "chapter-2.md"]


def test_an_estimate_sends_nothing(place: Path, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert amts(place, "--estimate") == 0
    assert "USD" in capsys.readouterr().out and not account.aws.billed and not account.aws.calls


def test_pairs_and_documents_from_elsewhere(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for n, folder in enumerate(("other-en", "other-es")):
        (place / folder).mkdir()
        (place / folder / "article.md").write_text("\n\n".join(p[n] for p in TEST) + "\n", encoding="utf-8")
    more = "source,target\n" + "".join(f'"{s}","{t}"\n' for s, t in sentences(30, 7))
    (place / "more.csv").write_text(more.replace("source,target", "en,es"), encoding="utf-8")
    words = ["--documents", str(place / "other-en"), str(place / "other-es"), "--direction", "there"]
    arm = ["--arm", "memory_only:sentence"]
    pairs = []
    for extra in ([], ["--from", str(place / "more.csv"), "--subject", "0"]):
        assert amts(place, *words, *arm, *extra, "--json", str(place / "j")) == 0
        (result,) = json.loads((place / "j").read_text(encoding="utf-8"))["results"]
        pairs.append(result["pairs"])
        assert list(result["documents"]) == ["article.md"] and result["unanswered"] == 3
    assert pairs[1] > pairs[0]
    # The chapter that says the same as the article was not learned from.
    assert result["leaked"] >= 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--hold-out", "nowhere.md"], "no translated document matches"),
        (["--arm", "amazon"], "is not an arm"),
        (["--arm", "memory_only:none", "--hold-out", "*"], ""),
    ],
)
def test_what_cannot_be_evaluated_is_told(
    place: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert amts(place, *words) == (1 if told else 0)
    if told:
        assert told in capsys.readouterr().err
