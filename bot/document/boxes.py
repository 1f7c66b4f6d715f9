"""Boxes: admonitions and directives with an opening line and a line that closes them, around other blocks."""

from __future__ import annotations

from bot.document.model import Document


def boxes(document: Document) -> dict[int, int]:
    """The block that closes each box between fences of backticks or tildes, by the block that opens it.

    A box that nothing closes is not among them.
    """
    found: dict[int, int] = {}
    opened: list[tuple[int, str]] = []
    for n, block in enumerate(document.blocks):
        line = block.text.strip(" \t>\r\n")
        fence = line[: len(line) - len(line.lstrip(line[:1]))]
        if block.kind == "admonition" and fence[:1] in ("`", "~"):
            opened.append((n, fence))
        elif block.kind == "directive" and block.info == "end":
            closes = [k for k, (_, mark) in enumerate(opened) if fence.startswith(mark)]
            same = [k for k in closes if opened[k][1] == fence]  # the outer one of two ends with the first line
            for k in same[:1] or closes[-1:]:
                found[opened[k][0]] = n
                del opened[k:]
    return found
