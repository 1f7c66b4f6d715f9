"""The engine that translates on this machine: a real model, and a mirror of models over HTTP."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.http_service import Reply
from fakes.model_mirror import ModelMirror, model_files, real_model

from bot.cli.main import main
from bot.doctor.engine import examine
from bot.document.atoms import atoms
from bot.document.runs import Run, runs
from bot.document.segment import Segment
from bot.engines import Answer, Batch
from bot.engines.neural import models
from bot.engines.neural.engine import Neural, _one
from bot.engines.neural.models import Store
from bot.engines.placeholders import hidden, letters
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.findings import Finding
from bot.forges.github.credentials import Credentials
from bot.parallel_data.dataset import ParallelData
from bot.settings.file import read
from bot.sync.composition import Composition

pytest.importorskip("fxtranslate", reason="the extra neural is not installed")

LANGUAGES = ("en", "pt-BR")


def quiet(_: str) -> None:
    """Hears nothing."""


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "en-pt").symlink_to(real_model())
    return tmp_path / "models"


def drafts(engine: Neural, texts: Sequence[str], language: str = "pt-BR") -> list[Answer]:
    segments = {("a.md", n): Segment(text, "paragraph") for n, text in enumerate(texts)}
    answers = engine.translate(
        Batch("en", language, segments), Resources(ParallelData(("en", language), "sentence", ()))
    )
    return [answers.answers["a.md", n] for n in range(len(texts))]


HARD = [
    "Do not normalize the bias: it has no effect on the output.",
    "We call `net.train()` before the loop, and set $\\eta = 0.1$ unless stated otherwise.",
    "As shown in :numref:`fig_a`, the **attention pooling** averages the values by their [similarity](https://a.b/c).",
    "The *receptive field* of $x$ in X1 is larger than that of `y`, as [_Smith_ wrote](#smith).",
    "It is 5 &amp; more. A second sentence follows here, with `code`, in the same segment.",
    "Estimators chosen according to the principle of maximum likelihood are called *maximum likelihood estimators*.",
    "![A long arrow pointing to the right of the box.](../img/arrow.svg)",
    "**`layer`**",
]


def test_it_translates_and_every_atom_is_whole(given: Path) -> None:
    answers = drafts(Neural(Store(given, given), quiet), HARD)
    assert [a.reason for a in answers] == [""] * len(HARD)
    for text, answer in zip(HARD, answers, strict=True):
        assert answer.text and answer.origin == "engine"
        assert Counter(atoms(answer.text)) == Counter(atoms(text))
    assert answers[0].text == "Não normalize o viés: não tem efeito sobre a saída."
    assert answers[-1].text == HARD[-1], "what has no words stays"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "lost"),
        ("Nós chamamos X1 e X1 agora que definimos isso.", "repeated"),
        ("Nós chamamos X1, X2 e X3 agora que definimos isso.", "repeated or added X3"),
        ("Nós chamamos **X1** e X2 agora que definimos isso.", "read differently"),
        ("X1 " + "e assim por diante " * 30 + "X2", "far too long"),
        ("X1 X2 sim.", "far too short"),
        ("We call X1 before the loop, and set X2 unless stated otherwise.", "is the English"),
    ],
)
def test_a_damaged_answer_is_refused(said: str, reason: str) -> None:
    got = _one(HARD[1], lambda _: said, LANGUAGES)
    assert got.text is None and reason in got.problem


def test_what_is_damaged_is_tried_again_with_its_emphasis_apart() -> None:
    said = {
        "We call it *small talk* in Europe.": "Nós a chamamos de small talk na Europa.",
        "We call it X1 in Europe.": "Na Europa nós a chamamos de X1.",
        "small talk": "conversa fiada",
    }
    assert _one(next(iter(said)), said.__getitem__, LANGUAGES).text == "Na Europa nós a chamamos de *conversa fiada*."


def test_names_are_not_words_of_the_text() -> None:
    assert letters([Run("text", "X1 and Y2")])(3) == "W3"
    sent = hidden(runs("See [a](b) and [*c*](d) in X1, `e`."), letters(runs("See X1.")))
    assert sent.text == "See [a](Y1) and [*c*](Y2) in X1, Y3."
    moved = sent.pieces("Em X1, Y3, [*c*](Y2) e [a](Y1).")
    assert not isinstance(moved, str), "what moves is found"
    assert "".join(p.text for p in moved) == "Em X1, `e`, [*c*](d) e [a](b)."
    assert sent.pieces("Em X1, Y3, *c* e [a](Y1).") == "the engine lost ["


def test_a_sentence_that_the_model_would_cut_is_not_sent() -> None:
    got = _one("word " * 300, lambda _: pytest.fail("it was sent"), LANGUAGES)
    assert "longer than 1,000 characters" in got.problem


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return model_files()


def test_a_model_is_fetched_once_and_kept(tmp_path: Path, files: dict[str, bytes]) -> None:
    with ModelMirror(files) as mirror:
        # A version that is not released, and a better one of another pair.
        mirror.records += [{**r, "version": "2.0a1", "decompressedHash": "0" * 64} for r in mirror.records[:3]]
        store = Store(tmp_path / "kept", mirror=mirror.url)
        told: list[str] = []
        first = drafts(Neural(store, told.append), HARD[:1])
        asked = len(mirror.asked)
        assert drafts(Neural(store, told.append), HARD[:1]) == first and len(mirror.asked) == asked == 4
        assert first[0].text and told == ["pt-BR: fetching the neural model, 22 MB, once"]
        assert not [p for p in store.kept.iterdir() if p.name.startswith(".")], "nothing is left over"
        lexicon = next((store.kept / "en-pt").glob("lex.*"))
        lexicon.write_bytes(lexicon.read_bytes()[:1000])
        assert drafts(Neural(store, quiet), HARD[:1]) == first and len(mirror.asked) == 8, "one that is damaged again"


@pytest.mark.parametrize(
    ("change", "what", "fix"),
    [
        (lambda m: m.faults.append(Reply(b"", 503)), "records cannot be read", "check the network"),
        (lambda m: m.faults.append(Reply(b"<html>")), "the list of neural models cannot be read", "neural.models"),
        (
            lambda m: m.faults.append(Reply(b"{", headers={"Content-Length": "9"})),
            "records cannot be read",
            "check the network",
        ),
        (lambda m: m.files.clear(), ".zst cannot be read", "neural.models"),
        (lambda m: m.records[0].update(decompressedHash="0" * 64), "arrived damaged", "run it again"),
        (lambda m: m.records[0].update(name="../../evil"), "the list of neural models cannot be read", "later"),
        (
            lambda m: m.records[0]["attachment"].update(location="../x"),
            "the list of neural models cannot be read",
            "later",
        ),
        (lambda m: m.records.clear(), "there is no neural model from en to pt-BR", "docs/engines.md"),
        (lambda m: m.records.__delitem__(slice(1)), "incomplete", "neural.models"),
    ],
)
def test_what_goes_wrong_when_fetching(tmp_path: Path, change: object, what: str, fix: str) -> None:
    small = {f"{kind}.enpt.bin": kind.encode() for kind in ("model", "vocab", "lex")}
    with ModelMirror(small) as mirror:
        change(mirror)  # type: ignore[operator]
        with pytest.raises(AmtsError) as caught:
            drafts(Neural(Store(tmp_path / "kept", mirror=mirror.url), quiet), HARD[:1])
    assert what in caught.value.what and fix in caught.value.fix
    assert not list((tmp_path / "kept").glob(".*")) if (tmp_path / "kept").exists() else True


def test_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(AmtsError, match="cannot be read") as caught:
        drafts(Neural(Store(tmp_path, mirror=url), quiet), HARD[:1])
    assert "put the models into a folder" in caught.value.fix
    monkeypatch.setattr(models, "RECORDS", f"{url}/records")
    with pytest.raises(AmtsError):
        Store(tmp_path).bring(LANGUAGES, quiet)


def test_a_folder_of_ones_own(tmp_path: Path, given: Path) -> None:
    store = Store(tmp_path / "kept", given)
    assert store.find(("en", "pt")) and store.find(("en", "pt-BR")) and not store.find(("en", "es"))
    with pytest.raises(AmtsError, match="there is no model en-es in") as caught:
        store.bring(("en", "es"), quiet)
    assert "remove neural.models" in caught.value.fix
    broken = tmp_path / "broken"
    shutil.copytree(real_model(), broken / "en-pt")
    for path in (broken / "en-pt").glob("model.*bin"):
        path.write_bytes(b"not a model")
    with pytest.raises(AmtsError, match="cannot be read"):
        drafts(Neural(replace(store, given=broken), quiet), HARD[:1])


def test_names_of_languages() -> None:
    assert models._names(("en", "pt-BR")) == ["en-pt-BR", "en-pt"]
    assert models._names(("en", "zh")) == ["en-zh", "en-zh-Hans"]
    assert models._names(("en", "zh-TW"))[1] == "en-zh-Hant"
    assert models._names(("en", "es")) == ["en-es"]


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "fxtranslate", None)
    with pytest.raises(AmtsError, match="not installed") as caught:
        drafts(Neural(Store(tmp_path), quiet), HARD[:1])
    assert caught.value.fix == "pip install 'amts[neural]'"


def test_what_the_doctor_finds(tmp_path: Path, given: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(more: str) -> list[Finding]:
        text = "source: {repository: en}\ntranslations: [{language: pt-BR, repository: pt, baseline: lock}]\n"
        settings = read(f"{text}engine: neural\n{more}", tmp_path / "amts.yml")
        return list(examine(Composition(settings, Credentials.of({}), quiet)))

    assert [f.state for f in found("")] == ["good"] and "the first sync fetches it" in found("")[0].detail
    assert found("neural: {models: models}\n")[0].detail == f"is in {given / 'en-pt'}"
    assert found("neural: {models: elsewhere}\n")[0].state == "bad"
    (given / "en-pt").unlink()
    shutil.copytree(real_model(), given / "en-pt")
    for path in (given / "en-pt").glob("model.*bin"):
        path.write_bytes(b"not a model")
    assert "cannot be read" in found("neural: {models: models}\n")[0].detail
    monkeypatch.setitem(sys.modules, "fxtranslate", None)
    assert found("")[0].fix == "pip install 'amts[neural]'"


def test_one_document_needs_no_settings(tmp_path: Path) -> None:
    (tmp_path / ".amts" / "neural").mkdir(parents=True)
    kept = tmp_path / ".amts" / "neural" / "en-pt"
    shutil.copytree(real_model(), kept)
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in kept.iterdir()}
    (kept / "checksums.json").write_text(json.dumps(files))
    for name, text in (("old", "Old.\n"), ("new", "The boat is old.\n"), ("target", "Velho.\n")):
        (tmp_path / f"{name}.md").write_text(text)
    told = ["draft", "--language", "pt-BR", "--engine", "neural", "--config", str(tmp_path / "amts.yml")]
    told += [f"--old-source={tmp_path}/old.md", f"--new-source={tmp_path}/new.md", f"--target={tmp_path}/target.md"]
    assert main([*told, "--output", str(tmp_path / "draft.md")]) == 0
    assert (tmp_path / "draft.md").read_text() == "O barco é velho.\n"
