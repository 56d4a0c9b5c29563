"""Makes the standard library cooperative. Imported and called before anything else that could hold a lock."""

from __future__ import annotations

import os
import warnings


def patch() -> None:
    """Patch the standard library for green threads."""
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # chosen all the same: docs/adr/0002
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # names are resolved by the system, as everywhere else
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")  # or each query would hold up everybody
    import eventlet
    import eventlet.debug

    eventlet.monkey_patch()
    eventlet.debug.hub_exceptions(state=False)  # its traces would go to the standard error with whatever they hold
