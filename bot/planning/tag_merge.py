"""Three-way merge of markup: by token; tags over several lines by string, or else by line where tokens conflict."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.messages import Message
from bot.planning.code_merge import merge_code
from bot.planning.differing import differing
from bot.planning.tag_entries import in_order_of
from bot.planning.tag_strings import lists_differ, merge_strings, moves, without_strings
from bot.planning.token_merge import Merged, merge_tokens, squeezed

_LANGUAGE = "jsx"
"""How a tag over several lines is read: attributes, strings and expressions, as in HTML and JSX."""

_LINES = 3
"""The least lines of such a tag: that of its name, those of its attributes, and that of its end."""

_STRING = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))


def merge_tags(old: str, new: str, target: str) -> Merged:
    """Updates ``target``, markup of the translation, from the ``old`` English to the ``new``.

    Of a tag over several lines whose strings alone are translated, each string is merged by itself. Of others the lines
    are merged where tokens conflict, which keeps translated strings, and lines of the translators, one by one. That
    counts only if it begins and ends as the new English, if its brackets are balanced like those, and if English did
    not exchange strings, which lines could not follow. Entries that people put in another order stay in that.
    """
    guess = False
    if (ordered := in_order_of(old, new, target)) is not None:
        old, new, guess = ordered
    done = _merged(old, new, target)
    if guess and not done.flags and squeezed(without_strings(old)) != squeezed(without_strings(new)):
        return replace(done, flags=(_beside(old, new),))
    return done


def _merged(old: str, new: str, target: str) -> Merged:
    done = merge_tokens(old, new, target)
    if any(len(text.splitlines()) < _LINES for text in (old, new, target)):
        return done
    if (by_string := merge_strings(old, new, target)) is not None:
        return done if not done.flags and squeezed(done.text) == squeezed(by_string.text) else by_string
    if done.flags and not moves(old, new):
        by_line = merge_code(old, new, target, _LANGUAGE)
        done = by_line if _frame(by_line.text) == _frame(new) else done
    if not done.flags and done.text != target and lists_differ(old, target):
        # Which of the things in a list English changed is a guess.
        return replace(done, flags=(_beside(old, new),))
    return done


def _beside(old: str, new: str) -> Message:
    return Message("English changed code beside what is translated: {code}", code=differing(old, new)[1])


def _frame(text: str) -> tuple[str, str, tuple[int, ...]]:
    """The first line of a tag and its last, and how many brackets of each kind it leaves open."""
    bare = _STRING.sub('""', text)
    first, *_, last = bare.strip().splitlines()
    return first.rstrip(), last.strip(), tuple(bare.count(one) - bare.count(other) for one, other in _BRACKETS)
