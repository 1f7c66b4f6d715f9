"""Asks the person at the terminal; where nobody sits at one, what was to be asked becomes an error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from rich.console import Console

from bot.errors import AmtsError


def ask(question: str, error: AmtsError, choices: Sequence[str] = (), check: Callable[[str], str] = str) -> str:
    """What ``check`` makes of a person's answer, one of ``choices`` if there are any; asked until it can be used.

    ``error`` says why it must be asked; it is raised without a terminal, since a question that nobody sees would hang.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise error
    console = Console(highlight=False, stderr=True)
    console.print(f"\n{error.what[0].upper()}{error.what[1:]}.", markup=False, soft_wrap=True)
    for number, choice in enumerate(choices, 1):
        console.print(f"  {number}. {choice}", markup=False, soft_wrap=True)
    console.print(question, style="bold", markup=False, soft_wrap=True)
    while True:
        console.print("> ", end="")
        try:
            answer = input().strip()
        except EOFError:
            raise error from None
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return check(choices[int(answer) - 1])
        if choices or not answer:
            console.print(f"a number from 1 to {len(choices)}, please" if choices else "please answer, or press Ctrl-C")
            continue
        try:
            return check(answer)
        except AmtsError as problem:
            console.print(str(problem), markup=False, soft_wrap=True)
