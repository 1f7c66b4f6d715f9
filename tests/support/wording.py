"""Examples of all that translators read, in each language of the pages; as a program, it writes the golden files.

PYTHONPATH=tests python tests/support/wording.py
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.companions import Note
from bot.document.segment import Segment
from bot.document.structure import Divergence, segment_problem
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import Draft, DraftSegment, draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.redraft import Redraft, Redrafted
from bot.drafting.report import Confirmation, LanguageReport, Retranslation
from bot.engines import Answer
from bot.errors import AmtsError
from bot.messages import Message
from bot.origins.places import Place
from bot.origins.verdict import Verdict
from bot.parallel_data.dataset import ParallelData
from bot.parallel_data.translation_memory import Match
from bot.planning.book_plan import Change
from bot.planning.deletions import Deletion
from bot.planning.document_plan import plan_document
from bot.planning.flags import Flag
from bot.planning.slices import Waiting
from bot.reporting import adoption_page, comment_replies
from bot.reporting.pull_request_page import page
from bot.reporting.wording import languages, wording
from bot.repositories.versions import Version
from bot.review.record import Entry, State, key
from bot.review.unfinished import Gone, Unfinished
from bot.sync import comment_command
from bot.sync.comment_command import Misuse

GOLDEN = Path(__file__).parent.parent / "reporting" / "golden"

NUMBERS = (0, 1, 2, 5, 21, 1000, 1_000_000)
"""Of each plural category of any language at least one."""

COUNTED = (
    "sentences",
    "documents",
    "characters",
    "todo.kept",
    "fold.draft",
    "moved",
    "redrafted",
    "redrafted.left",
    "remark.review",
)


def examples(language: str) -> Mapping[str, str]:
    """A page, answers, an adoption, and counted things, each with what it is."""
    words = wording(language)
    return {
        "page": page(report(language), limit=3_500),
        "hosted page": page(report(language, large=False), "https://github.com/book/zh/pull/7"),
        "answers": "\n\n".join(_answers(language)),
        "adoption": _adoption(language),
        "numbers": "\n".join(" | ".join(words(key, number=n) for n in NUMBERS) for key in COUNTED) + "\n",
    }


def text(language: str) -> str:
    """The examples as one text."""
    return "".join(f"=== {name} ===\n\n{shown}\n" for name, shown in examples(language).items())


def report(language: str, *, large: bool = True) -> LanguageReport:
    """A pull request with something of every kind."""
    many = 1000 if large else 1
    states: Mapping[State, int] = {"english": 21, "draft": 5, "reused": 2, "kept": 1} if large else {"english": 1}
    waiting = [
        Unfinished(state, f"The boat {n} floats.", f"Barco {n}.", n + 1, "The boat sank.", "El barco.")
        for state, number in states.items()
        for n in range(number)
    ]
    kinds: Mapping[str, str] = {
        "code": Message("English added words to code that is translated: {code}", code="# The mast"),
        "missing": Message(
            "the translation did not have these before this change: {blocks}",
            blocks=Message("{kind} ({number})", number=2, kind=Message("paragraph")),
        ),
    }
    flags = tuple(Flag(kind, said, line=4) for kind, said in kinds.items())  # type: ignore[arg-type]
    differ = (Divergence("math", "$x$", 1, True), Divergence("citation", ":cite:`Sea.1`", 1, True, kept=True))
    review = DocumentReview("boats.md", tuple(waiting), flags, differ, (Gone("Sin viento.", 3),))
    moved = _drafted(Change("rename", "new.md", "old.md", "new.md"))
    broken = AmtsError(
        Message("{path} is not UTF-8 text", path="a.md"),
        why=Message("byte {position} cannot be decoded", position="7"),
        fix=Message("save the file as UTF-8"),
    )
    failed = Outcome(Change("edit", "a.md", "a.md", "a.md"), "failed", broken.advice)
    return LanguageReport(
        "zh",
        "opened",
        "0123456789abcdef",
        (moved, failed),
        unrecorded=tuple(f"{n}.md" for n in range(14)),
        documents=(review, _lately()) if large else (_lately(),),
        postponed=(Waiting("later.md", many),),
        gaps=("new/gap.md", "new/other.md"),
        deletions=tuple(Deletion(f"part/{n}.md", "c" * 40, 21) for n in range(many)),
        moves=(("old.md", "new.md"),),
        carried=(Note("book.bib", Message("bibliography entries: {entries}", entries="sail, mast")),),
        for_people=(Note("a.png", Message("figure not copied: {reason}", reason=Message("it is no UTF-8 text"))),),
        branch="amts/sync",
        page_language=language,
    )


def _lately() -> DocumentReview:
    entry = Entry("new.md", "draft", (key("A mast."),), (key("Un mástil."),))
    return DocumentReview("new.md", (Unfinished("draft", "A mast.", "Un mástil.", 1, entry=entry),))


def _drafted(change: Change) -> Outcome:
    new = "A mast.\n"
    plan = plan_document("A sail.\n", new, "Una vela.\n", language="es")
    draft = draft_document(plan, {1: Answer("Un mástil.", "engine", engine="neural")}, old="A sail.\n", new=new)
    match = Match("", "A red mast.", "Un mástil rojo.", 0.83, Provenance("masts.md", 1))
    segment = draft.segments[0]
    with_match = DraftSegment(segment.segment, segment.text, "engine", suggestions=(match,), engine="neural")
    return Outcome(change, "drafted", "changed", Draft(draft.plan, draft.text, (with_match,), ()))


def _answers(language: str) -> list[str]:
    words = wording(language)
    units = tuple(TranslationUnit(f"One {n}.", f"Uno {n}.", Provenance("a.md", 1)) for n in range(21))
    data = ParallelData(("en", "es"), "sentence", units)
    first, second = _segments()
    lost = DraftSegment(second, second.source, "english", segment_problem("See $x$.", "Ver."))
    redraft = Redraft((first, second), {1: "Antes.", 2: "See."}, left=("Suyo.",))
    made = Redrafted(redraft, "Ahora.\n", (DraftSegment(first, "Ahora.", "engine"), lost))
    misuse = comment_command.read("/retranslate a.md b.md")
    assert isinstance(misuse, Misuse)
    return [
        comment_replies.to("ana", "https://github.com/book/zh/pull/7#issuecomment-1", words)
        + comment_replies.done(Retranslation("es", {"a.md": made}, data, 2, 1000, commit="abcdef"), words),
        comment_replies.confirmed(Confirmation({"a.md": 1, "b.md": 5}, 2, "abcdef"), words),
        comment_replies.problem((misuse.why, Message("the commands are {usage}", usage=comment_command.USAGE)), words),
        comment_replies.refusal("eve", words),
        comment_replies.waiting(words),
        comment_replies.done(Retranslation("es", {}, before=True), words),
    ]


def _segments() -> tuple[Segment, Segment]:
    return Segment("Now.", "paragraph", number=1), Segment("See $x$.", "paragraph", number=2)


def _adoption(language: str) -> str:
    then, later = (Version("boats.md", "b" * 40, "c" * 40, "d" * 40, day * 86_400) for day in (18_000, 18_500))
    alike = Message("{percent}% of code, formulas, labels and numbers alike", percent="93")
    sure = Verdict("boats.md", "certain", then, (Message("same path"), alike), today=(Place("boats.md", "", True),))
    place = Place("tides.md", Message("{percent}% alike", percent="71"), False)
    moved = Verdict("mast.md", "likely", later, (Message("renamed"), alike), today=(place,))
    unsure = Verdict("sail.md", "unsure", None, (Message("nothing in English is like it"),))
    worse = Verdict("oar.md", "likely", later, (alike,), recorded=then, worse=9.0)
    return adoption_page.page("zh", [sure, moved, unsure, worse], [sure, moved], wording(language))


if __name__ == "__main__":
    for name in languages():
        (GOLDEN / f"{name}.md").write_text(text(name), encoding="utf-8")
