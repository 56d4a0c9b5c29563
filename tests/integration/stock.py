"""A Socket.IO server as the libraries make it, unguarded: what our tests of the sockets must find wanting.

`python -m tests.integration.stock PORT` serves until it is stopped.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.servers import ROOT, free_port

START_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Target:
    """A server to be attacked."""

    port: int
    origin: str
    pid: int


@contextlib.contextmanager
def stock_server() -> Iterator[Target]:
    """Run one until the block ends."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.stock", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.2)
            yield Target(port, f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.kill()


def serve(port: int) -> None:
    """Serve on eventlet, as the documentation of the libraries begins."""
    import eventlet

    eventlet.monkey_patch()
    import eventlet.wsgi
    from flask import Flask
    from flask_socketio import SocketIO

    app = Flask("stock")
    stock = SocketIO(app, async_mode="eventlet", cors_allowed_origins=[f"http://127.0.0.1:{port}"])
    stock.on_event("leave", lambda *_: {"ok": True})
    stock.on_event("connect", lambda *_: None)
    listener = eventlet.listen(("127.0.0.1", port), reuse_port=False)
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
    eventlet.wsgi.server(listener, app, log_output=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
