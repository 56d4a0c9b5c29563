"""The doorbell between processes: what is lost there is found again, because every loss of it is noticed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Final

from redis.exceptions import RedisError

from helpline.adapters.redis.address import Address, Connection
from helpline.adapters.redis.epoch import RedisStoreEpoch
from helpline.adapters.redis.errors import SavesToDisk
from helpline.adapters.redis.keys import CHANNEL
from helpline.adapters.redis.messages import Message, unpacked
from helpline.domain.errors import StoreAway

LOOK_SECONDS: Final = 1.0
SILENT_SECONDS: Final = 5.0  # without an answer to our pings: the way there is cut, whatever the socket says
AGAIN_SECONDS: Final = 0.2

OnMessage = Callable[[Message], None]
OnGap = Callable[[], None]


class Bus:
    """One process's end of the doorbell, on a connection of its own that never reconnects behind our back.

    Args:
        worker: the name of this process.
        sleep: how to wait without keeping anybody else waiting.
        failed: told of an error that nobody expected; the doorbell goes on.
    """

    def __init__(
        self, address: Address, epoch: RedisStoreEpoch, worker: str, *, sleep: Callable[[float], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._address = address
        self._epoch = epoch
        self._channel = CHANNEL + worker.encode()
        self._sleep = sleep
        self._failed = failed
        self._is_closed = False

    def listen(self, on_message: OnMessage, on_gap: OnGap, on_second: Callable[[], None] = lambda: None) -> None:
        """Listen until `close`; to be run beside everything else.

        Args:
            on_message: told of each message, in order.
            on_gap: told whenever messages may have been lost, the store with them, and once at the beginning.
            on_second: called about once a second while the doorbell works.
        """
        while not self._is_closed:
            try:
                self._listen_once(on_message, on_gap, on_second)
            except (RedisError, OSError, SavesToDisk, StoreAway):
                pass
            except Exception as error:  # noqa: BLE001 - a doorbell that fell silent would be worse than any error
                self._failed(error)
            if not self._is_closed:
                self._sleep(AGAIN_SECONDS)

    def close(self) -> None:
        """End listening, within about a second."""
        self._is_closed = True

    def _listen_once(self, on_message: OnMessage, on_gap: OnGap, on_second: Callable[[], None]) -> None:
        connection = self._address.connect()
        try:
            _say(connection, b"SUBSCRIBE", self._channel)
            connection.read_response()
            epoch = self._epoch.current()
            on_gap()
            heard_at = looked_at = time.monotonic()
            while not self._is_closed:
                if connection.can_read(timeout=LOOK_SECONDS):
                    heard_at = time.monotonic()
                    self._hear(connection.read_response(), on_message)
                now = time.monotonic()
                if now - heard_at > SILENT_SECONDS:
                    return
                if now - looked_at >= LOOK_SECONDS:
                    looked_at = now
                    _say(connection, b"PING")
                    epoch = self._look(epoch, on_gap)
                    on_second()
        finally:
            with contextlib.suppress(RedisError, OSError):
                connection.disconnect()

    def _look(self, known: str, on_gap: OnGap) -> str:
        """Look whether the store came back empty, which breaks no connection if another process was faster."""
        present = self._epoch.current()
        if present != known:
            on_gap()
        return present

    def _hear(self, said: list[bytes], on_message: OnMessage) -> None:
        if said[0] != b"message":
            return
        try:
            on_message(unpacked(said[2]))
        except Exception as error:  # noqa: BLE001 - the next message comes all the same
            self._failed(error)


def _say(connection: Connection, *command: bytes) -> None:
    connection.send_packed_command(connection.pack_commands([command]))
