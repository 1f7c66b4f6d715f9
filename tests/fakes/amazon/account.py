"""What the parts of the service share: time, faults, the bill, and which requests were made before."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .clock import Clock, Pace
from .errors import ServiceError, first_declared
from .faults import Faults
from .model import operation
from .objects import Objects

ID = "123456789012"
"""The account that moto's S3, STS and IAM are in."""

LANGUAGES = frozenset(
    (
        "af am ar az bg bn bs ca cs cy da de el en es es-MX et fa fa-AF fi fr fr-CA ga gu ha he hi hr ht hu "
        "hy id is it ja ka kk kn ko lt lv mk ml mn mr ms mt nl no pa pl ps pt pt-PT ro ru si sk sl so sq sr "
        "sv sw ta te th tl tr uk ur uz vi zh zh-TW "
    ).split()
)

_PAGE = 100


@dataclass
class Limits:
    """The service's limits; tests may lower them."""

    document_bytes: int = 20 * 1024 * 1024
    document_characters: int = 1_000_000
    running_jobs: int = 10
    queued_jobs: int = 1_000
    field_bytes: int = 1_000
    parallel_data: int = 1_000
    term_bytes: int = 200
    terminologies: int = 100


@dataclass
class Account:
    """One account in one region. ``job_steps`` and ``import_steps``: at which look a job or an import is over."""

    region: str
    url: str
    objects: Objects
    clock: Clock
    by_time: bool
    step_seconds: float
    job_steps: int
    import_steps: int
    faults: Faults
    limits: Limits = field(default_factory=Limits)
    billed: int = 0
    billed_texts: Counter[str] = field(default_factory=Counter)
    _tokens: dict[tuple[str, str], tuple[dict[str, Any], str]] = field(default_factory=dict)

    def pace(self) -> Pace:
        """The life cycle of something that begins now."""
        return Pace(self.clock, self.by_time, self.step_seconds)

    def arn(self, kind: str, name: str) -> str:
        return f"arn:aws:translate:{self.region}:{ID}:{kind}/{name}/LATEST"

    def signed(self, kind: str, name: str, what: str) -> str:
        """An address that is a secret for as long as it holds."""
        return (
            f"{self.url}/-/{kind}/{name}/{what}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=1800"
            "&X-Amz-Signature=plantedsignature"
        )

    def location(self, kind: str, name: str, what: str) -> dict[str, str]:
        return {"RepositoryType": "S3", "Location": self.signed(kind, name, what)}

    def bill(self, texts: Iterable[str], characters: int) -> None:
        self.billed += characters
        self.billed_texts.update(texts)

    def before(self, name: str, params: dict[str, Any]) -> str | None:
        """What an earlier request with the same ClientToken was about."""
        # Guess: the same request is answered as the first was, however much later; another one is refused.
        earlier = self._tokens.get((name, params["ClientToken"]))
        if earlier and earlier[0] != params:
            codes = ("ConflictException", "InvalidParameterValueException")
            refuse(name, "The ClientToken was used for another request.", *codes)
        return earlier[1] if earlier else None

    def remember(self, name: str, params: dict[str, Any], about: str) -> None:
        self._tokens[name, params["ClientToken"]] = (params, about)


def refuse(name: str, message: str, *codes: str) -> NoReturn:
    """Raises the first error of ``codes`` that the operation declares."""
    raise ServiceError(first_declared(operation(name), *codes), message)


def known(name: str, *codes: str) -> None:
    """Refuses languages that the service does not have."""
    for code in codes:
        if code not in LANGUAGES:
            refuse(name, f"Unsupported language {code}", "UnsupportedLanguagePairException", "InvalidRequestException")


def page(
    name: str,
    params: dict[str, Any],
    members: tuple[str, str],
    items: list[Any],
    told: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    """One page of a list; ``members`` are the names of the list and of the next page's token."""
    try:
        start = int(base64.b64decode(params.get("NextToken") or b"MA==", validate=True))
    except ValueError:
        refuse(name, "Invalid NextToken", "InvalidRequestException", "InvalidParameterValueException")
    end = start + (params.get("MaxResults") or _PAGE)
    answer: dict[str, Any] = {members[0]: [told(item) for item in items[start:end]]}
    if end < len(items):
        answer[members[1]] = base64.b64encode(str(end).encode()).decode()
    return answer
