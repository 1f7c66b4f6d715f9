"""Atoms of every flavour are found, prose is none, and a pass over any text takes time that grows with it."""

from __future__ import annotations

from time import process_time

import pytest

from bot.document.atoms import ATOM, PATTERNS, Kind, kinds, mask

FOUND: list[tuple[str, list[tuple[Kind, str]]]] = [
    ("Title {#a-b.c}", [("identifier", "{#a-b.c}")]),
    ("Title {/*a-b*/}", [("identifier", "{/*a-b*/}")]),
    ("Title[[a-b]]", [("identifier", "[[a-b]]")]),
    ('x{: .a } {.b #c k="v > w"} { .d }', [("attributes", a) for a in ("{: .a }", '{.b #c k="v > w"}', "{ .d }")]),
    ('[a](u){:target="_blank"}', [("target", "(u)"), ("attributes", '{:target="_blank"}')]),
    ('{{< a b="}" >}} {{% /c %}}', [("shortcode", '{{< a b="}" >}}'), ("shortcode", "{{% /c %}}")]),
    (
        "{{ a.b | c }} {% if d %} {# e #} {* f *} {{{ g }}}",
        [("template", t) for t in ("{{ a.b | c }}", "{% if d %}", "{# e #}", "{* f *}", "{{{ g }}}")],
    ),
    (
        "{#if a > b}x{:else}y{/if} {@html z}",
        [("template", t) for t in ("{#if a > b}", "{:else}", "{/if}", "{@html z}")],
    ),
    ('{props.name} {" "}', [("expression", "{props.name}"), ("expression", '{" "}')]),
    ("{/* a * b */} <!-- a - b -->", [("comment", "{/* a * b */}"), ("comment", "<!-- a - b -->")]),
    ("so :smile: and :+1:.", [("emoji", ":smile:"), ("emoji", ":+1:")]),
    (r"\(x^2\) \\(a_1\\) \[y = 2\]", [("math", r"\(x^2\)"), ("math", r"\\(a_1\\)"), ("math", r"\[y = 2\]")]),
    ("Let $p_t $ be $ q$ or $ x = (y)$, where", [("math", t) for t in ("$p_t$", "$q$", "$x=(y)$")]),
    ("@fig-a, [@b; -@c, p. 3]", [("citation", "@fig-a"), ("citation", "[@b; -@c, p. 3]")]),
    ("[a][b] [c][] x[^1]", [("reference", "[b]"), ("reference", "[]"), ("footnote", "[^1]")]),
    ("<https://a.b> <a@b.c>", [("address", "<https://a.b>"), ("address", "<a@b.c>")]),
    (
        '<A b={() => x} c="d > e"> <f:g/> <></>',
        [("tag", t) for t in ('<A b={() => x} c="d > e">', "<f:g/>", "<>", "</>")],
    ),
    ("<a title=it's>", [("tag", "<a title=it's>")]),
    ("a  \nb\\\nc \nd", [("break", "  \n"), ("break", "\\\n")]),
    ("++ctrl+c++", [("keys", "++ctrl+c++")]),
    ("[a](<b c> 'd') [e](f(g)h)", [("target", "(<b c> 'd')"), ("target", "(f(g)h)")]),
    (
        "``a`b`` {cite}`c` :py:func:`d` $e$",
        [("code", "``a`b``"), ("role", "{cite}`c`"), ("role", ":py:func:`d`"), ("math", "$e$")],
    ),
]

PROSE = [
    "At 10:30:00 or 10:30: yes.",
    "a::b::c and key:value:more",
    "the set {a, b} and {the cat}",
    "boat\\(s\\)",
    "\\(see the manual\\)",
    "\\[1\\] \\[a note\\]",
    "[x] done, [ ] to do, [this]",
    "mail a@b.c and @ home",
    "C++ and D++",
    "$5 and $6",
    "$5 and $ 6",
    "from $HOME to $PATH",
    "take $a_b out to $ it",
    "$ 5 or much less < 6$ in all, then",
    "$x_1 或者是 $ 的",
    "5 < 6, 7 > 3",
    "a } b { c",
    "``a`b",
    "x & y",
    "{**bold**}",
    "w_{a}^{b}",
]


@pytest.mark.parametrize(("text", "found"), FOUND, ids=[text for text, _ in FOUND])
def test_what_is_an_atom(text: str, found: list[tuple[Kind, str]]) -> None:
    assert list(kinds(text)) == found
    assert mask(text).restore() == text


@pytest.mark.parametrize("text", PROSE)
def test_what_is_prose(text: str) -> None:
    assert list(kinds(text)) == []


OPENERS = [
    *(
        "` `` ``` $ $$ ( ]( [ [[ [^ [@ x][ < <a <!-- </a {/* { {{ {{{ {{< {{% {% {: {. {a {a}` :a: :a:` : @ @a ++ ++a "
        'http & &# \\ \\( \\[ \\\\( ](" <a{ {=" `a``b $a \\(a {{a} [[a <a@ :a- ](('
    ).split(),
    '<a "',
    "<a '",
    '](a "',
    "<a {",
    "<a {{}",
    "{{< a ",
    "{.a .b ",
    "{# ",
    "{* ",
    "  ",
    " \n",
    "{: a",
    "$ a",
    "$_a ",
    "$ _",
    "<!-- -",
    "[[a]] ",
    "](< a",
    "{#if ",
]


@pytest.mark.parametrize("opener", OPENERS)
def test_an_opener_without_an_end_costs_linear_time(opener: str) -> None:
    def seconds(size: int) -> float:
        text = (opener * (size // len(opener) + 1))[:size]
        start = process_time()
        ATOM.sub("", text)
        return process_time() - start

    # Quadratic time would be a hundred times as long for ten times the text, and seconds in all.
    assert seconds(50_000) < 40 * seconds(5_000) + 0.5


def test_ticks_of_every_length_cost_little() -> None:
    text = "".join("`" * n + "a" for n in range(1, 300))
    start = process_time()
    ATOM.sub("", text)
    assert process_time() - start < 5


def test_every_pattern_has_a_kind() -> None:
    assert {name.rstrip("0123456789") for name, _ in PATTERNS} == set(Kind.__args__)  # type: ignore[attr-defined]
