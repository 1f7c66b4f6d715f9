"""Batch translation jobs: starting them once, checking their status and reading their output.

Sources: API reference of Amazon Translate (StartTextTranslationJob, DescribeTextTranslationJob) and its guide on
asynchronous batch processing (the details file).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from bot.engines.amazon.connection import explained
from bot.engines.amazon.storage import Storage

if TYPE_CHECKING:
    from mypy_boto3_translate import TranslateClient

DONE = ("COMPLETED", "COMPLETED_WITH_ERROR")
OVER = (*DONE, "FAILED", "STOPPED")
"""Final statuses; there is output if the status is in ``DONE``."""
UNDER_WAY = ("SUBMITTED", "IN_PROGRESS", "STOP_REQUESTED")


@dataclass(frozen=True)
class Order:
    """What a job is to do. With the same ``token`` it starts only once; empty names are left out."""

    name: str
    token: str
    input: str
    output: str
    languages: tuple[str, str]
    role: str
    parallel_data: str = ""
    terminology: str = ""
    formality: str = ""


@dataclass(frozen=True)
class Job:
    """A job as the service describes it; ``output`` is where it writes (s3://…)."""

    id: str
    name: str
    status: str
    message: str = ""
    output: str = ""


@dataclass(frozen=True)
class Results:
    """The documents of a job by input file name, why others are missing, and the number of characters translated."""

    documents: Mapping[str, str]
    problems: Mapping[str, str]
    characters: int


def start(client: TranslateClient, order: Order) -> Job:
    """A new job; the same one again for the same token (for how long is not documented: ``find`` it first)."""
    with explained(f"the translation job {order.name} cannot be started", later="what was paid for is not lost"):
        settings: dict[str, Any] = {"Formality": order.formality.upper()} if order.formality else {}
        optional: dict[str, Any] = {
            "ParallelDataNames": [order.parallel_data] if order.parallel_data else [],
            "TerminologyNames": [order.terminology] if order.terminology else [],
            "Settings": settings,
        }
        answer = client.start_text_translation_job(
            JobName=order.name,
            ClientToken=order.token,
            InputDataConfig={"S3Uri": order.input, "ContentType": "text/html"},
            OutputDataConfig={"S3Uri": order.output},
            DataAccessRoleArn=order.role,
            SourceLanguageCode=order.languages[0],
            TargetLanguageCodes=[order.languages[1]],
            **{key: value for key, value in optional.items() if value},
        )
    return Job(answer["JobId"], order.name, answer["JobStatus"])


def find(client: TranslateClient, name: str) -> Job | None:
    """The newest job of that name, or None."""
    with explained(f"the translation job {name} cannot be looked for"):
        found = client.list_text_translation_jobs(Filter={"JobName": name}).get("TextTranslationJobPropertiesList", [])
    jobs = [j for j in found if j.get("JobName") == name]
    return _job(max(jobs, key=lambda j: str(j.get("SubmittedTime", "")))) if jobs else None


def listed(client: TranslateClient, status: str) -> list[Any]:
    """The jobs of the account with a status, as the service describes them, over all pages."""
    out: list[Any] = []
    token: dict[str, Any] = {}
    with explained("the jobs of the account cannot be listed"):
        while True:
            answer = client.list_text_translation_jobs(Filter={"JobStatus": status}, **token)  # type: ignore[typeddict-item]
            out += answer.get("TextTranslationJobPropertiesList", [])
            if not (following := answer.get("NextToken")):
                return out
            token = {"NextToken": following}


def inputs_in_use(client: TranslateClient, folder: str) -> set[str]:
    """Where jobs below a folder that have not ended read their documents."""
    every = [job for status in UNDER_WAY for job in listed(client, status)]
    inputs = (str(job.get("InputDataConfig", {}).get("S3Uri", "")) for job in every)
    return {uri for uri in inputs if uri.startswith(folder)}


def look(client: TranslateClient, job: Job) -> Job:
    """The current state of the job."""
    with explained(f"the translation job {job.name} cannot be looked at", later="the next run collects it"):
        answer = client.describe_text_translation_job(JobId=job.id)
    return _job(answer["TextTranslationJobProperties"])


def _job(fields: Any) -> Job:
    output = str(fields.get("OutputDataConfig", {}).get("S3Uri", ""))
    return Job(fields["JobId"], fields.get("JobName", ""), fields["JobStatus"], fields.get("Message", ""), output)


def results(storage: Storage, job: Job, language: str) -> Results:
    """The output of a job in ``DONE``; the service alone decides where it writes, and under which names."""
    folder = storage.name(job.output).rstrip("/")
    details = storage.get_json(f"{folder}/details/{language}.auxiliary-translation-details.json")
    if details is None:
        return Results({}, {"": "the service left no list of what it did"}, 0)
    documents: dict[str, str] = {}
    problems: dict[str, str] = {}
    entries = details.get("details", [])
    targets = [f"{folder}/{PurePosixPath(str(e.get('targetFile') or 'none')).name}" for e in entries]
    written = storage.get_all(targets)
    for entry, target in zip(entries, targets, strict=True):
        name = PurePosixPath(str(entry.get("sourceFile", ""))).name
        error = (entry.get("auxiliaryData") or {}).get("error")
        data = written[target]
        if error:
            problems[name] = f"{error.get('errorCode', 'error')}: {error.get('errorMessage', '')}"
        elif data is None:
            problems[name] = "its file is missing in what the service wrote"
        else:
            documents[name] = data.decode("utf-8", "replace")
    return Results(documents, problems, int(details.get("charactersTranslated") or 0))
