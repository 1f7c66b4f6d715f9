"""What the translation has already although its baseline does not: it is not added again, and stays as it is."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.planning.document_plan import plan_document

SMALL = "| Name | Default |\n| --- | --- |\n| size | `1` |\n"


def synced(old: str, new: str, target: str) -> tuple[str, list[str]]:
    """The draft where nothing gets a translation, and the English that the translation is reported to have had."""
    plan = plan_document(old, new, target, language="zh")
    draft = draft_document(plan, {}, old=old, new=new)
    return draft.text, [flag.text for flag in plan.flags if flag.kind == "ahead"]


@pytest.mark.parametrize(
    ("old", "new", "target", "ahead"),
    [
        pytest.param(
            SMALL,
            "| Name | Default | Since |\n| --- | --- | --- |\n| size | `1` | - |\n",
            "| 名称 | 默认 | 版本 |\n| --- | --- | --- |\n| size | `1` | - |\n",
            ["Since"],
            id="a column",
        ),
        pytest.param(
            SMALL,
            SMALL + "| keel | The keel of it | `x<'a'>` |\n",
            "| 名称 | 默认 |\n| --- | --- |\n| size | `1` |\n| keel | 它的龙骨 | `x<''a'>` |\n",
            ["| keel | The keel of it | `x<'a'>` |"],
            id="a row, with a typo in its code",
        ),
        pytest.param(
            "# Boats\n\n# Sails\n",
            f"# Boats\n\n### Ref\n\n{SMALL}\n# Sails\n",
            "# 船\n\n### Ref\n\n| 名称 | 默认 |\n| --- | --- |\n| size | `1` |\n\n# 帆\n",
            ["### Ref", "| Name | Default |", "| --- | --- |", "| size | `1` |"],
            id="a table with its header",
        ),
        pytest.param(
            "A sail folds by itself.\n\n![](sail.png)\n",
            "A sail folds by itself. ![](sail.png)\n",
            "帆会自己折叠。 ![](sail.png)\n",
            ["![](sail.png)"],
            id="a picture that English moved into a paragraph",
        ),
        pytest.param(
            'A sail folds by itself.\n\n<demo src="sail"></demo>\n',
            'A sail folds by itself. <demo src="sail"></demo>\n',
            '帆会自己折叠。 <demo src="sail"></demo>\n',
            ['<demo src="sail"></demo>'],
            id="a tag that English moved into a paragraph",
        ),
        pytest.param(
            "A sail folds by itself.\n",
            "A sail folds by itself. ![](sail.png) ![](mast.png)\n",
            "帆会自己折叠。 ![](sail.png) ![](mast.png)\n",
            ["![](sail.png)", "![](mast.png)"],
            id="two pictures beside each other",
        ),
        pytest.param(
            "Boats.\n\nSails.\n",
            "Boats.\n\n| Name | Use |\n|---|---|\n| the keel | It is below |\n| the sail | It is above |\n\nSails.\n",
            "船。\n\n| 名称 | 用途 |\n|---|---|\n| 龙骨 | 它在下面 |\n| 帆 | 它在上面 |\n\n帆。\n",
            ["| Name | Use |", "|---|---|", "| the keel | It is below |", "| the sail | It is above |"],
            id="a table of words, of the same shape",
        ),
        pytest.param(
            "Boats.\n\nSails.\n",
            "Boats.\n\n| Name | Use |\n|---|---|\n| `keel` | It is below |\n| `sail` | It is above |\n\nSails.\n",
            "船。\n\n| 名称 | 用途 | 备注 |\n|---|---|---|\n| `keel` | 在下面 | 重 |\n| `sail` | 在上面 | |\n\n帆。\n",
            ["| Name | Use |", "|---|---|", "| `keel` | It is below |", "| `sail` | It is above |"],
            id="a table with a column of the translators' own",
        ),
        pytest.param(
            "| Name | Default |\n| ---- | ------- |\n| size | `1` |\n",
            SMALL,
            "| 名称 | 默认 |\n| ---- | ------- |\n| size | `1` |\n",
            [],
            id="the line under a header, in another width",
        ),
        pytest.param(
            f"{SMALL}| keel | `2` |\n| size | `1` |\n",
            "| Name | Default |\n| --- | --- |\n| size | `1` |\n| keel | `2` |\n",
            "| 名称 | 默认 |\n| --- | --- |\n| size | `1` |\n| keel | `2` |\n",
            [],
            id="a row that English had twice, the last of which went",
        ),
    ],
)
def test_it_is_not_added_again(old: str, new: str, target: str, ahead: list[str]) -> None:
    assert synced(old, new, target) == (target, ahead)


def test_the_line_under_a_header_gets_the_column_that_english_adds_whatever_its_width() -> None:
    wider = "| Name | Default | Since |\n| --- | --- | --- |\n| size | `1` | - |\n"
    done, _ = synced(SMALL, wider, "| 名称 | 默认 |\n| ---- | ---- |\n| size | `1` |\n")
    assert done == "| 名称 | 默认 | Since |\n| --- | --- | --- |\n| size | `1` | - |\n"


def test_of_two_pictures_that_english_adds_the_one_that_is_there_is_not_added_again() -> None:
    old, target = "A sail folds by itself.\n", "帆会自己折叠。 ![](sail.png)\n"
    done, ahead = synced(old, f"{old.strip()} ![](sail.png) ![](mast.png)\n", target)
    assert (done.split(), ahead) == (["帆会自己折叠。", "![](sail.png)", "![](mast.png)"], ["![](sail.png)"])


def test_the_line_under_a_header_is_not_taken_without_its_table() -> None:
    old, target = "Boats.\n\nSails.\n", "船。\n\n| 名称 | 用途 |\n|---|---|\n| 龙骨 | 很重 |\n\n帆。\n"
    table = "| Name | Use |\n|---|---|\n| a red boat | You sail it when the wind is high |\n"
    done, ahead = synced(old, f"Boats.\n\n{table}\nSails.\n", target)
    assert table in done and target[4:-4] in done and not ahead


def test_rows_of_the_translators_own_beside_new_ones_are_named() -> None:
    old = "| Name | Use |\n|---|---|\n| keel | It is below |\n"
    target = "| 名称 | 用途 |\n|---|---|\n| keel | 它在下面 |\n| 桅杆 | 撑着帆和旗 |\n"
    plan = plan_document(old, f"{old}| the mast | It carries a sail |\n", target, language="zh")
    assert [flag.text for flag in plan.flags if flag.asks] == [
        "English added | the mast | It carries a sail |; "
        "the translation has rows of its own there, which stay: | 桅杆 | 撑着帆和旗 |"
    ]


def test_a_short_paragraph_that_english_moves_is_not_taken_for_one_that_stays() -> None:
    old = "First.\n\nMiddle of all.\n\nLast one.\n\nMiddle of all.\n"
    new = "Middle of all.\n\nFirst.\n\nLast one.\n\nMiddle of all.\n"
    assert synced(old, new, "首先。\n\n在一切的中间。\n\n最后。\n")[0] == "在一切的中间。\n\n首先。\n\n最后。\n"


def test_of_what_english_had_twice_the_translation_stays() -> None:
    old = "A boat is red. It floats.\n\nA mast is high and thin.\n\nA boat is red. It floats.\n"
    done, _ = synced(old, old.partition("\n\n")[2], "船是红的。它浮着。\n\n桅杆又高又细。\n")
    assert done == "桅杆又高又细。\n\n船是红的。它浮着。\n"


def test_what_the_translation_does_not_have_is_added() -> None:
    rows = "| 名称 | 默认 |\n| --- | --- |\n| size | `1` |\n"
    done, ahead = synced(SMALL, SMALL + "| keel | The keel |\n", rows + "| 自己的 | 一行 |\n")
    assert "| keel | The keel |" in done and "| 自己的 | 一行 |" in done and not ahead
    wider = "| Name | Default | Since |\n| --- | --- | --- |\n| size | `1` | - |\n"
    done, ahead = synced(SMALL, wider, rows)
    assert done.splitlines()[0] == "| 名称 | 默认 | Since |" and not ahead
    done, ahead = synced("A sail folds.\n", "A sail folds. ![](sail.png)\n", "帆会折叠。\n")
    assert done.split() == ["帆会折叠。", "![](sail.png)"] and not ahead
    done, ahead = synced(
        "A sail ![](a.png) folds.\n", "A sail ![](a.png) folds. ![](a.png)\n", "帆 ![](a.png) 会折叠。\n"
    )
    assert done.count("![](a.png)") == 2 and not ahead


@pytest.mark.parametrize(
    ("ours", "done"),
    [("https://boats.example/ja/sail", "https://boats.example/ja/sail"), ("/en/sail", "/v2/en/sail")],
    ids=["of their own", "of the English"],
)
def test_an_address_of_the_translators_stays_and_is_named(ours: str, done: str) -> None:
    old, new = (f'See <a href="{link}">sails</a>, they are red.\n' for link in ("/en/sail", "/v2/en/sail"))
    target = f'见<a href="{ours}">帆</a>，它们是红的。\n'
    plan = plan_document(old, new, target, language="zh")
    draft = draft_document(plan, {}, old=old, new=new)
    assert draft.text == target.replace(ours, done)
    assert [kept.applied for kept in plan.kept] == [ours != done]
    assert bool(draft.divergences) == (ours == done)


@pytest.mark.parametrize(
    ("new", "target", "row"),
    [
        pytest.param(
            "| Name | Default | Since |\n|---|---|---|\n| keel | `1` | 3 |\n| mast | `2` | - |\n",
            "| 名称 | 备注 |\n|---|---|\n| mast | 很高 |\n| deck | 很宽 |\n",
            "| mast | `2` | - |\n",
            id="a row of another table",
        ),
        pytest.param(
            "| Name | Default | Since |\n|---|---|---|\n| `keel` | low | 3 |\n| `mast` | How tall it can be | - |\n",
            "| 名称 | 备注 |\n|---|---|\n| `mast` | 它可以有多高 |\n| `deck` | 很宽 |\n",
            "| `mast` | How tall it can be | - |\n",
            id="a row of another table, as long as that",
        ),
        pytest.param(
            SMALL + "| * | Whoever sails at night needs a lamp |\n",
            "| 名称 | 默认 |\n| --- | --- |\n| size | `1` |\n| * | 备注 |\n",
            "| * | Whoever sails at night needs a lamp |\n",
            id="a first cell that names nothing",
        ),
    ],
)
def test_a_row_that_only_begins_alike_is_added(new: str, target: str, row: str) -> None:
    sides = [
        f"{intro}\n\n{table}\n{end}\n" for intro, table, end in (("Boats.", new, "Sails."), ("船。", target, "帆。"))
    ]
    old = sides[0].replace(row, "") if new.startswith(SMALL) else "Boats.\n\nSails.\n"
    draft, ahead = synced(old, sides[0], sides[1])
    assert not ahead
    assert row in draft
    assert target.splitlines()[-1] in draft


def test_a_box_of_the_translation_stays_around_what_is_in_it() -> None:
    price = "Despite the long storm, the price of a boat was constant over all of the years that we see in the harbor."
    notes = (
        "At the end of the year the captain looks at all of the boats again and writes down what each of them costs."
    )
    old = f"A red boat.\n\n{price}\n\n{notes}\n\n# The end\n"
    box = "```{note}\n这一讲讲述北方的大风暴，以及那些年里港口中的船只和船长们所经历的一切。\n```\n"
    held = (
        f"一条红船。\n\n{box}\n尽管风暴持续很久，我们在港口看到的这些年里船的价格没有变化。\n\n年底记价。\n\n# 结束\n"
    )
    new = old.replace("boat.\n", "boat.\n\n```{note}\nThis lecture describes the storm.\n```\n", 1)
    assert box in synced(old, new, held)[0]
