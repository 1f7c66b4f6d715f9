"""What people have to look at in a document of a pull request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.review.record import State

if TYPE_CHECKING:
    from bot.document.structure import Divergence
    from bot.drafting.reviews import Texts
    from bot.planning.flags import Flag
    from bot.review.unfinished import Gone, Unfinished


@dataclass(frozen=True)
class DocumentReview:
    """A document with the ``sentences`` that wait for people, in reading order, and what else they should look at.

    ``flags`` and ``divergences`` are those of all syncs since people merged it; ``gone`` is what they had merged and is
    nowhere any more, neither in the document nor beside one of the sentences. ``texts`` are those that it is about.
    """

    path: str
    sentences: tuple[Unfinished, ...] = ()
    flags: tuple[Flag, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    gone: tuple[Gone, ...] = ()
    texts: Texts | None = field(default=None, compare=False, repr=False)

    @property
    def counts(self) -> Counter[State]:
        """How many sentences wait for each reason."""
        return Counter(one.state for one in self.sentences)

    @property
    def notes(self) -> int:
        """How much else people have to decide."""
        return sum(flag.asks for flag in self.flags)

    @property
    def to_translate(self) -> int:
        """How many sentences are still English."""
        return self.counts["english"]

    @property
    def to_check(self) -> int:
        """How many other sentences and notes people have to look at."""
        return self.work - self.to_translate

    @property
    def work(self) -> int:
        """How much there is to do, in sentences and notes."""
        return len(self.sentences) + self.notes
