"""The engines ``deepl`` and ``libretranslate`` on emulators over HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import deepl as fake
from fakes import libretranslate as fake_libre
from fakes.http_service import CLOSE, Reply
from support.accounts import QuickClock

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.atoms import atoms
from bot.document.segment import Segment
from bot.engines import Answer, Batch, Result
from bot.engines.deepl.engine import DeepL, client, target_code
from bot.engines.http_client import TRIES, HttpClient
from bot.engines.libretranslate import LibreTranslate, code
from bot.engines.llm.online import Budget
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.parallel_data.dataset import ParallelData
from bot.settings.engines import DeepL as Chosen
from bot.terminology.glossary import Term
from bot.terminology.terms import Terminology

pytest.importorskip("httpx", reason="the extra deepl is not installed")

TEXTS = [
    "The **first** boat is [slow & old](https://a.b/c?d=1&e=2), with `sails < 2` and $x$.",
    "The second boat has a keel.",
]


@pytest.fixture
def service() -> Iterator[fake.DeepL]:
    with fake.DeepL() as made:
        yield made


def engine(service: fake.DeepL, folder: Path, **more: object) -> DeepL:
    http = HttpClient("deepl", service.url, fake.KEY, "DeepL-Auth-Key", QuickClock(), statuses={456: "quota"})
    return replace(DeepL(http, Budget(unit="characters"), folder, lambda _: None), **more)  # type: ignore[arg-type]


def resources(*terms: tuple[str, str]) -> Resources:
    listed = Terminology("es", tuple(Term(s, (t,), n) for n, (s, t) in enumerate(terms))) if terms else None
    return Resources(ParallelData(("en", "es"), "sentence", ()), terminology=listed)


def translate(made: DeepL | LibreTranslate, texts: list[str] = TEXTS, known: Resources | None = None) -> Result:
    segments = {("a.md", n): Segment(text, "paragraph", before="Before it.") for n, text in enumerate(texts)}
    return made.translate(Batch("en", "es", segments), known or resources())


def answers(result: Result) -> list[Answer]:
    return list(result.answers.values())


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a.md", 1))


def pairs(*found: tuple[str, str]) -> Resources:
    return Resources(ParallelData(("en", "es"), "sentence", tuple(unit(*pair) for pair in found)))


def test_the_pairs_are_a_translation_memory(service: fake.DeepL, tmp_path: Path) -> None:
    known = pairs(
        ("The second boat has no keel & no mast.", "El barco no tiene quilla & mástil."), ("A `b`.", "Una `b`.")
    )
    texts = [*TEXTS, "The second boat has no keel & one mast."]
    made = engine(service, tmp_path, threshold=90)
    found = answers(translate(made, texts, known))
    assert found[2].text == "El barco no tiene quilla & mástil." and found[1].text != found[2].text
    (memory,) = service.memories.values()
    assert memory["name"].startswith("amts-es-") and len(memory["pairs"]) == 1, "only plain sentences are imported"
    assert answers(translate(made, texts, known)) == found and set(service.billed.values()) == {1}
    assert len(service.jobs) == 1, "equal pairs are not imported again"
    # More pairs: another memory; what others keep in the account stays.
    service.keep("other", "legal", {})
    for number in range(30):
        service.keep(f"o{number}", f"x{number}", {})
    translate(made, texts, pairs(("The mast is new.", "El mástil es nuevo.")))
    ours = [m["name"] for m in service.memories.values() if m["name"].startswith("amts-")]
    assert len(service.jobs) == 2 and len(service.memories) == 32 and len(ours) == 1 and ours != [memory["name"]]


def test_without_a_translation_memory_it_drafts_all_the_same(service: fake.DeepL, tmp_path: Path) -> None:
    told: list[str] = []
    made = engine(service, tmp_path, threshold=90, tell=told.append)
    service.failure = "not a TMX file"
    found = answers(translate(made, known=pairs(("The mast is new.", "El mástil es nuevo."))))
    assert all(a.text for a in found) and "not a TMX file; drafted without" in told[0]
    batch = Batch("en", "tr", {("a.md", 1): Segment("The keel is old.", "paragraph")})
    made.translate(batch, Resources(ParallelData(("en", "tr"), "sentence", (unit("A.", "B."),))))
    assert "no translation memories for this language" in " ".join(told) and len(service.jobs) == 1
    translate(made, known=pairs())
    assert len(service.jobs) == 1, "no pairs, no memory"


def test_atoms_are_whole_and_nothing_is_billed_twice(service: fake.DeepL, tmp_path: Path) -> None:
    told: list[str] = []
    made = engine(
        service, tmp_path, tell=told.append, formality="formal", budget=Budget(price_input=20.0, unit="characters")
    )
    first = translate(made)
    assert [a.reason for a in answers(first)] == ["", ""]
    for text, answer in zip(TEXTS, answers(first), strict=True):
        assert answer.text and Counter(atoms(answer.text)) == Counter(atoms(text))
    body = service.asked[0].json
    assert body["context"] == "Before it." and body["formality"] == "prefer_more"
    assert first.characters == sum(
        len(s) for s in ("The first boat is slow &amp; old, with `sails &lt; 2` and $x$.", TEXTS[1])
    )
    assert f"2 sent, {first.characters} characters, 0.00 USD" in told[0]
    assert translate(made).answers == first.answers and set(service.billed.values()) == {1}


def test_what_comes_back_damaged_is_sent_with_its_marks_hidden(service: fake.DeepL, tmp_path: Path) -> None:
    service.keeps = False
    found = answers(translate(engine(service, tmp_path)))
    assert "sails" not in service.asked[-1].json["text"][0] and found[1].text
    assert found[0].text is None and "changed" in found[0].reason, "and else stays English"


def test_a_language_without_glossaries_is_drafted_without_one(service: fake.DeepL, tmp_path: Path) -> None:
    terms = Terminology("gl", (Term("keel", ("quilla",), 1),))
    batch = Batch("en", "gl", {("a.md", 1): Segment("The keel is old.", "paragraph")})
    made = engine(service, tmp_path).translate(
        batch, Resources(ParallelData(("en", "gl"), "sentence", ()), terminology=terms)
    )
    assert answers(made)[0].text and not service.glossaries


def test_terms_are_a_glossary_that_is_made_once(service: fake.DeepL, tmp_path: Path) -> None:
    known = resources(("keel", "quilla"), ("mast", "mástil"))
    service.glossaries["of-another"] = {"name": "ours", "glossary_id": "of-another", "ready": True}
    for _ in range(2):
        assert "quilla" in (answers(translate(engine(service, tmp_path), TEXTS[1:], known))[0].text or "")
    assert service.made == 1 and service.glossaries["glossary-1"]["entries"] == "keel\tquilla\nmast\tmástil"
    changed = resources(("keel", "carena"))
    assert "carena" in (answers(translate(engine(service, tmp_path), TEXTS[1:], changed))[0].text or "")
    assert set(service.glossaries) == {"of-another", "glossary-2"}, "the old one is deleted, and no other"


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("fault", [Reply({"message": "Too many requests"}, 429), Reply(b"", 503), CLOSE])
def test_a_passing_fault(service: fake.DeepL, tmp_path: Path, fault: Reply | str, after: bool) -> None:
    service.faults, service.after = [fault] * 2, after
    assert all(a.text for a in answers(translate(engine(service, tmp_path))))


@pytest.mark.parametrize(
    ("fault", "fix"),
    [
        (Reply({"message": "Quota exceeded"}, 456), "quota"),
        (Reply({"message": f"Forbidden {fake.KEY}"}, 403), "check the key"),
        (Reply({"message": "Payload too large"}, 413), "settings under deepl"),
        (Reply(b"<html>"), "run it again"),
    ],
)
def test_a_lasting_fault(service: fake.DeepL, tmp_path: Path, fault: Reply, fix: str) -> None:
    service.faults = [fault] * TRIES
    with pytest.raises(AmtsError) as caught:
        translate(engine(service, tmp_path))
    assert fix in caught.value.fix and fake.KEY not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        {"translations": []},
        {"translations": [{"text": "Uno."}, {"text": "Dos."}]},
        {"translations": [{"text": None}]},
        {"translations": [{"text": ""}]},
        {"translations": [{"text": "The second boat has a keel."}]},
        {"translations": [{"text": "El <b>segundo</b> barco."}]},
        [],
    ],
)
def test_an_answer_that_is_none(service: fake.DeepL, tmp_path: Path, body: object) -> None:
    text = ["The second boat has a `keel`."]
    service.faults = [Reply(body)]
    assert answers(translate(engine(service, tmp_path / "a"), text))[0].text, "once more, with its marks hidden"
    service.faults = [Reply(body)] * 2
    found = answers(translate(engine(service, tmp_path / "b"), text))[0]
    assert found.text is None and found.reason


def test_a_budget_in_characters(service: fake.DeepL, tmp_path: Path) -> None:
    made = engine(service, tmp_path, at_once=1, budget=Budget(10, name="deepl.max_…", unit="characters"))
    assert [bool(a.text) for a in answers(translate(made))] == [True, False]


def test_where_the_service_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AmtsError, match="key of the engine deepl is missing"):
        client(Chosen(), QuickClock())
    monkeypatch.setenv("DEEPL_AUTH_KEY", "abc:fx")
    assert client(Chosen(), QuickClock()).base == "https://api-free.deepl.com"
    monkeypatch.setenv("DEEPL_AUTH_KEY", "abc")
    assert client(Chosen(), QuickClock()).base == "https://api.deepl.com"
    assert "abc" not in repr(client(Chosen(), QuickClock()))


def test_languages() -> None:
    assert [target_code(n) for n in ("es", "pt-BR", "pt", "zh", "zh-TW", "en", "de-AT")] == [
        "ES", "PT-BR", "PT-PT", "ZH-HANS", "ZH-HANT", "EN-US", "DE"
    ]  # fmt: skip
    assert [code(n) for n in ("es", "pt-BR", "zh", "de-AT")] == ["es", "pt-BR", "zh-Hans", "de"]


def test_libretranslate(tmp_path: Path) -> None:
    with fake_libre.LibreTranslate() as server:
        http = HttpClient("libretranslate", server.url, fake_libre.KEY, "", QuickClock())
        made = LibreTranslate(http, tmp_path, lambda _: None)
        found = translate(made)
        assert all(a.text for a in answers(found)) and translate(made) == found and len(server.texts) == 2
        assert all("Authorization" not in a.headers for a in server.asked)
        server.faults = [Reply({"error": f"Invalid API key {fake_libre.KEY}"}, 403)]
        with pytest.raises(AmtsError) as caught:
            translate(replace(made, folder=tmp_path / "b"))
        assert fake_libre.KEY not in str(caught.value)
        server.keeps = False
        found = translate(replace(made, folder=tmp_path / "c"))
        assert answers(found)[0].text is None and answers(found)[1].text
