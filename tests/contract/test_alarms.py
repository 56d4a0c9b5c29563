"""Of all processes that look at a line without anybody, one changes what is known of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpline.domain.alarm import Unattended
from helpline.line_ports import Alarms
from tests.contract.adapters import ALARMS
from tests.fakes import ADULTS, NOON, YOUTH

pytestmark = pytest.mark.unit

BEGUN = Unattended(line=ADULTS, since=NOON)


@pytest.fixture(params=ALARMS.values(), ids=ALARMS.keys())
def alarms(request: pytest.FixtureRequest) -> Alarms:
    make: Callable[[], Alarms] = request.param
    return make()


def test_nothing_is_known_at_first(alarms: Alarms) -> None:
    assert list(alarms.everything()) == []


def test_who_comes_second_changes_nothing(alarms: Alarms) -> None:
    assert alarms.replace(ADULTS, None, BEGUN)
    assert not alarms.replace(ADULTS, None, Unattended(line=ADULTS, since=NOON, steps=7))
    assert list(alarms.everything()) == [BEGUN]

    called = BEGUN.called(NOON)
    assert alarms.replace(ADULTS, BEGUN, called)
    assert not alarms.replace(ADULTS, BEGUN, called)
    assert list(alarms.everything()) == [called]


def test_it_ends_once_and_leaves_the_other_line_alone(alarms: Alarms) -> None:
    other = Unattended(line=YOUTH, since=NOON)
    alarms.replace(ADULTS, None, BEGUN)
    alarms.replace(YOUTH, None, other)

    assert alarms.replace(ADULTS, BEGUN, None)
    assert not alarms.replace(ADULTS, BEGUN, None)
    assert list(alarms.everything()) == [other]
    assert {value for _, value in alarms.walk()} == {YOUTH, NOON, 0}
