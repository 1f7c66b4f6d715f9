"""Several engines in a row: who is asked for what, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes.chat_server import KEY, ChatServer
from fakes.http_service import Reply
from fakes.model_mirror import real_model
from support.worlds import CHAPTER, world

from bot.cli.main import main
from bot.document.segment import Segment
from bot.engines import Answer, Batch, Key, Pending, Result
from bot.engines.in_a_row import InARow
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.parallel_data.dataset import ParallelData
from bot.settings.file import read


@dataclass
class Engine:
    """Answers what it ``knows``, or fails; ``asked`` is what it was asked for."""

    name: str
    knows: Mapping[str, str] = field(default_factory=dict)
    error: AmtsError | None = None
    asynchronous: bool = False
    asked: list[str] = field(default_factory=list)

    def translate(self, batch: Batch, resources: Resources) -> Result:
        self.asked += [s.source for s in batch.segments.values()]
        if self.error:
            raise self.error
        found: dict[Key, Answer] = {
            key: Answer(self.knows[s.source], "engine") if s.source in self.knows else Answer(None, reason="unknown")
            for key, s in batch.segments.items()
        }
        return Result(found, sum(len(s.source) for s in batch.segments.values()))


DOWN = AmtsError("it is down", why="no network", fix="wait")


def said(*engines: Engine, paid: str = "") -> tuple[list[Answer], int, list[str]]:
    told: list[str] = []
    segments = {("a.md", n): Segment(text, "paragraph") for n, text in enumerate(("one", "two", "three"))}
    row = InARow(engines, told.append, frozenset(paid.split()))
    result = row.translate(Batch("en", "es", segments), Resources(ParallelData(("en", "es"), "sentence", ())))
    return list(result.answers.values()), result.characters, told


def test_the_next_one_is_asked_for_what_is_left() -> None:
    first, second = Engine("a", {"one": "uno"}), Engine("b", {"two": "dos"})
    answers, characters, told = said(first, second, paid="b")
    assert [(a.text, a.engine, a.reason) for a in answers] == [
        ("uno", "a", ""),
        ("dos", "b", ""),
        (None, "", "a: unknown; b: unknown"),
    ]
    assert second.asked == ["two", "three"] and characters == len("twothree") and not told


def test_one_that_is_not_needed_is_not_asked() -> None:
    second = Engine("b")
    said(Engine("a", {"one": "uno", "two": "dos", "three": "tres"}), second)
    assert not second.asked


def test_one_that_fails_is_said_and_passed_over() -> None:
    answers, _, told = said(Engine("a", error=DOWN), Engine("b", {"one": "uno"}))
    assert answers[0].text == "uno" and answers[1].reason == "a: it is down; b: unknown"
    assert told == ["es: a failed: it is down: no network"]
    answers, _, _ = said(Engine("b", {"one": "uno"}), Engine("a", error=DOWN))
    assert answers[0].text == "uno" and answers[1].reason == "b: unknown; a: it is down"


def test_all_may_fail_and_none_is_passed_over_while_it_works() -> None:
    with pytest.raises(AmtsError, match="it is down"):
        said(Engine("a", error=DOWN), Engine("b", error=DOWN))
    second = Engine("b", {"one": "uno"})
    with pytest.raises(Pending):
        said(Engine("a", error=Pending("not done", why="slow", fix="later")), second)
    assert not second.asked


SETTINGS = "source: {repository: en}\ntranslations: [{language: es, repository: es, baseline: lock}]\n"


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("[neural, neural]", "each engine once"),
        ("[]", "engine"),
        ("[neural, deeple]", "did you mean deepl?"),
        ("deeple", "amts.yml: engine has an invalid value"),
    ],
)
def test_settings(engine: str, words: str) -> None:
    with pytest.raises(AmtsError) as caught:
        read(f"{SETTINGS}engine: {engine}\n", Path("amts.yml"))
    assert words in str(caught.value)
    assert read(f"{SETTINGS}engine: [deepl, neural]\n", Path("amts.yml")).price_of(("deepl", "neural")) == 25.0


def test_a_sync_in_which_the_first_engine_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("fxtranslate", reason="the extra neural is not installed")
    here = world(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "en-es").symlink_to(real_model())  # it speaks Portuguese
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with ChatServer() as server:
        more = (
            f"engine: [openai, neural]\nopenai: {{url: '{server.url}/v1', model: small}}\nneural: {{models: models}}\n"
        )
        here.config.write_text(here.config.read_text(encoding="utf-8") + more, encoding="utf-8")
        here.push({"boats.md": CHAPTER + "\nOars are made of wood.\n"})
        server.faults = [Reply({"error": "expired"}, 401)]
        assert here.sync() == 0
    assert "openai failed" in capsys.readouterr().err
    assert "madeira" in here.text("boats.md") and "**machine translation by neural**" in here.page()


def test_each_language_may_have_its_own() -> None:
    settings = read(
        "source: {repository: en}\nengine: [deepl, neural]\ntranslations:\n"
        "  - {language: es, repository: es, baseline: lock, engine: smt}\n"
        "  - {language: zh, repository: zh, baseline: lock}\n",
        Path("amts.yml"),
    )
    assert settings.engine_of("es") == ("smt",) and settings.engine_of("zh") == ("deepl", "neural")
    assert settings.engines == ("smt", "deepl", "neural")


def test_a_sync_of_a_language_with_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("fxtranslate", reason="the extra neural is not installed")
    here = world(tmp_path, engine="neural")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "en-es").symlink_to(real_model())
    more = "engine: amazon\nneural: {models: models}\n"  # which would fail: it has no bucket
    here.config.write_text(here.config.read_text(encoding="utf-8") + more, encoding="utf-8")
    here.push({"boats.md": CHAPTER + "\nOars are made of wood.\n"})
    assert main(["doctor", "--config", str(here.config)]) == 0 and "model en-es" in capsys.readouterr().out
    assert here.sync() == 0 and "madeira" in here.text("boats.md")
