"""Reading what a page sends, before Engine.IO or Socket.IO see it.

Only four things are said to this server: a pong, a connect, a disconnect, an event of one name and one object. All
else is refused here: binary attachments, other namespaces, acknowledgements, deep or malformed JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from helpline.domain.errors import BadRequest, HelplineError, TooLarge
from helpline.registry import PACKET_MOST_BYTES

OPENERS_MOST = 8  # an event's list, its object and a list inside it are three
WHOLE_DIGITS_MOST = 16
CONNECT = re.compile(r"40(\{.*)?", re.DOTALL)
EVENT = re.compile(r"42([0-9]{1,9})?(\[.*)", re.DOTALL)


class Kind(StrEnum):
    """What a page may say."""

    PONG = "pong"
    GOODBYE = "goodbye"
    CONNECT = "connect"
    DISCONNECT = "disconnect"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One packet: for an event its name and the number it wants to be answered under, for a connect what it says."""

    kind: Kind
    event: str = ""
    wants: int | None = None
    said: object = None


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
    match frame:
        case "3":
            return Packet(kind=Kind.PONG)
        case "1":
            return Packet(kind=Kind.GOODBYE)
        case "41":
            return Packet(kind=Kind.DISCONNECT)
        case "40":
            return Packet(kind=Kind.CONNECT)
    if connect := CONNECT.fullmatch(frame):
        return Packet(kind=Kind.CONNECT, said=_json(connect[1]))
    if event := EVENT.fullmatch(frame):
        return _event(event[1], _json(event[2]))
    raise BadRequest


def wanted_answer(frame: str | bytes) -> int | None:
    """Return the number under which a refused frame wants to be answered, if it is an event that does."""
    found = EVENT.match(frame[:64]) if isinstance(frame, str) else None
    return int(found[1]) if found and found[1] else None


def write_event(name: str, payload: object) -> str:
    """Return an event as a Socket.IO message."""
    return "2" + json.dumps([name, payload], separators=(",", ":"))


def write_answer(number: int, payload: object) -> str:
    """Return the answer to an event as a Socket.IO message."""
    return f"3{number}" + json.dumps([payload], separators=(",", ":"))


def _event(number: str | None, said: object) -> Packet:
    if not isinstance(said, list) or not 1 <= len(said) <= 2 or not isinstance(said[0], str):
        raise BadRequest
    return Packet(kind=Kind.EVENT, event=said[0], wants=int(number) if number else None)


def _json(text: str) -> object:
    if text.count("[") + text.count("{") > OPENERS_MOST:
        raise BadRequest
    try:
        value: object = json.loads(text, parse_int=_whole, parse_float=_refuse, parse_constant=_refuse)
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
