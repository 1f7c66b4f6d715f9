"""What people wrote in code, and what a draft no longer has of it."""

from __future__ import annotations

import pytest

from bot.document.markdown import parse
from bot.planning.lost_words import lost_words

ENGLISH = "# Boats\n\n```python\n# The area\narea = 3 * 4  # in meters\nprint('the area', area)\n```\n"
OURS = "# Barcos\n\n```python\n# El área\narea = 3 * 4  # en metros\nprint('el área', area)\n```\n"


def lost(ours: str, now: str, english: str = ENGLISH) -> list[str]:
    return [text for _, text in lost_words(*(parse(text, "commonmark") for text in (ours, now, english)))]


@pytest.mark.parametrize(
    ("now", "texts"),
    [
        (OURS, []),
        (OURS.replace("3 * 4", "5 * 6"), []),
        (OURS.replace("# El área\n", ""), ["# El área"]),
        (OURS.replace("  # en metros", "  # in feet"), ["# en metros"]),
        (OURS.replace("print('el área', area)\n", ""), ["'el área'"]),
        ("# Barcos\n", ["# El área", "# en metros", "'el área'"]),
        ("# Barcos\n\n```python\n'el área'\n```\n\n```\n# El área\n# en metros\n```\n", []),
    ],
)
def test_what_code_said_is_lost_if_no_code_says_it(now: str, texts: list[str]) -> None:
    assert lost(OURS, now) == texts


def test_what_is_english_was_written_by_nobody_here() -> None:
    assert lost(ENGLISH, "# Barcos\n") == []
    assert lost(OURS.replace("el área", "the area"), "# Barcos\n") == ["# El área", "# en metros"]


def test_each_line_of_a_comment_is_named_by_itself() -> None:
    ours = "```c\n// Una vela\n// de lona\nx = 1;\n```\n"
    assert lost(ours, ours.replace("// de lona\n", ""), "```c\n// A sail\n// of canvas\nx = 1;\n```\n") == [
        "// de lona"
    ]


def test_lines_of_a_diagram_are_words() -> None:
    ours, english = "```\n船体/\n├── 桅杆 高高的\n```\n", "```\nhull/\n├── mast tall\n```\n"
    assert lost(ours, "```\n船体/\n```\n", english) == ["├── 桅杆 高高的"]
    assert lost(ours, ours, english) == []


def test_lines_that_are_only_indented_are_words() -> None:
    ours, english = "Un puente.\n\n    Toma el más viejo\n", "A bridge.\n\n    Take the oldest one\n"
    assert lost(ours, "Un puente.\n", english) == ["Toma el más viejo"]


QUIZ = """<Question
  choices={[
    {text: "%s", explain: '%s', correct: true},
  ]}
/>
"""


def test_strings_of_tags_are_words() -> None:
    english = QUIZ % ("It floats on water.", "The hull is light.")
    ours = QUIZ % ("Il flotte sur l'eau.", "Sa coque est légère.")
    said = ['"Il flotte sur l\'eau."', "'Sa coque est légère.'"]
    assert lost(ours, "# Bateaux\n", english) == said
    assert lost(ours, ours.replace("correct: true", "correct: false"), english) == []
    assert lost(english, "# Bateaux\n", english) == []
    assert lost('<!-- Une "vieille note" -->\n', "", english) == []  # comments are looked for by themselves


def test_strings_over_lines_and_templates_are_strings() -> None:
    english = '<Note\n  title="A sail\n    of cloth"\n  text={`It is very light.`}\n/>\n'
    ours = '<Note\n  title="Une voile\n    de toile"\n  text={`Elle est très légère.`}\n/>\n'
    assert lost(ours, "# Bateaux\n", english) == ['"Une voile de toile"', "`Elle est très légère.`"]
