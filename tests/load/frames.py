"""WebSocket frames as a page writes and reads them. Source: RFC 6455, section 5."""

from __future__ import annotations

import struct
from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
LAST = 0x80
MASKED = 0x80


def written(opcode: int, data: bytes, mask: int) -> bytes:
    """Return one whole frame, masked as those of a page are."""
    size = len(data)
    if size < 126:
        head = bytes((LAST | opcode, MASKED | size))
    elif size <= 0xFFFF:
        head = struct.pack("!BBH", LAST | opcode, MASKED | 126, size)
    else:
        head = struct.pack("!BBQ", LAST | opcode, MASKED | 127, size)
    key = mask.to_bytes(4, "big")
    return head + key + unmasked(data, key)


def unmasked(data: bytes, key: bytes) -> bytes:
    """Put the mask on, or take it off: one number as long as the data, so that Python does it at once."""
    size = len(data)
    stream = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(size, "big")


class Reader:
    """Puts frames of a server together from what arrives. They are unmasked and whole: ours sends no fragments."""

    __slots__ = ("_rest",)

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield the opcode and the data of each frame that is whole by now."""
        got = self._rest + data if self._rest else data
        at = 0
        try:
            while (found := _frame(got, at)) is not None:
                opcode, start, at = found
                yield opcode, got[start:at]
        finally:
            self._rest = got[at:]


def _frame(got: bytes, at: int) -> tuple[int, int, int] | None:
    """Return the opcode, where the data begins and where it ends, or None while something is missing."""
    if len(got) < at + 2:
        return None
    size, start = got[at + 1] & 127, at + 2
    extended = {126: 2, 127: 8}.get(size, 0)
    if len(got) < start + extended:
        return None
    if extended:
        size = int.from_bytes(got[start : start + extended], "big")
        start += extended
    return None if len(got) < start + size else (got[at] & 15, start, start + size)
