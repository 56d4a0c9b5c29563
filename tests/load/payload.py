"""What stands where the ciphertext would: who said it, the how-manieth it is, and chance that nobody repeats."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

from tests import envelopes

PADDED_BYTES = 256  # the smallest size of the pages' own framing
SIGNED_BYTES = 64 + 16 + 5  # a signature, a tag and their lengths, as MLS adds them to every message
COMMIT_BYTES = 1024 + SIGNED_BYTES  # every commit is as long as a text of 1,024
KEY_PACKAGE_BYTES = 420
WELCOME_BYTES = 1900
NAME_BYTES = 16
CHANCE_BYTES = 8
LAYOUT = struct.Struct(f"!{NAME_BYTES}sBI{CHANCE_BYTES}s")
NAME = struct.Struct(f"!{NAME_BYTES}s")


class Way(StrEnum):
    """Which way something is said."""

    TO_COUNSELLOR = "to counsellor"
    TO_PERSON = "to person"

    @property
    def back(self) -> Way:
        """The other way."""
        return Way.TO_PERSON if self is Way.TO_COUNSELLOR else Way.TO_COUNSELLOR


WAYS = tuple(Way)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said in one conversation. `number` counts from 1, for each way."""

    conversation: bytes
    way: Way
    number: int
    chance: bytes


def sealed(said: Said, epoch: int, padded_bytes: int = PADDED_BYTES) -> bytes:
    """Return the envelope in which it travels: of real size, with the header that MLS would leave readable."""
    content = LAYOUT.pack(said.conversation, WAYS.index(said.way), said.number, said.chance)
    return envelopes.sealed(content.ljust(padded_bytes + SIGNED_BYTES, b"."), epoch=epoch, group=said.conversation)


def commit(conversation: bytes, epoch: int, chance: bytes) -> bytes:
    """Return an envelope that renews the keys of this epoch."""
    return envelopes.sealed(
        chance.ljust(COMMIT_BYTES, b"."), epoch=epoch, kind=envelopes.COMMIT, group=conversation
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope as its receiver reads it. `said` is None for a commit."""

    epoch: int
    said: Said | None


def opened(envelope: bytes) -> Opened:
    """Read an envelope of this module."""
    at = 4 + 1 + envelope[4]  # the group's name is shorter than 64 bytes
    epoch, kind = int.from_bytes(envelope[at : at + 8], "big"), envelope[at + 8]
    if kind == envelopes.COMMIT:
        return Opened(epoch, None)
    sender = at + 9 + 1
    content = sender + 1 + envelope[sender] + 2  # longer than 63 bytes, shorter than 16,384
    name, way, number, chance = LAYOUT.unpack_from(envelope, content)
    return Opened(epoch, Said(name.rstrip(b"\0"), WAYS[way], number, chance))


def key_package(conversation: bytes) -> bytes:
    """Return what a person waits with; it carries the name under which the checker knows her conversation."""
    return (envelopes.KEY_PACKAGE[:8] + NAME.pack(conversation)).ljust(KEY_PACKAGE_BYTES, b".")


def welcome(conversation: bytes) -> bytes:
    """Return the Welcome to a conversation."""
    return (envelopes.WELCOME[:4] + NAME.pack(conversation)).ljust(WELCOME_BYTES, b".")


def conversation_of_key_package(data: bytes) -> bytes:
    """Return whose conversation a key package is for."""
    return bytes(NAME.unpack_from(data, 8)[0]).rstrip(b"\0")


def conversation_of_welcome(data: bytes) -> bytes:
    """Return which conversation a Welcome is to."""
    return bytes(NAME.unpack_from(data, 4)[0]).rstrip(b"\0")
