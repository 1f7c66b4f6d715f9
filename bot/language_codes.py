"""Language codes as people write them in the names of folders, files and repositories."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_TWO = frozenset(
    "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es"
    " et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg"
    " ki kj kk kl km kn ko ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn"
    " no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw"
    " ta te tg th ti tk tl tn to tr ts tt ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
"""Codes of two letters (ISO 639-1), except those in ``_COUNTRIES``."""

_THREE = frozenset("ast ceb ckb cmn fil haw hsb kab kmr mai nan sat scn tok vec yue wuu zho jpn kor".split())
"""Codes of three letters (ISO 639-3) that documentation is translated into; a choice, since most are words or names."""

_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {"cn": "zh", "jp": "ja", "kr": "ko", "tw": "zh-TW", "hk": "zh-HK", "ua": "uk", "cz": "cs", "gr": "el", "vn": "vi"}
)
"""Countries that people write in place of a language. ISO 639 has two of them: kr (Kanuri) and tw (Twi)."""

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_SUFFIX = re.compile(rf"(?P<stem>.+?)(?P<mark>[._-])(?P<code>{_TAG.pattern})")
_WORD = re.compile(r"[A-Za-z0-9]+")

ENGLISH = ("en", "en-US", "en-GB")
"""English as a language of a folder or file."""

ENGLISH_SUFFIXES = ("en", "en-US", "en_US", "en-us", "en-GB")
"""How English is written at the end of file names."""


def tag(code: str) -> str:
    """The language tag that ``code`` stands for (``zh_cn`` → ``zh-CN``); empty if it is not the code of a language."""
    found = _TAG.fullmatch(code)
    if found is None:
        return ""
    base = found[1].lower()
    if base in _COUNTRIES:
        return _COUNTRIES[base] if base == code.lower() else ""
    if base not in _TWO | _THREE:
        return ""
    return "-".join(filter(None, (base, (found[2] or "").title(), (found[3] or "").upper())))


def suffixed(stem: str) -> tuple[str, str, str]:
    """A file name without extension in three parts: ``README.zh-CN`` → ``README``, ``.``, ``zh-CN``.

    Three empty texts if it does not end with the code of a language.
    """
    found = _SUFFIX.fullmatch(stem)
    return (found["stem"], found["mark"], found["code"]) if found and tag(found["code"]) else ("", "", "")


def in_name(name: str) -> str:
    """The language tag in the name of a repository (``book-zh-hans.git`` → ``zh-Hans``); empty if there is none."""
    words = _WORD.findall(name.removesuffix(".git"))
    for size in (3, 2, 1):
        for start in range(len(words) - size, -1, -1):
            language = tag("-".join(words[start : start + size]))
            if language and language not in ENGLISH:
                return language
    return ""
