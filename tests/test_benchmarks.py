"""Benchmarks run seldom: what they take from the program has to be there all the same."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[1] / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_a_benchmark_imports_exists(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "bot":
            for name in node.names:
                # Either a name in the module, or a module in the package.
                if not hasattr(import_module(node.module or ""), name.name):
                    import_module(f"{node.module}.{name.name}")
