"""Tables whose rows and columns English and the translators add, leave out and move, in a made-up vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.examples import examples

from bot.document.markdown import parse
from bot.document.tables import cell_texts, line_of, tables
from bot.drafting.draft import draft_document
from bot.planning.document_plan import DocumentPlan, plan_document

KEY, OWN, ADDED = 0, 100, 200
"""The first column, of code; from where on columns and rows are the translators' own, or those that English adds."""

LETTERS = "abcdefghijklmnop"
KANA = "あいうえおかきくけこさしすせそた"
LENGTH = {1: 40, 2: 10, 3: 70, OWN: 120}
"""Letters in the cells of a column of the English; the translation is half as long. They tell the columns apart."""

Grid = dict[tuple[int, int], str]
PROSE = ("A boat floats while the wind moves it.\n\n" * 8, "風が動かす間、船は浮かんでいる。\n\n" * 8)
"""Enough of it to tell how long a translation is."""


def written(row: int, column: int, alphabet: str, part: int) -> str:
    """The content of a cell, which no other cell has."""
    if column == KEY and row:
        return f"`row_{row}`"
    mark = "".join(alphabet[int(digit)] for digit in f"{row:03}{column:03}")
    return mark + alphabet[(row + column) % 16] * (LENGTH.get(column, 10) // part)


def english(row: int, column: int) -> str:
    return written(row, column, LETTERS, 1)


def translation(row: int, column: int) -> str:
    return written(row, column, KANA, 2)


def table(cells: Grid, rows: list[int], columns: list[int]) -> str:
    lines = ["| " + " | ".join(cells[row, column] for column in columns) + " |\n" for row in (0, *rows)]
    return "".join([lines[0], "|" + "---|" * len(columns) + "\n", *lines[1:]])


@dataclass(frozen=True)
class Case:
    """The three texts, and the cells of the translation."""

    old: str
    new: str
    target: str
    ours: Grid
    kept: tuple[set[int], set[int]]


def case(random: Random) -> Case:
    rows, columns = list(range(1, random.randint(3, 5))), list(range(random.randint(2, 4)))
    both = rows[:], columns[:]
    own_rows, own_columns = rows[:], columns[:]
    if random.random() < 0.5:
        own_columns.insert(random.randint(0, len(columns)), OWN)
    elif len(columns) > 2 and random.random() < 0.5:
        own_columns.remove(random.choice(columns[1:]))
    if random.random() < 0.3:
        own_rows.insert(random.randint(0, len(rows)), OWN)
    for kind in random.sample(["add row", "add column", "drop row", "drop column", "move row", "move column"], 2):
        what, _, side = kind.partition(" ")
        places = both[side == "column"]
        least = 1 if side == "column" else 0  # the first column stays
        if what == "add":
            places.insert(random.randint(least, len(places)), ADDED)
        elif len(places) > least + 1:
            place = places.pop(random.randint(least, len(places) - 1))
            if what == "move":
                places.insert(random.randint(least, len(places)), place)
    old = {(row, column): english(row, column) for row in (0, *rows) for column in columns}
    new = {(row, column): english(row, column) for row in (0, *both[0]) for column in both[1]}
    if random.random() < 0.5:
        new[both[0][0], both[1][-1]] = "quite another text than it was there before"
    ours = {(row, column): translation(row, column) for row in (0, *own_rows) for column in own_columns}
    texts = (
        PROSE[0] + table(old, rows, columns),
        PROSE[0] + table(new, both[0], both[1]),
        PROSE[1] + table(ours, own_rows, own_columns),
    )
    return Case(*texts, ours, ({0, OWN, *both[0]}, {OWN, *both[1]}))


def drafted(old: str, new: str, target: str) -> tuple[str, DocumentPlan]:
    plan = plan_document(old, new, target, language="ja")
    return draft_document(plan, {}, old=old, new=new).text, plan


@examples(120)
@given(st.randoms(use_true_random=False))
def test_every_line_has_all_columns_and_nothing_is_lost_unseen(random: Random) -> None:
    made = case(random)
    text, plan = drafted(made.old, made.new, made.target)
    document = parse(text)
    (found,) = tables(document)
    assert found.rows[-1] == len(document.blocks) - 1
    lines = [cell_texts(document.blocks[n]) for n in found.lines]
    assert {len(line) for line in lines} == {len(line_of(document.blocks[found.line].text).cells)}, text
    listed = " ".join([*(f.text for f in plan.flags), *(s.old_target for s in plan.segments)])
    for (row, column), cell in made.ours.items():
        if row in made.kept[0] and column in made.kept[1]:
            assert cell in text or cell in listed, (cell, text)
    for column in {column for _, column in made.ours if column == OWN}:
        place = lines[0].index(made.ours[0, column])
        cells = {line[place] for line in lines}
        assert cells <= {"", *(cell for (_, at), cell in made.ours.items() if at == column)}, text
    assert drafted(made.new, made.new, text)[0] == text
