"""Blocks that English and people moved alike, before the baseline was recorded anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.books import Piece, books, source, target

from bot.planning.by_hand import by_hand
from bot.planning.document_plan import plan_document
from bot.planning.moved_by_hand import moved_back

HULL, MAST = "A hull keeps the water out at all times.\n", "Sailors climb the mast to mend its ropes.\n"
CASCO, MASTIL = "Un casco impide siempre que entre agua.\n", "Los marineros trepan al mástil a reparar cabos.\n"


def draft(old: str, new: str, recorded: str, now: str, language: str = "es") -> str:
    """The draft after people changed ``recorded`` to ``now``."""
    hand = by_hand(recorded, now, [], language)
    plan = plan_document(old, new, now, language=language, by_hand=hand)
    return "".join(part if isinstance(part, str) else f"<{part.source}>" for part in plan.parts)


def test_paragraphs_and_items_that_people_moved_as_english_did_are_not_moved_again() -> None:
    for mark, gap in (("", "\n"), ("* ", ""), ("> ", "\n")):
        old, new = (f"{mark}{a}{gap}{mark}{b}" for a, b in ((HULL, MAST), (MAST, HULL)))
        recorded, now = (f"{mark}{a}{gap}{mark}{b}" for a, b in ((CASCO, MASTIL), (MASTIL, CASCO)))
        assert draft(old, new, recorded, now) == now
        ends = [text.removesuffix("\n") for text in (old, new, recorded, now)]
        assert draft(*ends).rstrip("\n") == ends[-1]


def test_code_math_and_images_that_people_replaced_as_english_did_stay() -> None:
    code = "```py\na = {}\n```"
    for form in (code, "$$x_{}$$", "![Un bote](boat{}.png)"):
        one, two, three = (form.replace("{}", str(n)) for n in (1, 2, 3))
        old, new = f"{HULL}\n{one}\n\n{MAST}\n{two}\n", f"{HULL}\n{two}\n\n{MAST}\n{three}\n"
        recorded, now = f"{CASCO}\n{one}\n\n{MASTIL}\n{two}\n", f"{CASCO}\n{two}\n\n{MASTIL}\n{three}\n"
        assert draft(old, new, recorded, now) == now
        assert draft(old, new, recorded, recorded) == now


def test_what_only_people_moved_stays_where_they_put_it() -> None:
    tail = "\nThe boat has two oars.\n"
    now = f"{MASTIL}\n{CASCO}\nEl bote tiene dos remos.\n"
    done = draft(f"{HULL}\n{MAST}{tail}", f"{HULL}\n{MAST}{tail}\nIt is new.\n", f"{CASCO}\n{MASTIL}\nEl bote.\n", now)
    assert done.startswith(now)


def test_nothing_is_put_back_where_nobody_moved_anything() -> None:
    assert moved_back(f"{CASCO}\n{MASTIL}", f"{CASCO}\nEs nuevo.\n\n{MASTIL}", "commonmark") == ""


@given(books(), st.data())
def test_people_who_move_all_that_english_moved_lose_nothing(pieces: list[Piece], data: st.DataObject) -> None:
    prose = list(dict.fromkeys(p for p in pieces if p.kind == "paragraph"))
    order = data.draw(st.permutations(prose))
    moved = target(order)
    assert draft(source(prose), source(order), target(prose), moved).split() == moved.split()


RIG, WIND = "The rigging carries all the sails.", "Wind drives the boat over the sea."
JARCIA, VIENTO = "La jarcia lleva todas las velas.", "El viento empuja el barco por las aguas."
ENGLISH = dict(zip("hmrw", (HULL.strip(), MAST.strip(), RIG, WIND), strict=True))
SPANISH = dict(zip("hmrw", (CASCO.strip(), MASTIL.strip(), JARCIA, VIENTO), strict=True))


def english(order: str, between: str = " ") -> str:
    return between.join(ENGLISH[c] for c in order) + "\n"


def spanish(order: str, between: str = " ") -> str:
    return between.join(SPANISH[c] for c in order) + "\n"


@pytest.mark.parametrize("order", ["mhr", "mrh", "rhm", "hrm", "rmh"])
@pytest.mark.parametrize("between", [" ", "\n"])
def test_sentences_that_people_moved_as_english_did_are_not_moved_again(order: str, between: str) -> None:
    for mark in ("", "* ", "> "):
        old, new = (f"{mark}{english(o)}\n{WIND}\n" for o in ("hmr", order))
        gap = between.replace("\n", "\n" + {"": "", "* ": "  ", "> ": "> "}[mark])
        recorded, now = (f"{mark}{spanish(o, gap)}\n{VIENTO}\n" for o in ("hmr", order))
        assert draft(old, new, recorded, now) == now


def test_a_paragraph_over_uneven_lines_whose_sentences_people_moved_stays_as_it_is() -> None:
    recorded = f"{SPANISH['h']} {SPANISH['m']}\n{SPANISH['r']}\n"
    now = (
        "Los marineros trepan al mástil\na reparar cabos. La jarcia lleva todas\n"
        "las velas. Un casco impide\nsiempre que entre agua.\n"
    )
    assert draft(english("hmr"), english("mrh"), recorded, now) == now


def test_sentences_that_people_moved_in_a_language_without_spaces_are_not_moved_again() -> None:
    one, two, three = "船体随时都把水挡在外面。", "水手们爬上桅杆去修理缆绳。", "索具承载着所有的帆。"
    for now, order in ((two + one + three, "mhr"), (two + three + one, "mrh"), (one + three + two, "hrm")):
        assert draft(english("hmr"), english(order), f"{one}{two}{three}\n", f"{now}\n", "zh") == f"{now}\n"


def test_a_sentence_that_ends_like_an_abbreviation_can_be_moved_as_well() -> None:
    short = "El viento empuja el barco por el mar."  # March, too
    for order in ("hwm", "wmh", "whm", "mwh"):
        recorded, now = (spanish(o).replace(VIENTO, short) for o in ("hmw", order))
        assert draft(english("hmw"), english(order), recorded, now) == now
        assert draft(english(order), english("hmw"), now, recorded) == recorded


def test_of_sentences_that_english_moved_and_edited_only_those_are_drafted() -> None:
    changed = "Nobody can climb a mast that is wet from rain, so they wait."
    for order in ("mhr", "rmh"):
        new = english(order).replace(ENGLISH["m"], changed)
        assert draft(english("hmr"), new, spanish("hmr"), spanish(order)) == spanish(order).replace(
            SPANISH["m"], f"<{changed}>"
        )


def test_sentences_that_people_moved_and_edited_stay_with_their_english() -> None:
    edited = SPANISH["m"].replace("cabos", "los cabos rotos")
    now = spanish("rmh").replace(SPANISH["m"], edited)
    assert draft(english("hmr"), english("rmh"), spanish("hmr"), now) == now
    now = now.replace("entre", "nos entre")
    assert draft(english("hmr"), english("rmh"), spanish("hmr"), now) == now
    both = spanish("mh").replace("cabos", "los cabos").replace("entre", "nos entre")
    assert draft(english("hm"), english("mh"), spanish("hm"), both) == both
    rewritten = "Nadie sube nunca."
    now = spanish("mh").replace(SPANISH["m"], rewritten)
    assert draft(english("hm"), english("mh"), spanish("hm"), now) == now


def test_sentences_that_only_people_moved_stay_and_keep_their_english() -> None:
    changed = "Nobody has seen such a wonderful thing in a hundred years."
    for order in ("mhr", "mrh", "hrm"):
        for c in "hmr":
            new, now = english("hmr").replace(ENGLISH[c], changed), spanish(order)
            assert draft(english("hmr"), new, spanish("hmr"), now) == now.replace(SPANISH[c], f"<{changed}>")


def test_a_new_sentence_follows_what_it_follows_in_english_where_people_moved_others() -> None:
    fresh = "An anchor holds it."
    new = english("hmr").replace(ENGLISH["m"], f"{ENGLISH['m']} {fresh}")
    done = draft(english("hmr"), new, spanish("hmr"), spanish("rmh"))
    assert done == spanish("rmh").replace(SPANISH["m"], f"{SPANISH['m']} <{fresh}>")


def test_sentences_that_english_and_people_moved_in_different_ways_stay_and_are_listed() -> None:
    hand = by_hand(spanish("hmrw"), spanish("mhrw"), [], "es")
    plan = plan_document(english("hmrw"), english("hmwr"), spanish("mhrw"), language="es", by_hand=hand)
    assert plan.parts == (spanish("mhrw"),)
    assert [(f.kind, f.asks) for f in plan.flags] == [("order", True)]
    assert "moved sentences" in plan.flags[0].text and SPANISH["m"] in plan.flags[0].text


def test_sentences_that_people_moved_add_up_with_those_that_they_added_and_removed() -> None:
    own = "Lo decimos nosotros."
    now = spanish("rhm").replace(SPANISH["h"], f"{SPANISH['h']} {own}")
    assert draft(english("hmr"), english("rhm"), spanish("hmr"), now) == now
    assert draft(english("hmrw"), english("rhmw"), spanish("hmrw"), spanish("rhw")) == spanish("rhw")


def test_cells_of_a_row_that_people_exchanged_as_english_did_stay() -> None:
    def table(*cells: str) -> str:
        return "| {} | {} |\n|:--|:--|\n| {} | {} |\n\n".format(*cells)

    old, new = table("Hull", "Mast", "12", "long"), table("Mast", "Hull", "long", "12")
    recorded, now = table("Casco", "Mástil", "12", "largo"), table("Mástil", "Casco", "largo", "12")
    assert draft(f"{old}{HULL}", f"{new}{MAST}", f"{recorded}{CASCO}", f"{now}{CASCO}") == f"{now}<{MAST.strip()}>\n"
    changed = old.replace("Hull", "Keel")
    assert draft(changed, old, recorded, now) == now.replace("Casco", "<Hull>")


def test_items_rows_and_paragraphs_that_only_people_exchanged_stay_where_they_put_them() -> None:
    changed = ENGLISH["m"].replace("climb", "always climb")
    for mark, gap, head in (("", "\n", ""), ("* ", "", ""), ("| ", "", "| a |\n|---|\n")):
        end = " |\n" if head else "\n"
        old, new, recorded, now, wanted = (
            head + "".join(f"{mark}{t}{end}{gap}" for t in texts)
            for texts in (
                (ENGLISH["h"], ENGLISH["m"], RIG),
                (ENGLISH["h"], changed, RIG),
                (SPANISH["h"], SPANISH["m"], JARCIA),
                (SPANISH["m"], SPANISH["h"], JARCIA),
                (f"<{changed}>", SPANISH["h"], JARCIA),
            )
        )
        assert draft(old, new, recorded, now) == wanted


def test_blocks_that_people_and_english_exchanged_and_people_edited_are_not_exchanged_back() -> None:
    for mark, gap in (("", "\n"), ("* ", ""), ("> ", "\n")):
        old, new = (f"{mark}{a}{gap}{mark}{b}" for a, b in ((HULL, MAST), (MAST, HULL)))
        recorded, now = (f"{mark}{a}{gap}{mark}{b}" for a, b in ((CASCO, MASTIL), (MASTIL, CASCO)))
        for a, b in (("cabos", "los cabos"), ("un casco", "el casco")):
            now = now.replace(a, b)
            assert draft(old, new, recorded, now) == now


def test_paragraphs_and_their_sentences_that_people_and_english_exchanged_stay() -> None:
    old, new = f"{english('hm')}\n{english('rw')}", f"{english('wr')}\n{english('mh')}"
    recorded, now = f"{spanish('hm')}\n{spanish('rw')}", f"{spanish('wr')}\n{spanish('mh')}"
    assert draft(old, new, recorded, now) == now


@given(st.permutations(["hm", "rw"]), st.permutations("hm"), st.permutations("rw"), st.sampled_from("hmrw-"))
def test_in_paragraphs_that_people_moved_as_english_did_only_what_english_rewrote_is_drafted(
    order: list[str], first: list[str], second: list[str], edited: str
) -> None:
    inner = {"hm": "".join(first), "rw": "".join(second)}
    old, new = (f"{english(a)}\n{english(b)}" for a, b in (("hm", "rw"), [inner[o] for o in order]))
    recorded, now = (f"{spanish(a)}\n{spanish(b)}" for a, b in (("hm", "rw"), [inner[o] for o in order]))
    wanted = now
    if edited != "-":
        changed = ENGLISH[edited].replace(".", ", and so it does today.")
        new, wanted = new.replace(ENGLISH[edited], changed), now.replace(SPANISH[edited], f"<{changed}>")
    assert draft(old, new, recorded, now) == wanted


@given(st.permutations("hmrw"), st.permutations("hmrw"), st.permutations("hmrw"))
def test_sentences_that_people_moved_are_in_their_order_wherever_english_has_them(
    old: list[str], new: list[str], now: list[str]
) -> None:
    was, later, here = map("".join, (old, new, now))
    done = draft(english(was), english(later), spanish(was), spanish(here))
    assert here == was or done == spanish(here)
