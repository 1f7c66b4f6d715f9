"""The review page as a file: complete in itself, safe, and usable by everyone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from lxml import html
from support.review_pages import ADDRESS, NEW, OLD, TARGET, outcome, report, sample
from support.wording import report as everything

from bot.document.edits import MENDED
from bot.document.structure import PieceKind
from bot.drafting.document_review import DocumentReview
from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.engines import Answer, Origin
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document
from bot.planning.flags import FlagKind
from bot.repair.repair import Repair
from bot.repair.splice import Change as RepairChange
from bot.reporting.review_page.page import STATES
from bot.reporting.review_page.page import page as pieces
from bot.reporting.wording import wording
from bot.review.unfinished import Unfinished
from bot.sync.comment_command import Confirm, read


def page(report: LanguageReport, address: str = "") -> str:
    return "".join(pieces(report, address))


TEXT = page(sample(), ADDRESS)
TREE = html.fromstring(TEXT)

BOOK = {"mast", "masts", "md", "neural", "the", "utf", "xx"}
"""Words of the book, names and codes in what the pages below say."""

SAME = {"zh": BOOK, "es": BOOK | {"byte", "commit", "commits", "has", "no", "pull", "request"}}
"""Words that an English page has too."""

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&`a`$\\text{<b>}$ {{ 7 * 7 }} {% raw %}"


def test_nothing_is_loaded_from_elsewhere_and_nothing_else_runs() -> None:
    assert not TREE.xpath("//link | //iframe | //object | //script[@src]")
    assert all(a.startswith(f"{ADDRESS[:-7]}/") for a in TREE.xpath("//a/@href"))
    (policy,) = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for name in ("script", "style"):
        (text,) = TREE.xpath(f"//{name}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    assert not TREE.xpath("//@style | //@onclick")


def test_no_text_of_a_book_becomes_markup() -> None:
    done = outcome("a.md", OLD, OLD.replace("A boat floats", f"{HOSTILE} floats") + HOSTILE, OLD)
    made = report(done)
    waiting = Unfinished("draft", HOSTILE, HOSTILE, 1, HOSTILE, HOSTILE)
    documents = (*made.documents, DocumentReview(HOSTILE, (waiting,)))
    failed = replace(done, status="failed", reason=HOSTILE)
    text = page(replace(made, documents=documents, branch=HOSTILE, outcomes=(done, failed)), ADDRESS)
    tree = html.fromstring(text)
    assert len(tree.xpath("//script")) == 1 and not tree.xpath("//img | //b[not(parent::label)] | //@onerror")
    assert "alert(1)" not in tree.xpath("//script/text()")[0] and "49" not in tree.xpath("//h2")[0].text_content()
    assert HOSTILE in tree.xpath("//section/@data-path")


def test_sentences_are_links_to_edit_their_lines() -> None:
    found = TREE.xpath("//a[@class='edit']/@href")
    assert f"{ADDRESS.removesuffix('/pull/7')}/edit/amts/sync/boats.md#L3" in found
    local = html.fromstring(page(sample()))
    assert not local.xpath("//a") and "Line 3" in local.text_content()


def test_commands_are_those_that_a_comment_may_have() -> None:
    made = report(outcome("a b/c.md"))
    (found,) = html.fromstring(page(made, ADDRESS)).xpath("//section/@data-command")
    assert read(found) == Confirm("a b/c.md")
    assert read(TREE.xpath("//body/@data-every")[0]) == Confirm()
    (found,) = html.fromstring(page(made)).xpath("//section/@data-command")
    assert found == "amts reviewed --language es 'a b/c.md'"


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("zh-CN", "ltr")])
def test_the_translation_is_in_its_language_and_direction(language: str, direction: str) -> None:
    waiting = Unfinished("draft", "A boat.", "Barco.", 1)
    made = LanguageReport(language, "opened", documents=(DocumentReview("a.md", (waiting,)),))
    tree = html.fromstring(page(made))
    (cell,) = tree.xpath("//div[contains(@class, 'target')]")
    assert (cell.get("lang"), cell.get("dir")) == (language, direction)
    (cell,) = tree.xpath("//div[contains(@class, 'source')]")
    assert (cell.get("lang"), cell.get("dir")) == ("en", "ltr")


def test_states_are_filters_with_their_numbers() -> None:
    found = {
        c.xpath("./input/@value")[0]: int(c.xpath("./b/text()")[0])
        for c in TREE.xpath("//label[contains(@class, 'chip')]")
    }
    assert found == {"english": 2, "draft": 1, "kept": 1, "gone": 3}
    rows = TREE.xpath("//li[contains(@class, 'row')]/@data-state")
    assert {state: rows.count(state) for state in found} == found


def test_why_a_draft_is_as_it_is() -> None:
    assert "machine translation" in TREE.text_content() and "its English changed slightly" in TREE.text_content()
    # A page of the state alone knows only that.
    later = html.fromstring(page(replace(sample(), outcomes=()), ADDRESS)).text_content()
    assert "machine translation" not in later and "nobody has read it yet" in later


def test_every_reason_has_words() -> None:
    flags = [f"review.note.{kind}" for kind in get_args(FlagKind) if kind != "previous translation"]
    kept = [f"kept.{kind}" for kind in ("by hand", "small", *MENDED)]
    origins = [f"origin.{origin}" for origin in get_args(Origin) if origin != "english"]
    states = [f"review.state.{state}" for state in STATES]
    pieces = [f"piece.{kind}" for kind in get_args(PieceKind)]
    assert {*flags, *kept, *origins, *states, *pieces} <= set(wording("en").texts)


def interface(made: LanguageReport) -> set[str]:
    """The words of the page in its own language: neither English nor translation of the book, nor code or a path."""
    tree = html.fromstring(page(made, ADDRESS))
    own = tree.get("lang") or ""
    found = tree.xpath(
        "//body//text()[ancestor::*[@lang][1]/@lang = $own][not(ancestor::script | ancestor::code | ancestor::kbd)]"
        "[not(ancestor::math | ancestor::h2[parent::section])]"
        "[not(ancestor::select[@name = 'document'] and parent::option[@value != ''])]"
        "| //title/text() | //@title | //@aria-label",
        own=own,
    )
    script = json.loads(tree.xpath("//body/@data-words")[0]).values()
    found += [form for value in script for form in (value.values() if isinstance(value, dict) else [value])]
    return {word.lower() for text in found for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w+\}", "", text))}


@pytest.mark.parametrize("language", ["zh", "es"])
@pytest.mark.parametrize("made", [sample(), everything("en")], ids=["sample", "everything"])
def test_the_page_is_in_the_language_of_its_readers(made: LanguageReport, language: str) -> None:
    made = replace(made, language="xx", page_language="en")
    english, own = interface(made), interface(replace(made, page_language=language))
    assert len(english) > 100 and len(own) > 40
    assert english & own <= SAME[language]


def test_a_page_without_texts_in_its_language_is_in_english() -> None:
    text = page(replace(sample(), page_language="ar"), ADDRESS)
    assert text == TEXT


def test_a_page_of_nothing_says_so() -> None:
    text = page(LanguageReport("es", "nothing"))
    assert "No sentence waits for you." in text and "<section" not in text


def test_ids_are_unique_and_headings_in_order() -> None:
    ids = TREE.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert len(TREE.xpath("//h1")) == 1 and len(TREE.xpath("//section/h2")) == 2
    assert re.search(r'<html lang="en" dir="ltr">', TEXT)


def remarks(text: str, made: Repair) -> str:
    plan = plan_document(OLD, NEW, TARGET, language="es")
    answers = {s.number: Answer(text, "repaired", repair=made) for s in plan.segments[:1]}
    change = Change("edit", "boats.md", "boats.md", "boats.md", OLD, NEW, TARGET, plan)
    found = page(report(Outcome(change, "drafted", "changed", draft_document(plan, answers, old=OLD, new=NEW))))
    assert (wording("en")("origin.repaired.english") in found) == made.english
    shown = re.search(r'<ul class="remarks">(.*?)</ul>', found, re.S)
    return shown[1] if shown else ""


def test_a_draft_names_the_english_left_in_it_and_numbers_of_its_own() -> None:
    english = RepairChange("replaced", 0, 2, "tired", "hull", "tired", True)
    shown = remarks("Algunos barcos llevan 7.", Repair("", (english,), 0.6, ("mast", "oar"), ("just",)))
    assert "<code>mast</code>, <code>oar</code>: gone from the English" in shown
    assert "<code>just</code>: new in the English, not in the draft" in shown
    assert "<code>hull</code> → <code>tired</code>, still in English" in shown and "<code>7</code>" in shown


def test_english_in_a_draft_is_named_once() -> None:
    english = "are tired of the long"
    made = Repair("", (RepairChange("replaced", 0, 2, english, "hull", english, True),), 0.6)
    assert remarks(f"Algunos barcos {english}.", made).count("are tired") == 1
