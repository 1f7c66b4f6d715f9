"""Which of many sentences a text has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.document.markdown import parse
from bot.document.segmentation import document_sentences
from bot.document.sentences import letters
from bot.planning import held_sentences
from bot.planning.changed_part import changed_part
from bot.planning.held_sentences import Reading, brought, held_anywhere, holds
from bot.planning.letter_hashes import places

SENTENCES = st.text("ab \n.", min_size=1, max_size=30)
GERMAN = Reading("de", "commonmark")


@given(st.lists(SENTENCES, min_size=1, max_size=20), st.lists(SENTENCES, max_size=20))
def test_many_sentences_are_found_as_each_alone(text: list[str], others: list[str]) -> None:
    whole = "\n".join(text) + "aab" * 100
    # So many that the text is gone through once for all of them.
    more = {letters(whole)[n : n + 13 + n % 5] for n in range(0, 300)} | {f"{'ab' * 8}{n}" for n in range(300)}
    keys = {key for key in map(letters, [*text, *others]) if key} | more
    assert held_anywhere(whole, keys) == {key for key in keys if len(key) >= 12 and holds(whole, key, GERMAN)}
    assert held_anywhere(whole, keys) == {key for key in keys if len(key) >= 12 and key in letters(whole)}
    assert brought("", whole, keys, GERMAN) == {key for key in keys if len(key) < 12 and holds(whole, key, GERMAN)}


@given(st.text("ab中\ud800😀", max_size=200), st.lists(st.text("ab中\ud800😀", min_size=3, max_size=3), max_size=20))
def test_places_by_numbers_lack_none(text: str, keys: list[str]) -> None:
    wanted = {n for n in range(len(text) - 2) if text[n : n + 3] in keys}
    found = places(text, "".join(keys), 3)
    assert wanted <= set(found) and found == sorted(found)
    assert len(found) <= len(wanted) + 2  # different letters have the same number once in a million


def test_a_short_sentence_is_one_of_the_text_and_no_part_of_one() -> None:
    text = "船很快，因为它很轻。风停了。\n\n- **船帆**：一块布。\n"
    for said, there in (("风停了。", True), ("船很快。", False), ("船帆", False), ("停了", False), ("…", True)):
        assert holds(text, letters(said), Reading("zh", "commonmark")) == there, said


FRONT = "---\ntitle: {}\n\ntags:\n- Ja.\n---"
BLOCKS = st.sampled_from(
    [
        "Er kam. Sie ging.",
        "Er kam.",
        "- Ja.\n\n  Nein.",
        "```\nJa.\n\nx = 1\n```",
        "~~~\n```\n\nEi.\n~~~",
        "> Sie ging.",
    ]
)


@given(st.lists(BLOCKS, max_size=6), st.lists(BLOCKS, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_an_edit_brought_is_found_in_the_part_that_it_changed(was: list[str], now: list[str], end: str) -> None:
    before, after = ("\n\n".join(side).replace("\n", end) for side in (was, now))
    parts = changed_part(before, after)[:2]
    said = [[s.text for s in document_sentences(parse(t, "commonmark"), "de")] for t in (*parts, before, after)]
    assert set(said[1]) <= set(said[3]) and set(said[0]) <= set(said[2])
    assert set(said[3]) - set(said[2]) <= set(said[1])


def test_a_very_long_text_is_not_read_again_for_each_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    monkeypatch.setattr(held_sentences, "parse", lambda text, flavour: read.append(len(text)) or parse(text, flavour))
    long = "Ein Boot ist ein Fahrzeug auf dem Wasser.\n\n" * 2000
    assert brought(f"{long}Sie ging.\n\n{long}", f"{long}Sie ging. Er kam.\n\n{long}", {"erkam"}, GERMAN) == {"erkam"}
    assert read and max(read) < 100


@given(st.lists(BLOCKS, max_size=6), st.lists(BLOCKS, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_an_edit_brought_the_sentences_that_were_not_there(was: list[str], now: list[str], end: str) -> None:
    before, after = ("\n\n".join(side).replace("\n", end) for side in (was, now))
    there, here = (
        {letters(s.text) for s in document_sentences(parse(text, "commonmark"), "de")} for text in (before, after)
    )
    for more in ({"kam", "siegingerkam"}, {f"x{n}" for n in range(300)}):
        assert brought(before, after, here | there | more, GERMAN, here) == here - there


def test_the_words_of_a_sentence_are_not_looked_for_in_others(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(held_sentences, "parse", lambda text, flavour: read.append(text) or parse(text, flavour))
    kept = "Ja.\n\n1. Er kam.\n\n"
    assert not brought(f"{kept}Sie ging.\n", f"{kept}Sie ging jagen.\n", {"ja", "erkam"}, GERMAN)
    assert not read
    assert brought(f"{kept}Sie ging.\n", f"{kept}Sie ging. *Ja*!\n\n2. Wer?", {"ja", "wer"}, GERMAN) == {"wer"}


def test_front_matter_is_read_as_a_whole() -> None:
    front = "---\ntitle: Ein Boot\n\nsummary: {}\n\ntags:\n- Ja.\n---\n\nSie ging.\n"
    before, after = front.format("Er kam."), front.format("Sie rief.")
    assert changed_part(before, after)[1] == after.removesuffix("\n\nSie ging.\n")
    said = {letters(s.text) for s in document_sentences(parse(after, "commonmark"), "de")}
    assert brought(before, after, {*said, "siegingnicht"}, GERMAN) == {"sierief"} & said
