"""What people wrote since the baseline was recorded, and whether it may follow the English of today."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planning.by_hand import ByHand, Edit, by_hand
from bot.planning.document_plan import plan_document

OLD, NOW = "The mast is made of old pine.", "Nobody builds masts of wood any more."
WAS, IS = "Мачта сделана из старой сосны.", "Никто больше не делает мачты из дерева."
SAIL = "На ней каждый день в году висит широкий парус."


def found(before: str, after: str, english: str, *, bot: bool = False) -> ByHand:
    """What one commit changed, when English was as given."""
    return by_hand(before, after, [Edit(bot, before, after, lambda: english)], "ru")


def test_a_sentence_follows_english_that_was_there_when_people_wrote_it() -> None:
    now = found(f"{WAS} {SAIL}\n", f"{IS} {SAIL}\n", f"{NOW}\n")
    assert now.wrote(IS) and not now.wrote(SAIL)
    assert now.follows(IS, OLD, [NOW]) and not now.follows(SAIL, OLD, [NOW])
    assert not found(WAS, IS, f"{OLD}\n").follows(IS, OLD, [NOW])
    assert not found(WAS, IS, "").follows(IS, OLD, [NOW])


def test_english_counts_however_its_lines_are_wrapped_and_marked() -> None:
    wrapped = "> Nobody builds *masts*\n> of wood any more!\n"
    assert found(WAS, IS, wrapped).follows(IS, OLD, [NOW])


def test_drafts_of_the_bot_are_not_by_hand() -> None:
    assert not found(WAS, IS, NOW, bot=True)


def test_the_newest_commit_that_brought_a_sentence_wrote_it() -> None:
    edits = [
        Edit(False, IS, f"{IS} {SAIL}", lambda: "later"),
        Edit(True, WAS, IS, lambda: NOW),
        Edit(False, "", WAS, lambda: OLD),
    ]
    now = by_hand(WAS, f"{IS} {SAIL}", edits, "ru")
    assert now.wrote(SAIL) and not now.wrote(IS)


def test_no_older_version_is_read_than_those_that_brought_the_sentences() -> None:
    def edits() -> Iterator[Edit]:
        yield Edit(False, WAS, f"{WAS} {SAIL}", lambda: NOW)
        raise AssertionError("an older version was read")

    assert by_hand(WAS, f"{WAS} {SAIL}", edits(), "ru").wrote(SAIL)
    assert not by_hand(f"{WAS} {SAIL}", WAS, iter(()), "ru")


def test_english_that_people_translated_first_was_the_recorded_one() -> None:
    assert not found(f"{OLD}\n", f"{IS}\n", NOW).follows(IS, OLD, [NOW])


def test_what_an_edit_brought_shows_that_a_sentence_follows_it() -> None:
    now = found("У неё 2 мачты.", "У неё 3 мачты и `keel`.", "")
    said = "У неё 3 мачты и `keel`."
    assert now.follows(said, "It has 2 masts.", ["It has 3 masts and a `keel`."])
    assert not now.follows(said, "It has 2 masts.", ["It has 3 masts, a `keel` and 4 sails."])
    assert not now.follows(said, "It has 3 masts and a `keel`.", ["It has 2 masts."])
    named = found("Её построил мастер.", "Её построил Nansen.", "")
    assert named.follows("Её построил Nansen.", "A master built it.", ["Nansen built it."])
    assert not named.follows("Её построил Nansen.", "A master built it.", ["A queen built it."])


def test_english_is_no_translation() -> None:
    assert not found(WAS, NOW, NOW).follows(NOW, OLD, [NOW])


def test_another_wording_is_not_written_anew() -> None:
    now = found(f"{WAS}\n", f"{WAS.replace('старой', 'хорошей старой')} {SAIL}\n", "")
    assert now.wrote_anew(SAIL) and now.put_in(SAIL)
    assert not now.wrote_anew(WAS.replace("старой", "хорошей старой"))
    replaced = found(f"{WAS}\n", f"{SAIL}\n", "")
    assert replaced.wrote_anew(SAIL) and not replaced.put_in(SAIL)


def draft(old: str, new: str, recorded: str, now: str, english: str) -> str:
    plan = plan_document(old, new, now, language="ru", by_hand=found(recorded, now, english))
    return "".join(part if isinstance(part, str) else f"<{part.source}>" for part in plan.parts)


def test_atoms_that_people_exchanged_as_english_did_are_not_exchanged_back() -> None:
    for a, b in (("`hoist`", "`lower`"), ("$x_1$", "$x_2$"), (":numref:`sec_a`", ":numref:`sec_b`")):
        old, new = f"Read {a} and then {b} in it.\n", f"Read {b} and then {a} in it.\n"
        was, now = f"Читайте {a}, а потом {b}.\n", f"Читайте {b}, а потом {a}.\n"
        assert draft(old, new, was, now, new) == now
        assert draft(old, new, was, was, new) == now
        typo = was.replace("потом", "затем")  # people wrote it when the English was the old one
        assert draft(old, new, was, typo, old) == now.replace("потом", "затем")


def test_a_block_of_which_a_sentence_is_kept_elsewhere_is_not_kept_as_a_whole_too() -> None:
    sentence = "Гжздд кбочк лмзжч лмзжч цчдму пумчк нжцчк щкзоч `x9` цчдму."
    old = "Quick marsh amber valley zebra cedar fjord `x9` zebra. Inlet pearl tower `x6` marsh.\n"
    new = (
        "Knoll river stone stone delta water under grove `x9` delta. Pearl under pearl north.\n\n"
        "Inlet pearl tower `x6` marsh. Jetty north quick marsh stone ledge river stone north `x9` valley.\n"
    )
    first = "Йнбхг еукла счддзп уефчк оуддчс тчфку хчцук швзкц тчфку `x9` тчфку."
    recorded, now = f"{first} Бждчм ичукд мзпчк `x6` еукла.\n", f"{first} {sentence}\n"
    assert draft(old, new, recorded, now, old).count(sentence) == 1


words = st.lists(st.sampled_from(["лодка", "парус", "мачта", "вода", "ветер"]), min_size=1, max_size=9)


@given(st.lists(words.map(lambda w: " ".join(w).capitalize() + "."), max_size=6), st.data())
def test_another_layout_is_never_an_update(sentences: list[str], data: st.DataObject) -> None:
    """Lines wrapped elsewhere, other white space and full stops."""
    before = " ".join(sentences)
    gaps = st.sampled_from([" ", "\n", "  \n"])
    after = "".join(data.draw(gaps) if c == " " else c for c in before).replace(".", data.draw(st.sampled_from(".!")))
    assert not found(before, after, NOW)


def test_what_shows_the_english_of_before_was_not_written_for_that_of_today() -> None:
    """People changed the wording of an older sentence after English had changed."""
    old, new = "The mast has `two` ropes.", "The mast has `three` ropes."
    for text, follows in (
        ("На мачте `two` верёвки.", False),
        ("На мачте `three` верёвки.", True),
        ("На мачте верёвки.", False),
        ("На мачте `two` или `three` верёвки.", True),  # nothing can be told: the time decides
    ):
        assert found(WAS, text, new).follows(text, old, [new]) == follows
    assert (
        found(WAS, "На ней `two` верёвки.", "It has ropes.").follows("На ней `two` верёвки.", old, ["It has ropes."])
        is False
    )


@pytest.mark.parametrize("language", ["zh", "ja", "ko", "th"])
def test_a_short_sentence_that_people_put_in_or_rewrote_within_a_paragraph_is_theirs(language: str) -> None:
    """Where few letters say much: a word of Chinese has one or two."""
    first, last, was, now = {
        "zh": ("每条船都需要一位懂得看天气的船长。", "风停的时候大家就一起划桨回家。", "船很快。", "船不漏水。"),
        "ja": (
            "どの船にも天気の分かる船長が必要です。",
            "風が止むとみんなで漕いで帰ります。",
            "船は速い。",
            "船は漏れない。",
        ),
        "ko": (
            "모든 배에는 날씨를 아는 선장이 필요하다.",
            "바람이 멎으면 모두 노를 저어 돌아온다.",
            "배는 빠르다.",
            "배는 새지 않는다.",
        ),
        "th": ("เรือทุกลำต้องมีกัปตันที่รู้จักอากาศดี", "เมื่อลมหยุดทุกคนก็ช่วยกันพายกลับบ้าน", "เรือลำนี้แล่นเร็ว", "เรือลำนี้ไม่รั่วเลย"),
    }[language]
    gap = "" if language in ("zh", "ja") else " "
    old, new = "Each ship needs a captain. The boat is fast.", "Each ship needs a captain. No water gets in."

    def theirs(before: list[str], after: list[str]) -> ByHand:
        texts = [gap.join(side) + "\n" for side in (before, after)]
        return by_hand(*texts, [Edit(False, *texts, lambda: new)], language)

    put_in = theirs([first, last], [first, now, last])
    assert put_in.put_in(now) and put_in.follows(now, "", ["No water gets in."])
    rewritten = theirs([first, was, last], [first, now, last])
    assert rewritten.wrote(now) and rewritten.follows(now, "The boat is fast.", ["No water gets in."])
    texts = [gap.join(side) + "\n" for side in ([first, was], [first, now])]
    hand = by_hand(*texts, [Edit(False, *texts, lambda: new)], language)
    plan = plan_document(old, new, texts[1], language=language, by_hand=hand)
    assert plan.parts == (texts[1],) and [k.kind for k in plan.kept] == ["by hand"]


def test_a_short_sentence_that_was_part_of_another_is_theirs() -> None:
    assert by_hand(
        "船很快，因为它很轻。", "船很快。", [Edit(False, "船很快，因为它很轻。", "船很快。", str)], "zh"
    ).wrote("船很快。")


def test_a_sentence_that_people_cut_short_is_theirs() -> None:
    """They followed English that did the same."""
    long, cut = f"{SAIL[:-1]}, а за ней ещё два.", SAIL
    shorter = found(f"{WAS} {long}", f"{WAS} {cut}", NOW)
    assert shorter.wrote(cut) and not shorter.wrote_anew(cut)
    split = found(f"{WAS} {long}", f"{WAS} {cut} А за ней ещё два.", NOW)
    assert not split
    assert not found(f"{WAS} {long} {OLD}", f"{WAS} {cut} А за ней ещё два! {NOW}", NOW).wrote(cut)


def test_another_division_into_short_sentences_is_no_update() -> None:
    for before, after in (("船很快，它很轻。", "船很快。它很轻。"), ("船很快。它很轻。", "船很快，它很轻。")):
        assert not by_hand(before, after, [Edit(False, before, after, str)], "zh")


def test_a_short_sentence_with_other_code_is_a_new_wording_of_what_it_replaced() -> None:
    before, after = "你如何看`mast[0].sail`的重量？", "如何看那面帆的重量？"
    now = by_hand(before, after, [Edit(False, before, after, str)], "zh")
    assert now.wrote(after) and not now.wrote_anew(after)


def test_short_names_in_a_long_list_are_no_sentences() -> None:
    before = ", ".join(f"Sailor Number {n}" for n in range(120))
    after = before.replace("Sailor Number 50", "Ann Lee, Bo Ek")
    now = found(f"Gracias a {before}.", f"Gracias a {after}.", NOW)
    assert not now.wrote("Ann Lee,") and not now.wrote("Bo Ek,")


def test_short_english_sentences_in_a_paragraph_were_there_when_people_wrote() -> None:
    new = "Nobody builds masts of wood. They rot."
    now = found(WAS, IS, f"Masts are dear. {new}\n")
    assert now.follows(IS, OLD, ["Nobody builds masts of wood.", "They rot."])
    assert not now.follows(IS, OLD, ["Nobody builds masts of wood.", "They bend."])
    assert now.outdated(IS, ["They bend."]) and not now.outdated(IS, ["They rot."])


def test_numbers_in_words_or_with_other_marks_are_no_sign_of_an_older_wording() -> None:
    """What people wrote for the new English is not drafted over because they write its numbers in another way."""
    for old, new, was, now in (
        ("It has 3 sails.", "It has 4 sails and they catch wind.", "У неё 3 паруса.", "Четыре паруса ловят ветер."),
        ("It is cheap.", "It costs 1,000 crowns.", "Она дешёвая.", "Она стоит 1.000 крон."),
        ("It floats.", "Call `f(x)` to sink it.", "Она плывёт.", "Чтобы утопить, вызовите `f (x)`."),
    ):
        assert found(was, now, new).follows(now, old, [new])
        assert not found(was, now, old).follows(now, old, [new])
