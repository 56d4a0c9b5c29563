"""One connection that many callers share: what gathers while an answer is under way goes out together."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Sequence
from threading import Lock
from typing import Any, Final

from redis.exceptions import (
    AuthenticationError,
    ClusterDownError,
    MasterDownError,
    NoPermissionError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
    TryAgainError,
)

from helpline.adapters.redis.address import Address, Connection
from helpline.adapters.redis.errors import NoRedis, SavesToDisk, WrongScript
from helpline.adapters.redis.scripts import Script, every_script
from helpline.domain.errors import StoreAway

TOGETHER_MOST: Final = 256
USERS: Final = "compare config/redis-users.example.acl"
SETTING: Final = "see HELPLINE_REDIS_URL"
PASSING: Final = (
    ClusterDownError, MasterDownError, NoScriptError, OutOfMemoryError, ReadOnlyError, TryAgainError,
)


class _Call:
    """One command and, later, its answer."""

    __slots__ = ("answer", "command", "is_answered", "refusal")

    def __init__(self, command: tuple[Any, ...]) -> None:
        self.command = command
        self.is_answered = False
        self.answer: Any = None
        self.refusal: ResponseError | None = None

    def fulfil(self, answer: Any, refusal: ResponseError | None = None) -> None:
        self.answer = answer
        self.refusal = refusal
        self.is_answered = True


_AWAY: Final = object()


class Wire:
    """Commands and scripts over one connection, in the order they came. It works under native and green threads.

    Whoever gets the turn sends everything that waits by then, its own and others', in one go: under load that is one
    write and one read for many commands, without load nobody waits for anybody. `together` False sends one at a time.
    """

    def __init__(self, address: Address, *, together: bool = True) -> None:
        self._address = address
        self._most = TOGETHER_MOST if together else 1
        self._turn = Lock()
        self._waiting: deque[_Call] = deque()
        self._connection: Connection | None = None

    def open(self) -> None:
        """Connect now rather than at the first command. Raises NoRedis, SavesToDisk."""
        with self._turn:
            try:
                self._connected()
            except (AuthenticationError, NoPermissionError):
                raise NoRedis(f"This Redis does not let us do what we must: {USERS}.") from None
            except (RedisError, OSError):
                raise NoRedis(f"No Redis answers at the address set: {SETTING}.") from None

    def run(self, script: Script, keys: Sequence[bytes], *arguments: bytes | str | int) -> Any:
        """Do one step. Raises StoreAway; WrongScript, which is a fault of ours."""
        try:
            return self.do(b"EVALSHA", script.sha, len(keys), *keys, *arguments)
        except ResponseError as error:
            raise WrongScript(f"{script.name}: {_what_failed(error)}") from None

    def do(self, *command: Any) -> Any:
        """Do one command and return its answer. Raises StoreAway, redis.ResponseError."""
        call = _Call(command)
        self._waiting.append(call)
        return self._answer_to(call)

    def do_all(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Do many commands that belong to no step, and return their answers. Raises as `do`."""
        calls = [_Call(command) for command in commands]
        self._waiting.extend(calls)
        return [self._answer_to(call) for call in calls]

    def close(self) -> None:
        """End the connection; the next command opens another."""
        with self._turn:
            self._hang_up()

    # -- in turn

    def _answer_to(self, call: _Call) -> Any:
        with self._turn:
            while not call.is_answered:
                self._exchange()
        if call.answer is _AWAY:
            raise StoreAway
        if call.refusal is not None:
            raise call.refusal
        return call.answer

    def _exchange(self) -> None:
        """Send what waits and hand out the answers. Whatever goes wrong, nobody is left without one."""
        calls = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._most))]
        try:
            connection = self._connected()
            connection.send_packed_command(connection.pack_commands([call.command for call in calls]))
            for call in calls:
                _answer(connection, call)
        except (RedisError, OSError, SavesToDisk):
            self._hang_up()
        except BaseException:
            self._hang_up()
            raise
        finally:
            for call in calls:
                if not call.is_answered:
                    call.fulfil(_AWAY)
        if any(call.refusal is not None and _passes(call) for call in calls):
            self._hang_up()

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._address.connect()
            try:
                scripts = every_script()
                connection.send_packed_command(
                    connection.pack_commands([(b"SCRIPT", b"LOAD", each.text) for each in scripts])
                )
                for _ in scripts:
                    connection.read_response()
            except BaseException:
                connection.disconnect()
                raise
            self._connection = connection
        return self._connection

    def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(RedisError, OSError):
                connection.disconnect()


def _answer(connection: Connection, call: _Call) -> None:
    try:
        call.fulfil(connection.read_response())
    except ResponseError as error:
        call.fulfil(None, error)


def _passes(call: _Call) -> bool:
    """Turn an answer that says "not now" into a store that is away, and tell so."""
    if not isinstance(call.refusal, PASSING):
        return False
    call.fulfil(_AWAY)
    return True


def _what_failed(error: ResponseError) -> str:
    """Say what went wrong in a script. Other answers may hold a key's name: of these only the kind."""
    return str(error) if type(error) is ResponseError else type(error).__name__
