"""The status of a book as one HTML page that needs nothing else: totals, a picture of the book, every document.

The page is built as a tree of elements, so that no text of a book can become markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import html
from lxml.html import HtmlElement
from lxml.html import builder as E

from bot.status.book_status import BookStatus, LanguageStatus
from bot.status.book_status import total as total_of
from bot.status.document_status import STATES, Amount, DocumentStatus, State
from bot.status.page_style import slug, style
from bot.status.wording import MEANINGS, SIGNS, costs, day, many, notes, percent

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The browser loads nothing, and runs nothing."""

_NAMES = ("index", "_index", "README")
"""Documents whose title is that of their folder."""


_NEARLY = 0.92
"""The most that is filled of the circle of a document with something to translate: less than that is hard to see."""


def page(book: BookStatus) -> str:
    """The whole page."""
    found = E.HTML(
        {"lang": "en"},
        E.HEAD(
            E.META(charset="utf-8"),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.META({"http-equiv": "Content-Security-Policy", "content": _POLICY}),
            E.META(name="color-scheme", content="light dark"),
            E.TITLE("Translation status"),
            E.STYLE(style()),
        ),
        E.BODY(
            E.HEADER(E.H1("Translation status"), E.P({"class": "soft"}, *_about(book))),
            E.MAIN(*_languages(book), *_picture(book), *_lists(book)),
            E.FOOTER(
                E.P(
                    "A sentence counts as translated if its words are in the English that its translation was made "
                    "from, and the translation does not still have it in English."
                )
            ),
        ),
    )
    return "<!DOCTYPE html>\n" + str(html.tostring(found, encoding="unicode")) + "\n"


def _about(book: BookStatus) -> Iterator[str | HtmlElement]:
    yield f"{many(len(book.english), 'English document')}, {many(book.total.sentences, 'sentence')}, at "
    yield E.CODE(book.commit[:10])


def _languages(book: BookStatus) -> Iterator[HtmlElement]:
    cards = [_card(book, language) for language in book.languages]
    yield E.SECTION(E.H2("Languages"), E.UL({"class": "cards"}, *cards))


def _card(book: BookStatus, language: LanguageStatus) -> HtmlElement:
    if language.problem:
        return E.LI(E.H3(language.language), E.P(language.problem))
    total = max(1, book.total.characters)
    missing = total_of(d.todo for d in language.documents if d.state == "never translated")
    parts: tuple[tuple[State, str, Amount], ...] = (
        ("up to date", "Translated", language.done),
        ("behind", "Changed, or still English", language.todo - missing),
        ("never translated", "Never translated", missing),
    )
    bar = [
        E.SPAN({"class": slug(state), "style": f"width:{100 * part.characters / total:.2f}%"})
        for state, _, part in parts[:2]
    ]
    amounts = [
        piece
        for state, name, part in parts
        for piece in (
            E.DT(E.SPAN({"class": f"swatch {slug(state)}", "aria-hidden": "true"}), name),
            E.DD(many(part.sentences, "sentence")),
        )
    ]
    rows = [
        ("Documents up to date", f"{language.current:,} of {len(book.english):,}"),
        ("Documents translated", f"{language.translated:,} of {len(book.english):,}"),
        ("Behind since", day(language.since)),
        *((f"To catch up with {names}", cost) for names, cost in costs(book, language) if language.todo),
    ]
    shown = [piece for name, value in rows if value for piece in (E.DT(name), E.DD(value))]
    return E.LI(
        E.DIV(
            {"class": "head"},
            E.H3(language.language),
            E.SPAN({"class": "share"}, percent(book.share(language))),
        ),
        E.DIV({"class": "bar", "aria-hidden": "true"}, *bar),
        E.DL(*amounts, *shown),
    )


def _picture(book: BookStatus) -> Iterator[HtmlElement]:
    readable = [language for language in book.languages if not language.problem]
    if not readable:
        return
    used = [state for state in reversed(STATES) if any(g.counts[state] for g in readable)]
    legend = [
        E.LI(E.SPAN({"class": f"cell {slug(s)}", "aria-hidden": "true"}, _sign(s)), E.SPAN(f"{s}: {MEANINGS[s]}"))
        for s in used
    ]
    head = [_head("Chapter"), *(_head(language.language) for language in readable)]
    places = {g.language: _places(g) for g in readable}
    rows = []
    for chapter, paths in book.chapters.items():
        row = [_chapter(chapter, paths, readable)]
        for language in readable:
            cells = [
                E.LI(_cell(language.language, n, d))
                for path in paths
                for n, d in places[language.language].get(path, ())
            ]
            inside = [E.UL({"class": "cells"}, *cells)] if cells else []
            row.append(E.TD({"role": "cell", "data-name": language.language}, *inside))
        rows.append(E.TR({"role": "row"}, *row))
    circle = " The filled part of a circle is what is still translated." if "behind" in used else ""
    yield E.SECTION(
        E.H2({"id": "picture"}, "The book"),
        E.UL({"class": "legend"}, *legend),
        E.DIV(
            {"class": "scroll", "tabindex": "0", "role": "region", "aria-labelledby": "picture"},
            _table("picture", f"A mark for each document.{circle}", head, rows),
        ),
    )


