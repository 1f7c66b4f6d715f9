"""What is on the review page: everything that waits, everything that is gone, in its place."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from support.review_pages import DRAFT, NEW, OLD, TARGET, outcome, report, sample

from bot.document.markdown import parse
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal
from bot.reporting.review_page.rows import Row, counts, rows

ENGLISH = [
    f"Here is sentence number {n} about the {word} sea." for n, word in enumerate("red blue wide deep calm".split())
]
SPANISH = [
    f"Esta es la frase número {n} sobre el mar {word}." for n, word in enumerate("rojo azul ancho hondo quieto".split())
]
FRESH = [f"Nothing in chapter {n} was ever written before today." for n in range(3)]


def made(old: str, new: str, target: str, drafts: int = 0) -> tuple[str, tuple[Row, ...]]:
    """The text of the draft, and the rows about it."""
    done = outcome("a.md", old, new, target, drafts)
    assert done.draft
    found = report(done).documents
    return done.draft.text, rows(found[0], "es", None, lambda name: "") if found else ()


def words(row: Row) -> str:
    """Everything that a row shows."""
    markup = f"<div>{row.source} {row.was} {row.target} {row.before}</div>"
    return normal(html.fromstring(markup).text_content())


def test_everything_is_in_its_place() -> None:
    _, found = made(OLD, NEW, TARGET, drafts=1)
    assert [row.state for row in found if row.state != "human"] == ["draft", "kept", "gone", "gone", "gone", "english"]
    human = [row for row in found if row.state == "human"]
    assert [row.near for row in human] == [True, True, False, False, False, False]
    assert [row.wide for row in human] == [False, False, False, True, True, False]
    assert [row.line for row in found if row.state in ("draft", "kept", "english")] == [3, 3, 5]


def test_words_that_are_the_same_in_both_languages_are_shown_on_both_sides() -> None:
    old = "# Radar\n\n| Radar | A boat |\n|-|-|\n| No | A sail |\n\n```\nx = 1\n```\n"
    held = "# Radar\n\n| Radar | Un barco |\n|-|-|\n| No | Una vela |\n\n```\nx = 1\n```\n"
    _, found = made(old, old.replace("A boat", "A tall ship"), held)
    same = [row for row in found if row.state == "human" and row.source == row.target]
    assert [(words(row), row.wide) for row in same] == [
        ("Radar Radar", False), ("Radar Radar", False), ("x = 1 x = 1", True)
    ]  # fmt: skip


def test_the_words_that_changed_are_marked() -> None:
    _, found = made(OLD, NEW, TARGET)
    (kept,) = (row for row in found if row.state == "kept")
    assert "<del>this</del> <ins>the</ins> earth." in kept.source and "<del>" not in kept.target


def test_a_draft_has_the_translation_before_it() -> None:
    old, new = "The hull of the boat is made of old wood.\n", "The hull of the big boat is never made of old iron.\n"
    _, found = made(old, new, "El casco del barco es de madera vieja.\n", drafts=1)
    (draft,) = (row for row in found if row.state == "draft")
    assert "El casco del barco es de madera vieja." in words(draft) and DRAFT in words(draft)


def test_names_are_the_same_when_a_page_is_made_again() -> None:
    names = [[row.name for row in made(OLD, NEW, TARGET)[1]] for _ in range(2)]
    assert names[0] == names[1] and len(set(names[0])) == len(names[0])


@given(st.lists(st.sampled_from([*ENGLISH, *FRESH, "\n\n"]), max_size=9), st.integers(0, 3))
def test_every_sentence_that_left_the_draft_is_shown(pieces: list[str], drafts: int) -> None:
    new = " ".join(pieces).strip() + "\n"
    target = " ".join(SPANISH[:3]) + "\n\n" + " ".join(SPANISH[3:]) + "\n"
    draft, found = made(" ".join(ENGLISH[:3]) + "\n\n" + " ".join(ENGLISH[3:]) + "\n", new, target, drafts)
    there = normal(draft)
    left = [s.text for s in document_sentences(parse(target), "es") if normal(s.text) not in there]
    shown = [row for row in found if row.state != "human"]
    assert all(any(normal(text) in words(row) for row in shown) for text in left)
    # Nothing that is still there is said to be gone.
    assert len([row for row in shown if row.state == "gone"]) <= len(left)


def test_every_sentence_that_waits_is_a_row() -> None:
    for document in sample().documents:
        found = rows(document, "es", None, lambda name: "")
        waiting = [row.subject for row in found if row.state in ("english", "draft", "reused", "kept")]
        assert sorted(map(str, waiting)) == sorted(map(str, document.sentences))


def test_rows_are_counted_without_making_them() -> None:
    for document in sample().documents:
        found = rows(document, "es", None, lambda name: "")
        assert counts(document) == Counter(row.state for row in found if row.state != "human")
