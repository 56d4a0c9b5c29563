"""How late words are: 300 conversations over two processes on one Redis, and one process half as busy as it can be.

From the moment at which a message was due until the other end has it: who waits behind others counts as late.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.report import report
from tests.benchmarks.speed import servers
from tests.benchmarks.speed.home import make_home
from tests.benchmarks.speed.load import load_on
from tests.redis_server import redis_server

CONVERSATIONS, MESSAGES_A_SECOND, SECONDS = 300, 120, 20.0
PAIRS, WINDOW, SATURATED_SECONDS = 50, 4, 2.0
MOST = {"p95_ms": 150, "p99_ms": 400, "half_p99_ms": 20}


def main() -> int:
    """Measure, print, and say by the exit code whether every goal holds."""
    with tempfile.TemporaryDirectory() as home:
        many = _on_two(Path(home))
    with tempfile.TemporaryDirectory() as home:
        rate, half = _half(Path(home))
    figures = {name: many[name] for name in ("p50_ms", "p95_ms", "p99_ms", "worst_ms")}
    figures |= {"half_p50_ms": half["p50_ms"], "half_p99_ms": half["p99_ms"], "half_rate": rate}
    return report("latency", figures, MOST)


def _on_two(home: Path) -> Mapping[str, Any]:
    cookies = make_home(home, CONVERSATIONS)
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        both = [stack.enter_context(servers.ours(home, cookies, redis_url=redis.url)) for _ in range(2)]
        load = stack.enter_context(load_on(both, pairs=CONVERSATIONS))
        told = load.runs(SECONDS, rate=MESSAGES_A_SECOND)
    assert not told["losses"], "connections were lost"
    assert told["relayed"] == told["sent"], "something has not arrived"
    return told


def _half(home: Path) -> tuple[float, Mapping[str, Any]]:
    """Measure at half of what the process can do, here and now."""
    with servers.ours(home, make_home(home, PAIRS)) as alone, load_on([alone], pairs=PAIRS) as load:
        load.runs(SATURATED_SECONDS / 2, window=WINDOW)
        most = load.runs(SATURATED_SECONDS, window=WINDOW)
        rate = most["relayed"] / most["seconds"] / 2
        return rate, load.runs(SECONDS / 2, rate=rate)


if __name__ == "__main__":
    sys.exit(main())
