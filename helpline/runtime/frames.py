"""WebSocket frames, read strictly and written from the server's side: no extension, and a cap on whole messages.

Source: RFC 6455, sections 5 and 7.4.1.
"""

from __future__ import annotations

from typing import Final

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
LAST: Final = 0x80
MASKED: Final = 0x80
CONTROL: Final = 0x8
SMALL_MOST, MEDIUM_MOST = 125, 0xFFFF
MEDIUM, LARGE = 126, 127
FRAGMENTS_MOST: Final = 64
PROTOCOL_ERROR, TOO_BIG = 1002, 1009

Frame = tuple[int, bytes]


class BadFrame(ValueError):  # noqa: N818 - said as a finding
    """A frame that ends the connection; `status` is what the other end is told."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class FrameReader:
    """Takes bytes as they come and gives whole messages and control frames, each as its kind and its bytes.

    Args:
        message_most_bytes: the largest message, its fragments together; refused as soon as its length is known.
    """

    __slots__ = ("_at", "_buffer", "_kind", "_most", "_pieces", "_size")

    def __init__(self, message_most_bytes: int) -> None:
        self._most = min(message_most_bytes, MEDIUM_MOST)
        self._buffer = b""
        self._at = 0
        self._kind = CONTINUED
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Take what has come."""
        self._buffer = self._buffer[self._at :] + data if self._at < len(self._buffer) else data
        self._at = 0

    def next(self) -> Frame | None:
        """Return the next message or control frame, or None until more has come. Raises BadFrame."""
        while (frame := self._frame()) is not None:
            first, data = frame
            if first == LAST | TEXT and not self._pieces:
                return TEXT, data
            whole = self._joined(first, data)
            if whole is not None:
                return whole
        return None

    def _frame(self) -> Frame | None:
        buffer, at = self._buffer, self._at
        have = len(buffer) - at
        if have < 2:
            return None
        second = buffer[at + 1]
        if second < MASKED:
            raise BadFrame(PROTOCOL_ERROR)
        size, start = second & ~MASKED, at + 6
        if size == LARGE:
            raise BadFrame(TOO_BIG)
        if size == MEDIUM:
            if have < 4:
                return None
            size, start = buffer[at + 2] << 8 | buffer[at + 3], at + 8
        if size + self._size > self._most:
            raise BadFrame(TOO_BIG)
        end = start + size
        if end > len(buffer):
            return None
        self._at = end
        return buffer[at], unmask(buffer[start:end], buffer[start - 4 : start])

    def _joined(self, first: int, data: bytes) -> Frame | None:
        """Return the message that this frame completes, or the control frame that it is."""
        kind, is_last = first & 0xF, bool(first & LAST)
        if first & 0x70 or kind not in (CONTINUED, TEXT, BINARY, CLOSE, PING, PONG):
            raise BadFrame(PROTOCOL_ERROR)
        if kind & CONTROL:
            if not is_last or len(data) > SMALL_MOST:
                raise BadFrame(PROTOCOL_ERROR)
            return kind, data
        if (kind == CONTINUED) != bool(self._pieces):
            raise BadFrame(PROTOCOL_ERROR)
        self._kind = kind or self._kind
        self._pieces.append(data)
        self._size += len(data)
        if len(self._pieces) > FRAGMENTS_MOST:
            raise BadFrame(TOO_BIG)
        if not is_last:
            return None
        whole = b"".join(self._pieces)
        self._pieces, self._size = [], 0
        return self._kind, whole


def unmask(data: bytes, key: bytes) -> bytes:
    """Undo the mask of a frame with one operation on whole numbers. Source: RFC 6455, section 5.3."""
    size = len(data)
    keys = (key * ((size + 3) >> 2))[:size]
    return (int.from_bytes(data, "little") ^ int.from_bytes(keys, "little")).to_bytes(size, "little")


def frame_of(kind: int, data: bytes) -> bytes:
    """Return one whole frame, as a server sends it."""
    size = len(data)
    if size <= SMALL_MOST:
        return bytes((LAST | kind, size)) + data
    if size <= MEDIUM_MOST:
        return bytes((LAST | kind, MEDIUM, size >> 8, size & 0xFF)) + data
    return bytes((LAST | kind, LARGE)) + size.to_bytes(8, "big") + data
