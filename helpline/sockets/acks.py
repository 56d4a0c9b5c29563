"""What a page is answered when it says something: done, or the stable code of why not."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Mapping

Ack = dict[str, object]
Answer = Mapping[str, object]
NOTHING: Answer = {}


def refusal(code: str, told: Answer = NOTHING) -> Ack:
    """Return the acknowledgement of an event that was not done; `told` is what stands beside the code."""
    return {"ok": False, "code": code, **told}


def done(answer: Answer = NOTHING) -> Ack:
    """Return the acknowledgement of an event that was done."""
    return {"ok": True, **encoded(answer)}


def encoded(payload: Answer) -> dict[str, object]:
    """Return what travels: bytes as standard base64."""
    return {
        name: b2a_base64(value, newline=False).decode() if isinstance(value, bytes) else value
        for name, value in payload.items()
    }
