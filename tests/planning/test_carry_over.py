"""What a translator's sentences become when their English is edited."""

from __future__ import annotations

import pytest

from bot.alignment.bitext import Bitext, Pair, block_sentences
from bot.document.edits import similarity
from bot.document.markdown import parse
from bot.document.model import Document
from bot.planning import tracing
from bot.planning.carry_over import Carried, Human, carry
from bot.planning.layout import Segment

MAST, SAIL = "The mast of our boat is made of old pine.", "A wide sail hangs from it on every day of the year."
HELD_MAST, HELD_SAIL = "Мачта нашей лодки сделана из старой сосны.", "На ней каждый день в году висит широкий парус."
HELD = f"{HELD_MAST} {HELD_SAIL}\n"


def carried(old: str, new: str, held: str, small_edits: str = "keep") -> Carried:
    """One paragraph (or row) a text."""
    before, after, target = parse(old), parse(new), parse(held)
    pairs = Bitext(before, target, "en", "ru").pairs(0)
    sides = [
        [s for n in range(len(document.blocks)) for s in block_sentences(document, n, "en")]
        for document in (before, after)
    ]
    later = {0: list(range(len(after.blocks)))}
    return carry(pairs, sides[1], sides[0], tracing.trace(sides[0], sides[1], later), held, small_edits, language="ru")


def shown(found: Carried, new: str) -> list[str]:
    """The units in the order of the new English; segments in brackets."""
    document: Document = parse(new)
    places = [(s.block, s.start) for n in range(len(document.blocks)) for s in block_sentences(document, n, "en")]
    assert sorted(places) == sorted(found.units)
    return [u.text if isinstance(u, Human) else f"[{u.source}]" for place in places for u in found.units[place]]


def test_a_sentence_that_did_not_change_stays_and_a_new_one_is_a_segment() -> None:
    new = f"{MAST} We paint it blue. {SAIL}\n"
    found = carried(f"{MAST} {SAIL}\n", new, HELD)
    assert shown(found, new) == [HELD_MAST, "[We paint it blue.]", HELD_SAIL]
    segment = next(u for units in found.units.values() for u in units if isinstance(u, Segment))
    assert (segment.old_source, segment.old_target, segment.similarity, segment.words) == ("", "", 0.0, "")
    assert found.kept == ()


def test_places_of_human_text_are_those_of_the_translation() -> None:
    found = carried(f"{MAST} {SAIL}\n", f"{SAIL}\n", HELD)
    (unit,) = next(iter(found.units.values()))
    assert isinstance(unit, Human) and HELD[unit.start : unit.end] == unit.text == HELD_SAIL and unit.block == 0


def test_a_rewritten_sentence_is_a_segment_with_the_pair_that_it_replaces() -> None:
    new = f"The mast of our ship is forged of shiny steel. {SAIL}\n"
    found = carried(f"{MAST} {SAIL}\n", new, HELD)
    assert shown(found, new)[1:] == [HELD_SAIL]
    segment = next(u for units in found.units.values() for u in units if isinstance(u, Segment))
    assert (segment.old_source, segment.old_target) == (MAST, HELD_MAST)
    assert 0.5 < segment.similarity < 0.9
    assert "-boat" in segment.words and "+ship" in segment.words


@pytest.mark.parametrize(
    ("old", "new", "held", "text", "kind", "applied"),
    [
        (MAST, MAST.replace("The mast", "the mast"), HELD_MAST, HELD_MAST, "cosmetic", False),
        ("It is so:", "It is so.", "Вот так:", "Вот так.", "cosmetic", True),
        ("It is so.", "It *is* so.", "Вот так.", "Вот так.", "markup", False),
        ("It *is* so.", "It **is** so.", "Вот *так*.", "Вот **так**.", "markup", True),
        ("Set `mast` up.", "Set `boom` up.", "Ставим `mast` здесь.", "Ставим `boom` здесь.", "atoms", True),
        ("Set `mast` up.", "Set `boom` up.", "Ставим здесь.", "Ставим здесь.", "atoms", False),
        ("Set mast up now.", "Set `mast` up now.", "Ставим mast здесь.", "Ставим `mast` здесь.", "markup", True),
        ("Set mast up now.", "Set `mast` up now.", "Ставим здесь.", "Ставим здесь.", "markup", False),
        (MAST, MAST.replace("old pine", "fine pine"), HELD_MAST, HELD_MAST, "small", False),
    ],
)
def test_an_edit_that_costs_no_translation_is_noted(
    old: str, new: str, held: str, text: str, kind: str, applied: bool
) -> None:
    found = carried(f"{old}\n", f"{new}\n", f"{held}\n")
    assert shown(found, f"{new}\n") == [text]
    (kept,) = found.kept
    assert (kept.kind, kept.applied, kept.old, kept.new, kept.target) == (kind, applied, old, new, text)


