"""``amts doctor``: what it finds in settings, repositories, recorded English, tokens, engine and workflows."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from importlib import util
from pathlib import Path

import git
import pytest
from fakes.github import GitHub
from support.hubs import Hub
from support.setups import ENGLISH, JAPANESE, made
from support.worlds import CHAPTER, commit, world

from bot.cli.main import main
from bot.doctor import engine as engine_checks
from bot.doctor import machine
from bot.doctor import workflows as workflow_checks
from bot.findings import Finding, collapsed
from bot.forges.github import connection
from bot.settings.file import read


def doctor(config: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    return main(["doctor", "--config", str(config)]), capsys.readouterr().out


@pytest.mark.parametrize("kind", ["sibling", "lock"])
def test_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    here = world(tmp_path, kind)
    refs = [str(r) for r in here.spanish.refs]
    status, told = doctor(here.config, capsys)
    assert status == 0 and "✗" not in told and "Everything is in order." in told
    for line in (
        "✓ git: ",
        "✓ documents: 1 document at {path}",
        "✓ history: all of it: 1 commit",
        "✓ branch: amts/sync can be written",
        f"✓ recorded English: for 1 of 1 document ({kind})",
        "✓ memory_only: ",
    ):
        assert line in told
    assert [str(r) for r in here.spanish.refs] == refs, "looking changes nothing"


def test_without_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = doctor(tmp_path / "amts.yml", capsys)
    assert status == 1 and "`amts init` writes it" in told and "✓ git" in told
    (tmp_path / "amts.yml").write_text("source: {repository: en}\ntranslations: []\nmodel: x\n", encoding="utf-8")
    status, told = doctor(tmp_path / "amts.yml", capsys)
    assert status == 1 and "`amts init`" not in told and "translations" in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("repository: en", "repository: nowhere", "✗ repository: "),
        ("repository: en\n", "repository: en\n  branch: old\n", "✗ repository: the English repository has no old"),
        ("repository: en\n", "repository: en\n  include: ['*.rst']\n", "✗ documents: the English book has no document"),
        ("repository: en\n", "repository: en\n  layout: docs/{path}\n", "✗ documents: none is at docs/{path}"),
        ("repository: en\n", "repository: en\n  include: ['*.md', x/]\n", "? documents: the pattern x/"),
        ("repository: es\n", "repository: nowhere\n", "✗ repository: "),
        ("repository: es\n", "repository: es\n    branch: old\n", "✗ repository: "),
        ("repository: es\n", "repository: es\n    layout: '{lang}/{path}'\n", "✗ layout: none of 0 at {lang}/{path}"),
        ("baseline: sibling", "baseline: lock", "✗ recorded English: for 0 of 1 document"),
    ],
)
def test_what_is_wrong_in_repositories(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, told: str
) -> None:
    here = world(tmp_path)
    text = here.config.read_text(encoding="utf-8")
    assert before in text
    here.config.write_text(text.replace(before, after, 1), encoding="utf-8")
    status, printed = doctor(here.config, capsys)
    assert told in printed and status == (0 if told.startswith("?") else 1)
    assert "→ " in printed and "Engine" in printed, "with a remedy, and the later checks are made"


def test_some_documents_may_lack_their_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"oars.md": "# Oars\n"})
    commit(here.spanish, {"oars.md": "# Remos\n"}, "Remos")
    status, told = doctor(here.config, capsys)
    assert status == 0 and "? recorded English: for 1 of 2" in told and "amts adopt --language es" in told


def test_recorded_english_that_is_gone_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = made(tmp_path / "en", ENGLISH)
    entries = ", ".join(f'"{path}": {{"source": "{path}", "blob": "{"9" * 40}"}}' for path in JAPANESE)
    made(tmp_path / "ja", JAPANESE, {"amts.lock": f'{{"version": 1, "documents": {{{entries}}}}}'})
    config = tmp_path / "amts.yml"
    config.write_text(
        "source: {repository: en}\ntranslations: [{language: ja, repository: ja, baseline: lock}]\n", encoding="utf-8"
    )
    status, told = doctor(config, capsys)
    assert status == 1 and told.count("not in the history of English") == 1 and "(and 2 more: " in told
    commit(git.Repo(tmp_path / "ja"), {"amts.lock": "{"}, "Break")
    status, told = doctor(config, capsys)
    assert status == 1 and "✗ recorded English: amts.lock cannot be read" in told
    assert english.head.commit.message == "First"


def test_a_shallow_clone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    here.push({"boats.md": CHAPTER + "\nMore.\n"})
    git.Repo.clone_from(f"file://{tmp_path / 'en'}", str(tmp_path / "short"), depth=1).close()
    here.config.write_text(
        here.config.read_text(encoding="utf-8").replace("repository: en\n", "repository: short\n"), encoding="utf-8"
    )
    status, told = doctor(here.config, capsys)
    assert status == 0 and "? history: only the last 1 commit;" in told and "--unshallow" in told


def test_a_dirty_checkout_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    (tmp_path / "es" / "boats.md").write_text("Barco.\n", encoding="utf-8")
    status, told = doctor(here.config, capsys)
    assert status == 1 and "✗ branch: a sync cannot write" in told and "uncommitted" in told


def test_an_engine_that_is_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world(tmp_path)
    here.config.write_text(here.config.read_text(encoding="utf-8") + "engine: smt\n", encoding="utf-8")
    monkeypatch.setattr(engine_checks, "find_spec", lambda name: None if name == "jieba" else util.find_spec(name))
    status, told = doctor(here.config, capsys)
    assert status == 1 and "✗ smt: not installed: jieba" in told and "pip install 'amts[smt]'" in told
    here.config.write_text(
        here.config.read_text(encoding="utf-8").replace("engine: smt", "engine: amazon"), encoding="utf-8"
    )
    status, told = doctor(here.config, capsys)
    assert status == 1 and "✗ amazon: amazon.bucket is missing" in told


def test_an_old_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git.Git, "version_info", (2, 30, 1))
    assert [f.state for f in machine.examine() if f.what == "git"] == ["bad"]


GOOD = """\
on: {push: {branches: [main]}}
permissions: {}
jobs:
  sync:
    runs-on: ubuntu-latest
    permissions: {contents: write, pull-requests: write, statuses: write}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1
      - uses: amts-bot/amts@3d3c42e5aac5ba805825da76410c181273ba90b1
