"""What the documents of a book show: which flavour of Markdown they are in, and where their English is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.baselines import comments, front_matter
from bot.baselines.layout import WHOLE, Layout
from bot.baselines.records import lock_name, sibling_path
from bot.contracts import DEFAULT_KEY, BaselineKind
from bot.document.flavours import Flavour, detect
from bot.setup.places import Documents

KEYS = (DEFAULT_KEY, "l10n.sourceCommit")
"""Keys of front matter that are known to name the English commit: sites made with Hugo, and MDN."""

READ = 60
"""How many documents are read for the flavour and for front matter (a guess: enough to see a habit)."""

AGREE = 0.8
"""Share of the documents with a flavour that must have the same one (a guess)."""

PROJECT_PAGES = frozenset(
    "readme contributing code_of_conduct security support changelog changes license licence governance maintainers"
    " authors pull_request_template issue_template".split()
)
"""Names of pages about a project, in lower case and without extension: no part of its book."""


@dataclass(frozen=True)
class FlavourFound:
    """The ``flavour`` that the documents agree on (None if they do not), and how many of those ``read`` have each."""

    flavour: Flavour | None
    counts: Mapping[Flavour, int]
    read: int


@dataclass(frozen=True)
class BaselineFound:
    """Where the English of a translation is recorded, for how many of its documents (of a sample, if ``sampled``).

    Nothing is recorded yet if ``documents`` is 0.
    """

    kind: BaselineKind
    documents: int = 0
    key: str = DEFAULT_KEY
    sampled: int = 0


def flavour(english: Documents, paths: Sequence[str]) -> FlavourFound:
    """The flavour of the English documents at ``paths``."""
    texts = english.sample(paths, READ)
    counts = Counter(detect(text) for text in texts)
    marked = Counter({name: n for name, n in counts.items() if name != "commonmark"})
    best = max(marked, key=lambda name: marked[name], default=None)
    agreed = best if best and marked[best] >= max(2, AGREE * marked.total()) else None
    return FlavourFound(agreed, counts, len(texts))


def baseline(
    files: Mapping[str, str], documents: Documents, layout: Layout, language: str, *, shared: bool
) -> BaselineFound:
    """Where a translation records its English; ``files`` are all files of its repository, path → blob id.

    The kind with the most documents; a lock counts for all, since only AMTS writes one.
    """
    paths = [path for path in documents.paths if layout.english(path)]
    if lock_name(language, shared) in files:
        return BaselineFound("lock", len(paths))
    siblings = sum(sibling_path(path) in files for path in paths)
    texts = documents.sample(paths, READ)
    counts = {key: sum(bool(front_matter.value(text, key)) for text in texts) for key in KEYS}
    key = max(KEYS, key=lambda k: counts[k])
    stamped = counts[key] * len(paths) // max(1, len(texts))
    commented = sum(map(comments.has_english, texts))
    if commented > counts[key] and 2 * commented >= len(texts) and commented * len(paths) // len(texts) > siblings:
        return BaselineFound("comments", commented, sampled=len(texts))
    if stamped > siblings:
        return BaselineFound("front-matter", counts[key], key, sampled=len(texts))
    return BaselineFound("sibling", siblings) if siblings else BaselineFound("lock")


def project_pages(english: Documents, source: str, translated: Collection[str]) -> tuple[str, ...]:
    """Patterns for the pages about the project at the root of the English repository that no language has translated.

    A pattern without a slash matches in every folder: a name that is also elsewhere in the book is left in.
    """
    if source != WHOLE:
        return ()
    names = Counter(PurePosixPath(path).name for path in english.english)
    return tuple(
        path
        for path in english.english
        if "/" not in path
        and path.rpartition(".")[0].lower().replace("-", "_") in PROJECT_PAGES
        and names[path] == 1
        and path not in translated
    )
