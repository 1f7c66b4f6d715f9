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


def test_the_last_line_of_code_that_nothing_closes_is_named_too() -> None:
    assert lost("```\nEl barco rojo.\nEl mástil alto.\n", "", "") == ["El barco rojo.", "El mástil alto."]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ('"""Un barco\nEl mastil alto\n"""\n', "El mastil alto"),
        ("x = 'un barco \\\nmastil alto \\\nvela'\n", "mastil alto \\"),
        ("def f():\n    '''Un barco\n    vela roja\n    '''\n", "vela roja"),
    ],
)
def test_a_line_in_a_long_string_is_lost_too(code: str, line: str) -> None:
    ours = f"```python\n{code}```\n"
    assert lost(ours, ours.replace(line, "_"), "") == [line]


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


SAIL = "```python\n# El área de una vela\n# de lona\nlabel = 'una vela vieja'\n```\n"
SAIL_EN = "```python\n# The area of a sail\n# of canvas\nlabel = 'an old sail'\n```\n"


@pytest.mark.parametrize(
    "now",
    [
        SAIL.replace("vela\n# de", "vela de"),
        SAIL.replace("'", '"'),
        SAIL.replace("# ", "## "),
        SAIL.replace("# El área de una vela\n", "").replace("# de lona", '"""El área de una vela"""  # de lona'),
        SAIL.replace("# El área de una vela\n", "") + "\nEl área de una vela.\n",
    ],
)
def test_words_with_other_marks_quotes_or_breaks_are_there(now: str) -> None:
    assert [text for text in lost(SAIL, now, SAIL_EN) if text != "# de lona"] == []


@pytest.mark.parametrize(
    ("ours", "english", "said"),
    [
        ("```js\nname = 'vela';\n```\n", "```js\nname = 'sail';\n```\n", "'vela'"),
        ("```html\n<p>Una vela vieja</p>\n```\n", "```html\n<p>An old sail</p>\n```\n", "Una vela vieja"),
        ("```yaml\nname: vela pequeña\n```\n", "```yaml\nname: small sail\n```\n", "name: vela pequeña"),
        ('```js title="Una vela"\nx\n```\n', '```js title="A sail"\nx\n```\n', '"Una vela"'),
        ('```yaml\na: "una vela"  # de lona\n```\n', '```yaml\na: "a sail"\n```\n', '"una vela"|# de lona'),
        ("    # Una vela vieja\n    x = 1\n", "    # An old sail\n    x = 1\n", "# Una vela vieja"),
        ("$$\nx = \\text{una vela}\n$$\n", "$$\nx = \\text{a sail}\n$$\n", "una vela"),
        ("```{figure} a.png\n:alt: Una vela\n```\n", "```{figure} a.png\n:alt: A sail\n```\n", "Una vela"),
    ],
)
def test_words_are_found_wherever_people_translate_them(ours: str, english: str, said: str) -> None:
    sides = (parse(f"# T\n\n{text}", "myst") for text in (ours, "", english))
    assert [text for _, text in lost_words(*sides)] == said.split("|")


def test_strings_beside_the_title_of_a_tag_are_words() -> None:
    ours, english = '<Card title="Una vela" b={["Un mástil"]} />\n', '<Card title="A sail" b={["A mast"]} />\n'
    assert lost(ours, "# Barcos\n", english) == ['"Un mástil"']


@pytest.mark.parametrize(
    ("ours", "english", "said"),
    [
        ("```bash\necho Hola mundo\n```\n", "```bash\necho Hello world\n```\n", ["echo Hola mundo"]),
        ("```tex\n\\section{Vela}\n```\n", "```tex\n\\section{Sail}\n```\n", ["\\section{Vela}"]),
        ("```diff\n- la vela\n+ x\n```\n", "```diff\n- the sail\n+ x\n```\n", ["- la vela"]),
        ("```python\nmi_vela = x\n```\n", "```python\nmy_sail = x\n```\n", ["mi_vela = x"]),
        ("<img alt=Vela src=a>\n", "<img alt=Sail src=a>\n", ["<img alt=Vela src=a>"]),
        ("$$\n\\mathrm{vela}\n$$\n", "$$\n\\mathrm{sail}\n$$\n", ["\\mathrm{vela}"]),
        ("```bash\nls old\n```\n\nAn old one.\n", "An old one.\n", []),
    ],
)
def test_lines_with_words_that_english_does_not_have_are_words(ours: str, english: str, said: list[str]) -> None:
    assert lost(ours, "# Barcos\n", english) == said
    assert lost(ours, ours, english) == []
