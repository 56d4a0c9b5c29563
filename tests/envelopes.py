"""Bytes as MLS would leave them readable: headers that are right, with noise where the ciphertext is."""

from __future__ import annotations

APPLICATION, PROPOSAL, COMMIT = 1, 2, 3
KEY_PACKAGE = b"\x00\x01\x00\x05\x00\x01\x00\x01 a key package"
WELCOME = b"\x00\x01\x00\x03 a welcome"


def vector(content: bytes) -> bytes:
    """Return a variable-size vector (RFC 9420 2.1.2)."""
    if len(content) < 1 << 6:
        return bytes([len(content)]) + content
    if len(content) < 1 << 14:
        return (len(content) | 1 << 14).to_bytes(2, "big") + content
    return (len(content) | 1 << 31).to_bytes(4, "big") + content


def sealed(
    content: bytes = b"noise", *, epoch: int = 1, kind: int = APPLICATION, group: bytes = b"group",
    readable: bytes = b"",
) -> bytes:
    """Return a private message (RFC 9420 6.3)."""
    header = b"\x00\x01\x00\x02" + vector(group) + epoch.to_bytes(8, "big") + bytes([kind])
    return header + vector(readable) + vector(b"sender") + vector(content)


def commit(epoch: int, content: bytes = b"a path") -> bytes:
    return sealed(content, epoch=epoch, kind=COMMIT)
