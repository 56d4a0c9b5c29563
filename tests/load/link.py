"""One page's connection: Socket.IO 5 over Engine.IO 4 over a WebSocket, no more of them than the pages use."""

from __future__ import annotations

import asyncio
import base64
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.load import frames

LOOPBACK = "127.0.0.1"  # nothing here ever speaks to another machine
PATH = "/socket.io/?EIO=4&transport=websocket"
CONNECT = '40{"v":1}'
OPENING_SECONDS = 10.0

Answer = Mapping[str, Any] | None  # None: the connection was lost before the answer
Heard = Callable[[str, Any], None]


class Wire(Protocol):
    """What an end speaks over."""

    def ask(self, event: str, payload: Mapping[str, object]) -> asyncio.Future[Answer]:
        """Say an event; the future holds its answer."""

    def say(self, event: str, payload: Mapping[str, object]) -> None:
        """Say an event and want no answer."""

    def abort(self) -> None:
        """End it at once, as when the network is gone."""


class NotOpened(OSError):  # noqa: N818 - said as a finding
    """The connection was refused, or lost before it was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a page connects to, and as whose page."""

    port: int
    origin: str
    cookie: str = field(default="", repr=False)


async def open_link(address: Address, heard: Heard, lost: Callable[[], None]) -> Link:
    """Connect up to the point at which events may be said.

    Raises:
        NotOpened: nobody listens there, or it took too long, or the connection was refused.
    """
    loop = asyncio.get_running_loop()
    link = Link(address, heard, lost)
    try:
        async with asyncio.timeout(OPENING_SECONDS):
            await loop.create_connection(lambda: link, LOOPBACK, address.port)
            await link.opened
    except (OSError, TimeoutError) as problem:
        link.abort()
        raise NotOpened(str(problem)) from None
    return link


class Link(asyncio.Protocol):
    """One connection. `lost` is called once, if it had been open."""

    def __init__(self, address: Address, heard: Heard, lost: Callable[[], None]) -> None:
        self._address, self._heard, self._lost = address, heard, lost
        self._loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = self._loop.create_future()
        self.opened.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be waiting
        self._transport: asyncio.Transport | None = None
        self._head: bytes | None = b""
        self._reader = frames.Reader()
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._number = 0
        self._patience_seconds = OPENING_SECONDS
        self._silence: asyncio.TimerHandle | None = None
        self.is_over = False

    def ask(self, event: str, payload: Mapping[str, object]) -> asyncio.Future[Answer]:
        """Say an event; the future holds its answer, None if the connection is lost first."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        if self.is_over:
            answer.set_result(None)
        else:
            self._number += 1
            self._asked[self._number] = answer
            self._write(f"42{self._number}" + json.dumps([event, payload], separators=(",", ":")))
        return answer

    def say(self, event: str, payload: Mapping[str, object]) -> None:
        """Say an event and want no answer."""
        self._write("42" + json.dumps([event, payload], separators=(",", ":")))

    def close(self) -> None:
        """Take leave, as a page does that is closed."""
        self._write("41")
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End it at once, as when the network is gone."""
        if self._transport is not None:
            self._transport.abort()
        self._end()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = base64.b64encode(random.randbytes(16)).decode()
        lines = {
            "Host": urlsplit(self._address.origin).netloc, "Upgrade": "websocket", "Connection": "Upgrade",
            "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13", "Origin": self._address.origin,
            **({"Cookie": self._address.cookie} if self._address.cookie else {}),
        }
        asked = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        transport.write(f"GET {PATH} HTTP/1.1\r\n{asked}\r\n".encode())

    def connection_lost(self, _error: Exception | None) -> None:
        """It is over, whoever ended it."""
        self._end()

    def data_received(self, data: bytes) -> None:
        """Read the answer to the request first, frames after it."""
        if self._head is not None:
            self._head += data
            if b"\r\n\r\n" not in self._head:
                return None
            top, _, data = self._head.partition(b"\r\n\r\n")
            self._head = None
            if not top.startswith(b"HTTP/1.1 101"):
                return self._refused(top[:12].decode("latin-1"))
        for opcode, said in self._reader.feed(data):
            if opcode == frames.TEXT:
                self._read(said.decode())
            elif opcode == frames.CLOSE:
                self.abort()
        return self._listened()

    def _read(self, frame: str) -> None:
        if self.is_over:
            return
        if frame == "2":
            self._write("3")
        elif frame.startswith("43"):
            at = frame.index("[")
            answer = self._asked.pop(int(frame[2:at]), None)
            if answer is not None and not answer.done():
                answer.set_result(json.loads(frame[at:])[0])
        elif frame.startswith("42"):
            self._heard(*json.loads(frame[2:]))
        elif frame.startswith("0"):
            told = json.loads(frame[1:])
            self._patience_seconds = (told["pingInterval"] + told["pingTimeout"]) / 1000
            self._write(CONNECT)
        elif frame.startswith("40"):
            if not self.opened.done():
                self.opened.set_result(None)
        else:
            self._refused(frame)

    def _refused(self, why: str) -> None:
        if not self.opened.done():
            self.opened.set_exception(NotOpened(why))
        self.abort()

    def _write(self, frame: str) -> None:
        if self._transport is not None and not self.is_over:
            self._transport.write(frames.written(frames.TEXT, frame.encode(), random.getrandbits(32)))

    def _listened(self) -> None:
        """A server that says nothing for longer than it said it would is gone."""
        if self._silence is not None:
            self._silence.cancel()
        self._silence = None if self.is_over else self._loop.call_later(self._patience_seconds, self.abort)

    def _end(self) -> None:
        if self.is_over:
            return
        self.is_over = True
        if self._silence is not None:
            self._silence.cancel()
        for answer in self._asked.values():
            if not answer.done():
                answer.set_result(None)
        self._asked.clear()
        if self.opened.done() and not self.opened.cancelled() and self.opened.exception() is None:
            self._lost()
        elif not self.opened.done():
            self.opened.set_exception(NotOpened("lost before it was opened"))
