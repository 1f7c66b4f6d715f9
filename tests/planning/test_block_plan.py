"""What one block of the new English becomes: its frame, the white space between its sentences, and its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from support.books import translated
from support.plans import is_quiet

from bot.planning.document_plan import DocumentPlan, plan_document
from bot.style.preferences import Lines

BOAT, SAIL, ROPE = "A boat floats on calm water.", "A wide sail hangs from its mast.", "Every rope has a name."
BARCO, VELA, CABO = (
    "Un barco flota en aguas tranquilas.",
    "Una vela ancha cuelga de su mástil.",
    "Cada cabo tiene un nombre.",
)
SHIP, NAVE = "船は静かな水の上に浮かぶ。", "広い帆がマストから下がる。"
NAMES = "amber birch cedar delta ember fjord grove haven inlet jetty knoll ledge".split()
NEW = "Nobody knows who tied the first knot."


def page(blocks: Iterable[str]) -> str:
    return "\n\n".join(blocks) + "\n"


def plan(old: str, new: str, held: str, language: str = "es", lines: Lines = "keep") -> DocumentPlan:
    return plan_document(old, new, held, language=language, lines=lines)


def written(old: str, new: str, held: str, language: str = "es", lines: Lines = "keep") -> str:
    """The text with segments as English in angle quotes."""
    parts = plan(old, new, held, language, lines).parts
    return "".join(p if isinstance(p, str) else p.laid_out(f"‹{p.source}›") for p in parts)


@pytest.mark.parametrize(
    ("held", "text"),
    [
        (f"{BARCO} {VELA}\n", f"{BARCO} {VELA} ‹{NEW}›\n"),
        (f"{BARCO}\n{VELA}\n", f"{BARCO}\n{VELA}\n‹{NEW}›\n"),
        (f"> {BARCO}\n> {VELA}\n", f"> {BARCO}\n> {VELA}\n> ‹{NEW}›\n"),
        (f"* {BARCO}\n  {VELA}\n", f"* {BARCO}\n  {VELA}\n  ‹{NEW}›\n"),
    ],
)
def test_a_new_sentence_is_laid_out_as_the_block_is(held: str, text: str) -> None:
    mark = held[:2] if held[0] in ">*" else ""
    assert written(f"{mark}{BOAT} {SAIL}\n", f"{mark}{BOAT} {SAIL} {NEW}\n", held) == text


@pytest.mark.parametrize(("lines", "between"), [("sentence", "\n"), ("paragraph", " ")])
def test_the_rule_of_style_goes_before_the_habit_of_the_block(lines: Lines, between: str) -> None:
    for own in (" ", "\n"):
        text = written(f"{BOAT} {SAIL}\n", f"{BOAT} {SAIL} {NEW}\n", f"{BARCO}{own}{VELA}\n", lines=lines)
        assert text == f"{BARCO}{own}{VELA}{between}‹{NEW}›\n"


@pytest.mark.parametrize("between", ["", "\u3000", " ", "\n"])
def test_between_sentences_is_what_the_translators_write_there(between: str) -> None:
    text = written(f"{BOAT} {SAIL}\n", f"{BOAT} {NEW} {SAIL}\n", f"{SHIP}{between}{NAVE}\n", "ja")
    assert text == between.join((SHIP, f"‹{NEW}›", NAVE)) + "\n"
    text = written(f"{BOAT} {SAIL}\n", f"{NEW} {SAIL}\n", f"{SHIP}{between}{NAVE}\n", "ja")
    assert text == between.join((f"‹{NEW}›", NAVE)) + "\n"


@pytest.mark.parametrize("between", [" ", "\n"])
def test_where_the_translation_shows_no_habit_each_new_sentence_has_a_line(between: str) -> None:
    assert written(f"{BOAT}\n", f"{BOAT}{between}{NEW}\n", f"{BARCO}\n") == f"{BARCO}\n‹{NEW}›\n"
    habit, usual = f"{BOAT} {SAIL}\n\n{ROPE}", f"{BARCO}\n{VELA}\n\n{CABO}"
    assert written(f"{habit}\n", f"{habit}{between}{NEW}\n", f"{usual}\n") == f"{usual}\n‹{NEW}›\n"


def test_human_sentences_that_meet_anew_are_joined_as_their_language_is_written() -> None:
    old, new = f"{BOAT} {NEW} {SAIL}\n", f"{BOAT} {SAIL}\n"
    assert written(old, new, f"{BARCO} Nadie sabe quién ató el primer nudo. {VELA}\n") == f"{BARCO} {VELA}\n"
    assert written(old, new, f"{SHIP}誰が最初の結び目を作ったか知らない。{NAVE}\n", "ja") == f"{SHIP}{NAVE}\n"
    assert written(old, new, f"{BARCO}\nNadie sabe quién ató el primer nudo.\n{VELA}\n") == f"{BARCO}\n{VELA}\n"


@pytest.mark.parametrize("opening", ["2020. It was so", "# is a mark that opens a heading", "- is a minus"])
def test_a_sentence_that_would_open_another_block_stays_on_its_line(opening: str) -> None:
    text = written(f"{BOAT} {SAIL}\n", f"{BOAT} {SAIL} {opening}.\n", f"{BARCO}\n{VELA}\n")
    assert f"\n‹{opening[:1]}" not in text and f"\n{opening[:1]}" not in text


def test_a_changed_heading_level_keeps_the_translated_title() -> None:
    assert written("# Calm water\n", "## Calm water\n", "# Aguas tranquilas\n") == "## Aguas tranquilas\n"


def test_a_frame_that_the_translators_changed_stays() -> None:
    assert written(f"* {BOAT}\n", f"* {BOAT} {NEW}\n", f"-   {BARCO}\n") == f"-   {BARCO}\n    ‹{NEW}›\n"


def test_a_frame_that_both_changed_stays_theirs_and_is_flagged() -> None:
    old, new, held = (
        f"![{alt}]({path})\n" for alt, path in (("A sail", "a.svg"), ("A sail", "b.svg"), ("Vela", "c.svg"))
    )
    done = plan(old, new, held)
    assert is_quiet(done) and [f.kind for f in done.flags] == ["markup"]


def test_a_picture_that_changed_keeps_its_translated_text() -> None:
    assert written("![A sail](a.svg)\n", "![A sail](b.svg)\n", "![Vela](a.svg)\n") == "![Vela](b.svg)\n"


def test_a_new_cell_is_a_segment_of_its_own() -> None:
    head = "|---|---|\n"
    old, held = (
        f"| sail | rope |\n{head}| one sail | two ropes |\n",
        f"| vela | cabo |\n{head}| una vela | dos cabos |\n",
    )
    new = old.replace("one sail", "a storm of many colours")
    assert written(old, new, held) == held.replace("una vela", "‹a storm of many colours›")


def test_a_row_keeps_the_bars_and_spaces_of_the_translators() -> None:
    head = "|---|---|---|\n"
    old, held = f"| a sail | a rope | a knot |\n{head}", f"|  una vela|un cabo  |   un nudo   |\n{head}"
    new = old.replace("a rope", "a storm of many colours")
    assert written(old, new, held) == held.replace("un cabo", "‹a storm of many colours›")


def test_what_holds_no_word_is_no_segment() -> None:
    held = f"{BARCO}\n\n| $x$ | 12 |\n|---|---|\n"
    done = plan(f"{BOAT}\n", f"{BOAT}\n\n| $x$ | 12 |\n|---|---|\n", f"{BARCO}\n")
    assert done.segments == () and "".join(p for p in done.parts if isinstance(p, str)) == held


@dataclass(frozen=True)
class Code:
    """A block of code with a comment that the translators may translate."""

    comment: str
    body: str = "x = tie(3)"

    def __str__(self) -> str:
        return f"```python\n# {self.comment}\n{self.body}\n```\n"


def test_new_code_has_the_comments_that_the_translators_know() -> None:
    old, held = f"{BOAT}\n\n{Code('Tie it')}", f"{BARCO}\n\n{Code('Atarlo')}"
    more = str(Code("Tie it", "y = untie('all of the knots')"))
    text = written(old, f"{old}\n{ROPE}\n\n{more}", held)
    assert text == f"{held}\n‹{ROPE}›\n\n{more.replace('Tie it', 'Atarlo')}"


def test_code_that_english_and_translation_changed_is_flagged() -> None:
    old, held = str(Code("Tie it")), str(Code("Atarlo", "x = tie(5)"))
    done = plan(old, str(Code("Tie it", "x = tie(4)")), held)
    assert is_quiet(done) and [f.kind for f in done.flags] == ["code"]


def test_every_block_of_code_has_its_own_flag() -> None:
    old = page(f"```python\nx{n} = tie({n})\n```" for n in range(3))
    done = plan(old, old.replace("tie(", "knot("), old.replace("tie(", "atar("))
    assert [f.kind for f in done.flags] == ["code"] * 3
    assert all(f.text.endswith(f": x{n} = knot({n})") for n, f in enumerate(done.flags))


def test_code_that_the_translation_never_had_does_not_come() -> None:
    old = f"{BOAT}\n\n{Code('Tie it')}\n{SAIL}\n"
    new = old.replace("tie(3)", "tie(4)")
    assert written(old, new, f"{BARCO}\n\n{VELA}\n") == f"{BARCO}\n\n{VELA}\n"


def test_windows_line_ends_of_the_translation_stay() -> None:
    old, held = f"{BOAT}\n\n{Code('Tie it')}", f"{BARCO}\n\n{Code('Atarlo')}".replace("\n", "\r\n")
    new = f"{BOAT}\n{NEW}\n\n{Code('Tie it', 'x = tie(4)')}\n$$a$$\n"
    text = written(old, new, held)
    assert text.replace("\r\n", "") == text.replace("\r", "").replace("\n", "")
    assert "tie(4)" in text and f"‹{NEW}›" in text and "$$a$$" in text and "Atarlo" in text


AHEAD = "The keel of the boat weighs 400 kg, see :numref:`fig_keel`."
AHEAD_HELD = "La quilla del barco pesa 400 kg, véase :numref:`fig_keel`."


@pytest.mark.parametrize(
    ("english", "held"),
    [
        (AHEAD, AHEAD_HELD),
        ("```python\n#@tab jax\nx = 3\n```", "```python\n#@tab jax\nx = 3\n```"),
        ("$$a + b = c$$", "$$a + b = c$$"),
        (r"(**$$a \textrm{ of } b.$$**)", r"(**$$a \text{ of } b.$$**)"),
    ],
)
def test_what_a_translation_ahead_of_its_baseline_has_already_does_not_come_twice(english: str, held: str) -> None:
    done = plan(f"{BOAT}\n\n{SAIL}\n", f"{BOAT}\n\n{english}\n\n{SAIL}\n", f"{BARCO}\n\n{held}\n\n{VELA}\n")
    assert is_quiet(done) and [f.kind for f in done.flags] == ["ahead"]


def test_what_a_translation_has_of_an_earlier_version_is_not_taken_for_all_of_it() -> None:
    english = f"{AHEAD} Write it as `keel`."
    text = written(f"{BOAT}\n\n{SAIL}\n", f"{BOAT}\n\n{english}\n\n{SAIL}\n", f"{BARCO}\n\n{AHEAD_HELD}\n\n{VELA}\n")
    assert "‹Write it as `keel`.›" in text and AHEAD_HELD in text


def test_a_long_paragraph_is_known_by_its_length_alone_where_as_many_sentences_are_in_it() -> None:
    book = [f"This sentence is so long that it has many letters. It goes on, as does `{n}_x`." for n in NAMES]
    book[6] = (
        "That sentence is so long that it has many letters. It goes on and on, and of all these nothing has a mark."
    )
    held = [translated(text) for text in book]
    old, new = "\n\n".join([*book[:6], *book[7:]]), "\n\n".join(book)
    done = plan(f"{old}\n", f"{new}\n", "\n\n".join(held) + "\n", "ru")
    assert is_quiet(done) and [f.kind for f in done.flags] == ["ahead"]
    held[6] = held[6].replace(". ", ", ")
    done = plan(f"{old}\n", f"{new}\n", "\n\n".join(held) + "\n", "ru")
    assert " ".join(s.source for s in done.segments) == book[6]


@pytest.mark.parametrize(
    ("english", "held"),
    [
        (AHEAD, "*Nota: esto lo escribimos nosotros, y no tiene nada que ver.*"),
        ("The keel is heavy.", "La quilla pesa."),
        ("The keel of it is heavy.", "La quilla $q$ es pesada."),
        ("$$a + b = c$$", "$$a + b = d$$"),
        ("```python\n#@tab jax\nx = 3\n```", "```python\n#@tab paddle\nx = 3\n```"),
    ],
)
def test_what_may_be_something_else_is_not_taken_for_it(english: str, held: str) -> None:
    old, new = f"{BOAT}\n\n{SAIL}\n", f"{BOAT}\n\n{english}\n\n{SAIL}\n"
    done = plan(old, new, f"{BARCO}\n\n{held}\n\n{VELA}\n")
    text = "".join(p if isinstance(p, str) else p.source for p in done.parts)
    assert english in text and held in text and done.flags == ()


def test_what_is_new_behind_it_comes_all_the_same() -> None:
    old, new = page([BOAT, SAIL]), page([BOAT, AHEAD, NEW, SAIL])
    assert written(old, new, page([BARCO, AHEAD_HELD, VELA])) == page([BARCO, AHEAD_HELD, f"‹{NEW}›", VELA])


def test_what_stands_in_another_place_is_not_taken_for_it() -> None:
    old, new = f"{BOAT}\n\n{SAIL}\n\n{ROPE}\n", f"{BOAT}\n\n{AHEAD}\n\n{SAIL}\n\n{ROPE}\n"
    done = plan(old, new, f"{BARCO}\n\n{VELA}\n\n{AHEAD_HELD}\n\n{CABO}\n")
    assert [s.source for s in done.segments] == [AHEAD] and done.flags == ()


def test_sentences_that_only_the_translation_has_stay_behind_theirs() -> None:
    held = f"{BARCO} Lo añadimos nosotros mismos, $z$ incluido. {VELA}\n"
    text = written(f"{BOAT} {SAIL}\n", f"{BOAT} {SAIL} {NEW}\n", held)
    assert text == f"{held.strip()} ‹{NEW}›\n"


def test_a_sentence_that_only_the_translation_has_stays_in_front_of_a_rewritten_one() -> None:
    own = "Lo añadimos nosotros mismos, porque hacía mucha falta a todos los que leen esto en verano."
    rest, resto, edited = page([ROPE] * 9), page([CABO] * 9), "A boat floats on wild water, or sinks."
    text = written(f"{BOAT}\n\n{rest}", f"{edited}\n\n{rest}", f"{own} {BARCO}\n\n{resto}")
    assert text == f"{own} ‹{edited}›\n\n{resto}"


def test_paragraphs_that_the_translators_joined_stay_joined() -> None:
    old, new = f"{BOAT}\n\n{SAIL}\n\n$$a$$\n", f"{BOAT}\n\n{SAIL} {NEW}\n\n$$a$$\n"
    assert written(old, new, f"{BARCO} {VELA}\n\n$$a$$\n") == f"{BARCO} {VELA} ‹{NEW}›\n\n$$a$$\n"


def test_paragraphs_that_the_translators_split_stay_split() -> None:
    old, new = f"{BOAT} {SAIL}\n\n$$a$$\n\n{ROPE}\n", f"{BOAT} {SAIL}\n\n$$b$$\n\n{ROPE} {NEW}\n"
    held = f"{BARCO}\n\n{VELA}\n\n$$a$$\n\n{CABO}\n"
    assert written(old, new, held) == f"{BARCO}\n\n{VELA}\n\n$$b$$\n\n{CABO}\n‹{NEW}›\n"


def test_a_sentence_that_moves_into_a_quote_is_marked_as_the_quote_is() -> None:
    old = f"> {ROPE} {SAIL}\n\n{BOAT}\n"
    moved = BARCO.replace(" en", "\nen")
    new = f"> {ROPE} {SAIL} {BOAT}\n"
    text = written(old, new, f"> {CABO}\n> {VELA}\n\n{moved}\n")
    assert text == f"> {CABO}\n> {VELA}\n> {moved}\n".replace("\nen", "\n> en")


@pytest.mark.parametrize(
    ("block", "others", "flagged"),
    [
        ("```mermaid\nA[The boat]\n```", ("", ""), "A[The boat]"),
        ("```\nThe boat floats.\n```", ("```\nNobody rows.\n```", "```\nNadie rema.\n```"), "The boat floats."),
        ("```\nThe boat floats.\n```", ("```\nNobody rows.\n```", "```\nNobody rows.\n```"), ""),
        ("```\nboat.py\n```", ("", ""), ""),
        ("```js\n// The boat\na()\n```", ("", ""), ""),
        (
            "```js\n// The boat\na()\n```",
            ("```js\n// The mast\nb()\n```", "```js\n// El mástil\nb()\n```"),
            "// The boat",
        ),
        ("```js\n// The mast\na()\n```", ("```js\n// The mast\nb()\n```", "```js\n// El mástil\nb()\n```"), ""),
    ],
)
def test_words_of_new_code_are_flagged_if_they_are_translated_here(
    block: str, others: tuple[str, str], flagged: str
) -> None:
    done = plan(page([BOAT, others[0]]), page([BOAT, others[0], block]), page([BARCO, others[1]]))
    wanted = [f"English added code with words to translate: {flagged}"] if flagged else []
    assert [f.text for f in done.flags] == wanted


def test_what_people_wrote_behind_the_opening_of_a_tab_is_prose() -> None:
    """English had the slip too, and mends it: their words go where they belong."""
    opening = ":begin_tab:`mxnet`"
    slip, mended = f"{opening} {BOAT} {ROPE}", f"{opening}\n{BOAT} {ROPE}\n:end_tab:"
    ours = f"{opening} {BARCO} {CABO}"
    held = page(["# Barcos", ours, VELA])
    assert written(page(["# Boats", slip, SAIL]), page(["# Boats", mended, SAIL]), held) == page(
        ["# Barcos", f"{opening}\n{BARCO} {CABO}\n:end_tab:", VELA]
    )
    assert written(page(["# Boats", slip, SAIL]), page(["# Boats", f"{slip} {NEW}", SAIL]), held) == page(
        ["# Barcos", f"{ours} ‹{NEW}›", VELA]
    )
