"""Columns that only the translation has, or only English: every line of a draft has all columns of its table."""

from __future__ import annotations

import pytest

from bot.drafting.draft import Draft, draft_document
from bot.planning.document_plan import DocumentPlan, plan_document

OLD = "| Name | Use |\n|---|---|\n| `keel` | It holds the boat upright |\n| `sail` | It catches the wind |\n"
NEW = OLD.replace("catches the wind", "may be folded and put below the deck")
OWN = "| 名称 | 用途 | 备注 |\n|---|---|---|\n| `keel` | 它使船直立 | 很重 |\n| `sail` | 它捕捉风 | 常是白色 |\n"
FIRST = "| 备注 | 名称 | 用途 |\n|---|---|---|\n| 重 | `keel` | 它使船直立 |\n| 白色 | `sail` | 它捕捉并使用海风 |\n"
BETWEEN = "| 名称 | 备注 | 用途 |\n|---|---|---|\n| `keel` | 重 | 它使船直立 |\n| `sail` | 白色 | 它捕捉海风 |\n"
MAST = "| `mast` | It carries the sail |\n"
SINCE = (
    OLD.replace("Use |", "Use | Since |")
    .replace("--|\n", "--|---|\n")
    .replace("t |", "t | 1.2 |")
    .replace("d |", "d | 1.4 |")
)
LONG = (
    "| Name | Default | Use |\n|---|---|---|\n| `keel` | 12 | It holds the boat |\n| `sail` | 30 | It catches wind |\n"
)
SHORT = "| 名称 | 用途 |\n|---|---|\n| `keel` | 它使船直立 |\n| `sail` | 它捕捉风 |\n"


def drafted(old: str, new: str, target: str) -> tuple[Draft, DocumentPlan]:
    """The draft where nothing gets a translation, and its plan."""
    plan = plan_document(old, new, target, language="zh")
    return draft_document(plan, {}, old=old, new=new), plan


def lines(old: str, new: str, target: str) -> list[str]:
    return drafted(old, new, target)[0].text.splitlines()


@pytest.mark.parametrize(
    ("target", "row"),
    [
        pytest.param(OWN, "| `sail` | It may be folded and put below the deck | 常是白色 |", id="last"),
        pytest.param(FIRST, "| 白色 | `sail` | It may be folded and put below the deck |", id="first"),
        pytest.param(BETWEEN, "| `sail` | 白色 | It may be folded and put below the deck |", id="between"),
    ],
)
def test_a_cell_of_an_own_column_stays_in_it(target: str, row: str) -> None:
    assert lines(OLD, NEW, target) == [*target.splitlines()[:3], row]


@pytest.mark.parametrize(
    ("target", "row"),
    [
        pytest.param(OWN, "| `mast` | It carries the sail | |", id="last"),
        pytest.param(FIRST, "| | `mast` | It carries the sail |", id="first"),
        pytest.param(BETWEEN, "| `mast` | | It carries the sail |", id="between"),
        pytest.param(SHORT, "| `mast` | It carries the sail |", id="none"),
    ],
)
def test_a_new_row_has_an_empty_cell_in_an_own_column(target: str, row: str) -> None:
    assert lines(OLD, OLD + MAST, target) == [*target.splitlines(), row]


def test_a_new_row_in_a_table_without_outer_bars_keeps_its_first_cell_empty() -> None:
    bare = FIRST.replace("\n| ", "\n").replace("| 备注", "备注", 1).replace(" |\n", "\n")
    plain = "Name | Use\n---|---\n`keel` | It holds the boat upright\n`sail` | It catches the wind\n"
    assert lines(plain, f"{plain}`mast` | It carries the sail\n", bare)[-1] == "| | `mast` | It carries the sail"


def test_a_column_that_english_adds_or_removes_leaves_own_columns_alone() -> None:
    draft, plan = drafted(OLD, SINCE, BETWEEN)
    assert draft.text.splitlines() == [
        "| 名称 | 备注 | 用途 | Since |",
        "|---|---|---|---|",
        "| `keel` | 重 | 它使船直立 | 1.2 |",
        "| `sail` | 白色 | 它捕捉海风 | 1.4 |",
    ]
    text = "English added the column Since; the translation has columns of its own, which stay: 备注"
    assert [flag.text for flag in plan.flags if flag.asks] == [text]
    assert lines(SINCE, OLD, draft.text) == BETWEEN.splitlines()


