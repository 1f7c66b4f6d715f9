"""Translations with their English in comments: what it was, and what the comments of a draft say."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.books import Piece, books, piece, source
from support.examples import examples

from bot.document.sentences import normal
from bot.drafting.draft import draft_document
from bot.errors import AmtsError
from bot.planning.comment_edits import applied, comment_edits, first_comments, is_idle
from bot.planning.commented import old_english
from bot.planning.document_plan import plan_document

COMMENT = re.compile(r"<!--.*?-->\n*", re.S)


def synced(target: str, new: str, *past: str) -> str:
    """The draft of the embedded engine, whose memory knows nothing."""
    old = old_english(target, new, lambda: past)
    if old == new:
        return target
    draft = draft_document(plan_document(old, new, target, language="zh"), {}, old=old, new=new)
    edits = comment_edits(draft.text, target, old, new, draft.places)
    done = applied(draft.text, edits)
    assert normal(COMMENT.sub("", done)) == normal(COMMENT.sub("", draft.text))
    return done


def commented(pieces: list[Piece], sizes: list[int]) -> str:
    """A translation with comments that hold one or more pieces each; code has none, a list is in one."""
    out: list[str] = []
    left = list(pieces)
    while left:
        if left[0].kind in ("code", "math"):
            out.append(left.pop(0).target())
            continue
        group: list[Piece] = []
        size = sizes[len(out) % len(sizes)]
        while left and left[0].kind not in ("code", "math"):
            if len(group) >= size and not group[-1].kind == left[0].kind == "item":
                break
            group.append(left.pop(0))
        english = "\n\n".join(p.source() for p in group)
        out.append(f"<!--\n{english}\n-->\n" + "\n\n".join(p.target() for p in group))
    return "\n\n".join(out) + "\n"


@st.composite
def edited(draw: st.DrawFn, book: list[Piece]) -> list[Piece]:
    at = draw(st.integers(0, len(book) - 1))
    kind = draw(st.sampled_from(["delete", "insert", "replace", "move"]))
    rest = book[:at] + book[at + 1 :]
    if kind == "delete":
        return rest
    if kind == "move":
        to = draw(st.integers(0, len(rest)))
        return [*rest[:to], book[at], *rest[to:]]
    return [*book[:at], draw(piece()), *(book[at:] if kind == "insert" else book[at + 1 :])]


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[Piece], list[Piece], str]:
    old = draw(books())
    new = draw(edited(old))
    new = draw(edited(new)) if new else old
    return old, new or old, commented(old, draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))


@examples(40)
@given(changes())
def test_comments_follow_and_people_s_words_stay(change: tuple[list[Piece], list[Piece], str]) -> None:
    before, after, target = change
    old, new = source(before), source(after)
    said = [s for p in before for s in p.sentences]
    assume("<!--" in target and len(said) == len(set(said)))
    assert normal(old_english(target, old, lambda: [old])) == normal(old)
    done = synced(target, new, old)
    again = old_english(done, new)
    assert again == new or is_idle(plan_document(again, new, done, language="ru"), again, new)
    kept = [p.target() for p in before if p in after and p.kind not in ("code", "math")]
    assert all(text in done for text in kept)


HEAD = "<!-- body -->\n\n"


@pytest.mark.parametrize(
    ("target", "new", "expected"),
    [
        pytest.param(
            "<!--\n## Sails\n\nA sail is white.\n-->\n## 帆\n\n帆是白的。\n",
            "## Sails\n\nA sail is red.\n",
            "<!--\n## Sails\n\nA sail is red.\n-->\n## 帆\n\nA sail is red.\n",
            id="several blocks in a comment",
        ),
        pytest.param(
            "<!-- A sail is white. -->\n帆是白的。\n\n<!-- TODO: see again -->\n<!-- A mast is high. -->\n桅杆很高。\n",
            "A mast is high.\n",
            "<!-- TODO: see again -->\n<!-- A mast is high. -->\n桅杆很高。\n",
            id="a deleted paragraph, a note of people",
        ),
        pytest.param(
            "<!--\n* One sail is white.\n* Two are red.\n-->\n* 一个白。\n* 两个红。\n\n  译注：真的。\n",
            "* One sail is white.\n* Three are blue and green.\n* Two are red.\n",
            "<!--\n* One sail is white.\n* Three are blue and green.\n* Two are red.\n-->\n* 一个白。\n"
            "* Three are blue and green.\n* 两个红。\n\n  译注：真的。\n",
            id="an item more",
        ),
        pytest.param(
            "<!--\n| Boat | Sails |\n|---|---|\n| Red boat | two |\n-->\n| 船 | 帆 |\n|---|---|\n| 红船 | 两个 |\n",
            "| Boat | Sails |\n|---|---|\n| Red boat | two |\n| Blue boat | three |\n",
            "<!--\n| Boat | Sails |\n|---|---|\n| Red boat | two |\n| Blue boat | three |\n-->\n"
            "| 船 | 帆 |\n|---|---|\n| 红船 | 两个 |\n| Blue boat | three |\n",
            id="a row more",
        ),
        pytest.param(
            "<!--\n| Boat | Sails |\n|---|---|\n| Red boat | two |\n| Old boat | `1` |\n-->\n"
            "| 船 | 帆 |\n|---|---|\n| 红船 | 两个 |\n| 旧船 | `1` |\n",
            "| Boat | Sails |\n|---|---|\n| Red boat | two |\n| Blue boat | three |\n| Old boat | `1` |\n",
            "<!--\n| Boat | Sails |\n|---|---|\n| Red boat | two |\n| Blue boat | three |\n| Old boat | `1` |\n-->\n"
            "| 船 | 帆 |\n|---|---|\n| 红船 | 两个 |\n| Blue boat | three |\n| 旧船 | `1` |\n",
            id="a row more between two",
        ),
        pytest.param(
            "> <!--\n> ### Sails\n>\n> A sail is white.\n> -->\n> ### 帆\n>\n> 帆是白的。\n",
            "> ### Sails\n>\n> A sail is white.\n>\n> A mast is high.\n",
            "> <!--\n> ### Sails\n>\n> A sail is white.\n>\n> A mast is high.\n> -->\n> ### 帆\n>\n> 帆是白的。\n>\n"
            "> A mast is high.\n",
            id="a quote",
        ),
        pytest.param(
            "* 项\n\n  <!-- Tie the boat to the pier. -->\n  系好船。\n",
            "* 项\n\n  Tie the boat to a tree.\n",
            "* 项\n\n  <!-- Tie the boat to a tree. -->\n  Tie the boat to a tree.\n",
            id="in a list item",
        ),
        pytest.param(
            "<!--\r\nA sail is white.\r\n-->\r\n帆是白的。\r\n",
            "A sail is white.\n\nA mast is high.\n",
            "<!--\r\nA sail is white.\r\n-->\r\n帆是白的。\r\n\r\n"
            "<!--\r\nA mast is high.\r\n-->\r\nA mast is high.\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            "<!--\nRun it:\n-->\n运行：\n\n```sh\nrow # 划船\n```\n",
            "Run it:\n\n```sh\nrow # with oars\n```\n",
            "<!--\nRun it:\n-->\n运行：\n\n```sh\nrow # 划船\n```\n",
            id="code with words of the translators",
        ),
        pytest.param(
            "<!--\nRun it:\n\nThen rest.\n-->\n运行：\n\n```sh\nrow\n```\n\n然后休息。\n",
            "Run it:\n\n```sh\nrow --fast\n```\n\nThen rest.\n",
            "<!--\nRun it:\n\nThen rest.\n-->\n运行：\n\n```sh\nrow --fast\n```\n\n然后休息。\n",
            id="code between paragraphs of one comment",
        ),
        pytest.param(
            "---\ntitle: 船\nweight: 1\nown: 2\n---\n<!--\nreviewers:\n- ann\ntitle: Boats\nweight: 1\n-->\n",
            "---\ntitle: Ships\nweight: 3\nmath: true\n---\n",
            "---\ntitle: Ships\nweight: 3\nmath: true\nown: 2\n---\n<!--\ntitle: Ships\nweight: 3\nmath: true\n-->\n",
            id="front matter",
        ),
    ],
)
def test_a_kind_of_change(target: str, new: str, expected: str) -> None:
    past = "A sail is white.\n\nA mast is high.\n\n```sh\nrow\n```\n"
    done = synced(target, new, past)
    assert done == expected
    assert synced(done, new, past) == done


def test_the_translation_alone_says_what_english_deleted() -> None:
    """Without the history of English a comment may be a note of people: what it stands before stays."""
    target = "<!-- A sail is white. -->\n帆是白的。\n\n<!-- A mast is high. -->\n桅杆很高。\n"
    assert "帆是白的。" in synced(target, "A mast is high.\n")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("帆是白的。\n\n<!-- A mast is high. -->\n桅杆很高。\n", "line 1 is translated"),
        ("<!-- This is the sail of it. --> 帆。\n\n<!-- A mast is high. -->\n桅杆很高。\n", "not alone in its lines"),
        ("<!-- 注意 -->\n帆是白的。\n", "no comment in it is English"),
    ],
)
def test_what_cannot_be_told_is_refused(target: str, reason: str) -> None:
    with pytest.raises(AmtsError, match=reason):
        old_english(target, "This is the sail of it.\n\nA mast is very high.\n")


CORRECTED = "The old keel of the boat is made of oak, and each of its ribs was cut by hand in winter."
NEW = "Steel has taken the place of wood: the frame is welded, then painted twice."


@pytest.mark.parametrize(
    ("comment", "behind", "english"),
    [
        (CORRECTED, "船的旧龙骨是橡木做的，每根肋骨都是冬天手工切割的。", CORRECTED),
        ("## An Old Heading", "## 旧标题", "## An Old Heading"),
        ("This is wrong, see the forum and the list", "船的旧龙骨是橡木做的，每根肋骨都是冬天手工切割的。", ""),
        ("## An Old Heading", "船的旧龙骨是橡木做的，每根肋骨都是冬天手工切割的。", ""),
    ],
    ids=["a version that translators corrected", "a heading", "a note that is shorter", "no heading"],
)
def test_english_that_history_does_not_have(comment: str, behind: str, english: str) -> None:
    first = "The mast of the boat is as high as a house of three floors, and painted white every spring by the crew."
    said = "船的桅杆和三层的房子一样高，每年春天船员都把它漆成白色。"
    target = f"<!-- {first} -->\n{said}\n\n---\n\n<!--\n{comment}\n-->\n{behind}\n"
    new = f"{first}\n\n---\n\n{'## Steel' if comment[0] == behind[0] == '#' else NEW}\n"
    if english:
        assert old_english(target, new).strip() == f"{first}\n\n---\n\n{english}"
        done = synced(target, new)
        assert comment not in done and synced(done, new) == done
    else:
        with pytest.raises(AmtsError, match="line 9 is translated"):
            old_english(target, new)


def test_a_note_of_translators_without_english_is_no_doubt() -> None:
    target = "（译注：船是 boat。）\n\n<!-- A mast is high. -->\n桅杆很高。\n"
    done = synced(target, "Sails.\n\nA mast is high.\n")
    assert done == target.replace("\n\n", "\n\n<!--\nSails.\n-->\nSails.\n\n", 1)


def test_first_comments() -> None:
    english = "# Boats\n\nA boat floats.\n\n* One\n* Two\n\n```\nx\n```\n"
    target = "# 船\n\n船会浮。\n\n* 一\n* 二\n\n```\nx\n```\n"
    done = first_comments(target, english, "zh")
    assert done == (
        "<!--\n# Boats\n-->\n# 船\n\n<!--\nA boat floats.\n-->\n船会浮。\n\n"
        "<!--\n* One\n* Two\n-->\n* 一\n* 二\n\n```\nx\n```\n"
    )
    assert old_english(done, english) == english


@pytest.mark.parametrize(
    "text",
    [
        "| Name | Type |\n|:--:|:--|\n| boat | ship |\n| oar | lever |\n",
        "Boats\n=====\n",
        "> | A | B |\n> |--|--|\n> | one c | two d |\n",
    ],
    ids=["a table", "an underlined heading", "a table in a quote"],
)
def test_what_a_comment_must_not_divide(text: str) -> None:
    mark = "> " if text.startswith(">") else ""
    inner = text.rstrip("\n")
    commented = f"{mark}<!--\n{inner}\n{mark}-->\n{text}"
    assert first_comments(text, text, "zh") == commented
    assert old_english(commented, text) == text


FIRST = "<!-- A mast is as high as a house. -->\n桅杆和房子一样高。\n\n"
OLD = "A mast is as high as a house.\n\n## Exercises\n\nHow high is your mast, and why is that?\n"


def test_a_section_of_the_translators_own_is_none_of_english() -> None:
    """Its heading can be none: English has no other heading there."""
    own = "## 译者\n\n由许多人翻译，感谢他们的帮助和建议。\n"
    new = "A mast is as high as a house.\n\n[Talk about it](https://example.org/mast) with many others.\n"
    assert old_english(FIRST + own, new, lambda: (new,)).strip() == "A mast is as high as a house."
    done = synced(FIRST + own, new, new)
    assert own in done and "-->\n[Talk about it]" in done


def test_what_english_got_since_is_not_what_a_paragraph_without_a_comment_says() -> None:
    own = "这一段是译者自己写的，英文里没有。\n\n"
    old = "A mast is as high as a house.\n"
    new = "It is made of pine, and has one sail.\n\nA mast is as high as a house or two.\n"
    assert old_english(own + FIRST, new, lambda: (new, old)).strip() == old.strip()
    with pytest.raises(AmtsError, match="line 1 is translated"):
        old_english(own + FIRST, new, lambda: ())


def test_a_heading_without_a_comment_is_that_of_english_which_has_one_there() -> None:
    target = FIRST + "## 练习\n\n<!-- How high is your mast, and why is that? -->\n你的桅杆有多高，为什么？\n"
    edited = OLD.replace("a house", "two houses").replace("## Exercises", "## Questions")
    assert old_english(target, OLD, lambda: (OLD,)) == OLD
    assert old_english(target, edited, lambda: (edited, OLD)) == OLD  # the comments fit the older version


def test_the_lines_of_a_tab_are_as_new_as_what_is_in_it() -> None:
    """Both were there when the comments were written, but around other words."""
    old = "A mast is as high as a house.\n\n:begin_tab:`wood`\nPine.\n:end_tab:\n"
    new = old.replace("Pine.", "[Talk about it](https://example.org/mast) with many others.")
    assert old_english(FIRST, new, lambda: (new, old)).strip() == "A mast is as high as a house."
    assert ":begin_tab:`wood`" in synced(FIRST, new, new, old)


@pytest.mark.parametrize(
    "english",
    ["It is made of pine.\n\nIt has one sail, which is white.\n\n", "It is wet.\n\n"],
    ids=["it may be one of two", "it is much longer"],
)
def test_a_paragraph_without_a_comment_is_refused(english: str) -> None:
    new = english + "A mast is as high as a house.\n"
    with pytest.raises(AmtsError, match="line 1 is translated"):
        old_english("桅杆是用老松木做的，只有一张很大的白色的帆，风一吹就鼓起来。\n\n" + FIRST, new, lambda: (new,))


def test_a_line_of_a_tab_is_none_that_english_lost() -> None:
    """English had more tabs once; a comment has the line that opens this one."""
    new = "A mast is as high as a house.\n\n:begin_tab:`wood`\nIt is made of pine.\n:end_tab:\n\nIt has one sail.\n"
    old = f"{new}\n:begin_tab:`iron`\nIt is made of iron.\n:end_tab:\n"
    target = f"{FIRST}<!--\n:begin_tab:`wood`\nIt is made of pine.\n-->\n松木做的。\n:end_tab:\n"
    assert old_english(target, new, lambda: (new, old)).count(":end_tab:") == 1