def test_white_space_is_not_even_noted() -> None:
    new = MAST.replace(" ", "\n") + "\n"
    found = carried(f"{MAST}\n", new, f"{HELD_MAST}\n")
    assert shown(found, new) == [HELD_MAST] and found.kept == ()


def test_small_edits_are_segments_where_that_is_wished() -> None:
    new = MAST.replace("old pine", "fine pine")
    found = carried(f"{MAST}\n", f"{new}\n", f"{HELD_MAST}\n", "translate")
    assert shown(found, f"{new}\n") == [f"[{new}]"] and found.kept == ()
    comma = MAST.replace("boat is", "boat, is")
    assert shown(carried(f"{MAST}\n", f"{comma}\n", f"{HELD_MAST}\n", "translate"), f"{comma}\n") == [HELD_MAST]


def test_notes_are_in_the_order_of_the_new_english() -> None:
    old, new = f"{MAST} {SAIL}\n", f"{SAIL.replace('A wide', 'A white')} {MAST.replace('old pine', 'fine pine')}\n"
    assert [k.old for k in carried(old, new, HELD).kept] == [SAIL, MAST]


def test_two_sentences_that_the_translators_made_one_stay_where_both_stay() -> None:
    joined = f"{HELD_MAST[:-1]}, {HELD_SAIL}"
    new = f"{MAST} {SAIL} It is blue.\n"
    assert shown(carried(f"{MAST} {SAIL}\n", new, f"{joined}\n"), new) == [joined, "[It is blue.]"]


def test_where_one_of_two_is_rewritten_both_are_segments_with_the_same_old_pair() -> None:
    joined = f"{HELD_MAST[:-1]}, {HELD_SAIL}"
    new = f"{MAST} Nobody would ever hang a sail from such a thing.\n"
    found = carried(f"{MAST} {SAIL}\n", new, f"{joined}\n")
    segments = [u for units in found.units.values() for u in units if isinstance(u, Segment)]
    assert [s.old_target for s in segments] == [joined] * 2
    assert segments[0].old_source == f"{MAST} {SAIL}"
    assert [s.similarity for s in segments] == [round(similarity(s.old_source, s.source), 3) for s in segments]


def test_a_rewritten_short_sentence_does_not_hide_in_a_long_bead() -> None:
    """The bead as a whole is more than 90% the same, its short sentence is another one."""
    long = "The mast of our boat is made of old pine and the sail of cloth that grandfather wove in his long winters"
    old, new = f"{long}. Tar it.\n", f"{long}. Oil it.\n"
    held = "Мачта нашей лодки сделана из старой сосны, а парус соткал дед долгими зимами, и мы смолим её каждый год.\n"
    found = carried(old, new, held)
    assert "[Oil it.]" in shown(found, new) and held.strip() not in shown(found, new)


def test_sentences_that_only_the_translation_has_are_kept_apart() -> None:
    held = "Мачта нашей лодки сделана из старой сосны. Это важно, и мы добавили это сами, для себя, от души.\n"
    found = carried(f"{MAST}\n", MAST.replace("old pine", "fine pine") + "\n", held)
    extra = [h.text for h in found.extras]
    everything = [u.text for units in found.units.values() for u in units if isinstance(u, Human)]
    assert " ".join([*everything, *extra]) == held.strip()


def test_a_sentence_split_over_two_blocks_is_translated_again() -> None:
    """What the translators said in one sentence cannot stand in two paragraphs."""
    old = "The mast of our boat is made of old pine, and a wide sail hangs from it on every day of the year.\n"
    new = "The mast of our boat is made of old pine.\n\nAnd a wide sail hangs from it on every day of the year.\n"
    held = f"{HELD_MAST[:-1]}, и {HELD_SAIL}\n"
    assert all(text.startswith("[") for text in shown(carried(old, new, held), new))


def test_a_sentence_split_within_its_block_keeps_its_translation() -> None:
    old = "The mast of our boat is made of old pine, and a wide sail hangs from it on every day of the year.\n"
    new = "The mast of our boat is made of old pine. And a wide sail hangs from it on every day of the year.\n"
    held = f"{HELD_MAST[:-1]}, и {HELD_SAIL}\n"
    found = carried(old, new, held)
    assert shown(found, new) == [held.strip()] and [k.kind for k in found.kept] == ["cosmetic"]


