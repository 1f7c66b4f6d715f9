"""What people read: the page of a pull request and the summary of a run, however much there is, whatever it says."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement, fromstring
from markdown_it import MarkdownIt
from support.reviews import reviewed

from bot.action.step_summary import LIMIT as SUMMARY
from bot.action.step_summary import sync_outputs, sync_summary
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.engines import Answer
from bot.forges import boxes, marker
from bot.planning.book_plan import Change
from bot.planning.deletions import Deletion
from bot.planning.document_plan import plan_document
from bot.planning.flags import Flag
from bot.reporting.pull_request_page import LIMIT, page
from bot.reporting.wording import languages, wording
from bot.review.record import Entry, State
from bot.review.unfinished import Gone, Unfinished

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
    made = {"documents": reviewed(outcomes), **more}
    return LanguageReport("es", "opened", "0" * 40, outcomes, **made)  # type: ignore[arg-type]


def folds(text: str) -> list[str]:
    """The documents of a page, in order."""
    return re.findall(r"<details><summary><b>(.*?)</b>", text)


def read_as(text: str) -> HtmlElement:
    """What a browser gets."""
    return fromstring(f"<div>{MarkdownIt('gfm-like', {'linkify': False, 'html': True}).render(text)}</div>")


def test_two_hundred_documents_fit_and_the_cheapest_come_first() -> None:
    many = [outcome(f"chapter_with_a_long_name_{n:03}/index.md", 1 + n % 7, n % 3) for n in range(200)]
    failed = Outcome(Change("edit", "broken.md", "broken.md", "broken.md"), "failed", "it is not UTF-8 text")
    told = report(*many, failed)
    text = page(told, "https://github.com/o/r/pull/1")
    assert len(text) <= LIMIT
    assert text.index("`broken.md`: it is not UTF-8 text") < text.index("<details>")
    work = [sum(map(int, re.findall(r"(\d+) ", told))) for told in re.findall(r"</b>: (.*)</summary>", text)]
    assert len(work) == 200 and work == sorted(work) and work[0] < work[-1]
    assert "200 updated, 0 unchanged, 1 failed" in text and "in the summary of the run" in text
    whole = sync_summary([told])
    assert len(whole.encode()) <= SUMMARY
    assert all(f"chapter&#95;with&#95;a&#95;long&#95;name&#95;{n:03}" in whole for n in range(200))
    assert "in the summary of the run" not in whole


def test_it_fits_into_whatever_room_others_left() -> None:
    many = report(*(outcome(f"chapter/{n:03}.md", 1 + n % 7, n % 3) for n in range(200)))
    limits = (0, 30, 80, 200, 900, 5000, 20_000)
    sizes = [len(page(many, "https://github.com/o/r/pull/1", limit)) for limit in limits]
    assert sizes[0] == 0 and sizes == sorted(sizes) and sizes[-1] > 15_000
    assert all(size <= limit for size, limit in zip(sizes, limits, strict=True))
    assert page(many, "https://github.com/o/r/pull/1", 80).startswith("**Translate 794 sentences")


def test_one_document_that_does_not_fit_is_shown_as_far_as_there_is_room() -> None:
    text = page(report(outcome("big.md", 900, words="A rather long sentence " * 6)))
    assert LIMIT - 3000 < len(text) <= LIMIT and text.count("A rather long sentence") > 100
    assert re.search(r"\*\d+ more: in the branch", text) and text.count("<details>") == text.count("</details>") == 1


@pytest.mark.parametrize("limit", [9_000, 60_000])
def test_a_document_of_which_a_draft_is_not_shown_has_no_box(limit: int) -> None:
    drafts = tuple(
        Unfinished("draft", f"{WORDS} {n}.", f"Borrador {n}.", n, entry=Entry("a.md", "draft", (f"{n}",), (f"{n}",)))
        for n in range(1, 80)
    )
    few = DocumentReview("b.md", drafts[:1])
    told = LanguageReport("es", "opened", "0" * 40, documents=(few, DocumentReview("a.md", drafts)))
    text = page(told, "https://github.com/o/r/pull/7", limit)
    whole = "more: in the branch" not in text
    assert whole == (limit == 60_000) and text.count("Borrador 1.") == 2
    assert len(re.findall(r"(?m)^- \[ \] ", text)) == (2 if whole else 1)


def test_the_summary_stays_within_its_limit() -> None:
    chinese = [outcome(f"d{n}.md", 300, words="很长的句子" * 30) for n in range(12)]
    text = sync_summary([report(*chinese)] * 3)
    assert 500_000 < len(text.encode()) <= SUMMARY and text.count("<details>") == text.count("</details>") >= 3


def test_deletions_come_before_the_documents_and_are_never_cut() -> None:
    gone = tuple(Deletion(f"part {n % 9}/a_document_of_the_book_{n:03}.md", "c" * 40, 1000) for n in range(400))
    told = report(*(outcome(f"d{n}.md", 40) for n in range(60)), deletions=gone)
    text = page(told, "https://github.com/o/r/pull/7")
    head = text[: text.index("<details>")]
    assert text.startswith("**Translate 2,400 sentences") and len(text) <= LIMIT
    assert text.split("\n")[2].startswith("**This deletes 400 translated documents (400,000 characters)**")
    assert all(f"`{d.path}`" in head for d in gone)
    few = page(report(deletions=gone[:1]), "https://github.com/o/r/pull/7")
    place = f"https://github.com/o/r/blob/{'c' * 40}/part%200/a_document_of_the_book_000.md"
    assert f"- [`part 0/a_document_of_the_book_000.md`]({place}) (1,000 characters)" in few
    # However many they are, all are counted.
    every = tuple(Deletion(f"part {n % 9}/{'x' * 90}{n}.md", "c" * 40, 1) for n in range(3000))
    text = page(report(*(outcome(f"d{n}.md", 40) for n in range(60)), deletions=every))
    assert "**This deletes 3,000 translated documents" in text and "- 333 documents in `part 8`" in text
    assert len(text) <= LIMIT


def test_a_move_is_said_before_the_documents() -> None:
    text = page(report(outcome("new.md", 1), moves=(("old.md", "new.md"),)))
    assert text.index("**This moves 1 document**") < text.index("- `old.md` → `new.md`") < text.index("<details>")


def test_each_sentence_is_a_link_to_edit_its_line() -> None:
    done = outcome("a b.md", 2, 3)
    assert done.draft
    lines = done.draft.text.splitlines()
    text = page(report(done, branch="amts/sync"), "https://github.com/o/r/pull/7")
    sentence = r"\[Line (\d+)\]\((\S+)\)<!-- amts:s \w+ -->, \*\*[^*]*\*\*(?:: |<br>\nEN: )(.*?)(?:<br>\nNow: (.*?))?"
    found = re.findall(sentence + r"(?:<br>\n(?:Still in English|Please check).*)?\n(?=\n|- )", text)
    assert len(found) == 5
    for line, place, source, draft in found:
        assert place == f"https://github.com/o/r/edit/amts/sync/a%20b.md#L{line}"
        assert lines[int(line) - 1] == (draft or source)
    assert "](" not in page(report(done))


def test_the_words_that_changed_are_marked_in_a_sentence() -> None:
    old, new = "The old boat floats on the lake.\n", "The new boat floats on our lake, slowly @once.\n"
    plan = plan_document(old, new, "El barco.\n", language="es", small_edits="translate")
    draft = draft_document(plan, {1: Answer("El barco nuevo, @once.", "engine")}, old=old, new=new)
    told = page(
        report(Outcome(Change("edit", "a.md", "a.md", "a.md", old, new, "El barco.\n", plan), "drafted", "", draft))
    )
    lines = (
        "EN: The <del>old</del> <ins>new</ins> boat floats on <del>the lake.</del> "
        "<ins>our lake, slowly <code>&#64;once.</code></ins>",
        "Before: El barco.",
        "Now: El barco nuevo, <code>&#64;once.</code>",
    )
    assert "<br>\n".join(lines) in told


def test_only_what_there_is_to_do_is_told() -> None:
    told = page(report(outcome("a.md", 2, 1)), "https://x/pull/1")
    assert told.startswith("**Translate 2 sentences, check 1 machine draft and 1 note.**")
    assert "**No sentence waits for you**" in page(report())
    assert "/retranslate" not in page(report(outcome("a.md", 2)), "https://github.com/o/r/pull/7")


def test_what_left_the_translation_is_shown_in_its_place() -> None:
    target = "# Barcos\n\nUno. Dos, que nadie borra.\n\nTres, que el inglés ya no tiene.\n\nCuatro.\n"
    old = "# Boats\n\nOne. Two that stays.\n\nThree that is deleted soon.\n\nFour.\n"
    new = "# Boats\n\nOne. Two that stays.\n\nFour.\n"
    plan = plan_document(old, new, target, language="es")
    draft = draft_document(plan, {}, old=old, new=new)
    done = Outcome(Change("edit", "a.md", "a.md", "a.md", old, new, target, plan), "drafted", "changed", draft)
    told = page(report(done))
    assert "Line 3, **no longer here** (its English was deleted or replaced): <del>Tres, que el inglés" in told
    assert "Dos, que nadie borra" not in told and "1 sentence gone" in told


def test_a_note_alone_is_counted_and_says_its_line() -> None:
    code = "```python\n# A rope\nprint({0})\n```\n"
    old, new = (f"One.\n\n![A sail](a.svg)\n\n{code.format(n)}\nTwo.\n" for n in (1, 2))
    new = new.replace("One.", "One. A sentence that nobody has seen. Another one.")
    held = f"Uno.\n\n![Vela](a.svg)\n\n{code.format('10 # suyo').replace('A rope', 'Un cabo')}\nDos.\n"
    plan = plan_document(old, new, held, language="es")
    draft = draft_document(plan, {1: Answer("Una frase.", "engine")}, old=old, new=new)
    line = draft.text.splitlines().index("```python") + 1
    assert [(flag.kind, flag.line) for flag in draft.plan.flags] == [("code", line)]
    change = Change("edit", "a.md", "a.md", "a.md", old, new, held, plan)
    told = page(report(Outcome(change, "drafted", "changed", draft)))
    assert f"- Line {line}, code: English changed code" in told
    assert "<b>a.md</b>: 1 to translate, 1 machine draft to check, 1 note to check<" in told


def unquoted(text: str) -> list[str]:
    """The texts of a page that GitHub looks through for mentions and references."""
    tree = read_as(text)
    return [str(t) for t in tree.xpath("//text()[not(ancestor::code or ancestor::pre or ancestor::a)]")]


def test_a_book_can_neither_mention_nor_close_nor_command() -> None:
    for told in (page(report(outcome("x.md", 2, 2, NASTY))), page(report(outcome(f"{NASTY}.md", 1)))):
        for text in unquoted(told):
            assert not re.search(r"@octocat|#\d|GH-\d|issues/4", text), text
        assert not marker.parse(told)
        assert not re.search(r"^/retranslate", told, re.MULTILINE)


PIECES = st.sampled_from(
    ["@octocat", "fixes #1", "GH-3", "o/x#2", "https://a.example/issues/4", "www.a.example", "<script>x</script>",
     "<!-- amts:v1 {} -->", "</details>", "```", "`", "``", "$x$", "**", "_a_", "[a](b)", "![a](b)", "|", "&lt;", "\\",
     "/retranslate", "/reviewed", "# h", "- l", "1. n", "> q", "~~s~~", "</code>", "<br>", ":tada:",
     "句子。", "é", "\u202e", "a b", "- [x] y <!-- amts:box 0123456789ab -->"]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map(" ".join) | st.lists(PIECES, min_size=1, max_size=6).map("".join)
SENTENCES = st.builds(
    Unfinished,
    st.sampled_from(get_args(State)),
    TEXTS,
    TEXTS,
    st.integers(1, 9),
    st.just("") | TEXTS,
    st.just("") | TEXTS,
    st.none() | st.builds(Entry, TEXTS, st.just("draft"), st.tuples(TEXTS), st.tuples(TEXTS)),
)
DOCUMENTS = st.builds(
    DocumentReview,
    TEXTS.map(lambda text: f"{text}.md"),
    st.lists(SENTENCES, max_size=4).map(tuple),
    st.lists(st.builds(Flag, st.sampled_from(["code", "markup", "previous translation"]), TEXTS), max_size=3).map(
        tuple
    ),
    st.just(()),
    st.lists(st.builds(Gone, TEXTS, st.integers(1, 9)), max_size=5).map(tuple),
)
DELETIONS = st.lists(st.builds(Deletion, TEXTS, st.just("c" * 40), st.integers(0, 9)), max_size=5).map(tuple)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(DOCUMENTS, max_size=3).map(tuple),
    DELETIONS,
    st.integers(1_500, 9_000),
    st.booleans(),
    st.sampled_from(languages()),
)
def test_any_page_keeps_its_limit_and_its_text_means_nothing(
    documents: tuple[DocumentReview, ...], gone: tuple[Deletion, ...], limit: int, hosted: bool, language: str
) -> None:
    told = LanguageReport(
        "es", "opened", "0" * 40, documents=documents, deletions=gone, branch="amts/sync", page_language=language
    )
    text = page(told, "https://github.com/o/r/pull/7" if hosted else "", limit=limit)
    assert len(text) <= limit
    words = wording(language)
    size = words("characters", number=sum(d.characters for d in gone))
    assert not gone or words("deleted", number=len(gone), size=size, commits="`cccccccccc`") in text
    for line in text.splitlines():
        assert not line.startswith("/")
    # No box is ticked, and there is at most one for each document, on GitHub alone.
    assert not boxes.ticked(marker.replaced("", text, {}))
    assert len(re.findall(r"(?m)^- \[[ x]\] ", text)) <= (len(documents) if hosted else 0)
    tree = read_as(text)
    assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= {
        "div", "h1", "p", "strong", "em", "code", "ul", "li", "a", "br", "del", "ins", "details", "summary", "b"
    }  # fmt: skip
    assert len(tree.xpath("//details")) == text.count("<details>") and not tree.xpath("//details//details")
    assert all(str(a.get("href")).startswith("https://github.com/o/r/") for a in tree.xpath("//a"))
    for part in unquoted(text):
        assert not re.search(r"@\w|#\d|GH-\d|://|www\.|\$x", part), part


def test_outputs_are_json_for_the_next_step() -> None:
    done = sync_outputs([report(outcome("a.md", 1, 2), location="https://x/1", billed=700, price=15.0)])
    assert done == {
        "pull-requests": '{"es": "https://x/1"}',
        "counts": '{"drafted": 1, "unchanged": 0, "failed": 0, "kept": 0, "notes": 1, "reused": 0, '
        '"translated": 2, "english": 1}',
        "characters": "700",
        "cost": "0.0105",
        "review-pages": "",
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
    assert page(report(done)).count("not drafted: no match") == 1
