"""Repairs of old translations in real syncs: how long they take, and how much of the English change is in them.

Of the English words that a sync dropped and whose translation in the old sentence is known (a link of at least 0.5),
how many are still translated in the draft; of the content words that are new, how many the draft translates, as far as
the word table can tell, how many are there in English, how many are missing. The old sentence and what people wrote are
measured in the same way: they show how much of it is the noise of the measure.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from replay import Event, book, read
from rich.console import Console

from bot.document.segment import Segment
from bot.effort.post_editing import aligned, said
from bot.parallel_data import dataset
from bot.parallel_data.extraction import TranslatedDocument
from bot.planning.document_plan import plan_document
from bot.repair.difference import difference
from bot.repair.examples import Examples, gathered
from bot.repair.links import links
from bot.repair.repair import Repair, repair
from bot.repair.tokens import spelled_out, tokens

KNOWN = 0.5
"""Least link by which the translation of a dropped word is known."""
FOUND = 0.25
"""Least link by which a new word is translated in a draft."""


def meaning(segment: Segment, text: str, examples: Examples) -> Counter[str]:
    """What became of the content words that English dropped and brought in, in a text."""
    old, new = tokens(spelled_out(segment.old_source), "en"), tokens(spelled_out(segment.asked), "en")
    ours, draft = tokens(segment.old_target, examples.language), tokens(text, examples.language)
    found = difference(old, new)
    pair, made = links(old, ours, examples.table), links(new, draft, examples.table, least=FOUND)
    left, out = Counter(t.form for t in draft), Counter[str]()
    wanted = Counter(t.form for t in ours)
    stays = {a for a, _ in found.kept}
    for hunk in found.hunks:
        for i in hunk.old:
            owned = [j for j in pair.owned([i]) if pair.weights[i][j] >= KNOWN]
            if old[i].content and owned and not any(pair.owners[j] in stays for j in owned):
                out["dropped"] += 1
                out["still there"] += all(left[ours[j].form] >= wanted[ours[j].form] for j in owned)
        for k in hunk.new:
            if new[k].content:
                out["new"] += 1
                english = any(t.text.casefold() == new[k].text.casefold() for t in draft)
                translated = bool(made.owned([k])) and not (english and new[k].kind == "word")
                out["translated" if translated else "in English" if english else "missing"] += 1
    return out


def finals(event: Event, drafts: Sequence[tuple[Segment, Repair]]) -> list[str]:
    """What people wrote for each draft: the sentences that the old ones correspond to."""
    before, after = said(event.old_target, event.language), said(event.new_target, event.language)
    beads = aligned(before, after)
    out = []
    for segment, _ in drafts:
        old = " ".join(segment.old_target.split())
        there = [" ".join(after[n] for n in right) for left, right in beads if any(before[n] in old for n in left)]
        out.append(" ".join(there))
    return out


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the test material")
    parser.add_argument("--language", action="append", help="only events of this language; repeatable")
    options = parser.parse_args()
    console = Console(highlight=False, markup=False, soft_wrap=True)
    place = options.data / "d2l" / "replay" / "dev"
    sums = {name: Counter[str]() for name in ("old sentence", "repair", "people")}
    seconds, learning, tried, made_number, untouched = 0.0, 0.0, 0, 0, 0
    for folder in sorted(p.parent for p in place.glob("*/meta.json")):
        event = read(folder)
        if options.language and event.language not in options.language:
            continue
        plan = plan_document(event.old, event.new, event.old_target, language=event.language)
        todo = [s for s in plan.segments if s.old_target]
        if not todo:
            continue
        begun = time.process_time()
        own = dataset.build([TranslatedDocument("", event.old, event.old_target)], ("en", event.language)).units
        others = book(options.data / "d2l" / "pairs", place, event.language).units
        pairs = [(u.source, u.target) for u in (*own, *(u for u in others if u.provenance.document != event.path))]
        examples = gathered(pairs, [t for s in todo for t in (s.old_source, s.asked)], event.language)
        middle = time.process_time()
        made = [
            (s, done)
            for s in todo
            if (done := repair(s.old_source, s.asked, s.old_target, event.language, examples)) is not None
        ]
        seconds, learning = seconds + time.process_time() - middle, learning + middle - begun
        tried, made_number = tried + len(todo), made_number + len(made)
        untouched += sum(r.text == s.old_target for s, r in made)
        for (segment, done), final in zip(made, finals(event, made), strict=True):
            for name, text in (("old sentence", segment.old_target), ("repair", done.text), ("people", final)):
                sums[name] += meaning(segment, text, examples)
    if not tried:
        console.print(f"repair: skipped, {place} has no events (--data names the folder of the test material)")
        return 0
    console.print(f"{tried} sentences with an old translation: {made_number} repaired, {untouched} of them unchanged")
    console.print(
        f"{1000 * seconds / tried:.1f} ms of processor time each; pairs and word tables {learning:.0f} s in all\n"
    )
    console.print("| | dropped, still there | new, translated | in English | missing |\n|:--|--:|--:|--:|--:|")
    for name, counts in sums.items():
        shares = [counts["still there"] / max(1, counts["dropped"])]
        shares += [counts[key] / max(1, counts["new"]) for key in ("translated", "in English", "missing")]
        console.print(f"| {name} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
