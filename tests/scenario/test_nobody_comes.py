"""A line is open, somebody waits, and nobody who fits is at a desk: those on call are called, step by step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpline.domain.ids import CertificateRole, PresenceState, Ticket, Wish
from helpline.usecases.alarming import Alarming
from helpline.usecases.attendance import Attendance
from tests.fakes import ADULTS, ENGLISH, FRENCH, NOON, YOUTH, RecordingAlarm
from tests.world import World

pytestmark = pytest.mark.unit


def test_after_thirty_seconds_the_first_step_is_called_and_then_each_after_five_minutes() -> None:
    world = World()
    world.planned("ada")
    world.person()
    world.passes(seconds=30)
    assert world.alarm.calls == []

    world.passes(seconds=1)
    assert world.alarm.calls == [(ADULTS, 1)]
    world.passes(minutes=4)
    assert world.alarm.calls == [(ADULTS, 1)]
    world.passes(minutes=6)
    assert world.alarm.calls == [(ADULTS, 1), (ADULTS, 2), (ADULTS, 3)]


def test_somebody_at_her_desk_ends_it_and_the_next_time_it_begins_anew() -> None:
    world = World()
    ada = world.planned("ada")
    first = world.person()
    world.passes(minutes=1)
    world.does.attending.arrive(ada)
    world.declares(ada, PresenceState.ON_DUTY)
    world.passes(seconds=10)
    assert world.alarms.everything() == tuple(each for each in world.alarms.everything() if each.line == YOUTH)

    world.declares(ada, PresenceState.OFF_DUTY)
    assert world.room.get(first).offer is None
    world.passes(minutes=1)

    assert world.alarm.calls == [(ADULTS, 1), (ADULTS, 1)]


def test_a_counsellor_who_misses_the_offer_is_away_and_ends_nothing_for_long() -> None:
    world = World()
    world.counsellor("ada")
    world.person()
    world.passes(seconds=20)
    assert world.alarm.calls == []

    world.passes(seconds=31)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_a_counsellor_who_is_busy_is_at_her_desk() -> None:
    world = World()
    world.talking(world.counsellor("ada"))
    world.person()
    world.passes(minutes=10)

    assert world.alarm.calls == []


def test_a_wish_that_nobody_at_a_desk_fits_calls_as_well() -> None:
    world = World()
    world.counsellor("ada", CertificateRole.PSYCHOLOGIST)
    world.person(Wish.SURVIVOR)
    world.passes(minutes=1)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_a_language_that_nobody_at_a_desk_speaks_calls_as_well() -> None:
    world = World()
    world.counsellor("ada", languages=(FRENCH,))
    world.planned("bea", languages=(ENGLISH,))
    world.person(language=ENGLISH)
    world.passes(minutes=1)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_a_supervisor_at_her_desk_answers_nobody() -> None:
    world = World()
    world.planned("ada")
    world.counsellor("sue", CertificateRole.SUPERVISOR)
    world.person()
    world.passes(minutes=1)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_while_nobody_waits_nobody_is_called_and_who_comes_then_need_not_wait_for_it() -> None:
    world = World()
    world.planned("ada")
    world.passes(minutes=10)
    assert world.alarm.calls == []

    world.person()
    world.passes(seconds=1)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_many_who_come_and_give_up_before_thirty_seconds_are_heard_of() -> None:
    world = World()
    world.planned("ada")
    for _ in range(3):
        ticket = world.person()
        world.passes(seconds=15)
        world.does.waiting.leave(ticket)

    assert world.alarm.calls == [(ADULTS, 1)]


def test_a_closed_line_calls_nobody() -> None:
    world = World()
    world.planned("ada")
    world.person()
    world.roster.opening_hours[ADULTS] = (NOON - timedelta(hours=1), NOON + timedelta(seconds=20))
    world.passes(minutes=10)

    assert world.alarm.calls == []


def test_who_has_lost_her_connection_calls_nobody() -> None:
    world = World()
    world.planned("ada")
    world.does.connection.person_lost(world.person())
    world.passes(minutes=5)

    assert world.alarm.calls == []


def test_every_desk_that_is_connected_is_told_once_when_it_begins_and_once_when_it_ends() -> None:
    world = World()
    ada, bea = world.planned("ada"), world.planned("bea", line=YOUTH)
    for staff_id in (ada, bea):
        world.does.attending.arrive(staff_id)
    world.person()
    world.passes(minutes=10)
    assert world.publisher.of(bea, "alarm") == [{"line": ADULTS, "on": True}]

    world.declares(ada, PresenceState.ON_DUTY)
    world.passes(seconds=2)

    for staff_id in (ada, bea):
        assert world.publisher.of(staff_id, "alarm") == [{"line": ADULTS, "on": True}, {"line": ADULTS, "on": False}]


def test_a_desk_that_comes_later_is_told_how_it_stands() -> None:
    world = World()
    ada = world.planned("ada")
    world.person()
    world.passes(minutes=1)

    world.does.alarming.tell(ada)

    assert world.publisher.of(ada, "alarm") == [{"line": ADULTS, "on": True}, {"line": YOUTH, "on": False}]


def other_process(world: World, alarm: RecordingAlarm) -> Alarming:
    attendance = Attendance(clock=world.clock, roster=world.roster, presence=world.presence)
    return Alarming(
        clock=world.clock, room=world.room, roster=world.roster, presence=world.presence, publisher=world.publisher,
        alarms=world.alarms, alarm=alarm, attendance=attendance, lines=world.lines, between=timedelta(minutes=5),
    )


def test_of_three_processes_one_calls_each_step() -> None:
    world = World()
    world.planned("ada")
    world.person()
    others = [other_process(world, world.alarm) for _ in range(2)]
    for _ in range(11 * 60):
        world.clock.advance(seconds=1)
        for process in (*others, world.does.alarming):
            process.tick()

    assert world.alarm.calls == [(ADULTS, 1), (ADULTS, 2), (ADULTS, 3)]


def test_nothing_that_is_kept_of_it_tells_of_anybody() -> None:
    world = World()
    world.planned("ada")
    ticket: Ticket = world.person(Wish.SURVIVOR)
    world.passes(minutes=1)

    held = {str(value) for _, value in world.alarms.walk()}

    times = {str(NOON + timedelta(seconds=seconds)) for seconds in (1, 31)}
    assert held == {ADULTS, YOUTH, "0", "1"} | times, "nobody is planned on the other line, and nobody waits there"
    assert ticket not in held
