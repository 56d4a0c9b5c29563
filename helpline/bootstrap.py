"""The one place where everything is built and put together: nothing is shared but what stands here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, cast

from flask import Flask

from helpline.adapters.challenges import PURPOSE as WORK_PURPOSE
from helpline.adapters.challenges import SealedChallenges
from helpline.adapters.on_call import FixedChain
from helpline.adapters.passwords import Argon2Passwords
from helpline.adapters.smtp import NoAlarm, SmtpAlarm, Text
from helpline.adapters.system import SystemClock, SystemRandomness
from helpline.connecting import Sockets, connect
from helpline.data import Data, open_data
from helpline.domain.errors import NotSignedIn, ShuttingDown, StoreAway
from helpline.domain.ids import Language, LineId
from helpline.domain.line import Line
from helpline.ground import Ground, Here
from helpline.heartbeat import Heartbeat
from helpline.installation import Installation, is_demo, real_installation
from helpline.line_ports import Alarm
from helpline.logs import Log, make_log, report
from helpline.ports import Clock, Walkable
from helpline.refreshing import Refreshing
from helpline.registry import Program
from helpline.runtime.flights import Flights
from helpline.runtime.kinds import App, Listener, Runtime, Service
from helpline.runtime.listening import is_crowded
from helpline.runtime.threading_serve import ThreadingRuntime
from helpline.sealing import DailySeal, read_or_make_secret
from helpline.settings import Settings
from helpline.sockets.budget import Budget, BudgetOf
from helpline.sockets.publisher import SocketPublisher
from helpline.stores import Stores, Telling, in_memory, on_redis
from helpline.usecases.day_keys import DayKeyKeeping
from helpline.usecases.everything import Ports, UseCases
from helpline.usecases.signing_in import SigningIn
from helpline.web.door import Door, Rules
from helpline.web.person.app import Public, create_person_app
from helpline.web.private.app import create_private_app
from helpline.web.private.failures import Failures
from helpline.web.private.figures import Figures
from helpline.web.private.health import DRAINING, Health
from helpline.web.rota.blueprint import blueprint as rota_pages
from helpline.web.rota.needs import Needs
from helpline.web.staff.app import create_staff_app, name_of_line
from helpline.web.staff.lines import blueprint as line_pages
from helpline.web.static import StaticFiles, read_static
from helpline.words import Words

THIS_MACHINE: Final = "127.0.0.1"
ELSEWHERE_SECONDS: Final = 2.0  # between two looks at what other processes wrote to the database
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
    private: App
    health: Health
    events: Flights
    tick: Callable[[], None]
    close: Callable[[], None]
    stores: Mapping[str, Walkable]

    def service(self, ready: Callable[[], None]) -> Service:
        """Return what a runtime serves; `ready` is called when both listeners answer."""
        host = self.settings.host
        listeners = (
            Listener(host=host, port=self.settings.port, app=self.person),
            Listener(host=host, port=self.settings.staff_port, app=self.staff),
            Listener(host=THIS_MACHINE, port=self.settings.private_port, app=self.private, lasts=True),
        )
        return Service(
            listeners=listeners, tick=self.tick, ready=ready, close=self.close, drain=self.health.drain,
            is_busy=lambda: not self.events.is_empty,
        )


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
    now, runtime = clock or SystemClock(), runtime or ThreadingRuntime()
    log = Failures(log or make_log(sys.stderr, now.now), now.now)
    demo = is_demo(settings)
    if demo:
        _refuse_the_world(settings)
    data = open_data(settings, now, runtime)
    installation = _demo(settings, data, now) if demo else real_installation(settings)
    data.publishing.refresh()
    here = Here(worker=SystemRandomness().token(), secret=read_or_make_secret(settings.resume_key), clock=now)
    stores = _stores(settings, here, runtime, log)
    ground = Ground(
        settings=settings, runtime=runtime, clock=now, log=log, turn=stores.turn, budget_of=budget_of,
    )
    return _put_together(ground, data, installation, stores, here)


def _stores(settings: Settings, here: Here, runtime: Runtime, log: Log) -> Stores:
    if settings.redis_url is None:
        return in_memory()

    def failed(error: BaseException) -> None:
        report(log, "What another process said could not be done.", error)

    return on_redis(settings.redis_url, here.worker, here.secret, runtime, failed)


def _refuse_the_world(settings: Settings) -> None:
    from helpline.demo.installation import refuse_the_world  # a real installation never loads the demo

    refuse_the_world(settings)


def _demo(settings: Settings, data: Data, clock: Clock) -> Installation:
    from helpline.demo.installation import Database, prepare  # a real installation never loads the demo

    return prepare(settings, Database(accounts=data.accounts, publishing=data.publishing), clock)


def _put_together(ground: Ground, data: Data, installation: Installation, stores: Stores, here: Here) -> Helpline:
    challenges = SealedChallenges(DailySeal(here.secret, WORK_PURPOSE))
    local = SocketPublisher(here.people, here.desks)
    sockets: list[Sockets] = []

    def moved(name: str) -> None:
        sockets[0].moved(name)  # the sockets need the use cases, which need the publisher, which needs this

    publisher = stores.publisher(local, moved)
    use_cases = _use_cases(ground, data, installation, stores, publisher, challenges)
    use_cases.closed_by_hand.refresh()
    signing_in = _signing_in(ground, data, stores, publisher)
    files = read_static(DIST)
    person_app = _person_app(ground, installation, use_cases, files)
    staff_app = _staff_app(ground, data, installation, signing_in, files, use_cases)
    health = Health(
        checks={"stores": stores.store_epoch.current, "database": data.answers}, steady=ground.clock.steady
    )
    figures = _figures(ground, use_cases, health)
    events = Flights()
    both = connect(ground, stores, here, use_cases, person_app, staff_app, signing_in, figures, events)
    sockets.append(both)
    local.connect(person=both.person, staff=both.staff, token_of=both.hers.token, over=both.people.go)
    stores.listen(publisher, both.renewal.resync)

    closed_by_hand, rota = (
        Refreshing(
            look, every_seconds=ELSEWHERE_SECONDS, runtime=ground.runtime, steady=ground.clock.steady, log=ground.log
        )
        for look in (use_cases.closed_by_hand.refresh, data.catch_up)
    )

    def beat() -> None:
        stores.routes.beat(here.worker, ground.clock.now())
        stores.keep()

    def close() -> None:
        both.person.close_all(ShuttingDown.code)
        both.staff.close_all(ShuttingDown.code)
        stores.close()

    return Helpline(
        settings=ground.settings,
        runtime=ground.runtime,
        installation=installation,
        use_cases=use_cases,
        person=_door(person_app, Program.PERSON, ground.settings.person_origin),
        staff=_door(staff_app, Program.STAFF, ground.settings.staff_origin),
        private=_private_door(ground, health, figures),
        health=health,
        events=events,
        tick=Heartbeat(
            beats=(
                beat, closed_by_hand.beat, rota.beat, use_cases.ticking.tick, use_cases.alarming.tick,
                both.person.sweep, both.staff.sweep, both.renewal.beat, both.liveness.beat,
            ),
            keep_up=installation.keep_up, runtime=ground.runtime, turn=ground.turn, steady=ground.clock.steady,
            log=ground.log,
        ),
        close=close,
        stores={**stores.walkable, **here.walkable},
    )


def _use_cases(
    ground: Ground, data: Data, installation: Installation, stores: Stores, publisher: Telling,
    challenges: SealedChallenges,
) -> UseCases:
    lines = {
        LineId(line.id): Line(id=LineId(line.id), languages=tuple(Language(each) for each in line.languages))
        for line in installation.site.lines
    }
    return UseCases.over(Ports(
        clock=ground.clock, randomness=SystemRandomness(), room=stores.room, presence=stores.presence,
        conversations=stores.conversations, mailbox=stores.mailbox, halves=stores.halves, routes=stores.routes,
        store_epoch=stores.store_epoch, roster=data.roster, publisher=publisher, lines=lines,
        alarms=stores.alarms, alarm=_alarm(ground, installation), admissions=stores.admissions,
        closures=data.closures, challenges=challenges, calm_joins=ground.settings.calm_joins,
        alarm_between=timedelta(minutes=ground.settings.on_call.minutes),
    ))


def _alarm(ground: Ground, installation: Installation) -> Alarm:
    """Return who calls those on call: nobody where the organisation has named none."""
    on_call = ground.settings.on_call
    if on_call.server is None or not on_call.steps:
        return NoAlarm(ground.log)
    words = Words.load("staff", installation.site.languages)
    catalogue = words.of(words.languages[0])

    def text(line: LineId) -> Text:
        if on_call.neutral:
            body = catalogue.text("alarm.mail.neutral")
        else:
            waits = catalogue.text("alarm.mail.line", line=name_of_line(catalogue, line))
            body = f"{waits}\n{catalogue.text('alarm.mail.where', address=ground.settings.staff_origin)}"
        return Text(subject=catalogue.text("alarm.mail.subject"), body=body)

    return SmtpAlarm(
        server=on_call.server, chain=FixedChain(on_call.steps), text=text, runtime=ground.runtime, clock=ground.clock,
        log=ground.log,
    )


def _signing_in(ground: Ground, data: Data, stores: Stores, publisher: Telling) -> SigningIn:
    return SigningIn(
        accounts=data.accounts, sign_ins=data.sign_ins(stores.is_working), attempts=stores.attempts,
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
    ground: Ground, data: Data, installation: Installation, signing_in: SigningIn, files: StaticFiles,
    use_cases: UseCases,
) -> Flask:
    site, keys = installation.site, data.day_keys
    keeping = DayKeyKeeping(
        day_keys=keys, accounts=data.accounts, clock=ground.clock,
        issue=lambda: installation.issue(keys, data.accounts),
    )
    return create_staff_app(
        signing_in=signing_in, keeping=keeping, accounts=data.accounts, clock=ground.clock, files=files,
        words=Words.load("staff", site.languages), site=site.as_data, revocations=installation.revocations,
        origin=ground.settings.staff_origin, log=ground.log, called=use_cases.alarming.called,
        beside=(rota_pages(_rota(ground, data, installation)), line_pages(use_cases.closing_lines)),
    )


def _rota(ground: Ground, data: Data, installation: Installation) -> Needs:
    return Needs(
        plan=data.plan, weeks=data.weeks, openings=data.roster,
        words=Words.load("rota", installation.site.languages), clock=ground.clock, offload=ground.runtime.offload,
    )


def _figures(ground: Ground, use_cases: UseCases, health: Health) -> Figures:
    def is_called() -> bool:
        with suppress(StoreAway):
            return bool(use_cases.alarming.called())
        return False

    return Figures(ground.clock.now, {
        "nobody": is_called, "failing": ground.log.lately, "crowded": is_crowded,
        "away": lambda: bool(set(health.troubles()) - {DRAINING}),
    })


def _private_door(ground: Ground, health: Health, figures: Figures) -> App:
    origin = f"http://{THIS_MACHINE}:{ground.settings.private_port}"
    app = create_private_app(health=health, figures=figures, origin=origin, log=ground.log)
    return _door(app, Program.PRIVATE, origin)


def _door(app: Flask, program: Program, origin: str) -> App:
    """Put the door around a program, outside Socket.IO, which has wrapped it already."""
    return Door(cast("App", app.wsgi_app), Rules(program=program, origin=origin))
