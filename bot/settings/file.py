"""Reads ``amts.yml`` strictly; an error names the file, the key and what is allowed there."""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.constructor import ConstructorError, SafeConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode

from bot.contracts import BaselineKind
from bot.errors import AmtsError
from bot.settings.engines import Amazon, Bedrock, DeepL, LibreTranslate, Neural, OpenAi
from bot.settings.source import Source
from bot.settings.values import Settings, TermList, Translation
from bot.style.preferences import Style

_EXAMPLES = {
    "language": "a code such as zh or pt-BR",
    "page_language": "a code such as zh or pt-BR",
    "branch": "the name of a branch such as main",
    "translators": "an account such as octocat",
    "reviewers": "an account such as octocat",
    "region": "a region such as us-east-1",
    "bucket": "the name of a bucket such as my-book",
    "role": "an ARN such as arn:aws:iam::123456789012:role/amts-translate",
    "prefix": "a folder such as amts",
    "url": "an address such as https://example.org/v1, without a key in it",
    "key": "the name of an environment variable such as OPENAI_API_KEY, not the key itself",
    "mirror": "an address such as https://example.org/models",
    "name": "letters, digits and hyphens",
}
"""Descriptions of valid values by key, for messages; a regular expression would not help the reader."""


class _Constructor(SafeConstructor):
    """Allows only one mapping per merge: lists of merges could make a small file grow without end."""

    def flatten_mapping(self, node: MappingNode) -> Any:
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge" and not isinstance(value, MappingNode):
                raise ConstructorError(None, None, "a merge (<<) takes one mapping", key.start_mark)
        return super().flatten_mapping(node)


def load(path: Path, forge: str | None = None) -> Settings:
    """Reads the settings file; ``forge`` overrides its key of that name.

    Raises AmtsError that names the file, the key and what is allowed there.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is not UTF-8 text"
        raise AmtsError(
            f"{path} cannot be read", why=reason, fix="name the settings file with --config, or let amts init write one"
        ) from error
    return read(text, path, forge)


def read(text: str, path: Path, forge: str | None = None) -> Settings:
    """The settings in the text of a file; ``path`` is for messages, and its paths are relative to its folder."""
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.Constructor = _Constructor
        data: Any = yaml.load(text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = str(getattr(error, "problem", None) or error).splitlines()[0]
        fix = "correct that line, or the indentation of the one before"
        raise AmtsError(f"{where} is not valid YAML", why=problem, fix=fix) from error
    except (ValueError, LookupError) as error:
        # Invalid numbers and dates that ruamel.yaml does not catch.
        why = f"a value in it is not what it says: {type(error).__name__}"
        raise AmtsError(f"{path} is not valid YAML", why=why, fix="put texts in quotes") from error
    except RecursionError as error:
        raise AmtsError(f"{path} is nested too deeply", why="YAML gave up on it", fix="flatten it") from error
    if not isinstance(data, dict):
        raise AmtsError(f"{path} is empty", why="it should be a mapping of settings", fix=f"it takes {_keys(Settings)}")
    if "folder" in data:
        raise _unknown(path, "folder", Settings)
    try:
        return Settings(**{**data, **({"forge": forge} if forge else {}), "folder": path.parent})
    except ValidationError as error:
        raise _explained(path, min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")) from error
    except TypeError as error:
        raise AmtsError(
            f"{path} has a key that is no text", why=str(error), fix=f"it takes {_keys(Settings)}"
        ) from error


def _explained(path: Path, problem: ErrorDetails) -> AmtsError:
    key = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in problem["loc"]).lstrip(".") or "translations"
    key = "engine" if key == "engine[0]" else key
    models: dict[str, type[BaseModel] | type[Style]] = {
        "source": Source,
        "translations": Translation,
        "style": Style,
        "terminology": TermList,
        "amazon": Amazon,
        "neural": Neural,
        "openai": OpenAi,
        "bedrock": Bedrock,
        "deepl": DeepL,
        "libretranslate": LibreTranslate,
    }
    model = next((models[str(p)] for p in reversed(problem["loc"][:-1]) if p in models), Settings)
    if problem["type"] == "extra_forbidden":
        return _unknown(path, key, model)
    if problem["type"] == "missing":
        choose = f" (choose {', '.join(get_args(BaselineKind))})" if key.endswith(".baseline") else ""
        return AmtsError(f"{path}: {key} is missing", why="it has no default", fix=f"add {key}{choose}")
    message = problem["msg"][0].lower() + problem["msg"][1:]
    if problem["type"] == "string_pattern_mismatch":
        message = f"should be {_EXAMPLES.get(key.rpartition('.')[2].partition('[')[0], 'written differently')}"
    given = problem["input"]
    shown = f", not {ascii(given)[:100]}" if isinstance(given, str | int | float | bool) or given is None else ""
    fix = "use one of the allowed values" if "literal" in problem["type"] else "correct that value"
    if "literal" in problem["type"] and (
        near := get_close_matches(str(given), str(problem["msg"]).split("'")[1::2], 1)
    ):
        fix = f"did you mean {near[0]}?"
    return AmtsError(f"{path}: {key} has an invalid value", why=message + shown, fix=fix)


def _unknown(path: Path, key: str, model: type[BaseModel] | type[Style]) -> AmtsError:
    near = get_close_matches(key.rpartition(".")[2], _fields(model), 1)
    fix = f"did you mean {near[0]}?" if near else "correct or remove it"
    return AmtsError(f"{path}: unknown key {key[:100]}", why=f"the keys there are {_keys(model)}", fix=fix)


def _keys(model: type[BaseModel] | type[Style]) -> str:
    return ", ".join(name for name in _fields(model) if name != "folder")


def _fields(model: type[BaseModel] | type[Style]) -> list[str]:
    return list(model.model_fields) if issubclass(model, BaseModel) else [field.name for field in fields(model)]
