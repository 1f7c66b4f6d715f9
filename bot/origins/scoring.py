"""Compares a translation with many versions of its English: which fits best, and which fit as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.origins.fingerprint import Fingerprint, distance, fingerprint, likeness
from bot.origins.prose import Reading
from bot.origins.suspicion import lacking
from bot.repositories.versions import Version

BELIEF = 1.5
"""What a difference of weight 1 between fingerprints says, as a log likelihood ratio (a guess: on real pairs any
value from 1 to 3 gives the same order)."""

NEAR = 8.0
"""Weight by which a version may be farther from a translation than the nearest one, to have its prose read too."""

MOST = 16
"""Versions of one document whose prose is read."""

TIE = 1.0
"""Log likelihood ratio below which two versions fit equally well (a guess: of 160 real pairs of neighbouring versions
it calls ten equal and none wrong)."""


@dataclass(frozen=True)
class Fit:
    """How well one version fits: ``cost`` is 0 for the best one, and a log likelihood ratio for the others.

    ``alike`` is the share of what a translation keeps (code, formulas, labels, numbers) that the two have in common.
    """

    version: Version
    cost: float
    alike: float


class Prints:
    """Fingerprints of English blobs, each made once; ``read`` returns the text of a blob."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self.read = read
        self._made: dict[str, Fingerprint] = {}

    def of(self, blob: str) -> Fingerprint:
        if blob not in self._made:
            self._made[blob] = fingerprint(self.read(blob))
        return self._made[blob]


SAMPLED = 8
"""Older versions whose sentences are compared with those of the version whose code fits best."""

TORN = 4.0
"""Log likelihood ratio by which the sentences must prefer another version than the code does (a guess)."""


class Ranking:
    """``versions``, oldest first, in the order in which they fit a translation; of equal ones, the older first."""

    def __init__(self, target: str, versions: Sequence[Version], prints: Prints, language: str) -> None:
        self.target, self.prints, self.language = target, prints, language
        self._age = {v: (v.time, n) for n, v in enumerate(versions)}
        self._own = own = fingerprint(target)
        far = {v: distance(own, prints.of(v.blob)) for v in versions}
        least = min(far.values())
        ranked = sorted(versions, key=lambda v: (far[v], -v.time))
        near = [v for v in ranked if far[v] <= least + NEAR][:MOST]
        self._base = near[0]
        self._read: dict[Version, float] = {self._base: 0.0}
        costs = {v: BELIEF * (far[v] - least) for v in versions}
        if len(near) > 1:
            costs |= {v: costs[v] + self.prose(v) for v in near}
        best = min(costs.values())
        found = [Fit(v, costs[v] - best, likeness(own, prints.of(v.blob))) for v in versions]
        self.fits = tuple(sorted(found, key=lambda f: (f.cost, self._age[f.version])))

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.prints.read(self._base.blob), self.target, self.language)

    def prose(self, version: Version) -> float:
        """How much worse the sentences of a version fit than those of the version that is nearest by its code."""
        if version not in self._read:
            self._read[version] = self._reading.cost(self.prints.read(version.blob))
        return self._read[version]

    @cached_property
    def tied(self) -> tuple[Fit, ...]:
        """Those that fit as well as the best one, in the order of their time; none that another of them refutes."""
        equal = sorted((f for f in self.fits if f.cost <= TIE), key=lambda f: self._age[f.version])
        return tuple(f for f in equal if not any(self._refutes(g.version, f.version) for g in equal))

    def lacking(self, version: Version) -> tuple[str, ...]:
        """What the translation lacks of a version, as ``bot.origins.suspicion`` has it."""
        return lacking(self.prints.read(version.blob), self.target)

    def _refutes(self, one: Version, other: Version) -> bool:
        """Whether the translation is clearly of ``one``, little as they differ: it has what only that has, such as a
        number, it lacks what only the ``other`` has, and nothing speaks for the ``other``.
        """
        own, ours, theirs = (f.features for f in (self._own, self.prints.of(one.blob), self.prints.of(other.blob)))
        has = lacks = False
        for feature in ours.keys() | theirs.keys():
            here, there, true = ours.get(feature, 0), theirs.get(feature, 0), own.get(feature, 0)
            if here != there:
                if abs(here - true) >= abs(there - true):
                    return False
                has, lacks = has or here > there, lacks or there > here
        return has and lacks

    def older_by_prose(self, chosen: Version) -> Version | None:
        """An older version that the sentences clearly prefer to the ``chosen`` one, which the code prefers.

        People sometimes update only the code of a translation. Looks at a sample, evenly spread in time.
        """
        older = sorted((v for v in self._age if self._age[v] < self._age[chosen]), key=self._age.__getitem__)
        sample = older[:: -(-len(older) // SAMPLED)] if older else []
        found = []
        for version in sample:
            ahead = self.prose(version) - self.prose(chosen)
            if ahead < -TORN:
                # The alignment with either version may be wrong somewhere: believe only what both say.
                back = Reading(self.prints.read(version.blob), self.target, self.language)
                found.append((max(ahead, -back.cost(self.prints.read(chosen.blob))), self._age[version], version))
        cost, _, version = min(found, default=(0.0, (0, 0), chosen))
        return version if cost < -TORN else None
