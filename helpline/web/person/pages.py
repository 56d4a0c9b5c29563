"""The person's pages: made once a minute, the same bytes for everybody who asks within it.

A page is a function of its path, the organisation's site.json and the public state of the lines at that minute.
Nothing of the request goes in.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from helpline.ports import Clock
from helpline.web.encoding import IDENTITY

Forms = Mapping[str, bytes]
Make = Callable[[str, datetime], str]
GZIP_LEVEL = 9


class MinutePages:
    """Keeps what was made for this minute, and forgets it with the next. `make(key, minute)` returns the text."""

    def __init__(self, clock: Clock, make: Make) -> None:
        self._clock = clock
        self._make = make
        self._minute: datetime | None = None
        self._kept: dict[str, Forms] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Forms:
        """Return the stored forms of a page: plain and gzip."""
        minute = self._clock.now().replace(second=0, microsecond=0)
        with self._lock:
            if minute != self._minute:
                self._minute, self._kept = minute, {}
            if key not in self._kept:
                body = self._make(key, minute).encode()
                self._kept[key] = {IDENTITY: body, "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0)}
            return self._kept[key]

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield everything held."""
        for key, forms in dict(self._kept).items():
            yield "page", key
            for form in forms.values():
                yield "form", form
