"""What every store of sign-ins, and of tries at one, does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from helpline.adapters.memory.attempts import QUIET
from helpline.adapters.memory.sign_ins import AT_MOST, IDLE_OFF_DUTY, MemorySignIns
from helpline.adapters.sql.engine import make_engine
from helpline.adapters.sql.sign_ins import SqlSignIns
from helpline.adapters.sql.upgrade import upgrade
from helpline.domain.ids import StaffId
from helpline.ports import Attempts
from tests.contract.adapters import ATTEMPTS
from tests.fakes import NOON

pytestmark = pytest.mark.unit

ADA, BEA = StaffId("ada"), StaffId("bea")
MINUTE = timedelta(minutes=1)


Store = MemorySignIns | SqlSignIns
Make = Callable[..., Store]


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def make(request: pytest.FixtureRequest) -> Make:
    if request.param == "memory":
        return MemorySignIns
    url: str = request.getfixturevalue(f"{request.param}_url")
    upgrade(url)
    return partial(SqlSignIns, make_engine(url))


@pytest.fixture
def sign_ins(make: Make) -> Store:
    return make()


def test_a_token_tells_whose_it_is(sign_ins: Store) -> None:
    token = sign_ins.open(ADA, NOON)

    assert sign_ins.staff_of(token, NOON + MINUTE) == ADA
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize("token", ["", "x", "ä\udcff", "0" * 100_000])
def test_any_other_token_tells_nothing(sign_ins: Store, token: str) -> None:
    sign_ins.open(ADA, NOON)

    assert sign_ins.staff_of(token, NOON) is None


def test_a_closed_one_is_over_and_the_others_go_on(sign_ins: Store) -> None:
    first, second, hers = sign_ins.open(ADA, NOON), sign_ins.open(ADA, NOON), sign_ins.open(BEA, NOON)

    sign_ins.close(first)
    sign_ins.close(first)

    assert [sign_ins.staff_of(token, NOON) for token in (first, second, hers)] == [None, ADA, BEA]


def test_all_of_one_staff_member_end_at_once(sign_ins: Store) -> None:
    tokens = [sign_ins.open(ADA, NOON), sign_ins.open(ADA, NOON), sign_ins.open(BEA, NOON)]

    sign_ins.close_all(ADA)

    assert [sign_ins.staff_of(token, NOON) for token in tokens] == [None, None, BEA]


def test_half_an_hour_unused_ends_it_and_use_keeps_it(sign_ins: Store) -> None:
    used, unused = sign_ins.open(ADA, NOON), sign_ins.open(ADA, NOON)

    assert sign_ins.staff_of(used, NOON + IDLE_OFF_DUTY - MINUTE) == ADA
    assert sign_ins.staff_of(unused, NOON + IDLE_OFF_DUTY) is None
    assert sign_ins.staff_of(used, NOON + IDLE_OFF_DUTY + MINUTE) == ADA


def test_on_duty_nobody_grows_idle_but_twelve_hours_end_it(make: Make) -> None:
    sign_ins = make(on_duty=lambda staff_id: staff_id == ADA)
    token = sign_ins.open(ADA, NOON)

    assert sign_ins.staff_of(token, NOON + AT_MOST - MINUTE) == ADA
    assert sign_ins.staff_of(token, NOON + AT_MOST) is None


def test_one_that_is_over_stays_over(sign_ins: Store) -> None:
    token = sign_ins.open(ADA, NOON)

    assert sign_ins.staff_of(token, NOON + IDLE_OFF_DUTY) is None
    assert sign_ins.staff_of(token, NOON) is None


def test_the_store_shows_everything_and_holds_no_token(sign_ins: Store) -> None:
    token = sign_ins.open(ADA, NOON)
    held = [str(value) for _, value in sign_ins.walk()]

    assert ADA in held
    assert not any(token in value for value in held)

    sign_ins.close(token)
    assert list(sign_ins.walk()) == []


def test_old_ones_are_dropped_when_another_opens(sign_ins: Store) -> None:
    sign_ins.open(ADA, NOON)
    sign_ins.open(BEA, NOON + IDLE_OFF_DUTY)

    assert [value for name, value in sign_ins.walk() if name.endswith("staff_id")] == [BEA]


@pytest.fixture(params=ATTEMPTS)
def attempts(request: pytest.FixtureRequest) -> Attempts:
    return ATTEMPTS[request.param]()


def test_tries_are_counted_by_name_until_one_succeeds(attempts: Attempts) -> None:
    assert [attempts.begin(name, NOON) for name in ("ada", "ada", "bea", "ada")] == [0, 1, 0, 2]
    attempts.forget("ada")
    assert attempts.begin("ada", NOON) == 0


def test_a_quiet_hour_starts_anew(attempts: Attempts) -> None:
    attempts.begin("ada", NOON)

    assert attempts.begin("ada", NOON + QUIET) == 0


def test_what_was_typed_as_a_name_is_not_held(attempts: Attempts) -> None:
    attempts.begin("my long password by mistake", NOON)

    assert not any("mistake" in str(value) for _, value in attempts.walk())
    assert len(list(attempts.walk())) == 3


def test_names_without_number_do_not_fill_the_memory(attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpline.adapters.memory.attempts.NAMES_AT_MOST", 3)
    for number in range(10):
        attempts.begin(f"name {number}", NOON)

    assert len([name for name, _ in attempts.walk() if name.endswith("count")]) == 3
    assert attempts.begin("name 9", NOON) == 1
