"""Hand every change of the plan to the live router, and catch up with changes made elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from rota.domain.snapshot import Snapshot, take_snapshot
from rota.ports import Clock, PlanStore, Publish, Reading, Writing

LOOKING_BACK = timedelta(days=1)  # nothing asks who was on duty earlier than that


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """Writes to the plan so that the router sees the change as soon as it is kept."""

    store: PlanStore
    clock: Clock
    publish: Publish

    @contextmanager
    def changing(self) -> Iterator[Writing]:
        """Change the plan; once the change is kept, publish the new picture. Raises Busy."""
        with self.store.writing() as plan:
            yield plan
            snapshot = self._picture(plan)
        self.publish(snapshot)

    def refresh(self, held_version: int = -1) -> bool:
        """Publish the plan as stored unless the router holds that version, and say whether it was published.

        Called when a process starts, and now and then where several processes share one plan.
        """
        with self.store.reading() as plan:
            if plan.version() == held_version:
                return False
            snapshot = self._picture(plan)
        self.publish(snapshot)
        return True

    def _picture(self, plan: Reading) -> Snapshot:
        since = self.clock.now() - LOOKING_BACK
        return take_snapshot(plan.version(), plan.lines(), plan.staff(), plan.shifts(ends_after=since))
