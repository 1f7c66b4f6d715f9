"""What is deleted of the bucket is never needed again: not by a running job, not by a run that is not collected yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fakes.amazon import Fault
from support.accounts import BUCKET, Account, batch, pairs, resources, texts

from bot.engines import Pending
from bot.engines.amazon.cleaning import Leftovers, clear, leftovers

if TYPE_CHECKING:
    from bot.engines.amazon.batch import Amazon

DATA = pairs(("The boat is red.", "El barco es rojo."))
BATCH = batch(("one.md", ["The boat is red.", "A **big** wave hits $x$ hard."]))
MORE = batch(("two.md", ["Ropes hold the old mast."]))


def after(days: float) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def names(found: Leftovers) -> list[str]:
    return [one.stored.name for one in found.found]


def kept(engine: Amazon) -> list[str]:
    return engine.storage("es").names("")


def test_a_collected_run_leaves_only_its_sentences_which_are_not_paid_for_again(account: Account) -> None:
    engine = account.engine()
    first = engine.translate(BATCH, resources(DATA))
    found = leftovers(engine, "es", after(2))
    assert {name.split("/")[0] for name in names(found)} == {"runs"} and found.size
    assert names(found)[0].endswith("run.json")
    clear(engine, found)
    assert {name.split("/")[0] for name in kept(engine)} == {"finished", "parallel-data"}
    assert texts(engine.translate(BATCH, resources(DATA))) == texts(first) and account.starts() == 1


def test_what_was_written_a_moment_ago_is_not_judged(account: Account) -> None:
    engine = account.engine()
    engine.translate(BATCH, resources(DATA))
    assert not leftovers(engine, "es", after(0)).found


def test_a_running_job_and_one_that_nobody_collected_keep_what_they_need(account: Account) -> None:
    engine = account.engine(patience=0.0)
    account.aws.faults.append(Fault("job", "slow", times=5))
    with pytest.raises(Pending):
        engine.translate(BATCH, resources(DATA))
    found = leftovers(engine, "es", after(400))
    assert (names(found), found.running, found.uncollected) == ([], 1, 0)
    job = next(iter(account.aws.jobs))
    look = engine.connection.translate.describe_text_translation_job
    while look(JobId=job["JobId"])["TextTranslationJobProperties"]["JobStatus"] != "COMPLETED":
        pass
    found = leftovers(engine, "es", after(400))
    assert (names(found), found.running, found.uncollected) == ([], 0, 1)
    clear(engine, found)
    assert all(texts(account.engine().translate(BATCH, resources(DATA)))) and account.starts() == 1


def test_old_sentences_go_with_their_runs_in_an_order_that_a_kill_does_not_turn_into_a_bill(account: Account) -> None:
    engine = account.engine()
    engine.translate(BATCH, resources(DATA))
    found = leftovers(engine, "es", after(100))
    kinds = [name.split("/")[0] for name in names(found)]
    assert "finished" in kinds and kinds == sorted(kinds, reverse=True)
    for one in found.found:  # killed after each: never a record without an outcome
        clear(engine, Leftovers("es", (one,), 0, 0))
        records = [name for name in engine.storage("es").names("runs/") if name.endswith("run.json")]
        assert not records or engine.storage("es").names("finished/")
    assert {name.split("/")[0] for name in kept(engine)} == {"parallel-data"}


def test_sentences_are_kept_for_as_long_as_asked(account: Account) -> None:
    engine = account.engine()
    engine.translate(BATCH, resources(DATA))
    assert not [n for n in names(leftovers(engine, "es", after(100), days=200)) if n.startswith("finished/")]


def test_parallel_data_that_was_replaced_goes_and_what_is_there_stays(account: Account) -> None:
    engine = account.engine()
    engine.translate(BATCH, resources(DATA))
    engine.translate(MORE, resources(pairs(("Ropes hold.", "Las cuerdas sujetan."))))
    gone = [name for name in names(leftovers(engine, "es", after(2))) if name.startswith("parallel-data/")]
    assert len(gone) == 1 and len(engine.storage("es").names("parallel-data/")) == 2
    engine.connection.translate.delete_parallel_data(Name="amts-es")
    assert not [n for n in names(leftovers(engine, "es", after(2))) if n.startswith("parallel-data/")]


def test_nothing_of_others_is_touched(account: Account) -> None:
    engine = account.engine()
    engine.translate(BATCH, resources(DATA))
    others = ["amts/es-MX/runs/a/b/run.json", "amts-2/es/runs/a/b/run.json", "amts/es/notes.txt", "runs/a/b/run.json"]
    for key in others:
        engine.connection.s3.put_object(Bucket=BUCKET, Key=key, Body=b"mine")
    clear(engine, leftovers(engine, "es", after(400)))
    for key in others:
        assert engine.connection.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read() == b"mine"
