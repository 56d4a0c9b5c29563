"""Where an issuing key meets the requests of an installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from helpline.domain.ids import CertificateRole, LineId, StaffId
from helpline.keys.certificates import Role
from helpline.keys.errors import RefusedError
from helpline.keys.issuer import Issuer
from helpline.ports import Accounts, DayKeys
from helpline.site import Site
from helpline.usecases.certifying import Certifying, Unsignable


def certifying(*, issuer: Issuer, site: Site, day_keys: DayKeys, accounts: Accounts) -> Certifying:
    """Build the use case: whoever has a certificate role may answer every line of the organisation."""
    lines = tuple(LineId(line.id) for line in site.lines)

    def lines_of(staff_id: StaffId) -> Sequence[LineId]:  # noqa: ARG001 - all alike, for now by rule
        return lines

    def sign(*, day: date, public_key: bytes, alias: str, role: CertificateRole, lines: Sequence[LineId]) -> bytes:
        try:
            return issuer.credential(day=day, public_key=public_key, alias=alias, role=Role[role.name], lines=lines)
        except RefusedError as error:
            raise Unsignable from error

    return Certifying(day_keys=day_keys, accounts=accounts, lines_of=lines_of, sign=sign)
