"""Which figures are copied, from where to where, and which never."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.baselines.layout import SAME, Layout
from bot.companions import Companions, Sides, Traveller
from bot.companions.figures import LARGEST, figures, references
from bot.document.tree import Tree
from bot.errors import AmtsError


def tree(files: Mapping[str, bytes], links: tuple[str, ...] = ()) -> Tree:
    return Tree({path: path for path in files}, lambda path: files[path], links)


def found(
    text: str,
    english: Mapping[str, bytes],
    translation: Mapping[str, bytes] | None = None,
    *,
    path: str = "guide/a.md",
    place: str = "",
    draft: str = "",
    layout: Layout = SAME,
    together: bool = False,
    links: tuple[str, ...] = (),
) -> Companions:
    sides = Sides(tree(english), tree(translation or {}, links), layout, together)
    return figures([Traveller("", place or path, path, text, draft or text)], sides, ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("![A boat [1]](boat.svg)", "boat.svg"),
        ('![A boat](../img/boat.svg "A title")', "../img/boat.svg"),
        ("![A boat](<my boat.png>)", "my boat.png"),
        ("![A boat](my%20boat.png)", "my%20boat.png"),
        ("[![A boat](boat_(1).png)](https://example.org/x)", "boat_(1).png"),
        ("![A boat](boat.png?raw=true#only-light)", "boat.png?raw=true#only-light"),
        ("![A boat][it]\n\n[it]: img/boat.JPG 'A title'\n", "img/boat.JPG"),
        ('<img width="3" src="boat.png" alt="A boat">', "boat.png"),
        ("<img\n  src='boat.png'>", "boat.png"),
        ("<img src=boat.png>", "boat.png"),
        ("<Image src={'boat.png'} />", "boat.png"),
        ("<img src={require('./boat.png').default} />", "./boat.png"),
        ('{{< figure src="/images/boat.png" title="A boat" >}}', "/images/boat.png"),
        ('<video poster="boat.webp"></video>', "boat.webp"),
        ("```{figure} img/boat.svg\n:name: fig_boat\n\nA boat.\n```", "img/boat.svg"),
        (":::{figure} img/boat.svg\nA boat.\n:::", "img/boat.svg"),
        ("```{eval-rst}\n.. figure:: img/boat.svg\n   :width: 3\n```", "img/boat.svg"),
        ("- A list\n\n  .. image:: boat.svg\n", "boat.svg"),
    ],
)
def test_what_a_text_refers_to(text: str, name: str) -> None:
    assert list(references(text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "![A boat](https://example.org/boat.png)",
        "![A boat](//example.org/boat.png)",
        "![A boat](data:image/png;base64,AAAA.png)",
        "![A boat](file:///etc/passwd.png)",
        "![A boat](C:\\boat.png) ![A boat](\\\\host\\boat.png)",
        "[The next chapter](b.md), [a script](x.js), [all of it](../)",
        '<script src="x.js"></script><iframe src="page.html"></iframe>',
        "No figure at all: boat.png",
    ],
)
def test_what_is_no_figure_of_the_book(text: str) -> None:
    assert not list(references(text))


def test_a_figure_is_copied_beside_its_document() -> None:
    english = {"guide/img/boat.svg": b"\x00\xff\r\n", "img/sea.png": b"sea", "top.png": b"top", "other.png": b"other"}
    made = found("![](img/boat.svg) ![](../img/sea.png) ![](/top.png) ![](img/none.png)", english)
    assert made.files == {"guide/img/boat.svg": b"\x00\xff\r\n", "img/sea.png": b"sea", "top.png": b"top"}
    assert [note.path for note in made.carried] == list(made.files) and not made.left


def test_names_with_escapes_and_queries_are_found() -> None:
    english = {"guide/my boat.png": b"1", "guide/100%25.png": b"2", "guide/x.png": b"3"}
    made = found("![](my%20boat.png) ![](100%25.png) ![](x.png?raw=true)", english)
    assert set(made.files) == set(english)


def test_a_document_that_is_elsewhere_gets_its_figures_there() -> None:
    made = found("![](img/boat.svg)", {"guide/img/boat.svg": b"1"}, place="es/guia/a.md")
    assert set(made.files) == {"es/guia/img/boat.svg"}


def test_an_existing_figure_is_never_overwritten() -> None:
    assert not found("![](boat.svg)", {"guide/boat.svg": b"new"}, {"guide/boat.svg": b"own"}).files


def test_only_what_english_refers_to_travels() -> None:
    """Else a translator could ask for any file of the English repository."""
    english = {"guide/boat.svg": b"1", "guide/secret.png": b"2", "guide/local.png": b"3"}
    made = found("![](boat.svg) ![](local.png)", english, draft="![](boat.svg) ![](secret.png) ![](barco.svg)")
    assert set(made.files) == {"guide/boat.svg"} and not made.left


@pytest.mark.parametrize("name", ["../../x.png", "../../../etc/x.png", "/../x.png", "..", "/"])
def test_nothing_outside_the_repository_is_read_or_written(name: str) -> None:
    assert found(f"![]({name})", {"x.png": b"1", "guide/x.png": b"1"}) == Companions()
    made = found("![](../../x.png)", {"x.png": b"1"}, path="a/b/c.md", place="c.md")
    assert not made.files and "its place is outside the repository" in made.left[0].text


@pytest.mark.parametrize(
    ("name", "links", "translation", "why"),
    [
        (".github/x.png", (), {}, "hidden"),
        ("img/x.png", ("img",), {}, "symbolic link"),
        ("img/x.png", ("img/x.png",), {}, "symbolic link"),
        ("img/x.png", (), {"img": b"a file"}, "a file and a folder"),
        ("img", (), {"img/x.png/y": b"1"}, ""),
    ],
)
def test_a_place_that_cannot_be_written_is_told(
    name: str, links: tuple[str, ...], translation: Mapping[str, bytes], why: str
) -> None:
    made = found(f"![]({name})", {name: b"1"}, translation, path="a.md", links=links)
    assert not made.files
    assert [why in note.text for note in made.left] == ([True] if why else [])


def test_a_figure_that_git_does_not_have_or_that_is_large_is_told() -> None:
    def read(blob: str) -> bytes:
        if blob == "gone.png":
            raise AmtsError("en has no text gone", why="a partial clone lacks some", fix="fetch it")
        return b"x" * (LARGEST + 1 if blob == "big.png" else 9)

    names = ["gone.png", "big.png", "boat.png"]
    sides = Sides(Tree(dict(zip(names, names, strict=True)), read), tree({}), SAME, False)
    text = " ".join(f"![]({name})" for name in names)
    made = figures([Traveller("", "a.md", "a.md", text, text)], sides, ())
    assert set(made.files) == {"boat.png"}
    assert [note.path for note in made.left] == ["gone.png", "big.png"]
    assert "a partial clone lacks some" in made.left[0].text and "5.0 MB" in made.left[1].text


def test_in_one_repository_only_the_folder_of_the_translation_is_written() -> None:
    layout = Layout("es", "docs/{lang}/{path}", "docs/{lang}/{path}")
    english = {"docs/en/img/boat.svg": b"1", "docs/shared.png": b"2", "logo.png": b"3"}
    text = "![](img/boat.svg) ![](../shared.png) ![](/logo.png)"
    both = {**english, "docs/es/b.md": b""}
    made = found(text, english, both, path="docs/en/a.md", place="docs/es/a.md", layout=layout, together=True)
    assert set(made.files) == {"docs/es/img/boat.svg"} and not made.left
    deep = Layout("es", "i18n/{lang}/docs/{path}", "docs/{path}")
    english = {"docs/boat.svg": b"1", "static/sea.png": b"2"}
    text = "![](boat.svg) ![](../static/sea.png)"
    made = found(text, english, english, path="docs/a.md", place="i18n/es/docs/a.md", layout=deep, together=True)
    assert set(made.files) == {"i18n/es/docs/boat.svg"}
    assert [note.path for note in made.left] == ["static/sea.png"] and "the layout has no place" in made.left[0].text
    suffix = Layout("es", "{stem}.{lang}{ext}", "{path}")
    english = {"guide/boat.svg": b"1"}
    assert found("![](boat.svg)", english, english, place="guide/a.es.md", layout=suffix, together=True) == Companions()


def test_a_long_text_is_read_in_linear_time() -> None:
    for part in ("![a](", "](<", 'src="', "src='", "](x(", "[a]: ", "src={ ", "src = "):
        assert not [name for name in references(part * 40_000) if len(name) < 3]
