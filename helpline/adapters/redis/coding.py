"""Domain values as JSON and back: one form for each value, so that equal values are equal bytes.

A moment is a string of microseconds since 1970: Lua's numbers would lose the last digits in JSON. What is None is left
out, as Lua knows no null in a table.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Decode = Callable[[Any], Any]
START = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def moment(at: datetime) -> str:
    """Write a moment."""
    return str((at - START) // MICROSECOND)


def read_moment(text: str | bytes) -> datetime:
    """Read a moment."""
    return START + int(text) * MICROSECOND


def plain(value: Any) -> Any:
    """Return a domain value as JSON knows it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if is_dataclass(value):
        pairs = ((name, getattr(value, name)) for name in _names(type(value)))  # type: ignore[arg-type]
        return {name: plain(each) for name, each in pairs if each is not None}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value]


def dumps(value: Any) -> bytes:
    """Write a domain value, or what `plain` made of one."""
    return json.dumps(plain(value), separators=(",", ":")).encode()


def loads(kind: type[T], data: bytes | str) -> T:
    """Read a value of this kind."""
    read: T = value_of(kind, json.loads(data))
    return read


def value_of(kind: type[T], data: Any) -> T:
    """Return a value of this kind from what JSON said."""
    made: T = _decoder(kind)(data)  # type: ignore[arg-type]
    return made


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(kind: Any) -> Decode:
    while hasattr(kind, "__supertype__"):
        kind = kind.__supertype__
    if get_origin(kind) in (Union, UnionType):
        [inner] = [each for each in get_args(kind) if each is not NoneType]
        return _decoder(inner)
    if get_origin(kind) is Literal or kind in (str, int, float, bool):
        return _as_it_is
    if kind is datetime:
        return read_moment
    if kind is bytes:
        return _bytes
    if is_dataclass(kind):
        return _dataclass_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _collection_decoder(kind)


def _collection_decoder(kind: Any) -> Decode:
    """Read a mapping or a tuple. Lua writes an empty list as an empty table, which comes back as a mapping."""
    inner = [_decoder(each) for each in get_args(kind) if each is not Ellipsis]
    origin = get_origin(kind)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        read = inner[1]
        return lambda data: {key: read(each) for key, each in data.items()}
    return lambda data: tuple(inner[0](each) for each in data)


def _dataclass_decoder(kind: Any) -> Decode:
    hints = get_type_hints(kind)
    readers = [(field.name, _decoder(hints[field.name])) for field in fields(kind)]
    optional = {field.name for field in fields(kind) if field.default is None and field.default is not MISSING}

    def decode(data: Mapping[str, Any]) -> Any:
        missing = {name: None for name in optional if name not in data}
        return kind(**{name: read(data[name]) for name, read in readers if name in data}, **missing)

    return decode


def _bytes(data: Any) -> bytes:
    """Read bytes, which may stand as they are where they did not go through JSON."""
    return data if isinstance(data, bytes) else b64decode(data)


def _as_it_is(data: Any) -> Any:
    return data
