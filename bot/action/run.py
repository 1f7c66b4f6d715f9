"""The GitHub Action: inputs and an event in, languages synced or comments served, a summary and outputs out.

The runner starts it directly, without a shell: names of inputs have hyphens, and shells drop such variables.
"""

from __future__ import annotations

import json
import tempfile
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, TextIO, get_args

from rich.console import Console

from bot.action import step_summary
from bot.action.events import CommentRequest, Mode, Nothing, request
from bot.action.workflow_log import WorkflowLog
from bot.contracts import CONFIG, EngineName
from bot.drafting.finished import Finished
from bot.drafting.report import Confirmation, LanguageReport, Retranslation
from bot.errors import AmtsError
from bot.forges.github.credentials import Credentials
from bot.reporting import terminal
from bot.reporting.quoting import fenced
from bot.reporting.wording import wording
from bot.settings.file import load
from bot.settings.values import Translation
from bot.sync import shards
from bot.sync.all_languages import exit_status, sync_languages
from bot.sync.comment_command import Confirm
from bot.sync.composition import Composition
from bot.sync.confirm import confirm
from bot.sync.retranslate import Asked, retranslate
from bot.sync.serve_comments import serve
from bot.sync.shards import Shard


@dataclass(frozen=True)
class Inputs:
    """The inputs of the workflow, as listed in ``action.yml``; the token and the App are in the credentials."""

    mode: Mode
    config: str
    languages: tuple[str, ...]
    shard: Shard
    engine: EngineName | None
    dry_run: bool
    wait: bool


def run(environment: Mapping[str, str], out: TextIO, tell: Callable[[str], None]) -> int:
    """Does what the event requests. Exit status: 0 done, 1 people must act; a bug is raised."""
    log = WorkflowLog(out)
    try:
        inputs = read_inputs(environment)
        credentials = replace(Credentials.of(_credentials(environment), log.mask), place="the input `token`")
        asked = request(environment.get("GITHUB_EVENT_NAME", ""), _payload(environment), inputs.mode)
        if isinstance(asked, Nothing):
            print(f"Nothing to do: {asked.why}.", file=out)
            return 0
        workspace = Path(environment.get("GITHUB_WORKSPACE", "."))
        with tempfile.TemporaryDirectory() as clones:
            settings = load(workspace / inputs.config).model_copy(update={"clones": clones})
            site = Composition(settings, credentials, tell)
            if isinstance(asked, CommentRequest):
                return _serve(site, inputs, asked, environment, log)
            return _sync(site, inputs, environment, log)
    except AmtsError as error:
        log.annotate("error", "AMTS", str(error))
        _append(environment, "GITHUB_STEP_SUMMARY", f"## AMTS failed\n\n{fenced(str(error))}")
        raise
    except Exception as error:
        log.annotate("error", "AMTS", f"this is a bug: {type(error).__name__}; the log has its traceback")
        raise


def read_inputs(environment: Mapping[str, str]) -> Inputs:
    """Raises AmtsError for a value that is not allowed."""

    def given(name: str, default: str, *allowed: str) -> str:
        value = environment.get(f"INPUT_{name.upper()}", "").strip() or default
        if allowed and value not in allowed:
            near = get_close_matches(value, [a for a in allowed if a], 1)
            raise AmtsError(
                f"input {name} has an invalid value",
                why=f"{value[:100]!r} is not one of {', '.join(a for a in allowed if a)}",
                fix=f"did you mean {near[0]}?" if near else f"correct `{name}` in the workflow",
            )
        return value

    languages = tuple(name.strip() for name in given("language", "").split(",") if name.strip())
    mode: Any = given("mode", "auto", *get_args(Mode))
    engine: Any = given("engine", "", "", *get_args(EngineName)) or None
    dry_run = given("dry-run", "false", "true", "false") == "true"
    wait = given("wait", "true", "true", "false") == "true"
    return Inputs(mode, given("config", CONFIG), languages, shards.read(given("shard", "")), engine, dry_run, wait)


