"""A log that also remembers whether something failed lately."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from helpline.logs import Log

LATELY: Final = timedelta(minutes=15)


class Failures:
    """The port Log, before another one."""

    def __init__(self, log: Log, now: Callable[[], datetime]) -> None:
        self._log = log
        self._now = now
        self._failed_at: datetime | None = None

    def info(self, event: str, **fields: object) -> Any:
        """Say that something ordinary happened."""
        self._log.info(event, **fields)

    def warning(self, event: str, **fields: object) -> Any:
        """Say that something needs a look."""
        self._log.warning(event, **fields)

    def error(self, event: str, **fields: object) -> Any:
        """Say that something is wrong, and remember it."""
        self._failed_at = self._now()
        self._log.error(event, **fields)

    def lately(self) -> bool:
        """Tell whether something failed in the last quarter of an hour."""
        return self._failed_at is not None and self._now() - self._failed_at < LATELY
