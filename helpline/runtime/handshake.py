"""The answer that turns a request into a WebSocket, with no extension and no subprotocol."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping

PROTOCOL_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
KEY_BYTES = 16
VERSION = "13"


def asks_for_websocket(environ: Mapping[str, object]) -> bool:
    """Whether a request asks for a WebSocket as RFC 6455, section 4.2.1, wants it."""
    connection = [part.strip() for part in str(environ.get("HTTP_CONNECTION", "")).lower().split(",")]
    return (
        environ.get("REQUEST_METHOD") == "GET"
        and "upgrade" in connection
        and str(environ.get("HTTP_UPGRADE", "")).lower() == "websocket"
        and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == VERSION
        and _is_key(str(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")))
    )


def answer(key: str) -> bytes:
    """Return the whole answer to a request with this key."""
    proof = base64.b64encode(hashlib.sha1(key.encode() + PROTOCOL_GUID, usedforsecurity=False).digest())
    lines = (
        b"HTTP/1.1 101 Switching Protocols",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Accept: " + proof,
    )
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
