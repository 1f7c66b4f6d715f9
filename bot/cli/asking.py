"""Asks the person at the terminal; where nobody sits at one, what was to be asked becomes an error."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console

from bot.errors import AmtsError


def ask(question: str, error: AmtsError, choices: Sequence[str] = ()) -> str:
    """The answer of a person, one of ``choices`` if there are any. ``error`` says why it must be asked.

    Raises ``error`` without a terminal, or if the terminal is closed: a question that nobody sees would hang.
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
        if answer and not choices:
            return answer
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        console.print(f"a number from 1 to {len(choices)}, please" if choices else "please answer, or press Ctrl-C")
