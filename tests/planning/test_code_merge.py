"""Three-way merges of code, math and markup."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import examples

from bot.planning.code_merge import Merged, merge_code, merge_tokens
from bot.planning.known_comments import learn_comments, reuse_comments

quick = examples(40)

LINES = st.lists(
    st.sampled_from(["x = 1\n", "y = x\n", "# note\n", "    # more\n", "z = 'word'  # why\n", "\n", '"""Doc."""\n']),
    max_size=8,
).map("".join)


def fenced(body: str) -> str:
    return f"```python\n{dedent(body).strip()}\n```\n"


BASE = fenced("""
    # Measure the bay
    depth = 3
    width = 5
    name = 'bay'  # its short name
    """)
HELD = BASE.replace("Measure the bay", "Medir la bahía").replace("'bay'", "'bahía'").replace("its short name", "nombre")


def merged(new: str, held: str = HELD, old: str = BASE) -> Merged:
    return merge_code(old, new, held, "python")


@quick
@given(LINES, LINES, st.sampled_from(["python", "sh", "nosuch", ""]))
def test_two_equal_sides_of_three_need_no_decision(one: str, two: str, language: str) -> None:
    one, two = f"```python\n{one}```\n", f"```python\n{two}```\n"
    assert merge_code(one, one, two, language) == Merged(two)
    assert merge_code(one, two, one, language).text == two
    assert merge_code(one, two, two, language) == Merged(two)


def test_a_line_that_translators_repeated_as_english_did_is_not_added_once_more() -> None:
    was, now = "# One\nstep()\n", "# One\nstep()\nstep()\n"
    held = f"```python\n{now.replace('One', 'Uno')}```\n"
    assert merge_code(f"```python\n{was}```\n", f"```python\n{now}```\n", held, "python") == Merged(held)


@quick
@given(st.text("ab \\{}^_1", max_size=12), st.text("ab \\{}^_1", max_size=12))
def test_two_equal_sides_of_three_tokens_need_no_decision(one: str, two: str) -> None:
    assert merge_tokens(one, one, two) == Merged(two)
    assert merge_tokens(one, two, one) == Merged(
        two if one.split() != two.split() else merge_tokens(one, two, one).text
    )
    assert merge_tokens(one, two, two) == Merged(two)


def test_an_edited_line_keeps_translated_comments_and_strings() -> None:
    assert merged(BASE.replace("depth = 3", "depth = 4")) == Merged(HELD.replace("depth = 3", "depth = 4"))


def test_an_edited_comment_keeps_the_translated_one_and_is_flagged() -> None:
    done = merged(BASE.replace("Measure the bay", "Measure the whole bay"))
    assert done.text == HELD
    assert done.flags == ("English comment or string changed: # Measure the bay became # Measure the whole bay",)


def test_a_comment_that_was_only_indented_anew_is_not_flagged() -> None:
    assert merged(BASE.replace("# Measure the bay", "#  Measure the bay")).flags == ()


def test_a_rewritten_comment_is_the_new_english() -> None:
    done = merged(BASE.replace("Measure the bay", "Nothing here looks like it did"))
    assert "# Nothing here looks like it did\n" in done.text and "Medir" not in done.text


def test_an_edited_string_keeps_the_translated_one_and_is_flagged() -> None:
    done = merged(BASE.replace("'bay'", "'gulf'"))
    assert "name = 'bahía'  # nombre" in done.text and len(done.flags) == 1


def test_edited_code_keeps_the_translated_comment_behind_it() -> None:
    base = fenced("""
        width = 5
        depth = measure(3)  # of the bay
        """)
    held = base.replace("of the bay", "de la bahía")
    done = merge_code(base, base.replace("(3)", "(4)"), held, "python")
    assert done == Merged(held.replace("(3)", "(4)"))


@pytest.mark.parametrize("comment", ["of the lake", "of the bay here"])
def test_an_edited_comment_behind_edited_code_keeps_the_translated_one_and_is_flagged(comment: str) -> None:
    base = fenced("depth = measure(3)  # of the bay")
    held = base.replace("of the bay", "de la bahía")
    done = merge_code(base, base.replace("(3)", "(4)").replace("of the bay", comment), held, "python")
    assert done.text == held.replace("(3)", "(4)")
    assert len(done.flags) == 1 and comment in done.flags[0]


def test_edits_of_neighbouring_lines_are_both_made() -> None:
    held = HELD.replace("width = 5", "width = 7")
    new = BASE.replace("depth = 3", "depth = 4")
    assert merged(new, held) == Merged(held.replace("depth = 3", "depth = 4"))
    held = HELD.replace("depth = 3", "depth = 7")
    new = BASE.replace("width = 5", "width = 6")
    assert merged(new, held) == Merged(held.replace("width = 5", "width = 6"))


def test_an_edit_beside_one_of_the_translators_keeps_the_translated_comment() -> None:
    base = fenced("""
        width = 5
        depth = measure(3)  # of the bay
        """)
    held = base.replace("width = 5", "width = 7").replace("of the bay", "de la bahía")
    done = merge_code(base, base.replace("(3)", "(4)"), held, "python")
    assert done == Merged(held.replace("(3)", "(4)"))


def test_a_line_that_people_put_in_before_english_did_is_there_once() -> None:
    base = fenced("""
        measure_bay(3)
        measure_river(4)
        """)
    held = base.replace("measure_bay", "# bay.py\n\nmedir_bahia")
    new = base.replace("measure_bay", "#bay.py\nmeasure_bay").replace("4", "5")
    assert merge_code(base, new, held, "python").text == held.replace("4", "5")


def test_a_fence_that_english_renamed_keeps_what_is_inside() -> None:
    renamed = "```{.python .input}"
    new = BASE.replace("```python", renamed).replace("depth = 3", "depth = 4")
    assert merged(new) == Merged(HELD.replace("```python", renamed).replace("depth = 3", "depth = 4"))


def test_code_that_the_translators_changed_stays_where_english_did_not() -> None:
    held = HELD.replace("width = 5", "width = 7")
    assert merged(BASE.replace("depth = 3", "depth = 4"), held) == Merged(held.replace("depth = 3", "depth = 4"))


def test_code_that_both_changed_stays_theirs_and_is_flagged() -> None:
    held = HELD.replace("width = 5", "width = 7")
    done = merged(BASE.replace("width = 5", "width = 6"), held)
    assert done.text == held and done.flags == ("English changed code that the translation has changed too: width = 6",)


def test_code_that_both_changed_alike_is_no_conflict() -> None:
    held = HELD.replace("width = 5", "width = 6")
    assert merged(BASE.replace("width = 5", "width = 6"), held) == Merged(held)


def test_lines_that_the_translators_added_stay() -> None:
    held = HELD.replace("width = 5\n", "width = 5\nhere = True\n")
    assert merged(BASE.replace("depth = 3", "depth = 4"), held).text == held.replace("depth = 3", "depth = 4")


def test_lines_that_english_removed_go_with_their_comments() -> None:
    assert merged(BASE.replace("name = 'bay'  # its short name\n", "")).text == HELD.replace(
        "name = 'bahía'  # nombre\n", ""
    )
    assert merged(BASE.replace("# Measure the bay\n", "")).text == HELD.replace("# Medir la bahía\n", "")


@pytest.mark.parametrize(
    ("old", "new", "held", "told"),
    [
        ("mxnet", "mxnet, jax", "mxnet, paddle", "mxnet, paddle, jax"),
        ("mxnet, torch", "mxnet", "mxnet, torch, paddle", "mxnet, paddle"),
        ("mxnet, torch", "mxnet, jax", "mxnet, torch, paddle", "mxnet, paddle, jax"),
        ("mxnet", "mxnet, jax", "paddle, mxnet", "paddle, mxnet, jax"),
        ("mxnet", "mxnet, jax, paddle", "mxnet, paddle", "mxnet, paddle, jax"),
    ],
)
@pytest.mark.parametrize("mark", ["#@tab", "%%tab"])
def test_tabs_that_english_added_or_removed_leave_those_of_the_translators(
    mark: str, old: str, new: str, held: str, told: str
) -> None:
    base, now, ours, theirs = (f"```python\n{mark} {names}\nx = 1\n```\n" for names in (old, new, held, told))
    assert merge_code(base, now, ours, "python") == Merged(theirs)


def test_tabs_that_cannot_be_merged_stay_the_translators_and_are_flagged() -> None:
    base = "```python\n#@tab mxnet\nx = 1\n```\n"
    done = merge_code(base, base.replace("mxnet", "all"), base.replace("mxnet", "mxnet, paddle"), "python")
    assert "#@tab mxnet, paddle" in done.text and len(done.flags) == 1


@pytest.mark.parametrize(
    ("old", "new", "held", "told"),
    [
        ("", "#@tab mxnet\n", "", "#@tab mxnet\n"),
        ("", "%%tab mxnet\n", "#@tab mxnet, paddle\n", "%%tab mxnet, paddle\n"),
        ("#@tab torch\n", "%%tab torch\n", "#@tab torch, paddle\n", "%%tab torch, paddle\n"),
        ("#@tab torch\n", "", "#@tab torch\n", ""),
    ],
)
def test_tabs_are_merged_where_both_sides_changed_the_code_below(old: str, new: str, held: str, told: str) -> None:
    base, now, ours, theirs = (
        f"```python\n{tabs}depth = {depth}\n```\n" for tabs, depth in ((old, 1), (new, 2), (held, 3), (told, 3))
    )
    done = merge_code(base, now, ours, "python")
    assert done.text == theirs
    assert [flag for flag in done.flags if "depth = 2" in flag] == list(done.flags)


def test_all_tabs_of_english_do_not_replace_those_of_the_translators_but_the_syntax_does() -> None:
    base = "```python\n#@tab mxnet\nx = 1\n```\n"
    done = merge_code(base, base.replace("#@tab mxnet", "%%tab all"), base.replace("mxnet", "mxnet, paddle"), "python")
    assert "%%tab mxnet, paddle" in done.text and len(done.flags) == 1


def test_docstrings_are_comments() -> None:
    base = fenced('''
        def sail():
            """Set the sail."""
            return 1
        ''')
    held = base.replace("Set the sail.", "Izar la vela.")
    done = merge_code(base, base.replace("return 1", "return 2"), held, "python")
    assert done == Merged(held.replace("return 1", "return 2"))


def test_a_docstring_of_several_lines_is_one_comment() -> None:
    base = fenced("""
        def sail():
            \'\'\'Set the sail.

            It is wide.
            \'\'\'
            return 1
        """)
    for marks in ('"' * 3, "'" * 3):
        old = base.replace("'" * 3, marks)
        held = old.replace("Set the sail.", "Izar la vela.").replace("It is wide.", "Es ancha.")
        new = old.replace("return 1", "return 2")
        assert merge_code(old, new, held, "python").text == held.replace("return 1", "return 2")
        done = merge_code(old, old.replace("It is wide.", "It is very wide."), held, "python")
        assert done.text == held and len(done.flags) == 1


def test_a_hash_inside_a_string_is_no_comment() -> None:
    base = fenced("""
        colour = '#fff'
        size = 1
        """)
    held = base.replace("#fff", "#000")
    assert merge_code(base, base.replace("size = 1", "size = 2"), held, "python").text == held.replace("= 1", "= 2")


def test_an_unknown_language_is_merged_by_lines() -> None:
    base, held = "```nosuch\na\nb\nc\n```\n", "```nosuch\nA\nb\nc\n```\n"
    assert merge_code(base, base.replace("c\n", "d\n"), held, "nosuch") == Merged(held.replace("c\n", "d\n"))


def test_comments_known_from_elsewhere_come_translated() -> None:
    known = learn_comments(BASE, HELD, "python")
    assert known == {"# Measure the bay": "# Medir la bahía", "# its short name": "# nombre"}
    new = fenced("""
        x = 1
        for n in x:
            # Measure the bay
            y = n  # its short name
        """)
    told = new.replace("Measure the bay", "Medir la bahía").replace("its short name", "nombre")
    assert reuse_comments(new, lambda: known, "python") == told
    base = "```python\nx = 1\n```\n"
    assert merge_code(base, new, base, "python", lambda: known).text == told
    assert merge_code(base, new, base, "python").text == new


def test_a_comment_of_several_lines_keeps_the_indentation_of_its_place() -> None:
    old, held = fenced("# One\n# two\nx = 1"), fenced("# Uno\n# dos\nx = 1")
    known = learn_comments(old, held, "python")
    new = "```python\nif x:\n    # One\n    # two\n    y = 1\n```\n"
    assert reuse_comments(new, lambda: known, "python") == new.replace("One", "Uno").replace("two", "dos")


def test_comments_that_nobody_translated_teach_nothing() -> None:
    assert learn_comments(BASE, BASE, "python") == {}
    assert learn_comments(BASE, BASE.replace("# Measure", "#  Measure"), "python") == {}


def test_code_without_comments_is_not_even_looked_up() -> None:
    def unwanted() -> dict[str, str]:
        raise AssertionError("nothing to look up")

    assert (
        reuse_comments("```python\n#@tab jax\nx = 1\n```\n", unwanted, "python") == "```python\n#@tab jax\nx = 1\n```\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "held", "text"),
    [
        ("$$a + b$$", "$$a + c$$", "$$z + b$$", "$$z + c$$"),
        ("$$a + b$$", "$$a  +  b$$", "$$z + b$$", "$$z + b$$"),
        ("$$a + b$$", "$$a + c$$", "$$a+b$$", "$$a + c$$"),
        ("$$a + b$$", "$$a + c$$", "$$a+c$$", "$$a+c$$"),
        (r"$$\alpha x$$", r"$$\beta x$$", r"$$\alpha y$$", r"$$\beta y$$"),
        ("* ", "- ", "* ", "- "),
    ],
)
def test_tokens(old: str, new: str, held: str, text: str) -> None:
    assert merge_tokens(old, new, held) == Merged(text)


def test_code_that_english_removed_and_the_translation_changed_stays_and_is_named() -> None:
    old = "```python\nmast = 5\nkeel = 4\nsail = 1\n```\n"
    held = old.replace("keel = 4", "keel = 7")
    done = merge_code(old, old.replace("keel = 4\n", ""), held, "python")
    assert done.text == held
    assert done.flags == ("English removed code that the translation has changed, which stays: keel = 4",)


def test_a_long_line_that_both_changed_is_named_by_what_differs() -> None:
    old = "```python\nsails = [" + ", ".join(str(n) for n in range(100, 150)) + "]\n```\n"
    done = merge_code(old, old.replace("130", "7"), old.replace("130", "8"), "python")
    assert done.flags == ("English changed code that the translation has changed too: … 128, 129, 7, 131, 132, …",)


def test_the_same_token_changed_by_both_stays_theirs_and_is_flagged() -> None:
    done = merge_tokens("$$a + b$$\n", "$$a + c$$\n", "$$a + d$$\n")
    assert done.text == "$$a + d$$\n"
    assert done.flags == ("English changed $$a + b$$ to $$a + c$$; the translation has its own, which stays",)


@pytest.mark.parametrize("opens", ["```js", '```js title="Area"', "````js"])
def test_a_fence_without_a_language_is_not_taken_for_what_closes_the_block(opens: str) -> None:
    old = "```\n├── area in meters\nwidth of a sail\n```\n"
    ours = "```\n├── área en metros\nancho de una vela\n```\n"
    closes = opens.partition("js")[0]
    done = merge_code(old, f"{opens}\nx = 6  // area in meters\nprint(width)\n{closes}\n", ours, "javascript")
    lines = done.text.splitlines()
    assert [line for line in lines if line.startswith("```")] == [lines[0], lines[-1]] == [opens, closes]


def test_a_comment_that_is_replaced_by_another_one_has_the_translation_of_that() -> None:
    known = {"# The sail": "# La vela", "# of canvas": "# de lona"}
    old = "```python\n# The mast\nx = 1  # of wood\ny = 2\n```\n"
    ours = old.replace("The mast", "El mástil").replace("of wood", "de madera").replace("y = 2", "y = 3")
    new = old.replace("The mast", "The sail").replace("of wood", "of canvas")
    done = merge_code(old, new, ours, "python", lambda: known)
    assert done.text == "```python\n# La vela\nx = 1  # de lona\ny = 3\n```\n" and not done.flags
