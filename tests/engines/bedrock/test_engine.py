"""The engine ``bedrock`` on an emulator over HTTP: calls, batch jobs, faults, what is paid for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes.bedrock import MODEL, Bedrock, failure
from fakes.http_service import Reply
from support.accounts import BUCKET, ROLE, Account, QuickClock

from bot.document.segment import Segment
from bot.engines import Answer, Batch, Pending, Result
from bot.engines.bedrock import engine as bedrock
from bot.engines.bedrock.converse import Model
from bot.engines.bedrock.engine import Place
from bot.engines.llm.online import Budget
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.parallel_data.dataset import ParallelData

TEXTS = [f"Boat number {word} has `sails`." for word in ("one", "two", "three", "four", "five")]


@pytest.fixture
def service(account: Account, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bedrock]:
    with Bedrock() as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        # A retry of boto3 must not take seconds.
        monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0.0)
        yield made


def engine(folder: Path, batch_from: int = 0, **more: object) -> bedrock.Bedrock:
    place = Place(BUCKET, ROLE, "amts/bedrock", "amts", batch_from) if batch_from else None
    made = bedrock.Bedrock("us-east-1", Model(MODEL), Budget(), folder, lambda _: None, place, 2, clock=QuickClock())
    return replace(made, **more)  # type: ignore[arg-type]


def translate(made: bedrock.Bedrock, texts: list[str] = TEXTS) -> Result:
    batch = Batch("en", "es", {("a.md", n): Segment(text, "paragraph") for n, text in enumerate(texts)})
    return made.translate(batch, Resources(ParallelData(("en", "es"), "sentence", ())))


def answers(result: Result) -> list[Answer]:
    return list(result.answers.values())


def drafted(result: Result) -> int:
    return sum(a.text is not None for a in answers(result))


@pytest.mark.parametrize("model", [Model(MODEL), Model(MODEL, False, 0.5, True)])
def test_a_call_for_each_sentence(service: Bedrock, tmp_path: Path, model: Model) -> None:
    told: list[str] = []
    made = engine(tmp_path, model=model, tell=told.append, budget=Budget(price_input=3.0, price_output=15.0))
    first = translate(made)
    assert drafted(first) == 5 and "tokens in" in told[0] and "USD" in told[0]
    assert translate(made) == first and len(service.model.texts) == 5, "none is paid for twice"


@pytest.mark.parametrize("reason", ["max_tokens", "guardrail_intervened", "content_filtered", "tool_use"])
def test_a_model_that_stops_early_has_drafted_nothing(service: Bedrock, tmp_path: Path, reason: str) -> None:
    service.stop = reason
    found = answers(translate(engine(tmp_path), TEXTS[:1]))[0]
    assert found.text is None and reason in found.reason and len(service.model.texts) == 2


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerException", "ServiceUnavailableException"])
@pytest.mark.parametrize("after", [False, True])
def test_a_passing_fault(service: Bedrock, tmp_path: Path, code: str, after: bool) -> None:
    service.faults, service.after = [failure(code)] * 2, after
    assert drafted(translate(engine(tmp_path))) == 5


@pytest.mark.parametrize(
    ("fault", "fix"),
    [
        (failure("AccessDeniedException", "You don't have access to the model"), "allow Converse"),
        (failure("ExpiredTokenException"), "role-duration-seconds"),
        (failure("ValidationException", "no json_schema here"), "settings under bedrock"),
        (failure("ResourceNotFoundException"), "settings under bedrock"),
        (Reply(b"<html>", 502), "run it again"),
    ],
)
def test_a_lasting_fault(service: Bedrock, tmp_path: Path, fault: Reply, fix: str) -> None:
    service.faults = [fault] * 20
    with pytest.raises(AmtsError) as caught:
        translate(engine(tmp_path))
    assert fix in caught.value.fix and MODEL in caught.value.what


def test_many_requests_are_one_job(service: Bedrock, tmp_path: Path) -> None:
    told: list[str] = []
    first = translate(engine(tmp_path, 3, tell=told.append))
    assert drafted(first) == 5 and len(service.batch.jobs) == 1 and not any("converse" in a.path for a in service.asked)
    assert "5 requests sent in a batch job" in told[0] and told[-1] == "es: the job is Completed"
    # Another machine, two sentences more: fewer than a job takes.
    second = translate(engine(tmp_path / "other", 3), [*TEXTS, "One more `boat`.", "Another `boat` here."])
    assert drafted(second) == 7 and len(service.batch.jobs) == 1 and len(service.model.texts) == 7


@pytest.mark.parametrize("batch_from", [0, 99])
def test_an_answer_that_is_refused_twice_is_asked_for_anew(service: Bedrock, tmp_path: Path, batch_from: int) -> None:
    service.model.answers = ["no", "no"]
    assert answers(translate(engine(tmp_path, batch_from), TEXTS[:1]))[0].text is None
    assert answers(translate(engine(tmp_path, batch_from), TEXTS[:1]))[0].text and len(service.model.texts) == 3
    assert answers(translate(engine(tmp_path, batch_from), TEXTS[:1]))[0].text and len(service.model.texts) == 3


def test_a_run_goes_on_with_the_job_of_an_earlier_one(service: Bedrock, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(Pending):
            translate(engine(tmp_path, 3, patience=0.0))
    # By now English has changed.
    found = translate(engine(tmp_path, 3, patience=0.0), [*TEXTS[1:], "One more `boat`."])
    assert drafted(found) == 5 and len(service.batch.jobs) == 1 and len(service.model.texts) == 6


@pytest.mark.parametrize("operation", ["model-invocation-job", "records.jsonl", "run.json", "replies/", "finished/"])
@pytest.mark.parametrize("after", [False, True])
def test_a_run_that_was_killed(
    service: Bedrock, account: Account, tmp_path: Path, operation: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before or after a step of its work: the next run has all answers, and none is paid for twice."""
    from bot.engines.amazon.storage import Storage
    from bot.engines.bedrock.batch import Jobs

    class Killed(BaseException):
        pass

    start = Jobs._start

    def dying(method: Any) -> Any:
        def call(self: Any, name: str, *more: Any) -> Any:
            chosen = operation in name or method is start
            if chosen and not after:
                raise Killed
            result = method(self, name, *more)
            if chosen:
                raise Killed
            return result

        return call

    with monkeypatch.context() as patch:
        if operation == "model-invocation-job":
            patch.setattr(Jobs, "_start", dying(start))
        else:
            patch.setattr(Storage, "put", dying(Storage.put))
        with pytest.raises(Killed):
            translate(engine(tmp_path, 3))
    assert drafted(translate(engine(tmp_path, 3))) == 5
    assert len(service.batch.jobs) == 1 and len(service.model.texts) == 5


