"""From a declared event to the use case that does it, and back to an acknowledgement."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from helpline.domain.errors import HelplineError
from helpline.logs import Log, report
from helpline.registry import EVENTS, Event, Way
from helpline.sockets.connections import NAMESPACE, Connections
from helpline.sockets.parsing import Said, parse
from helpline.web.errors import INTERNAL, Ack, done, refusal

Answer = Mapping[str, object]
Handler = Callable[[str, Said], Answer | None]
NOTHING: Answer = {}


class UndeclaredEvent(LookupError):  # noqa: N818 - said as a finding
    """A handler for an event the registry does not declare, or a declared event without a handler."""


def answer_events(
    connections: Connections, handlers: Mapping[str, Handler], turn: AbstractContextManager[object], log: Log
) -> None:
    """Answer every declared event of a program; one event at a time holds `turn`.

    Raises:
        UndeclaredEvent: `handlers` are not exactly the program's declared events.
    """
    declared = {each.name: each for each in EVENTS if each.program == connections.program and each.way is Way.OUT}
    if declared.keys() != handlers.keys():
        raise UndeclaredEvent(", ".join(sorted(declared.keys() ^ handlers.keys())))
    for name, event in declared.items():
        answer = _answer(connections, event, handlers[name], turn, log)
        connections.server.on(name, answer, namespace=NAMESPACE)


def encoded(payload: Answer) -> dict[str, object]:
    """Return what travels: bytes as standard base64."""
    return {
        name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for name, value in payload.items()
    }


def _answer(
    connections: Connections, event: Event, handler: Handler, turn: AbstractContextManager[object], log: Log
) -> Callable[..., Ack]:
    def answer(socket_id: str, *said: object) -> Ack:
        try:
            asked = parse(event, said)
            with turn:
                return done(encoded(handler(connections.id_of(socket_id), asked) or NOTHING))
        except HelplineError as refused:
            return refusal(refused.code)
        except Exception as error:  # noqa: BLE001 - the page is told a code, the log a line of source
            report(log, "An event failed.", error)
            return refusal(INTERNAL)

    return answer
