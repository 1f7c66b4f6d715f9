"""Front matter is merged key by key, and drafts of its prose are valid where they stand."""

from __future__ import annotations

import tomllib

import pytest
from ruamel.yaml import YAML

from bot.document.markdown import parse
from bot.drafting.draft import draft_document
from bot.engines import Answer
from bot.planning.document_plan import DocumentPlan, plan_document, plan_new


def planned(old: str, new: str, target: str) -> tuple[str, DocumentPlan]:
    old, new, target = (f"---\n{text}---\n\nText.\n" for text in (old, new, target))
    plan = plan_document(old, new, target, language="es")
    text = draft_document(plan, {}, old=old, new=new).text
    return text.removeprefix("---\n").removesuffix("---\n\nText.\n"), plan


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: 3\n", "b:  2\na:  1 # x\n", "b: 3\na:  1 # x\n"),
        ("a: 1\nb: 2\n", "a: 1\n", "a: 1\nb: 2\nmine: 3\n", "a: 1\nmine: 3\n"),
        ("a: 1\n", "n: 0\na: 1\nm: 2\n", "mine: 3\na: 1\n", "n: 0\nmine: 3\na: 1\nm: 2\n"),
        ("a:\n b: 1\n c: 2\n", "a:\n b: 3\n d: 4\n c: 2\n", "a:\n c: 9\n b: 1\n", "a:\n c: 9\n b: 3\n d: 4\n"),
        ("t: [a, b]\n", "t: [a, b, c]\n", "t: [b, z, a]\n", "t: [b, z, a, c]\n"),
        ("t:\n  - a\n", "t:\n  - a\n  - b\n", "t:\n  - a\n  - z\n", "t:\n  - a\n  - b\n  - z\n"),
        ("t:\n  - a\n", "t:\n  - a\n  - b\n", "t:\n- a\n- z\n", "t:\n- a\n- b\n- z\n"),
        ("description: A boat\n", "", "description: Un barco\n", ""),
    ],
)
def test_keys_are_merged(old: str, new: str, target: str, expected: str) -> None:
    text, plan = planned(old, new, target)
    assert text == expected and not plan.flags


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("a: 1\n", "a: 2\n", "a: 3\n"),
        ("a: 1\n", "", "a: 3\n"),
        ("", "a: 1\n", "a: 3\n"),
        ("a: 1\n", "a: 2\n", "b: 3\n"),
        ("t: [a]\n", "t: [b]\n", "t: [z]\n"),
    ],
)
def test_a_conflict_keeps_the_translation_and_names_the_key(old: str, new: str, target: str) -> None:
    text, plan = planned("x: 1\n" + old, "x: 2\n" + new, "x: 1\n" + target)
    assert text == "x: 2\n" + target
    assert [flag.text.startswith(("front matter, a:", "front matter, t:")) for flag in plan.flags] == [True]


def test_front_matter_that_is_not_valid_is_told() -> None:
    text, plan = planned("title: A\nw: 1\n", "title: A\nw: 2\n", "title: Un: dos\nw: 1\n")
    assert text == "title: Un: dos\nw: 2\n" and "not valid" in plan.flags[0].text


def test_another_syntax_stays_as_it_is() -> None:
    plan = plan_document("---\nw: 1\n---\n", "---\nw: 2\n---\n", "+++\nw = 1\n+++\n", language="es")
    assert "".join(map(str, plan.parts)) == "+++\nw = 1\n+++\n" and "another syntax" in plan.flags[0].text


def test_front_matter_of_the_translation_alone_takes_what_english_adds() -> None:
    plan = plan_document("Text.\n", "---\nw: 2\n---\n\nText.\n", "---\nmine: 1\n---\n\nTexto.\n", language="es")
    assert "".join(map(str, plan.parts)) == "---\nw: 2\nmine: 1\n---\n\nTexto.\n"


def test_the_prose_of_a_new_page_is_drafted() -> None:
    new = "---\ntitle: Boats\ndescription: >-\n  One sail.\n  Two oars.\nslug: boats\n---\n\nText.\n"
    plan = plan_new(new, language="es")
    assert [(s.source, s.kind) for s in plan.segments] == [
        ("Boats", "front_matter"),
        ("One sail.", "front_matter"),
        ("Two oars.", "front_matter"),
        ("Text.", "paragraph"),
    ]
    assert draft_document(plan, {}, old="", new=new).text.replace(". ", ".\n  ") == new


