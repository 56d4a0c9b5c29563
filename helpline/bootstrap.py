"""The one place where everything is built and put together: nothing is shared but what stands here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

from flask import Flask

from helpline.adapters.memory.attempts import MemoryAttempts
from helpline.adapters.memory.conversations import MemoryConversations
from helpline.adapters.memory.mailbox import MemoryMailbox
from helpline.adapters.memory.presence import MemoryPresence
from helpline.adapters.memory.waiting_room import MemoryWaitingRoom
from helpline.adapters.passwords import Argon2Passwords
from helpline.adapters.system import SystemClock, SystemRandomness
from helpline.data import Data, open_data
from helpline.domain.errors import NotPermitted, NotSignedIn, ShuttingDown
from helpline.domain.ids import Language, LineId, PresenceState, StaffId, Ticket
from helpline.domain.line import Line
from helpline.heartbeat import Heartbeat
from helpline.installation import Installation, is_demo, real_installation
from helpline.logs import Log, make_log
from helpline.ports import Clock, SignIns, Walkable
from helpline.registry import Program
from helpline.runtime.kinds import App, Environ, Listener, Runtime, Service
from helpline.runtime.threading_serve import ThreadingRuntime
from helpline.settings import Settings
from helpline.sockets.bindings import Bindings
from helpline.sockets.budget import Budget, BudgetOf
from helpline.sockets.connections import Connections
from helpline.sockets.engine import make_server
from helpline.sockets.events import answer_events
from helpline.sockets.person import PersonSocket
from helpline.sockets.publisher import SocketPublisher
from helpline.sockets.staff import StaffSocket
from helpline.usecases.day_keys import DayKeyKeeping
from helpline.usecases.everything import Ports, UseCases
from helpline.usecases.signing_in import SigningIn
from helpline.web.door import Door, Rules
from helpline.web.person.app import Public, create_person_app
from helpline.web.rota.blueprint import blueprint as rota_pages
from helpline.web.rota.needs import Needs
from helpline.web.staff.app import create_staff_app
from helpline.web.staff.cookie import StaffCookie
from helpline.web.staff.guard import may
from helpline.web.static import StaticFiles, read_static
from helpline.words import Words

DIST: Final = Path(__file__).parent.parent / "static" / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """A whole helpline, ready to be served.

    Args:
        stores: everything that holds anything in memory, by name, so that a test can prove that nothing is left.
    """

    settings: Settings
    runtime: Runtime
    installation: Installation
    use_cases: UseCases
    person: App
    staff: App
    tick: Callable[[], None]
    close: Callable[[], None]
    stores: Mapping[str, Walkable]

    def service(self, ready: Callable[[], None]) -> Service:
        """Return what a runtime serves; `ready` is called when both listeners answer."""
        host = self.settings.host
        listeners = (
            Listener(host=host, port=self.settings.port, app=self.person),
            Listener(host=host, port=self.settings.staff_port, app=self.staff),
        )
        return Service(listeners=listeners, tick=self.tick, ready=ready, close=self.close)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What everything stands on. Whoever changes what is in memory holds `turn` while doing so."""

    settings: Settings
    runtime: Runtime
    clock: Clock
    log: Log
    turn: AbstractContextManager[object]
    budget_of: BudgetOf = Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The stores in this process's memory."""

    room: MemoryWaitingRoom = field(default_factory=MemoryWaitingRoom)
    presence: MemoryPresence = field(default_factory=MemoryPresence)
    conversations: MemoryConversations = field(default_factory=MemoryConversations)
    mailbox: MemoryMailbox = field(default_factory=MemoryMailbox)
    attempts: MemoryAttempts = field(default_factory=MemoryAttempts)
    people: Bindings[Ticket] = field(default_factory=Bindings)
    desks: Bindings[StaffId] = field(default_factory=Bindings)

    def is_working(self, staff_id: StaffId) -> bool:
        """Tell whether she is on duty or on a break, so that her sign-in does not grow idle."""
        present = self.presence.get(staff_id)
        return present is not None and present.state in (PresenceState.ON_DUTY, PresenceState.ON_BREAK)


def build(
    settings: Settings, runtime: Runtime | None = None, *, clock: Clock | None = None, log: Log | None = None,
    budget_of: BudgetOf = Budget,
) -> Helpline:
    """Put a helpline together. `runtime` defaults to native threads, `clock` to the machine's.

    Args:
        budget_of: what a connection may send; only a benchmark allows more than a page would.

    Raises:
        BadSettings: what is set does not fit what is installed.
        BadBuild: static/dist is not whole.
    """
    now = clock or SystemClock()
    ground = Ground(
        settings=settings,
        runtime=runtime or ThreadingRuntime(),
        clock=now,
        log=log or make_log(sys.stderr, now.now),
        turn=threading.RLock(),
        budget_of=budget_of,
    )
    demo = is_demo(settings)
    if demo:
        _refuse_the_world(settings)
    data = open_data(settings, now, ground.runtime)
    installation = _demo(settings, data, now) if demo else real_installation(settings)
    data.publishing.refresh()
    return _put_together(ground, data, installation)


def _refuse_the_world(settings: Settings) -> None:
    from helpline.demo.installation import refuse_the_world  # a real installation never loads the demo

    refuse_the_world(settings)


def _demo(settings: Settings, data: Data, clock: Clock) -> Installation:
    from helpline.demo.installation import Database, prepare  # a real installation never loads the demo

    return prepare(settings, Database(accounts=data.accounts, publishing=data.publishing), clock)


