"""How many messages one second of the server's processor carries: ours beside four others, in slices by turns.

Fifty conversations; 300 bytes each way, acknowledged to the sender, four of each end under way. Ours is the whole
installation: it keeps each message until the other end has said that it holds it, which none of the others does.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.report import percentile, report
from tests.benchmarks.speed import servers
from tests.benchmarks.speed.home import make_home
from tests.benchmarks.speed.load import Load, load_on
from tests.benchmarks.speed.servers import Server
from tests.redis_server import redis_server

PAIRS, WINDOW = 50, 4
SLICE_SECONDS, ROUNDS = 1.0, 6
OTHERS = ("stock", "threading", "asgi", "node")
LEAST = {"vs_stock": 2.5, "vs_asgi": 1.0, "redis_vs_stock_redis": 4.0}


def main() -> int:
    """Measure by turns, print, and say by the exit code whether every goal holds."""
    with tempfile.TemporaryDirectory() as home, _all(Path(home)) as loads:
        costs: dict[str, list[float]] = {server.name: [] for server, _ in loads}
        for _, load in loads:
            load.runs(SLICE_SECONDS / 2, window=WINDOW)  # warms it up
        for _ in range(ROUNDS):
            for server, load in loads:
                costs[server.name].append(_per_cpu_second(server, load))
    per_cpu_second = {name: percentile(each, 0.5) for name, each in costs.items()}
    figures = {f"vs_{name}": per_cpu_second["ours"] / per_cpu_second[name] for name in OTHERS}
    figures["redis_vs_stock_redis"] = per_cpu_second["ours_redis"] / per_cpu_second["stock_redis"]
    return report("relay", figures | {f"{name}_per_cpu_s": each for name, each in per_cpu_second.items()}, least=LEAST)


@contextlib.contextmanager
def _all(home: Path) -> Iterator[list[tuple[Server, Load]]]:
    alone, shared = home / "alone", home / "shared"
    with contextlib.ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        running = [
            stack.enter_context(servers.ours(alone, make_home(alone, PAIRS))),
            stack.enter_context(servers.stock()),
            stack.enter_context(servers.stock("threading")),
            stack.enter_context(servers.asgi()),
            stack.enter_context(servers.node()),
            stack.enter_context(servers.ours(shared, make_home(shared, PAIRS), redis_url=redis.url)),
            stack.enter_context(servers.stock("eventlet", f"unix://tester:any@{redis.socket}")),
        ]
        yield [(each, stack.enter_context(load_on([each], pairs=PAIRS))) for each in running]


def _per_cpu_second(server: Server, load: Load) -> float:
    before = server.cpu_seconds()
    told = load.runs(SLICE_SECONDS, window=WINDOW)
    assert not told["losses"], f"{server.name} lost connections"
    return float(told["relayed"]) / (server.cpu_seconds() - before)


if __name__ == "__main__":
    sys.exit(main())
