"""Closing a connection so that the last thing said still arrives."""

from __future__ import annotations

import time
from typing import Any, Final

LINGER_SECONDS: Final = 1.0
LINGER_MOST_BYTES: Final = 1_048_576
_PIECE_BYTES: Final = 4_096  # of many connections at once, this is what it costs in memory


def read_away(sock: Any) -> None:
    """Read and forget what is still coming, up to a second and a mebibyte, or until the other end has closed.

    A socket closed upon unread bytes is reset, and the reset takes away what the other end has not read yet: the code
    that says why. Source: RFC 1122, section 4.2.2.13; RFC 6455, section 7.1.1.
    """
    until, left = time.monotonic() + LINGER_SECONDS, LINGER_MOST_BYTES
    try:
        while left > 0 and (seconds := until - time.monotonic()) > 0:
            sock.settimeout(seconds)
            piece = sock.recv(_PIECE_BYTES)
            if not piece:
                return
            left -= len(piece)
    except OSError:  # reset, timed out, or closed already: nothing more is coming
        return
