"""A program that answers with what reached it, served as the helpline is: behind a door, or without one.

`python -m tests.integration.mirror RUNTIME PORT door|none` serves until it is stopped.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterable, Iterator

from helpline.registry import Program
from helpline.runtime.kinds import Environ, Listener, Service, StartResponse
from tests.servers import ROOT, free_port


@contextlib.contextmanager
def mirror(runtime: str, *, door: bool) -> Iterator[int]:
    """Serve one until the block ends; gives its port."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "tests.integration.mirror", runtime, str(port)]
    command.append("door" if door else "none")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield port
        finally:
            process.kill()


def reflect(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    """Answer with everything that came in."""
    body = repr(sorted(environ.items(), key=lambda item: item[0])).encode()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), ("Connection", "close")])
    return [body]


def serve(runtime: str, port: int, *, door: bool) -> None:
    """Serve on either runtime."""
    if runtime == "eventlet":
        from helpline.runtime.eventlet_patch import patch

        patch()
        from helpline.runtime.eventlet_serve import EventletRuntime as Runtime
    else:
        from helpline.runtime.threading_serve import ThreadingRuntime as Runtime  # type: ignore[assignment]
    from helpline.web.door import Door, Rules

    rules = Rules(program=Program.PERSON, origin=f"http://127.0.0.1:{port}")
    app = Door(reflect, rules) if door else reflect
    listeners = (Listener(host="127.0.0.1", port=port, app=app),)
    ready = lambda: print("ready", flush=True)  # noqa: E731, T201 - whoever started it waits for this
    Runtime().serve(Service(listeners=listeners, tick=lambda: None, ready=ready, close=lambda: None))


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]), door=sys.argv[3] == "door")
