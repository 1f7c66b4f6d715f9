"""What an edition has for drafting: the pairs that people merged, its texts, its list of terms."""

from __future__ import annotations

from bot.document.tree import decoded
from bot.engines.resources import Resources
from bot.errors import AmtsError
from bot.parallel_data import dataset
from bot.settings.values import TermList
from bot.sync.corpus import Book, Edition, merged_corpus
from bot.terminology import glossary
from bot.terminology.terms import Terminology, build

LONGEST = 8_000
"""Most characters of the instructions for language models (a guess: 2,000 tokens in every request)."""


def merged_resources(english: Book, edition: Edition, commit: str) -> Resources:
    """The data for drafting: what people merged up to ``commit``, and their list of terms.

    Raises AmtsError for a list that does not exist or has no term, and for instructions that do not exist.
    """
    documents = list(merged_corpus(english, edition, commit, with_history=True).documents())
    for repository in (english.repository, edition.repository):
        repository.rest()  # learning from a whole book takes more memory than anything else
    data = dataset.build(documents, ("en", edition.name))
    texts = tuple(document.target for document in documents)
    flavour, instructions = english.source.flavour, _instructions(edition, commit)
    if edition.terms is None:
        return Resources(data, texts, edition.style, flavour=flavour, repairs=edition.repair, instructions=instructions)
    terms = merged_terminology(edition, edition.terms, commit)
    return Resources(
        data,
        texts,
        edition.style,
        terms if edition.terms.for_engines(edition.name) else None,
        terms if edition.terms.check else None,
        flavour,
        edition.repair,
        instructions,
    )


def _instructions(edition: Edition, commit: str) -> str:
    """What the translators of an edition ask of language models. Raises AmtsError for a file that does not exist."""
    if not edition.instructions:
        return ""
    files = edition.repository.files(commit)
    if edition.instructions not in files:
        raise AmtsError(
            f"the instructions {edition.instructions} of {edition.name} do not exist",
            why=f"the file is not in its repository at {commit[:10]}",
            fix="correct translations[].instructions, or remove it",
        )
    text = decoded(edition.repository.read(files[edition.instructions]), edition.instructions)
    if len(text) > LONGEST:
        raise AmtsError(
            f"the instructions {edition.instructions} of {edition.name} are too long",
            why=f"they have {len(text):,} characters, and every request repeats them",
            fix=f"keep them under {LONGEST:,}",
        )
    return text


def merged_terminology(edition: Edition, terms: TermList, commit: str) -> Terminology:
    """The terms of a list in the translation repository."""
    files = edition.repository.files(commit)
    if terms.file not in files:
        raise AmtsError(
            f"the list of terms {terms.file} of {edition.name} does not exist",
            why=f"it is not in its repository at {commit[:10]}",
            fix="correct translations[].terminology.file, or remove it",
        )
    text = decoded(edition.repository.read(files[terms.file]), terms.file)
    return build(glossary.read(text, edition.name, terms.columns))
