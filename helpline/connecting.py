"""Both programs' sockets, and which use case answers what is said on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Flask

from helpline.adapters.system import SystemRandomness
from helpline.domain.errors import Elsewhere, NotPermitted, NotSignedIn
from helpline.domain.ids import StaffId, Ticket
from helpline.ground import Ground, Here
from helpline.registry import Program
from helpline.runtime.flights import Flights
from helpline.runtime.kinds import Environ
from helpline.sockets.connections import Connections
from helpline.sockets.engine import make_server
from helpline.sockets.events import answer_events
from helpline.sockets.liveness import Liveness
from helpline.sockets.person import PersonSocket
from helpline.sockets.renewal import Renewal
from helpline.sockets.staff import StaffSocket
from helpline.sockets.whereabouts import Whereabouts
from helpline.stores import Stores
from helpline.usecases.everything import UseCases
from helpline.usecases.signing_in import SigningIn
from helpline.web.private.figures import Figures
from helpline.web.staff.cookie import StaffCookie
from helpline.web.staff.guard import may

PEOPLE, DESKS = "p:", "s:"  # how the names of routes begin
COUNTED: Final = {
    Program.PERSON: {
        "wait": "helpline_joined_total", "again": "helpline_joined_total", "back": "helpline_returned_total",
        "hello": "helpline_returned_total",
    },
    Program.STAFF: {"accept": "helpline_answered_total", "resume": "helpline_returned_total"},
}


def _connections(ground: Ground, app: Flask, program: Program, origin: str) -> Connections:
    server = make_server(app, program, origin, ground.runtime)
    return Connections(
        server=server, program=program, runtime=ground.runtime, steady=ground.clock.steady, log=ground.log,
        budget_of=ground.budget_of,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sockets:
    """Both programs' sockets."""

    person: Connections
    staff: Connections
    people: Whereabouts[Ticket]
    desks: Whereabouts[StaffId]
    hers: PersonSocket
    renewal: Renewal
    liveness: Liveness

    def moved(self, name: str) -> None:
        """Close a connection here, because whose it is has come to another process."""
        if name.startswith(PEOPLE):
            self.people.moved(Ticket(name[len(PEOPLE):]))
        else:
            self.desks.moved(StaffId(name[len(DESKS):]))


def connect(
    ground: Ground, stores: Stores, here: Here, use_cases: UseCases, person_app: Flask, staff_app: Flask,
    signing_in: SigningIn, figures: Figures, events: Flights,
) -> Sockets:
    """Put both programs' sockets in front of their pages, and let the use cases answer them."""
    person = _connections(ground, person_app, Program.PERSON, ground.settings.person_origin)
    staff = _connections(ground, staff_app, Program.STAFF, ground.settings.staff_origin)
    people = Whereabouts(
        bindings=here.people, routes=stores.routes, kind=PEOPLE, worker=here.worker,
        evict=lambda connection: person.close(connection, Elsewhere.code),
    )
    desks = Whereabouts(
        bindings=here.desks, routes=stores.routes, kind=DESKS, worker=here.worker,
        evict=lambda connection: staff.close(connection, Elsewhere.code),
    )
    hers = PersonSocket(
        use_cases=use_cases, people=people, tokens=here.tokens, randomness=SystemRandomness(), connections=person,
        turn=ground.turn,
    )
    theirs = StaffSocket(
        use_cases=use_cases, desks=desks, tokens=here.tokens, who=_who_answers(ground, signing_in),
        connections=staff, turn=ground.turn,
    )
    for connections, sockets in ((person, hers), (staff, theirs)):
        connections.listen(welcome=sockets.welcome, farewell=sockets.farewell)
        handlers = figures.counting(sockets.handlers, COUNTED[connections.program])
        known = {name: events.during(handler) for name, handler in handlers.items()}
        answer_events(connections, known, ground.turn, ground.log)
    renewal = Renewal(
        people=people, person=person, hers=hers, desks=desks, staff=staff, theirs=theirs,
        steady=ground.clock.steady,
    )
    liveness = Liveness(
        people=people, person=person, silent=use_cases.connection.person_silent,
        heard=use_cases.connection.person_heard,
    )
    return Sockets(
        person=person, staff=staff, people=people, desks=desks, hers=hers, renewal=renewal, liveness=liveness
    )


def _who_answers(ground: Ground, signing_in: SigningIn) -> Callable[[Environ], StaffId]:
    cookie = StaffCookie(secure=ground.settings.secure)

    def who_answers(environ: Environ) -> StaffId:
        account = signing_in.who(cookie.read_header(environ.get("HTTP_COOKIE", "")))
        if account is None:
            raise NotSignedIn
        if not may(account, "answer"):
            raise NotPermitted
        return account.staff_id

    return who_answers
