"""Which documents of a translation change, and how."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

import pytest
from support.plans import is_quiet

from bot.baselines.records import Baselines, Recorded, Records
from bot.document.tree import Tree, bag, overlap
from bot.errors import AmtsError
from bot.planning.book_plan import BookPlan, Change, plan_book, unnamed
from bot.planning.document_plan import SmallEdits
from bot.planning.successors import RENAMED
from bot.style.preferences import Lines

BOAT = "# Boats\n\nA boat floats on calm water.\n\nA wide sail hangs from its mast.\n"
BARCO = "# Barcos\n\nUn barco flota en aguas tranquilas.\n\nUna vela ancha cuelga de su mástil.\n"
KNOT = "# Knots\n\nEvery rope has a name.\n\nNobody knows who tied the first knot.\n"
NUDO = "# Nudos\n\nCada cabo tiene un nombre.\n\nNadie sabe quién ató el primer nudo.\n"

Files = dict[str, str | bytes]


def blob(text: str | bytes) -> str:
    return hashlib.sha1(text if isinstance(text, bytes) else text.encode()).hexdigest()


def tree(files: Files, links: Iterable[str] = ()) -> Tree:
    content = {blob(t): t if isinstance(t, bytes) else t.encode() for t in files.values()}
    return Tree({p: blob(t) for p, t in files.items()}, content.__getitem__, tuple(links))


def planned(
    english: Files,
    held: Files,
    old: dict[str, tuple[str, str]],
    *,
    kind: str = "lock",
    links: Iterable[str] = (),
    old_text: Callable[[str, Recorded], str] | None = None,
    small_edits: SmallEdits = "keep",
    lines: Lines = "keep",
) -> BookPlan:
    """``old`` is the baseline of each document: its English path and text."""
    records = Baselines(Records(kind), {p: Recorded(source, blob(text)) for p, (source, text) in old.items()})

    def told(path: str, record: Recorded) -> str:
        assert record == records.of[path]
        return old[path][1]

    return plan_book(
        tree(english),
        tree(held, links),
        records,
        old_text or told,
        language="es",
        small_edits=small_edits,
        lines=lines,
    )


def kinds(plan: BookPlan) -> list[tuple[str, str, str, str]]:
    return [(c.kind, c.was, c.path, c.source_path) for c in plan.changes]


def only(plan: BookPlan) -> Change:
    (change,) = plan.changes
    return change


def test_a_document_with_its_recorded_english_is_not_even_read() -> None:
    def unread(_: object) -> bytes:
        raise AssertionError("nothing to read")

    english, held = Tree({"a.md": blob(BOAT)}, unread), Tree({"a.md": "0"}, unread)
    records = Baselines(Records("lock"), {"a.md": Recorded("a.md", blob(BOAT))})
    found = plan_book(english, held, records, lambda *_: unread(0).decode(), language="es", small_edits="keep")
    assert found == BookPlan(())


def test_an_edit_is_planned_from_the_recorded_english_to_the_head() -> None:
    new = BOAT + "\nNobody built it.\n"
    change = only(planned({"a.md": new}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}))
    assert (change.kind, change.old, change.new, change.target, change.failure) == ("edit", BOAT, new, BARCO, "")
    assert change.plan is not None and [s.source for s in change.plan.segments] == ["Nobody built it."]


def test_white_space_at_the_ends_of_lines_is_no_edit() -> None:
    new = "\n" + BOAT.replace("water.", "water.  ").replace("\n", "\r\n")
    assert planned({"a.md": new}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}).changes == ()


def test_a_document_under_another_path_stays_there() -> None:
    new = BOAT + "\nMore.\n"
    found = planned({"a.md": new}, {"es/barcos.md": BARCO}, {"es/barcos.md": ("a.md", BOAT)})
    assert kinds(found) == [("edit", "es/barcos.md", "es/barcos.md", "a.md")]


def test_new_english_is_added_and_all_of_it_waits() -> None:
    change = only(planned({"a.md": BOAT, "b.md": KNOT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}))
    assert (change.kind, change.path, change.was, change.old, change.target) == ("add", "b.md", "b.md", "", "")
    assert change.plan is not None and len(change.plan.segments) == 3


def test_removed_english_removes_its_translation() -> None:
    found = planned({"b.md": KNOT}, {"a.md": BARCO, "b.md": NUDO}, {"a.md": ("a.md", BOAT), "b.md": ("b.md", KNOT)})
    assert kinds(found) == [("delete", "a.md", "a.md", "a.md")] and only(found).plan is None


def test_renamed_english_moves_its_translation() -> None:
    found = planned({"sea/a.md": BOAT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)})
    assert kinds(found) == [("rename", "a.md", "sea/a.md", "sea/a.md")]
    change = only(found)
    assert change.plan is not None and is_quiet(change.plan) and change.target == BARCO


def test_renamed_english_leaves_a_translation_with_a_path_of_its_own() -> None:
    found = planned({"sea/a.md": BOAT}, {"es/a.md": BARCO}, {"es/a.md": ("a.md", BOAT)})
    assert kinds(found) == [("rename", "es/a.md", "es/a.md", "sea/a.md")]


def test_a_translation_at_the_path_of_an_english_document_goes_on_with_that() -> None:
    """Its English is recorded under a former path, and was rewritten where it is now."""
    old = {"boats.md": ("about-boats.md", BOAT)}
    found = planned({"boats.md": KNOT, "c.md": KNOT}, {"boats.md": BARCO}, old)
    assert kinds(found) == [("rename", "boats.md", "boats.md", "boats.md"), ("add", "c.md", "c.md", "c.md")]


def test_the_page_of_another_edition_is_no_successor_while_english_has_both() -> None:
    old = {"version-3/a.md": ("version-3/a.md", BOAT), "version-3/b.md": ("version-3/b.md", KNOT)}
    held: Files = {"version-3/a.md": BARCO, "version-3/b.md": NUDO}
    for same in (BOAT, BOAT + "\nOne line more of text.\n"):
        english: Files = {"version-2/a.md": same, "version-3/b.md": KNOT}
        assert kinds(planned(english, held, old))[0] == ("delete", *["version-3/a.md"] * 3)
        # The edition as a whole has another name.
        english = {"version-3.x/a.md": same, "version-3.x/b.md": KNOT}
        moved = [("rename", f"version-3/{n}.md", *[f"version-3.x/{n}.md"] * 2) for n in "ab"]
        assert kinds(planned(english, held, old)) == moved


def test_the_more_similar_of_two_new_files_is_the_successor() -> None:
    english: Files = {"x.md": BOAT.replace("Boats", "Ships"), "y.md": BOAT.replace("calm water", "the open sea")}
    english["x.md"] = BOAT + "\nOne line more of text.\n"
    found = planned(english, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)})
    assert kinds(found) == [("rename", "a.md", "x.md", "x.md"), ("add", "y.md", "y.md", "y.md")]


def test_the_same_blob_is_the_successor_whatever_else_is_similar() -> None:
    found = planned({"x.md": BOAT + BOAT, "y.md": BOAT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)})
    assert ("rename", "a.md", "y.md", "y.md") in kinds(found)


def test_a_new_file_is_the_successor_of_one_document_only() -> None:
    old = {"a.md": ("a.md", BOAT), "b.md": ("b.md", BOAT + "\nOne line more of text.\n")}
    found = planned({"x.md": BOAT}, {"a.md": BARCO, "b.md": BARCO}, old)
    assert kinds(found) == [("rename", "a.md", "x.md", "x.md"), ("delete", "b.md", "b.md", "b.md")]


def test_a_file_with_other_lines_is_no_successor() -> None:
    found = planned({"x.md": KNOT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)})
    assert kinds(found) == [("delete", "a.md", "a.md", "a.md"), ("add", "x.md", "x.md", "x.md")]


def test_a_file_that_got_another_ending_is_the_successor_whatever_it_says_now() -> None:
    found = planned({"x.md": BOAT[:50], "sea/a.qmd": KNOT}, {"sea/a.Rmd": BARCO}, {"sea/a.Rmd": ("sea/a.Rmd", BOAT)})
    assert kinds(found)[0] == ("rename", "sea/a.Rmd", "sea/a.qmd", "sea/a.qmd")


def lines(kept: int, of: int) -> str:
    """A text that has so many lines of its own, and so many in common with others."""
    own = [f"A line of {of} lines, the one with number {n}." for n in range(of - kept)]
    return "\n".join([*own, *(f"What everybody says, part {n}." for n in range(kept))]) + "\n"


def test_a_rewritten_document_is_still_a_move() -> None:
    found = planned({"x.md": lines(5, 20)}, {"a.md": BARCO}, {"a.md": ("a.md", lines(5, 19))})
    assert kinds(found) == [("rename", "a.md", "x.md", "x.md")]
    found = planned({"x.md": lines(3, 20)}, {"a.md": BARCO}, {"a.md": ("a.md", lines(3, 19))})
    assert [kind for kind, *_ in kinds(found)] == ["delete", "add"]


def test_of_two_similar_files_the_one_with_the_same_name_is_the_successor() -> None:
    english = {"new/a.md": lines(6, 20), "new/b.md": lines(7, 20)}
    found = planned(english, {"old/a.md": BARCO}, {"old/a.md": ("old/a.md", lines(7, 19))})
    assert ("rename", "old/a.md", "new/a.md", "new/a.md") in kinds(found)
    # The first page of every folder has the same name.
    english = {"new/index.md": lines(3, 20)}
    found = planned(english, {"old/index.md": BARCO}, {"old/index.md": ("old/index.md", lines(3, 19))})
    assert [kind for kind, *_ in kinds(found)] == ["delete", "add"]


def test_english_that_has_a_translation_already_is_no_successor() -> None:
    old = {"a.md": ("a.md", BOAT), "b.md": ("b.md", BOAT)}
    assert kinds(planned({"b.md": BOAT}, {"a.md": BARCO, "b.md": BARCO}, old)) == [("delete", "a.md", "a.md", "a.md")]


def test_a_file_that_cannot_be_read_is_no_successor() -> None:
    found = planned({"x.md": b"\xff\xfe"}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)})
    assert [(c.kind, bool(c.failure)) for c in found.changes] == [("delete", False), ("add", True)]


def test_a_baseline_that_cannot_be_read_has_no_successor_and_fails_an_edit() -> None:
    def gone(path: str, record: Recorded) -> str:
        raise AmtsError("no such blob", why="it was pruned", fix="fetch it")

    assert kinds(planned({"x.md": KNOT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}, old_text=gone))[0][0] == "delete"
    change = only(planned({"a.md": KNOT}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}, old_text=gone))
    assert change.failure == "no such blob: it was pruned; fetch it" and change.plan is None


def test_a_rename_onto_a_document_that_exists_fails() -> None:
    old = {"a.md": ("a.md", BOAT)}
    found = planned({"x.md": BOAT}, {"a.md": BARCO, "x.md": NUDO}, old)
    change = only(found)
    assert change.kind == "rename" and "x.md exists already" in change.failure
    assert found.unrecorded == ("x.md",)
    assert (change.path, change.was) == ("x.md", "a.md")


def test_documents_on_both_sides_without_a_baseline_are_left_alone() -> None:
    found = planned({"a.md": BOAT, "b.md": KNOT}, {"a.md": BARCO, "b.md": NUDO}, {"a.md": ("a.md", BOAT)})
    assert found == BookPlan((), ("b.md",))


def test_no_baseline_at_all_is_an_error_that_names_a_document() -> None:
    with pytest.raises(AmtsError, match=r"2 translated documents, such as a\.md") as caught:
        planned({"a.md": BOAT, "b.md": KNOT}, {"a.md": BARCO, "b.md": NUDO}, {})
    assert "lock" in caught.value.why


def test_a_translation_without_documents_gets_all_of_them() -> None:
    assert [c.kind for c in planned({"a.md": BOAT, "b.md": KNOT}, {}, {}).changes] == ["add", "add"]


def test_a_record_without_its_document_is_as_if_it_were_not_there() -> None:
    assert kinds(planned({"a.md": BOAT}, {}, {"a.md": ("a.md", BOAT)})) == [("add", "a.md", "a.md", "a.md")]


@pytest.mark.parametrize("data", [b"\xff", b"a\0b"])
def test_a_document_that_is_no_text_fails_alone(data: bytes) -> None:
    old = {"a.md": ("a.md", BOAT), "b.md": ("b.md", KNOT)}
    found = planned({"a.md": KNOT, "b.md": KNOT + "\nMore.\n"}, {"a.md": data, "b.md": NUDO}, old)
    assert [(c.path, bool(c.failure), c.plan is None) for c in found.changes] == [
        ("a.md", True, True),
        ("b.md", False, False),
    ]
    assert "a.md" in found.changes[0].failure


@pytest.mark.parametrize("link", ["sea/a.md", "sea"])
@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_written_through_a_link(link: str, exists: bool) -> None:
    held: Files = {"sea/a.md": BARCO} if exists else {}
    change = only(planned({"sea/a.md": KNOT}, held, {"sea/a.md": ("sea/a.md", BOAT)}, links=[link]))
    assert "symbolic link" in change.failure and change.plan is None


def test_a_link_beside_is_no_obstacle() -> None:
    change = only(planned({"sea/a.md": KNOT}, {}, {}, links=["a.md", "se", "sea/a.md/b"]))
    assert change.failure == ""


def test_a_baseline_beside_its_document_is_not_written_through_a_link_either() -> None:
    for kind, failed in (("sibling", True), ("lock", False)):
        change = only(planned({"a.md": BOAT}, {}, {}, kind=kind, links=["a_origin.md"]))
        assert bool(change.failure) is failed


@pytest.mark.parametrize(("path", "other"), [("sea/a.md", "sea"), ("sea.md", "sea.md/b.md")])
def test_a_name_is_a_file_or_a_folder(path: str, other: str) -> None:
    change = only(planned({path: BOAT}, {other: NUDO}, {}))
    assert "a file and a folder" in change.failure


def test_documents_are_in_the_order_of_their_paths() -> None:
    english: Files = {"c.md": KNOT, "a.md": KNOT, "e.md": KNOT, "d.md": KNOT}
    old = {"c.md": ("c.md", BOAT), "a.md": ("a.md", BOAT)}
    found = planned(english, {"c.md": BARCO, "a.md": BARCO}, old)
    assert [c.path for c in found.changes] == ["a.md", "c.md", "d.md", "e.md"]


def test_a_fingerprint_is_of_the_documents_and_not_of_their_order() -> None:
    one, two = tree({"a.md": BOAT, "b.md": KNOT}), tree({"b.md": KNOT, "a.md": BOAT})
    assert one.fingerprint == two.fingerprint != tree({"a.md": KNOT, "b.md": BOAT}).fingerprint
    assert len(one.fingerprint) == 40


def test_names_that_are_no_text_are_failures() -> None:
    found = unnamed(Baselines(Records("lock"), {"a\udcff.md": Recorded("a.md", ""), "b.md": Recorded("b.md", "")}))
    assert [(c.path, c.kind) for c in found] == [("a\\udcff.md", "edit")] and "UTF-8" in found[0].failure


def test_lines_in_common() -> None:
    one, two = bag("the first long line\nthe second long line\nshort\n"), bag("the first long line\n")
    assert overlap(one, one) == 1.0 and overlap(one, two) == overlap(two, one) == 0.5
    assert overlap(bag(""), bag("short\n")) == 1.0 and overlap(one, bag("")) == 0.0
    assert one.total() == 2


def test_the_label_of_a_section_counts_much() -> None:
    lines = [f"this is line {n} of the text" for n in range(20)]
    one = bag("\n".join([":label:`sec_boats`", *lines]))
    two = bag("\n".join([":label:`sec_boats`", *(f"other {line}" for line in lines)]))
    assert 0.1 < overlap(one, two) <= RENAMED
    assert bag(":label:`sec_boats`")[":label:`sec_boats`"] == 4
    assert bag(":label:`chap_boats`")[":label:`chap_boats`"] == 4
    assert bag(":label:`fig_boats`")[":label:`fig_boats`"] == 1


@pytest.mark.parametrize(("lines", "between"), [("sentence", "\n"), ("paragraph", " ")])
def test_the_rules_hold_for_edits_and_for_new_documents(lines: Lines, between: str) -> None:
    new = "A boat floats on calm water. Nobody built it. Nobody ever will.\n"
    old: Files = {"a.md": "A boat floats on calm water.\n"}
    found = planned(
        {"a.md": new, "b.md": new}, {"a.md": "Un barco flota.\n"}, {"a.md": ("a.md", str(old["a.md"]))}, lines=lines
    )
    for change in found.changes:
        assert change.plan is not None and change.plan.parts[-2] != change.plan.parts[-4]
        assert change.plan.parts[-3] == between


def test_small_edits_are_kept_or_translated_as_wished() -> None:
    new = BOAT.replace("wide sail", "white sail")
    for small_edits, waiting in (("keep", 0), ("translate", 1)):
        found = planned({"a.md": new}, {"a.md": BARCO}, {"a.md": ("a.md", BOAT)}, small_edits=small_edits)  # type: ignore[arg-type]
        plan = only(found).plan
        assert plan is not None and len(plan.segments) == waiting
