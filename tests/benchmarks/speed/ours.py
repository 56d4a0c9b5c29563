"""Ours, whole, as `wsgi.py` serves it; only what one connection may send is more than any page would.

`python -m tests.benchmarks.speed.ours PORT HOME [RUNTIME]` serves until it is stopped.
"""

from __future__ import annotations

import sys

PLENTY = 1e9


def _ready() -> None:
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this


def serve(port: int, home: str, runtime: str = "eventlet") -> int:
    """Serve `home`, which `make_home` has made."""
    if runtime == "eventlet":
        from helpline.runtime.eventlet_patch import patch

        patch()
        from helpline.runtime.eventlet_serve import EventletRuntime as Runtime
    else:
        from helpline.runtime.threading_serve import ThreadingRuntime as Runtime  # type: ignore[assignment]
    from helpline.bootstrap import build
    from helpline.settings import Settings
    from helpline.sockets.budget import Allowance, Budget

    plenty = Allowance(burst=PLENTY, per_second=PLENTY)
    given = {"HELPLINE_HOME": home, "HELPLINE_CALM_JOINS": "1000000"}  # nobody here is asked for work first
    settings = Settings.from_environment(given, port=port, runtime=runtime)
    helpline = build(settings, Runtime(), budget_of=lambda at: Budget(at, plenty, plenty))
    return helpline.runtime.serve(helpline.service(ready=_ready))


if __name__ == "__main__":
    sys.exit(serve(int(sys.argv[1]), *sys.argv[2:]))
