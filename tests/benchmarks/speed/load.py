"""The load on one server, in a process of its own: load.mjs, told what to do line by line."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.benchmarks.speed.servers import Server
from tests.servers import ROOT


class Load:
    """Connected pages, and what they are told to do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def says(self) -> Mapping[str, Any]:
        """Wait for its next word."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the load broke off"
        told: Mapping[str, Any] = json.loads(line)
        return told

    def runs(self, seconds: float, *, window: int = 0, rate: float = 0) -> Mapping[str, Any]:
        """Send for so long, with a window or at a rate; return what arrived and how late."""
        return self._does({"do": "run", "seconds": seconds, "window": window, "rate": rate})

    def connects(self, count: int) -> Mapping[str, Any]:
        """Open so many connections more, all at once; return how long it took."""
        return self._does({"do": "connect", "count": count})

    def drops(self) -> None:
        """Close those again."""
        self._does({"do": "drop"})

    def losses(self) -> int:
        """Say how many connections were lost."""
        return int(self._does({"do": "losses"})["losses"])

    def _does(self, asked: Mapping[str, object]) -> Mapping[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return self.says()


@contextlib.contextmanager
def load_on(servers: Sequence[Server], *, pairs: int = 0, offers_deflate: bool = False) -> Iterator[Load]:
    """Connect so many pairs, spread over the processes of one service, until the block ends."""
    plan = {
        "kind": servers[0].kind, "pairs": pairs, "cookies": list(servers[0].cookies),
        "persons": [each.person for each in servers], "staff": [each.staff for each in servers],
        "offersDeflate": offers_deflate,
    }
    command = ["node", "tests/benchmarks/speed/load.mjs", json.dumps(plan)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as process:
        try:
            load = Load(process)
            assert load.says()["ready"] == 2 * pairs
            yield load
        finally:
            process.kill()
