"""Blocks of a text and of its translation, and of two versions of the English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import Piece, books, source, target
from support.examples import examples

from bot.alignment.blocks import align_translation, align_versions, face, identity
from bot.alignment.gale_church import Bead
from bot.document.markdown import parse
from bot.document.model import Block

quick = examples(10)

INTRO, LAST = "A boat floats on calm water.", "The crew goes home before the night."
LONG_ONE = "The mast of our boat is made of old pine and carries one large sail in front of its cabin."
LONG_TWO = "On Sunday, when it rains, the crew sleep under a heavy roof and dream about the next harbour."
HELD = {INTRO: "Лодка плывёт по тихой воде.", LAST: "Команда уходит домой до наступления ночи."}


def blocks(*texts: str) -> tuple[Block, ...]:
    return parse("\n\n".join(texts) + "\n").blocks


def aligned(english: tuple[str, ...], held: tuple[str, ...]) -> list[Bead]:
    return align_translation(blocks(*english), blocks(*held))


def code(body: str, tab: str = "") -> str:
    return f"```python\n{f'#@tab {tab}' if tab else '# start'}\n{body}\n```"


@quick
@given(books(), books())
def test_every_block_is_in_one_bead_in_order(one: list[Piece], two: list[Piece]) -> None:
    left, right = parse(source(one)).blocks, parse(target(two)).blocks
    for beads in (align_translation(left, right), align_versions(left, right)):
        assert [i for a, _ in beads for i in a] == list(range(len(left)))
        assert [j for _, b in beads for j in b] == list(range(len(right)))


@quick
@given(books())
def test_a_translation_of_every_block_is_paired_block_by_block(book: list[Piece]) -> None:
    left, right = parse(source(book)).blocks, parse(target(book)).blocks
    assert align_translation(left, right) == [((n,), (n,)) for n in range(len(book))]


@quick
@given(books(), st.data())
def test_a_removed_block_is_the_only_one_without_partner(book: list[Piece], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(book) - 1))
    old = parse(source(book)).blocks
    new = [b for n, b in enumerate(old) if n != gone]
    alone = [identity(old[left[0]]) for left, right in align_versions(old, new) if not right]
    assert alone == [identity(old[gone])]


def test_a_block_that_was_never_translated_is_left_alone() -> None:
    english = (INTRO, "$$a = b$$", "| a | b |\n|---|---|\n| one wave | two waves |", LAST)
    assert ((1,), ()) in aligned(english, (HELD[INTRO], HELD[LAST]))


def test_a_paragraph_that_the_translators_split_is_one_bead() -> None:
    two = ("The mast is made of pine.", "It carries a large sail, which the wind fills on most days of the year.")
    held = ("Мачта сделана из сосны.", "Она несёт большой парус, который ветер наполняет почти каждый день года.")
    split = aligned((INTRO, "## A", " ".join(two), "## B", LAST), (HELD[INTRO], "## А", *held, "## Б", HELD[LAST]))
    assert ((2,), (2, 3)) in split
    joined = aligned((INTRO, "## A", *two, "## B", LAST), (HELD[INTRO], "## А", " ".join(held), "## Б", HELD[LAST]))
    assert ((2, 3), (2,)) in joined


def test_code_pins_what_stands_around_it() -> None:
    english = (INTRO, code("depth = measure(bay)"), LAST)
    held = (HELD[INTRO], "*Примечание переводчика.*", code("depth = measure(bay)"), HELD[LAST])
    assert ((1,), (2,)) in aligned(english, held) and ((2,), (3,)) in aligned(english, held)


def test_translated_comments_and_strings_are_no_other_code() -> None:
    english = code("print('the depth')  # of the bay\ndepth = 3")
    held = english.replace("the depth", "глубина").replace("of the bay", "залива").replace("# start", "# начало")
    assert face(blocks(english)[0]).key == face(blocks(held)[0]).key
    assert face(blocks(english)[0]).key != face(blocks(english.replace("= 3", "= 4"))[0]).key


def test_code_of_another_framework_is_no_partner() -> None:
    english = (code("import sea", "mxnet"), code("import bay", "pytorch"))
    held = (code("import sea", "mxnet"), code("import lake", "paddle"), code("import bay", "pytorch"))
    assert aligned(english, held) == [((0,), (0,)), ((), (1,)), ((1,), (2,))]


def test_a_framework_name_added_to_a_shared_block_is_no_other_code() -> None:
    body = "import sea\ndepth = sea.measure(bay)"
    assert aligned((code(body, "mxnet"),), (code(body, "mxnet, paddle"),)) == [((0,), (0,))]
    assert aligned((code(body, "all"),), (code(body, "mxnet, paddle"),)) == [((0,), (0,))]
    assert aligned((code(body, "mxnet"),), (code(body, "paddle"),)) != [((0,), (0,))]


def test_code_in_another_language_is_no_partner() -> None:
    english = ("```python\nx = 1\n```",)
    assert ((0,), (0,)) not in aligned(english, ("```sh\nexport X=1\n```",))
    assert aligned(("```js\nlet x = row(1)\n```",), ("```js\nlet x = row(1)\n```", "```ts\nlet x = row(1)\n```")) == [
        ((0,), (0,)),
        ((), (1,)),
    ]


@pytest.mark.parametrize(("theirs", "ours"), [("", "sh"), ("sh", ""), ("text", "sh"), ("js", "jsx")])
def test_the_same_code_is_a_partner_although_translators_name_its_language(theirs: str, ours: str) -> None:
    english = (f"```{theirs}\nrow --fast --far\n```", f"```{theirs}\nrow --sail\n```")
    held = (f"```{ours}\nrow --fast --far\n```", f"```{ours}\nrow --sail\n```")
    assert aligned(english, held) == [((0,), (0,)), ((1,), (1,))]


def test_prose_is_no_partner_of_code_or_math() -> None:
    assert ((0,), (0,)) not in aligned((INTRO,), ("$$a$$",))
    assert ((0,), (0,)) not in aligned((code("x = 1"),), (HELD[INTRO],))


def test_headings_of_the_same_level_are_partners() -> None:
    english = ("## Wind", "### Knots", LAST)
    assert ((0,), (0,)) in aligned(english, ("## Ветер", HELD[LAST]))
    assert ((1,), (0,)) in aligned(english, ("### Узлы", HELD[LAST]))


def test_of_two_equal_blocks_the_earlier_is_the_partner() -> None:
    assert aligned(("$$x$$",), ("$$x$$", "$$x$$")) == [((0,), (0,)), ((), (1,))]


def test_a_list_item_is_the_partner_of_an_item() -> None:
    english = ("The sail is blue.", "* The rope is blue.", "The mast is blue.")
    assert ((1,), (0,)) in aligned(english, ("* Верёвка синяя..",))
    assert ((1,), (0,)) not in aligned(english, ("Верёвка синяя....",))


def test_prose_that_opens_with_emphasis_is_the_partner_of_such() -> None:
    english = ("The sail is blue.", "*The rope is blue*.", "The mast is blue.")
    assert ((1,), (0,)) in aligned(english, ("*Верёвка сияет*..",))


def test_math_is_the_partner_of_the_most_similar_math() -> None:
    english = ("$$alpha + beta = 1$$", "$$gamma - delta = 2$$")
    assert ((1,), (0,)) in aligned(english, ("$$gamma - delta = 3$$",))
    assert ((0,), (0,)) in aligned(english, ("$$alpha + beta = 3$$",))


def test_a_translators_note_in_emphasis_is_not_the_next_paragraph() -> None:
    beads = aligned((INTRO, LAST), (HELD[INTRO], "*Здесь переводчик добавил одну заметку.*", HELD[LAST]))
    assert beads == [((0,), (0,)), ((), (1,)), ((1,), (2,))]


def test_words_choose_between_blocks_that_look_alike() -> None:
    english, held = (INTRO, INTRO, INTRO), (HELD[INTRO],)

    def last(i: int, di: int, j: int, dj: int) -> float:
        return 20.0 if (i, di) == (2, 1) else -20.0

    found = align_translation(blocks(*english), blocks(*held), last)
    assert found == [((0,), ()), ((1,), ()), ((2,), (0,))]


def test_words_are_asked_for_places_in_the_whole_text() -> None:
    pin = code("depth = measure(bay)")
    asked: set[tuple[int, int]] = set()

    def evidence(i: int, di: int, j: int, dj: int) -> float:
        asked.add((i, j))
        return 0.0

    align_translation(blocks(INTRO, pin, LAST), blocks("## А", HELD[INTRO], pin, HELD[LAST]), evidence)
    assert (2, 3) in asked and (0, 3) not in asked


def test_what_only_the_translation_has_does_not_bend_the_length_ratio() -> None:
    english = tuple(f"Sentence of boat {n} that is about so long and no longer." for n in range(8))
    held = tuple(f"Предложение о лодке {n}, примерно такое же длинное." for n in range(8))
    note = "*" + "Очень длинная заметка переводчика. " * 60 + "*"
    assert aligned(english, (note, *held)) == [((), (0,)), *[((n,), (n + 1,)) for n in range(8)]]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("A boat\nfloats.", "A boat floats.", True),
        ("A boat floats.", "A boat sinks.", False),
        ("* A boat", "- A boat", False),
        ("```\nx  \n```", "```\nx\n```", True),
        ("```\nx\n```", "```\n x\n```", False),
        (":begin_tab:`mxnet`", ":begin_tab:`pytorch`", False),
        ("## A boat", "### A boat", False),
        ("| a | b |", "| a | c |", False),
    ],
)
def test_identity(old: str, new: str, same: bool) -> None:
    assert (identity(blocks(old)[0]) == identity(blocks(new)[0])) is same


@pytest.mark.parametrize(
    ("old", "new", "later"),
    [
        (INTRO, "A boat floats on rather calm water.", True),
        (INTRO, LAST, False),
        ("## Wind", "## Rain over the hills", True),
        ("## Wind", "### Rain over the hills", False),
        (INTRO, "* " + INTRO, True),
        (INTRO, "$$a$$", False),
        (code("x = 1\ny = 2"), code("x = 1\ny = 3"), True),
        (code("x = 1", "mxnet"), code("x = 1", "jax"), False),
        (code("x = 1", "mxnet"), code("x = 1", "mxnet, jax"), True),
        (":label:`sec_wind`", ":label:`sec_winds`", True),
        (":label:`sec_wind`", ":width:`sec_wind`", False),
        ("```toc\nwind\n```", "```python\nwind\n```", False),
        ("```py\nwind = 1\n```", "```python\nwind = 1\n```", True),
        (LONG_ONE, LONG_TWO, False),
    ],
)
def test_what_is_the_later_form_of_a_block(old: str, new: str, later: bool) -> None:
    beads = align_versions(blocks(old), blocks(new))
    assert (beads == [((0,), (0,))]) is later


def test_a_paragraph_that_grew_is_its_later_form() -> None:
    old = "The mast of our boat is made of pine and carries one large sail in front of the cabin."
    new = f"Long ago they were tall. {old} Then we painted it all over, which took three weeks of summer. {LAST}"
    assert align_versions(blocks(old), blocks(new)) == [((0,), (0,))]


def test_very_long_blocks_are_compared_by_their_start() -> None:
    body = "value = 1\n" * 3000
    assert align_versions(blocks(code(body)), blocks(code(body + "more = 2"))) == [((0,), (0,))]


def test_an_edit_in_the_middle_leaves_the_ends_paired() -> None:
    old, new = (INTRO, "## A", LAST), (INTRO, "$$n$$", "## A", LAST)
    assert align_versions(blocks(*old), blocks(*new)) == [((0,), (0,)), ((), (1,)), ((1,), (2,)), ((2,), (3,))]
    assert align_versions(blocks(*new), blocks(*old)) == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((3,), (2,))]


def test_of_two_very_long_blocks_the_one_that_starts_alike_is_the_later_form() -> None:
    one, two = code("value = 1\n" * 3000), code("other = 2\n" * 3000)
    assert align_versions(blocks(one, two), blocks(two.replace("other = 2\n```", "last = 3\n```"))) == [
        ((0,), ()),
        ((1,), (0,)),
    ]


def test_a_paragraph_is_rather_the_later_form_of_a_paragraph_than_of_a_heading() -> None:
    old = blocks(f"## {INTRO}", INTRO.replace("calm", "still"))
    assert align_versions(old, blocks(INTRO.replace("calm", "cold"))) == [((0,), ()), ((1,), (0,))]


def test_prose_of_another_tab_is_no_partner() -> None:
    tabs = tuple(f":begin_tab:`{tab}`\n{INTRO if tab == 'jax' else LAST}\n:end_tab:" for tab in ("mxnet", "jax"))
    held = f":begin_tab:`jax`\n{HELD[INTRO]}\n:end_tab:"
    assert aligned(tabs, (held,))[-3:] == [((3,), (0,)), ((4,), (1,)), ((5,), (2,))]
    one, two = (blocks(f":begin_tab:`{tab}`\nx\n:end_tab:") for tab in ("mxnet", "jax"))
    assert identity(one[2]) != identity(two[2]) and identity(one[1]) == identity(two[1])


def test_a_role_of_another_name_is_no_partner() -> None:
    assert ((0,), (0,)) not in aligned((":label:`sec_a`",), (":width:`sec_a`",))
    assert aligned((":label:`sec_a`",), (":label:`sec_b`",)) == [((0,), (0,))]


def test_math_in_another_tab_may_be_a_partner() -> None:
    assert ((0,), (1,)) in aligned(("$$a$$",), (":begin_tab:`jax`\n$$a$$\n:end_tab:",))


def test_pictures_are_known_by_their_files() -> None:
    english = ("![One wide sail](sea/sail.svg)", "![One long rope](sea/rope.svg)")
    assert ((1,), (0,)) in aligned(english, ("![Длинный канат](es/sea/rope.svg)",))
    assert ((0,), (0,)) in aligned(english, ("![Широкий парус](es/sea/sail.svg)",))


def test_titled_boxes_are_known_by_their_kind() -> None:
    english = ("```{note} A wide sail\n```", "```{warning} A long rope\n```")
    assert ((2,), (0,)) in aligned(english, ("```{warning} Канат длинный\n```",))


LONG = f"{LONG_ONE} {LONG_TWO} {INTRO} {LONG_TWO} {LONG_ONE}"


@pytest.mark.parametrize(("atom", "together"), [("See :numref:`fig_sea`.", True), ("", False)])
def test_texts_without_partner_beside_each_other_are_partners_if_they_share_an_atom(atom: str, together: bool) -> None:
    held = HELD[INTRO], f"Коротко. {atom}", HELD[LAST]
    beads = aligned((INTRO, f"{LONG} {LONG} {atom}", LAST), held)
    assert (((1,), (1,)) in beads) == together
    own = aligned((INTRO, f"{LONG} {LONG} {atom}", LAST), (HELD[INTRO], code("x = 1", "paddle"), *held[1:]))
    assert (((1,), (2,)) in own) == together


@pytest.mark.parametrize(
    ("english", "held"),
    [
        ("There are 2 ropes.", "Заметка 2 о канатах."),
        ("Ropes <br/> here.", "О канатах <br/> тут."),
        ("See :numref:`fig_sea`.", "*Заметка к :numref:`fig_sea`.*"),
        ("See :numref:`fig_sea`.", "Заметка к :numref:`fig_sea` и :numref:`fig_sky`."),
    ],
)
def test_a_text_of_the_translators_own_is_no_partner_of_one_that_has_none(english: str, held: str) -> None:
    """It would go with the English that it has nothing to do with."""
    beads = aligned((INTRO, f"{LONG} {LONG} {english}", LAST), (HELD[INTRO], held, HELD[LAST]))
    assert ((1,), (1,)) not in beads


@pytest.mark.parametrize(("tabs", "together"), [("jax, mxnet", True), ("all", True), ("jax", False), ("", True)])
def test_code_without_a_tab_may_have_got_several(tabs: str, together: bool) -> None:
    english, held = "```python\nmast = raise_it(ropes=3)\n```", "```python\n#@tab {}\nmast = raise_it(ropes=3)\n```"
    beads = aligned((english,), (held.format(tabs) if tabs else english,))
    assert (((0,), (0,)) in beads) == together


def test_of_parts_that_end_alike_the_one_that_nothing_resembles_is_new() -> None:
    def part(name: str, words: str) -> list[str]:
        return [f"{{% if {name} %}}", f"* **{words}**", "* [{{ one.name }}]({{ one.url }})", "{% endif %}"]

    old = blocks(*part("sea.boats", "Boats that float"), *part("sea.ropes", "Ropes to sell"))
    later = [*part("sea.now.boats", "Boats that float now"), *part("sea.now.ropes", "Ropes to sell now")]
    beads = align_versions(old, blocks(*part("sea.now.oars", "Oars"), *later))
    assert [(left, right) for left, right in beads if left] == [((n,), (n + 4,)) for n in range(8)]


def test_a_paragraph_is_no_translation_of_items_whose_list_is_elsewhere() -> None:
    before = ["# Boats", "Boats are old. They carry people.", "## Sails"]
    before += ["A sail catches the wind. It is made of canvas."]
    items = ["- Take the sail down.\n- Fold it well.\n- Keep it dry."]
    after = ["## Oars", "Oars are long. They need strong arms."]
    after += ["## Harbours", "A harbour is safe. Ships wait there."]
    ours = ["# Barcos", "Los barcos son viejos. Llevan gente.", "## Velas"]
    ours += ["Una vela atrapa el viento. Es de lona."]
    ours += ["## Remos", "Los remos son largos. Necesitan brazos fuertes."]
    ours += ["## Puertos", "Un puerto es seguro. Los barcos esperan allí."]
    moved = ["- Baja la vela.\n- Dóblala bien.\n- Mantenla seca."]
    beads = aligned((*before, *items, *after), (*ours, *moved))
    assert {((i,), (j,)) for i, j in zip((0, 1, 2, 3, 7, 8, 9, 10), range(8), strict=True)} <= set(beads)
