"""Amazon Bedrock over HTTP: Converse, and batch jobs that read and write the emulated S3.

Requests and answers are held against botocore's own models. Who asks is known by the access key only; signatures are
checked in the emulator of Amazon Translate. Guesses: the layout of a job's output, the messages of errors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
import botocore.session
from botocore.model import ServiceModel

from fakes.amazon.model import problems
from fakes.amazon.signature import ACCESS_KEY
from fakes.http_service import Asked, HttpService, Reply
from fakes.language_model import LanguageModel, tokens

MODEL = "eu.example.small-v1:0"
STATUSES = {
    "AccessDeniedException": 403,
    "ThrottlingException": 429,
    "ValidationException": 400,
    "ResourceNotFoundException": 404,
    "ModelTimeoutException": 408,
    "InternalServerException": 500,
    "ServiceUnavailableException": 503,
    "ConflictException": 400,
    "UnrecognizedClientException": 403,
    "ExpiredTokenException": 403,
}


@cache
def _service(name: str) -> ServiceModel:
    return botocore.session.Session().get_service_model(name)


def failure(code: str, message: str = "A fault on request.") -> Reply:
    """An error as the service answers it."""
    return Reply({"message": message}, STATUSES[code], {"x-amzn-ErrorType": code})


@dataclass
class Job:
    """A batch job; it is over at the ``steps``-th look."""

    arn: str
    request: dict[str, Any]
    status: str = "Submitted"
    looks: int = 0
    message: str = ""


@dataclass
class Batch:
    """What becomes of batch jobs: ``ends`` is their last status, ``mangle`` changes the lines of their output."""

    ends: str = "Completed"
    message: str = ""
    steps: int = 3
    mangle: Callable[[list[str]], list[str]] = list
    jobs: list[Job] = field(default_factory=list)


class Bedrock(HttpService):
    """Both services on one port. ``stop`` is the reason why the model stops."""

    def __init__(self) -> None:
        super().__init__()
        self.model, self.batch = LanguageModel(), Batch()
        self.key, self.stop = ACCESS_KEY, "end_turn"

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables that lead boto3 here."""
        return {"AWS_ENDPOINT_URL_BEDROCK_RUNTIME": self.url, "AWS_ENDPOINT_URL_BEDROCK": self.url}

    def answer(self, asked: Asked) -> Reply:
        given = re.search(r"Credential=([^/]+)/", asked.headers.get("Authorization", ""))
        if not given or given[1] != self.key:
            return failure("UnrecognizedClientException", "The security token included in the request is invalid.")
        parts = urlsplit(asked.path)
        if found := re.fullmatch(r"/model/(.+)/converse", parts.path):
            return self._converse(unquote(found[1]), asked.json)
        if (asked.method, parts.path) == ("POST", "/model-invocation-job"):
            return self._create(asked.json)
        if parts.path == "/model-invocation-jobs":
            return self._list(parse_qs(parts.query))
        if found := re.fullmatch(r"/model-invocation-job/(.+)", parts.path):
            return self._get(unquote(found[1]))
        return failure("ResourceNotFoundException", "no such operation")

    def said(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request."""
        system = "".join(part.get("text", "") for part in body["system"])
        (message,) = body["messages"]
        text = self.model.answer(system, message["content"][0]["text"])
        counts = tokens(json.dumps(body)), tokens(text)
        return {
            # The model's reasoning comes first, as it does with some.
            "output": {
                "message": {
                    "role": "assistant",
                    "content": [{"reasoningContent": {"reasoningText": {"text": "Hm."}}}, {"text": text}],
                }
            },
            "stopReason": self.stop,
            "usage": {"inputTokens": counts[0], "outputTokens": counts[1], "totalTokens": sum(counts)},
            "metrics": {"latencyMs": 1},
        }

    def _converse(self, model: str, body: dict[str, Any]) -> Reply:
        if found := _wrong("Converse", "bedrock-runtime", {**body, "modelId": model}):
            return failure("ValidationException", found)
        if model != MODEL:
            return failure("ResourceNotFoundException", f"Could not resolve the foundation model {model}")
        assert "toolConfig" not in body
        return _checked("Converse", "bedrock-runtime", self.said(body))

    def _create(self, body: dict[str, Any]) -> Reply:
        if found := _wrong("CreateModelInvocationJob", "bedrock", body):
            return failure("ValidationException", found)
        same = [j for j in self.batch.jobs if j.request.get("clientRequestToken") == body.get("clientRequestToken")]
        if same and same[0].request != body:
            return failure("ConflictException", "The token was used for another request.")
        if not same:
            arn = f"arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/{len(self.batch.jobs):012d}"
            same = [Job(arn, body)]
            self.batch.jobs += same
        return _checked("CreateModelInvocationJob", "bedrock", {"jobArn": same[0].arn})

    def _list(self, query: dict[str, list[str]]) -> Reply:
        wanted = query.get("nameContains", [""])[0]
        found = [_told(n, job) for n, job in enumerate(self.batch.jobs) if wanted in job.request["jobName"]]
        return _checked("ListModelInvocationJobs", "bedrock", {"invocationJobSummaries": found})

    def _get(self, arn: str) -> Reply:
        for number, job in enumerate(self.batch.jobs):
            if job.arn == arn:
                job.looks += 1
                if job.looks == self.batch.steps:
                    self._work(job)
                elif job.looks < self.batch.steps:
                    job.status = "InProgress"
                return _checked("GetModelInvocationJob", "bedrock", _told(number, job))
        return failure("ResourceNotFoundException", "no such job")

    def _work(self, job: Job) -> None:
        job.status, job.message = self.batch.ends, self.batch.message
        if job.status == "Failed":
            return
        s3 = boto3.client("s3")
        bucket, _, path = job.request["inputDataConfig"]["s3InputDataConfig"]["s3Uri"][5:].partition("/")
        lines = []
        for line in s3.get_object(Bucket=bucket, Key=path)["Body"].read().decode().split("\n"):
            record = json.loads(line)
            assert set(record) == {"recordId", "modelInput"}
            assert not _wrong("Converse", "bedrock-runtime", {**record["modelInput"], "modelId": MODEL})
            lines.append(json.dumps({**record, "modelOutput": self.said(record["modelInput"])}))
        bucket, _, folder = job.request["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"][5:].partition("/")
        folder = f"{folder.rstrip('/')}/{job.arn.rpartition('/')[2]}"
        body = "\n".join(self.batch.mangle(lines)) + "\n"
        s3.put_object(Bucket=bucket, Key=f"{folder}/records.jsonl.out", Body=body.encode())
        s3.put_object(Bucket=bucket, Key=f"{folder}/manifest.json.out", Body=b"{}")
        s3.close()


def _told(number: int, job: Job) -> dict[str, Any]:
    names = ("jobName", "modelId", "roleArn", "inputDataConfig", "outputDataConfig", "modelInvocationType")
    told = {name: job.request[name] for name in names if name in job.request}
    told |= {"jobArn": job.arn, "status": job.status, "submitTime": 1_700_000_000 + number}
    return told | ({"message": job.message} if job.message else {})


def _wrong(operation: str, service: str, params: dict[str, Any]) -> str:
    shape = _service(service).operation_model(operation).input_shape
    assert shape is not None
    return "; ".join(problems(params, shape, answer=True))


def _checked(operation: str, service: str, answer: dict[str, Any]) -> Reply:
    shape = _service(service).operation_model(operation).output_shape
    assert shape is not None
    found = list(problems(answer, shape, answer=True))
    assert not found, f"{operation} answers what its model does not allow: {'; '.join(found)}"
    return Reply(answer)
