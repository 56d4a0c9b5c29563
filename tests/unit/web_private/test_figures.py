"""Figures move by fives, a quarter of an hour late; alarms are yes or no."""

from __future__ import annotations

import re

import pytest

from helpline.domain.errors import LineClosed
from helpline.registry import ALARMS, COUNTERS
from helpline.web.private.failures import Failures
from helpline.web.private.figures import Figures
from tests.fakes import HandClock

pytestmark = pytest.mark.unit

JOINED = "helpline_joined_total"


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def held():
    return dict.fromkeys((each.name for each in ALARMS), False)


@pytest.fixture
def figures(clock, held):
    return Figures(clock.now, {name: lambda name=name: held[name] for name in held})


def shown(figures: Figures) -> dict[str, int]:
    lines = [line for line in figures.as_text().splitlines() if not line.startswith("#")]
    return {name: int(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def joins(figures: Figures, times: int) -> None:
    for _ in range(times):
        figures.count(JOINED)


def test_nothing_is_seen_in_the_quarter_in_which_it_happens(figures, clock):
    before = figures.as_text()

    joins(figures, 100)
    clock.advance(minutes=14.9)

    assert figures.as_text() == before
    clock.advance(minutes=0.1)
    assert shown(figures)[JOINED] == 100


@pytest.mark.parametrize(("came", "said"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_only_whole_fives_are_said(figures, clock, came, said):
    joins(figures, came)
    clock.advance(minutes=15)

    assert shown(figures)[JOINED] == said


def test_those_who_make_no_five_are_said_with_later_ones(figures, clock):
    for _ in range(5):
        joins(figures, 3)
        clock.advance(minutes=15)

    assert shown(figures)[JOINED] == 15


def test_what_comes_first_in_a_new_quarter_is_not_said_with_the_old(figures, clock):
    joins(figures, 5)
    clock.advance(minutes=15)
    joins(figures, 5)

    assert shown(figures)[JOINED] == 5


def test_what_is_not_declared_is_not_counted(figures):
    with pytest.raises(KeyError):
        figures.count("helpline_wishes_total")


def test_an_alarm_is_said_at_once(figures, held):
    held["away"] = True

    assert shown(figures)['helpline_alarm{kind="away"}'] == 1
    assert shown(figures)['helpline_alarm{kind="nobody"}'] == 0


def test_all_that_is_declared_is_said_and_nothing_else(figures):
    wanted = {each.name for each in COUNTERS} | {f'helpline_alarm{{kind="{each.name}"}}' for each in ALARMS}

    assert shown(figures).keys() == wanted
    assert all(re.fullmatch(r"[a-z_]+", each.name) for each in (*COUNTERS, *ALARMS))


def test_an_event_counts_when_it_was_done_and_not_when_it_was_refused(figures, clock):
    def joined(_connection, said):
        if said == "closed":
            raise LineClosed
        return {"place": "next"}

    handlers = figures.counting({"wait": joined, "leave": joined}, {"wait": JOINED})
    for _ in range(5):
        assert handlers["wait"]("c", "open") == {"place": "next"}
        with pytest.raises(LineClosed):
            handlers["wait"]("c", "closed")
        handlers["leave"]("c", "open")
    clock.advance(minutes=15)

    assert shown(figures)[JOINED] == 5


class Quiet:
    def __init__(self):
        self.said = []

    def error(self, event, **fields):
        self.said.append((event, fields))

    info = warning = error


def test_a_failure_is_remembered_for_a_quarter_of_an_hour_and_still_logged(clock):
    quiet = Quiet()
    log = Failures(quiet, clock.now)
    log.info("All is well.")
    assert not log.lately()

    log.error("It failed.", code="internal")

    assert log.lately()
    assert quiet.said == [("All is well.", {}), ("It failed.", {"code": "internal"})]
    clock.advance(minutes=15)
    assert not log.lately()
