"""TMX 1.4b (Translation Memory eXchange, LISA/GALA 2005): written as a whole, read unit by unit.

Input files are not trusted: no DTD is fetched, no entity is expanded, and the data between two units is limited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from lxml import etree

from bot import __version__
from bot.alignment.translation_unit import Provenance, TranslationUnit
from bot.document.sentences import normal
from bot.errors import AmtsError
from bot.languages import base_language, plain_tag

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = "%Y%m%dT%H%M%SZ"
_BETWEEN = 4_000_000
"""The most bytes read before the next unit must be complete; the largest real units have a few thousand."""

_SHOWN = ("hi", "sub")
"""Inline elements with visible text; the others (bpt, ept, ph, it, ut) hold codes of other programs."""


def write(units: Iterable[TranslationUnit], stream: BinaryIO, languages: tuple[str, str]) -> None:
    """Provenance is written to ``prop`` elements and ``changedate``, neighbours to ``x-context-pre`` and ``-post``."""
    header = {
        "creationtool": "amts",
        "creationtoolversion": __version__,
        "segtype": "block",
        "o-tmf": "amts",
        "adminlang": "en",
        "srclang": languages[0],
        "datatype": "plaintext",
    }
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write("\n", etree.Element("header", header), "\n")
            with file.element("body"):
                file.write("\n")
                for unit in units:
                    file.write(_element(unit, languages), "\n")


def _element(unit: TranslationUnit, languages: tuple[str, str]) -> etree._Element:
    where = unit.provenance
    element = etree.Element("tu")
    if where.time > 0:
        element.set("changedate", datetime.fromtimestamp(where.time, UTC).strftime(_DATE))
    props = {
        "x-document": where.document,
        "x-block": str(where.block),
        "x-commit": where.commit,
        "x-context-pre": unit.before,
        "x-context-post": unit.after,
    }
    for kind, text in props.items():
        if text:
            etree.SubElement(element, "prop", type=kind).text = text
    for language, text in zip(languages, (unit.source, unit.target), strict=True):
        variant = etree.SubElement(element, "tuv", {_LANG: language})
        etree.SubElement(variant, "seg").text = text
    return element


class _Bounded:
    """A stream that fails when too much was read since the last unit."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self.since = 0

    def read(self, size: int = -1, /) -> bytes:
        self.since += size
        if self.since > _BETWEEN:
            raise AmtsError(
                f"{self._name} cannot be read",
                why=f"there is no translation unit within {_BETWEEN:,} bytes",
                fix="check that it is TMX, or leave the file out",
            )
        return self._stream.read(size)


def read(stream: BinaryIO, name: str, languages: tuple[str, str]) -> Iterator[TranslationUnit]:
    """The units that have both languages; if one language has several variants, the first is used."""
    bounded = _Bounded(stream, name)
    units = etree.iterparse(
        bounded,
        events=("end",),
        tag=("{*}tu", "{*}tmx"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    number = 0
    checked = False
    try:
        for _, element in units:
            if not checked:
                _check_root(element, name)
                checked = True
            if etree.QName(element).localname == "tmx":
                continue
            number += 1
            bounded.since = 0
            if (unit := _unit(element, name, number, languages)) is not None:
                yield unit
            element.clear()
            for done in list(element.itersiblings(preceding=True)):
                if (parent := done.getparent()) is not None:
                    parent.remove(done)
    except etree.XMLSyntaxError as error:
        logged = [(entry.line, entry.message) for entry in units.error_log]  # the first cause, if there is one
        line, why = logged[0] if logged else (error.lineno or 0, error.msg)
        raise _broken(name, max(1, line), why or "it is not XML") from error
    if not checked:
        raise _broken(name, 1, "it is XML, but not TMX")


def _check_root(element: etree._Element, name: str) -> None:
    tree = element.getroottree()
    if etree.QName(tree.getroot()).localname != "tmx":
        raise _broken(name, 1, "it is XML, but not TMX")
    if (declared := tree.docinfo.internalDTD) is not None and declared.entities():
        raise _broken(name, 1, "it declares entities, which could hide anything")


def _unit(element: etree._Element, name: str, number: int, languages: tuple[str, str]) -> TranslationUnit | None:
    said: dict[str, str] = {}
    for variant in element.iterchildren("{*}tuv"):
        code = plain_tag(variant.get(_LANG) or variant.get("lang") or "")
        segment = next(variant.iterchildren("{*}seg"), None)
        if segment is not None:
            said.setdefault(code, normal("".join(_text(segment, name))))
    found = [_variant(said, language) for language in languages]
    if found[0] is None or found[1] is None:
        return None
    props = {p.get("type"): normal("".join(_text(p, name))) for p in element.iterchildren("{*}prop")}
    block = props.get("x-block", "")
    where = Provenance(
        props.get("x-document") or name,
        int(block) if block.isascii() and block.isdigit() and len(block) < 10 else number,
        props.get("x-commit", ""),
        _time(element.get("changedate") or ""),
    )
    return TranslationUnit(found[0], found[1], where, props.get("x-context-pre", ""), props.get("x-context-post", ""))


def _variant(said: dict[str, str], language: str) -> str | None:
    """The text in a language: under its exact code, else under the first of the same language in another region."""
    wanted = plain_tag(language)
    alike = (text for code, text in said.items() if base_language(code) == base_language(language))
    return said[wanted] if wanted in said else next(alike, None)


def _text(element: etree._Element, name: str) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if not isinstance(child.tag, str):
            raise _broken(name, child.sourceline or 0, f"it uses the entity {child.text}, which is not expanded")
        if etree.QName(child).localname in _SHOWN:
            yield from _text(child, name)
        yield child.tail or ""


def _time(date: str) -> int:
    try:
        return int(datetime.strptime(date, _DATE).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


def _broken(name: str, line: int, why: str) -> AmtsError:
    return AmtsError(f"{name}, line {line} cannot be read", why=why, fix="correct that line, or leave the file out")
