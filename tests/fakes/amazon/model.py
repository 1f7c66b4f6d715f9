"""Botocore's description of Amazon Translate, held against what goes over the wire.

The client checks types and required members only; enumerations, patterns and maxima are for the server to refuse.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore.session
import regex  # type: ignore[import-untyped, unused-ignore]
from botocore import parsers
from botocore.model import ListShape, OperationModel, ServiceModel, Shape, StringShape, StructureShape

TARGET = "AWSShineFrontendService_20170701."
"""What the header X-Amz-Target starts with."""

_WIRE_TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "list": (list,),
    "string": (str,),
    "blob": (str,),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
    "timestamp": (int, float),
    "float": (int, float),
    "double": (int, float),
    "map": (dict,),
}


_NUMBERS = ("integer", "long", "boolean", "timestamp", "float", "double")


@cache
def service() -> ServiceModel:
    """The description of the whole service."""
    model = botocore.session.Session().get_service_model("translate")
    assert model.metadata["targetPrefix"] + "." == TARGET
    return model


@cache
def operation(name: str) -> OperationModel:
    """The description of one operation. Raises botocore's OperationNotFoundError."""
    return service().operation_model(name)


def problems(value: Any, shape: Shape, path: str = "", *, answer: bool = False) -> Iterator[str]:
    """What is wrong with ``value``, as it stands in JSON; in an ``answer`` nothing unknown may stand."""
    kind = shape.type_name
    wanted: Any = _WIRE_TYPES[kind]
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean"):
        yield f"Value at '{path}' must be a {kind}"
        return
    limits = shape.metadata
    size = len(_blob(value)) if kind == "blob" else value if kind in _NUMBERS else len(value)
    low, high = limits.get("min"), limits.get("max")
    if low is not None and size < low:
        yield f"{_told(value, path)}: Member must be at least {low} (long)"
    if high is not None and size > high:
        yield f"{_told(value, path)}: Member must be at most {high} (long)"
    if isinstance(shape, StructureShape):
        yield from _members(value, shape, path, answer)
    elif isinstance(shape, ListShape):
        for number, item in enumerate(value, 1):
            yield from problems(item, shape.member, f"{path}.{number}.member", answer=answer)
    elif isinstance(shape, StringShape):
        if shape.enum and value not in shape.enum:
            yield f"{_told(value, path)}: Member must be one of {list(shape.enum)}"
        pattern = limits.get("pattern")
        if pattern and not _pattern(pattern).fullmatch(value):
            yield f"{_told(value, path)}: Member must match {pattern}"


def _members(value: dict[str, Any], shape: StructureShape, path: str, answer: bool) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"Value null at '{_join(path, name)}': Member must not be null"
    for name, inner in value.items():
        if name in shape.members:
            # JSON's null says that a member is absent.
            if inner is not None:
                yield from problems(inner, shape.members[name], _join(path, name), answer=answer)
            elif answer:
                yield f"Value null at '{_join(path, name)}'"
        elif answer:
            yield f"'{_join(path, name)}' is not in the model"


@cache
def _pattern(pattern: str) -> Any:
    return regex.compile(pattern)


def _blob(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        return b""


def _join(path: str, name: str) -> str:
    return f"{path}.{name[0].lower()}{name[1:]}".lstrip(".")


def _told(value: Any, path: str) -> str:
    return f"Value '{str(value)[:80]}' at '{path}' failed to satisfy constraint"


def answer_body(name: str, answer: dict[str, Any]) -> bytes:
    """The answer on the wire. Raises AssertionError for one that the model does not allow or botocore cannot read."""
    shape = operation(name).output_shape
    if shape is None:
        assert not answer, f"{name} has no answer"
        return b""
    found = list(problems(answer, shape, answer=True))
    assert not found, f"{name} answers what its model does not allow: {'; '.join(found)}"
    body = json.dumps(answer, ensure_ascii=False).encode()
    parsed = parsers.create_parser("json").parse({"status_code": 200, "headers": {}, "body": body}, shape)
    assert set(parsed) - {"ResponseMetadata"} == set(answer), f"{name}: botocore reads {sorted(parsed)}"
    return body
