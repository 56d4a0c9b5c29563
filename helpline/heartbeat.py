"""What happens once a second, and what once an hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Final

from helpline.logs import Log, report
from helpline.runtime.kinds import Runtime

KEEP_UP_SECONDS: Final = 3600.0


class Heartbeat:
    """Runs the use case that lets time pass, and whatever else must look around every second.

    Args:
        beats: called every second, each while it holds `turn`; one that fails is logged, the others go on.
        keep_up: slow work, done every hour on a native thread.
    """

    def __init__(
        self, *, beats: Sequence[Callable[[], None]], keep_up: Callable[[], None], runtime: Runtime,
        turn: AbstractContextManager[object], steady: Callable[[], float], log: Log,
    ) -> None:
        self._beats = beats
        self._keep_up = keep_up
        self._runtime = runtime
        self._turn = turn
        self._steady = steady
        self._log = log
        self._kept_up_at = steady()

    def __call__(self) -> None:
        """Let a second pass."""
        for beat in self._beats:
            with self._turn:
                self._do("A tick failed.", beat)
        if self._steady() - self._kept_up_at >= KEEP_UP_SECONDS:
            self._kept_up_at = self._steady()
            self._runtime.spawn(self._do, "The hourly work failed.", lambda: self._runtime.offload(self._keep_up))

    def _do(self, failed: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the next second comes all the same
            report(self._log, failed, error)
