"""All connections of one program: opened, spoken to, closed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engineio.exceptions import EngineIOError
from socketio.exceptions import ConnectionRefusedError as Refusal

from helpline.domain.errors import BadRequest, HelplineError
from helpline.logs import Log, report
from helpline.registry import Program
from helpline.runtime.kinds import Environ, Runtime
from helpline.sockets.budget import Budget, BudgetOf
from helpline.sockets.engine import GATE
from helpline.sockets.gate import Answering, Gate
from helpline.sockets.packets import write_event

VERSION: Mapping[str, object] = {"v": 1}
NAMESPACE = "/"

Welcome = Callable[[str, Environ], None]
Farewell = Callable[[str], None]


class Connections:
    """The connections of one program, each known by its Engine.IO id.

    Args:
        budget_of: gives what a connection that opens now, on the steady clock, may send.
    """

    def __init__(
        self, *, server: Any, program: Program, runtime: Runtime, steady: Callable[[], float], log: Log,
        budget_of: BudgetOf = Budget,
    ) -> None:
        self.server = server
        self.program = program
        self._runtime = runtime
        self._steady = steady
        self._log = log
        self._gates: dict[str, Gate] = {}
        self._answers: dict[str, Answering] = {}
        self._budget_of = budget_of
        self._open = server.eio.handlers["connect"]

    def answer(self, answers: Mapping[str, Answering]) -> None:
        """Answer these events from now on, and no others."""
        self._answers.clear()
        self._answers.update(answers)

    @property
    def answered(self) -> frozenset[str]:
        """The names of the events that are answered."""
        return frozenset(self._answers)

    def listen(self, *, welcome: Welcome, farewell: Farewell) -> None:
        """Begin: `welcome` looks at each that connects and may raise a refusal; `farewell` hears of each that is gone.

        `farewell` runs on its own: a connection may be found dead in the middle of any use case.
        """

        def connect(socket_id: str, environ: Environ, auth: object = None) -> None:
            self._connect(self.id_of(socket_id), environ, auth, welcome)

        def disconnect(socket_id: str, _reason: object = None) -> None:
            self._runtime.spawn(self._farewell, farewell, self.id_of(socket_id))

        self.server.eio.on("connect", self._opened)
        self.server.on("connect", connect, namespace=NAMESPACE)
        self.server.on("disconnect", disconnect, namespace=NAMESPACE)

    def id_of(self, socket_id: str) -> str:
        """Return the connection behind a Socket.IO id."""
        return str(self.server.manager.eio_sid_from_sid(socket_id, NAMESPACE))

    def emit(self, connection: str, event: str, payload: Mapping[str, object]) -> None:
        """Send an event to one connection; nothing happens if it is gone."""
        gate = self._gates.get(connection)
        if gate is not None:
            gate.post(write_event(event, payload))

    def close(self, connection: str, code: str) -> None:
        """Say why, and close the connection."""
        self.emit(connection, "bye", {"code": code})
        engine_socket = self.server.eio.sockets.get(connection)
        if engine_socket is not None:
            with contextlib.suppress(EngineIOError):
                engine_socket.close(wait=False)

    def is_silent(self, connection: str) -> bool:
        """Tell whether the page at the other end has not answered the last ping, though it had time to."""
        gate = self._gates.get(connection)
        return gate is not None and gate.is_silent()

    def close_all(self, code: str) -> None:
        """Close every connection."""
        for connection in list(self._gates):
            self.close(connection, code)

    def sweep(self) -> None:
        """Close those that never connected, and end those that do not close. Called once a second."""
        for connection, gate in list(self._gates.items()):
            if connection not in self.server.eio.sockets:
                self._gates.pop(connection, None)
            elif gate.sweep():
                self.close(connection, BadRequest.code)

    def walk(self) -> Iterator[tuple[str, object]]:
        """Yield everything held."""
        for connection in list(self._gates):
            yield "connection", connection

    def _opened(self, connection: str, environ: Environ) -> object:
        def queue(message: str) -> None:
            with contextlib.suppress(EngineIOError):
                self.server.eio.send(connection, message)

        self._gates[connection] = environ[GATE] = Gate(
            connection, answers=self._answers, queue=queue, steady=self._steady, pause=self._runtime.sleep,
            budget=self._budget_of(self._steady()),
        )
        return self._open(connection, environ)

    def _connect(self, connection: str, environ: Environ, auth: object, welcome: Welcome) -> None:
        gate = self._gates[connection]
        try:
            if auth != VERSION or not isinstance(auth, dict) or isinstance(auth["v"], bool):
                raise BadRequest
            welcome(connection, environ)
        except HelplineError as refused:
            gate.finish()
            raise Refusal(refused.code) from None
        except Exception as error:  # noqa: BLE001 - the page is told a code, the log a line of source
            report(self._log, "A connection could not be welcomed.", error)
            gate.finish()
            raise Refusal(HelplineError.code) from None
        environ.pop("HTTP_COOKIE", None)  # the library keeps this for as long as the connection lives
        gate.connected = True

    def _farewell(self, farewell: Farewell, connection: str) -> None:
        self._gates.pop(connection, None)
        try:
            farewell(connection)
        except HelplineError:
            pass  # whatever it belonged to ended first
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            report(self._log, "A connection's end could not be handled.", error)
