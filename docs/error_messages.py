"""The list of all error messages for docs/troubleshooting.md, grouped by what they are about."""

from __future__ import annotations

import re
from pathlib import Path

from error_reader import Raised, Source, allowed_values, raised

BOT = Path(__file__).resolve().parent.parent / "bot"

SUBJECTS = {
    "Settings": ("settings",),
    "The command line": ("cli",),
    "amts init": ("setup",),
    "amts adopt": ("origins", "sync/adopt"),
    "Repositories and branches": ("repositories", "sync/pipeline", "sync/composition", "sync/planned", "forges"),
    "GitHub": ("forges/github",),
    "The action": ("action", "sync/shards"),
    "Documents": ("document", "planning", "drafting", "companions", "sync/corpus"),
    "Recorded English": ("baselines",),
    "/retranslate and /reviewed": ("sync/retranslate", "sync/confirm"),
    "Engines": ("engines", "sync/exchange"),
    "Amazon Translate": ("engines/amazon",),
    "Parallel data, terminology, instructions": ("parallel_data", "terminology", "sync/resources"),
    "Evaluation and effort": ("evaluation", "effort"),
}
"""Each part of the code belongs to the subject that names most of its path."""

WORDS = {
    "BASE-LANGUAGE": "LANGUAGE",
    "BEFORE": "WORD",
    "ASCII": "VALUE",
    "CODE": "ERROR-CODE",
    "CONFLICTS": "DOCUMENTS",
    "DONE": "STATUS",
    "EVERY": "DOCUMENTS",
    "FOUND": "BRANCH",
    "FULL-NAME": "REPOSITORY",
    "GET-ARGS": "VALUE",
    "GETATTR": "STATUS",
    "GIVEN": "VALUE",
    "GROUP": "what git says",
    "HOLD-OUT": "PATTERN",
    "HOLDER": "the token or App",
    "HTML-URL": "ADDRESS",
    "IDLE": "PATTERN",
    "LOGIN": "the account",
    "NEAR": "VALUE",
    "ODD": "PATH",
    "OPERATION-NAME": "ACTION",
    "OWN": "amts/sync",
    "RE": "what git says",
    "SIBLING-PATH": "FILE",
    "SOURCE-PATH": "PATH",
    "URI": "ADDRESS",
    "STATUS-CODE": "STATUS",
    "STATUSTEXT": "STATUS",
    "STRERROR": "what the system says",
    "WHY-OF": "STATUS",
    "TWICE": "LANGUAGE",
    "VERSION-INFO": "VERSION",
    "WHERE": "PLACE",
    "WRONG": "VALUE",
}
"""Placeholders that say more than the names in the code."""

OF_MODULE = {
    "cli/main": {"PYTHON": "VERSION"},
    "cli/commands/effort": {"SINCE": "MONTH"},
    "engines/http_client": {"BASE": "ADDRESS"},
    "engines/neural/engine": {"PARENT": "FOLDER"},
    "engines/neural/models": {"GIVEN": "FOLDER", "KEPT": "FOLDER", "GETATTR": "what the system says"},
    "engines/amazon/language_codes": {"BASE": "LANGUAGE", "BASE-LANGUAGE": "LANGUAGE"},
    "settings/file": {"GET-ARGS": "sibling, lock, front-matter or comments"},
    "setup/survey": {"VALUE": "NUMBER documents", "WORDS": "each with what fits it"},
    "sync/exchange": {"FIRST": "what is wrong"},
}
"""The same for one module."""

UNKNOWN = {"ERROR", "TEXT", "PROBLEM", "what the system says"}
"""What alone is no text."""


def subject(module: str) -> str:
    """What the errors of a module are about. Raises SystemExit for one that nobody has sorted."""
    fitting = [(len(p), name) for name, parts in SUBJECTS.items() for p in parts if f"{module}/".startswith(f"{p}/")]
    if not fitting:
        raise SystemExit(f"bot/{module}.py has an error: say in docs/error_messages.py what it is about")
    return max(fitting)[1]


def messages(source: Source) -> dict[str, list[Raised]]:
    """Every error of the code, by subject."""
    found: dict[str, list[Raised]] = {name: [] for name in SUBJECTS}
    for one in raised(source):
        found[subject(one.module)].append(one)
    return found


def readable(text: str, module: str = "") -> str:
    """A text with better placeholders, as Markdown that shows it as it is."""
    words = {**WORDS, **OF_MODULE.get(module, {})}
    text = re.sub(r"\b([A-Z]{4,})\1\b", r"\1", text)
    text = re.sub(r"\b[A-Z][A-Z-]+\b", lambda m: words.get(m[0], m[0]), text).strip().removeprefix(": ")
    if text in UNKNOWN:
        return "what the system or the service says"
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(p if n % 2 else re.sub(r"([\\*<\[\]|#]|\b_|_\b)", r"\\\1", p) for n, p in enumerate(pieces))


def entry(raised: list[Raised], allowed: list[str]) -> str:
    """Messages that have the same causes, with these and what to do."""
    texts = list(dict.fromkeys(readable(text, raised[0].module) for text in raised[0].what))
    lines = ["\\\n".join(f"**{text}**" for text in texts), ""]
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    for one in raised:
        if (one.why, one.fix) in seen:
            continue
        seen.add((one.why, one.fix))
        for label, choice in (("why", one.why), ("fix", one.fix)):
            every = list(dict.fromkeys(readable(text, one.module) for text in choice))
            lines += [f"- {label if n == 0 else 'or'}: {text}" for n, text in enumerate(every)]
    if raised[0].module == "settings/file" and raised[0].what[0].endswith("has an invalid value"):
        lines += ["", "What else the reason may be:", "", *(f"- {text}" for text in allowed)]
    return "\n".join(lines)


def page() -> str:
    """A section for each subject, a paragraph for each message."""
    source = Source.of(BOT)
    own_words = [text for text in allowed_values(source) if text != "{why}"]
    allowed = [readable(re.sub(r"\{(\w+)\}", lambda m: m[1].upper(), text)) for text in own_words]
    parts = []
    for name, found in messages(source).items():
        by_what: dict[tuple[str, ...], list[Raised]] = {}
        for one in found:
            by_what.setdefault(one.what, []).append(one)
        ordered = sorted(by_what, key=lambda what: what[0].casefold())
        parts += [f"### {name}", *(entry(by_what[what], allowed) for what in ordered)]
    return "\n\n".join(parts)
