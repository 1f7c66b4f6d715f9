"""Markdown of a book in a readable form of HTML: formulas, code, figures and marks; every text is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from bot.companions.figures import references
from bot.document.atoms import Kind, mask
from bot.document.cells import readable_text
from bot.document.model import Block
from bot.reporting.review_page.mathematics import mathml
from bot.reporting.word_changes import Run

Picture = Callable[[str], str]
"""The ``data:`` address of a figure that a document refers to; empty if it cannot be shown."""

_CODE: tuple[Kind, ...] = ("code", "expression", "keys", "private")
_SEEN: tuple[Kind, ...] = ("emoji", "footnote", "entity")
_STRONG = re.compile(r"(\*\*|__)(?=[^\s*_])((?:(?!\1).)+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(
    r"(?<!\*)(\*)(?=[^\s*])([^*]+)(?<=\S)\*(?!\*)|(?<!\w)(_)(?=[^\s_])([^_]+)(?<=\S)_(?!\w)",
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, with those that turn the direction of what follows; marks of direction stay."""
_MASK = re.compile("[\ue000-\uf8ff]")
_FENCE = re.compile(r"\A[ \t>]*(?:`{3,}|~{3,})[^\n]*\n|\n?[ \t>]*(?:`{3,}|~{3,})[ \t]*\Z")
_DOLLARS = re.compile(r"\A[\s>]*(?:\$\$|\\\[)|(?:\$\$|\\\])(?:[ \t]*\([\w:-]+\))?\s*\Z")
_DELIMITERS = re.compile(r"[\s>|:+=-]+")
"""The line below the header of a table."""
_BULLET = re.compile(r"[ \t>]*([*+-]|\d+[.)])[ \t]")


@lru_cache(maxsize=4_096)
def inline(text: str) -> Markup:
    """Words with their inline pieces: code as code, formulas as formulas, link targets small, the rest as it is."""
    masked = mask(_CONTROL.sub("", text))
    words = str(escape(masked.text))
    words = _STRONG.sub(r"<strong>\2</strong>", words)
    words = _EMPHASIS.sub(lambda m: f"<em>{m[2] or m[4]}</em>", words)
    known = {chr(0xE000 + n): pair for n, pair in enumerate(zip(masked.atoms, masked.kinds, strict=True))}
    return Markup(_MASK.sub(lambda m: _atom(*known[m[0]]) if m[0] in known else m[0], words))


def _atom(atom: str, kind: Kind) -> str:
    if kind == "math":
        bare = re.sub(r"\A(?:\$\$?|\\{1,2}[(\[])|(?:\$\$?|\\{1,2}[)\]])\Z", "", atom).strip()
        found = mathml(bare, atom.startswith("$$"))
        return found if found is not None else Markup('<code class="tex">{}</code>').format(atom)
    if kind == "code":
        bare = re.sub(r"\A(`+)(.*)\1\Z", r"\2", atom, flags=re.DOTALL)
        return Markup("<code>{}</code>").format(bare)
    if kind == "break":
        return Markup("<br>")
    if kind in ("target", "reference", "address"):
        return Markup('<small class="target">{}</small>').format(atom)
    return Markup('<code class="{}">{}</code>').format("plain" if kind in _SEEN else "mark", atom)


def marked(runs: Iterable[Run], glue: str) -> Markup:
    """Runs of words with those that changed as ``del`` and ``ins``; ``glue`` is what separates two runs."""
    parts = (
        inline(run.text) if run.mark == "same" else Markup("<{0}>{1}</{0}>").format(Markup(run.mark), inline(run.text))
        for run in runs
    )
    return Markup(glue).join(parts)


def block(one: Block, picture: Picture) -> Markup:
    """A whole block; empty if there is nothing in it for people."""
    text = _CONTROL.sub("", readable_text(one))
    if one.kind == "math":
        return _display(text)
    if one.kind == "code":
        return Markup("<pre><code>{}</code></pre>").format(_FENCE.sub("", text)) if text.strip() else Markup("")
    if one.kind == "heading":
        return Markup('<p class="heading h{}">{}</p>').format(one.info[:1] or "2", inline(one.contents[0]))
    if one.kind == "image":
        return figure(text, one.contents, picture)
    if one.kind == "row":
        return Markup('<p class="cells">{}</p>').format(
            Markup("").join(Markup("<span>{}</span>").format(inline(cell)) for cell in one.contents)
        )
    if one.kind in ("paragraph", "caption", "admonition") and one.contents:
        return Markup("<p>{}</p>").format(Markup("<br>").join(map(inline, one.contents)))
    if one.kind in ("rule", "cell") or not text.strip() or _DELIMITERS.fullmatch(text):
        return Markup("")
    return Markup('<pre class="mark">{}</pre>').format(text)


def figure(text: str, captions: Iterable[str], picture: Picture) -> Markup:
    """The pictures that a text refers to, those that can be shown, and their captions."""
    paths = list(dict.fromkeys(references(text)))
    words = Markup("<br>").join(map(inline, captions))
    images = [
        Markup('<img src="{}" alt="" loading="lazy">').format(address)
        if (address := picture(path))
        else Markup('<small class="target">{}</small>').format(path)
        for path in paths
    ]
    return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(Markup("").join(images), words)


def _display(text: str) -> Markup:
    found = mathml(_DOLLARS.sub("", text).strip(), True)
    return found if found is not None else Markup('<pre class="tex">{}</pre>').format(text)
