"""Being told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from types import FrameType
from typing import Final

TELL_AT_PARENTS_DEATH: Final = 1  # PR_SET_PDEATHSIG. Source: prctl(2)


def stop_with(parent: int) -> None:
    """Be told to stop when the process that started this one has ended, however it ended. On Linux alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TELL_AT_PARENTS_DEATH, signal.SIGTERM)
        if os.getppid() != parent:  # it was faster
            os.kill(os.getpid(), signal.SIGTERM)


class Stop:
    """Becomes true when the process is told to stop."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take SIGTERM and SIGINT as a wish to stop. Only the main thread may call this."""
        for kind in (signal.SIGTERM, signal.SIGINT):
            signal.signal(kind, self._ask)

    def _ask(self, _kind: int, _frame: FrameType | None) -> None:
        self.asked = True
