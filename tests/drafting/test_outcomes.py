"""Declared = delivered: every change ends, and its files are those that it says."""

from __future__ import annotations

import pytest

from bot.baselines.records import Baselines, Recorded, Records, lock_text
from bot.contracts import LOCK
from bot.drafting.outcomes import Outcome, outcomes, writes
from bot.engines import Answer
from bot.planning.book_plan import BookPlan, Change
from bot.planning.document_plan import plan_document, plan_new

OLD, NEW = "A boat floats.\n", "A boat floats. Nobody built it.\n"
HELD, DRAFT = "Un barco flota.\n", "Un barco flota.\nNadie lo construyó.\n"
SENTENCE = "Nadie lo construyó."


def edit(path: str = "a.md", old: str = OLD, new: str = NEW, was: str = "", kind: str = "edit") -> Change:
    plan = plan_document(old, new, HELD, language="es")
    return Change(kind, path, was or path, path, old, new, HELD, plan)


def add(path: str = "b.md") -> Change:
    return Change("add", path, path, path, "", OLD, "", plan_new(OLD, language="es"))


DELETE = Change("delete", "c.md", "c.md", "c.md")
FAILED = Change("edit", "d.md", "d.md", "d.md", failure="d.md is not UTF-8 text")


LOCKED = Records("lock")


def end(change: Change, answers: dict[tuple[str, int], Answer] | None = None, records: Records = LOCKED) -> Outcome:
    (outcome,) = outcomes(BookPlan((change,)), answers or {}, records)
    return outcome


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        (edit(), "drafted", "changed"),
        (add(), "drafted", "new document"),
        (DELETE, "drafted", "deleted: English removed this file"),
        (FAILED, "failed", "d.md is not UTF-8 text"),
        (edit(new="A  boat floats.\n"), "unchanged", "the translation still holds"),
        (edit(new="a boat floats.\n"), "unchanged", "the translation still holds (1 English edit to look at)"),
        (edit("sea/a.md", was="a.md", kind="rename"), "drafted", "moved from a.md"),
        (edit("sea/a.md", new=OLD, was="a.md", kind="rename"), "drafted", "moved from a.md"),
        (edit("a.md", kind="rename"), "drafted", "changed"),
        (edit(new=OLD, kind="rename"), "unchanged", "the translation still holds"),
    ],
)
def test_every_change_has_one_end(change: Change, status: str, reason: str) -> None:
    outcome = end(change)
    assert (outcome.status, outcome.reason, outcome.change) == (status, reason, change)


def test_a_new_document_without_a_word_is_still_new() -> None:
    empty = Change("add", "b.md", "b.md", "b.md", "", "", "", plan_new("", language="es"))
    assert (end(empty).status, end(empty).reason) == ("drafted", "new document")


def test_answers_are_those_of_the_document() -> None:
    answers = {("a.md", 1): Answer(SENTENCE, "engine"), ("b.md", 1): Answer("Otra cosa.", "engine")}
    outcome = end(edit(), answers)
    assert outcome.draft is not None and outcome.draft.text == DRAFT


def test_a_document_whose_front_matter_cannot_name_the_commit_fails() -> None:
    head = "---\nl10n: later\n---\n"
    plan = plan_document(head + OLD, head + NEW, head + HELD, language="es")
    change = Change("edit", "a.md", "a.md", "a.md", head + OLD, head + NEW, head + HELD, plan)
    outcome = end(change, records=Records("front-matter", key="l10n.sourceCommit"))
    assert outcome.status == "failed" and "cannot record l10n.sourceCommit" in outcome.reason
    assert writes([outcome], Baselines(Records("front-matter"), {}), BLOBS, CONTENT, "1" * 40) == {}


BLOBS = {"a.md": "a1", "b.md": "b1", "sea/a.md": "s1"}
CONTENT = {"a.md": NEW.encode(), "b.md": OLD.encode(), "sea/a.md": NEW.encode()}


def written(kind: str, *changes: Change) -> dict[str, bytes | None]:
    records = Baselines(Records(kind), {p: Recorded(p, "0") for p in ("a.md", "c.md", "d.md")})
    done = outcomes(BookPlan(changes), {("a.md", 1): Answer(SENTENCE, "engine")}, records.records)
    return writes(done, records, BLOBS, CONTENT, "1" * 40)


def recorded(**blobs: str) -> bytes:
    paths = {"sea": "sea/a.md"}
    return lock_text({paths.get(n, f"{n}.md"): Recorded(paths.get(n, f"{n}.md"), b) for n, b in blobs.items()}).encode()


def test_a_draft_is_written_with_its_baseline() -> None:
    assert written("sibling", edit()) == {"a.md": DRAFT.encode(), "a_origin.md": CONTENT["a.md"]}
    assert written("lock", edit()) == {"a.md": DRAFT.encode(), LOCK: recorded(a="a1", c="0", d="0")}


def test_a_translation_that_still_holds_gets_its_new_baseline_only() -> None:
    quiet = edit(new="A  boat floats.\n")
    assert written("sibling", quiet) == {"a_origin.md": CONTENT["a.md"]}
    assert written("lock", quiet) == {LOCK: recorded(a="a1", c="0", d="0")}


def test_a_new_document_is_written_as_it_is() -> None:
    assert written("sibling", add()) == {"b.md": OLD.encode(), "b_origin.md": OLD.encode()}
    assert written("lock", add()) == {"b.md": OLD.encode(), LOCK: recorded(a="0", b="b1", c="0", d="0")}


def test_a_document_without_english_goes_with_its_baseline() -> None:
    assert written("sibling", DELETE) == {"c.md": None, "c_origin.md": None}
    assert written("lock", DELETE) == {"c.md": None, LOCK: recorded(a="0", d="0")}


def test_a_document_that_moves_leaves_nothing_behind() -> None:
    moved = edit("sea/a.md", new=OLD, was="a.md", kind="rename")
    assert written("sibling", moved) == {
        "a.md": None,
        "a_origin.md": None,
        "sea/a.md": HELD.encode(),
        "sea/a_origin.md": CONTENT["sea/a.md"],
    }
    assert written("lock", moved) == {"a.md": None, "sea/a.md": HELD.encode(), LOCK: recorded(c="0", d="0", sea="s1")}


def test_what_failed_writes_nothing_and_keeps_its_baseline() -> None:
    assert written("sibling", FAILED) == {} and written("lock", FAILED) == {}
    assert written("lock", FAILED, DELETE) == {"c.md": None, LOCK: recorded(a="0", d="0")}
