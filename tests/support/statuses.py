"""A made-up status with a document in every state, for what shows it."""

from __future__ import annotations

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.document_status import Amount, DocumentStatus, Recording

HOSTILE = "sails/</script><b onclick=x>&|`a`.md"
"""A path that would be markup in HTML, Markdown and a table."""

ENGLISH = {
    "index.md": Amount(10, 1_000),
    "boats/index.md": Amount(20, 2_000),
    "boats/hull.md": Amount(20, 2_000),
    "boats/mast.md": Amount(10, 1_000),
    HOSTILE: Amount(10, 1_000),
    "sails/area.md": Amount(10, 1_000),
    "sails/wind.md": Amount(20, 2_000),
}

ZH = LanguageStatus(
    "zh",
    "c" * 40,
    (
        DocumentStatus(
            "index.md", "index.md", "up to date", ENGLISH["index.md"], title="A book", translated_title="书"
        ),
        DocumentStatus(
            "boats/index.md",
            "boats/index.md",
            "behind",
            ENGLISH["boats/index.md"],
            Amount(5, 400),
            Amount(1, 100),
            Recording("e" * 40, False, 3, 1_600_000_000),
            ("lacks 2 of 3 labels",),
            title="Boats",
            translated_title="船",
        ),
        DocumentStatus("boats/hull.md", "boats/hull.md", "English left", ENGLISH["boats/hull.md"], left=Amount(2, 200)),
        DocumentStatus("boats/mast.md", "boats/mast.md", "drifted", ENGLISH["boats/mast.md"], drift=("1 headings",)),
        DocumentStatus(HOSTILE, HOSTILE, "never translated", ENGLISH[HOSTILE], title="<i>Sails</i>"),
        DocumentStatus("sails/area.md", "sails/area.md", "machine draft", ENGLISH["sails/area.md"], drafted=True),
        DocumentStatus("sails/old.md", "sails/old.md", "orphan"),
        DocumentStatus("sails/wind.md", "sails/wind.md", "no baseline", ENGLISH["sails/wind.md"]),
    ),
)

DONE = LanguageStatus(
    "pt-BR",
    "d" * 40,
    tuple(DocumentStatus(path, path, "up to date", amount) for path, amount in ENGLISH.items()),
)

BROKEN = LanguageStatus("ar", problem="amts.lock cannot be <read>: x")

PRICES = {"memory_only": 0.0, "smt": 0.0, "amazon": 60.0}


def status(*languages: LanguageStatus) -> BookStatus:
    """The made-up book in these languages."""
    return BookStatus("a" * 40, ENGLISH, languages or (ZH, DONE, BROKEN), PRICES)
