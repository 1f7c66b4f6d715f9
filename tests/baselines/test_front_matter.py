"""The English commit in the front matter of a document."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.baselines.front_matter import value, with_value, without
from bot.errors import AmtsError

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
        (f"---\nl10n: {{by: A, sourceCommit: {OLD}}}\n---\n", "l10n.sourceCommit"),
        (f"---\n{{title: A, l10n: {{sourceCommit: '{OLD}'}}}}\n---\n".replace("'", ""), "l10n.sourceCommit"),
        (f"---\nl10n:\n  sourceCommit:\n    {OLD}\n  by: A\n---\n", "l10n.sourceCommit"),
        (f'+++\nl10n = {{ by = "A", sourceCommit = "{OLD}" }}\n+++\n', "l10n.sourceCommit"),
        (f'+++\n[ l10n ]\nby = 1\n"sourceCommit" = "{OLD}"\n+++\n', "l10n.sourceCommit"),
        (f"+++\nabout = '''\ncommit = later\n'''\ncommit = \"{OLD}\"\n+++\n", "commit"),
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
        (
            "---\nl10n:\n  by: A # first\nlast: b\n---\n",
            "l10n.of",
            f"---\nl10n:\n  of: {NEW}\n  by: A # first\nlast: b\n---\n",
        ),
        (
            "---\r\nl10n:\r\n\r\n    # who\r\n    by: A\r\n---\r\n",
            "l10n.of",
            f"---\r\nl10n:\r\n    of: {NEW}\r\n\r\n    # who\r\n    by: A\r\n---\r\n",
        ),
        ("---\nl10n: # later\nlast: b\n---\n", "l10n.of", f"---\nl10n: # later\n  of: {NEW}\nlast: b\n---\n"),
        ("---\nl10n: {by: A}\n---\n", "l10n.of", f"---\nl10n: {{of: {NEW}, by: A}}\n---\n"),
        ("---\nl10n: {}\n---\n", "l10n.of", f"---\nl10n: {{of: {NEW}}}\n---\n"),
        ("---\n{title: A}\n---\n", "l10n.of", f"---\n{{l10n: {{of: {NEW}}}, title: A}}\n---\n"),
        ("---\nof: later # x\n---\n", "of", f"---\nof: {NEW} # x\n---\n"),
        ("---\nof: >-\n  01\n  23\n\n# c\nd: e\n---\n", "of", f"---\nof: {NEW}\n\n# c\nd: e\n---\n"),
        ("---\nt: |\n  of: 0123abc\n---\n", "of", f"---\nt: |\n  of: 0123abc\nof: {NEW}\n---\n"),
        ('+++\n[l10n]\nby = "A"\n[z]\n+++\n', "l10n.of", f'+++\n[l10n]\nof = "{NEW}"\nby = "A"\n[z]\n+++\n'),
        ("+++\nl10n = { by = 1 }\n+++\n", "l10n.of", f'+++\nl10n = {{ of = "{NEW}", by = 1 }}\n+++\n'),
        ("+++\nl10n = {}\n+++\n", "l10n.of", f'+++\nl10n = {{of = "{NEW}"}}\n+++\n'),
        ('+++\nof = """\n0\n"""\n+++\n', "of", f'+++\nof = "{NEW}"\n+++\n'),
        (
            "+++\nt = '''\n[a]\nof = \"0123abc\"\n'''\n[a]\nb = 1\n+++\n",
            "a.of",
            f"+++\nt = '''\n[a]\nof = \"0123abc\"\n'''\n[a]\nof = \"{NEW}\"\nb = 1\n+++\n",
        ),
    ],
)
def test_a_key_that_is_missing_is_added(text: str, key: str, written: str) -> None:
    assert with_value(text, key, NEW) == written


@pytest.mark.parametrize(
    "text",
    [
        '{\n "title": "A"\n}\n',
        "---\na: text\n---\n",
        "---\na:\n- of\n---\n",
        "---\na: &x {c: d}\nother: *x\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\ntitle: A: B\n---\n",
        "+++\n[[a]]\nc = 1\n+++\n",
        "+++\ntitle = A\n+++\n",
    ],
)
def test_front_matter_that_cannot_get_the_key_is_an_error(text: str) -> None:
    assert not value(text, "a.of")
    with pytest.raises(AmtsError, match=r"cannot record a\.of") as caught:
        with_value(text, "a.of", NEW)
    assert "`baseline: lock`" in caught.value.fix


def test_a_line_is_removed_alone() -> None:
    text = "---\ntitle: A\ndrifted_from_default: true\ncommit: 1\n---\n\ndrifted_from_default: true\n"
    assert without(text, "drifted_from_default") == text.replace("drifted_from_default: true\n", "", 1)
    literal = "+++\na = '''\ndrifted = true\n'''\n+++\n"
    assert without(literal, "drifted") == literal
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
@example("---\na:\n  b: c\n---\n", "a.commit")
def test_what_is_written_is_read_and_the_text_stays(text: str, key: str) -> None:
    try:
        written = with_value(text, key, NEW)
    except AmtsError:
        return
    assert value(written, key) == NEW
    assert with_value(written, key, NEW) == written
    lines = Counter(written.splitlines())
    assert not Counter(line for line in text.splitlines() if "commit" not in line) - lines
