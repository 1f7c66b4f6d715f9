"""Amazon's rules for parallel data, which a pair must meet to be written in each file format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

Format = Literal["csv", "tsv", "tmx"]
FORMATS: tuple[Format, ...] = get_args(Format)

Rule = Literal["empty", "too long", "line break", "sign", "tab", "quote", "character"]

RULES: Mapping[Rule, str] = {
    "empty": "one side is empty",
    "too long": "more than 1,000 bytes on one side",
    "line break": "a line break inside",
    "sign": "starts with one of + - = @, which Amazon refuses in CSV and TSV",
    "tab": "a tab, which would end the field of a TSV",
    "quote": "starts with a quotation mark, which readers of TSV take differently",
    "character": "a control character or half a surrogate pair, which no file can hold",
}
"""The rules by the names that ``broken_rule`` returns."""

FIELD = 1000
"""The most bytes of UTF-8 a side may have (Amazon Translate, parallel data; longer records are skipped)."""

_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\0-\x08\x0b\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 does not allow; CSV does not need them either."""


def broken_rule(source: str, target: str, format: Format) -> Rule | Literal[""]:
    """The first of ``RULES`` that a pair breaks in this format; empty for none."""
    for text in (source, target):
        if not text.strip():
            return "empty"
        if _BREAK.search(text):
            return "line break"
        if _UNWRITABLE.search(text):
            return "character"
        if len(text.encode()) > FIELD:
            return "too long"
        if format != "tmx" and text.lstrip()[0] in "+-=@":
            return "sign"
        if format == "tsv" and "\t" in text:
            return "tab"
        if format == "tsv" and text.lstrip()[0] == '"':
            return "quote"
    return ""
