"""What goes through the doorbell, from one process to another. Nothing of it is kept anywhere."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

BYTES: Final = "="  # stands before the names of values that are bytes


class Kind(StrEnum):
    """What the other process is to do with it."""

    TELL = "tell"  # send the event to the page
    MOVED = "moved"  # the page has another connection elsewhere: close the old one
    CLOSE = "close"  # close the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something for the page of this name. `word` is the event, or the code with which a desk is closed."""

    kind: Kind
    name: str = field(repr=False)
    word: str = ""
    payload: Mapping[str, object] = field(default_factory=dict, repr=False)


def packed(message: Message) -> bytes:
    """Write a message."""
    payload = dict(_pack(name, value) for name, value in message.payload.items())
    return json.dumps([message.kind, message.name, message.word, payload], separators=(",", ":")).encode()


def unpacked(data: bytes) -> Message:
    """Read a message."""
    kind, name, word, payload = json.loads(data)
    return Message(kind=Kind(kind), name=name, word=word, payload=dict(_unpack(*each) for each in payload.items()))


def moved(name: str) -> bytes:
    """Write that this name is elsewhere now."""
    return packed(Message(kind=Kind.MOVED, name=name))


def _pack(name: str, value: object) -> tuple[str, object]:
    return (BYTES + name, b64encode(value).decode()) if isinstance(value, bytes) else (name, value)


def _unpack(name: str, value: object) -> tuple[str, object]:
    return (name.removeprefix(BYTES), b64decode(str(value))) if name.startswith(BYTES) else (name, value)
