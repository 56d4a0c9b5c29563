"""Signing in, and what guessing costs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from helpline.adapters.memory.attempts import MemoryAttempts
from helpline.adapters.memory.sign_ins import MemorySignIns
from helpline.adapters.passwords import Argon2Passwords, weakness
from helpline.domain.errors import BadSignIn, TooMany
from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId
from helpline.domain.staff import Account
from helpline.usecases.signing_in import LONGEST_DELAY_SECONDS, SigningIn, delay_seconds
from tests.fakes import HandClock

pytestmark = pytest.mark.unit

PASSWORD, WRONG = "a window over three gardens", "another window altogether"


class PlainPasswords:
    """Fits by equality, and notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str | None] = []

    def hash(self, password: str) -> str:
        return f"new:{password}"

    def matches(self, password: str, kept: str | None) -> bool:
        self.asked.append(kept)
        return kept is not None and kept.partition(":")[2] == password

    def is_outdated(self, kept: str) -> bool:
        return kept.startswith("old:")


class FewAccounts:
    """Accounts in a list."""

    def __init__(self, *accounts: Account) -> None:
        self.all = {account.staff_id: account for account in accounts}

    def by_name(self, name: str) -> Account | None:
        return next((account for account in self.all.values() if account.name == name), None)

    def by_id(self, staff_id: StaffId) -> Account | None:
        return self.all.get(staff_id)

    def add(self, account: Account) -> None:
        self.all[account.staff_id] = account

    def change_password(self, staff_id: StaffId, password_hash: str) -> None:
        self.all[staff_id] = replace(self.all[staff_id], password_hash=password_hash)

    def change_language(self, staff_id: StaffId, language: Language) -> None:
        self.all[staff_id] = replace(self.all[staff_id], language=language)


ADA = Account(
    staff_id=StaffId("a1"), name="ada", alias="Amal", password_hash=f"new:{PASSWORD}",
    roles=frozenset({AccountRole.COUNSELLOR}), certificate_role=CertificateRole.PSYCHOLOGIST, language=Language("fr"),
)


