"""Languages: tags in any spelling, ranges that agree with Unicode's scripts, and every package asks in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import regex

from bot import languages
from bot.alignment.blocks import face
from bot.alignment.lexicon import words
from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.markdown import parse
from bot.document.sentences import one_line, sentences
from bot.document.structure import language_problem
from bot.effort import ter
from bot.engines.amazon.language_codes import CODES
from bot.engines.smt import casing, tokens
from bot.evaluation.edit_rate import EditRate
from bot.languages import base_language, translation_problem
from bot.parallel_data.filters import filtered
from bot.settings.values import TermList
from bot.style.defaults import default_style
from bot.style.measure import measure
from bot.style.preferences import joint
from bot.style.rules import apply
from bot.terminology.glossary import read
from bot.terminology.word_forms import Target

BOT = Path(__file__).parent.parent / "bot"


@pytest.mark.parametrize(
    ("tag", "base"),
    [
        ("zh", "zh"),
        ("ZH", "zh"),
        ("zh-CN", "zh"),
        ("zh_CN", "zh"),
        ("zh-Hans", "zh"),
        ("zh_Hant_TW", "zh"),
        ("pt-BR", "pt"),
        ("PT_br", "pt"),
        (" tr ", "tr"),
        ("fil", "fil"),
        ("zha", "zha"),
        ("", ""),
    ],
)
def test_the_language_of_a_tag(tag: str, base: str) -> None:
    assert base_language(tag) == base


UNIT = TranslationUnit("The boat has a keel.", "这条船有龙骨，很长。", Provenance("a.md", 0))

ANSWERS: dict[str, Callable[[str], object]] = {
    "sentences": lambda zh: sentences("船有龙骨。gpu没有。", zh),
    "joint": joint,
    "style": default_style,
    "draft": lambda zh: apply("用 GPU 训练, 即可.", default_style(zh), zh),
    "measure": lambda zh: measure(["用 GPU 训练，即可。"], zh),
    "draft in English": lambda zh: translation_problem("A boat has a long keel.", "A boat has a keel.", ("en", zh)),
    "filters": lambda zh: filtered([UNIT], ("en", zh)).units,
    "terms for engines": lambda zh: TermList(file="terms.md").for_engines(zh),
    "term in a draft": lambda zh: Target("这条船有 龙骨", zh).uses("船有龙骨"),
    "column of a glossary": lambda zh: read("en,zh-CN\nkeel,龙骨\n", zh).terms,
    "head of a glossary": lambda zh: read("| 注 | English | 中文 |\n|--|--|--|\n| a | keel | 龙骨 |\n", zh).terms,
    "or in a glossary": lambda zh: read("keel; 龙骨 或者 龙脊\n", zh).terms,
    "tokens": lambda zh: tokens.sentence("船有龙骨", zh, list).tokens,
    "text of tokens": lambda zh: tokens.text(("船", "有", "GPU", "龙骨"), zh),
    "edits": lambda zh: ter.edits("ひらがな", "ひらひら", zh),
    "edit rate": lambda zh: EditRate(zh).sentence_score("ひらがな", ["ひらひら"]).score,
    "BLEU": languages.bleu_tokeniser,
}


@pytest.mark.parametrize("tag", ["ZH", "zh_CN", "zh-Hans", "ZH_hans_cn"])
@pytest.mark.parametrize("question", ANSWERS)
def test_chinese_is_chinese_however_its_tag_is_spelled(question: str, tag: str) -> None:
    answer = ANSWERS[question]
    assert answer(tag) == answer("zh") != answer("vi" if question == "measure" else "de")


def test_traditional_characters_and_dotted_capitals_in_any_spelling() -> None:
    assert {default_style(tag).quotes for tag in ("zh_TW", "ZH-HK", "zh_Hant")} == {"corner"}
    assert [languages.capitalised("in", tag) for tag in ("tr", "TR", "az_AZ", "en")] == ["İn", "İn", "İn", "In"]
    assert [languages.uncapitalised("In", tag) for tag in ("tr", "en")] == ["ın", "in"]
    assert languages.uncapitalised("İn", "tr") == "in" and languages.uncapitalised("GPU", "tr") == "GPU"
    assert languages.uncapitalised("SailBoat Two", "en") == "SailBoat Two"
    assert casing.learn([("İlk", "ev")]).usual["ilk"] == "ilk"
    assert casing.capitalised(("in", "ev"), "tr_TR") == ("İn", "ev") and languages.capitalised("", "tr") == ""


@pytest.mark.parametrize(
    "name", ["Han", "Hiragana", "Katakana", "Kana", "Hangul", "Thai", "Lao", "Khmer", "Myanmar", "Latin"]
)
def test_the_ranges_hold_the_letters_of_their_script_and_of_no_other(name: str) -> None:
    one = re.compile(f"[{getattr(languages, name.upper())}]")
    own = regex.compile(rf"\p{{Script={name}}}" if name != "Kana" else r"\p{Script=Hiragana}|\p{Script=Katakana}")
    shared = regex.compile(r"\p{Script=Common}|\p{Script=Inherited}|\P{Assigned}")
    every = "".join(chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000)
    assert [c for c in one.findall(every) if not own.match(c) and not shared.match(c)] == []
    left = {f"{ord(c):X}"[:-2] for c in own.findall(every) if not one.match(c) and c.isalpha()}
    # Blocks that books do without: phonetics and forms of print for Latin, old numbers and marks for Han.
    allowed = {
        "Han": {"16F"},
        "Hiragana": {"1B0", "1B1"},
        "Katakana": {"1AF", "1B0", "1B1"},  # in KANA
        "Myanmar": {"116"},
        "Latin": {"", "2", "1D", "20", "21", "2C", "A7", "AB", "FB", "FF", "107", "1DF"},
    }
    assert left <= allowed.get(name, set())


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("a", "LATIN"),
        ("ễ", "LATIN"),
        ("ａ", "LATIN"),
        ("я", "CYRILLIC"),
        ("漢", "HAN"),
        ("々", "HAN"),
        ("〇", "HAN"),
        ("𠮷", "HAN"),
        ("ひ", "HIRAGANA"),
        ("ー", "KATAKANA"),
        ("ﾊ", "KATAKANA"),
        ("한", "HANGUL"),
        ("ก", "THAI"),
        ("\ue000", "?"),
    ],
)
def test_the_script_of_a_letter(letter: str, script: str) -> None:
    assert languages.script(letter) == script


# Where the ranges of the packages differed.


@pytest.mark.parametrize("character", ["々", "〇", "㐀", "𠮷", "ﾊ", "ㇰ", "ー", "豈"])
def test_rare_characters_are_characters_everywhere(character: str) -> None:
    pair = f"漢{character}"
    assert languages.is_cjk(character) and languages.cjk_count(pair) == 2
    assert words(pair) == (pair,)
    assert ter.edits(pair, "漢字", "ja") == (1, 2)
    assert EditRate("ja").sentence_score(pair, ["漢字"]).score == 50
    assert apply(f"用{character} GPU", default_style("zh"), "zh") == f"用{character}GPU"
    assert one_line(f"漢{character}\n漢") == f"漢{character}漢"
    assert tokens.sentence(f"漢{character}x", "ja", list).tokens == ("漢", character, "x")


def test_latin_has_the_letters_of_vietnamese_and_no_signs() -> None:
    assert apply("由 Lễ 发明", default_style("zh"), "zh") == "由Lễ发明"
    assert tokens.text(("由", "Lễ", "Ân"), "zh") == "由Lễ Ân"
    assert tokens.text(("2", "×", "3", "个"), "zh") == "2×3个"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("船有\n龙骨", "船有龙骨"),
        ("船有，\n龙骨", "船有，龙骨"),
        ("船有😀\n龙骨", "船有😀龙骨"),
        ("ﾌﾈ\nに", "ﾌﾈに"),
        ("배는\n물에", "배는 물에"),
        ("船\n물", "船 물"),
        ("船有\nkeel", "船有 keel"),
        ("เรือ\nไม้", "เรือ ไม้"),
    ],
)
def test_lines_are_joined_as_browsers_are_asked_to(text: str, joined: str) -> None:
    assert one_line(text) == joined


def test_width_is_that_of_unicode() -> None:
    assert [languages.is_wide(c) for c in "漢한あ，aﾊﬁꜣ"] == [True] * 4 + [False] * 4


# Languages that write no spaces between words.

TEXTS = {"th": "เรือลอยน้ำ", "lo": "ເຮືອລອຍນ້ຳ", "km": "ទូកអណ្តែតលើទឹក", "my": "လှေသည်ရေပေါ်တွင်ပေါ်သည်"}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_without_spaces_edits_are_counted_by_characters(language: str, text: str) -> None:
    for tag in (language, language.upper(), f"{language}_XX"):
        assert ter.edits(text, text[:-1], tag) == (1, len(text) - 1)
        assert ter.edits(f"GPU {text}", text, tag) == (1, len(text))
        assert EditRate(tag).sentence_score(text[:-1], [text]).score == pytest.approx(100 / len(text))
        assert languages.bleu_tokeniser(tag) == "char"
    assert "tok:tercom-char" in str(_scored(EditRate(language))) and "-char" not in str(_scored(EditRate("ko")))


def _scored(rate: EditRate) -> object:
    rate.corpus_score(["a"], [["a"]])
    return rate.get_signature()


def test_amazon_has_no_language_whose_script_is_not_known() -> None:
    """One that is not listed is taken for Latin; these are, of the languages of Amazon Translate."""
    latin = (
        "af az bs ca cs cy da de en es et fi fr ga ha hr ht hu id is it lt lv ms mt nl no pl pt ro sk sl so sq sv sw"
    )
    found = {base_language(code) for code in CODES if languages.scripts(code) == {"LATIN"}}
    assert found == set(f"{latin} tl tr uz vi".split())


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_text_in_the_script_of_its_language_is_a_translation(language: str, text: str) -> None:
    source = "The boat floats on the water today."
    assert language_problem(source, text, ("en", language)) == ""
    assert "script" in language_problem(source, text, ("en", "tr"))
    assert "script" in language_problem(source, "The boat floats on the water now.", ("en", language))


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_words_are_written_without_spaces_and_sentences_with_them(language: str, text: str) -> None:
    assert tokens.text(tuple(text), language) == text
    assert joint(language) == " " and Target(f"{text[:3]} {text[3:]}", language).uses(text)


def test_serbian_has_two_scripts_and_english_left_in_it_is_seen() -> None:
    source = "The boat floats on the water today."
    assert language_problem(source, "Брод данас плута на води.", ("en", "sr")) == ""
    assert language_problem(source, "Brod danas pluta na vodi.", ("en", "sr")) == ""
    assert language_problem(source, "The boat floats on the water", ("en", "sr")) == "the draft is mostly English"


@pytest.mark.parametrize("text", ["One. Two!", "一。二！", "एक। दो।", "ایک۔ دو؟", "တစ်။ နှစ်။", "មួយ។ ពីរ។"])
def test_sentences_end_in_every_script(text: str) -> None:
    assert face(parse(text + "\n").blocks[0]).stops == 2


def test_no_package_is_behind_languages_or_documents() -> None:
    def imported(path: Path) -> set[str]:
        tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        modules = {node.module or "" for node in tree if isinstance(node, ast.ImportFrom)}
        return {".".join(m.split(".")[:2]) for m in modules if m.split(".")[0] == "bot"}

    assert imported(BOT / "languages.py") == set()
    for path in (BOT / "document").glob("*.py"):
        beneath = {"languages", "language_codes", "errors", "contracts", "messages"}
        assert imported(path) <= {"bot.document", *(f"bot.{name}" for name in beneath)}
