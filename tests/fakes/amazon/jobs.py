"""Batch jobs: their life, from the request to the last look."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from .account import ID, Account, known, page, refuse
from .clock import Pace
from .documents import Work, access_check, work
from .objects import StorageError, split
from .parallel_data import ParallelData
from .terminology import Terminology

_SAME = (
    "JobName",
    "SourceLanguageCode",
    "TargetLanguageCodes",
    "TerminologyNames",
    "ParallelDataNames",
    "DataAccessRoleArn",
    "InputDataConfig",
    "Settings",
)
OVER = ("COMPLETED", "COMPLETED_WITH_ERROR", "FAILED", "STOPPED")


@dataclass
class Job:
    """One job; ``request`` is what started it. It has a ``pace`` as soon as it is one of those that run."""

    id: str
    request: dict[str, Any]
    output: str
    submitted: float
    status: str = "SUBMITTED"
    message: str = ""
    ended: float | None = None
    pace: Pace | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.request.get("JobName", ""))

    def told(self) -> dict[str, Any]:
        """The job as the service describes it."""
        told = {name: self.request[name] for name in _SAME if name in self.request}
        told |= {"JobId": self.id, "JobStatus": self.status, "SubmittedTime": self.submitted}
        told["OutputDataConfig"] = {**self.request["OutputDataConfig"], "S3Uri": self.output}
        told |= {"JobDetails": self.counts} if self.counts else {}
        told |= {"Message": self.message} if self.message else {}
        told |= {"EndTime": self.ended} if self.ended is not None else {}
        return told


class Jobs:
    """The operations on jobs."""

    def __init__(self, account: Account, parallel_data: ParallelData, terminology: Terminology) -> None:
        self.account = account
        self.parallel_data = parallel_data
        self.terminology = terminology
        self.all: dict[str, Job] = {}

    def start(self, params: dict[str, Any]) -> dict[str, Any]:
        name = "StartTextTranslationJob"
        earlier = self.account.before(name, params)
        if earlier:
            return {"JobId": earlier, "JobStatus": self.all[earlier].status}
        self._check(name, params)
        id = hashlib.md5(f"{self.account.region} {len(self.all)}".encode(), usedforsecurity=False).hexdigest()
        folder = f"{params['OutputDataConfig']['S3Uri'].rstrip('/')}/{ID}-TranslateText-{id}/"
        try:
            access_check(self.account.objects, folder)
        except StorageError as error:
            refuse(name, str(error), "InvalidRequestException")
        job = Job(id, params, folder, self.account.clock.now())
        self.all[id] = job
        self._promote()
        self.account.remember(name, params, id)
        return {"JobId": id, "JobStatus": job.status}

    def describe(self, params: dict[str, Any]) -> dict[str, Any]:
        job = self._found("DescribeTextTranslationJob", params["JobId"])
        # A job that waits is looked at because others run: for them, too, time goes on.
        for running in [job] if job.pace else [j for j in self.all.values() if j.pace]:
            self._look(running)
        return {"TextTranslationJobProperties": job.told()}

    def list_all(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params.get("Filter") or {}
        # Guess: the newest first, and several filters must all fit.
        found = [
            job
            for job in reversed(self.all.values())
            if wanted.get("JobName") in (None, job.name)
            and wanted.get("JobStatus") in (None, job.status)
            and job.submitted < (wanted.get("SubmittedBeforeTime") or float("inf"))
            and job.submitted > (wanted.get("SubmittedAfterTime") or float("-inf"))
        ]
        members = ("TextTranslationJobPropertiesList", "NextToken")
        return page("ListTextTranslationJobs", params, members, found, Job.told)

    def stop(self, params: dict[str, Any]) -> dict[str, Any]:
        job = self._found("StopTextTranslationJob", params["JobId"])
        if job.status not in OVER:
            job.status = "STOP_REQUESTED"
            # One that waits needs no turn to be stopped.
            job.pace = job.pace or self.account.pace()
        return {"JobId": job.id, "JobStatus": job.status}

    def _found(self, operation: str, id: str) -> Job:
        if id not in self.all:
            refuse(operation, f"Job {id} is not found.", "ResourceNotFoundException")
        return self.all[id]

    def _check(self, name: str, params: dict[str, Any]) -> None:
        """Refuses what can be seen to be wrong before the work begins."""
        source, targets = params["SourceLanguageCode"], params["TargetLanguageCodes"]
        known(name, *targets, *([] if source == "auto" else [source]))
        if source in targets:
            refuse(name, "Source and target are one language.", "UnsupportedLanguagePairException")
        if len(targets) > 10:
            refuse(name, "A job has at most 10 target languages.", "InvalidRequestException")
        if params["InputDataConfig"]["ContentType"] != "text/html":
            refuse(name, "This emulator translates text/html only.", "InvalidRequestException")
        if not split(params["InputDataConfig"]["S3Uri"])[1].strip("/"):
            refuse(name, "The input must be a folder, not a bucket.", "InvalidRequestException")
        if (params.get("Settings") or {}).get("Brevity"):
            refuse(name, "Brevity is not for batch jobs.", "InvalidRequestException")
        for kind in ("TerminologyNames", "ParallelDataNames"):
            if len(params.get(kind) or []) > 1:
                refuse(name, f"At most one of {kind}.", "InvalidParameterValueException")
        for resource in params.get("ParallelDataNames") or []:
            version = self.parallel_data.use(resource, name)
            # Guess: this is the error for parallel data in other languages.
            if source != version.source or not set(targets) <= set(version.targets):
                refuse(name, f"{resource} does not cover {source} to {targets}.", "InvalidParameterValueException")
        self.terminology.use(params.get("TerminologyNames") or [], name, (source, targets[0]))
        if sum(job.status == "SUBMITTED" for job in self.all.values()) >= self.account.limits.queued_jobs:
            # Guess: of the errors that the operation declares, this is the one for a full queue.
            refuse(name, "Too many jobs are waiting.", "TooManyRequestsException")

    def _promote(self) -> None:
        """Gives a free place to the job that waits longest."""
        free = self.account.limits.running_jobs - sum(job.pace is not None for job in self.all.values())
        for job in self.all.values():
            if free <= 0:
                return
            if job.pace is None and job.status == "SUBMITTED":
                job.pace = self.account.pace()
                free -= 1

    def _look(self, job: Job) -> None:
        """One step of a job that runs."""
        assert job.pace is not None
        job.pace.look()
        faults = self.account.faults
        if job.status == "STOP_REQUESTED" or faults.take("job", job.name, "stopped"):
            # Guess: a job that was stopped is not paid for.
            self._end(job, "STOPPED", "The job was stopped.")
        elif job.pace.step >= self.account.job_steps and not faults.take("job", job.name, "slow"):
            self._work(job)
        elif job.pace.step > 1:
            job.status = "IN_PROGRESS"

    def _work(self, job: Job) -> None:
        """The whole work, done at the moment at which the job is over."""
        if self.account.faults.take("job", job.name, "failed"):
            self._end(job, "FAILED", "The service failed to translate the documents.")
            return
        source = job.request["SourceLanguageCode"]
        terminology = job.request.get("TerminologyNames") or []
        parallel = [self.parallel_data.all.get(n) for n in job.request.get("ParallelDataNames") or []]
        done = Work()
        try:
            for language in job.request["TargetLanguageCodes"]:
                pairs: dict[str, str] = {}
                for data in parallel:
                    # Guess: the version of the moment, and none for what was deleted meanwhile.
                    pairs |= data.version.pairs(language) if data and data.version else {}
                terms = {n: self._terms(n, source, language) for n in terminology}
                folders = (job.request["InputDataConfig"]["S3Uri"], job.output)
                work(self.account, job.name, folders, (source, language), (pairs, terms), done)
        except StorageError as error:
            self._end(job, "FAILED", str(error))
            return
        job.counts = {
            "InputDocumentsCount": done.documents,
            "TranslatedDocumentsCount": done.documents - len(done.failed),
            "DocumentsWithErrorsCount": len(done.failed),
        }
        if len(done.failed) == done.documents:
            message = "No document could be translated." if done.documents else "The input folder is empty."
            self._end(job, "FAILED", message)
        else:
            self._end(job, "COMPLETED_WITH_ERROR" if done.failed else "COMPLETED")

    def _terms(self, name: str, source: str, language: str) -> dict[str, str]:
        there = name in self.terminology.all
        return self.terminology.use([name], "StartTextTranslationJob", (source, language)) if there else {}

    def _end(self, job: Job, status: str, message: str = "") -> None:
        job.status, job.message, job.ended, job.pace = status, message, self.account.clock.now(), None
        self._promote()
