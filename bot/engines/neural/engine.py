"""The engine ``neural``: translates on this machine with a model of Firefox, a sentence at a time.

Nothing is sent anywhere and nothing is paid for; only the model is fetched, once. The model sees neither the book's
terms nor its pairs: its drafts read well and need a person's eye for terms and meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.document.runs import Run, plain, runs
from bot.document.sentences import has_free_words, unwrapped
from bot.document.structure import segment_problem
from bot.engines import Answer, Batch, Result, checks
from bot.engines.neural.models import Model, Store
from bot.engines.placeholders import folded, hidden, letters
from bot.engines.reassembly import Decoded, Piece, reassembled
from bot.engines.registry import Context, Tell
from bot.engines.resources import Resources
from bot.engines.sentence_wise import joined, split
from bot.errors import AmtsError
from bot.workers import spread

if TYPE_CHECKING:
    from fxtranslate import Translator

FEW = 200
"""Sentences that make another process worthwhile: it needs half a second to start, and a sentence 0.05 s."""

CHUNK = 50
"""Sentences that a process translates with one translator, which takes 0.1 s to load."""

LONGEST = 1_000
"""Characters of a sentence above which it is not translated: the model cuts what is too long without saying so."""


@dataclass(frozen=True)
class Neural:
    """Translates with the models of ``store``; ``tell`` shows what takes long."""

    store: Store
    tell: Tell
    name: str = "neural"
    asynchronous: bool = False

    def translate(self, batch: Batch, resources: Resources) -> Result:
        """Raises AmtsError if the extra is not installed or the model cannot be had."""
        languages = batch.source_language, batch.target_language
        installed()
        model = self.store.bring(languages, self.tell)
        wanted = dict.fromkeys(unwrapped(s.source) for s in batch.segments.values())
        parts = {text: split(text, languages[0]) for text in wanted}
        every = list(dict.fromkeys(s for found in parts.values() for s in found))
        if len(every) > CHUNK:
            self.tell(f"{languages[1]}: translating {len(every):,} sentences on this machine")
        chunks = [every[n : n + CHUNK] for n in range(0, len(every), CHUNK)]
        done = spread(partial(_translated, model, languages), chunks, max(1, FEW // CHUNK))
        said = dict(zip(every, (one for chunk in done for one in chunk), strict=True))
        answers = {text: _answer(text, [said[s] for s in found], languages) for text, found in parts.items()}
        count = sum(len(plain(text)) for text in wanted)
        return Result({key: answers[unwrapped(s.source)] for key, s in batch.segments.items()}, count)


def installed() -> None:
    """Raises AmtsError if the extra is not installed."""
    try:
        import fxtranslate  # noqa: F401
    except ImportError as error:
        raise AmtsError(
            "the engine neural is not installed",
            why="it needs fxtranslate, which comes with an extra",
            fix="pip install 'amts[neural]'",
        ) from error


def loaded(model: Model) -> Translator:
    """A translator, which belongs to the thread that calls this. Raises AmtsError for a broken model."""
    from fxtranslate import Translator

    try:
        vocabularies = (model.source_vocabulary.read_bytes(), model.target_vocabulary.read_bytes())
        shortlist = model.shortlist.read_bytes() if model.shortlist else None
        return Translator(model.model.read_bytes(), *vocabularies, shortlist)
    except (ValueError, OSError) as error:
        raise AmtsError(
            f"the model {model.model} cannot be read",
            why=str(error),
            fix=f"remove the folder {model.model.parent}, and it is fetched again",
        ) from error


def _translated(model: Model, languages: tuple[str, str], sentences: Sequence[str]) -> list[Decoded]:
    translate = loaded(model).translate
    return [_one(sentence, translate, languages) for sentence in sentences]


def _one(sentence: str, translate: Callable[[str], str], languages: tuple[str, str]) -> Decoded:
    """Translates a sentence with its emphasis in place, and once more with it taken out if it comes back damaged."""
    if not has_free_words(sentence):
        return Decoded(sentence)
    if len(sentence) > LONGEST:
        return Decoded(None, f"the sentence is longer than {LONGEST:,} characters, more than the model reads")
    source = runs(sentence)
    got = Decoded(None)
    for attempt in (_marked, _apart):
        pieces = attempt(source, translate)
        got = reassembled(pieces, source) if not isinstance(pieces, str) else Decoded(None, pieces)
        if got.text is not None and (problem := checks.problem(sentence, got.text, languages)):
            got = Decoded(None, problem)
        if got.text is not None:
            return got
    return got


def _marked(source: Sequence[Run], translate: Callable[[str], str]) -> list[Piece] | str:
    sent = hidden(source, letters(source))
    return sent.pieces(translate(sent.text))


def _apart(source: Sequence[Run], translate: Callable[[str], str]) -> list[Piece] | str:
    """The text between two marks translated by itself, and the sentence with a name in its place."""
    outer, inner = folded(source)
    pieces = _marked(outer, translate)
    if isinstance(pieces, str):
        return pieces
    whole = {"".join(r.text for r in one): one for one in inner}
    out: list[Piece] = []
    for piece in pieces:
        one = whole.get(piece.text) if piece.kind == "atom" else None
        if one is None:
            out.append(piece)
            continue
        within = _apart(one[1:-1], translate) if _speaks(one[1:-1]) else [Piece(r.kind, r.text) for r in one[1:-1]]
        if isinstance(within, str):
            return within
        out += [Piece(one[0].kind, one[0].text), *within, Piece(one[-1].kind, one[-1].text)]
    return out


def _speaks(parts: Iterable[Run]) -> bool:
    return any(run.kind == "text" and any(map(str.isalpha, run.text)) for run in parts)


def _answer(source: str, said: Sequence[Decoded], languages: tuple[str, str]) -> Answer:
    problem = next((one.problem for one in said if one.text is None), "")
    text = "" if problem else joined(source, [one.text or "" for one in said], languages)
    problem = problem or segment_problem(source, text)
    return Answer(None, reason=problem) if problem else Answer(text, "engine")


def store(context: Context) -> Store:
    """Where the settings say that models are; a machine without settings keeps them in the context's folder."""
    chosen = context.settings()
    given = chosen.resolved(chosen.neural.models) if chosen.neural.models else None
    return Store(context.folder / "neural", given, chosen.neural.mirror)


def build(context: Context) -> Neural:
    """The engine, with its models in the context's folder or where the settings say."""
    return Neural(store(context), context.tell)
