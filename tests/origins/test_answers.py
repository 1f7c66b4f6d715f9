"""The list of what a person must decide, and the answers in it."""

from __future__ import annotations

import pytest

from bot.errors import AmtsError
from bot.origins.answers import Answer, listed, read
from bot.origins.verdict import Verdict
from bot.repositories.versions import Version

ONE, TWO = (Version("a b.md", name * 40, name * 40, name * 40, 86_400) for name in "12")
OPEN = Verdict("x.md", "unsure", None, ("it is in doubt",), candidates=(ONE, TWO))


def test_only_open_documents_are_listed_with_all_candidates() -> None:
    text = listed([OPEN, Verdict("y.md", "certain", ONE, ())], "de")
    assert "# x.md: it is in doubt" in text and "y.md" not in text and "--language de" in text
    assert [line.split("\t")[:2] for line in text.splitlines() if line[0] != "#"] == [
        ["x.md", f"a b.md@{'1' * 40}"],
        ["x.md", f"a b.md@{'2' * 40}"],
    ]


def test_a_document_with_one_line_is_answered_and_one_with_several_is_an_error() -> None:
    text = listed([OPEN], "de")
    with pytest.raises(AmtsError, match=r"several answers for x\.md") as caught:
        read(text)
    assert caught.value.why == "lines 5 and 6 are both about it"
    kept = "".join(line for line in text.splitlines(keepends=True) if "2" * 40 not in line)
    assert read(kept) == {"x.md": Answer("a b.md", "1" * 40)}
    assert read("x.md\tdir/y@z.md@v1.0\n") == {"x.md": Answer("dir/y@z.md", "v1.0")}


@pytest.mark.parametrize("line", ["x.md", "x.md\tonly/a/path.md", "x.md\t@abc", "\ta.md@abc", "x.md a.md@abc"])
def test_a_line_that_is_no_answer_is_refused(line: str) -> None:
    with pytest.raises(AmtsError, match="line 2 of the list is not an answer"):
        read(f"# Comment\n{line}\n")
