"""What an English edit means: kinds of edits, and what of them can be carried over into a translation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.books import sentence, translated

from bot.document.carried_markup import carry_markup, carry_stop
from bot.document.edits import (
    changed_words,
    compare,
    fold,
    mend,
    similarity,
    swap_atoms,
    swap_named_links,
    words,
)

quick = settings(max_examples=25, derandomize=True)
LONG = "The mast of our boat is made of old pine, as those of all boats here are"


@quick
@given(sentence(), sentence())
def test_a_comparison_is_the_same_both_ways(one: str, two: str) -> None:
    assert compare(one, two).kind == compare(two, one).kind
    assert similarity(one, two) == similarity(two, one)
    assert compare(one, one).kind == "same" and similarity(one, one) == 1.0


@quick
@given(sentence())
def test_case_punctuation_and_wrapping_are_cosmetic_at_most(text: str) -> None:
    assert compare(text, text.replace(" ", "\n")).kind == "same"
    assert compare(text, text[0].lower() + text[1:-1] + "!").kind == "cosmetic"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("It doesn't float.", "It does not float.", "cosmetic"),
        ("We can't; it won't.", "We cannot; it will not.", "cosmetic"),
        ("Let's sail, it's late.", "Let us sail, it is late.", "cosmetic"),
        ("We've seen what they're doing.", "We have seen what they are doing.", "cosmetic"),
        ("Take 3 boats.", "Take three boats.", "cosmetic"),
        ("Over 10,000 boats.", "Over 10000 boats.", "cosmetic"),
        ("A well-known boat.", "A wellknown boat.", "cosmetic"),
        ("Take 3 boats.", "Take 4 boats.", "changed"),
        ("Use `mast` here.", "Use `boom` here.", "atoms"),
        ("See :numref:`sec_a` now.", "See :numref:`sec_b` now.", "atoms"),
        ("Let $x$ be.", "Let $ x $ be.", "atoms"),
        ("Use mast here.", "Use `mast` here.", "markup"),
        ("It is *wide* here.", "It is wide here.", "cosmetic"),
        ("It floats.", "[**It floats.**]", "markup"),
        ("From oars => to sails.", "From oars =&gt; to sails.", "markup"),
        ("Oars & sails.", "Oars and sails.", "changed"),
        ("See [it](a.b) here.", "See it here.", "markup"),
        (f"{LONG}.", f"{LONG} too.", "small"),
        (f"{LONG}.", f"{LONG} not.", "changed"),
        (f"{LONG}.", f"{LONG.replace('old', 'all')}.", "changed"),
        (f"{LONG} `x`.", f"{LONG}.", "changed"),
        ("It floats.", "Nobody knows why.", "changed"),
    ],
)
def test_kinds_of_edits(old: str, new: str, kind: str) -> None:
    assert compare(old, new).kind == kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("before", "after"),
        ("left", "right"),
        ("increases", "decreases"),
        ("rows", "columns"),
        ("training", "testing"),
        ("greater", "smaller"),
        ("Part VI:", "Part VII:"),
        ("Part I:", "Part II:"),
        ("input", "output"),
        ("must", "may"),
    ],
)
def test_a_word_that_turns_a_meaning_round_is_no_small_edit(old: str, new: str) -> None:
    assert similarity(f"{LONG} {old}.", f"{LONG} {new}.") > 0.9
    assert compare(f"{LONG} {old}.", f"{LONG} {new}.").kind == "changed"


def test_words_and_what_is_folded() -> None:
    assert words("It's 3-way, isn't it? Two!") == ["it", "is", "3", "way", "is", "not", "it", "2"]
    assert fold("Use `A b` NOW.") == "use`A b`now"


def test_the_edit_in_words() -> None:
    assert changed_words("a wide red sail", "a blue sail hangs") == "+blue -wide red +hangs"
    assert changed_words("a sail", "a  sail") == ""


@quick
@given(sentence(), st.sampled_from(["`new_name`", "$n$", ":numref:`sec_new`"]))
def test_a_replaced_atom_is_replaced_in_the_translation(text: str, atom: str) -> None:
    old, new = f"{text} See `old_name` now.", f"{text} See {atom} now."
    assert swap_atoms(old, new, translated(old)) == translated(new)


@pytest.mark.parametrize(
    ("old", "new", "target", "text"),
    [
        ("`a` and `b`", "`c` and `d`", "`b` и `a`", "`d` и `c`"),
        ("`a` and `a`", "`b` and `b`", "`a` и `a`", "`b` и `b`"),
        ("`a` and `a`", "`b` and `c`", "`a` и `a`", "`b` и `c`"),
        ("`a`, `b`, `a`", "`c`, `b`, `d`", "`b`, `a`, `a`", None),
        ("`a`", "`b`", "без", None),
        ("`a`", "`b`", "`a` и `a`", None),
        ("`a`", "`b` `c`", "`a`", None),
        ("`a` $x$", "`b` $x$", "$x$ `a` $y$", "$x$ `b` $y$"),
        ("$x + y$", "$z$", "где $x+y$", "где $z$"),
        ("{ref}`A <x>`, `b`", "{ref}`A <y>`, `c`", "`b`, {ref}`Я <x>`", "`c`, {ref}`Я <y>`"),
        ("{ref}`A <x>`", "{ref}`A <y>`", "{ref}`Я <x>` и {ref}`Э <x>`", None),
        ("{ref}`A <x>`", "{ref}`B <y>`", "{ref}`Я <x>`", None),
        ("{ref}`A <x>`", "{doc}`A <y>`", "{ref}`Я <x>`", None),
        (":ref:`A <x>`", ":ref:`A <y>`", "{ref}`Я <x>`", None),
        # A translation leads to its own pages.
        ("[A]({% link b.md %})", "[A]({% link en/b.md %})", "[Я]({% link ru/b.md %})", "[Я]({% link ru/b.md %})"),
        ("[A](/en/b)", "[A](/en/c)", "[Я](/ru/b)", "[Я](/ru/c)"),
        ("[A](/b) [B](/c)", "[A](/d) [B](/c)", "[Э](/ru/c) [Я](/ru/b)", "[Э](/ru/c) [Я](/ru/d)"),
        ("[A](/b)", "[A](/c)", "[Я](/about/b)", None),
        ("[A](/en/b)", "[A][b]", "[Я](/ru/b)", None),
        ('{{< tab "a" >}}', '{{< tab "b" >}}', '{{< tab "я" >}}', '{{< tab "я" >}}'),
    ],
)
def test_atoms_are_swapped_where_that_is_no_guess(old: str, new: str, target: str, text: str | None) -> None:
    assert swap_atoms(old, new, target) == text


@pytest.mark.parametrize(
    ("old", "new", "target", "text"),
    [
        ("Set mast up.", "Set `mast` up.", "Ставим mast тут.", "Ставим `mast` тут."),
        ("Set `mast` up.", "Set mast up.", "Ставим `mast` тут.", "Ставим mast тут."),
        ("Set mast up.", "Set `mast` up.", "Ставим мачту.", None),
        ("Set mast up.", "Set `mast` up.", "mast, mast.", None),
        ("Set `mast` up.", "Set mast up.", "Мачту.", None),
        ("Set mast up.", "Set `mast` up.", "Levez le mastil.", None),
        ("Set $MAST up.", "Set `$MAST` up.", "Ставь $MAST.", "Ставь `$MAST`."),
        ("Set `$MAST` up.", "Set $MAST up.", "Ставь `$MAST`.", "Ставь $MAST."),
        ('Set "mast" up.', "Set `mast` up.", "立“mast”。", "立`mast`。"),
        ('Set "mast" up.', 'Set "`mast`" up.', "立“mast”。", "立“`mast`”。"),
        ("It floats.", "[**It floats.**]", "Плывёт.", "[**Плывёт.**]"),
        ("It floats:", "[**It floats**]:", "Плывёт：", "[**Плывёт**]："),
        ("It floats.", "(~~It floats.~~)", "Плывёт.", "(~~Плывёт.~~)"),
        ("[**It floats.**]", "It floats.", "[**Плывёт.**]", None),
        ("It floats on.", "It [**floats**] on.", "Плывёт.", None),
        ("See [it](a.b) here.", "See it here.", "Смотри [сюда](a.b) тут.", "Смотри сюда тут."),
        ("See [it](a.b) here.", "See it here.", "Смотри [a](a.b) и [b](a.b).", None),
        ("See [it](a.b) here.", "See it here.", "Смотри ![сюда](a.b).", None),
        ('Sails <sup v="3" /> {#a}', "Sails {#a}", 'Паруса <sup v="3" /> {#a}', "Паруса {#a}"),
        ('<sup v="3" /> Sails', "Sails", '<sup v="3" /> Паруса', "Паруса"),
        ("It sails<br/>on.", "It sails on.", "Он плывёт<br/>дальше.", None),
        ("It sails<br/>on.", "It sails on.", "그는<br/>간다.", None),
        ("It sails<br/>on.", "It sails on.", "船行<br/>不止。", "船行不止。"),
        ("It sails\n<br/>\non.", "It sails\non.", "Он плывёт\n<br/>\nдальше.", "Он плывёт\nдальше."),
        ("It sails\n> <br/>\n> on.", "It sails\n> on.", "Он\r\n> <br/>\r\n> плывёт.", "Он\r\n> плывёт."),
        ("It sails.\n> <br/>", "It sails.", "Он плывёт.\n> <br/>", "Он плывёт."),
        ("It sails <br/>\non.", "It sails\non.", "Он плывёт <br/>\nдальше.", "Он плывёт\nдальше."),
        ("It sails\n<br/> on.", "It sails\non.", "Он плывёт\n<br/> дальше.", "Он плывёт\nдальше."),
        ("<br/>It sails.", "It sails.", "<br/>Он плывёт.", None),
        ("<br/>\nIt sails.", "It sails.", "<br/>\nОн плывёт.", "Он плывёт."),
        ("The [# sign](a.b) is big.", "The # sign is big.", "[# знак](a.b) большой.", None),
        ("The [1.](a.b) is big.", "The 1. is big.", "Он\n[1.](a.b) большой.", None),
        ("Its `__mast__` is old.", "Its \\_\\_mast\\_\\_ is old.", "Её `__mast__` стара.", None),
        ("It sails <br/>.", "It sails.", "Он плывёт <br/>.", "Он плывёт."),
        ("It sails. <br/>", "It sails.", "Он плывёт. <br/>", "Он плывёт."),
        ("Some <b>sails</b>.", "Some sails.", "Несколько <b>парусов</b>.", None),
    ],
)
def test_markup_is_carried_where_that_is_no_guess(old: str, new: str, target: str, text: str | None) -> None:
    assert carry_markup(old, new, target) == text


@pytest.mark.parametrize(
    ("old", "new", "target", "text"),
    [
        ("a:", "a.", "я:", "я."),
        ("a.", "a:", "是。", "是："),
        ("a,", "a;", "是、", "是；"),
        ("a.", "a!", "я.", "я."),
        ("a.", "a.", "я:", "я:"),
        ("a:", "a.", "я!", "я!"),
        ("a:", "a.", "", ""),
    ],
)
def test_the_last_mark_is_carried(old: str, new: str, target: str, text: str) -> None:
    assert carry_stop(old, new, target) == text


@pytest.mark.parametrize(
    ("old", "new", "target", "expected"),
    [
        ("Made by [Oak](a).", "Made by [elm5](b).", "由[Oak](a)制造。", "由[elm5](b)制造。"),
        ("Made by [Oak](a).", "Made by [elm5](b).", "由[橡树](a)制造。", None),
        ("Made by [Oak](a).", "Built by [Elm](b).", "由[Oak](a)制造。", None),
        ("See [the old guide](a).", "See [the new guide](b).", "见[the old guide](a)。", None),
        ("By [Oak](a) and [Oak](a).", "By [Elm](b) and [Oak](a).", "由[Oak](a)和[Oak](a)。", None),
    ],
)
def test_links_that_are_names_are_exchanged(old: str, new: str, target: str, expected: str | None) -> None:
    assert swap_named_links(old, new, target) == expected


@pytest.mark.parametrize(
    ("new", "target", "expected"),
    [
        ("**Two boats**", "Dos barcos", "**Dos barcos**"),
        ("*Two boats*", "Dos barcos", "*Dos barcos*"),
        ("**Two boats**", "**Dos barcos**", "**Dos barcos**"),
        ("**Two** boats", "Dos barcos", "Dos barcos"),
    ],
)
def test_emphasis_of_a_whole_sentence_is_carried(new: str, target: str, expected: str) -> None:
    assert mend("cosmetic", "Two boats", new, target) == expected