ANSWER = 'Uno: "dos" # l\'eau, [x]\ny'


@pytest.mark.parametrize("value", ["{}", "'{}'", '"{}"', ">-\n  {}", "[{}]"])
def test_a_draft_is_valid_yaml(value: str) -> None:
    key = "keywords" if value[0] == "[" else "title"
    old, new, target = (f"---\n{key}: {value.format(t)}\n---\n" for t in ("Boats", "All the sails", "Barcos"))
    plan = plan_document(old, new, target, language="es")
    text = draft_document(plan, {1: Answer(ANSWER, "engine")}, old=old, new=new).text
    found = YAML(typ="safe", pure=True).load(text.split("---\n")[1])[key]
    assert found == ([ANSWER.replace("\n", " ")] if value[0] == "[" else ANSWER.replace("\n", " "))
    assert parse(text).blocks[0].kind == "front_matter"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_draft_is_valid_toml(quote: str) -> None:
    old, new, target = (f"+++\ntitle = {quote}{t}{quote}\n+++\n" for t in ("Boats", "All the sails", "Barcos"))
    plan = plan_document(old, new, target, language="es")
    text = draft_document(plan, {1: Answer(ANSWER, "engine")}, old=old, new=new).text
    found = tomllib.loads(text.split("+++\n")[1])["title"]
    assert found.replace("\u2019", "'") == ANSWER.replace("\n", " ")


@pytest.mark.parametrize(
    ("old", "target", "expected", "flags"),
    [
        ("---\ntitle: Boats\na: 1\n---\n", "---\ntitle: Barcos\na: 1\n---\n", "", 0),
        ("---\nt: Boats\n---\n", "---\nt: Boats\n\n---\n", "", 0),
        ("---\na: 1\n---\n", "---\na: 1\nmine: 2\n---\n", "---\nmine: 2\n---\n", 1),
        ("---\na: 1\n---\n", "---\na: 2\n---\n", "---\na: 2\n---\n", 2),
        ("+++\na = 1\n+++\n", "+++\na = 1\nmine = 2\n+++\n", "+++\nmine = 2\n+++\n", 1),
        ('{\n"a": 1\n}\n', '{\n"a": 1,\n"mine": 2\n}\n', '{\n"mine": 2\n}\n', 1),
        ("---\na: [1\n---\n", "---\na: [1\n---\n", "", 0),
        ("---\na: [1\n---\n", "---\na: [1\nmine: 2\n---\n", "---\na: [1\nmine: 2\n---\n", 1),
    ],
)
def test_what_only_the_translation_has_stays_if_english_removes_it(
    old: str, target: str, expected: str, flags: int
) -> None:
    plan = plan_document(f"{old}\nText.\n", "Text.\n", f"{target}\nTexto.\n", language="es")
    assert "".join(map(str, plan.parts)) == (f"{expected}\nTexto.\n" if expected else "Texto.\n")
    assert len(plan.flags) == flags
    again = plan_document("Text.\n", "Text.  \n", "".join(map(str, plan.parts)), language="es")
    assert again.parts == plan.parts


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ('["boats", "", ""]', '["boats", "ropes", ""]', '["barcos", "", ""]', '["barcos", "ropes", ""]'),
        ('["boats", "sea", ""]', '["boats", "sea", "ropes"]', '["barcos", "mar", ""]', '["barcos", "mar", "ropes"]'),
        ('["boats", "sea"]', '["boats", "ropes", "sea"]', '["barcos", "mar"]', '["barcos", "ropes", "mar"]'),
        ('["boats", "sea", ""]', '["boats", "sea"]', '["barcos", "mar", ""]', '["barcos", "mar"]'),
        ('["boats", "sea"]', '["ropes", "sea"]', '["barcos", "mar"]', '["barcos", "mar"]'),
    ],
)
def test_what_english_adds_to_a_list_of_words_is_where_english_has_it(
    old: str, new: str, target: str, expected: str
) -> None:
    texts = [f"---\ntitle: T\ntags: {words}\n---\n" for words in (old, new, target, expected)]
    plan = plan_document(*texts[:3], language="es")
    assert "".join(map(str, plan.parts)) == texts[3]
    assert bool(plan.flags) == (target == expected)
