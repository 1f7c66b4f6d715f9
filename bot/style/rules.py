"""The style of a language: the typography and layout that its translators prefer, and how to apply them to a draft.

The rules, each of which can be off (``keep``):

* ``before_role``, ``after_role``: white space beside a role such as ``:numref:`x``` or ``{cite}`y```;
* ``latin``, ``code``, ``math``: white space between Han or Kana and Latin words or numbers, code spans, formulas;
* ``punctuation``: full-width or half-width, in the text of Chinese, Japanese and Korean;
* ``quotes``: the pair of marks round a quotation;
* ``lines``: whether each sentence, or each paragraph, has a line of its own.

The spacing rules do not apply to Hangul: Korean puts spaces between words but none before a particle, so
the space after ``MNIST`` or ``$x$`` is a matter of grammar, not style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from bot.document.atoms import SLIDE, Kind, mask
from bot.languages import (
    HAN,
    KANA,
    LATIN,
    base_language,
    cjk_count,
    is_cjk,
    is_cjk_language,
)
from bot.style.preferences import MARKS, Space, Style


def apply(text: str, style: Style, language: str) -> str:
    """``text``, the draft of one segment (inline Markdown) in ``language``, in the ``style`` of that language.

    Only for what an engine drafted, never for what people wrote. Atoms and line breaks stay as they are;
    only spaces, quotes and the marks of ``FULL`` change, and the function is idempotent. The text is
    returned unchanged if the result would parse as different Markdown (for example a ``**`` that closes
    after a full-width mark), if a formula or a code span in it is not closed, and, for Chinese, Japanese
    and Korean, if it is mostly in another script.
    """
    shaped = Shaped.of(text)
    if shaped is None or (is_cjk_language(language) and not is_mostly_cjk(shaped.text)):
        return text
    was, now = "", shaped.text
    for _ in range(_PASSES):
        was, now = now, _styled(now, style, language)
        if was == now:
            out = shaped.restore(now)
            return out if out == text or _same(text, out) else text
    return text


_PASSES = 6  # One mark can affect its neighbour; a text that still changes after these passes is left unchanged.

_HAN, _LATIN = f"{HAN}{KANA}", f"{LATIN}0-9"

ROLE, CODE = "\U000f0000-\U000f1fff", "\U000f2000-\U000f3fff"
MATH, OTHER = "\U000f4000-\U000f5fff", "\U000f6000-\U000f7fff"
"""Placeholders for the atoms of a shaped text: one private-use range for each kind, for a character class."""

_KINDS: Mapping[Kind, str] = {"role": ROLE, "code": CODE, "math": MATH}
_ATOM = "\U000f0000-\U000f7fff"


class Shaped:
    """Text with each atom replaced by one character that shows its kind, so that rules can be regular expressions."""

    def __init__(self, text: str, atoms: dict[str, str]) -> None:
        self.text, self._atoms = text, atoms

    @classmethod
    def of(cls, text: str) -> Shaped | None:
        """None for text whose atoms are uncertain: an open formula or code span, or private-use characters."""
        masked = mask(text)
        if re.search(rf"(?<!\\)[$`]|[{_ATOM}]", masked.text):
            return None
        kinds = {0xE000 + n: chr(ord(_KINDS.get(kind, OTHER)[0]) + n) for n, kind in enumerate(masked.kinds)}
        atoms = {kinds[0xE000 + n]: a for n, a in enumerate(masked.atoms)}
        return cls(masked.text.translate(kinds), atoms)

    def restore(self, text: str) -> str:
        """``text`` with the atoms put back in place."""
        return re.sub(f"[{_ATOM}]", lambda m: self._atoms[m[0]], text)


def is_mostly_cjk(text: str) -> bool:
    """Whether a shaped text is Chinese, Japanese or Korean: no more Latin words than characters of those (a guess)."""
    words = sum(not word.isdigit() for word in re.findall(f"[{_LATIN}]+", text))
    return cjk_count(text) >= max(1, words)


def _styled(text: str, style: Style, language: str) -> str:
    if style.quotes not in (None, "keep"):
        text = _requoted(text, MARKS[style.quotes])
    if is_cjk_language(language):
        if style.punctuation == "full":
            text = _closed_up(widened(text, "、" if base_language(language) == "ja" else "，"))
        elif style.punctuation == "half":
            text = _narrowed(text)
        for sides, wanted in ((LATIN_SIDES, style.latin), (CODE_SIDES, style.code), (MATH_SIDES, style.math)):
            text = _spaced(text, sides, wanted)
        text = _spaced(text, AFTER_ROLE, style.after_role)
    if style.before_role not in (None, "keep"):
        text = BEFORE_ROLE.sub(lambda m: _space_before_role(m, style.before_role), text)
    return text


LATIN_SIDES = re.compile(
    rf"(?P<a>[{_HAN}]) *(?=[{_LATIN}])|(?P<b>[{_LATIN}][%+#]{{0,2}})(?<!^\d)(?<!^\d\d) *(?=[{_HAN}])", re.M
)
"""Where Han or Kana and a Latin word or a number meet; not after a number at the start of a line, which numbers it."""

CODE_SIDES = re.compile(rf"(?P<a>[{_HAN}]) *(?=[{CODE}])|(?P<b>[{CODE}]) *(?=[{_HAN}])")
MATH_SIDES = re.compile(rf"(?P<a>[{_HAN}]) *(?=[{MATH}])|(?P<b>[{MATH}]) *(?=[{_HAN}])")
AFTER_ROLE = re.compile(rf"(?P<b>[{ROLE}]) *(?=[{_HAN}])")

BEFORE_ROLE = re.compile(rf"(?P<a>[^\W_]|[,.;:?!%)\]”’»，。？！：；、（）」』》]|(?<=[^\s*_~])[*_~]+) *(?=[{ROLE}])")
"""Where text and a role meet. Not after an opening bracket, except a full-width one (as measured in Chinese)."""


def _spaced(text: str, sides: re.Pattern[str], wanted: Space | None) -> str:
    if wanted in (None, "keep"):
        return text
    between = " " if wanted == "space" else ""
    return sides.sub(lambda m: m[m.lastgroup or 0] + between, text)


def _space_before_role(match: re.Match[str], wanted: Space | None) -> str:
    before, spaces = match["a"], match[0][len(match["a"]) :]
    if before[0] in "*_~" and match.string[: match.start()].count(before) % 2 == 0:
        return match[0]  # a mark of emphasis that opens
    words = not re.match(f"[{_HAN}，。？！：；、（）「」『』《》“”]", before)
    return f"{before} " if wanted == "space" else before + spaces if words else before


FULL = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))
"""The full-width form of each half-width mark; in Japanese the comma is ``、``."""

_HALF = {full: half for half, full in FULL.items()}
_FULL_WIDTH = (*_HALF, "、")
_CLOSERS = "*_~\"'”’」』)）]》?？!！"
_OPENERS = "*_~\"'“‘「『(（[《\\ \n"
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z\d/])(?:etc|al|vs|Inc|Ltd|Corp|Co|No|Fig|Eq|Dr|Mr|Mrs|Prof|St|e\.g|i\.e|[A-Za-z])$|[A-Za-z]\d+$"
)
"""What keeps the full stop after it: also ``H.`` and ``TensorFlow2.``, where sentences may have been split wrongly."""
_FACE = re.compile(r"(?:[:;][-^']?[()]|(?<!\S)[:;][-^']?[DPp|])(?![^\W_])")
"""An emoticon such as ``:)`` or ``;-P``, if its bracket belongs to no pair."""


def widened(text: str, comma: str) -> str:
    """A shaped text with full-width marks wherever they punctuate Chinese, Japanese or Korean."""
    paired = {place for pair in _brackets(text) for place in pair}
    faces = [m.span() for m in _FACE.finditer(text) if m.end() - 1 not in paired]

    def widen(match: re.Match[str]) -> str:
        at, mark = match.start(), match[0]
        if any(a <= at < b for a, b in faces) or not _punctuates(text, at):
            return mark
        return comma if mark == "," else FULL[mark]

    chars = list(re.sub("[,.?!:;]", widen, text))
    for opening, closing in _brackets(text):
        if _is_aside(text, opening, closing):
            chars[opening], chars[closing] = "（", "）"
    return "".join(chars)


def _punctuates(text: str, at: int) -> bool:
    """Whether the half-width mark at ``at`` belongs to the sentence, not to a number, a name or a Latin phrase."""
    mark, before, behind = text[at], text[:at].rstrip(_CLOSERS), text[at + 1 :]
    enclosed = text[at - 1 : at] in tuple("）」』》")
    left, right = "cjk" if enclosed else _class(before[-1:]), _class(behind.lstrip(_OPENERS)[:1])
    ends = not behind.rstrip(_CLOSERS + " ")
    if not left or (mark in ".,:;" and mark in (text[at - 1 : at], behind[:1])):
        return False
    if mark == "." and left == "cjk":
        return not behind or behind[0] in _CLOSERS + " \n" or _class(behind[0]) == "cjk"
    if mark == ":" and not any(c.isalnum() for c in before):
        return False  # a list that explains symbols: Chinese uses either form equally often
    if mark == ".":
        apart = behind[:1] in (" ", "\n") and right == "cjk" and not before[-1].isdigit()
        spoken = ends and len(before) > 2 and behind[:1] not in tuple("\"'”’」")
        return (apart or spoken) and not _ABBREVIATION.search(before)
    if mark in "?!" and behind[:1] in ("[", "="):
        return False
    return "cjk" in (left, right) or (mark in "?!:;" and ends)


def _class(char: str) -> str:
    """The class of a neighbour: cjk, latin or atom; empty for anything else or no neighbour."""
    if is_cjk(char):
        return "cjk"
    return "latin" if char.isalnum() or char in tuple("%+#") else "atom" if re.match(f"[{_ATOM}]", char) else ""


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """The positions of matching round brackets, of either width."""
    stack: list[int] = []
    for match in re.finditer(r"(?<!\\)[()（）]", text):
        if match[0] in "(（":
            stack.append(match.start())
        elif stack:
            yield stack.pop(), match.start()


def _is_aside(text: str, opening: int, closing: int) -> bool:
    """Whether a pair of brackets holds an aside in the sentence, not a call, a tuple or slide markup."""
    inner, before, behind = text[opening + 1 : closing], text[:opening], text[closing + 1 :]
    if not inner or SLIDE.match(text, opening) or SLIDE.match(text, closing - 2):
        return False
    if cjk_count(inner) or text[opening] == "（" or text[closing] == "）":
        return True
    if "," in inner and not any(c.isalpha() for c in inner):
        return False
    if before.rstrip(" ")[-1:] in ("", "\n", *_FULL_WIDTH):
        return _class(behind.lstrip("*_~ ")[:1]) == "cjk"
    left = _class(before.rstrip(_CLOSERS + " ")[-1:])
    if before.endswith(" ") and left != "cjk":
        behind = behind.lstrip("*_~ ")
        return bool(left) and (_class(behind[:1]) == "cjk" or behind[:1] in _FULL_WIDTH)
    return left in ("cjk", "atom")


def _closed_up(text: str) -> str:
    """Full-width marks include their own space; the space before a role is left to another rule."""
    text = re.sub(r"(?<=[^\s\\]) +(?=[，。？！：；（）、])", "", text)
    return re.sub(rf"(?<=[，。？！：；（）、]) +(?=[^\s{ROLE}])", "", text)


def _narrowed(text: str) -> str:
    def narrow(match: re.Match[str]) -> str:
        mark, around = _HALF[match[0]], match.string
        before, behind = around[match.start() - 1 : match.start()], around[match.end() : match.end() + 1]
        apart = (_class(behind) or behind in tuple("[（(“「『«")) and not (before.isdigit() and behind.isdigit())
        return mark + " " if apart and mark not in "()" else mark

    return re.sub(r"(?<!\\)[，。？！：；（）]", narrow, text)


def quotations(text: str) -> list[tuple[int, int]] | None:
    """The positions of matching quotes, of any kind; None if they do not match up or are nested.

    A straight quote after a number that closes nothing means inches.
    """
    found: list[tuple[int, str]] = []
    for match in re.finditer(r'(?<!\\)["“”「」«»]', text):
        inches = match[0] == '"' and text[match.start() - 1 : match.start()].isdigit()
        if not inches or (len(found) % 2 and found[-1][1] == '"'):
            found.append((match.start(), match[0]))
    pairs = list(zip(found[::2], found[1::2], strict=False))
    for (a, opening), (b, closing) in pairs:
        if opening + closing not in MARKS.values() or b == a + 1:
            return None
        if opening == '"' and (text[a + 1].isspace() or text[b - 1].isspace()):
            return None
    return None if len(found) % 2 else [(a, b) for (a, _), (b, _) in pairs]


def _requoted(text: str, marks: str) -> str:
    chars = list(text)
    for a, b in quotations(text) or ():
        chars[a], chars[b] = marks[0], marks[1]
    return "".join(chars)


_PARSER = MarkdownIt("commonmark").use(dollarmath_plugin)


def _same(before: str, after: str) -> bool:
    """Whether two texts are the same Markdown with the same words, according to a parser that the rules do not use."""
    return mask(before).atoms == mask(after).atoms and _structure(before) == _structure(after)


def _structure(text: str) -> list[tuple[object, ...]]:
    out: list[tuple[object, ...]] = []
    for token in (t for block in _PARSER.parse(text) for t in (block, *(block.children or ()))):
        spoken = token.type in ("text", "inline", "image")
        said = "".join(c for c in token.content if c.isalnum()) if spoken else token.content
        if token.type == "text" and out and out[-1][0] == "text":
            out[-1] = ("text", f"{out[-1][1]}{said}")
        elif token.type != "text" or said:
            out.append((token.type, said, token.tag, token.markup, token.info, *sorted(token.attrs.items())))
    return out
