"""Where the Redis is, and how one connection to it is made: short waits, no repetition behind our back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.retry import Retry

from helpline.adapters.redis.errors import SavesToDisk
from helpline.adapters.redis.safety import MUST, SHOULD, advice, read_information, refusals

CONNECT_SECONDS: Final = 1.0
ANSWER_SECONDS: Final = 2.0  # a step takes microseconds: longer means that the server or the way to it stands still


class Connection(Protocol):
    """What we use of redis-py's connection."""

    def connect(self) -> None:
        """Open it, and say who we are."""

    def disconnect(self) -> None:
        """Close it."""

    def pack_commands(self, commands: Iterable[Sequence[Any]]) -> list[bytes]:
        """Return the bytes of these commands."""

    def send_packed_command(self, command: list[bytes]) -> None:
        """Send such bytes."""

    def can_read(self, timeout: float = 0) -> bool:
        """Wait so many seconds at most until something can be read."""

    def read_response(self) -> Any:
        """Return the next answer. Raises ResponseError if that is the answer."""


@dataclass(frozen=True, slots=True)
class Address:
    """A Redis: `unix://name:password@/path`, `redis://…` on this machine, or `rediss://…` elsewhere."""

    url: str

    def __repr__(self) -> str:
        return "Address(***)"

    def connect(self, *, answer_seconds: float | None = ANSWER_SECONDS) -> Connection:
        """Open a connection to a server that keeps nothing on disk.

        Raises:
            SavesToDisk: this one would.
            redis.RedisError, OSError: there is none, or it does not let us in.
        """
        made = ConnectionPool.from_url(
            self.url, protocol=2, driver_info=None, retry=Retry(NoBackoff(), 0), socket_timeout=answer_seconds,
            socket_connect_timeout=CONNECT_SECONDS,
        ).make_connection()
        connection = cast("Connection", made)
        connection.connect()
        try:
            refused = refusals(_settings(connection), _information(connection))
        except BaseException:
            connection.disconnect()
            raise
        if refused:
            connection.disconnect()
            raise SavesToDisk(refused[0])
        return connection

    def advice(self) -> list[str]:
        """Say what should be set otherwise on this server, as far as it may be read. Raises as `connect` does."""
        connection = self.connect()
        try:
            return advice(_settings(connection) or {})
        finally:
            connection.disconnect()


def ask(connection: Connection, *command: Any) -> Any:
    """Send one command and return its answer."""
    connection.send_packed_command(connection.pack_commands([command]))
    return connection.read_response()


def _settings(connection: Connection) -> dict[str, str] | None:
    try:
        flat = [each.decode("utf-8", "replace") for each in ask(connection, "CONFIG", "GET", *MUST, *SHOULD)]
    except ResponseError:
        return None
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _information(connection: Connection) -> dict[str, str]:
    return read_information(ask(connection, "INFO", "persistence") + b"\n" + ask(connection, "INFO", "memory"))
