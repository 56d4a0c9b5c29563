"""TLS presentation language with the variable-size vectors of MLS: a strict reader, a plain writer.

Source: RFC 8446, section 3; RFC 9420, section 2.1.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Item = TypeVar("Item")

_ONE_BYTE_BELOW = 1 << 6
_TWO_BYTES_BELOW = 1 << 14
_FOUR_BYTES_BELOW = 1 << 30


class MalformedError(ValueError):
    """Bytes that no honest writer makes."""


def uint(value: int, size_bytes: int) -> bytes:
    """Write an unsigned number, most significant byte first. Raises OverflowError if it does not fit."""
    return value.to_bytes(size_bytes, "big")


def vec(data: bytes) -> bytes:
    """Write bytes behind their length, in the shortest of its three forms. Raises OverflowError from 2^30 on."""
    length = len(data)
    if length < _ONE_BYTE_BELOW:
        return uint(length, 1) + data
    if length < _TWO_BYTES_BELOW:
        return uint(length | 0x4000, 2) + data
    if length < _FOUR_BYTES_BELOW:
        return uint(length | 0x80000000, 4) + data
    raise OverflowError("vector too long")


class Reader:
    """Reads forward over some bytes. Every method raises MalformedError rather than guess."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at(self) -> int:
        """How many bytes have been read."""
        return self._at

    def since(self, start: int) -> bytes:
        """Give the bytes already read from position `start` on: what a signature covers."""
        return self._data[start : self._at]

    def take(self, size_bytes: int) -> bytes:
        """Read exactly so many bytes."""
        end = self._at + size_bytes
        if end > len(self._data):
            raise MalformedError("truncated")
        taken, self._at = self._data[self._at : end], end
        return taken

    def uint(self, size_bytes: int) -> int:
        """Read an unsigned number of so many bytes."""
        return int.from_bytes(self.take(size_bytes), "big")

    def vec(self, max_bytes: int) -> bytes:
        """Read a vector of at most `max_bytes`; a length written longer than need be is malformed."""
        first = self.uint(1)
        form = first >> 6
        if form > 2:
            raise MalformedError("vector length")
        more_bytes = (1 << form) - 1
        length = (first & 0x3F) << (8 * more_bytes) | self.uint(more_bytes)
        shortest = (0, _ONE_BYTE_BELOW, _TWO_BYTES_BELOW)[form]
        if length < shortest or length > max_bytes:
            raise MalformedError("vector length")
        return self.take(length)

    def exactly(self, size_bytes: int) -> bytes:
        """Read a vector of exactly so many bytes: a key, a hash, a signature."""
        data = self.vec(size_bytes)
        if len(data) != size_bytes:
            raise MalformedError("vector length")
        return data

    def text(self, max_bytes: int) -> str:
        """Read a vector of UTF-8."""
        try:
            return self.vec(max_bytes).decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedError("not UTF-8") from error

    def many(self, max_bytes: int, read: Callable[[Reader], Item]) -> tuple[Item, ...]:
        """Read a vector that is filled exactly by items."""
        inner = Reader(self.vec(max_bytes))
        items = []
        while inner.at < len(inner._data):
            items.append(read(inner))
        return tuple(items)

    def end(self) -> None:
        """Say that nothing may follow."""
        if self._at != len(self._data):
            raise MalformedError("trailing bytes")
