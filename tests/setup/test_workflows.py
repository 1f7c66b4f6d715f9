"""The workflows that ``amts init --workflow`` writes, and the repositories on GitHub that it looks at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import git
import pytest
from fakes.github import GitHub
from ruamel.yaml import YAML
from support.hubs import Hub
from support.setups import ENGLISH, JAPANESE, SPANISH, made, suffixed, under

from bot.cli.main import main
from bot.doctor import workflows as checks
from bot.settings.file import load
from bot.setup import workflows

ROOT = Path(__file__).parents[2]


def on_github(repo: git.Repo, name: str) -> None:
    repo.create_remote("origin", f"https://github.com/{name}.git")


def written(folder: Path) -> dict[str, Any]:
    return {p.name: YAML(typ="safe").load(p) for p in sorted((folder / workflows.FOLDER).glob("*"))}


def test_in_a_repository_with_english_and_translations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = made(tmp_path / "site", under("docs/en/", ENGLISH), under("docs/ja/", JAPANESE))
    on_github(repo, "me/site")
    repo.git.branch("-m", "trunk")
    monkeypatch.chdir(tmp_path / "site")
    assert main(["init", "--workflow"]) == 0
    found = load(Path("amts.yml"))
    assert {found.source.repository, found.translations[0].repository} == {"github:me/site"}
    files = written(tmp_path / "site")
    assert list(files) == ["amts-retranslate.yml", "amts-shared.yml"]
    assert files["amts-shared.yml"]["on"]["push"]["branches"] == ["trunk"]
    told = capsys.readouterr().out
    assert "you still need" in told and "Allow GitHub Actions to create" in told
    # Settings that are there stay, and so do workflows.
    own = Path("amts.yml").read_text(encoding="utf-8") + "small_edits: translate\n"
    Path("amts.yml").write_text(own, encoding="utf-8")
    assert main(["init", "--workflow"]) == 1 and "amts-shared.yml is already there" in capsys.readouterr().err
    for name in files:
        Path(workflows.FOLDER, name).unlink()
    assert main(["init", "--workflow"]) == 0 and written(tmp_path / "site") == files
    assert "Written: .github" in (told := capsys.readouterr().out) and "you still need" in told
    assert Path("amts.yml").read_text(encoding="utf-8") == own
    assert main(["init", "--workflow", "--force"]) == 0 and Path("amts.yml").read_text(encoding="utf-8") != own


def test_settings_that_stay_must_name_repositories_on_github(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_github(made(tmp_path / "en", ENGLISH, suffixed(".es", SPANISH)), "me/en")
    monkeypatch.chdir(tmp_path / "en")
    assert main(["init"]) == 0 and main(["init", "--workflow"]) == 1
    assert "amts.yml names the folder .\n" in capsys.readouterr().err
    assert not written(tmp_path / "en")


def test_in_the_english_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_github(made(tmp_path / "en", ENGLISH), "me/en")
    on_github(made(tmp_path / "es", SPANISH), "you/es")
    monkeypatch.chdir(tmp_path / "en")
    assert main(["init", ".", "../es", "--workflow"]) == 0
    assert load(Path("amts.yml")).translations[0].repository == "github:you/es"
    assert list(written(tmp_path / "en")) == ["amts-push.yml"]


def test_in_a_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_github(made(tmp_path / "en", ENGLISH), "me/en")
    on_github(made(tmp_path / "es", SPANISH), "you/es")
    monkeypatch.chdir(tmp_path / "es")
    assert main(["init", "../en", ".", "--workflow"]) == 0
    assert list(written(tmp_path / "es")) == ["amts-pull.yml", "amts-retranslate.yml"]


def test_beside_the_repositories_there_is_no_place_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on_github(made(tmp_path / "en", ENGLISH, suffixed(".es", SPANISH)), "me/en")
    monkeypatch.chdir(tmp_path)
    assert main(["init", "en", "--workflow"]) == 1
    assert "no workflow can be written here" in capsys.readouterr().err and not Path("amts.yml").exists()


@pytest.mark.parametrize("kind", ["shared", "push", "pull"])
def test_they_need_no_account_and_are_complete(tmp_path: Path, kind: workflows.Role) -> None:
    """Everything for Amazon is gone, the rest is as in the examples, and the doctor only asks for a commit."""
    for name, text in workflows.files(kind, "main").items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        data = YAML(typ="safe").load(text)
        example = YAML(typ="safe").load(ROOT / "examples/workflows" / place.name.removeprefix("amts-"))
        assert data["on"] == example["on"] and list(data["jobs"]) == list(example["jobs"])
        for job, model in zip(data["jobs"].values(), example["jobs"].values(), strict=True):
            assert job["steps"] == [s for s in model["steps"] if "aws" not in s["uses"]]
            assert job["permissions"] == {k: v for k, v in model["permissions"].items() if k != "id-token"}
        lines = [line for line in text.splitlines() if "mazon" in line or "AWS" in line or "examples/" in line]
        assert not [line for line in lines if "An engine of Amazon needs" not in line], lines
    found = {(finding.state, finding.detail) for finding in checks.examine(tmp_path, None)}
    assert found == {("doubtful", "the action is used at v1, which others can move")}


def test_the_package_has_them(tmp_path: Path) -> None:
    """Installed, there is no folder ``examples``: the wheel has the workflows inside the package."""
    import tomllib

    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"][
        "wheel"
    ]
    assert {"examples/workflows", "examples/book"} <= set(wheel["only-include"])
    assert wheel["sources"]["examples/workflows"] == "bot/example_workflows"
    copied = (ROOT / "Dockerfile").read_text(encoding="utf-8"), (ROOT / ".dockerignore").read_text(encoding="utf-8")
    assert all("examples/workflows" in text for text in copied)


def test_repositories_on_github(
    github: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hub = Hub(tmp_path / "hub", github, ("es", "tr"))
    monkeypatch.setenv("GITHUB_API_URL", github.url)
    monkeypatch.setenv("GITHUB_SERVER_URL", github.git_url)
    monkeypatch.setenv("AMTS_TOKEN", hub.token())
    monkeypatch.chdir(tmp_path)
    assert main(["init", "github:book/en", "https://github.com/book/es", "tr=git@github.com:book/tr.git"]) == 0
    found = load(Path("amts.yml"))
    assert [(t.language, t.repository, t.baseline) for t in found.translations] == [
        ("es", "github:book/es", "sibling"),
        ("tr", "github:book/tr", "sibling"),
    ]
    assert "Next: amts sync" in capsys.readouterr().out
    assert main(["init", "github:book/en", "github:book/none", "--force"]) == 1
    assert "book/none" in capsys.readouterr().err
    # What is on GitHub already is where the workflow of a checkout leads.
    on_github(made(tmp_path / "mine", SPANISH), "book/es")
    monkeypatch.chdir(tmp_path / "mine")
    assert main(["init", "github:book/en", "es=github:book/es", "--workflow"]) == 0
    assert list(written(tmp_path / "mine")) == ["amts-pull.yml", "amts-retranslate.yml"]
