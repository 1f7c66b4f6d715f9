"""A language model that answers as it was asked: it reads the request as AMTS writes it, and makes up a translation.

``obeys`` makes it follow any instruction that it finds in the text of a book, as a bad model would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_WORD = re.compile(r"⟦\d+⟧|\]\([^)]*\)|[^\W\d_]+")
_DATA = re.compile(r"\A<segment>\n(\{.*\})\n</segment>\Z", re.DOTALL)


def made_up(text: str) -> str:
    """The words of a text, each turned around; placeholders stay."""
    return _WORD.sub(lambda m: m[0] if m[0][0] in "⟦]" else m[0][::-1].lower() + "o", text)


@dataclass
class LanguageModel:
    """``texts`` are the English texts it was asked for; ``answers`` gives its next answers instead of its own."""

    obeys: bool = False
    texts: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    turn: Callable[[str], str] = made_up

    def answer(self, system: str, user: str) -> str:
        """What it writes. Raises AssertionError for a request that is not as agreed."""
        found = _DATA.fullmatch(user)
        assert found, f"text outside of the data: {user[:200]}"
        assert "<" not in found[1], "nothing in the data can close it"
        data = json.loads(found[1])
        self.requests.append(data)
        self.texts.append(data["english"])
        assert data["english"] not in system
        if self.answers:
            return self.answers.pop(0)
        if self.obeys and "gnore the above" in found[1]:
            return json.dumps({"translation": "HACKED", "tool": "shell", "segments": {"1": "HACKED"}})
        return json.dumps({"translation": self.turn(data["english"])}, ensure_ascii=False)


def tokens(text: str) -> int:
    """About how many tokens a text has (a guess: four characters each)."""
    return len(text) // 4 + 1
