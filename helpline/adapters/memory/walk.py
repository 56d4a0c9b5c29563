"""Walking everything a store holds, down to single values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass


def leaves(place: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield every single value inside `value`, keys of mappings too, each with the place where it was found."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from leaves(f"{place}.{field.name}", getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(f"{place}.key", key)
            yield from leaves(f"{place}.value", inner)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for inner in value:
            yield from leaves(place, inner)
    elif value is not None:
        yield place, value
