"""Figures of operations, too coarse to tell of anybody.

A counter moves every quarter of an hour, by fives: who looks at it cannot see one person come or go. What holds at this
moment is said as yes or no, and only of the helpline itself.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from helpline.registry import ALARMS, COUNTERS

STEP_SECONDS: Final = 15 * 60
LEAST: Final = 5

Handler = Callable[[str, Any], Mapping[str, object] | None]  # of a connection, and what it said


class Figures:
    """Counts what is declared.

    Args:
        now: the time.
        alarms: by declared name, whether it holds at this moment.
    """

    def __init__(self, now: Callable[[], datetime], alarms: Mapping[str, Callable[[], bool]]) -> None:
        self._now = now
        self._alarms = alarms
        self._counted: Counter[str] = Counter()
        self._shown: Mapping[str, int] = {each.name: 0 for each in COUNTERS}
        self._quarter = self._quarter_of(now())
        self._lock = threading.Lock()

    def count(self, name: str) -> None:
        """Count one more. Raises KeyError if it is not declared."""
        with self._lock:
            self._step()
            self._shown[name]  # only what is declared
            self._counted[name] += 1

    def counting(self, handlers: Mapping[str, Handler], names: Mapping[str, str]) -> dict[str, Handler]:
        """Return handlers of events, of which those in `names` count once they have done what was asked."""
        return {
            event: self._counted_by(handler, names[event]) if event in names else handler
            for event, handler in handlers.items()
        }

    def as_text(self) -> str:
        """Return everything as Prometheus reads it. Source: its text exposition format, version 0.0.4."""
        with self._lock:
            self._step()
            shown = self._shown
        lines: list[str] = []
        for each in COUNTERS:
            lines += _said(each.name, "counter", each.holds, (f"{each.name} {shown[each.name]}",))
        values = (f'helpline_alarm{{kind="{each.name}"}} {int(self._alarms[each.name]())}' for each in ALARMS)
        lines += _said("helpline_alarm", "gauge", "1 if somebody should look: see docs/operating.md", values)
        return "\n".join(lines) + "\n"

    def _counted_by(self, handler: Handler, name: str) -> Handler:
        def handle(connection: str, said: object) -> Mapping[str, object] | None:
            answer = handler(connection, said)
            self.count(name)
            return answer

        return handle

    def _step(self) -> None:
        """Show what had come together when the last quarter ended, in whole fives."""
        quarter = self._quarter_of(self._now())
        if quarter != self._quarter:
            self._quarter = quarter
            self._shown = {name: self._counted[name] // LEAST * LEAST for name in self._shown}

    @staticmethod
    def _quarter_of(moment: datetime) -> int:
        return int(moment.timestamp()) // STEP_SECONDS


def _said(name: str, kind: str, holds: str, values: Iterable[str]) -> list[str]:
    return [f"# HELP {name} {holds}", f"# TYPE {name} {kind}", *values]
