"""Where a translation is not the translation of the English that is recorded for it."""

from __future__ import annotations

from bot.status import drift as module
from bot.status.drift import outline


def drift(english: str, translation: str) -> tuple[str, ...]:
    return module.drift(outline(english), outline(translation))


CODE = "".join(f"x{n} = {n}\n" for n in range(10))
ENGLISH = (
    "# Boats\n:label:`sec_boats`\n\nText.\n\n## Sails\n:label:`sec_sails`\n\nMore.\n\n## Hulls {#hulls}\n\n"
    f"```{{.python .input}}\n# Area of a sail\n{CODE}```\n\n### End\n"
)
SPANISH = (
    ENGLISH.replace("Boats", "Barcos")
    .replace("Text", "Texto")
    .replace("Sails", "Velas")
    .replace("# Area of a sail", "# Área de una vela")
)


def test_a_translation_with_translated_comments_has_not_drifted() -> None:
    assert drift(ENGLISH, SPANISH) == ()


def test_what_only_the_translation_has_is_no_drift() -> None:
    more = SPANISH + "\n```python\n#@tab paddle\nimport paddle\nx = paddle.zeros(1)\n```\n\n(extra)=\n### Nota\n"
    assert drift(ENGLISH, more) == ()


def test_a_label_with_a_typing_error_is_no_drift() -> None:
    assert drift(ENGLISH, SPANISH.replace("sec_sails", "sec_sail")) == ()


def test_missing_headings_labels_and_code_are_told() -> None:
    cut = SPANISH[: SPANISH.index("## Velas")]
    assert drift(ENGLISH, cut) == (
        "1 heading where English has 4",
        "lacks 2 of 3 labels",
        "lacks 10 of 10 lines of code",
    )


def test_headings_that_english_does_not_have_are_told() -> None:
    assert drift(ENGLISH, SPANISH + "\n## Uno\n\n## Dos\n") == ("6 headings where English has 4",)


def test_a_share_of_the_code_may_be_other() -> None:
    long = "```python\n" + "".join(f"y{n} = {n}\n" for n in range(100)) + "```\n"
    assert drift(long, long.replace("y1", "z1")) == ()  # 11 of 100 lines
    assert drift(long, long.replace("y1", "z1").replace("y2", "z2")) == ("lacks 22 of 100 lines of code",)


def test_marks_in_code_are_no_headings_and_words_in_a_fence_are_no_code() -> None:
    english = (
        "```bash\n# One\n# Two\n# Three\n```\n\n~~~text\n" + "".join(f"Word {n}\n" for n in range(9)) + "```\n~~~\n"
    )
    assert drift(english, "```bash\n# Uno\n```\n\n~~~text\nPalabra\n~~~\n") == ()


def test_a_fence_ends_only_with_one_as_long() -> None:
    english = "````markdown\n```\n# No heading\n# Neither\n```\n````\n\n# One\n"
    assert drift(english, "# Uno\n") == ()


def test_the_first_heading_is_the_one_that_is_no_comment() -> None:
    assert outline("```bash\n# Install\n```\n\n# Boats\n\n## Sails\n").first == "# Boats"
    assert outline("Text.\n").first == ""
