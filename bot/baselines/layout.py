"""Where the translation of each English document is: one pattern for English paths, one for translated paths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

FIELD = re.compile(r"\{([a-z]*)\}")
"""A field of a pattern."""

_LANGUAGE = "[A-Za-z]{2,}(?:[-_][A-Za-z]+)*"
"""Matches what looks like the code or the name of a language."""

_NAMED = re.compile(rf"(\{{stem\}}[^A-Za-z{{}}]+){_LANGUAGE}(?=\{{ext\}})")
"""Matches the start of the name of a file up to the language that is written out in it."""

WHOLE = "{path}"
"""The pattern of a repository that holds documents of one language at the paths they have in the book."""


@dataclass(frozen=True)
class Layout:
    """Maps paths between English and one translation.

    ``{path}`` is the path of a document in the book, with folders; ``{stem}`` and ``{ext}`` are the same in two parts:
    ``guide/a`` and ``.md``. In both patterns ``{lang}`` is replaced: by ``en`` in ``source``, by ``language`` in
    ``target``. A file that one of the layouts ``apart`` matches is theirs: ``docs/zh/a.md`` where one language is in
    ``docs/{path}`` and another in ``docs/{lang}/{path}``.
    """

    language: str = ""
    target: str = WHOLE
    source: str = WHOLE
    apart: tuple[Layout, ...] = ()

    def translated(self, source_path: str) -> str:
        """The path of the translation of an English document; empty if ``source`` does not match its path."""
        return _moved(self._sources, source_path, self.target.replace("{lang}", self.language))

    def english(self, path: str) -> str:
        """The path of the English that a file translates; empty if ``target`` does not match its path."""
        if any(other.holds(path) for other in self.apart):
            return ""
        return _moved(self._targets, path, self.source.replace("{lang}", "en"))

    def holds(self, path: str) -> bool:
        """Whether ``target`` matches the path of a file."""
        return self._targets.fullmatch(path) is not None

    @property
    def weight(self) -> int:
        """How much of ``target`` is no field, in code points: of two layouts the heavier one is more specific."""
        return len(FIELD.sub("", self.target.replace("{lang}", self.language)))

    @property
    def in_names(self) -> bool:
        """Whether only the names of files show the language, so that one may look like it by chance: ``what.is.md``."""
        folders, _, name = self.target.rpartition("/")
        return "{lang}" in name and "{lang}" not in folders

    @property
    def in_file_names(self) -> bool:
        """Whether translations are beside their English, with the language, by its code or name, in their own names."""
        return "{lang}" not in self.target.rpartition("/")[0] and self._others is not None

    def covers_english(self, path: str) -> bool:
        """Whether ``source`` matches the path of a file."""
        return self._sources.fullmatch(path) is not None

    def filled(self, language: str) -> str:
        """``target`` for another language."""
        return self.target.replace("{lang}", language)

    def other(self, path: str) -> tuple[str, str]:
        """Any language that a file may be in, were all laid out in this way, and the path of its English then.

        ``page.french.md`` may be French for ``page.md`` where a target is ``{stem}.{lang}{ext}`` or
        ``{stem}.chinese{ext}``. Both are empty if the file is not at such a path, or the target shows no language.
        """
        match = self._others.fullmatch(path) if self._others else None
        return (match["lang"], _filled(match, self.source.replace("{lang}", "en"))) if match else ("", "")

    @cached_property
    def _sources(self) -> re.Pattern[str]:
        return _compiled(self.source, "en")

    @cached_property
    def _targets(self) -> re.Pattern[str]:
        return _compiled(self.target, re.escape(self.language))

    @cached_property
    def _others(self) -> re.Pattern[str] | None:
        target = self.target if "{lang}" in self.target else _NAMED.sub(r"\1{lang}", self.target)
        return _compiled(target, f"(?P<lang>{_LANGUAGE})") if "{lang}" in target else None


SAME = Layout()
"""Translations at the paths that English has in another repository."""


def problem(pattern: str) -> str:
    """Why a pattern cannot be used, in words that follow its name; empty if it can be used."""
    fields = FIELD.findall(pattern)
    if wrong := [f for f in fields if f not in ("path", "stem", "ext", "lang")]:
        return f"has the unknown field {{{wrong[0]}}}"
    if sorted(f for f in fields if f != "lang") not in (["path"], ["ext", "stem"]):
        return "should have {path} once, or {stem} and {ext} once each"
    if not pattern.endswith(("{path}", "{ext}")):
        return "should end with {ext}" if "ext" in fields else "should end with {path}"
    if pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern or "//" in pattern:
        return "should be a path inside the repository"
    return ""


def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    """``language`` is a regular expression."""
    named = {"path": "(?P<path>.+)", "stem": "(?P<stem>.+)", "ext": r"(?P<ext>\.[^./]+)", "lang": language}
    parts = FIELD.split(pattern)
    return re.compile("".join(named[part] if n % 2 else re.escape(part) for n, part in enumerate(parts)), re.DOTALL)


def _moved(pattern: re.Pattern[str], path: str, into: str) -> str:
    """``path``, which matches ``pattern``, with its fields put into another pattern."""
    match = pattern.fullmatch(path)
    return _filled(match, into) if match else ""


def _filled(match: re.Match[str], into: str) -> str:
    """A pattern with the fields of a path that matched another one."""
    found = match.groupdict()
    whole = found.get("path") or found["stem"] + found["ext"]
    stem, dot, ext = whole.rpartition(".")
    parts = {"path": whole, "stem": stem if dot else whole, "ext": dot + ext if dot else ""}
    return FIELD.sub(lambda m: parts[m[1]], into)
