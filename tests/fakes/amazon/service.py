"""Requests of Translate: who asks, whether it may be asked like that, faults, and the answer as it goes out."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.model import OperationModel, OperationNotFoundError

from .account import Account, known, refuse
from .document import emit, parse
from .errors import ConnectionLost, ServiceError, declared, first_declared, status
from .faults import Fault
from .jobs import Jobs
from .model import TARGET, answer_body, operation, problems
from .parallel_data import ParallelData
from .pseudo import used_terms
from .signature import Keys
from .terminology import Terminology
from .translation import Resources, words

_TEXT_BYTES = 10_000


@dataclass(frozen=True)
class Reply:
    """What goes back over HTTP."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class TranslateService:
    """All of Amazon Translate that is emulated; one request is carried out at a time."""

    def __init__(self, account: Account, keys: Keys) -> None:
        self.account = account
        self.keys = keys
        self.calls: list[str] = []
        self.parallel_data = ParallelData(account)
        self.terminology = Terminology(account)
        self.jobs = Jobs(account, self.parallel_data, self.terminology)
        self._lock = threading.Lock()
        self._handlers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "StartTextTranslationJob": self.jobs.start,
            "DescribeTextTranslationJob": self.jobs.describe,
            "ListTextTranslationJobs": self.jobs.list_all,
            "StopTextTranslationJob": self.jobs.stop,
            "CreateParallelData": self.parallel_data.create,
            "UpdateParallelData": self.parallel_data.update,
            "GetParallelData": self.parallel_data.get,
            "ListParallelData": self.parallel_data.list_all,
            "DeleteParallelData": self.parallel_data.delete,
            "ImportTerminology": self.terminology.imported,
            "GetTerminology": self.terminology.get,
            "ListTerminologies": self.terminology.list_all,
            "DeleteTerminology": self.terminology.delete,
            "TranslateText": self._translate_text,
        }

    def reply(self, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """The answer to a request. Raises ConnectionLost where it gets none, AssertionError for a bug in here."""
        name = headers.get("x-amz-target", "").removeprefix(TARGET)
        known_operation: OperationModel | None = None
        with self._lock:
            self.calls.append(name)
            if not self.account.by_time:
                # So that what was done later is younger, too.
                self.account.clock.tick(1)
            try:
                if name not in self._handlers:
                    raise ServiceError("UnknownOperationException", f"This emulator has no operation {name!r}.")
                known_operation = _operation(name)
                self.keys.verify(url, headers, body, self.account.region)
                return Reply(200, self._carried_out(known_operation, body), _headers(""))
            except ServiceError as error:
                told = {"__type": error.code, "message": error.message}
                if known_operation and declared(known_operation, error.code):
                    told = {"__type": error.code, "Message": error.message}
                return Reply(status(known_operation, error.code), json.dumps(told).encode(), _headers(error.code))

    def _carried_out(self, asked: OperationModel, body: bytes) -> bytes:
        fault = self.account.faults.take(asked.name, body.decode("utf-8", "replace"))
        if fault and not fault.after:
            raise _failure(asked, fault)
        params = _params(asked, body)
        answer = answer_body(asked.name, self._handlers[asked.name](params))
        if fault and fault.kind == "closed":
            raise ConnectionLost(asked.name)
        if fault:
            raise _failure(asked, fault)
        return answer

    def _translate_text(self, params: dict[str, Any]) -> dict[str, Any]:
        text, source, target = params["Text"], params["SourceLanguageCode"], params["TargetLanguageCode"]
        known("TranslateText", target, *([] if source == "auto" else [source]))
        if len(text.encode()) > _TEXT_BYTES:
            refuse("TranslateText", f"Text is longer than {_TEXT_BYTES} bytes.", "TextSizeLimitExceededException")
        # Guess: every language that is recognised is English.
        source = "en" if source == "auto" else source
        names = params.get("TerminologyNames") or []
        terms = self.terminology.use(names, "TranslateText", (source, target))
        used = [{"SourceText": t, "TargetText": terms[t]} for t in used_terms(text, terms)]
        self.account.bill((), len(text))
        answer: dict[str, Any] = {
            "TranslatedText": text if source == target else _said(text, target, terms),
            "SourceLanguageCode": source,
            "TargetLanguageCode": target,
        }
        if used:
            answer["AppliedTerminologies"] = [{"Name": names[0], "Terms": used}]
        if params.get("Settings"):
            answer["AppliedSettings"] = params["Settings"]
        return answer


def _said(text: str, language: str, terms: Mapping[str, str]) -> str:
    """A text, or HTML (guide: do-not-translate works in TranslateText, with any element)."""
    tree = parse(text)
    words(tree.children, Resources(language, {}, terms))
    return emit(tree)


def _operation(name: str) -> OperationModel:
    try:
        return operation(name)
    except OperationNotFoundError:
        raise AssertionError(f"botocore's model has no operation {name}") from None


def _params(asked: OperationModel, body: bytes) -> dict[str, Any]:
    try:
        params = json.loads(body or b"{}")
    except ValueError:
        raise ServiceError("SerializationException", "The request is not JSON.") from None
    assert asked.input_shape is not None
    # Guess: what the model forbids is a ValidationException, also where the operation declares another error for it.
    found = list(problems(params, asked.input_shape))
    if found:
        plural = "error" if len(found) == 1 else "errors"
        raise ServiceError("ValidationException", f"{len(found)} validation {plural} detected: {'; '.join(found)}")
    return {name: value for name, value in params.items() if value is not None}


def _failure(asked: OperationModel, fault: Fault) -> ServiceError:
    """The error of a fault, as the operation may answer it."""
    codes = {
        "throttle": ("TooManyRequestsException", "ThrottlingException"),
        "conflict": ("ConflictException", "ConcurrentModificationException"),
        "server": ("InternalServerException", "InternalFailure"),
        "lost": ("InternalServerException", "InternalFailure"),
        "expired": ("ExpiredTokenException",),
        "denied": ("AccessDeniedException",),
    }[fault.kind if fault.kind != "closed" else "lost"]
    messages = {
        "expired": "The security token included in the request is expired",
        "denied": f"User is not authorized to perform: translate:{asked.name}",
    }
    return ServiceError(first_declared(asked, *codes), messages.get(fault.kind, f"A {fault.kind} fault on request."))


def _headers(code: str) -> dict[str, str]:
    headers = {"Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": "00000000-0000-0000-0000-000000000000"}
    return headers | ({"x-amzn-ErrorType": code} if code else {})