def _put_together(ground: Ground, data: Data, installation: Installation) -> Helpline:
    memory = Memory()
    publisher = SocketPublisher(memory.people, memory.desks)
    use_cases = _use_cases(ground, data, installation, memory, publisher)
    sign_ins = data.sign_ins(memory.is_working)
    signing_in = _signing_in(ground, data, memory, sign_ins, publisher)
    files = read_static(DIST)
    person_app = _person_app(ground, installation, use_cases, files)
    staff_app = _staff_app(ground, data, installation, signing_in, files)
    person = _person_sockets(ground, person_app, use_cases, memory)
    staff = _staff_sockets(ground, staff_app, use_cases, memory, signing_in)
    publisher.connect(person=person, staff=staff)

    def close() -> None:
        person.close_all(ShuttingDown.code)
        staff.close_all(ShuttingDown.code)

    return Helpline(
        settings=ground.settings,
        runtime=ground.runtime,
        installation=installation,
        use_cases=use_cases,
        person=_door(person_app, Program.PERSON, ground.settings.person_origin),
        staff=_door(staff_app, Program.STAFF, ground.settings.staff_origin),
        tick=Heartbeat(
            beats=(use_cases.ticking.tick, person.sweep, staff.sweep), keep_up=installation.keep_up,
            runtime=ground.runtime, turn=ground.turn, steady=ground.clock.steady, log=ground.log,
        ),
        close=close,
        stores={
            "room": memory.room, "presence": memory.presence, "conversations": memory.conversations,
            "mailbox": memory.mailbox, "attempts": memory.attempts,
            "sockets.person": memory.people, "sockets.staff": memory.desks,
        },
    )


def _use_cases(
    ground: Ground, data: Data, installation: Installation, memory: Memory, publisher: SocketPublisher
) -> UseCases:
    lines = {
        LineId(line.id): Line(id=LineId(line.id), languages=tuple(Language(each) for each in line.languages))
        for line in installation.site.lines
    }
    return UseCases.over(Ports(
        clock=ground.clock, randomness=SystemRandomness(), room=memory.room, presence=memory.presence,
        conversations=memory.conversations, mailbox=memory.mailbox, roster=data.roster, publisher=publisher,
        lines=lines,
    ))


def _signing_in(
    ground: Ground, data: Data, memory: Memory, sign_ins: SignIns, publisher: SocketPublisher
) -> SigningIn:
    return SigningIn(
        accounts=data.accounts, sign_ins=sign_ins, attempts=memory.attempts,
        passwords=Argon2Passwords(ground.runtime.offload), clock=ground.clock, pause=ground.runtime.sleep,
        signed_out=lambda staff_id: publisher.close_desk(staff_id, NotSignedIn.code),
    )


def _person_app(ground: Ground, installation: Installation, use_cases: UseCases, files: StaticFiles) -> Flask:
    site = installation.site
    public = Public(site=site, lines=use_cases.opening.public_state, revocations=installation.revocations)
    return create_person_app(
        public=public, words=Words.load("person", site.languages), files=files, clock=ground.clock,
        origin=ground.settings.person_origin, log=ground.log,
    )


def _staff_app(
    ground: Ground, data: Data, installation: Installation, signing_in: SigningIn, files: StaticFiles
) -> Flask:
    site, keys = installation.site, data.day_keys
    keeping = DayKeyKeeping(
        day_keys=keys, accounts=data.accounts, clock=ground.clock,
        issue=lambda: installation.issue(keys, data.accounts),
    )
    return create_staff_app(
        signing_in=signing_in, keeping=keeping, accounts=data.accounts, clock=ground.clock, files=files,
        words=Words.load("staff", site.languages), site=site.as_data, revocations=installation.revocations,
        origin=ground.settings.staff_origin, log=ground.log, beside=(rota_pages(_rota(ground, data, installation)),),
    )


def _rota(ground: Ground, data: Data, installation: Installation) -> Needs:
    return Needs(
        plan=data.plan, weeks=data.weeks, openings=data.roster,
        words=Words.load("rota", installation.site.languages), clock=ground.clock, offload=ground.runtime.offload,
    )


def _connections(ground: Ground, app: Flask, program: Program, origin: str) -> Connections:
    server = make_server(app, program, origin, ground.runtime)
    return Connections(
        server=server, program=program, runtime=ground.runtime, steady=ground.clock.steady, log=ground.log,
        budget_of=ground.budget_of,
    )


def _person_sockets(ground: Ground, app: Flask, use_cases: UseCases, memory: Memory) -> Connections:
    connections = _connections(ground, app, Program.PERSON, ground.settings.person_origin)
    sockets = PersonSocket(
        use_cases=use_cases, people=memory.people, randomness=SystemRandomness(), turn=ground.turn
    )
    connections.listen(welcome=sockets.welcome, farewell=sockets.farewell)
    answer_events(connections, sockets.handlers, ground.turn, ground.log)
    return connections


def _staff_sockets(
    ground: Ground, app: Flask, use_cases: UseCases, memory: Memory, signing_in: SigningIn
) -> Connections:
    connections = _connections(ground, app, Program.STAFF, ground.settings.staff_origin)
    cookie = StaffCookie(secure=ground.settings.secure)

    def who_answers(environ: Environ) -> StaffId:
        account = signing_in.who(cookie.read_header(environ.get("HTTP_COOKIE", "")))
        if account is None:
            raise NotSignedIn
        if not may(account, "answer"):
            raise NotPermitted
        return account.staff_id

    sockets = StaffSocket(
        use_cases=use_cases, desks=memory.desks, who=who_answers, connections=connections, turn=ground.turn
    )
    connections.listen(welcome=sockets.welcome, farewell=sockets.farewell)
    answer_events(connections, sockets.handlers, ground.turn, ground.log)
    return connections


def _door(app: Flask, program: Program, origin: str) -> App:
    """Put the door around a program, outside Socket.IO, which has wrapped it already."""
    return Door(cast("App", app.wsgi_app), Rules(program=program, origin=origin))
