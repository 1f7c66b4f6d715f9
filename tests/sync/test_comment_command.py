"""The command in a comment: what is one, what is a mistake, and what is none of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.comments import COMMANDS, MISTAKES, OTHERS

from bot.sync.comment_command import Command, Misuse, read


@pytest.mark.parametrize("body", COMMANDS, ids=repr)
def test_a_command(body: str) -> None:
    assert read(body) == COMMANDS[body]


@pytest.mark.parametrize("body", MISTAKES, ids=lambda body: repr(body)[:60])
def test_a_mistake_does_no_work_and_says_why(body: str) -> None:
    found = read(body)
    assert isinstance(found, Misuse) and found.why


@pytest.mark.parametrize("body", OTHERS, ids=lambda body: repr(body)[:60])
def test_another_comment_is_none_of_ours(body: str) -> None:
    assert read(body) is None


@given(st.text(max_size=60))
def test_whatever_is_asked_for_stands_in_the_first_line(words: str) -> None:
    found = read(f"/retranslate {words}")
    if isinstance(found, Command):
        line = words.splitlines()[0] if words.splitlines() else ""
        assert found.path in line and found.anchor in line and found.force == ("--force" in line.split())
