"""Start a helpline: patch if the runtime needs it, read the settings, build, serve.

This file alone imports helpline/runtime/eventlet_*.py; the rest does not know which runtime it has.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from helpline.runtime.stopping import stop_with
from helpline.settings import BadSettings, RuntimeName, Settings, environment

UNUSABLE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop; return the process's exit status."""
    given = read_arguments(arguments)
    try:
        settings = Settings.from_environment(
            environment(), port=given.port, host=given.host, runtime=given.runtime
        )
        if given.workers is not None:
            from helpline.workers.starting import supervise

            return supervise(settings, given.workers, environment(), _say, as_json=given.json)
        if given.under is not None:
            stop_with(given.under)
        return serve(settings, as_json=given.json)
    except BadSettings as bad:
        return refuse(bad.problems)
    except KeyboardInterrupt:  # before it served: afterwards it stops by itself
        return INTERRUPTED


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="run", description="Serve a helpline: persons on port N, staff on N+1.")
    parser.add_argument("--port", metavar="N", help="the person's port; staff are served on N+1 (8000)")
    parser.add_argument("--host", help="the address to listen on (127.0.0.1); a demo takes no other")
    parser.add_argument("--runtime", help="eventlet (the default) or threading")
    parser.add_argument(
        "--workers", metavar="N", help="so many processes, on N+4, N+8 and so on, behind a proxy; needs a Redis"
    )
    parser.add_argument("--under", metavar="PID", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="when ready, say everything in one JSON line")
    return parser.parse_args(arguments)


def serve(settings: Settings, *, as_json: bool) -> int:
    """Choose the runtime before anything else is loaded, then build and serve."""
    if settings.runtime is RuntimeName.EVENTLET:
        from helpline.runtime.eventlet_patch import patch

        patch()
        from helpline.runtime.eventlet_serve import EventletRuntime as Runtime
    else:
        from helpline.runtime.threading_serve import ThreadingRuntime as Runtime  # type: ignore[assignment]
    from helpline.bootstrap import build
    from helpline.installation import NOBODY_ON_CALL
    from helpline.runtime.announce import Announcement
    from helpline.runtime.listening import CannotListenError
    from helpline.web.static import BadBuild

    try:
        helpline = build(settings, Runtime())
    except BadBuild as bad:
        return refuse((str(bad),))
    if settings.on_call.is_empty and not helpline.installation.site.demo:
        print(NOBODY_ON_CALL, file=sys.stderr)
    said = Announcement(
        person=settings.person_origin,
        staff=settings.staff_origin,
        home=settings.home,
        sign_ins=helpline.installation.sign_ins,
    )
    try:
        return helpline.runtime.serve(
            helpline.service(ready=lambda: print(said.as_json() if as_json else said.as_lines(), flush=True))
        )
    except CannotListenError as cannot:
        return refuse((str(cannot),))


def _say(said: str) -> None:
    print(said, flush=True)


def refuse(problems: Sequence[str]) -> int:
    """Say what is wrong, every problem on a line."""
    print("\n".join(problems), file=sys.stderr)
    return UNUSABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
