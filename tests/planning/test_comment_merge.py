"""What translators said in code stays when the code around it changes."""

from __future__ import annotations

import pytest

from bot.planning.code_merge import merge_code
from bot.planning.token_merge import Merged


def merged(language: str, old: str, new: str, target: str) -> Merged:
    texts = [f"```{language}\n{text}\n```\n" for text in (old, new, target)]
    found = merge_code(*texts, language)
    return Merged("\n".join(found.text.splitlines()[1:-1]), found.flags)


@pytest.mark.parametrize(
    ("language", "mark"), [("js", "//"), ("sql", "--"), ("lisp", ";"), ("tex", "%"), ("python", "#"), ("c", "//")]
)
def test_a_comment_behind_changed_code_stays(language: str, mark: str) -> None:
    line = f"(f {{0}}) {mark} {{1}}"
    found = merged(language, line.format(1, "boats"), line.format(2, "boats"), line.format(1, "barcos"))
    assert found == Merged(line.format(2, "barcos"))


@pytest.mark.parametrize(
    ("language", "opening", "closing"), [("js", "/*", "*/"), ("html", "<!--", "-->"), ("jsx", "{/*", "*/}")]
)
def test_a_block_comment_behind_changed_code_stays(language: str, opening: str, closing: str) -> None:
    old, new = f"<b>1</b> {opening} boats {closing}", f"<b>2</b> {opening} boats {closing}"
    assert merged(language, old, new, old.replace("boats", "船")) == Merged(new.replace("boats", "船"))


def test_a_translated_string_stays_in_a_changed_call() -> None:
    found = merged("python", 'show("boats", 1)', 'show(x, "boats", size=2)', 'show("barcos", 1)')
    assert found == Merged('show(x, "barcos", size=2)')


def test_no_string_is_half_in_each_language() -> None:
    found = merged("python", 'show("boats %d" % x)', 'show("boats %d of %d" % (x, y))', 'show("barcos %d" % x)')
    assert found.text == 'show("boats %d of %d" % (x, y))' and found.flags


def test_an_edited_comment_behind_changed_code_is_flagged() -> None:
    found = merged("js", "a = 1 // in metres", "a = 2 // in whole metres", "a = 1 // en metros")
    assert found.text == "a = 2 // en metros" and len(found.flags) == 1


def test_a_directive_of_the_preprocessor_is_code() -> None:
    old = "#include <a.h>\nint a = 1; // boats"
    assert merged("c", old, old.replace("a.h", "b.h"), old.replace("boats", "barcos")) == Merged(
        old.replace("a.h", "b.h").replace("boats", "barcos")
    )


def test_words_in_another_script_are_merged_by_line() -> None:
    found = merged("text", "all boats\n  two sails", "all boats\n  two sails\n  an oar", "所有船\n  两张帆")
    assert found.text == "所有船\n  两张帆\n  an oar"


def test_an_edit_of_translated_words_is_flagged() -> None:
    found = merged("text", "all boats\ntwo sails", "all boats\ntwo white sails", "todos los barcos\ndos velas")
    assert found.text == "todos los barcos\ndos velas" and len(found.flags) == 1


def test_commands_that_translators_changed_are_no_translation() -> None:
    found = merged("text", "cd boats-en", "cd ships-en", "cd boats-es")
    assert found.text == "cd boats-es" and found.flags


@pytest.mark.parametrize(
    ("language", "old", "new", "target", "flagged"),
    [
        ("text", "The boat floats.", "The boat floats.\nNobody rows.", "El barco flota.", "Nobody rows."),
        ("text", "The boat floats.", "Nobody rows.\nThe boat floats.", "船浮着。", "Nobody rows."),
        ("text", "A[The boat]", "A[The boat]\nB[The mast]", "A[El barco]", "B[The mast]"),
        ("console", "$ ls a b\nNo boats", "$ ls a b\n$ ls a b c\nNo boats\nTry it", "$ ls a b\nSin barcos", "Try it"),
        ("js", "// The boat\na()", "// The boat\na()\n// The mast\nb()", "// El barco\na()", "// The mast"),
        ("python", "f('The boat')", "f('The boat')\nf('The mast')", "f('El barco')", "'The mast'"),
        (
            "text",
            "The boat floats.\na.py\n",
            "The boat floats.\na.py\n\nIt rows.",
            "El barco flota.\na.py\n",
            "It rows.",
        ),
        ("text", "The boat floats.", "The boat floats.\nNobody rows.", "The boat floats.", ""),
        ("text", "It floats.\na.py\n", "It floats.\na.py\n\nNobody rows.", "It floats.\nb.py\n", ""),
        ("text", "The boat floats.", "The boat floats.\noars.py", "El barco flota.", ""),
        ("js", "// The boat\na()", "// The boat\na()\nb()", "// El barco\na()", ""),
    ],
)
def test_english_that_arrives_in_translated_words_is_flagged(
    language: str, old: str, new: str, target: str, flagged: str
) -> None:
    flags = merged(language, old, new, target).flags
    assert flags == ((f"English added words to code that is translated: {flagged}",) if flagged else ())


@pytest.mark.parametrize(("language", "mark"), [("js", "//"), ("bash", "#"), ("sql", "--")])
def test_code_that_english_puts_into_a_run_of_comments_is_between_their_translations(language: str, mark: str) -> None:
    def code(*lines: str) -> str:
        return "\n".join(line if line.endswith(")") else f"{mark} {line}" for line in lines)

    old, ours = code("The hull", "of wood", "The mast", "go(1)"), code("El casco", "de madera", "El mástil", "go(1)")
    new = code("The hull", "of wood", "load(2)", "The mast", "go(1)")
    assert merged(language, old, new, ours) == Merged(code("El casco", "de madera", "load(2)", "El mástil", "go(1)"))
    new = code("The hull", "of wood", "load(2)", "A new one", "The mast", "go(1)")
    draft = code("El casco", "de madera", "load(2)", "A new one", "El mástil", "go(1)")
    assert merged(language, old, new, ours).text == draft
    fewer = code("El casco de madera", "El mástil", "go(1)")
    assert merged(language, old, new, fewer).flags