def test_english_that_the_translation_lacks_leaves_no_note() -> None:
    """A dropped sentence that is edited in a small way stays dropped, and there is nothing to look at."""
    documents = [parse(f"{MAST} {SAIL}\n"), parse(f"{MAST} {SAIL.replace('A wide', 'A white')}\n")]
    old, new = (block_sentences(document, 0, "en") for document in documents)
    held = block_sentences(parse(f"{HELD_MAST}\n"), 0, "ru")
    found = carry([Pair((old[0],), held), Pair((old[1],), ())], new, old, {0: [0], 1: [1]}, f"{HELD_MAST}\n", "keep")
    assert shown(found, documents[1].text) == [HELD_MAST] and found.kept == ()


JOINED = f"{HELD_MAST[:-1]}, и на ней висит широкий парус.\n"


@pytest.mark.parametrize(
    ("old", "new", "stays"),
    [
        (f"{MAST}\n\n{SAIL}\n", f"{MAST} {SAIL}\n", True),
        (f"{MAST}\n\n{SAIL}\n", f"{MAST}\n\n{SAIL}\n", True),
        (f"{MAST} {SAIL}\n", f"{MAST}\n\n{SAIL}\n", False),
        (f"| {MAST} | {SAIL} |\n|---|---|\n", f"| {MAST} {SAIL} |\n|---|\n", False),
    ],
)
def test_what_was_said_in_one_sentence_stays_where_its_english_is_in_one_place(old: str, new: str, stays: bool) -> None:
    before, after = (
        [s for n in range(len(d.blocks)) for s in block_sentences(d, n, "en")] for d in (parse(old), parse(new))
    )
    pair = Pair(tuple(before), block_sentences(parse(JOINED), 0, "ru"))
    traced = {n: [n] for n in range(len(after))} if len(after) == 2 else {0: [0, 1]}
    found = shown(carry([pair], after, before, traced, JOINED, "keep"), new)
    assert (found == [JOINED.strip()]) is stays and all(text.startswith("[") for text in found) is not stays


@pytest.mark.parametrize(
    ("held", "stays"),
    [
        ("Нагрейте печь до 240 градусов за 45 минут.", True),
        ("Нагрейте печь до 230 градусов за 30 минут.", False),
        ("Нагрейте печь до 240 градусов за 30 минут.", False),
        ("Нагрейте печь до 240 градусов.", False),
        ("Нагрейте печь как следует.", False),
    ],
)
def test_a_translation_that_has_the_new_numbers_was_made_for_the_new_english(held: str, stays: bool) -> None:
    """The recorded version is an older one than the translation was made from."""
    old, new = (f"Heat the oven to {a} degrees for {b} minutes.\n" for a, b in ((230, 30), (240, 45)))
    found = carried(old, new, f"{held}\n")
    assert shown(found, new) == ([held] if stays else [f"[{new.strip()}]"])
    assert [note.kind for note in found.kept] == (["by hand"] if stays else []), "people see it on the page"


def test_other_words_that_changed_beside_the_numbers_are_drafted() -> None:
    old, new = "Heat the oven to 230 degrees.\n", "Heat the iron pan to 240 degrees.\n"
    assert shown(carried(old, new, "Нагрейте печь до 240 градусов.\n"), new) == [f"[{new.strip()}]"]


@pytest.mark.parametrize(
    ("old", "new", "is_name"),
    [("# Oxnard\n", "# Oxnard {#oxnard}\n", True),
     ("- [Oxnard](a.md)\n", "- [Oxnard](b.md)\n", True),
     ("# Oxnard\n", "# Oxnard Harbour\n", False),
     ("Our long boat sails [there](a.md).\n", "Our long boat sails [there](b.md).\n", False)],
)  # fmt: skip
def test_a_name_that_is_the_same_in_both_languages_gets_the_new_id_or_link(old: str, new: str, is_name: bool) -> None:
    found = carried(old, new, old)
    (unit,) = next(iter(found.units.values()))
    assert isinstance(unit, Human) == is_name
    assert [(k.kind, k.applied) for k in found.kept] == ([("atoms", True)] if is_name else [])
    assert not isinstance(unit, Human) or unit.text in new


@pytest.mark.parametrize("behind", [".\n\nThe", ".\n\n- The"])
def test_sentences_that_english_puts_apart_stay_though_their_lengths_do_not_agree(behind: str) -> None:
    old = "The hull is wood. The mast and all of the sails that it carries are made in the same old harbor.\n"
    held = "El casco de este barco tan viejo es de una madera muy buena y bastante ligera. El mástil es de allí.\n"
    new = old.replace(". The", behind)
    assert shown(carried(old, new, held), new) == [f"{part}." for part in held[:-2].split(". ")]
