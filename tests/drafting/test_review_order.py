"""The order of review: what is doubtful comes first, and reading order holds within a level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.alignment.translation_unit import Provenance
from bot.document.segment import Segment
from bot.document.sentences import normal
from bot.document.structure import Divergence
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import Draft, DraftSegment
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.drafting.review_order import draft_level, kept_level
from bot.parallel_data.translation_memory import Match
from bot.planning.book_plan import Change
from bot.planning.carry_over import Kept
from bot.planning.document_plan import DocumentPlan
from bot.repair.repair import Repair
from bot.reporting.pull_request_page import page
from bot.review.unfinished import Unfinished
from bot.terminology.glossary import Term

SOURCE = "Long oars move heavy boats."
TEXT = "Los remos largos mueven barcos."


def drafted(number: int = 1, origin: str = "engine", text: str = TEXT, **more: object) -> DraftSegment:
    segment = Segment(f"{SOURCE} {number}", "paragraph", old_source=str(more.pop("old_source", "")), number=number)
    return DraftSegment(segment, text, origin, **more)  # type: ignore[arg-type]


def kept(kind: str, similarity: float = 0.95, *, applied: bool = False, target: str = "Un barco.") -> Kept:
    return Kept(kind, "A boat.", "One boat.", target, similarity, "", applied)


def match(score: float) -> Match:
    return Match("", "A boat.", "Un barco.", score, Provenance("x.md", 1))


@pytest.mark.parametrize(
    ("segment", "level"),
    [
        (drafted(ignored=(Term("boat", ("barca",), line=1),)), 0),
        (drafted(text="Sí."), 0),
        (drafted(text=TEXT * 3), 0),
        (drafted(text="Los 4 remos mueven barcos."), 0),
        (drafted(origin="exact", text="Los 4 remos mueven barcos."), 4),
        (drafted(text="Los remos move heavy boats with."), 1),
        (drafted(text="Los oars move heavy boats."), 0),
        (drafted(), 1),
        (drafted(suggestions=(match(0.8),)), 1),
        (drafted(suggestions=(match(0.9),)), 2),
        (drafted(origin="rough", suggestions=(match(0.9),)), 1),
        (drafted(origin="mended"), 3),
        (drafted(origin="repaired", repair=Repair(TEXT, (), 0.9)), 3),
        (drafted(origin="repaired", repair=Repair(TEXT, (), 0.9, unsaid=("just",))), 1),
        (drafted(origin="exact"), 4),
        (drafted(origin="context"), 4),
    ],
)
def test_a_draft_is_as_doubtful_as_its_signals(segment: DraftSegment, level: int) -> None:
    assert draft_level(segment, (), 1.1) == level


def test_a_draft_with_a_divergence_comes_first() -> None:
    lost = Divergence("code span", "`oar`", 1, True)
    assert draft_level(drafted(origin="exact", text="Un `oar` largo mueve un barco."), (lost,)) == 0
    assert draft_level(drafted(origin="exact"), (lost,)) == 4


def test_what_could_not_be_carried_over_comes_first() -> None:
    listed = [
        kept("atoms", applied=True),
        kept("small", 0.99),
        kept("cosmetic"),
        kept("small", 0.91),
        kept("markup"),
        kept("small", 0.97),
        kept("atoms"),
    ]
    assert [kept_level(k) for k in listed] == [3, 2, 4, 1, 0, 1, 0]


def test_the_page_says_what_is_doubtful_in_the_words_of_a_draft() -> None:
    segment = drafted(text="Los 7 oars move heavy boats.")
    made = Draft(DocumentPlan("", (), ()), "", (segment,), ())
    outcome = Outcome(Change("edit", "a.md", "a.md", "a.md"), "drafted", "changed", made)
    waiting = (Unfinished("draft", normal(segment.segment.source), segment.text, 1),)
    text = page(LanguageReport("es", "opened", "0" * 40, (outcome,), documents=(DocumentReview("a.md", waiting),)))
    assert "Please check `7`: the English has no such number." in text
    assert "Still in English: `oars move heavy boats`" in text


def test_the_page_lists_what_is_doubtful_first() -> None:
    """Of the sentences of a document; English that is left comes before all of them."""
    segments = (drafted(1, "exact", "Como antes lo dijeron."), drafted(2, text="Lo dijo una máquina."))
    carried = (
        kept("atoms", applied=True, target="Con su código."),
        replace(kept("small", target="Casi igual."), new="Two."),
    )
    outcome = Outcome(
        Change("edit", "a.md", "a.md", "a.md"),
        "drafted",
        "changed",
        Draft(DocumentPlan("", (), carried), "", segments, ()),
    )
    waiting = (
        Unfinished("english", "One that is left.", "One that is left.", 9),
        *(Unfinished("reused", normal(s.segment.source), s.text, 1) for s in segments),
        *(Unfinished("kept", normal(k.new), k.target, 1) for k in carried),
    )
    documents = (DocumentReview("a.md", waiting[::-1]),)
    text = page(LanguageReport("es", "opened", "0" * 40, (outcome,), documents=documents))
    places = [text.index(words) for words in ("is left", "Casi igual", "máquina", "Con su código", "Como antes")]
    assert places == sorted(places)
