"""What becomes of a translated notebook when its English changes: cells, code, outputs, metadata, ids and layout."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from support.notebooks import Json, cell, code, drafted, markdown, notebook, pieces_of, sources, stream, text

from bot.document.cells import PageCell
from bot.document.markdown import parse
from bot.document.notebook import read
from bot.document.structure import divergences
from bot.planning.notebook_merge import written

HULL, HULL_RU = "A boat has a hull. It floats on water.", "У лодки есть корпус. Она плывёт."
SAIL, SAIL_RU = "The sail catches the wind.", "Парус ловит ветер."
AREA, AREA_RU = "# Area of the sail\narea = 3 * 4\nprint(area)", "# Площадь паруса\narea = 3 * 4\nprint(area)"
OLD = notebook(markdown(HULL, "a"), code(AREA, "b", outputs=[stream("12\n")], count=1), markdown(SAIL, "c"))
HELD = notebook(markdown(HULL_RU, "a"), code(AREA_RU, "b", outputs=[stream("12\n")], count=1), markdown(SAIL_RU, "c"))


def changed(value: Json, change: dict[tuple[Any, ...], Any]) -> Json:
    """A copy with values set at paths such as ``("cells", 0, "source")``; None removes."""
    made = deepcopy(value)
    for (*path, last), new in change.items():
        place = made
        for step in path:
            place = place[step]
        if new is None:
            place.pop(last)
        else:
            place[last] = new
    return made


def merged(new: Json, held: Json = HELD, old: Json = OLD) -> Json:
    found: Json = json.loads(drafted(text(old), text(new), text(held)).text)
    return found


def test_code_follows_english_and_keeps_translated_comments() -> None:
    new = changed(OLD, {("cells", 1, "source"): ["# Area of the sail\n", "area = 5 * 4\n", "print(area)\n", "area"]})
    done = drafted(text(OLD), text(new), text(HELD))
    assert sources(done.text) == [HULL_RU, "# Площадь паруса\narea = 5 * 4\nprint(area)\narea", SAIL_RU]
    before, after = pieces_of(text(HELD)), pieces_of(done.text)
    assert (before[0], before[2]) == (after[0], after[2])


def test_code_that_people_changed_is_flagged_when_english_rewrites_the_cell() -> None:
    held = changed(HELD, {("cells", 1, "source"): ["import lodka\n", "lodka.parus()"]})
    lines = [f"for boat_{n} in harbour_{n}:\n    boat_{n}.leave(tomorrow_{n})\n" for n in range(9)]
    new = changed(OLD, {("cells", 1, "source"): lines})
    done = drafted(text(OLD), text(new), text(held))
    assert "code" in [flag.kind for flag in done.plan.flags]


def test_a_cell_that_the_draft_lacks_is_reported() -> None:
    old, new, held = (parse(read(text(v), "a").page) for v in (OLD, notebook(*OLD["cells"], markdown("", "n")), HELD))
    assert [(d.kind, d.text, d.missing) for d in divergences(old, new, held, held)] == [("cell", "markdown", True)]


def test_segments_and_kept_sentences_are_markdown_at_their_line_of_the_file() -> None:
    new = changed(OLD, {("cells", 0, "source"): ['He said "boats" and \\n.\n', "\n", HULL]})
    done = drafted(text(OLD), text(new), text(HELD), {1: 'Он сказал "лодки" и \\n.'})
    assert [s.segment.source for s in done.segments] == ['He said "boats" and \\n.']
    line = done.text.split("\n")[done.segments[0].line - 1]
    assert line.strip() == json.dumps('Он сказал "лодки" и \\n.\n', ensure_ascii=False) + ","


@pytest.mark.parametrize(
    ("change", "path", "wanted"),
    [
        # English wins where it changed
        ({("cells", 1, "outputs"): [stream("13\n")]}, ("cells", 1, "outputs"), [stream("13\n")]),
        ({("cells", 1, "outputs"): []}, ("cells", 1, "outputs"), []),
        ({("cells", 1, "execution_count"): 9}, ("cells", 1, "execution_count"), 9),
        ({("cells", 0, "metadata"): {"tags": ["x"]}}, ("cells", 0, "metadata"), {"tags": ["x"]}),
        ({("cells", 0, "attachments"): {"a.png": {}}}, ("cells", 0, "attachments"), {"a.png": {}}),
        ({("metadata", "kernelspec", "name"): "py"}, ("metadata", "kernelspec", "name"), "py"),
        ({("metadata", "title"): "Boats"}, ("metadata", "title"), "Boats"),
        ({("nbformat_minor",): 6}, ("nbformat_minor",), 6),
    ],
)
def test_outputs_and_metadata_follow_english(change: Any, path: tuple[Any, ...], wanted: object) -> None:
    assert _at(merged(changed(OLD, change)), path) == wanted
    own = changed(HELD, {("cells", 1, "outputs"): [stream("двенадцать\n")], ("cells", 1, "execution_count"): 7})
    assert _at(merged(changed(OLD, change), own), path) == wanted


def test_what_only_the_translation_has_stays() -> None:
    old = changed(OLD, {("cells", 1, "outputs"): []})
    own = {
        ("cells", 1, "outputs"): [stream("двенадцать\n")],
        ("cells", 0, "metadata"): {"reviewed": True},
        ("metadata", "language"): "ru",
        ("metadata", "kernelspec", "display_name"): "Питон 3",
    }
    held = changed(HELD, own)
    new = changed(
        old,
        {
            ("cells", 0, "source"): [SAIL],
            ("cells", 0, "metadata"): {"tags": []},
            ("metadata", "kernelspec", "name"): "py",
        },
    )
    done = merged(new, held, old)
    assert done["cells"][1] == held["cells"][1]
    assert done["cells"][0]["metadata"] == {"reviewed": True, "tags": []}
    assert done["metadata"] == {
        "kernelspec": {"display_name": "Питон 3", "language": "python", "name": "py"},
        "language": "ru",
    }


def test_what_english_removed_goes_unless_the_translation_lacks_it() -> None:
    old = changed(OLD, {("cells", 0, "metadata"): {"tags": ["x"], "slide": 1}, ("metadata", "title"): "B"})
    held = changed(HELD, {("cells", 0, "metadata"): {"tags": ["x"]}})
    done = merged(OLD, held, old)
    assert done["cells"][0]["metadata"] == {} and "title" not in done["metadata"]


def test_a_new_cell_comes_in_the_layout_of_the_translation() -> None:
    figure = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=\n"}, "metadata": {"x": 1.50}}
    new = notebook(OLD["cells"][0], code("é = 1", "n", outputs=[figure]), *OLD["cells"][1:])
    held = changed(HELD, {("cells", 0, "source"): HULL_RU})
    for indent, escaped in ((1, False), (4, True), ("\t", False), (None, True)):
        before = text(held, indent=indent, escaped=escaped, end="")
        done = drafted(text(OLD), text(new), before).text
        value = json.loads(before)
        value["cells"].insert(1, {**new["cells"][1], "source": "é = 1"})
        assert done == text(value, indent=indent, escaped=escaped, end="")


def test_the_new_english_of_a_new_cell_is_drafted() -> None:
    new = notebook(*OLD["cells"], markdown("# More\n\nKeep two oars.", "n"))
    done = drafted(text(OLD), text(new), text(HELD), {2: "Держите два весла."})
    assert sources(done.text)[3] == "# More\n\nДержите два весла." and not done.divergences


def test_moved_and_removed_cells() -> None:
    one, two, three = OLD["cells"]
    assert merged(notebook(three, one, two)) == notebook(*(HELD["cells"][n] for n in (2, 0, 1)))
    assert merged(notebook(one, three)) == notebook(HELD["cells"][0], HELD["cells"][2])
    assert merged(notebook()) == notebook()


def test_a_cell_that_changed_its_type_is_another_cell() -> None:
    new = changed(OLD, {("cells", 2): cell("raw", SAIL, "c")})
    assert merged(new)["cells"][2] == cell("raw", SAIL, "c")


def test_cells_that_only_the_translation_has_stay_where_they_are() -> None:
    note, own = markdown("*Примечание.*", "t"), code("import lodka", "u")
    held = notebook(HELD["cells"][0], note, HELD["cells"][1], own, HELD["cells"][2])
    new = changed(OLD, {("cells", 0, "source"): [SAIL], ("cells", 2, "source"): [HULL, " More."]})
    done = merged(new, held)
    assert [c["id"] for c in done["cells"]] == ["a", "t", "b", "u", "c"]
    assert (done["cells"][1], done["cells"][3]) == (note, own)


def test_lines_of_a_changed_cell_keep_the_way_they_are_written() -> None:
    held = text(changed(HELD, {("cells", 0, "source"): ["# Ä/Ö\n", "\n", HULL_RU]}))
    held = held.replace("Ä/Ö", "\\u00c4\\/Ö")
    old, new = (changed(OLD, {("cells", 0, "source"): ["# AO\n", "\n", said]}) for said in (HULL, HULL + " No oars."))
    done = drafted(text(old), text(new), held)
    assert "\\u00c4\\/Ö" in done.text and "No oars." in done.text


def test_english_that_gets_ids_gives_them_to_the_translation() -> None:
    old, held = (
        changed(v, {("cells", n, "id"): None for n in range(3)} | {("nbformat_minor",): 4}) for v in (OLD, HELD)
    )
    held["cells"].insert(1, markdown("*Примечание.*"))
    done = merged(OLD, held, old)
    ids = [c["id"] for c in done["cells"]]
    assert done["nbformat_minor"] == 5 and [ids[0], *ids[2:]] == ["a", "b", "c"] and len(set(ids)) == 4


def test_a_notebook_without_ids_gets_none() -> None:
    held = changed(HELD, {("cells", n, "id"): None for n in range(3)} | {("nbformat_minor",): 4})
    renamed = changed(OLD, {("cells", 0, "id"): "z"})
    done = merged(notebook(*renamed["cells"], markdown("More.", "n")), held)
    assert done["nbformat_minor"] == 4 and len(done["cells"]) == 4 and not any("id" in c for c in done["cells"])


def test_no_two_cells_get_the_same_id() -> None:
    held = notebook(*HELD["cells"], cell("raw", "Заметка", "n"))
    done = merged(notebook(*OLD["cells"], markdown("More.", "n")), held)
    ids = [c["id"] for c in done["cells"]]
    assert len(ids) == len(set(ids)) == 5 and "n" in ids


def test_a_new_notebook_is_the_english_with_other_markdown() -> None:
    file = text(notebook(markdown("One boat.", "a"), code("x", "b", outputs=[stream("é")])), indent=2, escaped=True)
    assert drafted("", file, "").text == file
    assert drafted("", file, "", {1: "Одна лодка."}).text == file.replace("One boat.", json.dumps("Одна лодка.")[1:-1])


def test_markdown_behind_a_code_cell_becomes_a_cell() -> None:
    old, new, held = (read(text(v), "a").page for v in (OLD, OLD, HELD))
    draft = PageCell("code", "x", "1").text + "\nExtra.\n\n" + PageCell("markdown", "End.", "2").text
    done = written(draft, old, new, held)
    lines = done.text.split("\n")
    assert sources(done.text) == ["x", "Extra.", "End."]
    assert len(done.lines) == draft.count("\n") and "End." in lines[done.lines[-1] - 1]


def test_markdown_that_went_elsewhere_leaves_no_empty_cell() -> None:
    old, held = (read(text(v), "a").page for v in (OLD, HELD))
    draft = PageCell("markdown", HULL_RU, "0").text + PageCell("markdown", "", "2").text
    assert sources(written(draft, old, old, held).text) == [HULL_RU]


def test_an_engine_cannot_open_a_cell() -> None:
    new = changed(OLD, {("cells", 0, "source"): ["Something else is here."]})
    done = drafted(text(OLD), text(new), text(HELD), {1: "Что-то\n\ufdd0code #x\nрм"})
    assert done.english == 1 and sources(done.text) == ["Something else is here.", AREA_RU, SAIL_RU]


def _at(value: Any, path: tuple[Any, ...]) -> object:
    for step in path:
        value = value[step]
    return value
