"""Segments go to HTML and come back as they were, and no damage on the way goes unseen."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support.examples import examples

from bot.document.runs import runs
from bot.document.sentences import normal
from bot.document.structure import segment_problem
from bot.engines.segment_html import Decoded, Form, decode, encode

WORDS = st.sampled_from(["Boats", "float", "the", "sea", "R&D", "5 < 6", "a > b", "“so”", "(or)", "it's", "—", "甲"])
ATOMS = st.sampled_from(
    ["`x < y`", "$a_b * c$", ":numref:`fig_a`", "{cite}`k&l`", "<https://a.b/?c&d>", "&amp;", "\\*", "\\_", "<br>"]
)
LINKS = st.sampled_from(["(u)", "(https://a.b/c_(d))", '(u "t")', "[ref]"])


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Emphasis, links, slide marks and HTML around something."""
    signs = st.sampled_from([("**", "**"), ("*", "*"), ("[**", "**]"), ("<b>", "</b>"), ("(~~", "~~)"), ("_", "_")])
    return st.one_of(
        st.tuples(signs, inner).map(lambda t: f"{t[0][0]}{t[1]}{t[0][1]}"),
        st.tuples(inner, LINKS).map(lambda t: f"[{t[0]}]{t[1]}"),
    )


def inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(wrapped(inner), st.lists(inner, min_size=2, max_size=3).map(" ".join))


INLINE = st.recursive(st.one_of(WORDS, ATOMS), inline, max_leaves=8)
SEGMENTS = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
FORMS: list[Form] = ["tags", "masks"]


@examples(200)
@given(st.lists(SEGMENTS, min_size=1, max_size=4), st.sampled_from(FORMS))
def test_what_the_service_returns_untouched_is_what_was_sent(segments: list[str], form: Form) -> None:
    assert decode(encode(segments, "en", form), segments, form) == [Decoded(normal(s)) for s in segments]


def elements(html: str) -> list[str]:
    """The protected elements and the inline tags of the first segment."""
    inside = re.search(r'<p id="s0">(.*?)</p>', html, re.DOTALL)
    assert inside
    return re.findall(r'<span id="[^"]*" translate="no">[^<]*</span>|<[abiu] [^>]*>|</[abiu]>', inside[1])


DAMAGES = {
    "lost": lambda html, e: html.replace(e, "", 1),
    "doubled": lambda html, e: html.replace(e, e + e, 1),
    "moved away": lambda html, e: html.replace(e, "", 1).replace("</body>", f"{e}word</body>"),
    "renamed": lambda html, e: html.replace(e, e.replace("s0-", "s9-") if "s0-" in e else "</x>", 1),
    "into another": lambda html, e: html.replace(e, "", 1).replace('<p id="s1">', f'<p id="s1">{e}'),
    "changed inside": lambda html, e: html.replace(e, re.sub(r">[^<]*<", ">other<", e), 1),
}


@examples(300)
@given(SEGMENTS, st.sampled_from(FORMS), st.sampled_from(sorted(DAMAGES)), st.data())
def test_no_damage_of_an_element_goes_unseen(segment: str, form: Form, damage: str, data: st.DataObject) -> None:
    segments = [segment, "Plain words."]
    html = encode(segments, "en", form)
    found = elements(html)
    assume(found)
    broken = DAMAGES[damage](html, data.draw(st.sampled_from(found)))
    assume(broken != html)
    done = decode(broken, segments, form)
    assert any(d.text is None and d.problem for d in done)
    for text, got in zip(segments, done, strict=True):
        assert got.text is None or not segment_problem(text, got.text)


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda h: h.replace('<p id="s1">Two <b id="s1-1">fish</b>.</p>\n', ""), "did not return"),
        (lambda h: h.replace("</body>", '<p id="s1">Two.</p></body>'), "twice"),
        (lambda h: h.replace("fish</b>.</p>", "fish</b></p>."), "outside"),
        (lambda h: h.replace("</b>", ""), "mark-up"),
        (lambda h: h.replace("</b>", "").replace('<b id="s1-1">', ""), "lost **"),
        (lambda h: h.replace("fish</b>", "fish</b></b>"), "mark-up"),
        (lambda h: h.replace(">fish<", "><").replace("Two ", "").replace("</b>.", "</b>"), "nothing"),
        (lambda h: h.replace("Two ", "Two `new` "), "read differently"),
        (lambda h: h.replace("Two ", "Two <br>"), "mark-up"),
        (lambda h: h.replace('<b id="s1-1">fish</b>', '<b id="s1-1"><b id="s1-1">fish</b></b>'), "repeated"),
    ],
)
def test_each_damage_is_named(damage: object, problem: str) -> None:
    segments = ["One $x$.", "Two **fish**.", "Three."]
    html = damage(encode(segments, "en", "tags"))  # type: ignore[operator]
    done = decode(html, segments, "tags")
    assert done[1].text is None and problem in done[1].problem
    assert done[0].text == segments[0] and done[2].text == segments[2]


def test_what_the_service_may_do_is_accepted() -> None:
    segments = ["See `a` and $b$ in the [deep **sea**](u) now."]
    html = encode(segments, "en", "tags")
    for old, new, text in (
        ("</p>", "&nbsp;&#33;</p>", f"{segments[0]} !"),
        ("See ", "See\n  ", segments[0]),
        (">deep ", "> deep ", segments[0]),
        ("sea</b>", " sea </b>", segments[0]),
        ("</a> now", "</a>  now", segments[0]),
    ):
        (done,) = decode(html.replace(old, new), segments, "tags")
        assert done.text == text, (old, done)
    atom_a, atom_b = re.findall(r"<span [^>]*>[^<]*</span>", html)
    swapped = html.replace(atom_a, "@").replace(atom_b, atom_a).replace("@", atom_b)
    assert decode(swapped, segments, "tags")[0].text == "See $b$ and `a` in the [deep **sea**](u) now."


def test_emphasis_that_would_not_be_read_gets_room() -> None:
    segments = ["The **main (old)** point."]
    html = encode(segments, "en", "tags").replace("The ", "这是").replace(" point.", "点。")
    (done,) = decode(html.replace("main (old)", "主要（旧）"), segments, "tags")
    assert done.text == "这是 **主要（旧）** 点。" and [r.text for r in runs(done.text) if r.kind == "open"] == ["**"]
    assert decode(html.replace("main (old)", "主要"), segments, "tags")[0].text == "这是**主要**点。"
