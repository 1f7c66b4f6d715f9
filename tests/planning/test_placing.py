"""Blocks that only the translation has, and where they go when English changes around them."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document

OLD = "First words here.\n\nSecond words here.\n"
NEW = "First words here.\n\nNew words are between them.\n\nSecond words here.\n"


def draft(old: str, new: str, target: str) -> str:
    return draft_document(plan_document(old, new, target, language="zh"), {}, old=old, new=new).text


@pytest.mark.parametrize(
    "own",
    [
        "<!-- Second words here. -->\n",
        "<!--\nSecond words here.\n-->\n\n",
        "## 只有译文有的标题\n\n",
        "请看下面：\n\n",
    ],
)
def test_what_leads_over_stays_before_what_it_leads_to(own: str) -> None:
    target = f"第一句话。\n\n{own}第二句话。\n"
    assert draft(OLD, NEW, target) == f"第一句话。\n\nNew words are between them.\n\n{own}第二句话。\n"


@pytest.mark.parametrize("own", ["*译者注：如此。*\n\n", "![图](a.png)\n\n"])
def test_anything_else_stays_behind_what_it_follows(own: str) -> None:
    target = f"第一句话。\n\n{own}第二句话。\n"
    assert draft(OLD, NEW, target) == f"第一句话。\n\n{own}New words are between them.\n\n第二句话。\n"


def test_what_follows_a_deleted_block_stays_before_the_next() -> None:
    old = "Zero comes first.\n\nFirst words here.\n\nSecond words here.\n"
    new = "Zero comes first.\n\nThese are quite different.\n\nSecond words here.\n"
    target = "零在前面。\n\n第一句话。\n\n*译者注：如此。*\n\n第二句话。\n"
    assert draft(old, new, target) == ("零在前面。\n\nThese are quite different.\n\n*译者注：如此。*\n\n第二句话。\n")


def test_a_comment_goes_with_the_block_whose_english_it_holds() -> None:
    old = "First words here.\n\nSecond words here.\n\nThird words here.\n"
    target = "第一句话。\n\n<!-- Second words here. -->\n第二句话。\n\n<!-- Third words here. -->\n第三句话。\n"
    new = "First words here.\n\nThird words here.\n"
    assert draft(old, new, target) == "第一句话。\n\n<!-- Third words here. -->\n第三句话。\n"


def test_another_comment_stays_where_its_neighbour_goes() -> None:
    old = "First words here.\n\nSecond words here.\n\nThird words here.\n"
    target = "第一句话。\n\n<!-- 再看一遍 -->\n第二句话。\n\n第三句话。\n"
    new = "First words here.\n\nThird words here.\n"
    assert draft(old, new, target) == "第一句话。\n\n<!-- 再看一遍 -->\n\n第三句话。\n"


def test_what_stands_first_in_the_translation_stays_first() -> None:
    target = "*译者注：如此。*\n\n第一句话。\n\n第二句话。\n"
    new = "New words before all of them.\n\n" + OLD
    assert draft(OLD, new, target).startswith("*译者注：如此。*\n\nNew words before all of them.\n\n第一句话。")


def tab(names: str, text: str) -> str:
    return f":begin_tab:`{names}`\n{text}\n:end_tab:\n\n"


def test_a_tab_of_the_translation_stays_behind_a_tab_that_english_replaced() -> None:
    old = "First words here.\n\n" + tab("oars", "Row with `both` hands.") + tab("sail", "See [this](a.b) here.")
    held = (
        "第一句话。\n\n"
        + tab("oars", "用`both`手划。")
        + tab("sail", "参见[这里](a.c)。")
        + tab("motor", "参见[那里](a.d)。")
    )
    new = old.replace(tab("sail", "See [this](a.b) here."), tab("kite", "See [this](e.f) here."))
    text = draft(old, new, held)
    assert text.endswith(tab("motor", "参见[那里](a.d)。"))
    assert text.count(":begin_tab:") == text.count(":end_tab:") == 3
    assert text.index(":begin_tab:`kite`") < text.index(":end_tab:", text.index("`kite`")) < text.index("`motor`")


def test_a_tab_that_the_translation_had_before_english_is_not_put_into_that_of_english() -> None:
    first, second = "Hoist the `mast` and look at it.", "Wait for $x$ hours, then sail away."
    old = f"{first}\n\nThe last words here.\n"
    held = tab("oars, sail", "竖起`mast`并看看它。") + tab("motor", "竖起`mast`并看看它。") + "最后一句话。\n"
    new = tab("oars, sail, kite", first) + tab("jet", second) + "The last words here.\n"
    text = draft(old, new, held)
    assert text.startswith(tab("oars, sail, kite", "竖起`mast`并看看它。").rstrip())
    assert text.count(":begin_tab:") == text.count(":end_tab:") == 3 and ":begin_tab:`oars, sail`" not in text


def test_a_name_that_only_translators_use_goes_into_the_line_of_a_tab_that_english_renamed() -> None:
    first, second = "The mast `m` is high.", "Then look at the sail."
    old = f"{first}\n\n" + tab("oars", second) + "The last words here.\n"
    held = "桅杆`m`很高。\n\n" + tab("oars, motor", "然后看看帆。") + "最后一句话。\n"
    for names, line in (("oars, kite", "oars, kite, motor"), ("oars, sail", "oars, sail, motor")):
        text = draft(old, old.replace("`oars`", f"`{names}`"), held)
        assert text == held.replace("oars, motor", line)


def test_a_tab_of_the_translation_is_not_opened_for_english_and_closed_for_itself() -> None:
    first, second = "Hoist the `mast` and look at it.", "The last words here."
    own = tab("kite", "风筝自己的话。")
    held = own + "竖起`mast`并看看它。\n\n最后一句话。\n"
    text = draft(f"{first}\n\n{second}\n", tab("kite", first) + f"{second}\n", held)
    assert text == own + tab("kite", "竖起`mast`并看看它。") + "最后一句话。\n"


def test_a_note_behind_a_tab_of_the_translation_stays_behind_it() -> None:
    first, second, third = "Hoist the `mast` and look at it.", "A sail of $x$ is here.", "Nobody has ever seen `it`."
    own, note = tab("motor", "发动机自己的话。"), "译者的话：见`motor`和`rope`。\n"
    held = "竖起`mast`并看看它。\n\n" + own + "这里有$x$的帆。\n\n" + note
    text = draft(f"{first}\n\n{second}\n", tab("kite", first) + f"{third}\n", held)
    assert text.startswith(tab("kite", "竖起`mast`并看看它。") + own) and note in text