def test_a_column_that_english_moves_moves_with_its_cells() -> None:
    old = "| Name | Use | Cost |\n|:--|---|--:|\n| keel | It holds | 12 |\n| sail | It catches | 30 |\n"
    new = "| Name | Cost | Use |\n|:--|--:|---|\n| keel | 12 | It holds |\n| sail | 30 | It catches |\n"
    target = "|备注|名称|用途|价格|\n|-|:--|---|--:|\n|重|龙骨|直立|12|\n||帆|捕捉|30|\n"
    done = "|备注|名称|价格|用途|\n|-|:--|--:|---|\n|重|龙骨|12|直立|\n||帆|30|捕捉|\n"
    assert lines(old, new, target) == done.splitlines()


def test_an_own_row_gets_the_columns_of_its_table_and_what_it_loses_is_listed() -> None:
    target = SHORT + "| 锚 | 它使船停住 |\n"
    draft, _ = drafted(OLD, SINCE, target)
    assert [line.count("|") for line in draft.text.splitlines()] == [4] * 5
    assert draft.text.endswith("| 锚 | 它使船停住 | |\n")
    old = "| Name | Use | Cost |\n|---|---|---|\n| `keel` | It holds | 12 |\n| `sail` | It catches | 30 |\n"
    new = "| Name | Cost |\n|---|---|\n| `keel` | 12 |\n| `sail` | 30 |\n"
    target = (
        "| 名称 | 用途 | 价格 |\n|---|---|---|\n| `keel` | 直立 | 12 |\n| `sail` | 捕捉 | 30 |\n| 锚 | 停住 | 9 |\n"
    )
    draft, plan = drafted(old, new, target)
    assert draft.text.splitlines()[-1] == "| 锚 | 9 |"
    assert [flag.text for flag in plan.flags if flag.kind == "previous translation"] == ["停住"]


def test_what_english_changes_in_a_column_that_the_translators_left_out_stays_out() -> None:
    new = LONG.replace("| 30 |", "| 50 |") + "| `mast` | 7 | It carries the sail |\n"
    draft, plan = drafted(LONG, new, SHORT)
    assert draft.text.splitlines() == [*SHORT.splitlines(), "| `mast` | It carries the sail |"]
    text = "English changed the column Default, which the translation does not have"
    assert [flag.text for flag in plan.flags] == [text]
    assert not draft.divergences


@pytest.mark.parametrize(
    ("own", "ahead"),
    [
        (["版本", "1.2", "1.4"], ["Since", "1.2", "1.4"]),
        (["Since", "很早", "很早"], ["Since", "1.2", "1.4"]),
        (["备注", "很重", "白色"], []),
        (["备注", "1.2 千克", "白色"], []),
    ],
    ids=["by its cells", "by its header", "another one", "mostly another one"],
)
def test_a_column_of_the_translators_is_the_one_that_english_adds_if_its_cells_tell(
    own: list[str], ahead: list[str]
) -> None:
    target = "".join(
        f"{line} {cell} |\n" for line, cell in zip(SHORT.splitlines(), [own[0], "---", *own[1:]], strict=True)
    )
    draft, plan = drafted(OLD, SINCE, target)
    assert [flag.text for flag in plan.flags if flag.kind == "ahead"] == ahead
    assert all(cell in draft.text for cell in own)
    assert [line.count("|") for line in draft.text.splitlines()] == [4 if ahead else 5] * 4


def test_a_row_that_english_moves_and_edits_takes_its_own_cells_along() -> None:
    new = "".join(NEW.splitlines(keepends=True)[n] for n in (0, 1, 3, 2))
    done = lines(OLD, new, OWN)
    assert done[2:] == ["| `sail` | It may be folded and put below the deck | 常是白色 |", OWN.splitlines()[2]]


def test_a_cell_of_an_own_column_stays_where_english_has_no_words_any_more() -> None:
    draft, _ = drafted(OLD, OLD.replace("| `sail` |", "| - |"), FIRST)
    assert draft.text.splitlines()[-1] == "| 白色 | - | 它捕捉并使用海风 |"


def test_what_a_cell_without_words_replaces_is_listed() -> None:
    draft, plan = drafted(OLD, OLD.replace("It catches the wind", "`wind`"), SHORT)
    assert draft.text.splitlines()[-1] == "| `sail` | `wind` |"
    assert [flag.text for flag in plan.flags if flag.kind == "previous translation"] == ["它捕捉风"]


def test_line_ends_and_the_place_in_a_list_are_those_of_the_translation() -> None:
    old, target = (
        f"- x\n\n{''.join(f'  {line}' for line in text.splitlines(keepends=True))}\nEnd.\n" for text in (OLD, OWN)
    )
    new = old.replace("the wind |\n", f"the wind |\n  {MAST}")
    done = drafted(old, new, target.replace("\n", "\r\n"))[0].text
    assert done == target.replace("色 |\n", "色 |\n  | `mast` | It carries the sail | |\n").replace("\n", "\r\n")


