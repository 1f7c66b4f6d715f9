"""Reads and writes the English version that each translated document corresponds to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.contracts import DOCUMENTS, LOCK, NOTEBOOK, ORIGIN, BaselineKind
from bot.errors import AmtsError


@dataclass(frozen=True)
class Recorded:
    """The baseline of one translated document: English path and git blob id."""

    source_path: str
    blob: str


@dataclass(frozen=True)
class Baselines:
    """All recorded baselines of a translation, by the path of the translated document."""

    kind: BaselineKind
    of: Mapping[str, Recorded]


def read(kind: BaselineKind, files: Mapping[str, str], content: Callable[[str], bytes]) -> Baselines:
    """The baselines of a translation; ``files`` maps paths to blob ids, ``content`` reads a blob.

    ``sibling``: ``x_origin.md`` beside ``x.md``. ``lock``: ``amts.lock``. Raises AmtsError for a lock
    that cannot be read.
    """
    if kind == "sibling":
        found = {}
        for path, blob in files.items():
            document = document_of(path)
            if document in files:
                found[document] = Recorded(document, blob)
        return Baselines(kind, found)
    if LOCK not in files:
        return Baselines(kind, {})
    try:
        data = json.loads(content(files[LOCK]))
        entries = {str(p): Recorded(str(e["source"]), str(e["blob"])) for p, e in data["documents"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AmtsError(
            f"{LOCK} cannot be read",
            why=f"it is not the JSON that a sync writes ({type(error).__name__}: {error})",
            fix=f"restore {LOCK} from an earlier commit of the translation",
        ) from error
    return Baselines(kind, entries)


def lock_text(documents: Mapping[str, Recorded]) -> str:
    """``amts.lock`` for these documents: sorted, one value per line, so that merges stay small."""
    entries = {p: {"source": r.source_path, "blob": r.blob} for p, r in sorted(documents.items())}
    return json.dumps({"version": 1, "documents": entries}, indent=1, ensure_ascii=False) + "\n"


def sibling_path(path: str) -> str:
    """The path of the baseline of the translated document ``path``: ``x_origin.md`` for ``x.md``."""
    name, dot, suffix = path.rpartition(".")
    return f"{name}{ORIGIN}{dot}{suffix}"


def document_of(path: str) -> str:
    """The document that has ``path`` as its sibling baseline; empty for any other file."""
    name, dot, suffix = path.rpartition(".")
    known = name.endswith(ORIGIN) and dot + suffix in (*DOCUMENTS, NOTEBOOK)
    return f"{name.removesuffix(ORIGIN)}{dot}{suffix}" if known else ""


def is_record(path: str) -> bool:
    """Whether a file of a translation records baselines and is not a document itself."""
    return path == LOCK or bool(document_of(path))
