"""Translations that have their English in comments before each paragraph, as the Chinese pages of Kubernetes do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from support.worlds import commit, repository

from bot.cli.main import main

ENGLISH = """\
---
title: Boats
weight: 10
---

<!-- overview -->

A boat floats on water. It is made of wood.

## Sails {#sails}

The sail catches the wind.

* A sail is white.
* A sail is big.

```sh
boat --sail
```

{{< note >}}
Never sail in a storm.
{{< /note >}}
"""

CHINESE = """\
---
title: 船
weight: 10
---
<!--
title: Boats
weight: 10
-->

<!-- overview -->

<!--
A boat floats on water. It is made of wood.
-->
船浮在水上。它是木头做的。

<!-- 注意：下面的标题不要翻译成“航行”。 -->

<!--
## Sails {#sails}

The sail catches the wind.

* A sail is white.
* A sail is big.
-->
## 帆 {#sails}

帆能抓住风。

* 帆是白色的。
* 帆很大。

```sh
boat --sail
```

{{< note >}}
<!-- Never sail in a storm. -->
不要在暴风雨中航行。
{{< /note >}}
"""


class Site:
    """One repository with English and Chinese in folders; the settings are beside it."""

    def __init__(self, folder: Path, chinese: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.git = repository(folder / "site", {"content/en/boats.md": ENGLISH}, "First")
        (folder / "amts.yml").write_text(
            "source: {repository: site, layout: 'content/{lang}/{path}'}\npage_language: en\ntranslations:\n"
            "  - {language: zh-cn, repository: site, layout: 'content/{lang}/{path}', baseline: comments}\n",
            encoding="utf-8",
        )
        pages = {"boats.md": CHINESE} if chinese is None else chinese
        commit(self.git, {f"content/zh-cn/{path}": text for path, text in pages.items()}, "Translate")

    def sync(self, *more: str) -> int:
        return main(["sync", "--config", str(self.folder / "amts.yml"), *more])

    def english(self, text: str | None, path: str = "boats.md") -> None:
        commit(self.git, {f"content/en/{path}": text}, "Change")

    def text(self, path: str = "boats.md") -> str:
        return str(self.git.git.show(f"amts/sync-zh-cn:content/zh-cn/{path}", strip_newline_in_stdout=False))

    @property
    def branches(self) -> set[str]:
        return {head.name for head in self.git.heads}


def test_what_the_comments_say_is_up_to_date(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert site.sync() == 0 and site.branches == {"main"}
    site.english(ENGLISH.replace("on water. It", "on water.\nIt"))  # other line breaks
    assert site.sync() == 0 and site.branches == {"main"}


def test_code_with_a_comment_of_the_translators_is_no_change(tmp_path: Path) -> None:
    site = Site(tmp_path, {"boats.md": CHINESE.replace("```sh\nboat", "```sh\n# 划船\nboat")})
    assert site.sync() == 0 and site.branches == {"main"}


@pytest.mark.parametrize(
    ("there", "theirs"),
    [
        ("不要在暴风雨中航行。\n{{< /note >}}", "不要在暴风雨中航行。{{< /note >}}"),
        ("{{< note >}}", "{{< warning >}}"),
        ("```sh\nboat --sail\n```\n\n", ""),
    ],
)
def test_what_the_translation_has_in_its_own_form_is_no_change_of_english(
    tmp_path: Path, there: str, theirs: str
) -> None:
    site = Site(tmp_path, {"boats.md": CHINESE.replace(there, theirs)})
    assert site.sync() == 0 and site.branches == {"main"}
    site.english(ENGLISH.replace("catches the wind", "catches the storm"))
    assert site.sync() == 0
    old, new = "The sail catches the wind.", "The sail catches the storm."
    assert site.text() == CHINESE.replace(there, theirs).replace(old, new).replace("帆能抓住风。", new)


def test_code_that_english_adds_is_added(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.english(ENGLISH.replace("{{< note >}}", "```sh\nrow\n```\n\n{{< note >}}"))
    assert site.sync() == 0
    assert site.text() == CHINESE.replace("{{< note >}}", "```sh\nrow\n```\n\n{{< note >}}")


def test_a_draft_and_its_comments_follow_the_english(tmp_path: Path) -> None:
    site = Site(tmp_path)
    edits = [
        ("made of wood", "made of planks and tar"),
        ("weight: 10", "weight: 20"),
        ("* A sail is big.\n", "* A sail is big.\n* A sail tears.\n"),
        ("--sail", "--sail --fast"),
        ("## Sails", "An oar is a lever --> push.\n\n## Sails"),
        ("{{< note >}}\nNever sail in a storm.\n{{< /note >}}\n", ""),
    ]
    new, expected = ENGLISH, CHINESE
    for before, after in edits:
        new = new.replace(before, after)
    site.english(new)
    assert site.sync() == 0
    wood = "船浮在水上。它是木头做的。\n"
    for before, after in [
        *edits[:4],
        (wood, "船浮在水上。It is made of planks and tar.\n\n<!--\nAn oar is a lever --&gt; push.\n-->\n"
         "An oar is a lever --> push.\n"),
        ("* 帆很大。\n", "* 帆很大。\n* A sail tears.\n"),
        ("\n{{< note >}}\n<!-- Never sail in a storm. -->\n不要在暴风雨中航行。\n{{< /note >}}\n", ""),
    ]:  # fmt: skip
        assert before in expected
        expected = expected.replace(before, after)
    assert site.text() == expected
    site.git.git.merge("--ff-only", "amts/sync-zh-cn")
    assert site.sync() == 0 and site.git.heads["amts/sync-zh-cn"].commit == site.git.heads["main"].commit


def test_lines_in_the_pull_request_are_those_of_the_file(tmp_path: Path) -> None:
    site = Site(tmp_path)
    new = ENGLISH.replace("## Sails", "An oar is a lever.\n\n## Sails").replace("Never sail", "Never ever row at night")
    site.english(new)
    assert site.sync() == 0
    page = next((tmp_path / "pull-requests").glob("zh-cn-*.md")).read_text(encoding="utf-8")
    lines = site.text().splitlines()
    for english in ("An oar is a lever.", "Never ever row at night in a storm."):
        line = len(lines) - lines[::-1].index(english)
        assert re.search(rf"Line {line}<!-- .* -->, \*\*to translate\*\*", page), page


def test_a_translation_that_people_brought_up_to_date_is_recognised(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.english(ENGLISH.replace("catches the wind", "catches the storm"))
    theirs = CHINESE.replace("catches the wind", "catches the storm").replace("抓住风", "抓住暴风")
    commit(site.git, {"content/zh-cn/boats.md": theirs}, "By hand")
    assert site.sync() == 0 and site.branches == {"main"}


def test_a_new_document_has_comments(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.english("---\ntitle: Oars\n---\n\n# Oars\n\nAn oar is a lever.\n\n- One\n- Two\n\n```\nx\n```\n", "oars.md")
    assert site.sync() == 0
    assert site.text("oars.md") == (
        "---\ntitle: Oars\n---\n<!--\ntitle: Oars\n-->\n\n<!--\n# Oars\n-->\n# Oars\n\n<!--\nAn oar is a lever.\n-->\n"
        "An oar is a lever.\n\n<!--\n- One\n- Two\n-->\n- One\n- Two\n\n```\nx\n```\n"
    )


def test_a_document_that_english_moved_is_read_by_its_last_english_there(tmp_path: Path) -> None:
    noted = CHINESE.replace("A boat floats on water.", "The boat floats on the water.")  # English never had just that
    site = Site(tmp_path, {"boats.md": noted})
    commit(
        site.git,
        {"content/en/boats.md": None, "content/en/ships.md": ENGLISH.replace("catches the wind", "catches the storm")},
        "Move",
    )
    assert site.sync() == 0
    done = site.text("ships.md")
    assert "The sail catches the storm.\n\n* A sail" in done and "A boat floats on water. It" in done
    assert "它是木头做的。" in done and "帆能抓住风。" not in done and "帆很大。" in done


def test_a_deleted_document_is_deleted_but_a_page_that_english_never_had_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(tmp_path, {"boats.md": CHINESE, "local.md": CHINESE})
    site.english("# Oars\n\nAn oar is a lever, and that is all.\n", "oars.md")
    site.english(None)
    assert site.sync() == 1
    assert "English never had content/en/local.md" in capsys.readouterr().out
    names = str(site.git.git.diff("--name-only", "main", "amts/sync-zh-cn")).splitlines()
    assert "content/zh-cn/boats.md" in names and "content/zh-cn/local.md" not in names


def test_a_paragraph_without_its_english_is_not_drafted_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = Site(tmp_path, {"boats.md": CHINESE.replace("<!--\nA boat floats on water. It is made of wood.\n-->\n", "")})
    site.english(ENGLISH.replace("catches the wind", "catches the storm"))
    assert site.sync() == 0
    drafted = site.text()
    assert drafted.count("船浮在水上。它是木头做的。") == 1
    assert "A boat floats" not in drafted and "\n-->\nThe sail catches the storm." in drafted.replace(
        "## 帆 {#sails}\n\n", ""
    )


def test_a_paragraph_without_its_english_is_none_that_english_got_since(tmp_path: Path) -> None:
    site = Site(tmp_path, {"boats.md": CHINESE.replace("<!--\nA boat floats on water. It is made of wood.\n-->\n", "")})
    site.english(ENGLISH.replace("A boat floats", "A ship is a boat.\n\nA boat floats"))
    assert site.sync() == 0
    drafted = site.text()
    assert "<!--\nA ship is a boat.\n-->\nA ship is a boat.\n" in drafted
    assert drafted.count("船浮在水上。它是木头做的。") == 1 and "A boat floats" not in drafted


def test_from_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``init`` sees the comments; ``adopt`` writes those of a page without any; ``sync`` drafts."""
    oars = "# Oars\n\nAn oar is a lever.\n\nIt is made of wood.\n"
    site = Site(tmp_path, {"boats.md": CHINESE, "oars.md": "# 桨\n\n桨是一种杠杆。\n\n它是木头做的。\n"})
    site.english(oars, "oars.md")
    site.english(oars.replace("wood", "wood and of iron"), "oars.md")
    (tmp_path / "amts.yml").unlink()
    monkeypatch.chdir(tmp_path)
    assert main(["init", "site"]) == 0
    assert "    baseline: comments   # comments of 1 of 2 documents read have the English" in Path(
        "amts.yml"
    ).read_text(encoding="utf-8")
    assert main(["adopt", "--language", "zh-CN", "--write", "--at", "HEAD~1"]) == 0
    written = str(site.git.git.show("amts/adopt-zh-CN:content/zh-cn/oars.md", strip_newline_in_stdout=False))
    assert written == (
        "<!--\n# Oars\n-->\n# 桨\n\n<!--\nAn oar is a lever.\n-->\n桨是一种杠杆。\n\n"
        "<!--\nIt is made of wood.\n-->\n它是木头做的。\n"
    )
    site.git.git.execute(["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "merge", "amts/adopt-zh-CN"])
    assert main(["doctor"]) == 0, capsys.readouterr().out
    assert main(["status"]) == 0
    printed = capsys.readouterr().out
    assert "1 up to date, 1 behind" in printed and "content/zh-cn/oars.md ▲ behind 1 31 1" in " ".join(printed.split())
    assert main(["sync"]) == 0
    draft = str(site.git.git.show("amts/sync-zh-CN:content/zh-cn/oars.md", strip_newline_in_stdout=False))
    assert draft.endswith("<!--\nIt is made of wood and of iron.\n-->\nIt is made of wood and of iron.\n")
