"""Bodies of comments: commands, what looks like one and is a mistake, and what is none of ours."""

from __future__ import annotations

from bot.sync.comment_command import Command, Confirm

LONG = "/retranslate " + "a" * 65_536
COMMANDS: dict[str, Command | Confirm] = {
    "/retranslate": Command(),
    "/retranslate ": Command(),
    "/retranslate\t": Command(),
    "/retranslate\nPlease, the last one was bad.": Command(),
    "/retranslate\r\nThanks!": Command(),
    "/retranslate\rThanks!": Command(),
    "/retranslate --force": Command(force=True),
    "/retranslate a/b.md": Command("a/b.md"),
    "/retranslate a/b.md  --force": Command("a/b.md", force=True),
    "/retranslate --force a/b.md": Command("a/b.md", force=True),
    "/retranslate a/b.md#sec_x": Command("a/b.md", "sec_x"),
    "/retranslate\ta/b.md#sec_x\t--force\t": Command("a/b.md", "sec_x", True),
    '/retranslate "a b/c d.md"': Command("a b/c d.md"),
    '/retranslate "a b.md#part two" --force': Command("a b.md", "part two", True),
    "/retranslate capítulo/中文.md": Command("capítulo/中文.md"),
    "/retranslate ../../etc/passwd": Command("../../etc/passwd"),  # no document of any pull request: refused there
    '/retranslate "--force"': Command("--force"),
    "/reviewed": Confirm(),
    "/reviewed a/b.md\nThank you.": Confirm("a/b.md"),
    '/reviewed "a b.md"': Confirm("a b.md"),
}
MISTAKES = [
    "/reviewed a.md b.md",
    "/reviewed a.md#sec_x",
    "/reviewed --force",
    "/reviewed, thank you",
    "/retranslate this one, please",
    "/retranslate, please",
    "/retranslate: a.md",
    "/retranslate a.md b.md",
    "/retranslate a b.md",
    "/retranslate --language zh",
    "/retranslate --forced",
    "/retranslate -f",
    "/retranslate --force --force",
    "/retranslate #sec_x",
    "/retranslate a.md#",
    '/retranslate ""',
    '/retranslate "a.md',
    '/retranslate a"b".md',
    '/retranslate "a.md"b',
    "/retranslate\u00a0a.md",  # a no-break space
    "/retranslate\u200b a.md",  # a space of no width
    "/retranslate `a.md` now",
    LONG,
    "/retranslate a.md\x00b",
]
OTHERS = [
    "/reviewed-by me",
    "/Reviewed",
    "",
    "\n/retranslate",
    " /retranslate",
    "\t/retranslate",
    "    /retranslate",
    "> /retranslate",
    "```\n/retranslate\n```",
    "`/retranslate`",
    "- /retranslate",
    "Please /retranslate",
    "Looks good.\n/retranslate",
    "/Retranslate",
    "/RETRANSLATE",
    "/retranslated",
    "/retranslate-all",
    "/retranslate/x",
    "/re translate",
    "\\retranslate",
    "／retranslate",  # full width
    "∕retranslate",  # a division slash
    "/rеtranslate",  # a Cyrillic letter
    "/retrans\u00adlate",  # a soft hyphen
    "\ufeff/retranslate",
    "<!-- -->/retranslate",
    "/translate",
    "@amts /retranslate",
    "x" * 65_536,
]
