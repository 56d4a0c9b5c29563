"""Signing in: whoever shows a proof gets a token; guessing becomes slow, and nobody is ever locked out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Final, Protocol

from helpline.domain.errors import BadSignIn, TooMany
from helpline.domain.ids import StaffId
from helpline.domain.staff import Account
from helpline.ports import Accounts, Attempts, Clock, Passwords, SignIns

FREE_FAILURES: Final = 3  # a tired hand mistypes
LONGEST_DELAY_SECONDS: Final = 30.0
HELD_AT_ONCE: Final = 512  # tries that wait out their delay, in all; each holds one connection


class Proof(Protocol):
    """What somebody shows to sign in. A password is one, a passkey is another.

    `can_be_guessed` is False for proofs that make guessing pointless: they are never slowed.
    """

    @property
    def name(self) -> str:
        """The name it is shown for."""

    @property
    def can_be_guessed(self) -> bool:
        """Whether trying again could find it."""

    def shows(self, account: Account | None) -> bool:
        """Say whether it is this account's. Takes as long for None, and answers False."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordProof:
    """A name and a password."""

    name: str
    password: str
    passwords: Passwords
    can_be_guessed: bool = True

    def shows(self, account: Account | None) -> bool:
        """Say whether the password is this account's."""
        return self.passwords.matches(self.password, account.password_hash if account else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A sign-in that succeeded. The token goes to that browser and nowhere else."""

    token: str
    account: Account


class SigningIn:
    """Opens and closes sign-ins.

    Args:
        pause: waits that many seconds without keeping anybody else waiting.
        signed_out: told whose sign-in ended, so that their sockets close at once.
    """

    def __init__(
        self,
        *,
        accounts: Accounts,
        sign_ins: SignIns,
        attempts: Attempts,
        passwords: Passwords,
        clock: Clock,
        pause: Callable[[float], None],
        signed_out: Callable[[StaffId], None],
    ) -> None:
        self._accounts, self._sign_ins, self._attempts = accounts, sign_ins, attempts
        self._passwords, self._clock, self._pause, self._signed_out = passwords, clock, pause, signed_out
        self._held = BoundedSemaphore(HELD_AT_ONCE)

    def with_password(self, name: str, password: str) -> SignedIn:
        """Sign in by name and password.

        Raises:
            BadSignIn: unknown name or wrong password; the two cannot be told apart, not by time either.
            TooMany: too many tries are waiting at this moment.
        """
        signed_in = self.sign_in(PasswordProof(name=plain_name(name), password=password, passwords=self._passwords))
        if self._passwords.is_outdated(signed_in.account.password_hash):
            self._accounts.change_password(signed_in.account.staff_id, self._passwords.hash(password))
        return signed_in

    def sign_in(self, proof: Proof) -> SignedIn:
        """Sign in by any proof. Raises BadSignIn, TooMany."""
        if proof.can_be_guessed:
            self._wait_for_turn(proof.name)
        account = self._accounts.by_name(proof.name)
        if not proof.shows(account) or account is None:
            raise BadSignIn
        self._attempts.forget(proof.name)
        return SignedIn(token=self._sign_ins.open(account.staff_id, self._clock.now()), account=account)

    def sign_out(self, token: str) -> None:
        """End this sign-in and close the desk that hangs on it. An unknown token ends nothing."""
        staff_id = self._sign_ins.staff_of(token, self._clock.now())
        self._sign_ins.close(token)
        if staff_id is not None:
            self._signed_out(staff_id)

    def who(self, token: str) -> Account | None:
        """Return whose sign-in this is, or None."""
        staff_id = self._sign_ins.staff_of(token, self._clock.now())
        return None if staff_id is None else self._accounts.by_id(staff_id)

    def _wait_for_turn(self, name: str) -> None:
        """Make a guess slow. The right password after many wrong ones waits as long, and is then let in."""
        seconds = delay_seconds(self._attempts.begin(name, self._clock.now()))
        if not seconds:
            return
        if not self._held.acquire(blocking=False):
            raise TooMany
        try:
            self._pause(seconds)
        finally:
            self._held.release()


def delay_seconds(tries_before: int) -> float:
    """Return how long a try waits: nothing at first, then twice as long each time, up to half a minute."""
    beyond = tries_before - FREE_FAILURES
    return 0.0 if beyond < 0 else min(2.0 ** min(beyond, 16), LONGEST_DELAY_SECONDS)


def plain_name(name: str) -> str:
    """Return the one form of a name: a phone's capital or a space behind it is no other name."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
