"""The databases that every store in SQL is held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres_server import PostgresServer


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of an empty SQLite."""
    return f"sqlite:///{tmp_path / 'helpline.db'}"


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """Give the address of an empty database in a real PostgreSQL."""
    return postgres.new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database, of each kind in turn."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address
