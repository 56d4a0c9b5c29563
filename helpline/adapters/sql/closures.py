"""Lines closed by hand, in the database: a restart opens none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from helpline.adapters.offloading import Offload, at_once
from helpline.adapters.sql.schema import closure_table
from helpline.adapters.sql.steps import Steps
from helpline.domain.ids import LineId, StaffId
from helpline.domain.line import Closure

kept: Final = closure_table.c
MINUTE_SECONDS: Final = 60


class SqlClosures:
    """The port Closures, in the table `line_closure`: a row is a line that is closed."""

    def __init__(self, engine: Engine, offload: Offload = at_once) -> None:
        self._steps = Steps(engine, offload)

    def everything(self) -> Sequence[Closure]:
        """Return every line that is closed by hand."""
        rows = self._steps.one(lambda connection: connection.execute(select(closure_table)).all())
        return [
            Closure(
                line=LineId(row.line_id), at=datetime.fromtimestamp(row.closed_minute * MINUTE_SECONDS, UTC),
                staff_id=StaffId(row.staff_id),
            )
            for row in rows
        ]

    def close(self, closure: Closure) -> None:
        """Close a line. One that is closed already stays closed as it was."""
        new = insert(closure_table).values(
            line_id=closure.line, closed_minute=int(closure.at.timestamp()) // MINUTE_SECONDS,
            staff_id=closure.staff_id,
        )
        with suppress(IntegrityError):
            self._steps.one(lambda connection: connection.execute(new))

    def open(self, line: LineId) -> None:
        """Open it again."""
        gone = delete(closure_table).where(kept.line_id == line)
        self._steps.one(lambda connection: connection.execute(gone))
