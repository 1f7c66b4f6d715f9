"""Verdicts: what the text says, what people noted, and when a person is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha1

from bot.origins.evidence import Note
from bot.origins.places import Places
from bot.origins.scoring import Prints
from bot.origins.verdict import Document, Verdict, judge
from bot.repositories.versions import Version

CODE = "```python\n{}\n```\n"
LINES = [f"value_{n} = compute({n})" for n in range(12)]
V1 = "# Boats\n:label:`sec_boats`\n\nA boat floats on water.\n\n" + CODE.format("\n".join(LINES[:9]))
V2 = V1.replace(LINES[3], "value_3 = other(3)")
V3 = V2.replace("A boat floats on water.", "A boat floats on waters.")
V4 = V3.replace(LINES[5], "value_5 = another(5)")


def german(english: str) -> str:
    words = {"# Boats": "# Boote", "A boat floats on waters.": "Ein Boot schwimmt auf Wasser."}
    words["A boat floats on water."] = words["A boat floats on waters."]
    for old, new in words.items():
        english = english.replace(old, new)
    return english


@dataclass
class History:
    """English texts as versions, one a day."""

    texts: dict[str, list[str]]
    gone: set[str] = field(default_factory=set)
    contents: dict[str, str] = field(default_factory=dict)

    def version(self, path: str, number: int) -> Version:
        text, last = self.texts[path][number], number + 1 == len(self.texts[path])
        blob = sha1(text.encode(), usedforsecurity=False).hexdigest()
        self.contents[blob] = text
        ended = f"gone-{path}" if path in self.gone else ""
        return Version(path, blob, f"{number}" * 10, f"{number}" * 10, 86_400 * number, ended if last else f"{number}")

    def judge(self, target: str, path: str = "boats.md", changed: int = 10**9, **more: object) -> Verdict:
        known = {p: tuple(self.version(p, n) for n in range(len(t))) for p, t in self.texts.items()}
        today = {p: v[-1].blob for p, v in known.items() if p not in self.gone}
        prints = Prints(self.contents.__getitem__)
        document = Document(path, path, target, changed, **more)  # type: ignore[arg-type]
        return judge(document, Places(known, today, prints), prints, "de")


BOATS = {"boats.md": [V1, V2, V3, V4]}


def number(verdict: Verdict) -> int | None:
    return verdict.version.time // 86_400 if verdict.version else None


def test_the_version_whose_code_the_translation_has() -> None:
    first, last = History(BOATS).judge(german(V1)), History(BOATS).judge(german(V4))
    assert (number(first), first.confidence) == (0, "certain")
    assert (number(last), last.confidence) == (3, "certain")


def test_of_two_that_fit_equally_the_older_and_it_says_so() -> None:
    found = History(BOATS).judge(german(V2))
    assert (number(found), found.confidence) == (1, "likely")
    assert any("2 versions fit as well" in reason for reason in found.evidence)
    assert found.until and found.until.time == 2 * 86_400


OVEN = "# Oven\n\nHeat it to 230 °C for 30 minutes. A stone keeps the heat.\n\nSteam makes the crust shine.\n"
OVENS = [OVEN, OVEN.replace("230", "240").replace("30 min", "45 min")]
OVENS.append(OVENS[1].replace("A stone keeps", "A stone or a tray keeps"))
OFEN = "# Ofen\n\nAuf {} °C heizen, {} Minuten lang. Ein Stein hält die Hitze.\n\nDampf lässt die Kruste glänzen.\n"


def test_a_number_that_was_replaced_decides_between_versions_that_are_nearly_the_same() -> None:
    history = History({"oven.md": OVENS})
    found = history.judge(OFEN.format(240, 45), "oven.md")
    assert (number(found), found.confidence) == (1, "likely")
    assert number(history.judge(OFEN.format(230, 30), "oven.md")) == 0
    # A number of each, or of none, decides nothing: then the oldest is safer.
    assert number(history.judge(OFEN.format(240, 30), "oven.md")) == 0
    assert number(history.judge(OFEN.format("zweihundert", "ein paar"), "oven.md")) == 0


def test_a_recorded_version_with_other_numbers_fits_worse() -> None:
    history = History({"oven.md": OVENS})
    found = history.judge(OFEN.format(240, 45), "oven.md", recorded=history.version("oven.md", 0))
    assert number(found) == 1 and found.worse > 0


def test_the_only_version_is_not_certain_where_paragraphs_are_missing() -> None:
    history = History({"oven.md": OVENS[:1]})
    assert history.judge(OFEN.format(230, 30), "oven.md").confidence == "certain"
    short = OFEN.format(230, 30).rpartition("\n\n")[0] + "\n"
    found = history.judge(short, "oven.md")
    assert (number(found), found.confidence) == (0, "likely")
    assert any("the only version" in reason for reason in found.evidence)


def test_english_that_is_newer_than_the_translation_cannot_be_its_english() -> None:
    assert number(History(BOATS).judge(german(V4), changed=2 * 86_400)) == 1


def test_a_recorded_version_stays_where_nothing_fits_better() -> None:
    history = History(BOATS)
    found = history.judge(german(V3), recorded=history.version("boats.md", 2))
    assert (number(found), found.confidence, found.worse) == (2, "certain", 0)


def test_a_recorded_version_that_fits_worse_is_told() -> None:
    history = History(BOATS)
    found = history.judge(german(V1), recorded=history.version("boats.md", 3))
    assert number(found) == 0 and found.worse > 3 and found.recorded == history.version("boats.md", 3)


def test_a_commit_that_people_name_decides_between_equal_versions() -> None:
    history = History(BOATS)
    note = Note("commit message", "2222222", "the message of abc")
    found = history.judge(german(V2), named=((note, history.version("boats.md", 2)),))
    assert (number(found), found.confidence) == (2, "certain") and "the message of abc" in found.evidence


def test_a_commit_that_the_text_contradicts_is_put_to_a_person() -> None:
    history = History(BOATS)
    note = Note("front matter", "3333333", "its front matter")
    found = history.judge(german(V1), named=((note, history.version("boats.md", 3)),))
    assert found.confidence == "unsure" and found.version is None
    assert {v.time // 86_400 for v in found.candidates} >= {0, 3}


def test_a_version_may_be_at_a_path_that_only_another_branch_had() -> None:
    history = History({**BOATS, "branch.md": [V2]})
    named = replace(history.version("branch.md", 0), path="aside.md")
    found = history.judge(german(V2), named=((Note("fork", "2222222", "the fork"), named),))
    assert found.version == named and found.confidence == "certain"


def test_what_a_fork_shares_is_the_newest_version_that_a_translation_may_be_of() -> None:
    history = History(BOATS)
    shared = ((Note("fork", "3333333", "the fork"), history.version("boats.md", 3)),)
    found = history.judge(german(V1), named=shared)
    assert (number(found), found.confidence) == (0, "certain")
    # Not what is no translation of it at all.
    found = history.judge("# Über uns\n\nWir übersetzen.\n\n" + CODE.format("git(1)\ngit(2)"), named=shared)
    assert found.confidence == "unsure" and found.version is None


def test_an_answer_of_a_person_is_final() -> None:
    history = History(BOATS)
    note = Note("confirmed", "3333333", "confirmed")
    found = history.judge(german(V1), named=((note, history.version("boats.md", 3)),))
    assert (number(found), found.confidence) == (3, "certain")


def test_the_english_text_itself_is_no_translation() -> None:
    assert History(BOATS).judge(V2).confidence == "english"


def test_a_text_that_is_like_no_english_is_put_to_a_person() -> None:
    found = History(BOATS).judge("# Züge\n\n" + "Ein Zug fährt `auf` Schienen, $1 + 1$.\n\n" * 9)
    assert found.confidence == "unsure" and found.version is None
    assert History({}).judge(german(V1)).confidence == "unsure"


def test_a_document_at_another_path_is_found_by_its_label() -> None:
    other = "# Trains\n:label:`sec_trains`\n\nA train.\n\n" + CODE.format("rails = 4\ntrain = 5\nfast = 6")
    found = History({**BOATS, "trains.md": [other]}).judge(german(V4), "ships/boats.md")
    assert found.version and found.version.path == "boats.md" and found.confidence in ("certain", "likely")
    assert any("same label" in reason for reason in found.evidence)


def test_a_number_before_the_name_may_be_on_one_side_only() -> None:
    copied = {**BOATS, "copy.md": [V4.replace("water", "the water")]}
    found = History(copied).judge(german(V4), "03-boats.md")
    assert found.version and found.version.path == "boats.md" and found.confidence in ("certain", "likely")
    twice = {"1-boats.md": copied["boats.md"], "2-boats.md": copied["copy.md"]}
    assert History(twice).judge(german(V4), "3-boats.md").confidence == "unsure"


def test_two_documents_that_are_as_like_are_put_to_a_person() -> None:
    found = History({**BOATS, "copy.md": [V4.replace("water", "the water")]}).judge(german(V4), "elsewhere.md")
    assert found.confidence == "unsure" and {v.path for v in found.candidates} == {"boats.md", "copy.md"}


def test_code_of_one_version_and_sentences_of_an_older_one_are_put_to_a_person() -> None:
    prose = [f"Sentence number {n} says something about boats, and it is not short at all." for n in range(9)]
    saetze = [f"Satz Nummer {n} sagt etwas über Boote, und er ist durchaus nicht kurz." for n in range(9)]
    old = V1 + "".join(f"\n{p}\n" for p in prose)
    new = old
    for n in range(9):
        new = new.replace(LINES[n], f"letter_{n} = {n * n}")
    for n in (1, 4, 7):
        more = f"{prose[n]} Moreover there are {'many other things about boats that people like to know ' * 2}here."
        new = new.replace(prose[n], more)
    target = german(V1) + "".join(f"\n{s}\n" for s in saetze)
    for n in range(9):
        target = target.replace(LINES[n], f"letter_{n} = {n * n}")
    found = History({"boats.md": [old, new]}).judge(target)
    assert found.confidence == "unsure" and any("sentences like" in reason for reason in found.evidence)
    assert [v.time for v in found.candidates[:2]] == [0, 86_400]


def test_where_a_document_is_today() -> None:
    renamed = History({**BOATS, "new/boats.md": [V4 + "\nMore.\n"]}, {"boats.md"}).judge(german(V4))
    assert [(p.path, p.sure) for p in renamed.today] == [("new/boats.md", True)]
    away = V4.replace("sec_boats", "sec_other")
    asked = History({**BOATS, "new/ships.md": [away]}, {"boats.md"}).judge(german(V4))
    assert [(p.path, p.sure) for p in asked.today] == [("new/ships.md", False)]


def test_a_label_in_one_document_and_a_rename_to_another_are_put_to_a_person() -> None:
    labelled = V4.replace("# Boats", "# Ships").replace("compute", "calculate").replace("value", "number")
    texts = {**BOATS, "label.md": [labelled], "rename.md": [V4.replace("sec_boats", "sec_other")]}
    history = History(texts, {"boats.md"})
    known = {p: tuple(history.version(p, n) for n in range(len(t))) for p, t in texts.items()}
    ending = known["boats.md"][-1].ended
    known["rename.md"] = (replace(known["rename.md"][0], oldest=ending),)
    today = {p: v[-1].blob for p, v in known.items() if p != "boats.md"}
    found = Places(known, today, Prints(history.contents.__getitem__)).today(known["boats.md"][3])
    assert [(p.path, p.sure) for p in found[:2]] == [("label.md", False), ("rename.md", False)]


def test_the_evidence_names_what_there_is_to_compare() -> None:
    plain = ["# Boats\n\nA boat floats on water.\n", "# Boats\n\nA boat floats on water.\n\nIt has an anchor.\n"]
    found = History({"boats.md": plain}).judge("# Boote\n\nEin Boot schwimmt auf Wasser.\n")
    assert number(found) == 0
    assert found.evidence[1] == (
        "compared by headings, paragraphs and sentence lengths (100% alike): "
        "it has no code, formulas, labels or numbers"
    )
    # Code on one side is code to compare.
    coded = [plain[0] + "\n" + CODE.format("x = 1")]
    for texts, target in ((coded, german(plain[0])), (plain[:1], german(coded[0]))):
        assert "% of code, formulas, labels and numbers alike" in " ".join(
            History({"boats.md": texts}).judge(target).evidence
        )
