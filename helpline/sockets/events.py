"""From a declared event to the use case that does it, and back to an acknowledgement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from helpline.domain.errors import HelplineError
from helpline.logs import Log, report
from helpline.registry import EVENTS, Event, Way
from helpline.sockets.acks import NOTHING, Ack, Answer, done, refusal
from helpline.sockets.connections import Connections
from helpline.sockets.gate import Answering
from helpline.sockets.parsing import Said, parser_of

Handler = Callable[[str, Said], Answer | None]


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
    connections.answer({name: _answer(event, handlers[name], turn, log) for name, event in declared.items()})


def _answer(event: Event, handler: Handler, turn: AbstractContextManager[object], log: Log) -> Answering:
    parse = parser_of(event)

    def answer(connection: str, said: tuple[object, ...]) -> Ack:
        try:
            asked = parse(said)
            with turn:
                return done(handler(connection, asked) or NOTHING)
        except HelplineError as refused:
            return refusal(refused.code, refused.told)
        except Exception as error:  # noqa: BLE001 - the page is told a code, the log a line of source
            report(log, "An event failed.", error)
            return refusal(HelplineError.code)

    return answer
