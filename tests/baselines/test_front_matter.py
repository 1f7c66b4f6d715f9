"""The English commit in the front matter of a document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.baselines.front_matter import value, with_value, without

OLD, NEW = "0123abc", "f" * 40


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"---\ntitle: A\ncommit: {OLD}\n---\nText\n", "commit"),
        (f"---\r\ntitle: A\r\ncommit: '{OLD}' # of the release\r\n---\r\nText\r\n", "commit"),
        (f"---\nl10n:\n  other: 1\n  sourceCommit: {OLD}\nlast: b\n---\n", "l10n.sourceCommit"),
        (f'+++\ntitle = "A"\ncommit = "{OLD}"\n+++\n', "commit"),
        (f'+++\ntitle = "A"\n[l10n]\nsourceCommit = "{OLD}"\n+++\n', "l10n.sourceCommit"),
        (f'+++\nl10n.sourceCommit = "{OLD}"\n+++\n', "l10n.sourceCommit"),
        (f"\ufeff---\ncommit: {OLD}\n---\n", "commit"),
    ],
)
def test_only_the_commit_is_replaced(text: str, key: str) -> None:
    assert value(text, key) == OLD
    assert with_value(text, key, NEW) == text.replace(OLD, NEW)


@pytest.mark.parametrize(
    ("text", "key", "written"),
    [
        ("---\ntitle: A\n---\nText\n", "commit", f"---\ntitle: A\ncommit: {NEW}\n---\nText\n"),
        ("---\ncommit:\ntitle: A\n---\n", "commit", f"---\ncommit: {NEW}\ntitle: A\n---\n"),
        ("---\n---\n", "a.b", f"---\na:\n  b: {NEW}\n---\n"),
        ("---\n\nA sentence.\n\n---\n", "commit", f"---\ncommit: {NEW}\n---\n\n---\n\nA sentence.\n\n---\n"),
        ("{{< toc >}}\n", "commit", f"---\ncommit: {NEW}\n---\n\n{{{{< toc >}}}}\n"),
        ("# A\n", "commit", f"---\ncommit: {NEW}\n---\n\n# A\n"),
        ("# A\r\n", "commit", f"---\r\ncommit: {NEW}\r\n---\r\n\r\n# A\r\n"),
        ('+++\ntitle = "A"\n[b]\nc = 1\n+++\n', "commit", f'+++\ncommit = "{NEW}"\ntitle = "A"\n[b]\nc = 1\n+++\n'),
        ('{\n "title": "A"\n}\n', "commit", '{\n "title": "A"\n}\n'),
    ],
)
def test_a_key_that_is_missing_is_added(text: str, key: str, written: str) -> None:
    assert with_value(text, key, NEW) == written


def test_a_line_is_removed_alone() -> None:
    text = "---\ntitle: A\ndrifted_from_default: true\ncommit: 1\n---\n\ndrifted_from_default: true\n"
    assert without(text, "drifted_from_default") == text.replace("drifted_from_default: true\n", "", 1)
    assert without(text, "drifted") == text and without("drifted: true\n", "drifted") == "drifted: true\n"


def test_a_key_elsewhere_is_another_one() -> None:
    assert not value(f"---\nother:\n  commit: {OLD}\n---\ncommit: {OLD}\n", "commit")
    assert not value(f"---\ncommit: later\n---\n{OLD}\n", "commit")
    assert not value(f"Text\n---\ncommit: {OLD}\n---\n", "commit")


_LINES = st.lists(
    st.sampled_from(["---", "+++", "commit: 0123abc", "a:", "  commit:", "b: c", "# d", "", "x"]), max_size=8
)


@given(_LINES.map("\n".join), st.sampled_from(["commit", "a.commit"]))
@example("---\na:\n---\n", "a.commit")
def test_what_is_written_is_read_and_the_text_stays(text: str, key: str) -> None:
    written = with_value(text, key, NEW)
    assert value(written, key) == NEW
    assert with_value(written, key, NEW) == written
    lines = Counter(written.splitlines())
    assert not Counter(line for line in text.splitlines() if "commit" not in line) - lines
