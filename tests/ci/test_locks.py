"""Everything that is installed is locked by hash: the program, every extra, the build, and the image it is built on."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
SITE = "docs"
CONTAINER = ("neural", "openai", "deepl", "libretranslate")
LARGE = "s3"


def locked(name: str) -> dict[str, list[Requirement]]:
    """The versions of each distribution: more than one where Pythons differ."""
    found: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^[\w.-]+==.*?(?= \\$)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE):
        requirement = Requirement(line)
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def version(pin: Requirement) -> Version:
    (specifier,) = pin.specifier
    return Version(specifier.version)


def assert_covered(lock: str, requirements: list[str]) -> None:
    found = locked(lock)
    for line in requirements:
        needed = Requirement(line)
        pins = found.get(canonicalize_name(needed.name), [])
        assert pins, f"{lock} lacks {line}: make lock"
        assert all(version(pin) in needed.specifier for pin in pins), f"{lock} has another {line}: make lock"


def test_every_lock_is_known() -> None:
    assert set(LOCKS) == {f"requirements{part}.lock" for part in ("", "-build", "-dev", "-s3")}


def test_every_extra_is_locked() -> None:
    base = PROJECT["project"]["dependencies"]
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-s3.lock"):
        assert_covered(lock, base)
    for extra, requirements in EXTRAS.items():
        if extra == SITE:
            continue  # Nobody who runs or tests the program installs it.
        assert_covered("requirements-s3.lock" if extra == LARGE else "requirements-dev.lock", requirements)
        if extra in CONTAINER:
            assert_covered("requirements.lock", requirements)


def test_the_build_is_locked_and_is_what_the_package_asks_for() -> None:
    build = PROJECT["dependency-groups"]["build"]
    assert set(PROJECT["build-system"]["requires"]) <= set(build)
    assert_covered("requirements-build.lock", build)


@pytest.mark.parametrize("name", LOCKS)
def test_every_version_has_a_hash_and_no_lock_names_an_index(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    hashed = re.findall(r"^\S+==.* \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(hashed) == len(re.findall("^[^ #]", text, re.MULTILINE)) == sum(map(len, locked(name).values()))
    assert "://" not in text and "--index" not in text and "--find-links" not in text


@pytest.mark.parametrize("name", [lock for lock in LOCKS if lock != "requirements-dev.lock"])
def test_locks_agree(name: str) -> None:
    """So that what is tested is what the container has."""
    tested = locked("requirements-dev.lock")
    for distribution, pins in locked(name).items():
        if distribution in tested:
            assert {version(p) for p in pins} <= {version(p) for p in tested[distribution]}, distribution


def test_the_base_image_is_named_by_digest_once() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    stages = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert [stage for stage in stages if not re.fullmatch(r"python:[\w.-]+@sha256:[0-9a-f]{64}", stage)] == ["base"] * 2
    assert re.search(r"package-ecosystem: docker$", (ROOT / ".github/dependabot.yml").read_text(), re.MULTILINE)
