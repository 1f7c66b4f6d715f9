"""The page of a notebook: a text like that of any document, which remembers the file that it was read from.

What pages look like is in ``cells``; this module needs no parser, so that a sync with nothing to do imports none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from bot.errors import AmtsError
from bot.messages import Message

if TYPE_CHECKING:
    from bot.document.notebook import Notebook

CELL = "\ufdd0"
"""First character of a page, and of each line of it that is no text: Unicode reserves it for use inside a program."""

Value = TypeVar("Value")


class Page(str):
    """The page of a notebook (``cells``): a text like that of any document, with the notebook's ``file`` beside it."""

    file: str

    def __new__(cls, page: str, file: str = "") -> Page:
        made = super().__new__(cls, page)
        made.file = file
        return made

    @property
    def notebook(self) -> Notebook:
        """The notebook, from its file."""
        return _notebook(self.file)

    @property
    def lines(self) -> tuple[int, ...]:
        """For each line of the page: its line in the file, from 1."""
        return _lines(self.file)

    def beside(self, values: Sequence[Value]) -> tuple[Value, ...]:
        """What is known of each line of the file, for each line of the page."""
        return tuple(values[min(n, len(values)) - 1] for n in self.lines) if values else ()

    def at(self, lines: tuple[int, int]) -> tuple[int, int]:
        """The first and the last line of the page on these lines of the file, all from 1; (0, 0) if there is none."""
        found = [n for n, line in enumerate(self.lines, 1) if lines[0] <= line <= lines[1]]
        return (found[0], found[-1]) if found else (0, 0)


# Not kept in the page itself, which goes from process to process.
@lru_cache(maxsize=8)
def _notebook(file: str) -> Notebook:
    from bot.document.notebook import read

    return read(file, "the notebook")


@lru_cache(maxsize=8)
def _lines(file: str) -> tuple[int, ...]:
    return tuple(line for cell in _notebook(file).lines for line in cell)


def file_of(text: str) -> str:
    """The content of the file that a document's text was read from."""
    return text.file if isinstance(text, Page) else text


def by_line(text: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """What is known of each line of a document's file, for each line of its text."""
    return text.beside(values) if isinstance(text, Page) else tuple(values)


def lines_in_text(text: str, lines: tuple[int, int]) -> tuple[int, int]:
    """Lines of a document's file, as lines of its text: the first and the last one, from 1."""
    return text.at(lines) if isinstance(text, Page) else lines


def check_alike(old: str, new: str, target: str) -> None:
    """Raises AmtsError if some of the texts of one document are of notebooks and others are not."""
    if len({isinstance(text, Page) for text in (old, new, target)}) > 1:
        raise AmtsError(
            Message("only some versions of this document are notebooks"),
            why=Message("a Markdown file and a notebook cannot be merged"),
            fix=Message("give the translation the format that its English has, and its baseline too"),
        )
