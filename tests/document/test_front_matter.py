"""Front matter keeps its bytes, and its prose is read and written as its syntax asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.document.front_matter import other_front_matter, partners, read
from bot.document.front_matter_values import is_plain, quoted, unquoted
from bot.document.markdown import parse
from bot.document.model import render


def words(text: str) -> list[tuple[str, str, str]]:
    found = read(text)
    assert found is not None
    return [(".".join(f.path), " ".join(text[a:b] for a, b in f.lines), f.quoting) for f in found.fields]


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("---\ntitle: A boat # big\nweight: 3\n---\n", [("title", "A boat", "plain")]),
        ("---\ntitle: 'It''s'\nslug: a\n---\n", [("title", "It''s", "single")]),
        ('---\r\ntitle: "A \\"b\\""\r\n---\r\n', [("title", 'A \\"b\\"', "double")]),
        ("---\ndescription: >-\n  Two\n  lines\nx: 1\n---\n", [("description", "Two lines", "")]),
        ("---\ndescription:\n  Two\n  lines\n---\n", [("description", "Two lines", "plain")]),
        ("---\nkeywords: [oars, sails]\n---\n", [("keywords.0", "oars", "flow"), ("keywords.1", "sails", "flow")]),
        ("---\nhero:\n  text: Boats\n  link: x\ntext: No\n---\n", [("hero.text", "Boats", "plain")]),
        ("---\nfeatures:\n  - details: Light\n    icon: x\n---\n", [("features.0.details", "Light", "plain")]),
        ("---\ntitle: true\ndescription: /a/b\nlinkTitle: 3\n---\n", []),
        ("---\nmain: &a\n  title: Boat\nother: *a\n---\n", []),
        ('+++\ntitle = "A boat"\nn = 1\n+++\n', [("title", "A boat", "double")]),
        ("+++\n[params]\nlead = 'A boat'\n+++\n", [("params.lead", "A boat", "literal")]),
        ('{\n  "title": "A boat",\n  "n": 1\n}\n', [("title", "A boat", "double")]),
    ],
)
def test_prose_is_found(text: str, prose: list[tuple[str, str, str]]) -> None:
    assert words(text) == prose


@pytest.mark.parametrize("text", ["---\na: b: c\n---\n", "+++\na = \n+++\n", "---\n- a\n---\n", "---\na: *x\n---\n"])
def test_what_is_not_valid_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "---\n# one\na: 1\n\n# two\nb:\n  # three\n  c: 2\n\n  d: |\n    # no comment\n# four\n---\n",
        "+++\n# one\na = 1\n\n[b]\n# two\nc = [\n  1, # x\n]\n\n[[d]]\ne = '''\nx\n'''\n# end\n+++\n",
    ],
)
def test_entries_cover_every_line(text: str) -> None:
    found = read(text)
    assert found is not None
    edges = [found.start, *(e.end for e in found.entries)]
    assert [e.start for e in found.entries] == edges[:-1] and edges[-1] == found.end


def test_fields_of_the_same_key_are_partners() -> None:
    assert partners("---\ntitle: A\nlead: B\n---\n", "---\nlead: C\nx: 1\ntitle: D\n---\n") == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("text", "lines"), [("+++\na = 1\n+++\n", 3), ("{\n}\nx", 2), ("{\nx\n}\n", 0), ("+++\nx\n", 0)]
)
def test_other_syntaxes_are_recognised_at_the_start(text: str, lines: int) -> None:
    assert other_front_matter(text) == lines
    assert (parse(text).blocks[0].kind == "front_matter") == bool(lines) and render(parse(text)) == text
    assert parse("x\n\n" + text).blocks[0].kind == "paragraph"


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), exclude_characters="\ufeff"), min_size=1
    )
)
def test_yaml_reads_what_was_written(text: str) -> None:
    text = " ".join(text.split()) or "x"
    for quoting, outer in (("plain", ""), ("single", "'"), ("double", '"')):
        written = f"title: {outer}{quoted(text, quoting)}{outer}\n"  # type: ignore[arg-type]
        assert YAML(typ="safe", pure=True).load(written) == {"title": text}
    assert YAML(typ="safe", pure=True).load(f"title: [{quoted(text, 'flow')}]\n") == {"title": [text]}
    assert unquoted(quoted(text, "single"), "single") == unquoted(quoted(text, "double"), "double") == text


@pytest.mark.parametrize("text", ["yes", "12", "- a", "a: b", "a #b", "@a", "'a'", "2024-01-02", "~", "*a", "a:"])
def test_what_needs_quotes_gets_them(text: str) -> None:
    assert not is_plain(text) and quoted(text, "plain") == f'"{text}"'
