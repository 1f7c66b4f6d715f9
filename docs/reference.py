"""Writes the parts of the reference that come from the code: commands and options, inputs and outputs, error messages.

python docs/reference.py           rewrites the pages
python docs/reference.py --check   fails where a page is out of date
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
sys.path[:0] = [str(ROOT), str(DOCS)]

import error_messages  # noqa: E402
from ruamel.yaml import YAML  # noqa: E402

from bot.cli import main as command_line  # noqa: E402


@cache
def option_parser(command: str) -> argparse.ArgumentParser:
    """The parser of one command, with all its options."""
    found = command_line.parser(command.split())
    for word in command.split():
        (places,) = [a for a in found._actions if isinstance(a, argparse._SubParsersAction)]
        found = places.choices[word]
    return found


def name(option: argparse.Action) -> str:
    """How an option or an argument is written: ``--since COMMIT``."""
    value = str(option.metavar or option.dest).upper()
    many = {"*": f"[{value} …]", "+": f"{value} …", "?": f"[{value}]"}
    value = many.get(str(option.nargs), str(value))
    if not option.option_strings:
        return f"`{value}`"
    takes = option.nargs != 0
    if takes and option.choices and not option.metavar:
        value = "VALUE"
    return ", ".join(f"`{word} {value}`" if takes else f"`{word}`" for word in option.option_strings)


def meaning(option: argparse.Action) -> str:
    """The help of an option, with what it takes and its default, unless the help says that."""
    if not option.help:
        raise SystemExit(f"{name(option)} has no help")
    default = option.default
    text = option.help.replace("%(default)s", str(default)).replace("%%", "%")
    notes = []
    if option.choices:
        notes.append(f"one of {', '.join(f'`{c}`' for c in option.choices)}")
    if option.required and option.option_strings:
        notes.append("required")
    if isinstance(default, str | int) and not isinstance(default, bool) and default != "" and "default" not in text:
        notes.append(f"default: `{default}`")
    return cell("; ".join([text, *notes]))


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def rows(options: list[argparse.Action]) -> str:
    return "\n".join(["| option | meaning |", "|:--|:--|", *(f"| {name(o)} | {meaning(o)} |" for o in options)])


def own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The options of a command, without --help and what every command has."""
    return [option for option in parser._actions if option.dest not in (*common(), "help")]


@cache
def common() -> list[str]:
    """The options that every command has, by the names of their values."""
    every = [[o.dest for o in option_parser(command)._actions] for command in command_line.COMMANDS]
    return [dest for dest in every[0] if dest != "help" and all(dest in one for one in every)]


def commands() -> str:
    """A row for each command, with a link to its section."""
    lines = ["| command | what it does |", "|:--|:--|"]
    for command, summary in command_line.COMMANDS.items():
        lines.append(f"| [`amts {command}`](#amts-{command.replace(' ', '-')}) | {cell(summary)} |")
    return "\n".join(lines)


def shared() -> str:
    """The options of every command."""
    parser = option_parser(next(iter(command_line.COMMANDS)))
    return rows([o for o in parser._actions if o.dest in common()])


def options() -> str:
    """A section for each command."""
    parts = []
    for command in command_line.COMMANDS:
        parser = option_parser(command)
        mine = own(parser)
        parts += [f"### amts {command}", parser.description or "", rows(mine) if mine else "No options of its own."]
    return "\n\n".join(parts)


def exit_status() -> str:
    lines = [f"| {status} | {cell(text)} |" for status, text in command_line.EXIT_STATUS.items()]
    return "\n".join(["| exit status | meaning |", "|:--|:--|", *lines])


def action() -> Any:
    return YAML(typ="safe").load(ROOT / "action.yml")


def inputs() -> str:
    lines = []
    for key, entry in action()["inputs"].items():
        default = f"`{entry['default']}`" if entry["default"] else "empty"
        lines.append(f"| `{key}` | {default} | {cell(entry['description'])} |")
    return "\n".join(["| input | default | meaning |", "|:--|:--|:--|", *lines])


def outputs() -> str:
    lines = [f"| `{key}` | {cell(entry['description'])} |" for key, entry in action()["outputs"].items()]
    return "\n".join(["| output | what it is |", "|:--|:--|", *lines])


PAGES: dict[str, dict[str, Callable[[], str]]] = {
    "commands.md": {"commands": commands, "shared": shared, "options": options, "exit status": exit_status},
    "inputs.md": {"inputs": inputs, "outputs": outputs},
    "troubleshooting.md": {"messages": error_messages.page},
}
"""The parts of each page that are written by this script, by the name in the comments around them."""


def made(page: str, parts: dict[str, Callable[[], str]]) -> str:
    """The page with its generated parts as the code is now."""
    for part, write in parts.items():
        place = re.compile(rf"(?<=<!-- {part} -->\n).*?(?=<!-- end of {part} -->)", re.S)
        text = f"\n{write()}\n\n"
        page, found = place.subn(lambda _, text=text: text, page)
        if found != 1:
            raise SystemExit(f"the page needs <!-- {part} --> and <!-- end of {part} -->, once")
    return page


def outdated() -> Iterator[tuple[Path, str]]:
    """The pages that are not as the code is, with what they should be."""
    for file, parts in PAGES.items():
        page = (DOCS / file).read_text(encoding="utf-8")
        now = made(page, parts)
        if now != page:
            yield DOCS / file, now


def main() -> int:
    old = list(outdated())
    if "--check" not in sys.argv[1:]:
        for path, text in old:
            path.write_text(text, encoding="utf-8")
        return 0
    for path, _ in old:
        print(f"docs/{path.name} is out of date: run python docs/reference.py")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
