"""The engine ``amazon`` against the emulated service: every sentence accounted for, none paid for twice."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from fakes.amazon import Fault
from support.accounts import Account, batch, pairs, reasons, resources, texts

from bot.document.runs import plain
from bot.drafting.estimate import estimate
from bot.engines import Answer, Pending
from bot.engines.amazon.connection import explained
from bot.engines.amazon.custom_data import Imported
from bot.errors import AmtsError
from bot.parallel_data.translation_memory import Memory
from bot.terminology.glossary import read
from bot.terminology.terms import build

KNOWN = [("The boat is red.", "El barco es rojo."), ("Use `rope` here.", "Usa `rope` aquí.")]
DATA = pairs(*KNOWN)
ONE = ["The boat is red.", "A **big** wave hits $x$ and `y` hard.", "See [the harbour](h.md), see :numref:`fig_h`."]
TWO = ["The boat is red.", "Ropes hold the old mast."]
BATCH = batch(("one.md", ONE), ("two.md", TWO))


def visible(sentences: list[str]) -> int:
    return sum(len(plain(s)) for s in dict.fromkeys(sentences))


def test_every_sentence_is_answered_and_the_parallel_data_wins(account: Account) -> None:
    steps: list[str] = []
    done = account.engine(progress=lambda language, text: steps.append(text)).translate(BATCH, resources(DATA))
    said = texts(done)
    assert said[0] == said[3] == "El barco es rojo."
    assert all(said) and {a.origin for a in done.answers.values()} == {"engine"}
    assert "$x$" in str(said[1]) and "`y`" in str(said[1]) and "**" in str(said[1])
    assert "](h.md)" in str(said[2]) and ":numref:`fig_h`" in str(said[2])
    assert account.starts() == 1 and account.aws.billed == done.characters == visible(ONE + TWO)
    assert any("sentences sent" in t for t in account.told) and any("completed" in t for t in account.told)
    assert "waiting for Amazon Translate, COMPLETED" in steps


def test_the_same_sentences_are_not_sent_again_and_new_ones_are(account: Account) -> None:
    first = account.engine().translate(BATCH, resources(DATA))
    again = account.engine().translate(BATCH, resources(DATA))
    assert texts(again) == texts(first) and again.characters == 0 and account.starts() == 1
    more = batch(("one.md", ONE), ("three.md", ["A new sentence comes."]))
    done = account.engine().translate(more, resources(DATA))
    assert account.starts() == 2 and done.characters == len("A new sentence comes.")
    assert set(account.aws.billed_texts.values()) == {1}


def test_new_parallel_data_and_a_salt_translate_anew(account: Account) -> None:
    account.engine().translate(BATCH, resources(DATA))
    better = pairs(*KNOWN, ("Ropes hold the old mast.", "Las cuerdas sujetan el mástil viejo."))
    done = account.engine().translate(BATCH, resources(better))
    assert texts(done)[-1] == "Las cuerdas sujetan el mástil viejo."
    account.engine(salt="again").translate(BATCH, resources(better))
    assert account.starts() == 3
    imports = [c for c in account.aws.calls if c in ("CreateParallelData", "UpdateParallelData")]
    assert imports == ["CreateParallelData", "UpdateParallelData"]


def test_without_pairs_there_is_no_parallel_data(account: Account) -> None:
    assert all(texts(account.engine().translate(BATCH, resources(pairs()))))
    assert all(texts(account.engine(customised=False).translate(BATCH, resources(DATA))))
    assert "CreateParallelData" not in account.aws.calls


def test_the_terminology_is_used_and_imported_once(account: Account) -> None:
    terms = build(read("en,es\nmast,MÁSTIL\n", "es"))
    done = account.engine().translate(BATCH, resources(DATA, terms))
    assert "MÁSTIL" in str(texts(done)[-1])
    account.engine().translate(batch(("x.md", ["One more mast."])), resources(DATA, terms))
    assert account.aws.calls.count("ImportTerminology") == 1


@pytest.mark.parametrize(
    "kind", ["lost-atom", "doubled-atom", "translated-atom", "empty", "untranslated", "lost-block", "lost-tag"]
)
def test_what_comes_back_damaged_goes_once_more(account: Account, kind: str) -> None:
    clean = account.engine(salt="clean").translate(BATCH, resources(DATA))
    account.aws.faults.append(Fault("job", kind))
    done = account.engine().translate(BATCH, resources(DATA))
    assert all(texts(done)), reasons(done)
    assert account.starts() == 3 and any("once more" in t for t in account.told)
    assert texts(done)[0] == texts(clean)[0]


@pytest.mark.parametrize("kind", ["moved", "entities", "spaces"])
def test_what_is_only_written_differently_is_taken(account: Account, kind: str) -> None:
    account.aws.faults.append(Fault("job", kind, match="*"))
    done = account.engine().translate(BATCH, resources(DATA))
    assert all(texts(done)) and account.starts() == 1


def test_what_fails_twice_stays_english_and_is_not_sent_a_third_time(account: Account) -> None:
    account.aws.faults.append(Fault("job", "empty", times=99, match="*"))
    done = account.engine().translate(BATCH, resources(DATA))
    assert len(reasons(done)) == 5 and "the service returned nothing" in reasons(done)
    assert all(reason.startswith("the service") for reason in reasons(done))
    assert account.starts() == 2
    again = account.engine().translate(BATCH, resources(DATA))
    assert again.answers == done.answers and account.starts() == 2


def test_a_document_that_the_service_loses_goes_once_more(account: Account) -> None:
    account.aws.faults.append(Fault("job", "missing"))
    assert all(texts(account.engine().translate(BATCH, resources(DATA)))) and account.starts() == 2
    assert set(account.aws.billed_texts.values()) == {1}


@pytest.mark.parametrize(("kind", "told"), [("failed", "FAILED"), ("stopped", "STOPPED")])
def test_a_job_that_ends_badly_is_told_and_the_next_run_starts_another(account: Account, kind: str, told: str) -> None:
    account.aws.faults.append(Fault("job", kind))
    with pytest.raises(AmtsError, match=told) as error:
        account.engine().translate(BATCH, resources(DATA))
    assert "run it again" in error.value.fix
    assert all(texts(account.engine().translate(BATCH, resources(DATA))))
    assert account.starts() == 2


def test_a_job_that_takes_long_is_left_to_the_next_run(account: Account) -> None:
    for patience in (0.0, 5.0):
        sentences = batch(("a.md", [f"Patience has {patience} ends."]))
        account.aws.faults.append(Fault("job", "slow", times=30))
        with pytest.raises(Pending, match="not done yet") as error:
            account.engine(patience=patience).translate(sentences, resources(DATA))
        assert "nothing is paid for twice" in error.value.fix
        account.aws.faults.clear()
        assert all(texts(account.engine().translate(sentences, resources(DATA))))
    assert account.starts() == 2 and set(account.aws.billed_texts.values()) == {1}


def test_english_that_changes_while_a_job_runs_costs_only_what_is_new(account: Account) -> None:
    account.aws.faults.append(Fault("job", "slow", times=5))
    with pytest.raises(Pending):
        account.engine(patience=0.0).translate(BATCH, resources(DATA))
    done = account.engine().translate(batch(("one.md", [*ONE, "And one more."])), resources(DATA))
    assert all(texts(done)) and account.starts() == 2
    assert set(account.aws.billed_texts.values()) == {1}


def test_the_budget_stops_before_spending(account: Account) -> None:
    room = visible(ONE[:2])
    done = account.engine(budget=room).translate(BATCH, resources(DATA))
    assert [bool(t) for t in texts(done)] == [True, True, False, True, False]
    assert account.aws.billed == room and all("budget" in r for r in reasons(done))
    assert account.engine(budget=0).translate(batch(("n.md", ["New words."])), resources(DATA)).characters == 0
    assert account.starts() == 1


def test_a_refused_import_is_told(account: Account) -> None:
    account.aws.faults.append(Fault("import", "failed", times=2))
    with pytest.raises(AmtsError, match="refused the parallel data"):
        account.engine().translate(BATCH, resources(DATA))
    assert not account.aws.jobs and account.aws.billed == 0


def test_a_long_document_is_cut_into_several(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engines.amazon.batch.LARGEST", 60)
    done = account.engine().translate(BATCH, resources(DATA))
    assert all(texts(done)) and account.starts() == 1
    assert done.answers["two.md", 2] == Answer(texts(done)[-1], "engine")


def test_only_a_taken_slot_for_imports_is_waited_for(account: Account) -> None:
    account.aws.faults.append(Fault("CreateParallelData", "denied"))
    with pytest.raises(AmtsError, match="cannot be imported"):
        account.engine().translate(BATCH, resources(DATA))
    assert not account.clock.slept and not account.aws.jobs


@pytest.mark.parametrize(("attempt", "usable"), [("", True), ("ACTIVE", True), ("FAILED", False), ("UPDATING", False)])
def test_parallel_data_whose_update_failed_is_not_taken_for_the_new_one(attempt: str, usable: bool) -> None:
    assert Imported("amts-es", "ACTIVE", attempt, content="c").holds("c") == usable


def test_the_message_of_a_service_is_shown_without_its_secrets() -> None:
    message = "no: https://b.s3.amazonaws.com/x?X-Amz-Signature=0123456789abcdef&X-Amz-Credential=AKIAABCDEFGHIJKL"
    refusal = ClientError({"Error": {"Code": "Odd", "Message": message}}, "GetParallelData")
    with pytest.raises(AmtsError) as caught, explained("it failed"):
        raise refusal
    assert "0123456789abcdef" not in str(caught.value) and "AKIA" not in str(caught.value)


def test_a_sentence_that_occurs_twice_is_estimated_once() -> None:
    assert estimate(batch(("a.md", [TWO[1], TWO[1]])), Memory(DATA.units)).sent == len(TWO[1])


def test_a_regional_tag_reaches_the_service_as_its_own_code(account: Account) -> None:
    asked = batch(("a.md", ["The boat floats."]), language="pt-BR")
    terms = build(read("en,pt\nboat,BARCO\n", "pt-BR"))
    learned = resources(pairs(("The boat floats on water.", "O barco flutua na água."), language="pt-BR"), terms)
    done = account.engine().translate(asked, learned)
    assert texts(done) != [None], reasons(done)
    (job,) = account.aws.jobs
    assert job["TargetLanguageCodes"] == ["pt"] and "BARCO" in str(texts(done)[0])
