"""The fields of the settings: texts in a form that is checked when the settings are read."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from bot.baselines.layout import problem
from bot.contracts import EngineName

ADDRESS = re.compile(r"github:([A-Za-z0-9][A-Za-z0-9_-]{0,38}/[A-Za-z0-9._-]{1,100})")
"""Matches a GitHub repository as written in the settings."""


def _pattern(value: str) -> str:
    """A gitignore-style pattern that stays inside the repository."""
    value = value.removeprefix("./")
    if not value or value.startswith(("/", "!")) or ".." in PurePosixPath(value).parts:
        raise PydanticCustomError(
            "path", "should be a pattern inside the repository, without '..' and a leading '/' or '!'"
        )
    return value


def _repository(value: str) -> str:
    """``github:owner/name``, or a folder: ``..`` is allowed only at its start, as for a neighbouring checkout."""
    if value.startswith("github:"):
        if not ADDRESS.fullmatch(value):
            raise PydanticCustomError("address", "should be github:owner/name")
        return value
    parts = PurePosixPath(value).parts
    inner = parts[next((n for n, p in enumerate(parts) if p != ".."), len(parts)) :]
    if not value or ".." in inner:
        raise PydanticCustomError("path", "should be a folder, with '..' at most at its start")
    return value


def _inside(value: str) -> str:
    """A folder beside the settings file."""
    if not value or value.startswith("/") or ".." in PurePosixPath(value).parts:
        raise PydanticCustomError("path", "should be a folder beside the settings file, without '..' and a leading '/'")
    return value


def _path_pattern(value: str) -> str:
    """Where documents are, such as ``docs/{lang}/{path}``."""
    if why := problem(value):
        raise PydanticCustomError("layout", "{why}", {"why": why})
    return value


def _row(value: Any) -> Any:
    """One engine, or a list of several, each once."""
    if isinstance(value, list) and len({str(v) for v in value}) < len(value):
        raise PydanticCustomError("twins", "should name each engine once")
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


Row = Annotated[tuple[EngineName, ...], BeforeValidator(_row), Field(min_length=1)]
Pattern = Annotated[str, AfterValidator(_pattern)]
PathPattern = Annotated[str, AfterValidator(_path_pattern)]
Repository = Annotated[str, AfterValidator(_repository)]
Inside = Annotated[str, AfterValidator(_inside)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Branch = Annotated[str, Field(pattern=r"^[^\s~^:?*\[\\-][^\s~^:?*\[\\]*$")]
Account = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$")]
