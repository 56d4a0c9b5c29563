"""How many requests are being answered, connections that stay open among them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Final

from helpline.runtime.kinds import App, Environ, StartResponse

LANDING_SECONDS: Final = 0.02  # between two looks whether all have landed


class Flights:
    """Counts the requests that have begun and not ended, of every program that is put in `around`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    @property
    def all_landed(self) -> bool:
        """Whether nobody is being answered."""
        return self._count == 0

    def around(self, app: App) -> App:
        """Return `app`, counted."""

        def counted(environ: Environ, start: StartResponse) -> Iterable[bytes]:
            self._add(1)
            try:
                return app(environ, start)
            finally:
                self._add(-1)

        return counted

    def _add(self, more: int) -> None:
        with self._lock:
            self._count += more
