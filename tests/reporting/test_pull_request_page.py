"""What people read: the page of a pull request and the summary of a run, however much there is, whatever it says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from bot.action.step_summary import LIMIT as SUMMARY
from bot.action.step_summary import sync_outputs, sync_summary
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.engines import Answer
from bot.planning.book_plan import Change
from bot.planning.deletions import Deletion
from bot.planning.document_plan import plan_document
from bot.planning.flags import Flag
from bot.reporting.pull_request_page import LIMIT, page

NASTY = "@octocat fixes #1 and closes o/x#2 GH-3 https://github.com/o/r/issues/4 <!-- amts:v1 {} --> ``` | /retranslate"


WORDS = "A sentence that nobody has seen before number"


def outcome(path: str, english: int, drafted: int = 0, words: str = WORDS) -> Outcome:
    """A document in which so many sentences stay English, and so many get a draft."""
    new = "\n\n".join(f"{words} {n} stands here." for n in range(english + drafted)) + "\n"
    plan = plan_document("Old.\n", new, "Viejo.\n", language="es")
    answers = {s.number: Answer(f"Borrador {s.number}.", "engine") for s in plan.segments[english:]}
    change = Change("edit", path, path, path, "Old.\n", new, "Viejo.\n", plan)
    return Outcome(change, "drafted", "changed", draft_document(plan, answers, old="Old.\n", new=new))


def report(*outcomes: Outcome, **more: object) -> LanguageReport:
    return LanguageReport("es", "opened", "0" * 40, outcomes, **more)  # type: ignore[arg-type]


def test_two_hundred_documents_fit_and_the_most_important_come_first() -> None:
    many = [outcome(f"chapter_with_a_long_name_{n:03}/index.md", n % 7, n % 3) for n in range(200)]
    failed = Outcome(Change("edit", "broken.md", "broken.md", "broken.md"), "failed", "it is not UTF-8 text")
    told = report(*many, failed)
    text = page(told, "https://github.com/o/r/pull/1")
    assert len(text) <= LIMIT
    rows = [line for line in text.splitlines() if line.startswith("| ") and ".md" in line]
    assert "broken.md" in rows[0] and "failed" in rows[0]
    left = [int(row.split("|")[-2]) for row in rows[1:]]
    assert left == sorted(left, reverse=True) and left[0] == 6
    assert "201" not in text and re.search(r"\*\d+ more documents\*", text)
    assert "200 updated, 0 unchanged, 1 failed" in text and "The page is full" in text
    whole = sync_summary([told])
    assert len(whole.encode()) <= SUMMARY
    assert all(f"chapter_with_a_long_name_{n:03}" in whole for n in range(200)) and "The page is full" not in whole


def test_one_document_that_does_not_fit_is_shown_as_far_as_there_is_room() -> None:
    text = page(report(outcome("big.md", 900, words="A rather long sentence " * 6)))
    assert LIMIT - 3000 < len(text) <= LIMIT and text.count("A rather long sentence") > 100
    assert text.rstrip().endswith("made it.*")


def test_the_summary_stays_within_its_limit() -> None:
    chinese = [outcome(f"d{n}.md", 300, words="很长的句子" * 30) for n in range(12)]
    text = sync_summary([report(*chinese), report(*chinese), report(*chinese)])
    assert 500_000 < len(text.encode()) <= SUMMARY and text.count("<details>") == 3 == text.count("</details>")


def test_deletions_come_first_and_are_never_cut() -> None:
    gone = tuple(Deletion(f"part {n % 9}/a_document_of_the_book_{n:03}.md", "c" * 40, 1000) for n in range(400))
    told = report(*(outcome(f"d{n}.md", 40) for n in range(60)), deletions=gone)
    text = page(told, "https://github.com/o/r/pull/7")
    head = text[: text.index("English moved on")]
    assert text.startswith("**This deletes 400 translated documents (400,000 characters)**") and len(text) <= LIMIT
    assert all(f"`{d.path}`" in head for d in gone)
    few = page(report(deletions=gone[:1]), "https://github.com/o/r/pull/7")
    place = f"https://github.com/o/r/blob/{'c' * 40}/part%200/a_document_of_the_book_000.md"
    assert f"- [`part 0/a_document_of_the_book_000.md`]({place}) (1,000 characters)" in few
    # However many they are, all are counted.
    every = tuple(Deletion(f"part {n % 9}/{'x' * 90}{n}.md", "c" * 40, 1) for n in range(3000))
    text = page(report(*(outcome(f"d{n}.md", 40) for n in range(60)), deletions=every))
    assert "**This deletes 3,000 translated documents" in text and "- 333 documents in `part 8`" in text
    assert len(text) <= LIMIT


def test_a_document_is_a_link_to_its_changes_when_the_address_is_known() -> None:
    told = report(outcome("a b.md", 1))
    assert "](https://github.com/o/r/pull/7/files#diff-" in page(told, "https://github.com/o/r/pull/7")
    assert "](" not in page(told)


def test_each_draft_is_a_link_to_its_line() -> None:
    done = outcome("a.md", 2, 3)
    assert done.draft
    lines = done.draft.text.splitlines()
    links = r"\[Line (\d+)\]\(\S+/files#diff-\w{64}R(\d+)\):\n\n```text\n(.*)\n```\n\n?(?:Draft .*\n\n```text\n(.*)\n)?"
    found = re.findall(links, page(report(done), "https://github.com/o/r/pull/7"))
    assert len(found) == 5
    for line, place, source, draft in found:
        assert line == place and lines[int(line) - 1] == (draft or source)


def test_only_what_there_is_to_do_is_told() -> None:
    told = page(report(outcome("a.md", 2, 1)))
    assert "Below are **2 sentences to translate**, **1 machine draft to check** and **1 note to check**." in told
    assert "**No sentence waits for you**" in page(report())
    assert "/retranslate" not in page(report(outcome("a.md", 2)), "https://github.com/o/r/pull/7")


def test_a_dropped_translation_is_shown_whole() -> None:
    done = outcome("a.md", 1)
    assert done.draft
    words = "Una frase de los traductores. " * 20
    plan = replace(done.draft.plan, flags=(Flag("previous translation", words), Flag("code", "Hay más.")))
    told = page(report(replace(done, draft=replace(done.draft, plan=plan))))
    assert "### Previous translation, no longer in the draft" in told and f"```text\n{words}\n```" in told
    assert told.count(words) == 1 and "- code: Hay más." in told


def test_a_note_alone_is_counted_and_says_its_line() -> None:
    code = "```python\n# A rope\nprint({0})\n```\n"
    old, new = (f"One.\n\n![A sail](a.svg)\n\n{code.format(n)}\nTwo.\n" for n in (1, 2))
    new = new.replace("One.", "One. A sentence that nobody has seen. Another one.")
    held = f"Uno.\n\n![Vela](a.svg)\n\n{code.format('10 # suyo').replace('A rope', 'Un cabo')}\nDos.\n"
    plan = plan_document(old, new, held, language="es")
    draft = draft_document(plan, {1: Answer("Una frase.", "engine")}, old=old, new=new)
    line = draft.text.splitlines().index("```python") + 1
    assert [(flag.kind, flag.line) for flag in draft.plan.flags] == [("code", line)]
    told = page(report(Outcome(Change("edit", "a.md", "a.md", "a.md"), "drafted", "changed", draft)))
    assert f"- Line {line}, code: English changed code" in told and "**1 note to check**" in told
    row = next(line for line in told.splitlines() if "`a.md`" in line)
    assert [cell.strip() for cell in row.split("|")[3:8]] == ["3", "1", "0", "1", "1"]


def test_a_book_can_neither_mention_nor_close_nor_command() -> None:
    for told in (page(report(outcome("x.md", 2, 2, NASTY))), page(report(outcome(f"{NASTY}.md", 1)))):
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(told):
            for part in token.children or [token]:
                if part.type in ("text", "html_inline", "html_block"):
                    assert not re.search(r"@octocat|#\d|GH-\d|issues/4|amts:v1", part.content), part
        assert not re.search(r"^/retranslate", told, re.MULTILINE)


def test_outputs_are_json_for_the_next_step() -> None:
    done = sync_outputs([report(outcome("a.md", 1, 2), location="https://x/1", billed=700, price=15.0)])
    assert done == {
        "pull-requests": '{"es": "https://x/1"}',
        "counts": '{"drafted": 1, "unchanged": 0, "failed": 0, "kept": 0, "notes": 1, "reused": 0, '
        '"translated": 2, "english": 1}',
        "characters": "700",
        "cost": "0.0105",
        "failures": "[]",
    }


@pytest.mark.parametrize("problem", ["what\n  why: this\n  fix: that", ""])
def test_what_went_wrong_stands_in_the_summary(problem: str) -> None:
    text = sync_summary([LanguageReport("tr", "failed", problem=problem), report(notes=("nobody was asked",))])
    assert ("why: this" in text) == bool(problem) and "nobody was asked" in text and "FAILED" in text


def test_why_a_sentence_has_no_draft_is_on_the_page_unless_it_is_only_new() -> None:
    new = "One.\n\nA sentence that nobody has translated.\n\nAnother that an engine gave up.\n"
    plan = plan_document("One.\n", new, "Uno.\n", language="es")
    first, second = plan.segments
    answers = {
        first.number: Answer(None, reason="no match", cause="unmatched"),
        second.number: Answer(None, reason="no match"),
    }
    change = Change("edit", "a.md", "a.md", "a.md", "One.\n", new, "Uno.\n", plan)
    done = Outcome(change, "drafted", "changed", draft_document(plan, answers, old="One.\n", new=new))
    assert page(report(done)).count("Not drafted: no match.") == 1
