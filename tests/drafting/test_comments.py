"""The comments of a draft, and the lines of what is around them."""

from __future__ import annotations

from bot.drafting.comments import with_comments
from bot.drafting.draft import Draft, draft_document
from bot.engines import Answer
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document

OLD = "A boat floats. It sinks too.\n\nThe end is near.\n"
TARGET = "<!--\nA boat floats. It sinks too.\n-->\n船会浮。它也会沉。\n\n<!--\nThe end is near.\n-->\n快完了。\n"
NEW = "A boat floats. It never sinks at all.\n\nOars are long.\n\nThe end is near.\n"


def drafted(*answers: str) -> Draft:
    plan = plan_document(OLD, NEW, TARGET, language="zh")
    told = {n: Answer(text, "machine") for n, text in enumerate(answers, 1)}
    draft = draft_document(plan, told, old=OLD, new=NEW)
    return with_comments(draft, Change("edit", "a.md", "a.md", "a.md", OLD, NEW, TARGET, plan), "zh")


def test_segments_are_at_the_lines_of_the_file() -> None:
    draft = drafted()
    lines = draft.text.splitlines()
    assert [lines[s.line - 1] for s in draft.segments] == ["船会浮。It never sinks at all.", "Oars are long."]


def test_a_comment_is_put_before_its_paragraph_whatever_became_of_the_text_above() -> None:
    assert drafted("它从不下沉。", "桨很长。").text == (
        "<!--\nA boat floats. It never sinks at all.\n-->\n船会浮。它从不下沉。\n\n"
        "<!--\nOars are long.\n-->\n桨很长。\n\n<!--\nThe end is near.\n-->\n快完了。\n"
    )
