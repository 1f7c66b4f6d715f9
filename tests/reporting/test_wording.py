"""The texts of the pages in every language: complete, with the right placeholders and plurals, and only words."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from babel import Locale
from markdown_it import MarkdownIt
from support.wording import GOLDEN, examples, text

import bot
from bot.document.model import BlockKind
from bot.document.structure import PieceKind
from bot.messages import Message
from bot.planning.flags import FlagKind
from bot.reporting.wording import FOLDER, languages, wording

EVERY = languages()
OTHERS = [name for name in EVERY if name != "en"]
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}")
FORMAT = re.compile(r"\{(\w+):[^{}]*\}")


def read(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found


def forms(value: Any) -> list[str]:
    return list(value.values()) if isinstance(value, dict) else [value]


def test_the_languages_of_the_project_are_there() -> None:
    assert {"en", "es", "ja", "ko", "pt", "tr", "vi", "zh"} <= set(EVERY)


def templates() -> Iterator[str]:
    """Every template that the program makes a message of."""
    yield from get_args(BlockKind)
    for path in Path(bot.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "Message(" not in source:
            continue
        tree = ast.parse(source)
        if path.name == "messages.py":
            tree.body = [node for node in tree.body if getattr(node, "name", "") in ("in_a_row", "listed")]
        for scope in ast.walk(tree):
            if isinstance(scope, ast.FunctionDef | ast.Module):
                yield from _in(scope)


def _in(scope: ast.FunctionDef | ast.Module) -> Iterator[str]:
    named: dict[str, list[str]] = {}
    for node in ast.walk(scope):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            named.setdefault(node.targets[0].id, []).append(node.value.value)
    for node in ast.walk(scope):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message"):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant):
            yield FORMAT.sub(r"{\1}", first.value)
        elif isinstance(first, ast.Name) and first.id in named:
            yield from (FORMAT.sub(r"{\1}", template) for template in named[first.id])


@pytest.fixture(scope="module")
def of_messages() -> list[str]:
    return sorted(set(templates()))


def test_the_templates_of_messages_are_found(of_messages: list[str]) -> None:
    assert len(of_messages) > 150 and "figure of {document}" in of_messages and "paragraph" in of_messages


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_text(language: str, of_messages: list[str]) -> None:
    own, english = read(language), read("en")
    assert list(own["texts"]) == list(english["texts"])
    assert sorted(own["messages"]) == of_messages


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_placeholders_and_code_of_its_english(language: str) -> None:
    own, english = read(language), read("en")["texts"]
    pairs = [(english[key], value) for key, value in own["texts"].items()]
    pairs += list(own["messages"].items())
    for source, value in pairs:
        wanted = forms(source)[-1]
        for form in forms(value):
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(wanted)), form
            assert set(re.findall("`[^`]*`", form)) == set(re.findall("`[^`]*`", wanted)), form


@pytest.mark.parametrize("language", EVERY)
def test_a_text_with_plurals_has_all_that_the_language_needs(language: str) -> None:
    needed = {*Locale.parse(language).plural_form.rules, "other"}
    own = read(language)
    for value in (*own["texts"].values(), *own["messages"].values()):
        if isinstance(value, dict):
            assert set(value) == needed and all("{number}" in form for form in value.values())


@pytest.mark.parametrize("language", EVERY)
def test_a_text_is_words_and_nothing_that_github_or_html_would_understand(language: str) -> None:
    own = read(language)
    for value in (*own["texts"].values(), *own["messages"].values()):
        for form in forms(value):
            assert form.isprintable() and not re.search(r"[<>@#&\\$|]|://|www\.", form), form
            assert not re.match(r"[/\-+=>]|\d+[.)]", form) or form.startswith("--force"), form
            assert all(re.fullmatch(r"\{[a-z_]+\}", found) for found in re.findall(r"\{.*?\}", form)), form
            links = re.findall(r"\]\((.*?)\)", form)
            assert links in ([], ["{location}"]), form


def test_every_kind_that_a_page_names_has_a_text() -> None:
    texts = read("en")["texts"]
    assert {f"piece.{kind}" for kind in get_args(PieceKind)} <= set(texts)
    assert {f"flag.{kind}" for kind in get_args(FlagKind) if kind != "previous translation"} <= set(texts)


@pytest.mark.parametrize("language", EVERY)
def test_what_translators_read_is_as_it_was(language: str) -> None:
    # After a correction: PYTHONPATH=tests python tests/support/wording.py
    assert text(language) == (GOLDEN / f"{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", EVERY)
def test_no_mark_of_emphasis_is_left_in_what_people_see(language: str) -> None:
    # Beside full-width punctuation, ** is no emphasis where a letter follows.
    for name, shown in examples(language).items():
        for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(shown):
            for child in token.children or ():
                assert child.type != "text" or "*" not in child.content, (name, child.content)


def test_a_language_without_texts_reads_english() -> None:
    assert wording("xx")("todo.none") == wording("en")("todo.none") == wording("ru-RU")("todo.none")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("pt-BR", "pt"), ("zh-CN", "zh"), ("zh_Hans", "zh"), ("es-419", "es"), ("zh-TW", "en"), ("zh-Hant", "en")],
)
def test_a_region_reads_its_language_in_its_own_script(tag: str, language: str) -> None:
    assert wording(tag)("todo.none") == wording(language)("todo.none")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert wording("pt-BR")("sentences", number=1000) == "1.000 frases"
    assert wording("es")("sentences", number=1) == "1 frase"
    assert wording("tr").percent(0.83) == "%83"
    assert wording("en").percent(0.834) == "83%"


def test_a_message_is_translated_with_the_messages_in_it() -> None:
    inner = Message("it has more than {size} MB", size="20")
    made = Message("bibliography not read: {reason}", reason=inner)
    assert wording("es").message(made) == "bibliografía no leída: tiene más de 20 MB"
    assert wording("en").message(made) == "bibliography not read: it has more than 20 MB"


def test_what_nobody_translated_is_shown_in_english() -> None:
    assert wording("es").message("a text from elsewhere {x}") == "a text from elsewhere {x}"
    assert wording("es").message(Message("{name} is new", name="{0}")) == "{0} is new"


def test_a_value_is_never_read_as_a_template() -> None:
    assert "{line} {0}" in wording("zh")("labelled", name="{line} {0}", text="{self}")
