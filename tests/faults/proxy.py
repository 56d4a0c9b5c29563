"""A bad network of our own: a TCP proxy that delays, cuts, half-closes and stalls, one connection or all of them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import Callable
from enum import StrEnum

LOOPBACK = "127.0.0.1"
PIECE_BYTES = 65536
RESET = struct.pack("ii", 1, 0)  # close at once, with a reset


class Fault(StrEnum):
    """What may happen to a connection.

    CUT: reset both ways. HALF_CLOSE: the end of one way, while the other goes on. STALL: nothing passes, and nobody is
    told. DELAY: everything passes later, in order.
    """

    CUT = "cut"
    HALF_CLOSE = "half-close"
    STALL = "stall"
    DELAY = "delay"


class Passage:
    """One connection through the proxy."""

    def __init__(self, near: tuple[asyncio.StreamReader, asyncio.StreamWriter],
                 far: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._near, self._far = near, far
        self._free = asyncio.Event()
        self._free.set()
        self._ended: set[asyncio.StreamWriter] = set()
        self.delay_seconds = 0.0

    async def carry(self) -> None:
        """Carry both ways until both have ended."""
        ways = ((self._near[0], self._far[1]), (self._far[0], self._near[1]))
        try:
            await asyncio.gather(*(self._carry_one(reader, writer) for reader, writer in ways))
        finally:
            self._near[1].close()
            self._far[1].close()

    def cut(self) -> None:
        """Reset both ways."""
        for _, writer in (self._near, self._far):
            with contextlib.suppress(OSError):
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()
        self._free.set()

    def half_close(self, *, near: bool) -> None:
        """End what one side hears; what it says still passes."""
        writer = (self._near if near else self._far)[1]
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof()
            self._ended.add(writer)

    def stall(self) -> None:
        """Let nothing pass until told otherwise."""
        self._free.clear()

    def flow(self) -> None:
        """Let everything pass, at once."""
        self.delay_seconds = 0.0
        self._free.set()

    async def _carry_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(PIECE_BYTES):
                if self.delay_seconds:
                    await asyncio.sleep(self.delay_seconds)
                await self._free.wait()
                if writer.is_closing() or writer.transport.get_write_buffer_size() > 1 << 20:
                    break
                if writer not in self._ended:  # else it goes nowhere, and nobody is told
                    writer.write(piece)
                    await writer.drain()
        if not writer.is_closing():
            with contextlib.suppress(OSError, RuntimeError):
                writer.write_eof()


class Proxy:
    """Listens on a port of its own and carries to `port`. Faults hit those that chance picks, with one `seed`."""

    def __init__(self, port: int, seed: int) -> None:
        self._to = port
        self._chance = random.Random(seed)
        self._server: asyncio.Server | None = None
        self._passages: set[Passage] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._carry, LOOPBACK, 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.hit(Fault.CUT)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def open_count(self) -> int:
        """How many connections are open."""
        return len(self._passages)

    def hit(self, fault: Fault, *, share: float = 1.0, delay_seconds: float = 0.3) -> int:
        """Let the fault happen to this share of the open connections; return to how many."""
        hit = [passage for passage in list(self._passages) if share >= 1 or self._chance.random() < share]
        act: dict[Fault, Callable[[Passage], None]] = {
            Fault.CUT: Passage.cut,
            Fault.HALF_CLOSE: lambda passage: passage.half_close(near=self._chance.random() < 0.5),
            Fault.STALL: Passage.stall,
            Fault.DELAY: lambda passage: setattr(passage, "delay_seconds", delay_seconds),
        }
        for passage in hit:
            act[fault](passage)
        return len(hit)

    def flow(self) -> None:
        """End every stall and delay."""
        for passage in self._passages:
            passage.flow()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            far = await asyncio.open_connection(LOOPBACK, self._to)
        except OSError:
            writer.transport.abort()  # as refused as a proxy can make it
            self._tasks.discard(task)
            return
        passage = Passage((reader, writer), far)
        self._passages.add(passage)
        try:
            await passage.carry()
        except asyncio.CancelledError:
            pass  # the proxy closes; asyncio would report a cancelled handler as an error
        finally:
            self._passages.discard(passage)
            self._tasks.discard(task)
