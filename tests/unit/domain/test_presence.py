"""A counsellor's state follows her own word, except where the system protects her or those who wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from helpline.domain.ids import PresenceState, StaffId
from helpline.domain.presence import Present
from tests.fakes import NOON

pytestmark = pytest.mark.unit

ON_DUTY = Present(staff_id=StaffId("ada"), state=PresenceState.ON_DUTY, on_rota=True)
LATER = NOON + timedelta(minutes=10)


def test_a_missed_offer_makes_her_away_until_she_says_otherwise() -> None:
    missed = ON_DUTY.missed()

    assert missed.state is PresenceState.AWAY
    assert missed.kept(LATER, on_rota=True).state is PresenceState.AWAY
    assert missed.declared(PresenceState.ON_DUTY, NOON).state is PresenceState.ON_DUTY


def test_an_offer_missed_on_a_break_leaves_her_on_her_break() -> None:
    assert replace(ON_DUTY, state=PresenceState.ON_BREAK).missed().state is PresenceState.ON_BREAK


def test_one_decline_changes_nothing_and_two_in_a_row_give_her_ten_minutes() -> None:
    once = ON_DUTY.declined(NOON)
    twice = once.declined(NOON)

    assert once.may_be_asked
    assert (twice.state, twice.cooling_until) == (PresenceState.AWAY, LATER)


def test_an_accept_between_two_declines_breaks_the_row() -> None:
    assert ON_DUTY.declined(NOON).accepted().declined(NOON).may_be_asked


def test_a_break_between_two_declines_does_not_break_the_row() -> None:
    rested = ON_DUTY.declined(NOON).declared(PresenceState.ON_BREAK, NOON).declared(PresenceState.ON_DUTY, NOON)

    assert rested.declined(NOON).state is PresenceState.AWAY


def test_cooling_cannot_be_cut_short_by_any_word() -> None:
    cooling = ON_DUTY.declined(NOON).declined(NOON)

    for word in PresenceState:
        again = cooling.declared(word, NOON).declared(PresenceState.ON_DUTY, LATER - timedelta(seconds=1))
        assert again.state is PresenceState.AWAY


def test_cooling_ends_by_itself_and_she_is_on_duty_again() -> None:
    cooling = ON_DUTY.declined(NOON).declined(NOON)

    assert not cooling.kept(LATER - timedelta(seconds=1), on_rota=True).may_be_asked
    assert cooling.kept(LATER, on_rota=True).may_be_asked


def test_cooling_that_ends_during_a_break_leaves_her_on_her_break() -> None:
    resting = ON_DUTY.declined(NOON).declined(NOON).declared(PresenceState.ON_BREAK, NOON)

    assert resting.kept(LATER, on_rota=True).state is PresenceState.ON_BREAK


def test_without_a_shift_she_is_off_duty() -> None:
    assert ON_DUTY.kept(NOON, on_rota=False).state is PresenceState.OFF_DUTY


def test_a_network_that_blinks_changes_nothing() -> None:
    blinked = ON_DUTY.lost(NOON).back(NOON + timedelta(minutes=2))

    assert not ON_DUTY.lost(NOON).may_be_asked
    assert blinked.may_be_asked


def test_who_comes_back_after_longer_is_off_duty_until_she_says_so() -> None:
    assert ON_DUTY.lost(NOON).back(NOON + timedelta(minutes=2, seconds=1)).state is PresenceState.OFF_DUTY


def test_what_is_known_of_her_is_forgotten_when_she_is_gone_and_not_before_she_has_cooled() -> None:
    gone, cooling = ON_DUTY.lost(NOON), ON_DUTY.declined(NOON).declined(NOON).lost(NOON)
    three_minutes = NOON + timedelta(minutes=3)

    assert not ON_DUTY.is_forgettable(three_minutes)
    assert gone.is_forgettable(three_minutes)
    assert not cooling.is_forgettable(three_minutes)
    assert cooling.is_forgettable(LATER)
