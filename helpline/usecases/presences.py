"""Changing a counsellor's presence without losing anybody else's change to it."""

from __future__ import annotations

from collections.abc import Callable

from helpline.domain.ids import StaffId
from helpline.domain.presence import Present
from helpline.ports import Presence


class Presences:
    """Compare-and-set over the port, tried again until it holds."""

    def __init__(self, *, presence: Presence) -> None:
        self._presence = presence

    def change(self, staff_id: StaffId, changed: Callable[[Present], Present]) -> tuple[Present, Present]:
        """Apply a change to her presence as it then stands; return how she was and how she is."""
        while True:
            old = self._presence.get(staff_id)
            before = old or Present(staff_id=staff_id)
            after = changed(before)
            if after == old or self._presence.replace(staff_id, old, after):
                return before, after
