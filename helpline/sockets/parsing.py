"""Reading what an event says, by the fields its declaration names; anything else is refused."""

from __future__ import annotations

import binascii
from collections.abc import Callable, Mapping
from typing import TypeVar

from helpline.domain.errors import BadRequest, TooLarge
from helpline.registry import Event
from helpline.registry_kinds import NAME_PATTERN, Choice, Data, Field, Flag, Name, Names, Number

T = TypeVar("T")


class Said:
    """What one event said: every declared field, each of its declared kind."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        """Return a name or a chosen word."""
        return self._of(name, str)

    def number(self, name: str) -> int:
        """Return a whole number."""
        return self._of(name, int)

    def data(self, name: str) -> bytes:
        """Return bytes."""
        return self._of(name, bytes)

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of names."""
        return self._of(name, tuple)

    def _of(self, name: str, kind: type[T]) -> T:
        value = self._values[name]
        if not isinstance(value, kind):
            raise TypeError(name)
        return value


def parse(event: Event, said: tuple[object, ...]) -> Said:
    """Read the arguments of an event: one object with exactly the declared fields.

    Raises:
        BadRequest: an argument too few or too many, a field unknown, missing, or not of its kind.
        TooLarge: a name, a list or bytes above their limit.
    """
    return parser_of(event)(said)


def parser_of(event: Event) -> Callable[[tuple[object, ...]], Said]:
    """Return what reads the arguments of this event, as `parse` does."""
    fields = {field.name: field for field in event.fields}
    optional = dict.fromkeys((each.name for each in event.fields if isinstance(each, Name) and each.optional), "")

    def read(said: tuple[object, ...]) -> Said:
        given = said[0] if len(said) == 1 else {} if not said and not fields else None
        if not isinstance(given, dict) or not fields.keys() - optional.keys() <= given.keys() <= fields.keys():
            raise BadRequest
        return Said(optional | {name: _value(fields[name], value) for name, value in given.items()})

    return read


def _value(field: Field, value: object) -> object:
    match field:
        case Name(most=most):
            return _name(value, most)
        case Choice(words=words) if isinstance(value, str) and value in words:
            return value
        case Flag() if isinstance(value, bool):
            return value
        case Number(least=least, most=most) if type(value) is int and least <= value <= most:
            return value
        case Data(most_bytes=most):
            return _bytes(value, most)
        case Names(most=most):
            return _names(value, most)
        case _:
            raise BadRequest


def _name(value: object, most: int) -> str:
    if not isinstance(value, str) or not NAME_PATTERN.fullmatch(value):
        raise BadRequest
    if len(value) > most:
        raise TooLarge
    return value


def _bytes(value: object, most: int) -> bytes:
    if not isinstance(value, str) or not value:
        raise BadRequest
    if len(value) > (most + 2) // 3 * 4:
        raise TooLarge
    try:
        data = binascii.a2b_base64(value, strict_mode=True)
    except (binascii.Error, ValueError) as wrong:
        raise BadRequest from wrong
    if len(data) > most:
        raise TooLarge
    if value[-1] == "=" and binascii.b2a_base64(data[-(len(data) % 3) :], newline=False).decode() != value[-4:]:
        raise BadRequest  # bits left over at the end: two spellings of the same bytes
    return data


def _names(value: object, most: int) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadRequest
    if len(value) > most:
        raise TooLarge
    names = tuple(_name(each, Name("").most) for each in value)
    if len(set(names)) < len(names):
        raise BadRequest
    return names
