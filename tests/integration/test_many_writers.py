"""Slow work of many green threads on native ones: nobody waits for ever, on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpline.adapters.sql.upgrade import upgrade
from tests.integration.offloaded import WRITERS
from tests.servers import ROOT

REPETITIONS = 20
PATIENCE_SECONDS = 120
HANGS_AFTER_SECONDS = 12  # all repetitions together take a second or two

WAITED_BY = """
from helpline.runtime.eventlet_patch import patch
patch()
import psycopg.waiting
print(psycopg.waiting.wait.__name__)
"""


def command(url: str, pool: str, times: int) -> list[str]:
    return [sys.executable, "-W", "ignore", "-m", "tests.integration.offloaded", url, pool, str(times)]


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('written') / 'helpline.db'}"
    else:
        address = request.getfixturevalue("postgres").new_database()
    upgrade(address)
    return address


def test_sixty_writers_at_once_all_come_back_twenty_times_over(url: str) -> None:
    written = subprocess.run(
        command(url, "ours", REPETITIONS), cwd=ROOT, text=True, capture_output=True, timeout=PATIENCE_SECONDS,
        check=False,
    )

    assert written.stdout.split() == [str(WRITERS)] * REPETITIONS, written.stderr[-2000:]


def test_a_pool_that_both_kinds_of_threads_share_is_seen_to_hang(url: str) -> None:
    with subprocess.Popen(command(url, "pooled", REPETITIONS), cwd=ROOT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as writing:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                writing.wait(HANGS_AFTER_SECONDS)
        finally:
            writing.kill()


def test_a_query_of_psycopg_waits_in_a_way_that_lets_green_threads_go_on() -> None:
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WAITED_BY], cwd=ROOT, text=True, capture_output=True, timeout=60,
        check=False,
    )

    assert asked.stdout == "wait_selector\n", asked.stderr


def test_without_that_it_would_wait_in_one_that_keeps_everybody() -> None:
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WAITED_BY.replace("patch()\n", "")], cwd=ROOT, text=True,
        capture_output=True, timeout=60, check=False,
    )

    assert asked.stdout.strip() in {"wait_c", "wait_epoll", "wait_poll"}
