"""Looks for texts that the parser or the planner cannot take, guided by coverage: needs `pip install atheris`.

Real events (--data) are mutated: lines and stretches of other documents are spliced in, marks are inserted, parts are
deleted or doubled. What must hold: parsing loses nothing, planning raises nothing, and English that did not change
changes no translation. A case that fails is printed with the texts that make it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["bot.document", "bot.planning", "bot.alignment"]):
    from bot.document.markdown import parse
    from bot.document.model import render
    from bot.planning.document_plan import plan_document

MARKS = (
    "```\n", "~~~\n", "---\n", "+++\n", "<!--", "-->", "$$\n", "$", ":::note\n", ":::\n", "{{< x >}}", "{{% /x %}}",
    "<div>\n", "</div>\n", "    ", "\t", "- ", "1. ", "> ", "# ", "|a|b|\n|-|-|\n", "[x]: y\n", "[^1]", "{#id}", "\\",
    "!!! note\n", "=== \"T\"\n", "import X from 'y'\n", "{/* c */}", ":label:`a`\n", "%%tab all\n", "`", "**", "*", "_",
    "\r\n", "\r", "\n\n", "\u2028", "\ufeff", "。", "“", "&amp;", "{", "}", "<", ">", "(a) ", "```{note}\n", "\x00",
)  # fmt: skip


class Books:
    """The texts of events to mutate, at most ``LONGEST`` code points each."""

    LONGEST = 6_000

    def __init__(self, data: Path) -> None:
        names = ("old_en.md", "new_en.md", "old_tgt.md")
        events = [p.parent for root in ("d2l", "other") for p in sorted((data / root).rglob("old_en.md"))]
        self.events = [tuple((e / n).read_text(encoding="utf-8")[: self.LONGEST] for n in names) for e in events]
        metas = [json.loads((e / "meta.json").read_text(encoding="utf-8")) for e in events]
        self.languages = [meta.get("lang") or meta.get("language", "zh") for meta in metas]

    def mutated(self, choose: atheris.FuzzedDataProvider) -> tuple[tuple[str, ...], str]:
        """Three texts of an event after up to six mutations, and the language of the third."""
        number = choose.ConsumeIntInRange(0, len(self.events) - 1)
        texts = list(self.events[number])
        for _ in range(choose.ConsumeIntInRange(0, 6)):
            which = choose.ConsumeIntInRange(0, 2)
            text = texts[which]
            start = choose.ConsumeIntInRange(0, len(text))
            end = min(len(text), start + choose.ConsumeIntInRange(0, 400))
            other = self.events[choose.ConsumeIntInRange(0, len(self.events) - 1)][choose.ConsumeIntInRange(0, 2)]
            at = choose.ConsumeIntInRange(0, len(other))
            piece = (
                "",
                MARKS[choose.ConsumeIntInRange(0, len(MARKS) - 1)],
                text[start:end] * 2,
                other[at : at + 300],
                choose.ConsumeUnicodeNoSurrogates(8),
            )[choose.ConsumeIntInRange(0, 4)]
            texts[which] = text[:start] + piece + text[end if choose.ConsumeBool() else start :]
        return tuple(texts), self.languages[number]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--slow", type=float, default=10.0, help="seconds of processor time that are a failure")
    options = parser.parse_args()
    books = Books(options.data)

    def one(data: bytes) -> None:
        (old, new, target), language = books.mutated(atheris.FuzzedDataProvider(data))
        began = time.process_time()
        try:
            for text in (old, new, target):
                assert render(parse(text)) == text, "parsing lost something"
            plan_document(old, new, target, language=language, small_edits="keep")
            same = plan_document(old, old, target, language=language, small_edits="keep")
            assert "".join(p for p in same.parts if isinstance(p, str)) == target and not same.segments, "not quiet"
            assert time.process_time() - began < options.slow, "slow"
        except BaseException:
            print(json.dumps({"old": old, "new": new, "target": target, "language": language}), file=sys.stderr)
            raise

    with tempfile.TemporaryDirectory() as corpus:
        for number in range(64):  # an empty corpus would begin with inputs too short to choose a mutation
            Path(corpus, str(number)).write_bytes(random.Random(number).randbytes(96))
        limits = (f"-max_total_time={int(options.minutes * 60)}", "-max_len=512", "-len_control=0", "-timeout=120")
        atheris.Setup([sys.argv[0], corpus, *limits], one)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
