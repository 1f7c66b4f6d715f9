"""The list of documents on which a person must decide: written with candidates, read with the answers.

A line for each candidate: the document, a tab, ENGLISH-PATH@COMMIT, a tab, and a remark. Whoever answers deletes the
wrong lines of a document, or writes another commit; a document without a line stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import AmtsError
from bot.origins.verdict import Verdict, brief

_HEAD = """\
# Keep one line for each document and delete the others, or write another ENGLISH-PATH@COMMIT.
# Delete all lines of a document that is no translation, or that stays undecided.
# Then: amts adopt --language {language} --confirm FILE --write
"""


@dataclass(frozen=True)
class Answer:
    """What a person says about one document: the English path, and a commit (or tag) that has the right version."""

    source_path: str
    commit: str


Answers = Mapping[str, Answer]
"""The answers by the path of the translated document."""


def listed(verdicts: Iterable[Verdict], language: str) -> str:
    """The list of undecided documents with their candidates, the likeliest first."""
    lines = [_HEAD.format(language=language)]
    for verdict in verdicts:
        if verdict.confidence != "unsure":
            continue
        lines.append(f"# {verdict.path}: {'; '.join(verdict.evidence)}\n")
        for version in verdict.candidates:
            lines.append(f"{verdict.path}\t{version.path}@{version.oldest}\t{brief(version)}\n")
    return "".join(lines)


def read(text: str) -> Answers:
    """The answers in a list. Raises AmtsError for a line that is none, and for a document with several lines."""
    found: dict[str, Answer] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        document, _, rest = line.partition("\t")
        path, sign, commit = rest.partition("\t")[0].strip().rpartition("@")
        if not (document and path and sign and commit):
            raise AmtsError(
                f"line {number} of the list is not an answer",
                why=f"it should be a document, a tab and ENGLISH-PATH@COMMIT, not {line[:80]!r}",
                fix="correct it, or write a new list with --list",
            )
        if document in found:
            raise AmtsError(
                f"the list has several answers for {document}",
                why=f"lines {lines[document]} and {number} are both about it",
                fix="keep one line for each document; to leave it undecided, delete all of its lines",
            )
        found[document], lines[document] = Answer(path, commit), number
    return found
