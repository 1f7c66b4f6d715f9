"""Checks the workflows that use the action: permissions, the commit it is pinned to, how much is checked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.findings import Finding
from bot.settings.fields import ADDRESS
from bot.settings.values import Settings

FOLDER = Path(".github/workflows")

_ACTION = re.compile(r"[\w.-]+/amts(?:/[^@]*)?@(?P<ref>.+)")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def examine(folder: Path, settings: Settings | None) -> Iterator[Finding]:
    """The workflows in the repository at ``folder``; without ``settings`` only what does not depend on them."""
    used = False
    for path in sorted((folder / FOLDER).glob("*.y*ml")):
        try:
            data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
        except (YAMLError, OSError, ValueError) as error:
            detail = f"it cannot be read: {str(error).splitlines()[0]}"
            yield Finding(path.name, "doubtful", detail, "correct it; GitHub will not run it either")
            continue
        for job in _jobs(data):
            steps = [step for step in job.get("steps") or [] if isinstance(step, dict)]
            for step in steps:
                if found := _ACTION.fullmatch(str(step.get("uses", ""))):
                    used = True
                    yield from _examine_job(path.name, data, job, steps, step, found["ref"], settings)
    if not used:
        yield Finding(str(FOLDER), "good", "no workflow here uses AMTS; `amts init --workflow` writes them")


def _examine_job(
    name: str,
    workflow: Mapping[str, Any],
    job: Mapping[str, Any],
    steps: list[dict[str, Any]],
    step: Mapping[str, Any],
    ref: str,
    settings: Settings | None,
) -> Iterator[Finding]:
    wrong = [*_pinned(name, ref), *_permissions(name, workflow, job, step)]
    if settings:
        wrong += _checked_out(name, steps, settings)
        wrong += _cloud(name, workflow, job, steps, settings)
    yield from wrong or [Finding(name, "good", "is complete")]


def _pinned(name: str, ref: str) -> Iterator[Finding]:
    if not ref.strip("0"):
        fix = "put the commit of a release in its place"
        yield Finding(name, "bad", "the zeros behind @ are no commit of the action", fix)
    elif not _COMMIT.fullmatch(ref):
        detail = f"the action is used at {ref}, which others can move"
        fix = "pin it to the commit that the notes of its release name (40 hex digits)"
        yield Finding(name, "doubtful", detail, fix)


def _permissions(
    name: str, workflow: Mapping[str, Any], job: Mapping[str, Any], step: Mapping[str, Any]
) -> Iterator[Finding]:
    """A workflow that writes with its own token needs permissions for that; an App or another token has its own."""
    given = step.get("with") or {}
    if given.get("app-id") or given.get("token"):
        return
    needed = ["contents", "pull-requests"]
    # YAML 1.1 reads `on` as true; ruamel.yaml reads YAML 1.2.
    if "issue_comment" in (workflow.get("on") or {}):
        needed.append("issues")
    missing = [key for key in needed if not _allowed(workflow, job, key)]
    if missing:
        lines = ", ".join(f"{key}: write" for key in missing)
        detail = f"its own token may not write {' and '.join(missing)}"
        yield Finding(name, "bad", detail, f"add to `permissions` of the job: {lines}; or give an App")
    if not _allowed(workflow, job, "statuses"):
        detail = "its own token may not write statuses: a sync works, but reports nothing on its commits"
        yield Finding(name, "doubtful", detail, "add to `permissions` of the job: statuses: write")


def _checked_out(name: str, steps: list[dict[str, Any]], settings: Settings) -> Iterator[Finding]:
    """AMTS fetches what is on GitHub itself; a folder is what the workflow has checked out."""
    places = [settings.source.repository, *(t.repository for t in settings.translations)]
    if all(ADDRESS.fullmatch(place) for place in places):
        return
    checkouts = [s for s in steps if str(s.get("uses", "")).startswith("actions/checkout@")]
    if not any(str((s.get("with") or {}).get("fetch-depth")) == "0" for s in checkouts):
        detail = "the settings name a folder, and the workflow checks out its last commit only"
        fix = "name repositories as github:owner/name, or add `fetch-depth: 0` to actions/checkout"
        yield Finding(name, "bad", detail, fix)


def _cloud(
    name: str, workflow: Mapping[str, Any], job: Mapping[str, Any], steps: list[dict[str, Any]], settings: Settings
) -> Iterator[Finding]:
    login = any(str(s.get("uses", "")).startswith("aws-actions/configure-aws-credentials@") for s in steps)
    engine = next((name for name in settings.engines if name.startswith("amazon") or name == "bedrock"), None)
    if engine is None:
        return
    if not login:
        fix = "add the step aws-actions/configure-aws-credentials (docs/aws.md)"
        yield Finding(name, "doubtful", f"nothing in it logs in to Amazon for the engine {engine}", fix)
    elif not _allowed(workflow, job, "id-token"):
        detail = "it may not show Amazon who is calling"
        yield Finding(name, "bad", detail, "add to `permissions` of the job: id-token: write")


def _allowed(workflow: Mapping[str, Any], job: Mapping[str, Any], key: str) -> bool:
    """Whether the token may write; True too where nothing is said, since the repository's own default counts then."""
    given = job.get("permissions", workflow.get("permissions"))
    if given is None:
        return key != "id-token"
    return given == "write-all" or (isinstance(given, dict) and given.get(key) == "write")


def _jobs(data: Any) -> Iterator[Mapping[str, Any]]:
    jobs = data.get("jobs") if isinstance(data, dict) else None
    if isinstance(jobs, dict):
        yield from (job for job in jobs.values() if isinstance(job, dict))
