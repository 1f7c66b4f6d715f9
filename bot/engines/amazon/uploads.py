"""The files that the engine uploads for a language, within the limits of the service, and what was left out of them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.alignment.translation_unit import TranslationUnit
from bot.engines.amazon.language_codes import service_codes
from bot.engines.amazon.quotas import PARALLEL_DATA_FILE
from bot.engines.resources import Resources
from bot.parallel_data import dataset, files
from bot.parallel_data.rules import RULES
from bot.terminology.glossary import LONGEST


@dataclass(frozen=True)
class Upload:
    """A file (empty if there is nothing to upload), and ``notes`` for people about what is not in it."""

    data: bytes = b""
    notes: tuple[str, ...] = ()


def parallel_data(resources: Resources) -> Upload:
    """The parallel data of a language as TMX. Of more than a file may hold, the newest pairs."""
    data = dataset.for_engine(resources.parallel_data, "tmx")
    if not data.units:
        return Upload()
    left_out = Counter({rule: data.dropped[rule] for rule in RULES}) - Counter(
        {rule: resources.parallel_data.dropped[rule] for rule in RULES}
    )
    where = "left out of the parallel data"
    notes = [f"{where}: {_many(count, 'pair')}, {RULES[rule]}" for rule, count in left_out.items()]
    languages = service_codes(data.languages)
    units: Sequence[TranslationUnit] = data.units
    tmx = _tmx(units, languages)
    while len(tmx) > PARALLEL_DATA_FILE and len(units) > 1:
        most = max(1, int(len(units) * 0.99 * PARALLEL_DATA_FILE / len(tmx)))
        newest = set(sorted(range(len(units)), key=lambda n: -units[n].provenance.time)[:most])
        units = [unit for n, unit in enumerate(units) if n in newest]
        tmx = _tmx(units, languages)
    if len(units) < len(data.units):
        gone = len(data.units) - len(units)
        limit = f"{PARALLEL_DATA_FILE:,}"
        notes.append(f"{where}: {_many(gone, 'pair')}, the oldest; it has at most {limit} bytes")
    return Upload(tmx, tuple(notes))


def terminology(resources: Resources) -> Upload:
    """The custom terminology of a language as CSV. Raises AmtsError if it is too large, or nothing is left of it."""
    terms = resources.terminology
    if terms is None:
        return Upload()
    long = terms.too_long()
    said = f"{_many(len(long), 'term')} over {LONGEST} bytes, the first “{long[0][:40]}”" if long else ""
    notes = (f"left out of the terminology: {said}",) if said else ()
    return Upload(terms.amazon_csv(service_codes(resources.parallel_data.languages)), notes)


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _tmx(units: Sequence[TranslationUnit], languages: tuple[str, str]) -> bytes:
    # Without provenance: what does not change a translation must not change the content hash.
    bare = (replace(u.provenance, document="", block=0, commit="", time=0) for u in units)
    stream = io.BytesIO()
    plain = (replace(u, provenance=p, before="", after="") for u, p in zip(units, bare, strict=True))
    files.write(plain, stream, languages, "tmx")
    return stream.getvalue()
