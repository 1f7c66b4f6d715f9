"""How people edited each drafted sentence: follows the bot's and people's versions of a document one by one.

Values only. The unit is a sentence of the translation, as the program cuts it; what is not prose is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from rapidfuzz.distance import Levenshtein

from bot.alignment.sequences import Matcher
from bot.contracts import SmallEdits
from bot.document.atoms import ATOM
from bot.document.cells import page_flavour
from bot.document.flavours import Flavour
from bot.document.markdown import parse
from bot.document.model import PROSE
from bot.document.segmentation import document_sentences
from bot.document.sentences import normal, speaks
from bot.planning.document_plan import plan_document
from bot.review.record import key

Origin = Literal["reused", "repaired", "machine", "english", "kept"]
"""Where a draft comes from: people had written it elsewhere in the book; an old translation, repaired; an engine; it
was left in English; it was kept although its English was edited."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)

BAND = 25
"""How many sentences off the diagonal to search for an alignment of two long versions (a guess)."""

_BEADS = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


@dataclass(frozen=True)
class PostEdit:
    """A draft and what people merged in its place (white space normalised; empty if they removed it)."""

    origin: Origin
    draft: str
    final: str

    @property
    def untouched(self) -> bool:
        """Whether the draft was merged unchanged."""
        return self.draft == self.final


@dataclass(frozen=True)
class Step:
    """A document before and after one commit of the bot (whole texts), and the ``english`` baselines of both.

    ``repaired`` are the keys of the sentences that the review record calls repaired.
    """

    before: str
    after: str
    english: tuple[str, str]
    repaired: Collection[str] = ()


@dataclass(frozen=True)
class _Piece:
    """A sentence of the document as it is now; ``draft`` is what the bot wrote there, ``origin`` None for no draft."""

    text: str
    draft: str = ""
    origin: Origin | None = None


def post_edits(
    steps: Iterable[Step],
    final: str,
    language: str,
    *,
    reusable: Callable[[str], bool],
    small_edits: SmallEdits = "keep",
    flavour: Flavour | None = None,
) -> tuple[PostEdit, ...]:
    """The drafts of ``steps`` (oldest first) beside the corresponding text in ``final``, which was merged.

    ``reusable`` returns whether people had already written a sentence (given as ``words``) in the book. A draft that
    a later step of the bot replaced is not counted: nobody merged it. Without a given ``flavour``, that of the Markdown
    is detected from the texts.
    """
    steps = list(steps)
    flavour = flavour or page_flavour((*(step.english[1] for step in steps), final))
    pieces: list[_Piece] = []
    removed: list[_Piece] = []
    for step in steps:
        before = said(step.before, language, flavour)
        pieces, gone = _edited(pieces or [_Piece(s) for s in before], before)
        removed += gone
        pieces = _drafted(pieces, step, language, reusable, small_edits, flavour)
    pieces, gone = _edited(pieces, said(final, language, flavour))
    found = [*pieces, *removed, *gone]
    return tuple(PostEdit(p.origin, p.draft, p.text) for p in found if p.origin)


def said(text: str, language: str, flavour: Flavour | None = None) -> list[str]:
    """The sentences of a text in reading order, white space normalised, without those that contain no words.

    Without a given ``flavour``, that of the Markdown is detected from the text.
    """
    return [flat for s in document_sentences(parse(text, flavour), language) if speaks(flat := normal(s.text))]


def words(sentence: str) -> str:
    """A sentence without code, math, references and marks: equal for text that is reused with those corrected."""
    return "".join(c for c in ATOM.sub("", sentence) if c.isalnum())


def aligned(old: Sequence[str], new: Sequence[str]) -> list[tuple[range, range]]:
    """Both sequences of sentences cut into beads (1-1, 1-0, 0-1, 1-2, 2-1) with the fewest characters edited.

    Where both have the same run of sentences they are paired at once (difflib), the rest by dynamic programming.
    """
    out: list[tuple[range, range]] = []
    for tag, a, b, c, d in Matcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            out += [(range(a + n, a + n + 1), range(c + n, c + n + 1)) for n in range(b - a)]
        else:
            out += [
                (range(a + left.start, a + left.stop), range(c + right.start, c + right.stop))
                for left, right in _cheapest(old[a:b], new[c:d])
            ]
    return out


