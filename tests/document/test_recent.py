"""What was made lately is not made again, in bounded memory."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from bot.document.markdown import parse, parse_alone
from bot.document.recent import Recent


def test_what_was_asked_for_last_stays_and_the_oldest_goes() -> None:
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text * 1_000

    recent = Recent[str](2_500)
    for text in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(text, 0, lambda text=text: make(text)) == text * 1_000
    assert made == ["a", "b", "c", "b"]


def test_what_is_larger_than_all_room_is_made_each_time_and_leaves_room_for_others() -> None:
    recent = Recent[str](2_000)
    assert [recent.get("large", 0, lambda: "x" * 5_000) for _ in range(2)] == ["x" * 5_000] * 2
    recent.get("small", 0, lambda: "first")
    assert recent.get("small", 0, lambda: "second") == "first"


def test_nobody_changes_what_others_get() -> None:
    recent = Recent[list[int]](1_000)
    recent.get("list", 0, lambda: [1])
    recent.get("list", 0, lambda: [2]).append(3)
    assert recent.get("list", 0, lambda: [4]) == [1]


def test_threads_may_ask_at_the_same_time() -> None:
    recent = Recent[int](200)
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda n: recent.get(str(n % 40), 0, lambda: n % 40), range(2_000))
        assert list(found) == [n % 40 for n in range(2_000)]


@given(st.text(alphabet="ab #*-|`$\n\r\ud800你", max_size=60))
def test_a_document_that_was_kept_is_the_document(text: str) -> None:
    for _ in range(2):
        assert parse(text, "d2l") == parse_alone(text, "d2l")
