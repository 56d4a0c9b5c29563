"""A sealed message as the server sees it: the few header bytes that MLS leaves readable, never its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from helpline.domain.errors import BadRequest, ForbiddenMessage, TooLarge
from helpline.domain.numbers import ENVELOPE_BYTES_MAX, KEY_PACKAGE_BYTES_MAX, WELCOME_BYTES_MAX

MLS10: Final = b"\x00\x01"
PRIVATE_MESSAGE: Final = b"\x00\x02"
WELCOME: Final = b"\x00\x03"
KEY_PACKAGE: Final = b"\x00\x05"
SUITE: Final = b"\x00\x01"  # one cipher suite everywhere: nothing to negotiate down
APPLICATION: Final = 1
COMMIT: Final = 3
FIRST_EPOCH: Final = 1  # she joins at epoch 1: the counsellor alone is epoch 0


@dataclass(frozen=True, slots=True)
class Header:
    """What the server reads of an envelope: the group's epoch, and whether it is a commit."""

    epoch: int
    is_commit: bool


def read_header(envelope: bytes) -> Header:
    """Read the header of a private MLS message, strictly to its last byte.

    Raises TooLarge; BadRequest if the bytes are not one MLS message; ForbiddenMessage if they are another kind of one,
    a proposal, or carry authenticated data, which would be words that the server can read.

    Source: RFC 9420 §6 (MLSMessage), §6.3 (PrivateMessage), §2.1.2 (variable-size vectors).
    """
    if len(envelope) > ENVELOPE_BYTES_MAX:
        raise TooLarge
    if envelope[:2] != MLS10:
        raise BadRequest
    if envelope[2:4] != PRIVATE_MESSAGE:
        raise ForbiddenMessage
    at = _skip_vector(envelope, 4)
    epoch, kind = int.from_bytes(envelope[at : at + 8], "big"), envelope[at + 8 : at + 9]
    authenticated_data = at + 9
    end = _skip_vector(envelope, authenticated_data)
    if _skip_vector(envelope, _skip_vector(envelope, end)) != len(envelope):
        raise BadRequest
    if kind[0] not in (APPLICATION, COMMIT) or end != authenticated_data + 1:
        raise ForbiddenMessage
    return Header(epoch, kind[0] == COMMIT)


def check_welcome(welcome: bytes) -> None:
    """Let nothing but a Welcome pass as one. Raises TooLarge, ForbiddenMessage. Source: RFC 9420 §6."""
    if len(welcome) > WELCOME_BYTES_MAX:
        raise TooLarge
    if welcome[:4] != MLS10 + WELCOME:
        raise ForbiddenMessage


def check_key_package(key_package: bytes) -> None:
    """Let nothing but a key package of our suite take a place. The counsellor's page judges the rest.

    Raises TooLarge, BadRequest. Source: RFC 9420 §6 (MLSMessage), §10 (KeyPackage).
    """
    if len(key_package) > KEY_PACKAGE_BYTES_MAX:
        raise TooLarge
    if not key_package.startswith(MLS10 + KEY_PACKAGE + MLS10 + SUITE):
        raise BadRequest


def _skip_vector(data: bytes, at: int) -> int:
    """Return the position after the vector that begins at `at`. Its length must be written in the fewest bytes."""
    if at >= len(data):
        raise BadRequest
    size = 1 << (data[at] >> 6)
    length = int.from_bytes(data[at : at + size], "big") & ((1 << (8 * size - 2)) - 1)
    after = at + size + length
    if size == 8 or after > len(data) or (size > 1 and length < 1 << (4 * size - 2)):
        raise BadRequest
    return after