def _cheapest(old: Sequence[str], new: Sequence[str]) -> list[tuple[range, range]]:
    """The beads of two runs of sentences that difflib could not pair."""
    slope = len(new) / max(1, len(old))
    width = BAND + abs(len(new) - len(old))
    best: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for i in range(len(old) + 1):
        middle = round(i * slope)
        for j in range(max(0, middle - width), min(len(new), middle + width) + 1):
            for left, right in _BEADS:
                came = best.get((i - left, j - right))
                if came is None or (left, right) == (0, 0):
                    continue
                one, other = " ".join(old[i - left : i]), " ".join(new[j - right : j])
                cost = came[0] + Levenshtein.distance(one, other)
                if (i, j) not in best or cost < best[i, j][0]:
                    best[i, j] = cost, (left, right)
    out = []
    at = len(old), len(new)
    while at != (0, 0):
        left, right = best[at][1]
        out.append((range(at[0] - left, at[0]), range(at[1] - right, at[1])))
        at = at[0] - left, at[1] - right
    return out[::-1]


def _edited(pieces: Sequence[_Piece], sentences: Sequence[str]) -> tuple[list[_Piece], list[_Piece]]:
    """The pieces after people turned the document into ``sentences``, and the drafts that they removed."""
    out, gone = [], []
    for left, right in aligned([p.text for p in pieces], sentences):
        old, text = [pieces[n] for n in left], " ".join(sentences[n] for n in right)
        drafts = [p for p in old if p.origin]
        if not text:
            gone += [replace(p, text="") for p in drafts]
        elif drafts:
            # If two sentences were joined, what people had already written is no draft, but is part of the text.
            out.append(_Piece(text, " ".join(p.draft or p.text for p in old), drafts[0].origin))
        else:
            out += [_Piece(sentences[n]) for n in right]
    return out, gone


def _drafted(
    pieces: Sequence[_Piece],
    step: Step,
    language: str,
    reusable: Callable[[str], bool],
    small_edits: SmallEdits,
    flavour: Flavour,
) -> list[_Piece]:
    """The pieces after the bot's step: what it wrote is a draft, what it replaced is dropped."""
    sentences = said(step.after, language, flavour)
    origins = _origins(sentences, step, language, reusable, small_edits, flavour)
    out = []
    for left, right in aligned([p.text for p in pieces], sentences):
        old, text = [pieces[n] for n in left], " ".join(sentences[n] for n in right)
        if len(old) == 1 and old[0].text == text and old[0].origin:
            out.append(old[0])
        else:
            out += [_Piece(sentences[n], sentences[n], origins.get(sentences[n])) for n in right]
    return out


def _origins(
    sentences: Sequence[str],
    step: Step,
    language: str,
    reusable: Callable[[str], bool],
    small_edits: SmallEdits,
    flavour: Flavour,
) -> dict[str, Origin]:
    """The origins of the sentences that a step of the bot wrote, or kept although their English was edited."""
    old, now = step.english
    kept, fixed = set[str](), ""
    if old and old != now:
        # The plan is computed again: it separates drafts from text carried over with its code or marks corrected.
        plan = plan_document(old, now, step.before, language=language, small_edits=small_edits, flavour=flavour)
        kept = {s for k in plan.kept if k.kind != "cosmetic" for s in said(k.target, language, flavour)}
        fixed = normal("".join(part if isinstance(part, str) else "\n" for part in plan.parts))
    before = set(said(step.before, language, flavour))
    english = normal(" ".join(text for b in parse(now, flavour).blocks if b.kind in PROSE for text in b.contents))
    out: dict[str, Origin] = {}
    for sentence in dict.fromkeys(sentences):
        if sentence in kept:
            out[sentence] = "kept"
        elif sentence not in before and sentence not in fixed:
            if sentence in english:
                out[sentence] = "english"
            elif key(sentence) in step.repaired:
                out[sentence] = "repaired"
            else:
                out[sentence] = "reused" if reusable(words(sentence)) else "machine"
    return out
