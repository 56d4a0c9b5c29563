"""Many writers at once on eventlet: `python -m tests.integration.offloaded URL POOL TIMES`.

Each repetition lets sixty green threads write a row through `offload`, and says how many did. POOL is `ours`,
or `pooled`: what SQLAlchemy does by itself, which is the fault that a test plants.
"""

from __future__ import annotations

import sys
from typing import Any

WRITERS = 60
TRIES = 100


def main(url: str, pool: str, times: int) -> None:
    from helpline.runtime.eventlet_patch import patch

    patch()
    import eventlet
    from sqlalchemy import Engine, create_engine, insert
    from sqlalchemy.exc import OperationalError

    from helpline.adapters.sql.engine import answers, make_engine
    from helpline.adapters.sql.schema import account_table
    from helpline.adapters.sql.steps import Steps
    from helpline.runtime.eventlet_serve import EventletRuntime

    engine: Engine = create_engine(url) if pool == "pooled" else make_engine(url)
    answers(engine)
    steps = Steps(engine, EventletRuntime().offload)

    def write(number: int) -> bool:
        name = f"n{number}"
        row: dict[str, Any] = dict.fromkeys(("alias", "password_hash", "roles", "language"), "x")
        for _ in range(TRIES):  # a SQLite under sixty writers may be busy for a quarter of a second: asked again
            try:
                steps.one(lambda link: link.execute(insert(account_table).values(staff_id=name, name=name, **row)))
            except OperationalError:
                continue
            return True
        return False

    for repetition in range(times):
        writers = [eventlet.spawn(write, repetition * WRITERS + each) for each in range(WRITERS)]
        print(sum(writer.wait() for writer in writers), flush=True)  # noqa: T201 - whoever started it counts


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
