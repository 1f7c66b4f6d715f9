"""All words of the review page, in one place; a plural has a text for each category of the Unicode plural rules."""

from __future__ import annotations

from collections.abc import Mapping

Strings = Mapping[str, str | Mapping[str, str]]

ENGLISH: Strings = {
    "title": "Review: {language}",
    "english": "English",
    "at": "English at",
    "branch": "on the branch",
    "pull request": "Pull request",
    "work": "{todo}. Edit on the branch, in as many commits as you like; what you edit is settled, and disappears from "
    "this page when it is made again.",
    "nothing": "No sentence waits for you.",
    "left": {"one": "{n} of {total} left", "other": "{n} of {total} left"},
    "all done": "All {total} looked at",
    "documents": "All documents",
    "document": "Document",
    "states": "Show",
    "context": "Human sentences",
    "context none": "hidden",
    "context near": "in the same paragraph",
    "context all": "all",
    "next": "Next unfinished",
    "finish": "Finish…",
    "help": "Keyboard",
    "close": "Close",
    "copy": "Copy",
    "copied": "Copied",
    "none shown": "Nothing is left with this filter.",
    "edit": "Edit line {line}",
    "line": "Line {line}",
    "before": "Before",
    "still english": "Still English in the document.",
    "no counterpart": "–",
    "state english": "To translate",
    "state draft": "Machine draft",
    "state reused": "Reused",
    "state kept": "Kept",
    "state gone": "No longer here",
    "state note": "Note",
    "state human": "Human",
    "done english": "Translated",
    "done draft": "Right as it is",
    "done reused": "Right as it is",
    "done kept": "Right as it is",
    "done gone": "Seen",
    "done note": "Seen",
    "to translate": {"one": "{n} sentence to translate", "other": "{n} sentences to translate"},
    "to check": {"one": "{n} to check", "other": "{n} to check"},
    "gone": {"one": "{n} sentence gone", "other": "{n} sentences gone"},
    "why english": "",
    "why no draft": "not drafted: {reason}",
    "why draft": "nobody has read it yet",
    "why reused": "people wrote it so elsewhere",
    "why kept": "your translation was kept, its English changed slightly",
    "why gone": "its English was deleted or replaced",
    "why lost": "please check whether something of it should stay",
    "origin context": "people wrote it so in the same context",
    "origin exact": "people wrote it so elsewhere",
    "origin mended": "as people wrote it elsewhere, with code, references or marks put right",
    "origin repaired": "your sentence, changed only where its English changed",
    "origin engine": "machine translation",
    "origin rough": "rough machine translation, learned from this book alone",
    "kept by hand": "people updated it by hand",
    "kept small": "your translation was kept, its English changed slightly",
    "kept atoms": "your translation was kept, only code, formulas, references or links changed",
    "kept markup": "your translation was kept, only markup changed",
    "kept cosmetic": "your translation was kept, only punctuation, case or contractions changed",
    "by": "{why}, by {engine}",
    "carried": "{why} (carried over)",
    "left over": "gone from the English, may still be in the draft: {words}",
    "term": "{source} is usually {targets} here",
    "similar": "{score} similar, {place}",
    "here": "in this document",
    "elsewhere": "in {path}",
    "note code": "how code was merged",
    "note markup": "how markup was merged",
    "note moved": "moved",
    "note missing": "the translation never had this English",
    "note ahead": "the translation is ahead of its English",
    "hints": {"one": "{n} more thing to know", "other": "{n} more things to know"},
    "lacks": "the translation lacks this {kind}",
    "surplus": "the translation has this {kind} too often",
    "deletes": {"one": "This deletes {n} translated document:", "other": "This deletes {n} translated documents:"},
    "moves": {"one": "This moves {n} document:", "other": "This moves {n} documents:"},
    "failed": {"one": "{n} document failed:", "other": "{n} documents failed:"},
    "finish title": "When a document is right",
    "finish pull request": "Paste each command as a comment of its own into the pull request. It settles the "
    "sentences that you confirmed here; what is still English waits as before.",
    "finish terminal": "Run each command. It settles the sentences that you confirmed here; what is still English "
    "waits as before.",
    "finish nothing": "Confirm all drafts, reused and kept sentences of a document first: the command for it is then "
    "here.",
    "finish part": "{path}: {n} of {total} confirmed",
    "finish local": "What you confirm is kept in this browser only.",
    "keys on": "Single keys are on",
    "key j": "next sentence",
    "key k": "previous sentence",
    "key n": "next unfinished sentence",
    "key c": "confirm, or take it back",
    "key e": "edit the line",
    "key help": "this list",
}
"""The words in English."""


class Words:
    """The words of a language, filled in."""

    def __init__(self, strings: Strings = ENGLISH) -> None:
        self._strings = strings

    def __call__(self, name: str, **values: object) -> str:
        """A text with its ``values``; of a plural, the form for the value ``n``."""
        text = self._strings[name]
        if not isinstance(text, str):
            text = text["one" if values["n"] == 1 else "other"]
        return text.format(**{k: f"{v:,}" if isinstance(v, int) else v for k, v in values.items()})

    def of(self, *names: str) -> dict[str, str | Mapping[str, str]]:
        """Texts as they are, for the script of the page."""
        return {name: self._strings[name] for name in names}
