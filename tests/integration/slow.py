"""A program that takes its time, served as the helpline is: `python -m tests.integration.slow RUNTIME PORT SECONDS`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from helpline.runtime.kinds import Environ, Listener, Service, StartResponse


def main(runtime: str, port: int, seconds: float) -> None:
    if runtime == "eventlet":
        from helpline.runtime.eventlet_patch import patch

        patch()
        from helpline.runtime.eventlet_serve import EventletRuntime as Runtime
    else:
        from helpline.runtime.threading_serve import ThreadingRuntime as Runtime  # type: ignore[assignment]
    served, said = Runtime(), [b"serving"]

    def answer(start: StartResponse, body: bytes) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(len(body))), ("Connection", "close")])
        return [body]

    def slow(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        served.sleep(seconds if environ["PATH_INFO"] == "/slow" else 3600)
        return answer(start, b"answered")

    def private(_environ: Environ, start: StartResponse) -> Iterable[bytes]:
        return answer(start, said[0])

    def drain() -> None:
        said[0] = b"draining"

    listeners = (
        Listener(host="127.0.0.1", port=port, app=slow),
        Listener(host="127.0.0.1", port=port + 3, app=private, lasts=True),
    )
    ready = lambda: print("ready", flush=True)  # noqa: E731, T201 - whoever started it waits for this
    sys.exit(served.serve(
        Service(listeners=listeners, tick=lambda: None, ready=ready, close=lambda: None, drain=drain)
    ))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
