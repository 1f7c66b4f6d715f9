"""Reports of languages that are done."""

from __future__ import annotations

from dataclasses import replace

from support.review_pages import sample

from bot.drafting.finished import Finished


def test_a_report_is_the_same_afterwards_but_for_its_review_page() -> None:
    done = Finished()
    reports = [replace(sample(), language=name, review=lambda: "page") for name in ("es", "zh")]
    for report in reports:
        done.add(report)
    assert list(done) == reports and done[1:] == reports[1:] and len(done) == 2
    assert all(report.review is None for report in done)


def test_an_outline_says_how_a_language_ended_without_its_texts() -> None:
    done = Finished()
    failing = replace(sample().outcomes[0], status="failed", reason="broken", draft=None)
    for outcomes in (sample().outcomes, (*sample().outcomes, failing)):
        done.add(replace(sample(), outcomes=outcomes))
    whole, short = list(done), done.outlines
    assert [(r.failed, r.left, r.words) for r in short] == [(r.failed, r.left, r.words) for r in whole]
    assert [r.failed for r in short] == [False, True] and short[0].left
    assert not any(o.draft or o.change.target for r in short for o in r.outcomes) and not short[0].documents
