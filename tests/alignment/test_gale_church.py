"""Dynamic programming over two sequences: every piece once and in order, by length and by what survives translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import examples

from bot.alignment import gale_church
from bot.alignment.gale_church import Bead, Piece, align_sentences, bag, best_path, distance, joined, piece, ratio

quick = examples(30)

LENGTHS = st.lists(st.integers(1, 300), max_size=8)


def pieces(*lengths: int) -> list[Piece]:
    return [Piece(n, frozenset(), frozenset()) for n in lengths]


@quick
@given(LENGTHS, LENGTHS, st.floats(0.2, 4.0))
def test_every_sentence_is_in_one_bead_in_order(source: list[int], target: list[int], scale: float) -> None:
    beads = align_sentences(pieces(*source), pieces(*target), scale)
    assert [i for left, _ in beads for i in left] == list(range(len(source)))
    assert [j for _, right in beads for j in right] == list(range(len(target)))
    assert all(left or right for left, right in beads)


@pytest.mark.parametrize(
    ("source", "target", "beads"),
    [
        ((40, 90, 30), (40, 90, 30), [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]),
        ((40, 200, 30), (40, 100, 100, 30), [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]),
        ((40, 100, 100, 30), (40, 200, 30), [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]),
        ((300, 100, 100, 100, 250), (300, 300, 250), [((0,), (0,)), ((1, 2, 3), (1,)), ((4,), (2,))]),
        ((300, 300, 250), (300, 100, 100, 100, 250), [((0,), (0,)), ((1,), (1, 2, 3)), ((2,), (4,))]),
        ((60, 150, 60), (60, 60), [((0,), (0,)), ((1,), ()), ((2,), (1,))]),
        ((60, 60), (60, 150, 60), [((0,), (0,)), ((), (1,)), ((1,), (2,))]),
    ],
)
def test_lengths_alone_tell(source: tuple[int, ...], target: tuple[int, ...], beads: list[Bead]) -> None:
    assert align_sentences(pieces(*source), pieces(*target), 1.0) == beads


def test_an_atom_outweighs_length() -> None:
    bare, held = pieces(50)[0], Piece(50, bag(["$v$", "`wind`"]), frozenset())
    assert align_sentences([bare, held], [held], 1.0) == [((0,), ()), ((1,), (0,))]
    assert align_sentences([held, bare], [held], 1.0) == [((0,), (0,)), ((1,), ())]


def test_a_number_and_a_name_bring_texts_nearer() -> None:
    source = piece("In 1912 Marconi came by boat.")
    near, far = piece("1912 年 Marconi 乘船来了。"), piece("很久以前有一个人乘船来到了这里。")
    assert distance(source, near, 0.5) < distance(source, far, 0.5)
    assert distance(source, piece("很久以前 Marconi 乘船来到这里。"), 0.5) < distance(source, far, 0.5)


def test_words_decide_where_lengths_do_not() -> None:
    """Of two sentences alike in length the evidence tells which one was left out."""

    def second(i: int, di: int, j: int, dj: int) -> float:
        return 9.0 if (i, di, j, dj) == (1, 1, 0, 1) else -9.0

    assert align_sentences(pieces(50, 50), pieces(50), 1.0, second) == [((0,), ()), ((1,), (0,))]


def test_equally_many_obvious_sentences_are_paired_unless_their_words_are_strangers() -> None:
    sides = pieces(50, 80), pieces(50, 80)
    pairs = [((0,), (0,)), ((1,), (1,))]

    def partners(i: int, di: int, j: int, dj: int) -> float:
        return 0.5 if i == j and di == dj == 1 else -20.0

    assert align_sentences(*sides, 1.0, partners) == pairs

    def together(*at: int) -> float:
        return 20.0 if at == (0, 2, 0, 2) else -20.0

    assert align_sentences(*sides, 1.0, together) == [((0, 1), (0, 1))]
    assert align_sentences(*sides, 1.0, together, lambda n: n == 0) == [((0, 1), (0, 1))]
    assert align_sentences(*sides, 1.0, together, lambda n: True) == pairs


def test_a_piece_weighs_its_atoms_but_not_its_spaces() -> None:
    plain, spaced = piece("wind and rain"), piece("wind  and   rain")
    assert plain.length == spaced.length == 11
    assert piece("").length == 1
    long = "`" + "x" * 500 + "`"
    assert piece(f"wind {long}").length < 40, "a long code span is as short in every language"
    assert piece("Knot $k$, $ k $, 12 and 12.").hard == bag(["$k$", "$k$", "12", "12"])


def test_numbers_are_read_without_the_stop_behind_them() -> None:
    assert piece("It costs 12.").hard == piece("12 it costs").hard == bag(["12"])


@quick
@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=9), st.lists(st.sampled_from(["a", "b", "c"]), max_size=9))
def test_bags_share_what_counters_share(one: list[str], two: list[str]) -> None:
    assert len(bag(one) & bag(two)) == sum(min(one.count(x), two.count(x)) for x in "abc")


def test_joined_pieces_add_up() -> None:
    both = joined([piece("See `knot` 7."), piece("Tie Bowline `knot`.")])
    assert both.length == piece("See `knot` 7.").length + piece("Tie Bowline `knot`.").length
    assert both.hard == bag(["`knot`", "7", "`knot`"])
    assert both.words == piece("See `knot` 7.").words | piece("Tie Bowline `knot`.").words


@quick
@given(LENGTHS, LENGTHS)
def test_the_ratio_stays_sane(source: list[int], target: list[int]) -> None:
    assert 0.2 <= ratio(pieces(*source), pieces(*target)) <= 4.0
    assert ratio(pieces(*source), pieces(*source)) == 1.0


def test_the_ratio_is_that_of_the_texts() -> None:
    assert ratio(pieces(400, 600), pieces(250, 240)) == pytest.approx(0.5)


def test_the_distance_grows_with_the_lack_of_length_and_is_the_same_both_ways() -> None:
    hundred, *others = pieces(100, 100, 120, 150, 200)
    costs = [distance(hundred, other, 1.0) for other in others]
    assert costs == sorted(costs) and costs[0] == 0.0 < costs[1]
    assert [distance(other, hundred, 1.0) for other in others] == pytest.approx(costs)
    assert distance(pieces(1)[0], pieces(100_000)[0], 1.0) == 9.0
    assert gale_church.mismatch(pieces(60, 40), pieces(30, 70), 1.0) == 0.0


def test_one_atom_more_on_a_side_costs_and_a_shared_one_pays() -> None:
    bare, held = pieces(50)[0], Piece(50, bag(["$x$"]), frozenset())
    assert distance(held, held, 1.0) < distance(bare, bare, 1.0) < distance(held, bare, 1.0)
    two = Piece(50, bag(["$x$", "$x$"]), frozenset())
    assert distance(two, two, 1.0) < distance(two, held, 1.0)


@quick
@given(st.integers(0, 9), st.integers(0, 9), st.integers(1, 30))
def test_the_cheapest_path_is_found(rows: int, columns: int, seed: int) -> None:
    """Against a search of all paths that skip, pair or join."""
    moves = ((1, 1), (1, 0), (0, 1), (2, 1))

    def cost(i: int, di: int, j: int, dj: int) -> float:
        return (i * 7 + j * 5 + di * 3 + dj * seed) % 11 + 1.0

    best = {(rows, columns): 0.0}
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            ways = [
                cost(i, di, j, dj) + best[i + di, j + dj] for di, dj in moves if i + di <= rows and j + dj <= columns
            ]
            best.setdefault((i, j), min(ways, default=0.0))
    i = j = 0
    total = 0.0
    for left, right in best_path(rows, columns, cost, moves):
        assert left == tuple(range(i, i + len(left))) and right == tuple(range(j, j + len(right)))
        total += cost(i, len(left), j, len(right))
        i, j = i + len(left), j + len(right)
    assert (i, j) == (rows, columns) and total == best[0, 0]


def test_far_from_the_diagonal_nothing_is_looked_at() -> None:
    looked: list[int] = []

    def cost(i: int, di: int, j: int, dj: int) -> float:
        looked.append(abs(i - j))
        return 0.0 if di and dj else 1.0

    assert len(best_path(300, 300, cost, ((1, 1), (1, 0), (0, 1)), reach=3)) == 300
    assert max(looked) <= 6 and len(looked) < 300 * 40


def test_the_only_sentences_of_two_texts_are_partners_whatever_they_look_like() -> None:
    assert align_sentences(pieces(300), pieces(5), 1.0) == [((0,), (0,))]
    assert align_sentences(pieces(300), pieces(300), 1.0, lambda *_: -90.0) == [((0,), (0,))]
