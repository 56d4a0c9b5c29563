"""What a connection costs that says nothing, beside stock Flask-SocketIO, and how many one process holds.

Each offers compression, as every browser does. The connections stay for three pings and are counted again.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.report import report
from tests.benchmarks.speed import servers
from tests.benchmarks.speed.home import make_home
from tests.benchmarks.speed.load import Load, load_on
from tests.benchmarks.speed.servers import Server

AT_ONCE, COMPARED, HELD = 500, 2_000, 8_000
STAY_SECONDS = 35
MOST, LEAST = {"memory_vs_stock": 0.45}, {"connections_held": 8_000}


def main() -> int:
    """Measure, print, and say by the exit code whether every goal holds."""
    with servers.stock() as stock, load_on([stock], offers_deflate=True) as load:
        stock_bytes = _cost_bytes(stock, load)
    with tempfile.TemporaryDirectory() as home:
        cookies = make_home(Path(home), 1)
        with servers.ours(Path(home), cookies) as ours, load_on([ours], offers_deflate=True) as load:
            our_bytes = _cost_bytes(ours, load)
            _connect(load, HELD - COMPARED)
            cpu_before = ours.cpu_seconds()
            time.sleep(STAY_SECONDS)
            cpu_seconds = ours.cpu_seconds() - cpu_before
            held, memory_bytes = HELD - load.losses(), ours.memory_bytes()
    figures = {
        "memory_vs_stock": our_bytes / stock_bytes, "connections_held": held, "ours_kb": our_bytes / 1000,
        "stock_kb": stock_bytes / 1000, "held_mb": memory_bytes / 1e6, "held_cpu_share": cpu_seconds / STAY_SECONDS,
    }
    return report("idle", figures, MOST, least=LEAST)


def _cost_bytes(server: Server, load: Load) -> float:
    before = server.memory_bytes()
    _connect(load, COMPARED)
    return (server.memory_bytes() - before) / COMPARED


def _connect(load: Load, count: int) -> None:
    for _ in range(count // AT_ONCE):
        load.connects(AT_ONCE)


if __name__ == "__main__":
    sys.exit(main())
