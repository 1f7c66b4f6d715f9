"""Writes the parts of docs/architecture.md that come from the code: the packages, their order, their modules.

python docs/architecture.py           rewrites the page
python docs/architecture.py --check   fails where the page is out of date, or names something that does not exist
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"
PAGE = ROOT / "docs" / "architecture.md"


def role(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    first = re.split(r"(?<=[.;])\s|\n\n", text, maxsplit=1)[0]
    return " ".join(first.split()).rstrip(".;:").replace("``", "`").replace("|", "\\|")


def packages() -> Iterator[tuple[str, Path]]:
    """Packages and modules directly in ``bot``, with the file that says what each is for."""
    for path in sorted(BOT.iterdir()):
        if (path / "__init__.py").is_file():
            yield path.name, path / "__init__.py"
        elif path.suffix == ".py" and path.stem != "__init__":
            yield path.stem, path


def tree() -> str:
    """A row for each package."""
    rows = [f"| `{name}` | {role(path)} |" for name, path in packages()]
    return "\n".join(["| `bot/` | what it is for |", "|:--|:--|", *rows])


def order() -> str:
    """The layers that import-linter checks, the highest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    lines = ["  ".join(re.findall(r"\w+", layer)) for layer in layers if layer != "__main__"]
    return "\n".join(["```", *lines, "```"])


def modules() -> str:
    """What each module is for, by package."""
    parts = []
    for name, path in packages():
        if path.name != "__init__.py":
            continue
        inner = sorted(p for p in path.parent.rglob("*.py") if p.name != "__init__.py")
        rows = [f"| `{p.relative_to(path.parent).with_suffix('').as_posix()}` | {role(p)} |" for p in inner]
        parts.append("\n".join([f"### `{name}`", "", "| module | what it is for |", "|:--|:--|", *rows]))
    return "\n\n".join(parts)


def made(page: str) -> str:
    """The page with its generated parts as the code is now."""
    for name, text in {"tree": tree(), "order": order(), "modules": modules()}.items():
        part = re.compile(rf"(?<=<!-- {name} -->\n).*?\n?(?=<!-- end of {name} -->)", re.S)
        page = part.sub(lambda _, text=text: f"{text}\n", page, count=1)
    return page


def strangers(page: str) -> Iterator[str]:
    """Names such as ``planning.tracing.trace`` in the page that the code does not have."""
    for dotted in dict.fromkeys(re.findall(r"`((?:[a-z_]+\.)+\w+)`", page)):
        if dotted == "amts.yml":
            continue
        words = dotted.split(".")
        for n in range(len(words), 0, -1):
            place = BOT.joinpath(*words[:n])
            source = place.with_suffix(".py") if place.with_suffix(".py").is_file() else place / "__init__.py"
            if source.is_file():
                nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
                defined = {getattr(node, "name", "") for node in nodes}
                if any(word not in defined for word in words[n:]):
                    yield dotted
                break
        else:
            yield dotted


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    now = made(page)
    problems = [f"{name} is not in bot/" for name in strangers(now)]
    if "--check" in sys.argv[1:]:
        problems += [] if now == page else ["docs/architecture.md is out of date: run python docs/architecture.py"]
    else:
        PAGE.write_text(now, encoding="utf-8")
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