@pytest.mark.parametrize("status", ["PartiallyCompleted", "Expired", "Stopped"])
def test_what_a_job_that_ended_early_left_is_read(service: Bedrock, tmp_path: Path, status: str) -> None:
    service.batch.ends, service.batch.mangle = status, lambda lines: lines[:3]
    found = translate(engine(tmp_path, 3))
    # The two others are few: they are asked for one by one, with what was wrong.
    assert drafted(found) == 5 and len(service.batch.jobs) == 1
    assert [r.get("rejected", {}).get("problem") for r in service.model.requests[5:]] == [
        "the batch job did not return it"
    ] * 2


def test_a_job_that_failed_is_explained_and_sent_anew(service: Bedrock, tmp_path: Path) -> None:
    service.batch.ends, service.batch.message = "Failed", "The role may not read the bucket."
    with pytest.raises(AmtsError, match="delivered no translations") as caught:
        translate(engine(tmp_path, 3))
    assert "The role may not read" in caught.value.why
    service.batch.ends = "Completed"
    assert drafted(translate(engine(tmp_path, 3))) == 5 and len(service.batch.jobs) == 2


def _error(line: str) -> str:
    record = json.loads(line)
    del record["modelOutput"]
    return json.dumps({**record, "error": {"errorCode": 400, "errorMessage": "bad record"}})


@pytest.mark.parametrize(
    ("mangle", "problem"),
    [
        (lambda lines: lines[::-1], ""),
        (lambda lines: [lines[0], *lines], "did not return it"),
        (lambda lines: [lines[0][:-9], *lines[1:]], "did not return it"),
        (lambda lines: [_error(lines[0]), *lines[1:]], "400: bad record"),
        (lambda lines: [*lines, '{"recordId": "of another"}', "[]", ""], ""),
    ],
)
def test_records_of_a_job(service: Bedrock, tmp_path: Path, mangle: Any, problem: str) -> None:
    service.batch.mangle = mangle
    found = translate(engine(tmp_path, 3))
    assert drafted(found) == 5
    more = [r["rejected"]["problem"] for r in service.model.requests[5:]]
    assert len(more) == bool(problem) and all(problem in one for one in more)
    whole = {s: a.text for s, a in zip(TEXTS, answers(found), strict=True)}
    assert all(a and "`sails`" in a for a in whole.values())


def test_a_budget_holds_for_a_job(service: Bedrock, tmp_path: Path) -> None:
    found = answers(translate(engine(tmp_path, 3, budget=Budget(tokens=1500, name="bedrock.max_…"))))
    assert "left out: the budget" in found[-1].reason and found[0].text
