"""Which of many sentences a text has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.document.sentences import letters
from bot.planning.held_sentences import held, held_anywhere, holds
from bot.planning.letter_hashes import places

SENTENCES = st.text("ab \n.", min_size=1, max_size=30)


@given(st.lists(SENTENCES, min_size=1, max_size=20), st.lists(SENTENCES, max_size=20))
def test_many_sentences_are_found_as_each_alone(text: list[str], others: list[str]) -> None:
    whole = "\n".join(text) + "aab" * 100
    # So many that the text is gone through once for all of them.
    more = {letters(whole)[n : n + 13 + n % 5] for n in range(0, 300)} | {f"{'ab' * 8}{n}" for n in range(300)}
    keys = {key for key in map(letters, [*text, *others]) if key} | more
    assert held(whole, keys) == {key for key in keys if holds(whole, key)}
    assert held_anywhere(whole, keys) == {key for key in keys if len(key) >= 12 and key in letters(whole)}


@given(st.text("ab中\ud800😀", max_size=200), st.lists(st.text("ab中\ud800😀", min_size=3, max_size=3), max_size=20))
def test_places_by_numbers_lack_none(text: str, keys: list[str]) -> None:
    wanted = {n for n in range(len(text) - 2) if text[n : n + 3] in keys}
    found = places(text, "".join(keys), 3)
    assert wanted <= set(found) and found == sorted(found)
    assert len(found) <= len(wanted) + 2  # different letters have the same number once in a million