"""
HOSTED = (
    "source: {repository: 'github:a/en'}\ntranslations: [{language: es, repository: 'github:a/es', baseline: lock}]\n"
)
LOCAL = HOSTED.replace("'github:a/en'", ".")


@pytest.mark.parametrize(
    ("workflow", "settings", "state", "told"),
    [
        (GOOD, HOSTED, "good", "is complete"),
        (GOOD.replace("amts@3d3c42e5aac5ba805825da76410c181273ba90b1", "amts@" + "0" * 40), HOSTED, "bad", "zeros"),
        (GOOD.replace("amts@3d3c42e5aac5ba805825da76410c181273ba90b1", "amts@v1"), HOSTED, "doubtful", "at v1"),
        (GOOD.replace(", pull-requests: write", ""), HOSTED, "bad", "may not write pull-requests"),
        (GOOD.replace("    permissions: {contents: write, pull-requests: write, statuses: write}\n", ""), HOSTED, "bad",
         "contents and"),
        (GOOD.replace("permissions: {}\n", "permissions: write-all\n").replace("    permissions: {contents: write, pull"
         "-requests: write, statuses: write}\n", ""), HOSTED, "good", ""),
        (GOOD.replace(", statuses: write", ""), HOSTED, "doubtful", "may not write statuses"),
        (GOOD.replace(", pull-requests: write", "") + "        with: {app-id: 1}\n", HOSTED, "good", ""),
        (GOOD.replace("push: {branches: [main]}", "issue_comment: {}"), HOSTED, "bad", "may not write issues"),
        (GOOD, LOCAL, "bad", "last commit only"),
        (GOOD.replace("      - uses: amts", "        with: {fetch-depth: 0}\n      - uses: amts"), LOCAL, "good", ""),
        (GOOD, HOSTED + "engine: amazon-realtime\n", "doubtful", "logs in to Amazon"),
        (GOOD.replace("    steps:\n", "    steps:\n      - uses: aws-actions/configure-aws-credentials@v6\n"),
         HOSTED + "engine: amazon-realtime\n", "bad", "who is calling"),
        ("on: [", HOSTED, "doubtful", "cannot be read"),
        ("- 1\n", HOSTED, "good", "no workflow here uses AMTS"),
        (GOOD.replace("amts-bot/amts@", "actions/cache@"), HOSTED, "good", "no workflow here uses AMTS"),
    ],
)  # fmt: skip
def test_workflows(tmp_path: Path, workflow: str, settings: str, state: str, told: str) -> None:
    place = tmp_path / workflow_checks.FOLDER / "sync.yml"
    place.parent.mkdir(parents=True)
    place.write_text(workflow, encoding="utf-8")
    found = list(workflow_checks.examine(tmp_path, read(settings, tmp_path / "amts.yml")))
    assert found[0].state == state and told in found[0].detail, found
    assert bool(found[0].fix) == (state != "good")


def test_equal_failures_are_counted() -> None:
    found = [Finding(name, "bad", "gone", "fetch it") for name in "abc"]
    others = [Finding("d", "bad", "torn", "mend it"), Finding("e", "good", "x"), Finding("f", "good", "x")]
    assert collapsed([*found, *others]) == [Finding("a", "bad", "gone (and 2 more: b, c)", "fetch it"), *others]


@pytest.fixture
def hub(github: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    made = Hub(tmp_path / "hub", github, ("es", "pt"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setenv("GITHUB_SERVER_URL", github.git_url)
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    return made


def test_what_a_token_may_do_on_github(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = hub.runner.workspace / "amts.yml"
    monkeypatch.setenv("AMTS_TOKEN", hub.token())
    status, told = doctor(config, capsys)
    assert status == 0, told
    assert "✓ github:book/en: can be read; its default branch is main" in told
    assert "✓ github:book/es: can be read, and nothing says that it cannot be written" in told
    assert "✓ recorded English: for 1 of 1 document (sibling)" in told
    reader = hub.github.token("reader", {"book/en": "read", "book/es": "read", "book/pt": "read"})
    monkeypatch.setenv("AMTS_TOKEN", reader)
    status, told = doctor(config, capsys)
    assert status == 1 and told.count("reader may only read there") == 1 and "(and 1 more: github:book/pt)" in told
    monkeypatch.delenv("AMTS_TOKEN")
    status, told = doctor(config, capsys)
    assert status == 1 and "? credentials: none" in told and "no token was given" in told
    config.write_text(config.read_text(encoding="utf-8").replace("book/en", "book/none"), encoding="utf-8")
    status, told = doctor(config, capsys)
    assert "✗ github:book/none: it cannot be read" in told and "\nEnglish" not in told, "said once"
    config.write_text(config.read_text(encoding="utf-8").replace("book/es", "book/no"), encoding="utf-8")
    status, told = doctor(config, capsys)
    assert "(and 1 more: github:book/no)" in told and "\nes" not in told and "\npt" in told


class Listening:
    """A port that closes every connection, and counts them."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.calls = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # the test is over
            while True:
                self.socket.accept()[0].close()
                self.calls += 1


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    """A host that answers nothing, and is asked once for each time."""
    monkeypatch.setattr(connection, "TRIES", 0)
    found = Listening()
    yield found
    found.socket.close()


