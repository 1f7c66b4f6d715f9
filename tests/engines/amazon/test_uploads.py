"""What is uploaded keeps to the limits of the service, and what is left out of it is reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.accounts import Account, batch, pairs, resources, texts

from bot.engines.amazon import batch as engine_module
from bot.engines.amazon.realtime import AmazonRealtime
from bot.engines.amazon.uploads import parallel_data, terminology
from bot.errors import AmtsError
from bot.terminology.glossary import read
from bot.terminology.terms import build

BATCH = batch(("one.md", ["The boat is red."]))
LONG = "Barco " * 200


def test_pairs_that_are_too_long_are_left_out_and_counted(account: Account) -> None:
    data = pairs(("The boat is red.", "El barco es rojo."), ("Boat " * 201, LONG))
    assert texts(account.engine().translate(BATCH, resources(data))) == ["El barco es rojo."]
    assert "es: left out of the parallel data: 1 pair, more than 1,000 bytes on one side" in account.told


def test_of_more_than_a_file_may_hold_the_newest_pairs_are_uploaded(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = pairs(*((f"Boat number {n} is red.", f"El barco número {n} es rojo.") for n in range(200)))
    units = [replace(u, provenance=replace(u.provenance, time=n)) for n, u in enumerate(data.units)]
    data = replace(data, units=tuple(units))
    whole = parallel_data(resources(data)).data
    monkeypatch.setattr("bot.engines.amazon.uploads.PARALLEL_DATA_FILE", len(whole) // 2)
    found = parallel_data(resources(data))
    assert len(whole) // 4 < len(found.data) <= len(whole) // 2
    assert b"number 199 " in found.data and b"number 0 " not in found.data
    assert account.engine().push(resources(data)) is not None
    assert any("the oldest; it has at most" in text for text in account.told)


def test_terms_that_are_too_long_are_left_out_and_named(account: Account) -> None:
    terms = build(read(f"en,es\nboat,barco\nmast,{LONG[:300]}\n", "es"))
    found = terminology(resources(pairs(), terms))
    assert b"boat" in found.data and b"mast" not in found.data
    account.engine().translate(BATCH, resources(pairs(), terms))
    assert any("left out of the terminology: 1 term over 200 bytes, the first “mast”" in text for text in account.told)


@pytest.mark.parametrize("kind", ["amazon", "amazon-realtime"])
def test_a_terminology_that_is_too_large_is_refused_before_anything_is_sent(
    account: Account, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("bot.terminology.terms.LARGEST", 30)
    terms = build(read("en,es\nboat,barco\nmast,mástil\n", "es"))
    realtime = AmazonRealtime(account.engine().connection, account.told.append)
    engine = account.engine() if kind == "amazon" else realtime
    with pytest.raises(AmtsError, match="too large for Amazon Translate"):
        engine.translate(BATCH, resources(pairs(("The boat is red.", "El barco es rojo.")), terms))
    assert not account.aws.calls and not account.engine().storage("es").names("")


def test_a_document_is_cut_by_its_bytes(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engines.amazon.batch.LARGEST", 40)
    parts = list(engine_module._parts(["αβγδεζηθικ", "αβγδεζηθικ!", "a", "b"]))
    assert parts == [("αβγδεζηθικ",), ("αβγδεζηθικ!", "a", "b")]


@pytest.mark.parametrize(("language", "sent"), [("es", {"Formality": "FORMAL"}), ("zh", None)])
def test_formality_is_asked_for_only_where_there_is_one(account: Account, language: str, sent: object) -> None:
    asked = batch(("a.md", ["The boat floats."]), language=language)
    account.engine(formality="formal").translate(asked, resources(pairs(language=language)))
    (job,) = account.aws.jobs
    assert job.get("Settings") == sent
