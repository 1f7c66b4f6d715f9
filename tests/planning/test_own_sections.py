"""Sections that only the translation has, beside sections that are named alike in both languages."""

from __future__ import annotations

import pytest

from bot.planning.document_plan import plan_document

LINUX = "Run the script as root. It copies all files to the disk.", "以 root 身份运行脚本。它会把所有文件复制到磁盘。"
WINDOWS = "Run the installer twice.", "运行安装程序两次。"
OWN = "Run the installer of this shop.", "从应用商店安装软件，然后重启机器。"


def book(side: int, *sections: tuple[str, tuple[str, str]]) -> str:
    return "".join(["# Set up\n", *(f"\n## {name}\n\n{text[side]}\n" for name, text in sections)])


@pytest.mark.parametrize("at", [0, 1, 2])
@pytest.mark.parametrize("edited", ["Linux", "Windows"])
def test_english_of_another_section_never_gets_into_one_of_the_translators_own(at: int, edited: str) -> None:
    english = [("Linux", LINUX), ("Windows", WINDOWS)]
    ours = [*english[:at], ("统信系统", OWN), *english[at:]]
    fresh = "Unpack an archive on it, and that is all.", ""
    new = [(name, fresh if name == edited else text) for name, text in english]
    plan = plan_document(book(0, *english), book(0, *new), book(1, *ours), language="zh")
    draft = "".join(part if isinstance(part, str) else part.source for part in plan.parts)
    wanted = [(name, (fresh[0],) * 2 if name == edited else text) for name, text in ours]
    assert draft == book(1, *wanted)


def test_an_own_section_goes_with_no_section_that_english_deletes() -> None:
    english = [("Docker", ("Run the image of it, and map the port of the host to it.", "运行镜像。")), ("Linux", LINUX)]
    own = "统信系统", ("", "从应用商店里安装软件，然后重启机器，并映射端口。")
    ours = [english[0], own, english[1]]
    plan = plan_document(book(0, *english), book(0, english[1]), book(1, *ours), language="zh")
    assert "".join(map(str, plan.parts)) == book(1, own, english[1])
