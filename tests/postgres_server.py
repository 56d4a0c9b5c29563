"""A PostgreSQL of our own for tests: run by its own user, reached through a socket in a folder of its own."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import psycopg

OWNER: Final = "postgres"  # PostgreSQL refuses to be run by root
FOLDERS: Final = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
START_SECONDS: Final = 30.0
STOP_SECONDS: Final = 10.0
TO_FORGET: Final = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")  # it dies with the tests
PORT: Final = 5432  # names the socket; nothing listens on a network


class PostgresServer:
    """A running server; every test has a database of its own in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)

    def new_database(self) -> str:
        """Return the address of a new, empty database."""
        name = f"helpline_{next(self._numbers)}"
        with psycopg.connect(host=str(self._folder), port=PORT, user=OWNER, dbname=OWNER, autocommit=True) as link:
            link.execute(f'CREATE DATABASE "{name}"'.encode())
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self._folder}&port={PORT}"


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start one in a new folder, wait until it answers, stop it by its process id."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path is short, and its owner can reach it
    if os.getuid() == 0:
        shutil.chown(folder, OWNER)
    data = folder / "data"
    try:
        _run([_program("initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"])
        options = [word for each in TO_FORGET for word in ("-c", each)]
        server = subprocess.Popen(
            _as_owner([_program("postgres"), "-D", str(data), "-k", str(folder), "-p", str(PORT), "-h", "", *options]),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        )
        try:
            _wait_until_it_answers(folder, server)
            yield PostgresServer(folder)
        finally:
            _stop(data, server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    assert FOLDERS, "Missing: postgresql. On Debian: apt install postgresql"
    return str(FOLDERS[-1] / name)


def _as_owner(command: Sequence[str]) -> list[str]:
    return ["runuser", "-u", OWNER, "--", *command] if os.getuid() == 0 else list(command)


def _run(command: Sequence[str]) -> None:
    subprocess.run(_as_owner(command), check=True, capture_output=True, timeout=START_SECONDS, cwd="/")


def _wait_until_it_answers(folder: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), port=PORT, user=OWNER, dbname=OWNER).close()
        except psycopg.OperationalError:
            assert server.poll() is None, "PostgreSQL ended at its start"
            assert time.monotonic() < until, "PostgreSQL did not answer in time"
            time.sleep(0.05)
        else:
            return


def _stop(data: Path, server: subprocess.Popen[bytes]) -> None:
    """Stop the server itself, whose id it has written down: what was started may only stand in front of it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        os.kill(int((data / "postmaster.pid").read_text().splitlines()[0]), signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
