"""What a translation keeps of its English, and how far two texts are from each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.origins.fingerprint import distance, fingerprint, likeness, units

ENGLISH = """\
# Boats
:label:`sec_boats`

A boat has $n$ masts, see :numref:`fig_mast` and [the guide](guide.md).

```python
area = 3 * 4  # of a sail
print("a sail")
```

$$
a = b
$$
"""
SPANISH = """\
# Barcos
:label:`sec_boats`

Un barco tiene $n$ mástiles,
véase :numref:`fig_mast` y [la guía](guide.md).

```python
area = 3 * 4  # de una vela
print("a sail")
```

$$
a = b
$$
"""


def test_a_translation_has_the_fingerprint_of_its_english() -> None:
    assert distance(fingerprint(ENGLISH), fingerprint(SPANISH)) == 0
    assert likeness(fingerprint(ENGLISH), fingerprint(SPANISH)) == 1


def test_what_a_translation_keeps_counts_and_words_do_not() -> None:
    base = fingerprint(SPANISH)
    for old, new in (
        ("area = 3 * 4", "area = 3 * 5"),
        ("$n$", "$m$"),
        ("fig_mast", "fig_sail"),
        ("guide.md", "guides.md"),
        ("sec_boats", "sec_ships"),
        ("a = b", "a = c"),
        ("# Boats", "## Boats"),
        ('"a sail"', '"two sails"'),
    ):
        assert distance(fingerprint(ENGLISH.replace(old, new)), base) > 0, new
    assert distance(fingerprint(ENGLISH.replace("A boat has", "Every ship of ours may have")), base) == 0


@pytest.mark.parametrize("front", ["---\ntitle: {}\nweight: {}\n---\n", '+++\nlinkTitle = "{}"\nweight = {}\n+++\n'])
def test_a_translated_title_in_front_matter_is_no_difference_and_another_number_is(front: str) -> None:
    base = fingerprint(front.format("Boats", 1) + "A boat.\n")
    assert distance(fingerprint(front.format("Barcos", 1) + "Un barco.\n"), base) == 0
    assert distance(fingerprint(front.format("Barcos", 2) + "Un barco.\n"), base) > 0
    assert distance(fingerprint("Un barco.\n"), base) > 0


def test_a_translated_string_costs_less_than_another_line() -> None:
    base = fingerprint(ENGLISH)
    string = distance(fingerprint(ENGLISH.replace('"a sail"', '"una vela"')), base)
    line = distance(fingerprint(ENGLISH.replace('print("a sail")', 'show("a sail")')), base)
    assert 0 < string < line


def test_paragraphs_items_and_rows_are_counted() -> None:
    base = fingerprint("One.\n\n- a\n- b\n\n| a |\n")
    assert distance(base, fingerprint("Uno.\n\n- a\n- b\n- c\n\n| a |\n")) > 0
    assert distance(base, fingerprint("Uno.\n\nDos.\n\n- a\n- b\n\n| a |\n")) > 0
    assert distance(base, fingerprint("Uno.\n\n- a\n- b\n\n| a |\n| b |\n")) > 0


@given(st.text(alphabet="ab \n#`$-|:1<>~=", max_size=80))
def test_any_text_has_units_with_all_its_words(text: str) -> None:
    found = " ".join(unit.text for unit in units(text))
    assert all(found.count(letter) >= text.count(letter) for letter in "ab")
    assert distance(fingerprint(text), fingerprint(text)) == 0
