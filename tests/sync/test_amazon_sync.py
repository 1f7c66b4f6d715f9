"""Whole syncs through the emulated service, from the command line: as maintainers run them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import git
import pytest
from fakes.amazon import Fault
from support.accounts import BUCKET, ROLE, SETTINGS, Account
from support.worlds import CAPITULO, CHAPTER, World, commit, world

from bot.cli.main import main
from bot.engines.amazon import custom_data
from bot.engines.amazon.connection import connect
from bot.errors import redacted
from bot.sync import composition

EDITED = CHAPTER.replace("It has a hull and a mast.", "Some boats are rowed by `n` tired people.")
EDITED = EDITED.replace("The sail catches the wind.", "Every sail needs **strong** rope, see :numref:`sec_boats`.")


@pytest.fixture
def book(tmp_path: Path, account: Account) -> World:
    made = world(tmp_path)
    configure(made)
    made.push({"boats.md": EDITED})
    return made


def configure(book: World, more: str = "") -> None:
    """Adds the engine to the settings."""
    text = book.config.read_text(encoding="utf-8").partition("engine:")[0]
    book.config.write_text(text + SETTINGS + "".join(f"  {line}\n" for line in more.splitlines()), encoding="utf-8")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr("bot.clock.time.sleep", lambda seconds: None)


def test_a_push_becomes_a_pull_request_with_drafts(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert book.sync() == 0
    text = book.text("boats.md")
    assert "rowed" not in text and "Every sail" not in text
    assert "`n`" in text and ":numref:`sec_boats`" in text and "**" in text
    assert "Un barco flota en el agua." in text and "submarinos" in text
    assert "machine translation" in book.page()
    told = capsys.readouterr()
    assert f"{account.aws.billed:,} characters translated" in told.out and "job" in told.err
    # Merged, the sync is quiet, and starts no job.
    book.spanish.git.merge("amts/sync")
    assert book.sync() == 0 and account.starts() == 1


def test_a_dry_run_and_an_estimate_send_nothing_and_need_no_account(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    for how in (("--dry-run",), ("--estimate",)):
        assert book.sync(*how) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "none 2 95 sent" in out and "at most 95 characters would be sent, about 0.01 USD" in out
    assert not account.aws.calls and book.branch() is None


def test_the_budget_leaves_the_rest_in_english_and_says_so(book: World, account: Account) -> None:
    configure(book, "max_cost: 0.003\nprice: 60")
    assert book.sync() == 0
    assert 0 < account.aws.billed <= 50
    assert "Every sail needs **strong** rope" in book.text("boats.md")
    assert "budget" in book.page()


def test_a_run_that_does_not_wait_is_finished_by_the_next(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    assert book.sync("--no-wait") == 0
    assert book.branch() is None and "waiting" in capsys.readouterr().out
    assert book.sync() == 0
    assert "machine translation" in book.page() and account.starts() == 1
    assert set(account.aws.billed_texts.values()) == {1}


def test_two_languages_at_once_share_the_one_place_for_imports(tmp_path: Path, account: Account) -> None:
    made = world(tmp_path)
    french = git.Repo.init(tmp_path / "fr", initial_branch="main")
    commit(french, {"boats.md": CAPITULO, "boats_origin.md": CHAPTER}, "Premier")
    text = made.config.read_text(encoding="utf-8")
    text += "  - language: fr\n    repository: fr\n    baseline: sibling\n"
    made.config.write_text(text, encoding="utf-8")
    configure(made)
    made.push({"boats.md": EDITED})
    account.aws.faults.append(Fault("import", "slow", times=4))
    assert made.sync() == 0
    assert account.aws.calls.count("CreateParallelData") >= 2 and account.starts() == 2
    for repo in (made.spanish, french):
        assert "rowed" not in repo.git.show("amts/sync:boats.md")


def test_one_language_that_fails_hurts_no_other(tmp_path: Path, account: Account) -> None:
    made = world(tmp_path)
    french = git.Repo.init(tmp_path / "fr", initial_branch="main")
    commit(french, {"boats.md": CAPITULO, "boats_origin.md": CHAPTER}, "Premier")
    text = made.config.read_text(encoding="utf-8")
    made.config.write_text(text + "  - language: fr\n    repository: fr\n    baseline: sibling\n", encoding="utf-8")
    configure(made)
    made.push({"boats.md": EDITED})
    account.aws.faults.append(Fault("job", "failed", match="amts-fr"))
    assert made.sync() == 1
    assert made.branch() and not [h for h in french.heads if h.name == "amts/sync"]
    assert made.sync() == 0


REQUESTS = [
    ("StartTextTranslationJob", "throttle"),
    ("StartTextTranslationJob", "server"),
    ("StartTextTranslationJob", "lost"),
    ("StartTextTranslationJob", "expired"),
    ("StartTextTranslationJob", "denied"),
    ("DescribeTextTranslationJob", "throttle"),
    ("DescribeTextTranslationJob", "expired"),
    ("DescribeTextTranslationJob", "server"),
    ("ListTextTranslationJobs", "throttle"),
    ("ListTextTranslationJobs", "expired"),
    ("CreateParallelData", "conflict"),
    ("CreateParallelData", "throttle"),
    ("CreateParallelData", "lost"),
    ("CreateParallelData", "expired"),
    ("GetParallelData", "server"),
    ("GetParallelData", "expired"),
    ("PutObject", "throttle"),
    ("PutObject", "expired"),
    ("PutObject", "denied"),
    ("GetObject", "server"),
    ("GetObject", "expired"),
    ("ListObjectsV2", "throttle"),
    ("ListObjectsV2", "expired"),
]


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, str]:
    """The draft that a run without faults makes, once it is known."""
    return {}


@pytest.mark.parametrize("skipped", [0, 2])
@pytest.mark.parametrize(("operation", "kind"), REQUESTS)
def test_after_any_fault_the_next_run_makes_the_same_draft_and_pays_once(
    book: World,
    account: Account,
    capsys: pytest.CaptureFixture[str],
    undisturbed: dict[str, str],
    operation: str,
    kind: str,
    skipped: int,
) -> None:
    # As often as the client tries by itself and once more, at the first or a later request of its sort.
    times = 1 if kind in ("expired", "denied", "lost") else 2
    account.aws.faults += [Fault(operation, kind, times=times)] if not skipped else [later(operation, kind, skipped)]
    status = book.sync()
    told = capsys.readouterr()
    if status:
        assert "fix:" in told.out + told.err and "Traceback" not in told.out + told.err
        assert book.branch() is None
        account.aws.faults.clear()
        assert book.sync() == 0
    draft = undisturbed.setdefault("boats.md", book.text("boats.md"))
    assert book.text("boats.md") == draft
    assert account.starts() == 1 and set(account.aws.billed_texts.values()) == {1}


def later(operation: str, kind: str, skipped: int) -> Fault:
    """A fault that lets the first requests of its sort pass."""
    return Fault(operation, kind, times=1, skip=skipped)


@pytest.mark.parametrize("points", [2, pytest.param(10, marks=pytest.mark.slow)])
@pytest.mark.parametrize("account", [{"job_steps": 1, "import_steps": 1}], indirect=True)
def test_killed_at_any_point_a_run_is_gone_on_with(book: World, account: Account, points: int) -> None:
    command = [sys.executable, "-m", "bot", "sync", "--config", str(book.config)]
    place = {**os.environ, "PYTHONPATH": str(Path(composition.__file__).parent.parent)}

    def run(seconds: float | None) -> bool:
        """Whether the run came to its end."""
        child = subprocess.Popen(command, env=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            return child.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            return False

    start = time.monotonic()
    assert run(None)
    whole = time.monotonic() - start
    draft, billed = book.text("boats.md"), account.aws.billed
    assert billed
    draw = random.Random(7)
    for point in range(points):
        # Another sentence each time: another job, from the start.
        book.spanish.git.branch("-D", "amts/sync")
        book.push({"boats.md": EDITED.replace("tired people", f"tired people of {'x' * (point + 1)}")})
        run(draw.uniform(0.4, 1.0) * whole)
        assert run(None)
        assert book.text("boats.md").count("`n`") == 1
    assert set(account.aws.billed_texts.values()) == {1}
    assert draft.count("`n`") == 1


def test_no_secret_is_ever_shown(book: World, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    secrets = [os.environ["AWS_SECRET_ACCESS_KEY"], os.environ["AWS_ACCESS_KEY_ID"], "plantedsignature"]
    for operation in ("StartTextTranslationJob", "PutObject", "GetParallelData"):
        for kind in ("denied", "expired", "server"):
            account.aws.faults.append(Fault(operation, kind, times=5))
            book.sync()
            account.aws.faults.clear()
    book.sync()
    assert main(["parallel-data", "show", "--config", str(book.config), "--language", "es"]) in (0, 1)
    main(["doctor", "--config", str(book.config)])
    told = capsys.readouterr()
    pages = "".join(p.read_text(encoding="utf-8") for p in (book.folder / "pull-requests").glob("*"))
    assert not [s for s in secrets if s in told.out + told.err + pages]
    assert redacted("https://x/?X-Amz-Signature=abc&b=1 ASIAABCDEFGHIJKLMNOP") == "https://x/?X-Amz-Signature=…&b=1 …"


def test_parallel_data_is_pushed_shown_and_deleted(
    book: World, account: Account, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def run(*words: str) -> int:
        return main(["parallel-data", *words, "--config", str(book.config), "--language", "es"])

    assert run("show") == 1
    assert run("push") == 0
    assert "amts-es" in (told := capsys.readouterr()).out and "pairs imported" in told.out
    assert run("push") == 0 and account.aws.calls.count("CreateParallelData") == 1
    saved = tmp_path / "back.tmx"
    assert run("show", "-o", str(saved)) == 0
    assert "Un barco flota en el agua." in saved.read_text(encoding="utf-8")
    assert run("delete") == 0
    capsys.readouterr()
    for _ in range(5):
        custom_data.look(connect("us-east-1").translate, "amts-es")
    assert run("delete") == 0 and "no parallel data" in capsys.readouterr().out


def test_the_realtime_engine_needs_no_bucket(book: World, account: Account) -> None:
    text = book.config.read_text(encoding="utf-8").partition("engine:")[0]
    book.config.write_text(text + "engine: amazon-realtime\n", encoding="utf-8")
    assert book.sync() == 0
    assert "rowed" not in book.text("boats.md") and "`n`" in book.text("boats.md")
    assert account.aws.calls.count("TranslateText") == 2 and not account.aws.jobs


def test_doctor_asks_for_no_bucket_in_realtime(
    book: World, account: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    text = book.config.read_text(encoding="utf-8").partition("engine:")[0]
    book.config.write_text(text + "engine: amazon-realtime\n", encoding="utf-8")
    assert main(["doctor", "--config", str(book.config)]) == 0
    told = capsys.readouterr().out
    assert "✓ credentials" in told and "✓ language es" in told and "✗ bucket" not in told and "s3:" not in told


def test_doctor_says_what_to_do(book: World, account: Account, capsys: pytest.CaptureFixture[str]) -> None:
    def run() -> tuple[int, str]:
        return main(["doctor", "--config", str(book.config)]), capsys.readouterr().out

    status, told = run()
    assert status == 1 and "✗ role" in told and "✓ credentials" in told and "✓ bucket: s3://" in told
    trust = '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "translate.amazonaws.com"}}]}'
    iam = boto3.client("iam", region_name="us-east-1")
    iam.create_role(RoleName=ROLE.rpartition("/")[2], AssumeRolePolicyDocument=trust)
    iam.close()
    status, told = run()
    assert status == 0, told
    assert "✓ role" in told and "not there yet" in told
    assert "✓ quota of jobs: 0 of 10 are running, 0 of 1,000 wait" in told
    assert "✓ quota of terminologies: 0 of 100 are used" in told and "no rule deletes what is old" in told
    expire_after(90)
    assert "✓ bucket forgets: what is 90 days old" in run()[1]
    configure(book, "region: eu-central-1")
    status, told = run()
    assert status == 1 and "no parallel data" in told
    configure(book, "region: ap-east-1\nparallel_data: false")
    assert "? region: ap-east-1 is not known to have batch jobs" in run()[1]
    book.config.write_text(book.config.read_text(encoding="utf-8").replace(BUCKET, "no-such-bucket"), encoding="utf-8")
    status, told = run()
    assert status == 1 and "✗ bucket" in told and "→" in told


def expire_after(days: int) -> None:
    """A lifecycle rule as in aws/template.yml."""
    s3 = boto3.client("s3", region_name="us-east-1")
    rule: Any = {"ID": "Expire", "Status": "Enabled", "Filter": {"Prefix": "amts/"}, "Expiration": {"Days": days}}
    s3.put_bucket_lifecycle_configuration(Bucket=BUCKET, LifecycleConfiguration={"Rules": [rule]})
    s3.close()


def test_doctor_counts_what_the_account_has_no_room_for(
    book: World, account: Account, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fakes.amazon.account._PAGE", 40)
    client = connect("us-east-1").translate
    for n in range(100):
        data: Any = {"File": b"en,es\nboat,barco\n", "Format": "CSV"}
        client.import_terminology(Name=f"t{n}", MergeStrategy="OVERWRITE", TerminologyData=data)
    main(["doctor", "--config", str(book.config)])
    told = " ".join(capsys.readouterr().out.split())
    assert "quota of terminologies: 100 of 100 are used in this account and region; up to 1 more would be made" in told
    assert "delete some that nobody needs, or ask AWS for more" in told


def test_clean_lists_and_deletes_only_when_asked(
    book: World, account: Account, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str) -> str:
        assert main(["amazon", "clean", "--config", str(book.config), *words]) == 0
        return capsys.readouterr().out

    assert book.sync() == 0
    capsys.readouterr()
    assert run("--yes") == "0 objects, 0 bytes deleted\n"  # written a moment ago
    monkeypatch.setattr("bot.engines.amazon.cleaning.SETTLED", timedelta(seconds=-60))
    listed = run()
    assert "run.json" in listed and "collected" in listed and "add --yes" in listed
    assert run() == listed
    deleted = run("--yes", "--language", "es")
    assert deleted.endswith("bytes deleted\n") and "0 objects" not in deleted
    assert run() == "0 objects, 0 bytes can be deleted\n"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda s: s.replace(f"  bucket: {BUCKET}\n", ""), "amazon.bucket is missing"),
        (lambda s: s.replace(f"  role: {ROLE}\n", ""), "amazon.role is missing"),
        (lambda s: s.replace(ROLE, "amts-translate"), "amazon.role has an invalid value"),
        (lambda s: s + "  colour: red\n", "unknown key amazon.colour"),
    ],
)
def test_missing_settings_are_told(
    book: World, account: Account, capsys: pytest.CaptureFixture[str], change: Callable[[str], str], told: str
) -> None:
    book.config.write_text(change(book.config.read_text(encoding="utf-8")), encoding="utf-8")
    assert book.sync() == 1
    assert told in capsys.readouterr().err and not account.aws.calls
