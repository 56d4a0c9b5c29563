"""Being told to stop."""

from __future__ import annotations

import signal
from types import FrameType


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
