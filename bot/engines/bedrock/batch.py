"""Batch jobs of Amazon Bedrock: many requests in one file, at about half the price, answered within hours.

A job is named by the requests in it and found again by that name, whoever started it; its answers are kept one by one,
so that no request is paid for twice. Sources: botocore's model of ``bedrock``, and its guide on batch inference.
Guesses: answers are in files ``*.jsonl.out`` somewhere below the output folder; their order does not count, the record
ids do; jobs that ended early (PartiallyCompleted, Expired, Stopped) may have left answers that are paid for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.clock import Clock, wait
from bot.engines import Pending
from bot.engines.amazon.connection import explained
from bot.engines.amazon.storage import Storage
from bot.engines.bedrock.converse import Model, reply
from bot.engines.llm.answers import Reply
from bot.engines.llm.kept_replies import key
from bot.engines.llm.prompt import Prompt
from bot.errors import AmtsError
from bot.progress import Step, silent

OVER = ("Completed", "PartiallyCompleted", "Expired", "Stopped", "Failed")
"""Final statuses."""


@dataclass(frozen=True)
class StoredReplies:
    """Replies in a bucket, an object for each request."""

    storage: Storage
    model: str

    def get(self, prompt: Prompt) -> Reply | None:
        found = self.storage.get_json(f"replies/{key(self.model, prompt)}.json")
        return Reply(**found) if found else None

    def add(self, prompt: Prompt, reply: Reply) -> None:
        self.add_by_key(key(self.model, prompt), reply)

    def drop(self, prompt: Prompt) -> None:
        """The answer is useless: the next run may ask again."""
        self.storage.remove(f"replies/{key(self.model, prompt)}.json")

    def add_by_key(self, name: str, reply: Reply) -> None:
        self.storage.put_json(f"replies/{name}.json", asdict(reply))


@dataclass(frozen=True)
class Jobs:
    """Starts jobs and collects them. With ``patience`` 0 (seconds) it does not wait for a job."""

    client: Any
    storage: Storage
    kept: StoredReplies
    model: Model
    role: str
    name: str
    clock: Clock
    patience: float
    tell: Callable[[str], None]
    step: Step = silent

    def resume(self) -> None:
        """Collects what earlier runs started. Raises Pending if one is not done."""
        started = {n.split("/")[1] for n in self.storage.names("runs/") if n.endswith("/run.json")}
        finished = {n.rpartition("/")[2].removesuffix(".json") for n in self.storage.names("finished/")}
        for id in sorted(started - finished):
            if arn := self._found(id):
                self.tell("resuming the job of an earlier run")
                self._collect(id, arn)
            else:  # killed before it started: nothing was paid for
                self.storage.put_json(f"finished/{id}.json", {"status": "never started"})

    def run(self, prompts: Sequence[Prompt]) -> Mapping[str, Reply]:
        """The replies to requests, by their keys. Raises Pending if a later run is to collect them."""
        records = {key(self.model.identity, p): self.model.body(p) for p in prompts}
        id = self._id(records)
        arn = self._found(id)
        if arn is None:
            lines = (json.dumps({"recordId": k, "modelInput": b}, ensure_ascii=False) for k, b in records.items())
            self.storage.put(f"runs/{id}/input/records.jsonl", "\n".join(lines).encode())
            self.storage.put_json(f"runs/{id}/run.json", {"records": len(records)})
            arn = self._start(id)
            self.tell(f"{len(records):,} requests sent in a batch job, {arn.rpartition('/')[2]}")
        return self._collect(id, arn)

    def _id(self, records: Mapping[str, object]) -> str:
        """Equal for the same requests; another after a job that failed, since the same one would be found again."""
        for attempt in range(100):
            id = hashlib.sha256(json.dumps([attempt, *sorted(records)]).encode()).hexdigest()[:24]
            if (self.storage.get_json(f"finished/{id}.json") or {}).get("status") in (None, "never started"):
                return id
        raise AmtsError("bedrock: 100 batch jobs have failed", why="all for the same sentences", fix="try amts doctor")

    def _job_name(self, id: str) -> str:
        return f"{self.name[:38]}-{id}"

    def _found(self, id: str) -> str | None:
        name = self._job_name(id)
        with explained(f"bedrock: the job {name} cannot be looked for", settings="bedrock"):
            answer = self.client.list_model_invocation_jobs(nameContains=name)
        found = [job for job in answer.get("invocationJobSummaries", []) if job["jobName"] == name]
        return str(max(found, key=lambda job: job["submitTime"])["jobArn"]) if found else None

    def _start(self, id: str) -> str:
        with explained(
            "bedrock: the batch job cannot be started", later="what was paid for is not lost", settings="bedrock"
        ):
            answer = self.client.create_model_invocation_job(
                jobName=self._job_name(id),
                clientRequestToken=id,
                roleArn=self.role,
                modelId=self.model.id,
                modelInvocationType="Converse",
                inputDataConfig={"s3InputDataConfig": {"s3Uri": self.storage.uri(f"runs/{id}/input/records.jsonl")}},
                outputDataConfig={"s3OutputDataConfig": {"s3Uri": self.storage.uri(f"runs/{id}/output/")}},
            )
        return str(answer["jobArn"])

    def _collect(self, id: str, arn: str) -> Mapping[str, Reply]:
        last = {"status": "", "message": ""}

        def step() -> dict[str, str] | None:
            with explained(
                "bedrock: the job cannot be looked at", later="the next run collects it", settings="bedrock"
            ):
                now = self.client.get_model_invocation_job(jobIdentifier=arn)
            self.step(f"waiting for Amazon Bedrock, {now['status']}")
            if now["status"] != last["status"]:
                self.tell(f"the job is {now['status']}")
            last.update(status=now["status"], message=now.get("message", ""))
            return last if now["status"] in OVER else None

        done = wait(step, self.clock, self.patience) if self.patience else step()
        if done is None:
            raise Pending(
                "bedrock: the batch job is not done yet",
                why=f"it is {last['status']}; batch jobs take minutes to hours",
                fix="run the sync again later: it continues with this job, and nothing is paid for twice",
            )
        replies = dict(self._replies(id))
        for name, one in replies.items():
            if not one.problem:
                self.kept.add_by_key(name, one)
        self.storage.put_json(f"finished/{id}.json", {"status": done["status"], "replies": len(replies)})
        if not replies:
            raise AmtsError(
                "bedrock: the batch job delivered no translations",
                why=f"it ended as {done['status']}: {done['message'] or 'the service does not say why'}",
                fix="correct that (`amts doctor` may show what it is) and run it again; the sentences are sent anew",
            )
        return replies

    def _replies(self, id: str) -> Iterator[tuple[str, Reply]]:
        """What is in the output, by record. A record that is there twice, or in a broken line, counts as missing."""
        seen: set[str] = set()
        found: dict[str, Reply] = {}
        for name in self.storage.names(f"runs/{id}/output/"):
            if not name.endswith(".jsonl.out"):
                continue
            for line in (self.storage.get(name) or b"").decode("utf-8", "replace").split("\n"):
                try:
                    record = json.loads(line)
                    record_id = str(record["recordId"])
                except (ValueError, KeyError, TypeError):
                    continue
                if record_id in seen:
                    found.pop(record_id, None)
                    continue
                seen.add(record_id)
                if "modelOutput" in record:
                    found[record_id] = reply(record["modelOutput"])
                else:
                    error = record.get("error") or {}
                    why = f"{error.get('errorCode', 'error')}: {error.get('errorMessage', '')}"
                    found[record_id] = Reply(problem=why)
        yield from found.items()
