"""What is on disk: accounts, day keys and the rota's plan, their tables made, behind their ports."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from helpline.adapters.roster import RotaRoster
from helpline.adapters.sql.accounts import SqlAccounts
from helpline.adapters.sql.closures import SqlClosures
from helpline.adapters.sql.day_keys import SqlDayKeys
from helpline.adapters.sql.engine import answers, make_engine, one_at_a_time
from helpline.adapters.sql.sign_ins import SqlSignIns
from helpline.adapters.sql.upgrade import upgrade as upgrade_staff
from helpline.domain.ids import StaffId
from helpline.keys.private_files import private_folder
from helpline.ports import Clock
from helpline.runtime.kinds import Runtime
from helpline.settings import BadSettings, Settings
from rota.sql.engine import open_engine
from rota.sql.store import PlanInSql
from rota.sql.upgrade import upgrade as upgrade_rota
from rota.usecases.plan import Plan
from rota.usecases.publishing import Publishing
from rota.usecases.week import Weeks

NEW_ID_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """Everything that outlives the process. `sign_ins` are opened over who is on duty.

    `answers` raises if the database is away; `catch_up` takes in what other processes changed in the rota.
    """

    accounts: SqlAccounts
    day_keys: SqlDayKeys
    sign_ins: Callable[[Callable[[StaffId], bool]], SqlSignIns]
    closures: SqlClosures
    roster: RotaRoster
    publishing: Publishing
    plan: Plan
    weeks: Weeks
    answers: Callable[[], None]
    catch_up: Callable[[], None]


def open_data(settings: Settings, clock: Clock, runtime: Runtime) -> Data:
    """Make or change the tables until they are this version's, and open everything over them.

    Raises:
        BadSettings: the folder or the database cannot be used; its address is not repeated, it may hold a password.
    """
    try:
        private_folder(settings.home)
        return _open(settings, clock, runtime)
    except OSError as problem:
        raise BadSettings(("HELPLINE_HOME cannot be written to",)) from problem
    except (SQLAlchemyError, CommandError) as problem:
        raise BadSettings(("the database cannot be opened, or a newer version has changed it",)) from problem


def _open(settings: Settings, clock: Clock, runtime: Runtime) -> Data:
    url = settings.database_url.value
    make_tables(url)
    engine, planned = make_engine(url), open_engine(url)
    for each in (engine, planned):
        answers(each)  # the first connection is made alone: native threads that share a green lock wait for ever
    store, roster = PlanInSql(planned), RotaRoster()
    publishing = Publishing(store=store, clock=clock, publish=roster.publish)

    def catch_up() -> None:
        runtime.offload(publishing.refresh, roster.version)

    return Data(
        accounts=SqlAccounts(engine, runtime.offload),
        day_keys=SqlDayKeys(engine, runtime.offload),
        sign_ins=lambda on_duty: SqlSignIns(engine, on_duty, runtime.offload),
        closures=SqlClosures(engine, runtime.offload),
        roster=roster,
        publishing=publishing,
        plan=Plan(publishing=publishing, clock=clock, new_id=new_id),
        weeks=Weeks(store=store),
        answers=lambda: runtime.offload(answers, engine),
        catch_up=catch_up,
    )


def make_tables(url: str) -> None:
    """Make or change every table until it is this version's, one process at a time."""
    with one_at_a_time(make_engine(url)):
        upgrade_staff(url)
        upgrade_rota(url)


def new_id() -> str:
    """Return a name that no other shift has."""
    return secrets.token_hex(NEW_ID_BYTES)
