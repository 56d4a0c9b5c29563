"""Which installation a command is about."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from helpline.cli.saying import Mistake
from helpline.home import Home
from helpline.ports import Accounts, DayKeys
from helpline.settings import Settings, environment


def settings_of(asked: argparse.Namespace) -> Settings:
    """Read the settings. Raises BadSettings."""
    return Settings.from_environment(environment(), home=asked.home)


def home_of(asked: argparse.Namespace) -> Home:
    """Give the installation's folder. Raises BadSettings."""
    return Home(settings_of(asked).home)


def stores_of(asked: argparse.Namespace) -> tuple[Accounts, DayKeys]:
    """Open the installation's database. Raises BadSettings, Mistake if it has not been made yet."""
    from sqlalchemy import inspect  # a root is made on a machine that may have no database at all

    from helpline.adapters.sql.accounts import SqlAccounts
    from helpline.adapters.sql.day_keys import SqlDayKeys
    from helpline.adapters.sql.engine import make_engine

    settings = settings_of(asked)
    engine = make_engine(settings.database_url.value)
    if not settings.home.is_dir() or not inspect(engine).has_table("day_key"):
        raise Mistake("The installation has no database yet: start it once with ./run.")
    return SqlAccounts(engine), SqlDayKeys(engine)


def now() -> datetime:
    """Give the time by this machine's clock."""
    return datetime.now(UTC)
