"""A made-up pull request with everything that a review page shows."""

from __future__ import annotations

from dataclasses import replace

from bot.drafting.draft import draft_document
from bot.drafting.outcomes import Outcome
from bot.drafting.report import LanguageReport
from bot.engines import Answer
from bot.planning.book_plan import Change
from bot.planning.document_plan import plan_document
from support.reviews import reviewed

ADDRESS = "https://github.com/book/es/pull/7"

OLD = """\
# Boats

A boat floats on water. It has a hull and a mast. Its weight is $w = m \\cdot g$ everywhere on this earth.

Sails are sewn by hand from heavy white cloth in the old harbour.

Nobody sails at night without a lamp.

![A boat](img/boat.svg)

$$\\begin{aligned} a &= b \\\\ c &= \\frac{1}{2} \\end{aligned}$$

```python
print("<boat>")
```

The sea is wide and deep and blue.
"""

NEW = (
    OLD.replace("It has a hull and a mast.", "Some boats are rowed by tired people.")
    .replace("everywhere on this earth", "everywhere on the earth")
    .replace("Sails are sewn by hand from heavy white cloth in the old harbour.\n\n", "")
    .replace("Nobody sails at night without a lamp.", "Every ship carries two lamps at night, one green and one red.")
)

TARGET = """\
# Barcos

Un barco flota en el agua. Tiene un casco y un mástil. Su peso es $w = m \\cdot g$ en todas partes de esta tierra.

Las velas se cosen a mano con tela blanca y gruesa en el puerto viejo.

Nadie navega de noche sin farol.

![Un barco](img/boat.svg)

$$\\begin{aligned} a &= b \\\\ c &= \\frac{1}{2} \\end{aligned}$$

```python
print("<boat>")
```

El mar es ancho, profundo y azul.
"""

DRAFT = "Unos remeros cansados mueven algunos barcos."


def outcome(path: str, old: str = OLD, new: str = NEW, target: str = TARGET, drafts: int = 1) -> Outcome:
    """A document of which the first ``drafts`` sentences get a draft, and the others stay English."""
    plan = plan_document(old, new, target, language="es")
    answers = {s.number: Answer(DRAFT, "engine") for s in plan.segments[:drafts]}
    change = Change("edit", path, path, path, old, new, target, plan)
    return Outcome(change, "drafted", "changed", draft_document(plan, answers, old=old, new=new))


def report(*outcomes: Outcome, language: str = "es") -> LanguageReport:
    """A pull request of these documents."""
    documents = reviewed(outcomes, language)
    return LanguageReport(language, "opened", "0" * 40, outcomes, documents=documents, branch="amts/sync")


def sample() -> LanguageReport:
    """Two documents, one of them with everything."""
    small = outcome("sails.md", "# Sails\n", "# Sails\n\nA sail is a wide piece of cloth.\n", "# Velas\n", 0)
    return report(outcome("boats.md"), small)


def large(sentences: int) -> LanguageReport:
    """One document with so many sentences, half of which wait."""
    lines = [
        f"Sentence {n} says that $x_{{{n}}}$ is about `boats` and the sea near harbour {n}." for n in range(sentences)
    ]
    texts = [
        f"La frase {n} dice que $x_{{{n}}}$ trata de `boats` y del mar cerca del puerto {n}." for n in range(sentences)
    ]
    fresh = [
        f"Line {n} tells a wholly different story with $y_{{{n}}}$, which is new to all." for n in range(sentences)
    ]
    new = [fresh[n] if n % 2 else line for n, line in enumerate(lines)]
    made = outcome("large.md", *("\n\n".join(side) + "\n" for side in (lines, new, texts)), drafts=sentences // 4)
    return replace(report(made), english="1" * 40)
