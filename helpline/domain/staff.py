"""Those who answer: what the rota says of them, what their account may do, and which wish they fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from helpline.domain.ids import AccountRole, CertificateRole, Language, StaffId, Wish

FITTING: Final[dict[Wish, frozenset[CertificateRole]]] = {
    Wish.SURVIVOR: frozenset({CertificateRole.PEER}),
    Wish.PSYCHOLOGIST: frozenset({CertificateRole.PSYCHOLOGIST}),
    Wish.WHOEVER: frozenset({CertificateRole.PSYCHOLOGIST, CertificateRole.PEER, CertificateRole.VOLUNTEER}),
}


def fits(wish: Wish, role: CertificateRole) -> bool:
    """Tell whether somebody of this role is whom she would like. Supervisors never answer in place of a counsellor."""
    return role in FITTING[wish]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Somebody whom the rota has on duty, and the role she has there."""

    staff_id: StaffId
    role: CertificateRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A staff member as the sign-in knows her. `alias` is what persons see; coordinators may have no role in public."""

    staff_id: StaffId
    name: str = field(repr=False)
    alias: str = field(repr=False)
    password_hash: str = field(repr=False)
    roles: frozenset[AccountRole]
    certificate_role: CertificateRole | None
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKeyRequest:
    """A day key that waits for the organisation's signature. `public_key` is 32 bytes, Ed25519."""

    staff_id: StaffId
    day: date
    public_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKeyRecord:
    """A day key with the certificate that was signed for it, in TLS presentation bytes."""

    staff_id: StaffId
    day: date
    public_key: bytes = field(repr=False)
    certificate: bytes = field(repr=False)
