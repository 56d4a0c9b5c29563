"""The bad network does what it says, to whom it says, and the same again with the same seed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from tests.faults.proxy import LOOPBACK, Fault, Proxy
from tests.load import running

End = tuple[asyncio.StreamReader, asyncio.StreamWriter]
PATIENCE_SECONDS = 3.0
SHORT_SECONDS = 0.15


@asynccontextmanager
async def through(count: int = 1, seed: int = 1) -> AsyncIterator[tuple[Proxy, list[End], list[End]]]:
    """Open connections through a proxy to a listener; yield it, the near ends and the far ends."""
    far: list[End] = []

    async def listener(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far.append((reader, writer))

    server = await asyncio.start_server(listener, LOOPBACK, 0)
    async with server, Proxy(server.sockets[0].getsockname()[1], seed) as proxy:
        near = []
        for place in range(count):
            near.append(await asyncio.open_connection(LOOPBACK, proxy.port))
            while len(far) <= place:
                await asyncio.sleep(0.001)
        yield proxy, near, far
        for _, writer in (*near, *far):
            writer.transport.abort()


def run(work: Callable[[], Awaitable[None]]) -> None:
    running.run(asyncio.wait_for(work(), 20))  # type: ignore[arg-type]


async def passes(sender: End, receiver: End, data: bytes = b"word") -> bool:
    sender[1].write(data)
    try:
        return await asyncio.wait_for(receiver[0].readexactly(len(data)), SHORT_SECONDS) == data
    except TimeoutError:
        return False


async def is_over(end: End) -> bool:
    try:
        return await asyncio.wait_for(end[0].read(1), PATIENCE_SECONDS) == b""
    except ConnectionError:
        return True


def test_both_ways_pass_and_an_end_is_carried_on():
    async def work() -> None:
        async with through() as (_, [near], [far]):
            assert await passes(near, far, b"a" * 100_000)
            assert await passes(far, near)
            near[1].write_eof()
            assert await is_over(far)
            assert await passes(far, near)

    run(work)


def test_a_cut_ends_both_sides():
    async def work() -> None:
        async with through(2) as (proxy, near, far):
            assert proxy.hit(Fault.CUT) == 2
            for end in (*near, *far):
                assert await is_over(end)

    run(work)


def test_a_half_close_ends_one_way_and_leaves_the_other():
    async def work() -> None:
        async with through() as (proxy, [near], [far]):
            proxy.hit(Fault.HALF_CLOSE)
            ended = {"near": near[0].at_eof(), "far": far[0].at_eof()}
            for _ in range(100):
                await asyncio.sleep(0.01)
                ended = {"near": near[0].at_eof(), "far": far[0].at_eof()}
                if any(ended.values()):
                    break
            assert sorted(ended.values()) == [False, True]
            deaf, hearing = (near, far) if ended["near"] else (far, near)
            assert await passes(deaf, hearing)
            hearing[1].write(b"into the void")
            assert await passes(deaf, hearing)

    run(work)


def test_a_stall_holds_everything_back_and_loses_nothing():
    async def work() -> None:
        async with through() as (proxy, [near], [far]):
            proxy.hit(Fault.STALL)
            assert not await passes(near, far, b"1")
            assert not await passes(near, far, b"2")
            proxy.flow()
            assert await asyncio.wait_for(far[0].readexactly(2), PATIENCE_SECONDS) == b"12"

    run(work)


def test_a_delay_makes_it_late_and_keeps_the_order():
    async def work() -> None:
        async with through() as (proxy, [near], [far]):
            proxy.hit(Fault.DELAY, delay_seconds=0.3)
            began = monotonic()
            near[1].write(b"1")
            await asyncio.sleep(0.05)
            near[1].write(b"2")
            assert await asyncio.wait_for(far[0].readexactly(2), PATIENCE_SECONDS) == b"12"
            assert monotonic() - began >= 0.3

    run(work)


def test_a_share_is_picked_by_the_seed():
    async def hits(seed: int) -> list[int]:
        async with through(20, seed) as (proxy, _, _):
            return [proxy.hit(Fault.DELAY, share=0.5) for _ in range(3)]

    async def work() -> None:
        first = await hits(7)
        assert all(0 < count < 20 for count in first)
        assert await hits(7) == first

    run(work)


def test_nobody_listening_behind_it_ends_the_connection():
    async def work() -> None:
        async with Proxy(9, 1) as proxy:
            reader, writer = await asyncio.open_connection(LOOPBACK, proxy.port)
            assert await is_over((reader, writer))
            writer.close()

    run(work)


@pytest.mark.parametrize("fault", [Fault.STALL, Fault.DELAY])
def test_a_proxy_with_a_fault_can_be_left(fault):
    async def work() -> None:
        async with through() as (proxy, [near], _):
            proxy.hit(fault)
            near[1].write(b"1")

    run(work)
