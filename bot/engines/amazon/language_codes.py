"""The language codes of Amazon Translate, which may differ from those of a book."""

from __future__ import annotations

from bot.errors import AmtsError
from bot.languages import base_language, plain_tag, scripts

CODES = frozenset(
    """
    af am ar az bg bn bs ca cs cy da de el en es es-MX et fa fa-AF fi fr fr-CA ga gu ha he hi hr ht hu hy id is it ja ka
    kk kn ko lt lv mk ml mn mr ms mt nl no pa pl ps pt pt-PT ro ru si sk sl so sq sr sv sw ta te th tl tr uk ur uz vi zh
    zh-TW
    """.split()
)
"""The codes the service supports (Amazon Translate developer guide, supported languages; read in November 2026)."""

_CODES = {plain_tag(code): code for code in CODES}

_OTHERS = {
    # Chinese by script, or by the region where each script is usual.
    **dict.fromkeys(("zh-hant", "zh-hk", "zh-mo"), "zh-TW"),
    # Spanish of Latin America: the nearer of the two available variants (a guess).
    "es-419": "es-MX",
    # Portuguese of Africa and Asia follows that of Portugal.
    **dict.fromkeys(("pt-ao", "pt-mz", "pt-cv", "pt-mo"), "pt-PT"),
    # Other codes for the same languages (ISO 639, including withdrawn codes).
    "fil": "tl",
    "cmn-hant": "zh-TW",
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "prs": "fa-AF",
    # Standard varieties that have a code of their own in ISO 639-3.
    **{"als": "sq", "arb": "ar", "azj": "az", "cmn": "zh", "ekk": "et", "khk": "mn", "lvs": "lv", "pes": "fa"},
    **{"swh": "sw", "uzn": "uz", "zsm": "ms"},
}

_SCRIPTS = {
    **{"latn": "LATIN", "cyrl": "CYRILLIC", "arab": "ARABIC", "grek": "GREEK", "hebr": "HEBREW", "thai": "THAI"},
    **{"deva": "DEVANAGARI", "beng": "BENGALI", "guru": "GURMUKHI", "mong": "MONGOLIAN", "armn": "ARMENIAN"},
    **{"geor": "GEORGIAN", "ethi": "ETHIOPIC", "hang": "HANGUL", "kore": "HANGUL", "jpan": "HAN", "hira": "HIRAGANA"},
    **{"hani": "HAN", "hans": "HAN", "hant": "HAN", "taml": "TAMIL", "telu": "TELUGU", "knda": "KANNADA"},
    **{"mlym": "MALAYALAM", "sinh": "SINHALA", "gujr": "GUJARATI"},
}
"""Names of scripts (ISO 15924) as in ``bot.languages.scripts``."""

_WRITES = {"sr": frozenset({"CYRILLIC"}), "pa": frozenset({"GURMUKHI"})}
"""What the service writes where a language has several scripts (a guess for Serbian, from its older documentation)."""


def service_code(language: str) -> str:
    """The service's code for a language tag: ``pt-BR`` → ``pt``, ``zh-Hant-TW`` → ``zh-TW``.

    Raises AmtsError for a language that the service does not translate, or not in the script of the tag.
    """
    parts = plain_tag(language).split("-")
    written = next((_SCRIPTS.get(part, part) for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    base = _OTHERS.get(parts[0], parts[0])
    if written and written not in _WRITES.get(base, scripts(base)):
        raise AmtsError(
            f"Amazon Translate does not translate into {language}",
            why=f"it writes {base} in another script",
            fix="use another engine for this language",
        )
    for tag in (plain_tag(language), *(f"{parts[0]}-{part}" for part in parts[1:]), parts[0]):
        if code := _CODES.get(tag) or _OTHERS.get(tag):
            return code
    raise AmtsError(
        f"Amazon Translate does not translate into {language}",
        why=f"it has no code for {base_language(language)}",
        fix="use another engine for this language",
    )


def service_codes(languages: tuple[str, str]) -> tuple[str, str]:
    """The codes of a source and a target language."""
    return service_code(languages[0]), service_code(languages[1])
