"""One process of many."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

PAUSES_SECONDS: Final = (0.1, 0.5, 2.0, 10.0)  # before it is started again, for each death in a row
LONG_SECONDS: Final = 60.0  # who lived so long has not died in a row


@dataclass(slots=True)
class Worker:
    """One process. What it says when it is ready is kept in `said`."""

    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[str] | None = field(default=None, init=False)
    said: str = field(default="", init=False)
    started_at: float = field(default=0.0, init=False)
    again_at: float | None = field(default=None, init=False)
    deaths: int = field(default=0, init=False)

    def start(self) -> None:
        """Start it, and return before it is ready."""
        self.said, self.again_at, self.started_at = "", None, time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - this program itself
            self.command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        threading.Thread(target=self._hear, args=(self.process,), daemon=True).start()

    def ended(self) -> int | None:
        """Return the status it ended with, None while it lives."""
        return None if self.process is None else self.process.poll()

    def ask_to_stop(self) -> None:
        """Ask it to finish what is under way, and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> None:
        """Wait until it has ended; after so many seconds it is made to."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def look(self) -> None:
        """Start it again if it has died, after a pause that grows with each death in a row."""
        now = time.monotonic()
        if self.ended() is None:
            return
        if self.again_at is None:
            self.deaths = 0 if now - self.started_at >= LONG_SECONDS else self.deaths
            self.again_at = now + PAUSES_SECONDS[min(self.deaths, len(PAUSES_SECONDS) - 1)]
            self.deaths += 1
        elif now >= self.again_at:
            self.start()

    def _hear(self, process: subprocess.Popen[str]) -> None:
        stdout = process.stdout
        if stdout is None:
            return
        with stdout:
            said = stdout.readline()
        if process is self.process:
            self.said = said
