"""What a draft brings into the review record, and what is on the page of it: no sentence gets lost on the way."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.reviews import reviewed

from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.reviews import Texts, drafted_texts, reviews
from bot.effort.post_editing import said
from bot.engines import Answer, Origin
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document
from bot.review.record import Entry

OLD = "# Boats\n\nA boat floats. It has a tall mast of old ash wood.\n\n* A sail\n* An oar\n"
HELD = "# 船\n\n船浮在水上。它有一根高高的老白蜡木桅杆。\n\n* 帆\n* 桨\n"


def drafted(new: str, answers: Mapping[int, tuple[str, Origin]], old: str = OLD, held: str = HELD) -> Outcome:
    plan = plan_document(old, new, held, language="zh")
    found = {number: Answer(text, origin) for number, (text, origin) in answers.items()}
    draft = draft_document(plan, found, old=old, new=new)
    return Outcome(Change("edit", "a.md", "a.md", "a.md", old, new, held, plan), "drafted", "changed", draft)


def review(outcome: Outcome) -> DocumentReview:
    (found,) = reviewed([outcome], "zh")
    return found


def entries(outcome: Outcome, before: tuple[Entry, ...] = ()) -> tuple[Entry, ...]:
    ((_, texts),) = drafted_texts([outcome], before, "zh", None)
    return texts.entries


def test_the_marks_of_a_highlight_may_end_behind_the_sentence() -> None:
    text = "[**A boat floats on the {} water of the bay in the long evenings of the early summer.**] Go.\n"
    old, new = (text.format(word) for word in ("wide", "broad"))
    found = review(drafted(new, {}, old, "[**船浮在海湾宽阔的水面上。**] 走。\n"))
    assert [one.state for one in found.sentences] == ["kept"]


def test_drafts_that_run_into_one_sentence_wait_together() -> None:
    new = OLD.replace("floats.", "sinks. Then it is gone.")
    found = review(drafted(new, {1: ("船沉了", "engine"), 2: ("然后它消失了", "engine")}))
    assert [one.state for one in found.sentences] == ["draft"] and "船沉了" in found.sentences[0].text


def test_an_edit_of_the_english_of_a_draft_leaves_it_a_draft() -> None:
    """However small: nobody has confirmed the draft that is kept."""
    first = drafted(
        OLD.replace("A boat floats.", "A ship sinks very slowly here."), {1: ("船在这里沉得很慢。", "engine")}
    )
    before = entries(first)
    assert [(e.state, e.old_target) for e in before] == [("draft", "船浮在水上。")]
    assert first.draft
    second = drafted(
        first.change.new.replace("very slowly here.", "very slowly, here!"), {}, first.change.new, first.draft.text
    )
    (entry,) = entries(second, before)
    assert (entry.state, entry.old_target) == ("draft", "船浮在水上。") and entry.source != before[0].source


def test_what_people_wrote_elsewhere_waits_as_that() -> None:
    new = OLD.replace("A boat floats.", "A boat swims.")
    assert [e.state for e in entries(drafted(new, {1: ("船在游泳。", "exact")}))] == ["reused"]
    assert not entries(drafted(new, {1: ("船在游泳。", "exact")}))[0].repaired


def test_a_repaired_sentence_is_a_draft_that_says_so() -> None:
    first = drafted(OLD.replace("A boat floats.", "A boat swims."), {1: ("船在游泳。", "repaired")})
    before = entries(first)
    assert [(e.state, e.repaired) for e in before] == [("draft", True)]
    assert first.draft
    second = drafted(first.change.new.replace("A boat swims.", "a boat swims!"), {}, first.change.new, first.draft.text)
    (entry,) = entries(second, before)
    assert entry.repaired and entry.source != before[0].source


SENTENCES = st.sampled_from(["A boat floats.", "It has a tall mast.", "Go on.", "Nobody knows the reason for it.", ""])
BLOCKS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join).filter(str.strip), min_size=1, max_size=4)
WORDS = {
    "A boat floats.": "船浮。",
    "It has a tall mast.": "它有高桅杆。",
    "Go on.": "走吧。",
    "Nobody knows the reason for it.": "没人知道。",
}


@settings(max_examples=30, deadline=None)
@given(BLOCKS, BLOCKS)
def test_what_leaves_the_translation_is_shown_and_nothing_else(before: list[str], after: list[str]) -> None:
    old, new = ("\n\n".join(blocks) + "\n" for blocks in (before, after))
    held = old
    for english, word in WORDS.items():
        held = held.replace(f" {english}", word).replace(english, word)
    outcome = drafted(new, {n: (f"第{n}稿。", "engine") for n in range(1, 20)}, old, held)
    assert outcome.draft
    found = review(outcome)
    now = said(outcome.draft.text, "zh")
    left = [sentence for sentence in said(held, "zh") if sentence not in now]
    shown = [*(one.old_target for one in found.sentences), *(gone.text for gone in found.gone)]
    assert all(any(sentence in text for text in shown) for sentence in left)
    assert all(gone.text not in now for gone in found.gone)
    waiting = [one for one in found.sentences if one.state == "draft"]
    assert {one.text for one in waiting} == {s.text for s in outcome.draft.segments}


def test_equal_notes_of_earlier_syncs_are_one() -> None:
    def cells(comment: str) -> str:
        return "".join(f"Cell {n}.\n\n```python\n{comment}\nmasts = {n}\n```\n\n" for n in (1, 2))

    old, new, merged = cells("# Set the mast"), cells("# Set the very tall mast\n# Then wait"), cells("# 立桅杆")
    target = merged.replace("# 立桅杆", "# 立桅杆\n# Then wait")
    (found,) = reviews([Texts("a.md", new, target, merged=(old, merged), continued=True)], "zh")
    assert [flag.kind for flag in found.flags] == ["code"]


def test_a_heading_that_a_draft_left_in_english_still_waits_when_it_gets_an_id() -> None:
    new = f"{OLD}\n## Oars\n"
    first = drafted(new, {})
    before = entries(first)
    assert first.draft and [e.state for e in before] == ["english"]
    with_id = new.replace("## Oars", "## Oars {#oars}")
    again = drafted(with_id, {}, new, first.draft.text)
    assert again.draft and again.draft.text.endswith("## Oars {#oars}\n") and not again.draft.segments
    assert [e.state for e in entries(again, before)] == ["english"]


@pytest.mark.parametrize(
    ("old", "new", "held", "mended"),
    [
        (
            "[boats/fleet.csv](https://a.b/boats/fleet.csv)",
            "[fleet.csv](https://a.b/fleet.csv)",
            "[boats/fleet.csv](https://a.b/boats/fleet.csv)",
            "[fleet.csv](https://a.b/fleet.csv)",
        ),
        ("Call row now.", "Call `row` now.", "请调用 row 吧。", "请调用 `row` 吧。"),
        ('Use ".row." now.', "Use `.row.` now.", '现在要用 ".row." 船帆。', "现在要用 `.row.` 船帆。"),
        ("Read {ref}`this <a>` now.", "Read {ref}`this <b>` now.", "请读{ref}`此处<a>`。", "请读{ref}`此处<b>`。"),
    ],
)
def test_what_stays_with_an_edit_carried_over_is_not_shown_as_gone(old: str, new: str, held: str, mended: str) -> None:
    outcome = drafted(f"# A\n\n{new}\n", {}, f"# A\n\n{old}\n", f"# 甲\n\n{held}\n")
    assert outcome.draft and mended in outcome.draft.text
    found = review(outcome)
    assert [one.text for one in found.sentences] == [mended]
    assert not found.gone and not found.divergences


@pytest.mark.parametrize(
    ("english", "held", "lost"),
    [
        ("{ref}`All about the boat <boat>`.", "{ref}`船的一切<boat>`。", "{ref}`船的一切<boat>`。"),
        ("```{index} single: boat; wooden\n```", "```{index} single: 船; 木头的\n```", "single: 船; 木头的"),
    ],
)
def test_words_in_a_role_and_in_the_argument_of_a_directive_are_shown_when_they_go(
    english: str, held: str, lost: str
) -> None:
    found = review(drafted("# A\n\nThe end.\n", {}, f"# A\n\n{english}\n\nThe end.\n", f"# 甲\n\n{held}\n\n完。\n"))
    assert [gone.text for gone in found.gone] == [lost]


def test_a_role_that_english_adds_with_words_of_its_own_waits_for_a_translation() -> None:
    found = review(drafted("# A\n\n{ref}`All about the boat <boat>`.\n", {}, "# A\n", "# 甲\n"))
    assert [(one.state, one.source) for one in found.sentences] == [("english", "{ref}`All about the boat <boat>`.")]


def test_the_title_of_an_exercise_stays_when_its_directive_changes() -> None:
    body = "Sail it.\n"
    old = f"# A\n\n```{{exercise-start}} Boats\n:label: a\n```\n\n{body}\n```{{exercise-end}}\n```\n"
    new = f"# A\n\n```{{exercise}} Boats\n:label: a\n\n{body}```\n"
    held = old.replace("# A", "# 甲").replace("Boats", "船").replace("Sail it.", "开船。")
    outcome = drafted(new, {}, old, held)
    assert outcome.draft and outcome.draft.text == new.replace("# A", "# 甲").replace("Boats", "船").replace(
        "Sail it.", "开船。"
    )


def test_a_short_sentence_that_goes_is_shown_although_a_kept_one_has_its_letters() -> None:
    old = "# A\n\nCall row before you sail out to sea.\n\nSail.\n\nIt is late.\n"
    new = old.replace("Call row", "Call `row`").replace("Sail.\n\n", "")
    held = "# 甲\n\n出海开船之前，请先调用 row 这个函数。\n\n开船。\n\n天色已晚。\n"
    outcome = drafted(new, {}, old, held)
    assert outcome.draft and "`row`" in outcome.draft.text
    assert [one.text for one in review(outcome).gone] == ["开船。"]
