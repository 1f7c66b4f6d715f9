"""Golden folders: one kind of English change each, and the draft that a translator would want."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.drafting.draft import draft_document
from bot.planning.document_plan import DocumentPlan, plan_document

FOLDERS = sorted(p.parent for p in (Path(__file__).parents[1] / "cases").glob("*/case.yml"))


@dataclass(frozen=True)
class Case:
    """The texts of one folder and what ``case.yml`` says of them."""

    old: str
    new: str
    target: str
    expected: str
    told: dict[str, Any]

    def plan(self, old: str, new: str, target: str) -> DocumentPlan:
        comments = self.told.get("translate_code_comments", False)
        return plan_document(old, new, target, language=self.told["language"], comments=comments)

    def draft(self, plan: DocumentPlan) -> str:
        """What the embedded engine leaves when the memory knows nothing: segments stay English."""
        return draft_document(plan, {}, old=self.old, new=self.new).text


@pytest.fixture(params=FOLDERS, ids=lambda p: p.name)
def case(request: pytest.FixtureRequest) -> Case:
    folder: Path = request.param
    texts = [(folder / f"{n}.md").read_bytes().decode() for n in ("old-en", "new-en", "old-target", "expected")]
    return Case(*texts, YAML(typ="safe").load(folder / "case.yml"))


def test_there_are_enough() -> None:
    assert len(FOLDERS) >= 25


def test_the_draft_is_as_expected(case: Case) -> None:
    assert case.draft(case.plan(case.old, case.new, case.target)) == case.expected


def test_the_segments_and_the_kept_are_as_told(case: Case) -> None:
    plan = case.plan(case.old, case.new, case.target)
    assert [" ".join(s.source.split()) for s in plan.segments] == case.told["segments"]
    assert [k.kind for k in plan.kept] == case.told["kept"]


def test_no_english_change_changes_nothing(case: Case) -> None:
    plan = case.plan(case.old, case.old, case.target)
    assert not plan.segments and case.draft(plan) == case.target


def test_a_second_sync_changes_nothing(case: Case) -> None:
    # A space behind the English: the planner must find out for itself that nothing changed.
    plan = case.plan(case.new, case.new.replace(". ", ".  "), case.expected)
    assert not plan.segments and case.draft(plan) == case.expected


def test_the_structure_follows_the_english(case: Case) -> None:
    plan = case.plan(case.old, case.new, case.target)
    done = draft_document(plan, {}, old=case.old, new=case.new)
    flagged = any(flag.kind == "code" for flag in plan.flags)
    assert flagged or done.divergences == ()
