"""Reading what a page sends, before Engine.IO or Socket.IO see it.

Only four things are said to this server: a pong, a connect, a disconnect, an event of one name and one object. All
else is refused here: binary attachments, other namespaces, acknowledgements, deep or malformed JSON.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import NamedTuple

from helpline.domain.errors import BadRequest, HelplineError, TooLarge
from helpline.registry import PACKET_MOST_BYTES

OPENERS_MOST = 8  # an event's list, its object and a list inside it are three
WHOLE_DIGITS_MOST = 16
EVENT = re.compile(r"42([0-9]{1,9})?(?=\[)")


class Kind(StrEnum):
    """What a page may say."""

    PONG = "pong"
    GOODBYE = "goodbye"
    CONNECT = "connect"
    DISCONNECT = "disconnect"
    EVENT = "event"


class Packet(NamedTuple):
    """One packet: for an event its name, what it says and the number it wants to be answered under."""

    kind: Kind
    event: str = ""
    said: tuple[object, ...] = ()
    wants: str = ""


PONG, GOODBYE, DISCONNECT = Packet(kind=Kind.PONG), Packet(kind=Kind.GOODBYE), Packet(kind=Kind.DISCONNECT)
CONNECTING = Packet(kind=Kind.CONNECT)
SHORT = {"3": PONG, "1": GOODBYE, "41": DISCONNECT, "40": CONNECTING}


def read_packet(frame: str | bytes) -> Packet:
    """Read one frame.

    Raises:
        BadRequest: it is none of the things a page may say.
        TooLarge: it is longer than PACKET_MOST_BYTES.
    """
    if len(frame) > PACKET_MOST_BYTES:
        raise TooLarge
    if not isinstance(frame, str):
        raise BadRequest
    if event := EVENT.match(frame):
        return _event(event[1] or "", _json(frame[event.end() :]))
    if short := SHORT.get(frame):
        return short
    if frame.startswith("40{"):
        _json(frame[2:])
        return CONNECTING
    raise BadRequest


def wanted_answer(frame: str | bytes) -> str:
    """Return the number under which a refused frame wants to be answered, if it is an event that does."""
    found = EVENT.match(frame[:64]) if isinstance(frame, str) else None
    return found[1] or "" if found else ""


def write_event(name: str, payload: object) -> str:
    """Return an event as a Socket.IO message."""
    return f'2["{name}",{_write(payload)}]'


def write_answer(number: str, payload: object) -> str:
    """Return the answer to an event as a Socket.IO message."""
    return f"3{number}[{_write(payload)}]"


def _event(number: str, said: object) -> Packet:
    if not isinstance(said, list) or not 1 <= len(said) <= 2 or not isinstance(said[0], str):
        raise BadRequest
    return Packet(kind=Kind.EVENT, event=said[0], said=tuple(said[1:]), wants=number)


def _json(text: str) -> object:
    if text.count("[") + text.count("{") > OPENERS_MOST:
        raise BadRequest
    try:
        value: object = _READER.decode(text)
    except HelplineError:
        raise
    except (ValueError, RecursionError) as wrong:
        raise BadRequest from wrong
    return value


def _whole(digits: str) -> int:
    if len(digits) > WHOLE_DIGITS_MOST:
        raise BadRequest
    return int(digits)


def _refuse(_text: str) -> object:
    raise BadRequest


_READER = json.JSONDecoder(parse_int=_whole, parse_float=_refuse, parse_constant=_refuse)
_write = json.JSONEncoder(separators=(",", ":")).encode
