"""The log: one JSON object a line, and only fields that helpline/registry.py declares.

A list of what may be written forgets nothing; a list of what may not always does. Whatever else is handed over is
left out and counted, so that a leak shows as a number and not as a name.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, MutableMapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, TextIO

import structlog

from helpline.registry import LOG_FIELDS, LogField

WORDS_MOST = 120
OUR_FOLDER = Path(__file__).parent.parent


class Log(Protocol):
    """What code may do with the log: `event` is a constant phrase, the rest are declared fields."""

    def info(self, event: str, **fields: object) -> Any:
        """Say that something ordinary happened."""

    def warning(self, event: str, **fields: object) -> Any:
        """Say that something needs a look."""

    def error(self, event: str, **fields: object) -> Any:
        """Say that something is wrong."""


def make_log(stream: TextIO, now: Callable[[], datetime], fields: Iterable[LogField] = LOG_FIELDS) -> Log:
    """Return a log that writes declared fields to `stream`, times rounded down to the minute."""
    allowed = frozenset(field.name for field in fields)

    def keep_declared(_: object, method: str, record: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        record["level"] = method
        record["minute"] = now().replace(second=0, microsecond=0).isoformat()
        kept = {name: value for name, value in record.items() if name in allowed and _plain(value)}
        if len(kept) < len(record):
            kept["dropped"] = len(record) - len(kept)
        return kept

    log: Log = structlog.wrap_logger(
        structlog.PrintLogger(stream),
        processors=[keep_declared, structlog.processors.JSONRenderer(sort_keys=True)],
        wrapper_class=structlog.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return log


def report(log: Log, event: str, error: BaseException) -> None:
    """Log an unexpected error: its class and our own line, never its text, which may hold anything."""
    log.error(event, code="internal", kind=type(error).__name__, where=_where(error.__traceback__))


def _plain(value: object) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and len(value) <= WORDS_MOST)


def _where(trace: TracebackType | None) -> str:
    ours = [frame for frame in traceback.extract_tb(trace) if Path(frame.filename).is_relative_to(OUR_FOLDER)]
    ours = [frame for frame in ours if "site-packages" not in frame.filename]
    if not ours:
        return "outside"
    return f"{Path(ours[-1].filename).relative_to(OUR_FOLDER)}:{ours[-1].lineno}"
