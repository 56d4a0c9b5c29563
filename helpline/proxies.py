"""The configuration of a proxy before many processes: the templates in config/, with the ports of this start."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CONFIG: Final = Path(__file__).resolve().parent.parent / "config"
HAPROXY, NGINX = CONFIG / "haproxy.cfg", CONFIG / "nginx.conf"
PORTS_EACH: Final = 4  # persons, staff, the gateway's, and the private one
STAFF, PRIVATE = 1, 3  # how far from the first
LINE: Final = re.compile(r"\s*(?P<word>bind|listen|server) (?P<rest>.*) # (?P<program>person|staff)")
ADDRESS: Final = re.compile(r"127\.0\.0\.1:\d+")
CHECKED: Final = re.compile(r"check port \d+")
NAME: Final = re.compile(r"worker\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the proxy listens, and the first port of each process.

    Process number i, counted from one, has the ports from the proxy's plus four times i.
    """

    proxy: int
    workers: Sequence[int]

    @classmethod
    def of(cls, first: int, count: int) -> Ports:
        """Return the ports of so many processes."""
        return cls(proxy=first, workers=tuple(first + PORTS_EACH * number for number in range(1, count + 1)))


def rendered(template: str, ports: Ports) -> str:
    """Return a template with these ports: its lines that end in a program's name are made anew."""
    return "".join(_lines(template, ports))


def _lines(template: str, ports: Ports) -> Iterator[str]:
    done: set[str] = set()
    for line in template.splitlines(keepends=True):
        found = LINE.match(line)
        if found is None:
            yield line
            continue
        more = STAFF if found["program"] == "staff" else 0
        if found["word"] != "server":
            yield ADDRESS.sub(f"127.0.0.1:{ports.proxy + more}", line)
        elif found["program"] not in done:
            done.add(found["program"])
            yield from (_server(line, number, port, more) for number, port in enumerate(ports.workers, start=1))


def _server(line: str, number: int, port: int, more: int) -> str:
    line = ADDRESS.sub(f"127.0.0.1:{port + more}", line)
    return NAME.sub(f"worker{number}", CHECKED.sub(f"check port {port + PRIVATE}", line))
