from __future__ import annotations

import io
import threading
from collections.abc import Callable

import pytest

from helpline.heartbeat import KEEP_UP_SECONDS, Heartbeat
from helpline.logs import make_log
from helpline.runtime.threading_serve import ThreadingRuntime
from tests.fakes import HandClock

pytestmark = pytest.mark.unit


class AtOnce(ThreadingRuntime):
    """Does at once what others do beside."""

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        work(*args)


def heartbeat(
    clock: HandClock, *beats: Callable[[], None], keep_up: Callable[[], None]
) -> tuple[Heartbeat, io.StringIO]:
    stream = io.StringIO()
    beating = Heartbeat(
        beats=beats, keep_up=keep_up, runtime=AtOnce(), turn=threading.RLock(), steady=clock.steady,
        log=make_log(stream, clock.now),
    )
    return beating, stream


def test_a_beat_that_fails_is_logged_and_the_others_go_on() -> None:
    done: list[str] = []

    def fails() -> None:
        raise ValueError("PLANTED-7f3a")

    beating, stream = heartbeat(HandClock(), fails, lambda: done.append("second"), keep_up=lambda: None)

    beating()

    assert done == ["second"]
    assert "ValueError" in stream.getvalue()
    assert "PLANTED-7f3a" not in stream.getvalue()


def test_the_slow_work_is_done_every_hour() -> None:
    clock, done = HandClock(), list[str]()
    beating, _ = heartbeat(clock, keep_up=lambda: done.append("kept up"))
    beating()
    assert done == []

    for _ in range(2):
        clock.advance(seconds=KEEP_UP_SECONDS)
        beating()
        beating()

    assert done == ["kept up"] * 2