@dataclass
class Door:
    """A sign-in with time moved by hand: a delay moves it."""

    accounts: FewAccounts = field(default_factory=lambda: FewAccounts(ADA))
    clock: HandClock = field(default_factory=HandClock)
    passwords: PlainPasswords = field(default_factory=PlainPasswords)
    sign_ins: MemorySignIns = field(default_factory=MemorySignIns)
    waited: list[float] = field(default_factory=list)
    gone: list[StaffId] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.signing_in = SigningIn(
            accounts=self.accounts, sign_ins=self.sign_ins, attempts=MemoryAttempts(), passwords=self.passwords,
            clock=self.clock, pause=self.pause, signed_out=self.gone.append,
        )

    def pause(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.clock.advance(seconds=seconds)

    def guess(self, name: str, times: int) -> None:
        for _ in range(times):
            with pytest.raises(BadSignIn):
                self.signing_in.with_password(name, WRONG)


@pytest.fixture
def door() -> Door:
    return Door()


def test_the_right_password_opens_a_sign_in(door: Door) -> None:
    signed_in = door.signing_in.with_password("ada", PASSWORD)

    assert signed_in.account == ADA
    assert door.signing_in.who(signed_in.token) == ADA


@pytest.mark.parametrize("typed", ["Ada", " ada ", "ADA", "\uff41\uff44\uff41"])
def test_a_capital_or_a_space_is_no_other_name(door: Door, typed: str) -> None:
    assert door.signing_in.with_password(typed, PASSWORD).account == ADA


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(door: Door) -> None:
    door.guess("ada", 1)
    door.guess("nobody", 1)

    assert door.passwords.asked == [ADA.password_hash, None]  # both cost one look


def test_guessing_grows_slow_alike_for_every_name(door: Door) -> None:
    door.guess("ada", 10)
    known = list(door.waited)
    door.waited.clear()
    door.guess("nobody", 10)

    assert known == [1, 2, 4, 8, 16, LONGEST_DELAY_SECONDS, LONGEST_DELAY_SECONDS]
    assert door.waited == known


def test_the_test_above_would_see_a_door_that_does_not_count_the_unknown(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = MemoryAttempts.begin
    monkeypatch.setattr(MemoryAttempts, "begin", lambda self, name, at: begin(self, name, at) if name == "ada" else 0)

    door.guess("ada", 5)
    door.guess("nobody", 5)

    assert door.waited == [1, 2]


def test_a_delay_begins_after_three_slips_and_never_grows_beyond_half_a_minute() -> None:
    assert [delay_seconds(tries) for tries in (0, 1, 2, 3)] == [0, 0, 0, 1]
    assert delay_seconds(10_000) == LONGEST_DELAY_SECONDS


def test_nobody_is_locked_out_however_many_guesses_came_before(door: Door) -> None:
    door.guess("ada", 1000)

    assert door.signing_in.with_password("ada", PASSWORD).account == ADA
    assert door.waited[-1] == LONGEST_DELAY_SECONDS


def test_after_a_sign_in_a_slip_costs_nothing_again(door: Door) -> None:
    door.guess("ada", 6)
    door.signing_in.with_password("ada", PASSWORD)
    door.waited.clear()

    door.guess("ada", 3)

    assert door.waited == []


def test_guesses_at_one_name_slow_no_other(door: Door) -> None:
    door.guess("bea", 20)
    door.waited.clear()

    door.signing_in.with_password("ada", PASSWORD)

    assert door.waited == []


def test_parallel_guesses_are_each_counted_before_they_are_judged(door: Door) -> None:
    seen: list[float] = []

    def pause(seconds: float) -> None:
        seen.append(seconds)
        if len(seen) < 5:
            door.guess("ada", 1)

    door.guess("ada", 3)
    door.signing_in._pause = pause
    door.guess("ada", 1)

    assert seen == [1, 2, 4, 8, 16]


def test_more_waiting_tries_than_can_be_held_are_told_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("helpline.usecases.signing_in.HELD_AT_ONCE", 1)
    door.__post_init__()
    door.guess("ada", 3)
    refused: list[str] = []

    def pause(_seconds: float) -> None:
        with pytest.raises(TooMany):
            door.signing_in.with_password("ada", PASSWORD)
        refused.append("too many")

    door.signing_in._pause = pause
    door.guess("ada", 1)

    assert refused == ["too many"]
    door.signing_in._pause = door.pause
    assert door.signing_in.with_password("ada", PASSWORD).account == ADA


def test_a_proof_that_cannot_be_guessed_never_waits(door: Door) -> None:
    @dataclass(frozen=True)
    class Passkey:
        name: str = "ada"
        can_be_guessed: bool = False

        def shows(self, account: Account | None) -> bool:
            return account is not None

    door.guess("ada", 20)
    door.waited.clear()

    assert door.signing_in.sign_in(Passkey()).account == ADA
    assert door.waited == []


def test_signing_out_ends_the_sign_in_and_closes_the_desk(door: Door) -> None:
    token = door.signing_in.with_password("ada", PASSWORD).token

    door.signing_in.sign_out(token)
    door.signing_in.sign_out("never given")

    assert door.signing_in.who(token) is None
    assert door.gone == [ADA.staff_id]


def test_a_password_kept_at_old_costs_is_kept_anew(door: Door) -> None:
    door.accounts.add(replace(ADA, password_hash=f"old:{PASSWORD}"))

    door.signing_in.with_password("ada", PASSWORD)

    assert door.accounts.all[ADA.staff_id].password_hash == f"new:{PASSWORD}"


def test_argon2_keeps_what_cannot_be_read_and_knows_it_again() -> None:
    passwords = Argon2Passwords(memory_kib=8)
    kept = passwords.hash(PASSWORD)

    assert PASSWORD not in kept
    assert kept.startswith("$argon2id$")
    assert passwords.matches(PASSWORD, kept)
    assert not passwords.matches(WRONG, kept)
    assert not passwords.matches(PASSWORD, None)
    assert not passwords.matches(PASSWORD, "broken")
    assert not passwords.is_outdated(kept)
    assert Argon2Passwords(memory_kib=16).is_outdated(kept)


def test_argon2_costs_46_mebibytes_one_pass_and_one_lane() -> None:
    assert "$m=47104,t=1,p=1$" in Argon2Passwords().hash(PASSWORD)


def test_every_look_at_a_password_is_handed_to_another_thread_also_for_nobody() -> None:
    handed: list[object] = []

    class Elsewhere:
        def __call__(self, work):  # type: ignore[no-untyped-def]
            handed.append(work)
            return work()

    passwords = Argon2Passwords(Elsewhere(), memory_kib=8)
    kept = passwords.hash(PASSWORD)
    passwords.matches(PASSWORD, kept)
    passwords.matches(PASSWORD, None)

    assert len(handed) == 3


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("fourteen chars", "password_short"),
        ("x" * 257, "password_long"),
        ("passwordpassword", "password_common"),
        ("Password-1234567890", "password_common"),
        ("azertyuiopqsdfghjklm", "password_common"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_common"),
        ("CorrectHorseBatteryStaple", "password_common"),
        (PASSWORD, None),
        ("le vent tourne autour du phare", None),
    ],
)
def test_short_and_common_passwords_are_refused(password: str, code: str | None) -> None:
    assert weakness(password) == code
