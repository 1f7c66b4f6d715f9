"""Blocks that English and people moved alike, before the baseline was recorded anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support.books import Piece, books, source, target

from bot.planning.by_hand import by_hand
from bot.planning.document_plan import plan_document
from bot.planning.moved_by_hand import moved_back

HULL, MAST = "A hull keeps the water out at all times.\n", "Sailors climb the mast to mend its ropes.\n"
CASCO, MASTIL = "Un casco impide siempre que entre agua.\n", "Los marineros trepan al mástil a reparar cabos.\n"


def draft(old: str, new: str, recorded: str, now: str) -> str:
    """The draft after people changed ``recorded`` to ``now``."""
    hand = by_hand(recorded, now, [], "es")
    plan = plan_document(old, new, now, language="es", by_hand=hand)
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
