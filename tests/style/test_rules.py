"""The style of a draft: what the rules change, and that they change nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pydantic import TypeAdapter, ValidationError
from support.examples import examples

from bot.document.atoms import atoms
from bot.languages import CJK
from bot.style.defaults import DEFAULTS, default_style
from bot.style.measure import CLEAR, ENOUGH, Measured, measure
from bot.style.preferences import MARKS, Lines, Style, joint
from bot.style.rules import FULL, apply

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "d2l"

_PIECES = [
    *["词", "学习", "モデル", "모델", "은", "word", "GPU", "C++", "etc", "3.5", "1,000", "12", "ğ"],
    *[",", ".", ":", ";", "?", "!", "(", ")", "，", "。", "：", "、", "（", "）", "...", "::"],
    *['"', "“", "”", "「", "」", "«", "»", "'", "\\*", "\\$", "\\(", '\\"', "\\"],
    *["*", "**", "_", "~~", "[", "]", "[**"],
    *[" ", " ", "  ", "\n", "  \n", "- ", "1. ", "# ", "|", "$", "`", "!["],
    *[":numref:`fig_a`", "{cite}`b,c`", "`f(x), y`", "$a, b$", "$x_1$"],
    *["[词](a_b(c).md)", "<b>", "&lt;", "https://a.b/c"],
]
_text = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)
_style = st.builds(
    Style,
    before_role=st.sampled_from(["space", "none", "keep"]),
    after_role=st.sampled_from(["space", "none", "keep"]),
    latin=st.sampled_from(["space", "none", "keep"]),
    code=st.sampled_from(["space", "none", "keep"]),
    math=st.sampled_from(["space", "none", "keep"]),
    punctuation=st.sampled_from(["full", "half", "keep"]),
    quotes=st.sampled_from([*MARKS, "keep"]),
)
_styles = st.one_of(st.sampled_from([*DEFAULTS.values()]), _style)
_language = st.sampled_from(["zh", "zh-TW", "ja", "ko", "tr", "es"])

ZH, JA, KO, TR = (default_style(language) for language in ("zh", "ja", "ko", "tr"))


@examples(300)
@given(_text, _styles, _language)
@example("**词.**word 词", ZH, "zh")
@example("词** 词,**词", ZH, "zh")
@example("学习]（a）", Style(punctuation="half"), "zh")
@example("词\n （词）", ZH, "zh")
@example("1。 词", Style(punctuation="half"), "zh")
def test_only_spaces_and_marks_change_and_all_markup_stays(text: str, style: Style, language: str) -> None:
    out = apply(text, style, language)
    assert atoms(out) == atoms(text)
    assert structure(out) == structure(text)
    assert apply(out, style, language) == out
    assert plain(out) == plain(text)
    assert re.findall(r"[ ]*[\r\n][ ]*", out) == re.findall(r"[ ]*[\r\n][ ]*", text)


@given(_text, _language, st.sampled_from(["sentence", "paragraph", "keep"]))
def test_a_style_without_rules_changes_nothing(text: str, language: str, lines: Lines) -> None:
    assert apply(text, Style(lines=lines), language) == text
    assert default_style("fi") == Style()


_ENGLISH = ['A "word", see', "f(x): 3.5;", "(or not).", "`a`", "$x$,", "see:numref:`y`"]


@given(st.lists(st.sampled_from(_ENGLISH)).map(" ".join))
def test_text_of_another_script_is_left_alone(text: str) -> None:
    for language in sorted(CJK):
        assert apply(text, default_style(language), language) == text


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("如 :numref:`fig_a` 所示。", "如 :numref:`fig_a`所示。"),
        ("如:numref:`fig_a`所示（见:cite:`b`）。", "如 :numref:`fig_a`所示（见 :cite:`b`）。"),
        ("参考*某文*:cite:`b`。", "参考*某文* :cite:`b`。"),
        ("用 GPU 训练 3 次, 用 `fit` 和 $x$ 即可.", "用GPU训练3次，用`fit`和$x$即可。"),
        ("它有 95% 的准确率; 对吗?", "它有95%的准确率；对吗？"),
        ("注意: 成本为 1,000 元, 即 3.5%.", "注意：成本为1,000元，即3.5%。"),
        ("颜色详见 Red, Green and Blue (RGB) 一节", "颜色详见Red, Green and Blue（RGB）一节"),
        ("卷积 (convolution) 很有用", "卷积（convolution）很有用"),
        ("函数f(x)在区间(0, 1)上", "函数f(x)在区间(0, 1)上"),
        ('所谓 "学习" 是什么', "所谓 “学习” 是什么"),
        ("文件 a.py, 等等...", "文件a.py，等等..."),
        ("**重点:** 后面", "**重点：** 后面"),
        ("(**定义网络**), [**再训练**]", "(**定义网络**)，[**再训练**]"),
        ("见 [文档](a,b.md), 第 2 章.", "见 [文档](a,b.md)，第2章。"),
        ("价格是 \\$5, \\(即 \\*号\\).", "价格是 \\$5，\\(即 \\*号\\)."),
        ("时间 12:30 :smile: 到", "时间12:30 :smile: 到"),
        ("步骤：\n(1) 初始化; (2) 更新.", "步骤：\n（1）初始化；（2）更新。"),
        ("1 引言", "1 引言"),
        ("$x$: 标量和向量", "$x$: 标量和向量"),
        ("公式 $x, 后面 `没有", "公式 $x, 后面 `没有"),
        ('他说\\, 即 \\"好\\" 的, 词\\ （注）', '他说\\, 即 \\"好\\" 的，词\\ （注）'),
        ("学习, （**:numref:`a`**）", "学习，（**:numref:`a`**）"),
        ("学习 (见{cite}`a`)", "学习（见 {cite}`a`）"),
        ('一个 "词, 和一个 "词" 好', '一个 "词，和一个 "词" 好'),
        ('"词", 屏幕5"大', '“词”，屏幕5"大'),
        ("就在H.", "就在H."),
        ('一个 " 词 " 好, 词', '一个 " 词 " 好，词'),
        ("学习::词, 好", "学习::词，好"),
        ("学习, 见图![图](a.png)", "学习，见图![图](a.png)"),
        ("这是参见 Smith et al. 的论文", "这是参见Smith et al. 的论文"),
    ],
)
def test_chinese(draft: str, wanted: str) -> None:
    assert apply(draft, ZH, "zh") == wanted


@pytest.mark.parametrize(
    ("draft", "style", "language", "wanted"),
    [
        ("他说“好”", default_style("zh-TW"), "zh-TW", "他說「好」".replace("說", "说")),
        ("モデル, つまり GPU です.", JA, "ja", "モデル、つまりGPUです。"),
        ('"学習"とは (training)', JA, "ja", "「学習」とは（training）"),
        ("モデル，즉 GPU는（빠름）입니다。", KO, "ko", "モデル, 즉 GPU는(빠름)입니다."),
        ("다음은 $x$ 와 MNIST 데이터셋", KO, "ko", "다음은 $x$ 와 MNIST 데이터셋"),
        ("그림:numref:`a`에서", KO, "ko", "그림 :numref:`a`에서"),
        ("Örneğin:numref:`a`'de (:cite:`b`)", TR, "tr", "Örneğin :numref:`a`'de (:cite:`b`)"),
        ('Buna "öğrenme" denir', Style(quotes="guillemets"), "tr", "Buna «öğrenme» denir"),
        ('Bir 5" ekran, "öğrenme"', Style(quotes="curly"), "tr", 'Bir 5" ekran, “öğrenme”'),
        ("学习, :cite:`a`", Style(punctuation="full"), "zh", "学习， :cite:`a`"),
        ("有1，000个，学习，GPU。", Style(punctuation="half"), "zh", "有1,000个, 学习, GPU."),
        ("用GPU训练", Style(latin="space"), "zh", "用 GPU 训练"),
        ("函数`f`与$x$的", Style(code="space", math="space"), "zh", "函数 `f` 与 $x$ 的"),
        ("见 :cite:`a`的", Style(before_role="none", after_role="space"), "zh", "见:cite:`a` 的"),
        ("bkz. :cite:`a`", Style(before_role="none"), "tr", "bkz. :cite:`a`"),
    ],
)
def test_other_languages_and_rules(draft: str, style: Style, language: str, wanted: str) -> None:
    assert apply(draft, style, language) == wanted


def test_a_draft_that_would_read_as_other_markdown_comes_back_unchanged() -> None:
    for text in ("1。 词，词", "词]（a），词"):  # else an item of a list and the target of a link
        assert apply(text, Style(punctuation="half"), "zh") == text
    assert apply("**词。** （注）", ZH, "zh") == "**词。**（注）"


def test_defaults_by_code() -> None:
    assert default_style("zh-CN") == default_style("zh") == ZH
    assert {default_style(code).quotes for code in ("zh-TW", "zh-Hant-HK", "zh-HK", "ja")} == {"corner"}
    assert default_style("pt-BR") == default_style("pt")


def test_what_stands_between_sentences() -> None:
    assert [joint(code) for code in ("zh-TW", "ja", "ko", "tr")] == ["", "", " ", " "]


def test_a_style_is_read_strictly() -> None:
    for wrong in ({"colour": "red"}, {"quotes": "double"}, {"latin": True}):
        with pytest.raises(ValidationError):
            TypeAdapter(Style).validate_python(wrong)


def test_measuring_counts_cases_and_paragraphs() -> None:
    paragraphs = ["用GPU训练 `f`。见 :cite:`a`的“书”,对吗？", "第一句。\n第二句。", "一。二。", "一二\n三。四。"]
    text = "\n\n".join([*paragraphs, 'All "English", see :cite:`a`.\n'])
    counts = measure([text], "zh").counts
    assert counts["latin"] == {"none": 2} and counts["code"] == {"space": 1}
    assert counts["before_role"] == {"space": 1} and counts["after_role"] == {"none": 1}
    assert counts["punctuation"] == {"full": 8, "half": 1}
    assert counts["quotes"] == {"curly": 1}
    assert counts["lines"] == {"paragraph": 2, "sentence": 1, "wrapped": 1}


@given(st.integers(0, 100), st.integers(0, 100))
@example(20, 0)
@example(4, 16)
def test_a_rule_is_told_or_clear_or_the_default(spaces: int, others: int) -> None:
    shown = Measured({"latin": {"space": spaces, "none": others}}).style(Style(), ZH).latin
    total = spaces + others
    if total < ENOUGH:
        assert shown == ZH.latin
    elif max(spaces, others) < CLEAR * total:
        assert shown == "keep"
    else:
        assert shown == ("space" if spaces > others else "none")
    measured = Measured({"latin": {"space": spaces, "none": others}, "lines": {"wrapped": 100}})
    told = measured.style(Style(latin="keep"), ZH)
    assert told.latin == "keep" and told.quotes == "curly" and told.lines == "keep"


@pytest.mark.parametrize("language", ["zh", "tr"])
def test_people_write_in_the_style_that_is_measured(language: str) -> None:
    if not (DATA / "pairs" / language).is_dir():
        pytest.skip("the real books are missing: put the test material at ../shared/data beside this checkout")
    paths = [p for p in sorted((DATA / "pairs" / language).rglob("*.md")) if not p.name.endswith("_origin.md")][::4]
    texts = [path.read_bytes().decode() for path in paths]
    style = measure(texts, language).style(Style(), Style())
    assert style.before_role == "space"
    if language == "zh":
        assert style == replace(ZH, lines="keep")
    lines = [line for text in texts for line in text.split("\n") if not line.startswith((" ", "#", "```", ":", "|"))]
    changed = sum(apply(line, style, language) != line for line in lines)
    assert changed < len(lines) * 0.04


def plain(text: str) -> str:
    """``text`` without what a style may change."""
    return re.sub("[" + re.escape("".join([*FULL, *FULL.values(), *MARKS.values(), "、"])) + " ]", "", text)


def structure(text: str) -> list[tuple[str, str, str]]:
    """Tokens and their nesting, without the text itself."""
    tokens = MarkdownIt("commonmark").parse(text)
    flat = [child for token in tokens for child in (token, *(token.children or ()))]
    return [(t.type, t.markup, str(sorted(t.attrs.items()))) for t in flat if t.type not in ("text", "text_special")]
