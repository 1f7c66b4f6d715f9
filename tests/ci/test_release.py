"""The script of a release, on a real repository: what it writes, commits and refuses."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import git
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FILES = ("action.yml", "CHANGELOG.md", "README.md", "bot/__init__.py", "docs/action.md", "examples", ".ci/release.py")
IMAGE = "ghcr.io/amts-bot/amts@sha256:" + "0a1b" * 16
VERSION = "2.3.4"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone that has what the script touches, with a branch main on its origin."""
    work = tmp_path / "work"
    for name in FILES:
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        copy: Any = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, work / name)
    made = git.Repo.init(work, initial_branch="main")
    with made.config_writer() as config:
        config.set_value("user", "name", "A maintainer")
        config.set_value("user", "email", "maintainer@example.org")
    made.git.add("--all")
    made.git.commit("--quiet", "--message", "start")
    git.Repo.init(tmp_path / "origin.git", bare=True, initial_branch="main")
    made.create_remote("origin", str(tmp_path / "origin.git"))
    made.git.push("--quiet", "origin", "main")
    return work


def step(checkout: Path, *words: str) -> str:
    """The output of a step; for one that refuses, why."""
    command = [sys.executable, str(checkout / ".ci/release.py"), *words]
    done = subprocess.run(command, cwd=checkout.parent, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    return done.stdout if not done.returncode else done.stderr


def prepared(checkout: Path, version: str = VERSION) -> git.Repo:
    log = checkout / "CHANGELOG.md"
    log.write_text(log.read_text(encoding="utf-8").replace("## [Unreleased]", "## [Unreleased]\n\n- A new thing.", 1))
    assert not step(checkout, "prepare", version)
    repo = git.Repo(checkout)
    repo.git.commit("--quiet", "--all", "--message", f"Version {version}")
    return repo


def test_what_is_prepared_can_be_released(checkout: Path) -> None:
    assert "bot/__init__.py has another version" in step(checkout, "check", VERSION)
    prepared(checkout)
    assert not step(checkout, "check", VERSION)
    assert f'__version__ = "{VERSION}"' in (checkout / "bot/__init__.py").read_text()
    texts = {path.name: path.read_text() for path in (checkout / "examples/workflows").glob("*.yml")}
    assert "amts-bot/amts@v2 #" in texts["pull.yml"]
    assert f"amts-bot/amts/v{VERSION}/requirements.lock" in texts["without-docker.yml"]
    assert f"'amts=={VERSION}'\n" in texts["without-docker.yml"]
    assert "uses: amts-bot/amts@v2\n" in (checkout / "README.md").read_text()
    once = git.Repo(checkout).git.diff("HEAD~", "HEAD")
    assert not step(checkout, "prepare", VERSION) and not git.Repo(checkout).is_dirty() and once


def test_the_release_commit_runs_the_image_by_its_digest(checkout: Path) -> None:
    main = prepared(checkout).head.commit
    made = step(checkout, "commit", VERSION, IMAGE).strip()
    repo = git.Repo(checkout)
    commit = repo.commit(made)
    assert commit.parents == (main,) and [d.a_path for d in main.diff(commit)] == ["action.yml"]
    before, after = (YAML(typ="safe").load(c.tree["action.yml"].data_stream.read()) for c in (main, commit))
    assert before["runs"].pop("image") == "Dockerfile"
    assert after["runs"].pop("image") == f"docker://{IMAGE}"
    assert after == before
    assert repo.tags[f"v{VERSION}"].commit == repo.tags["v2"].commit == commit
    notes = step(checkout, "notes", VERSION)
    assert notes.startswith("- A new thing.") and f"- uses: amts-bot/amts@{made} # v{VERSION}" in notes
    assert f"oci://{IMAGE} " in notes


def test_a_job_that_is_run_again_makes_the_same_commit_and_tag(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = prepared(checkout)
    start = repo.head.commit
    made = step(checkout, "commit", VERSION, IMAGE), str(repo.tags[f"v{VERSION}"].tag)
    repo.git.reset("--hard", start)
    repo.git.tag("--delete", f"v{VERSION}", "v2")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2031-01-01T00:00:00Z")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
    assert (step(checkout, "commit", VERSION, IMAGE), str(repo.tags[f"v{VERSION}"].tag)) == made


@pytest.mark.parametrize(
    "image",
    ["", "ghcr.io/amts-bot/amts:v2.3.4", IMAGE[:40], f"{IMAGE}\n  args: [evil]", f"@{IMAGE.partition('@')[2]}"],
)
def test_only_a_digest_gets_into_the_action(checkout: Path, image: str) -> None:
    repo = prepared(checkout)
    assert "is not NAME@sha256:DIGEST" in step(checkout, "commit", VERSION, image)
    assert not repo.is_dirty() and not repo.tags


def test_what_cannot_be_released(checkout: Path) -> None:
    assert "no version such as 1.2.3" in step(checkout, "check", "v2.3.4")
    assert "no version such as 1.2.3" in step(checkout, "check", "02.3.4")
    repo = prepared(checkout)
    for path, old, why in (
        ("CHANGELOG.md", f"## [{VERSION}]", "no section"),
        ("README.md", "amts-bot/amts@v2", "names another release"),
        ("action.yml", "image: Dockerfile", "does not have the line"),
    ):
        kept = (checkout / path).read_text(encoding="utf-8")
        new = old.replace("2", "9").replace("Dockerfile", "docker://x")
        (checkout / path).write_text(kept.replace(old, new), encoding="utf-8")
        assert why in step(checkout, "check", VERSION)
        (checkout / path).write_text(kept, encoding="utf-8")
    assert not step(checkout, "check", VERSION)
    step(checkout, "commit", VERSION, IMAGE)
    repo.git.push("--quiet", "origin", f"v{VERSION}")
    repo.git.checkout("--quiet", "main", "--force")
    repo.git.reset("--hard", "HEAD~")
    assert "released already" in step(checkout, "check", VERSION)


def test_the_workflow_publishes_in_an_order_that_can_stop_anywhere() -> None:
    """What is attested is what the commit names; a release is a draft until it has its files, and tags move last."""
    jobs = YAML(typ="safe").load(ROOT / ".github/workflows/release.yml")["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "check": None,
        "image": "check",
        "attest": "image",
        "package": "check",
        "release": ["attest", "package"],
        "index": ["package", "release"],
    }
    attested = [step["with"]["subject-digest"] for step in jobs["attest"]["steps"] if "attest@" in step.get("uses", "")]
    assert set(attested) == {"${{ steps.join.outputs.digest }}"} and len(attested) == 3
    assert jobs["attest"]["outputs"]["digest"] == "${{ steps.join.outputs.digest }}"
    (written,) = [step["env"]["IMAGE"] for step in jobs["release"]["steps"] if "IMAGE" in step.get("env", {})]
    assert written == "${{ needs.attest.outputs.name }}@${{ needs.attest.outputs.digest }}"
    done = "\n".join(step.get("run", "") for step in jobs["release"]["steps"])
    order = ["release.py commit", "git push origin", "gh release create", "--draft=false", "git push --force"]
    assert sorted(order, key=done.index) == order
    # Only this job may write, and it installs nothing; only the last may show itself to the index.
    assert [name for name, job in jobs.items() if job["permissions"].get("contents") == "write"] == ["release"]
    assert not re.search(r"\b(pip|make|uv|docker)\b", done)
