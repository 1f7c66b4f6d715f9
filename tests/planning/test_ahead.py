"""A translation that has already what English exchanged in a sentence: it was made for the new English, and stays."""

from __future__ import annotations

import pytest

from bot.drafting.draft import draft_document
from bot.planning.ahead import is_ahead
from bot.planning.document_plan import plan_document

INPUT, BUTTON = "Put an `Input` into the form.", "Put a `Button` into the form."
KERAS, TORCH = "We train the Keras model.", "We train the PyTorch model."


FIRST_GUIDE = "Read [the first guide](/guide/old-boats) and build a boat."
NEW_GUIDE = "We recommend our new [guide](/guide/new-boats)."


@pytest.mark.parametrize(
    ("old", "new", "text", "language", "ahead"),
    [
        pytest.param(INPUT, BUTTON, "Pon un `Button` en el formulario.", "es", True, id="code"),
        pytest.param(INPUT, BUTTON, "Pon un `Input` en el formulario.", "es", False, id="code that was exchanged"),
        pytest.param(INPUT, BUTTON, "Pon un `Button` o `Input` en el formulario.", "es", False, id="both"),
        pytest.param(INPUT, "Put a `Button` below the form.", "Pon un `Button` en él.", "es", False, id="other words"),
        pytest.param(
            "Props: `a`, `b`.", "Props: `a`, `b`, `c`.", "Propiedades: `a`, `b`, `c`.", "es", True, id="code added"
        ),
        pytest.param("Props: `a`, `b`.", "Props: `a`.", "Propiedades: `a`.", "es", True, id="code removed"),
        pytest.param("Props: `a`, `b`.", "Props: `a`.", "Propiedades.", "es", False, id="code it never had"),
        pytest.param(KERAS, TORCH, "我们训练 PyTorch 模型。", "zh", True, id="a name"),
        pytest.param(KERAS, TORCH, "Мы обучаем модель PyTorch.", "ru", True, id="a name among other letters"),
        pytest.param(KERAS, TORCH, "我们训练 `PyTorch` 模型。", "zh", True, id="a name that is code there"),
        pytest.param(KERAS, TORCH, "我们训练 Keras 模型。", "zh", False, id="a name that was exchanged"),
        pytest.param(KERAS, TORCH, "我们训练模型。", "zh", False, id="a name it never had"),
        pytest.param(KERAS, TORCH, "Wir trainieren das Modell mit PyTorch.", "de", False, id="Latin letters"),
        pytest.param(KERAS, "We test the PyTorch model.", "我们训练 PyTorch 模型。", "zh", False, id="another verb"),
        pytest.param(KERAS, "We train the PyTorch models.", "我们训练 PyTorch 模型。", "zh", False, id="a plural"),
        pytest.param(KERAS, TORCH, "我们训练 JAX 和 PyTorch 模型。", "zh", False, id="a name of neither English"),
        pytest.param(
            "Acme and PyTorch help.", "PyTorch helps.", "极致公司和 PyTorch 有帮助。", "zh", False, id="translated name"
        ),
        pytest.param(
            "PyTorch beats Keras.", "Keras beats PyTorch.", "PyTorch 胜过 Keras。", "zh", False, id="names that moved"
        ),
        pytest.param("Read `a` instead.", "Read `b`.", "改读 `b`。", "zh", False, id="a word that went with code"),
        pytest.param(
            "Setup - Intro", "Setup { #setup }", "安装 - 入门 { #setup }", "zh", False, id="a word that went with an id"
        ),
        pytest.param("Use Keras.", "Never use Keras.", "使用 Keras。", "zh", False, id="a negation"),
        pytest.param("The Input field.", "The Button field.", "Button 字段。", "zh", True, id="a name that is a word"),
        pytest.param("Never use Keras.", "Use PyTorch.", "使用 PyTorch。", "zh", False, id="a negation that went"),
        pytest.param("A leak", "BUG-2031-17: A leak", "BUG-2031-17: Una fuga", "es", True, id="the number of a report"),
        pytest.param("Boats 2.1.0.beta3.", "Boats 2.1.0.", "Barcos 2.1.0.", "es", True, id="a version"),
        pytest.param("Boats 2.1.0.beta3.", "Boats 2.1.0.", "Barcos 2.1.0.beta3.", "es", False, id="the old version"),
        pytest.param("Before rXXX.", "Before r51734.", "Antes de la 51734.", "es", True, id="a revision"),
        pytest.param("Before rXXX.", "Not in r51734.", "Antes de la 51734.", "es", False, id="a revision and words"),
        pytest.param("A boat", "A boat v2", "Un barco v2", "es", False, id="a short number"),
        pytest.param("One, two.", "One two!", "Uno, dos.", "es", False, id="punctuation"),
        pytest.param(FIRST_GUIDE, NEW_GUIDE, "Lea [la guía](/guide/new-boats).", "es", True, id="a link"),
        pytest.param(FIRST_GUIDE, NEW_GUIDE, "Lea [la guía](/guide/old-boats).", "es", False, id="the old link"),
        pytest.param(FIRST_GUIDE, NEW_GUIDE, "Lea [la guía](/es/new-boats).", "es", False, id="a link of their own"),
        pytest.param("Read [it](#a).", "Just see [it](#b).", "Véalo [aquí](#b).", "es", False, id="a place in a page"),
        pytest.param("Read on.", NEW_GUIDE, "Lea [la guía](/guide/new-boats).", "es", False, id="no link before"),
        pytest.param("See $a + b, + c$.", "See $a + b + c$.", "Ver $a + b, + c$.", "es", False, id="marks in math"),
        pytest.param("See :ref:`a`.", "See :ref:`b`.", "见 :ref:`b`。", "zh", True, id="a reference"),
    ],
)
def test_what_looks_the_same_in_both_languages_decides(
    old: str, new: str, text: str, language: str, ahead: bool
) -> None:
    assert is_ahead(text, old, new, language) is ahead


@pytest.mark.parametrize(
    ("old", "new", "held"),
    [
        (
            "The Keras layer has three small parts.",
            "The PyTorch layer has three small parts.",
            "PyTorch 层有三个小部分。",
        ),
        ("Open an `Input` and wait for it.", "Open a `Button` and wait for it.", "打开一个 `Button` 并等待。"),
        ("## The Keras layer", "## The PyTorch layer", "## PyTorch 层"),
        ("- Take Keras", "- Take PyTorch", "- 用 PyTorch"),
        ("| Made with Keras |\n| --- |", "| Made with PyTorch |\n| --- |", "| 用 PyTorch 制作 |\n| --- |"),
    ],
    ids=["sentence", "code", "heading", "item", "cell"],
)
def test_such_a_sentence_stays_as_people_wrote_it_and_is_listed(old: str, new: str, held: str) -> None:
    old, new, held = (f"{text}\n" for text in (old, new, held))
    plan = plan_document(old, new, held, language="zh")
    assert draft_document(plan, {}, old=old, new=new).text == held
    assert [kept.kind for kept in plan.kept] == ["by hand"], "people see it on the page"
