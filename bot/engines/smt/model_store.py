"""Models on disk: learned once for the same pairs, and looked up by hash."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from bot.engines.smt import casing, training, unknown_words
from bot.engines.smt.casing import Casing
from bot.engines.smt.chinese_words import splitter
from bot.engines.smt.tokens import pair, sentence
from bot.engines.smt.translator import Translator, load
from bot.languages import base_language
from bot.parallel_data.dataset import ParallelData

FEATURES = 9
"""The version of the model format; increase it for changes that make old models useless."""

_ABOUT = "about.json"
_MAKING = "making-"

Term = tuple[str, str]
"""A term and its translation, in the languages of the pairs."""


def translator(
    data: ParallelData, terms: Sequence[Term], folder: Path, tell: Callable[[str], None], kept: int = 1
) -> Translator:
    """A model of ``data`` and ``terms``, from ``folder`` or learned now and kept there. Raises OSError.

    Of the models of a language pair, the newest ``kept`` are retained.
    """
    folder.mkdir(parents=True, exist_ok=True)
    words = splitter(_written_densely(data), [term for pair in terms for term in pair], folder)
    start = "_".join(data.languages)
    place = folder / f"{start}-{_key(data, terms)[:20]}"
    with _alone(folder / f"{start}.lock"):
        found = _found(place)
        if found is None:
            tell(f"{start}: learning from {len(data.units):,} pairs, up to a minute for 10,000")
            found = _learned(data, terms, words, place, kept)
    forms = unknown_words.learn(found.usual.values(), data.languages[0])
    return Translator(data.languages, words, found, forms, load(place))


def _written_densely(data: ParallelData) -> str:
    """The one of the two languages that needs a word splitter, if any."""
    return next((name for name in data.languages if base_language(name) == "zh"), "")


def _key(data: ParallelData, terms: Sequence[Term]) -> str:
    made = [FEATURES, version("jieba"), data.content_hash, list(terms)]
    return hashlib.sha256(json.dumps(made).encode()).hexdigest()


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """A lock: no other thread or process learns the same languages meanwhile."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _found(place: Path) -> Casing | None:
    """The casing of a complete model; None if there is no model or it is broken."""
    try:
        about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
        files: dict[str, str] = about["files"]
        if files and all(_digest(place / name) == digest for name, digest in files.items()):
            return Casing(about["usual"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _learned(
    data: ParallelData, terms: Sequence[Term], words: Callable[[str], Sequence[str]], place: Path, kept: int
) -> Casing:
    """Learns, then moves the model into place and removes surplus ones."""
    start = "_".join(data.languages)
    for left in place.parent.glob(f"{_MAKING}{start}-*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{_MAKING}{start}-", dir=place.parent) as name:
        made = Path(name, "model")
        made.mkdir()
        usual = _train(data, terms, words, made)
        files = {path.name: _digest(path) for path in sorted(made.iterdir())}
        about = {"usual": dict(usual.usual), "files": files}
        (made / _ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)  # one that was found broken
        others = sorted(place.parent.glob(f"{start}-*"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in others[kept - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
        made.rename(place)
    return usual


def _train(data: ParallelData, terms: Sequence[Term], words: Callable[[str], Sequence[str]], folder: Path) -> Casing:
    pairs = [pair(unit.source, unit.target, data.languages, words) for unit in data.units]
    for term in terms:
        first, second = (sentence(text, name, words) for text, name in zip(term, data.languages, strict=True))
        pairs.append((first, second))
    source, target = (casing.learn(side.tokens for side in sides) for sides in zip(*pairs, strict=True))
    training.train([(source.everywhere(a.tokens), target.at_start(b.tokens)) for a, b in pairs], folder)
    return source


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
