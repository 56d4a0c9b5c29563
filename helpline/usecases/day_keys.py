"""Day keys: a staff device hands in public halves for the coming days; the organisation signs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from helpline.domain.errors import BadRequest, NotPermitted
from helpline.domain.ids import StaffId
from helpline.domain.staff import DayKeyRecord
from helpline.ports import Accounts, Clock, DayKeys

DAYS_AHEAD: Final = 14
KEY_BYTES: Final = 32


def wait_for_signature() -> None:
    """In a real installation requests wait until somebody with the issuing key signs them."""


class DayKeyKeeping:
    """Takes requests for certificates and hands certificates out.

    Args:
        issue: signs at once whatever waits, in a demo; `wait_for_signature` otherwise.
    """

    def __init__(
        self, *, day_keys: DayKeys, accounts: Accounts, clock: Clock, issue: Callable[[], None] = wait_for_signature
    ) -> None:
        self._day_keys, self._accounts, self._clock, self._issue = day_keys, accounts, clock, issue

    def hand_in(self, staff_id: StaffId, keys: Mapping[date, bytes]) -> None:
        """Ask for a certificate for each day's key.

        Args:
            keys: Ed25519 public halves, 32 bytes each, for days in UTC from yesterday to two weeks ahead.

        Raises:
            NotPermitted: this account answers nobody, so it needs no keys.
            BadRequest: another day, or something that is no key.
            TooMany: keys of too many devices for one day.
        """
        account = self._accounts.by_id(staff_id)
        if account is None or account.certificate_role is None:
            raise NotPermitted
        first = self._first_day()
        last = first + timedelta(days=1 + DAYS_AHEAD)
        if not all(first <= day <= last and len(key) == KEY_BYTES for day, key in keys.items()):
            raise BadRequest
        self._day_keys.forget(self._clock.now().date())
        for day, key in sorted(keys.items()):
            self._day_keys.request(staff_id, day, key)
        self._issue()

    def certified(self, staff_id: StaffId) -> Sequence[DayKeyRecord]:
        """Return her certificates that are or will be of use."""
        return self._day_keys.certificates(staff_id, self._first_day())

    def _first_day(self) -> date:
        return self._clock.now().date() - timedelta(days=1)  # a device's clock may be a little behind
