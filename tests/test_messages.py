"""Texts that a page can show in other languages."""

from __future__ import annotations

import json
import pickle

from bot.errors import AmtsError
from bot.messages import Message, in_a_row, listed


def test_a_message_is_its_english() -> None:
    made = Message("{number:,} pairs of {name}", number=1234, name="zh")
    assert made == "1,234 pairs of zh" and made.key == "{number} pairs of {name}"
    assert json.dumps([made]) == '["1,234 pairs of zh"]'


def test_values_are_not_read_as_templates() -> None:
    assert Message("figure of {document}", document="{x}{0.__class__}.md") == "figure of {x}{0.__class__}.md"


def test_a_message_survives_another_process() -> None:
    made = Message("{first}; {rest}", first=Message("renamed"), rest="b")
    again = pickle.loads(pickle.dumps(made))
    assert again == made and again.key == made.key and again.values == made.values
    assert again.values["first"].key == "renamed"


def test_texts_in_a_row() -> None:
    assert (in_a_row([]), in_a_row(["a"]), in_a_row(["a", "b", "c"])) == ("", "a", "a; b; c")
    assert listed(["a", "b", "c"]) == "a, b, c"


def test_an_error_keeps_its_messages_unless_they_have_control_codes() -> None:
    error = AmtsError(Message("{path} is gone", path="a.md"), why=Message("{path} is gone", path="a\x1b.md"), fix="x")
    assert isinstance(error.what, Message) and str(error.why) == r"a\x1b.md is gone"
    assert not isinstance(error.why, Message)
