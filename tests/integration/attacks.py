"""Attacks on the sockets. Each returns true if the server withstood it; each succeeds on an unguarded server."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.integration.stock import Target
from tests.integration.wire import BINARY, MORE, TEXT, Wire, raw_request

CAP_BYTES = 32 * 1024
TRIES = 16
WARMING_ROUNDS = 2
PIECE_BYTES = CAP_BYTES // 4
PUSHED_BYTES = 512 * 1024
TAKING_SECONDS = 3.0  # for the server to read what the system holds for it
TINY_FRAGMENTS = CAP_BYTES + 100
CLOSES_WITHIN_SECONDS = 1.0

Attack = Callable[[Target], bool]


def _open(target: Target, origin: str | None = "own", **headers: str) -> Wire:
    return Wire(target.port, target.origin if origin == "own" else origin, **headers)


def _closes_after(target: Target, *frames: str) -> bool:
    with _open(target).connected() as wire:
        for frame in frames:
            wire.say(frame)
        return wire.is_closed_within(CLOSES_WITHIN_SECONDS)


def unknown_event(target: Target) -> bool:
    return _closes_after(target, '42["nonsense",{}]')


def second_connect(target: Target) -> bool:
    return _closes_after(target, '40{"v":1}')


def malformed_json(target: Target) -> bool:
    return _closes_after(target, '42["leave",{"line":')


def acknowledgement_of_nothing(target: Target) -> bool:
    return _closes_after(target, '4399["ok"]')


def binary_attachment(target: Target) -> bool:
    return _closes_after(target, '451-["leave",{"_placeholder":true,"num":0}]')


def other_namespace(target: Target) -> bool:
    return _closes_after(target, "40/staff,")


def binary_frame(target: Target) -> bool:
    with _open(target).connected() as wire:
        wire.frame(BINARY, b"\0\1\2")
        return wire.is_closed_within(CLOSES_WITHIN_SECONDS)


def event_before_connect(target: Target) -> bool:
    with _open(target) as wire:
        wire.say('42["leave",{}]')
        return wire.is_closed_within(CLOSES_WITHIN_SECONDS)


def connect_that_says_something_else(target: Target) -> bool:
    with _open(target) as wire:
        wire.say('40{"v":2}')
        return wire.is_closed_within(CLOSES_WITHIN_SECONDS)


def flood(target: Target) -> bool:
    return _closes_after(target, *(f"42{number}" + json.dumps(["leave", {}]) for number in range(400)))


def no_origin(target: Target) -> bool:
    with _open(target, None) as wire:
        return wire.status == 403


def compression(target: Target) -> bool:
    with _open(target, Sec_WebSocket_Extensions="permessage-deflate; client_max_window_bits") as wire:
        return wire.status == 101 and "extensions" not in wire.head.lower()


def polling(target: Target) -> bool:
    head, _ = raw_request(target.port, "/socket.io/?EIO=4&transport=polling", {"Origin": target.origin})
    return " 400 " in head.splitlines()[0]


def many_tiny_fragments(target: Target) -> bool:
    with _open(target).connected() as wire, contextlib.suppress(OSError):
        wire.frame(TEXT, b"4", last=False)
        for _ in range(TINY_FRAGMENTS):
            wire.frame(MORE, b"2", last=False)
        return wire.is_closed_within(CLOSES_WITHIN_SECONDS)
    return True


def endless_fragments(target: Target) -> bool:
    """Grow the server by at most twice the cap for each connection."""
    for _ in range(WARMING_ROUNDS):
        _push_fragments(target, CAP_BYTES + PIECE_BYTES)  # warms its memory up, that of its way to refuse too
    return _push_fragments(target, PUSHED_BYTES) <= TRIES * 2 * CAP_BYTES


def _push_fragments(target: Target, size_bytes: int) -> int:
    """Send pieces of a message that never ends on many open connections; return by how much memory grew at most."""
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(_open(target).connected()) for _ in range(TRIES)]
        Path(f"/proc/{target.pid}/clear_refs").write_text("5")  # the peak begins anew
        before = _memory_bytes(target.pid, "VmRSS")
        for number in range(size_bytes // PIECE_BYTES):
            for wire in wires:
                with contextlib.suppress(OSError):
                    wire.frame(MORE if number else TEXT, b"4" * PIECE_BYTES, last=False)
        _wait_until_taken(wires, TAKING_SECONDS if size_bytes == PUSHED_BYTES else TAKING_SECONDS / 8)
        return _memory_bytes(target.pid, "VmHWM") - before


def _wait_until_taken(wires: Sequence[Wire], seconds: float) -> None:
    """Wait until the server has closed all of them, or has had time to read what the system holds for it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not all(wire.is_closed_within(0.02) for wire in wires):
        pass


def _memory_bytes(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))


ATTACKS: Mapping[str, Attack] = {
    attack.__name__: attack
    for attack in (
        unknown_event, second_connect, malformed_json, acknowledgement_of_nothing, binary_attachment, other_namespace,
        binary_frame, event_before_connect, connect_that_says_something_else, flood, no_origin, compression, polling,
        many_tiny_fragments, endless_fragments,
    )
}
