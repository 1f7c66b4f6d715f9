"""The plan of a document: origins, moves, what hangs on what, segments and flags."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from support.books import Piece, books, source, target
from support.plans import is_quiet

from bot.document.sentences import normal
from bot.planning.document_plan import DocumentPlan, Flag, plan_document, plan_new

quick = settings(max_examples=10, derandomize=True)

BOAT, SAIL, ROPE = "A boat floats on calm water.", "A wide sail hangs from its mast.", "Every rope has a name."
BARCO, VELA, CABO = (
    "Un barco flota en aguas tranquilas.",
    "Una vela ancha cuelga de su mástil.",
    "Cada cabo tiene nombre.",
)
NEW = "Nobody knows who tied the first knot."


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def plan(old: str, new: str, held: str) -> DocumentPlan:
    return plan_document(old, new, held, language="es")


def text(done: DocumentPlan) -> str:
    return "".join(p if isinstance(p, str) else p.laid_out(p.source) for p in done.parts)


def test_without_an_english_change_the_plan_is_quiet() -> None:
    done = plan(page(BOAT, SAIL), page(BOAT, SAIL), page(BARCO))
    assert is_quiet(done) and replace(done, flavour=None) == DocumentPlan(page(BARCO), (page(BARCO),), reused=1)


def test_code_whose_language_translators_named_follows_english() -> None:
    english, ours = "```\nrow --fast --far\n```", "```sh\nrow --fast --far\n```"
    edited = text(plan(page(BOAT, english), page(BOAT, english.replace("fast", "slow")), page(BARCO, ours)))
    assert edited == page(BARCO, ours.replace("fast", "slow"))
    assert text(plan(page(BOAT, english), page(BOAT), page(BARCO, ours))) == page(BARCO)


@quick
@given(books())
def test_a_new_document_is_all_segments(book: list[Piece]) -> None:
    english = source(book)
    done = plan_new(english, language="ru")
    assert normal(text(done)) == normal(english) and done.target == "" and done.flags == () and done.reused == 0
    assert not is_quiet(done) or not any(p.kind in ("paragraph", "item", "heading") for p in book)
    assert [s.number for s in done.segments] == list(range(1, len(done.segments) + 1))


@quick
@given(books())
def test_a_translation_that_is_all_there_is_reused_block_by_block(book: list[Piece]) -> None:
    old, held = source(book), target(book)
    done = plan_document(old, page(old.strip(), NEW), held, language="ru")
    assert done.reused == len(book) and [s.source for s in done.segments] == [NEW]
    assert text(done) == page(held.strip(), NEW)


def test_a_plan_that_only_changes_code_is_not_quiet() -> None:
    done = plan(page(BOAT, "```\na\n```"), page(BOAT, "```\nb\n```"), page(BARCO, "```\na\n```"))
    assert not is_quiet(done) and done.segments == () and done.reused == 1


def test_a_segment_knows_its_neighbours_its_kind_and_its_number() -> None:
    done = plan(
        page("# The boats", BOAT, f"* {SAIL}"),
        page("# The ships", BOAT, f"* {SAIL} {NEW}"),
        page("# Barcos", BARCO, f"* {VELA}"),
    )
    first, last = done.segments
    assert (first.number, first.kind, first.before, first.source, first.after) == (1, "heading", "", "The ships", BOAT)
    assert (last.number, last.kind, last.before, last.source, last.after) == (2, "paragraph", SAIL, NEW, "")
    assert last.indent == "  " and first.old_target == "Barcos"


def test_repeated_segments_have_their_own_neighbours() -> None:
    done = plan_new(page("Tie it well.", BOAT, "Tie it well.", SAIL), language="es")
    assert [(s.before, s.after) for s in done.segments if s.source == "Tie it well."] == [("", BOAT), (BOAT, SAIL)]


def test_a_block_that_moved_takes_its_translation_along_and_is_flagged() -> None:
    long, held = f"{BOAT} {SAIL} {ROPE}", f"{BARCO} {VELA} {CABO}"
    code = "```python\nx = tie(3)\ny = untie(x)\n```"
    done = plan(
        page(code, "$$a$$", "$$b$$", long), page(long, code, "$$a$$", "$$b$$"), page(code, "$$a$$", "$$b$$", held)
    )
    assert text(done) == page(held, code, "$$a$$", "$$b$$")
    assert done.segments == () and done.flags == (Flag("moved", long),)


def test_a_long_line_that_moved_is_named_by_its_start() -> None:
    long = " ".join([BOAT, SAIL, ROPE] * 3)
    done = plan(page("$$a$$", "$$b$$", long), page(long, "$$a$$", "$$b$$"), page("$$a$$", "$$b$$", BARCO))
    (flag,) = done.flags
    assert flag.text.endswith("…") and long.startswith(flag.text.removesuffix("…")) and len(flag.text) <= 121


def test_code_that_moved_and_was_edited_keeps_its_translated_comments() -> None:
    code = '```\n# Every boat\nfor boat in boats; do\n\techo "$boat"   # its name\ndone\n```'
    held = code.replace("Every boat", "Cada barco").replace("its name", "su nombre")
    old = page(BOAT, SAIL, "\n".join(f"> {line}" for line in code.splitlines()))
    new = page(code.replace("```\n#", "```bash\n#").replace("\t", "    "), BOAT, SAIL)
    done = plan(old, new, page(BARCO, VELA, held))
    assert "# Cada barco\n" in text(done) and "# su nombre\n" in text(done) and "Every" not in text(done)
    assert Flag("moved", "# Every boat") in [replace(f, block=-1, place=None) for f in done.flags]
    # Other code is new.
    other = page('```bash\nfor rope in ropes; do\n    cut "$rope"\ndone\n```', BOAT, SAIL)
    assert "cut" in text(plan(old, other, page(BARCO, VELA, held)))


def test_the_attributes_of_a_paragraph_stay_where_its_last_sentence_loses_its_stop() -> None:
    old, held = f"{BOAT}\n{SAIL}\n{{: .summary}}\n", f"{BARCO}\n{VELA}\n{{: .summary}}\n"
    done = plan(old, old.replace("mast.", "mast"), held)
    assert text(done) == held and done.segments == () and [kept.kind for kept in done.kept] == ["cosmetic"]


def test_a_short_block_is_not_taken_for_one_that_moved() -> None:
    old, new = page("$$a$$", BOAT, SAIL), page(BOAT, SAIL, "$$a$$")
    assert plan(old, new, page("$$a$$", BARCO, VELA)).flags == ()


def test_of_equal_blocks_that_moved_each_is_taken_once() -> None:
    code = "```python\nx = tie(3)\ny = untie(x)\n```"
    old, new = page(code, BOAT, SAIL, ROPE), page(BOAT, SAIL, ROPE, code, code)
    done = plan(old, new, page(code.replace("3", "5"), BARCO, VELA, CABO))
    assert text(done) == page(BARCO, VELA, CABO, code.replace("3", "5"), code)
    assert [f.kind for f in done.flags] == ["moved"]


def test_what_only_the_translation_has_hangs_on_the_block_before_it() -> None:
    note, more = "*Nota: lo añadimos nosotros.*", "```\nnuestro = 1\n```"
    held = page(note, BARCO, more, note, VELA)
    done = plan(page(BOAT, SAIL), page(BOAT, ROPE, SAIL), held)
    assert text(done) == page(note, BARCO, more, note, ROPE, VELA)
    assert done.reused == 5, "all blocks of the translation, those of its own too"


def test_a_block_is_reused_where_not_a_byte_of_it_changes() -> None:
    old, held = page(f"{BOAT} {SAIL}", ROPE), page(f"{BARCO} {VELA}", CABO)
    assert plan(old, old.replace("A boat", "a boat"), held).reused == 2
    assert plan(old, old.replace(SAIL, f"{SAIL} {NEW}"), held).reused == 1
    assert plan(old, old.replace(f" {SAIL}", ""), held).reused == 1


def test_what_hung_on_a_deleted_block_hangs_on_the_one_before_that() -> None:
    more = "```\nnuestro = 1\n```"
    held = page("# Barcos", BARCO, VELA, more, CABO)
    done = plan(page("# Boats", BOAT, SAIL, ROPE), page("# Boats", BOAT, ROPE), held)
    assert text(done) == page("# Barcos", BARCO, more, CABO)
    alone = plan(page(BOAT, SAIL), page(SAIL), page(BARCO, more, VELA))
    assert text(alone) == page(more, VELA)


MISSING = "the translation did not have these before this change: "


@pytest.mark.parametrize(
    ("lost", "kinds"),
    [
        (("$$a + b$$",), "math (1)"),
        (("$$a + b$$", "$$c + d$$"), "math (2)"),
        (("```\nx = 1\n```", "$$a + b$$", "## Ropes"), "code (1), heading (1), math (1)"),
    ],
)
def test_english_that_the_translation_never_had_is_flagged_once(lost: tuple[str, ...], kinds: str) -> None:
    old, held = page(BOAT, *lost, SAIL), page(BARCO, VELA)
    done = plan(old, page(BOAT, *lost, f"{SAIL} {NEW}"), held)
    assert done.flags == (Flag("missing", MISSING + kinds),)
    assert [s.source for s in done.segments] == [NEW]
    assert text(done) == page(BARCO, f"{VELA}\n{NEW}")


def test_what_only_the_translation_has_is_not_missing() -> None:
    held = page(BARCO, "$$a + b$$", VELA)
    assert plan(page(BOAT, SAIL), page(BOAT, f"{SAIL} {NEW}"), held).flags == ()


def test_a_whole_translation_has_no_flags() -> None:
    done = plan(page(BOAT, "$$a$$", SAIL), page(BOAT, "$$a$$", f"{SAIL} {NEW}"), page(BARCO, "$$a$$", VELA))
    assert done.flags == ()


def test_small_edits_are_kept_or_translated_as_wished() -> None:
    old, new, held = page(ROPE, SAIL), page(ROPE, SAIL.replace("wide", "white")), page(CABO, VELA)
    assert [k.kind for k in plan_document(old, new, held, language="es").kept] == ["small"]
    done = plan_document(old, new, held, language="es", small_edits="translate")
    assert done.kept == () and [s.old_source for s in done.segments] == [SAIL]


def test_sentences_are_told_apart_as_the_source_language_is_written() -> None:
    new = "船は浮かぶ。帆は広い。\n"
    assert len(plan_new(new, language="en", source_language="ja").segments) == 2


def test_the_rule_for_lines_holds_for_drafts() -> None:
    for lines, between in (("sentence", "\n"), ("paragraph", " ")):
        done = plan_document(page(BOAT), page(f"{BOAT} {NEW}"), page(BARCO), language="es", lines=lines)  # type: ignore[arg-type]
        assert text(done) == page(f"{BARCO}{between}{NEW}")
        fresh = plan_new(page(f"{BOAT} {NEW}"), language="es", lines=lines)  # type: ignore[arg-type]
        assert text(fresh) == page(f"{BOAT}{between}{NEW}")


def test_an_empty_translation_gets_what_is_new_only() -> None:
    done = plan(page(BOAT), page(BOAT, SAIL), "")
    assert [s.source for s in done.segments] == [SAIL]


def test_english_that_is_all_gone_leaves_what_is_the_translations() -> None:
    assert text(plan(page(BOAT), "", page(BARCO, "```\nnuestro = 1\n```"))) == "```\nnuestro = 1\n```\n"


def test_what_the_translation_has_already_is_not_added_although_another_block_moved() -> None:
    formula, label = "$$a = b + c$$\n", ":eqlabel:`eq_boat`\n"
    code = "```c\nlong mast_of_the_boat = 5;\n```\n"
    english = ["A boat floats.\n", "It has a mast.\n", "The end is near here.\n"]
    spanish = ["Un barco flota.\n", "Tiene un mástil.\n", "El final está cerca.\n"]

    def document(first: str, *others: str) -> list[str]:
        return [first, formula, *others]

    old = "\n".join([*document(*english), code])
    target = "\n".join([*document(*spanish), code]).replace(formula, formula + label)
    new = "\n".join([code, *document(*english)]).replace(formula, formula + label)
    plan = plan_document(old, new, target, language="es", flavour="d2l")
    text = "".join(part if isinstance(part, str) else part.source for part in plan.parts)
    assert text == "\n".join([code, *document(*spanish)]).replace(formula, formula + label)


RULES = "Paragraph {0}.\n\n```js\n{1}\nvar x{0} = 1;\n{2}\nconst y{0} = 1;\n```\n"


def drafted_rules(target: list[tuple[str, str]]) -> str:
    """What becomes of the translation of as many rules when English edits the code of the last one."""
    old = "\n".join(RULES.format(n, "// bad", "// good") for n in range(len(target)))
    ours = "\n".join(RULES.format(n, *said).replace("Paragraph", "Absatz") for n, said in enumerate(target))
    last = f"var x{len(target) - 1}"
    plan = plan_document(old, old.replace(last, last.replace("var", "let")), ours, language="de")
    text = "".join(part if isinstance(part, str) else part.source for part in plan.parts)
    return text[text.rindex("```js") :]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        # One block has its comments in another order: that is no translation of them.
        ([("// good", "// bad"), ("// bad", "// good"), ("// bad", "// good")], "// bad"),
        ([("// good", "// good"), ("// good", "// good"), ("// bad", "// good")], "// bad"),
        # What is left in English more often than translated is to stay.
        ([("// böse", "// good"), ("// bad", "// good"), ("// bad", "// good")], "// bad"),
        ([("// schlecht", "// gut"), ("// schlecht", "// gut"), ("// schlecht", "// gut")], "// schlecht"),
    ],
)
def test_a_comment_is_never_taken_for_the_translation_of_its_opposite(target: list[tuple[str, str]], said: str) -> None:
    assert drafted_rules(target) == f"```js\n{said}\nlet x2 = 1;\n{target[2][1]}\nconst y2 = 1;\n```\n"


def test_a_new_comment_takes_the_translation_that_most_code_has() -> None:
    old = "\n".join(RULES.format(n, "// bad", "// good") for n in range(3))
    said = [("// schlecht", "// gut"), ("// schlecht", "// gut"), ("// übel", "// gut")]
    ours = "\n".join(RULES.format(n, *one).replace("Paragraph", "Absatz") for n, one in enumerate(said))
    plan = plan_document(old, f"{old}\n```js\n// bad\nlet z = 9;\n```\n", ours, language="de")
    text = "".join(part if isinstance(part, str) else part.source for part in plan.parts)
    assert text.endswith("```js\n// schlecht\nlet z = 9;\n```\n")
