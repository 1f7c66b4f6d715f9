"""The costs of many pairs at once are to the last bit those of each pair."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.alignment import gale_church
from bot.alignment.blocks import TranslationCost, face
from bot.alignment.gale_church import PRIOR, AtOnce, Costs, Evidence, OneByOne, SentenceCosts, best_path, piece
from bot.alignment.version_cost import VersionCost
from bot.document.markdown import parse
from bot.document.model import Block

PIECES = """\
# A heading

## Another heading

A short paragraph.

A paragraph with `code` and 2.5 numbers, long enough to have more than eight words of its own.

A paragraph with `code` and 2.6 numbers, long enough to have many more words than eight.

*A note about it.*

- **Name**: what it is for.
- **Name**: what it was for before it was written again.

```python
print(1)
```

```
tree
```

![A figure](a.svg)

![](b.svg)

| a | b |
|---|---|
| c | Some words |

$$x = 1$$

:::note
Words. More words! And more?
:::

:begin_tab:`a`
In a tab.
:end_tab:

> Quoted words of somebody 7.

---
"""
MOVES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


def sides() -> tuple[Sequence[Block], Sequence[Block]]:
    other = PIECES.replace("paragraph", "Absatz").replace("a.svg", "c.svg").replace("## A", "# A")
    return parse(PIECES).blocks, parse(f"{other}\n{PIECES}").blocks


def words(i: int, di: int, j: int, dj: int) -> float:
    return ((7 * i + 3 * di + 11 * j + dj) % 17 - 8) / 3


@pytest.mark.parametrize("evidence", [None, words])
@pytest.mark.parametrize("scale", [0.37, 1.3])
def test_blocks_of_a_translation(scale: float, evidence: Evidence | None) -> None:
    left, right = sides()
    same(TranslationCost([face(b) for b in left], [face(b) for b in right], scale, evidence), left, right, MOVES)


def test_blocks_of_two_versions() -> None:
    left, right = sides()
    same(VersionCost(left, right), left, right, MOVES[:3])


@pytest.mark.parametrize("evidence", [None, words])
def test_sentences(evidence: Evidence | None) -> None:
    left, right = ([piece(b.text) for b in side] for side in sides())
    same(SentenceCosts(left, right, 1.3, evidence), left, right, tuple(PRIOR))


def same(cost: AtOnce, left: Sequence[object], right: Sequence[object], moves: Sequence[tuple[int, int]]) -> None:
    grid = cost.at_once()
    for di, dj in moves:
        # Spans as along a diagonal, and shorter ones at its end.
        starts = [min(2 * i, len(right) - dj) for i in range(len(left) - di + 1)]
        spans = [range(start, min(start + 20, len(right) - dj + 1)) for start in starts]
        found = grid.lines(0, di, dj, spans)
        rows = cost if isinstance(cost, Costs) else OneByOne(cost)
        assert found == rows.lines(0, di, dj, spans), (di, dj)


def test_the_path_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = sides()
    cost = TranslationCost([face(b) for b in left], [face(b) for b in right], 1.0, None)
    path = best_path(len(left), len(right), cost, MOVES)
    monkeypatch.setattr(gale_church, "WHOLE", 0)
    assert best_path(len(left), len(right), cost, MOVES) == path