def test_a_host_that_does_not_answer_is_asked_once(
    hub: Hub, dead: Listening, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMTS_TOKEN", hub.token())
    monkeypatch.setenv("GITHUB_API_URL", dead.address)
    status, told = doctor(hub.runner.workspace / "amts.yml", capsys)
    assert status == 1 and "✗ English, es, pt: book/en cannot be read on GitHub" in told
    assert told.count("✗") == 1 and "check the network" in told and told.endswith("1 problem to solve\n")
    assert dead.calls == 1
    assert not any(f"\n{title}" in told for title in ("English", "es", "pt"))


def test_a_token_that_github_does_not_know_is_shown_once(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMTS_TOKEN", "github_pat_" + "x" * 36)
    status, told = doctor(hub.runner.workspace / "amts.yml", capsys)
    assert status == 1 and told.count("✗") == 1 and "✗ English, es, pt: book/en" in told
    assert "with the fine-grained token in AMTS_TOKEN: GitHub answers 401" in told and "expired" in told


def test_a_host_of_git_that_does_not_answer_is_asked_once(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = hub.runner.workspace / "amts.yml"
    monkeypatch.setenv("AMTS_TOKEN", hub.token())
    # Nothing listens at this port.
    monkeypatch.setenv("GITHUB_SERVER_URL", "http://127.0.0.1:9")
    status, told = doctor(config, capsys)
    assert status == 1 and told.count("✗") == 1 and "\nEnglish, es, pt\n✗ repository: book/en cannot be cloned" in told
    # English is here, the translations are not.
    (config.parent / "en").symlink_to(hub.clones["book/en"].working_dir)
    config.write_text(hub.settings().replace("github:book/en", "en"), encoding="utf-8")
    status, told = doctor(config, capsys)
    assert status == 1 and told.count("✗") == 1 and "\nes, pt\n✗ repository: book/es cannot be cloned" in told


def test_languages_of_one_repository_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = world(tmp_path)
    entry = "  - {language: LANG, repository: nowhere, baseline: lock, layout: '{lang}/{path}'}\n"
    entries = "".join(entry.replace("LANG", name) for name in ("zh", "ja", "ko"))
    here.config.write_text(here.config.read_text(encoding="utf-8") + entries, encoding="utf-8")
    status, told = doctor(here.config, capsys)
    assert status == 1 and told.count("✗ repository") == 1 and "\nzh, ja, ko\n✗ repository: " in told
    assert "\nes\n✓ repository" in told


WRITES = {"contents": "write", "pull_requests": "write", "issues": "write", "metadata": "read"}


@pytest.mark.parametrize(
    ("app", "oauth", "line"),
    [
        (
            None,
            None,
            "✓ commit statuses: GitHub does not say before a run whether the fine-grained token in AMTS_TOKEN",
        ),
        (None, "repo, workflow", "✓ commit statuses: the classic token in AMTS_TOKEN may write them"),
        (None, "read:org", "? commit statuses: the classic token in AMTS_TOKEN may not write them in github:book/es"),
        ({**WRITES, "statuses": "write"}, None, "✓ commit statuses: GitHub App"),
        (WRITES, None, "    → give the App Commit statuses: write"),
    ],
)
def test_whether_commit_statuses_may_be_written(
    hub: Hub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    app: dict[str, str] | None,
    oauth: str | None,
    line: str,
) -> None:
    grants = {"book/en": "read", "book/es": "write", "book/pt": "write"}
    if app:
        made = hub.github.app("bot", grants, scopes=app)
        monkeypatch.setenv("AMTS_APP_ID", str(made.id))
        monkeypatch.setenv("AMTS_APP_PRIVATE_KEY", made.key)
        # The App's own list has it by its new name.
        hub.github.rename("book/es", "book/spanish")
    else:
        monkeypatch.setenv("AMTS_TOKEN", hub.github.token("amts-bot", grants, oauth=oauth))
    status, told = doctor(hub.runner.workspace / "amts.yml", capsys)
    assert status == 0 and line in told, told
