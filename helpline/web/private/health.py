"""Whether this process may be given work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

DRAINING: Final = "draining"
LOOK_SECONDS: Final = 1.0  # several who ask at once are answered by one look

Check = Callable[[], object]


@dataclass(slots=True, kw_only=True)
class Health:
    """Looks at what the process stands on.

    Args:
        checks: by name, what raises when it does not answer.
        steady: seconds that never go back.
    """

    checks: Mapping[str, Check]
    steady: Callable[[], float]
    is_draining: bool = field(default=False, init=False)
    _away: frozenset[str] = field(default=frozenset(), init=False)
    _looked_at: float | None = field(default=None, init=False)

    def drain(self) -> None:
        """Be given no more work."""
        self.is_draining = True

    def troubles(self) -> tuple[str, ...]:
        """Return the names of what does not answer, in their order, and of an end that has begun."""
        now = self.steady()
        if self._looked_at is None or now - self._looked_at >= LOOK_SECONDS:
            self._looked_at = now
            self._away = frozenset(name for name, check in self.checks.items() if not _answers(check))
        away = tuple(name for name in self.checks if name in self._away)
        return (*away, DRAINING) if self.is_draining else away


def _answers(check: Check) -> bool:
    try:
        check()
    except Exception:  # noqa: BLE001 - whatever it is, it does not answer
        return False
    return True
