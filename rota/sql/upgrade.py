"""Bring a database to the tables of this version."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from rota.sql.engine import WRITING, open_engine

VERSION_TABLE = "rota_version"
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Make or change the tables of the plan in the database at `url`; where nothing is to do, nothing is done."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = open_engine(url).execution_options(**{WRITING: True})
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