def _chapter(chapter: str, paths: tuple[str, ...], languages: list[LanguageStatus]) -> HtmlElement:
    """The heading of a row: the title of the chapter, if its own page has one, and its folder."""
    own = {p for p in paths if p.rpartition("/")[2].partition(".")[0] in _NAMES}
    first = min(own, key=lambda p: p.count("/"), default="")
    titles = [d.title for g in languages for d in g.documents if d.source_path == first and d.title]
    if not chapter:
        return E.TH(_ROW_HEAD, "Top of the book")
    return E.TH(_ROW_HEAD, titles[0], E.SMALL(chapter)) if titles else E.TH(_ROW_HEAD, chapter)


def _places(language: LanguageStatus) -> dict[str, list[tuple[int, DocumentStatus]]]:
    """The documents of a language with their numbers, by English path."""
    found: dict[str, list[tuple[int, DocumentStatus]]] = {}
    for n, document in enumerate(language.documents):
        found.setdefault(document.source_path, []).append((n, document))
    return found


def _cell(language: str, number: int, document: DocumentStatus) -> HtmlElement:
    todo = many(document.todo.sentences, "sentence") + " to translate" if document.todo else ""
    name = ", ".join(filter(None, (f"{document.path}: {document.state}", todo)))
    share = document.translated.characters / max(1, document.english.characters)
    done = min(share, _NEARLY) if document.todo else 1.0
    return E.A(
        {
            "class": f"cell {slug(document.state)}",
            "href": f"#{language}-{number}",
            "aria-label": f"{name} ({language})",
            "title": name,
            **({"style": f"--done:{100 * done:.0f}%"} if document.state == "behind" else {}),
        },
        E.SPAN({"aria-hidden": "true"}, _sign(document.state)),
    )


def _sign(state: State) -> str:
    """What is written in a cell; a circle that is partly filled, and an empty frame, say enough."""
    return "" if state in ("behind", "never translated") else SIGNS[state]


def _lists(book: BookStatus) -> Iterator[HtmlElement]:
    readable = [language for language in book.languages if not language.problem]
    if not readable:
        return
    parts = []
    for language in readable:
        rows = [_row(language.language, n, d) for n, d in enumerate(language.documents)]
        heads = ("Document", "State", "Sentences to translate", "Characters", "English commits", "Behind since")
        head = [_head(name, "number" if n > 1 else "") for n, name in enumerate(heads)]
        opened = {"open": "open"} if len(readable) == 1 else {}
        parts.append(
            E.DETAILS(
                opened,
                E.SUMMARY(E.H3(language.language), f" {many(len(rows), 'document')}"),
                _table("list", f"Documents in {language.language}", head, rows),
            )
        )
    yield E.SECTION(E.H2("Documents"), *parts)


_ROW_HEAD = {"scope": "row", "role": "rowheader"}


def _head(name: str, kind: str = "") -> HtmlElement:
    return E.TH({"scope": "col", "role": "columnheader", **({"class": kind} if kind else {})}, name)


def _table(kind: str, caption: str, head: Sequence[HtmlElement], rows: Sequence[HtmlElement]) -> HtmlElement:
    """A table that stays one for screen readers where the style sheet makes blocks of its rows, on a phone."""
    return E.TABLE(
        {"class": kind, "role": "table"},
        E.CAPTION(caption),
        E.THEAD({"role": "rowgroup"}, E.TR({"role": "row"}, *head)),
        E.TBODY({"role": "rowgroup"}, *rows),
    )


def _row(language: str, number: int, document: DocumentStatus) -> HtmlElement:
    recording = document.recording
    figures = (
        ("sentences", f"{document.todo.sentences:,}" if document.todo else ""),
        ("characters", f"{document.todo.characters:,}" if document.todo else ""),
        ("commits", f"{recording.commits:,}" if recording.commits else ""),
        ("since", day(recording.since)),
    )
    about = "; ".join(filter(None, (_left(document), *notes(document))))
    titles = [E.SPAN(document.title or document.translated_title), E.BR()]
    if document.translated_title and document.translated_title != document.title:
        titles[1:] = [E.SMALL({"lang": language, "dir": "auto"}, document.translated_title)]
    titles = titles if document.title or document.translated_title else []
    return E.TR(
        {"id": f"{language}-{number}", "role": "row"},
        E.TH(_ROW_HEAD, *titles, E.CODE(document.path)),
        E.TD(
            {"role": "cell"},
            E.SPAN({"class": f"state {slug(document.state)}"}, f"{SIGNS[document.state]} {document.state}"),
            *([E.SMALL(about)] if about else []),
        ),
        *(E.TD({"role": "cell", "class": "number", "data-name": name}, value) for name, value in figures),
    )


def _left(document: DocumentStatus) -> str:
    left = document.left.sentences
    return f"{many(left, 'sentence')} still English" if left and document.state != "English left" else ""
