"""The models of the engine ``neural``: found in a folder, or fetched once and kept with their checksums.

A folder has one folder per pair of languages, such as ``en-pt``, with the files as Mozilla names them: ``model.*``,
``vocab.*`` (or ``srcvocab.*`` and ``trgvocab.*``) and ``lex.*``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bot import __version__
from bot.engines.neural.catalogue import Record, newest
from bot.errors import AmtsError
from bot.languages import base_language

RECORDS = "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/translations-models-v2/records"
"""Mozilla's list of models (its address in fxtranslate 0.5.0)."""

FILES = "https://firefox-settings-attachments.cdn.mozilla.net"
"""Where the files of the list are (as in fxtranslate 0.5.0)."""

TIMEOUT = 60.0
"""Seconds without a byte after which a download has failed (a guess)."""

_SUMS = "checksums.json"


@dataclass(frozen=True)
class Model:
    """The files of one pair of languages; ``shortlist`` is None where there is none."""

    model: Path
    source_vocabulary: Path
    target_vocabulary: Path
    shortlist: Path | None


@dataclass(frozen=True)
class Store:
    """Where models are: ``given``, a folder that the settings name, or ``kept``, what was fetched from ``mirror``."""

    kept: Path
    given: Path | None = None
    mirror: str | None = None

    def find(self, languages: tuple[str, str]) -> Model | None:
        """The model on this machine; None if there is none, or one that was fetched is damaged."""
        for name in _names(languages):
            folder = (self.given or self.kept) / name
            if found := _model(folder):
                return found if self.given or _whole(folder) else None
        return None

    def bring(self, languages: tuple[str, str], tell: Callable[[str], None]) -> Model:
        """The model, fetched if it is not here. Raises AmtsError if it cannot be had."""
        if found := self.find(languages):
            return found
        pair = "-".join(languages)
        if self.given:
            raise AmtsError(
                f"there is no model {pair} in {self.given}",
                why=f"it has no folder {' or '.join(_names(languages))} with model.*, vocab.* and lex.* files",
                fix="put it there, or remove neural.models from amts.yml so that it is fetched",
            )
        records = self._records(languages)
        tell(f"{languages[1]}: fetching the neural model, {sum(r.size for r in records) / 1e6:.0f} MB, once")
        folder = self.kept / f"{records[0].source}-{records[0].target}"
        try:
            self._fetch(records, folder)
        except OSError as error:
            raise AmtsError(
                f"the model {pair} cannot be kept in {self.kept}",
                why=error.strerror or str(error),
                fix="make room there, or name another folder with `clones` in amts.yml",
            ) from error
        if found := _model(folder):
            return found
        raise AmtsError(
            f"the model {pair} is incomplete",
            why=f"the list of models names only {', '.join(r.kind for r in records)}",
            fix="name a folder with a model as neural.models in amts.yml",
        )

    def _records(self, languages: tuple[str, str]) -> tuple[Record, ...]:
        body = self._read(f"{self.mirror}/records" if self.mirror else RECORDS).decode("utf-8", "replace")
        try:
            found = newest(body, [(n.partition("-")[0], n.partition("-")[2]) for n in _names(languages)])
        except ValueError as error:
            raise AmtsError(
                "the list of neural models cannot be read", why=str(error), fix="try again later, or set neural.models"
            ) from error
        if not found:
            raise AmtsError(
                f"there is no neural model from {languages[0]} to {languages[1]}",
                why="the list of Firefox's models has none for it",
                fix="choose another engine (docs/engines.md)",
            )
        return found

    def _fetch(self, records: tuple[Record, ...], folder: Path) -> None:
        """Downloads into a folder beside, and moves that into place when all is there."""
        from fxtranslate import discovery

        self.kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetching-", dir=self.kept) as made:
            sums = {}
            for record in records:
                data = self._read(f"{self.mirror or FILES}/{record.location}")
                try:
                    data = bytes(discovery.verify_and_decompress(data, record.checksum))
                except ValueError as error:
                    raise AmtsError(
                        f"the file {record.name} arrived damaged", why=str(error), fix="run it again"
                    ) from error
                Path(made, record.name).write_bytes(data)
                sums[record.name] = hashlib.sha256(data).hexdigest()
            Path(made, _SUMS).write_text(json.dumps(sums), encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)  # one that was found damaged
            Path(made).rename(folder)
            Path(made).mkdir()  # so that there is something to remove

    def _read(self, url: str) -> bytes:
        with _explained(url):
            request = Request(url, headers={"User-Agent": f"amts/{__version__}"})
            with urlopen(request, timeout=TIMEOUT) as answer:
                data: bytes = answer.read()
            return data


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        if isinstance(error, HTTPError):
            error.close()
        raise AmtsError(
            f"{url} cannot be read",
            why=str(why) or type(error).__name__,
            fix="check the network, or put the models into a folder and name it as neural.models in amts.yml",
        ) from error


def _names(languages: tuple[str, str]) -> list[str]:
    """The names that a pair may have: exact, by the base language, and Chinese by its script (a guess)."""
    targets = [languages[1], base_language(languages[1])]
    if targets[1] == "zh":
        traditional = any(part in languages[1] for part in ("Hant", "TW", "HK"))
        targets = [languages[1], *(["zh-Hant"] if traditional else ["zh-Hans", "zh"])]
    sources = dict.fromkeys([languages[0], base_language(languages[0])])
    return [f"{source}-{target}" for source in sources for target in dict.fromkeys(targets)]


def _model(folder: Path) -> Model | None:
    def one(pattern: str) -> Path | None:
        return next(iter(sorted(p for p in folder.glob(pattern) if p.suffix != ".json")), None)

    model, vocabulary = one("model.*"), one("vocab.*")
    source, target = one("srcvocab.*") or vocabulary, one("trgvocab.*") or vocabulary
    return Model(model, source, target, one("lex.*")) if model and source and target else None


def _whole(folder: Path) -> bool:
    """Whether the files are those that were fetched."""
    try:
        sums = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return all(hashlib.sha256((folder / n).read_bytes()).hexdigest() == s for n, s in sums.items())
    except (OSError, ValueError, AttributeError):
        return False
