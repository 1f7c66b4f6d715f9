"""An engine sees words to translate and none of the syntax of the site; here it is one that writes in capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from bot.drafting.draft import Draft, draft_document
from bot.drafting.translate import translated
from bot.engines import Answer, Batch, Result
from bot.engines.resources import Resources
from bot.engines.segment_html import FORMS, Form, decode, encode
from bot.parallel_data.dataset import ParallelData
from bot.planning.document_plan import plan_document
from bot.style.preferences import Style

_PROTECTED = re.compile(r'<span [^>]*translate="no">[^<]*</span>|<[^>]*>|&\w+;')


@dataclass
class Capitals:
    """Translates English by writing it in capitals, and only what an engine may touch."""

    form: Form
    name: str = "capitals"

    def translate(self, batch: Batch, resources: Resources) -> Result:
        sources = [s.source for s in batch.segments.values()]
        html = encode(sources, "en", self.form)
        head, body = html.split("<body>")
        kept = _PROTECTED.findall(body)
        loud = [part.upper() for part in _PROTECTED.split(body)]
        said = "".join(a + b for a, b in zip(loud, [*kept, ""], strict=True))
        back = decode(f"{head}<body>{said}", sources, self.form)
        answers = zip(batch.segments, back, strict=True)
        return Result({key: Answer(d.text, "engine" if d.text else "english", d.problem) for key, d in answers})


def drafted(new: str, form: Form) -> Draft:
    old, target = "Old.\n", "Viejo.\n"
    plan = plan_document(old, f"Old.\n\n{new}", target, language="es")
    batch = Batch("en", "es", {("a.md", s.number): s for s in plan.segments})
    resources = Resources(ParallelData(("en", "es"), "sentence", ()), configured=Style())
    answers = translated(Capitals(form), batch, resources).answers
    return draft_document(plan, {n: a for (_, n), a in answers.items()}, old=old, new=f"Old.\n\n{new}")


CASES = {
    "emoji": ("Sailing is fun :smile: and :+1: for you.", "SAILING IS FUN :smile: AND :+1: FOR YOU."),
    "pandoc heading id": ("## Buying a sail {#buy-sail}", "## BUYING A SAIL {#buy-sail}"),
    "react heading id": ("## Buying a sail {/*buy-sail*/}", "## BUYING A SAIL {/*buy-sail*/}"),
    "hugging face heading id": ("## Buying a sail[[buy-sail]]", "## BUYING A SAIL[[buy-sail]]"),
    "attribute list": ("[The boat](b.md){: .wide }", "[THE BOAT](b.md){: .wide }"),
    "hugo": (
        "Use {{< param boat >}} and {{% ref sea.md %}} now.",
        "USE {{< param boat >}} AND {{% ref sea.md %}} NOW.",
    ),
    "liquid": (
        'Write {{ site.title }} on it. Then {% include rope.html kind="thick" %} comes.',
        'WRITE {{ site.title }} ON IT.\nTHEN {% include rope.html kind="thick" %} COMES.',
    ),
    "svelte": ("{#if wind > 3}Reef the sail.{:else}Sail on.{/if}", "{#if wind > 3}REEF THE SAIL.{:else}SAIL ON.{/if}"),
    "jsx": (
        'Press <Key name="a > b" on={() => go("x")}>the key</Key> for {props.boat}.',
        'PRESS <Key name="a > b" on={() => go("x")}>THE KEY</Key> FOR {props.boat}.',
    ),
    "quarto": ("See @fig-boat and [@oak; @tar, p. 3] here.", "SEE @fig-boat AND [@oak; @tar, p. 3] HERE."),
    "latex": (r"The mast \(m_1\) is tall.", r"THE MAST \(m_1\) IS TALL."),
    "footnotes": ("The mast is oak.[^oak]\n\n[^oak]: A tree.", "THE MAST IS OAK.[^oak]\n\n[^oak]: A TREE."),
    "references": (
        "Read [the manual][] or [the chart][sea] and [other harbours], not [this].\n\n"
        "[the manual]: https://example.org/m\n[sea]: https://example.org/s\n[other harbours]: https://example.org/o",
        "READ [THE MANUAL][the manual] OR [THE CHART][sea] AND [OTHER HARBOURS][other harbours], NOT [THIS].\n\n"
        "[the manual]: https://example.org/m\n[sea]: https://example.org/s\n[other harbours]: https://example.org/o",
    ),
    "hard breaks": (
        "The boat house stands here  \non the harbour road\\\nin the north town.",
        "THE BOAT HOUSE STANDS HERE  \nON THE HARBOUR ROAD\\\nIN THE NORTH TOWN.",
    ),
    "autolinks": (
        "Ask <sea@example.org> or <https://example.org/a>.",
        "ASK <sea@example.org> OR <https://example.org/a>.",
    ),
    "keys": ("Press ++ctrl+alt+del++ now.", "PRESS ++ctrl+alt+del++ NOW."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("new", "wanted"), CASES.values(), ids=CASES.keys())
def test_the_syntax_of_a_site_comes_through(new: str, wanted: str, form: Form) -> None:
    done = drafted(f"{new}\n", form)
    assert done.text == f"Viejo.\n\n{wanted}\n"
    assert done.divergences == () and done.english == 0
