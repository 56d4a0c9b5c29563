"""Small work that is done again and again beside everything else, and never twice at once."""

from __future__ import annotations

from collections.abc import Callable

from helpline.logs import Log, report
from helpline.runtime.kinds import Runtime


class Refreshing:
    """Called every second; does its work beside the beat, so that a slow database keeps nobody waiting."""

    def __init__(
        self, work: Callable[[], None], *, every_seconds: float, runtime: Runtime, steady: Callable[[], float], log: Log
    ) -> None:
        self._work = work
        self._every_seconds = every_seconds
        self._runtime = runtime
        self._steady = steady
        self._log = log
        self._done_at: float | None = None
        self._is_busy = False

    def beat(self) -> None:
        """Begin the work if it is due, and not under way."""
        now = self._steady()
        if self._is_busy or (self._done_at is not None and now - self._done_at < self._every_seconds):
            return
        self._is_busy, self._done_at = True, now
        self._runtime.spawn(self._do)

    def _do(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - what was known stays known, and the next time comes
            report(self._log, "What other processes wrote could not be looked up.", error)
        finally:
            self._is_busy = False
