"""What is proposed for the settings, as values, and the commented ``amts.yml`` made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bot.baselines.layout import WHOLE
from bot.contracts import DEFAULT_KEY
from bot.drafting.report import many
from bot.setup.evidence import BaselineFound, FlavourFound
from bot.setup.layouts import Candidate

_PLAIN = re.compile(r"[A-Za-z./_][\w./:@+-]*")
_RESERVED = frozenset("no yes on off y n true false null".split())
"""Words that YAML 1.1 reads as something else than text; ``no`` is also Norwegian."""


@dataclass(frozen=True)
class Language:
    """A language: the repository with its documents, the layout found there, and where its English is recorded."""

    repository: str
    found: Candidate
    baseline: BaselineFound
    notes: tuple[str, ...] = ()

    @property
    def language(self) -> str:
        return self.found.language

    @property
    def recorded(self) -> bool:
        """Whether the English of any document is recorded."""
        return self.baseline.documents > 0


@dataclass(frozen=True)
class Proposal:
    """The settings that fit the repositories."""

    source: str
    layout: str
    documents: int
    flavour: FlavourFound
    exclude: tuple[str, ...]
    languages: tuple[Language, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every repository once."""
        return tuple(dict.fromkeys((self.source, *(one.repository for one in self.languages))))

    def at(self, addresses: dict[str, str]) -> Proposal:
        """The same with other addresses of the repositories."""
        moved = tuple(replace(one, repository=addresses[one.repository]) for one in self.languages)
        return replace(self, source=addresses[self.source], languages=moved)


def settings_text(proposal: Proposal) -> str:
    """The text of ``amts.yml``, with the reason for each value."""
    lines = [
        "# The settings of AMTS, made by `amts init`. What each key means, and all others: docs/settings.md",
        "",
        "source:",
        f"  repository: {scalar(proposal.source)}",
    ]
    english = f"{many(proposal.documents, 'English document')}"
    if proposal.layout != WHOLE:
        lines.append(f"  layout: {scalar(proposal.layout)}   # {english} there")
    else:
        lines.append(f"  # {english}, anywhere in the repository")
    if proposal.exclude:
        listed = ", ".join(map(scalar, proposal.exclude))
        lines += ["  # About the project, and not translated:", f"  exclude: [{listed}]"]
    lines += _flavour(proposal.flavour)
    lines += ["", "translations:"]
    for language in proposal.languages:
        lines += _translation(language)
    lines += [
        "",
        "# Sentences that changed are reused from the translation, or left in English and listed. Other engines draft",
        "# them: neural, amazon, … (docs/engines.md).",
        "engine: memory_only",
    ]
    return "\n".join(lines) + "\n"


def summary(proposal: Proposal) -> list[str]:
    """The same for a terminal: a line for English, and one for each language."""
    at = "" if proposal.layout == WHOLE else f" at {proposal.layout}"
    flavour = f", flavour {proposal.flavour.flavour}" if proposal.flavour.flavour else ""
    lines = [f"English: {many(proposal.documents, 'document')} in {proposal.source}{at}{flavour}"]
    for one in proposal.languages:
        where = "" if one.found.target == WHOLE else f" at {one.found.target}"
        lines.append(
            f"{one.language}: {many(one.found.pairs, 'translated document')} in {one.repository}{where}; {_why(one)}"
        )
        lines += [f"  {note}" for note in one.notes]
    return lines


def scalar(value: str) -> str:
    """A text as a YAML value, in quotes where YAML could read it as something else."""
    if _PLAIN.fullmatch(value) and value.lower() not in _RESERVED and not value.endswith(":"):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _flavour(found: FlavourFound) -> list[str]:
    shown = sorted(((n, name) for name, n in found.counts.items() if name != "commonmark"), reverse=True)
    if found.flavour:
        seen = found.counts[found.flavour]
        return [f"  flavour: {found.flavour}   # seen in {seen} of {many(found.read, 'document')} that were read"]
    if not shown:
        return ["  # flavour: not set; no document shows more than common Markdown, and each is looked at by itself"]
    names = ", ".join(f"{name} {n}" for n, name in shown)
    return [f"  # flavour: not set, so each document is looked at by itself; documents that show one: {names}"]


def _translation(one: Language) -> list[str]:
    found = one.found
    of = many(found.documents, "document")
    pairs = f"all {of}" if found.pairs == found.documents and found.pairs > 1 else f"{found.pairs} of {of}"
    have = "has" if found.documents == 1 else "have"
    lines = [
        f"  # {pairs} {have} an English document at the same place",
        f"  - language: {scalar(found.language)}",
        f"    repository: {scalar(one.repository)}",
    ]
    if found.target != WHOLE:
        lines.append(f"    layout: {scalar(found.target)}")
    lines.append(f"    baseline: {one.baseline.kind}   # {_why(one)}")
    if one.baseline.kind == "front-matter" and one.baseline.key != DEFAULT_KEY:
        lines.append(f"    baseline_key: {one.baseline.key}")
    return lines + [f"    # {note}" for note in one.notes]


def _why(one: Language) -> str:
    found = one.baseline
    if not found.documents:
        return "no English version is recorded yet"
    if found.kind == "lock":
        return "its lock records the English of documents"
    if found.kind == "front-matter":
        return f"{found.key} names the English commit of {found.documents} of {many(found.sampled, 'document')} read"
    if found.kind == "comments":
        return f"comments of {found.documents} of {many(found.sampled, 'document')} read have the English"
    own = "its" if found.documents == 1 else "their"
    return f"{many(found.documents, 'document')} with {own} English beside, x_origin.md beside x.md"
