"""The texts of comments on lines: whole, in the reader's language, and without effect on GitHub."""

from __future__ import annotations

import re

import pytest

from bot.alignment.translation_unit import Provenance
from bot.contracts import ReviewComments
from bot.document.segment import Segment
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import Draft, DraftSegment
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.forges import Remark, marker
from bot.parallel_data.translation_memory import Match
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document
from bot.reporting.line_comments import line_comments
from bot.reporting.wording import languages, wording
from bot.review.places import Places
from bot.review.record import Entry, State, key
from bot.review.unfinished import Unfinished

NASTY = "Ask @ana about #7, see https://example.org <!-- x --> /reviewed"


def waiting(state: State, source: str, text: str, old: str = "") -> Unfinished:
    entry = Entry("a.md", state, (key(source),), (key(text),), old)
    return Unfinished(state, source, text, 1, old, entry=entry)


def made(
    text: str, *sentences: Unfinished, which: ReviewComments = "flagged", better: str = "", language: str = "en"
) -> tuple[Remark, ...]:
    plan = plan_document("A sail.\n", "A mast.\n", "Una vela.\n", language="es")
    match = Match("", f"A red mast. {NASTY}", f"Un mástil rojo. {NASTY}", 0.83, Provenance("masts.md", 1))
    segment = DraftSegment(
        Segment("A mast.", "paragraph", number=1), "Un mástil.", "engine", suggestions=(match,), engine="neural"
    )
    outcome = Outcome(Change("edit", "a.md", "a.md", "a.md"), "drafted", "changed", Draft(plan, text, (segment,), ()))
    report = LanguageReport("es", "opened", outcomes=(outcome,), documents=(DocumentReview("a.md", sentences),))
    return line_comments(report, {"a.md": Places(text, "es")}, which, lambda one: better, wording(language))


DRAFT, KEPT = waiting("draft", "A mast.", "Un mástil."), waiting("kept", "Two sails.", "Dos velas.", "Two red sails.")
BOTH = "Un mástil.\n\nDos velas.\n"


@pytest.mark.parametrize(("which", "lines"), [("flagged", [3]), ("all", [1, 3])])
def test_drafts_are_commented_on_only_if_all_are(which: ReviewComments, lines: list[int]) -> None:
    assert sorted(remark.first for remark in made(BOTH, DRAFT, KEPT, which=which)) == lines


def test_beside_a_draft_is_what_the_memory_has() -> None:
    (remark,) = made(BOTH, DRAFT, which="all")
    assert "machine translation by neural" in remark.body() and "83%" in remark.body()
    assert "Un mástil rojo." in remark.body() and "`masts.md`" in remark.body()


def test_a_sentence_has_the_same_key_whatever_its_english_is_now() -> None:
    later = waiting("kept", "Three sails.", "Dos velas.", "Two red sails.")
    other = waiting("kept", "Two sails.", "Las velas.", "Two red sails.")
    keys = [made(f"{one.text}\n", one)[0].key for one in (KEPT, later, other)]
    assert keys[0] == keys[1] != keys[2]


def test_without_a_better_text_there_is_no_suggestion() -> None:
    (remark,) = made(BOTH, KEPT)
    assert "<del>red</del>" in remark.body() and "suggestion" not in remark.body()


@pytest.mark.parametrize("code", ["`a`", "``a`b``", "```` ```x``` ````"])
def test_a_suggestion_holds_text_with_backticks(code: str) -> None:
    text = f"Dos {code} velas."
    (remark,) = made(f"{text}\n", waiting("kept", f"Two {code} sails.", text, "Sails."), better=f"Otras {code} velas.")
    fence, block = re.findall(r"(?ms)^(`{3,})suggestion\n(.*?)^\1$", remark.body())[0]
    assert block == f"Otras {code} velas.\n" and fence not in block


@pytest.mark.parametrize("language", languages())
def test_nothing_in_a_comment_has_an_effect(language: str) -> None:
    kept = waiting("kept", f"Two sails. {NASTY}", "Dos velas.", "Two red sails.")
    for remark in made(BOTH, kept, DRAFT, which="all", better=f"Velas. {NASTY}", language=language):
        outside = re.sub(r"(?ms)^(`{3,})suggestion\n.*?^\1$", "", remark.body())
        outside = re.sub(r"<code>.*?</code>", "", outside)
        assert not re.search(r"@ana|#7|://|<!--|^/reviewed", outside), outside


@pytest.mark.parametrize("mark", ['<!-- amts:v1 {"remark": "0"} -->', "<!-- amts:begin -->"])
def test_a_suggestion_holds_the_line_byte_for_byte_or_is_left_out(mark: str) -> None:
    text = f"Dos velas. Y más. {mark}"
    (remark,) = made(f"{text}\n", waiting("kept", "Two sails.", "Dos velas.", "Sails."), better="Otras velas.")
    written = marker.render(remark.body(), {"remark": "1"})
    assert marker.parse(written) == {"remark": "1"}
    found = re.search(r"(?ms)^(`{3,})suggestion\n(.*?)^\1$", written)
    assert not found or found[2] == f"{text.replace('Dos', 'Otras')}\n"
