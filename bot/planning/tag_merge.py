"""Three-way merge of markup: by token, and tags over several lines by line, as programs, where tokens conflict."""

from __future__ import annotations

import re

from bot.planning.code_merge import merge_code
from bot.planning.token_merge import Merged, merge_tokens

_LANGUAGE = "jsx"
"""How a tag over several lines is read: attributes, strings and expressions, as in HTML and JSX."""

_LINES = 3
"""The least lines of such a tag: that of its name, those of its attributes, and that of its end."""

_STRING = re.compile(r"\"[^\"\n]*+\"|'[^'\n]*+'")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))


def merge_tags(old: str, new: str, target: str) -> Merged:
    """Updates ``target``, markup of the translation, from the ``old`` English to the ``new``.

    Where tokens conflict, the lines of a tag are merged, which keeps translated strings, and lines of the translators,
    one by one. That counts only if it begins and ends as the new English, and its brackets are balanced like those.
    """
    done = merge_tokens(old, new, target)
    if not done.flags or any(len(text.splitlines()) < _LINES for text in (old, new, target)):
        return done
    by_line = merge_code(old, new, target, _LANGUAGE)
    return by_line if _frame(by_line.text) == _frame(new) else done


def _frame(text: str) -> tuple[str, str, tuple[int, ...]]:
    """The first line of a tag and its last, and how many brackets of each kind it leaves open."""
    bare = _STRING.sub('""', text)
    first, *_, last = bare.strip().splitlines()
    return first.rstrip(), last.strip(), tuple(bare.count(one) - bare.count(other) for one, other in _BRACKETS)
