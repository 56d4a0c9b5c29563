"""Certifying: the organisation signs the day keys that its staff's devices have handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from helpline.domain.ids import CertificateRole, LineId, StaffId
from helpline.domain.staff import DayKeyRequest
from helpline.ports import Accounts, DayKeys


class Unsignable(Exception):  # noqa: N818 - said as a finding
    """A certificate for this request would not be accepted by any page."""


class Sign(Protocol):
    """Whoever has an issuing key open."""

    def __call__(
        self, *, day: date, public_key: bytes, alias: str, role: CertificateRole, lines: Sequence[LineId]
    ) -> bytes:
        """Return the credential for one day key. Raises Unsignable."""


class LinesOf(Protocol):
    """On which lines somebody may answer."""

    def __call__(self, staff_id: StaffId) -> Sequence[LineId]:
        """Return them; none if she may answer nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """How many requests were signed, and how many still wait because no certificate for them would be good."""

    signed: int
    waiting: int


class Certifying:
    """Signs all that waits."""

    def __init__(self, *, day_keys: DayKeys, accounts: Accounts, lines_of: LinesOf, sign: Sign) -> None:
        self._day_keys, self._accounts, self._lines_of, self._sign = day_keys, accounts, lines_of, sign

    def sign_pending(self) -> Signed:
        """Sign every request whose owner may answer, and leave the others as they are."""
        results = [self._sign_one(request) for request in self._day_keys.pending()]
        return Signed(signed=results.count(True), waiting=results.count(False))

    def _sign_one(self, request: DayKeyRequest) -> bool:
        account = self._accounts.by_id(request.staff_id)
        lines = self._lines_of(request.staff_id)
        if account is None or account.certificate_role is None or not lines:
            return False
        try:
            credential = self._sign(
                day=request.day,
                public_key=request.public_key,
                alias=account.alias,
                role=account.certificate_role,
                lines=lines,
            )
        except Unsignable:
            return False
        self._day_keys.certify(request.staff_id, request.day, credential)
        return True