def _credentials(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, with inputs in place of the variables that the command line reads."""
    inputs = {"AMTS_TOKEN": "TOKEN", "AMTS_APP_ID": "APP-ID", "AMTS_APP_PRIVATE_KEY": "APP-PRIVATE-KEY"}
    given = {name: environment.get(f"INPUT_{key}", "").strip() for name, key in inputs.items()}
    return {**environment, **{name: value for name, value in given.items() if value}}


def _payload(environment: Mapping[str, str]) -> Mapping[str, Any]:
    path = environment.get("GITHUB_EVENT_PATH", "")
    if not path:
        return {}
    try:
        payload = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AmtsError(
            "the event cannot be read", why=f"{type(error).__name__}: {path}", fix="start the action by GitHub itself"
        ) from error
    return payload if isinstance(payload, dict) else {}


def _sync(site: Composition, inputs: Inputs, environment: Mapping[str, str], log: WorkflowLog) -> int:
    console = Console(file=log.out, highlight=False, width=140)
    reports, pages = Finished(), _ReviewPages(environment)
    names = inputs.shard.languages(inputs.languages or [t.language for t in site.settings.translations])
    if not names:
        print(f"Nothing to do: shard {inputs.shard.number}/{inputs.shard.total} has no language.", file=log.out)
        return 0
    found = sync_languages(site, names, inputs.engine, dry_run=inputs.dry_run, patient=inputs.wait)
    for report in found:
        with log.group(f"{report.language}: {report.words}"):
            terminal.show(report, console)
        for note in report.notes:
            log.annotate("warning", f"AMTS {report.language}", note)
        if report.failed:
            log.annotate("error", f"AMTS {report.language}", _failure(report))
        pages.write(report)
        reports.add(report)
        del report  # so that only the packed one stays
    terminal.show_totals(reports.outlines, console)
    _append(environment, "GITHUB_STEP_SUMMARY", step_summary.sync_summary(reports))
    _write_outputs(environment, step_summary.sync_outputs(reports, pages.folder.name))
    return exit_status(reports.outlines)


class _ReviewPages:
    """The review pages of the pull requests of a run, in a ``folder`` of the workspace; it has no name while empty."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._workspace = environment.get("GITHUB_WORKSPACE", ".")
        self.folder = Path()

    def write(self, report: LanguageReport) -> None:
        """Writes the page of a language, if it has one."""
        if report.review is None:
            return
        pieces = report.review()
        if not self.folder.name:
            # A new one: whatever the checkout has, nothing is written through a symbolic link.
            self.folder = Path(tempfile.mkdtemp(prefix="amts-review-", dir=self._workspace))
            self.folder.chmod(0o755)  # later steps are other users
        page = self.folder / f"{report.language}.html"
        with page.open("w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.writelines(pieces)


def _failure(report: LanguageReport) -> str:
    failed = [f"{o.change.path}: {o.reason}" for o in report.outcomes if o.status == "failed"]
    more = [f"and {len(failed) - 5} more documents"] if len(failed) > 5 else []
    return "\n".join([report.problem, *failed[:5], *more]).strip()


def _serve(
    site: Composition, inputs: Inputs, asked: CommentRequest, environment: Mapping[str, str], log: WorkflowLog
) -> int:
    name = site.language_of(asked.repository, asked.number)
    comments = site.comments(asked.repository, asked.number)

    @cache
    def translation() -> Translation:
        # Reading it fetches the translation's own repository, so do it only once per run.
        return site.translation(name)

    def may(author: str) -> bool:
        return comments.may_write(author) or author.casefold() in (t.casefold() for t in translation().translators)

    def done(command: Asked) -> Retranslation | Confirmation:
        used = inputs.engine or site.settings.engine_of(name)
        if isinstance(command.command, Confirm):
            return confirm(site.english(), site.language(name, used), command, asked.number)
        engine = site.engine(used, patient=inputs.wait)
        return retranslate(site.english(), site.language(name, used), engine, command, asked.number)

    def bug(error: Exception) -> None:
        traceback.print_exception(error)

    served = serve(comments, may, done, bug, lambda: wording(site.page_language(translation())))
    for one in served:
        print(f"comment {one.comment.id} of {one.comment.author}: {one.state}", file=log.out)
        if one.unanswered:
            log.annotate("notice", f"AMTS {name}", f"comment {one.comment.id} got no answer: {one.unanswered}")
        if one.state == "failed" or one.state == "bug":
            log.annotate("error" if one.failed else "warning", f"AMTS {name}", "\n".join(one.problems))
    _append(environment, "GITHUB_STEP_SUMMARY", step_summary.comments_summary(served))
    _write_outputs(environment, step_summary.comments_outputs(name, served))
    return 3 if any(one.failed for one in served) else 0


def _append(environment: Mapping[str, str], name: str, text: str) -> None:
    """Appends to one of the files that a step uses to communicate with the runner; does nothing if there is none."""
    path = environment.get(name, "")
    if path:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)


def _write_outputs(environment: Mapping[str, str], values: Mapping[str, str]) -> None:
    # Use a random delimiter, so that no value can end early and set another output.
    end = f"end-{uuid.uuid4()}"
    _append(environment, "GITHUB_OUTPUT", "".join(f"{k}<<{end}\n{v}\n{end}\n" for k, v in values.items()))
