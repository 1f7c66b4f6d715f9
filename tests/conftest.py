"""A sealed world for every test: no configuration of this machine, fixed dates, real git."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from fakes.github import GitHub
    from support.accounts import Account
    from support.hubs import Hubs

# How long an example takes is the machine's affair: speed is measured in benchmarks.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "fresh",
    settings.get_profile("ci"),
    derandomize=False,
    max_examples=10 * settings.get_profile("ci").max_examples,
    print_blob=True,
)
# Every run has the same examples; `--hypothesis-profile fresh` has others, and more of them.
settings.load_profile("ci")


@pytest.fixture(autouse=True)
def sealed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A HOME of its own and fixed commit dates; git reads no configuration of this machine."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    # Nothing here lives long enough to be tidied up.
    (home / "gitconfig").write_text("[maintenance]\n\tauto = false\n[gc]\n\tauto = 0\n", encoding="utf-8")
    monkeypatch.setenv("GIT_TEST_FSYNC", "0")  # no test loses its power supply
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_DATE", "1714564800 +0000")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", *(n for n in os.environ if n.startswith("AWS_"))):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


def pytest_collection_finish() -> None:
    """Modules and collected tests live to the end: looking through them for garbage again and again took 15%."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--s3", choices=("moto", "seaweedfs"), default="moto", help="what stands for S3")


@pytest.fixture(scope="session")
def s3_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where another S3 server is; empty for the one of the emulator."""
    if request.config.getoption("--s3") == "moto":
        yield ""
        return
    from support.seaweed import seaweed

    with seaweed() as address:
        yield address


@pytest.fixture
def account(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, s3_url: str) -> Iterator[Account]:
    """An account at the emulated Amazon, with an empty bucket; a parameter has arguments of ``Emulator``."""
    from fakes.amazon import Emulator
    from support.accounts import Account, descriptions, make_bucket

    monkeypatch.setattr("botocore.session.create_loader", descriptions)
    with Emulator(**{"s3_url": s3_url, **getattr(request, "param", {})}) as aws:
        for name, value in aws.environment.items():
            monkeypatch.setenv(name, value)
        make_bucket()
        yield Account(aws)


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    """A GitHub of one's own, which was asked for nothing that it cannot do, and wants no pauses between writes."""
    from fakes.github import GitHub

    monkeypatch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
    with GitHub(tmp_path / "github") as hub:
        yield hub
        assert not hub.problems


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hubs]:
    """Books on a GitHub that the tests of a module start from."""
    from support.hubs import Hubs

    with pytest.MonkeyPatch.context() as patch, Hubs(tmp_path_factory.mktemp("hubs")) as kept:
        patch.setattr("bot.forges.github.connection.BETWEEN_WRITES", 0.0)
        yield kept


@pytest.fixture
def cases() -> Path:
    """The folder of golden cases."""
    return Path(__file__).parent / "cases"
