"""Checks that everything the engine ``amazon`` needs is there, and suggests a fix if it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

from botocore.exceptions import ClientError

from bot.engines.amazon import custom_data, jobs
from bot.engines.amazon.batch import Amazon
from bot.engines.amazon.connection import Connection, code, explained
from bot.engines.amazon.language_codes import service_code
from bot.engines.amazon.quotas import BATCH, CUSTOMISED, FORMALITY, PARALLEL_DATA, QUEUED, RUNNING, TERMINOLOGIES
from bot.engines.amazon.storage import Storage
from bot.errors import AmtsError
from bot.findings import Finding

_UNTOLD = ("NotImplemented", "MethodNotAllowed")
"""Error codes that servers other than Amazon's return for requests they do not support."""


def examine(engine: Amazon, languages: tuple[str, ...]) -> Iterator[Finding]:
    """All checks, in the order in which things are needed.

    A failed check does not stop the later ones, except that of the credentials.
    """
    aws = engine.connection
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("credentials", lambda: _credentials(aws)),
        ("region", lambda: _region(engine)),
        *((f"language {n}", lambda n=n: _language(n, engine.formality)) for n in languages),
        ("bucket", lambda: _bucket(engine)),
        ("bucket is encrypted", lambda: _encrypted(engine)),
        ("bucket is private", lambda: _private(engine)),
        ("bucket forgets", lambda: _forgets(engine)),
        ("role", lambda: _role(engine)),
        ("quota of jobs", lambda: _jobs(aws)),
        ("quota of parallel data", lambda: _parallel_data(engine, languages)),
        ("quota of terminologies", lambda: _terminologies(engine, languages)),
        *((f"parallel data {engine.resource(n)}", lambda n=n: _imported(engine, n)) for n in languages),
    ]
    yield from _run(checks)


def examine_realtime(aws: Connection, languages: tuple[str, ...]) -> Iterator[Finding]:
    """The checks for the engine ``amazon-realtime``, which needs credentials only."""
    yield from _run(
        [("credentials", lambda: _credentials(aws)), *((f"language {n}", lambda n=n: _language(n)) for n in languages)]
    )


def _run(checks: list[tuple[str, Callable[[], Finding]]]) -> Iterator[Finding]:
    for what, check in checks:
        try:
            yield check()
        except AmtsError as error:
            yield Finding(what, "bad", error.why, error.fix)
            if what == "credentials":  # whoever has any may ask for that: nothing else will be answered
                return


def _credentials(aws: Connection) -> Finding:
    with explained("who is asking"):
        caller = aws.session.client("sts").get_caller_identity()
    return Finding("credentials", "good", f"{caller['Arn']}")


def _region(engine: Amazon) -> Finding:
    region = engine.connection.region
    if engine.customised and region not in CUSTOMISED:
        fix = f"use one of {', '.join(CUSTOMISED)}, with a bucket there, or set amazon.parallel_data: false"
        return Finding("region", "bad", f"{region} has no parallel data", fix)
    # botocore's list of regions may be older than the region.
    if region not in engine.connection.session.get_available_regions("translate"):
        return Finding("region", "doubtful", f"{region} is not known to have Amazon Translate", "correct amazon.region")
    if region not in BATCH:
        fix = "use another region (docs/aws.md), or the engine amazon-realtime"
        return Finding("region", "doubtful", f"{region} is not known to have batch jobs", fix)
    return Finding("region", "good", region)


def _language(language: str, formality: str = "") -> Finding:
    code = service_code(language)
    same = code == language
    if formality and code not in FORMALITY:
        fix = "remove amazon.formality, or expect it in the other languages only"
        return Finding(f"language {language}", "doubtful", f"amazon.formality does nothing for {code}", fix)
    return Finding(f"language {language}", "good", "known" if same else f"Amazon Translate calls it {code}")


def _bucket(engine: Amazon) -> Finding:
    """Checks that the bucket can be written, read and cleaned up, and that it is in the region."""
    storage = Storage(engine.connection.s3, engine.place.bucket, engine.place.prefix)
    storage.put("doctor", b"A probe; it can be deleted.")
    if storage.get("doctor") is None:
        return Finding("bucket", "bad", "what was written cannot be read", "allow s3:GetObject to the caller")
    storage.remove("doctor")
    with explained("where the bucket is"):
        found = engine.connection.s3.get_bucket_location(Bucket=storage.bucket).get("LocationConstraint")
    region = found or "us-east-1"
    if region != engine.connection.region:
        return Finding("bucket", "bad", f"it is in {region}", f"set amazon.region to {region}, or use another bucket")
    return Finding("bucket", "good", f"{storage.uri('')} can be written and read")


def _encrypted(engine: Amazon) -> Finding:
    with explained("whether the bucket is encrypted"):
        try:
            engine.connection.s3.get_bucket_encryption(Bucket=engine.place.bucket)
        except ClientError as error:
            if code(error) in ("ServerSideEncryptionConfigurationNotFoundError", *_UNTOLD):
                return Finding("bucket is encrypted", "doubtful", "no rule says so", "switch default encryption on")
            raise
    return Finding("bucket is encrypted", "good", "by default")


