"""``amts init`` on repositories as projects have them: from nothing to what the first sync would do."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from support.setups import CHINESE, ENGLISH, JAPANESE, SPANISH, made, stamped, suffixed, under
from support.worlds import commit

from bot.cli.main import main
from bot.settings.file import load
from bot.settings.values import Settings


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def init(*words: str) -> Settings:
    assert main(["init", *words]) == 0
    return load(Path("amts.yml"))


def layouts(found: Settings) -> dict[str, tuple[str, str]]:
    return {t.language: (found.source.layout, t.layout) for t in found.translations}


def test_two_repositories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "book-en", ENGLISH, {"README.md": "# The book\n"})
    made(
        tmp_path / "book-ja", JAPANESE, {"README.md": "# この本について\n\n日本語の翻訳です。\n", "メモ.md": "# メモ\n"}
    )
    found = init("book-en", "book-ja")
    assert (found.source.repository, found.translations[0].repository) == ("book-en", "book-ja")
    assert layouts(found) == {"ja": ("{path}", "{path}")}
    assert found.translations[0].baseline == "lock"
    told = capsys.readouterr().out
    assert "ja: 4 translated documents in book-ja" in told
    assert "Next: amts adopt --language ja" in told and "sync --dry-run" not in told
    text = Path("amts.yml").read_text(encoding="utf-8")
    assert "# 4 of 5 documents have an English document at the same place" in text


def test_the_language_may_be_told_by_the_text_alone(tmp_path: Path) -> None:
    made(tmp_path / "book", ENGLISH)
    made(tmp_path / "my-book", JAPANESE)  # `my` is Burmese
    made(tmp_path / "fanyi", CHINESE)
    assert layouts(init("book", "my-book", "fanyi")) == {"ja": ("{path}", "{path}"), "zh": ("{path}", "{path}")}


def test_another_repository_may_have_its_documents_elsewhere(tmp_path: Path) -> None:
    made(tmp_path / "book", under("docs/en/", ENGLISH))
    made(tmp_path / "book-es", under("src/", SPANISH))
    made(tmp_path / "many", under("ja/", JAPANESE), under("zh_cn/", CHINESE))
    assert layouts(init("book", "book-es", "many")) == {
        "es": ("docs/{lang}/{path}", "src/{path}"),
        "ja": ("docs/{lang}/{path}", "{lang}/{path}"),
        "zh-CN": ("docs/{lang}/{path}", "zh_cn/{path}"),
    }


@pytest.mark.parametrize(
    ("english", "translated", "layout", "target"),
    [
        ("docs/en/", "docs/%s/", "docs/{lang}/{path}", "docs/{lang}/{path}"),
        ("docs/", "docs/%s/", "docs/{path}", "docs/{lang}/{path}"),
        ("docs/", "i18n/%s/docs/", "docs/{path}", "i18n/{lang}/docs/{path}"),
        (
            "docs/",
            "i18n/%s/docusaurus-plugin-content-docs/current/",
            "docs/{path}",
            "i18n/{lang}/docusaurus-plugin-content-docs/current/{path}",
        ),
        ("src/content/docs/en/", "src/content/docs/%s/", "src/content/docs/{lang}/{path}",
         "src/content/docs/{lang}/{path}"),
        ("src/content/docs/", "src/content/docs/%s/", "src/content/docs/{path}", "src/content/docs/{lang}/{path}"),
        ("files/en-us/", "files/%s/", "files/en-us/{path}", "files/{lang}/{path}"),
        ("", "%s/", "{path}", "{lang}/{path}"),
    ],
)  # fmt: skip
def test_folders_in_one_repository(
    tmp_path: Path, english: str, translated: str, layout: str, target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    made(
        tmp_path / "book",
        under(english, ENGLISH),
        under(translated % "ja", JAPANESE),
        under(translated % "es", SPANISH),
        {"CONTRIBUTING.md": "# Contributing\n\nSend us a change.\n"},
    )
    found = init("book")
    assert layouts(found) == {"es": (layout, target), "ja": (layout, target)}
    assert found.source.exclude == (["CONTRIBUTING.md"] if layout == "{path}" else [])
    assert "adopt --language es" in (told := capsys.readouterr().out) and "adopt --language ja" in told


@pytest.mark.parametrize("mark", [".", "_", "-"])
def test_suffixes(tmp_path: Path, mark: str) -> None:
    made(
        tmp_path / "book",
        ENGLISH,
        suffixed(f"{mark}zh-CN", CHINESE),
        suffixed(f"{mark}es", SPANISH),
        {"README.md": ENGLISH["start.md"], f"README{mark}zh-CN.md": CHINESE["start.md"]},
    )
    ending = f"{{stem}}{mark}{{lang}}{{ext}}"
    found = init("book")
    assert layouts(found) == {"es": ("{path}", ending), "zh-CN": ("{path}", ending)}
    assert not found.source.exclude, "the README is translated"


def test_english_may_have_a_suffix_too(tmp_path: Path) -> None:
    made(tmp_path / "book", suffixed(".en", ENGLISH), suffixed(".ja", JAPANESE))
    assert layouts(init("book")) == {"ja": ("{stem}.{lang}{ext}", "{stem}.{lang}{ext}")}
    made(tmp_path / "other", suffixed(".en-US", ENGLISH), suffixed(".zh-CN", CHINESE))
    assert layouts(init("other", "--force")) == {"zh-CN": ("{stem}.en-US{ext}", "{stem}.{lang}{ext}")}


def test_the_settings_may_be_in_another_folder(tmp_path: Path) -> None:
    made(tmp_path / "book", ENGLISH, suffixed(".ja", JAPANESE))
    config = tmp_path / "settings" / "amts.yml"
    assert main(["init", "book", "--config", str(config)]) == 0
    assert load(config).source.repository == "../book" and load(config).translations[0].repository == "../book"


def test_hugo_names_the_commit_in_front_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = {"content/en/_index.md": '# Home\n\nThis is {{< param "name" >}}, and you are at the start of it.\n'}
    english = {path: text + "\n{{< note >}}\nThat is it.\n{{< /note >}}\n" for path, text in ENGLISH.items()}
    repo = made(tmp_path / "site", under("content/en/", english), site)
    commit(repo, under("content/ja/", stamped("default_lang_commit", repo.head.commit.hexsha, JAPANESE)), "Translate")
    commit(repo, {"content/en/guide/run.md": english["guide/run.md"] + "\nIt is new.\n"}, "Change")
    found = init("site")
    assert layouts(found) == {"ja": ("content/{lang}/{path}", "content/{lang}/{path}")}
    assert found.translations[0].baseline == "front-matter" and found.source.flavour == "hugo"
    told = capsys.readouterr().out
    assert "content/ja/guide/run.md" in told and "Next: amts sync" in told and "adopt" not in told
    assert [h.name for h in repo.heads] == ["main"], "a dry run writes nothing"


def test_a_preview_of_many_languages_is_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = made(tmp_path / "site", under("content/en/", ENGLISH))
    stamps = stamped("default_lang_commit", repo.head.commit.hexsha, SPANISH)
    for language in ("ca", "es", "gl", "it"):
        commit(repo, under(f"content/{language}/", stamps), "Translate")
    commit(repo, {"content/es/about.md": "# De qué se trata\n"}, "One more")
    assert len(init("site").translations) == 4
    told = capsys.readouterr().out
    shown = told.partition("What `amts sync --dry-run` says:")[2]
    assert "and so on for 1 more" in shown and "\nes  " not in shown and "\ngl  " in shown


def test_another_key_of_front_matter(tmp_path: Path) -> None:
    english = made(tmp_path / "content", under("files/en-us/", ENGLISH))
    stamps = stamped("l10n.sourceCommit", english.head.commit.hexsha, SPANISH)
    made(tmp_path / "translated", under("files/es/", stamps))
    found = init("content", "translated")
    assert (found.translations[0].baseline, found.translations[0].baseline_key) == ("front-matter", "l10n.sourceCommit")
    assert layouts(found) == {"es": ("files/en-us/{path}", "files/{lang}/{path}")}


def test_siblings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = {path: f"{text}\n:label:`sec_{n}`\n" for n, (path, text) in enumerate(ENGLISH.items())}
    repo = made(tmp_path / "d2l-en", english)
    origins = suffixed("_origin", {path: english[path] for path in CHINESE})
    made(tmp_path / "d2l-zh", CHINESE, origins, {"TERMINOLOGY.md": "# 术语\n"})
    commit(repo, {"start.md": english["start.md"] + "\nOne more sentence.\n"}, "Change")
    found = init("d2l-en", "d2l-zh")
    assert (found.translations[0].baseline, found.source.flavour) == ("sibling", "d2l")
    told = capsys.readouterr().out
    assert "start.md" in told and "Next: amts sync" in told
    assert main(["sync"]) == 0, "the settings are those that a sync takes"


def test_documents_without_a_recorded_english_come_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "book", ENGLISH)
    origins = suffixed("_origin", {path: ENGLISH[path] for path in CHINESE})
    lacking, *others = sorted(origins)
    made(tmp_path / "book-zh", CHINESE, {path: origins[path] for path in others})
    init("book", "book-zh")
    assert (
        "zh: no English version is recorded of 1 document. Next: amts adopt --language zh (--write records it)\n"
        "Next: amts sync\n"
    ) in capsys.readouterr().out
    assert lacking.replace("_origin", "") in CHINESE


def test_false_friends_are_no_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """TypeScript, machine learning, `is` and `no`: folders and files with English in them."""
    friends = {
        **under("docs/ts/", ENGLISH),
        **under("docs/ml/", ENGLISH),
        "docs/what.md": ENGLISH["about.md"],
        "docs/what-is.md": ENGLISH["about.md"],
    }
    made(tmp_path / "book", under("docs/", ENGLISH), friends)
    assert main(["init", "book"]) == 1
    told = capsys.readouterr().err
    assert "no translation can be recognised in book" in told and "--translation zh=book-zh" in told
    assert not Path("amts.yml").exists()
    made(tmp_path / "more", under("docs/en/", ENGLISH), under("docs/ja/", JAPANESE), friends)
    assert list(layouts(init("more"))) == ["ja"]


def test_what_it_leaves_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    readme = {"README.md": ENGLISH["start.md"], "README.ja.md": JAPANESE["start.md"]}
    made(tmp_path / "book", under("docs/en/", ENGLISH), under("docs/ja/", JAPANESE), readme)
    assert layouts(init("book")) == {"ja": ("docs/{lang}/{path}", "docs/{lang}/{path}")}
    assert "left out: 1 at {stem}.{lang}{ext} (ja)" in capsys.readouterr().out
    assert "left out" in Path("amts.yml").read_text(encoding="utf-8")
    found = init("book", "--layout", "{stem}.{lang}{ext}", "--force")
    assert layouts(found) == {"ja": ("{path}", "{stem}.{lang}{ext}")}


def test_two_layouts_that_fit_are_a_question(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(
        tmp_path / "book",
        under("docs/en/", ENGLISH),
        under("docs/ja/", JAPANESE),
        under("blog/en/", ENGLISH),
        under("blog/ja/", {path: text + "\n続き。\n" for path, text in JAPANESE.items()}),
    )
    assert main(["init", "book"]) == 1
    told = capsys.readouterr().err
    assert (
        "2 layouts of book fit" in told
        and "docs/{lang}/{path} (3 pairs)" in told
        and "choose one, such as --layout" in told
    )
    assert layouts(init("book", "--layout", "blog/{lang}/{path}"))["ja"] == ("blog/{lang}/{path}",) * 2


def test_languages_can_be_named(tmp_path: Path) -> None:
    made(tmp_path / "book", under("docs/en/", ENGLISH), under("docs/ja/", JAPANESE), under("docs/zh/", CHINESE))
    found = init("--source", "book", "--translation", "zh-CN=book")
    assert layouts(found) == {"zh-CN": ("docs/{lang}/{path}", "docs/zh/{path}")}
    found = init("book", "--translation", "ja=book", "--baseline", "sibling", "--force")
    assert [(t.language, t.baseline) for t in found.translations] == [("ja", "sibling")]


def test_a_language_that_is_named_is_believed_however_short_its_text_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = {"en/a.md": "A boat floats.\n", "es/a.md": "Un barco flota.\n"}
    made(tmp_path / "book", short)
    monkeypatch.chdir(tmp_path / "book")
    for words in ([], [".", "--layout", "{lang}/{path}"]):
        assert main(["init", *words]) == 1
        told = capsys.readouterr().err
        assert "es/ looks like one, but its text is too short to be sure that it is in es" in told
        assert "name the language: --translation es=.\n" in told
    for words in ([], ["--layout", "{lang}/{path}"], ["--layout", "es/{path}", "--source-layout", "en/{path}"]):
        found = init(".", "es=.", *words, "--force")
        (spanish,) = found.translations
        assert spanish.language == "es" and found.layout(spanish).translated("en/a.md") == "es/a.md"
    # English in a folder that has not been translated yet is believed too; a word in the name of a file is not.
    made(tmp_path / "copied", under("en/", ENGLISH), under("es/", ENGLISH))
    assert layouts(init("../copied", "es=../copied", "--force")) == {"es": ("{lang}/{path}", "{lang}/{path}")}
    made(tmp_path / "words", {"what.md": ENGLISH["about.md"], "what-is.md": ENGLISH["start.md"]})
    assert main(["init", "../words", "is=../words", "--force"]) == 1


def test_folders_of_one_repository_are_no_repositories(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "book", under("en/", ENGLISH), under("es/", SPANISH))
    monkeypatch.chdir(tmp_path / "book")
    assert main(["init", "en", "es"]) == 1
    told = capsys.readouterr().err
    assert f"en is a folder of the repository {tmp_path / 'book'}\n" in told and "without names" in told
    assert layouts(init()) == {"es": ("{lang}/{path}", "{lang}/{path}")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "the English book is not named"),
        (["nowhere"], "there is no repository nowhere"),
        (["owner/name"], "write github:owner/name"),
        (["folder"], "is not a git repository"),
        (["github:name"], "write github:owner/name"),
        (["book", "copy"], "no translation was found in copy"),
        (["empty"], "has no Markdown document"),
        (["book", "other"], "no translation was found in other"),
        (["book", "--translation", "klingon=other"], "'klingon' is not the code of a language"),
        (["book", "--translation", "other"], "does not say which language"),
        (["book", "spanish"], "name it: --translation LANG=spanish"),
        (["book", "es=spanish", "--layout", "docs/{lang}"], "the layout docs/{lang} cannot be used"),
        (["book", "es=spanish", "--layout", "docs/{lang}/{path}"], "no translation was found in spanish"),
        (["book", "es=spanish", "--workflow"], "book is not known to be on GitHub"),
    ],
)
def test_what_cannot_be_found_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    made(tmp_path / "book", ENGLISH)
    made(tmp_path / "other", {"notes.md": "# Notas\n"})
    made(tmp_path / "empty", {"code.py": "pass\n"})
    made(tmp_path / "spanish", SPANISH)
    made(tmp_path / "copy", ENGLISH)
    (tmp_path / "folder").mkdir()
    assert main(["init", *words]) == 1
    printed = capsys.readouterr().err
    assert told in printed and "why: " in printed and "fix: " in printed
    assert not Path("amts.yml").exists()


def test_settings_that_are_there_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made(tmp_path / "book", ENGLISH, suffixed(".es", SPANISH))
    Path("amts.yml").write_text("mine", encoding="utf-8")
    assert main(["init", "book"]) == 1
    assert Path("amts.yml").read_text(encoding="utf-8") == "mine" and "--force" in capsys.readouterr().err
    for words in (["boook"], ["book", "es=boook-es"], ["--source", "book", "boook-es"]):
        assert main(["init", *words]) == 1
        assert "there is no repository boook" in capsys.readouterr().err, "a wrong name comes first"
    assert init("book", "--force").translations


def test_a_person_at_a_terminal_is_asked(tmp_path: Path) -> None:
    """In a real terminal: the place of English, that of a translation, and its language."""
    made(tmp_path / "book", ENGLISH)
    made(tmp_path / "libro", SPANISH)
    mine, its = pty.openpty()
    program = [sys.executable, "-m", "bot", "init"]
    root = str(Path(__file__).parents[2])
    env = {**os.environ, "PYTHONPATH": root, "TERM": "dumb", "COLUMNS": "120"}
    with subprocess.Popen(program, stdin=its, stdout=its, stderr=its, env=env, cwd=tmp_path) as running:
        os.close(its)
        os.write(mine, b"\nnowhere\nbook\nlibro\nklingon\nes\n")
        shown = b""
        while True:
            try:
                part = os.read(mine, 4096)
            except OSError:  # the program has closed the terminal
                break
            shown += part
            if not part:
                break
        assert running.wait(60) == 0, shown.decode()
    os.close(mine)
    assert shown.count(b"Where is the English book?") == 1 and b"Where is a translation?" in shown
    assert b"please answer" in shown and b"no repository nowhere" in shown and b"klingon is not the code" in shown
    assert [t.language for t in load(tmp_path / "amts.yml").translations] == ["es"]
