"""The settings of the English book: which files are its documents, and which are only beside it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from pathspec import GitIgnoreSpec
from pydantic import Field

from bot.baselines.layout import WHOLE
from bot.contracts import DOCUMENTS, NOTEBOOK
from bot.document.flavours import Flavour
from bot.settings.fields import Branch, PathPattern, Pattern, Repository
from bot.settings.strict import Strict

ASIDE = (
    ".*/",
    *(
        f"/{name}*"
        for name in (
            "readme",
            "contributing",
            "code_of_conduct",
            "code-of-conduct",
            "licence",
            "license",
            "security",
            "support",
            "governance",
            "pull_request_template",
            "issue_template",
        )
    ),
)
"""What most repositories have beside their book, as patterns in lower case (those of GitHub's community profile)."""

_ASIDE = GitIgnoreSpec.from_lines(ASIDE)


class Source(Strict):
    """The English book: ``repository`` (folder or github:owner/name), ``branch`` (default: HEAD), its documents.

    ``flavour`` is that of its Markdown; if not set, it is detected for each document. ``layout`` is where they are.
    Unless ``include`` or ``exclude`` is set, what is ``aside`` of the book is drafted only if its baseline is recorded.
    """

    repository: Repository
    branch: Branch | None = None
    include: list[Pattern] = Field(default=[f"**/*{suffix}" for suffix in DOCUMENTS], min_length=1)
    exclude: list[Pattern] = Field(default=[])
    flavour: Flavour | None = None
    layout: PathPattern = WHOLE

    def unmatched(self, paths: Collection[str]) -> tuple[str, ...]:
        """The patterns of ``include`` that match none of ``paths``."""
        return tuple(p for p in self.include if not any(GitIgnoreSpec.from_lines([p]).match_files(paths)))

    @cached_property
    def _specs(self) -> tuple[GitIgnoreSpec, GitIgnoreSpec]:
        return GitIgnoreSpec.from_lines(self.include), GitIgnoreSpec.from_lines(self.exclude)

    def aside(self, path: str) -> bool:
        """Whether a file belongs to the repository and not to the book, as far as nobody has set which ones do."""
        return not {"include", "exclude"} & self.model_fields_set and _ASIDE.match_file(path.lower())

    def covers(self, path: str) -> bool:
        """Whether the file at ``path`` is a document of the book: Markdown or a notebook, included and not excluded."""
        include, exclude = self._specs
        return path.endswith((*DOCUMENTS, NOTEBOOK)) and include.match_file(path) and not exclude.match_file(path)
