"""The reference says what the code is: commands, options, inputs, settings, exit status, error messages."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.cli.main import EXIT_STATUS, main
from bot.cli.options import read_text
from bot.errors import AmtsError
from bot.repositories.repository import Repository
from bot.settings.file import load
from bot.settings.values import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Markdown without the backslashes that keep it from meaning something."""
    return re.sub(r"\\([\\*<\[\]|#_])", r"\1", text)


MESSAGES = re.findall(r"^\*\*(.+?)\*\*\\?$", plain(page("troubleshooting.md")), re.M)


def test_the_pages_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here and not in a process of its own, since everything is imported already."""
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert list(import_module("reference").outdated()) == [], "run python docs/reference.py"


ERRORS = {"AmtsError", *(kind.__name__ for kind in AmtsError.__subclasses__())}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def literal(call: ast.Call) -> list[str]:
    """The words of an error that stand in the code where it is made."""
    (what,) = call.args
    formats = {n for f in ast.walk(what) if isinstance(f, ast.FormattedValue) and f.format_spec for n in ast.walk(f)}
    texts = [n for n in ast.walk(what) if isinstance(n, ast.Constant) and n not in formats]
    return [n.value for n in texts if isinstance(n.value, str)]


def test_every_error_of_the_code_is_there() -> None:
    """Independent of how the page is made: what stands in the code as plain text stands there too."""
    texts = plain(page("troubleshooting.md"))
    seen = 0
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in ERRORS:
                seen += 1
                for words in literal(node):
                    pieces = re.split(r"\{\w+\}", words.replace("worktree ", ""))
                    assert all(" ".join(piece.split()) in texts for piece in pieces), f"{path.name}: {words}"
    assert seen > 150 and len(MESSAGES) > 150


@pytest.mark.parametrize(
    "failing",
    [
        lambda folder: read_text(folder / "none.md"),
        lambda folder: (folder / "bad.md").write_bytes(b"\xff") and read_text(folder / "bad.md"),
        lambda folder: Repository.open(folder / "none"),
        lambda folder: load(folder / "amts.yml"),
        lambda folder: (folder / "amts.yml").write_text("colour: red\n", "utf-8") and load(folder / "amts.yml"),
        lambda folder: (folder / "amts.yml").write_text("a: [\n", "utf-8") and load(folder / "amts.yml"),
    ],
)
def test_an_error_that_happens_is_found_by_its_words(failing: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(AmtsError) as error:
        failing(tmp_path)
    patterns = [re.sub(r"(?:\\ )?\b[A-Z][A-Z-]+\b", ".+", re.escape(one).replace(r"\-", "-")) for one in MESSAGES]
    assert [p for p in patterns if re.fullmatch(p, error.value.what)], error.value.what


def test_every_exit_status_is_documented(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = re.findall(r"^\| (\d+) \|", page("commands.md"), re.M)
    assert [int(status) for status in table] == list(EXIT_STATUS)
    returned = set()
    for folder in ("cli", "action", "sync"):
        for path in (ROOT / "bot" / folder).rglob("*.py"):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(function, ast.FunctionDef) and function.name in ("main", "run", "_bug", "exit_status"):
                    ends = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value is not None]
                    values = [v for end in ends for v in ast.walk(end) if isinstance(v, ast.Constant)]
                    returned |= {v.value for v in values if type(v.value) is int}
    assert {0, 1, 3, 130} <= returned <= set(EXIT_STATUS)
    assert main(["sync", "--config", str(tmp_path / "none.yml")]) == 1
    with pytest.raises(SystemExit) as end:
        main(["sink"])
    assert end.value.code == 2


def test_every_variable_of_the_environment_is_documented() -> None:
    names = re.compile(r"[\"'](NO_COLOR|(?:AMTS|GITHUB)_[A-Z_]+|[A-Z]+_(?:API|AUTH)_KEY)[\"']")
    found = {name for path in (ROOT / "bot").rglob("*.py") for name in names.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 10
    assert found <= set(re.findall(r"`([A-Z_]+)`", page("commands.md")))


def test_the_settings_page_names_no_key_that_is_not_there() -> None:
    from bot.settings import engines, values
    from bot.style.preferences import Style

    models = {
        "source": values.Source,
        "translations[]": values.Translation,
        "terminology": values.TermList,
        "amazon": engines.Amazon,
        "neural": engines.Neural,
        "openai": engines.OpenAi,
        "bedrock": engines.Bedrock,
        "deepl": engines.DeepL,
        "libretranslate": engines.LibreTranslate,
    }
    rows = re.findall(r"^\| (`[^|]+`) \| [^|]+ \| ([^|]+) \|", page("settings.md"), re.M)
    tables = [row for row in rows if re.fullmatch(r"`[a-z_\[\].]+`(, `[a-z_\[\].]+`)*", row[0])]
    assert len(tables) > 70
    for keys, default in tables:
        if re.search(r"\.(yml|js)`", keys):
            continue
        for key in re.findall(r"`([^`]+)`", keys):
            group, _, name = key.rpartition(".")
            if group == "style":
                assert name in Style.__dataclass_fields__, key
                continue
            model: type[BaseModel] = models[group] if group else Settings
            assert name in model.model_fields, key
            own = model.model_fields[name]
            if own.default is not None:
                assert own.is_required() == (default == "required"), key
            if (said := re.fullmatch(r"`([a-z0-9_-]+)`|(\d+)", default)) and own.default not in (None, ""):
                value = own.default[0] if isinstance(own.default, tuple) else own.default
                assert str(value).casefold().removesuffix(".0") == (said[1] or said[2]), key
