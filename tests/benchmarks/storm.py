"""A thousand connect at once, as when a network is back: how long until the last is served, beside Node's socket.io."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.report import percentile, report
from tests.benchmarks.speed import servers
from tests.benchmarks.speed.home import make_home
from tests.benchmarks.speed.load import load_on

COUNT, ROUNDS = 1_000, 5
MOST = {"vs_node": 1.5}


def main() -> int:
    """Measure by turns, print, and say by the exit code whether every goal holds."""
    took: dict[str, list[float]] = {}
    cost: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as stack:
        cookies = make_home(Path(home), 1)
        running = [stack.enter_context(each) for each in (servers.ours(Path(home), cookies), servers.node())]
        loads = [(each, stack.enter_context(load_on([each]))) for each in running]
        for _ in range(ROUNDS):
            for server, load in loads:
                before = server.cpu_seconds()
                told = load.connects(COUNT)
                cost.setdefault(server.name, []).append((server.cpu_seconds() - before) * 1000)
                assert not told["losses"], f"{server.name} lost connections"
                took.setdefault(server.name, []).append(told["ms"])
                load.drops()
    ms = {name: percentile(each, 0.5) for name, each in took.items()}
    cpu_ms = {name: percentile(each, 0.5) for name, each in cost.items()}
    figures = {"vs_node": ms["ours"] / ms["node"], "cpu_vs_node": cpu_ms["ours"] / cpu_ms["node"]}
    figures |= {f"{name}_ms": each for name, each in ms.items()}
    return report("storm", figures, MOST)


if __name__ == "__main__":
    sys.exit(main())
