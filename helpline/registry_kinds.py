"""The kinds of field a socket event may have, and their limits."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAME_MOST = 64
NAME_PATTERN = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A short word of letters, digits, `-` and `_`: an id, a code, a language.

    `optional`: it may be missing, and is empty then.
    """

    name: str
    most: int = NAME_MOST
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a fixed list."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`, both included."""

    name: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Data:
    """Bytes, at least one and at most `most_bytes`, as standard base64 with padding on the wire."""

    name: str
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Names:
    """A list of at most `most` names, none twice."""

    name: str
    most: int


Field = Name | Choice | Flag | Number | Data | Names


def describe(field: Field) -> str:
    """Say in a few words what a field may hold, for the documents."""
    match field:
        case Name(most=most, optional=optional):
            return f"name, {most} characters{', or missing' if optional else ''}"
        case Choice(words=words):
            return " or ".join(f"`{word}`" for word in words)
        case Flag():
            return "true or false"
        case Number(least=least, most=most):
            return f"whole number, {least} to {most}"
        case Data(most_bytes=most_bytes):
            return f"base64, {most_bytes} bytes"
        case Names(most=most):
            return f"list of names, {most} at most"
