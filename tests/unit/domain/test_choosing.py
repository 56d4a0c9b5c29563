"""Who is asked: whoever fits her wish, was not asked yet, and has carried least of late."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest

from helpline.domain.choosing import candidates, one_of_the_two_least_loaded
from helpline.domain.ids import CertificateRole, StaffId, Ticket, Wish
from helpline.domain.staff import Duty, fits
from helpline.domain.waiting import WaitingPerson, ahead_of
from tests.fakes import ADULTS, FRENCH, NOON, YOUTH

pytestmark = pytest.mark.unit

ADA = Duty(staff_id=StaffId("ada"), role=CertificateRole.PSYCHOLOGIST)
BEA = Duty(staff_id=StaffId("bea"), role=CertificateRole.PEER)
CLEO = Duty(staff_id=StaffId("cleo"), role=CertificateRole.VOLUNTEER)
EVERYBODY = [ADA, BEA, CLEO]


def person(**known: object) -> WaitingPerson:
    facts = {"ticket": Ticket("t"), "line": ADULTS, "language": FRENCH, "wish": Wish.WHOEVER, "joined_at": NOON}
    return WaitingPerson(**{**facts, "key_package": b"kp", **known})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wish", "who"), [(Wish.SURVIVOR, [BEA]), (Wish.PSYCHOLOGIST, [ADA]), (Wish.WHOEVER, EVERYBODY)]
)
def test_a_wish_chooses_the_role(wish: Wish, who: list[Duty]) -> None:
    assert candidates(person(wish=wish), EVERYBODY, NOON) == who


@pytest.mark.parametrize(
    "role", [CertificateRole.SUPERVISOR, CertificateRole.INTERPRETER, CertificateRole.GATEWAY, CertificateRole.PROBE]
)
def test_who_does_not_answer_fits_no_wish(role: CertificateRole) -> None:
    assert not any(fits(wish, role) for wish in Wish)


def test_who_was_asked_is_left_out_while_anybody_else_is_free() -> None:
    assert candidates(person(asked={ADA.staff_id: NOON}), EVERYBODY, NOON) == [BEA, CLEO]


def test_when_all_were_asked_those_who_may_be_asked_again_are_asked() -> None:
    later = NOON + timedelta(minutes=10)
    asked = {ADA.staff_id: later, BEA.staff_id: NOON, CLEO.staff_id: later}

    assert candidates(person(asked=asked), EVERYBODY, NOON) == [BEA]
    assert candidates(person(asked=asked), EVERYBODY, later) == EVERYBODY


def test_of_three_the_most_loaded_is_never_chosen_and_the_others_equally_often() -> None:
    chance = random.Random(7)
    load = {ADA.staff_id: 0, BEA.staff_id: 3, CLEO.staff_id: 9}
    chosen = Counter(one_of_the_two_least_loaded(EVERYBODY, load, chance.choice) for _ in range(2_000))

    assert chosen[CLEO] == 0
    assert 900 < chosen[ADA] < 1_100


def test_among_equals_all_are_chosen_equally_often() -> None:
    chance = random.Random(7)
    load = dict.fromkeys((duty.staff_id for duty in EVERYBODY), 2)
    chosen = Counter(one_of_the_two_least_loaded(EVERYBODY, load, chance.choice) for _ in range(3_000))

    assert all(900 < chosen[duty] < 1_100 for duty in EVERYBODY)


def test_the_only_one_is_chosen() -> None:
    assert one_of_the_two_least_loaded([ADA], {ADA.staff_id: 5}, random.Random(1).choice) == ADA


def test_those_ahead_are_counted_on_her_line_whatever_their_wish() -> None:
    others = [person(number=1), person(number=2, wish=Wish.SURVIVOR), person(number=3, line=YOUTH), person(number=9)]

    assert ahead_of(person(number=5), others) == 2
