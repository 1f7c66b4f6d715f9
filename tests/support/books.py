"""Made-up documents and their pseudo-translations, for properties that hold for any book.

A sentence is made of numbered words; its translation is the same sentence in another script, word by
word and atoms untouched, so that who translated what can always be told.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from bot.document.atoms import ATOM

_WORDS = [
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "haven",
    "inlet",
    "jetty",
    "knoll",
    "ledge",
    "marsh",
    "north",
    "ocean",
    "pearl",
]


def translated(text: str) -> str:
    """The pseudo-translation: every letter outside atoms moved into the Cyrillic block."""
    out, at = [], 0
    for atom in ATOM.finditer(text):
        out += [_cyrillic(text[at : atom.start()]), atom[0]]
        at = atom.end()
    return "".join([*out, _cyrillic(text[at:])])


_CYRILLIC = {ord(c): chr((0x410 if c.isupper() else 0x430) + ord(c.lower()) % 26) for c in string.ascii_letters}


def _cyrillic(text: str) -> str:
    return text.translate(_CYRILLIC)


@dataclass(frozen=True)
class Piece:
    """A block of a made-up document: ``kind`` is paragraph, item, heading, code, math or label."""

    kind: str
    sentences: tuple[str, ...]

    def source(self) -> str:
        return self._laid_out(self.sentences)

    def target(self) -> str:
        prose = self.kind in ("paragraph", "item", "heading")
        return self._laid_out(tuple(translated(s) for s in self.sentences) if prose else self.sentences)

    def _laid_out(self, sentences: tuple[str, ...]) -> str:
        body = " ".join(sentences)
        return {
            "paragraph": body,
            "item": f"* {body}",
            "heading": f"## {body.rstrip('.')}",
            "code": f"```python\n{body}\n```",
            "math": f"$$\n{body}\n$$",
            "label": f":label:`{body}`",
        }[self.kind]


@st.composite
def sentence(draw: st.DrawFn) -> str:
    """A sentence that no other one equals, sometimes with an atom."""
    number = draw(st.integers(0, 10**9))
    # The words hang on the number: drawn one by one, most of the time would go into drawing them.
    made = Random(number)
    words = made.choices(_WORDS, k=made.randint(4, 9))
    tail = "".join(chr(97 + int(d)) for d in str(number))
    atom = draw(st.sampled_from(["", "", f" `{words[0]}_{tail}`", f" $x_{{{tail}}}$", f" :numref:`sec_{tail}`"]))
    return f"{words[0].capitalize()} {' '.join(words[1:])} {tail}{atom} {words[-1]}."


@st.composite
def piece(draw: st.DrawFn) -> Piece:
    kind = draw(st.sampled_from(["paragraph"] * 5 + ["item", "item", "heading", "code", "math"]))
    if kind in ("paragraph", "item"):
        return Piece(kind, tuple(draw(st.lists(sentence(), min_size=1, max_size=4))))
    if kind == "heading":
        return Piece(kind, (draw(sentence()),))
    name = "".join(chr(97 + int(d)) for d in str(draw(st.integers(0, 10**9))))
    return Piece(kind, (f"{name} = {draw(st.sampled_from(_WORDS))} + 1",))


def books() -> st.SearchStrategy[list[Piece]]:
    """Documents of two to twelve blocks."""
    return st.lists(piece(), min_size=2, max_size=12)


def source(pieces: list[Piece]) -> str:
    return "\n\n".join(p.source() for p in pieces) + "\n"


def target(pieces: list[Piece]) -> str:
    return "\n\n".join(p.target() for p in pieces) + "\n"
