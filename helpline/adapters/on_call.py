"""Who is on call, as the organisation has set it: the same chain for every line and hour, until the rota knows one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from helpline.domain.ids import LineId


class FixedChain:
    """The port OnCallChain over HELPLINE_ON_CALL."""

    def __init__(self, steps: Sequence[Sequence[str]]) -> None:
        self._steps = tuple(tuple(step) for step in steps)

    def steps(self, line: LineId, at: datetime) -> Sequence[Sequence[str]]:  # noqa: ARG002 - of the port
        """Return the mail addresses of each step."""
        return self._steps