def _private(engine: Amazon) -> Finding:
    with explained("whether the bucket is private"):
        try:
            access = engine.connection.s3.get_public_access_block(Bucket=engine.place.bucket)
        except ClientError as error:
            if code(error) in ("NoSuchPublicAccessBlockConfiguration", *_UNTOLD):
                return Finding("bucket is private", "doubtful", "nothing blocks public access", "block it")
            raise
    blocked = all(access["PublicAccessBlockConfiguration"].values())
    return Finding(
        "bucket is private",
        "good" if blocked else "doubtful",
        "public access is blocked" if blocked else "public access is blocked in part",
        "" if blocked else "block all of it",
    )


def _role(engine: Amazon) -> Finding:
    """Checks that the service may assume the role; only the first job shows what the role may do."""
    name = engine.place.role.rpartition("/")[2]
    with explained(f"the role {name}"):
        found = engine.connection.session.client("iam").get_role(RoleName=name)["Role"]
    trusted = _services(found.get("AssumeRolePolicyDocument"))
    if "translate.amazonaws.com" not in trusted:
        fix = "let translate.amazonaws.com assume it (aws/data-access-trust.json)"
        return Finding("role", "bad", f"Amazon Translate may not use {name}", fix)
    if found["Arn"] != engine.place.role:
        return Finding("role", "bad", f"{name} is {found['Arn']}", "correct amazon.role")
    return Finding("role", "good", f"{name} can be used by Amazon Translate")


def _services(policy: Any) -> set[str]:
    document = json.loads(unquote(policy)) if isinstance(policy, str) else policy or {}
    found: set[str] = set()
    for statement in document.get("Statement", []):
        services = statement.get("Principal", {}).get("Service", []) if statement.get("Effect") == "Allow" else []
        found |= {services} if isinstance(services, str) else set(services)
    return found


def _jobs(aws: Connection) -> Finding:
    running, waiting = (len(jobs.listed(aws.translate, status)) for status in ("IN_PROGRESS", "SUBMITTED"))
    detail = f"{running} of {RUNNING} are running, {waiting} of {QUEUED:,} wait"
    full = running >= RUNNING or waiting >= QUEUED
    return Finding("quota of jobs", "doubtful" if full else "good", detail, "new ones wait in a queue" if full else "")


def _parallel_data(engine: Amazon, languages: tuple[str, ...]) -> Finding:
    client = engine.connection.translate
    with explained("the parallel data of the account"):
        found = _every("ParallelDataPropertiesList", lambda token: client.list_parallel_data(**token))
    return _room("parallel data", found, PARALLEL_DATA, engine, languages if engine.customised else ())


def _terminologies(engine: Amazon, languages: tuple[str, ...]) -> Finding:
    client = engine.connection.translate
    with explained("the terminologies of the account"):
        found = _every("TerminologyPropertiesList", lambda token: client.list_terminologies(**token))
    return _room("terminologies", found, TERMINOLOGIES, engine, languages)


def _every(member: str, page: Callable[[dict[str, Any]], Any]) -> set[str]:
    """The names in all pages of a list."""
    answer = page({})
    names = {str(one["Name"]) for one in answer.get(member, [])}
    while token := answer.get("NextToken"):
        answer = page({"NextToken": token})
        names |= {str(one["Name"]) for one in answer.get(member, [])}
    return names


def _room(what: str, found: set[str], limit: int, engine: Amazon, languages: tuple[str, ...]) -> Finding:
    """Whether the account has room for the resources of these languages."""
    missing = {engine.resource(n) for n in languages} - found
    detail = f"{len(found)} of {limit:,} are used in this account and region"
    if len(found) + len(missing) > limit:
        fix = "delete some that nobody needs, or ask AWS for more"
        return Finding(f"quota of {what}", "doubtful", f"{detail}; up to {len(missing)} more would be made", fix)
    return Finding(f"quota of {what}", "good", detail)


def _forgets(engine: Amazon) -> Finding:
    """Checks that a lifecycle rule deletes what is old below the prefix."""
    what, fix = "bucket forgets", "add a lifecycle rule (docs/aws.md), or run amts amazon clean now and then"
    with explained("when the bucket deletes"):
        try:
            found = engine.connection.s3.get_bucket_lifecycle_configuration(Bucket=engine.place.bucket)["Rules"]
        except ClientError as error:
            if code(error) in ("NoSuchLifecycleConfiguration", *_UNTOLD):
                return Finding(what, "doubtful", "no rule deletes what is old", fix)
            raise
    for rule in found:
        below = rule.get("Prefix", rule.get("Filter", {}).get("Prefix", ""))
        days = rule.get("Expiration", {}).get("Days")
        if rule["Status"] == "Enabled" and days and f"{engine.place.prefix}/".startswith(below):
            return Finding(what, "good", f"what is {days} days old")
    return Finding(what, "doubtful", f"no rule deletes what is old below {engine.place.prefix}/", fix)


def _imported(engine: Amazon, language: str) -> Finding:
    name = engine.resource(language)
    what = f"parallel data {name}"
    found = custom_data.look(engine.connection.translate, name)
    if found is None:
        return Finding(what, "good", "not there yet: the first sync makes it")
    counts = f"{found.status}, {found.imported:,} pairs, {found.failed:,} failed, {found.skipped:,} skipped"
    if found.status == "FAILED" or found.attempt == "FAILED":
        fix = f"amts parallel-data show --language {language} shows what was wrong; the next sync tries again"
        return Finding(what, "doubtful", f"{counts}: {found.message}", fix)
    return Finding(what, "good", counts)
