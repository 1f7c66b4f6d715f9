"""The pure core stays pure: what reaches git, networks and services are a few named modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
OUTSIDE = {"git", "github", "boto3", "botocore", "requests", "urllib3", "urllib", "http", "socket", "subprocess"}
EDGES = {
    "repos", "remotes", "github_access", "forges/hosted", "forges/hosted_comments", "forges/once", "forges/refusals",
    "amazon/connection", "amazon/imports", "amazon/storage", "doctor", "demo",
}  # fmt: skip
"""The modules that may talk to what is outside."""

SHELL = EDGES | {
    "__main__", "action", "composition", "output", "serve", "replies", "summary", "retranslate",
    "pipeline", "under_review", "corpus", "forges/__init__", "forges/local", "forges/branches", "engines/announced",
    "engines/amazon", "engines/amazon_realtime", "amazon/jobs", "amazon/runs", "answers", "clock",
    "merged_requests", "commit_log", "evaluation/evaluate", "evaluation/run", "evaluation/incremental",
}  # fmt: skip
"""These, and the modules that tell a story over them; all others are the core."""


def name(path: Path) -> str:
    return path.relative_to(BOT).with_suffix("").as_posix()


MODULES = {name(path): path for path in sorted(BOT.rglob("*.py")) if "example_book" not in path.parts}


def imported(module: str) -> Iterator[str]:
    """What a module imports when it runs, by full name; what only types need is not looked at."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_only_the_edges_talk_to_what_is_outside(module: str) -> None:
    outside = {found.split(".")[0] for found in imported(module)} & OUTSIDE
    assert not outside or module in EDGES


@pytest.mark.parametrize("module", sorted(MODULES.keys() - SHELL))
def test_the_core_knows_nothing_of_the_shell(module: str) -> None:
    shell = {"bot." + found.removesuffix("/__init__").replace("/", ".") for found in SHELL}
    known = {".".join(found.split(".")[:n]) for found in imported(module) for n in (2, 3)}
    assert not known & shell


def test_every_edge_is_still_there() -> None:
    assert MODULES.keys() >= SHELL
    assert all({found.split(".")[0] for found in imported(module)} & OUTSIDE for module in EDGES)
