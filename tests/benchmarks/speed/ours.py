"""Ours, whole, as `wsgi.py` serves it; only what one connection may send is more than any page would.

`python -m tests.benchmarks.speed.ours PORT HOME [RUNTIME]` serves until it is stopped. Told by SIGUSR1 it says how long
its event loop stood still at most since it was told last, in milliseconds; by SIGUSR2 it starts a child that computes.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

PLENTY = 1e9
TICK_SECONDS = 0.005
CHILD = "import time\nuntil = time.monotonic() + 3\nwhile time.monotonic() < until: pass"


class Spawning(Protocol):
    """What is needed of a runtime."""

    def spawn(self, work: Callable[..., object], *args: object) -> None:
        """Do `work` beside what is going on."""

    def sleep(self, seconds: float) -> None:
        """Wait without keeping anybody else waiting."""

    def offload(self, work: Callable[[], object]) -> object:
        """Do slow work on a native thread."""


class Ticker:
    """Looks at the clock two hundred times a second from within the server: what holds everybody up shows as a gap."""

    def __init__(self, runtime: Spawning) -> None:
        self._runtime = runtime
        self._asked: list[int] = []
        signal.signal(signal.SIGUSR1, lambda number, _frame: self._asked.append(number))
        signal.signal(signal.SIGUSR2, lambda number, _frame: self._asked.append(number))

    def run(self) -> None:
        """Tick until the process ends."""
        longest_seconds, last = 0.0, time.monotonic()
        while True:
            self._runtime.sleep(TICK_SECONDS)
            now = time.monotonic()
            longest_seconds = max(longest_seconds, now - last - TICK_SECONDS)
            last = now
            asked = self._asked.pop() if self._asked else None
            if asked == signal.SIGUSR1:
                _say(f"{longest_seconds * 1000:.1f}")
                longest_seconds = 0.0
            elif asked == signal.SIGUSR2:
                self._runtime.spawn(self._runtime.offload, lambda: subprocess.run([sys.executable, "-c", CHILD]))


def _say(word: str) -> None:
    print(word, flush=True)  # noqa: T201 - whoever started it waits for this


def serve(port: int, home: str, runtime: str = "eventlet") -> int:
    """Serve `home`, which `make_home` has made."""
    if runtime == "eventlet":
        from helpline.runtime.eventlet_patch import patch

        patch()
        from helpline.runtime.eventlet_serve import EventletRuntime as Runtime
    else:
        from helpline.runtime.threading_serve import ThreadingRuntime as Runtime  # type: ignore[assignment]
    from helpline.bootstrap import build
    from helpline.settings import Settings, environment
    from helpline.sockets.budget import Allowance, Budget

    plenty = Allowance(burst=PLENTY, per_second=PLENTY)
    given = {**environment(), "HELPLINE_HOME": home, "HELPLINE_CALM_JOINS": "1000000"}  # nobody is asked for work
    helpline = build(
        Settings.from_environment(given, port=port, runtime=runtime), Runtime(),
        budget_of=lambda at: Budget(at, plenty, plenty),
    )
    helpline.runtime.spawn(Ticker(helpline.runtime).run)
    return helpline.runtime.serve(helpline.service(ready=lambda: _say("ready")))


if __name__ == "__main__":
    sys.exit(serve(int(sys.argv[1]), str(Path(sys.argv[2])), *sys.argv[3:]))
