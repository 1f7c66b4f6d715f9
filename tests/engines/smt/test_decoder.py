"""The parts of the engine smt: rules of aligned pairs, their table, the language model, and the decoder."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.examples import examples

pytest.importorskip("jieba", reason="the extra smt is not installed")

from bot.engines.smt.decoder import REACH, Decoder
from bot.engines.smt.language_model import END, LanguageModel
from bot.engines.smt.rule_extraction import GAP, Pair, Rule
from bot.engines.smt.rule_table import Features, RuleTable, write_rules
from bot.engines.smt.tokens import Tokens, kind
from bot.engines.smt.translator import WEIGHTS
from bot.engines.smt.word_alignment import Links, aligned


def words(text: str) -> Tokens:
    return tuple(text.split())


def rules(source: str, target: str, links: Links, common: Sequence[str] = ()) -> tuple[set[Rule], set[Rule]]:
    every = [*map(kind, words(source)), *map(kind, words(target))]
    known = frozenset(common or [*every, *((a, b) for a in every for b in every)])
    found = Pair(words(source), words(target), known).rules([links])
    return set(found.phrases), set(found.gapped)


def rule(source: str, target: str) -> Rule:
    return words(source), words(target)


def test_a_phrase_has_no_link_to_a_word_outside() -> None:
    phrases, _ = rules("deep model learns", "moto fuka nara", ((0, 1), (1, 0), (2, 2)))
    assert phrases == {
        rule("deep", "fuka"),
        rule("model", "moto"),
        rule("learns", "nara"),
        rule("deep model", "moto fuka"),
        rule("deep model learns", "moto fuka nara"),
    }


def test_words_without_a_link_may_belong_to_the_phrase_beside() -> None:
    phrases, gapped = rules("model learns", "moto wa nara", ((0, 0), (1, 2)))
    assert {rule("model", "moto"), rule("model", "moto wa"), rule("learns", "wa nara")} <= phrases
    assert not any("wa" in target and len(target) == 2 for _, target in gapped)


def test_gaps_change_places_where_the_phrases_in_them_do() -> None:
    _, gapped = rules("size of model", "moto no saizu", ((0, 2), (1, 1), (2, 0)))
    assert rule("⟦x⟧ of ⟦x⟧", "⟦x1⟧ no ⟦x0⟧") in gapped and rule("⟦x⟧ of model", "moto no ⟦x0⟧") in gapped
    assert not any(GAP in source[:-1] and source[source.index(GAP) + 1] == GAP for source, _ in gapped)


def test_no_rule_with_gaps_has_a_rare_word_or_two_that_rarely_stand_together() -> None:
    told = ("size of model", "moto no saizu", ((0, 2), (1, 1), (2, 0)))
    _, gapped = rules(*told, common=["of", "no", "model", "moto"])
    assert rule("⟦x⟧ of ⟦x⟧", "⟦x1⟧ no ⟦x0⟧") in gapped and rule("⟦x⟧ of model", "moto no ⟦x0⟧") not in gapped
    assert not any("size" in source for source, _ in gapped)
    _, gapped = rules(*told, common=["of", "model", "moto", "size", "saizu", ("size", "of"), ("of", "model")])
    assert not any("no" in target for _, target in gapped)
    _, gapped = rules(*told, common=["of", "no", "size", "saizu", ("size", "of"), ("of", "model")])
    assert not any("model" in source for source, _ in gapped) and rule("size of ⟦x⟧", "⟦x0⟧ no saizu") not in gapped


def test_a_rule_with_gaps_says_something_itself_and_ends_with_linked_words() -> None:
    _, gapped = rules("deep the model so", "fuka moto", ((0, 0), (2, 1)))
    assert rule("deep the ⟦x⟧", "fuka ⟦x0⟧") in gapped
    assert not any(source in (words("⟦x⟧ the ⟦x⟧"), words("the ⟦x⟧")) or "so" in source for source, _ in gapped)


def test_which_piece_of_markdown_it_is_a_rule_does_not_say_but_it_loses_none() -> None:
    phrases, gapped = rules("use ⟦a4⟧ for ⟦a7⟧", "⟦a7⟧ ni ⟦a4⟧ yo", ((0, 3), (1, 2), (2, 1), (3, 0)))
    assert rule("⟦a⟧ for ⟦a⟧", "⟦a1⟧ ni ⟦a0⟧") in phrases and rule("⟦x⟧ for ⟦a⟧", "⟦a0⟧ ni ⟦x0⟧") in gapped
    phrases, _ = rules("use ⟦a4⟧", "yo", ((0, 0), (1, 0)))
    assert not phrases
    phrases, _ = rules("use", "yo ⟦a4⟧", ((0, 0), (0, 1)))
    assert not phrases


def test_markdown_is_linked_to_itself_alone() -> None:
    pairs = [(words(f"see ⟦a{n % 3}⟧ now"), words(f"ima ⟦a{n % 3}⟧ miru")) for n in range(30)]
    for links in (found for both in aligned(pairs) for found in both):
        assert [link for link in links if 1 in link] == [(1, 1)]


SENTENCES = [words(s) for s in ("a b c", "a b d", "b a c", "a c", "d b a", "a b c d", "c", "a b c a b")]


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "<s>"]), max_size=3))
def test_all_words_behind_others_are_together_certain(before: list[str]) -> None:
    model = LanguageModel(SENTENCES)
    every = ["a", "b", "c", "d", END, "never seen"]
    assert sum(math.exp(model.score(tuple(before), word)) for word in every) == pytest.approx(1)


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    model = LanguageModel(SENTENCES)
    assert model.score(("a",), "b") > model.score(("a",), "d") > model.score(("a",), "never seen")
    assert model.score(("a", "b"), "c") > model.score(("b",), "c")
    assert math.exp(model.score(("<s>",), "a")) > 0.4 and math.exp(model.score(("<s>",), "b")) < 0.3


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> RuleTable:
    """Rules of a few sentences whose words change places around "of", some words with two translations."""
    nouns = {"size": "saizu", "model": "moto", "layer": "sou", "⟦a0⟧": "⟦a0⟧"}
    pairs, links = [], []
    for one in nouns:
        for other in nouns:
            if one != other:
                pairs.append(((one, "of", other, "grows"), (nouns[other], "no", nouns[one], "fu")))
                links.append([((0, 2), (1, 1), (2, 0), (3, 3))] * 2)
    pairs.append((("size", "of"), ("dai", "no")))
    links.append([((0, 0), (1, 1))] * 2)
    pairs += [(("size",), ("oki",)), (("big",), ("dai",))]
    links += [[((0, 0),), ()]] * 2
    for number in range(2):
        pairs.append((words(f"⟦a{number}⟧ of ⟦a5⟧"), words(f"⟦a5⟧ no ⟦a{number}⟧")))
        links.append([((0, 2), (1, 1), (2, 0))] * 2)
    pairs += [(words("model for model"), words("moto yo moto")), (words("layer for layer"), words("sou yo sou"))]
    links += [[((0, 2), (1, 1), (2, 0))] * 2, [((0, 0), (1, 1), (2, 2))] * 2]
    path = tmp_path_factory.mktemp("rules") / "rules.tsv"
    write_rules(pairs, links, path)
    again = path.with_name("again.tsv")
    write_rules(pairs, links, again)
    assert path.read_bytes() == again.read_bytes()
    return RuleTable(path)


def test_what_was_seen_once_is_believed_less(table: RuleTable) -> None:
    found = dict(table.translations("size"))
    often, twice, once = found["saizu",], found["dai",], found["oki",]
    # Six pairs by either kind of alignment, one by either, one by one kind alone; less what Foster et al. take away.
    assert math.exp(often.forward) == pytest.approx((12 - 2) / 15, rel=1e-3)
    assert math.exp(twice.forward) == pytest.approx((2 - 1.6) / 15, rel=1e-3)
    assert math.exp(once.forward) == pytest.approx((1 - 0.9) / 15, rel=1e-3)
    assert math.exp(twice.backward) == pytest.approx((2 - 1.6) / 3, rel=1e-3)
    assert (often.seen_once, twice.seen_once, once.seen_once) == (0, 0, 1)
    assert -1 < often.words_forward < 0 and often.words_forward > twice.words_forward
    assert -1 < often.words_backward <= 0


def test_a_rule_with_gaps_that_stands_in_one_pair_is_none(table: RuleTable) -> None:
    assert {target for target, _ in table.translations("⟦x⟧ of ⟦x⟧")} == {("⟦x1⟧", "no", "⟦x0⟧")}
    assert not list(table.translations("⟦x⟧ for ⟦x⟧")) and list(table.translations("model for"))


LANGUAGE = LanguageModel([words(s) for s in ("moto no saizu fu", "sou no moto fu", "⟦a⟧ no saizu fu", "sou fu")])


def everything(table: RuleTable, tokens: Tokens) -> Iterator[tuple[Tokens, Features]]:
    """Every derivation of a sentence, in the slow way: from the left, by stretches that rules cover."""

    def add(*all_: Features) -> Features:
        return Features(*map(sum, zip(*all_, strict=True)))

    def stretch(begin: int, end: int) -> list[tuple[Tokens, Features]]:
        if (begin, end) in known:
            return known[begin, end]
        found = []
        for symbols, gaps in shapes(begin, end, False):
            if gaps == [(begin, end)]:
                continue
            places = [t for n, t in enumerate(tokens) if begin <= n < end and kind(t) != t]
            places = [t for t in places if not any(a <= tokens.index(t) < b for a, b in gaps)]
            for target, features in table.translations(" ".join(symbols)):
                filled: list[tuple[Tokens, Features]] = [((), features)]
                parts = [stretch(*gap) for gap in gaps]
                for token in target:
                    if token.startswith("⟦x"):
                        filled = [(s + t, add(f, g)) for s, f in filled for t, g in parts[int(token[2:-1])]]
                    else:
                        said = places[int(token[2:-1])] if kind(token) != token else token
                        filled = [((*s, said), f) for s, f in filled]
                found += filled
        if not found and end == begin + 1:
            unknown = kind(tokens[begin]) == tokens[begin]
            found = [((tokens[begin],), Features(words=1, unknown=unknown))]
        known[begin, end] = found
        return found

    def shapes(begin: int, end: int, behind_gap: bool) -> Iterator[tuple[list[str], list[tuple[int, int]]]]:
        if begin == end:
            yield [], []
            return
        for symbols, gaps in shapes(begin + 1, end, False):
            yield [kind(tokens[begin]), *symbols], gaps
        for middle in range(begin + 1, end + 1) if not behind_gap else ():
            for symbols, gaps in shapes(middle, end, True):
                yield [GAP, *symbols], [(begin, middle), *gaps]

    known: dict[tuple[int, int], list[tuple[Tokens, Features]]] = {}
    whole: list[list[tuple[Tokens, Features]]] = [[((), Features(glued=-1))]]
    for end in range(1, len(tokens) + 1):
        whole.append(
            [
                (s + t, add(f, g, Features(glued=1)))
                for begin in range(end)
                for s, f in whole[begin]
                for t, g in stretch(begin, end)
            ]
        )
    yield from whole[-1]


def judged(said: Tokens, features: Features) -> float:
    before: Tokens = ("<s>",)
    language = 0.0
    for word in (*map(kind, said), END):
        language += LANGUAGE.score(before, word)
        before = (*before, word)[-LanguageModel.context :]
    return sum(w * f for w, f in zip(WEIGHTS, features._replace(language=language), strict=True))


@examples(40)
@given(st.lists(st.sampled_from(["size", "of", "model", "layer", "grows", "big", "new"]), min_size=1, max_size=5))
def test_the_decoder_finds_what_a_search_of_everything_finds(table: RuleTable, tokens: list[str]) -> None:
    said = Decoder(table, LANGUAGE, WEIGHTS).decode(tuple(tokens))
    every = list(everything(table, tuple(tokens)))
    best = max(judged(*one) for one in every)
    assert max(judged(*one) for one in every if one[0] == said) == pytest.approx(best)


def test_what_is_forgotten_is_found_again(table: RuleTable, monkeypatch: pytest.MonkeyPatch) -> None:
    language = LanguageModel(SENTENCES)
    before = language.score(("a",), "b")
    decoder = Decoder(table, language, WEIGHTS)
    said = [decoder.decode(words(text)) for text in ("size of model", "layer of size grows")]
    monkeypatch.setattr("bot.engines.smt.language_model.REMEMBERED", 2)
    monkeypatch.setattr("bot.engines.smt.decoder.REMEMBERED", 1)
    assert [decoder.decode(words(text)) for text in ("size of model", "layer of size grows")] == said
    language.score(("never",), "asked")
    assert len(language.known) <= 2 and language.score(("a",), "b") == before


def test_the_decoder_puts_each_piece_of_markdown_in_its_place(table: RuleTable) -> None:
    said = Decoder(table, LANGUAGE, WEIGHTS).decode(words("⟦a3⟧ of ⟦a5⟧ grows"))
    assert said == words("⟦a5⟧ no ⟦a3⟧ fu")
    assert Decoder(table, LANGUAGE, WEIGHTS).decode(words("⟦o0⟧ ⟦c0⟧")) == words("⟦o0⟧ ⟦c0⟧")


def test_a_sentence_longer_than_any_rule_reaches_is_translated_whole(table: RuleTable) -> None:
    said = Decoder(table, LANGUAGE, WEIGHTS).decode(words("model of layer grows") * REACH)
    assert said == words("sou no moto fu") * REACH
    assert Decoder(table, LANGUAGE, WEIGHTS).decode(()) == ()
