from __future__ import annotations

from collections import deque
from collections.abc import Callable

import pytest

from helpline.sockets.budget import BYTES, FRAMES, Budget
from helpline.sockets.gate import CONNECT_SECONDS, LINGER_SECONDS, Gate
from tests.fakes import HandClock

pytestmark = pytest.mark.unit


class FakeSocket:
    """A WebSocket that hands out what a test put into it and keeps what was sent."""

    def __init__(self, *frames: str | bytes, waits: bool = False) -> None:
        self.waits = waits
        self.frames = deque(frames)
        self.sent: list[str] = []
        self.closed = self.aborted = False

    def wait(self) -> str | bytes | None:
        return self.frames.popleft() if self.frames else None

    def send(self, frame: str) -> None:
        self.sent.append(frame)

    def post(self, frame: str) -> bool:
        if not self.waits:
            self.sent.append(frame)
        return not self.waits

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.aborted = True


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def gate_over(
    socket: FakeSocket, clock: HandClock, *, connected: bool = True, queue: Callable[[str], object] = "".__eq__
) -> Gate:
    gate = Gate(
        "hers", answers={"leave": lambda connection, said: {"ok": True, "from": connection, "said": list(said)}},
        queue=queue, steady=clock.steady, pause=lambda _seconds: None, budget=Budget(clock.steady()),
    ).over(socket)
    gate.connected = connected
    return gate


def test_events_are_answered_here_and_all_else_is_engine_ios(clock: HandClock) -> None:
    socket = FakeSocket('427["leave",{}]', "3", '42["leave"]', "41")
    gate = gate_over(socket, clock)
    gate.send('40{"sid":"x"}')

    assert [gate.wait(), gate.wait()] == ["3", "41"]
    assert socket.sent == ['40{"sid":"x"}', '437[{"ok":true,"from":"hers","said":[{}]}]']


def test_nothing_is_sent_before_the_connect_is_answered(clock: HandClock) -> None:
    socket, queued = FakeSocket(), list[str]()
    gate = gate_over(socket, clock, queue=queued.append)

    gate.post('2["offer",{}]')
    gate.send('40{"sid":"x"}')
    gate.post('2["withdrawn",{}]')

    assert queued == ['2["offer",{}]']
    assert socket.sent == ['40{"sid":"x"}', '42["withdrawn",{}]']


def test_where_sending_would_wait_engine_ios_writer_sends(clock: HandClock) -> None:
    socket, queued = FakeSocket(waits=True), list[str]()
    gate = gate_over(socket, clock, queue=queued.append)
    gate.send('40{"sid":"x"}')

    gate.post('2["offer",{}]')

    assert queued == ['2["offer",{}]']
    assert socket.sent == ['40{"sid":"x"}']


def test_a_refusal_says_its_code_answers_if_asked_and_reads_no_further(clock: HandClock) -> None:
    socket = FakeSocket('425["nonsense",{}]', '42["leave",{}]')
    gate = gate_over(socket, clock)

    assert gate.wait() is None
    assert gate.wait() is None
    assert socket.sent == ['435[{"ok":false,"code":"unknown_event"}]', '42["bye",{"code":"unknown_event"}]']
    assert list(socket.frames) == ['42["leave",{}]']


@pytest.mark.parametrize("event", ["connect", "disconnect", "*", "message"])
def test_names_that_mean_something_to_the_library_are_unknown_events(clock: HandClock, event: str) -> None:
    socket = FakeSocket(f'42["{event}",{{"v":1}}]')

    assert gate_over(socket, clock).wait() is None
    assert socket.sent == ['42["bye",{"code":"unknown_event"}]']


def test_an_event_before_the_connect_is_out_of_order(clock: HandClock) -> None:
    socket = FakeSocket('42["leave",{}]')

    assert gate_over(socket, clock, connected=False).wait() is None
    assert socket.sent == ['42["bye",{"code":"out_of_order"}]']


def test_a_second_connect_is_refused(clock: HandClock) -> None:
    gate = gate_over(FakeSocket('40{"v":1}', '40{"v":1}'), clock)

    assert gate.wait() == '40{"v":1}'
    assert gate.wait() is None


def test_a_goodbye_passes_and_ends_the_reading(clock: HandClock) -> None:
    gate = gate_over(FakeSocket("41", "3"), clock)

    assert gate.wait() == "41"
    assert gate.wait() is None


def test_frames_above_the_budget_are_too_many(clock: HandClock) -> None:
    burst = int(FRAMES.burst)
    socket = FakeSocket(*["3"] * (burst + 1))
    gate = gate_over(socket, clock)

    assert [gate.wait() for _ in range(burst)] == ["3"] * burst
    assert gate.wait() is None
    assert socket.sent == ['42["bye",{"code":"too_many"}]']


def test_bytes_above_the_budget_are_too_many(clock: HandClock) -> None:
    large = '42["leave",{"x":"' + "x" * 30_000 + '"}]'
    frames = int(BYTES.burst) // len(large) + 1
    socket = FakeSocket(*[large] * (frames + 5))
    gate = gate_over(socket, clock)

    assert gate.wait() is None

    assert socket.sent == ['42["bye",{"code":"too_many"}]']
    assert len(socket.frames) == 5


def test_the_budget_fills_again_with_time(clock: HandClock) -> None:
    burst = int(FRAMES.burst)
    gate = gate_over(FakeSocket(*["3"] * (burst + 20)), clock)
    for _ in range(burst):
        gate.wait()

    clock.advance(seconds=1)

    assert [gate.wait() for _ in range(20)] == ["3"] * 20


def test_a_flood_would_pass_if_nobody_counted(clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpline.sockets.budget.Budget.allows", lambda *_: True)
    frames = int(FRAMES.burst) * 3
    gate = gate_over(FakeSocket(*["3"] * frames), clock)

    assert [gate.wait() for _ in range(frames)] == ["3"] * frames, "planted: this is what the other tests must notice"


def test_who_does_not_connect_in_time_is_to_be_closed(clock: HandClock) -> None:
    gate = gate_over(FakeSocket(), clock, connected=False)
    clock.advance(seconds=CONNECT_SECONDS)
    assert not gate.sweep()

    clock.advance(seconds=1)

    assert gate.sweep()


def test_who_does_not_go_after_the_goodbye_is_cut_off(clock: HandClock) -> None:
    socket = FakeSocket()
    gate = gate_over(socket, clock)
    gate.finish()
    gate.sweep()
    assert not socket.aborted

    clock.advance(seconds=LINGER_SECONDS + 1)
    gate.sweep()

    assert socket.aborted
