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