def test_a_table_of_one_column_without_outer_bars_gets_one() -> None:
    old, new = "| Name | Use |\n|---|---|\n| `keel` | Low |\n", "| Name |\n|---|\n| `keel` |\n"
    assert lines(old, new, "用途 | 名称\n---|---\n低 | `keel`\n") == ["| 名称", "|---", "| `keel`"]


@pytest.mark.parametrize("target", [SHORT, OWN], ids=["plain", "with a column of its own"])
@pytest.mark.parametrize("lead", ["  ", "> "], ids=["list", "quote"])
def test_a_table_that_english_moves_into_a_list_or_a_quote_stays_one(lead: str, target: str) -> None:
    def led(table: str) -> str:
        return "".join(f"{lead}{line}" for line in table.splitlines(keepends=True))

    before, after = (f"- x\n\n{text}" for text in (f"End.\n\n{OLD}", led(OLD)))
    assert drafted(before, after, f"- x\n\n完。\n\n{target}")[0].text == f"- x\n\n{led(target)}"


def test_a_row_that_english_moves_to_another_table_gets_its_columns() -> None:
    rows = OLD.splitlines(keepends=True)
    other, theirs = f"| Name | Use |\n|---|---|\n{MAST}", "| 名称 | 用途 |\n|---|---|\n| `mast` | 它支撑帆 |\n"
    new = f"{''.join(rows[:3])}\nMore.\n\n{other}{rows[3]}"
    draft, plan = drafted(f"{OLD}\nMore.\n\n{other}", new, f"{OWN}\n更多。\n\n{theirs}")
    assert draft.text.splitlines()[-1] == "| `sail` | 它捕捉风 |"
    assert [flag.text for flag in plan.flags if flag.kind == "previous translation"] == ["常是白色"]


def test_a_header_that_english_rewrites_keeps_own_columns() -> None:
    new = "| Cost | Weight |\n|---|---|\n| 12 | It is rather dark |\n"
    assert lines(OLD, new, OWN)[0] == "| Cost | Weight | 备注 |"


@pytest.mark.parametrize("own", ["", "| 锚 | 它使船停在海底上面 |\n"], ids=["as many", "one more"])
def test_a_deleted_row_is_listed_if_the_translation_may_be_that_of_another(own: str) -> None:
    rows = [
        "| keel | It holds the boat upright |\n",
        "| sail | It catches wind from a side |\n",
        "| mast | It carries sails |\n",
    ]
    ours = ["| 龙骨 | 它使这条船一直直立着 |\n", "| 风帆 | 它捕捉从旁边吹来的风 |\n", "| 桅杆 | 它支撑所有的帆 |\n"]
    heads = "| Name | Use |\n|---|---|\n", "| 名称 | 用途 |\n|---|---|\n"
    old, new, target = heads[0] + "".join(rows), heads[0] + "".join(rows[1:]), heads[1] + "".join([*ours, own])
    _, plan = drafted(old, new, target)
    assert any(flag.kind == "previous translation" for flag in plan.flags) == bool(own)


def test_what_english_replaces_in_a_row_that_it_moves_is_listed() -> None:
    old = "| Name | Use |\n|---|---|\n| the keel | 6.5 |\n| the sail | 1.6 |\n"
    new = "| Name | Use |\n|---|---|\n| `mast` | 1.6 |\n| the keel | 6.5 |\n"
    target = "| 名称 | 备注 | 用途 |\n|---|---|---|\n| 龙骨 | 重 | 6.5 |\n| 帆 | 白 | 1.6 |\n"
    draft, plan = drafted(old, new, target)
    assert draft.text.splitlines()[2:] == ["| `mast` | 白 | 1.6 |", "| 龙骨 | 重 | 6.5 |"]
    assert [flag.text for flag in plan.flags if flag.kind == "previous translation"] == ["帆"]


def test_a_column_that_may_be_another_one_is_named_when_english_changes_the_table() -> None:
    target = "| 名称 | 用途 | 我们自己的很长的备注栏 |\n|---|---|---|\n" + "".join(
        f"| `{name}` | 12 | 这是译者自己写的一段很长的备注，与英文没有关系 |\n" for name in ("keel", "sail")
    )
    old = LONG.replace("| 12 | It holds the boat |", "| It holds | 12 |").replace(
        "| 30 | It catches wind |", "| It pulls | 12 |"
    )
    _, plan = drafted(old, f"{old}| `mast` | It stands | 7 |\n", target)
    assert any(flag.asks and "may not be" in flag.text for flag in plan.flags)
    _, plan = drafted(LONG, f"{LONG}| `mast` | 7 | It stands |\n", LONG)
    assert not plan.flags
