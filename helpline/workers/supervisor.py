"""Keeps many processes alive."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import Any, Final

from helpline.runtime.stopping import Stop
from helpline.workers.worker import Worker

LOOK_SECONDS: Final = 0.05
READY_SECONDS: Final = 90.0
STOP_SECONDS: Final = 10.0  # a process needs five at most


class Supervisor:
    """Keeps so many workers alive until it is told to stop. SIGHUP has them replaced, one after the other."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self._workers = workers
        self._stop = Stop()
        self._renew = False

    def serve(self, ready: Callable[[Mapping[str, Any]], None]) -> int:
        """Serve until told to stop; `ready` hears what the first one said once all of them answer.

        The first one is alone until it is ready: it makes what is missing.
        """
        self._stop.listen()
        signal.signal(signal.SIGHUP, self._ask_to_renew)
        try:
            for worker in self._workers[:1], self._workers[1:]:
                status = self._begin(worker)
                if status is not None:
                    return status
            ready(json.loads(self._workers[0].said))
            while not self._stop.asked:
                if self._renew:
                    self._renew = False
                    self._replace()
                for each in self._workers:
                    each.look()
                time.sleep(LOOK_SECONDS)
            return 0
        finally:
            self._end(self._workers)

    def _begin(self, workers: Sequence[Worker]) -> int | None:
        """Start these and wait until all are ready; return a status if that cannot be."""
        for worker in workers:
            worker.start()
        until = time.monotonic() + READY_SECONDS
        while not all(worker.said for worker in workers):
            ended = [status for status in (worker.ended() for worker in workers) if status is not None]
            if ended or self._stop.asked or time.monotonic() > until:
                return next(filter(None, ended), 0 if self._stop.asked else 1)
            time.sleep(LOOK_SECONDS)
        return None

    def _replace(self) -> None:
        """Stop each worker and start it again, the next one when it is ready."""
        for worker in self._workers:
            if self._stop.asked:
                return
            self._end([worker])
            self._begin([worker])

    @staticmethod
    def _end(workers: Sequence[Worker]) -> None:
        for worker in workers:
            worker.ask_to_stop()
        until = time.monotonic() + STOP_SECONDS
        for worker in workers:
            worker.wait(until - time.monotonic())

    def _ask_to_renew(self, _kind: int, _frame: FrameType | None) -> None:
        self._renew = True
